"""A report is one file: nothing is fetched, nothing runs, every picture has words, and headings make an outline."""

from __future__ import annotations

import base64
import re
import sys
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest

from analysis import report
from analysis.claims import Analysis, analyse
from analysis.report import write_report
from analysis.seeds import Article, sha256

HOSTILE = '"><script>alert(1)</script><img src="https://example.org/x.png" onerror=alert(1)>'
TEXT = (
    f"انهيار جسر في دمشق {HOSTILE}\n\n"
    "قالت وزارة النقل إن 3 عمال قُتلوا أمس في دمشق. وحذّر المهندس سالم من أن الجسر قد يُهدم في عام 2030.\n\n"
    "اقرأ أيضاً: جسور أخرى"
)


class Page(HTMLParser):
    """Read a page: its elements in order, with what stands around each."""

    VOID = frozenset(("meta", "img", "br", "link", "input", "hr"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.stack: list[str] = []
        self.feed(html)
        self.close()
        assert not self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.stack)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes, _ in self.elements if tag in tags]


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    bridge = Article("bridge", TEXT, date(2026, 1, 21), HOSTILE, HOSTILE, "javascript:alert(1)", note=HOSTILE)
    other = Article("other", "قال مصدر إن الطريق سالك.", None, "وكالة", url="https://example.org/a?b=1&c=2")
    return [analyse(bridge), analyse(other)]


@pytest.fixture(scope="module")
def folder(analyses: list[Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    files = write_report(analyses, folder)
    assert files[0] == folder / "report.html" and all(file.is_file() for file in files)
    assert not plt.get_fignums()
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text("utf-8"))


def test_nothing_is_fetched_and_nothing_runs(page: Page) -> None:
    policy = next(m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert str(policy["content"]).startswith("default-src 'none'") and "script" not in str(policy["content"])
    assert not page.all("script", "link", "iframe", "object", "embed", "form", "base")
    assert all(str(i["src"]).startswith("data:image/png;base64,") for i in page.all("img"))
    for _, attributes, _ in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert "url(" not in str(attributes.get("style"))
    links = [str(a["href"]) for a in page.all("a")]
    assert [a for a in links if not a.startswith("#")] == ["https://example.org/a?b=1&c=2"]


def test_pictures_are_whole_and_told_in_words(page: Page, folder: Path) -> None:
    pictures = sorted((folder / "figures").glob("*.png"))
    shown = [base64.b64decode(str(i["src"]).partition(",")[2]) for i in page.all("img")]
    assert pictures and [p.read_bytes() for p in pictures] == shown
    assert all(data.startswith(b"\x89PNG") for data in shown)
    assert all(re.search(r"\d+ rows?: ", str(i["alt"])) for i in page.all("img"))
    assert len(page.all("figcaption")) == len(shown)
    for picture in pictures:
        assert picture.with_suffix(".svg").is_file() and picture.with_suffix(".csv").is_file()


def test_headings_make_an_outline_and_the_contents_lead_to_it(page: Page) -> None:
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [str(a["id"]) for _, a, _ in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert [str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")] == [
        str(h["id"]) for h in page.all("h2")
    ]
    assert [str(s["aria-labelledby"]) for s in page.all("section")] == ids


def test_languages_directions_and_tables_are_declared(page: Page) -> None:
    (html,) = page.all("html")
    assert (html["lang"], html["dir"]) == ("en", "ltr")
    assert page.all("table") and all(t["dir"] == "rtl" for t in page.all("table"))
    assert all(th["scope"] == "col" for th in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))


def test_what_an_article_says_stays_text(folder: Path, analyses: list[Analysis]) -> None:
    html = (folder / "report.html").read_text("utf-8")
    assert "<script" not in html and '<img src="https' not in html and 'href="javascript' not in html
    assert "&lt;script&gt;" in html
    assert all(sha256(a.article) in html for a in analyses)


def test_gaps_are_reported(folder: Path) -> None:
    assert "no day of publication" in (folder / "report.html").read_text("utf-8")


def test_a_report_holds_page_breaks(folder: Path) -> None:
    html = (folder / "report.html").read_text("utf-8")
    assert "@page" in html and "table-header-group" in html and "break-inside: avoid" in html


def test_tables_stand_beside_the_report(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} == {"report.html", "tables", "figures"}
    assert (folder / "tables" / "claims.csv").is_file() and (folder / "tables" / "datapackage.json").is_file()


def test_the_same_articles_give_the_same_report(folder: Path, analyses: list[Analysis], tmp_path: Path) -> None:
    write_report(analyses, tmp_path)
    assert (tmp_path / "report.html").read_bytes() == (folder / "report.html").read_bytes()


def test_long_tables_are_drawn_in_parts(tmp_path: Path) -> None:
    text = "\n".join(f"قال المهندس {name} إن الجسر سقط." for name in NAMES)
    write_report([analyse(Article("many", "عنوان الخبر\n\n" + text))], tmp_path)
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "Part 1 of 2." in html and "Part 2 of 2." in html


def test_captions_tell_a_part_from_the_whole_and_how_many_articles_a_map_has(tmp_path: Path) -> None:
    text = "\n".join(f"قال المهندس {name} إن الجسر سقط في دمشق." for name in NAMES)
    write_report([analyse(Article(f"many{n}", f"عنوان الخبر\n\n{text}", story="bridge")) for n in (1, 2)], tmp_path)
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "N = 18 of 40 rows from 1 article. Part 1 of 3." in html
    assert "Places named. N = 2 rows from 2 articles." in html


NAMES = "سالم كريم نبيل فادي رامي طارق ماهر جلال وسيم نادر هاني باسل عامر فارس زياد كمال عماد أيمن سامر".split()


def test_nothing_read_is_said(tmp_path: Path) -> None:
    write_report([], tmp_path)
    Page((tmp_path / "report.html").read_text("utf-8"))
    write_report([analyse(Article("empty", ""))], tmp_path)
    assert "No claims in what was read." in (tmp_path / "report.html").read_text("utf-8")


def test_a_report_that_fails_leaves_no_file(
    analyses: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise ValueError("no")

    monkeypatch.setattr(report, "annotated_article", fail)
    with pytest.raises(ValueError, match="no"):
        write_report(analyses[1:], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_progress_goes_to_standard_error_of_a_terminal(
    analyses: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_report(analyses[1:], tmp_path)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    write_report(analyses[1:], tmp_path)
    out, err = capsys.readouterr()
    assert out == "" and "report" in err and "100%" in err
