"""Time expressions: cases of our own, both month orders, every month of every Arabic locale, and invariants."""

from __future__ import annotations

import sys
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.anchor import Date, anchor_timexes, infer_weekday
from analysis.lexicons import Entry, load, matches_example
from analysis.segment import Sentence, find_blocks, split_sentences
from analysis.text import Span, tokenize
from analysis.timex import Timex, find_timexes

CASES = tomllib.loads((Path(__file__).parent / "cases" / "timex.toml").read_text(encoding="utf-8"))
LISTS = ("months", "weekdays", "time_words")
ENTRIES = [(name, entry) for name in LISTS for entry in load(name).entries]
PUBLISHED = date(2018, 6, 20)  # a Wednesday


def read(text: str) -> tuple[list[Sentence], list[list[Timex]]]:
    sentences = split_sentences(text, find_blocks(text))
    return sentences, [find_timexes(text, sentence) for sentence in sentences]


def resolve(text: str, published: date | None = PUBLISHED) -> list[Date]:
    sentences, timexes = read(text)
    return [found for row in anchor_timexes(timexes, sentences, published) for found in row]


def params(kind: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{kind}-{case['text'][:40]}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for case in CASES[kind]
    ]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{n}-{e.surface}" for n, e in ENTRIES])
def test_every_row_matches_its_example(name: str, entry: Entry) -> None:
    assert matches_example(load(name), entry)


@pytest.mark.parametrize("case", params("date"))
def test_date(case: dict[str, Any]) -> None:
    found = resolve(case["text"], case.get("published", PUBLISHED))
    got = [[d.timex.span.of(case["text"]), d.timex.type, d.value or ""] for d in found]
    assert got == case["found"]


@pytest.mark.parametrize("case", params("none"))
def test_no_date(case: dict[str, Any]) -> None:
    assert [d.timex.span.of(case["text"]) for d in resolve(case["text"])] == []


@pytest.mark.parametrize("case", params("gap"))
def test_gaps_stay_open_without_publication(case: dict[str, Any]) -> None:
    [found] = resolve(case["text"], None)
    assert (found.timex.value, found.value) == (case["unresolved"], None)
    assert found.reason
    assert found.start is None


@pytest.mark.parametrize("case", params("mod"))
def test_mod(case: dict[str, Any]) -> None:
    [found] = resolve(case["text"])
    assert (found.value, found.timex.mod) == (case["value"], case["mod"])


@pytest.mark.parametrize("case", params("period"))
def test_period(case: dict[str, Any]) -> None:
    [found] = resolve(case["text"], case.get("published", PUBLISHED))
    assert (found.start, found.end, found.grain) == (case["start"], case["end"], case["grain"])


@pytest.mark.parametrize("case", params("weekday"))
def test_weekday_of_publication(case: dict[str, Any]) -> None:
    assert infer_weekday(read(case["text"])[1]) == case.get("weekday")


def test_weekday_is_checked_against_publication() -> None:
    text = "قال أمس الثلاثاء إنه يعود."
    fits, wrong = resolve(text, date(2026, 1, 21))[0], resolve(text, date(2026, 1, 22))[0]
    assert (fits.value, fits.weekday_fits) == ("2026-01-20", True)
    assert (wrong.value, wrong.weekday_fits) == ("2026-01-20", False)
    stated = resolve("وصل يوم الاثنين 20 كانون الثاني/يناير 2026.")[0]
    assert (stated.value, stated.weekday_fits) == ("2026-01-20", False)


def test_basis_and_anchor() -> None:
    found = resolve("وصل في 3 مايو 2018، وعاد في اليوم التالي، ثم سافر أمس.")
    assert [(d.value, d.basis, d.anchor) for d in found] == [
        ("2018-05-03", "stated", None),
        ("2018-05-04", "relative", "2018-05-03"),
        ("2018-06-19", "publication", "2018-06-20"),
    ]


def test_hijri_date_keeps_both_calendars() -> None:
    [found] = resolve("صدر القرار في 15 رمضان 1439هـ.", None)
    assert (found.timex.value, found.value, found.hijri) == ("1439-09-15", "2018-05-30", "1439-09-15")
    [outside] = resolve("صدر القرار في 15 رمضان 1301هـ.")
    assert (outside.value, outside.hijri) == (None, "1301-09-15")
    assert "1343" in (outside.reason or "")


def test_months_hold_every_arabic_locale_of_cldr() -> None:
    import babel

    names = {entry.keys: int(entry.value) for entry in load("months").entries if entry.tag == "gregorian"}
    for identifier in babel.localedata.locale_identifiers():
        if identifier.split("_")[0] != "ar":
            continue
        months = babel.Locale.parse(identifier).months
        for number, name in [*months["format"]["wide"].items(), *months["stand-alone"]["wide"].items()]:
            keys = tuple(word.key for word in tokenize(name).words)
            assert names.get(keys) == number, (identifier, name)


MONTHS = [entry for entry in load("months").entries if entry.tag == "gregorian"]
HIJRI = [entry for entry in load("months").entries if entry.tag == "hijri"]
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@given(DAYS, st.data())
def test_a_full_date_is_read_in_every_tradition(day: date, data: st.DataObject) -> None:
    month = data.draw(st.sampled_from([e.surface for e in MONTHS if int(e.value) == day.month]))
    join = data.draw(st.sampled_from(("", "من ", "من شهر ")))
    [found] = resolve(f"وصل الوفد في {day.day} {join}{month} {day.year} إلى العاصمة.", None)
    assert (found.value, found.start, found.end, found.basis) == (day.isoformat(), day, day, "stated")


@given(DAYS, st.sampled_from(("/", "-")), st.booleans())
def test_numeric_dates_of_both_orders(day: date, mark: str, year_first: bool) -> None:
    parts = [str(day.day), str(day.month), str(day.year)]
    written = mark.join(reversed(parts) if year_first else parts)
    [found] = resolve(f"صدر البيان بتاريخ {written} عن الوزارة.")
    if not year_first or day.day <= 12 or day.month <= 12:
        assert found.value == day.isoformat()


@given(st.dates(date(1930, 1, 1), date(2060, 1, 1)), st.data())
def test_hijri_dates_are_those_of_hijridate(day: date, data: st.DataObject) -> None:
    import hijridate

    hijri = hijridate.Gregorian.fromdate(day).to_hijri()
    month = data.draw(st.sampled_from([e.surface for e in HIJRI if int(e.value) == hijri.month]))
    [found] = resolve(f"صدر في {hijri.day} {month} {hijri.year} هـ عن الوزارة.")
    assert (found.value, found.hijri) == (day.isoformat(), hijri.isoformat())


@given(DAYS, st.integers(0, 6))
def test_a_weekday_of_the_past_is_the_last_one_up_to_publication(published: date, back: int) -> None:
    day = published - timedelta(back)
    weekday = next(e.surface for e in load("weekdays").entries if int(e.value) == day.isoweekday())
    [found] = resolve(f"أعلنت الوزارة يوم {weekday} عودة الوفد.", published)
    assert found.value == day.isoformat()


WORDS = sorted({word for _, entry in ENTRIES for word in entry.surface.split()})
MARKS = (
    "،",
    "(",
    ")",
    "-",
    "/",
    ":",
    "2018",
    "17",
    "3",
    "الـ48",
    "و",
    "من",
    "في",
    "هـ",
    "م",
    "ذلك",
    "ب",
    "الأول",
    "ثلاثة",
)


@given(st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=14), st.sampled_from((None, PUBLISHED)))
def test_no_words_in_any_order_raise_or_overlap(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    sentence = Sentence(Span(0, len(text)), "paragraph", None, 1, 0, tokenize(text))
    timexes = find_timexes(text, sentence)
    assert all(a.span.end <= b.span.start for a, b in pairwise(timexes))
    for found in anchor_timexes([timexes], [sentence], published)[0]:
        assert found.timex.span.of(text).strip() == found.timex.span.of(text) != ""
        assert found.timex.type in ("DATE", "TIME", "DURATION", "SET")
        assert (found.value is None) == (found.reason is not None) or found.value is not None
        assert (found.start is None) == (found.end is None)
        assert found.start is None or found.end is None or found.start <= found.end


@pytest.mark.parametrize(
    "piece",
    ["نهاية ", "قبل ", "الـ3 و", "3 و", "نحو ", "سنة و", "مساء يوم ", "في آخر يوم من ", "2011 و", "مايو/", "1/2/"],
)
def test_cost_is_linear(piece: str) -> None:
    def steps(n: int) -> int:
        text = piece * n + "عام 2013"
        sentence = Sentence(Span(0, len(text)), "paragraph", None, 1, 0, tokenize(text))
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        find_timexes(text, sentence)
        sys.setprofile(count)
        try:
            find_timexes(text, sentence)
        finally:
            sys.setprofile(None)
        return calls

    assert steps(400) < 3 * steps(200) + 2000


@given(st.text(alphabet="ابتسمونيلهةأإآ ٠١2/-:.،وثلاءشرى", max_size=60))
def test_no_text_raises(text: str) -> None:
    resolve(text)
