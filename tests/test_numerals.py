"""Numbers, ordinals and modifiers: cases of our own, every integer in words, digits of three scripts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.lexicons import Entry, load, matches_example
from analysis.numerals import may_begin, may_modify, read_bound, read_modifier, read_numeral, read_ordinal
from analysis.text import tokenize

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numerals.toml").read_text(encoding="utf-8"))
LISTS = ("numbers", "modifiers", "units")
ENTRIES = [(name, entry) for name in LISTS for entry in load(name).entries]


def params(kind: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{kind}-{case['text']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for case in CASES[kind]
    ]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{n}-{e.surface}" for n, e in ENTRIES])
def test_every_row_matches_its_example(name: str, entry: Entry) -> None:
    assert matches_example(load(name), entry)


@pytest.mark.parametrize("case", params("number"))
def test_number(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"])
    numeral = read_numeral(tokens, 0)
    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high) == (case.get("value"), case.get("low"), case.get("high"))
    read = tokens.span(numeral.first, numeral.stop).of(case["text"])
    assert read == case.get("read", case["text"])


@pytest.mark.parametrize("case", params("ordinal"))
def test_ordinal(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"])
    numeral = read_ordinal(tokens, 0)
    assert numeral is not None
    assert numeral.ordinal
    assert numeral.value == case["value"]
    assert tokens.span(0, numeral.stop).of(case["text"]) == case.get("read", case["text"])


@pytest.mark.parametrize("case", params("modifier"))
def test_modifier(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"])
    found = (read_bound if case.get("after") else read_modifier)(tokens, 0)
    assert found is not None
    assert found[0] == case["mod"]
    assert tokens.span(0, found[1]).of(case["text"]) == case.get("read", case["text"])


@pytest.mark.parametrize("case", params("no_number"))
def test_no_number(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"])
    assert [read_numeral(tokens, i) for i in range(len(tokens))] == [None] * len(tokens)


@pytest.mark.parametrize("case", params("no_ordinal"))
def test_no_ordinal(case: dict[str, Any]) -> None:
    tokens = tokenize(case["text"])
    assert [read_ordinal(tokens, i) for i in range(len(tokens))] == [None] * len(tokens)


UNITS_M = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
UNITS_F = ("", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
TENS = ("", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
HUNDREDS = ("", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
SCALES = (
    (10**6, ("مليون", "مليونان", "مليونين", "ملايين", "مليوناً")),
    (1000, ("ألف", "ألفان", "ألفين", "آلاف", "ألفاً")),
)


def hundred(n: int, feminine: bool, oblique: bool, old: bool) -> str:
    """Render 1 to 999: in either gender and case, with مئة or the older مائة."""
    units = UNITS_F if feminine else UNITS_M
    mia = "مائة" if old else "مئة"
    parts = []
    if n >= 100:
        two = mia.removesuffix("ة") + ("تين" if oblique else "تان")
        parts.append(mia if n < 200 else two if n < 300 else HUNDREDS[n // 100] + mia)
    rest = n % 100
    if 11 <= rest <= 19:
        first = {11: "إحدى" if feminine else "أحد", 12: "اثنتا" if feminine else "اثنا"}
        parts.append(f"{first.get(rest, units[rest - 10])} {'عشرة' if feminine else 'عشر'}")
    elif rest <= 10:
        parts += [units[rest]] if rest else []
    else:
        parts += [units[rest % 10]] if rest % 10 else []
        parts.append(TENS[rest // 10] + ("ين" if oblique else "ون"))
    return " و".join(parts)


def render(n: int, feminine: bool = False, oblique: bool = False, old: bool = False) -> str:
    """Render an integer below a thousand million in Arabic words."""
    if n == 0:
        return "صفر"
    parts = []
    for scale, (one, two, two_oblique, few, many) in SCALES:
        count, n = divmod(n, scale)
        if not count:
            continue
        if count == 1:
            parts.append(one)
        elif count == 2:
            parts.append(two_oblique if oblique else two)
        else:
            noun = few if 3 <= count % 100 <= 10 else many if count % 100 >= 11 else one
            parts.append(f"{hundred(count, False, oblique, old)} {noun}")
    if n:
        parts.append(hundred(n, feminine, oblique, old))
    return " و".join(parts)


@given(st.integers(0, 999_999_999), st.booleans(), st.booleans(), st.booleans())
def test_every_integer_in_words(n: int, feminine: bool, oblique: bool, old: bool) -> None:
    text = render(n, feminine, oblique, old)
    tokens = tokenize(text)
    numeral = read_numeral(tokens, 0)
    assert numeral is not None
    assert (numeral.value, numeral.stop) == (n, len(tokens))


@given(st.integers(0, 999), st.booleans())
def test_every_small_integer_in_words(n: int, feminine: bool) -> None:
    numeral = read_numeral(tokenize(render(n, feminine)), 0)
    assert numeral is not None
    assert numeral.value == n


@given(st.integers(0, 10**12), st.sampled_from(("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")), st.booleans())
def test_digits_of_three_scripts(n: int, digits: str, grouped: bool) -> None:
    plain = f"{n:,}".replace(",", "٬") if grouped else str(n)
    text = plain.translate(str.maketrans("0123456789", digits))
    numeral = read_numeral(tokenize(text), 0)
    assert numeral is not None
    assert numeral.value == n


@given(st.integers(0, 10**6), st.integers(0, 99), st.sampled_from((".", ",", "٫")))
def test_decimals(whole: int, part: int, mark: str) -> None:
    text = f"{whole}{mark}{part:02}"
    numeral = read_numeral(tokenize(text), 0)
    assert numeral is not None
    assert numeral.value == pytest.approx(float(f"{whole}.{part:02}"), abs=1e-9)


WORDS = [e.surface for name in ("numbers", "modifiers") for e in load(name).entries]
PARTS = st.sampled_from([*WORDS, "و", "الـ", "بـ", "12", "3.5", "٫", "-", "/", "%", ".", "،", "كتاب", "عددهم"])
GLUE = st.sampled_from(("", "و", "ب", "ل", "ال", "وال", "كال", "لل"))
TEXTS = st.lists(st.tuples(GLUE, PARTS, st.sampled_from((" ", "", "\u200f "))), max_size=12).map(
    lambda parts: "".join(glue + part + gap for glue, part, gap in parts)
)


@given(st.one_of(TEXTS, st.text()))
def test_readings_stay_inside_the_text(text: str) -> None:
    tokens = tokenize(text)
    for i in range(len(tokens)):
        numeral = read_numeral(tokens, i)
        assert numeral is None or (numeral.first == i < numeral.stop <= len(tokens))
        assert numeral is None or may_begin(tokens.key(i)) or tokens.key(i) in (".", "٫")
        assert numeral is None or (numeral.value is not None) != numeral.vague
        ordinal = read_ordinal(tokens, i)
        assert ordinal is None or (ordinal.first == i < ordinal.stop <= len(tokens))
        for found in (read_modifier(tokens, i), read_bound(tokens, i)):
            assert found is None or i < found[1] <= len(tokens)
        assert read_modifier(tokens, i) is None or may_modify(tokens.key(i))


@pytest.mark.parametrize("text", ["7" * 5000, "1" + ".000" * 2000, "و".join(["مليون "] * 3000)])
def test_numbers_without_end(text: str) -> None:
    tokens = tokenize(text)
    numeral = read_numeral(tokens, 0)
    assert numeral is None or numeral.value == 10**6
