"""Read the seeds: the articles of a folder and what its index.csv says of them.

Arabic news says «أمس الثلاثاء» and leaves the date to the page around it, and a page copied without its
furniture carries no date at all: the day of publication stands in the index, beside the outlet and the
address. Pages also reach the folder through word processors and browsers that leave no-break spaces,
bidi controls and tatweel inside words; reading keeps every one, so that offsets fit the file.

Offsets count the characters of `Path(file).read_text(encoding="utf-8")`: a byte order mark is character
0, and a line end of two characters (CR LF, from Windows) or a lone CR counts as one LF. Nothing else
differs from the bytes of the file.

>>> Article("raid", "قالت الوزارة إن 81 عنصراً عادوا").published is None
True
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

INDEX = "index.csv"
COLUMNS = ("id", "published", "outlet", "title", "url", "retrieved", "story", "note")
DATE_COLUMNS = ("published", "retrieved")

_DELIMITERS = (",", ";", "\t")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LEAST_ARABIC = 0.3  # of all letters: an article full of Latin names stays above, a page of code stays below
_INVISIBLE = "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
_NAME_LIMIT = 200  # bytes: file systems stop at 255, and a temporary name needs room


class SeedError(ValueError):
    """Name every faulty seed, and say for each what to do; `faults` holds one line a fault."""

    def __init__(self, message: str, faults: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults) or (message,)


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article: its text as it stands in the file, and its row of the index; None is not known."""

    id: str
    text: str
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    retrieved: str | None = None
    story: str | None = None
    note: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of the index: its line, the id as written, and the cells that are not empty."""

    line: int
    id: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """Hold an index as read: rows by `id_key`, faults of single seeds by `id_key`, faults of the file."""

    rows: dict[str, Row] = field(default_factory=dict)
    row_faults: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_seeds(folder: Path | str | None = None) -> list[Article]:
    """Read every `.txt` of the folder; return the articles in the order of their ids.

    Raise one `SeedError` that names each faulty seed. Without a folder: see `seeds_folder`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "raid.txt").write_text("قالت الوزارة ذلك أمس", encoding="utf-8")
    ...     _ = (Path(folder) / "index.csv").write_text("id,published\\nraid,2026-01-21\\n", encoding="utf-8")
    ...     [(article.id, str(article.published)) for article in read_seeds(folder)]
    [('raid', '2026-01-21')]
    """
    place = seeds_folder(folder)
    articles, faults = seeds_that_read(place)
    if faults:
        raise SeedError(_message(place, faults), faults)
    return articles


def seeds_as_asked(folder: Path | str | None = None) -> list[Article]:
    """Read all seeds, or, where $SKIP_FAULTY is set, those that read, naming the others on standard error.

    `make run` sets it, so that one faulty article of many does not stop the notebooks.
    """
    if not os.environ.get("SKIP_FAULTY"):
        return read_seeds(folder)
    articles, faults = seeds_that_read(folder)
    for fault in faults:
        print(f"left out: {fault}", file=sys.stderr)
    if not articles:
        raise SeedError("\n".join(["No article of the folder reads:", *faults]), faults)
    return articles


def seeds_that_read(folder: Path | str | None = None) -> tuple[list[Article], list[str]]:
    """Read what can be read; return the articles and one line for each fault.

    A seed with any fault of its own, in its file or its row, is left out. Raise `SeedError` only for a
    folder that is missing or holds no seed at all.
    """
    place = seeds_folder(folder)
    index = read_index(place)
    articles: list[Article] = []
    faults = list(index.faults)
    files = _seed_files(place)
    by_key: dict[str, list[Path]] = {}
    for path in files:
        by_key.setdefault(id_key(path.stem), []).append(path)
    for key in sorted(by_key):
        paths = by_key[key]
        own = list(index.row_faults.get(key, []))
        if len(paths) > 1:
            names = " and ".join(path.name for path in paths)
            own.append(f"{names}: two files with one id, but for case or spelling of accents; rename one")
        read = [_read(path, place, index.rows.get(key)) for path in paths]
        own.extend(result for result in read if isinstance(result, str))
        faults.extend(own)
        if not own:
            articles.extend(result for result in read if isinstance(result, Article))
    for key, row in index.rows.items():
        if key not in by_key:
            faults.extend(index.row_faults.get(key, []))
            faults.append(
                f"{INDEX}, line {row.line}: there is no file {row.id}.txt; put the article there, or delete the row"
            )
    if not files and not faults:
        raise SeedError(
            f"{place} holds no seed. Save an article's text there as ID.txt (plain text, UTF-8) and add "
            f"a row to {INDEX} with its id and day of publication (id,published,outlet / ID,2026-01-21,…), "
            "or let `python -m analysis add FILE` do both."
        )
    return articles, faults


def read_article(path: Path | str) -> Article:
    """Read one file, with its row of the index.csv beside it, if there is one; raise `SeedError`."""
    file = Path(path)
    index = read_index(file.parent) if file.parent.is_dir() else Index()
    key = id_key(file.stem)
    faults = [*index.faults, *index.row_faults.get(key, [])]
    read = _read(file, file.parent, index.rows.get(key))
    if isinstance(read, Article) and not faults:
        return read
    if isinstance(read, str):
        faults.append(read)
    raise SeedError(_message(file.parent, faults), faults)


def seeds_folder(folder: Path | str | None = None) -> Path:
    """Return the folder of the seeds: the one given, $SEEDS_DIR, or the nearest `seeds/`.

    The nearest is the one beside the package, else in the current directory or above it. Raise
    `SeedError` when there is none.
    """
    given = folder if folder is not None else os.environ.get("SEEDS_DIR") or None
    if given is not None:
        place = Path(given).expanduser()
        if place.is_dir():
            return place
        said = "" if folder is not None else " (named by the environment variable SEEDS_DIR)"
        what = "is a file, not a folder" if place.exists() else "does not exist"
        raise SeedError(f"The folder of seeds {place}{said} {what}: name a folder that holds articles as ID.txt.")
    here = Path.cwd()
    for root in (Path(__file__).resolve().parent.parent, here, *here.parents):
        if (root / "seeds").is_dir():
            return root / "seeds"
    raise SeedError(
        f"There is no folder `seeds` beside the package or at or above {here}: make one and save an article "
        "there as ID.txt (plain text, UTF-8), or name a folder with SEEDS_DIR."
    )


def sha256(article: Article) -> str:
    """Return the SHA-256 of the article's text in UTF-8, which says whether offsets still fit it.

    >>> sha256(Article("a", ""))[:8]
    'e3b0c442'
    """
    import hashlib  # loads OpenSSL: 4 ms that an analysis does not need

    return hashlib.sha256(article.text.encode("utf-8")).hexdigest()


def id_key(seed: str) -> str:
    """Return the form under which ids are the same: composed accents (NFC), no difference of case.

    >>> id_key("Raid-2") == id_key("raid-2")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", seed).casefold())


def id_fault(seed: str) -> str | None:
    """Say what is wrong with an id, or return None. An id is a file's name without `.txt`, in any script.

    >>> id_fault("جسر-البلدة"), id_fault("../raid")
    (None, 'an id may hold no slash')
    """
    if not seed.strip():
        return "the id is empty"
    if "/" in seed or "\\" in seed:
        return "an id may hold no slash"
    if seed != seed.strip() or seed.startswith("."):
        return "an id may not begin with a dot, nor begin or end with a space"
    if any(c in '<>:"|?*' or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in seed):
        return 'an id may hold no control character and none of < > : " | ? *'
    if len(seed.encode("utf-8")) > _NAME_LIMIT:
        return f"an id may be no longer than {_NAME_LIMIT} bytes"
    return None


def iso_day(cell: str) -> date | None:
    """Read a day written YYYY-MM-DD, or return None.

    >>> iso_day("2026-01-21"), iso_day("21/01/2026"), iso_day("2026-02-30")
    (datetime.date(2026, 1, 21), None, None)
    """
    if not _ISO_DAY.fullmatch(cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def decode(data: bytes) -> str:
    """Decode the bytes of a seed as `Path.read_text(encoding="utf-8")` does; raise `SeedError`.

    >>> decode("قال\\r\\n".encode())
    'قال\\n'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SeedError("is saved as UTF-16 (“Unicode”); save it again as UTF-8")
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise SeedError("is a document (Word, PDF, RTF or archive), not plain text; save its text as UTF-8")
    if b"\0" in data:
        raise SeedError("is binary: it holds NUL bytes; put plain text (UTF-8) in its place")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = " (it reads as Windows-1256)" if _is_windows_1256(data) else ""
        raise SeedError(f"is not UTF-8 from byte {error.start} on{guess}; save it again as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_fault(text: str) -> str | None:
    """Say why a text cannot be analysed and what to do, or return None.

    >>> text_fault("قال الوزير"), text_fault("  ")
    (None, 'is empty; put the text of the article in it, or delete it')
    """
    if not text.strip().strip(_INVISIBLE).strip():
        return "is empty; put the text of the article in it, or delete it"
    share = _arabic_share(text)
    if share >= _LEAST_ARABIC:
        return None
    if text.lstrip(_INVISIBLE + " \n\t")[:1] == "<":
        return "is the source of a web page; take its text with `python -m analysis add PAGE.html`"
    if _is_garbled(text):
        return "is Arabic read in the wrong encoding (Ø§Ù„…); copy the text again and save it as UTF-8"
    return f"is not Arabic ({share:.0%} of its letters are); put an Arabic article in its place, or delete it"


def read_index(folder: Path) -> Index:
    """Read the folder's index.csv, in whatever shape a spreadsheet left it; faults are returned, not raised.

    Columns may be missing, empty, or in another order, and parted by commas, semicolons or tabs. Only
    `id` is needed.
    """
    path = folder / INDEX
    if not path.exists() and not path.is_symlink():
        return Index()
    read = read_inside(path, folder)
    if isinstance(read, str):
        return Index(faults=[read])
    try:
        text = decode(read).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except SeedError as error:
        return Index(faults=[f"{INDEX}: {error}"])
    return parse_index(text)


def parse_index(text: str) -> Index:
    """Read the text of an index.

    >>> parse_index("published;id\\n2026-01-21;raid\\n").rows["raid"].cells
    {'published': '2026-01-21', 'id': 'raid'}
    >>> parse_index("id,publishd\\n").faults[0][:37]
    'index.csv: unknown column “publishd”;'
    """
    index = Index()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    header: list[str] = []
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if header:
                _add_row(index, header, cells, rows.line_num)
                continue
            header = [cell.lower() for cell in cells]
            while header and not header[-1]:
                header.pop()
            index.faults.extend(_header_faults(header))
            if "id" not in header:
                return index
    except csv.Error as error:
        index.faults.append(
            f"{INDEX}, line {rows.line_num}: is not readable as CSV ({error}); close each quotation mark that is opened"
        )
    return index


def delimiter_of(text: str) -> str:
    """Return the mark that parts the cells of the first line: comma, semicolon or tab.

    >>> delimiter_of("id;published\\nraid;2026-01-21")
    ';'
    """
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _header_faults(header: list[str]) -> list[str]:
    faults = [
        f"{INDEX}: unknown column “{name}”; the columns are {', '.join(COLUMNS)}"
        for name in header
        if name and name not in COLUMNS
    ]
    if "" in header:
        faults.append(f"{INDEX}: column {header.index('') + 1} has no name; name it or take it out")
    faults.extend(
        f"{INDEX}: the column “{name}” stands twice; take one out" for name in COLUMNS if header.count(name) > 1
    )
    if "id" not in header:
        faults.append(f"{INDEX}: there is no column “id”; begin the file with the line {','.join(COLUMNS)}")
    return faults


def _add_row(index: Index, header: list[str], cells: list[str], line: int) -> None:
    named = {name: cell for name, cell in zip(header, cells, strict=False) if cell and name in COLUMNS}
    at = f"{INDEX}, line {line}"
    seed = named.get("id", "")
    if seed.lower().endswith(".txt"):
        seed = seed[:-4]
    if wrong := id_fault(seed):
        index.faults.append(f"{at}: {wrong}; write the file's name without .txt")
        return
    key = id_key(seed)
    if any(cells[len(header) :]):
        index.row_faults.setdefault(key, []).append(
            f"{at} ({seed}): more cells than columns; put a cell that holds a comma in quotation marks"
        )
    for name in DATE_COLUMNS:
        if name in named and iso_day(named[name]) is None:
            index.row_faults.setdefault(key, []).append(
                f"{at} ({seed}): {name} “{named[name]}” is no day; write it as YYYY-MM-DD, for instance 2026-01-21"
            )
    if key in index.rows:
        index.row_faults.setdefault(key, []).append(
            f"{at} ({seed}): named before in line {index.rows[key].line}; delete one of the two rows"
        )
        return
    index.rows[key] = Row(line, seed, named)


def _seed_files(folder: Path) -> list[Path]:
    try:
        found = list(folder.iterdir())
    except OSError as error:
        raise SeedError(
            f"The folder {folder} cannot be read ({error.strerror}); give yourself leave to read it."
        ) from None
    return sorted(path for path in found if path.suffix.lower() == ".txt" and not path.name.startswith("."))


def _read(path: Path, folder: Path, row: Row | None) -> Article | str:
    if wrong := id_fault(path.stem):
        return f"{path.name}: {wrong}; rename the file"
    data = read_inside(path, folder)
    if isinstance(data, str):
        return data
    try:
        text = decode(data)
    except SeedError as error:
        return f"{path.name}: {error}"
    if wrong := text_fault(text):
        return f"{path.name}: {wrong}"
    cells = row.cells if row else {}
    return Article(
        id=path.stem,
        text=text,
        published=iso_day(cells.get("published", "")),
        outlet=cells.get("outlet"),
        title=cells.get("title"),
        url=cells.get("url"),
        retrieved=cells.get("retrieved"),
        story=cells.get("story"),
        note=cells.get("note"),
        path=str(path),
    )


def read_inside(path: Path, folder: Path) -> bytes | str:
    """Return the bytes of a file inside the folder, or what is wrong with it and what to do."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            return f"{path.name}: links to {real}, outside the folder; put a copy of the file in its place"
        if real.is_dir():
            return f"{path.name}: is a folder, not a file; move it elsewhere, or rename it"
        if not real.is_file():
            return f"{path.name}: is no ordinary file; put a plain text file in its place"
        return real.read_bytes()
    except FileNotFoundError:
        what = "links to a file that does not exist" if path.is_symlink() else "does not exist"
        return f"{path.name}: {what}; put the article there"
    except (OSError, RuntimeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return f"{path.name}: cannot be read ({why}); give yourself leave to read it, or put a copy in its place"


def _is_windows_1256(data: bytes) -> bool:
    """Tell Windows-1256 from UTF-8 with a few broken bytes, which also decodes to Arabic letters (ط§ظ„)."""
    text = data.decode("utf-8", errors="replace")
    if sum(map(_is_arabic, text)) > text.count("\N{REPLACEMENT CHARACTER}"):
        return False
    return _arabic_share(data.decode("cp1256", errors="replace")) >= _LEAST_ARABIC


def _arabic_share(text: str) -> float:
    letters = [c for c in text if c.isalpha()]
    return sum(map(_is_arabic, letters)) / len(letters) if letters else 0.0


def _is_arabic(letter: str) -> bool:
    return (
        "\u0620" <= letter <= "\u06ff"
        or "\u0750" <= letter <= "\u077f"
        or "\u08a0" <= letter <= "\u08ff"
        or "\ufb50" <= letter <= "\ufdff"
        or "\ufe70" <= letter <= "\ufefc"
    )


def _is_garbled(text: str) -> bool:
    for encoding in ("cp1252", "latin-1"):
        undone = text.encode(encoding, errors="ignore").decode("utf-8", errors="ignore")
        if _arabic_share(undone) >= _LEAST_ARABIC:
            return True
    return False


def _message(folder: Path, faults: list[str]) -> str:
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    return "\n".join([f"The seeds in {folder} have {count} to put right:", *(f"  {fault}" for fault in faults)])
