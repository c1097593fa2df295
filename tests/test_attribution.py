"""Attribution: sentences of our own with who is said to say what, sentences in which nobody says anything, and
what holds of any text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attribution import Attribution
from analysis.claims import analyse
from analysis.dictionary import ACTS
from analysis.lexicons import load
from analysis.seeds import Article
from analysis.sources import Source
from analysis.text import Span, fold

CASES = tomllib.loads((Path(__file__).parent / "cases" / "attribution.toml").read_text(encoding="utf-8"))
EDGES = " \n.،,؛:؟!…-–—«»“”„‟\"'‘’‹›()"


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one attribution as the cases spell it."""

    cue: str
    at: Span
    mention: str
    source: str
    content: str
    act: str
    quoted: bool
    via: str


def params(kind: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{case['group']}-{n}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for n, case in enumerate(CASES[kind])
    ]


@cache
def attributed(text: str) -> list[tuple[Attribution, Source]]:
    found = analyse(Article("case", text))
    return list(zip(found.attributions, found.sources, strict=True))


def found(text: str) -> list[Found]:
    return [
        Found(
            cue=made.cue.of(text),
            at=made.cue,
            mention=made.source.of(text) if made.source else "",
            source=source.name,
            content=made.content.of(text),
            act=made.act,
            quoted=made.quoted,
            via=made.via_text(text) or "",
        )
        for made, source in attributed(text)
    ]


def answers(want: dict[str, Any], key: str, default: Any) -> list[Any]:
    value = want.get(key, default)
    return value if isinstance(value, list) else [value]


def bare(text: str) -> str:
    """Drop the marks at the edges and around names, and what vowels and hamzas a name is written with."""
    return " ".join(fold("".join(" " if c in EDGES else c for c in text)).split())


def same_content(text: str, wanted: str) -> bool:
    opening, cut, ending = wanted.partition(" … ")
    text = text.strip(EDGES)
    if not cut:
        return text == wanted.strip(EDGES)
    return text.startswith(opening.strip(EDGES)) and text.endswith(ending.strip(EDGES))


def differences(got: Found, want: dict[str, Any]) -> dict[str, Any]:
    """Return the fields in which an attribution is not the one wanted."""
    mentions = answers(want, "mention", "")
    wrong: dict[str, Any] = {}
    if not any(bare(got.cue) in bare(c) for c in answers(want, "cue", "")):
        wrong["cue"] = got.cue
    if bare(got.mention) not in [bare(m) for m in mentions]:
        wrong["mention"] = got.mention
    if not any(bare(s) in bare(got.source) for s in answers(want, "source", mentions)):
        wrong["source"] = got.source
    if not any(same_content(got.content, c) for c in answers(want, "content", "")):
        wrong["content"] = got.content
    if got.act not in answers(want, "act", "statement"):
        wrong["act"] = got.act
    if got.quoted not in answers(want, "quoted", False):
        wrong["quoted"] = got.quoted
    if "via" in want and bare(got.via) not in [bare(v) for v in answers(want, "via", "")]:
        wrong["via"] = got.via
    return wrong


def unasked(case: dict[str, Any]) -> list[Found]:
    """Return what was found, without the cues that the case leaves to the reader."""
    also = [bare(c) for c in case.get("also", [])]
    return [f for f in found(case["text"]) if bare(f.cue) not in also]


@pytest.mark.parametrize("case", params("found"))
def test_found(case: dict[str, Any]) -> None:
    got = unasked(case)
    wanted = case["wanted"]
    assert [f.cue for f in got] and len(got) == len(wanted), [f.cue for f in got]
    assert [differences(f, want) for f, want in zip(got, wanted, strict=True)] == [{}] * len(wanted)


@pytest.mark.parametrize("case", params("none"))
def test_none(case: dict[str, Any]) -> None:
    assert [(f.cue, f.mention, f.content) for f in unasked(case)] == []


def test_acts_of_cases_are_known() -> None:
    assert {a for case in CASES["found"] for want in case["wanted"] for a in answers(want, "act", "statement")} <= set(
        ACTS
    )


def test_there_are_cases_enough() -> None:
    assert len(CASES["found"]) >= 150
    assert len(CASES["none"]) >= 60


WORDS = [e.surface for name in ("according_to", "reporting_verbs", "speakers") for e in load(name).entries]
MARKS = ["«", "»", "“", "”", '"', "'", "(", ")", ":", "،", ".", "\n\n", "..", "-", "؟"]
PARTS = st.sampled_from([*WORDS, *MARKS * 8, *["أن", "إن", "عن", "إلى", "الذي", "وهو", "قوله", "12", "أمس"] * 8])
TEXTS = st.lists(st.tuples(PARTS, st.sampled_from((" ", "", " و", " ب", " ال"))), max_size=24).map(
    lambda parts: "".join(part + gap for part, gap in parts)
)


def check(text: str, made: Attribution) -> None:
    for span in (made.cue, made.content, *(s for s in (made.source, *made.via) if s)):
        assert 0 <= span.start <= span.end <= len(text)
    assert made.cue.start < made.cue.end
    assert made.act in ACTS
    assert made.source is None or made.source.start < made.source.end


@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_attributions_lie_in_order_inside_the_text(text: str) -> None:
    made = [made for made, _ in attributed(text)]
    starts = [m.cue.start for m in made]
    assert starts == sorted(set(starts))
    for m in made:
        check(text, m)
