"""Order what an article dates: one event a date, with the clause next to it as its label.

«مثل انهيار الجسر القديم في البلدة عام 2013، وحريق سوق الجبل عام 2022» is two events: what a date
belongs to stands before it, back to a comma or the date before; where a clause begins with its date («في مارس
احتج السكان»), it stands behind it, and where one word alone stands before it («وُلد عام 1972 في الحي القديم»), the
label is the clause around it. The label is always a stretch of the text, and no word at its end waits for another.

>>> from analysis.claims import analyse
>>> from analysis.seeds import Article
>>> text = "وقع حريق السوق عام 2013، ووُلد عام 1972 في الحي القديم بجوار السوق."
>>> [event.label.of(text) for event in find_events(analyse(Article("s", text))) if event.number is not None]
['وقع حريق السوق', 'ووُلد عام 1972 في الحي القديم بجوار السوق']
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from analysis.anchor import Date
from analysis.claims import Analysis, views_of
from analysis.lexicons import load
from analysis.phrases import View, is_masdar
from analysis.segment import Sentence
from analysis.text import Span, Tokens

_COMMAS = frozenset("،,؛;:()-–—")
_LONGEST = 22
_LEAST = 2
# What may stand between an event and its date, and is no part of the label: «الهجوم الذي وقع في».
_LINKS = frozenset("في من منذ خلال بعد قبل حتي مثل عام سنه العام شهر يوم الي ب ل مساء صباح و كما ان".split())
_PRESENT = ("PRESENT_REF",)
# What opens a clause and says nothing of it: «، وذلك منذ هجوم».
_OPENERS = frozenset(("وذلك",))
# Particles are no words of a clause, «لم تعد» is one word; and none of these ends a label: «كانوا قد فروا من».
_PARTICLES = frozenset(
    "preposition circumstance relative clause that what auxiliary negation demonstrative pronoun adverb".split()
)
_WAITING = _PARTICLES - {"demonstrative", "pronoun", "adverb"}  # «بعد ذلك» waits for no more
_CLOSING = frozenset(')”»"]')


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event.

    `number` is its date in `Analysis.dates`, None for the publication of the article. `precision` is time, day,
    month, year, range or unplaced; `claims` are places in `Analysis.claims`.
    """

    number: int | None
    start: date | None
    end: date | None
    precision: str
    basis: str
    label: Span
    sentence: int
    claims: tuple[int, ...]
    reason: str | None


def find_events(analysis: Analysis) -> list[Event]:
    """Return the events of one article in the order of the text, its publication last.

    Durations, sets and words for the present (الآن) date nothing. A date without a place in time is kept, with the
    reason.
    """
    events: list[Event] = []
    behind: dict[int, list[int]] = {}
    for k, claim in enumerate(analysis.claims):
        for n in claim.dates:
            behind.setdefault(n, []).append(k)
    dated = _dated(analysis)
    views = views_of(analysis)
    for n, when in enumerate(analysis.dates):
        if when.timex.type not in ("DATE", "TIME") or (when.value or when.timex.value) in _PRESENT:
            continue
        sentence = analysis.sentences[when.timex.sentence]
        view = views[when.timex.sentence]
        label = _label(view, when.timex.span, dated[when.timex.sentence])
        placed = when.start is not None
        events.append(
            Event(
                n,
                when.start,
                when.end,
                _precision(when) if placed else "unplaced",
                when.basis,
                label,
                sentence.index,
                tuple(behind.get(n, ())),
                None if placed else when.reason or "no day, month or year is given",
            )
        )
    return events + _publication(analysis)


def _dated(analysis: Analysis) -> dict[int, set[int]]:
    """Return for each sentence the tokens of its dates, at which the label of another date ends."""
    found: dict[int, set[int]] = {}
    for when in analysis.dates:
        tokens = analysis.sentences[when.timex.sentence].tokens
        found.setdefault(when.timex.sentence, set()).update(range(*tokens.touching(when.timex.span)))
    return found


def _publication(analysis: Analysis) -> list[Event]:
    day = analysis.article.published
    first = next(iter(analysis.sentences), None)
    if first is None:
        return []
    return [
        Event(
            None,
            day,
            day,
            "day" if day else "unplaced",
            "publication",
            first.span,
            first.index,
            (),
            None if day else "index.csv gives no day of publication",
        )
    ]


def _precision(when: Date) -> str:
    if when.start is None or when.end is None:
        return "unplaced"
    if when.timex.type == "TIME" and when.start == when.end:
        return "time"
    if when.start == when.end:
        return "day"
    return when.grain if when.grain in ("month", "year") else "range"


def _label(view: View, span: Span, dated: Set[int]) -> Span:
    """Return the clause next to a date: before it, behind it where it opens the clause, around it between commas."""
    sentence, tokens = view.sentence, view.tokens
    first, stop = tokens.inside(span)
    stop = max(stop, first + 1)
    left = _back(sentence, first, dated)
    start = _skip_links(view, left, first)
    end = first
    while end > start and (tokens.words[end - 1].is_mark or tokens.key(end - 1) in _LINKS):
        end -= 1
    enough = _weight(view, start, end) >= _LEAST
    aside = first > 0 and tokens.key(first - 1) in _COMMAS and tokens.key(stop) in _COMMAS
    if enough and not aside:
        return _without_and(sentence, *_cut(view, max(start, end - _LONGEST), end))
    if aside and enough:  # أعلنت الوزارة، أمس الثلاثاء، القبض على
        end = _forward(sentence, stop + 1, dated)
        return _without_and(sentence, *_cut(view, start, min(end, start + _LONGEST)))
    begin = _past_dates(tokens, stop, dated)
    right = _forward(sentence, begin, dated)
    while begin < right and (tokens.words[begin].is_mark or tokens.key(begin) in _OPENERS | {"ان", "و"}):
        begin += 1
    joined = left < first and tokens.key(first - 1) not in _COMMAS and view.tag(start) != "preposition"
    if end > start and joined and _weight(view, start, end) + _weight(view, begin, right) >= _LEAST:
        begin = start  # «قُتل في 2015 عشرة جنود»: the verb stands before the date; but «في الواقع» is no verb
    if _weight(view, begin, right) < _LEAST:
        earlier = _back(sentence, max(left - 1, 0), dated)
        start = _skip_links(view, earlier, first)
        if _weight(view, start, first) >= _LEAST:
            return tokens.span(*_cut(view, max(start, first - _LONGEST), first))
        return tokens.span(*_cut(view, 0, min(len(tokens), _LONGEST)))
    return tokens.span(*_cut(view, begin, min(right, begin + _LONGEST)))


def _past_dates(tokens: Tokens, i: int, dated: Set[int]) -> int:
    """Go past the dates that stand right behind another one: «قبل عام في 4 أبريل 2017، نفذت»."""
    k, reached = i, i
    while k < len(tokens) and (k in dated or tokens.words[k].is_mark or tokens.key(k) in _LINKS):
        k += 1
        reached = k if k - 1 in dated else reached
    return reached


def _weight(view: View, first: int, stop: int) -> int:
    """Count the words between two tokens that are no particles."""
    count, k = 0, first
    while k < stop:
        found = view.particle(k)
        if found and found.entry.tag in _PARTICLES:
            k = found.stop
            continue
        count += not (view.tokens.words[k].is_mark or view.keys[k] in _LINKS)
        k += 1
    return count


def _cut(view: View, first: int, stop: int) -> tuple[int, int]:
    """Cut a label back to a word that waits for no other: «كانوا قد فرّوا من», «يهتفون "»."""
    tokens, end = view.tokens, stop
    while end > first + 1:
        key = tokens.key(end - 1)
        opens = key == '"' and tokens.keys[first:end].count('"') % 2 == 1
        waits = tokens.words[end - 1].is_mark and (opens or key not in _CLOSING)
        if not (waits or key in _LINKS or view.tag(end - 1) in _WAITING):
            return first, end
        end -= 1
    return first, end


def _without_and(sentence: Sentence, first: int, stop: int) -> Span:
    """Lift a label without the و that joins it to what stands before: «وحريق سوق الجبل»."""
    span = sentence.tokens.span(first, stop)
    key = sentence.tokens.key(first)
    found = load("speakers").find(sentence.tokens, first)
    joined = bool(found and found.proclitics.startswith("و")) or key.startswith("وال") or is_masdar(key[1:])
    return Span(span.start + 1, span.end) if key[0] == "و" and len(key) > 3 and joined else span


def _back(sentence: Sentence, i: int, dated: Set[int]) -> int:
    """Return the token at which the clause before token `i` begins."""
    tokens = sentence.tokens
    k = i
    while k > 0:
        j = k - 1
        if tokens.key(j) in _COMMAS and (j < i - 1 or j == 0):
            break
        if j in dated:
            break
        if tokens.key(j) in ("ان", "بان") and j < i - 2:
            break
        k = j
    return k


def _forward(sentence: Sentence, i: int, dated: Set[int]) -> int:
    tokens = sentence.tokens
    k = i
    while k < len(tokens):
        if tokens.key(k) in _COMMAS | {".", "؟", "!"} and k > i + 1:
            break
        if k in dated:
            break
        k += 1
    return k


def _skip_links(view: View, k: int, stop: int) -> int:
    tokens = view.tokens
    while k < stop:
        found = load("particles").find(tokens, k)
        linking = tokens.words[k].is_mark or tokens.key(k) in _LINKS | _OPENERS
        if not linking and not (found and found.entry.tag in ("clause", "adverb", "relative", "circumstance")):
            break
        k = max(k + 1, found.stop if found and not linking else k + 1)
    return min(k, stop)
