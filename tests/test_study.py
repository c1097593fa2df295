"""A figure in a notebook: a picture with its words, and the caption as an output of its own."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.plots import caption, plot_voices
from analysis.study import ShownFigure, show_figure

HOSTILE = '<b>"x"</b> & $1$'


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ShownFigure:
    monkeypatch.setenv("OUT_DIR", str(tmp_path))
    table = pd.DataFrame({"source": ["الوزارة", HOSTILE], "heard": True, "claims": [2, 1], "statement": [2, 1]})
    figure = show_figure(plot_voices(table), table, "voices", caption(1, HOSTILE, table, 117))
    assert sorted(p.name for p in (tmp_path / "figures").iterdir()) == ["voices.csv", "voices.png", "voices.svg"]
    return figure


def outputs(figure: ShownFigure, monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    found: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(data: dict[str, str], *, metadata: dict[str, Any], raw: bool) -> None:
        assert raw
        found.append((data, metadata))

    monkeypatch.setattr("IPython.display.display", display)
    figure._ipython_display_()
    return found


def test_a_picture_carries_its_words(shown: ShownFigure, monkeypatch: pytest.MonkeyPatch) -> None:
    (picture, metadata), _ = outputs(shown, monkeypatch)
    assert base64.b64decode(picture["image/png"]).startswith(b"\x89PNG")
    assert picture["text/plain"] == metadata["image/png"]["alt"] == repr(shown)
    assert repr(shown).startswith("Figure 1.") and "الوزارة, 2 claims (2 statement)" in repr(shown)


def test_the_caption_follows_as_text_and_no_picture(shown: ShownFigure, monkeypatch: pytest.MonkeyPatch) -> None:
    _, (under, metadata) = outputs(shown, monkeypatch)
    assert set(under) == {"text/html", "text/plain"} and not metadata
    assert under["text/plain"] == f"Figure 1. {HOSTILE}. N = 2 of 117 rows."
    html = under["text/html"]
    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; $1$. N = 2 of 117 rows.</p>" in html and "<b>" not in html
    assert 'dir="ltr"' in html and "mathjax_ignore" in html and "الوزارة, 2 claims" in html
    assert "<img" not in html and "base64" not in html


def test_each_row_in_words_stands_at_its_side() -> None:
    html = ShownFigure(b"", "Figure 1.", "Who speaks. 2 rows: a, 1; وزارة الداخلية, 2").html
    assert '<p style="margin:0;text-align:left"><bdi dir="ltr" lang="en">Who speaks. 2 rows: a, 1</bdi></p>' in html
    assert '<p style="margin:0;text-align:right"><bdi dir="rtl" lang="ar">وزارة الداخلية, 2</bdi></p>' in html


def test_a_figure_is_the_same_again(shown: ShownFigure, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outputs(shown, monkeypatch) == outputs(shown, monkeypatch)
