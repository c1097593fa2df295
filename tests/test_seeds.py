"""Reading seeds: what survives, what is refused and with which remedy, and every shape of an index."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import seeds
from analysis.seeds import (
    COLUMNS,
    Article,
    SeedError,
    decode,
    id_fault,
    id_key,
    parse_index,
    read_article,
    read_seeds,
    seeds_that_read,
    sha256,
)

TEXT = "قالت الوزارة إن نحو 120 سجيناً فرّوا أمس الثلاثاء.\n"
PROJECT_SEEDS = Path(__file__).parent.parent / "seeds"


def put(folder: Path, name: str, content: str | bytes = TEXT) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def fault(folder: Path) -> str:
    with pytest.raises(SeedError) as caught:
        read_seeds(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "\N{ZERO WIDTH NO-BREAK SPACE}قال الوزير",
        "قال\N{NO-BREAK SPACE}الوزير\N{NARROW NO-BREAK SPACE}ذلك",
        "قال\N{ZERO WIDTH NON-JOINER} \N{RIGHT-TO-LEFT MARK}الوزير \N{RIGHT-TO-LEFT ISOLATE}ذلك",
        "قـــال الوزيرُ إنّه ذكّرَ",
        "أول سطر\r\nثاني سطر\rثالث سطر\n\n  \u2028رابع\x0bخامس\x85سادس\n",
        "ﻗﺎل ﷺ 😀 قالوا",
    ],
    ids=["bom", "no-break", "controls", "tatweel-marks", "line-ends", "forms-emoji"],
)
def test_text_is_the_files_as_read_text_gives_it(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, "a.txt", text)
    assert read_article(path).text == path.read_text(encoding="utf-8")
    assert len(read_article(path).text) == len(text) - text.count("\r\n")


@given(st.text(alphabet=st.sampled_from("\r\n قال\N{ZERO WIDTH NO-BREAK SPACE}😀")))
def test_decode_agrees_with_universal_newlines(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "lines.txt"
    path.write_bytes(text.encode("utf-8"))
    assert decode(path.read_bytes()) == path.read_text(encoding="utf-8")


def test_row_is_read_and_empty_cells_are_none(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    put(tmp_path, "index.csv", f"{','.join(COLUMNS)}\na,2026-01-21,وكالة,عنوان,,2026-01-22,هروب,\n")
    first, second = read_seeds(tmp_path)
    assert (first.id, first.published, first.outlet) == ("a", date(2026, 1, 21), "وكالة")
    assert (first.title, first.url, first.retrieved, first.story, first.note) == (
        "عنوان",
        None,
        "2026-01-22",
        "هروب",
        None,
    )
    assert second == Article("b", TEXT, path=str(tmp_path / "b.txt"))


@pytest.mark.parametrize(
    "index",
    [
        "id,published,outlet\na,2026-01-21,وكالة\n",
        "\N{ZERO WIDTH NO-BREAK SPACE}id,published,outlet\r\na,2026-01-21,وكالة\r\n",
        "outlet;id;published\r\nوكالة;a;2026-01-21",
        "id\tpublished\toutlet\na\t2026-01-21\tوكالة\n",
        "ID, Published ,outlet,,\n\n A.txt , 2026-01-21 ,وكالة,,\n,,,,\n",
        'id,published,outlet,note\na,2026-01-21,"وكالة","سطر\nثانٍ، ""هنا"""\n',
        '"id";"published";"outlet";"note"\n"a";"2026-01-21";"وكالة";"أ, ب, ج"\n',
    ],
    ids=["plain", "bom-crlf", "semicolon", "tab", "spaces-and-empty", "line-break-in-cell", "quoted-heading"],
)
def test_index_is_tolerant(tmp_path: Path, index: str) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "index.csv", index)
    (article,) = read_seeds(tmp_path)
    assert (article.published, article.outlet) == (date(2026, 1, 21), "وكالة")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.encode("cp1256"), "Windows-1256"),
        (b"\xd9\x82\xd8\xa7\xff\xfe" + TEXT.encode(), "is not UTF-8 from byte 4"),
        (TEXT.encode() + b"\xff", "from byte 89 on; save"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "NUL"),
        (TEXT.encode() + b"\0", "NUL"),
        (b"%PDF-1.7\n", "is a document"),
        (b"PK\x03\x04 word", "is a document"),
        (b"", "is empty"),
        ("\N{ZERO WIDTH NO-BREAK SPACE} \n\t".encode(), "is empty"),
        (b"The ministry said so.", "is not Arabic (0%"),
        (b"120 81 2026", "is not Arabic"),
        (("Breaking news from the ministry " * 9 + "قال").encode(), "is not Arabic"),
        (b"<!DOCTYPE html><html lang='ar'><body>", "web page"),
        (TEXT.encode().decode("cp1252", errors="ignore").encode(), "wrong encoding"),
    ],
)
def test_faulty_file_is_named_with_a_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    put(tmp_path, "bad.txt", content)
    put(tmp_path, "good.txt")
    message = fault(tmp_path)
    assert "bad.txt" in message
    assert said in message
    assert "good" not in message
    assert any(verb in message for verb in ("save ", "put ", "take ", "copy "))
    articles, faults = seeds_that_read(tmp_path)
    assert [article.id for article in articles] == ["good"]
    assert len(faults) == 1


def test_persian_letters_and_latin_names_are_no_fault(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "قال مركز (European Centre for Counterterrorism) إن الهجوم وقع في پاريس أمس")
    assert len(read_seeds(tmp_path)) == 1


@pytest.mark.parametrize(
    ("index", "said"),
    [
        ("id,published\na,2026-01-21\nb,2026-01-21\n", "no file b.txt"),
        ("id,published\na,2026-01-21\na,2026-01-22\n", "named before in line 2"),
        ("id,published\na,2026-01-21\nA,2026-01-22\n", "named before in line 2"),
        ("id,published\na,21/01/2026\n", "write it as YYYY-MM-DD"),
        ("id,published\na,2026-02-30\n", "is no day"),
        ("id,published\na,20260121\n", "is no day"),
        ("id,published\na,٢٠٢٦-٠١-٢١\n", "is no day"),
        ("id,retrieved\na,yesterday\n", "retrieved “yesterday”"),
        ("id,published\n../a,2026-01-21\n", "no slash"),
        ("id,published\n..\\a,2026-01-21\n", "no slash"),
        ("id,published\n/etc/passwd,2026-01-21\n", "no slash"),
        ("id,published\n..,2026-01-21\n", "begin with a dot"),
        ("id,published\n,2026-01-21\n", "line 2: the id is empty"),
        ("id,date,author\na,2026-01-21,x\n", "unknown column “date”"),
        ("id,date,author\na,2026-01-21,x\n", "unknown column “author”"),
        ("id,published,published\na,2026-01-21,\n", "stands twice"),
        ("id,,outlet\na,x,y\n", "column 2 has no name"),
        ("published,outlet\n2026-01-21,x\n", "no column “id”"),
        ("", ""),
        ("id,note\na,x,y\n", "more cells than columns"),
        ('id,note\na,"x\n', "quotation mark"),
    ],
)
def test_faulty_index_is_named(tmp_path: Path, index: str, said: str) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "index.csv", index)
    if not said:
        assert len(read_seeds(tmp_path)) == 1
        return
    message = fault(tmp_path)
    assert said in message
    assert "index.csv" in message


def test_index_in_another_encoding(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "index.csv", "id,outlet\na,وكالة الأنباء السورية\n".encode("cp1256"))
    assert "index.csv: is not UTF-8" in fault(tmp_path)


def test_one_message_names_every_fault(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"")
    put(tmp_path, "b.txt", b"\xff")
    (tmp_path / "c.txt").mkdir()
    put(tmp_path, "d.txt")
    put(tmp_path, "index.csv", "id,published\nd,soon\ne,2026-01-21\n")
    message = fault(tmp_path)
    assert "5 faults" in message
    for name in ("a.txt", "b.txt", "c.txt", "(d)", "e.txt"):
        assert name in message
    articles, faults = seeds_that_read(tmp_path)
    assert articles == []
    assert len(faults) == 5


def test_row_faults_stop_their_own_seed_alone(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    put(tmp_path, "index.csv", "id,published\na,soon\nb,2026-01-21\n")
    assert read_article(tmp_path / "b.txt").published == date(2026, 1, 21)
    with pytest.raises(SeedError, match="soon"):
        read_article(tmp_path / "a.txt")
    articles, _ = seeds_that_read(tmp_path)
    assert [article.id for article in articles] == ["b"]


def test_one_id_in_two_spellings(tmp_path: Path) -> None:
    put(tmp_path, "caf\u00e9.txt")
    put(tmp_path, "cafe\u0301.TXT")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system joins the two names")
    assert "two files with one id" in fault(tmp_path)


def test_row_finds_its_file_across_spellings(tmp_path: Path) -> None:
    put(tmp_path, "Cafe\u0301.txt")
    put(tmp_path, "index.csv", "id,published\ncaf\u00e9,2026-01-21\n")
    (article,) = read_seeds(tmp_path)
    assert article.published == date(2026, 1, 21)
    assert article.id == (tmp_path / "Cafe\u0301.txt").stem


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    outside = put(tmp_path, "outside.txt")
    (folder / "a.txt").symlink_to(outside)
    (folder / "b.txt").symlink_to(folder / "b.txt")
    (folder / "c.txt").symlink_to(folder / "nowhere.txt")
    put(folder, "d.txt")
    (folder / "e.txt").symlink_to("d.txt")
    message = fault(folder)
    assert "a.txt: links to" in message
    assert "b.txt" in message
    assert "c.txt: links to a file that does not exist" in message
    assert [article.id for article in seeds_that_read(folder)[0]] == ["d", "e"]
    with pytest.raises(SeedError, match="outside the folder"):
        read_article(folder / "a.txt")


def test_index_that_links_out_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    put(folder, "a.txt")
    (folder / "index.csv").symlink_to(put(tmp_path, "index.csv", "id\na\n"))
    assert "index.csv: links to" in fault(folder)


def test_a_folder_reached_by_a_link_is_fine(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    put(tmp_path / "real", "a.txt")
    (tmp_path / "seeds").symlink_to(tmp_path / "real")
    assert len(read_seeds(tmp_path / "seeds")) == 1


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SeedError, match=r"a\.txt: cannot be read \(Permission denied\); give yourself leave"):
        read_article(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "no ordinary file" in fault(tmp_path)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    for name in ("corrections.csv", ".hidden.txt", "b.html", "README.md", ".DS_Store", "a.txt~"):
        put(tmp_path, name, b"\xff\0")
    (tmp_path / "raw").mkdir()
    assert [article.id for article in read_seeds(tmp_path)] == ["a"]


def test_empty_folder_says_how_to_put_in_a_seed(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"holds no seed\. Save an article's text there as ID\.txt"):
        seeds_that_read(tmp_path)
    put(tmp_path, "index.csv", ",".join(COLUMNS) + "\n")
    assert "holds no seed" in fault(tmp_path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="does not exist"):
        read_article(tmp_path / "a.txt")
    with pytest.raises(SeedError, match="does not exist"):
        read_article(tmp_path / "none" / "a.txt")
    with pytest.raises(SeedError, match="does not exist"):
        read_seeds(tmp_path / "none")
    with pytest.raises(SeedError, match="is a file, not a folder"):
        read_seeds(put(tmp_path, "a.txt"))


def test_folder_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")
    monkeypatch.setenv("SEEDS_DIR", str(tmp_path))
    assert [article.id for article in read_seeds()] == ["a"]
    monkeypatch.setenv("SEEDS_DIR", str(tmp_path / "none"))
    with pytest.raises(SeedError, match="SEEDS_DIR"):
        read_seeds()


def test_folder_above_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "notebooks").mkdir()
    put(tmp_path / "seeds", "a.txt")
    monkeypatch.delenv("SEEDS_DIR", raising=False)
    monkeypatch.setattr(seeds, "__file__", str(tmp_path / "lib" / "analysis" / "seeds.py"))
    monkeypatch.chdir(tmp_path / "notebooks")
    assert [article.id for article in read_seeds()] == ["a"]


@pytest.mark.parametrize("seed", ["a", "سجن-الشدادي", "AL-news-17", "2026.01.21 raid", "a..b"])
def test_ids_that_are_fine(seed: str) -> None:
    assert id_fault(seed) is None


@pytest.mark.parametrize("seed", ["", " ", ".", "..", "../a", "a/b", "a\\b", ".a", " a", "a\n", "a\0", "C:", "س" * 101])
def test_ids_that_are_not(seed: str) -> None:
    assert id_fault(seed) is not None


@given(st.text())
def test_index_parser_never_raises(text: str) -> None:
    parse_index("id,published\n" + text)
    parse_index(text)


@given(st.text())
def test_id_key_is_stable(seed: str) -> None:
    assert id_key(id_key(seed)) == id_key(seed)


def test_sha256_is_of_the_text() -> None:
    assert sha256(Article("a", TEXT)) == sha256(Article("b", TEXT, outlet="x"))
    assert sha256(Article("a", TEXT)) != sha256(Article("a", TEXT + " "))


def test_the_projects_own_seeds_read() -> None:
    articles = read_seeds(PROJECT_SEEDS)
    assert articles
    for article in articles:
        assert article.text == Path(str(article.path)).read_text(encoding="utf-8")
