"""Show tables and articles in a notebook, from right to left, and also where the notebook is not trusted.

JupyterLab takes style sheets and scripts out of a notebook that it does not trust and keeps inline styles, so
every style here is inline. A page that runs from left to right reverses «81 عنصراً (ACR)» and moves its full
stop, so every cell says its direction. What comes from an article is text and never markup: all is escaped.

>>> isolated("قال <b>كذا</b>")
'<bdi dir="rtl" lang="ar">قال &lt;b&gt;كذا&lt;/b&gt;</bdi>'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from analysis.claims import Analysis, Claim
from analysis.dictionary import dictionary
from analysis.figures import claimant_of
from analysis.palette import act_look, lightness, rank_look
from analysis.seeds import Article
from analysis.sources import Source
from analysis.text import Span

if TYPE_CHECKING:
    import pandas as pd

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[A-Za-z]")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
# A day that stands among other words: a browser would break it at its hyphens.
_DAY_WITHIN = re.compile(r"(?<=[^>\w-])\d{4}-\d\d-\d\d(?![\w-])")
# MathJax, which JupyterLab brings, takes what stands between two $ for mathematics, also in a table.
_PLAIN = 'class="mathjax_ignore"'
_OPENING = f'<div {_PLAIN} dir="rtl" lang="ar"><table dir="rtl" style="border-collapse:collapse;margin:0 0 8px auto">'
# JupyterLab puts every paragraph at the left unless the paragraph itself says otherwise.
_AT_RIGHT = "text-align:right"
_PAGE = "line-height:2.1;max-width:48em;margin-left:auto"
_QUIET = "#767676"  # the grey that reads on white and on the black of JupyterLab's dark theme
_CELL = "text-align:right;vertical-align:top;padding:4px 6px;border-bottom:1px solid rgba(127,127,127,0.3)"
_HEAD = "text-align:right;vertical-align:bottom;padding:4px 6px;border-bottom:2px solid rgba(127,127,127,0.7)"
_CHIP = "font-size:70%;line-height:1;font-weight:normal;white-space:nowrap"
_CHIP_LENGTH = 24
# Characters of a cell from which its column is kept wide, and how wide: the most for sentences.
_WIDE = ((100, ";min-width:14em"), (40, ";min-width:8em"))
_SOURCE, _CUE, _QUANTITY, _DATE, _CORRECTED = (rank_look(n).colour for n in (5, 4, 2, 3, 1))
# What the legend and the tooltips say, in English and in Arabic.
_WORDS = {
    "source": ("source", "المصدر"),
    "cue": ("cue", "فعل الإسناد"),
    "via": ("passed on by", "نقلاً عن"),
    "quantity": ("figure", "رقم"),
    "date": ("date", "تاريخ"),
    "carried_on": ("carried on from the sentence before", "إسناد مستمر من الجملة السابقة"),
    "outlet": ("the outlet's own voice", "قول الناشر"),
    "corrected": ("corrected by hand", "مصحح يدوياً"),
    "furniture": ("not of the article", "ليس من المقال"),
    "none": ("nothing is marked", "لا شيء"),
    "quoted": ("in quotation marks", "مقتبس"),
    "rows": ("rows", "الصفوف"),
    "of": ("of", "من"),
    "yes": ("yes", "نعم"),
    "no": ("no", "لا"),
    "before": ("before", "قبله"),
    "found": ("found", "الموضع"),
    "after": ("after", "بعده"),
    "empty": ("no rows", "لا صفوف"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Html:
    """Hold markup for a notebook: shown as a page where that is possible, as one line of words where not."""

    html: str
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<{self.words}>"


def _word(key: str, labels: str) -> str:
    return _WORDS[key][labels == "ar"]


def _check_labels(labels: str) -> None:
    if labels not in ("en", "ar"):
        raise ValueError(f'labels is "en" or "ar", not {labels!r}')


def isolated(text: str, style: str = "") -> str:
    """Return escaped text that keeps its direction wherever it stands: a `<bdi>` that names it and its language.

    >>> isolated("81 عنصراً")
    '<bdi dir="rtl" lang="ar">81 عنصراً</bdi>'
    >>> isolated("a<b"), isolated("2026-01-20")
    ('<bdi dir="ltr" lang="en">a&lt;b</bdi>', '<bdi dir="ltr">2026-01-20</bdi>')
    """
    # «ACR يحذّر» runs from the right though it begins with a Latin word: the more letters tell.
    arabic = len(_ARABIC.findall(text))
    if (arabic and arabic >= len(_LATIN.findall(text))) or text.startswith("\N{RIGHT-TO-LEFT ISOLATE}"):
        where = 'dir="rtl" lang="ar"'
    else:
        where = 'dir="ltr" lang="en"' if _LATIN.search(text) else 'dir="ltr"'
    look = f' style="{style}"' if style else ""
    return f"<bdi {where}{look}>{escape(text)}</bdi>"


# --- tables ---------------------------------------------------------------------------------------------


def show_table(
    frame: pd.DataFrame,
    *,
    columns: Sequence[str] | None = None,
    labels: str = "en",
    rows: int | None = None,
    drop_empty: bool = False,
    caption: str | None = None,
) -> Html:
    """Show a table from right to left, the first column at the right.

    `columns` chooses columns and their order, `labels="ar"` heads those of the pack's tables in Arabic, `rows`
    shows the first so many and says how many there are, `drop_empty` leaves out columns without any content. A
    named index becomes a column.

    >>> import pandas as pd
    >>> table = show_table(pd.DataFrame({"source": ["الوزارة"], "value": [81.0]}), labels="ar")
    >>> table
    <table: 1 row, 2 columns>
    >>> [word in table.html for word in ("المصدر", '<bdi dir="ltr">81</bdi>')]
    [True, True]
    """
    _check_labels(labels)
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    if columns is not None:
        unknown = [name for name in columns if name not in frame.columns]
        if unknown:
            known = ", ".join(str(name) for name in frame.columns)
            raise ValueError(f"no column {', '.join(unknown)}; the columns are: {known}")
        frame = frame[list(columns)]
    names = list(frame.columns)
    total = len(frame)
    cells = [[_cell(cell, labels) for cell in row] for row in _rows(frame, rows)]
    if drop_empty:
        kept = [k for k in range(len(names)) if any(row[k] for row in cells)]
        names, cells = [names[k] for k in kept], [[row[k] for k in kept] for row in cells]
    heads = _headings([str(name) for name in names], [str(name) for name in frame.columns], labels)
    size = f"{total} row{'' if total == 1 else 's'}, {len(names)} column{'' if len(names) == 1 else 's'}"
    return Html("".join(_table(heads, cells, total, labels, caption)), f"table: {size}")


def _rows(frame: pd.DataFrame, rows: int | None) -> Iterator[tuple[Any, ...]]:
    yield from (frame if rows is None else frame.head(rows)).itertuples(index=False, name=None)


def _table(
    heads: Sequence[str], cells: Sequence[Sequence[str]], total: int, labels: str, caption: str | None
) -> Iterator[str]:
    yield _OPENING
    if caption:
        yield f'<caption style="text-align:right;padding:4px 6px">{isolated(caption)}</caption>'
    yield "<thead><tr>"
    for head in heads:
        yield f'<th scope="col" style="{_HEAD}">{isolated(head)}</th>'
    yield "</tr></thead><tbody>\n"
    longest = [max((len(row[k]) for row in cells), default=0) for k in range(len(heads))]
    long = [next((wide for length, wide in _WIDE if most > length), "") for most in longest]
    for row in cells:
        yield "<tr>"
        for cell, wide in zip(row, long, strict=True):
            whole = ";white-space:nowrap" if _DAY.fullmatch(cell) else ""
            yield f'<td style="{_CELL}{wide}{whole}">{_lined(isolated(cell)) if cell else ""}</td>'
        yield "</tr>\n"
    if not cells:
        yield f'<tr><td colspan="{max(1, len(heads))}" style="{_CELL}">{isolated(_word("empty", labels))}</td></tr>'
    yield "</tbody></table>"
    if len(cells) < total:
        shown = f"{_word('rows', labels)}: {len(cells):,} {_word('of', labels)} {total:,}"
        yield f'<p style="text-align:right;margin:0 0 8px">{isolated(shown)}</p>'
    yield "</div>"


def _lined(markup: str) -> str:
    """Keep the lines of a cell apart, and its days whole."""
    broken = markup.replace("\n", "<br>")
    return _DAY_WITHIN.sub(r'<span style="white-space:nowrap">\g<0></span>', broken)


def _headings(names: Sequence[str], columns: Sequence[str], labels: str) -> list[str]:
    """Return headings: Arabic ones from the table that has all these columns, else from the first that has each."""
    if labels == "en":
        return list(names)
    tables = sorted(dictionary().values(), key=lambda table: not set(columns) <= set(table))
    return [next((table[name][2] for table in tables if name in table), name) for name in names]


def _cell(cell: Any, labels: str) -> str:
    """Return a cell as text; "" where nothing is known."""
    if isinstance(cell, str):
        return cell
    if cell is None or type(cell).__name__ in ("NaTType", "NAType") or cell != cell:
        return ""
    if isinstance(cell, (list, tuple, set, frozenset)):
        return "، ".join(str(part) for part in cell)
    if type(cell).__name__ in ("bool", "bool_"):
        return _word("yes" if cell else "no", labels)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.6f}".rstrip("0")
    return str(cell)


def paragraph(text: str) -> str:
    """Return text as a paragraph from right to left for a Markdown cell or `IPython.display.Markdown`.

    >>> paragraph("*81* عنصراً")
    '<span class="mathjax_ignore" dir="rtl" lang="ar" style="display:block;text-align:right">&#42;81&#42; عنصراً</span>'
    """
    shown = re.sub(r"""[\\`*_\[\]$~|#!{}()+.:^=<>&"'-]""", lambda m: f"&#{ord(m[0])};", text)
    shown = "<br>".join(part.strip() for part in re.split(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", shown))
    return f'<span {_PLAIN} dir="rtl" lang="ar" style="display:block;text-align:right">{shown}</span>'


# --- in context -----------------------------------------------------------------------------------------


def in_context(article: Article, spans: Iterable[Span] | pd.DataFrame, *, width: int = 60, labels: str = "en") -> Html:
    """Show each span, or each row of a table with start and end, with the words around it, one below another.

    Of a table with the column seed the rows of other articles are left out.

    >>> in_context(Article("raid", "قالت الوزارة إن 81 عادوا"), [Span(16, 18)]).words
    'context: 1 row'
    """
    _check_labels(labels)
    found = list(_spans(article, spans))
    text = article.text
    heads = [isolated(_word(key, labels)) for key in ("before", "found", "after")]
    quiet = f"{_CELL};color:{_QUIET}"
    parts = [_OPENING, "<thead><tr>"]
    parts += [f'<th scope="col" style="{_HEAD}">{head}</th>' for head in heads]
    parts.append("</tr></thead><tbody>\n")
    for span in found:
        before, after = _around(text, span, width)
        # The words before end at the words found: at the left of their cell.
        parts.append(
            f'<tr><td style="{quiet.replace("text-align:right", "text-align:left")}">{isolated(before)}</td>'
            f'<td style="{_CELL}"><strong>{isolated(" ".join(span.of(text).split()))}</strong></td>'
            f'<td style="{quiet}">{isolated(after)}</td></tr>\n'
        )
    if not found:
        parts.append(f'<tr><td colspan="3" style="{_CELL}">{isolated(_word("empty", labels))}</td></tr>')
    parts.append("</tbody></table></div>")
    return Html("".join(parts), f"context: {len(found)} row{'' if len(found) == 1 else 's'}")


def _spans(article: Article, spans: Iterable[Span] | pd.DataFrame) -> Iterator[Span]:
    import pandas as pd

    if not isinstance(spans, pd.DataFrame):
        yield from spans
        return
    for row in spans.to_dict("records"):
        start, end = row.get("start"), row.get("end")
        if row.get("seed", article.id) == article.id and isinstance(start, int) and isinstance(end, int):
            yield Span(start, end)


def _around(text: str, span: Span, width: int) -> tuple[str, str]:
    """Return up to `width` characters before and after a span, cut between words."""
    before = text[max(0, span.start - width) : span.start]
    after = text[span.end : span.end + width]
    if span.start > width and not text[span.start - width - 1].isspace():
        before = before.partition(" ")[2]
    if span.end + width < len(text) and not text[span.end + width].isspace():
        after = after.rpartition(" ")[0]
    before, after = " ".join(before.split()), " ".join(after.split())
    return ("… " if span.start > width else "") + before, after + (" …" if span.end + width < len(text) else "")


# --- the annotated article --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """Hold a stretch to mark: its style, what it says when pointed at, and what is written behind its end."""

    span: Span
    style: str
    title: str
    chip: str = ""


def annotated_article(
    analysis: Analysis, *, source: str | None = None, act: str | None = None, labels: str = "en"
) -> Html:
    """Show an article as it stands, with its sources, cues, contents, figures and dates marked, and a legend.

    A small note behind each content says who is meant and what kind of act it is; the rest is said when a mark
    is pointed at. `source` and `act` narrow the marks to the claims of one speaker, one act; a name that no claim
    has is a `ValueError` that lists the names there are.

    >>> from analysis.claims import analyse
    >>> shown = annotated_article(analyse(Article("bridge", "قالت الوزارة إن 3 عمال قُتلوا.")))
    >>> shown
    <article bridge: 1 claim marked>
    >>> "الوزارة · " in shown.html
    False
    """
    _check_labels(labels)
    claims = _chosen(analysis, source, act)
    marks = sorted(
        _marks(analysis, claims, source is not None or act is not None, labels),
        key=lambda m: (m.span.start, -m.span.end),
    )
    attributed = [c for c in claims if c.attribution != "outlet" or source is not None or act is not None]
    parts = [f'<div {_PLAIN} dir="rtl" lang="ar" style="{_PAGE}">\n']
    parts += _legend(analysis, claims, marks, labels)
    parts += _lines(analysis, marks)
    parts.append("</div>")
    count = f"{len(attributed)} claim{'' if len(attributed) == 1 else 's'} marked"
    return Html("".join(parts), f"article {analysis.article.id}: {count}")


def _chosen(analysis: Analysis, source: str | None, act: str | None) -> list[Claim]:
    chosen = analysis.claims
    for wanted, name, read in (
        (source, "source", lambda c: claimant_of(analysis, c)),
        (act, "act", lambda c: c.act),
    ):
        if wanted is None:
            continue
        known = list(dict.fromkeys(read(c) for c in analysis.claims))
        if wanted not in known:
            there = "، ".join(known) or "none"
            raise ValueError(f"no claim in {analysis.article.id} has the {name} {wanted!r}; there are: {there}")
        chosen = [c for c in chosen if read(c) == wanted]
    return chosen


def _tint(colour: str, alpha: float) -> str:
    """Return a `#rrggbb` as a tint that lies on a light and on a dark page; black becomes grey."""
    if lightness(colour) < 0.1:
        colour = "#808080"
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def _line(colour: str) -> str:
    """Return the colour of a line; none, which is the text's, for black, which would vanish on a dark page."""
    return f" {colour}" if lightness(colour) >= 0.1 else ""


_BOX = "border-radius:3px;padding:0 2px"
_STYLES = {
    "source": f"background-color:{_tint(_SOURCE, 0.3)};font-weight:bold;border-radius:3px",
    "via": f"background-color:{_tint(_SOURCE, 0.15)};border-bottom:2px dashed {_SOURCE}",
    "cue": f"background-color:{_tint(_CUE, 0.35)};border-radius:3px",
    "quantity": f"background-color:{_tint(_QUANTITY, 0.2)};border:1px solid {_QUANTITY};{_BOX}",
    "date": f"background-color:{_tint(_DATE, 0.2)};border:1px solid {_DATE};{_BOX}",
    "corrected": f"outline:2px dashed {_CORRECTED}",
    "furniture": f"color:{_QUIET}",
}


def _content_style(claim: Claim, depth: int) -> str:
    colour = act_look(claim.act).colour
    if claim.attribution == "outlet":
        return "border-bottom:1px solid rgba(127,127,127,0.8)"
    kind = "dotted" if claim.attribution == "carried_on" else "solid"
    # A content inside another is underlined above the line of the outer one.
    below = 1 if depth else 5
    return f"background-color:{_tint(colour, 0.12)};border-bottom:2px {kind}{_line(colour)};padding-bottom:{below}px"


def _marks(analysis: Analysis, claims: Sequence[Claim], narrowed: bool, labels: str) -> Iterator[_Mark]:
    text = analysis.article.text
    for claim in claims:
        if claim.attribution == "outlet" and not narrowed:
            continue
        name = claimant_of(analysis, claim)
        act = _act_label(claim.act, labels)
        title = ", ".join(_about(claim, name, act, labels))
        style = _content_style(claim, claim.inside is not None)
        if claim.corrected:
            style += f";{_STYLES['corrected']}"
        yield _Mark(claim.span, style, title, _chip(name, act))
        made = claim.made if claim.attribution == "explicit" else None
        if made is None:
            continue
        yield _Mark(made.cue, _STYLES["cue"], f"{_word('cue', labels)}: {made.verb}, {act}, {made.rule}")
        if made.source:
            said = _resolution(claim.source, made.source.of(text))
            yield _Mark(made.source, _STYLES["source"], f"{_word('source', labels)}: {said}")
        for relay in made.via:
            yield _Mark(relay, _STYLES["via"], f"{_word('via', labels)}: {relay.of(text)}")
    quantities = _numbers(claims, "quantities", narrowed, len(analysis.quantities))
    for quantity in (analysis.quantities[n] for n in quantities):
        style = _STYLES["quantity"] + (f";{_STYLES['corrected']}" if quantity.rule == "by-hand" else "")
        said = ", ".join(_figure_words(quantity))
        yield _Mark(quantity.span, style, f"{_word('quantity', labels)}: {said}")
    for when in (analysis.dates[n] for n in _numbers(claims, "dates", narrowed, len(analysis.dates))):
        style = _STYLES["date"] + (f";{_STYLES['corrected']}" if when.timex.rule == "by-hand" else "")
        said = ", ".join(p for p in (when.value, when.basis if when.value else when.reason, when.timex.rule) if p)
        yield _Mark(when.timex.span, style, f"{_word('date', labels)}: {said}")


def _numbers(claims: Sequence[Claim], layer: str, narrowed: bool, count: int) -> Iterable[int]:
    if not narrowed:
        return range(count)
    return sorted(n for claim in claims for n in getattr(claim, layer))


def _about(claim: Claim, name: str, act: str, labels: str) -> Iterator[str]:
    yield name
    if claim.source:
        yield f"{claim.source.form} ({claim.source.rule})"
    yield act
    if claim.quoted:
        yield _word("quoted", labels)
    if claim.attribution != "explicit":
        yield _word(claim.attribution, labels)
    yield claim.rule
    if claim.corrected:
        yield _word("corrected", labels)


def _resolution(source: Source | None, mention: str) -> str:
    if source is None:
        return mention
    return f"{source.name}, {source.form} ({source.rule})"


def _figure_words(quantity: Any) -> Iterator[str]:
    if quantity.value is not None:
        yield f"{'≈ ' if quantity.approximate else ''}{quantity.value:,}"
    else:
        bounds = [(">=", quantity.low), ("<=", quantity.high)]
        yield " ".join(f"{sign} {bound:,}" for sign, bound in bounds if bound is not None) or "?"
    for part in (quantity.mod, quantity.role, quantity.unit, quantity.place, quantity.rule):
        if part:
            yield str(part)


def _act_label(act: str, labels: str) -> str:
    if labels == "en":
        return act
    return dictionary()["sources"][act][2] if act in dictionary()["sources"] else act


def _chip(name: str, act: str) -> str:
    short = name
    if len(name) > _CHIP_LENGTH:
        short = name[: _CHIP_LENGTH + 1].rpartition(" ")[0] or name[:_CHIP_LENGTH]
        short += "…"
    return f'<sup dir="rtl" title="{escape(name)}" style="{_CHIP}"> [{isolated(short)}، {isolated(act)}]</sup>'


def _lines(analysis: Analysis, marks: Sequence[_Mark]) -> Iterator[str]:
    text = analysis.article.text
    kinds = {block.span.start: block.kind for block in analysis.blocks}
    k = 0  # the first mark that may still reach this line
    for match in _LINE.finditer(text):
        if not match.group().strip():
            continue
        line = Span(*match.span())
        while k < len(marks) and marks[k].span.end <= line.start:
            k += 1
        here = []
        for mark in marks[k:]:
            if mark.span.start >= line.end:
                break
            if mark.span.overlaps(line):
                here.append(mark)
        kind = next((kinds[at] for at in range(line.start, line.end) if at in kinds), "furniture")
        style = f"{_AT_RIGHT};margin:0 0 0.8em"
        if kind in ("headline", "subhead"):
            style += f";font-weight:bold;font-size:{'1.3em' if kind == 'headline' else '1.1em'}"
        elif kind == "furniture":
            style += f";{_STYLES['furniture']};font-size:0.85em"
        yield f'<p dir="rtl" style="{style}">{_marked(text, line, here)}</p>\n'


def _marked(text: str, line: Span, marks: Sequence[_Mark]) -> str:
    """Return a line with its marks as nested spans; where two cross, the one that goes on is closed and reopened."""
    edges = sorted(
        {line.start, line.end}
        | {min(max(at, line.start), line.end) for m in marks for at in (m.span.start, m.span.end)}
    )
    parts: list[str] = []
    stack: list[_Mark] = []
    coming = 0
    for n, at in enumerate(edges):
        again: list[_Mark] = []
        while any(m.span.end <= at for m in stack):
            mark = stack.pop()
            parts.append("</span>")
            if mark.span.end <= at:
                parts.append(mark.chip)
            else:
                again.append(mark)
        opening = list(reversed(again))
        while coming < len(marks) and marks[coming].span.start <= at and at < line.end:
            if marks[coming].span.end > at:
                opening.append(marks[coming])
            coming += 1
        for mark in sorted(opening, key=lambda m: -m.span.end):
            stack.append(mark)
            parts.append(f'<span style="{mark.style}" title="{escape(mark.title)}">')
        if n + 1 < len(edges):
            parts.append(escape(text[at : edges[n + 1]], quote=False))
    parts += ["</span>"] * len(stack)
    return "".join(parts)


def _legend(analysis: Analysis, claims: Sequence[Claim], marks: Sequence[_Mark], labels: str) -> Iterator[str]:
    styles = [m.style for m in marks]
    shown: list[tuple[str, str]] = [
        (_STYLES[key], _word(key, labels))
        for key in ("source", "via", "cue", "quantity", "date")
        if any(style.startswith(_STYLES[key]) for style in styles)
    ]
    spoken = [c for c in claims if c.attribution != "outlet"]
    for act in dict.fromkeys(c.act for c in spoken):
        example = next(c for c in spoken if c.act == act)
        shown.append((_content_style(example, 0).replace("dotted", "solid"), _act_label(act, labels)))
    if any(c.attribution == "carried_on" for c in spoken):
        shown.append((f"border-bottom:2px dotted {_SOURCE}", _word("carried_on", labels)))
    if any(_STYLES["corrected"] in style for style in styles):
        shown.append((_STYLES["corrected"], _word("corrected", labels)))
    if any(block.kind == "furniture" for block in analysis.blocks):
        shown.append((_STYLES["furniture"], _word("furniture", labels)))
    if not marks:
        shown.insert(0, ("", _word("none", labels)))
    yield f'<p dir="rtl" style="{_AT_RIGHT};font-size:0.8em;line-height:2;margin:0 0 1.2em">'
    yield " &nbsp; ".join(isolated(words, style) for style, words in shown)
    yield "</p>\n"


__all__ = ["Html", "annotated_article", "in_context", "isolated", "paragraph", "show_table"]
