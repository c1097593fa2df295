"""The stories told by several outlets: what is expected of them stands in their texts."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from analysis.evaluate import find_nth

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(path.parent.name for path in FOLDER.glob("*/expected.toml"))
KINDS = {
    "kept",
    "reworded",
    "figure changed",
    "cue changed",
    "act changed",
    "added",
    "removed",
}
ROLES = set("escaped recaptured killed wounded detained displaced transferred present other".split())


def expected(story: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / story / "expected.toml").read_text(encoding="utf-8"))


def texts(story: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / story).glob("*.txt")}


def bounds(figure: dict[str, Any]) -> list[float]:
    return [figure[key] for key in ("value", "low", "high") if key in figure]


@pytest.mark.parametrize("story", STORIES)
def test_index_names_every_article(story: str) -> None:
    with (FOLDER / story / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["id"] for row in rows) == sorted(texts(story))
    assert {row["story"] for row in rows} == {story} == {expected(story)["story"]}
    assert all(row["title"] == texts(story)[row["id"]].partition("\n")[0] for row in rows)


@pytest.mark.parametrize("story", STORIES)
def test_expected_figures_stand_in_their_articles(story: str) -> None:
    seen = set()
    for figure in expected(story)["figure"]:
        text = texts(story)[figure["article"]]
        span = find_nth(text, figure["text"], figure.get("nth", 1))
        headline = text.partition("\n")[0]
        assert (span.end <= len(headline)) is figure.get("headline", False), figure
        assert {figure["role"], *figure.get("also", ())} <= ROLES, figure
        assert bounds(figure) or figure.get("vague"), figure
        seen.add((figure["article"], span))
    assert len(seen) == len(expected(story)["figure"])


@pytest.mark.parametrize("story", STORIES)
def test_expected_questions_follow_from_the_figures(story: str) -> None:
    figures = expected(story)["figure"]
    for question in expected(story)["question"]:
        asked = [f for f in figures if f["role"] == question["role"] and "part" not in f.get("note", "")]
        numbers = [number for figure in asked for number in bounds(figure)]
        assert (min(numbers), max(numbers)) == (question["lowest"], question["highest"]), question
        assert question["status"] in ("single_source", "corroborated", "contested")
        with_numbers = set()
        for claimant in question["claimant"]:
            own = [figure for figure in asked if figure["claimant"] == claimant["name"]]
            assert own, claimant
            assert claimant["status"] in ("single", "revised", "self_contradictory")
            assert claimant["values"] == sorted({f["value"] for f in own if "value" in f}), claimant
            assert (len(claimant["values"]) > 1) is (claimant["status"] != "single"), claimant
            if any(bounds(figure) for figure in own):
                with_numbers.add(claimant["name"])
        assert len(with_numbers) == question["independent"], question
        assert (len(with_numbers) == 1) is (question["status"] == "single_source"), question


@pytest.mark.parametrize("story", STORIES)
def test_expected_changes_stand_in_the_versions(story: str) -> None:
    for versions in expected(story)["versions"]:
        for change in versions["change"]:
            assert {change["kind"], *change.get("also", ())} <= KINDS, change
            sides = {side for side in ("before", "after") if side in change}
            assert sides == {"added": {"after"}, "removed": {"before"}}.get(change["kind"], {"before", "after"})
            for side in sides:
                text = texts(story)[versions[side]]
                assert change[side] in text, change
                assert change.get(f"cue_{side}", "") in text, change


@pytest.mark.parametrize("story", STORIES)
def test_other_expected_texts_stand_in_their_articles(story: str) -> None:
    for verb in expected(story).get("verb", ()):
        assert verb["text"] in texts(story)[verb["article"]]
    for derived in expected(story).get("derived", ()):
        assert all(text in texts(story)[derived["article"]] for text in derived["inputs"])
