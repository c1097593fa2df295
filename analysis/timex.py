"""Find time expressions and read them into TIMEX3 values with gaps: XXXX-10-02, PRESENT-P1D, P3D, XXXX-WXX-2.

Arabic news dates an event by weekday («أمس الثلاثاء»), by months of three traditions, often doubled («كانون
الثاني/يناير»), by the year with its noun (عام 2013), by duals (منذ عامين) and by parts of the day before the
date (فجر الأحد). What an expression leaves open stays open here: `analysis.anchor` fills the gaps from the
day of publication or from the dates before it. No month or day is invented: عام 2013 is 2013.

>>> from analysis.segment import find_blocks, split_sentences
>>> text = "وصل الوفد مساء الخميس، بعد أقل من شهرين على زيارة 2 كانون الثاني/يناير 2019."
>>> [sentence] = split_sentences(text, find_blocks(text))
>>> [(found.span.of(text), found.value) for found in find_timexes(text, sentence)]
[('مساء الخميس', 'XXXX-WXX-4TEV'), ('أقل من شهرين', 'P2M'), ('2 كانون الثاني/يناير 2019', '2019-01-02')]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.lexicons import Found, load
from analysis.numerals import Numeral, read_numeral, read_ordinal
from analysis.segment import Sentence
from analysis.text import Span, Tokens
from analysis.timex_clock import Clock
from analysis.timex_tense import read_tense
from analysis.timex_words import CORE, FROM, JOINS, LISTS, WHICH, Draft, bare_weekdays, begins_number, kind_of

# How far a word that only opens an expression (أكثر من، منذ، three) may stand before the word of time itself.
_REACH = 9
# «الساعات الأولى من صباح يوم الأحد 17 يونيو من العام الماضي» is six expressions in one another.
_DEEPEST = 8
_SCHOOL = frozenset(("الدراسي", "المالي", "الميلادي", "الهجري", "الجامعي", "الدراسيه", "الماليه", "الهجريه"))
# «غرة جانفي», «فاتح ماي»: how the Maghreb writes the first of a month.
_FIRSTS = ("غرة", "فاتح")
_NEWSPAPERS = frozenset("المصري روسيا عمان ليبيا لبنان الاردن تركيا فلسطين".split())
_OUTLETS = frozenset("صحيفة جريدة مجلة قناة موقع بوابة منصة شبكة".split())
_SITES = frozenset("موقع مجلة بوابة منصة".split())
# «قبل الأول من نوفمبر»، «ابتداء من سبتمبر»: the date nearest, whatever the tense.
_DEADLINES = frozenset("قبل وقبل قبيل".split())


@dataclass(frozen=True, slots=True)
class Timex:
    """Hold one time expression as the text gives it.

    `value` is TIMEX3 with gaps. `base` says what the gaps hang on: "stated" (none), "publication", "previous"
    (a date before it in the text), "" for durations, sets and references. `shift` counts `unit`s (Y M W D,
    C for centuries) from the base, `exact` is False behind an approximator; year to part narrow it down:
    `period` is Q1 to Q4, H1, H2, a season (SP SU FA WI) or WE, `part` TMO, TAF, TEV, TNI or a clock time.
    `which` is last, next or this (المقبل), `tense` what the verb near it says (past, present,
    future, or listed where a line holds nothing but the date, as in a programme). `nth` picks the first,
    second … or last (-1) day, week or weekday (`nth_unit` D, W) of a month. With `hijri` the year, month
    and day are of the Hijri calendar.
    """

    span: Span
    type: str
    value: str | None
    mod: str | None
    rule: str
    sentence: int
    base: str = ""
    unit: str = ""
    shift: int = 0
    exact: bool = True
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    period: str = ""
    part: str = ""
    which: str = ""
    tense: str = ""
    hijri: bool = False
    nth: int | None = None
    nth_unit: str = ""


class _Reader(Clock):
    """Read the time expressions of one sentence from left to right, each as long as it goes."""

    def read(self, i: int) -> Draft | None:
        """Read what begins at token `i`, once: expressions that open others («نهاية», «قبل») ask again and again."""
        if not 0 <= i < len(self.kinds) or self.depth > _DEEPEST:
            return None
        if i not in self.reads:
            self.depth += 1
            self.reads[i] = self.read_anew(i)
            self.depth -= 1
        return self.reads[i]

    def read_anew(self, i: int) -> Draft | None:
        found = self.look(i)
        if found:
            read = _READERS.get(found.entry.tag)
            draft = read(self, found) if read else None
            if draft:
                return draft
        return self.nth(i) or self.number(i) or self.modified(i) or self.weekday_of_week(i)

    def date(self, i: int, *, bare: bool = False) -> Draft | None:
        """Read a DATE or TIME at token `i`; `bare` lets «العام» stand for this year (بداية العام)."""
        found = self.look(i)
        if found and found.entry.tag == "unit":
            return self.unit(found, bare=bare)
        draft = self.read(i)
        return draft if draft and draft.type in ("DATE", "TIME") and draft.first == i else None

    def unit(self, found: Found, *, bare: bool = False) -> Draft | None:
        unit, definite = found.entry.value, found.proclitics.endswith("ال")
        if unit == "D":
            return self.today(found) if definite else self.on_day(found)
        if definite:
            return self.clock(found) if unit == "h" else self.definite(found, bare=bare)
        if unit == "Y":
            year = self.year_at(found.stop, named=True)
            if year:
                return self.with_era(replace(year, first=found.first))
        if unit == "M":
            month = self.months.find(self.tokens, found.stop)
            if month and month.proclitics in ("", "ال"):
                draft = self.month_date(month.first, named=True)
                return replace(draft, first=found.first) if draft else None
            if numbered := self.month_at(found.stop):
                return replace(numbered, first=found.first)
        return self.alone(found)

    def definite(self, found: Found, *, bare: bool = False) -> Draft | None:
        """Read «العام الماضي»، «الأسبوع المقبل»، «القرن التاسع عشر»، «العام 2012»."""
        unit, i, stop = found.entry.value, found.first, found.stop
        if unit == "Y":
            if self.is_title(i - 1):
                return None
            year = self.year_at(stop, named=True)
            if year:
                return self.with_era(replace(year, first=i))
            if self.key(stop) in _SCHOOL:
                stop += 1
                if year := self.year_at(stop, named=True):
                    return replace(year, first=i)
        if unit == "100Y":
            return self.century(found)
        if unit == "10Y" and self.key(i - 1).removeprefix("و") in ("خلال", "في") and self.which(stop)[0] == "last":
            return self.measured(i, stop, unit, 1)  # في العقد الأخير
        if unit not in ("Y", "M", "W"):
            return None
        nth = self.nth_at(stop)
        if unit == "W" and nth and (picked := self.picked(i, nth[0], 0, "W", nth[1])):
            return picked
        if unit == "M" and nth and 1 <= nth[0] <= 12 and (numbered := self.numbered_month(i, *nth)):
            return numbered
        twice = {"قبل": "last", "بعد": "next"}.get(self.key(stop))
        if twice and self.which(stop + 1)[0] == twice:  # الأسبوع قبل الماضي
            return Draft(i, stop + 2, "shift", base="publication", unit=unit, shift=2 * WHICH[twice])
        which, end = self.which(stop)
        named = self.year_at(end) if which in ("last", "next", "this") and unit == "Y" else None
        if named:  # العام الجاري 1447هـ، العام المقبل 2026
            named = self.with_era(named)
            if named.hijri or not self.counts(named.stop):
                return replace(named, first=i)
        if which:
            base = "previous" if which in ("same", "following", "earlier") else "publication"
            return Draft(i, end, "shift", base=base, unit=unit, shift=WHICH[which])
        if bare and self.key(stop) not in (
            "الاول",
            "الثاني",
            "الثالث",
            "الرابع",
            "الخامس",
            "الاولي",
            "الثانيه",
        ):
            return Draft(i, stop, "shift", base="publication", unit=unit)
        return None

    def century(self, found: Found) -> Draft | None:
        which, stop = self.which(found.stop)
        if which in ("last", "next", "this"):
            return Draft(found.first, stop, "century", base="publication", unit="C", shift=WHICH[which])
        number = read_ordinal(self.tokens, found.stop)
        if number and isinstance(number.value, int) and 1 < number.value < 30:
            return Draft(found.first, number.stop, "century", value=f"{number.value - 1:02}", base="stated")
        return None

    def on_day(self, found: Found) -> Draft | None:
        """Read «يوم الثلاثاء»، «يوم 17 يوليو»، «يوم أمس»; «ليلة السبت» is its night."""
        if found.entry.surface == "ليلة":
            return self.night_of(found)
        inner = self.look(found.stop)
        if inner and inner.entry.tag in ("weekday", "day") and inner.proclitics == "":
            draft = self.weekday(inner) if inner.entry.tag == "weekday" else self.day(inner)
            return replace(draft, first=found.first) if draft else None
        if self.kinds_at(found.stop):
            dated = self.number_date(found.stop, slashed=True)
            if dated and dated.day is not None:
                return replace(dated, first=found.first)
            number = read_numeral(self.tokens, found.stop)
            if number and number.form == "digits" and isinstance(number.value, int) and 0 < number.value < 32:
                after = self.look(number.stop)
                if after is None or after.entry.tag not in ("unit", "counted", "plural"):
                    day = number.value
                    return Draft(
                        found.first,
                        number.stop,
                        "day_number",
                        base="publication",
                        unit="M",
                        day=day,
                        exact=False,
                    )
        return self.alone(found)

    def today(self, found: Found) -> Draft | None:
        """Read «اليوم»، «اليوم الأحد»، «اليوم التالي»، «اليوم الثاني للمؤتمر», but not «اليوم العالمي»."""
        i, stop = found.first, found.stop
        if found.entry.surface == "ليلة":
            return None
        which, end = self.which(stop)
        if self.key(stop) == "الاخير":
            return self.picked(i, -1, 0, "D", stop + 1)
        if which in ("same", "following", "earlier"):
            return Draft(i, end, "shift", base="previous", unit="D", shift=WHICH[which])
        if which in ("last", "next"):
            return Draft(i, end, "shift", base="publication", unit="D", shift=WHICH[which])
        if self.tag(stop) == "not_today" or self.key(i - 1) in _NEWSPAPERS or self.is_site(i):
            return None
        if nth := self.nth_at(stop):
            dated = self.number_date(stop)
            if dated and dated.month:
                return replace(dated, first=i)
            if picked := self.picked(i, nth[0], 0, "D", nth[1]):
                return picked
            if nth[0] < 2 or "لال" in found.proclitics:  # لليوم الثاني على التوالي
                return None
            return Draft(i, nth[1], "nth_day", base="previous", unit="D", shift=nth[0] - 1)
        draft = Draft(i, stop, "day", base="publication", unit="D")
        return self.with_weekday(draft)

    def is_site(self, i: int) -> bool:
        """Tell «اليوم» in the name of a site or a paper: «موقع صحتك اليوم»، «موقع اليوم 24»، «صحيفة اليوم»."""
        if self.is_outlet(i - 1):
            return True
        if not self.is_outlet(i - 2) or self.key(i - 1).startswith("ال") or self.weekdays.find(self.tokens, i + 1):
            return False
        outlet = self.words.find(self.tokens, i - 2)
        return outlet is not None and (outlet.proclitics.endswith("ل") or outlet.entry.surface in _SITES)

    def is_outlet(self, i: int) -> bool:
        found = self.words.find(self.tokens, i)
        return bool(found and found.entry.surface in _OUTLETS and not found.proclitics.endswith("ال"))

    def point(self, found: Found) -> Draft | None:
        """Read «هذا العام»، «نفس اليوم»، «تلك السنة»، «هذه الليلة»، «هذا الصباح»."""
        if year_ago := self.a_year_ago(found):
            return year_ago
        inner = self.look(found.stop)
        if inner is None:
            return None
        tag, unit, value = inner.entry.tag, inner.entry.value, found.entry.value
        base = "publication" if value == "this" else "previous"
        draft: Draft | None = None
        if tag == "weekday" and not inner.proclitics and value == "this":
            draft = self.weekday(inner)
            return replace(draft, first=found.first, which="this") if draft else None
        if tag == "night" and base == "publication":
            draft = self.night(inner)
        elif inner.proclitics != "ال":
            return None
        elif tag == "unit" and unit in ("Y", "M", "W", "D"):
            year = self.year_at(inner.stop) if unit == "Y" else None
            if year:  # هذا العام 2018
                return replace(year, first=found.first)
            draft = Draft(found.first, inner.stop, "shift", base=base, unit=unit)
            if unit == "D" and base == "publication":
                draft = self.with_weekday(draft)
        elif tag == "part":
            draft = Draft(found.first, inner.stop, "part", "TIME", base=base, unit="D", part=f"T{unit}")
        elif tag == "season":
            draft = Draft(found.first, inner.stop, "season", base="publication", period=unit, which="this")
        return replace(draft, first=found.first) if draft else None

    def a_year_ago(self, found: Found) -> Draft | None:
        """Read «هذا اليوم من العام الماضي»، «هذا الوقت من العام الماضي»."""
        key, j = self.key(found.stop), found.stop + 1
        if key not in ("اليوم", "الوقت") or self.key(j) != "من" or found.entry.value != "this":
            return None
        year = self.date(j + 1)
        if year is None or year.unit != "Y" or year.rule != "shift" or year.base != "publication":
            return None
        return replace(year, first=found.first, rule="same_day" if key == "اليوم" else "ago")

    def month(self, found: Found) -> Draft | None:
        return self.month_date(found.first)

    def number(self, i: int) -> Draft | None:
        """Read what begins with a number: a date, a year, a clock time or a duration."""
        if not begins_number(self.key(i)):
            return None
        return self.number_date(i) or self.clock_alone(i) or self.duration(i) or self.year(i)

    def edge(self, found: Found) -> Draft | None:
        """Read «مطلع العام»، «أواخر الشهر الجاري»، «منتصف آذار»، «نهاية الأسبوع»، «آخر 24 ساعة»."""
        if found.proclitics.endswith("ال"):
            return None
        if found.entry.surface == "آخر":
            recent = self.amount(found.stop)
            if (
                recent
                and recent.amount is not None
                and recent.first == found.stop
                and (recent.stop - recent.first > 1 or recent.amount == 2)
            ):
                return replace(recent, first=found.first, which="last")
        inner = self.date(found.stop, bare=True) or self.edge_year(found.stop)
        if inner is None or inner.type != "DATE" or inner.is_day or inner.first != found.stop:
            return None
        if inner.unit == "W" and found.entry.value == "END" and not inner.mod:
            return replace(inner, first=found.first, period="WE", rule="weekend")
        if found.entry.surface in _FIRSTS and inner.month and inner.rule == "month":
            return replace(inner, first=found.first, day=1, rule="day_month")
        return replace(inner, first=found.first, mod=found.entry.value)

    def half(self, found: Found) -> Draft | None:
        """Read «النصف الأول من العام المقبل»، «الربع الثالث من 2018»."""
        i = found.first
        ordinal: Numeral | None = read_ordinal(self.tokens, found.stop)
        stop = ordinal.stop if ordinal else found.stop
        which = self.key(found.stop) in ("الاخير", "الاخيره")
        if which:
            stop = found.stop + 1
        elif ordinal is None or not isinstance(ordinal.value, int):
            return None
        most = 2 if found.entry.value == "H" else 4
        n = most if which or ordinal is None else int(ordinal.value or 0)
        if 1 <= n <= most and (year := self.year_at(stop)):  # الربع الثالث 2021
            return replace(year, first=i, period=f"{found.entry.value}{n}", rule="part_of_year")
        if 1 <= n <= most == 4 and found.entry.surface in ("الربع", "للربع") and self.is_quarter(i, stop):
            return Draft(i, stop, "season", base="publication", period=f"Q{n}")
        if not 1 <= n <= most or self.key(stop) not in ("من", "في", "ل", "لعام", "للعام"):
            return None
        j = stop + (self.key(stop) in ("من", "في", "ل"))
        whole = self.date(j) if most == 2 else None
        if whole and self.is_halved(whole):  # النصف الثاني من الشهر الجاري
            return replace(whole, first=i, mod="START" if n == 1 else "END")
        inner = self.date(j, bare=True) or (self.year_at(j) if self.key(stop) in ("من", "في") else None)
        if inner is None or inner.month or inner.day or not (inner.unit == "Y" or inner.year):
            return None
        return replace(inner, first=i, period=f"{found.entry.value}{n}", rule="part_of_year")

    def is_halved(self, whole: Draft) -> bool:
        """Tell a month, decade or century, whose half is its beginning or its end: TIMEX3 has halves of years only."""
        if whole.type != "DATE" or whole.is_day or whole.mod:
            return False
        return whole.month is not None or whole.unit == "M" or whole.rule in ("century", "decade")

    def is_quarter(self, i: int, stop: int) -> bool:
        """Tell «تراجعت الأرباح في الربع الثالث 12 في المئة», the last such quarter, from one of a match."""
        governed = self.key(i).startswith(("لل", "بال"))  # بلغ النمو 6 في المئة للربع الثاني
        if not governed and self.key(i - 1).lstrip("و") not in ("في", "خلال", "لنتايج", "نتايج", "ارباح"):
            return False
        return self.key(stop) not in ("من", "ل", "لعام", "للعام", "للمباراه") and not self.year_at(stop, named=True)

    def season(self, found: Found) -> Draft | None:
        """Read «صيف 2014»، «الصيف الماضي»، «شتاء العام الماضي», and no «الربيع العربي»."""
        if found.proclitics.endswith("ال"):
            which, stop = self.which(found.stop)
            if which not in ("last", "next", "this"):
                return None
            return Draft(found.first, stop, "season", base="publication", period=found.entry.value, which=which)
        inner = self.year_at(found.stop) or self.date(found.stop)
        if inner is None or inner.month or not (inner.unit == "Y" or inner.year) or inner.type != "DATE":
            return None
        return replace(inner, first=found.first, period=found.entry.value, rule="season")

    def decade(self, found: Found) -> Draft | None:
        """Read «الثمانينات»، «تسعينيات القرن الماضي»؛ of the last century where no other is named."""
        stop, century = found.stop, 19
        inner = self.words.find(self.tokens, stop + (self.key(stop) == "من"))
        if inner and inner.entry.value == "100Y" and inner.proclitics == "ال":
            named = self.century(inner)
            if named is None:
                return None
            stop = named.stop
            century = int(named.value) if named.value else 20 + named.shift
        elif (
            not found.proclitics.endswith("ال")
            or (self.key(found.first - 1) in ("في", "مطلع") and self.pronoun(found))
            or (found.entry.value == "2" and self.key(found.first - 1) not in ("في", "منذ"))
        ):
            return None
        return Draft(found.first, stop, "decade", value=f"{century}{found.entry.value}", base="stated")

    def pronoun(self, found: Found) -> bool:
        return self.key(found.stop) in ("من",) and self.key(found.stop + 1) in ("العمر", "عمره", "عمرها")

    def every(self, found: Found) -> Draft | None:
        """Read «كل عام»، «كل ثلاثة أيام»، «كل يوم جمعة»."""
        j = found.stop
        named = j + (self.key(j) == "يوم")
        weekday = self.weekdays.find(self.tokens, named)
        key = self.key(named)
        day = weekday.entry.value if weekday and not weekday.proclitics else bare_weekdays().get(key)
        if day:
            return Draft(found.first, named + 1, "set", "SET", value=f"XXXX-WXX-{day}")
        part = self.words.find(self.tokens, j)
        if part and part.entry.tag == "part" and not part.proclitics:  # كل مساء
            return Draft(found.first, part.stop, "set", "SET", value=f"XXXX-XX-XXT{part.entry.value}")
        draft = self.amount(j)
        if draft is None or draft.amount is None or found.proclitics.endswith("ال"):
            return None
        return replace(draft, first=found.first, type="SET", rule="set")

    def adverb(self, found: Found) -> Draft | None:
        if found.proclitics.endswith("ال"):
            return None
        return Draft(found.first, found.stop, "set", "SET", value=found.entry.value)

    def reference(self, found: Found) -> Draft | None:
        """Read «الآن»، «لاحقاً»، «في السابق»، «الفترة الأخيرة», but not «قريباً من الحدود»."""
        if found.entry.surface == "قريبا" and self.key(found.stop) in ("من", "منه", "منها", "الي"):
            return None
        return Draft(found.first, found.stop, "reference", value=found.entry.value)

    def pair(self, found: Found) -> Draft | None:
        """Read «عامي 2011 و2014»، «شهري مايو ويونيو»، «يومي الأربعاء والخميس»: the first of the two."""
        if found.proclitics.endswith("ال"):
            return None
        if found.entry.value == "Y":
            return self.year_at(found.stop)
        if found.entry.value == "M":
            return self.month_date(found.stop, named=True) if self.months.find(self.tokens, found.stop) else None
        return self.date(found.stop)


_READERS: dict[str, Callable[[_Reader, Found], Draft | None]] = {
    "weekday": _Reader.weekday,
    "gregorian": _Reader.month,
    "hijri": _Reader.month,
    "unit": _Reader.unit,
    "counted": _Reader.counted,
    "dual": _Reader.two,
    "plural": _Reader.plural,
    "pair": _Reader.pair,
    "day": _Reader.day,
    "night": _Reader.night,
    "part": _Reader.part,
    "hour_part": _Reader.hour_part,
    "late": _Reader.late,
    "point": _Reader.point,
    "edge": _Reader.edge,
    "half": _Reader.half,
    "season": _Reader.season,
    "decade": _Reader.decade,
    "before": _Reader.before,
    "after": _Reader.after,
    "since": _Reader.since,
    "within": _Reader.within,
    "every": _Reader.every,
    "set": _Reader.adverb,
    "ref": _Reader.reference,
}


def find_timexes(text: str, sentence: Sentence) -> list[Timex]:
    """Return the time expressions of a sentence in text order, with their gaps; none overlaps another.

    >>> from analysis.segment import find_blocks, split_sentences
    >>> text = "دعا أب من التيار إلى خطة دقيقة أمام الأمين العام الحالي."
    >>> find_timexes(text, split_sentences(text, find_blocks(text))[0])
    []
    """
    tokens = sentence.tokens
    kinds = [kind_of[key] for key in tokens.keys]
    if CORE not in kinds:
        return []
    near = {i for core, kind in enumerate(kinds) if kind == CORE for i in range(core - _REACH, core + 1)}
    reader = _Reader(tokens, kinds)
    found: list[Timex] = []
    i = 0
    while i < len(kinds):
        if kinds[i] and i in near:
            draft = reader.read(i)
            if draft and _is_name(reader, draft):
                i = draft.stop
                continue
            if draft:
                draft = _with_part(reader, draft)
                if reader.last and found and (lent := _lent(reader, reader.last, draft)):
                    found[-1] = _timex(text, sentence, lent)
                elif reader.last and _is_choice(reader, reader.last, draft):
                    draft = replace(draft, which="next")
                found.append(_timex(text, sentence, draft))
                reader.begin_after(draft)
                i = draft.stop
                continue
        i += 1
    return found


def _lent(reader: _Reader, first: Draft, second: Draft) -> Draft | None:
    """Lend the first of two dates what stands behind the second: «الأربعاء والخميس المقبلين»، «مايو ويونيو 2017»."""
    gap = second.first - first.stop
    if gap > 1 or (gap == 1 and reader.key(first.stop) not in JOINS) or first.base != "publication":
        return None
    if gap == 0 and not reader.key(second.first).startswith("و"):
        return None
    if first.which or first.unit or first.type != second.type:
        return None
    if first.weekday and second.weekday and second.which and not first.month and not second.month:
        return replace(first, which=second.which)
    if first.month and second.month and (second.which or second.year or second.unit):
        return replace(
            first,
            which=second.which,
            year=second.year,
            base=second.base,
            unit=second.unit,
            shift=second.shift,
        )
    return None


def _is_choice(reader: _Reader, first: Draft, second: Draft) -> bool:
    """Tell the second of two days to come: «غداً الأربعاء أو الخميس»."""
    ahead = first.weekday is not None and (first.which == "next" or first.shift > 0)
    joined = second.first == first.stop + 1 and reader.key(first.stop) == "او"
    return ahead and joined and second.weekday is not None and not second.which and not second.month


def _with_part(reader: _Reader, draft: Draft) -> Draft:
    """Go on with a part of the day behind a date: «السبت ليلاً»، «اليوم الثالث صباحاً»."""
    if not draft.is_day:
        return draft
    found = reader.words.find(reader.tokens, draft.stop)
    if found is None or found.proclitics:
        return draft
    alone = found.entry.surface == "مساء" and reader.date(found.stop) is None
    if found.entry.tag == "hour_part" or alone:
        return replace(draft, stop=found.stop, type="TIME", part=f"T{found.entry.value}", rule=f"{draft.rule}+part")
    return draft


def _ends_title(reader: _Reader, draft: Draft) -> bool:
    """Tell a day that ends the name of an outlet: «جريدة الغد», «برنامج "مدينتنا اليوم"»."""
    if draft.unit != "D" or draft.stop > draft.first + 1 or reader.key(draft.first) not in ("اليوم", "الغد"):
        return False
    at = draft.first - 1
    if reader.key(draft.stop) in _CLOSING:
        at = next((k for k in range(at, max(-1, at - 4), -1) if reader.key(k) in _OPENING), at + 1) - 1
    elif reader.key(draft.first) == "اليوم":
        return False  # «قالت صحيفة الفجر اليوم»
    return reader.key(at) in _MEDIA or reader.key(at)[1:] in _MEDIA


_MEDIA = frozenset("صحيفه جريده مجله قناه موقع برنامج".split())
_OPENING, _CLOSING = frozenset('"“«”'), frozenset('"”»“')
_MARKETS = frozenset(("سوق", "بسوق", "لسوق", "وسوق"))


def _is_name(reader: _Reader, draft: Draft) -> bool:
    """Tell the names of places and events: «جسر 6 أكتوبر»، «مدينة السادس من أكتوبر»، «صحيفة الخميس»."""
    if _ends_title(reader, draft):
        return True  # صحيفة "الوادي اليوم"، برنامج «مدينتنا اليوم»
    if draft.type != "DATE" or (draft.unit and not draft.day) or draft.year:
        return False
    if draft.weekday is not None and draft.day is None and reader.key(draft.first - 1) in _MARKETS:
        return not draft.which  # بلدة سوق الخميس
    if (draft.day is None and draft.month is None) or draft.weekday is not None:
        return False
    found = reader.words.find(reader.tokens, draft.first - 1)
    named = found is not None and found.entry.tag in ("place", "event") and not found.proclitics.endswith("ال")
    return named or _is_listed_name(reader, draft)


def _is_listed_name(reader: _Reader, draft: Draft) -> bool:
    """Tell a date among the names of quarters: «والمرور، و30 تموز، والمشراق»."""
    i = draft.first
    if reader.key(i - 1) != "و" or reader.key(i - 2) != "،" or reader.key(draft.stop) != "،":
        return False
    return reader.key(i - 3).startswith(("ال", "وال")) and reader.key(draft.stop + 1).startswith("وال")


def _tense(tokens: Tokens, draft: Draft) -> str:
    before = tokens.key(draft.first - 1)
    if before in ("منذ", "ومنذ"):
        return "past"
    nearest = before in _DEADLINES or (before == "من" and tokens.key(draft.first - 2) in FROM)
    if nearest and draft.month and draft.weekday is None:
        return ""
    return read_tense(tokens, draft.first, draft.stop)


def _timex(text: str, sentence: Sentence, draft: Draft) -> Timex:
    tokens = sentence.tokens
    span = _trim(tokens, draft)
    open_ended = draft.base == "publication" and not draft.which and (draft.month or draft.weekday or draft.day)
    lone = (draft.first == 0 or (draft.first == 1 and tokens.keys[0] == "في")) and draft.stop >= len(tokens) - 1
    lone = lone and not draft.part
    tense = ("listed" if lone else _tense(tokens, draft)) if open_ended else ""
    return Timex(
        span, draft.type, draft.value or unresolved(draft), draft.mod, draft.rule, sentence.index,
        draft.base, draft.unit if draft.base else "", draft.shift, draft.exact, draft.year, draft.month, draft.day,
        draft.weekday, draft.period, draft.part, draft.which, tense, draft.hijri, draft.nth, draft.nth_unit,
    )  # fmt: skip


def _trim(tokens: Tokens, draft: Draft) -> Span:
    """Leave the conjunction or preposition glued to the first word outside: «وأمس»، «بساعتين»."""
    span = tokens.span(draft.first, draft.stop)
    word = tokens.words[draft.first]
    if len(word.light) != len(word.surface):
        return span
    proclitics = ""
    for name in LISTS:
        found = load(name).find(tokens, draft.first)
        proclitics = proclitics or (found.proclitics if found else "")
    if not proclitics and begins_number(word.key):
        number = read_numeral(tokens, draft.first) or read_ordinal(tokens, draft.first)
        proclitics = number.proclitics if number else ""
    glued = proclitics.removesuffix("ال")
    return span if not glued or "لال" in proclitics or "لل" in proclitics else Span(span.start + len(glued), span.end)


def unresolved(draft: Draft) -> str | None:
    """Write the TIMEX3 value of a draft with its gaps."""
    if draft.rule == "clock" and draft.base == "previous":
        return draft.part
    value = ""
    if draft.unit and draft.base in ("publication", "previous"):
        name = "PRESENT" if draft.base == "publication" else "PREVIOUS"
        unit = {"C": "100Y"}.get(draft.unit, draft.unit)
        amount = int(unit[:-1] or 1) * abs(draft.shift)
        value = f"{name}{'-' if draft.shift < 0 else '+'}P{amount}{unit[-1]}" if draft.shift else name
    narrowed = _narrowed(draft)
    if value and narrowed:
        value = f"{value},{narrowed}"
    return (value or narrowed) + draft.part


def _narrowed(draft: Draft) -> str:
    year = "XXXX" if draft.year is None else f"{draft.year:04}"
    if draft.nth is not None and draft.day is None:
        picked = f"WXX-{draft.weekday}" if draft.weekday else f"P1{draft.nth_unit}"
        month = "" if draft.month is None else f"{year}-{draft.month:02},"
        return f"{month}{draft.nth}:{picked}"
    if draft.period:
        return f"{year}-{draft.period}"
    if draft.month is not None:
        day = f"-{draft.day:02}" if draft.day is not None else ""
        return f"{year}-{draft.month:02}{day}"
    if draft.day is not None:
        return f"{year}-XX-{draft.day:02}"
    if draft.weekday is not None:
        return f"XXXX-WXX-{draft.weekday}"
    return year if draft.year is not None else ""
