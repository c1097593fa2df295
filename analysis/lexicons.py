"""Load the word lists of `analysis/lexicons/*.csv` and look words up in them.

A list is a CSV of closed forms, one form a row: `surface` (one word or several), `tag`, `value`, and an
`example`, a phrase of our own in which the row must match (a test runs every one). Spelling variants and
glued prefixes are no rows: the key of a word folds the first, `Lexicon.find` takes off the second.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.text import Remembered, Tokens, fold, stems, tokenize

_FOLDER = Path(__file__).parent / "lexicons"
_COLUMNS = ("surface", "tag", "value", "example")


class LexiconError(ValueError):
    """Say which row of which word list is wrong, and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row: its words' keys, its tag, its value, and the row's further columns by name."""

    surface: str
    keys: tuple[str, ...]
    tag: str
    value: str
    example: str
    extra: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


class Found(NamedTuple):
    """Hold an entry found at tokens `first` up to, not including, `stop`, behind `proclitics`."""

    entry: Entry
    first: int
    stop: int
    proclitics: str


class Lexicon:
    """Look up entries at a place in a token list, longest first.

    >>> months = load("months")
    >>> found = months.find(tokenize("وكانون الثاني"), 0)
    >>> found.entry.value, found.stop, found.proclitics
    ('1', 2, 'و')
    """

    def __init__(self, name: str, entries: list[Entry]) -> None:
        self.name = name
        self.entries = entries
        self._by_first: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda e: -len(e.keys)):
            self._by_first.setdefault(entry.keys[0], []).append(entry)
        self._candidates = Remembered(self._find_candidates)

    def _find_candidates(self, key: str) -> list[tuple[str, Entry, list[str]]]:
        """Return what may begin with a word: its proclitics, the entry, and the words that must follow."""
        found = [(clitics, e, list(e.keys[1:])) for clitics, rest in stems(key) for e in self._by_first.get(rest, ())]
        found.sort(key=lambda c: -len(c[2]))
        return found

    def may_begin(self, key: str, tag: str = "") -> bool:
        """Tell from a folded word alone whether an entry, of one tag if that is given, can begin with it."""
        return any(not tag or entry.tag == tag for _, entry, _ in self._candidates[key])

    def single(self, key: str) -> Entry | None:
        """Return the entry of one word for a folded word, proclitics off, or None."""
        return next((entry for _, entry, following in self._candidates[key] if not following), None)

    def find(self, tokens: Tokens, i: int) -> Found | None:
        """Return the longest entry that begins at token `i`, or None."""
        keys = tokens.keys
        if not 0 <= i < len(keys):  # rules ask for neighbours; the one before the first is none, and not the last
            return None
        for proclitics, entry, following in self._candidates[keys[i]]:
            stop = i + 1 + len(following)
            if not following or keys[i + 1 : stop] == following:
                return Found(entry, i, stop, proclitics)
        return None

    def tags(self) -> set[str]:
        return {entry.tag for entry in self.entries}


@cache
def load(name: str) -> Lexicon:
    """Read the list `name`; raise `LexiconError` for a duplicate, an empty cell or a wrong heading."""
    path = _FOLDER / f"{name}.csv"
    entries: list[Entry] = []
    seen: dict[tuple[str, ...], int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ())[:4] != _COLUMNS:
            raise LexiconError(f"{path.name}: the first columns must be {', '.join(_COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            if not row["surface"] or not row["tag"] or not row["example"]:
                raise LexiconError(f"{path.name}, line {line}: surface, tag and example may not be empty")
            keys = tuple(w.key for w in tokenize(row["surface"]).words)
            if keys in seen:
                raise LexiconError(
                    f"{path.name}, line {line}: {row['surface']} folds to the same form as line {seen[keys]}"
                )
            seen[keys] = line
            extra = {k: v for k, v in row.items() if k not in _COLUMNS}
            entries.append(Entry(row["surface"], keys, row["tag"], row["value"], row["example"], extra))
    return Lexicon(name, entries)


def matches_example(lexicon: Lexicon, entry: Entry) -> bool:
    """Tell whether an entry is found in its own example, as the tests ask of every row."""
    tokens = tokenize(entry.example)
    return any((found := lexicon.find(tokens, i)) and found.entry == entry for i in range(len(tokens)))


__all__ = ["Entry", "Found", "Lexicon", "LexiconError", "fold", "load", "matches_example"]
