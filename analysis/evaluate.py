"""Measure extracted records against articles annotated by hand: precision, recall and F1 of each figure.

An annotation quotes its article (a cue and which of its occurrences, a content, the words of a number),
while a record counts characters; reading an annotation finds each quotation in the text. Careful readers
of Arabic news differ on much of it: is «مبرراً قراره» a claim, is «الجانبين» a number? What they may differ on
is marked optional, and a record may hold it or leave it out at no cost.

>>> text = "قالت الوزارة إن 81 عنصراً عادوا"
>>> notes = {"quantities": [{"text": "81 عنصراً", "value": 81}]}
>>> article = annotate("raid", text, notes)
>>> found = {"quantities": [{"start": 16, "end": 25, "value": 18}]}
>>> evaluation = evaluate([article], {"raid": found})
>>> for score in evaluation.scores:
...     if score.gold:
...         print(score.figure, score.precision, score.recall)
quantity value 0.0 0.0
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.text import Span, fold

if TYPE_CHECKING:
    import pandas as pd

FURNITURE = "boilerplate characters"
CUE = "attribution cue"
SOURCE = "attribution cue + source"
CONTENT = "attribution content (soft)"
ACT = "speech act (matched cues)"
QUANTITY = "quantity value"
APPROXIMATE = "quantity approximate (matched)"
ROLE = "quantity role (matched)"
DATE_SPAN = "date span"
DATE_VALUE = "date value"
FIGURES = (FURNITURE, CUE, SOURCE, CONTENT, ACT, QUANTITY, APPROXIMATE, ROLE, DATE_SPAN, DATE_VALUE)

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_CONTAINED = 0.34  # «زيهوفر» for «هورست زيهوفر», and not for a name of four words
_SHARED = 0.5
_TOLERANCE = 1e-9
_WORD = re.compile(r"\w+")

Record = Mapping[str, Any]


class AnnotationError(ValueError):
    """Say which quotation of an annotation does not stand in its article."""


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one annotated or extracted thing: where it stands, how to show it, and its fields."""

    span: Span
    shown: str
    fields: Record
    content: Span | None = None

    @property
    def optional(self) -> bool:
        return bool(self.fields.get("optional"))


@dataclass(frozen=True, slots=True)
class Annotated:
    """Hold an annotated article. No-break spaces are spaces in its text; the offsets are the file's."""

    id: str
    text: str
    furniture: tuple[Span, ...]
    attributions: tuple[Item, ...]
    quantities: tuple[Item, ...]
    dates: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Count one figure: things found, things annotated, and the right ones seen from either side.

    The two counts of right ones differ only where things are right in part: a content, found too long,
    is wholly recalled and partly precise.

    >>> score = Score(CUE, found=4, gold=2, right_found=2, right_gold=2)
    >>> score.precision, score.recall, round(score.f1, 2)
    (0.5, 1.0, 0.67)
    >>> Score(CUE).precision, Score(CUE, gold=1).precision
    (1.0, 0.0)
    """

    figure: str
    found: float = 0.0
    gold: float = 0.0
    right_found: float = 0.0
    right_gold: float = 0.0

    @property
    def precision(self) -> float:
        if self.found:
            return self.right_found / self.found
        return 0.0 if self.gold else 1.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one thing that is wrong, missed or spurious under one figure; `missing` for a whole article."""

    article: str
    figure: str
    kind: str
    gold: str
    found: str

    def line(self) -> str:
        return "\t".join((self.article, self.figure, self.kind, self.gold, self.found))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the scores in the order of `FIGURES` and the differences in the order of the articles."""

    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]

    def __getitem__(self, figure: str) -> Score:
        return self.scores[FIGURES.index(figure)]


# Reading


def annotate(article: str, text: str, notes: Record) -> Annotated:
    """Find the quotations of an annotation in its text; raise `AnnotationError` for one that is not there.

    >>> text = "وقال: نعم. وقال: لا"
    >>> notes = {"attributions": [{"cue": "قال", "cue_nth": 2, "source": "هو", "content": "لا"}]}
    >>> item, = annotate("a", text, notes).attributions
    >>> item.span, item.content, item.shown
    (Span(start=12, end=15), Span(start=17, end=19), 'قال <- هو')
    """
    text = text.replace(_NO_BREAK_SPACE, " ")
    notes = json.loads(json.dumps(notes, ensure_ascii=False).replace(_NO_BREAK_SPACE, " "))

    def place(quotation: str, nth: int = 1) -> Span:
        try:
            return find_nth(text, quotation, nth)
        except AnnotationError as error:
            raise AnnotationError(f"{article}: {error}") from None

    attributions = []
    for note in notes.get("attributions", ()):
        cue = place(note["cue"], note.get("cue_nth", 1))
        content = _nearest(text, note.get("content") or "", cue.end)
        attributions.append(Item(cue, _attribution(note["cue"], note), note, content))
    quantities = [
        Item(place(note["text"], note.get("nth", 1)), _number(note["text"], note), note)
        for note in notes.get("quantities", ())
    ]
    dates = [
        Item(place(note["text"], note.get("nth", 1)), _date(note["text"], note), note)
        for note in notes.get("dates", ())
    ]
    furniture = tuple(place(line) for line in notes.get("boilerplate", ()))
    return Annotated(article, text, furniture, tuple(attributions), tuple(quantities), tuple(dates))


def read_annotated(folder: Path | str) -> list[Annotated]:
    """Read every NAME.json of a folder with its NAME.txt; return the articles in the order of their names."""
    return [
        annotate(
            path.stem,
            path.with_suffix(".txt").read_text(encoding="utf-8"),
            json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted(Path(folder).glob("*.json"))
        if not path.name.endswith(".meta.json")
    ]


def read_records(path: Path | str) -> dict[str, Record]:
    """Read extracted records, one JSON object a line; return them by seed, the last one of a seed."""
    with Path(path).open(encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines if line.strip())
        return {record["seed"]: record for record in records}


def find_nth(text: str, quotation: str, nth: int) -> Span:
    """Find the `nth` occurrence of a quotation, counted from one; raise `AnnotationError`.

    >>> find_nth("قال وقال", "قال", 2)
    Span(start=5, end=8)
    """
    start = -1
    for _ in range(nth):
        start = text.find(quotation, start + 1)
        if start < 0:
            raise AnnotationError(f"occurrence {nth} is not in the text: {quotation}")
    return Span(start, start + len(quotation))


def as_record(article: Annotated) -> dict[str, Any]:
    """Write an annotation as the record of an extraction that finds all of it, the optional items too.

    >>> article = annotate("a", "عاد 81", {"quantities": [{"text": "81", "value": 81}]})
    >>> as_record(article)["quantities"]
    [{'start': 4, 'end': 6, 'value': 81}]
    """
    return {
        "seed": article.id,
        "boilerplate": [[span.start, span.end] for span in article.furniture],
        "attributions": [
            {
                "cue_start": item.span.start,
                "cue_end": item.span.end,
                "source": item.fields.get("source"),
                "start": item.content.start if item.content else None,
                "end": item.content.end if item.content else None,
                "quoted": item.fields.get("quoted"),
                "act": item.fields.get("act"),
            }
            for item in article.attributions
        ],
        "quantities": [
            _placed(item, "value", "low", "high", "approximate", "counted", "role") for item in article.quantities
        ],
        "dates": [_placed(item, "type", "value") for item in article.dates],
    }


def _placed(item: Item, *fields: str) -> dict[str, Any]:
    kept = {name: item.fields[name] for name in fields if name in item.fields}
    return {"start": item.span.start, "end": item.span.end, **kept}


def _nearest(text: str, quotation: str, to: int) -> Span | None:
    """Find the occurrence of a content that begins nearest to its cue; None where it is not verbatim."""
    if not quotation:
        return None
    best: int | None = None
    start = text.find(quotation)
    while start >= 0:
        if best is None or abs(start - to) < abs(best - to):
            best = start
        start = text.find(quotation, start + 1)
    return None if best is None else Span(best, best + len(quotation))


def _attribution(cue: str, fields: Record) -> str:
    return f"{cue} <- {fields.get('source')}"


def _number(words: str, fields: Record) -> str:
    value = fields.get("value")
    return f"{words} = {(fields.get('low'), fields.get('high')) if value is None else value}"


def _date(words: str, fields: Record) -> str:
    return f"{words} = {fields.get('value')}"


# Measuring


def evaluate(articles: Iterable[Annotated], records: Mapping[str, Record]) -> Evaluation:
    """Compare annotated articles with the records of their names; an article without a record finds nothing.

    Something extracted that touches page furniture is passed over. Of two figures over the same things
    (cue, cue and source) the pairs are the same: each annotated thing with the one that overlaps it best.

    >>> article = annotate("a", "عاد 81", {"quantities": [{"text": "81", "value": 81}]})
    >>> evaluate([article], {"a": as_record(article)})[QUANTITY].f1
    1.0
    >>> [difference.kind for difference in evaluate([article], {}).differences]
    ['missing', 'missed']
    """
    count = _Count()
    for article in articles:
        record = records.get(article.id)
        if record is None:
            count.differences.append(Difference(article.id, "article", "missing", "", ""))
        _measure(article, record or {}, count)
    scores = tuple(Score(figure, *count.sums[figure]) for figure in FIGURES)
    return Evaluation(scores, tuple(count.differences))


class _Count:
    """Gather the counts of every figure and the differences while articles pass by."""

    def __init__(self) -> None:
        self.sums = {figure: [0.0, 0.0, 0.0, 0.0] for figure in FIGURES}
        self.differences: list[Difference] = []

    def add(self, figure: str, found: float, gold: float, right_found: float, right_gold: float) -> None:
        sums = self.sums[figure]
        for i, number in enumerate((found, gold, right_found, right_gold)):
            sums[i] += number

    def judge(self, article: str, figure: str, pairing: _Pairing, is_right: Callable[[Item, Item], bool]) -> None:
        """Count every annotated and every found thing; a pair is right where `is_right` says so."""
        right = 0
        for gold, found in pairing.pairs:
            if is_right(gold, found):
                right += 1
            else:
                self.differences.append(Difference(article, figure, "wrong", gold.shown, found.shown))
        for gold in pairing.missed:
            self.differences.append(Difference(article, figure, "missed", gold.shown, ""))
        for found in pairing.spurious:
            self.differences.append(Difference(article, figure, "spurious", "", found.shown))
        pairs = len(pairing.pairs)
        self.add(figure, pairs + len(pairing.spurious), pairs + len(pairing.missed), right, right)

    def judge_field(self, article: str, figure: str, pairing: _Pairing, name: str) -> None:
        """Count a field of the matched things; the annotation may leave it out or call it optional."""
        for gold, found in pairing.pairs:
            wanted = gold.fields.get(name)
            if wanted is None or gold.fields.get(f"{name}_optional"):
                continue
            given = found.fields.get(name)
            right = (given or None) in [wanted or None, *gold.fields.get(f"{name}_also", ())]
            self.add(figure, 1, 1, right, right)
            if not right:
                shown = f"{gold.shown}: {wanted}"
                self.differences.append(Difference(article, figure, "wrong", shown, str(given)))


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Part annotated and found things into pairs and the rest; what is optional is in none of the three."""

    pairs: tuple[tuple[Item, Item], ...]
    missed: tuple[Item, ...]
    spurious: tuple[Item, ...]


def _measure(article: Annotated, record: Record, count: _Count) -> None:
    text, name = article.text, article.id

    marked = _characters(text, ((span.start, span.end) for span in article.furniture))
    given = _characters(text, record.get("boilerplate", ()))
    both = len(marked & given)
    count.add(FURNITURE, len(given), len(marked), both, both)

    attributions = _found(article, record.get("attributions", ()), _attribution, "cue_start", "cue_end")
    pairing = pair(article.attributions, attributions)
    count.judge(name, CUE, pairing, lambda gold, found: True)
    count.judge(name, SOURCE, pairing, _is_source)
    _measure_contents(article, pairing, count)
    count.judge_field(name, ACT, pairing, "act")

    quantities = pair(article.quantities, _found(article, record.get("quantities", ()), _number))
    count.judge(name, QUANTITY, quantities, _is_number)
    count.judge_field(name, APPROXIMATE, quantities, "approximate")
    count.judge_field(name, ROLE, quantities, "role")

    dates = pair(article.dates, _found(article, record.get("dates", ()), _date))
    count.judge(name, DATE_SPAN, dates, lambda gold, found: True)
    count.judge(name, DATE_VALUE, dates, _is_date)


def _measure_contents(article: Annotated, pairing: _Pairing, count: _Count) -> None:
    wanted = sum(1 for item in article.attributions if item.content and not item.optional)
    count.add(CONTENT, len(pairing.pairs) + len(pairing.spurious), wanted, 0, 0)
    for gold, found in pairing.pairs:
        if gold.content is None or found.content is None:
            continue
        shared = _shared(gold.content, found.content)
        count.add(CONTENT, 0, 0, shared / max(1, len(found.content)), shared / len(gold.content))


def pair(gold: Sequence[Item], found: Sequence[Item]) -> _Pairing:
    """Pair overlapping things one to one, the pair that covers each other best first.

    Covering is what two spans share over all that they reach across. A thing paired with an optional
    one, and an optional one paired with nothing, disappear.

    >>> whole, part = Item(Span(0, 9), "whole", {}), Item(Span(2, 4), "part", {})
    >>> pairing = pair([whole], [part, Item(Span(0, 8), "most", {})])
    >>> [(a.shown, b.shown) for a, b in pairing.pairs], [item.shown for item in pairing.spurious]
    ([('whole', 'most')], ['part'])
    """
    by_start = sorted(range(len(found)), key=lambda j: found[j].span.start)
    starts = [found[j].span.start for j in by_start]
    longest = max((len(item.span) for item in found), default=0)
    candidates: list[tuple[float, int, int]] = []
    for i, item in enumerate(gold):
        first = bisect_left(starts, item.span.start - longest)
        stop = bisect_right(starts, item.span.end)
        for j in by_start[first:stop]:
            other = found[j].span
            shared = _shared(item.span, other)
            if shared:
                reach = max(item.span.end, other.end) - min(item.span.start, other.start)
                candidates.append((-shared / reach, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return _Pairing(
        pairs=tuple((gold[i], found[j]) for i, j in sorted(partner.items()) if not gold[i].optional),
        missed=tuple(g for i, g in enumerate(gold) if i not in partner and not g.optional),
        spurious=tuple(f for j, f in enumerate(found) if j not in taken),
    )


def is_same_source(names: Iterable[str], given: str) -> bool:
    """Tell whether a name is one of those annotated, or close to one: spelling and ال make no difference.

    Close is: one holds all words of the other and is not three times as long, or half of all words are
    shared.

    >>> is_same_source(["الوزير هورست زيهوفر"], "زيهوفر"), is_same_source(["وزارة الداخلية"], "وزارة الدفاع")
    (False, False)
    >>> is_same_source(["هورست زيهوفر"], "زيهوفر"), is_same_source(["لجنة الحكام"], "اللجنة")
    (True, True)
    """
    words = _words(given)
    return any(_are_close(_words(name), words) for name in names)


def _are_close(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return not one and not other
    few, many = sorted((len(one), len(other)))
    if (one <= other or other <= one) and few / many >= _CONTAINED:
        return True
    return len(one & other) / len(one | other) >= _SHARED


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    words = _WORD.findall(fold(name))
    return frozenset(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words)


def _is_source(gold: Item, found: Item) -> bool:
    names = [gold.fields.get("source") or "", *gold.fields.get("source_also", ())]
    return is_same_source(names, found.fields.get("source") or "")


def _is_number(gold: Item, found: Item) -> bool:
    """Compare values; where the annotation has none (عشرات, من 20 إلى 25), both bounds."""
    names = ("low", "high") if gold.fields.get("value") is None else ("value",)
    return all(_are_equal(gold.fields.get(name), found.fields.get(name)) for name in names)


def _are_equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(1.0, abs(one))


def _is_date(gold: Item, found: Item) -> bool:
    """Compare TIMEX3 values; the record may give further readings under `also`."""
    wanted, given = gold.fields.get("value") or None, found.fields.get("value") or None
    return wanted in [given, *(found.fields.get("also") or ())] or given in gold.fields.get("value_also", ())


def _found(
    article: Annotated,
    things: Iterable[Record],
    show: Callable[[str, Record], str],
    start: str = "start",
    end: str = "end",
) -> list[Item]:
    """Make items of the extracted things that stand clear of the page's furniture."""
    items = []
    for fields in things:
        span = Span(fields[start], fields[end])
        if any(_shared(span, other) for other in article.furniture):
            continue
        content = Span(fields.get("start") or 0, fields.get("end") or 0)
        items.append(Item(span, show(span.of(article.text), fields), fields, content))
    return items


def _characters(text: str, ranges: Iterable[Sequence[int]]) -> set[int]:
    return {i for start, end in ranges for i in range(start, min(end, len(text))) if not text[i].isspace()}


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


# Showing


def scores_table(evaluation: Evaluation) -> pd.DataFrame:
    """Return the scores as a table: figure, precision, recall, f1, gold, found.

    >>> scores_table(evaluate([], {})).columns.tolist()
    ['figure', 'precision', 'recall', 'f1', 'gold', 'found']
    """
    import pandas as pd

    columns = ["figure", "precision", "recall", "f1", "gold", "found"]
    rows = [(s.figure, s.precision, s.recall, s.f1, s.gold, s.found) for s in evaluation.scores]
    return pd.DataFrame(rows, columns=columns)


def format_scores(evaluation: Evaluation) -> str:
    """Return the scores as plain text, one figure a line.

    >>> print(format_scores(evaluate([], {})).splitlines()[2])
    attribution cue                      1.000      1.000      1.000          0          0
    """
    heading = ("", "precision", "recall", "F1", "annotated", "found")
    rows = [heading] + [
        (s.figure, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", f"{s.gold:.0f}", f"{s.found:.0f}")
        for s in evaluation.scores
    ]
    width = max(len(row[0]) for row in rows)
    return "\n".join(row[0].ljust(width) + "".join(cell.rjust(11) for cell in row[1:]) for row in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of a file of records against a folder of annotated articles; return an exit code."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="annotated articles: NAME.txt and NAME.json")
    parser.add_argument("records", type=Path, help="extracted records, one JSON object a line")
    parser.add_argument("--errors", action="store_true", help="list every wrong, missed and spurious thing")
    options = parser.parse_args(arguments)
    evaluation = evaluate(read_annotated(options.folder), read_records(options.records))
    print(format_scores(evaluation))
    if options.errors:
        print(*(difference.line() for difference in evaluation.differences), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
