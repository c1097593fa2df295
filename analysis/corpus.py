"""Analyse an archive: folders, JSONL and CSV in, Parquet files out, on all cores or on a Dask cluster.

An archive of news is never clean: among a hundred thousand pages stand empty ones, English ones, ones in
Windows-1256, and a night is long enough for somebody to pull the plug. So each article stands alone (one that
fails is logged with its reason), and the work is cut by the order of the input into parts that are whole or not
there: what stops is started again with the same command, and the files are the same whoever did the work.

    DIR/articles/part-00000.parquet, DIR/claims/…, DIR/quantities/…, DIR/dates/…, DIR/sources/…
    DIR/failures.jsonl               one line an article that failed
    DIR/_parts/part-00000.json       what the part was made of, to know it again

>>> sorted(TABLES)
['articles', 'claims', 'dates', 'quantities', 'sources']
"""

from __future__ import annotations

import csv
import json
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from glob import glob, has_magic
from hashlib import sha256
from itertools import chain
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from analysis.dictionary import dictionary
from analysis.seeds import (
    COLUMNS,
    INDEX,
    Article,
    Index,
    SeedError,
    decode,
    delimiter_of,
    id_fault,
    id_key,
    iso_day,
    read_index,
    read_inside,
    text_fault,
)
from analysis.storage import locked, write_together

if TYPE_CHECKING:
    import pandas as pd

    from analysis.claims import Analysis

TABLES = ("articles", "claims", "quantities", "dates", "sources")
ARTICLES = {
    "document": "integer",
    "input": "text",
    "seed": "text",
    "published": "date",
    "outlet": "text",
    "title": "text",
    "url": "text",
    "story": "text",
    "characters": "integer",
    "sentences": "integer",
    "sha256": "text",
}
_DTYPES = {"integer": "Int64", "text": "string", "date": "datetime64[s]"}
_LINES = (".jsonl", ".ndjson")
_ROWS = (".csv", ".tsv")
_SUFFIXES = (".txt", *_LINES, *_ROWS)


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one article of the input, not yet decoded; `place` names it to a reader, `fault` says why it is none."""

    number: int
    place: str
    data: bytes = b""
    cells: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of some documents: a DataFrame a table, and a record a document that failed."""

    tables: dict[str, pd.DataFrame]
    failures: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold what a run did: documents in all, of them failed, and kept from an earlier run."""

    documents: int
    failed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """Hold how the input is cut: documents a unit of work and a part, and the bytes at which either ends sooner."""

    unit: int = 50
    part: int = 1000
    unit_bytes: int = 2_000_000
    part_bytes: int = 32_000_000


def analyse_corpus(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    text: str = "text",
    progress: bool = False,
    sizes: Sizes | None = None,
    encode: Callable[[str, pd.DataFrame], bytes] | None = None,
) -> Summary:
    """Analyse every article of the inputs and write the tables into `out`; return what was done.

    `workers` are processes on this machine, `scheduler` is the address of a Dask scheduler, `text` names the
    column of JSONL and CSV that holds the text. Run again, it keeps each part whose articles and rules are the
    same. Raise `ValueError` for inputs that are not there and for missing packages.
    """
    sizes = sizes or Sizes()
    encode = encode or _parquet()
    paths = find_files(inputs)
    total = count_documents(paths, text) if progress else None
    out.mkdir(parents=True, exist_ok=True)
    with locked(out, timeout=0):
        _sweep(out)
        engine = _Cluster(scheduler) if scheduler else _Processes(workers) if workers > 1 else _Here()
        with _Bar(total, progress) as bar, (out / "failures.jsonl").open("w", encoding="utf-8") as log:
            try:
                return _run(read_documents(paths, text), out, engine, sizes, encode, bar, log)
            finally:
                engine.close()


# --- reading ----------------------------------------------------------------------------------------------------


def find_files(inputs: Sequence[str | Path]) -> list[Path]:
    """Return the files of folders, globs and paths, in the order given and by name; raise `ValueError` for none."""
    found: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            files = sorted(_inside(path), key=lambda p: (id_key(str(p.parent)), id_key(p.name), p))
        elif path.exists():
            files = [path]
        elif has_magic(str(given)):
            files = [Path(name) for name in sorted(glob(str(given), recursive=True)) if not Path(name).is_dir()]
        else:
            raise ValueError(f"{given} does not exist: name a folder, a file ({', '.join(_SUFFIXES)}) or a glob")
        if not files:
            raise ValueError(f"{given} holds no {', '.join(_SUFFIXES)}: name another folder or glob")
        for file in files:
            if file.suffix.lower() not in _SUFFIXES:
                raise ValueError(f"{file}: articles are read from {', '.join(_SUFFIXES)}; save it as one of them")
            found[file] = None
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in _SUFFIXES and name != INDEX and not name.startswith("."):
                yield Path(root, name)


def read_documents(paths: Iterable[Path], text: str = "text") -> Iterator[Document]:
    """Yield the documents of files one by one, numbered from 0; what cannot be read is one with a fault."""
    number = 0
    indexes = _Indexes()
    for path in paths:
        suffix = path.suffix.lower()
        rows = _lines(path, text) if suffix in _LINES else _cells(path, text) if suffix in _ROWS else None
        for place, data, cells, fault in [_file(path, indexes)] if rows is None else rows:
            yield Document(number, place, data, cells, fault)
            number += 1


def count_documents(paths: Iterable[Path], text: str = "text") -> int:
    """Return the number of documents in files, for the progress bar: text files are counted, not opened."""
    count = 0
    for path in paths:
        if path.suffix.lower() in _LINES:
            with suppress(OSError), path.open("rb") as file:
                count += sum(not line.isspace() for line in file)
        elif path.suffix.lower() in _ROWS:
            count += sum(1 for _ in _cells(path, text))
        else:
            count += 1
    return count


_Read = tuple[str, bytes, dict[str, str], str | None]


class _Indexes:
    """Read the index.csv of a folder once, and keep the last one: files come folder by folder."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._index = Index()

    def of(self, folder: Path) -> Index:
        if folder != self._folder:
            self._folder, self._index = folder, read_index(folder)
        return self._index


def _file(path: Path, indexes: _Indexes) -> _Read:
    key = id_key(path.stem)
    index = indexes.of(path.parent)
    cells = {**(index.rows[key].cells if key in index.rows else {}), "id": path.stem}
    data = read_inside(path, path.parent)
    faults = [*index.row_faults.get(key, []), *([wrong] if (wrong := id_fault(path.stem)) else [])]
    if isinstance(data, str):
        faults.append(data)
        data = b""
    return _shown(path), data, {k: v for k, v in cells.items() if k != "note"}, "; ".join(faults) or None


def _lines(path: Path, text: str) -> Iterator[_Read]:
    """Yield the rows of a JSONL file; a line that is no JSON object is a fault of that line alone."""
    try:
        with path.open("rb") as file:
            for line, raw in enumerate(file, start=1):
                if raw.isspace():
                    continue
                place = f"{_shown(path)}:{line}"
                try:
                    row = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
                except (ValueError, RecursionError) as error:
                    yield place, b"", {}, f"is no JSON in UTF-8 ({error}); mend the line"
                    continue
                if not isinstance(row, dict) or not isinstance(row.get(text), str):
                    yield place, b"", {}, f"has no text under “{text}”; name its column with --text"
                    continue
                cells = {k: str(row[k]) for k in COLUMNS if isinstance(row.get(k), str | int)}
                yield _row(place, row[text], {"id": f"{_shown(Path(path.stem))}-{line}", **cells})
    except OSError as error:
        yield _shown(path), b"", {}, f"cannot be read ({error.strerror}); give yourself leave to read it"


def _cells(path: Path, text: str) -> Iterator[_Read]:
    """Yield the rows of a CSV file with a heading; a broken row is a fault of that row alone."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            heading = file.readline()
            delimiter = delimiter_of(heading)
            names = [name.strip() for name in next(csv.reader([heading], delimiter=delimiter), [])]
            if text not in names:
                yield _shown(path), b"", {}, f"has no column “{text}”; name the one that holds the text with --text"
                return
            rows = csv.reader(file, delimiter=delimiter)
            while True:
                line = rows.line_num + 2
                place = f"{_shown(path)}:{line}"
                try:
                    row = dict(zip(names, next(rows), strict=False))
                except StopIteration:
                    return
                except csv.Error as error:
                    yield place, b"", {}, f"is not readable as CSV ({error}); mend the row"
                    continue
                if any(row.values()):
                    cells = {k: row[k].strip() for k in COLUMNS if row.get(k, "").strip()}
                    yield _row(place, row.get(text, ""), {"id": f"{_shown(Path(path.stem))}-{line}", **cells})
    except OSError as error:
        yield _shown(path), b"", {}, f"cannot be read ({error.strerror}); give yourself leave to read it"


def _row(place: str, text: str, cells: dict[str, str]) -> _Read:
    try:
        for cell in cells.values():
            cell.encode("utf-8")
        return place, text.encode("utf-8"), cells, None
    except UnicodeEncodeError:
        return place, b"", {}, "holds bytes or half characters that are not UTF-8; save it again as UTF-8"


def _shown(path: Path) -> str:
    """Return a path as text that every format can hold: bytes of a name that are not UTF-8 as \\xff."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="backslashreplace")


def _printable(text: str) -> str:
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


# --- one unit of work -------------------------------------------------------------------------------------------


def analyse_documents(documents: Sequence[Document]) -> Outcome:
    """Analyse documents, each on its own; return their tables and what failed.

    >>> made = analyse_documents([Document(7, "bridge.txt", "قالت الوزارة إن الجسر انهار.".encode()), Document(8, "x")])
    >>> made.tables["claims"][["document", "source"]].values.tolist(), made.failures[0]["document"]
    ([[7, 'الوزارة']], 8)
    """
    from analysis.claims import analyse

    found: list[tuple[Document, Analysis]] = []
    failures = []
    for document in documents:
        try:
            found.append((document, analyse(_article(document))))
        except Exception as error:
            failures.append(_failure(document, _reason(error)))
    batches = _batches(found)
    try:
        frames = [_frames(batch) for batch in batches]
    except Exception:  # find out whose it is
        frames = []
        for document, analysis in found:
            try:
                frames.append(_frames([(document, analysis)]))
            except Exception as error:
                failures.append(_failure(document, _reason(error)))
    failures.sort(key=lambda failure: failure["document"])
    return Outcome(join(frames), failures)


def _batches(found: Sequence[tuple[Document, Analysis]]) -> list[list[tuple[Document, Analysis]]]:
    """Cut a list so that no id stands twice in a batch: two folders may hold an article of one name."""
    batches: list[list[tuple[Document, Analysis]]] = []
    seen: set[str] = set()
    for document, analysis in found:
        if not batches or analysis.article.id in seen:
            batches.append([])
            seen.clear()
        seen.add(analysis.article.id)
        batches[-1].append((document, analysis))
    return batches


def _frames(batch: Sequence[tuple[Document, Analysis]]) -> dict[str, pd.DataFrame]:
    import pandas as pd

    from analysis import tables

    types = {name: _DTYPES[kind] for name, kind in ARTICLES.items()}
    rows = [_article_row(document, analysis) for document, analysis in batch]
    made = {"articles": pd.DataFrame(rows, columns=list(ARTICLES)).astype(types)}
    numbers = {analysis.article.id: document.number for document, analysis in batch}
    for name in TABLES[1:]:
        made[name] = tables.TABLES[name]([analysis for _, analysis in batch])
        made[name].insert(0, "document", made[name]["seed"].map(numbers).astype("Int64"))
    return made


def join(frames: Sequence[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Return tables one below the other; of none, empty ones with all columns."""
    import pandas as pd

    if len(frames) <= 1:
        return frames[0] if frames else _frames([])
    return {name: pd.concat([frame[name] for frame in frames], ignore_index=True) for name in TABLES}


def _article_row(document: Document, analysis: Analysis) -> dict[str, Any]:
    article = analysis.article
    return {
        "document": document.number,
        "input": document.place,
        "seed": article.id,
        "published": article.published,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "story": article.story,
        "characters": len(article.text),
        "sentences": len(analysis.sentences),
        "sha256": sha256(article.text.encode("utf-8")).hexdigest(),
    }


def _article(document: Document) -> Article:
    if document.fault:
        raise SeedError(document.fault)
    text = decode(document.data)
    if wrong := text_fault(text):
        raise SeedError(wrong)
    cells = document.cells
    published = cells.get("published", "")
    day = iso_day(published[:10] if published[10:11] in ("T", " ") else published)
    if published and day is None:
        raise SeedError(f"published “{published}” is no day; write it as YYYY-MM-DD, for instance 2026-01-21")
    return Article(
        id=cells.get("id") or document.place,
        text=text,
        published=day,
        outlet=cells.get("outlet"),
        title=cells.get("title"),
        url=cells.get("url"),
        retrieved=cells.get("retrieved"),
        story=cells.get("story"),
        path=document.place,
    )


def _failure(document: Document, reason: str) -> dict[str, Any]:
    return {
        "document": document.number,
        "input": document.place,
        "id": _printable(document.cells.get("id", "")) or None,
        "reason": _printable(reason),
    }


def _reason(error: Exception) -> str:
    if isinstance(error, SeedError):
        return str(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"


# --- parts ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """Hold a part while it is made; `kept` holds the failures of one that is there already."""

    number: int
    digest: str
    size: int
    kept: list[dict[str, Any]] | None = None
    outcomes: list[Outcome] = field(default_factory=list)


def _run(
    documents: Iterator[Document],
    out: Path,
    engine: _Engine,
    sizes: Sizes,
    encode: Callable[[str, pd.DataFrame], bytes],
    bar: _Bar,
    log: TextIO,
) -> Summary:
    """Send what is not there through the engine, in the order of the input, and write each part when it is whole."""
    failed = kept = count = parts = 0
    pending: deque[tuple[_Part, Sequence[Document], Any]] = deque()

    def finish() -> None:
        nonlocal failed
        part, unit, handle = pending.popleft()
        if unit:
            part.outcomes.append(engine.result(unit, handle))
            bar.step(len(unit))
            return
        failures = part.kept if part.kept is not None else _write(part, out, encode)
        failed += len(failures)
        log.writelines(json.dumps(failure, ensure_ascii=False) + "\n" for failure in failures)
        log.flush()

    for number, found in enumerate(_cut(documents, sizes.part, sizes.part_bytes)):
        parts, count = number + 1, count + len(found)
        part = _Part(number, _digest(found), len(found))
        part.kept = _kept(out, part)
        if part.kept is not None:
            kept += part.size
            bar.keep(part.size)
        else:
            for unit in _cut(iter(found), sizes.unit, sizes.unit_bytes):
                pending.append((part, unit, engine.submit(unit)))
                while len(pending) > engine.window:
                    finish()
        pending.append((part, (), None))
    while pending:
        finish()
    _drop_after(out, parts)
    return Summary(count, failed, kept)


def _cut(documents: Iterator[Document], most: int, most_bytes: int) -> Iterator[list[Document]]:
    """Cut documents into lists of at most so many documents and, but for a single larger one, so many bytes.

    >>> found = [Document(n, "", b"x" * size) for n, size in enumerate((1, 1, 9, 1, 1, 1))]
    >>> [[d.number for d in cut] for cut in _cut(iter(found), 3, 5)]
    [[0, 1], [2], [3, 4, 5]]
    """
    cut: list[Document] = []
    size = 0
    for document in documents:
        if cut and (len(cut) == most or size + len(document.data) > most_bytes):
            yield cut
            cut, size = [], 0
        cut.append(document)
        size += len(document.data)
    if cut:
        yield cut


def _write(part: _Part, out: Path, encode: Callable[[str, pd.DataFrame], bytes]) -> list[dict[str, Any]]:
    """Write the tables of a part, then the marker that says it is whole; return its failures."""
    tables = join([outcome.tables for outcome in part.outcomes])
    failures = [failure for outcome in part.outcomes for failure in outcome.failures]
    part.outcomes.clear()
    marker = {"digest": part.digest, "documents": part.size, "failures": failures}
    files = {_place(out, name, part.number): encode(name, tables[name]) for name in TABLES}
    marked = _marker(out, part.number)
    # A marker of older contents goes first: a part that is half new must not look whole.
    marked.unlink(missing_ok=True)
    write_together(out, {**files, marked: json.dumps(marker, ensure_ascii=False).encode("utf-8")})
    return failures


def _kept(out: Path, part: _Part) -> list[dict[str, Any]] | None:
    """Return the failures of a part that an earlier run made from the same articles by the same rules, or None."""
    try:
        marker = json.loads(_marker(out, part.number).read_bytes())
        same = marker["digest"] == part.digest
        failures: list[dict[str, Any]] = marker["failures"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return failures if same and all(_place(out, name, part.number).is_file() for name in TABLES) else None


def _digest(part: Sequence[Document]) -> str:
    found = sha256(rules_digest().encode())
    for document in part:
        found.update(repr((document.number, document.place, sorted(document.cells.items()), document.fault)).encode())
        found.update(sha256(document.data).digest())
    return found.hexdigest()


@cache
def rules_digest() -> str:
    """Return the SHA-256 of the package's code and word lists: with other rules, results are other ones."""
    found = sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".csv"):
            found.update(path.relative_to(folder).as_posix().encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _place(out: Path, table: str, number: int) -> Path:
    return out / table / f"part-{number:05d}.parquet"


def _marker(out: Path, number: int) -> Path:
    return out / "_parts" / f"part-{number:05d}.json"


def _drop_after(out: Path, parts: int) -> None:
    """Take away the parts of an earlier run with more articles."""
    for marker in (out / "_parts").glob("part-*.json"):
        number = int(marker.stem.removeprefix("part-"))
        if number >= parts:
            marker.unlink()
            for name in TABLES:
                _place(out, name, number).unlink(missing_ok=True)


def _sweep(out: Path) -> None:
    """Take away files that a killed run left half written."""
    for name in (*TABLES, "_parts"):
        for left in (out / name).glob(".*.new"):
            left.unlink()


def _parquet() -> Callable[[str, pd.DataFrame], bytes]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ValueError(
            "corpus writes Parquet and needs pyarrow: install it (`pip install pyarrow`, or "
            "`uv pip install pyarrow`), then run the command again"
        ) from None
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    schemas = {"articles": pa.schema([(name, types[kind]) for name, kind in ARTICLES.items()])}
    for table in TABLES[1:]:
        columns = [(name, types[kind]) for name, (kind, _, _) in dictionary()[table].items()]
        schemas[table] = pa.schema([("document", pa.int64()), *columns])

    def encode(table: str, frame: pd.DataFrame) -> bytes:
        # Without the metadata of pandas: the same bytes whichever version of it made the frame.
        made = pa.Table.from_pandas(frame, schemas[table], preserve_index=False).replace_schema_metadata(None)
        sink = pa.BufferOutputStream()
        pq.write_table(made, sink)
        return bytes(sink.getvalue())

    return encode


# --- engines ----------------------------------------------------------------------------------------------------


class _Engine(Protocol):
    """Run units of work; at most `window` of them are under way, so that memory stays flat."""

    window: int

    def submit(self, unit: Sequence[Document]) -> Any: ...

    def result(self, unit: Sequence[Document], handle: Any) -> Outcome: ...

    def close(self) -> None: ...


class _Here:
    """Run units in this process, one after the other."""

    window = 0

    def submit(self, unit: Sequence[Document]) -> Outcome:
        return analyse_documents(unit)

    def result(self, unit: Sequence[Document], handle: Any) -> Outcome:
        outcome: Outcome = handle
        return outcome

    def close(self) -> None:
        return


class _Processes:
    """Run units in processes of this machine; a process that dies is replaced, and its articles tried again."""

    def __init__(self, workers: int, work: Callable[[Sequence[Document]], Outcome] | None = None) -> None:
        self.window = 2 * workers + 2
        self._workers = workers
        self._work = work or analyse_documents
        self._pool = self._start(workers)

    def submit(self, unit: Sequence[Document]) -> Any:
        try:
            return self._pool.submit(self._work, unit)
        except BrokenProcessPool:
            self._renew()
            return self._pool.submit(self._work, unit)

    def result(self, unit: Sequence[Document], handle: Any) -> Outcome:
        for made in (handle, None):
            with suppress(BrokenProcessPool):
                outcome: Outcome = (made or self.submit(unit)).result()
                return outcome
        return _one_by_one(unit, self._alone)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, document: Document) -> Outcome | None:
        with self._start(1) as pool, suppress(BrokenProcessPool):
            return pool.submit(self._work, [document]).result()
        return None

    def _renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start(self._workers)

    @staticmethod
    def _start(workers: int) -> ProcessPoolExecutor:
        # A forked process would share the threads of the progress bar: start a fresh one, as on every system.
        return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Make a worker leave Ctrl-C to its parent, and end with a parent that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


class _Cluster:
    """Run units on the workers of a Dask scheduler; one that dies is replaced by the others."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise ValueError(
                "--scheduler needs Dask: install it here and on the workers (`pip install dask distributed`, or "
                "`uv pip install dask distributed`), then run the command again"
            ) from None
        self._killed: type[Exception] = KilledWorker
        self._client = Client(address)
        try:
            self._client.wait_for_workers(1, timeout=30)
        except TimeoutError:
            self.close()
            raise ValueError(f"{address} has no workers: start some (`dask worker {address}`)") from None
        others = set(self._client.run(rules_digest).values()) - {rules_digest()}
        if others:
            self.close()
            raise ValueError(f"the workers of {address} have another version of this package: install the same one")
        self.window = 2 * sum(self._client.ncores().values()) + 2

    def submit(self, unit: Sequence[Document]) -> Any:
        return self._client.submit(analyse_documents, unit, pure=False)

    def result(self, unit: Sequence[Document], handle: Any) -> Outcome:
        with suppress(self._killed):
            outcome: Outcome = handle.result()
            return outcome
        return _one_by_one(unit, self._alone)

    def close(self) -> None:
        self._client.close()

    def _alone(self, document: Document) -> Outcome | None:
        with suppress(self._killed):
            outcome: Outcome = self.submit([document]).result()
            return outcome
        return None


def _one_by_one(unit: Sequence[Document], alone: Callable[[Document], Outcome | None]) -> Outcome:
    """Find the article that kills the process that reads it, and log it as one that failed."""
    outcomes = []
    for document in unit:
        fatal = [_failure(document, "the process that read it was killed (out of memory?)")]
        outcomes.append(alone(document) or Outcome(join([]), fatal))
    return Outcome(join([o.tables for o in outcomes]), list(chain.from_iterable(o.failures for o in outcomes)))


class _Bar:
    """Show how many articles are done, how many a second, and the time left; kept ones count for none of it."""

    def __init__(self, total: int | None, shown: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, unit=" articles", disable=None if shown else True, dynamic_ncols=True)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *raised: object) -> None:
        self._bar.close()

    def step(self, count: int) -> None:
        self._bar.update(count)

    def keep(self, count: int) -> None:
        if self._bar.total is not None:
            self._bar.total -= count
            self._bar.refresh()
