"""Frozen articles: what the rules find in them changes only where somebody has looked (`make golden`)."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from golden import FOLDER, tables
from pandas.testing import assert_frame_equal

FOUND = tables()


@pytest.mark.parametrize("file", sorted(FOUND))
def test_a_frozen_article_reads_as_before(file: str) -> None:
    kept = (FOLDER / file).read_text(encoding="utf-8")
    assert_frame_equal(pd.read_csv(io.StringIO(FOUND[file])), pd.read_csv(io.StringIO(kept)))


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == set(FOUND)
