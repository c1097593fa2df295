"""What is shown: the text as it stands, marks that nest, nothing from an article that is markup, no style sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import show
from analysis.claims import Analysis, analyse
from analysis.palette import ACTS
from analysis.seeds import Article, read_seeds
from analysis.show import Html, annotated_article, in_context, isolated, paragraph, show_table
from analysis.tables import TABLES, claims_table, quantities_table
from analysis.text import Span

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"> $a$ & "b" \'c\''
TEXT = (
    f"انهيار جسر في المدينة {HOSTILE}\n\n"
    "قالت وزارة النقل إن 3 عمال قُتلوا أمس، في حادث وصفته بـ«الأليم جداً».\n"
    "كما يهدد الحادث السلامة. وحذّر المهندس سالم من أن الجسر قد يُهدم.\n\n"
    "اقرأ أيضاً: جسور أخرى"
)
# What JupyterLab leaves in a notebook that it does not trust.
TAGS = {"div", "table", "thead", "tbody", "tr", "th", "td", "caption", "p", "span", "sup", "bdi", "strong", "br"}
ATTRIBUTES = {"class", "dir", "lang", "style", "title", "scope", "colspan"}
PROPERTIES = {
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-radius",
    "color",
    "display",
    "font-size",
    "font-weight",
    "line-height",
    "margin",
    "margin-left",
    "max-width",
    "min-width",
    "outline",
    "padding",
    "padding-bottom",
    "text-align",
    "vertical-align",
    "white-space",
}


class Page(HTMLParser):
    """Read markup: its text outside notes and legend, each character with the titles of the marks around it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[list[tuple[str, tuple[str, ...]]]] = []
        self.notes: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag == "br":
            return
        self.stack.append((tag, dict(attrs)))
        if tag == "p":
            self.lines.append([])
        if tag == "sup":
            self.notes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        if any(tag == "sup" for tag, _ in self.stack):
            self.notes[-1] += data
        elif any(tag == "p" for tag, _ in self.stack):
            titles = tuple(str(a["title"]) for tag, a in self.stack if tag == "span" and "title" in a)
            self.lines[-1] += [(c, titles) for c in data]

    def text(self) -> list[str]:
        """Return the lines after the legend."""
        return ["".join(c for c, _ in line) for line in self.lines[1:]]

    def marked(self, start: str) -> list[str]:
        """Return the stretches whose innermost or outer marks have a title that begins so."""
        found: list[str] = []
        for line in self.lines[1:]:
            before = False
            for char, titles in line:
                now = any(t.startswith(start) for t in titles)
                if now:
                    found[-1:] = [found[-1] + char] if before else [*found[-1:], char]
                before = now
        return found


@pytest.fixture(scope="module")
def bridge() -> Analysis:
    return analyse(Article("bridge", TEXT, published=date(2026, 1, 21)))


def check_markup(html: str) -> Page:
    page = Page(html)
    assert not page.stack
    for tag, attributes in page.seen:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        for declaration in filter(None, (attributes.get("style") or "").split(";")):
            assert declaration.partition(":")[0] in PROPERTIES
    return page


# --- tables -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("labels", ["en", "ar"])
@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_shown_with_inline_styles_only(bridge: Analysis, table: str, labels: str) -> None:
    frame = TABLES[table]([bridge])
    page = check_markup(show_table(frame, labels=labels).html)
    assert [t for t, _ in page.seen].count("th") == len(frame.columns)
    assert all(a["scope"] == "col" for t, a in page.seen if t == "th")
    assert page.seen[0][1]["dir"] == "rtl"


def test_cells_are_text(bridge: Analysis) -> None:
    html = show_table(claims_table([bridge])).html
    assert "<script" not in html and "<img" not in html
    assert HOSTILE in Page(html).words


def test_cells_keep_their_direction_and_their_kind() -> None:
    frame = pd.DataFrame(
        {
            "text": pd.Series(["ECCI يحذّر", None], dtype="string"),
            "value": pd.Series([81.0, 0.25], dtype="Float64"),
            "sentence": pd.Series([3, None], dtype="Int64"),
            "quoted": pd.Series([True, None], dtype="boolean"),
            "published": pd.Series(["2026-01-21", None], dtype="datetime64[s]"),
        }
    )
    html = show_table(frame).html
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)
    assert cells[:5] == [
        '<bdi dir="rtl" lang="ar">ECCI يحذّر</bdi>',
        '<bdi dir="ltr">81</bdi>',
        '<bdi dir="ltr">3</bdi>',
        '<bdi dir="ltr" lang="en">yes</bdi>',
        '<bdi dir="ltr">2026-01-21</bdi>',
    ]
    assert cells[5:] == ["", '<bdi dir="ltr">0.25</bdi>', "", "", ""]


def test_a_cell_of_several_lines_that_runs_from_the_right() -> None:
    html = show_table(pd.DataFrame({"parties": ["\u2067alarabia: 52 مدنيا\u2069\n\u2067b\u2069"]})).html
    assert '<bdi dir="rtl" lang="ar">\u2067alarabia: 52 مدنيا\u2069<br>\u2067b\u2069</bdi>' in html


def test_a_day_among_words_is_not_broken() -> None:
    html = show_table(pd.DataFrame({"parties": ["النهر \u20682026-01-20\u2069", "a-2026-01-20"]})).html
    assert html.count('<span style="white-space:nowrap">') == 1
    assert '\u2068<span style="white-space:nowrap">2026-01-20</span>\u2069' in html


def test_columns_rows_and_headings_can_be_chosen() -> None:
    frame = pd.DataFrame({"source": ["أ", "ب", "ج"], "act": "warning", "via": None})
    shown = show_table(frame, columns=["act", "source", "via"], rows=2, drop_empty=True, labels="ar")
    assert repr(shown) == "<table: 3 rows, 2 columns>"
    assert re.findall(r"<th[^>]*><bdi[^>]*>(.*?)</bdi>", shown.html) == ["نوع القول", "المصدر"]
    assert shown.html.count("<tr>") == 3 and "الصفوف: 2 من 3" in shown.html
    with pytest.raises(ValueError, match="no column acts; the columns are: source, act, via"):
        show_table(frame, columns=["acts"])
    with pytest.raises(ValueError, match="labels"):
        show_table(frame, labels="fr")


def test_an_empty_table_says_so_and_a_named_index_is_a_column() -> None:
    assert "no rows" in show_table(claims_table([])).html
    counts = pd.DataFrame({"source": ["أ", "أ", "ب"]}).groupby("source").size().to_frame("claims")
    assert repr(show_table(counts)) == "<table: 2 rows, 2 columns>"


def test_a_heading_is_that_of_the_table_that_has_all_columns(bridge: Analysis) -> None:
    html = show_table(quantities_table([bridge]), columns=["claim_id", "claimant"], labels="ar").html
    assert "القائل" in html


# --- Markdown and context -----------------------------------------------------------------------------------


def test_a_paragraph_holds_no_markdown_and_no_markup() -> None:
    shown = paragraph(f"*أ* _ب_ `ج` [د](x) {HOSTILE}\nسطر")
    inner = shown.partition(">")[2].removesuffix("</span>")
    assert not re.search(r"[*_`\[\]$]", inner) and "<script" not in inner
    assert Page(shown).words == f"*أ* _ب_ `ج` [د](x) {HOSTILE}سطر"
    check_markup(shown)


@given(st.text(max_size=40))
def test_a_paragraph_says_what_it_was_given(text: str) -> None:
    words = Page(paragraph(text)).words
    assert "".join(words.split()) == "".join(text.split())


def test_context_cuts_between_words_and_leaves_other_articles_out(bridge: Analysis) -> None:
    frame = quantities_table([bridge])
    other = frame.assign(seed="other")
    shown = in_context(bridge.article, pd.concat([frame, other]), width=20)
    assert shown.words == f"context: {len(frame)} row"
    page = check_markup(shown.html)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shown.html)
    assert [re.sub("<[^>]*>", "", c) for c in cells] == ["… قالت وزارة النقل إن", "3 عمال", "قُتلوا أمس، في حادث …"]
    assert page.words


def test_context_at_the_ends_of_a_text() -> None:
    article = Article("a", "قال ذلك")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", in_context(article, [Span(0, 3), Span(4, 7)]).html)
    assert [re.sub("<[^>]*>", "", c) for c in cells] == ["", "قال", "ذلك", "قال", "ذلك", ""]


# --- the annotated article ------------------------------------------------------------------------------------


def test_the_text_stands_as_it_is(bridge: Analysis) -> None:
    page = check_markup(annotated_article(bridge).html)
    assert page.text() == [line for line in TEXT.split("\n") if line]


@pytest.mark.parametrize("article", read_seeds("tests/articles"), ids=lambda a: a.id)
def test_the_text_of_every_article_stands_as_it_is(article: Article) -> None:
    for labels in ("en", "ar"):
        page = check_markup(annotated_article(analyse(article), labels=labels).html)
        assert page.text() == [line for line in re.split(r"[\n\r]+", article.text) if line.strip()]


def test_what_was_found_is_marked_and_who_is_meant_is_said(bridge: Analysis) -> None:
    page = Page(annotated_article(bridge).html)
    assert {"وزارة النقل", "المهندس سالم"} <= set(page.marked("source: "))
    assert {"قالت", "وصفته", "وحذّر"} <= set(page.marked("cue: "))
    assert page.marked("figure: ") == ["3 عمال"]
    assert page.marked("date: ") == ["أمس"]
    assert any("وزارة النقل" in note and "statement" in note for note in page.notes)
    titles = [t for line in page.lines for _, ts in line for t in ts]
    assert any(t.startswith("وزارة النقل, dropped") for t in titles)


def test_carried_on_claims_are_dotted_furniture_is_grey_and_corrections_are_dashed(bridge: Analysis) -> None:
    carried = [replace(c, attribution="carried_on", corrected=True) if c.made else c for c in bridge.claims]
    html = annotated_article(replace(bridge, claims=carried)).html
    assert "2px dotted" in html and "2px dashed" in html and "corrected by hand" in html
    page = Page(annotated_article(bridge).html)
    grey = [a for tag, a in page.seen if tag == "p" and "color:#767676" in str(a["style"])]
    assert len(grey) == 1
    assert "2px dashed" not in annotated_article(bridge).html


def test_marks_can_be_narrowed(bridge: Analysis) -> None:
    page = Page(annotated_article(bridge, source="المهندس سالم").html)
    assert page.marked("source: ") == ["المهندس سالم"]
    assert page.marked("figure: ") == page.marked("date: ") == []
    assert page.text() == [line for line in TEXT.split("\n") if line]
    assert Page(annotated_article(bridge, act="warning").html).marked("cue: ") == ["وحذّر"]
    with pytest.raises(ValueError, match=r"no claim in bridge has the source 'سالم'; there are: .*المهندس سالم"):
        annotated_article(bridge, source="سالم")
    with pytest.raises(ValueError, match="has the act 'denial'"):
        annotated_article(bridge, act="denial")


def test_an_article_without_claims() -> None:
    assert repr(annotated_article(analyse(Article("empty", "")))) == "<article empty: 0 claims marked>"


MARKS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(MARKS, st.integers(0, 12), st.integers(14, 40))
def test_marks_nest_whatever_they_cross(spans: list[tuple[int, int]], first: int, stop: int) -> None:
    text = "".join(chr(0x627 + n % 20) for n in range(45))
    marks = [show._Mark(Span(s, s + n), "", f"m{k}", f"<sup>{k}</sup>") for k, (s, n) in enumerate(spans)]
    line = Span(first, stop)
    here = sorted((m for m in marks if m.span.overlaps(line)), key=lambda m: (m.span.start, -m.span.end))
    page = Page(f"<p></p><p>{show._marked(text, line, here)}</p>")
    assert not page.stack
    for at, (char, titles) in enumerate(page.lines[1], start=first):
        assert char == text[at]
        assert sorted(titles) == sorted(m.title for m in here if m.span.start <= at < m.span.end)
    assert len(page.lines[1]) == len(line)
    assert sorted(page.notes) == sorted(str(k) for k, m in enumerate(marks) if m in here and m.span.end <= stop)


def test_all_acts_have_colours_for_light_and_dark_pages(bridge: Analysis) -> None:
    claim = next(c for c in bridge.claims if c.made)
    for act in ACTS:
        style = show._content_style(replace(claim, act=act), 0)
        assert "rgba(" in style and "#000000" not in style


def test_html_is_shown_and_named() -> None:
    shown = Html("<p>x</p>", "table: 1 row")
    assert shown._repr_html_() == "<p>x</p>" and repr(shown) == "<table: 1 row>"
    assert isolated("<b>") == '<bdi dir="ltr" lang="en">&lt;b&gt;</bdi>'


def test_showing_again_gives_the_same(bridge: Analysis) -> None:
    again = analyse(Article("bridge", TEXT, published=date(2026, 1, 21)))
    assert all(a == b for a, b in pairwise([annotated_article(bridge), annotated_article(again)]))
