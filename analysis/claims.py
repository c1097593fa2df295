"""Analyse one article: `analyse(article)` is where all steps meet.

A claim is a stretch of the article that somebody answers for: the content of an attribution, a sentence that
goes on with one (كما يفتح الجسر …), or what the outlet says in its own voice. Every sentence of the body is in
a claim or is the frame of one (who says it, and where), and a claim is not a fact.
"""

from __future__ import annotations

import gc
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as _replace
from typing import TYPE_CHECKING

from analysis.anchor import Date, anchor_timexes
from analysis.attribution import Attribution, find_attributions
from analysis.lexicons import load
from analysis.phrases import View, make_views
from analysis.quantities import Quantity, find_quantities
from analysis.seeds import Article
from analysis.segment import (
    Block,
    Quotation,
    Sentence,
    find_blocks,
    find_quotations,
    quotations_by_sentence,
    split_sentences,
)
from analysis.sources import Source, name_sources
from analysis.text import Remembered, Span, Tokens
from analysis.timex import find_timexes

if TYPE_CHECKING:  # who only analyses a text needs nothing of what reads and writes files of corrections
    from analysis.corrections import Applied, Lost

OUTLET = "the outlet"
# An uncovered stretch of a sentence is a claim of the outlet when it is more than a link («من جهته»، «يأتي ذلك»).
_LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one claim.

    `attribution` is explicit (it has a cue), carried_on (it goes on with the claim before it) or outlet.
    `made` is the attribution and `source` who it is, both None in the outlet's own voice. `quantities` and
    `dates` are places in `Analysis.quantities` and `Analysis.dates`; `hedges` are spans inside the claim;
    `inside` is the place of the claim that this one is nested in.
    """

    span: Span
    sentence: Sentence
    attribution: str
    made: Attribution | None
    source: Source | None
    act: str
    quoted: bool
    kind: str
    rule: str
    hedges: tuple[Span, ...] = ()
    quantities: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    inside: int | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """Hold all that was found in one article, each layer in the order of the text.

    `applied` and `lost` are the corrections by hand that changed it, and those that found no place in it.
    """

    article: Article
    blocks: list[Block]
    sentences: list[Sentence]
    quotations: list[Quotation]
    attributions: list[Attribution]
    sources: list[Source]
    dates: list[Date]
    quantities: list[Quantity]
    claims: list[Claim]
    applied: tuple[Applied, ...] = ()
    lost: tuple[Lost, ...] = ()


@contextmanager
def _cycles_uncounted() -> Iterator[None]:
    """Hold the search for cycles: rows make none, and of 25,000 sentences it took half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_cycles_uncounted()
def analyse(article: Article) -> Analysis:
    """Return the `Analysis` of an article.

    >>> text = "انهيار جسر\\n\\nقالت وزارة النقل إن ثلاثة عمال قُتلوا، وأضافت أن الجسر قد يُهدم."
    >>> for claim in analyse(Article("bridge", text)).claims:
    ...     print(claim.attribution, claim.source and claim.source.name, claim.span.of(text), sep=" | ")
    outlet | None | انهيار جسر
    explicit | وزارة النقل | إن ثلاثة عمال قُتلوا
    explicit | وزارة النقل | أن الجسر قد يُهدم
    """
    text = article.text
    blocks = find_blocks(text)
    sentences = split_sentences(text, blocks)
    quotations = find_quotations(text, blocks)
    timexes = [find_timexes(text, sentence) for sentence in sentences]
    times = [[timex.span for timex in found] for found in timexes]
    dates = [d for found in anchor_timexes(timexes, sentences, article.published) for d in found]
    quantities = [
        q for sentence, spans in zip(sentences, times, strict=True) for q in find_quantities(text, sentence, spans)
    ]
    views = make_views(sentences, quotations, times)
    attributions = find_attributions(text, views)
    sources = name_sources(text, views, attributions)
    claims = arrange(_claims(sentences, attributions, sources, quotations), quantities, dates)
    return Analysis(article, blocks, sentences, quotations, attributions, sources, dates, quantities, claims)


def views_of(analysis: Analysis) -> list[View]:
    """Return the views of the sentences of an analysis, for rules that read names again."""
    times: list[list[Span]] = [[] for _ in analysis.sentences]
    for when in analysis.dates:
        times[when.timex.sentence].append(when.timex.span)
    return make_views(analysis.sentences, analysis.quotations, times)


def arrange(claims: list[Claim], quantities: Sequence[Quantity], dates: Sequence[Date]) -> list[Claim]:
    """Return claims with their hedges, the claim that each is nested in, and the figures and dates that each holds."""
    figures = _held(claims, [q.span for q in quantities])
    times = _held(claims, [d.timex.span for d in dates])
    arranged = []
    for n, claim in enumerate(claims):
        held = tuple(_hedges(claim)), tuple(figures[n]), tuple(times[n]), _inside(claims, n)
        if held != (claim.hedges, claim.quantities, claim.dates, claim.inside):
            claim = _replace(claim, hedges=held[0], quantities=held[1], dates=held[2], inside=held[3])
        arranged.append(claim)
    return arranged


# --- claims ---------------------------------------------------------------------------------------------


def _claims(
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    quotations: Sequence[Quotation],
) -> list[Claim]:
    claims: list[Claim] = []
    by_sentence: dict[int, list[int]] = {}
    for n, made in enumerate(attributions):
        by_sentence.setdefault(made.sentence, []).append(n)
    reached = 0  # where the contents so far end: a quotation may run over several sentences
    last: Claim | None = None
    for sentence, quoted in zip(sentences, quotations_by_sentence(sentences, quotations), strict=True):
        here = [attributions[n] for n in by_sentence.get(sentence.index, ())]
        speech = [q.inner for q in quoted if q.kind == "speech" and q.closed]
        explicit = [
            Claim(a.content, sentence, "explicit", a, s, a.act, a.quoted, a.kind, a.rule)
            for a, s in ((attributions[n], sources[n]) for n in by_sentence.get(sentence.index, ()))
        ]
        own = list(_uncovered(sentence, here, reached, speech))
        spoken = [c for c in explicit if c.quoted] or ([last] if last is not None and last.quoted else [])
        for span in own:
            words = _speech_in(span, speech)
            before = spoken[-1] if spoken and sentence.index - spoken[-1].sentence.index <= 1 else None
            if words and before and before.sentence.paragraph == sentence.paragraph:
                explicit.append(
                    _replace(
                        before, span=words, sentence=sentence, attribution="carried_on", kind="direct", rule="quotation"
                    )
                )
                continue
            goes_on = not here and last is not None and last.sentence.paragraph == sentence.paragraph
            if goes_on and last is not None and _goes_on(sentence, last):
                act = last.act if last.act in ("assessment", "warning") else "statement"
                explicit.append(
                    Claim(span, sentence, "carried_on", last.made, last.source, act, False, "none", "connective")
                )
            else:
                explicit.append(Claim(span, sentence, "outlet", None, None, "statement", False, "none", "no-cue"))
        explicit.sort(key=lambda c: c.made.cue.start if c.made and c.attribution == "explicit" else c.span.start)
        claims += explicit
        reached = max([reached, *(a.content.end for a in here)])
        if explicit:
            last = explicit[-1] if explicit[-1].attribution != "outlet" else None
    return claims


def _speech_in(span: Span, speech: Sequence[Span]) -> Span | None:
    """Return the speech that fills a stretch: the other half of «"…"، قال الوزير، "…"»."""
    for words in speech:
        if words.overlaps(span):
            common = Span(max(words.start, span.start), min(words.end, span.end))
            if len(common) * 10 >= len(span) * 7:
                return common
    return None


def _uncovered(sentence: Sentence, here: Sequence[Attribution], reached: int, speech: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of a sentence that no attribution covers and that say something of their own."""
    taken = [Span(0, max(reached, 0))]
    for made in here:
        frame = [made.cue, made.content, *([made.source] if made.source else []), *made.via]
        taken.append(Span(min(s.start for s in frame), max(s.end for s in frame)))
    return stretches(sentence, taken, speech)


def stretches(sentence: Sentence, taken: Sequence[Span], speech: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield what is left of a sentence beside the spans taken, where it is more than a link, or is speech."""
    tokens = sentence.tokens
    gaps: list[tuple[int, int]] = []
    free_from = 0
    for span in sorted(taken):
        first, stop = bisect_right(tokens.ends, span.start), bisect_left(tokens.starts, span.end)
        if first > free_from:
            gaps.append((free_from, min(first, len(tokens))))
        free_from = max(free_from, stop)
    gaps.append((free_from, len(tokens)))
    for k, stop in gaps:
        words = sum(not w.is_mark for w in tokens.words[k:stop])
        whole = k == 0 and stop == len(tokens)
        said = any(tokens.starts[k] <= s.start < tokens.ends[stop - 1] for s in speech) if words else False
        if words >= _LEAST_WORDS or (words and (whole or said)):
            yield _trimmed(sentence, tokens, k, stop)


def _trimmed(sentence: Sentence, tokens: Tokens, first: int, stop: int) -> Span:
    if first == 0 and stop == len(tokens):
        return sentence.span
    while stop - 1 > first and tokens.words[stop - 1].is_mark and tokens.key(stop - 1) not in ')”"»':
        stop -= 1
    while first < stop - 1 and tokens.words[first].is_mark and tokens.key(first) not in '(“"«”':
        first += 1
    return tokens.span(first, stop)


# «كما يفتح الجسر»، «بل يكتفي»، «وأن عناصره»: a sentence that goes on with what somebody says.
_CONNECTIVES = frozenset("كما بل لان لانه لانها وانه وانها وان بانه كذلك وكذلك وبذلك بذلك اذ".split())


def _goes_on(sentence: Sentence, last: Claim) -> bool:
    """Tell whether a sentence without a cue of its own goes on with an attributed one.

    The claim before must reach the end of its sentence, outside quotation marks, and the sentence must open with
    a connective that joins it to what was said.
    """
    if last.quoted or last.sentence.index != sentence.index - 1 or last.sentence.span.end - last.span.end > 2:
        return False
    return sentence.tokens.key(0) in _CONNECTIVES


def _inside(claims: Sequence[Claim], n: int) -> int | None:
    """Return the smallest claim near by that claim `n` stands inside."""
    start, end = claims[n].span.start, claims[n].span.end
    best, least = None, sys.maxsize
    for k in range(max(0, n - 8), min(len(claims), n + 3)):
        other = claims[k].span
        if other.start <= start and end <= other.end and end - start < other.end - other.start < least:
            best, least = k, other.end - other.start
    return best


def _hedges(claim: Claim) -> Iterator[Span]:
    """Yield the hedges in a claim: غالباً، احتمالات، ربما, and قد before a present (قد يعزز, not قد فرّ)."""
    tokens = claim.sentence.tokens
    first, stop = tokens.inside(claim.span)
    keys = tokens.keys
    done = first
    for k in [k for k, key in enumerate(keys[first:stop], first) if _may_hedge[key]]:
        if k < done:
            continue
        found = load("particles").find(tokens, k)
        if found and found.entry.tag == "hedge":
            yield tokens.span(k, found.stop)
            done = found.stop
        elif keys[k] in ("قد", "وقد") and k + 1 < stop and keys[k + 1][0] in "يتن":
            yield tokens.span(k, k + 1)


@Remembered
def _may_hedge(key: str) -> bool:
    return key in ("قد", "وقد") or load("particles").may_begin(key, "hedge")


def _held(claims: Sequence[Claim], spans: Sequence[Span]) -> list[list[int]]:
    """Give each figure or date to the innermost claim that holds it, else to the claim whose frame it is in."""
    held: list[list[int]] = [[] for _ in claims]
    for n, span in enumerate(spans):
        owner = _owner(claims, span)
        if owner is not None:
            held[owner].append(n)
    return held


def _owner(claims: Sequence[Claim], span: Span) -> int | None:
    near = _near(claims, span)
    holding = [n for n in near if claims[n].span.overlaps(span)]
    if holding:
        return min(holding, key=lambda n: (len(claims[n].span), n))
    in_sentence = [n for n in near if claims[n].sentence.span.overlaps(span)]
    before = [n for n in in_sentence if claims[n].made and claims[n].made.cue.start <= span.start]  # type: ignore[union-attr]
    return max(before, default=min(in_sentence, default=None))


def _near(claims: Sequence[Claim], span: Span) -> list[int]:
    """Return the claims of the sentences around a span, found by bisection: claims follow their sentences."""
    low, high = 0, len(claims)
    while low < high:
        middle = (low + high) // 2
        if claims[middle].sentence.span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    first = low = min(low, len(claims) - 1)
    while first and claims[first].sentence.index > claims[low - 1].sentence.index - 4 and first > low - 12:
        first -= 1
    stop = low
    while stop < len(claims) and claims[stop].sentence.span.start < span.end:
        stop += 1
    return list(range(first, stop))
