"""Segments: pages of our own with the kind of every line, sentences and quotations, and what holds of any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.lexicons import load
from analysis.segment import find_blocks, find_quotations, split_sentences

CASES = tomllib.loads((Path(__file__).parent / "cases" / "segment.toml").read_text(encoding="utf-8"))
KINDS = {"H": "headline", "S": "subhead", "P": "paragraph", "F": "furniture"}


def params(kind: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{kind}-{case['group']}-{n}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for n, case in enumerate(CASES[kind])
    ]


@pytest.mark.parametrize("case", params("page"))
def test_kind_of_every_line(case: dict[str, Any]) -> None:
    lines = [line.partition("|") for line in case["lines"]]
    text = "\n".join(line for _, _, line in lines)
    found = [(block.kind, block.span.of(text)) for block in find_blocks(text)]
    assert found == [(KINDS[kind], line) for kind, bar, line in lines if bar]


@pytest.mark.parametrize("case", CASES["page"])
def test_windows_line_ends_change_nothing(case: dict[str, Any]) -> None:
    text = "\n".join(line.partition("|")[2] for line in case["lines"])
    kinds = [(b.kind, b.paragraph) for b in find_blocks(text)]
    assert [(b.kind, b.paragraph) for b in find_blocks(text.replace("\n", "\r\n"))] == kinds


@pytest.mark.parametrize("case", params("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [s.span.of(text) for s in split_sentences(text, find_blocks(text))] == case["wanted"]


@pytest.mark.parametrize("case", params("quotations"))
def test_quotations(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_quotations(text, find_blocks(text))
    assert [q.inner.of(text) for q in found] == [w["inner"] for w in case["wanted"]]
    for quotation, want in zip(found, case["wanted"], strict=True):
        assert {key: getattr(quotation, key) for key in want if key != "inner"} == {
            key: value for key, value in want.items() if key != "inner"
        }


PHRASES = [entry.surface for entry in load("furniture").entries]
PARTS = st.sampled_from(
    [*PHRASES, *["\n", "\n\n", "\r\n", ". ", "؟", "«", "»", "“", "”", '"', "'", "د.", "كتاب", "12", "#", "("] * 20]
)
TEXTS = st.lists(PARTS, max_size=30).map(" ".join)


@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_no_character_is_lost(text: str) -> None:
    blocks = find_blocks(text)
    sentences = split_sentences(text, blocks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    held = {i for block in blocks for i in range(block.span.start, block.span.end)}
    assert not any(text[i].isalnum() for i in range(len(text)) if i not in held)
    body = {i for sentence in sentences for i in range(sentence.span.start, sentence.span.end)}
    furniture = {i for b in blocks if b.kind == "furniture" for i in range(b.span.start, b.span.end)}
    assert not body & furniture
    assert not any(text[i].isalnum() for i in held - furniture - body)
    assert [s.index for s in sentences] == list(range(len(sentences)))


@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_quotations_stay_in_their_line(text: str) -> None:
    blocks = find_blocks(text)
    for quotation in find_quotations(text, blocks):
        assert quotation.span.contains(quotation.inner)
        assert any(b.span.contains(quotation.span) and b.kind != "furniture" for b in blocks)
