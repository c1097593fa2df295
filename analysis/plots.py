"""Draw the tables: one function a table, a table in, an Axes out.

Arabic is read from the right, so rows are labelled at the right and values grow to the left. Labels of news
are long and many, so a label wraps, then shortens with «…», and the figure grows with its rows until none
touches another. Nothing is read or computed here: a row is drawn as it stands, an empty table says so.

>>> import pandas as pd
>>> ax = plot_voices(pd.DataFrame({"source": ["الوزارة"], "heard": [True], "claims": [2], "statement": [2]}))
>>> ax.get_title(loc="right"), alt_text(ax)
('Who speaks', 'Who speaks. 1 row: الوزارة, 2 claims (2 statement).')
"""

from __future__ import annotations

import csv
import functools
import math
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, ParamSpec
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation

from analysis.palette import (
    ACTS,
    BORDER,
    FAINT,
    INK,
    LAND,
    QUIET,
    UNKNOWN_SOURCE,
    Look,
    act_look,
    rank_look,
)
from analysis.typography import arabic, number, number_range, register_fonts, text_width, wrap

_STYLE = Path(__file__).parent / "pack.mplstyle"
_WIDTH = 8.6  # inches
_LABEL = 165.0  # points that a row's label may take
_HEADING = 400.0  # and the heading of a group, which has no mark beside it
_SIZE, _SMALL = 10.0, 8.5
_LINE = 1.75  # height of a line of Arabic, with its marks, in sizes of the font
_GAP = 8.0  # points between rows
_LTR = "\N{LEFT-TO-RIGHT MARK}"
_ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")

_P = ParamSpec("_P")
Row = Mapping[Hashable, Any]
_alt: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


def _styled(draw: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """Draw under the pack's style, down to the ticks that matplotlib would make later."""

    @functools.wraps(draw)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> Axes:
        register_fonts()
        with matplotlib.style.context(_STYLE):
            ax = draw(*args, **kwargs)
            _figure(ax).draw_without_rendering()
        return ax

    return styled


# --- cells --------------------------------------------------------------------------------------------------


def _rows(table: pd.DataFrame) -> list[Row]:
    return list(table.to_dict("records"))


def _empty(cell: object) -> bool:
    return cell is None or cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell))


def _text(row: Row, column: str) -> str:
    cell = row.get(column)
    if _empty(cell):
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, (list, tuple, set, frozenset)):
        return "، ".join(str(part) for part in cell)
    return str(cell)


def _value(row: Row, column: str) -> float | None:
    cell = row.get(column)
    if _empty(cell) or cell == "":
        return None
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _is(row: Row, column: str) -> bool:
    cell = row.get(column)
    return not _empty(cell) and (cell.strip().lower() in ("true", "1", "yes") if isinstance(cell, str) else bool(cell))


def _day(row: Row, column: str) -> date | None:
    cell = row.get(column)
    if _empty(cell):
        return None
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(cell))
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


# --- axes, rows and the room they take ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold one row of a figure: its wrapped label, its height in points, whether it only heads a group."""

    label: str
    height: float
    heading: bool = False


@dataclass(slots=True)
class _Lines:
    """Hold the rows of a figure as they are added; each is placed in points below the top."""

    lines: list[_Line] = field(default_factory=list)
    height: float = 0.0

    def add(self, label: str, *, detail: str = "", least: float = 0.0, lines: int = 2) -> float:
        """Add a row, what tells it from its neighbours in a line of its own; return where its middle is."""
        shown = wrap(label, _LABEL, size=_SIZE, lines=lines)
        if detail:
            shown += "\n" + wrap(detail, _LABEL, size=_SIZE, lines=2)
        height = max((shown.count("\n") + 1) * _SIZE * _LINE, least) + _GAP
        return self._place(_Line(shown, height))

    def head(self, label: str) -> float:
        """Add a heading, which has no mark; return where its middle is."""
        shown = wrap(label, _HEADING, size=_SIZE, lines=2, weight="bold")
        height = (shown.count("\n") + 1) * _SIZE * _LINE + _GAP + (6 if self.lines else 0)
        return self._place(_Line(shown, height, heading=True))

    def _place(self, line: _Line) -> float:
        self.lines.append(line)
        self.height += line.height
        return self.height - line.height / 2

    def middles(self) -> list[float]:
        top, found = 0.0, []
        for line in self.lines:
            found.append(top + line.height / 2)
            top += line.height
        return found

    def apply(self, ax: Axes) -> None:
        """Make one unit of the y axis one point, label the rows at the right, and make room for them."""
        ax.set_ylim(self.height, 0)
        ax.yaxis.tick_right()
        ax.set_yticks(self.middles(), labels=[arabic(line.label) for line in self.lines])
        widest = 0.0
        for line in self.lines:
            weight = "bold" if line.heading else "normal"
            widest = max([widest, *(text_width(part, _SIZE, weight) for part in line.label.split("\n"))])
        widest = min(widest, _LABEL)
        ax.tick_params(axis="y", pad=widest + 8, length=0)
        for line, label in zip(self.lines, ax.get_yticklabels(), strict=True):
            label.set(ha="right", va="center", multialignment="right")
            label.set_fontweight("bold" if line.heading else "normal")
        top = 0.0
        for line in self.lines:
            if top and line.heading:
                ax.axhline(top + 3, color=FAINT, linewidth=0.8)
            top += line.height
        side = ScaledTranslation((widest + 8) / 72, 0, _figure(ax).dpi_scale_trans)
        title = ax.set_title(ax.get_title(loc="right"), loc="right")
        title.set_transform(title.get_transform() + side)
        _figure(ax).set_figheight(max(_figure(ax).get_figheight(), (self.height + 130) / 72))


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def _axes(ax: Axes | None, title: str) -> Axes:
    if ax is None:
        ax = plt.figure(figsize=(_WIDTH, 2.6), layout="constrained").add_subplot()
    ax.clear()  # an Axes made elsewhere takes on the pack's style
    ax.set_title(title, loc="right")
    return ax


def _grow(ax: Axes, height: float) -> None:
    """Set the figure's height so that the axes are `height` points high; beside other axes it only grows."""
    figure, spec = _figure(ax), ax.get_subplotspec()
    alone = len(figure.axes) == 1
    for _ in range(6):
        figure.draw_without_rendering()
        missing = height - _points(ax)[1]
        if abs(missing) < 0.5 or (missing < 0 and not alone):
            return
        share = 1.0 / (spec.get_gridspec().nrows if spec else 1)
        if figure.get_layout_engine() is None:
            share = ax.get_position().height
        figure.set_figheight(max(figure.get_figheight() + missing / 72 / share, 0.6))


def _points(ax: Axes) -> tuple[float, float]:
    scale = 72 / _figure(ax).dpi
    return ax.bbox.width * scale, ax.bbox.height * scale


@dataclass(slots=True)
class _Notes:
    """Hold the texts to the left of marks, so that the axis can be made long enough for them."""

    ax: Axes
    found: list[tuple[float, float]] = field(default_factory=list)

    def add(self, x: float, y: float, text: str, *, gap: float = 6.0, colour: str = INK, size: float = _SMALL) -> None:
        """Write a text to the left of `x`."""
        if not text:
            return
        width = max(text_width(part, size) for part in text.split("\n"))
        self.found.append((x, width + gap))
        self.ax.annotate(
            arabic(text),
            (x, y),
            xytext=(-gap, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            multialignment="right",
            fontsize=size,
            color=colour,
            annotation_clip=False,
        )

    def fit(self, low: float, high: float, *, start: float = 0.0) -> None:
        """Run the axis from `low` at the right to the left until `high` and every text is on it."""
        for _ in range(2):
            width = _points(self.ax)[0] - start - 4
            span = max(high - low, 1e-9)
            for x, taken in self.found:
                room = 1 - min(taken / width, 0.9)
                span = max(span, (x - low) / room)
            unit = span / width
            self.ax.set_xlim(low + span + 4 * unit, low - start * unit)
            _figure(self.ax).draw_without_rendering()


def _say(ax: Axes, sentence: str) -> Axes:
    """Put a sentence in the place of a figure that has nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, arabic(sentence), transform=ax.transAxes, ha="center", va="center", color=QUIET, fontsize=11)
    _grow(ax, 70)
    _alt[ax] = f"{ax.get_title(loc='right')}. {sentence}."
    return ax


def _describe(ax: Axes, parts: Sequence[str]) -> None:
    rows = f"{len(parts)} row{'' if len(parts) == 1 else 's'}"
    _alt[ax] = f"{ax.get_title(loc='right')}. {rows}: {'; '.join(' '.join(p.split()) for p in parts)}."


def _legend(ax: Axes, handles: Sequence[Patch | Line2D], *, below: float = 46.0) -> None:
    """Explain marks under the axis, in as many columns as the figure is wide."""
    if not handles:
        return
    widest = max(text_width(str(handle.get_label()), 9) for handle in handles) + 42
    columns = max(1, min(len(handles), int(_points(ax)[0] // widest)))
    drop = ScaledTranslation(0, -below / 72, _figure(ax).dpi_scale_trans)
    ax.legend(
        handles=list(handles),
        loc="upper right",
        bbox_to_anchor=(1, 0),
        bbox_transform=ax.transAxes + drop,
        ncols=columns,
        markerfirst=False,
        alignment="right",
        borderaxespad=0,
        borderpad=0,
        columnspacing=1.4,
        handlelength=1.6,
    )


def _counts(ax: Axes, label: str) -> None:
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x) if x >= 0 else ""))
    ax.set_xlabel(label, loc="right")


def _fill(look: Look) -> dict[str, Any]:
    return {"facecolor": look.colour, "hatch": look.hatch, "edgecolor": "#ffffff" if look.hatch else "none"}


def _ranks(names: Iterable[str]) -> dict[str, Look]:
    found: dict[str, Look] = {}
    rank = 0
    for name in names:
        if name in found:
            continue
        if name in ("", "unknown"):
            found[name] = UNKNOWN_SOURCE
            continue
        found[name] = rank_look(rank)
        rank += 1
    return found


def _several(rows: Sequence[Row], column: str) -> bool:
    return len({_text(row, column) for row in rows}) > 1


def _ltr(text: str) -> str:
    """Keep a date or a formula in its order inside Arabic."""
    return f"{_LTR}{text}{_LTR}" if text else ""


# --- timeline -----------------------------------------------------------------------------------------------

_PRECISIONS = {
    "published": "day of publication",
    "time": "time of day",
    "day": "day",
    "month": "month",
    "year": "year",
    "range": "range",
}


_MARKERS = {"published": "s", "time": "D", "day": "o"}
_BARS: dict[str, dict[str, Any]] = {
    "month": {"facecolor": rank_look(0).colour},
    "year": {"facecolor": "#b5d6ea"},
    "range": {"facecolor": "white", "hatch": "//"},
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Map days to the x axis: in proportion, or, where a day would vanish beside years, by steps."""

    edges: tuple[date, ...]
    places: tuple[float, ...]
    proportional: bool

    def at(self, day: date) -> float:
        index = self.edges.index(day)
        return self.places[index]


def _make_scale(periods: Sequence[tuple[date, date]]) -> _Scale:
    edges = tuple(sorted({edge for start, end in periods for edge in (start, end + timedelta(days=1))}))
    lengths = [(b - a).days for a, b in pairwise(edges)]
    shortest = min((end - start).days + 1 for start, end in periods)
    proportional = sum(lengths) <= 60 * shortest
    places = [0.0]
    for days in lengths:
        places.append(places[-1] + (float(days) if proportional else 1 + math.log2(days)))
    return _Scale(edges, tuple(places), proportional)


def _period_label(row: Row) -> str:
    start, end, precision = _day(row, "period_start"), _day(row, "period_end"), _text(row, "precision")
    first, last = start or end, end or start
    if first is None or last is None:
        return ""
    if precision == "year" and first.year == last.year:
        return f"{first.year}"
    if precision == "month" and (first.year, first.month) == (last.year, last.month):
        return _ltr(f"{first:%Y-%m}")
    if first == last:
        value = _text(row, "value")
        clock = re.search(r"T(\d\d:\d\d)", value) if precision == "time" else None
        return _ltr(f"{first:%Y-%m-%d} {clock[1]}" if clock else f"{first:%Y-%m-%d}")
    return f"من {_ltr(first.isoformat())} إلى {_ltr(last.isoformat())}"


@_styled
def plot_timeline(timeline: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each event of a timeline in its row: a point for a day, a bar for a month, a year or a range.

    Events without a place in time stand below the others, each with the reason. A filled mark is a date that
    the text states, a hollow one a date reckoned from another.

    >>> import pandas as pd
    >>> row = {"label": "هروب من السجن", "precision": "day", "period_start": "2026-01-19"}
    >>> alt_text(plot_timeline(pd.DataFrame([row])))
    'What happened when. 1 row: هروب من السجن, 2026-01-19.'
    """
    ax = _axes(ax, "What happened when")
    rows = _rows(timeline)
    if not rows:
        return _say(ax, "No event in these seeds")
    placed = [row for row in rows if _is_placed(row)]
    unplaced = [row for row in rows if not _is_placed(row)]
    lines, notes, said = _Lines(), _Notes(ax), []
    marks = [
        (row, lines.add(_text(row, "label") or _text(row, "text"), lines=3, least=2 * _SMALL * _LINE)) for row in placed
    ]
    if unplaced:
        lines.head("Not placed in time")
    rest = [
        (row, lines.add(_text(row, "label") or _text(row, "text"), lines=3, least=2 * _SMALL * _LINE))
        for row in unplaced
    ]
    periods = [_period(row) for row in placed]
    lines.apply(ax)
    scale = _make_scale(periods) if periods else None
    for (row, y), (start, end) in zip(marks, periods, strict=True):
        assert scale is not None
        edge = _mark_event(ax, row, y, scale.at(start), scale.at(end + timedelta(days=1)))
        dated, who = _period_label(row), wrap(_text(row, "sources"), 150, size=_SMALL, lines=1)
        notes.add(edge, y, "\n".join(part for part in (dated, who) if part), gap=10)
        said.append(f"{_text(row, 'label')}, {dated.replace(_LTR, '')}")
    for row, y in rest:
        notes.add(0, y, wrap(_text(row, "reason") or _text(row, "text"), 260, size=_SMALL), colour=QUIET, gap=2)
        said.append(f"{_text(row, 'label')}, not placed in time")
    _label_time(ax, scale, notes)
    _legend(ax, _time_legend(placed))
    _grow(ax, lines.height)
    _describe(ax, said)
    return ax


def _is_placed(row: Row) -> bool:
    return _text(row, "precision") != "unplaced" and bool(_day(row, "period_start") or _day(row, "period_end"))


def _period(row: Row) -> tuple[date, date]:
    start, end = _day(row, "period_start"), _day(row, "period_end")
    first, last = start or end, end or start
    assert first is not None and last is not None
    return (first, last) if first <= last else (last, first)


def _is_published(row: Row) -> bool:
    """Tell whether an event is the publication itself: no words of the text are its date."""
    return _text(row, "basis") == "publication" and "date_id" in row and not _text(row, "date_id")


def _is_reckoned(row: Row) -> bool:
    return _text(row, "basis") in ("relative", "publication") and not _is_published(row)


def _look_of(row: Row) -> str:
    """Return how an event is drawn: a key of `_PRECISIONS`; what is none of them is drawn as a range."""
    precision = "published" if _is_published(row) else _text(row, "precision")
    return precision if precision in _PRECISIONS else "range"


def _mark_event(ax: Axes, row: Row, y: float, right: float, left: float) -> float:
    """Draw an event's point or bar; return the x behind which its text may begin."""
    look, ink = _look_of(row), rank_look(0).colour
    hollow = {"facecolor": "white"} if _is_reckoned(row) else {}
    if look in _BARS:
        style = {"edgecolor": ink, "linewidth": 1.2, **_BARS[look], **hollow}
        ax.barh(y, left - right, left=right, height=10, **style)
        return left
    middle = (left + right) / 2
    face = hollow.get("facecolor", ink)
    ax.plot([middle], [y], _MARKERS[look], color=ink, markerfacecolor=face, markersize=8, clip_on=False)
    return middle


def _time_legend(placed: Sequence[Row]) -> list[Patch | Line2D]:
    ink = rank_look(0).colour
    found: list[Patch | Line2D] = []
    for precision, name in _PRECISIONS.items():
        if not any(_look_of(row) == precision for row in placed):
            continue
        if precision in _MARKERS:
            marker = _MARKERS[precision]
            found.append(Line2D([], [], marker=marker, linestyle="", color=ink, markersize=7, label=name))
        else:
            found.append(Patch(edgecolor=ink, label=name, **_BARS[precision]))
    if any(_is_reckoned(row) for row in placed):
        label = "hollow: reckoned from another date"
        found.append(Line2D([], [], marker="o", linestyle="", color=ink, markerfacecolor="white", label=label))
    return found


def _label_time(ax: Axes, scale: _Scale | None, notes: _Notes) -> None:
    if scale is None:
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        notes.fit(0, 1)
        return
    notes.fit(0, scale.places[-1], start=6)
    width, low, high = _points(ax)[0], *sorted(ax.get_xlim())
    ticks: list[tuple[float, str]] = []
    reach = -math.inf
    for edge, place in zip(scale.edges, scale.places, strict=True):
        label = f"{edge.year}" if (edge.month, edge.day) == (1, 1) else edge.isoformat()
        at, half = (place - low) / (high - low) * width, text_width(label, 9) / 2
        if at - half < reach + 6:
            continue
        reach = at + half
        ticks.append((place, label))
    ax.set_xticks([place for place, _ in ticks], labels=[label for _, label in ticks])
    ax.set_xlabel(
        "time" if scale.proportional else "time, long spans shortened: distances are not in proportion",
        loc="right",
    )


# --- voices -------------------------------------------------------------------------------------------------


@_styled
def plot_voices(sources: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the claims of each source as a bar, stacked by act; one named but never heard gets a hollow row.

    >>> import pandas as pd
    >>> row = {"source": "الوزارة", "heard": False, "claims": 0, "mentions": 3}
    >>> alt_text(plot_voices(pd.DataFrame([row])))
    'Who speaks. 1 row: الوزارة, named but not heard.'
    """
    ax = _axes(ax, "Who speaks")
    rows = _rows(sources)
    if not rows:
        return _say(ax, "No source in these seeds")
    lines, notes, said = _Lines(), _Notes(ax), []
    grouped, seed = _several(rows, "seed"), None
    placed: list[tuple[Row, float]] = []
    for row in rows:
        if grouped and _text(row, "seed") != seed:
            seed = _text(row, "seed")
            lines.head(seed)
        placed.append((row, lines.add(_text(row, "source") or "unknown")))
    lines.apply(ax)
    longest = max([1.0, *(_value(row, "claims") or 0 for row in rows)])
    for row, y in placed:
        said.append(_draw_voice(ax, row, y, notes))
    notes.fit(0, longest, start=5)
    _counts(ax, "claims")
    shown = [act for act in ACTS if any(_value(row, act) for row in rows)]
    handles: list[Patch | Line2D] = [Patch(label=act, **_fill(act_look(act))) for act in shown]
    if any(not _is_heard(row) for row in rows):
        handles.append(
            Line2D(
                [],
                [],
                marker="o",
                linestyle="",
                color=QUIET,
                markerfacecolor="white",
                label="named, not heard",
            )
        )
    _legend(ax, handles)
    _grow(ax, lines.height)
    _describe(ax, said)
    return ax


def _is_heard(row: Row) -> bool:
    return _is(row, "heard") if "heard" in row else bool(_value(row, "claims"))


def _draw_voice(ax: Axes, row: Row, y: float, notes: _Notes) -> str:
    name, total = _text(row, "source") or "unknown", _value(row, "claims") or 0.0
    if not _is_heard(row):
        ax.plot([0], [y], "o", color=QUIET, markerfacecolor="white", markersize=7, clip_on=False)
        mentions = _value(row, "mentions")
        count = f"named {number(mentions)}×, not heard" if mentions else "named, not heard"
        notes.add(0, y, count, colour=QUIET, gap=9)
        return f"{name}, named but not heard"
    done, parts = 0.0, []
    for act in ACTS:
        value = _value(row, act) or 0.0
        if value <= 0:
            continue
        ax.barh(y, value, left=done, height=13, linewidth=0, **_fill(act_look(act)))
        done += value
        parts.append(f"{number(value)} {act}")
    if done < total:
        ax.barh(y, total - done, left=done, height=13, linewidth=0, **_fill(act_look("")))
    notes.add(max(total, done), y, number(total or done))
    return f"{name}, {number(total or done)} claim{'' if total == 1 else 's'} ({', '.join(parts)})"


# --- figures ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reach:
    """Hold where a figure's mark stands: a point, a range, or a bound that is open on one side."""

    low: float | None
    point: float | None
    high: float | None
    open_up: bool
    open_down: bool

    @property
    def end(self) -> float:
        return max((x for x in (self.low, self.point, self.high) if x is not None), default=0.0)


def _reach(row: Row) -> _Reach:
    value, low, high = _value(row, "value"), _value(row, "low"), _value(row, "high")
    mod = _text(row, "mod").upper()
    if value is None and low is not None and low == high:
        value = low
    if value is not None and (low is None or high is None or low >= high):
        return _Reach(None, value, None, mod in ("MORE_THAN", "EQUAL_OR_MORE"), mod in ("LESS_THAN", "EQUAL_OR_LESS"))
    open_up = low is not None and high is None
    return _Reach(low, value, high, open_up, low is None and high is not None)


@_styled
def plot_figures(figures: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw, for each question, what each claimant says: a point, a range, an arrow for an open bound.

    «≈» stands at an approximate figure, an arrow at a vague one's lower bound; a derived figure is hollow and
    hatched. Under a claimant stand the group, where a question has several, and the outlet and the day, where
    several articles tell the story.

    >>> import pandas as pd
    >>> row = {"question": "escaped", "claimant": "الوزارة", "value": 120, "text": "120 عنصراً"}
    >>> alt_text(plot_figures(pd.DataFrame([row])))
    'Who gives which figure. 1 row: escaped, الوزارة: 120 عنصراً.'
    """
    ax = _axes(ax, "Who gives which figure")
    rows = _rows(figures)
    if not rows:
        return _say(ax, "No figure in these seeds")
    looks = _ranks(_text(row, "claimant") for row in rows)
    lines, notes, said = _Lines(), _Notes(ax), []
    placed: list[tuple[Row, str, float]] = []
    origins = _origins(rows)
    for key, members in _groups(rows, ("story", "question") if _several(rows, "story") else ("question",)):
        heading = " · ".join(part.replace("_", " ") for part in key if part) or "other"
        lines.head(heading)
        mixed = _several(members, "group")
        for row in members:
            parts = [_text(row, "group") if mixed else "", origins[id(row)]]
            detail = " · ".join(part for part in parts if part)
            y = lines.add(_text(row, "claimant") or "unknown", detail=detail, least=2 * _SMALL * _LINE)
            placed.append((row, detail, y))
    lines.apply(ax)
    at = _count_scale([_reach(row).end for row in rows])
    for row, detail, y in placed:
        shown = _draw_figure(ax, row, y, looks[_text(row, "claimant")], notes, at)
        who = (_text(row, "claimant") or "unknown") + (f" ({detail})" if detail else "")
        said.append(f"{_text(row, 'question') or 'other'}, {who}: {shown}".replace(_LTR, ""))
    notes.fit(0, max([at(1.0), *(at(_reach(row).end) for row in rows)]), start=5)
    if at is _linear:
        _counts(ax, "persons or things counted")
    else:
        _powers(ax, "persons or things counted, in powers of ten")
    _legend(ax, _figure_legend(rows))
    _grow(ax, lines.height)
    _describe(ax, said)
    return ax


def _origins(rows: Sequence[Row]) -> dict[int, str]:
    """Return for each row, by its `id`, the outlet and the day of its article, where those of its story differ."""
    found: dict[int, str] = {}
    for _, members in _groups(rows, ("story",)):
        columns = [column for column in ("outlet", "published") if _several(members, column)]
        columns = columns or (["seed"] if _several(members, "seed") else [])
        for row in members:
            told = {_text(row, "claimant"), ""}  # an outlet that speaks for itself is named already
            found[id(row)] = " · ".join(_origin(row, column) for column in columns if _text(row, column) not in told)
    return found


def _origin(row: Row, column: str) -> str:
    day = _day(row, column) if column == "published" else None
    return _ltr(day.isoformat()) if day else _text(row, column)


def _linear(x: float) -> float:
    return x


def _logarithmic(x: float) -> float:
    return math.log10(1 + x)


def _count_scale(ends: Sequence[float]) -> Callable[[float], float]:
    """Choose how numbers are laid out: in proportion, unless the smallest would vanish beside the largest."""
    counts = [end for end in ends if end > 0]
    return _logarithmic if counts and max(counts) > 400 * min(counts) else _linear


def _powers(ax: Axes, label: str) -> None:
    longest = max(ax.get_xlim())
    ticks = [0.0, *(10.0**n for n in range(0, 16) if _logarithmic(10.0**n) < longest)]
    width = _points(ax)[0] / (abs(ax.get_xlim()[0] - ax.get_xlim()[1]))
    shown: list[float] = []
    for tick in ticks:
        half = text_width(number(tick), 9) / 2
        if not shown or (_logarithmic(tick) - _logarithmic(shown[-1])) * width > half + 8 + (
            text_width(number(shown[-1]), 9) / 2
        ):
            shown.append(tick)
    ax.set_xticks([_logarithmic(tick) for tick in shown], labels=[number(tick) for tick in shown])
    ax.set_xlabel(label, loc="right")


def _groups(rows: Sequence[Row], columns: Sequence[str]) -> list[tuple[tuple[str, ...], list[Row]]]:
    """Bring the rows of one key together, in the order in which the keys come."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(_text(row, column) for column in columns), []).append(row)
    return list(found.items())


def _figure_text(row: Row) -> str:
    reach = _reach(row)
    approximately = "≈ " if _is(row, "approximate") or _text(row, "mod").upper() == "APPROX" else ""
    if _is(row, "derived"):
        formula = _text(row, "formula")
        shown = f"{approximately}{number(reach.point) or number_range(reach.low, reach.high)}"
        return f"{shown} ({formula if _ARABIC.search(formula) else _ltr(formula)})" if formula else shown
    text = _text(row, "text")
    if not text:
        return approximately + (number(reach.point) or number_range(reach.low, reach.high))
    if reach.point is None and reach.open_up:
        return f"{text} ({number_range(reach.low, None)})"
    if reach.point is reach.low is reach.high is None:
        return text  # عدد من السجناء: nothing that could be approximate
    return approximately + text


def _draw_figure(ax: Axes, row: Row, y: float, look: Look, notes: _Notes, at: Callable[[float], float]) -> str:
    reach, derived = _reach(row), _is(row, "derived")
    gap = 9.0
    style: dict[str, Any] = {"color": look.colour, "markerfacecolor": "white" if derived else look.colour}
    ends, end = [at(x) for x in (reach.low, reach.high) if x is not None], at(reach.end)
    if derived and reach.end:
        ax.barh(y, end, height=9, facecolor="white", edgecolor=look.colour, hatch="////", linewidth=0.8)
    elif reach.end:
        ax.plot([0, end], [y, y], color=FAINT, linewidth=1, zorder=1, solid_capstyle="butt")
    if len(ends) == 2:
        ax.plot(ends, [y, y], color=look.colour, linewidth=2.4, linestyle="--" if derived else "-", zorder=2)
        ax.plot(ends, [y, y], "|", color=look.colour, markersize=9, markeredgewidth=1.8, linestyle="")
    if reach.open_up or reach.open_down:
        gap = _draw_arrow(ax, end, y, look, outward=reach.open_up) or gap
        if reach.point is None:
            ax.plot([end], [y], "|", color=look.colour, markersize=11, markeredgewidth=2)
    if reach.point is not None:
        ax.plot([at(reach.point)], [y], look.marker, markersize=7.5, clip_on=False, zorder=3, **style)
    nothing = reach.point is None and not ends
    if nothing:
        ax.plot([0], [y], look.marker, color=look.colour, markerfacecolor="white", markersize=7.5, clip_on=False)
    shown = _figure_text(row) or "no number"
    notes.add(end, y, wrap(shown, 190, size=_SMALL), gap=gap, colour=QUIET if nothing else INK)
    return shown


def _draw_arrow(ax: Axes, x: float, y: float, look: Look, *, outward: bool) -> float:
    """Draw the arrow of an open bound; return the room in points that it takes to the left, or 0."""
    arrow = {"arrowstyle": "<|-", "color": look.colour, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (x, y), xytext=(-26 if outward else 26, 0), textcoords="offset points", arrowprops=arrow)
    return 32.0 if outward else 0.0


def _figure_legend(rows: Sequence[Row]) -> list[Patch | Line2D]:
    reaches = [_reach(row) for row in rows]
    found: list[Patch | Line2D] = []
    if any(_is(row, "approximate") or _text(row, "mod").upper() == "APPROX" for row in rows):
        found.append(Line2D([], [], marker="$≈$", linestyle="", color=INK, label="approximate"))
    if any(reach.open_up for reach in reaches):
        found.append(Line2D([], [], marker="$\\leftarrow$", markersize=12, linestyle="", color=INK, label="at least"))
    if any(reach.open_down for reach in reaches):
        found.append(Line2D([], [], marker="$\\rightarrow$", markersize=12, linestyle="", color=INK, label="at most"))
    if any(_is(row, "derived") for row in rows):
        found.append(Patch(facecolor="white", edgecolor=INK, hatch="////", label="derived, stated by nobody"))
    return found


# --- flow ---------------------------------------------------------------------------------------------------

_STAGES = ("escaped", "recaptured", "at large")
_STAGE_LOOKS = {"escaped": rank_look(0), "recaptured": rank_look(2), "at large": rank_look(1)}


def _stage(row: Row) -> str:
    """Return the stage that a row of figures belongs to, or ""; what is left of the escaped is derived."""
    role = _text(row, "role").replace("_", " ")
    if role in _STAGES:
        return role
    return "at large" if _is(row, "derived") and "escaped" in _text(row, "formula") else ""


def _is_wide(reach: _Reach) -> bool:
    return reach.low is not None and reach.high is not None


@_styled
def plot_flow(figures: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw, for each claimant, how many escaped, how many were recaptured and how many are still at large.

    Where several articles tell the story, each stands for itself, under its outlet and day.
    The recaptured are drawn off the end of the escaped, so that what is left stands under both. Only figures
    of the table are drawn; what is left is drawn where the table holds it.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"role": ["escaped", "recaptured"], "claimant": "الوزارة", "value": [120, 81]})
    >>> alt_text(plot_flow(table))
    'Escaped, recaptured, at large. 2 rows: الوزارة, escaped: 120; الوزارة, recaptured: 81.'
    """
    ax = _axes(ax, "Escaped, recaptured, at large")
    rows = [row for row in _rows(figures) if _stage(row)]
    origins = _origins(rows)
    rows = [{**row, "origin": origins[id(row)]} for row in rows]
    if not any(_stage(row) == "escaped" for row in rows):
        return _say(ax, "No figure of an escape in these seeds")
    lines, notes, said = _Lines(), _Notes(ax), []
    placed: list[tuple[Row, float, float]] = []
    columns = ("story", "claimant", "origin") if _several(rows, "story") else ("claimant", "origin")
    for key, members in _groups(rows, columns):
        lines.head(" · ".join(part for part in key if part) or "unknown")
        ordered = sorted(members, key=lambda row: _STAGES.index(_stage(row)))
        top = max((_reach(row).end for row in ordered if _stage(row) == "escaped"), default=0.0)
        placed += [(row, lines.add(_stage(row), least=2 * _SMALL * _LINE), top) for row in ordered]
    lines.apply(ax)
    before: tuple[float, float] | None = None
    for row, y, top in placed:
        stage, end = _stage(row), _reach(row).end
        hang = stage == "recaptured" and top >= end
        left = top - end if hang else 0.0
        look = _STAGE_LOOKS[stage]
        fill = {"facecolor": "white", "edgecolor": look.colour, "hatch": "////"} if _is(row, "derived") else _fill(look)
        reach, gap = _reach(row), 6.0
        ax.barh(y, end, left=left, height=14, linewidth=0.8, alpha=0.45 if _is_wide(reach) else None, **fill)
        if _is_wide(reach) and not hang:
            ax.barh(y, reach.low or 0.0, height=14, linewidth=0.8, **fill)
        if reach.open_up:
            gap = _draw_arrow(ax, left if hang else end, y, look, outward=not hang) or gap
        if before and stage != "escaped":
            edge = top if hang else end
            if edge <= before[1] + 1e-9:
                ax.plot([edge, edge], [before[0] + 7, y - 7], color=QUIET, linewidth=0.8, linestyle=":")
        before = (y, end if stage == "escaped" else left)
        shown = _figure_text(row) or "no number"
        notes.add(left + end, y, wrap(shown, 190, size=_SMALL), gap=gap)
        origin = _text(row, "origin")
        who = (_text(row, "claimant") or "unknown") + (f" ({origin})" if origin else "")
        said.append(f"{who}, {stage}: {shown}".replace(_LTR, ""))
    notes.fit(0, max([1.0, *(_reach(row).end for row in rows)]), start=2)
    _counts(ax, "persons")
    if any(_is(row, "derived") for row in rows):
        _legend(ax, [Patch(facecolor="white", edgecolor=INK, hatch="////", label="derived, stated by nobody")])
    _grow(ax, lines.height)
    _describe(ax, said)
    return ax


# --- acts along the text ------------------------------------------------------------------------------------


@_styled
def plot_acts(claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw where in a text each act is performed, a lane an act, and under them the words that hedge.

    >>> import pandas as pd
    >>> row = {"seed": "a", "start": 0, "end": 90, "act": "warning", "hedges": "قد"}
    >>> alt_text(plot_acts(pd.DataFrame([row])))
    'Acts along the text. 1 row: warning, 1 claim, 1 hedged.'
    """
    ax = _axes(ax, "Acts along the text")
    rows = [row for row in _rows(claims) if _value(row, "start") is not None and _value(row, "end") is not None]
    if not rows:
        return _say(ax, "No claim in these seeds")
    longest = max(1.0, *(_value(row, "end") or 0.0 for row in rows))
    scale = max(_points(ax)[0] - _LABEL - 30, 100.0) / (longest * 1.02)  # points a character, or a little less
    lines, said = _Lines(), []
    lanes: list[tuple[list[Row], float]] = []
    hedged: list[tuple[list[tuple[Row, int]], float]] = []
    grouped = _several(rows, "seed")
    for (seed,), members in _groups(rows, ("seed",)):
        if grouped:
            lines.head(seed)
        for act in _acts_of(members):
            lane = [row for row in members if (_text(row, "act") or "unknown") == act]
            count = sum(bool(_text(row, "hedges")) for row in lane)
            lanes.append((lane, lines.add(act)))
            head = f"{seed}, {act}" if grouped else act
            claims_of = f"{len(lane)} claim{'' if len(lane) == 1 else 's'}"
            said.append(f"{head}, {claims_of}" + (f", {count} hedged" if count else ""))
        words = _levels([row for row in members if _text(row, "hedges")], longest, scale)
        if words:
            depth = 1 + max(level for _, level in words)
            hedged.append((words, lines.add("hedges", least=depth * _SMALL * _LINE)))
    lines.apply(ax)
    ax.set_xlim(longest * 1.01, -longest * 0.01)
    for lane, y in lanes:
        for row in lane:
            start, end = _value(row, "start") or 0.0, _value(row, "end") or 0.0
            fill = _fill(act_look(_text(row, "act"))) | {"edgecolor": "white"}
            ax.barh(y, end - start, left=start, height=13, linewidth=0.6, **fill)
            if _text(row, "hedges"):
                ax.plot([start, end], [y + 9, y + 9], color=INK, linewidth=1.6, linestyle=(0, (1, 1)))
    _counts(ax, "characters from the beginning of the text")
    _legend(
        ax,
        [Line2D([], [], color=INK, linewidth=1.6, linestyle=(0, (1, 1)), label="hedged")] if hedged else [],
    )
    _grow(ax, lines.height)
    for words, y in hedged:
        _write_hedges(ax, words, y, longest)
    _describe(ax, said)
    return ax


def _acts_of(rows: Sequence[Row]) -> list[str]:
    found = {_text(row, "act") or "unknown" for row in rows}
    return [act for act in ACTS if act in found] + sorted(found - set(ACTS))


def _middle(row: Row, longest: float, scale: float) -> float:
    """Return where a claim's hedges are written, in characters: over its middle, but inside the figure."""
    half = text_width(_hedge(row), _SMALL) / 2 / scale
    middle = ((_value(row, "start") or 0.0) + (_value(row, "end") or 0.0)) / 2
    return min(max(middle, half), longest - half)


def _levels(rows: Sequence[Row], longest: float, scale: float) -> list[tuple[Row, int]]:
    """Put each row's hedges on the first level where they touch no others; `scale` is points a character."""
    reach: list[float] = []
    found: list[tuple[Row, int]] = []
    for row in sorted(rows, key=lambda row: _middle(row, longest, scale) - text_width(_hedge(row), _SMALL) / 2 / scale):
        middle, half = _middle(row, longest, scale) * scale, text_width(_hedge(row), _SMALL) / 2
        level = next((i for i, end in enumerate(reach) if middle - half >= end + 6), len(reach))
        if level == len(reach):
            reach.append(0.0)
        reach[level] = middle + half
        found.append((row, level))
    return found


def _hedge(row: Row) -> str:
    return wrap(_text(row, "hedges").replace(";", "،"), 110, size=_SMALL, lines=1)


def _write_hedges(ax: Axes, words: Sequence[tuple[Row, int]], y: float, longest: float) -> None:
    scale = _points(ax)[0] / (longest * 1.02)
    depth = 1 + max(level for _, level in words)
    for row, level in words:
        at = y + (level - (depth - 1) / 2) * _SMALL * _LINE
        x = _middle(row, longest, scale)
        ax.text(x, at, arabic(_hedge(row)), fontsize=_SMALL, ha="center", va="center", color=INK)


# --- map ----------------------------------------------------------------------------------------------------


@_styled
def plot_map(places: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw places on the outlines of their countries; a point's area tells how often each is named.

    Names of one place (السعودية, المملكة العربية السعودية) are one point under the name that is used most. One
    place, or two, are shown in the whole of their countries and on a smaller picture.

    >>> import pandas as pd
    >>> row = {"name": "البلدة", "latitude": 36.2, "longitude": 37.2, "mentions": 2}
    >>> alt_text(plot_map(pd.DataFrame([row])))
    'Places named. 1 row: البلدة, 2 mentions.'
    """
    from analysis.places import outlines

    ax = _axes(ax, "Places named")
    rows = _points_of(places)
    if not rows:
        return _say(ax, "No place on the map in these seeds")
    xs = [_value(row, "longitude") or 0.0 for row in rows]
    ys = [_value(row, "latitude") or 0.0 for row in rows]
    left, right, bottom, top = _frame(xs, ys)
    for _, ring in outlines():
        ax.fill([x for x, _ in ring], [y for _, y in ring], facecolor=LAND, edgecolor=BORDER, linewidth=0.7)
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    stretch = 1 / math.cos(math.radians((bottom + top) / 2))
    ax.set_aspect(stretch)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.spines[:].set_visible(True)
    ax.spines[:].set_color(FAINT)
    if len(_figure(ax).axes) == 1:
        few = len(rows) <= _FEW
        _figure(ax).set_figwidth(_WIDTH * (0.6 if few else min(max(1.0, math.sqrt(len(rows) / 25)), 1.7)))
    _figure(ax).draw_without_rendering()
    inner = _figure(ax).get_figwidth() * 72 - 20
    _grow(ax, inner * (top - bottom) * stretch / (right - left))
    mentions = [float(row["mentions"]) for row in rows]
    sizes = [min(22 * count, 400) for count in mentions]
    areas = [_text(row, "kind") in _AREAS for row in rows]
    ink = rank_look(1).colour
    faces = ["white" if area else ink for area in areas]
    edges = [ink if area else "white" for area in areas]
    ax.scatter(xs, ys, s=sizes, facecolor=faces, edgecolor=edges, alpha=0.85, zorder=3)
    taken = _label_places(ax, rows, xs, ys, [math.sqrt(size) / 2 for size in sizes])
    _label_countries(ax, {name for row in rows for name in row["names"]}, taken)
    if any(areas):
        label = "middle of a country, province or region"
        mark = Line2D([], [], marker="o", linestyle="", color=ink, markerfacecolor="white", label=label)
        _legend(ax, [mark], below=8)
    counts = [f"{number(count)} mention{'' if count == 1 else 's'}" for count in mentions]
    _describe(ax, [f"{' / '.join(row['names'])}, {count}" for row, count in zip(rows, counts, strict=True)])
    return ax


_AREAS = ("country", "province", "region")
_FEW = 2


def _points_of(places: pd.DataFrame) -> list[Row]:
    """Return a point for each place that has coordinates, with its `names`, the most used first, and all mentions.

    A city that lends its coordinates to its country stays a point of its own.
    """
    found: dict[tuple[float, float, bool], tuple[Row, dict[str, float]]] = {}
    for row in _rows(places):
        latitude, longitude = _value(row, "latitude"), _value(row, "longitude")
        if latitude is None or longitude is None:
            continue
        _, names = found.setdefault((latitude, longitude, _text(row, "kind") in _AREAS), (row, {}))
        name = _text(row, "name")
        names[name] = names.get(name, 0.0) + (_value(row, "mentions") or 1.0)
    points: list[Row] = []
    for row, names in found.values():
        ordered = sorted(names, key=lambda name: -names[name])
        points.append({**row, "name": ordered[0], "names": ordered, "mentions": sum(names.values())})
    return points


def _frame(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float, float]:
    """Return the part of the map to show: all points with a margin, never less than a country's width.

    Around one point or two alone, it is the whole of their countries; beyond the outlines, a strip.
    """
    least, flat = 5.0, 0.45
    if len(xs) <= _FEW:
        around = [corner for x, y in zip(xs, ys, strict=True) for corner in _country_around(x, y)]
        xs, ys = [*xs, *(x for x, _ in around)], [*ys, *(y for _, y in around)]
        least, flat = (least, flat) if around else (1.5, 0.2)
    wide = max((max(xs) - min(xs)) * 1.3, 7.0)
    high = max((max(ys) - min(ys)) * 1.3, least)
    wide, high = max(wide, high * 1.0), max(high, wide * flat)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return x - wide / 2, x + wide / 2, y - high / 2, y + high / 2


def _country_around(x: float, y: float) -> list[tuple[float, float]]:
    """Return two corners of the country that a point lies in, or nothing where no outline holds it."""
    from analysis.places import outlines

    for _, ring in outlines():
        edges = zip(ring, [*ring[1:], ring[0]], strict=True)
        # A ray to the east leaves a ring that holds its start an odd number of times.
        crossed = [(x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in edges if (y1 > y) != (y2 > y)]
        if sum(x < at for at in crossed) % 2:
            easts, norths = [x for x, _ in ring], [y for _, y in ring]
            return [(min(easts), min(norths)), (max(easts), max(norths))]
    return []


_Box = tuple[float, float, float, float]


def _label_places(
    ax: Axes, rows: Sequence[Row], xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]
) -> list[_Box]:
    """Write each name at the free place nearest to its point, with a line to it unless that is beside it.

    The boxes that are taken then are returned.
    """
    width, height = _points(ax)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    points = [
        ((x - left) / (right - left) * width, (y - bottom) / (top - bottom) * height)
        for x, y in zip(xs, ys, strict=True)
    ]
    taken: list[_Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    order = sorted(range(len(rows)), key=lambda i: -radii[i])
    for i in order:
        name = wrap(_text(rows[i], "name"), 120, size=_SMALL + 0.5, lines=1)
        wide, high = text_width(name, _SMALL + 0.5) + 4, (_SMALL + 0.5) * 1.6
        at, box = _free_place(points[i], radii[i], wide, high, taken, width, height)
        taken.append(box)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        far = at > 0
        ax.annotate(
            arabic(name),
            (xs[i], ys[i]),
            xytext=(x - points[i][0], y - points[i][1]),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=_SMALL + 0.5,
            zorder=4,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.6, "shrinkB": radii[i]} if far else None,
        )
    return taken


def _label_countries(ax: Axes, named: set[str], taken: Sequence[_Box]) -> None:
    """Write the names of countries in grey where they cover nothing, unless the table has them."""
    from analysis.places import gazetteer

    width, height = _points(ax)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    done = set(named)
    for known in gazetteer():
        if known.kind != "country" or known.country in done:
            continue
        x = (known.longitude - left) / (right - left) * width
        y = (known.latitude - bottom) / (top - bottom) * height
        wide, high = text_width(known.country, _SMALL) / 2 + 4, _SMALL
        box = (x - wide, y - high, x + wide, y + high)
        if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height or _is_taken(box, taken):
            continue
        done.add(known.country)
        taken = [*taken, box]
        ax.text(
            known.longitude,
            known.latitude,
            arabic(known.country),
            ha="center",
            va="center",
            fontsize=_SMALL,
            color=QUIET,
        )


def _is_taken(box: _Box, taken: Sequence[_Box]) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)


def _free_place(
    point: tuple[float, float],
    radius: float,
    wide: float,
    high: float,
    taken: Sequence[_Box],
    width: float,
    height: float,
) -> tuple[int, _Box]:
    best: tuple[int, _Box] | None = None
    for ring in range(60):
        reach = radius + 3 + ring * 7
        for step in range(8 if ring == 0 else 16):
            angle = step * 2 * math.pi / (8 if ring == 0 else 16)
            x = point[0] + math.cos(angle) * (reach + wide / 2)
            y = point[1] + math.sin(angle) * (reach + high / 2)
            box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            if box[0] < 2 or box[1] < 2 or box[2] > width - 2 or box[3] > height - 2:
                continue
            if not _is_taken(box, taken):
                return ring, box
            best = best or (ring, box)
    assert best is not None
    return best


# --- what goes with a figure --------------------------------------------------------------------------------


def alt_text(ax: Axes) -> str:
    """Return what a figure shows, in words, for readers who do not see it: its title and every row."""
    return _alt.get(ax, ax.get_title(loc="right"))


def caption(count: int, what: str, table: pd.DataFrame, total: int | None = None) -> str:
    """Return a numbered caption with the number of rows, the articles and the period that a table covers.

    `total` is how many rows there are where the table holds but a part of them.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"seed": ["a", "a", "b"], "published": ["2026-01-21", None, "2026-01-19"]})
    >>> caption(2, "Claims by source", table)
    'Figure 2. Claims by source. N = 3 rows from 2 articles, 2026-01-19 to 2026-01-21.'
    >>> caption(3, "Claims by source", table.head(1), len(table))
    'Figure 3. Claims by source. N = 1 of 3 rows from 1 article, 2026-01-21.'
    """
    rows = _rows(table)
    days = sorted(
        str(day) for row in rows for column in ("published", "period_start", "period_end") if (day := _day(row, column))
    )
    seeds = {_text(row, "seed") for row in rows} - {""}
    whole = len(rows) if total is None else total
    share = f"{len(rows)} of {whole}" if len(rows) < whole else f"{len(rows)}"
    parts = [f"N = {share} row{'' if whole == 1 else 's'}"]
    if seeds:
        parts[0] += f" from {len(seeds)} article{'' if len(seeds) == 1 else 's'}"
    if days:
        parts.append(days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}")
    return f"Figure {count}. {what}. {', '.join(parts)}."


def save_figure(ax: Axes, path: Path | str, table: pd.DataFrame) -> list[Path]:
    """Write a figure as PNG and SVG and the table it draws as CSV, side by side; return the three files.

    The files hold no date, so that the same table gives the same files. In the CSV a text that a spreadsheet
    would take for a formula is guarded by an apostrophe.
    """
    stem = Path(path)
    stem = stem.with_suffix("") if stem.suffix in (".png", ".svg", ".csv") else stem
    stem.parent.mkdir(parents=True, exist_ok=True)
    files = [stem.with_name(stem.name + suffix) for suffix in (".png", ".svg", ".csv")]
    title, words = ax.get_title(loc="right"), alt_text(ax)
    figure = _figure(ax)
    with matplotlib.style.context(_STYLE):
        about: dict[str, Any] = {"Title": title, "Description": words}
        figure.savefig(files[0], metadata=about | {"Software": None})
        figure.savefig(files[1], metadata=about | {"Date": None, "Creator": None})
    guarded = table.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell)
    guarded.to_csv(files[2], index=False, encoding="utf-8-sig", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    return files


__all__ = [
    "alt_text",
    "caption",
    "plot_acts",
    "plot_figures",
    "plot_flow",
    "plot_map",
    "plot_timeline",
    "plot_voices",
    "save_figure",
]
