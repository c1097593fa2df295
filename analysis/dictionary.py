"""Read `dictionary.csv`: the columns of every table, with their types and what they hold; and name the acts."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

TYPES = ("text", "integer", "number", "boolean", "date")
ACTS = (
    "statement",
    "assessment",
    "warning",
    "recommendation",
    "accusation",
    "denial",
    "announcement",
    "commitment",
)


@cache
def dictionary() -> dict[str, dict[str, tuple[str, str, str]]]:
    """Return the data dictionary: for each table its columns in order, each with type, description and Arabic label.

    >>> list(dictionary())
    ['claims', 'quantities', 'dates', 'timeline', 'sources', 'figures', 'places', 'changes', 'questions']
    >>> dictionary()["claims"]["act"][0]
    'text'
    """
    found: dict[str, dict[str, tuple[str, str, str]]] = {}
    with (Path(__file__).parent / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns = found.setdefault(row["table"], {})
            if row["column"] in columns or row["type"] not in TYPES:
                raise ValueError(f"dictionary.csv: {row['table']}.{row['column']} is named twice or has no known type")
            columns[row["column"]] = (row["type"], row["description"], row["label_ar"])
    return found
