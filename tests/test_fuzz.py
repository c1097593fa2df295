"""Check the cases that fuzzing begins with, and those it found: `make fuzz` looks for more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "fuzz"
sys.path.append(str(FOLDER))

from promises import check  # noqa: E402

CASES = sorted((FOLDER / "corpus").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_nasty_case_breaks_no_promise(path: Path) -> None:
    check(path.read_bytes())
