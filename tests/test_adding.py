"""Adding seeds: texts, pages, e-mails; whole or not at all; two at once; nothing overwritten unasked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from analysis import adding
from analysis.adding import Added, add_seed
from analysis.seeds import SeedError, read_article, read_seeds
from analysis.storage import locked, put_row, write_together

TEXT = "قالت الوزارة إن نحو 120 سجيناً فرّوا أمس الثلاثاء.\n"
PARAGRAPHS = (
    "أعلنت وزارة الداخلية، أمس الثلاثاء، القبض على عشرات الموقوفين الذين فرّوا من السجن في ريف المحافظة.",
    "وقـالت الوزارة إن الحادثة أسفرت عن فرار نحو 120 عنصراً، ما دفع وحدات من الجيش إلى دخول المدينة.",
    "وأضافت أن العمليات أسفرت عن القبض على <b>81</b> عنصراً، فيما تتواصل <a href='/x'>الجهود</a> الأمنية.",
)
TITLE = "فرار سجناء من سجن في المحافظة"
JSON_LD = '<script type="application/ld+json">{}</script>'


def page(head: str = "", body: str | None = None, title: str = TITLE) -> str:
    article = f"<article><h1>{title}</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article>"
    return (
        f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li></ul></nav>"
        f"{article if body is None else body}<footer>جميع الحقوق محفوظة © 2019</footer></body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "seeds"
    place.mkdir()
    return place


def source(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def add_page(tmp_path: Path, folder: Path, html: str, **options: Any) -> Added:
    return add_seed(source(tmp_path, "saved.html", html), folder, **options)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


@pytest.mark.parametrize("text", [TEXT, "\N{ZERO WIDTH NO-BREAK SPACE}" + TEXT, TEXT.replace("\n", "\r\n") * 2])
def test_text_is_kept_byte_for_byte(tmp_path: Path, folder: Path, text: str) -> None:
    added = add_seed(source(tmp_path, "raid.txt", text), folder, published="2026-01-21", outlet="وكالة")
    assert (folder / "raid.txt").read_bytes() == text.encode("utf-8")
    assert added.article == read_seeds(folder)[0]
    assert (added.article.published, added.article.outlet) == (date(2026, 1, 21), "وكالة")
    assert added.missing == ()
    assert added.raw is None


def test_pasted_text(folder: Path) -> None:
    added = add_seed("-", folder, stdin=io.BytesIO(f"{TITLE}\n\n{TEXT}".encode()))
    assert added.article.id == "فرار-سجناء-من-سجن-في-المحافظة"
    assert added.missing == ("published", "outlet")
    assert "--published 2026-01-21" in str(added)
    assert "index.csv" in str(added)


def test_pasted_page(folder: Path) -> None:
    added = add_seed("-", folder, id="raid", stdin=io.BytesIO(page().encode()))
    assert added.article.title == TITLE
    assert added.raw == folder / "raw" / "raid.html"


@pytest.mark.parametrize(("encoding", "said"), [("cp1256", "Windows-1256"), ("utf-16", "UTF-16")])
def test_text_in_another_encoding_is_put_into_utf8(tmp_path: Path, folder: Path, encoding: str, said: str) -> None:
    text = TEXT.replace("سجيناً فرّوا", "سجيناً فروا")
    added = add_seed(source(tmp_path, "raid.txt", text.encode(encoding)), folder)
    assert added.article.text == text
    assert said in str(added)
    assert added.raw is not None
    assert added.raw.read_bytes() == text.encode(encoding)
    assert [article.id for article in read_seeds(folder)] == ["raid"]


def test_page(tmp_path: Path, folder: Path) -> None:
    head = (
        "<meta property='og:site_name' content='وكالة المثال'>"
        "<meta property='article:published_time' content='2026-01-21T08:30:00+03:00'>"
        "<meta property='article:modified_time' content='2026-01-25T08:30:00+03:00'>"
        "<link rel='canonical' href='https://example.org/news/1'>"
    )
    html = page(head)
    added = add_page(tmp_path, folder, html, id="raid", story="escape")
    article = added.article
    assert (article.published, article.outlet) == (date(2026, 1, 21), "وكالة المثال")
    assert (article.title, article.url, article.story) == (TITLE, "https://example.org/news/1", "escape")
    assert added.raw is not None
    assert added.raw.read_bytes() == html.encode("utf-8")
    paragraphs = article.text.rstrip("\n").split("\n\n")
    assert paragraphs[0] == TITLE
    assert paragraphs[1:3] == list(PARAGRAPHS[:2])
    assert paragraphs[3] == "وأضافت أن العمليات أسفرت عن القبض على 81 عنصراً، فيما تتواصل الجهود الأمنية."
    assert "الرئيسية" not in article.text
    assert "published: 2026-01-21 (from the page's head; check it)" in str(added)
    assert added.missing == ()


@pytest.mark.parametrize(
    "body",
    [
        f"<div id='content'><h1>{TITLE}</h1><div>" + "<br><br>\n".join(PARAGRAPHS) + "</div></div>",
        f"<div class='story'><h1>{TITLE}</h1>" + "".join(f"<div>{p}</div>" for p in PARAGRAPHS) + "</div>",
        f"<article><h1>{TITLE}</h1>"
        + "".join("<p>\n  " + p.replace("، ", "،\n      ") + "\n</p>" for p in PARAGRAPHS)
        + "</article>",
    ],
    ids=["line-breaks", "divisions", "wrapped-source"],
)
def test_layouts_of_a_page(tmp_path: Path, folder: Path, body: str) -> None:
    text = add_page(tmp_path, folder, page(body=body), id="raid").article.text
    paragraphs = [" ".join(p.split()) for p in text.split("\n\n")]
    assert paragraphs[:3] == [TITLE, *PARAGRAPHS[:2]]
    assert len(paragraphs) == 4
    assert "\n" not in text.rstrip("\n").replace("\n\n", "")


def test_flash_of_one_sentence_is_not_taken_for_the_whole_page(tmp_path: Path, folder: Path) -> None:
    body = f"<article><h1>{TITLE}</h1><p>قالت الوزارة إن 20 سجيناً فرّوا أمس.</p></article>"
    text = add_page(tmp_path, folder, page(body=body), id="raid").article.text
    assert text == f"{TITLE}\n\nقالت الوزارة إن 20 سجيناً فرّوا أمس.\n"


def test_subheads_lists_and_tables_stand_alone(tmp_path: Path, folder: Path) -> None:
    body = (
        f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><h2>عمليات تمشيط</h2><p>{PARAGRAPHS[1]}</p>"
        "<ul><li>بند أول من القائمة</li><li>بند ثانٍ من القائمة</li></ul>"
        "<table><tr><td>الداخلية</td><td>120</td></tr></table>"
        "<blockquote><p>لن نتوقف عن الملاحقة</p></blockquote>"
        "</article>"
    )
    lines = add_page(tmp_path, folder, page(body=body), id="raid").article.text.split("\n\n")
    for line in ("عمليات تمشيط", "بند أول من القائمة", "بند ثانٍ من القائمة", "الداخلية 120"):
        assert line in lines


@pytest.mark.parametrize(
    ("head", "extra", "day"),
    [
        (JSON_LD.format('{"@type":"NewsArticle","datePublished":"2026-01-21"}'), "", "2026-01-21"),
        (
            JSON_LD.format('{"@graph":[{"@type":["Article","X"],"datePublished":"2026-01-21T10:00:00 +03:00"}]}'),
            "",
            "2026-01-21",
        ),
        ("", "<span itemprop='datePublished' content='2026-01-21'></span>", "2026-01-21"),
        ("", "<time class='entry-date published' datetime='2026-01-21T10:00'>أمس</time>", "2026-01-21"),
        ("<link rel='canonical' href='https://example.org/2026/1/21/raid'>", "", "2026-01-21"),
        (JSON_LD.format("{broken"), "", None),
        (JSON_LD.format('{"@type":"NewsArticle","dateModified":"2026-01-23"}'), "", None),
        ("<meta property='article:modified_time' content='2026-03-22'>", "", None),
        ("<meta property='article:published_time' content='2026-02-30'>", "", None),
        ("", "<aside><time datetime='2025-05-05'>5 مايو</time></aside>", None),
        ("", "<p>وكان السجن تعرض لهجوم في 2022-01-20 قرب المدينة.</p>", None),
        (
            "<meta property='article:published_time' content='2026-01-21'>"
            "<meta property='article:published_time' content='2026-01-22'>",
            "",
            None,
        ),
    ],
)
def test_only_a_day_named_as_that_of_publication_is_taken(
    tmp_path: Path, folder: Path, head: str, extra: str, day: str | None
) -> None:
    html = page(head).replace("</article>", f"{extra}</article>")
    added = add_page(tmp_path, folder, html, id="raid")
    assert str(added.article.published) == str(day)
    assert ("published" in added.missing) == (day is None)


def test_hour_in_utc_is_pointed_out(tmp_path: Path, folder: Path) -> None:
    head = "<meta property='article:published_time' content='2026-01-20T22:30:00Z'>"
    added = add_page(tmp_path, folder, page(head), id="raid")
    assert added.article.published == date(2026, 1, 20)
    assert "eastward it was the next day" in str(added)


def test_what_is_given_wins_over_the_page(tmp_path: Path, folder: Path) -> None:
    head = "<meta property='article:published_time' content='2026-01-20'>"
    added = add_page(tmp_path, folder, page(head), id="raid", published=date(2026, 1, 21))
    assert added.article.published == date(2026, 1, 21)
    assert "published stays 2026-01-21; the page says 2026-01-20" in str(added)


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "iso-8859-1", "no-such-encoding"])
def test_page_in_windows_1256(tmp_path: Path, folder: Path, declared: str) -> None:
    html = page().replace("charset='utf-8'", f"charset='{declared}'").replace("ّ", "")
    added = add_seed(source(tmp_path, "saved.htm", html.encode("cp1256")), folder, id="raid")
    assert added.article.title == TITLE
    assert "أعلنت وزارة الداخلية" in added.article.text


def test_page_with_one_broken_byte(tmp_path: Path, folder: Path) -> None:
    data = page().encode("utf-8").replace("وأضافت".encode(), b"\xff" + "وأضافت".encode())
    added = add_seed(source(tmp_path, "saved.html", data), folder, id="raid")
    assert "not UTF-8" in str(added)
    assert PARAGRAPHS[0] in added.article.text


def test_address_that_the_browser_wrote(tmp_path: Path, folder: Path) -> None:
    html = page().replace("<html", "<!-- saved from url=(0026)https://www.example.org/raid -->\n<html", 1)
    article = add_page(tmp_path, folder, html, id="raid").article
    assert (article.url, article.outlet) == ("https://www.example.org/raid", "www.example.org")


def archive() -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/raid"
    message["Subject"] = "=?utf-8?B?" + "2LnZhtmI2KfZhg==" + "?="
    message["Date"] = "Thu, 22 Jan 2026 10:00:00 +0300"
    message.add_related(page().encode("utf-8"), "text", "html", params={"charset": "utf-8"})
    message.add_related(b"body {}", "text", "css")
    message.add_related("<html><body>إعلان</body></html>".encode(), "text", "html")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["saved.mhtml", "saved"])
def test_web_archive(tmp_path: Path, folder: Path, name: str) -> None:
    data = archive()
    added = add_seed(source(tmp_path, name, data), folder, id="raid")
    article = added.article
    assert (article.url, article.retrieved, article.title) == (
        "https://example.org/raid",
        "2026-01-22",
        TITLE,
    )
    assert article.published is None
    assert article.text.split("\n\n")[1] == PARAGRAPHS[0]
    assert added.raw == folder / "raw" / "raid.mht"
    assert added.raw.read_bytes() == data


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_email_with_a_page(tmp_path: Path, folder: Path, encoding: str) -> None:
    message = EmailMessage()
    message["From"] = "desk@example.org"
    message["Subject"] = "خبر"
    message["Date"] = "Thu, 22 Jan 2026 10:00:00 +0300"
    message.set_content("نص قصير", charset=encoding)
    message.add_alternative(page().replace("charset='utf-8'", "").replace("ّ", ""), "html", charset=encoding)
    added = add_seed(source(tmp_path, "raid.eml", message.as_bytes()), folder)
    assert added.article.id == "raid"
    assert added.article.title == TITLE
    assert added.article.retrieved == "2026-01-22"
    assert added.raw == folder / "raw" / "raid.eml"


def test_email_of_plain_text(tmp_path: Path, folder: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "فرار سجناء"
    message["Date"] = "no day at all"
    message.set_content(TEXT)
    article = add_seed(source(tmp_path, "raid.eml", message.as_bytes()), folder).article
    assert article.text.strip() == TEXT.strip()
    assert (article.title, article.retrieved) == ("فرار سجناء", None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"The minister said so.", "is not Arabic"),
        ("a.txt", b"\0\1\2", "NUL"),
        ("a.pdf", b"%PDF-1.7", "is a document"),
        ("a.docx", b"PK\x03\x04", "is a document"),
        ("a.txt", TEXT.encode() + b"\xff", "is not UTF-8"),
        ("a.html", b"<html><body></body></html>", "no article was found"),
        ("a.html", b"", "no article was found"),
        (
            "a.html",
            b"<html><body><p>" + b"The minister said so, twice. " * 20 + b"</p></body></html>",
            "not Arabic",
        ),
        ("a.eml", b"Subject: x\n\nonly Latin here\n", "holds no Arabic text"),
        ("a.mht", b"\xff\xfe\0", "holds no Arabic text"),
    ],
)
def test_source_that_does_not_do(tmp_path: Path, folder: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(SeedError, match=said):
        add_seed(source(tmp_path, name, content), folder)
    assert snapshot(folder) == {}


def test_arguments_that_do_not_do(tmp_path: Path, folder: Path) -> None:
    path = source(tmp_path, "raid.txt", TEXT)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"published": "21/01/2026"}, "write it as YYYY-MM-DD"),
        ({"retrieved": "now"}, "write it as YYYY-MM-DD"),
        ({"id": "../raid"}, "no slash"),
        ({"id": ""}, "the id is empty"),
        ({"id": ".raid"}, "dot"),
    )
    for options, said in cases:
        with pytest.raises(SeedError, match=said):
            add_seed(path, folder, **options)
    with pytest.raises(SeedError, match="is an address"):
        add_seed("https://example.org/raid", folder)
    with pytest.raises(SeedError, match="cannot be read"):
        add_seed(tmp_path / "none.txt", folder)
    with pytest.raises(SeedError, match="cannot be read"):
        add_seed(tmp_path, folder)
    with pytest.raises(SeedError, match="does not exist"):
        add_seed(path, tmp_path / "none")
    assert snapshot(folder) == {}


def test_long_name_of_a_saved_page_makes_a_short_id(tmp_path: Path, folder: Path) -> None:
    added = add_seed(source(tmp_path, f"{TITLE} - وكالة المثال, قسم الأخبار.html", page()), folder)
    assert added.article.id == "فرار-سجناء-من-سجن-في-المحافظة-وكالة-المثال-قسم-الأخبار"
    assert add_seed(source(tmp_path, "raid.txt.html", page()), folder).article.id == "raid"


def test_nothing_is_overwritten_unasked(tmp_path: Path, folder: Path) -> None:
    path = source(tmp_path, "raid.txt", TEXT)
    add_seed(path, folder, published="2026-01-21")
    before = snapshot(folder)
    for seed in ("raid", "RAID", "raid.txt"):
        with pytest.raises(SeedError, match="There is a seed raid already"):
            add_seed(source(tmp_path, "other.txt", "نص آخر"), folder, id=seed)
    assert snapshot(folder) == before


def test_replacing_keeps_what_was_written_by_hand(tmp_path: Path, folder: Path) -> None:
    add_page(tmp_path, folder, page(), id="raid", published="2026-01-21", note="قُرئ مرتين")
    assert (folder / "raw" / "raid.html").exists()
    added = add_seed(source(tmp_path, "new.txt", TEXT), folder, id="Raid", story="escape", outlet="وكالة", replace=True)
    assert added.replaced
    assert added.article.id == "raid"
    assert added.article.text == TEXT
    assert (added.article.published, added.article.note) == (date(2026, 1, 21), "قُرئ مرتين")
    assert (added.article.story, added.article.outlet) == ("escape", "وكالة")
    assert sorted(snapshot(folder)) == ["index.csv", "raid.txt"]
    assert len(read_seeds(folder)) == 1


def test_replace_without_a_seed_adds_it(tmp_path: Path, folder: Path) -> None:
    assert not add_seed(source(tmp_path, "raid.txt", TEXT), folder, replace=True).replaced


def test_text_put_there_by_hand_gets_its_row(folder: Path) -> None:
    path = folder / "raid.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SeedError, match="already"):
        add_seed(path, folder, published="2026-01-21")
    assert add_seed(path, folder, published="2026-01-21", replace=True).article.published == date(2026, 1, 21)


def test_row_written_ahead_of_its_file_is_used(tmp_path: Path, folder: Path) -> None:
    (folder / "index.csv").write_text("id,published,story\nraid,2026-01-21,escape\n", encoding="utf-8")
    article = add_seed(source(tmp_path, "raid.txt", TEXT), folder).article
    assert (article.published, article.story) == (date(2026, 1, 21), "escape")
    assert (folder / "index.csv").read_text(encoding="utf-8") == "id,published,story\nraid,2026-01-21,escape\n"


def test_index_keeps_the_shape_a_spreadsheet_gave_it(tmp_path: Path, folder: Path) -> None:
    (folder / "old.txt").write_text(TEXT, encoding="utf-8")
    index = "\N{ZERO WIDTH NO-BREAK SPACE}outlet;id;note\r\nوكالة;old;x, y\r\n"
    (folder / "index.csv").write_bytes(index.encode("utf-8"))
    add_seed(source(tmp_path, "b.txt", TEXT), folder, outlet="موقع; آخر")
    assert (folder / "index.csv").read_bytes().decode("utf-8") == index + '"موقع; آخر";b;\r\n'
    add_seed(source(tmp_path, "c.txt", TEXT), folder, published="2026-01-21")
    lines = (folder / "index.csv").read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == "\N{ZERO WIDTH NO-BREAK SPACE}outlet;id;note;published"
    assert lines[1] == "وكالة;old;x, y;"
    assert [(a.id, a.outlet, str(a.published)) for a in read_seeds(folder)] == [
        ("b", "موقع; آخر", "None"),
        ("c", None, "2026-01-21"),
        ("old", "وكالة", "None"),
    ]


def test_faulty_index_is_left_alone(tmp_path: Path, folder: Path) -> None:
    (folder / "index.csv").write_text("id,author\nx,y\n", encoding="utf-8")
    before = snapshot(folder)
    with pytest.raises(SeedError, match="unknown column “author”"):
        add_seed(source(tmp_path, "raid.txt", TEXT), folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("broken", [1, 2, 3])
def test_whole_or_not_at_all(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, broken: int) -> None:
    add_page(tmp_path, folder, page(), id="raid", published="2026-01-21")
    before = snapshot(folder)
    replace, calls = os.replace, []

    def fail(old: Path, new: Path) -> None:
        calls.append(new)
        if len(calls) == broken:
            raise PermissionError(13, "Permission denied", str(new))
        replace(old, new)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(SeedError, match="cannot be written"):
        add_page(tmp_path, folder, page(title="عنوان آخر"), id="raid", replace=True, published="2026-01-22")
    assert snapshot(folder) == before
    calls.clear()
    with pytest.raises(SeedError, match="cannot be written"):
        add_page(tmp_path, folder, page(), id="second")
    assert snapshot(folder) == before


def test_full_disk_changes_nothing(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SeedError, match="No space left on device"):
        add_page(tmp_path, folder, page(), id="raid")
    assert snapshot(folder) == {}


def test_links_out_of_the_folder_are_not_written_through(tmp_path: Path, folder: Path) -> None:
    outside = source(tmp_path, "outside.txt", TEXT)
    (folder / "raid.txt").symlink_to(outside)
    with pytest.raises(SeedError, match="outside the folder"):
        add_seed(source(tmp_path, "new.txt", "نص آخر"), folder, id="raid", replace=True)
    assert outside.read_text(encoding="utf-8") == TEXT
    (folder / "raid.txt").unlink()
    (tmp_path / "elsewhere").mkdir()
    (folder / "raw").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SeedError, match="outside the folder"):
        add_page(tmp_path, folder, page(), id="raid")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_many_at_once_lose_no_row(tmp_path: Path, folder: Path) -> None:
    paths = [source(tmp_path, f"seed-{i}.txt", TEXT) for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: add_seed(path, folder, published="2026-01-21"), paths))
    articles = read_seeds(folder)
    assert len(articles) == 24
    assert all(article.published for article in articles)


def test_processes_at_once_lose_no_row(tmp_path: Path, folder: Path) -> None:
    code = (
        "import sys; from analysis.adding import add_seed; add_seed(sys.argv[1], sys.argv[2], published='2026-01-21')"
    )
    root = Path(__file__).parent.parent
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(source(tmp_path, f"seed-{i}.txt", TEXT)), str(folder)], cwd=root
        )
        for i in range(3)
    ]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert [article.id for article in read_seeds(folder) if article.published] == [
        "seed-0",
        "seed-1",
        "seed-2",
    ]


def test_one_seed_is_added_once(tmp_path: Path, folder: Path) -> None:
    path = source(tmp_path, "raid.txt", TEXT)

    def attempt(_: int) -> bool:
        try:
            add_seed(path, folder)
        except SeedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_lock_held_too_long(folder: Path) -> None:
    said = "Something else is writing"
    with FileLock(folder / ".lock"), pytest.raises(SeedError, match=said), locked(folder, timeout=0.1):
        pass


def test_trafilatura_not_installed(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(SeedError, match="pip install trafilatura"):
        add_page(tmp_path, folder, page(), id="raid")
    assert add_seed(source(tmp_path, "raid.txt", TEXT), folder).article.id == "raid"


def test_kept_pages_and_locks_are_no_seeds(tmp_path: Path, folder: Path) -> None:
    add_page(tmp_path, folder, page(), id="raid")
    assert [article.id for article in read_seeds(folder)] == ["raid"]
    assert read_article(folder / "raid.txt").title == TITLE


def test_rows_with_surplus_cells_do_not_slide_under_a_new_column() -> None:
    with pytest.raises(SeedError, match="more cells than columns"):
        put_row(b"id,outlet\na,x,y\n", ("id", "outlet", "note"), {"id": "b", "note": "n"})


def test_write_together_removes_and_restores(folder: Path) -> None:
    write_together(folder, {folder / "a": b"1", folder / "raw" / "b": b"2"})
    write_together(folder, {folder / "a": None, folder / "raw" / "b": b"3"})
    assert snapshot(folder) == {"raw/b": b"3"}
    with pytest.raises(SeedError, match="outside"):
        write_together(folder, {folder / "raw" / "b": b"4", folder.parent / "c": b"5"})
    assert snapshot(folder) == {"raw/b": b"3"}


def test_report_is_plain(tmp_path: Path, folder: Path) -> None:
    report = str(add_page(tmp_path, folder, page(), id="raid", published="2026-01-21", outlet="وكالة"))
    assert report.splitlines()[0].startswith("Added raid: 4 paragraphs,")
    assert "missing" not in report
    assert adding.RAW in report
