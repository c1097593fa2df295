"""Read dates of the calendar: years, months of every tradition, numeric dates, days of a month, weekdays.

Papers of the Levant write «كانون الثاني», of the Gulf and Egypt «يناير», of Tunis «جانفي», and many write
both («كانون الثاني/يناير»). Some month names are other words too: مارس he practised, أب a father, ماي a
surname; those count only where a preposition, a number or a year shows the month.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.lexicons import Found
from analysis.numerals import Numeral, read_numeral, read_ordinal
from analysis.quantities import is_counted
from analysis.timex_words import DOTTED, FROM, JOINS, WHICH, YEAR, Draft, Words, bare_weekdays, begins_number

# «في 3 و4 و5 و6 مايو»: how many days one month may end.
_LONGEST = 12
_SLASHES = ("/", "-", "\\", "\N{FRACTION SLASH}")
_MARCHED = frozenset(("في", "من", "شهر", "منذ", "حتي", "خلال", "الي", "بين", "لشهر", "وحتي", "ومنذ", "وفي"))
_BEFORE_YEAR = frozenset("في منذ حتي بحلول قبل بعد خلال مند ومنذ وفي ففي لغايه وحتي طوال مطلع".split())
_QUOTES = frozenset('"«»“”')
_NO_YEAR = frozenset("رقم القرار قرار الماده المرسوم قانون القانون طراز موديل فندق غرفه بنحو نحو حوالي".split())
_NO_COUNTED = frozenset("هذا لذا حيثما ايضا كذا هكذا ماذا لماذا تقريبا وهذا فهذا لهذا بهذا".split())


_SAME = frozenset("نفسه نفسها ذاته ذاتها عينه عينها".split())
_PERIODS = frozenset("الفتره المده الشهر الربع النصف الفصل الموسم الاسبوع اليوم".split())


class Calendar(Words):
    """Read dates of the calendar at a token of one sentence."""

    def year_at(self, i: int, *, named: bool = False) -> Draft | None:
        """Read a year at token `i`: four digits, and behind its noun also two digits or words."""
        key = self.key(i)
        stop = i + 1
        if named and key in ("،", ",") and self.glued(i + 1) and not self.glued(i):  # «عام ،2001»
            key, stop = self.key(i + 1), i + 2
            return Draft(i, stop, "year", base="stated", year=int(key)) if YEAR.fullmatch(key) else None
        if key in ("ال", "لل") and self.glued(i + 1):
            key, stop = self.key(i + 1), i + 2
        if YEAR.fullmatch(key) and not (int(key) < 1800 and not named and is_counted(self.key(stop))):
            return Draft(i, stop, "year", base="stated", year=int(key))
        if not named:
            return None
        if len(key) == 2 and key.isdigit() and int(key) > 30 and self.tag(stop) not in ("unit", "counted"):
            return Draft(i, stop, "year", base="stated", year=1900 + int(key))
        if key.isdigit() and len(key) in (3, 4) and 100 <= int(key) < 2200:
            return Draft(i, stop, "year", base="stated", year=int(key))
        number = read_numeral(self.tokens, i) if begins_number(key) and not key[:1].isdigit() else None
        if number and isinstance(number.value, int) and 1000 < number.value < 2100:
            return Draft(i, number.stop, "year", base="stated", year=number.value)
        return None

    def with_era(self, draft: Draft) -> Draft:
        """Take «م» or «هـ» behind a year; a year of the 14th or 15th century alone is a Hijri one."""
        key = self.key(draft.stop)
        if draft.year is None:
            return draft
        if key in ("ه", "هجريه", "هجري", "للهجره"):
            return replace(draft, stop=draft.stop + 1, hijri=True, rule=f"{draft.rule}_hijri")
        if key in ("م", "ميلاديه", "ميلادي") or (key == "الميلادي" and self.key(draft.stop - 2) == "العام"):
            return replace(draft, stop=draft.stop + 1)
        if 1380 <= draft.year <= 1470 and draft.month is None:
            return replace(draft, hijri=True, rule=f"{draft.rule}_hijri")
        return draft

    def edge_year(self, i: int) -> Draft | None:
        year = self.year_at(i)
        return year if year and 1800 <= (year.year or 0) <= 2100 else None

    def with_year(self, draft: Draft) -> Draft:
        """Go on with the year after a month: a number, «من العام الماضي»، «هذا العام»، «الماضي»."""
        j = draft.stop
        if self.key(j) in ("،", "/", "-", ",") and YEAR.fullmatch(self.key(j + 1)):
            j += 1
        year = self.year_at(j)
        if year:
            done = replace(draft, stop=year.stop, year=year.year, base="stated")
            done = self.with_era(done)
            return self.fit_calendar(done)
        which, stop = self.named(j)
        if which in ("last", "next", "this", "same"):
            if which == "same":
                return replace(draft, stop=stop, base="previous", unit="Y")
            return replace(draft, stop=stop, which=which)
        if self.key(j) in ("من", "في"):
            j += 1
        found = self.look(j)
        if found is None or found.entry.tag not in ("unit", "point"):
            return draft
        if found.entry.tag == "unit" and (found.entry.value != "Y" or self.is_title(j - 1)):
            return draft
        inner = self.date(j)
        if inner is None or inner.type != "DATE" or inner.rule not in ("year", "year_hijri", "shift"):
            return draft
        if inner.year is not None:
            return self.fit_calendar(
                replace(draft, stop=inner.stop, year=inner.year, base="stated", hijri=inner.hijri or draft.hijri)
            )
        if inner.unit != "Y":
            return draft
        return replace(draft, stop=inner.stop, unit="Y", shift=inner.shift, base=inner.base)

    def fit_calendar(self, draft: Draft) -> Draft:
        """Keep a Hijri month with a year of our era apart: «رمضان 2018» has the month only."""
        if draft.hijri and draft.year and draft.year > 1700:
            return replace(draft, hijri=True, rule=f"{draft.rule}_mixed")
        return draft

    def month_date(self, i: int, *, day: int | None = None, named: bool = False) -> Draft | None:
        """Read a month at token `i`, doubled or not, with its year: «ديسمبر/ كانون الأول»، «مايو من عام 2015»."""
        found = self.months.find(self.tokens, i)
        if found is None or (found.proclitics.endswith("ال") and found.entry.tag != "hijri"):
            return None
        hijri = found.entry.tag == "hijri"
        stop, doubled = self.doubled(found)
        draft = Draft(i, stop, "month", base="publication", month=int(found.entry.value), day=day, hijri=hijri)
        if day is not None:
            draft = replace(draft, rule="day_month")
        draft = self.with_year(draft)
        due = day is not None or named or doubled or draft.stop > stop or found.entry.extra["alone"] == "yes"
        return draft if due or self.is_month(found) else None

    def is_month(self, found: Found) -> bool:
        """Tell whether a word that is also a name or a verb (مارس، آب، ماي) is a month where it stands."""
        before = self.key(found.first - 1)
        if found.entry.keys[0] in ("اب", "رمضان", "رجب", "شعبان", "صفر", "محرم", "شوال"):
            return "آب" in self.tokens.words[found.first].light and before in _MARCHED and before != "من"
        if found.proclitics and found.proclitics != "و":
            return False
        if before in _MARCHED:
            return before != "من"
        return self.tag(found.first - 1) == "edge" or self.months.find(self.tokens, found.first - 1) is not None

    def numbered_month(self, i: int, month: int, stop: int) -> Draft | None:
        """Read «الشهر التاسع سنة 2014»، «شهر 3»: months by number, with their year or behind their noun."""
        draft = Draft(i, stop, "month", base="publication", month=month)
        dated = self.with_year(draft)
        return dated if dated.stop > stop or not self.key(i).startswith("ال") else None

    def month_at(self, i: int) -> Draft | None:
        """Read a number from 1 to 12 behind «شهر»: «شهر 3»، «شهر ثلاثة»."""
        number = read_numeral(self.tokens, i) if begins_number(self.key(i)) else None
        if number is None or not isinstance(number.value, int) or not 1 <= number.value <= 12:
            return None
        if self.tag(number.stop) in ("unit", "plural") and not self.year_at(number.stop + 1):
            return None
        return self.numbered_month(i, number.value, number.stop)

    def doubled(self, found: Found) -> tuple[int, bool]:
        """Return where a month and its second name stop: «آذار/مارس»، «مايو (أيار)»، «ديسمبر كانون الأول»."""
        j = found.stop
        mark = self.key(j)
        if mark in ("/", "(", "-", "\\"):
            j += 1
        second = self.months.find(self.tokens, j)
        if second is None or second.entry.value != found.entry.value or second.entry.tag != found.entry.tag:
            return found.stop, False
        if mark == "(":
            return (second.stop + 1, True) if self.key(second.stop) == ")" else (found.stop, False)
        return second.stop, True

    def numeric(self, i: int, *, slashed: bool) -> Draft | None:
        """Read 14/10/2017, 2017-10-14, 14.10.2017, 10/2017; and 14/10 where `slashed` says a date is due.

        Day before month, as Arabic writes it, unless only the other order is a date (10/14/2017).
        """
        dotted = DOTTED.fullmatch(self.key(i))
        if dotted:
            return self.numeric_of(i, i + 1, int(dotted[1]), int(dotted[2]), int(dotted[3]))
        mark = self.key(i + 1)
        if mark not in _SLASHES or not (self.glued(i + 1) and self.glued(i + 2)) or not self.key(i).isdigit():
            return None
        if self.glued(i) and self.key(i - 1) in _SLASHES:
            return None
        a, b = self.key(i), self.key(i + 2)
        if not b.isdigit():
            return None
        if self.key(i + 3) == mark and self.glued(i + 3) and self.glued(i + 4) and self.key(i + 4).isdigit():
            c = self.key(i + 4)
            if len(a) == 4 and len(b) < 3 and len(c) < 3:
                first, second = int(b), int(c)
                return self.numeric_of(i, i + 5, *((first, second) if first > 12 else (second, first)), int(a))
            if len(a) < 3 and len(b) < 3 and (len(c) == 4 or (len(c) == 2 and mark == "/")):
                year = int(c) if len(c) == 4 else 2000 + int(c) if int(c) < 50 else 1900 + int(c)
                return self.numeric_of(i, i + 5, int(a), int(b), year)
            return None
        if mark in ("/", "-") and len(a) < 3 and 1 <= int(a) <= 12 and YEAR.fullmatch(b) and mark == "/":
            return Draft(i, i + 3, "numeric_month", base="stated", year=int(b), month=int(a))
        if slashed and mark == "/" and len(a) < 3 and len(b) < 3 and 1 <= int(a) <= 31 and 1 <= int(b) <= 12:
            return Draft(i, i + 3, "numeric", base="publication", month=int(b), day=int(a))
        return None

    def numeric_of(self, i: int, stop: int, a: int, b: int, year: int) -> Draft | None:
        day, month = (a, b) if b <= 12 else (b, a)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        draft = Draft(i, stop, "numeric", base="stated", year=year, month=month, day=day)
        draft = self.with_era(draft)
        return replace(draft, hijri=True) if 1340 < year < 1500 else draft

    def number_date(self, i: int, *, slashed: bool = False) -> Draft | None:
        """Read a date that begins with its day: «17 يوليو»، «الثاني من يونيو»، «22 من الشهر الجاري»، «3 و4 مايو»."""
        if not 0 <= i < len(self.kinds) or self.depth > _LONGEST:
            return None
        if (i, slashed) not in self.number_dates:
            self.depth += 1
            self.number_dates[i, slashed] = self.number_date_anew(i, slashed)
            self.depth -= 1
        return self.number_dates[i, slashed]

    def number_date_anew(self, i: int, slashed: bool) -> Draft | None:
        if self.key(i)[:1].isdigit():
            numeric = self.numeric(i, slashed=slashed)
            if numeric:
                return numeric
        for number in (read_ordinal(self.tokens, i), read_numeral(self.tokens, i)):
            if number and isinstance(number.value, int) and 1 <= number.value <= 31 and number.form != "fraction":
                draft = self.of_month(i, number)
                if draft:
                    return draft
        return None

    def of_month(self, i: int, number: Numeral) -> Draft | None:
        day, j = int(number.value or 0), number.stop
        if self.key(j) == "يوم" and number.ordinal:
            j += 1
        if self.key(j) == "في" and not number.ordinal:  # «قتل ثلاثة في ديسمبر»
            return None
        if self.key(j) in ("من", "في"):
            j += 1
        elif number.form == "words" and not number.definite:
            return None  # «خمسة مايو» is no way to write a day
        if self.key(j) == "شهر":
            j += 1
            if numbered := self.month_at(j):
                return replace(numbered, first=i, day=day, rule="day_month")
        if month := self.months.find(self.tokens, j):
            return self.dated(i, day, month) if month.proclitics in ("", "ال") else None
        which, stop = self.which(j)
        if which in ("last", "next", "this") and (number.form == "digits" or number.ordinal):
            if number.definite and number.form != "digits":
                return None
            return Draft(i, stop, "day_of_month", base="publication", unit="M", shift=WHICH[which], day=day)
        found = self.look(j)
        if found and found.entry.tag in ("unit", "point") and j > number.stop:
            inner = self.date(j)
            if inner and inner.unit == "M" and inner.rule == "shift":
                return replace(inner, first=i, day=day, rule="day_of_month")
        return self.listed(i, day, number)

    def dated(self, i: int, day: int, month: Found) -> Draft | None:
        draft = self.month_date(month.first, day=day)
        return replace(draft, first=i) if draft else None

    def listed(self, i: int, day: int, number: Numeral) -> Draft | None:
        """Lend the first of two days the month of the second: «3 و4 مايو»، «بين 14 و17 سبتمبر»، «14-17 سبتمبر»."""
        j = number.stop
        if number.form != "digits" and not number.ordinal:
            return None
        if self.key(j) in JOINS:
            j += 1
            if self.key(j) == "ال":
                pass
        elif not self.key(j).startswith("و"):
            return None
        if not begins_number(self.key(j)):
            return None
        inner = self.number_date(j)
        if inner is None or inner.day is None or inner.rule not in ("day_month", "day_of_month"):
            return None
        return replace(inner, first=i, stop=number.stop, day=day)

    def year(self, i: int) -> Draft | None:
        """Read a year without its noun: «في 2016»، «منذ 2014»، «مونديال روسيا 2018»، «(2001)»."""
        draft = self.year_at(i)
        if draft is None or not 1800 <= (draft.year or 0) <= 2050:
            return self.hijri_year(draft) if draft else None
        draft = self.with_era(draft)
        before, after = self.key(i - 1), self.key(draft.stop)
        if self.follows(i):
            return draft
        if before in _NO_YEAR or self.tag(i - 1) == "arabs" or (self.glued(i) and before in "-.#_"):
            return None
        if self.in_name(i, draft.stop):
            return None
        if self.tag(i - 1) in ("dated", "event"):
            return draft
        if before == "من" and self.key(i - 2) in FROM:
            return draft
        if before == "من" and self.key(i - 2) in _SAME and self.key(i - 3) in _PERIODS:
            return draft  # في الفترة نفسها من 2024
        if before == "من" and self.last and self.last.stop == i - 1 and self.last.type == "DURATION":
            return draft  # الأشهر التسعة الأولى من 2025
        closed = not after or (not after[0].isalnum() and after not in ("%", "\N{ARABIC PERCENT SIGN}", "$"))
        if after in ("-", "/") and self.glued(draft.stop):
            closed = bool(YEAR.fullmatch(self.key(draft.stop + 1)))
        if (draft.year or 0) % 100 == 0 and not closed:
            return None
        if before in ("منذ", "ومنذ", "بحلول") and (draft.year or 0) > 1900:  # منذ 2019 خلفا
            return draft
        if before == "عن" and closed and self.key(i - 2) in ("الميه", "بالميه", "المايه", "بالمايه", "%"):
            return draft  # بزيادة 12 في المئة عن 2023
        if before in _BEFORE_YEAR and (closed or not self.counts(draft.stop)):
            return draft
        if closed and before and (before[0].isalpha() or before in '(«"“”') and not self.counted_before(i):
            return draft
        joined = after in JOINS or after.startswith("و")
        if joined and before in ("بين", "من", "وبين") and self.year_at(draft.stop + 1):
            return draft
        return None

    def in_name(self, i: int, stop: int) -> bool:
        """Tell a year that ends a name in quotation marks: عملية «سيناء 2018»."""
        if self.key(stop) not in _QUOTES:
            return False
        return any(self.key(j) in _QUOTES for j in range(i - 1, i - 5, -1)) and self.key(i - 1) not in _QUOTES

    def hijri_year(self, draft: Draft) -> Draft | None:
        done = self.with_era(draft)
        return done if done.stop > draft.stop and done.hijri else None

    def follows(self, i: int) -> bool:
        """Tell whether token `i` goes on from a year: «2011 و2014»، «2014-2018»، «1988 إلى 1990»."""
        last = self.last
        if last is None or last.year is None or last.month is not None:
            return False
        return last.stop == i - 1 and (self.key(i - 1) in JOINS or self.key(i - 1) in ("،", "ال", "وال"))

    def counts(self, i: int) -> bool:
        """Tell whether what follows a number is a counted noun in the accusative: «2016 شخصاً»."""
        key = self.key(i)
        accusative = key.endswith("ا") and len(key) > 3 and not key.startswith("ال") and not key.endswith("ما")
        return (accusative and key not in _NO_COUNTED) or begins_number(key)

    def counted_before(self, i: int) -> bool:
        key = self.key(i - 1)
        return key in ("من", "علي", "عن", "الي", "بلغ", "عدد", "عددهم", "رقم") or key.endswith(":")

    def nth_at(self, i: int) -> tuple[int, int] | None:
        """Read «الثالث»، «ثالث»، «الأخير»، «آخر» as 3 or -1, with the place where it stops."""
        if self.key(i) in ("اخر", "الاخير", "الاخيره"):
            return -1, i + 1
        if self.key(i) in ("ثان", "ثاني"):
            return 2, i + 1
        number = read_ordinal(self.tokens, i)
        if number and isinstance(number.value, int) and 1 <= number.value <= 31:
            return number.value, number.stop
        return None

    def month_of(self, i: int) -> Draft | None:
        """Read the month behind «من» or «في»: «من شهر آذار»، «في أيلول 2014»، «بشهر أكتوبر»، «من الشهر المقبل»."""
        j = i + (self.key(i) in ("من", "في"))
        if j == i and not self.key(i).startswith("ب"):
            return None
        inner = self.date(j)
        if inner is None or inner.first != j or inner.day is not None or inner.mod or inner.period:
            return None
        return inner if inner.month is not None or inner.unit == "M" else None

    def nth(self, i: int) -> Draft | None:
        """Read «آخر اثنين من آذار»، «ثالث ثلاثاء في أيلول»، «أول أسبوع من أكتوبر»، «آخر يوم من الشهر»."""
        picked = self.nth_at(i)
        if picked is None:
            return None
        n, j = picked
        key = self.key(j)
        weekday = int(bare_weekdays().get(self.key(j + (key == "يوم")), 0))
        unit = {"يوم": "D", "اسبوع": "W"}.get(key, "")
        stop = j + 1 + (weekday > 0 and key == "يوم")
        return self.picked(i, n, weekday, "D" if weekday else unit, stop) if weekday or unit else None

    def picked(self, first: int, n: int, weekday: int, unit: str, i: int) -> Draft | None:
        month = self.month_of(i)
        if month is None or month.hijri or not (weekday == 0 or n <= 5) or (unit == "W" and n > 5):
            return None
        if unit == "D" and not weekday and n > 0:
            return replace(month, first=first, day=n, rule="nth")
        return replace(month, first=first, weekday=weekday or None, nth=n, nth_unit=unit, rule="nth")

    def weekday(self, found: Found) -> Draft | None:
        i, stop = found.first, found.stop
        if "ال" in found.proclitics:
            return None
        before = self.key(i - 1)
        if found.entry.value == "5" and before.removeprefix("و").removeprefix("ال") in ("صلاه", "خطبه", "خطيب", "مسجد"):
            return None
        if found.entry.value == "1" and (before in ("بين", "كلا", "هذين") or self.key(stop) in ("معا", "كليهما")):
            return None
        draft = Draft(i, stop, "weekday", base="publication", weekday=int(found.entry.value))
        dated = self.with_calendar(draft)
        if dated is not draft:
            return dated
        if nth := self.nth_at(stop):
            if picked := self.picked(i, nth[0], int(found.entry.value), "D", nth[1]):
                return picked
            if nth[0] > 7:  # «السبت السادس عشر»
                return replace(draft, stop=nth[1], unit="M", day=nth[0], rule="day_number", exact=False)
        which, stop = self.named(stop)
        if which in ("last", "next", "this"):
            draft = replace(draft, stop=stop, which=which)
        return self.with_week(self.with_calendar(draft))

    def with_week(self, draft: Draft) -> Draft:
        """Go on with «من الأسبوع الماضي» after a weekday."""
        if draft.day is not None or self.key(draft.stop) != "من":
            return draft
        week = self.date(draft.stop + 1)
        if week is None or week.unit != "W" or week.type != "DATE":
            return draft
        return replace(draft, stop=week.stop, base=week.base, unit="W", shift=week.shift)

    def with_calendar(self, draft: Draft) -> Draft:
        """Go on with the date after a weekday or «أمس»: «الخميس 22 شباط»، «الأربعاء الموافق الثالث عشر من»."""
        j = draft.stop
        opened = self.key(j) == "("
        if self.key(j) in ("(", "،", ",", "-"):
            j += 1
        while self.key(j) in ("الموافق", "بتاريخ", "يوم", "في", "المصادف"):
            j += 1
        if not begins_number(self.key(j)):
            return draft
        inner = self.number_date(j, slashed=True)
        if inner is None or inner.day is None or (j == draft.stop + 1 and not opened and inner.month is None):
            return draft
        stop = inner.stop + (opened and self.key(inner.stop) == ")")
        nth = inner.day if j == draft.stop and inner.day < 6 and not self.key(j)[:1].isdigit() and inner.month else None
        return replace(
            inner, first=draft.first, stop=stop, weekday=draft.weekday, rule=f"{draft.rule}+{inner.rule}",
            nth=nth, nth_unit="D" if nth else "",
        )  # fmt: skip

    def weekday_of_week(self, i: int) -> Draft | None:
        """Read «أحد الأسبوع الماضي»: a weekday without its article before a week."""
        weekday = bare_weekdays().get(self.key(i))
        if not weekday or self.key(i + 1) != "الاسبوع":
            return None
        week = self.date(i + 1)
        if week is None or week.unit != "W" or week.rule != "shift":
            return None
        return replace(week, first=i, weekday=int(weekday), rule="weekday")

    def day(self, found: Found) -> Draft | None:
        """Read «أمس»، «غداً»، with the weekday behind them."""
        draft = Draft(found.first, found.stop, "day", base="publication", unit="D", shift=int(found.entry.value))
        return self.with_weekday(draft)

    def with_weekday(self, draft: Draft) -> Draft:
        j = draft.stop + (self.key(draft.stop) in ("(", "،") or self.key(draft.stop) == "يوم")
        found = self.weekdays.find(self.tokens, j)
        if found is None or found.proclitics:
            return self.with_calendar(draft) if draft.shift else draft
        if j > draft.stop and self.key(draft.stop) == "(" and self.key(found.stop) != ")":
            return draft
        stop = found.stop + (self.key(draft.stop) == "(")
        return self.with_calendar(replace(draft, stop=stop, weekday=int(found.entry.value)))
