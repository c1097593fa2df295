"""Figures are checked by what is written where: titles, labels, counts, limits; and no two texts touch."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from analysis import plots
from analysis.palette import ACTS, QUIET, act_look
from analysis.typography import arabic, wrap

NAMES = [
    "وزارة النقل",
    "اللجنة العليا لمتابعة شؤون الموانئ والمنافذ البحرية والبرية في الساحل الغربي وجزره",
    "متحدث باسم خفر السواحل",
    "the outlet",
    "unknown",
    "رئيس البلدية",
    "NOAA مركز الأرصاد",
    "شهود عيان",
]
EVENTS = [
    "غرق عبّارة قبالة الساحل",
    "إعلان تعليق الملاحة في الممر المائي بين الضفتين إلى حين انتهاء العاصفة التي تضرب المنطقة منذ أيام",
    "إعادة فتح الميناء",
    "اجتماع (طارئ) للحكومة",
    "ارتفاع أجرة النقل من 5$ إلى 10$",
]
PERIODS = [
    ("day", "2025-03-04", "2025-03-04", "publication"),
    ("year", "2011-01-01", "2011-12-31", "stated"),
    ("range", "2025-03-02", "2025-03-05", "stated"),
    ("unplaced", None, None, ""),
    ("month", "2019-07-01", "2019-07-31", "stated"),
    ("time", "2025-03-05", "2025-03-05", "relative"),
]
FIGURES: list[dict[str, Any]] = [
    {
        "role": "escaped",
        "group": "نزيلاً",
        "value": 120.0,
        "mod": "APPROX",
        "approximate": True,
        "text": "نحو 120 نزيلاً",
    },
    {"role": "recaptured", "group": "نزيلاً", "value": 81.0, "text": "81 نزيلاً"},
    {
        "role": "at_large",
        "value": 39.0,
        "derived": True,
        "approximate": True,
        "formula": "escaped - recaptured",
    },
    {
        "role": "escaped",
        "group": "نزيلاً",
        "low": 200.0,
        "high": 260.0,
        "mod": "range",
        "text": "بين 200 و260 نزيلاً",
    },
    {"role": "escaped", "group": "نزيلاً", "low": 20.0, "mod": "vague", "text": "عشرات النزلاء"},
    {"role": "killed", "group": "راكباً", "value": 300.0, "mod": "MORE_THAN", "text": "أكثر من 300 راكب"},
    {
        "role": "killed",
        "group": "راكباً",
        "value": 150.0,
        "mod": "EQUAL_OR_LESS",
        "text": "150 راكباً على الأكثر",
    },
    {
        "role": "wounded",
        "group": "عدد من المصابين في المستشفيات الميدانية القريبة من الساحل",
        "text": "عدد من الجرحى",
    },
]
HEDGES = ["", "قد", "من المحتمل", "على الأرجح"]
SIZES = [1, 5, 20, 60]


def timeline(rows: int) -> pd.DataFrame:
    made = []
    for i in range(rows):
        precision, start, end, basis = PERIODS[i % 6]
        made.append(
            {
                "label": EVENTS[i % 5],
                "precision": precision,
                "period_start": start,
                "period_end": end,
                "basis": basis,
                "value": "2025-03-05T18:30" if precision == "time" else start,
                "sources": NAMES[i % 8],
                "reason": "لا تاريخ في الجملة يعود إليه" if precision == "unplaced" else None,
            }
        )
    return pd.DataFrame(made)


def sources(rows: int) -> pd.DataFrame:
    made = []
    for i in range(rows):
        heard = i % 5 != 4
        acts = {act: (i + k) % 4 if heard else 0 for k, act in enumerate(ACTS)}
        seed = f"مقال {i * 3 // rows}" if rows > 5 else "مقال"
        total = sum(acts.values())
        made.append({"seed": seed, "source": NAMES[i % 8], "heard": heard, "claims": total, "mentions": 2, **acts})
    return pd.DataFrame(made)


def figures(rows: int) -> pd.DataFrame:
    nothing = {"value": None, "low": None, "high": None, "mod": None, "derived": False, "approximate": False}
    made = [{**nothing, "story": "s", "claimant": NAMES[i // 3 % 8], **FIGURES[i % 8]} for i in range(rows)]
    return pd.DataFrame(made)


def claims(rows: int) -> pd.DataFrame:
    acts = list(ACTS)
    made = [
        {
            "seed": "مقال",
            "start": i * 150,
            "end": i * 150 + 120,
            "act": acts[i * 5 % 8],
            "hedges": HEDGES[i % 4],
        }
        for i in range(rows)
    ]
    return pd.DataFrame(made)


def places(rows: int) -> pd.DataFrame:
    made = [
        {
            "name": f"بلدة {NAMES[i % 8]}" if i % 7 == 0 else EVENTS[i % 5][:9],
            "latitude": 33 + i * 37 % 60 / 20,
            "longitude": 36 + i * 23 % 60 / 12,
            "mentions": 1 + i % 4,
        }
        for i in range(rows)
    ]
    return pd.DataFrame(made)


Plot = Callable[..., Axes]
PLOTS: dict[str, tuple[Plot, Callable[[int], pd.DataFrame], str, str]] = {
    "timeline": (plots.plot_timeline, timeline, "What happened when", "No event in these seeds"),
    "voices": (plots.plot_voices, sources, "Who speaks", "No source in these seeds"),
    "figures": (plots.plot_figures, figures, "Who gives which figure", "No figure in these seeds"),
    "flow": (
        plots.plot_flow,
        figures,
        "Escaped, recaptured, at large",
        "No figure of an escape in these seeds",
    ),
    "acts": (plots.plot_acts, claims, "Acts along the text", "No claim in these seeds"),
    "map": (plots.plot_map, places, "Places named", "No place on the map in these seeds"),
}


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[Text]:
    found = [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label, ax._right_title]  # type: ignore[attr-defined]
    low, high = sorted(ax.get_xlim())
    found += [label for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]
    legend = ax.get_legend()
    found += legend.get_texts() if legend else []
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def assert_nothing_touches(ax: Axes) -> None:
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    shown = texts(ax)
    boxes = [Text.get_window_extent(text).padded(-0.5) for text in shown]
    for (one, a), (other, b) in itertools.combinations(zip(shown, boxes, strict=True), 2):
        assert not a.overlaps(b), (one.get_text(), other.get_text())
    for text, box in zip(shown, boxes, strict=True):
        assert box.x0 >= 0 and box.y0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("name", PLOTS)
def test_no_two_texts_touch_and_none_is_cut(name: str, rows: int) -> None:
    plot, table, title, _ = PLOTS[name]
    ax = plot(table(rows))
    assert ax.get_title(loc="right") == title
    assert_nothing_touches(ax)


@pytest.mark.parametrize("name", PLOTS)
def test_an_empty_table_says_so(name: str) -> None:
    plot, table, title, sentence = PLOTS[name]
    ax = plot(table(1).iloc[:0])
    assert ax.get_title(loc="right") == title
    assert [text.get_text() for text in ax.texts] == [arabic(sentence)]
    assert not ax.axison
    assert plots.alt_text(ax) == f"{title}. {sentence}."
    assert plot(pd.DataFrame()).texts


@pytest.mark.parametrize("name", PLOTS)
def test_a_table_is_not_changed_and_an_axes_is_taken(name: str) -> None:
    plot, table, _, _ = PLOTS[name]
    given = table(5)
    before = given.copy(deep=True)
    figure, ax = plt.subplots(layout="constrained")
    assert plot(given, ax=ax) is ax
    pd.testing.assert_frame_equal(given, before)
    assert len(figure.axes) == 1


@pytest.mark.parametrize("name", ["timeline", "voices", "figures", "flow", "acts"])
def test_the_figure_grows_with_its_rows(name: str) -> None:
    plot, table, _, _ = PLOTS[name]
    heights = [plot(table(rows)).get_figure(root=True).get_figheight() for rows in (1, 20)]  # type: ignore[union-attr]
    assert heights[0] < heights[1]


@pytest.mark.parametrize("name", ["timeline", "voices", "figures", "flow", "acts"])
def test_rows_are_read_from_the_right(name: str) -> None:
    plot, table, _, _ = PLOTS[name]
    ax = plot(table(5))
    left, right = ax.get_xlim()
    assert left > right
    assert ax.yaxis.get_ticks_position() == "right"
    assert all(label.get_horizontalalignment() == "right" for label in ax.get_yticklabels())


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_timeline_draws_precision_and_lists_the_unplaced() -> None:
    ax = plots.plot_timeline(timeline(6))
    assert len(labels(ax)) == 7 and labels(ax)[-2] == arabic("Not placed in time")
    assert len(ax.patches) == 3  # a year, a range, a month
    points = [line for line in ax.lines if line.get_marker() in ("o", "D")]
    assert len(points) == 2
    assert {line.get_markerfacecolor() for line in points} == {"white"}  # both reckoned from another date
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()][:2] == ["time of day", "day"]


def test_timeline_shortens_long_spans_and_says_so() -> None:
    rows = [
        {"label": "أ", "precision": "year", "period_start": "1999-01-01", "period_end": "1999-12-31"},
        {"label": "ب", "precision": "day", "period_start": "2025-03-04", "period_end": "2025-03-04"},
        {"label": "ج", "precision": "day", "period_start": "2025-03-05", "period_end": "2025-03-05"},
    ]
    assert "not in proportion" in plots.plot_timeline(pd.DataFrame(rows)).get_xlabel()
    near = plots.plot_timeline(pd.DataFrame(rows[1:]))
    assert near.get_xlabel() == "time"
    first, second = (float(np.asarray(line.get_xdata())[0]) for line in near.lines)
    assert first < second


@pytest.mark.parametrize("cell", ["2025-03-04", pd.Timestamp("2025-03-04"), pd.Timestamp("2025-03-04").date()])
def test_timeline_takes_dates_as_text_or_as_dates(cell: object) -> None:
    row = {"label": "حدث", "precision": "day", "period_start": cell, "period_end": pd.NaT}
    assert plots.alt_text(plots.plot_timeline(pd.DataFrame([row]))).endswith("حدث, 2025-03-04.")


def test_timeline_with_unplaced_events_alone() -> None:
    ax = plots.plot_timeline(timeline(4).iloc[3:])
    assert len(labels(ax)) == 2 and not ax.patches
    assert_nothing_touches(ax)


def test_voices_stack_acts_and_leave_the_unheard_hollow() -> None:
    table = sources(5)
    ax = plots.plot_voices(table)
    drawn = sum((patch.get_width() for patch in ax.patches), 0.0)  # type: ignore[attr-defined]
    assert drawn == table["claims"].sum()
    colours = {matplotlib.colors.to_hex(patch.get_facecolor()) for patch in ax.patches}
    assert colours <= {act_look(act).colour for act in ACTS}
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 1


def test_voices_head_their_articles_where_there_are_several() -> None:
    ax = plots.plot_voices(sources(20))
    bold = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
    assert bold == [arabic(f"مقال {i}") for i in range(3)]


def test_figures_mark_what_a_number_is() -> None:
    ax = plots.plot_figures(figures(8))
    said = plots.alt_text(ax)
    assert "≈ نحو 120 نزيلاً" in said and "عشرات النزلاء (20 أو أكثر)" in said
    assert "≈ 39 (escaped - recaptured)" in said
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 3  # two open upwards, one downwards
    assert [patch.get_hatch() for patch in ax.patches if patch.get_hatch()] == ["////"]
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "approximate",
        "at least",
        "at most",
        "derived, stated by nobody",
    ]


def test_figures_give_a_claimant_one_colour() -> None:
    rows = [
        {"role": role, "group": "نزيلاً", "claimant": name, "value": 5.0}
        for role in ("killed", "wounded")
        for name in NAMES[:3]
    ]
    ax = plots.plot_figures(pd.DataFrame(rows))
    points = [line.get_color() for line in ax.lines if line.get_marker() not in ("None", "|", "")]
    assert points[:3] == points[3:] and len(set(points)) == 3


def test_figures_of_one_question_stand_under_one_heading() -> None:
    rows = [
        {"question": "escaped", "group": group, "claimant": "الوزارة", "value": 5.0}
        for group in ("تنظيم", "التنظيم", None)
    ]
    ax = plots.plot_figures(pd.DataFrame([*rows, {"question": "killed · child", "group": "طفل", "value": 1.0}]))
    assert labels(ax) == [
        arabic(label)
        for label in (
            "escaped", "الوزارة\nتنظيم", "الوزارة\nالتنظيم", "الوزارة", "killed · child", "unknown",
        )
    ]  # fmt: skip
    assert "escaped, الوزارة (تنظيم): 5;" in plots.alt_text(ax)
    assert_nothing_touches(ax)


def test_figures_of_several_articles_say_where_they_stand() -> None:
    def second_lines(*articles: dict[str, str | None]) -> list[str]:
        rows = [{"question": "escaped", "claimant": "الوزارة", "value": 5.0, **article} for article in articles]
        said = plots.alt_text(plots.plot_figures(pd.DataFrame(rows)))
        return re.findall(r"الوزارة(?: \((.*?)\))?:", said)

    day, later = "2026-01-20", "2026-01-21"
    one = {"seed": "a", "outlet": "النهر", "published": day}
    assert second_lines(one, one) == ["", ""]
    assert second_lines(one, {**one, "seed": "b", "published": later}) == [day, later]
    assert second_lines(one, {**one, "seed": "b", "outlet": "الجبل"}) == ["النهر", "الجبل"]
    assert second_lines(one, {**one, "seed": "b"}) == ["a", "b"]
    assert second_lines(one, {**one, "outlet": "الوزارة", "published": later}) == [f"النهر · {day}", later]


def test_flow_hangs_the_recaptured_off_the_escaped() -> None:
    ax = plots.plot_flow(figures(3))
    spans = [(patch.get_x(), patch.get_width()) for patch in ax.patches]  # type: ignore[attr-defined]
    assert spans == [(0, 120), (39, 81), (0, 39)]
    assert labels(ax)[1:] == [arabic(stage) for stage in ("escaped", "recaptured", "at large")]


def test_flow_keeps_articles_apart() -> None:
    rows = [
        {"role": role, "claimant": "الوزارة", "seed": day, "published": day, "value": value}
        for day, values in (("2026-01-20", (120, 81)), ("2026-01-21", (200, 130)))
        for role, value in zip(("escaped", "recaptured"), values, strict=True)
    ]
    ax = plots.plot_flow(pd.DataFrame(rows))
    spans = [(patch.get_x(), patch.get_width()) for patch in ax.patches]  # type: ignore[attr-defined]
    assert spans == [(0, 120), (39, 81), (0, 200), (70, 130)]
    assert "الوزارة (2026-01-21), recaptured: 130" in plots.alt_text(ax)


def test_flow_without_an_escape_says_so() -> None:
    ax = plots.plot_flow(figures(8).iloc[5:])
    assert plots.alt_text(ax).endswith("No figure of an escape in these seeds.")


def test_acts_have_a_lane_each() -> None:
    ax = plots.plot_acts(claims(16))
    assert labels(ax) == [arabic(name) for name in [*ACTS, "hedges"]]
    assert len(ax.patches) == 16
    assert sum(bool(text.get_text()) for text in ax.texts) == 12


def test_map_shows_every_place() -> None:
    table = places(20)
    ax = plots.plot_map(table)
    left, right = ax.get_xlim()
    assert left < table["longitude"].min() and table["longitude"].max() < right
    assert np.asarray(ax.collections[0].get_offsets()).shape == (20, 2)
    names = [text.get_text() for text in ax.texts if text.get_color() != QUIET]
    assert sorted(names) == sorted(arabic(wrap(name, 120, size=9, lines=1)) for name in table["name"])
    assert arabic("سوريا") in [text.get_text() for text in ax.texts if text.get_color() == QUIET]


def test_saved_files_are_the_same_each_time(tmp_path: Path) -> None:
    table = sources(5).assign(note=["=1+1", "-", "@", "نص", ""])
    contents = []
    for name in ("one", "two"):
        files = plots.save_figure(plots.plot_voices(table), tmp_path / name / "voices.png", table)
        assert [path.name for path in files] == ["voices.png", "voices.svg", "voices.csv"]
        contents.append([path.read_bytes() for path in files])
    assert contents[0] == contents[1]
    png, svg, sheet = contents[0]
    assert png.startswith(b"\x89PNG")
    assert b"<text" not in svg and b"Who speaks" in svg
    assert sheet.startswith(b"\xef\xbb\xbf") and b"'=1+1\r\n" in sheet


def test_caption_counts_rows_articles_and_period() -> None:
    table = pd.DataFrame({"seed": ["a", "b"], "period_start": ["2025-03-04", None]})
    assert plots.caption(1, "Events", table) == "Figure 1. Events. N = 2 rows from 2 articles, 2025-03-04."
    assert plots.caption(3, "Events", table.iloc[:0]) == "Figure 3. Events. N = 0 rows."
    assert plots.caption(4, "Events", table, 2) == plots.caption(4, "Events", table)
    assert plots.caption(5, "Events", table, 117).startswith("Figure 5. Events. N = 2 of 117 rows from 2 articles,")


def test_map_lays_articles_together_and_leaves_areas_hollow() -> None:
    rows = [
        {"seed": "a", "name": "حلب", "latitude": 36.2, "longitude": 37.16, "kind": "city", "mentions": 2},
        {"seed": "b", "name": "حلب", "latitude": 36.2, "longitude": 37.16, "kind": "city", "mentions": 1},
        {"seed": "b", "name": "سوريا", "latitude": 34.8, "longitude": 39.0, "kind": "country", "mentions": 1},
        {"seed": "b", "name": "القرية", "latitude": None, "longitude": None, "kind": "town", "mentions": 1},
    ]
    ax = plots.plot_map(pd.DataFrame(rows))
    assert plots.alt_text(ax) == "Places named. 2 rows: حلب, 3 mentions; سوريا, 1 mention."
    assert [text.get_text() for text in ax.texts].count(arabic("سوريا")) == 1
    assert ax.get_legend() is not None
    assert_nothing_touches(ax)


def test_map_lays_the_names_of_one_place_together() -> None:
    at = {"latitude": 24.0, "longitude": 45.0, "kind": "country"}
    rows = [
        {"seed": "a", "name": "المملكة العربية السعودية", "mentions": 1, **at},
        {"seed": "b", "name": "السعودية", "mentions": 2, **at},
        {"seed": "b", "name": "القرية", "mentions": 1, **at, "kind": "town"},
    ]
    ax = plots.plot_map(pd.DataFrame(rows))
    wanted = "Places named. 2 rows: السعودية / المملكة العربية السعودية, 3 mentions; القرية, 1 mention."
    assert plots.alt_text(ax) == wanted
    shown = [text.get_text() for text in ax.texts]
    assert shown.count(arabic("السعودية")) == 1 and arabic("المملكة العربية السعودية") not in shown


def test_a_map_of_one_place_shows_its_country_and_no_empty_sheet() -> None:
    damascus = {"name": "دمشق", "latitude": 33.51, "longitude": 36.29, "mentions": 1}
    ax = plots.plot_map(pd.DataFrame([damascus]))
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left < 35.7 and right > 42.3 and bottom < 32.4 and top > 37.3  # Syria
    high = {}
    for name, latitude, longitude in (("دمشق", 33.51, 36.29), ("موسكو", 55.75, 37.62)):
        row = {"name": name, "latitude": latitude, "longitude": longitude, "mentions": 1}
        figure = plots.plot_map(pd.DataFrame([row])).get_figure(root=True)
        assert figure is not None and figure.get_figwidth() < 6
        high[name] = figure.get_figheight()
    assert high["موسكو"] < 3 < high["دمشق"] < 6


def test_timeline_marks_the_publication_apart() -> None:
    day = {"precision": "day", "period_start": "2025-03-04", "basis": "publication"}
    rows = [{"label": "تقرير", "date_id": None, **day}, {"label": "أمس", "date_id": "a#d1", **day}]
    ax = plots.plot_timeline(pd.DataFrame(rows))
    assert [(line.get_marker(), line.get_markerfacecolor() == "white") for line in ax.lines] == [
        ("s", False),
        ("o", True),
    ]


def test_figures_of_very_different_size_stay_apart() -> None:
    rows = [{"role": "present", "claimant": NAMES[i], "value": 10.0 ** (3 * i)} for i in range(4)]
    ax = plots.plot_figures(pd.DataFrame(rows))
    assert "powers of ten" in ax.get_xlabel()
    assert_nothing_touches(ax)
    assert "powers of ten" not in plots.plot_figures(pd.DataFrame(rows[:2]).assign(value=[39.0, 1500.0])).get_xlabel()
