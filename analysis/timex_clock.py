"""Read parts of the day and clock times: مساء الخميس، ليل الثلاثاء الأربعاء، الساعة الثامنة والنصف، 14:30 ت
غ.

The part of the day stands before its date (فجر الأحد) or behind it (الأحد فجراً), the hour is a number or an
ordinal, and agencies add the hour of Greenwich.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.lexicons import Found
from analysis.numerals import Numeral, read_numeral, read_ordinal
from analysis.timex_lengths import Lengths
from analysis.timex_words import WHICH, Draft, begins_number

_DOTTED_HOUR = re.compile(r"(\d{1,2})[.,](\d{2})")
_AT_HOUR = frozenset("في عند عند من الي حتي بين منذ قبل بعد تمام حدود نحو قرابه حوالي وحتي وفي وعند ومن".split())


def _hour(hour: int, part: str) -> int:
    """Return the hour of 24 for an hour of 12 and its part of the day.

    >>> _hour(6, "EV"), _hour(12, "NI"), _hour(10, "MO"), _hour(2, "NI")
    (18, 0, 10, 2)
    """
    if part == "MO":
        return 0 if hour == 12 else hour
    if part == "NI":
        return 0 if hour == 12 else hour + 12 if 6 <= hour < 12 else hour
    if part == "AF" and hour in (10, 11, 12):
        return hour
    return hour + 12 if hour < 12 else hour


class Clock(Lengths):
    """Read parts of the day and clock times at a token of one sentence."""

    def night(self, found: Found) -> Draft | None:
        """Read «الليلة»، «الليلة الماضية»."""
        which, stop = self.which(found.stop)
        if self.key(found.stop) == "قبل" and self.which(found.stop + 1)[0] == "last":  # الليلة قبل الماضية
            return Draft(found.first, stop + 2, "night", "TIME", base="publication", unit="D", shift=-2, part="TNI")
        shift = -1 if which == "last" else 1 if which == "next" else 0
        if which in ("same", "following", "earlier"):
            return Draft(found.first, stop, "night", "TIME", base="previous", unit="D", part="TNI", shift=WHICH[which])
        if self.weekdays.find(self.tokens, found.stop):
            return None
        return Draft(found.first, stop, "night", "TIME", base="publication", unit="D", shift=shift, part="TNI")

    def night_of(self, found: Found) -> Draft | None:
        inner = self.date(found.stop)
        if inner and inner.is_day and inner.first == found.stop:
            return self.as_part(found.first, "TNI", inner)
        return self.alone(found)

    def part(self, found: Found) -> Draft | None:
        """Read «مساء الخميس»، «فجر اليوم»، «ليل الثلاثاء الأربعاء»، «صباح 3 مايو»."""
        if found.proclitics.endswith("ال"):
            return None
        inner = self.date(found.stop)
        if inner and inner.is_day and inner.first == found.stop:
            return self.as_part(found.first, f"T{found.entry.value}", inner)
        if found.entry.surface == "مساء" and not found.proclitics and not self.is_definite(found.stop):
            return self.hour_part(found)
        return None

    def as_part(self, first: int, part: str, day: Draft) -> Draft:
        stop = day.stop
        second = self.weekdays.find(self.tokens, stop + (self.key(stop) in ("-", "/", "الي", "علي")))
        if part == "TNI" and day.weekday and second and int(second.entry.value) == day.weekday % 7 + 1:
            stop = second.stop
        return replace(day, first=first, stop=stop, type="TIME", part=part, rule=f"part_{day.rule}")

    def hour_part(self, found: Found) -> Draft | None:
        """Read «مساءً»، «بعد الظهر» on their own: the part of a day named before."""
        before = self.key(found.first - 1)
        if found.entry.surface == "ليلا" or found.proclitics or before in ("ذات", "كل"):
            return None  # «يعمل ليلاً ونهاراً»، «ذات مساء»
        return Draft(found.first, found.stop, "part", "TIME", base="previous", unit="D", part=f"T{found.entry.value}")

    def late(self, found: Found) -> Draft | None:
        """Read «الساعات الأولى من صباح السبت»، «وقت لاحق اليوم»."""
        j = found.stop + (self.key(found.stop) == "من")
        inner = self.date(j)
        if inner is None or inner.first != j or not (inner.type == "TIME" or inner.is_day):
            return None
        return replace(inner, first=found.first)

    def clock(self, found: Found) -> Draft | None:
        """Read «الساعة ٦:٣٠ مساء»، «الساعة الثامنة والنصف»، «الساعة 15:00 بتوقيت غرينتش»."""
        return self.clock_at(found.first, found.stop)

    def clock_alone(self, i: int) -> Draft | None:
        """Read a clock time that only its part of the day or its zone shows: «العاشرة صباحاً»، «1500 بتوقيت غرينتش»."""
        return self.clock_at(i, i, due=False)

    def clock_at(self, first: int, i: int, *, due: bool = True) -> Draft | None:
        if not begins_number(self.key(i)):
            return None
        digits = self.key(i)
        number = read_ordinal(self.tokens, i) or read_numeral(self.tokens, i)
        if number is None or number.form in ("fraction", "mixed"):
            return None
        dotted = _DOTTED_HOUR.fullmatch(digits)
        if not isinstance(number.value, int) and not dotted:
            return None
        hour, minute, stop = int(number.value or 0), 0, number.stop
        if not due and not (number.form == "digits" or (number.ordinal and number.definite)):
            return None  # «قتل اثنان ليل الثلاثاء»
        if dotted:  # الساعة 10.30
            hour, minute = int(dotted[1]), int(dotted[2])
        elif number.form == "digits" and len(digits) == 4 and stop == i + 1:
            hour, minute = divmod(hour, 100)
        elif self.key(stop) in (":", "."):
            if not (self.glued(stop) and self.glued(stop + 1) and self.key(stop + 1).isdigit()):
                return None
            minute, stop = int(self.key(stop + 1)), stop + 2
        else:
            minute, stop = self.minutes(stop)
        if not (hour <= 24 and minute < 60) and not (hour == 24 and minute == 0):
            return None
        if minute < 0:
            hour, minute = (hour - 1) % 24, 60 + minute
        shown = due
        day: Draft | None = None
        j = stop + (self.key(stop) == "من")
        found = self.words.find(self.tokens, j) if self.kinds_at(j) else None
        if found and found.entry.tag in ("part", "hour_part") and (due or self.is_hour(i, stop, number)):
            day = self.part(found) if found.entry.tag == "part" else None
            if day or found.entry.tag == "hour_part":  # but no «ظهر» that appeared
                hour, shown = _hour(hour, found.entry.value), True
                stop = day.stop if day else found.stop
            if day and day.base == "previous" and day.rule == "part":
                day = None
        zone, stop = self.zone(stop)
        shown = shown or zone is not None
        if shown and day is None:
            j = stop + (self.key(stop) == "من")
            dated = self.date(j)  # الساعة السابعة مساء من يوم غد
            if dated and dated.is_day and dated.first == j:
                day, stop = dated, dated.stop
        if not shown or hour > 24:
            return None
        part = f"T{hour:02}:{minute:02}{zone or ''}"
        if day:
            return replace(day, first=first, stop=stop, type="TIME", part=part, rule="clock")
        return Draft(first, stop, "clock", "TIME", base="previous", unit="D", part=part)

    def is_hour(self, i: int, stop: int, number: Numeral) -> bool:
        """Tell «في العاشرة مساء»، «10:30 صباحاً»، «عند 10 صباحاً» from «قتل 10 مساء الخميس», «للمرة الأولى صباح»."""
        if self.glued(stop - 1) and self.key(stop - 2) in (":", "."):
            return True
        if self.key(i - 1) not in _AT_HOUR:
            return False
        return number.form == "digits" or self.key(i).endswith(("ه", "الاولي"))

    def minutes(self, i: int) -> tuple[int, int]:
        """Read «والنصف»، «إلا ربعاً»، «و20 دقيقة» behind an hour."""
        key = self.key(i)
        if key == "الا":
            less = {"ربع": 15, "ثلث": 20, "خمس": 5}.get(self.key(i + 1).removeprefix("ال").removesuffix("ا"))
            return (-less, i + 2) if less else (0, i)
        whole = {"والنصف": 30, "ونصف": 30, "والربع": 15, "وربع": 15, "والثلث": 20, "وثلث": 20}.get(key)
        if whole:
            return whole, i + 1
        j = i + (key == "و")
        if key.startswith("و") and begins_number(self.key(j)):
            number = read_numeral(self.tokens, j)
            if number and isinstance(number.value, int) and self.key(number.stop) in ("دقيقه", "دقايق"):
                return number.value, number.stop + 1
        return 0, i

    def zone(self, i: int) -> tuple[str | None, int]:
        j = i + (self.key(i) in ("(", "،"))
        found = self.words.find(self.tokens, j)
        if found is None or found.entry.tag != "zone":
            return None, i
        return found.entry.value, found.stop
