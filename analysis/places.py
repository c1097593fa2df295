"""Find the places that an article names, and where they lie.

Many Arabic place names are ordinary words as well: الباب is a door, صور pictures, فان is «فإن» without its
hamza, عمان a country and another one's capital. `places/gazetteer.csv` says which names count only behind a
noun of place («مدينة الباب») or a preposition («في جنين»); where countries share a name (طرابلس, القنيطرة),
the one whose other places the article names most is taken. `places/ORIGIN.md` tells where the coordinates
come from.

>>> from analysis.segment import find_blocks, split_sentences
>>> text = "وصل الوفد من بيروت إلى طرابلس، ثم إلى مدينة الباب."
>>> for sentence in split_sentences(text, find_blocks(text)):
...     for place in find_places(text, sentence):
...         print(place.span.of(text), place.kind, place.latitude, place.longitude)
بيروت capital 33.89 35.5
طرابلس city 34.44 35.85
الباب town 36.37 37.52
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.text import Remembered, Span, Tokens, stems, tokenize

if TYPE_CHECKING:
    from analysis.segment import Sentence

_FOLDER = Path(__file__).parent / "places"
_COLUMNS = "name latitude longitude country kind source context not_after not_before".split()
KINDS = frozenset("country capital city town province region".split())
CONTEXTS = frozenset(("", "noun", "prep", "apart"))

# Before a name that is also an ordinary word, folded. «مدينة الباب»، «ريف القصير»، «مدينتي صور وصيدا»
_TOWN_NOUNS = frozenset(
    "مدينه مدينتي بلده بلدتي بلدات مدن قريه قري عاصمه العاصمه ناحيه قضاء حي مخيم مخيمي معبر".split()
)
_PROVINCE_NOUNS = frozenset("محافظه محافظتي محافظات ولايه ولايتي اقليم ريف لواء مديريه مقاطعه اماره".split())
_SITE_NOUNS = frozenset("سجن مطار ميناء قاعده محيط ضواحي اطراف منطقه منطقتي جبهه بوابه".split())
_NOUNS = _TOWN_NOUNS | _PROVINCE_NOUNS | _SITE_NOUNS
_PREPOSITIONS = frozenset(
    "في من الي نحو قرب صوب باتجاه تجاه داخل خارج عبر بين وسط شمال شمالي جنوب جنوبي شرق شرقي غرب غربي".split()
)


class GazetteerError(ValueError):
    """Say which row of the gazetteer is wrong, and why."""


@dataclass(frozen=True, slots=True)
class Known:
    """Hold one row of the gazetteer; `context` is what must stand before the name, "" for nothing.

    `noun` asks for a noun of place, `prep` for that or a preposition, `apart` for anything but a noun with
    the article, behind which the name is an adjective («القوات السعودية»).
    """

    name: str
    latitude: float
    longitude: float
    country: str
    kind: str
    source: str
    context: str
    not_after: frozenset[str]
    not_before: frozenset[str]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a place at its span: the gazetteer's name for it, where it lies, its kind and its country.

    A town's name behind محافظة or ولاية is of kind province, and keeps the town's coordinates.
    """

    span: Span
    name: str
    latitude: float
    longitude: float
    kind: str
    country: str


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in tokenize(text).words)


@cache
def gazetteer() -> tuple[Known, ...]:
    """Read the gazetteer; raise `GazetteerError` for a wrong heading, kind or context, or a repeated row.

    >>> [row.country for row in gazetteer() if row.name == "طرابلس"]
    ['لبنان', 'ليبيا']
    """
    path = _FOLDER / "gazetteer.csv"
    found: list[Known] = []
    seen: dict[tuple[tuple[str, ...], str, str], int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if list(rows.fieldnames or ()) != _COLUMNS:
            raise GazetteerError(f"{path.name}: the columns must be {', '.join(_COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            if row["kind"] not in KINDS or row["context"] not in CONTEXTS or not row["name"]:
                raise GazetteerError(f"{path.name}, line {line}: no name, or an unknown kind or context")
            keys = _keys(row["name"])
            same = (keys, row["country"], row["kind"])
            if same in seen:
                raise GazetteerError(f"{path.name}, line {line}: {row['name']} is the same as line {seen[same]}")
            seen[same] = line
            found.append(
                Known(
                    row["name"],
                    float(row["latitude"]),
                    float(row["longitude"]),
                    row["country"],
                    row["kind"],
                    row["source"],
                    row["context"],
                    frozenset(_keys(row["not_after"])),
                    frozenset(_keys(row["not_before"])),
                    keys,
                )
            )
    return tuple(found)


@cache
def _by_first() -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for row in sorted(gazetteer(), key=lambda row: -len(row.keys)):
        found.setdefault(row.keys[0], []).append(row)
    return found


@Remembered
def _candidates(key: str) -> list[tuple[str, Known]]:
    """Return the rows that a word may begin, each with the letters glued before it, longest names first."""
    rows: list[tuple[str, Known]] = []
    for clitics, rest in stems(key):
        if clitics.endswith("لال"):  # «للعراق» is ل + العراق
            rows += [(clitics[:-2], row) for row in _by_first().get("ال" + rest, ())]
        elif not clitics.endswith("ال"):
            rows += [(clitics, row) for row in _by_first().get(rest, ())]
    return sorted(rows, key=lambda pair: (-len(pair[1].keys), len(pair[0])))


def _bare(key: str) -> str:
    """Take the glued letters off a noun of place or a preposition: «بمدينة»، «وفي»، «للمدينة»."""
    return next((rest for _, rest in stems(key) if rest in _NOUNS or rest in _PREPOSITIONS), key) if key else ""


def _fits(row: Known, clitics: str, before: str, after: str, *, listed: bool) -> bool:
    """Tell whether a name may stand here; `listed` says that a place stands just before its «و»."""
    if before in row.not_after or after in row.not_before:
        return False
    if not row.context or (listed and clitics == "و"):
        return True
    if row.context == "apart":
        return bool(clitics) or not any(glued.endswith("ال") for glued, _ in stems(before or "-"))
    noun = _bare(before)
    if noun in _NOUNS and not clitics:
        return True
    return row.context == "prep" and (clitics.endswith(("ب", "ل")) or (noun in _PREPOSITIONS and not clitics))


def _scan(tokens: Tokens) -> Iterator[tuple[int, int, str, list[Known]]]:
    """Yield (first, stop, clitics, rows) for each place name; the rows of one name stay together."""
    i, last = 0, -1
    while i < len(tokens):
        rows: list[Known] = []
        clitics, length = "", 0
        for glued, row in _candidates(tokens.keys[i]):
            n = len(row.keys)
            if rows and (n, glued) != (length, clitics):
                break
            if n > 1 and tuple(tokens.keys[i + 1 : i + n]) != row.keys[1:]:
                continue
            if _fits(row, glued, tokens.key(i - 1), tokens.key(i + n), listed=last == i):
                rows.append(row)
                clitics, length = glued, n
        if not rows:
            i += 1
            continue
        yield i, i + length, clitics, rows
        i += length
        last = i


@lru_cache(maxsize=8)
def _countries(text: str) -> Counter[str]:
    """Count the countries whose places a text names, those names left out that countries share."""
    counts: Counter[str] = Counter()
    for _, _, _, rows in _scan(tokenize(text)):
        named = {row.country for row in rows}
        if len(named) == 1:
            counts.update(named)
    return counts


def _choose(text: str, rows: list[Known], noun: str) -> tuple[Known, str]:
    if len({row.country for row in rows}) > 1:
        counts = _countries(text)
        country = max(rows, key=lambda row: counts[row.country]).country
        rows = [row for row in rows if row.country == country]
    if noun in _TOWN_NOUNS:
        for row in rows:
            if row.kind in ("capital", "city", "town"):
                return row, row.kind
    if noun in _PROVINCE_NOUNS:
        row = next((row for row in rows if row.kind not in ("country", "region")), rows[0])
        return row, "province" if row.kind in ("capital", "city", "town") else row.kind
    return rows[0], rows[0].kind


def find_places(text: str, sentence: Sentence) -> list[Place]:
    """Return the places that a sentence names, in their order, without the letters glued before them.

    What a name is part of is not judged: «جامعة دمشق» names دمشق.

    >>> from analysis.segment import find_blocks, split_sentences
    >>> text = "قال إن القافلة السعودية وصلت للعراق، فإن صور الأقمار تظهر محافظة نينوى."
    >>> sentence = split_sentences(text, find_blocks(text))[0]
    >>> [(place.span.of(text), place.name, place.kind) for place in find_places(text, sentence)]
    [('لعراق', 'العراق', 'country'), ('نينوى', 'نينوى', 'province')]
    """
    tokens = sentence.tokens
    found: list[Place] = []
    for first, stop, clitics, rows in _scan(tokens):
        row, kind = _choose(text, rows, _bare(tokens.key(first - 1)))
        whole = tokens.span(first, stop)
        span = Span(_skip(text, whole, len(clitics)), whole.end)
        found.append(Place(span, row.name, row.latitude, row.longitude, kind, row.country))
    return found


def _skip(text: str, span: Span, letters: int) -> int:
    """Return where a span begins once its first `letters` letters, with their marks, are left out."""
    at = span.start
    while letters and at < span.end:
        at += 1
        letters -= 1
        while at < span.end and not text[at].isalnum():
            at += 1
    return at


@cache
def outlines() -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """Return the outlines of the countries: (name in English, ring of (longitude, latitude)).

    >>> sorted({name for name, _ in outlines()})[-3:]
    ['United Arab Emirates', 'W. Sahara', 'Yemen']
    """
    shapes = json.loads((_FOLDER / "outlines.json").read_text(encoding="utf-8"))["features"]
    return tuple(
        (shape["properties"]["name"], tuple((x, y) for x, y in polygon[0]))
        for shape in shapes
        for polygon in shape["geometry"]["coordinates"]
    )
