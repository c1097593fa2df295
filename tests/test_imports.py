"""The modules of the package stand in one order: none imports one that stands after it, not even inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis

FOLDER = Path(analysis.__file__).parent
ORDER = """
    text lexicons dictionary
    seeds storage corrections adding
    segment verbs numerals
    quantities
    timex_tense timex_words timex_calendar timex_lengths timex_clock timex anchor
    phrases refusals subjects complements attribution sources claims
    places stories corrected records check
    typography figures timeline compare reconcile tables
    palette plots show study export report
    explain evaluate corpus bench cli __main__
""".split()


def imports(module: str) -> Iterator[str]:
    """Yield the modules of the package that one imports anywhere: at its top, in a function, for types alone."""
    for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("analysis.") for alias in node.names if "analysis." in alias.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            if node.module == "analysis":
                yield from (alias.name for alias in node.names)
            elif (node.module or "").startswith("analysis."):
                yield (node.module or "").removeprefix("analysis.")


def test_every_module_has_its_place() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", ORDER)
def test_a_module_knows_only_those_before_it(module: str) -> None:
    before = ORDER[: ORDER.index(module)]
    assert sorted(set(imports(module)) - set(before)) == []
