"""Add an article to the seeds: a text, a saved web page, an e-mail of a page, or what was pasted.

A news page says its day of publication to machines (`article:published_time`, `datePublished`), seldom
in the text; and the dates inside the text, or beside other headlines, are not its own. So a day is taken
only from where the page names it as that of publication; else it stays unknown and the report says so.
The page itself is kept in `raw/`, for its extracted text is no longer the page.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     page = Path(folder) / "pasted.text"
...     _ = page.write_text("قالت الوزارة إن 81 عنصراً عادوا أمس", encoding="utf-8")
...     added = add_seed(page, folder, id="raid", published="2026-01-21")
...     added.article.id, str(added.article.published), added.missing
('raid', '2026-01-21', ('outlet',))
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from analysis.seeds import (
    COLUMNS,
    INDEX,
    Article,
    Index,
    SeedError,
    decode,
    id_fault,
    id_key,
    iso_day,
    read_article,
    read_index,
    seeds_folder,
    text_fault,
)
from analysis.storage import locked, put_row, write_together
from analysis.text import fold, fold_marks

RAW = "raw"

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_HTML = re.compile(  # possessive: a file that opens with a million blanks is read once
    rb"\s*+(?:\xef\xbb\xbf)?+\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--.*?-->\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h1)\b",
    re.I | re.S,
)
_MAIL = re.compile(rb"[A-Za-z][A-Za-z-]*:[ \t\r\n].*?^MIME-Version:", re.I | re.S | re.M)
_META_CHARSET = re.compile(rb"<meta[^<>]+charset\s*+=\s*+[\"']?+\s*+([\w-]++)", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")  # browsers write it into pages they save
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):\d{2}.*?(Z|[+-]00:?00)?)?$")
_HTML_SPACE = re.compile(r"[ \t\n\r\f]+")  # not the no-break space
_INLINE = {"hi", "ref", "del", "graphic"}
_SUFFIXES = {".html", ".htm", ".xhtml", ".mht", ".mhtml", ".eml"}
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Added:
    """Report what was added: the article, the kept page, whence each cell came, what is missing."""

    article: Article
    raw: Path | None
    taken: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    replaced: bool = False

    def __str__(self) -> str:
        article = self.article
        paragraphs = sum(1 for line in article.text.splitlines() if line.strip())
        lines = [
            f"{'Replaced' if self.replaced else 'Added'} {article.id}: {paragraphs} paragraphs, "
            f"{len(article.text):,} characters, in {article.path}"
        ]
        if self.raw:
            lines.append(f"  the page is kept as {self.raw}")
        for name, whence in self.taken.items():
            lines.append(f"  {name}: {getattr(article, name)} ({whence})")
        lines.extend(f"  {remark}" for remark in self.remarks)
        lines.extend(f"  missing {name}: {_REMEDY[name]}" for name in self.missing)
        return "\n".join(lines)


_REMEDY = {
    "published": (
        f"without the day of publication, «أمس» and weekdays stay undated; write it in {INDEX} as "
        "YYYY-MM-DD, or add again with published (--published 2026-01-21) and replace (--replace)"
    ),
    "outlet": f"claims in the outlet's own voice are put down to “the outlet”; write its name in {INDEX}",
}
_DAY_IN_HEAD = "//meta[{}]/@content".format(
    " or ".join(
        f"@{key}='{value}'"
        for key, value in (
            ("property", "article:published_time"),
            ("name", "article:published_time"),
            ("property", "og:published_time"),
            ("name", "parsely-pub-date"),
            ("name", "publish-date"),
            ("name", "pubdate"),
            ("name", "datePublished"),
            ("name", "DC.date.issued"),
            ("name", "dcterms.issued"),
        )
    )
)
_DAY_IN_BODY = (
    "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
    " | //time[@pubdate or contains(concat(' ', @class, ' '), ' published ')]/@datetime"
)


@dataclass(slots=True)
class _Page:
    """Hold what a source yields: text, the cells it tells, whence, and what to keep beside the text."""

    text: str
    suffix: str | None = None
    cells: dict[str, str] = field(default_factory=dict)
    whence: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def tell(self, name: str, value: str | None, whence: str) -> None:
        clean = " ".join((value or "").split())
        if clean and name not in self.cells:
            self.cells[name] = clean
            self.whence[name] = whence


def add_seed(
    source: Path | str,
    folder: Path | str | None = None,
    *,
    id: str | None = None,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    retrieved: date | str | None = None,
    story: str | None = None,
    note: str | None = None,
    replace: bool = False,
    stdin: BinaryIO | None = None,
) -> Added:
    """Put one article into the folder: its text, its row of the index, and the page it came from.

    `source` is a file, or "-" for what is pasted on standard input. A UTF-8 text is kept byte for byte.
    What is given here wins over a row that the index has already, and that over what the page tells.
    Raise `SeedError`, and change nothing, when the source does not read, or the seed is there and
    `replace` is not set.
    """
    place = seeds_folder(folder)
    given = _given(
        published=published, outlet=outlet, title=title, url=url, retrieved=retrieved, story=story, note=note
    )
    data, name = _source(source, stdin)
    page = _page(data, name)
    if wrong := text_fault(page.text):
        raise SeedError(f"{name}: {wrong}")
    seed = _id(id, name, page)
    with locked(place):
        index = read_index(place)
        if index.faults:
            raise SeedError("\n".join(["The index has faults; put them right first:", *index.faults]))
        path = _path(place, seed)
        there = path.exists() or path.is_symlink()
        if there and not replace:
            raise SeedError(
                f"There is a seed {path.stem} already; give this one another id (--id), or ask to replace it "
                "(--replace)."
            )
        files, raw = _files(place, path, data, page)
        cells = _merge(index, path.stem, given, page)
        files[place / INDEX] = _index_with(place / INDEX, cells, path.stem)
        files[path] = data if page.suffix is None else page.text.encode("utf-8")
        write_together(place, files)
        article = read_article(path)
    missing = tuple(name for name in ("published", "outlet") if getattr(article, name) is None)
    whence = {name: page.whence[name] for name in COLUMNS if name in page.whence}
    return Added(article, raw, whence, missing, tuple(page.remarks), replaced=there)


def _given(**cells: date | str | None) -> dict[str, str]:
    given = {name: " ".join(str(value).split()) for name, value in cells.items() if value}
    for name in ("published", "retrieved"):
        if name in given and iso_day(given[name]) is None:
            raise SeedError(f"{name} “{given[name]}” is no day; write it as YYYY-MM-DD, for instance 2026-01-21.")
    return given


def _source(source: Path | str, stdin: BinaryIO | None) -> tuple[bytes, str]:
    if str(source) == "-":
        return (stdin or sys.stdin.buffer).read(), "the pasted text"
    if re.match(r"https?:/", str(source)):
        raise SeedError(f"{source} is an address; save the page in a browser, then add the saved file.")
    path = Path(source).expanduser()
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise SeedError(f"{path} cannot be read ({error.strerror}); name a file that can.") from None


def _page(data: bytes, name: str) -> _Page:
    """Read a source by what it holds; its name decides only where the content does not."""
    suffix = Path(name).suffix.lower()
    if _HTML.match(data) or suffix in (".html", ".htm", ".xhtml"):
        page = _html_page(*_decode_page(data, None, name), name)
        page.suffix = ".html"
        return page
    if suffix in (".eml", ".mht", ".mhtml") or _MAIL.match(data[:20_000]):
        return _mail_page(data, name, suffix)
    return _text_page(data, name)


def _text_page(data: bytes, name: str) -> _Page:
    """Read a plain text as it stands, or put one in UTF-16 or Windows-1256 into UTF-8."""
    try:
        return _Page(decode(data))
    except SeedError as error:
        wrong = str(error)
    if "UTF-16" in wrong:
        encoding, said = "utf-16", "UTF-16"
    elif "Windows-1256" in wrong:
        encoding, said = "cp1256", "Windows-1256"
    else:
        raise SeedError(f"{name}: {wrong}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SeedError(f"{name}: {wrong}") from None
    page = _Page(decode(text.encode("utf-8")), ".txt")
    page.remarks.append(f"the text was in {said} and is now in UTF-8; read a line to see that it is right")
    return page


def _mail_page(data: bytes, name: str, suffix: str) -> _Page:
    """Read an e-mail or a web archive (MHTML): the part with the longest article, else its plain text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    pages: list[_Page] = []
    plain: list[_Page] = []
    problems: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        try:
            text, remarks = _decode_page(content, part.get_content_charset(), name)
            if kind == "text/plain":
                plain.append(_Page(text.replace("\r\n", "\n"), remarks=remarks))
                continue
            page = _html_page(text, remarks, name)
        except SeedError as error:
            problems.append(str(error))
            continue
        page.tell("url", _header(part, "Content-Location"), "from the archive")
        pages.append(page)
    pages = [page for page in pages if not text_fault(page.text)]
    plain = [page for page in plain if not text_fault(page.text)]
    if not pages and not plain:
        raise SeedError(problems[0] if problems else f"{name}: holds no Arabic text; paste the article's text.")
    page = max(pages or plain, key=lambda found: len(found.text))
    archive = message.get("Snapshot-Content-Location") is not None or suffix in (".mht", ".mhtml")
    page.suffix = ".mht" if archive else ".eml"
    if (url := page.cells.get("url")) and not re.match(r"https?:", url):
        del page.cells["url"], page.whence["url"]
    page.tell("url", _header(message, "Snapshot-Content-Location"), "from the archive")
    page.tell("title", _header(message, "Subject"), "the subject of the e-mail")
    if day := _mail_day(message):
        page.tell("retrieved", day, "the day of the archive" if archive else "the day of the e-mail")
    return page


def _header(message: Any, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):  # malformed headers
        return None
    return str(value) if value else None


def _mail_day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _decode_page(data: bytes, declared: str | None, name: str) -> tuple[str, list[str]]:
    """Decode a page: UTF-8 where it fits, else what the page or the e-mail declares, else Windows-1256.

    A declaration is often wrong, while bytes that read as UTF-8 hardly ever are anything else.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), []
    text = data.decode("utf-8", errors="replace").removeprefix(_BOM)
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if not lost:
        return text, []
    if lost * 50 < len(_ARABIC.findall(text)):
        return text, [f"{lost} places of the page are not UTF-8 and read as �; look at them"]
    meta = _META_CHARSET.search(data[:4096])
    names = [declared, meta.group(1).decode("ascii", errors="ignore") if meta else None, "cp1256"]
    for encoding in names:
        try:
            text = data.decode(encoding) if encoding else ""
        except (LookupError, UnicodeDecodeError):
            continue
        if _ARABIC.search(text):
            return text, []
    raise SeedError(f"{name}: its encoding is not known; save the page again as UTF-8, or paste its text.")


def _html_page(html: str, remarks: list[str], name: str) -> _Page:
    trafilatura = _trafilatura()
    config = deepcopy(trafilatura.settings.DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "20"  # below 250 it falls back on the whole page: flashes are short
    tree = trafilatura.load_html(html if "<html" in html.lower() else f"<html><body>{html}</body></html>")
    found = None
    if tree is not None:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, with_metadata=True, deduplicate=False, config=config
        )
    if found is None or found.body is None:
        raise SeedError(f"{name}: no article was found in the page; copy the article's text and paste it instead.")
    blocks = list(_blocks(found.body))
    title = " ".join((found.title or "").split())
    if title and fold(title) not in {fold(block) for block in blocks[:3]}:
        blocks.insert(0, title)
    page = _Page("\n\n".join(blocks) + "\n", remarks=list(remarks))
    if comment := _SAVED_FROM.search(html[:4096]):
        page.tell("url", comment.group(1), "from the saved page")
    page.tell("url", found.url, "from the page")
    page.tell("title", title, "from the page")
    _tell_day(page, tree)
    page.tell("outlet", found.sitename, "from the page")
    for item in _json_articles(tree):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            page.tell("outlet", publisher["name"], "from the page")
    page.tell("outlet", urlsplit(page.cells.get("url", "")).hostname, "the host of the page's address")
    return page


def _trafilatura() -> Any:
    try:
        import trafilatura
        import trafilatura.settings
    except ImportError:
        raise SeedError(
            "Reading web pages and e-mails needs the package trafilatura: run `pip install trafilatura`, "
            "or paste the article's text instead."
        ) from None
    return trafilatura


def _blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs of an extracted body, words untouched; line ends of the source are spaces."""
    run: list[str] = []

    def flush() -> Iterator[str]:
        text = _HTML_SPACE.sub(" ", "".join(run)).strip(" ")
        run.clear()
        if text:
            yield text

    def walk(node: Any) -> Iterator[str]:
        inline = node.tag in _INLINE
        if node.tag == "cell":
            run.append(" ")
        elif not inline:
            yield from flush()
        run.append(node.text or "")
        for child in node:
            yield from walk(child)
            run.append(child.tail or "")
        if not inline and node.tag != "cell":
            yield from flush()

    yield from walk(element)


def _tell_day(page: _Page, tree: Any) -> None:
    """Take the day of publication from the first kind of place that names exactly one."""
    described = [str(item["datePublished"]) for item in _json_articles(tree) if item.get("datePublished")]
    kinds: list[tuple[str, list[str]]] = [
        ("from the page's head", tree.xpath(_DAY_IN_HEAD)),
        ("from the page's structured data", described),
        ("from the page's marked-up date", tree.xpath(_DAY_IN_BODY)),
    ]
    if url_day := _URL_DAY.search(page.cells.get("url", "")):
        year, month, day = url_day.groups()
        kinds.append(("from the page's address", [f"{year}-{month:0>2}-{day:0>2}"]))
    for whence, stamps in kinds:
        days: dict[str, re.Match[str]] = {}
        for stamp in stamps:
            match = _STAMP.match(" ".join(str(stamp).split()))
            if match and iso_day(match.group(1)):
                days.setdefault(match.group(1), match)
        if len(days) > 1:
            page.remarks.append(f"{whence[5:]} names several days ({', '.join(sorted(days))}): none was taken")
        if len(days) == 1:
            ((day, match),) = days.items()
            page.tell("published", day, f"{whence}; check it")
            if match.group(3) and int(match.group(2)) >= 20:
                page.remarks.append("the page gives its hour of publication in UTC: eastward it was the next day")
            return


def _json_articles(tree: Any) -> list[dict[str, Any]]:
    """Return the articles that the page describes as JSON-LD, those of lists of others left out."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            kinds = value.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).endswith(("Article", "BlogPosting")) for kind in kinds):
                found.append(value)
            for key in ("@graph", "mainEntity"):
                walk(value.get(key))

    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            walk(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue
    return found


def _id(asked: str | None, name: str, page: _Page) -> str:
    """Return the id asked for, or one made of the file's name, or of the title of a pasted text."""
    if asked is not None:
        seed = asked[:-4] if asked.lower().endswith(".txt") else asked
    elif name == "the pasted text":
        first = next((line for line in page.text.splitlines() if line.strip(_BOM + " ")), "")
        seed = _slug(page.cells.get("title") or first)
    else:
        stem = name
        while Path(stem).suffix.lower() in _SUFFIXES | {".txt"}:
            stem = stem[: -len(Path(stem).suffix)]
        seed = stem if id_fault(stem) is None and " " not in stem and len(stem) <= _LONGEST_ID else _slug(stem)
    if wrong := id_fault(seed):
        raise SeedError(f"“{seed}” is no id: {wrong}. Give a short name with id (--id), for instance raid-2026-01.")
    return seed


def _slug(text: str) -> str:
    """Join the first words of a text.

    >>> _slug("مقتل 3 في «هجوم»: البلدة")
    'مقتل-3-في-هجوم-البلدة'
    """
    slug = ""
    for word in re.findall(r"\w+", fold_marks(text)):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST_ID:
            break
        slug = longer
    return slug


def _path(folder: Path, seed: str) -> Path:
    """Return the seed's file: the one that is there under another spelling, or a new one."""
    for path in folder.iterdir():
        if path.suffix.lower() == ".txt" and id_key(path.stem) == id_key(seed):
            return path
    return folder / f"{seed}.txt"


def _files(folder: Path, path: Path, data: bytes, page: _Page) -> tuple[dict[Path, bytes | None], Path | None]:
    """Return the files to write for the page itself, and those of an older page to take away."""
    raw = folder / RAW / f"{path.stem}{page.suffix}" if page.suffix else None
    files: dict[Path, bytes | None] = {}
    if (folder / RAW).is_dir():
        for old in (folder / RAW).iterdir():
            if old.is_file() and id_key(old.stem) == id_key(path.stem) and old.suffix.lower() in _SUFFIXES | {".txt"}:
                files[old] = None
    if raw:
        files[raw] = data
    return files, raw


def _merge(index: Index, seed: str, given: dict[str, str], page: _Page) -> dict[str, str]:
    row = index.rows.get(id_key(seed))
    old = dict(row.cells) if row else {}
    old.pop("id", None)
    if "published" in old and iso_day(old["published"]) is None and "published" not in given:
        raise SeedError(f"{INDEX}: published “{old['published']}” of {seed} is no day; write it as YYYY-MM-DD.")
    kept, said = given.get("published") or old.get("published"), page.cells.get("published")
    if kept and said and kept != said:
        page.remarks.append(f"published stays {kept}; the page says {said}")
    page.whence = {
        name: "given" if name in given else "from the index" if name in old else page.whence[name]
        for name in {**page.whence, **old, **given}
    }
    return {"id": seed, **page.cells, **old, **given}


def _index_with(path: Path, cells: dict[str, str], seed: str) -> bytes:
    def same(row: Any) -> bool:
        written = row.get("id", "").strip()
        return id_key(written[:-4] if written.lower().endswith(".txt") else written) == id_key(seed)

    return put_row(path.read_bytes() if path.exists() else None, COLUMNS, cells, same)
