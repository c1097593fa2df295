"""Whatever stands in `seeds/`, and every article of `tests/articles`: offsets, ids, tables, and what a result
must not depend on.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from invariants import faults, table_faults

from analysis.claims import Analysis, analyse
from analysis.dictionary import dictionary
from analysis.seeds import Article, SeedError, read_article, read_seeds
from analysis.tables import TABLES, timeline_table

FOLDER = Path(__file__).parent / "articles"
UNRELATED = "تفتح المكتبة العامة أبوابها كل صباح أمام القراء والطلاب من أهل الحي القديم وضيوفهم."


def _seeds() -> list[Article]:
    try:
        return read_seeds()
    except SeedError:  # reported by tests of the seeds themselves; these here go on with the rest
        return []


ARTICLES = [*_seeds(), *read_seeds(FOLDER)]
each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return [analyse(article) for article in ARTICLES]


def values(analysis: Analysis, *, up_to: int | None = None, strip: bool = True) -> list[tuple[Any, ...]]:
    """Return what an analysis says, without offsets: what it reads in each layer, in order, composed (NFC)."""
    text = analysis.article.text

    def said(span: Any) -> str | None:
        if span is None:
            return None
        return " ".join(unicodedata.normalize("NFC", span.of(text)).split())

    stop = len(text) if up_to is None else up_to
    found: list[tuple[Any, ...]] = []
    found += [("block", b.kind, said(b.span), b.paragraph, b.rule) for b in analysis.blocks if b.span.end <= stop]
    found += [("sentence", said(s.span), s.index) for s in analysis.sentences if s.span.end <= stop]
    found += [("quotation", q.kind, q.closed, said(q.span)) for q in analysis.quotations if q.span.end <= stop]
    for claim in analysis.claims:
        if claim.span.end > stop:
            continue
        source = claim.source
        name = unicodedata.normalize("NFC", source.name) if source else None
        cue = said(claim.made.cue) if claim.made else None
        found.append(("claim", said(claim.span), claim.attribution, claim.act, claim.quoted, claim.rule, cue, name))
        found.append(("inside", claim.inside, claim.quantities, claim.dates, tuple(said(h) for h in claim.hedges)))
    for q in analysis.quantities:
        if q.span.end <= stop:
            found.append(("quantity", said(q.span), q.value, q.low, q.high, q.mod, q.role, q.unit, q.rule))
    for d in analysis.dates:
        if d.timex.span.end <= stop:
            found.append(("date", said(d.timex.span), d.timex.value, d.value, d.start, d.end, d.basis, d.weekday_fits))
    return found


# --- every row stands where it says ------------------------------------------------------------------------


@each_article
def test_every_layer_fits_the_text(article: Article) -> None:
    assert faults(analyse(article)) == []


def test_every_row_fits_the_text(analyses: list[Analysis]) -> None:
    assert table_faults(analyses) == []


@pytest.mark.parametrize("table", list(TABLES))
def test_columns_and_types_are_as_documented(table: str, analyses: list[Analysis]) -> None:
    types = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
    frame = TABLES[table](analyses)
    wanted = {column: types[kind] for column, (kind, _, _) in dictionary()[table].items()}
    assert {column: str(kind) for column, kind in frame.dtypes.items()} == wanted
    assert list(frame.columns) == list(wanted)


def test_events_are_labelled_with_words_of_the_article(analyses: list[Analysis]) -> None:
    texts = {a.article.id: a.article.text for a in analyses}
    timeline = timeline_table(analyses)
    assert list(timeline["order"]) == list(range(1, len(timeline) + 1))
    assert all(
        label.strip() and label in texts[seed] for seed, label in zip(timeline["seed"], timeline["label"], strict=True)
    )
    placed = timeline["period_start"].notna()
    assert (placed == timeline["reason"].isna()).all()
    assert (timeline.loc[placed, "period_start"] <= timeline.loc[placed, "period_end"]).all()


# --- what a result does not depend on ------------------------------------------------------------------------


@each_article
def test_line_ends_change_nothing(article: Article) -> None:
    windows = replace(article, text=article.text.replace("\n", "\r\n"))
    assert values(analyse(windows)) == values(analyse(article))
    assert faults(analyse(windows)) == []


def test_line_ends_of_a_file_change_no_offset(tmp_path: Path) -> None:
    for article in ARTICLES:
        file = tmp_path / f"{article.id}.txt"
        file.write_bytes(article.text.replace("\n", "\r\n").encode("utf-8"))
        assert read_article(file).text == article.text


@each_article
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_normal_forms_change_no_value(article: Article, form: Any) -> None:
    composed = replace(article, text=unicodedata.normalize(form, article.text))
    assert values(analyse(composed)) == values(analyse(article))
    assert faults(analyse(composed)) == []


def test_the_order_of_seeds_changes_no_row(analyses: list[Analysis]) -> None:
    for name, table in TABLES.items():
        one, other = table(analyses), table(analyses[::-1])
        if name == "timeline":  # events of one day keep the order of the articles
            one, other = one.drop(columns="order"), other.drop(columns="order")
        assert rows(one) == rows(other), name


def rows(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in frame.itertuples(index=False))


@each_article
def test_an_unrelated_paragraph_changes_no_other_row(article: Article) -> None:
    analysis = analyse(article)
    # Behind a paragraph that ends: a short last line (صدر في …) is a heading as soon as a paragraph follows.
    end = max(b.span.end for b in analysis.blocks if b.kind == "paragraph" and article.text[b.span.end - 1] in ".؟!")
    longer = replace(article, text=article.text[:end] + "\n\n" + UNRELATED + article.text[end:])
    later = analyse(longer)
    assert values(later, up_to=end) == values(analysis, up_to=end)
    assert faults(later) == []


@each_article
def test_without_a_day_of_publication(article: Article) -> None:
    analysis = analyse(replace(article, published=None))
    assert faults(analysis) == []
    assert table_faults([analysis]) == []
    for when in analysis.dates:
        assert when.start is None or when.basis != "publication" or when.timex.type not in ("DATE", "TIME")
    named = [(c.span, c.source, c.act) for c in analysis.claims]
    assert named == [(c.span, c.source, c.act) for c in analyse(article).claims]


def test_twice_gives_the_same() -> None:
    for article in ARTICLES:
        assert analyse(article) == analyse(article)
