"""Check that an archive becomes the same files whatever stops or fails on the way.

The files are written as CSV here: what is tested is the cutting, resuming and logging; `corpus` writes Parquet
where pyarrow is installed, and a test of that runs there.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import deadly
import pandas as pd
import pytest

from analysis import corpus
from analysis.bench import generate_articles
from analysis.cli import main
from analysis.corpus import Document, Outcome, Sizes, analyse_corpus, find_files, read_documents

SMALL = Sizes(unit=2, part=4)
TEXT = "قالت الوزارة إن ثلاثة عمال قُتلوا أمس."


def encode(table: str, frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode("utf-8")


def run(inputs: Sequence[Path], out: Path, **options: Any) -> corpus.Summary:
    return analyse_corpus(inputs, out, sizes=SMALL, encode=encode, **options)


def contents(out: Path) -> dict[str, bytes]:
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.concat([pd.read_csv(path) for path in sorted((out / name).glob("*.parquet"))])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive of ten articles in all three forms, with one that is English and one line that is no JSON."""
    folder = tmp_path / "archive"
    (folder / "2024" / "01").mkdir(parents=True)
    made = [article.text for article in generate_articles(8)]
    for n in range(3):
        (folder / "2024" / "01" / f"a{n}.txt").write_text(made[n], encoding="utf-8")
    (folder / "2024" / "01" / "index.csv").write_text("id,published,outlet\na1,2024-01-03,وكالة\n", encoding="utf-8")
    (folder / "english.txt").write_text("The minister said that the bridge fell.", encoding="utf-8")
    rows = [json.dumps({"id": f"j{n}", "text": made[n], "published": "2024-02-01T08:00:00Z"}) for n in (3, 4, 5)]
    (folder / "wire.jsonl").write_text("\n".join([rows[0], "{", *rows[1:]]), encoding="utf-8")
    pd.DataFrame({"id": ["c6", "c7"], "text": made[6:8]}).to_csv(folder / "export.csv", index=False)
    return folder


def test_every_article_is_there_once_and_failures_say_why(archive: Path, tmp_path: Path) -> None:
    done = run([archive], tmp_path / "out")
    assert (done.documents, done.failed, done.kept) == (10, 2, 0)
    articles = table(tmp_path / "out", "articles")
    assert sorted(articles["seed"]) == ["a0", "a1", "a2", "c6", "c7", "j3", "j4", "j5"]
    assert articles["document"].is_unique
    days = dict(zip(articles["seed"], articles["published"], strict=True))
    assert (days["a1"], days["j3"]) == ("2024-01-03", "2024-02-01")
    assert set(table(tmp_path / "out", "claims")["document"]) == set(articles["document"])
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text("utf-8").splitlines()]
    assert [Path(failure["input"]).name for failure in failures] == ["english.txt", "wire.jsonl:2"]
    assert "not Arabic" in failures[0]["reason"] and "JSON" in failures[1]["reason"]


def test_the_number_of_workers_changes_no_byte(archive: Path, tmp_path: Path) -> None:
    run([archive], tmp_path / "one")
    run([archive], tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


class Stopped(BaseException):
    """Stand for a plug that was pulled."""


@pytest.mark.parametrize("after", (0, 6, 14))
def test_a_stopped_run_goes_on_where_it_stopped(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    run([archive], tmp_path / "whole")
    written: list[str] = []

    def fails(name: str, frame: pd.DataFrame) -> bytes:
        if len(written) == after:
            raise Stopped
        written.append(name)
        return encode(name, frame)

    with pytest.raises(Stopped):
        analyse_corpus([archive], tmp_path / "out", sizes=SMALL, encode=fails)
    analysed: list[int] = []
    real = corpus.analyse_documents

    def counting(documents: Sequence[Document]) -> Outcome:
        analysed.extend(document.number for document in documents)
        return real(documents)

    monkeypatch.setattr(corpus, "analyse_documents", counting)
    done = run([archive], tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    whole_parts = after // len(corpus.TABLES)
    assert done.kept == 4 * whole_parts and analysed == list(range(4 * whole_parts, 10))


def test_what_changed_is_made_anew_and_what_is_gone_goes(archive: Path, tmp_path: Path) -> None:
    run([archive], tmp_path / "out")
    (archive / "wire.jsonl").unlink()
    (archive / "2024" / "01" / "a0.txt").write_text(TEXT, encoding="utf-8")
    done = run([archive], tmp_path / "out")
    run([archive], tmp_path / "fresh")
    assert done.documents == 6 and contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert run([archive], tmp_path / "out").kept == 6


def test_other_rules_make_all_anew(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run([archive], tmp_path / "out")
    monkeypatch.setattr(corpus, "rules_digest", lambda: "other")
    assert run([archive], tmp_path / "out").kept == 0


def test_an_article_that_breaks_the_rules_is_logged_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis import claims

    real = claims.analyse

    def breaks(article: Any) -> Any:
        if article.id == "b":
            raise RecursionError("too deep")
        return real(article)

    monkeypatch.setattr(claims, "analyse", breaks)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    done = run([tmp_path], tmp_path / "out")
    assert (done.documents, done.failed) == (3, 1)
    assert "RecursionError: too deep" in (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8")
    assert list(table(tmp_path / "out", "articles")["seed"]) == ["a", "c"]


def test_two_articles_of_one_name_stay_apart(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "x", tmp_path / "y"], tmp_path / "out")
    claims = table(tmp_path / "out", "claims")
    assert list(claims["document"]) == [0, 1] and list(claims["seed"]) == ["same", "same"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_an_article_that_kills_its_process_is_found() -> None:
    data = TEXT.encode("utf-8")
    unit = [Document(0, "a", data), Document(1, "poison", data)]
    engine = corpus._Processes(1, deadly.analyse_documents)
    try:
        outcome = engine.result(unit, engine.submit(unit))
    finally:
        engine.close()
    assert list(outcome.tables["articles"]["document"]) == [0]
    assert [failure["document"] for failure in outcome.failures] == [1]


def lines(path: Path, *rows: bytes) -> Path:
    path.write_bytes(b"\n".join(rows))
    return path


CASES: list[tuple[str, Callable[[Path], Path], list[str | None]]] = [
    ("a lone surrogate", lambda p: lines(p / "a.jsonl", b'{"text": "\\ud800"}'), ["not UTF-8"]),
    ("broken bytes", lambda p: lines(p / "a.jsonl", b'{"text": "\xff"}', b'{"text": "x"}'), ["no JSON", None]),
    ("deep nesting", lambda p: lines(p / "a.jsonl", b"[" * 100_000), ["no JSON"]),
    ("no text", lambda p: lines(p / "a.jsonl", b'{"body": "x"}', b"3"), ["--text", "--text"]),
    ("a byte order mark", lambda p: lines(p / "a.csv", b"\xef\xbb\xbfid;text", b"1;x"), [None]),
    ("no text column", lambda p: lines(p / "a.csv", b"id,body", b"1,x"), ["--text"]),
    ("an empty table", lambda p: lines(p / "a.csv"), ["--text"]),
    ("Windows-1256", lambda p: lines(p / "a.csv", b"text", "قال".encode("cp1256"), b"x"), ["not UTF-8", None]),
    ("a large cell", lambda p: lines(p / "a.csv", b"text", b"x" * 200_000), [None]),
]


@pytest.mark.parametrize(("name", "make", "faults"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_of_its_row_alone(
    tmp_path: Path, name: str, make: Callable[[Path], Path], faults: list[str | None]
) -> None:
    found = list(read_documents([make(tmp_path)]))
    assert len(found) == len(faults)
    for document, fault in zip(found, faults, strict=True):
        assert (document.fault is None) if fault is None else (fault in (document.fault or ""))


def test_a_name_that_is_not_utf8_is_logged(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.txt")
    try:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert run([tmp_path], tmp_path / "out").failed == 1
    assert json.loads((tmp_path / "out" / "failures.jsonl").read_text("utf-8"))["input"].endswith("\\xff.txt")


def test_files_are_found_by_folder_glob_and_name(archive: Path) -> None:
    names = [path.name for path in find_files([archive])]
    assert names == ["english.txt", "export.csv", "wire.jsonl", "a0.txt", "a1.txt", "a2.txt"]
    assert [p.name for p in find_files([f"{archive}/**/a*.txt", archive / "wire.jsonl"])][-1] == "wire.jsonl"
    for wrong in (archive / "missing", f"{archive}/*.pdf", archive / "2024" / "01" / "index.txt"):
        with pytest.raises(ValueError, match="name"):
            find_files([wrong])


def test_a_full_disk_is_named_and_leaves_no_half_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis import storage

    real, written = os.fsync, iter(range(100))

    def full(file: int) -> None:
        if next(written) > 3:
            raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(ValueError, match="No space left"):
        run([archive], tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.parquet")) and not list((tmp_path / "out").rglob("*.new"))


@pytest.fixture
def no_pyarrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    yield


@pytest.mark.usefixtures("no_pyarrow")
def test_missing_packages_are_named(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", str(archive), "--out", str(tmp_path / "out")]) == 1
    assert "pyarrow" in capsys.readouterr().err and not (tmp_path / "out").exists()


if find_spec("pyarrow"):  # the optional extra `corpus`

    def test_parquet_has_the_columns_of_the_dictionary(archive: Path, tmp_path: Path) -> None:
        from analysis.dictionary import dictionary

        analyse_corpus([archive], tmp_path / "out", sizes=SMALL)
        claims = pd.read_parquet(tmp_path / "out" / "claims")
        assert list(claims.columns) == ["document", *dictionary()["claims"]] and claims["document"].nunique() == 8
