"""Name the notebooks whose check failed, and say how to refresh them."""

from __future__ import annotations

from collections import defaultdict

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    stale: dict[str, list[str]] = defaultdict(list)
    for report in [*terminalreporter.stats.get("failed", []), *terminalreporter.stats.get("error", [])]:
        notebook, _, cell = report.nodeid.partition("::Cell ")
        if notebook.endswith(".ipynb") and cell.isdigit():
            # nbval counts code cells from 0, a notebook that was run from the top from 1.
            raised = "caused an exception" in report.longreprtext
            stale[notebook].append(f"[{int(cell) + 1}]{' (an error: mend it first)' if raised else ''}")
    if not stale:
        return
    terminalreporter.section("stale notebooks")
    for notebook, cells in sorted(stale.items()):
        terminalreporter.line(f"{notebook}: {'cell' if len(cells) == 1 else 'cells'} {', '.join(cells)}")
    for line in (
        "What these cells show is not what the seeds and the code give now. `make notebooks` runs them again",
        "and stores what they show: read it (`git diff notebooks/`), then run `make test` again.",
    ):
        terminalreporter.line(line)
