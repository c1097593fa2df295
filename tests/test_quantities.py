"""Quantities: sentences of our own with the figures wanted, sentences with none, and what holds of any
text.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.lexicons import Entry, load, matches_example
from analysis.quantities import UNNUMBERED, Quantity, find_quantities
from analysis.segment import Sentence, find_blocks, split_sentences
from analysis.text import Span, tokenize

CASES = tomllib.loads((Path(__file__).parent / "cases" / "quantities.toml").read_text(encoding="utf-8"))
ENTRIES = [(name, entry) for name in ("roles", "countables", "counting") for entry in load(name).entries]
ROLES = {
    "escaped",
    "recaptured",
    "killed",
    "wounded",
    "detained",
    "displaced",
    "transferred",
    "present",
    "other",
}
MODS = {"APPROX", "MORE_THAN", "EQUAL_OR_MORE", "LESS_THAN", "EQUAL_OR_LESS", "RANGE", "VAGUE", None}


def params(kind: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{kind}-{case['text']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for case in CASES[kind]
    ]


def quantities(text: str, times: list[str] | None = None) -> list[Quantity]:
    taken = [Span(text.index(t), text.index(t) + len(t)) for t in times or []]
    return [q for s in split_sentences(text, find_blocks(text)) for q in find_quantities(text, s, taken)]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{n}-{e.surface}" for n, e in ENTRIES])
def test_every_row_matches_its_example(name: str, entry: Entry) -> None:
    assert matches_example(load(name), entry)


def test_roles_are_known() -> None:
    assert {entry.value for entry in load("roles").entries} <= ROLES
    assert load("roles").tags() == {"noun", "held", "verb", "masdar", "near"}
    assert all(bool(e.extra["present"]) == (e.tag == "verb") for e in load("roles").entries)


@pytest.mark.parametrize("case", params("found"))
def test_found(case: dict[str, Any]) -> None:
    found = quantities(case["text"], case.get("times"))
    wanted = case["wanted"]
    assert [q.span.of(case["text"]) for q in found] == [w["text"] for w in wanted]
    for quantity, want in zip(found, wanted, strict=True):
        assert {key: getattr(quantity, key) for key in want if key != "text"} == {
            key: value for key, value in want.items() if key != "text"
        }
        if "value" not in want:
            assert quantity.value is None


@pytest.mark.parametrize("case", params("none"))
def test_none(case: dict[str, Any]) -> None:
    assert [q.span.of(case["text"]) for q in quantities(case["text"], case.get("times"))] == []


WORDS = [e.surface for name in ("numbers", "modifiers", "roles", "units") for e in load(name).entries]
PARTS = st.sampled_from(
    [*WORDS, "و", "الـ", "بين", "من", "إلى", "12", "3.5", "2018", "-", "/", "%", ".", "،", "كتاب", "$"]
)
TEXTS = st.lists(st.tuples(PARTS, st.sampled_from((" ", "", " و", " ب"))), max_size=14).map(
    lambda parts: "".join(part + gap for part, gap in parts)
)


@given(st.one_of(TEXTS, st.text(max_size=60)))
def test_quantities_lie_in_order_inside_the_sentence(text: str) -> None:
    sentence = Sentence(Span(0, len(text)), "paragraph", None, 1, 0, tokenize(text))
    found = find_quantities(text, sentence, [])
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for q in found:
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert q.role in ROLES
        assert q.mod in MODS
        assert q.rule == UNNUMBERED or (q.value, q.low, q.high) != (None, None, None)
        assert q.counted_span is None or q.span.contains(q.counted_span)
        assert q.low is None or q.high is None or q.low <= q.high


@given(TEXTS)
def test_the_order_of_reading_does_not_matter(text: str) -> None:
    sentence = Sentence(Span(0, len(text)), "paragraph", None, 1, 0, tokenize(text))
    assert find_quantities(text, sentence, []) == find_quantities(text, sentence, [])


def test_time_expressions_are_left_alone() -> None:
    text = "قتل 12 شخصاً في 12 يناير"
    assert [q.span.of(text) for q in quantities(text, ["12 يناير"])] == ["12 شخصاً"]
