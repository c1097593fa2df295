"""Report on seeds before anybody reads a table: what was read, and what in it does not fit.

A weekday that contradicts the date, a missing day of publication, a mark that never closes, a speaker that was not
found: none of these stops the analysis, and each of them can make a row wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.anchor import infer_weekday
from analysis.claims import Analysis

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one remark on a seed: its kind (fault, gap, note), what it says and where it stands (None: the whole)."""

    seed: str
    kind: str
    text: str
    start: int | None = None


def find_remarks(analysis: Analysis) -> list[Remark]:
    """Return what a reader should know before trusting the rows of one article."""
    return list(_remarks(analysis))


def _remarks(analysis: Analysis) -> Iterator[Remark]:
    article = analysis.article
    text, seed = article.text, article.id
    by_sentence: dict[int, list[int]] = {}
    for n, when in enumerate(analysis.dates):
        by_sentence.setdefault(when.timex.sentence, []).append(n)
    day = infer_weekday([[analysis.dates[n].timex for n in group] for group in by_sentence.values()])
    weekday = None if day is None else day - 1
    if article.published is None:
        hint = f"; the text was published on a {_WEEKDAYS[weekday]}" if weekday is not None else ""
        yield Remark(seed, "gap", f"no day of publication{hint}: give it in index.csv, column published")
    elif weekday is not None and weekday != article.published.weekday():
        given = _WEEKDAYS[article.published.weekday()]
        yield Remark(
            seed,
            "fault",
            f"published is {article.published.isoformat()}, a {given}, but the text counts from a "
            f"{_WEEKDAYS[weekday]}: correct index.csv, or keep it and note why",
        )
    for when in analysis.dates:
        span = when.timex.span
        if when.weekday_fits is False:
            yield Remark(
                seed,
                "fault",
                f"the weekday in «{span.of(text)}» does not fit {when.value or 'the day of publication'}",
                span.start,
            )
    for quotation in analysis.quotations:
        if not quotation.closed:
            words = quotation.inner.of(text)
            shown = words if len(words) <= 40 else words[:40] + "…"
            yield Remark(seed, "note", f"a quotation mark never closes: «{shown}»", quotation.span.start)
    for made, source in zip(analysis.attributions, analysis.sources, strict=True):
        if source.form == "unknown":
            yield Remark(seed, "gap", f"no speaker found for «{made.cue.of(text)}»", made.cue.start)
    for lost in analysis.lost:
        correction = lost.correction
        line = f", line {correction.line}" if correction.line else ""
        yield Remark(seed, "gap", f"corrections.csv{line}: the correction of {correction.field} is lost: {lost.reason}")
    if not analysis.attributions:
        yield Remark(seed, "note", "nobody is quoted: every claim is the outlet's own")


def summary(analysis: Analysis) -> str:
    """Return one line of counts on an article.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> summary(analyse(Article("bridge", "قالت الوزارة إن الجسر انهار.")))
    'bridge: 28 characters, 1 paragraph, 1 sentence, 1 claim (1 attributed), 0 quantities, 0 dates, 0 furniture'
    """
    furniture = sum(b.kind == "furniture" for b in analysis.blocks)
    attributed = sum(c.attribution != "outlet" for c in analysis.claims)

    def count(n: int, noun: str, plural: str = "") -> str:
        return f"{n:,} {noun if n == 1 else plural or noun + 's'}"

    return (
        f"{analysis.article.id}: {count(len(analysis.article.text), 'character')}, "
        f"{count(sum(b.kind == 'paragraph' for b in analysis.blocks), 'paragraph')}, "
        f"{count(len(analysis.sentences), 'sentence')}, "
        f"{count(len(analysis.claims), 'claim')} ({attributed} attributed), "
        f"{count(len(analysis.quantities), 'quantity', 'quantities')}, {count(len(analysis.dates), 'date')}, "
        f"{furniture} furniture"
    )
