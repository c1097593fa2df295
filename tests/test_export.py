"""What is exported: selectors that find their words again, no cell that runs, files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.claims import Analysis, analyse
from analysis.dictionary import dictionary
from analysis.export import (
    FORMATS,
    as_annotations,
    as_csv,
    as_timelinejs,
    as_workbook,
    export,
    write_file,
    write_tables,
)
from analysis.records import as_record
from analysis.seeds import Article, read_seeds, sha256
from analysis.tables import TABLES, claims_table, timeline_table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"]
TEXT = (
    '=HYPERLINK("http://x") قال\n\n'
    "قالت الوزارة إن 3 عمال قُتلوا أمس. قالت الوزارة إن 3 عمال قُتلوا أمس.\n"
    "وقال شاهد: «<b>=1+1</b> رأيت ذلك في عام 2013 ثم عدت»."
)


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    bridge = Article(
        "bridge", TEXT, date(2026, 1, 21), outlet="=outlet", title="<b>جسر</b>", url="https://example.org/"
    )
    return [analyse(bridge), *(analyse(a) for a in read_seeds("tests/articles"))]


# --- all formats ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written_and_is_the_same_again(analyses: list[Analysis], tmp_path: Path, format: str) -> None:
    first = export(analyses, tmp_path / "a", format)
    again = export(analyses, tmp_path / "b", format)
    assert first and [p.read_bytes() for p in first] == [p.read_bytes() for p in again]
    assert sorted(os.listdir(tmp_path / "a")) == sorted(p.name for p in first)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_read_is_no_error(tmp_path: Path, format: str) -> None:
    export([], tmp_path, format)


def test_an_unknown_format_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no format 'docx'; there are: csv, xlsx"):
        export([], tmp_path, "docx")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_cannot_be_written_leaves_the_old_one(
    analyses: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    before = {p: p.read_bytes() for p in export(analyses[:1], tmp_path, format)}

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        export(analyses, tmp_path, format)
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_nothing_is_written_when_a_later_table_fails(
    analyses: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Any) -> pd.DataFrame:
        raise ValueError("places")

    monkeypatch.setitem(TABLES, "places", fail)
    with pytest.raises(ValueError, match="places"):
        export(analyses, tmp_path / "out", "csv")
    assert not (tmp_path / "out").exists()


def test_a_half_written_file_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "chmod", fail)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.csv", "x")
    assert not list(tmp_path.iterdir())


# --- CSV ------------------------------------------------------------------------------------------------------


def test_csv_has_a_mark_crlf_and_no_formula(analyses: list[Analysis], tmp_path: Path) -> None:
    for path in write_tables(analyses, tmp_path):
        if path.suffix != ".csv":
            continue
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert rows[0] == list(dictionary()[path.stem]) and len({len(row) for row in rows}) == 1
        text = [k for k, (kind, _, _) in enumerate(dictionary()[path.stem].values()) if kind == "text"]
        assert not [row[k] for row in rows[1:] for k in text if row[k].startswith(tuple("=+-@\t\r"))]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_guarded(formula: str) -> None:
    frame = pd.DataFrame({"text": pd.Series([formula], dtype="string")})
    rows = list(csv.reader(io.StringIO(as_csv(frame).removeprefix("\ufeff"), newline="")))
    assert rows[1] == ["'" + formula]


def test_the_data_package_has_the_shape_of_frictionless(analyses: list[Analysis], tmp_path: Path) -> None:
    files = write_tables(analyses, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert [r["name"] for r in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]) in files
        header = (tmp_path / resource["path"]).read_text("utf-8-sig").split("\n")[0].strip().split(",")
        fields = resource["schema"]["fields"]
        assert [f["name"] for f in fields] == header
        assert {f["type"] for f in fields} <= {"string", "integer", "number", "boolean", "date"}
        assert all(f["description"] and f["title"] for f in fields)
    assert [s["sha256"] for s in package["sources"]] == [sha256(a.article) for a in analyses]


# --- a workbook -----------------------------------------------------------------------------------------------


def test_a_workbook_has_typed_cells_from_right_to_left(analyses: list[Analysis], tmp_path: Path) -> None:
    (path,) = export(analyses, tmp_path, "xlsx")
    book = load_workbook(path)
    assert book.sheetnames == [*TABLES, "dictionary"]
    for table, make in TABLES.items():
        sheet, frame = book[table], make(analyses)
        assert sheet.sheet_view.rightToLeft and sheet.freeze_panes == "A2"
        assert sheet.max_row == len(frame) + 1
        assert [c.value for c in sheet[1]] == list(frame.columns)
        kinds = [kind for kind, _, _ in dictionary()[table].values()]
        wanted: dict[str, Any] = {"text": str, "integer": int, "number": (int, float), "boolean": bool, "date": date}
        for row in sheet.iter_rows(min_row=2):
            for cell, kind in zip(row, kinds, strict=True):
                assert cell.data_type != "f"
                assert cell.value is None or isinstance(cell.value, wanted[kind])
    assert book["dictionary"].max_row == 1 + sum(len(columns) for columns in dictionary().values())


def test_no_cell_of_a_workbook_runs() -> None:
    claims = claims_table([analyse(Article("bridge", TEXT))])
    shown = claims.iloc[[0] * len(FORMULAS)].assign(text=FORMULAS, source="#N/A", cue="a\x01b", hedges="x" * 40_000)
    data = as_workbook({"claims": shown})
    sheet = load_workbook(io.BytesIO(data))["claims"]
    column = {str(c.value): k for k, c in enumerate(sheet[1])}
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[column["text"]].value for row in rows[:4]] == FORMULAS[:4]
    assert all(row[column[name]].data_type == "s" for row in rows for name in ("text", "source"))
    assert all(row[column["text"]].quotePrefix for row in rows)
    assert rows[0][column["cue"]].value == "a\N{REPLACEMENT CHARACTER}b"
    assert len(str(rows[0][column["hedges"]].value)) == 32_767
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


# --- TimelineJS -----------------------------------------------------------------------------------------------


def test_a_timeline_has_what_timelinejs_needs(analyses: list[Analysis]) -> None:
    events = as_timelinejs(analyses)["events"]
    placed = timeline_table(analyses)["period_start"].notna().sum()
    assert len(events) == placed > 0
    assert len({e["unique_id"] for e in events}) == placed
    for event in events:
        assert set(event) - {"end_date", "group"} == {"unique_id", "start_date", "display_date", "text"}
        assert event["display_date"] and event["text"]["headline"]
        for moment in (event["start_date"], event.get("end_date", event["start_date"])):
            assert list(moment) == ["year", "month", "day"][: len(moment)] and all(
                type(n) is int for n in moment.values()
            )
        assert re.fullmatch(r"[\w-]+", event["unique_id"])


def test_a_timeline_shows_text_and_no_markup_of_an_article(analyses: list[Analysis]) -> None:
    said = json.dumps(as_timelinejs(analyses[:1]), ensure_ascii=False)
    assert "<b>" not in said and "&lt;b&gt;" in said


def test_many_groups_are_left_out_and_mixed_ones_run_from_the_right() -> None:
    def groups(stories: list[str]) -> list[str | None]:
        made = [analyse(Article(f"s{n}", "سقط الجسر عام 2013.", story=name)) for n, name in enumerate(stories)]
        return [event.get("group") for event in as_timelinejs(made)["events"]]

    assert groups(["bridge", "الجسر", "الجسر B"]) == ["bridge", "الجسر", "\u2067الجسر B\u2069"]
    assert len(groups(list("abcdef"))) == 6 and None not in groups(list("abcdef"))
    assert groups(list("abcdefg")) == [None] * 7


def test_a_year_is_no_day(analyses: list[Analysis]) -> None:
    events = as_timelinejs(analyses[:1])["events"]
    assert [e["start_date"] for e in events if e["display_date"] == "2013"] == [{"year": 2013}]


# --- Web Annotation -------------------------------------------------------------------------------------------


def test_every_selector_finds_its_words_again(analyses: list[Analysis]) -> None:
    for analysis in analyses:
        text = analysis.article.text
        page = as_annotations(analysis)
        assert len(page["items"]) >= len(analysis.claims) + len(analysis.quantities) + len(analysis.dates)
        for item in page["items"]:
            quoted, position = item["target"]["selector"]
            assert (quoted["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            start, end = position["start"], position["end"]
            assert text[start:end] == quoted["exact"]
            around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
            at = text.find(around)
            assert at + len(quoted["prefix"]) == start and text.find(around, at + 1) < 0


def test_annotations_have_the_shape_of_the_recommendation(analyses: list[Analysis]) -> None:
    ids = set()
    for analysis in analyses:
        page = json.loads(json.dumps(as_annotations(analysis)))
        assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
        for item in page["items"]:
            ids.add(item["id"])
            assert (
                item["type"] == "Annotation"
                and item["motivation"] == "classifying"
                and item["id"].startswith("urn:uuid:")
            )
            source = item["target"]["source"]
            assert source["sha256"] == sha256(analysis.article) and source["id"].endswith(".txt")
            assert all(b["type"] == "TextualBody" and b["value"] and b["purpose"] for b in item["body"])
    assert len(ids) == sum(len(as_annotations(a)["items"]) for a in analyses)


def test_repeated_words_get_more_context() -> None:
    text = "قالت الوزارة ذلك. " * 12
    analysis = analyse(Article("again", text + "وقالت الهيئة إن 3 عمال قُتلوا. " * 3))
    for item in as_annotations(analysis)["items"]:
        quoted, position = item["target"]["selector"]
        around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
        assert analysis.article.text.find(around) + len(quoted["prefix"]) == position["start"]


# --- records --------------------------------------------------------------------------------------------------


def test_jsonl_holds_the_records(analyses: list[Analysis], tmp_path: Path) -> None:
    (path,) = export(analyses, tmp_path, "jsonl")
    lines = path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(as_record(a))) for a in analyses]
