"""Change the files of a folder of seeds: one writer at a time, and whole or not at all.

A seed is its text and a row of the index; often also the page it came from. An article whose row went
missing reads «أمس» without a day, and nobody is told: so the files change together, or none does, and a
table that a spreadsheet wrote keeps its own shape.

>>> put_row(b"id;outlet\\r\\na;x\\r\\n", ("id", "outlet"), {"id": "b", "outlet": "y"})
b'id;outlet\\r\\na;x\\r\\nb;y\\r\\n'
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from analysis.seeds import SeedError, delimiter_of

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LOCK = ".lock"


@contextmanager
def locked(folder: Path, timeout: float = 30.0) -> Iterator[None]:
    """Hold the folder's lock (its hidden file `.lock`); raise `SeedError` if another holds it too long."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, timeout=timeout)
    try:
        lock.acquire()
    except Timeout:
        raise SeedError(f"Something else is writing in {folder}; wait until it is done, then try again.") from None
    except OSError as error:
        raise SeedError(_refusal(folder, error)) from None
    try:
        yield
    finally:
        lock.release()


def write_together(folder: Path, files: Mapping[Path, bytes | None]) -> None:
    """Write files of the folder, all or none; raise `SeedError`, also for one outside. None removes a file.

    New contents are first written in full beside their places, then renamed in the order given. When a
    rename fails, those already done are undone. A machine that stops between two renames can leave the
    first files without the last.
    """
    fresh: dict[Path, Path] = {}
    old: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            place = path.resolve()
            if not place.is_relative_to(folder.resolve()):
                raise SeedError(f"{path} leads to {place}, outside the folder; take the link away first.")
            old[place] = place.read_bytes() if place.is_file() else None
            if content is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                fresh[place] = _write_beside(place, content)
        done: list[Path] = []
        try:
            for path in files:
                place = path.resolve()
                done.append(place)
                if place in fresh:
                    os.replace(fresh[place], place)
                else:
                    place.unlink(missing_ok=True)
        except BaseException:
            for place in done:
                _put_back(place, old[place])
            raise
    except OSError as error:
        raise SeedError(_refusal(error.filename or "the folder of seeds", error)) from error
    finally:
        for left in fresh.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)


def put_row(
    data: bytes | None,
    columns: Sequence[str],
    cells: Mapping[str, str],
    same: Callable[[Mapping[str, str]], bool] = lambda row: False,
) -> bytes:
    """Return a CSV with one more row, or with the row for which `same` holds replaced.

    The mark between cells, the line ends, a byte order mark, the order of columns and the other rows stay.
    A column that the cells need and the file lacks is added at the end. Without data, a new file.

    >>> put_row(None, ("id", "note"), {"id": "a", "note": "x, y"})
    b'id,note\\na,"x, y"\\n'
    >>> put_row(b"id\\na\\n", ("id", "note"), {"id": "a", "note": "y"}, lambda row: row["id"] == "a")
    b'id,note\\na,y\\n'
    """
    text = (data or b"").decode("utf-8")
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    delimiter = delimiter_of(text)
    end = "\r\n" if "\r\n" in text else "\n"
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if any(row)]
    if not rows:
        whole = [list(columns), [cells.get(name, "") for name in columns]]
        return (mark + _csv(whole, delimiter, end)).encode("utf-8")
    while rows[0] and not rows[0][-1].strip():
        rows[0].pop()
    header = [name.strip().lower() for name in rows[0]]
    added = [name for name in columns if cells.get(name) and name not in header]
    header += added
    fresh = [cells.get(name, "") for name in header]
    at = next((i for i, row in enumerate(rows) if i and same(dict(zip(header, row, strict=False)))), None)
    if at is None and not added:
        gap = "" if text.endswith(("\n", "\r")) else end
        return (mark + text + gap + _csv([fresh], delimiter, end)).encode("utf-8")
    width = len(rows[0])
    for number, row in enumerate(rows[1:], start=2):
        if any(row[width:]):
            raise SeedError(f"row {number} of the table has more cells than columns; put that right first")
    whole = [rows[0] + added, *([*row[:width], *[""] * (len(header) - len(row[:width]))] for row in rows[1:])]
    if at is None:
        whole.append(fresh)
    else:
        whole[at] = fresh
    return (mark + _csv(whole, delimiter, end)).encode("utf-8")


def _csv(rows: list[list[str]], delimiter: str, end: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


def _write_beside(place: Path, content: bytes) -> Path:
    beside = place.with_name(f".{uuid4().hex}.new")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.is_file():
            shutil.copymode(place, beside)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return beside


def _put_back(place: Path, content: bytes | None) -> None:
    with suppress(OSError):
        if content is None:
            place.unlink(missing_ok=True)
        elif not place.is_file() or place.read_bytes() != content:
            os.replace(_write_beside(place, content), place)


def _refusal(what: object, error: OSError) -> str:
    why = error.strerror or str(error)
    return f"{what} cannot be written ({why}); close what holds it open, or give yourself leave to write."
