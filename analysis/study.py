"""Gather what the notebooks need: the articles of a story analysed, an overview, and figures that can be read aloud.

A figure in a notebook carries its words: its caption and every row it draws stand beside the picture as text, for
readers who do not see it, and so that a stored notebook whose figure no longer follows from the seeds is found out.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.check import find_remarks
from analysis.claims import Analysis
from analysis.compare import changes_html, compare_versions
from analysis.corrected import analyse_articles, without_seed
from analysis.corrections import Lost, read_corrections
from analysis.plots import alt_text, save_figure
from analysis.seeds import SeedError, seeds_as_asked
from analysis.show import Html, isolated
from analysis.stories import Story, propose_stories, versions

# MathJax, which JupyterLab brings, takes what stands between two $ for mathematics.
_UNDER = 'class="mathjax_ignore" style="font-size:0.85em;max-width:62em"'


def read_analyses(story: str = "", folder: Path | str | None = None) -> list[Analysis]:
    """Analyse the articles of a story, or all with `story=""`, as corrected by hand.

    Raise `SeedError` for a story that no article has, and for mistakes in corrections.csv.
    """
    articles = seeds_as_asked(folder)
    chosen = [a for a in articles if not story or a.story == story]
    if not chosen:
        known = sorted({a.story for a in articles if a.story})
        listed = ", ".join(known) or "none: fill in the column story of index.csv"
        raise SeedError(f"no article of the story {story!r}; stories: {listed}")
    return list(analyse_articles(chosen, read_corrections(folder)))


def stories_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a story: its name, its articles, whether index.csv names it or it is proposed, and why."""
    found: list[Story] = propose_stories(analyses)
    rows = [
        {
            "story": story.name,
            "articles": len(story.seeds),
            "named_by": "proposed" if story.proposed else "index.csv",
            "seeds": ", ".join(story.seeds),
            "shared": "، ".join(story.shared),
        }
        for story in found
    ]
    return pd.DataFrame(rows, columns=["story", "articles", "named_by", "seeds", "shared"])


def version_pairs(analyses: Sequence[Analysis]) -> list[tuple[Analysis, Analysis]]:
    """Return each version of an article with the next one: those of one outlet and story, by day."""
    by_seed = {a.article.id: a for a in analyses}
    groups = versions([a.article for a in analyses])
    return [(by_seed[old.id], by_seed[new.id]) for group in groups for old, new in pairwise(group)]


def show_changes(before: Analysis, after: Analysis) -> Html:
    """Show two versions side by side from right to left, with the words that differ marked."""
    changed = sum(change.kind != "kept" for change in compare_versions(before, after))
    claims = f"{changed} claim{'' if changed == 1 else 's'} changed"
    return Html(changes_html(before, after), f"versions {before.article.id} and {after.article.id}: {claims}")


def overview(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row an article: who published it and when, and what was found in it."""
    return pd.DataFrame(
        [
            {
                "seed": a.article.id,
                "outlet": a.article.outlet or "",
                "published": a.article.published.isoformat() if a.article.published else "",
                "characters": len(a.article.text),
                "paragraphs": sum(b.kind == "paragraph" for b in a.blocks),
                "sentences": len(a.sentences),
                "claims": len(a.claims),
                "attributed": sum(c.attribution != "outlet" for c in a.claims),
                "quantities": len(a.quantities),
                "dates": len(a.dates),
                "furniture": sum(b.kind == "furniture" for b in a.blocks),
            }
            for a in analyses
        ]
    )


def remarks_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return what a reader should know before trusting the rows: seed, kind (fault, gap, note), remark."""
    rows = [{"seed": r.seed, "kind": r.kind, "remark": r.text} for a in analyses for r in find_remarks(a)]
    return pd.DataFrame(rows, columns=["seed", "kind", "remark"])


def corrections_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return what each correction by hand changed: seed, line, quoted, field, value, before, changed, note …."""
    rows = [
        {
            "seed": analysis.article.id,
            "line": row.correction.line,
            "quoted": row.span.of(analysis.article.text),
            "field": row.correction.field,
            "value": row.correction.value,
            "before": row.before,
            "changed": row.target,
            "note": row.correction.note,
            "who": row.correction.who,
            "when": row.correction.when.isoformat() if row.correction.when else "",
        }
        for analysis in analyses
        for row in analysis.applied
    ]
    columns = ["seed", "line", "quoted", "field", "value", "before", "changed", "note", "who", "when"]
    return pd.DataFrame(rows, columns=columns)


def lost_table(analyses: Sequence[Analysis], folder: Path | str | None = None) -> pd.DataFrame:
    """Return the corrections that found no place: seed, line, quoted, field, value, reason, note, who, when.

    Corrections of the folder for an article that is not there follow those of the analyses.
    """
    found: list[tuple[str, Lost]] = [(a.article.id, row) for a in analyses for row in a.lost]
    found += [(row.correction.seed, row) for row in without_seed(folder)]
    rows = [
        {
            "seed": seed,
            "line": row.correction.line,
            "quoted": row.correction.exact,
            "field": row.correction.field,
            "value": row.correction.value,
            "reason": row.reason,
            "note": row.correction.note,
            "who": row.correction.who,
            "when": row.correction.when.isoformat() if row.correction.when else "",
        }
        for seed, row in found
    ]
    columns = ["seed", "line", "quoted", "field", "value", "reason", "note", "who", "when"]
    return pd.DataFrame(rows, columns=columns)


def furniture_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return the lines set aside as furniture of the page, with the rule that told each: seed, rule, start, text."""
    rows = [
        {
            "seed": a.article.id,
            "rule": b.rule,
            "start": b.span.start,
            "end": b.span.end,
            "text": b.span.of(a.article.text),
        }
        for a in analyses
        for b in a.blocks
        if b.kind == "furniture"
    ]
    return pd.DataFrame(rows, columns=["seed", "rule", "start", "end", "text"])


def out_folder() -> Path:
    """Return the folder for figures and their tables: $OUT_DIR, else `out/figures` beside the notebooks' folder."""
    given = os.environ.get("OUT_DIR")
    return Path(given) / "figures" if given else Path(__file__).resolve().parent.parent / "out" / "figures"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """Hold a figure for a notebook: its picture, its caption, and what it shows in words.

    JupyterLab shows of a picture with words the picture alone, and drops its alternative text; so the caption
    follows as an output of its own, with the words to open.
    """

    png: bytes
    caption: str
    contents: str

    @property
    def words(self) -> str:
        return f"{self.caption}\n{self.contents}"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        picture = {"image/png": base64.b64encode(self.png).decode("ascii"), "text/plain": self.words}
        under = {"text/html": self.html, "text/plain": self.caption}
        for data, metadata in ((picture, {"image/png": {"alt": self.words}}), (under, {})):
            display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    @property
    def html(self) -> str:
        """Return the caption as markup, and what the figure shows in words, folded up."""
        lines = "".join(_line(row) for row in self.contents.split("; "))
        contents = f"<details><summary>In words</summary>{lines}</details>"
        return f'<div {_UNDER} dir="ltr"><p style="margin:0">{escape(self.caption)}</p>{contents}</div>'

    def __repr__(self) -> str:
        return self.words


def _line(text: str) -> str:
    """Return a line of markup at the side from which its text is read."""
    line = isolated(text)
    side = "right" if line.startswith('<bdi dir="rtl"') else "left"
    return f'<p style="margin:0;text-align:{side}">{line}</p>'


def show_figure(ax: Axes, table: pd.DataFrame, name: str, caption: str) -> ShownFigure:
    """Save a figure as `name`.png, .svg and .csv in `out_folder()` and return it for display, with its words."""
    save_figure(ax, out_folder() / name, table)
    figure = ax.get_figure(root=True)
    assert figure is not None
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120, metadata={"Software": None})
    contents = alt_text(ax)
    plt.close(figure)
    return ShownFigure(picture.getvalue(), caption, contents)
