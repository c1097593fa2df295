"""Sources: texts of our own with whom every cue stands for, and what holds of any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analysis.attribution import Attribution
from analysis.claims import analyse
from analysis.seeds import Article
from analysis.sources import UNKNOWN, Source, same_name
from analysis.text import fold

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sources.toml").read_text(encoding="utf-8"))
FORMS = {"named", "definite", "pronoun", "dropped", "anonymous", "document", "unknown"}
MARKS = str.maketrans(dict.fromkeys("«»“”\"'()،", " "))


def sources(text: str) -> list[tuple[Attribution, Source]]:
    found = analyse(Article("case", text))
    return list(zip(found.attributions, found.sources, strict=True))


def bare(name: str) -> str:
    return " ".join(fold(name.translate(MARKS)).split())


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case['group']}-{n}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for n, case in enumerate(CASES["resolved"])
    ],
)
def test_resolved(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [(m, s) for m, s in sources(text) if m.cue.of(text) not in case.get("also", [])]
    assert len(found) == len(case["wanted"]), [m.cue.of(text) for m, _ in found]
    wrong = [
        (made.cue.of(text), source.name, source.form, source.rule)
        for (made, source), want in zip(found, case["wanted"], strict=True)
        if source.form not in listed(want["form"])
        or not any(bare(name) in bare(source.name) for name in listed(want["source"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("case", CASES["resolved"], ids=[f"{c['group']}-{n}" for n, c in enumerate(CASES["resolved"])])
def test_forms_and_antecedents_are_of_the_text(case: dict[str, Any]) -> None:
    text = case["text"]
    for made, source in sources(text):
        assert source.form in FORMS
        assert (source.name == UNKNOWN) == (source.form == "unknown")
        assert source.form != "dropped" or made.source is None or made.subject in ("inside", "antecedent")
        if source.antecedent:
            assert 0 <= source.antecedent.start < source.antecedent.end <= len(text)


def test_an_unknown_speaker_is_no_one() -> None:
    found = sources("وأضاف أن العمل مستمر. وقالت إن الكلفة مرتفعة.")
    assert [s.name for _, s in found] == [UNKNOWN, UNKNOWN]
    assert all(s.antecedent is None for _, s in found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("وزارة الصحة", "وزارة الصحة", True),
        ("جمعية «أمل»", "جمعية أمل", True),
        ("وزارة الصحة", "وزارة المالية", False),
        ("أحمد سلامة", "كريم سلامة", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same
