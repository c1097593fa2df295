"""Arabic in a figure is checked by an independent witness: letters shaped and ordered by other libraries."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis import palette, typography
from analysis.typography import arabic, number, number_range, text_width, wrap

SHAPES_ITSELF = matplotlib.__version_info__ >= (3, 11)
OVERRIDE, POP = "\N{LEFT-TO-RIGHT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}"
# No أ that stands alone: DejaVu Sans draws the hamza of its presentation form a pixel lower. Marks only at the
# end of a text: put in order beforehand, they come before their letter and are set on what stands there.
TEXTS = [
    "تغلق البلدية الجسر القديم",
    "نقل 35 من الركاب (بينهم 4 جرحى) إلى المستشفى",
    "بلغت النسبة 12.5% من الناخبين",
    "قال «المرصد البحري» إن الموج عالٍ",
    "NOAA تتوقع هطول المطر",
    "تقرير صدر عن NOAA",
    "فتحت المعابر ليلاً",
    "من 81 إلى 120 شخصاً",
    "harbour office",
]


def picture(text: str) -> np.ndarray:
    figure = Figure(figsize=(6, 0.6), dpi=100)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.5, 0.4, text, ha="center", family="DejaVu Sans", fontsize=16)
    canvas.draw()  # type: ignore[no-untyped-call]
    return np.asarray(canvas.buffer_rgba()).copy()  # type: ignore[no-untyped-call]


def recipe(text: str) -> str:
    """Reshape and reorder, as tutorials do for matplotlib below 3.11."""
    from arabic_reshaper import ArabicReshaper
    from bidi.algorithm import get_display

    return str(get_display(ArabicReshaper({"delete_harakat": False}).reshape(text), base_dir="R"))


@pytest.mark.skipif(not SHAPES_ITSELF, reason="matplotlib below 3.11 does not shape")
@pytest.mark.parametrize("text", TEXTS)
def test_letters_join_in_the_right_order(text: str) -> None:
    assert np.array_equal(picture(arabic(text)), picture(OVERRIDE + recipe(text) + POP))


@pytest.mark.skipif(not SHAPES_ITSELF, reason="matplotlib below 3.11 needs the recipe")
@pytest.mark.parametrize("text", TEXTS[:8])
def test_the_usual_recipe_fails_where_matplotlib_shapes(text: str) -> None:
    assert not np.array_equal(picture(recipe(text)), picture(OVERRIDE + recipe(text) + POP))


@pytest.mark.skipif(not SHAPES_ITSELF, reason="matplotlib below 3.11 does not shape")
def test_a_line_that_begins_in_latin_needs_its_direction() -> None:
    assert not np.array_equal(picture("NOAA تتوقع هطول المطر"), picture(arabic("NOAA تتوقع هطول المطر")))


def test_below_matplotlib_3_11_marks_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib, "__version_info__", (3, 10, 9))
    assert arabic("مُغلَقٌ") == arabic("مغلق")


def test_below_matplotlib_3_11_text_is_reordered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib, "__version_info__", (3, 10, 9))
    assert arabic("الجسر (القديم)") == recipe("الجسر (القديم)")
    assert arabic("سطر\nثان").split("\n") == [recipe("سطر"), recipe("ثان")]


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 11, 2)])
def test_dollars_are_no_formula(version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib, "__version_info__", version)
    shown = arabic("السعر بين 5$ و10$")
    assert shown.count(r"\$") == shown.count("$") == 2
    assert not matplotlib.cbook.is_math_text(shown)


def test_lines_are_ordered_one_by_one_and_empty_ones_stay() -> None:
    assert arabic("الأول\n\nالثالث").count("\n") == 2
    assert arabic("") == ""


def test_stray_controls_of_a_text_do_not_end_the_line() -> None:
    stray = "الميناء\N{POP DIRECTIONAL ISOLATE} مغلق\N{RIGHT-TO-LEFT EMBEDDING}"
    assert arabic(stray) == arabic("الميناء مغلق")


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("width", [40, 90, 200])
def test_wrapped_lines_fit_and_keep_their_words(width: int, lines: int) -> None:
    text = "اللجنة العليا لمتابعة شؤون الموانئ والمنافذ البحرية والبرية في الساحل الغربي"
    made = wrap(text, width, lines=lines).split("\n")
    assert len(made) <= lines
    assert all(text_width(line) <= width for line in made)
    whole = " ".join(made)
    assert whole == text or (whole.endswith("…") and text.startswith(re.split("…", whole)[0]))


def test_a_word_wider_than_a_line_is_cut() -> None:
    made = wrap("مستشفياتهمالمتنقلةالمجاورة", 50)
    assert made.endswith("…") and text_width(made) <= 50


def test_numbers_and_ranges() -> None:
    assert [number(x) for x in (0, 7, 1500, 2.5, 1_000_000, None, float("nan"))] == [
        "0",
        "7",
        "1,500",
        "2.5",
        "1,000,000",
        "",
        "",
    ]
    assert number_range(81, 120) == "من 81 إلى 120"
    assert number_range(None, None) == ""


def test_fonts_are_the_unmodified_ones_of_their_origin_note() -> None:
    folder = Path(typography.__file__).parent / "fonts"
    noted = dict(re.findall(r"\| (\S+\.ttf) \| ([0-9a-f]{64}) \|", (folder / "ORIGIN.md").read_text("utf-8")))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ttf")}
    assert found == noted and len(found) == 2
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_registered_font_is_found(weight: str) -> None:
    from matplotlib.font_manager import FontProperties, findfont

    family = typography.register_fonts()[0]
    path = findfont(FontProperties(family=family, weight=weight), fallback_to_default=False)
    assert Path(path).name == f"IBMPlexSansArabic-{'Bold' if weight == 'bold' else 'Regular'}.ttf"


def looks() -> list[list[palette.Look]]:
    ranks = [palette.rank_look(rank) for rank in range(8)]
    return [list(palette.ACTS.values()), [*ranks, palette.UNKNOWN_SOURCE]]


@pytest.mark.parametrize("group", looks(), ids=["acts", "ranks"])
def test_looks_differ_in_hue_and_without_it(group: list[palette.Look]) -> None:
    assert len({look.colour for look in group}) == len(group)
    for i, one in enumerate(group):
        for other in group[:i]:
            apart = abs(palette.lightness(one.colour) - palette.lightness(other.colour))
            assert one.hatch != other.hatch or apart > 0.15, (one, other)


def test_every_act_has_a_look() -> None:
    acts = "statement assessment warning recommendation accusation denial announcement commitment"
    assert list(palette.ACTS) == acts.split()
