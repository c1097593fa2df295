"""Anchor time expressions: fill their gaps from the day of publication or from the dates before them.

A news text counts from its own day: «الثلاثاء» is the last Tuesday up to publication, in a sentence about
what will be the next one; «مارس» is the March that fits; «اليوم التالي» counts from the date before it.
Without the day of publication such dates stay open, but «أمس الثلاثاء» still tells that the text was
published on a Wednesday.

>>> from analysis.segment import find_blocks, split_sentences
>>> from analysis.timex import find_timexes
>>> text = "قال أمس الثلاثاء إن العام 2013 كان صعباً."
>>> sentences = split_sentences(text, find_blocks(text))
>>> timexes = [find_timexes(text, sentence) for sentence in sentences]
>>> [row] = anchor_timexes(timexes, sentences, date(2026, 1, 21))
>>> [(found.value, found.basis, found.weekday_fits) for found in row]
[('2026-01-20', 'publication', True), ('2013', 'stated', None)]
>>> [(found.value, found.reason) for found in anchor_timexes(timexes, sentences, None)[0]]
[(None, 'no day of publication'), ('2013', None)]
>>> infer_weekday(timexes)
3
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.segment import Sentence
from analysis.timex import Timex
from analysis.timex_tense import read_tense

_GRAINS = {
    "C": "century",
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "h": "hour",
    "m": "minute",
    "s": "second",
}
_FINENESS = ("century", "decade", "year", "half", "season", "quarter", "month", "week", "day", "time")
_NEEDED = {"C": "century", "Y": "year", "M": "month", "W": "week", "D": "day"}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_FIRST_HIJRI, _LAST_HIJRI = 1343, 1500  # the years of hijridate's tables (Umm al-Qura)
# A day of a month in a sentence without a verb that tells: one this near ahead is meant, not the one a year
# ago.
_SOON = timedelta(45)
_NEXT_MONTHS = timedelta(62)  # a month without a verb: يناير in a text of December is the one to come
_CLOSE_BY = 3  # sentences
_NO_PUBLICATION = "no day of publication"
# A TIMEX3 value without gaps, before its part of the day.
_VALUE = re.compile(
    r"(?P<year>\d{2,4})(?:-(?P<within>\d\d|W\d\d|Q[1-4]|H[12]|SP|SU|FA|WI)(?:-(?P<day>\d{1,2}|WE))?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Date:
    """Hold a time expression and what it stands for.

    `value` is TIMEX3 without gaps, None with a `reason` where it cannot be resolved. `start` and `end` are
    the first and last day of the period, `grain` its size (day, month, year …). `basis` says where the date
    comes from: stated in full, relative to a date before it, or counted from publication; `anchor` is the
    value it was counted from. `weekday_fits` is False when the weekday written contradicts the date, None
    when none is written. A date of the Hijri calendar keeps its own form in `hijri`.
    """

    timex: Timex
    value: str | None
    start: date | None = None
    end: date | None = None
    grain: str = ""
    anchor: str | None = None
    basis: str = "stated"
    reason: str | None = None
    weekday_fits: bool | None = None
    hijri: str | None = None


@dataclass(frozen=True, slots=True)
class _Period:
    start: date
    end: date
    grain: str
    value: str


def infer_weekday(timexes_by_sentence: Iterable[Sequence[Timex]]) -> int | None:
    """Infer the weekday of publication, 1 (Monday) to 7, from «أمس الثلاثاء» and «اليوم الأحد»; None if
    they disagree.

    >>> infer_weekday([])
    """
    votes = Counter(
        (timex.weekday - 1 - timex.shift) % 7 + 1
        for timexes in timexes_by_sentence
        for timex in timexes
        if timex.weekday is not None and timex.unit == "D" and timex.base == "publication" and timex.day is None
    )
    if not votes:
        return None
    (weekday, most), *others = votes.most_common(2)
    return None if others and others[0][1] == most else weekday


def anchor_timexes(
    timexes_by_sentence: Sequence[Sequence[Timex]], sentences: Sequence[Sentence], published: date | None
) -> list[list[Date]]:
    """Return the dates of each sentence's time expressions, resolved on `published` and on one another.

    Nothing is guessed: without `published` what counts from it has no value, and a `reason`.
    """
    trail: list[Date] = []
    anchored: list[list[Date]] = []
    for timexes, sentence in zip(timexes_by_sentence, sentences, strict=True):
        row: list[Date] = []
        for timex in timexes:
            try:
                found = _anchor(timex, published, trail, sentence)
            except (OverflowError, ValueError, LookupError, StopIteration):  # before the year 1, after 9999
                found = Date(
                    timex,
                    None,
                    basis="publication" if timex.base == "publication" else "relative",
                    reason="outside the calendar",
                )
            if row and _goes_on(row[-1], found):
                found = _after(row[-1], found)
            row.append(found)
            if found.start and found.grain:
                trail.append(found)
        anchored.append(row)
    return anchored


def _goes_on(before: Date, found: Date) -> bool:
    """Tell a weekday joined to the one before it: «الأربعاء والخميس»."""
    first, second = before.timex, found.timex
    if first.rule != "weekday" or second.rule != "weekday" or first.unit or second.unit:
        return False
    return second.span.start - first.span.end <= 3 and not first.which and not second.which


def _after(before: Date, found: Date) -> Date:
    if before.start is None or found.start is None or before.start < found.start:
        return found
    assert found.timex.weekday is not None
    day = _day(before.start + timedelta((found.timex.weekday - before.start.isoweekday()) % 7))
    return replace(found, value=day.value + found.timex.part, start=day.start, end=day.end)


def _anchor(timex: Timex, published: date | None, trail: list[Date], sentence: Sentence) -> Date:
    if timex.type in ("DURATION", "SET"):
        grain = _GRAINS.get(timex.unit, "")
        return Date(timex, timex.value, grain=grain)
    if not timex.base:
        return Date(timex, timex.value, basis="publication", anchor=published.isoformat() if published else None)
    if (timex.rule == "clock" and timex.base == "previous") or timex.rule == "part":
        return _part(timex, published, trail, sentence)
    if timex.hijri:
        return _hijri(timex, published)
    if timex.base == "stated":
        return _stated(timex)
    if timex.base == "previous":
        return _relative(timex, trail, published)
    if published is None:
        return Date(timex, None, basis="publication", reason=_NO_PUBLICATION)
    found = _published(timex, published)
    return replace(found, basis="publication", anchor=published.isoformat())


# --- stated --------------------------------------------------------------------------------------------


def _stated(timex: Timex) -> Date:
    if timex.year is None:
        value = timex.value or ""
        size = 10 ** (4 - len(value))
        first = int(value) * size
        if not 1 <= first <= 9999 - size:
            return Date(timex, value)
        grain = "decade" if size == 10 else "century"
        return Date(timex, value, date(first, 1, 1), date(first + size - 1, 12, 31), grain)
    year = _year(timex.year)
    return _narrow(timex, year)


def _narrow(timex: Timex, base: _Period) -> Date:
    """Narrow a period down by what the expression names: month, day, part of the year, weekday, part of the day."""
    period = base
    reason: str | None = None
    if timex.month is not None:
        period = _month(base.start.year, timex.month)
    if timex.nth is not None and not _is_on(period, timex):
        chosen = _nth(period, timex)
        return _dated(timex, chosen) if chosen else Date(timex, None, reason=f"no such day in {period.value}")
    if timex.day is not None:
        last = calendar.monthrange(period.start.year, period.start.month)[1]
        if timex.day > last:
            return Date(timex, None, reason=f"{period.value} has no day {timex.day}")
        period = _day(period.start.replace(day=timex.day))
    elif timex.weekday is not None and period.grain == "week":
        period = _day(period.start + timedelta(timex.weekday - 1))
    if timex.period and period.grain in ("year", "week"):
        period = _part_of(period, timex.period)
    fits = None
    if timex.weekday is not None and period.grain == "day":
        fits = period.start.isoweekday() == timex.weekday
    return _dated(timex, period, reason, fits)


def _is_on(month: _Period, timex: Timex) -> bool:
    """Tell whether «الثلاثاء الأول من أكتوبر» names a day of the month that is a Tuesday, or else the first Tuesday."""
    return timex.day is not None and month.start.replace(day=timex.day).isoweekday() == timex.weekday


def _nth(month: _Period, timex: Timex) -> _Period | None:
    """Pick the nth or last day, whole week or weekday of a month."""
    days = [month.start + timedelta(n) for n in range((month.end - month.start).days + 1)]
    if timex.weekday is not None:
        days = [day for day in days if day.isoweekday() == timex.weekday]
    elif timex.nth_unit == "W":
        days = [day for day in days if day.isoweekday() == 1 and day + timedelta(6) <= month.end]
    assert timex.nth is not None
    at = timex.nth - 1 if timex.nth > 0 else timex.nth
    if not -len(days) <= at < len(days):
        return None
    return _week(days[at]) if timex.nth_unit == "W" else _day(days[at])


def _dated(timex: Timex, period: _Period, reason: str | None = None, fits: bool | None = None) -> Date:
    if timex.part and period.grain == "day":
        return Date(timex, period.value + timex.part, period.start, period.end, "time", None, "stated", reason, fits)
    return Date(timex, period.value, period.start, period.end, period.grain, None, "stated", reason, fits)


# --- counted from publication --------------------------------------------------------------------------


def _published(timex: Timex, published: date) -> Date:
    if timex.rule == "day_number":
        return _day_number(timex, published)
    if timex.unit:
        return _from(timex, published)
    if timex.month is not None:
        return _yearless(timex, published)
    if timex.weekday is not None:
        return _dated(timex, _day(_weekday(timex.weekday, published, timex)), None, None)
    if timex.period:
        return _season(timex, published)
    return Date(timex, None, reason="nothing to count")


def _from(timex: Timex, base: date) -> Date:
    """Count `shift` units from a day, then narrow: «أمس الثلاثاء»، «مايو من العام الماضي»، «قبل عام»."""
    period = _shifted(base, timex.unit, timex.shift)
    if period is None:
        return Date(timex, None, reason="outside the calendar")
    if timex.rule == "same_day":  # هذا اليوم من العام الماضي
        return _dated(timex, _day(_add_months(base, 12 * timex.shift)))
    if timex.rule in ("ago", "later"):
        return _dated(timex, _away(base, timex))
    if timex.unit == "D" and timex.weekday is not None and period.start.isoweekday() != timex.weekday:
        # «اليوم السبت» in a text published on a Sunday: it was written the day before.
        days = [period.start + timedelta(n) for n in range(-6, 7)]
        days = [d for d in days if d.isoweekday() == timex.weekday and (timex.shift > 0 or d <= base + timedelta(1))]
        return _dated(timex, _day(min(days, key=lambda d: abs(d - period.start))), None, False)
    return _narrow(timex, period)


def _away(base: date, timex: Timex) -> _Period:
    """Return the day, month or year that far away: one size finer than the unit where the number is exact.

    «قبل عام» is the month a year ago, «قبل نحو عام» and «قبل سبعة أعوام» the year.
    """
    if timex.unit in ("D", "W"):
        day = base + timedelta(timex.shift * (7 if timex.unit == "W" else 1))
        return _day(day) if timex.exact or timex.unit == "D" else _week(day)
    months = timex.shift * (12 if timex.unit == "Y" else 1)
    at = _add_months(base, months)
    vague = timex.unit == "Y" and not (timex.exact and abs(timex.shift) == 1)
    return _year(at.year) if vague else _month(at.year, at.month)


def _yearless(timex: Timex, published: date) -> Date:
    """Choose the year of a month or a day of a month: «مايو الماضي»، «17 يوليو»، «في مارس المقبل»."""
    assert timex.month is not None
    candidates = [
        (year, day)
        for year in range(published.year - 8, published.year + 9)
        if (day := _on(year, timex.month, timex.day)) is not None
    ]
    near = [c for c in candidates if abs(c[0] - published.year) <= 1] or candidates
    here = published if timex.day is not None else published.replace(day=1)
    before = [c for c in candidates if c[1] < here]
    upto = [c for c in candidates if c[1] <= here]
    after = [c for c in candidates if c[1] > here]
    since = [c for c in candidates if c[1] >= here]
    if timex.which == "last":
        chosen = before[-1]
    elif timex.which == "next":
        chosen = after[0]
    elif timex.which == "this":
        chosen = min(candidates, key=lambda c: abs(c[0] - published.year))
    else:
        chosen = since[0] if timex.tense == "future" else upto[-1]
        if timex.tense == "listed":
            chosen = min(candidates, key=lambda c: abs(c[0] - published.year))
        elif timex.tense == "present" or (not timex.tense and _is_soon(since[0][1] - here, timex)):
            chosen = min(candidates, key=lambda c: abs(c[1] - here))
        if timex.weekday is not None and chosen[1].isoweekday() != timex.weekday:
            fitting = [c for c in near if c[1].isoweekday() == timex.weekday]
            chosen = min(fitting, key=lambda c: abs(c[1] - published)) if fitting else chosen
    return _narrow(timex, _year(chosen[0]))


def _is_soon(ahead: timedelta, timex: Timex) -> bool:
    return ahead <= (_SOON if timex.day else _NEXT_MONTHS)


def _on(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _weekday(weekday: int, published: date, timex: Timex) -> date:
    """Return the weekday that fits: the last one up to publication, or the next one."""
    if timex.which in ("next", "this") or (not timex.which and timex.tense in ("future", "present", "listed")):
        ahead = (weekday - published.isoweekday()) % 7
        return published + timedelta(ahead or (7 if timex.which == "next" else 0))
    back = (published.isoweekday() - weekday) % 7
    return published - timedelta(back or (7 if timex.which == "last" else 0))


def _day_number(timex: Timex, published: date) -> Date:
    """Resolve «يوم 17» without a month, and «السبت السادس عشر» in the nearest month where it is a Saturday."""
    assert timex.day is not None
    step = 1 if timex.tense in ("future", "present", "listed") else -1
    for n in range(3 if timex.weekday is None else 12):
        at = _add_months(published.replace(day=1), step * n)
        day = _on(at.year, at.month, timex.day)
        fits = day is not None and timex.weekday in (None, day.isoweekday())
        if day and fits and (day >= published if step > 0 else day <= published):
            return _dated(timex, _day(day), None, None if timex.weekday is None else True)
    return Date(timex, None, reason="no such day")


def _season(timex: Timex, published: date) -> Date:
    """Resolve «الصيف الماضي», «الشتاء المقبل»: a season ends three months after it begins."""
    years = [_part_of(_year(year), timex.period) for year in range(published.year - 2, published.year + 3)]
    if timex.which == "last":
        return _dated(timex, [p for p in years if p.end < published][-1])
    if timex.which == "next":
        return _dated(timex, next(p for p in years if p.start > published))
    return _dated(timex, min(years, key=lambda p: abs((p.start + (p.end - p.start) / 2) - published)))


# --- counted from a date before ------------------------------------------------------------------------


def _relative(timex: Timex, trail: list[Date], published: date | None) -> Date:
    needed = _NEEDED.get(timex.unit, "day")
    base = _last(trail, needed, whole=timex.rule.startswith("nth_day"))
    if base is None or base.start is None:
        if timex.shift < 0 and timex.rule == "shift" and published:  # «الشهر السابق» with nothing before it
            return replace(_from(timex, published), basis="publication", anchor=published.isoformat())
        return Date(timex, None, basis="relative", reason="no date before it")
    found = _from(timex, base.start)
    return replace(found, basis="relative", anchor=base.value)


def _last(trail: list[Date], needed: str, *, whole: bool = False) -> Date | None:
    """Return the last date of at least that grain; with `whole`, none that names a part of a day."""
    least = _FINENESS.index(needed)
    for found in reversed(trail):
        if (found.grain == "time" and whole) or (whole and found.timex.rule.startswith("nth_day")):
            continue
        if _FINENESS.index(found.grain) >= least:
            return found
    return None


def _part(timex: Timex, published: date | None, trail: list[Date], sentence: Sentence) -> Date:
    """Give a clock time or «مساءً» the day named before it in the same sentence, or in the one before."""
    near = [d for d in trail if d.timex.sentence >= sentence.index - (timex.rule == "part")]
    base = _last(near, "day")
    if base is None and timex.rule == "clock" and trail and _tells_on(timex, trail[-1], sentence):
        base = trail[-1]
    if timex.base == "publication":
        if published is None:
            return Date(timex, None, basis="publication", reason=_NO_PUBLICATION)
        return replace(_dated(timex, _day(published)), basis="publication", anchor=published.isoformat())
    if base is None or base.start is None:
        clock = timex.part if timex.rule == "clock" else None
        return Date(timex, clock, grain="time", basis="relative", reason="no day before it")
    return replace(_dated(timex, _day(base.start)), basis="relative", anchor=base.value)


def _tells_on(timex: Timex, last: Date, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on about the day last told: «قتل شرطي الأربعاء. وقيل إنه سقط الساعة السادسة»."""
    if _FINENESS.index(last.grain) < _FINENESS.index("day") or sentence.index - last.timex.sentence > _CLOSE_BY:
        return False
    return (
        last.timex.tense not in ("future", "present")
        and read_tense(sentence.tokens, *sentence.tokens.inside(timex.span)) == "past"
    )


# --- Hijri ---------------------------------------------------------------------------------------------


def _hijri(timex: Timex, published: date | None) -> Date:
    """Convert a Hijri date; a year or a month becomes the interval of our calendar that it covers."""
    from hijridate import Gregorian

    year, basis = timex.year, "stated"
    anchor: str | None = None
    if year is None or year > 1700 or timex.which:
        if published is None and year is None:
            return Date(timex, None, basis="publication", reason=_NO_PUBLICATION)
        if year is not None and year > 1700:
            spans = [s for y in range(year - 580, year - 576) if (s := _hijri_days(y, timex.month, timex.day))]
            inside = [s for s in spans if s[0].year == year or s[1].year == year]
            return _lunar(timex, inside[0] if inside else None, timex.value)
        assert published is not None
        basis, anchor = "publication", published.isoformat()
        try:
            now = Gregorian(published.year, published.month, published.day).to_hijri().year
        except (OverflowError, ValueError):
            return Date(timex, None, basis=basis, reason="outside the Hijri tables")
        year = _hijri_year(timex, published, now)
    written = "-".join(f"{n:02}" for n in (year, timex.month, timex.day) if n is not None)
    found = _lunar(timex, _hijri_days(year, timex.month, timex.day) if year else None, written)
    return replace(found, basis=basis, anchor=anchor)


def _hijri_year(timex: Timex, published: date, now: int) -> int | None:
    years = [(y, s) for y in (now - 1, now, now + 1) if (s := _hijri_days(y, timex.month, timex.day))]
    if timex.unit == "Y" and timex.base == "publication":
        return now + timex.shift
    before = [y for y, s in years if s[1] < published]
    after = [y for y, s in years if s[0] > published]
    if timex.which == "last":
        return before[-1] if before else None
    if timex.which == "next":
        return after[0] if after else None
    if timex.tense == "future":
        return next((y for y, s in years if s[1] >= published), None)
    if timex.tense in ("present", "listed") and years:  # ينطلق الموسم في الثامن من ذي الحجة
        return min(years, key=lambda row: abs(row[1][0] - published))[0]
    upto = [y for y, s in years if s[0] <= published]
    return upto[-1] if upto else None


def _lunar(timex: Timex, days: tuple[date, date] | None, written: str | None) -> Date:
    if days is None:
        return Date(timex, None, hijri=written, reason=f"outside the Hijri tables ({_FIRST_HIJRI}-{_LAST_HIJRI})")
    start, end = days
    if start == end:
        fits = None if timex.weekday is None else start.isoweekday() == timex.weekday
        return replace(_dated(timex, _day(start), None, fits), hijri=written)
    grain = "month" if timex.month else "year"
    return Date(timex, f"{start}/{end}", start, end, grain, hijri=written)


def _hijri_days(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    from hijridate import Hijri

    if not _FIRST_HIJRI <= year <= _LAST_HIJRI:
        return None
    try:
        first = Hijri(year, month or 1, day or 1)
        if day is not None:
            only = date(*first.to_gregorian().datetuple())
            return only, only
        last_month = Hijri(year, month or 12, 1)
        last = Hijri(year, month or 12, last_month.month_length())
        return date(*first.to_gregorian().datetuple()), date(*last.to_gregorian().datetuple())
    except (OverflowError, ValueError):
        return None


# --- values ----------------------------------------------------------------------------------------------


def period_of(value: str) -> tuple[date, date, str] | None:
    """Return first day, last day and grain of a TIMEX3 value, or None where it names no stretch of the calendar.

    >>> period_of("2026-01"), period_of("2026-01-20TEV")[2], period_of("P3D"), period_of("XXXX-10-02")
    ((datetime.date(2026, 1, 1), datetime.date(2026, 1, 31), 'month'), 'time', None, None)
    """
    stated, _, part = value.partition("T")
    match = _VALUE.fullmatch(stated)
    if match is None:
        return None
    try:
        period = _valued(match)
    except ValueError:  # the year 0, 30 February, a week that its year does not have
        return None
    return period.start, period.end, "time" if part else period.grain


def _valued(match: re.Match[str]) -> _Period:
    digits, within, day = match["year"], match["within"], match["day"]
    if len(digits) < 4:
        size = 10 ** (4 - len(digits))
        first = int(digits) * size
        grain = "decade" if size == 10 else "century"
        return _Period(date(first, 1, 1), date(first + size - 1, 12, 31), grain, digits)
    year = int(digits)
    if within is None:
        return _year(year)
    if within[0] == "W" and within != "WI":
        week = _week(date.fromisocalendar(year, int(within[1:]), 1))
        if day == "WE":
            return _part_of(week, day)
        return week if day is None else _day(date.fromisocalendar(year, int(within[1:]), int(day)))
    if not within.isdigit():
        return _part_of(_year(year), within)
    return _month(year, int(within)) if day is None else _day(date(year, int(within), int(day)))


# --- the calendar --------------------------------------------------------------------------------------


def _day(day: date) -> _Period:
    return _Period(day, day, "day", day.isoformat())


def _week(day: date) -> _Period:
    start = day - timedelta(day.weekday())
    year, week, _ = day.isocalendar()
    return _Period(start, start + timedelta(6), "week", f"{year:04}-W{week:02}")


def _month(year: int, month: int) -> _Period:
    last = calendar.monthrange(year, month)[1]
    return _Period(date(year, month, 1), date(year, month, last), "month", f"{year:04}-{month:02}")


def _year(year: int) -> _Period:
    return _Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shifted(base: date, unit: str, shift: int) -> _Period | None:
    """Return the day, week, month, year or century that lies `shift` units from the one of `base`."""
    try:
        if unit == "D":
            return _day(base + timedelta(shift))
        if unit == "W":
            return _week(base + timedelta(7 * shift))
        if unit == "M":
            at = _add_months(base.replace(day=1), shift)
            return _month(at.year, at.month)
        if unit == "C":
            century = base.year // 100 + shift
            return _Period(date(century * 100, 1, 1), date(century * 100 + 99, 12, 31), "century", f"{century:02}")
        return _year(base.year + shift)
    except (OverflowError, ValueError):
        return None


def _part_of(period: _Period, part: str) -> _Period:
    """Return a half, quarter or season of a year, or the end of a week (Saturday and Sunday)."""
    year = period.start.year
    if part == "WE":
        return _Period(period.start + timedelta(5), period.end, "week", f"{period.value}-WE")
    value = f"{year:04}-{part}"
    if part in _SEASONS:
        first, months, grain = _SEASONS[part], 3, "season"
    elif part[0] == "H":
        first, months, grain = 6 * int(part[1]) - 5, 6, "half"
    else:
        first, months, grain = 3 * int(part[1]) - 2, 3, "quarter"
    start = date(year, first, 1)
    end = _add_months(start, months) - timedelta(1)
    return _Period(start, end, grain, value)
