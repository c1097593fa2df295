"""The command line: what each command prints and writes, and messages that name what is wrong."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analysis.cli import main
from analysis.tables import TABLES

TEXT = "أعلنت وزارة الداخلية، أمس الثلاثاء، أن 120 سجيناً فروا، وأضافت أنها قبضت على 81 منهم."
ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of two articles."""
    made = tmp_path / "seeds"
    made.mkdir()
    (made / "escape.txt").write_text(TEXT, encoding="utf-8")
    (made / "dam.txt").write_text("قالت وزارة الري إن السد قد ينهار.", encoding="utf-8")
    (made / "index.csv").write_text("id,published\nescape,2026-01-21\ndam,2026-01-21\n", encoding="utf-8")
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: Any) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        capture_output=True,
        env=os.environ | environment,
        cwd=Path(__file__).parent.parent,
        check=False,
    )


# --- what commands do ----------------------------------------------------------------------------------------


def test_extract_prints_an_object_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "extract", folder)
    records = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [r["seed"] for r in records] == ["dam", "escape"]
    assert records[1]["published"] == "2026-01-21"
    for record in records[1:]:
        for layer in ("attributions", "quantities", "dates", "claims"):
            assert record[layer] and all(0 <= i["start"] < i["end"] <= len(TEXT) for i in record[layer])
    assert [q["value"] for q in records[1]["quantities"]] == [120, 81]


def test_extract_reads_one_file_with_its_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "extract", folder / "escape.txt", folder / "dam.txt", "--format", "jsonl")
    assert [json.loads(line)["seed"] for line in out.splitlines()] == ["escape", "dam"]
    assert json.loads(out.splitlines()[0])["dates"][0]["value"] == "2026-01-20"


def test_check_reports_on_each_seed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", folder)
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == ["dam", "escape"]


def test_check_fails_on_a_fault_and_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "index.csv").write_text("id,published\nescape,2026-01-25\n", encoding="utf-8")
    (folder / "latin.txt").write_text("The bridge has fallen.", encoding="utf-8")
    code, out, err = run(capsys, "check", folder)
    assert code == 1
    assert "escape: " in out and "fault: published is 2026-01-25" in out
    assert "latin.txt: is not Arabic" in err


def test_tables_writes_every_table(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "tables", folder, "--out", tmp_path / "new" / "tables")
    written = [Path(line) for line in out.splitlines()]
    assert code == 0
    assert {path.name for path in written} == {*(f"{name}.csv" for name in TABLES), "datapackage.json"}
    assert all(path.is_file() for path in written)
    with (tmp_path / "new" / "tables" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [float(row["value"]) for row in csv.DictReader(file)] == [120, 81, 39]
    package = json.loads((tmp_path / "new" / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == len(TABLES)


def test_tables_twice_gives_the_same_bytes(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in ("one", "two"):
        run(capsys, "tables", folder, "--out", tmp_path / out)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_explain_names_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", folder / "escape.txt")
    assert code == 0
    assert "verb-that" in out and "«أعلنت»" in out


def test_evaluate_prints_scores_and_differences(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "evaluate", ARTICLES)
    assert (code, err) == (0, "")
    assert out.strip()
    code, again, _ = run(capsys, "evaluate", ARTICLES, "--errors")
    assert (code, again) == (0, out)


def test_seeds_are_found_by_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDS_DIR", str(folder))
    _, out, _ = run(capsys, "check")
    assert out.startswith("dam: ")


# --- what is wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty.txt: is empty"),
        ("blank.txt", "\N{ZERO WIDTH SPACE}\n".encode(), "blank.txt: is empty"),
        ("latin.txt", b"The bridge has fallen.", "latin.txt: is not Arabic"),
        ("old.txt", "قال الوزير إن السد انهار".encode("cp1256"), "old.txt: is not UTF-8 from byte 0 on"),
        ("utf16.txt", "قال الوزير".encode("utf-16"), "utf16.txt: is saved as UTF-16"),
        ("binary.txt", "قال\0الوزير".encode(), "binary.txt: is binary"),
        ("page.txt", b"<html><body>hello</body></html>", "page.txt: is the source of a web page"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "explain", "check", "tables"])
def test_a_bad_article_is_named(
    name: str, data: bytes, message: str, command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_bytes(data)
    out = folder.parent / "out"
    code, _, err = run(capsys, command, folder, *(["--out", out] if command == "tables" else []))
    assert code == 1
    assert message in err
    assert "Traceback" not in err
    assert not out.exists(), "tables of half the seeds were written"


@pytest.mark.parametrize("command", ["extract", "explain", "check", "tables", "evaluate"])
def test_a_missing_path_is_named(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(
        capsys, command, tmp_path / "nowhere", *(["--out", tmp_path / "o"] if command == "tables" else [])
    )
    assert code == 1
    assert "nowhere" in err and len(err.splitlines()) <= 3


def test_a_folder_without_seeds_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "extract", tmp_path)
    assert code == 1
    assert str(tmp_path) in err and "holds no seed" in err


def test_a_bad_day_is_named_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "index.csv").write_text("id,published\ndam,2026-02-30\n", encoding="utf-8")
    code, _, err = run(capsys, "extract", folder)
    assert code == 1
    assert "index.csv, line 2 (dam): published “2026-02-30” is no day" in err


def test_out_that_is_a_file_is_named(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "tables", folder, "--out", tmp_path / "out")
    assert code == 1
    assert str(tmp_path / "out") in err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_out_that_cannot_be_written_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*args: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("analysis.export.tempfile.mkstemp", denied)  # a mode alone does not stop an administrator
    code, _, err = run(capsys, "tables", folder, "--out", tmp_path / "out")
    assert code == 1
    assert str(tmp_path / "out") in err and "choose another folder" in err


def test_a_seed_is_found_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDS_DIR", str(folder))
    by_path = run(capsys, "extract", folder / "dam.txt")
    assert run(capsys, "extract", "dam") == by_path
    assert by_path[0] == 0 and '"dam"' in by_path[1]


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["tables"], ["extract"], ["extract", "x", "--format", "xml"]])
def test_a_wrong_call_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m analysis" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--help"], *([c, "--help"] for c in ("check", "tables", "extract", "explain", "evaluate", "add"))]
)
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert "usage: python -m analysis" in out and len(out.splitlines()) > 5


def test_a_missing_package_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "analysis.export", raising=False)
    monkeypatch.setitem(sys.modules, "pandas", None)
    code, _, err = run(capsys, "tables", folder, "--out", tmp_path / "out")
    assert code == 1
    assert "no package pandas" in err and "requirements.txt" in err


# --- as a process --------------------------------------------------------------------------------------------


def test_arabic_is_printed_whatever_the_terminal_says(folder: Path) -> None:
    done = python("extract", str(folder), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr.decode()
    assert "وزارة الداخلية" in done.stdout.decode("utf-8")


def test_a_fault_is_no_traceback(tmp_path: Path) -> None:
    done = python("check", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(b"analysis: ") and b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way")
def test_a_reader_that_stops_is_no_error(folder: Path) -> None:
    for n in range(40):
        (folder / f"more{n}.txt").write_text((TEXT + "\n") * 60, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "analysis", "extract", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
