"""Write a report on articles: one HTML file that needs nothing else, and beside it the tables and the figures.

A report is printed, mailed and read years later, so pictures and styles are inside it, it runs no script, and a
content security policy keeps it from fetching anything. Arabic runs from right to left in a page that is English
around it. Every picture says in words what it shows.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.check import find_remarks, summary
from analysis.claims import OUTLET, Analysis
from analysis.export import write_file, write_tables
from analysis.seeds import sha256
from analysis.show import annotated_article, isolated, show_table
from analysis.tables import claims_table, figures_table, places_table, sources_table, timeline_table

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; background: #fff; color: #222;
  font: 1rem/1.6 "IBM Plex Sans Arabic", "Noto Sans Arabic", "Segoe UI", Tahoma, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 2px solid #222; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: #005a8e; }
figure { margin: 1rem 0 1.5rem; }
figure img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { font-size: .9rem; color: #555; }
table { font-size: .8rem; max-width: 100%; }
td, th { overflow-wrap: break-word; }
nav ul { padding-left: 1.2rem; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  caption { display: none; }
  table { font-size: 7.5pt; }
  td { min-width: 0 !important; }
  h2.page { break-before: page; }
  figure, tr, li { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child, tbody tr:last-child { break-before: avoid; }
  section div > p:first-child { break-after: avoid; }
  figure img { max-height: 225mm; width: auto; }
  p { orphans: 3; widows: 3; }
}
"""
_LEDGER = ["source", "via", "cue", "act", "text", "hedges", "quoted", "attribution"]
_FIGURES = ["question", "claimant", "text", "value", "place", "event_date", "status", "note"]
_TIMELINE = ["period_start", "period_end", "precision", "label", "text", "basis", "sources", "reason"]
_SOURCES = ["source", "form", "heard", "claims", "quoted", "share", "mentions"]
_PLACES = ["name", "kind", "latitude", "longitude", "mentions"]
# Rows of a table that one picture shows: what still can be read on a printed page.
_ROWS = 18
_PLACES_DRAWN = 40
_LIMITS = (
    "Every row was found by rules, and rules miss and mistake things; the column rule names the one behind a row.",
    "A claim is what somebody says, not what happened. Nothing here was checked against the world.",
    "A speaker is called unknown where the rules found none. A dropped subject is taken for the last speaker that its "
    "verb agrees with, which can be the wrong one.",
    "A figure marked as derived stands in no text: it was computed from figures of one claimant, as its formula says.",
    "A date such as «أمس» counts from the day of publication in index.csv; where that is missing or wrong, so is the "
    "date.",
    "The offsets of the tables fit the text with the SHA-256 given above, and no other version of it.",
)


@dataclass(slots=True)
class _Pictures:
    """Draw figures, number them, keep their files until all is drawn, and count the steps of the work."""

    step: Callable[[], Any]
    count: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    def draw(
        self,
        name: str,
        what: str,
        table: pd.DataFrame,
        plot: Callable[[pd.DataFrame], Any],
        *,
        rows: int = _ROWS,
        total: int = 0,
    ) -> Iterator[str]:
        """Yield a table's pictures as figures with a caption, each of so many rows.

        `total` is how many rows there are where the table holds but a part of them.
        """
        from matplotlib import pyplot as plt

        from analysis.plots import alt_text, caption, save_figure

        parts = [table.iloc[at : at + rows] for at in range(0, len(table), rows)]
        for n, part in enumerate(parts, start=1):
            self.count += 1
            ax = plot(part)
            with TemporaryDirectory() as made:
                files = save_figure(ax, Path(made) / f"{self.count:02d}-{name}", part)
                picture = files[0].read_bytes()
                for file in files:
                    self.files[file.name] = file.read_bytes()
            said = caption(self.count, what, part, total or len(table))
            said += f" Part {n} of {len(parts)}." if len(parts) > 1 else ""
            yield _figure(picture, alt_text(ax), said)
            plt.close(ax.figure)
        self.step()


def write_report(analyses: Sequence[Analysis], folder: Path | str) -> list[Path]:
    """Write report.html, and the folders tables/ and figures/ beside it; return the files, report.html first.

    A progress bar runs on standard error where that is a terminal.
    """
    from tqdm import tqdm

    folder = Path(folder)
    stories = _stories(analyses)
    with tqdm(total=4 * len(stories) + 2 * len(analyses) + 1, desc="report", file=sys.stderr, disable=None) as bar:
        pictures = _Pictures(bar.update)
        page = "".join(_page(analyses, stories, pictures, bar.update))
        tables = write_tables(analyses, folder / "tables")
        for name, content in pictures.files.items():
            write_file(folder / "figures" / name, content)
        write_file(folder / "report.html", page)
        bar.update()
    return [folder / "report.html", *tables, *(folder / "figures" / name for name in pictures.files)]


def _stories(analyses: Sequence[Analysis]) -> dict[str, list[Analysis]]:
    found: dict[str, list[Analysis]] = {}
    for analysis in analyses:
        found.setdefault(analysis.article.story or analysis.article.id, []).append(analysis)
    return found


_Section = tuple[str, str, Iterator[str]]


def _page(
    analyses: Sequence[Analysis], stories: dict[str, list[Analysis]], pictures: _Pictures, step: Callable[[], Any]
) -> Iterator[str]:
    title = "Who claims what"
    sections: list[_Section] = [
        ("read", "What was read", _read(analyses)),
        ("voices", "Voices", _by_story(stories, lambda s, a: _voices(a, pictures))),
        ("timeline", "Timeline", _by_story(stories, lambda s, a: _timeline(a, pictures))),
        ("figures", "Figures", _by_story(stories, lambda s, a: _numbers(a, pictures))),
        ("map", "Map", _by_story(stories, lambda s, a: _map(a, pictures))),
        ("ledger", "Ledger", _by_article(analyses, _ledger, step)),
        ("text", "Annotated text", _by_article(analyses, _annotated, step)),
        ("limits", "Limits", _limits()),
    ]
    yield (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: {_count(len(analyses), 'article')}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    yield f"<header>\n<h1>{title}</h1>\n{_lead(analyses)}</header>\n"
    yield '<nav aria-label="Contents">\n<ul>\n'
    yield from (f'<li><a href="#{name}">{heading}</a></li>\n' for name, heading, _ in sections)
    yield "</ul>\n</nav>\n<main>\n"
    for name, heading, body in sections:
        breaks = ' class="page"' if name in ("ledger", "text") else ""
        yield f'<section aria-labelledby="{name}">\n<h2 id="{name}"{breaks}>{heading}</h2>\n'
        yield from body
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _lead(analyses: Sequence[Analysis]) -> str:
    days = sorted(a.article.published for a in analyses if a.article.published)
    period = "" if not days else f", published {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else "")
    claims = sum(len(a.claims) for a in analyses)
    found = f"{_count(claims, 'claim')}, with their figures and dates"
    return f"<p>{_count(len(analyses), 'article')} in Arabic{period}: {found}.</p>\n"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


# --- sections -------------------------------------------------------------------------------------------------


def _by_story(
    stories: dict[str, list[Analysis]], make: Callable[[str, list[Analysis]], Iterator[str]]
) -> Iterator[str]:
    for story, analyses in stories.items():
        if len(stories) > 1:
            yield f"<h3>{isolated(story)}</h3>\n"
        yield from make(story, analyses)


def _by_article(
    analyses: Sequence[Analysis], make: Callable[[Analysis], Iterator[str]], step: Callable[[], Any]
) -> Iterator[str]:
    for analysis in analyses:
        # Above what runs from the right, the title does too.
        title = isolated(analysis.article.title or analysis.article.id)
        yield f'<h3 dir="rtl">{title}</h3>\n'
        yield from make(analysis)
        step()


def _read(analyses: Sequence[Analysis]) -> Iterator[str]:
    for analysis in analyses:
        article = analysis.article
        yield f"<h3>{isolated(article.title or article.id)}</h3>\n<p>{escape(summary(analysis))}</p>\n<ul>\n"
        yield f"<li>outlet: {isolated(article.outlet or f'not known, called {OUTLET}')}</li>\n"
        yield f"<li>published: {article.published.isoformat() if article.published else 'not known'}</li>\n"
        if article.url:
            yield f"<li>address: {_address(article.url)}</li>\n"
        if article.note:
            yield f"<li>note: {isolated(article.note)}</li>\n"
        yield f"<li>SHA-256 of the text: <code>{sha256(article)}</code></li>\n"
        for remark in find_remarks(analysis):
            where = "" if remark.start is None else f" (character {remark.start:,})"
            yield f"<li><strong>{escape(remark.kind)}</strong>: {escape(remark.text)}{where}</li>\n"
        yield "</ul>\n"


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return isolated(url)
    return f'<a href="{escape(url)}" rel="noreferrer nofollow"><bdi dir="ltr">{escape(url)}</bdi></a>'


def _voices(analyses: list[Analysis], pictures: _Pictures) -> Iterator[str]:
    from analysis.plots import plot_voices

    table = sources_table(analyses)
    yield from pictures.draw("voices", "Claims by source", table, plot_voices)
    yield from _shown(table, _SOURCES, "Sources", several=len(analyses) > 1)


def _timeline(analyses: list[Analysis], pictures: _Pictures) -> Iterator[str]:
    from analysis.plots import plot_timeline

    table = timeline_table(analyses)
    yield from pictures.draw("timeline", "Events by time", table, plot_timeline)
    yield from _shown(table, _TIMELINE, "Events", several=len(analyses) > 1)


def _numbers(analyses: list[Analysis], pictures: _Pictures) -> Iterator[str]:
    from analysis.plots import plot_figures

    table = figures_table(analyses)
    # What answers one question stands together, also where a picture ends in between.
    asked = table["question"].map({question: n for n, question in enumerate(table["question"].unique())})
    yield from pictures.draw("figures", "Figures by claimant", table.loc[asked.argsort(kind="stable")], plot_figures)
    yield from _shown(table, _FIGURES, "Figures", several=len(analyses) > 1)


def _map(analyses: list[Analysis], pictures: _Pictures) -> Iterator[str]:
    from analysis.plots import plot_map

    table = places_table(analyses)
    known = table[table["latitude"].notna() & table["longitude"].notna()]
    # A map is not cut by rows: the places named most often are drawn, as each article names them.
    often = known.groupby("name", sort=False)["mentions"].sum().sort_values(ascending=False, kind="stable")
    drawn = known[known["name"].isin(often.index[:_PLACES_DRAWN])]
    yield from pictures.draw("map", "Places named", drawn, plot_map, rows=max(len(drawn), 1), total=len(known))
    yield from _shown(table, _PLACES, "Places", several=len(analyses) > 1)


def _shown(table: pd.DataFrame, columns: Sequence[str], caption: str, *, several: bool) -> Iterator[str]:
    if table.empty:
        yield f"<p>No {caption.lower()} in what was read.</p>\n"
        return
    chosen = [*(["seed"] if several else []), *columns]
    yield show_table(table, columns=chosen, drop_empty=True, caption=caption).html + "\n"


def _ledger(analysis: Analysis) -> Iterator[str]:
    yield from _shown(claims_table([analysis]), _LEDGER, "Claims", several=False)


def _annotated(analysis: Analysis) -> Iterator[str]:
    yield annotated_article(analysis).html + "\n"


def _limits() -> Iterator[str]:
    yield "<ul>\n"
    yield from (f"<li>{escape(limit)}</li>\n" for limit in _LIMITS)
    yield "</ul>\n"


def _figure(picture: bytes, alt: str, caption: str) -> str:
    data = base64.b64encode(picture).decode("ascii")
    return (
        f'<figure>\n<img src="data:image/png;base64,{data}" alt="{escape(alt)}">\n'
        f"<figcaption>{escape(caption)}</figcaption>\n</figure>\n"
    )
