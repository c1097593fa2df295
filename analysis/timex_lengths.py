"""Read lengths of time, and dates told by them: ثلاثة أيام، عامين، السنوات الخمس الماضية، قبل أسبوع، بعد
ذلك بيومين.

One unit needs no number (مضى عام), two are a dual (عامين), vague plurals have no value (منذ سنوات is PXY).
«قبل» makes a date of a length, unless an event follows from which it counts (قبل شهرين من الانتخابات).
"""

from __future__ import annotations

from dataclasses import replace

from analysis.lexicons import Found
from analysis.numerals import may_modify, read_modifier, read_numeral
from analysis.timex_calendar import Calendar
from analysis.timex_tense import read_tense
from analysis.timex_words import Draft, begins_number

_UNITS = {"Y": "P{}Y", "M": "P{}M", "W": "P{}W", "D": "P{}D", "h": "PT{}H", "m": "PT{}M", "s": "PT{}S"}
_FINER = {"Y": "M", "M": "D", "W": "D", "D": "h", "h": "m", "m": "s"}
_HALVES = {"ونصف": 0.5, "وربع": 0.25, "وثلث": 1 / 3}
_WHOLE = frozenset(("واحد", "واحده", "كامل", "كامله", "كاملا", "واحدا"))
_LONG = frozenset("عده طويله قليله كثيره عديده قليل معدوده طوال قلايل قصيره".split())


def _period(unit: str, amount: float | None) -> str:
    """Write a duration: P3D, PT2H, P1.5M, PXY.

    >>> _period("h", 2), _period("10Y", 3), _period("Y", None), _period("h", 0.5), _period("Y", 0.5)
    ('PT2H', 'P30Y', 'PXY', 'PT30M', 'P6M')
    """
    scale = 1
    if unit.endswith("0Y"):
        scale, unit = int(unit[:-1]), "Y"
    if amount is None:
        return _UNITS[unit].format("X" if scale == 1 else "XX" if scale == 10 else "XXX")
    amount = amount * scale
    if amount < 1 and unit in ("h", "Y"):
        return f"PT{amount * 60:g}M" if unit == "h" else f"P{round(amount * 12, 1):g}M"
    return _UNITS[unit].format(f"{round(amount, 2):g}" if amount < 10**5 else int(amount))


class Lengths(Calendar):
    """Read lengths of time at a token of one sentence."""

    def duration(self, i: int) -> Draft | None:
        """Read a number of units of time: «ثلاثة أيام»، «46 عاماً»، «الـ48 ساعة الماضية»، «بضع ساعات»، «ساعة ونصف»."""
        number = read_numeral(self.tokens, i)
        if number is None or number.stop >= len(self.kinds):
            return None
        if number.value == 1 and number.form == "words":  # «وأحد أشهر معارضيه» is one of the most famous
            return None
        found = self.words.find(self.tokens, number.stop) if self.kinds[number.stop] else None
        if found is None or found.entry.tag not in ("unit", "counted", "plural"):
            return None
        definite = found.proclitics == "ال"
        if found.proclitics and not (definite and (number.vague or number.form == "fraction" or number.value == 100)):
            return None
        unit = found.entry.value
        if unit == "10Y" and not self.is_decades(i, found):
            return None
        if self.months.find(self.tokens, found.stop) and unit == "M":
            return None
        if unit == "Y" and found.entry.tag == "unit" and self.year_at(found.stop):
            return None
        value = None if number.vague else number.value
        return self.measured(i, found.stop, unit, value)

    def is_decades(self, i: int, found: Found) -> bool:
        """Tell «ثلاثة عقود» of time from three contracts."""
        if self.which(found.stop)[0] or self.key(found.stop) in ("من", "علي"):
            return True
        before = self.words.find(self.tokens, i - 1)
        return bool(before and before.entry.tag in ("before", "after", "since", "within")) or self.modified_before(i)

    def modified_before(self, i: int) -> bool:
        return self.key(i - 1) in ("من", "نحو", "حوالي", "قرابه", "زهاء")

    def measured(self, i: int, stop: int, unit: str, amount: float | None) -> Draft:
        """Go on with «ونصف», a smaller unit, «الماضية», and give the duration its value."""
        draft = Draft(i, stop, "duration", "DURATION", unit=unit, amount=amount)
        value = _period(unit, amount)
        key = self.key(stop)
        half = _HALVES.get(key)
        if half and amount is not None and not self.words.find(self.tokens, stop + 1):
            draft = replace(draft, stop=stop + 1, amount=amount + half)
            value = _period(unit, amount + half)
        elif half and amount is not None:
            inner = self.words.find(self.tokens, stop + 1)
            if inner and inner.entry.value == unit and inner.proclitics == "ال":  # شهر ونصف الشهر
                draft = replace(draft, stop=inner.stop, amount=amount + half)
                value = _period(unit, amount + half)
            elif inner is None or inner.entry.tag != "unit" or inner.proclitics:
                draft = replace(draft, stop=stop + 1, amount=amount + half)
                value = _period(unit, amount + half)
        elif (key.startswith("و") and amount is not None and len(key) > 1) or key == "و":
            smaller = self.smaller(stop, unit)
            if smaller:
                more = smaller.value.removeprefix("P").removeprefix("T" if "T" in value else "")
                draft, value = replace(draft, stop=smaller.stop), value + more
        which, end = self.named(draft.stop)
        if which in ("last", "next"):
            draft = replace(draft, stop=end, which=which)
        return replace(draft, value=value)

    def smaller(self, i: int, unit: str) -> Draft | None:
        """Read the next smaller unit joined by و: «سنة وثلاثة أشهر»، «ساعة و20 دقيقة»."""
        j = i + (self.key(i) == "و")
        if not self.kinds_at(j):
            return None
        found = self.words.find(self.tokens, j)
        inner = (
            self.two(found)
            if found and found.entry.tag == "dual"
            else self.duration(j)
            if begins_number(self.key(j))
            else None
        )
        return inner if inner and inner.unit == _FINER.get(unit) and inner.amount is not None else None

    def two(self, found: Found) -> Draft | None:
        """Read a dual: «عامين»، «ساعتين»."""
        if found.entry.value == "10Y" and not self.is_decades(found.first, found):
            return None
        if found.entry.value == "Y" and found.proclitics.endswith("ال") and (year := self.year_at(found.stop)):
            return year  # بين العامين 2008 و2012
        draft = self.measured(found.first, found.stop, found.entry.value, 2)
        # «الأمينان العامان», and «العامين الماضيين»
        return draft if draft.which or not found.proclitics.endswith("ال") else None

    def plural(self, found: Found) -> Draft | None:
        """Read «السنوات الخمس الماضية»، «الأيام القليلة المقبلة»، «سنوات طويلة»، «لسنوات»."""
        unit, stop = found.entry.value, found.stop
        if unit == "Y" and (year := self.year_at(stop)):  # أعوام 1958 و1962
            return year
        if unit in ("10Y", "100Y") and not found.proclitics.endswith("ال"):
            return None
        amount: float | None = None
        if not found.proclitics.endswith("ال"):
            if self.key(stop) in _LONG:
                return self.measured(found.first, stop + 1, unit, None)
            return self.measured(found.first, stop, unit, None) if found.proclitics in ("ل", "ول") else None
        counted = False
        if self.key(stop) in ("القليله", "الاخيره", "المعدوده", "العديده"):
            stop += 1
            counted = self.key(stop - 1) == "الاخيره"
        elif self.kinds_at(stop):
            number = read_numeral(self.tokens, stop)
            if number and number.definite:
                amount, stop = number.value, number.stop
        part = self.months_of(found, int(amount), stop) if amount is not None and unit == "M" else None
        if part:
            return part
        which, end = self.named(stop)
        if amount is not None and self.key(stop) == "الاولي":  # الدقائق العشر الأولى
            return self.measured(found.first, stop + 1, unit, amount)
        if which in ("last", "next", "this") or counted:
            return replace(self.measured(found.first, stop, unit, amount), stop=max(end, stop), which=which or "last")
        return None

    def months_of(self, found: Found, amount: int, i: int) -> Draft | None:
        """Read «الأشهر الستة الأولى من العام الجاري»، «الأشهر الثلاثة الأخيرة من 2018»."""
        period = {(3, True): "Q1", (6, True): "H1", (6, False): "H2", (3, False): "Q4"}.get(
            (amount, self.key(i) == "الاولي")
        )
        if self.key(i) not in ("الاولي", "الاخيره") or self.key(i + 1) not in ("من", "في"):
            return None
        inner = self.date(i + 2, bare=True) or self.year_at(i + 2)
        if inner is None or inner.month or inner.day or not (inner.unit == "Y" or inner.year):
            return None
        if period is None:
            return self.measured(found.first, i + 1, "M", amount)
        return replace(inner, first=found.first, period=period, rule="part_of_year")

    def alone(self, found: Found) -> Draft | None:
        """Read one unit without a number: «عام على الأزمة»، «يوم واحد»، «أعلى مستوى في أسبوع»."""
        unit, i, stop = found.entry.value, found.first, found.stop
        if stop - i == len(self.kinds):
            return self.measured(i, stop, unit, 1)
        if unit in ("s", "10Y") or (unit == "m" and self.key(stop) not in _WHOLE):
            return None
        if self.key(stop) in _WHOLE:
            return self.measured(i, stop + 1, unit, 1)
        before, after = self.key(i - 1), self.key(stop)
        if found.proclitics or unit not in ("Y", "M", "W"):
            return None
        opens = not before or not before[0].isalnum()
        if opens and (after == "علي" or after.startswith("و") or (after == "من" and before)):
            return self.measured(i, stop, unit, 1)
        ended = not after or not after[0].isalnum() or after in ("بقليل", "بعد", "علي", "مع")
        if before == "في" and ended:
            return self.measured(i, stop, unit, 1)
        return None

    def counted(self, found: Found) -> Draft | None:
        """Read «شهراً ونصف الشهر»، «عاماً كاملاً»: one unit in the accusative, where a word shows that it counts."""
        whole = self.key(found.stop) in _WHOLE
        if found.proclitics or not (whole or self.key(found.stop) in _HALVES):
            return None
        return self.measured(found.first, found.stop + whole, found.entry.value, 1)

    def length(self, i: int) -> Draft | None:
        """Read a duration at token `i`, where one is due: also «عام», «العام», «سنوات»."""
        if not self.kinds_at(i):
            return None
        found = self.words.find(self.tokens, i)
        if found and found.entry.tag == "dual":
            return self.two(found)
        if found and found.entry.tag == "unit":
            unit = found.entry.value
            if unit == "s":  # «منذ لحظة وصوله»
                return None
            if found.proclitics in ("", "ب") and not (unit == "Y" and self.year_at(found.stop, named=True)):
                following = self.look(found.stop)
                if following and following.entry.tag in ("weekday", "gregorian", "hijri", "day"):
                    return None
                if unit == "D" and self.number_date(found.stop, slashed=True):
                    return None
                stop = found.stop + (self.key(found.stop) in _WHOLE)
                return self.measured(i, stop, unit, 1)
        if found and found.entry.tag == "counted" and not found.proclitics:
            return self.measured(i, found.stop + (self.key(found.stop) in _WHOLE), found.entry.value, 1)
        if found and found.entry.tag == "plural" and found.proclitics == "":
            stop = found.stop + (self.key(found.stop) in _LONG)
            return self.measured(i, stop, found.entry.value, None)
        if found and found.entry.tag == "plural":
            return self.plural(found)
        return self.duration(i) if begins_number(self.key(i)) else None

    def modified(self, i: int) -> Draft | None:
        """Read «أقل من شهرين»، «نحو أربعة أشهر»، «قرابة العام»."""
        if not self.key(i) or not may_modify(self.key(i)):
            return None
        modifier = read_modifier(self.tokens, i)
        if modifier is None:
            return None
        mod, j = modifier
        draft = self.length(j)
        if draft is None:
            draft = self.one(j)
        if draft is None and mod == "APPROX":
            dated = self.date(j)
            return replace(dated, first=i, mod=mod) if dated and dated.first == j else None
        return replace(draft, first=i, mod=mod, exact=False) if draft else None

    def one(self, i: int) -> Draft | None:
        """Read «العام» as one year, behind an approximator: «قرابة العام»، «نحو الشهر»."""
        found = self.words.find(self.tokens, i) if self.kinds_at(i) else None
        if found is None or found.proclitics != "ال":
            return None
        if found.entry.tag == "dual":  # قرابة الساعتين
            return self.measured(i, found.stop, found.entry.value, 2)
        if found.entry.tag != "unit":
            return None
        if found.entry.value not in ("Y", "M", "W") or self.which(found.stop)[0] or self.year_at(found.stop):
            return None
        return self.measured(i, found.stop, found.entry.value, 1)

    def amount(self, i: int) -> Draft | None:
        draft = self.length(i) or self.modified(i)
        return draft if draft and draft.type == "DURATION" else None

    def within(self, found: Found) -> Draft | None:
        """Read «خلال عام»، «مدة 5 أيام»، «مضى عام», and dates behind خلال: the word itself stays outside."""
        return self.amount(found.stop) or self.span_of(found.stop)

    def span_of(self, i: int) -> Draft | None:
        return self.date(i, bare=self.key(i - 1) in ("خلال", "طوال", "طيله", "مدار")) if self.kinds_at(i) else None

    def since(self, found: Found) -> Draft | None:
        draft = self.amount(found.stop)
        return replace(draft, first=found.first, rule="since") if draft else self.span_of(found.stop)

    def before(self, found: Found) -> Draft | None:
        """Read «قبل ثلاثة أيام» as a date, «قبل شهرين من الانتخابات» as a length, «قبل ذلك بشهر»."""
        return self.away(found, -1)

    def after(self, found: Found) -> Draft | None:
        return self.away(found, 1)

    def away(self, found: Found, sign: int) -> Draft | None:
        i, j = found.first, found.stop
        if self.key(j) == "ذلك" or found.entry.value == "it":  # قبل ذلك بشهر، بعدها بيومين
            j += found.entry.value != "it"
            inner = self.amount(j) if self.key(j).startswith("ب") else None
            return self.shifted(inner, i, sign, "previous") if inner else None
        draft = self.amount(j)
        if draft is None:
            return self.span_of(j)
        after = self.key(draft.stop)
        if after == "من" and self.key(draft.stop + 1) in ("الان", "اليوم"):
            return self.shifted(replace(draft, stop=draft.stop + 2), i, sign, "publication")
        if sign > 0 and read_tense(self.tokens, i, draft.stop) in ("future", "present") and after not in ("من", "علي"):
            return self.shifted(draft, i, sign, "publication")
        if sign > 0 or after == "من" or draft.amount is None or draft.unit not in ("Y", "M", "W", "D", "10Y", "100Y"):
            return draft if sign > 0 else replace(draft, first=i)
        return self.shifted(draft, i, sign, "publication")

    def shifted(self, draft: Draft, first: int, sign: int, base: str) -> Draft:
        """Turn a duration into the date that far from its base."""
        if draft.amount is None or draft.unit not in ("Y", "M", "W", "D", "10Y", "100Y"):
            return replace(draft, first=first)
        unit, amount = draft.unit, draft.amount
        if unit.endswith("0Y"):
            unit, amount = "Y", amount * int(draft.unit[:-1])
        if amount != int(amount):
            unit, amount = (
                ("M", round(amount * 12)) if unit == "Y" else ("D", round(amount * {"M": 30, "W": 7}.get(unit, 1)))
            )
        return replace(
            draft, first=first, type="DATE", rule="ago" if sign < 0 else "later", value="", base=base, unit=unit,
            shift=sign * int(amount), amount=None,
        )  # fmt: skip
