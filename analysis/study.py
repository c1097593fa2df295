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
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from analysis.check import find_remarks
from analysis.claims import Analysis, analyse
from analysis.plots import alt_text, save_figure
from analysis.seeds import SeedError, read_seeds


def read_analyses(story: str = "", folder: Path | str | None = None) -> list[Analysis]:
    """Analyse the articles of a story, or all with `story=""`; raise `SeedError` for a story that no article has."""
    articles = read_seeds(folder)
    chosen = [a for a in articles if not story or a.story == story]
    if not chosen:
        known = sorted({a.story for a in articles if a.story})
        listed = ", ".join(known) or "none: fill in the column story of index.csv"
        raise SeedError(f"no article of the story {story!r}; stories: {listed}")
    return [analyse(article) for article in chosen]


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
    """Hold a figure for a notebook: its picture, and its caption and contents in words."""

    png: bytes
    words: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        picture = base64.b64encode(self.png).decode("ascii")
        return {"image/png": picture, "text/plain": self.words}, {"image/png": {"alt": self.words}}

    def __repr__(self) -> str:
        return self.words


def show_figure(ax: Axes, table: pd.DataFrame, name: str, caption: str) -> ShownFigure:
    """Save a figure as `name`.png, .svg and .csv in `out_folder()` and return it for display, with its words."""
    save_figure(ax, out_folder() / name, table)
    figure = ax.get_figure(root=True)
    assert figure is not None
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120, metadata={"Software": None})
    words = f"{caption}\n{alt_text(ax)}"
    plt.close(figure)
    return ShownFigure(picture.getvalue(), words)
