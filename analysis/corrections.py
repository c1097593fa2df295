"""Read a person's corrections of a seed, and find again the words they were made for.

A correction is a row of `corrections.csv` beside the seeds. It quotes the words it is about, with a
little of what stands before and after them (the TextQuoteSelector of W3C Web Annotation), for offsets
do not outlive an edit: outlets add vowel marks, change «إلى» for «الى», or a space at a line's end.
Those edits move no correction. A quotation that is gone, or that could stand in several places, is
placed nowhere, and `unplaced` says why: a correction on the wrong words is worse than none.

>>> text = "قالت الوزارة إن 81 عادوا. وأكّد المتحدث أن 81 عادوا."
>>> place(text, Correction("raid", "81", prefix="المتحدث أن", field="value", value="18"))
Span(start=43, end=45)
>>> place(text, Correction("raid", "81", field="value", value="18")) is None
True
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from analysis.dictionary import ACTS
from analysis.seeds import (
    SeedError,
    decode,
    delimiter_of,
    id_fault,
    id_key,
    iso_day,
    read_article,
    read_inside,
    seeds_folder,
)
from analysis.storage import locked, put_row, write_together
from analysis.text import Span, fold

CORRECTIONS = "corrections.csv"
COLUMNS = ("seed", "exact", "prefix", "suffix", "field", "value", "note", "who", "when")
ROLES = (
    "escaped",
    "recaptured",
    "killed",
    "wounded",
    "detained",
    "displaced",
    "transferred",
    "present",
    "other",
)
FIELDS = {
    "source": "who says the claim that holds the words; “unknown” where nobody can tell",
    "act": f"what kind of saying it is: {', '.join(ACTS)}",
    "value": "what a figure says: 120, or 100..200 for a range",
    "role": f"what a figure counts: {', '.join(ROLES)}",
    "date": "what a time expression says, as TIMEX3: 2026-01-20, 2026-01, 2013, 2026-W03, P3D, PAST_REF",
    "excluded": "leave these words out: the claims, figures and dates that they hold; “yes” or nothing",
    "add_attribution": "a claim that was missed, the words being its content: its source, or SOURCE | ACT",
    "add_quantity": "a figure that was missed: its value, or VALUE | ROLE",
    "add_date": "a time expression that was missed: its TIMEX3 value",
}
CONTEXT = 32  # characters kept on each side: what Hypothesis and the browsers' text fragments keep

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(?:MO|AF|EV|NI|(?:[01]\d|2[0-3])(?::[0-5]\d)?))?", re.ASCII)
_TIMEX = re.compile(
    r"\d{2}(?:\d{1,2}|X{1,2})?"  # 20 century, 202 decade, 2026
    r"|\d{4}-(?:0[1-9]|1[0-2]|XX|Q[1-4]|H[12]|SP|SU|FA|WI)"
    r"|\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])(?:-(?:[1-7]|WE))?"
    r"|(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2]|XX)-(?:0[1-9]|[12]\d|3[01]|XX)"
    r"|XXXX-W(?:XX|\d\d)(?:-[1-7])?"
    r"|P(?=[\dXT])(?:(?:\d+(?:\.\d+)?|X)(?:Y|M|W|D|DE|CE))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?"
    r"|T(?:MO|AF|EV|NI|(?:[01]\d|2[0-3]):[0-5]\d)"
    r"|(?:PAST|PRESENT|FUTURE)_REF",
    re.ASCII,
)
_GLYPHS = str.maketrans("«»“”„‟″‘’‚‛′–—−‐‑", '"' * 7 + "'" * 5 + "-" * 5)
_PROCLITICS = re.compile(r"[وف]?[بكلس]?(?:ال|ل)?")
_CONJUNCTION = re.compile(r"[وف]?")
_LONG = 40  # folded characters: so long a quotation stands for itself, whatever is around it
_LEAST_CONTEXT = 0.5
_SIDE = 6
_INSIDE_NUMBER = (".", ",", "\N{ARABIC DECIMAL SEPARATOR}", "\N{ARABIC THOUSANDS SEPARATOR}")


class CorrectionError(SeedError):
    """Name every faulty row of the corrections by its line, and say for each what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold one row: the quoted words with their surroundings, the field, its right value, who and when."""

    seed: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    field: str = "excluded"
    value: str = ""
    note: str = ""
    who: str = ""
    when: date | None = None
    line: int | None = None

    @property
    def parts(self) -> tuple[str, str | None]:
        """Part a value SOURCE | ACT or VALUE | ROLE; the second is None when it is not given.

        >>> Correction("raid", "81", field="add_quantity", value="81 | recaptured").parts
        ('81', 'recaptured')
        """
        first, _, rest = self.value.partition("|")
        return first.strip(), rest.strip() or None

    @property
    def numbers(self) -> tuple[float, float] | None:
        """Return the lowest and the highest number of a figure's value, or None for another field.

        >>> Correction("raid", "100 إلى 200", field="value", value="100..200").numbers
        (100.0, 200.0)
        """
        if self.field not in ("value", "add_quantity"):
            return None
        return read_range(self.parts[0])


@dataclass(frozen=True, slots=True)
class Applied:
    """Hold a correction that took effect: the words it found, what it changed, and what stood there before."""

    correction: Correction
    span: Span
    target: str
    before: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Hold a correction without effect, and the reason: its words are gone, or hold nothing to correct."""

    correction: Correction
    reason: str


def read_range(cell: str) -> tuple[float, float] | None:
    """Read 120 or 100..200, in digits of either script; None when it is neither.

    >>> read_range("٨١"), read_range("100..200"), read_range("many")
    ((81.0, 81.0), (100.0, 200.0), None)
    """
    ends = [fold(end).replace(",", "").strip() for end in cell.split("..")]
    if len(ends) > 2 or not all(_NUMBER.fullmatch(end) for end in ends):
        return None
    low, high = float(ends[0]), float(ends[-1])
    return (low, high) if low <= high else None


def read_corrections(folder: Path | str | None = None) -> list[Correction]:
    """Read the folder's corrections in the order of their lines; none when there is no such file.

    Raise one `CorrectionError` that names every mistake by its line.
    """
    home = seeds_folder(folder)
    path = home / CORRECTIONS
    if not path.exists() and not path.is_symlink():
        return []
    read = read_inside(path, home)
    if isinstance(read, str):
        raise CorrectionError(read)
    try:
        text = decode(read)
    except SeedError as error:
        raise CorrectionError(f"{CORRECTIONS} {error}.") from None
    return parse_corrections(text)


def parse_corrections(text: str) -> list[Correction]:
    """Read the text of a table of corrections.

    >>> parse_corrections("seed,exact,field,value\\nraid,حذّر,act,warning\\n")[0].value
    'warning'
    >>> parse_corrections("seed,exact,field,when\\nraid,حذّر,excluded,soon\\n")
    Traceback (most recent call last):
    analysis.corrections.CorrectionError: The corrections have one fault to put right:
      corrections.csv, line 2: when “soon” is no day; write it as YYYY-MM-DD, for instance 2026-01-21
    """
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    header: list[str] = []
    found: list[Correction] = []
    faults: list[str] = []
    first_line: dict[tuple[str, ...], int] = {}
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip().lower() for cell in cells]
                faults.extend(f"{CORRECTIONS}: {fault}" for fault in _header_faults(header))
                if faults:
                    break
                continue
            row = {name: cell for name, cell in zip(header, cells, strict=False) if name}
            own = list(_faults(row))
            if any(cell.strip() for cell in cells[len(header) :]):
                own.append("more cells than columns; put a cell that holds a comma in quotation marks")
            correction = _correction(row, rows.line_num)
            if not own and (line := first_line.setdefault(_same(correction), rows.line_num)) != rows.line_num:
                own.append(f"corrects what line {line} corrects; keep one of the two")
            faults.extend(f"{CORRECTIONS}, line {rows.line_num}: {fault}" for fault in own)
            found.append(correction)
    except csv.Error as error:
        faults.append(
            f"{CORRECTIONS}, line {rows.line_num}: is not readable as CSV ({error}); "
            "close each quotation mark that is opened"
        )
    if faults:
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        said = "\n".join([f"The corrections have {count} to put right:", *(f"  {fault}" for fault in faults)])
        raise CorrectionError(said, faults)
    return found


def place(text: str, correction: Correction) -> Span | None:
    """Return where the quoted words stand in the text, or None when they are lost or could be several.

    White space, vowel marks, tatweel, bidi controls, kinds of quotation marks and digits, and the
    spellings of hamza, ى and ة make no difference. Of several places the one whose surroundings agree
    best is taken; a short quotation whose surroundings are all gone is lost. The text is left alone.

    >>> place("وقالَ  إنّ ذلك صحيح", Correction("raid", "وقال إن"))
    Span(start=0, end=10)
    """
    best, _ = _best(text, correction)
    return best[0] if len(best) == 1 else None


def unplaced(text: str, correction: Correction) -> str | None:
    """Say why the quoted words have no place in the text and what to do, or return None if they have one.

    >>> unplaced("قال ثم قال", Correction("raid", "قال"))
    '“قال” stands in 2 places that fit alike; give more of what is before (prefix) and after it (suffix)'
    """
    best, seen = _best(text, correction)
    if len(best) == 1:
        return None
    quoted = f"“{_short(correction.exact)}”"
    if best:
        return (
            f"{quoted} stands in {len(best)} places that fit alike; "
            "give more of what is before (prefix) and after it (suffix)"
        )
    if seen:
        return f"{quoted} stands only in other surroundings; quote what is around it now, or delete the row"
    return f"{quoted} is not in the text; quote the words as they stand there now, or delete the row"


def quote(text: str, span: Span, context: int = CONTEXT) -> tuple[str, str, str]:
    """Return the words of a span, what is before, and what is after them.

    Where so much context does not tell the place from its repeats (a headline that the page repeats as
    a link), more is taken, up to eight times as much.

    >>> quote("قالت الوزارة إن 81 عادوا", Span(16, 18), 7)
    ('81', 'زارة إن', 'عادوا')
    """
    exact = span.of(text)
    length = context
    while True:
        before = text[max(0, span.start - length - 1) : span.start].strip()[-length:]
        after = text[span.end : span.end + length + 1].strip()[:length]
        if length >= 8 * context or place(text, Correction("", exact, before, after)) is not None:
            return exact, before, after
        length *= 2


def add_correction(
    folder: Path | str | None,
    seed: str,
    exact: str | Span,
    field: str,
    value: str = "",
    *,
    prefix: str = "",
    suffix: str = "",
    note: str = "",
    who: str = "",
    when: date | None = None,
    replace: bool = False,
    check: Callable[[Correction], str | None] = lambda correction: None,
) -> Correction:
    """Write one correction into the folder's corrections.csv; return it with its surroundings filled in.

    `exact` is the words, or their span in the seed's text. Raise `CorrectionError`, and write nothing,
    when something is wrong with it, its words have no one place in the seed, or the same words have a
    correction of this field already and `replace` is not set; or when `check` returns what is wrong.
    `when` is today, unless given. A correction that is replaced leaves its note and who, where none is given.
    """
    home = seeds_folder(folder)
    seed = seed[:-4] if seed.lower().endswith(".txt") else seed
    if wrong := id_fault(seed):
        raise CorrectionError(f"“{seed}” is no seed: {wrong}.")
    file = _seed_path(home, seed)
    if not file.exists():
        names = sorted(p.stem for p in home.iterdir() if p.suffix.lower() == ".txt")
        said = f"the seeds are {', '.join(names[:20])}" if names else "it holds no seed"
        raise CorrectionError(f"There is no seed “{seed}” in {home}; {said}.")
    article = read_article(file)
    if isinstance(exact, Span):
        exact, prefix, suffix = quote(article.text, exact)
    row = {
        "seed": article.id,
        "exact": exact,
        "prefix": prefix,
        "suffix": suffix,
        "field": field,
        "value": value,
        "note": " ".join(note.split()),
        "who": " ".join(who.split()),
        "when": (when or date.today()).isoformat(),
    }
    if faults := list(_faults(row)):
        raise CorrectionError("This correction cannot be written: " + "; ".join(faults) + ".", faults)
    if wrong := unplaced(article.text, _correction(row)):
        raise CorrectionError(f"This correction cannot be written: {wrong.removesuffix(', or delete the row')}.")
    span = place(article.text, _correction(row))
    if span:
        row["exact"], row["prefix"], row["suffix"] = quote(article.text, span)

    if wrong := check(_correction(row)):
        raise CorrectionError(f"This correction cannot be written: {wrong}.")

    def concerned(old: Correction) -> bool:
        if id_key(old.seed) != id_key(article.id) or old.field != field:
            return False
        return place(article.text, old) == span

    path = home / CORRECTIONS
    with locked(home):
        there = next((old for old in read_corrections(home) if concerned(old)), None)
        if there and not replace:
            raise CorrectionError(
                f"{CORRECTIONS}, line {there.line} corrects the {field} of these words already; "
                "change that row, or ask to replace it."
            )
        if there:
            row["note"] = row["note"] or there.note
            row["who"] = row["who"] or there.who
        data = path.read_bytes() if path.exists() else None
        rows = put_row(data, COLUMNS, row, lambda other: concerned(_correction(other)))
        write_together(home, {path: rows})
        return next(old for old in read_corrections(home) if concerned(old))


def _seed_path(home: Path, seed: str) -> Path:
    for path in home.iterdir():
        if path.suffix.lower() == ".txt" and id_key(path.stem) == id_key(seed):
            return path
    return home / f"{seed}.txt"


def _header_faults(header: list[str]) -> Iterator[str]:
    while header and not header[-1]:
        header.pop()
    known = f"the columns are {', '.join(COLUMNS)}"
    for name in header:
        if name not in COLUMNS:
            yield f"unknown column “{name}”; {known}" if name else f"a column has no name; {known}"
    for name in COLUMNS:
        if header.count(name) > 1:
            yield f"the column “{name}” stands twice; take one out"
    for name in ("seed", "exact", "field"):
        if name not in header:
            yield f"there is no column “{name}”; {known}"


def _correction(row: Mapping[str, str], line: int | None = None) -> Correction:
    seed = row.get("seed", "").strip()
    return Correction(
        seed=seed[:-4] if seed.lower().endswith(".txt") else seed,
        exact=row.get("exact", ""),
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        field=row.get("field", "").strip().lower(),
        value=row.get("value", "").strip(),
        note=row.get("note", "").strip(),
        who=row.get("who", "").strip(),
        when=iso_day(row.get("when", "").strip()),
        line=line,
    )


def _same(correction: Correction) -> tuple[str, ...]:
    quoted = (_view(part)[0] for part in (correction.exact, correction.prefix, correction.suffix))
    return (id_key(correction.seed), correction.field, *quoted)


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    correction = _correction(row)
    if wrong := id_fault(correction.seed):
        yield f"seed “{correction.seed}”: {wrong}; write the file's name without .txt"
    if not _view(correction.exact)[0]:
        yield "exact is empty; quote the words that are corrected"
    if correction.field not in FIELDS:
        yield f"unknown field “{correction.field}”; write one of {', '.join(FIELDS)}"
    elif wrong := _value_fault(correction):
        yield wrong
    when = row.get("when", "").strip()
    if when and iso_day(when) is None:
        yield f"when “{when}” is no day; write it as YYYY-MM-DD, for instance 2026-01-21"


def _value_fault(correction: Correction) -> str | None:
    field, value = correction.field, correction.value
    if field == "excluded":
        fine = value.lower() in ("", "yes", "true", "1")
        return None if fine else f"“{value}” with excluded; write “yes”, or delete the row to keep the words"
    if not value:
        return f"value is empty; write {FIELDS[field]}"
    first, second = correction.parts if field.startswith("add_") else (value, None)
    if field == "act" or (field == "add_attribution" and second is not None):
        act = second or value
        if act not in ACTS:
            return f"“{act}” is no act; write one of {', '.join(ACTS)}"
    if field == "role" or (field == "add_quantity" and second is not None):
        role = second or value
        if role not in ROLES:
            return f"“{role}” is no role; write one of {', '.join(ROLES)}"
    if field == "add_attribution" and not first:
        return "there is no source before “|”; write SOURCE or SOURCE | ACT"
    if field in ("value", "add_quantity") and read_range(first) is None:
        return f"“{first}” is no number; write 120, or 100..200 for a range"
    if field in ("date", "add_date") and not _is_timex(value):
        return f"“{value}” is no date; write {FIELDS['date'].partition(', as ')[2]}"
    return None


def _is_timex(value: str) -> bool:
    day = _DAY.fullmatch(value)
    return iso_day(day.group(1)) is not None if day else _TIMEX.fullmatch(value) is not None


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return "".join(fold(character).translate(_GLYPHS).split())


@lru_cache(maxsize=16)
def _view(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold a text and drop its white space; return it with the place of each character's origin."""
    folded: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        for part in _fold_character(character):
            folded.append(part)
            places.append(i)
    return "".join(folded), tuple(places)


def _best(text: str, correction: Correction) -> tuple[list[Span], bool]:
    """Return the places that fit best, and whether the words were seen anywhere at all."""
    folded, places = _view(text)
    exact = _view(correction.exact)[0]
    prefix, suffix = _view(correction.prefix)[0], _view(correction.suffix)[0]
    best: list[Span] = []
    best_fit = (-1, False, False)
    seen = False
    at = folded.find(exact) if exact else -1
    while at >= 0:
        span = _lift(text, places, at, at + len(exact), correction.exact)
        before = _common(reversed(folded[max(0, at - len(prefix)) : at]), reversed(prefix))
        after = _common(folded[at + len(exact) : at + len(exact) + len(suffix)], suffix)
        whole = _is_whole(text, span, prefix)
        agrees = before + after == len(prefix) + len(suffix)
        seen = seen or whole
        if (whole or (agrees and (prefix or suffix))) and _is_near(exact, prefix, suffix, before, after):
            fit = (before + after, whole, text.startswith(correction.exact.strip(), span.start))
            if fit > best_fit:
                best, best_fit = [], fit
            if fit == best_fit and span not in best:
                best.append(span)
        at = folded.find(exact, at + 1)
    return best, seen


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count


def _is_near(exact: str, prefix: str, suffix: str, before: int, after: int) -> bool:
    """Tell whether enough of the surroundings is still there: half of both, or all of one side."""
    total = len(prefix) + len(suffix)
    if not total or len(exact) >= _LONG or before + after >= _LEAST_CONTEXT * total:
        return True
    return (len(prefix) >= _SIDE and before == len(prefix)) or (len(suffix) >= _SIDE and after == len(suffix))


def _lift(text: str, places: tuple[int, ...], first: int, stop: int, exact: str) -> Span:
    """Return the span of folded characters: their origins, and the marks on the last letter."""
    start, end = places[first], places[stop - 1] + 1
    if text.startswith(exact.strip(), start):
        end = max(end, start + len(exact.strip()))
    if text[end - 1].isalpha():
        while end < len(text) and _is_mark(text[end]):
            end += 1
    return Span(start, end)


def _is_mark(character: str) -> bool:
    return not character.isspace() and not _fold_character(character)


def _is_whole(text: str, span: Span, prefix: str) -> bool:
    """Tell whether a span cuts no word and no number: only و ف ب ك ل س ال may be glued before it.

    Before two letters only و and ف may (كان is no ك + ان), and what the quotation had there too («ب» of «بأن»).
    """
    first, last = text[span.start], text[span.end - 1]
    after = span.end
    while after < len(text) and _is_mark(text[after]):
        after += 1
    rest = text[after : after + 2]
    if _is_numeric(last) and (_is_numeric(rest[:1]) or (rest[:1] in _INSIDE_NUMBER and _is_numeric(rest[1:]))):
        return False
    if (last.isalpha() or _is_mark(last)) and rest[:1].isalpha():
        return False
    glued = ""
    for i in range(span.start - 1, max(-1, span.start - 12), -1):
        if not text[i].isalpha() and not _is_mark(text[i]):
            break
        glued = text[i] + glued
    if first.isalpha():
        length = len(list(takewhile(str.isalpha, fold(span.of(text)))))
        known = length > 2 or prefix.endswith(fold(glued))
        return (_PROCLITICS if known else _CONJUNCTION).fullmatch(fold(glued)) is not None
    head = text[max(0, span.start - 2) : span.start]
    return not _is_numeric(first) or not (
        _is_numeric(head[-1:]) or (head[-1:] in _INSIDE_NUMBER and _is_numeric(head[:-1]))
    )


def _is_numeric(character: str) -> bool:
    return character.isdecimal()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"
