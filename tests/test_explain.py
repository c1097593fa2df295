"""What is explained: every row with its rule, and what was looked at and left out, with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.claims import Analysis, analyse
from analysis.explain import explain
from analysis.seeds import Article, read_seeds

TEXT = (
    "انهيار جسر في المدينة\n\n"
    "قالت وزارة النقل إن 3 عمال قُتلوا أمس بين الجسر والنهر. وأضافت أن الجسر قد يُهدم.\n"
    "ولم يذكر البيان شيئاً. وفتح المجلس كتاب «بستان» عام 2013.\n\n"
    "اقرأ أيضاً: جسور أخرى"
)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return explain(analyse(Article("bridge", TEXT, published=date(2026, 1, 21)))).splitlines()


def line_with(lines: list[str], *words: str) -> str:
    found = [line for line in lines if all(word in line for word in words)]
    assert len(found) == 1, f"{words}: {found}"
    return found[0]


def test_what_was_found_is_told_with_its_rule(lines: list[str]) -> None:
    assert lines[0].startswith("bridge: ") and lines[1] == "published 2026-01-21"
    assert line_with(lines, "attribution by verb-that", "«قالت» [23-27], statement")
    assert line_with(lines, "source «وزارة النقل» [28-39] -> وزارة النقل (named by ")
    assert line_with(lines, "source none here (dropped) -> وزارة النقل (dropped by ")
    assert line_with(lines, "content [", "«إن 3 عمال قُتلوا")
    assert line_with(lines, "figure q1 «3 عمال»", "= 3, killed", "by ")
    assert line_with(lines, "date d1 «أمس»", "2026-01-20, publication from 2026-01-21, by ")
    assert line_with(lines, "claim c2 ", "explicit statement by verb-that: وزارة النقل", "holds q1 d1")
    assert line_with(lines, "hedged by قد")


def test_what_was_refused_is_told_with_a_reason(lines: list[str]) -> None:
    assert line_with(lines, "refused: «بين»", "a preposition here")
    assert line_with(lines, "refused: «يذكر»", "denied by «ولم» before it")
    assert line_with(lines, "refused: quotation ««بستان»»", "a name")
    assert line_with(lines, "furniture by related", "اقرأ أيضاً")
    assert not [line for line in lines if "refused" in line and "2013" in line]  # a year is a date


def test_numbers_that_are_neither_figure_nor_date() -> None:
    said = explain(analyse(Article("cup", "فاز الفريق بنتيجة 3-2 على ضيفه في الملعب.")))
    refused = [line for line in said.splitlines() if "neither figure nor date" in line]
    assert all("read as" in line for line in refused)


def rows(analysis: Analysis) -> int:
    return len(analysis.claims) + len(analysis.quantities) + len(analysis.dates) + len(analysis.attributions)


@pytest.mark.parametrize("article", read_seeds("tests/articles"), ids=lambda a: a.id)
def test_every_row_of_every_article_is_explained(article: Article) -> None:
    analysis = analyse(article)
    said = [line.strip() for line in explain(analysis).splitlines()]
    told = [line for line in said if line.startswith(("attribution by ", "figure q", "date d", "claim c"))]
    assert len(told) == rows(analysis)
    assert sum(line.startswith("sentence ") for line in said) == len(analysis.sentences)
    assert sum(line.startswith("furniture by ") for line in said) == sum(b.kind == "furniture" for b in analysis.blocks)


def test_no_cue_is_both_found_and_refused() -> None:
    for article in read_seeds("tests/articles"):
        analysis = analyse(article)
        said = explain(analysis)
        for made in analysis.attributions:
            where = f"[{made.cue.start}-{made.cue.end}]"
            assert not [line for line in said.splitlines() if "refused: «" in line and where in line]


def test_an_article_without_words_or_day() -> None:
    assert explain(analyse(Article("empty", ""))).splitlines()[1].startswith("published: unknown")
