"""Write what was found for other programs; every file is whole or not there.

CSV is for spreadsheets: UTF-8 with a mark that Excel wants, CRLF, and a quotation mark before a cell that a
spreadsheet would run as a formula. `datapackage.json` (Frictionless) describes the columns beside it. A workbook
(XLSX) runs from right to left and keeps numbers and days as such. TimelineJS and Web Annotation (W3C) are JSON:
an annotation quotes the words and what is around them, since offsets alone are lost when a text changes, and names
the SHA-256 of the text that its offsets fit.

>>> sorted(FORMATS)
['annotations', 'csv', 'jsonl', 'timelinejs', 'xlsx']
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from analysis.claims import OUTLET, Analysis
from analysis.dictionary import dictionary
from analysis.records import as_record
from analysis.seeds import sha256
from analysis.tables import TABLES, timeline_table
from analysis.text import Span

_FIELDS = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell: a quotation mark before = + - @ at its beginning.

    >>> guard("=1+1"), guard("-5%"), guard("نص")
    ("'=1+1", "'-5%", 'نص')
    """
    return "'" + cell if cell.startswith(_FORMULA) else cell


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; raise `OSError` naming its folder."""
    try:
        _write_whole(path, content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        why = f"{path.name} cannot be written to {path.parent}: {error.strerror or error}; choose another folder"
        raise OSError(why) from error


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def as_csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV text for spreadsheets: a byte order mark, CRLF, days as 2026-01-20, formulas guarded."""
    shown = frame.copy()
    for name in shown.columns:
        if isinstance(shown[name].dtype, pd.StringDtype):
            shown[name] = shown[name].map(guard, na_action="ignore")
        elif pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        elif isinstance(shown[name].dtype, pd.BooleanDtype):
            shown[name] = shown[name].map({True: "true", False: "false"}, na_action="ignore")
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + str(shown.to_csv(index=False, lineterminator="\r\n"))


def data_package(name: str, tables: Mapping[str, str], analyses: Sequence[Analysis]) -> dict[str, Any]:
    """Return the Frictionless description of CSV files: `tables` maps each table to its file's name."""
    return {
        "profile": "tabular-data-package",
        "name": name,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "path": file,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {
                    "fields": [
                        {"name": column, "type": _FIELDS[kind], "description": text, "title": label}
                        for column, (kind, text, label) in dictionary()[table].items()
                    ],
                    "missingValues": [""],
                },
            }
            for table, file in tables.items()
        ],
        "sources": [
            {"title": a.article.title or a.article.id, "path": f"{a.article.id}.txt", "sha256": sha256(a.article)}
            for a in analyses
        ],
    }


def write_tables(analyses: Sequence[Analysis], folder: Path) -> list[Path]:
    """Write every table as CSV, and datapackage.json, into a folder; return the files."""
    return export(analyses, folder, "csv")


def export(analyses: Sequence[Analysis], folder: Path | str, format: str) -> list[Path]:
    """Write analyses into a folder in one of the `FORMATS`; return the files.

    csv: each table, and datapackage.json. xlsx: tables.xlsx, a sheet a table. timelinejs: timeline.json.
    annotations: a file of Web Annotations an article. jsonl: articles.jsonl, the records of `extract`.
    All is made before the first file is written.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    folder = Path(folder)
    written = []
    for name, content in FORMATS[format](analyses).items():
        write_file(folder / name, content)
        written.append(folder / name)
    return written


def _csv(analyses: Sequence[Analysis]) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"{table}.csv": as_csv(make(analyses)) for table, make in TABLES.items()}
    package = data_package("arabic-news-claims", {table: f"{table}.csv" for table in TABLES}, analyses)
    return {**files, "datapackage.json": _json(package)}


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _jsonl(analyses: Sequence[Analysis]) -> dict[str, str | bytes]:
    return {"articles.jsonl": "".join(json.dumps(as_record(a), ensure_ascii=False) + "\n" for a in analyses)}


# --- a workbook ---------------------------------------------------------------------------------------------

_WIDTHS = {"text": 60, "label": 60, "source": 34, "claimant": 34, "name": 28, "description": 80, "note": 40}
_CELL_LIMIT = 32_767  # characters that a cell may hold
# What XML cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def _xlsx(analyses: Sequence[Analysis]) -> dict[str, str | bytes]:
    return {"tables.xlsx": as_workbook({table: make(analyses) for table, make in TABLES.items()})}


def as_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return tables of the pack as a workbook (XLSX), the last sheet saying what each column holds.

    Sheets run from right to left under a frozen heading. A text is a text whatever it begins with, so that no cell
    is run; numbers, days and truth values keep their types. The same tables give the same bytes.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table, frame in tables.items():
        rows = ([_plain(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
        _sheet(book, table, list(frame.columns), rows)
    described = (
        [table, column, kind, text, label]
        for table in tables
        for column, (kind, text, label) in dictionary()[table].items()
    )
    _sheet(book, "dictionary", ["table", "column", "type", "description", "label_ar"], described)
    made = io.BytesIO()
    book.save(made)
    return _undated(made.getvalue())


def _sheet(book: Any, title: str, names: Sequence[str], rows: Iterator[list[Any]] | Any) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    wrapped = Alignment(vertical="top", horizontal="right", wrap_text=True, readingOrder=2)
    plain = Alignment(vertical="top")
    for k, name in enumerate(names, start=1):
        _write(sheet, 1, k, name, wrapped)
        sheet.cell(1, k).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(k)].width = _WIDTHS.get(name, 14)
    for n, row in enumerate(rows, start=2):
        for k, value in enumerate(row, start=1):
            _write(sheet, n, k, value, wrapped if isinstance(value, str) else plain)
    sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Any, row: int, column: int, value: Any, alignment: Any) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)
        cell.value = text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - 1] + "…"
        cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
        cell.quotePrefix = text.startswith(_FORMULA)  # and a spreadsheet does when somebody edits the cell
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    cell.alignment = alignment


def _plain(cell: Any) -> Any:
    """Return a cell of a table as text, int, float, bool, day or None."""
    if cell is None or cell is pd.NA or cell is pd.NaT or cell != cell:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, (str, date)):
        return cell
    value = cell.item() if hasattr(cell, "item") else cell
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _undated(book: bytes) -> bytes:
    """Return a workbook without the times at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# --- TimelineJS -----------------------------------------------------------------------------------------------


_GROUPS = 6
_ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")
_LATIN = re.compile("[A-Za-z]")


def _timelinejs(analyses: Sequence[Analysis]) -> dict[str, str | bytes]:
    return {"timeline.json": _json(as_timelinejs(analyses))}


def as_timelinejs(analyses: Sequence[Analysis]) -> dict[str, Any]:
    """Return the events that have a place in time as a TimelineJS timeline.

    TimelineJS shows text as markup, so texts are escaped; it cannot show an event without a day, a month or a year.
    Groups stand in rows of their own, at most as many as leave the events some room.

    >>> as_timelinejs([])
    {'events': []}
    """
    titles = {a.article.id: a.article.title or a.article.id for a in analyses}
    stories = {a.article.story or a.article.id for a in analyses}
    frame = timeline_table(analyses)
    events = []
    for cells in frame.to_dict("records"):
        row = {str(name): _plain(cell) for name, cell in cells.items()}
        if row["period_start"] is None:
            continue
        event: dict[str, Any] = {
            "unique_id": re.sub(r"\W+", "-", row["event_id"]),
            "start_date": _moment(row["period_start"], row["precision"]),
            "display_date": _display(row),
            "group": _group(row["story"] if len(stories) > 1 else row["sources"]),
            "text": {
                "headline": escape(row["label"] or row["text"] or titles[row["seed"]]),
                "text": f'<p dir="rtl" lang="ar">{escape(row["sources"])}</p>'
                f'<p dir="auto">{escape(titles[row["seed"]])}</p>',
            },
        }
        if row["period_end"] not in (None, row["period_start"]) and row["precision"] in ("range", "month", "year"):
            event["end_date"] = _moment(row["period_end"], row["precision"])
        events.append(event)
    if len({event["group"] for event in events}) > _GROUPS:
        for event in events:
            del event["group"]
    return {"events": events}


def _group(label: str) -> str:
    """Return a group's label; one of Arabic and Latin words runs from the right as a whole.

    >>> _group("ACR؛ الوزارة") == f"\N{RIGHT-TO-LEFT ISOLATE}ACR؛ الوزارة\N{POP DIRECTIONAL ISOLATE}"
    True
    """
    if not (_ARABIC.search(label) and _LATIN.search(label)):
        return label
    return f"\N{RIGHT-TO-LEFT ISOLATE}{label}\N{POP DIRECTIONAL ISOLATE}"


def _moment(day: date, precision: str) -> dict[str, int]:
    moment = {"year": day.year}
    if precision != "year":
        moment["month"] = day.month
    if precision not in ("year", "month"):
        moment["day"] = day.day
    return moment


def _display(row: Mapping[str, Any]) -> str:
    start, end, precision = row["period_start"], row["period_end"], row["precision"]
    size = {"year": 4, "month": 7}.get(precision, 10)
    first, last = start.isoformat()[:size], (end or start).isoformat()[:size]
    return first if first == last else f"{first} – {last}"


# --- Web Annotation -------------------------------------------------------------------------------------------

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sha256": "http://id.loc.gov/vocabulary/preservation/cryptographicHashFunctions/sha256"},
]


def _annotations(analyses: Sequence[Analysis]) -> dict[str, str | bytes]:
    return {f"{a.article.id}.annotations.json": _json(as_annotations(a)) for a in analyses}


def as_annotations(analysis: Analysis) -> dict[str, Any]:
    """Return a W3C annotation page: sources, cues, claims, figures and dates, each with two selectors.

    Offsets count characters (code points) of the decoded text, as Python's slices do.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> page = as_annotations(analyse(Article("bridge", "قالت الوزارة إن الجسر انهار.")))
    >>> [(a["body"][0]["value"], a["target"]["selector"][0]["exact"]) for a in page["items"]]
    [('claim', 'إن الجسر انهار'), ('cue', 'قالت'), ('source', 'الوزارة')]
    """
    article = analysis.article
    digest = sha256(article)
    source = {
        "id": f"{percent(article.id)}.txt",
        "type": "Text",
        "format": "text/plain",
        "language": "ar",
        "sha256": digest,
        **({"via": article.url} if article.url else {}),
    }
    items = [_annotation(article.text, digest, source, *found) for found in _found(analysis)]
    return {
        "@context": _CONTEXT,
        "id": _urn(digest, "page"),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


def _found(analysis: Analysis) -> Iterator[tuple[str, str, Span, list[str], dict[str, Any]]]:
    """Yield label, kind, place, tags and facts of all that is annotated."""
    name = analysis.article.id
    outlet = analysis.article.outlet or OUTLET
    for n, claim in enumerate(analysis.claims, start=1):
        label = f"{name}#c{n}"
        who = claim.source.name if claim.source else outlet
        facts = {"source": who, "attribution": claim.attribution, "rule": claim.rule}
        yield label, "claim", claim.span, [claim.act], facts
        made = claim.made if claim.attribution == "explicit" else None
        if made is None:
            continue
        yield f"{label}-cue", "cue", made.cue, [claim.act], {"claim": label, "verb": made.verb}
        if made.source:
            form = [claim.source.form] if claim.source else []
            yield f"{label}-source", "source", made.source, form, {"claim": label, "source": who}
        for k, relay in enumerate(made.via, start=1):
            yield f"{label}-via{k}" if k > 1 else f"{label}-via", "via", relay, [], {"claim": label}
    for n, quantity in enumerate(analysis.quantities, start=1):
        facts = {k: getattr(quantity, k) for k in ("value", "low", "high", "mod", "unit", "group", "place", "rule")}
        yield f"{name}#q{n}", "quantity", quantity.span, [quantity.role], facts
    for n, when in enumerate(analysis.dates, start=1):
        read = {"value": when.value, "unresolved": when.timex.value, "basis": when.basis, "rule": when.timex.rule}
        yield f"{name}#d{n}", "date", when.timex.span, [when.timex.type], read


def _annotation(
    text: str,
    digest: str,
    source: Mapping[str, Any],
    label: str,
    kind: str,
    span: Span,
    tags: Sequence[str],
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    known = {name: fact for name, fact in facts.items() if fact is not None}
    before, after = _around(text, span)
    return {
        "id": _urn(digest, label),
        "type": "Annotation",
        "motivation": "classifying",
        "label": label,
        "body": [
            *(_body("classifying", tag) for tag in [kind, *tags]),
            _body("describing", json.dumps(known, ensure_ascii=False), "application/json"),
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after},
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return what is right before and after a span: 32 characters, or up to 512 until it stands nowhere else."""
    length = 32
    while True:
        first = max(0, span.start - length)
        quoted = text[first : span.end + length]
        if length >= 512 or (text.find(quoted) == first and text.find(quoted, first + 1) < 0):
            return text[first : span.start], text[span.end : span.end + length]
        length *= 2


def _body(purpose: str, value: str, format: str = "text/plain") -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": format}


def _urn(digest: str, label: str) -> str:
    """Return an id that is the same whenever the same text is annotated."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'sha256:{digest}/{label}')}"


FORMATS: dict[str, Callable[[Sequence[Analysis]], dict[str, str | bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "timelinejs": _timelinejs,
    "annotations": _annotations,
    "jsonl": _jsonl,
}
