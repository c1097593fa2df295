"""Say why: sentence by sentence, which rule found what in an article, and what was considered and refused.

A row of a table is only as good as the rule behind it, and a missing row has no rule to look up. Arabic reporting
verbs are common words too (ذكر is a verb, a noun and a given name; «بين» is mostly «between»), and a year is read
as a number before it is one: so what was looked at and left out is listed beside what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.anchor import Date
from analysis.attribution import Attribution
from analysis.check import summary
from analysis.claims import OUTLET, Analysis, Claim
from analysis.lexicons import load
from analysis.numerals import may_begin, read_numeral
from analysis.phrases import View, make_view
from analysis.quantities import Quantity
from analysis.segment import Quotation, Sentence
from analysis.sources import Source
from analysis.text import Span
from analysis.verbs import Cue, read_cue

_LONG = 70
# Verbs that without their vowel mark are mostly prepositions: بيّن and بين (between), عبّر and عبر (through).
_PREPOSITIONS = ("بين", "عبر")


def explain(analysis: Analysis) -> str:
    """Return a text: a line of counts, the furniture, then each sentence with what was found and what refused.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> text = "ذكر الوردة. قالت الوزارة إن 3 عمال قُتلوا."
    >>> for line in explain(analyse(Article("bridge", text))).splitlines()[4:]:
    ...     print(line[:74].rstrip())
      claim c1 [0-11] outlet statement by no-cue: the outlet: «ذكر الوردة.»
      refused: «ذكر» [0-3] past of ذكر: no content in a frame of the verb (nea
    <BLANKLINE>
    sentence 1 [12-42] paragraph 1: قالت الوزارة إن 3 عمال قُتلوا.
      attribution by verb-that: cue «قالت» [12-16], statement
        source «الوزارة» [17-24] -> الوزارة (named by new)
        content [25-41] indirect: «إن 3 عمال قُتلوا»
      figure q1 «3 عمال» [28-34] = 3, killed, by number
      claim c2 [25-41] explicit statement by verb-that: الوزارة: «إن 3 عمال قُ
    """
    return "\n".join(_lines(analysis))


def _lines(analysis: Analysis) -> Iterator[str]:
    text = analysis.article.text
    published = analysis.article.published
    yield summary(analysis)
    yield f"published {published.isoformat()}" if published else "published: unknown, so «أمس» has no day"
    for block in analysis.blocks:
        if block.kind == "furniture":
            yield f"furniture by {block.rule} {_at(block.span)}: {_quoted(text, block.span)}"
    by_sentence = _by_sentence(analysis)
    for sentence in analysis.sentences:
        yield ""
        yield f"sentence {sentence.index} {_at(sentence.span)} {_place(sentence)}: {_short(sentence.span.of(text))}"
        for line in _in_sentence(analysis, sentence, by_sentence):
            yield "  " + line


def _place(sentence: Sentence) -> str:
    return f"paragraph {sentence.paragraph}" if sentence.kind == "paragraph" else sentence.kind


def _by_sentence(analysis: Analysis) -> dict[str, dict[int, list[int]]]:
    """Return for each layer the numbers of what stands in each sentence."""
    found: dict[str, dict[int, list[int]]] = {}
    layers: dict[str, Sequence[int]] = {
        "attributions": [a.sentence for a in analysis.attributions],
        "quantities": [q.sentence for q in analysis.quantities],
        "dates": [d.timex.sentence for d in analysis.dates],
        "claims": [c.sentence.index for c in analysis.claims],
    }
    for layer, indexes in layers.items():
        places = found.setdefault(layer, {})
        for n, index in enumerate(indexes):
            places.setdefault(index, []).append(n)
    paragraphs = found.setdefault("quotations", {})
    for n, quotation in enumerate(analysis.quotations):
        paragraphs.setdefault(quotation.paragraph, []).append(n)
    return found


def _in_sentence(analysis: Analysis, sentence: Sentence, by_sentence: dict[str, dict[int, list[int]]]) -> Iterator[str]:
    text = analysis.article.text

    def here(layer: str) -> list[int]:
        return by_sentence[layer].get(sentence.index, [])

    made = [analysis.attributions[n] for n in here("attributions")]
    dates = [analysis.dates[n] for n in here("dates")]
    quantities = [analysis.quantities[n] for n in here("quantities")]
    quotations = [analysis.quotations[n] for n in by_sentence["quotations"].get(sentence.paragraph, [])]
    for n in here("attributions"):
        yield from _attribution(text, analysis.attributions[n], analysis.sources[n])
    for n in here("quantities"):
        yield f"figure q{n + 1} {_quantity(text, analysis.quantities[n])}"
    for n in here("dates"):
        yield f"date d{n + 1} {_date(text, analysis.dates[n])}"
    for n in here("claims"):
        yield f"claim c{n + 1} {_claim(analysis, analysis.claims[n])}"
    times = [d.timex.span for d in dates]
    view = make_view(sentence, quotations, times)
    yield from _refused_cues(view, made)
    yield from _refused_numbers(text, sentence, [*times, *(q.span for q in quantities)])
    yield from _refused_quotations(text, sentence, quotations, analysis.attributions)


# --- what was found -----------------------------------------------------------------------------------------


def _attribution(text: str, made: Attribution, source: Source) -> Iterator[str]:
    yield f"attribution by {made.rule}: cue {_quoted(text, made.cue)} {_at(made.cue)}, {made.act}"
    mention = f"{_quoted(text, made.source)} {_at(made.source)}" if made.source else f"none here ({made.subject})"
    antecedent = f", from {_quoted(text, source.antecedent)} {_at(source.antecedent)}" if source.antecedent else ""
    yield f"  source {mention} -> {source.name} ({source.form} by {source.rule}{antecedent})"
    for relay in made.via:
        yield f"  passed on by {_quoted(text, relay)} {_at(relay)}"
    quoted = ", in quotation marks" if made.quoted and made.kind == "indirect" else ""
    yield f"  content {_at(made.content)} {made.kind}{quoted}: {_quoted(text, made.content)}"


def _quantity(text: str, quantity: Quantity) -> str:
    parts = [_number(quantity.value) if quantity.value is not None else _bounds(quantity)]
    if quantity.mod:
        parts[0] += f" {quantity.mod}"
    parts += [part for part in (quantity.role, quantity.unit) if part]
    parts += [f"{name} {part}" for name, part in (("group", quantity.group), ("place", quantity.place)) if part]
    return f"{_quoted(text, quantity.span)} {_at(quantity.span)} = {', '.join(parts)}, by {quantity.rule}"


def _bounds(quantity: Quantity) -> str:
    low = _number(quantity.low) if quantity.low is not None else "?"
    high = _number(quantity.high) if quantity.high is not None else "?"
    return f"{low} to {high}"


def _number(value: Any) -> str:
    return f"{value:,}"


def _date(text: str, when: Date) -> str:
    timex = when.timex
    value = when.value or f"{timex.value}, unresolved"
    days = f", {when.start} to {when.end}" if when.start and when.end and when.start != when.end else ""
    how = f"{when.basis}{f' from {when.anchor}' if when.anchor else ''}"
    reason = f", because {when.reason}" if when.reason else ""
    odd = ", its weekday does not fit" if when.weekday_fits is False else ""
    where = f"{_quoted(text, timex.span)} {_at(timex.span)}"
    return f"{where} = {timex.type} {value}{days}, {how}{reason}{odd}, by {timex.rule}"


def _claim(analysis: Analysis, claim: Claim) -> str:
    text = analysis.article.text
    name = claim.source.name if claim.source else analysis.article.outlet or OUTLET
    holds = [f"q{n + 1}" for n in claim.quantities] + [f"d{n + 1}" for n in claim.dates]
    inside = f", inside c{claim.inside + 1}" if claim.inside is not None else ""
    hedges = f", hedged by {'، '.join(h.of(text) for h in claim.hedges)}" if claim.hedges else ""
    corrected = ", corrected by hand" if claim.corrected else ""
    return (
        f"{_at(claim.span)} {claim.attribution} {claim.act} by {claim.rule}: {name}: {_quoted(text, claim.span)}"
        f"{', holds ' + ' '.join(holds) if holds else ''}{hedges}{inside}{corrected}"
    )


# --- what was refused -----------------------------------------------------------------------------------------


def _refused_cues(view: View, made: Sequence[Attribution]) -> Iterator[str]:
    cues = [a.cue for a in made]
    for k, word in enumerate(view.tokens.words):
        span = view.tokens.span(k, k + 1)
        cue = read_cue(word)
        if cue is None or any(c.overlaps(span) for c in cues):
            continue
        yield f"refused: «{word.surface}» {_at(span)} {cue.form} of {cue.verb.surface}: {_why_no_cue(view, k, cue)}"


def _why_no_cue(view: View, k: int, cue: Cue) -> str:
    """Return what keeps a form of a reporting verb from being a cue, as far as its neighbours tell."""
    before = view.tag(k - 1) if k else ""
    surface = view.tokens.words[k].surface
    if k in view.in_time:
        return "part of a time expression"
    if load("according_to").find(view.tokens, k):
        return "part of a phrase like بحسب"
    if before == "negation":
        return f"denied by «{view.tokens.words[k - 1].surface}» before it"
    if cue.form == "past" and "ُ" in surface[:2]:
        return "passive by its vowel mark, so nobody speaks"
    if cue.form == "past" and not cue.prefix and before in ("preposition", "circumstance"):
        return f"behind «{view.tokens.words[k - 1].surface}» it is a noun"
    if cue.form == "participle" and k and surface.startswith("ال"):
        return "with the article it is a noun"
    if view.tag(k) in ("preposition", "circumstance") or (cue.verb.surface in _PREPOSITIONS and "ّ" not in surface):
        return "a preposition here"
    frames = f" ({', '.join(sorted(cue.verb.frames))})" if cue.verb.frames else ""
    return f"no content in a frame of the verb{frames}, or nobody who says it"


def _refused_numbers(text: str, sentence: Sentence, taken: Sequence[Span]) -> Iterator[str]:
    tokens = sentence.tokens
    k = 0
    while k < len(tokens):
        numeral = read_numeral(tokens, k) if may_begin(tokens.key(k)) else None
        if numeral is None:
            k += 1
            continue
        span = tokens.span(numeral.first, numeral.stop)
        if not any(span.overlaps(t) for t in taken):
            value = numeral.value if numeral.value is not None else f"{numeral.low} to {numeral.high}"
            reason = _why_no_figure(tokens.key(numeral.stop), numeral.vague)
            yield f"refused: {_quoted(text, span)} {_at(span)} read as {value}, neither figure nor date: {reason}"
        k = max(numeral.stop, k + 1)


def _why_no_figure(after: str, vague: bool) -> str:
    if vague:
        return "a vague number with no noun that is counted"
    if not after or not after[:1].isalnum():
        return "no noun behind it"
    return f"«{after}» behind it is nothing that is counted"


def _refused_quotations(
    text: str, sentence: Sentence, quotations: Sequence[Quotation], made: Sequence[Attribution]
) -> Iterator[str]:
    contents = [a.content for a in made if abs(a.sentence - sentence.index) < 12]
    for quotation in quotations:
        if not sentence.span.start <= quotation.span.start < sentence.span.end:
            continue
        if any(c.overlaps(quotation.inner) and quotation.kind == "speech" for c in contents):
            continue
        if quotation.kind == "name":
            inside = any(c.contains(quotation.inner) for c in contents)
            if inside and quotation.closed:
                continue  # “الجبل” inside what somebody says needs no word
            reason = "few words and no clause: a name"
        else:
            reason = "no cue beside it"
        stray = "" if quotation.closed else ", and its mark never closes"
        yield f"refused: quotation {_quoted(text, quotation.span)} {_at(quotation.span)}: {reason}{stray}"


def _at(span: Span) -> str:
    return f"[{span.start}-{span.end}]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[:_LONG].rsplit(" ", 1)[0] + " …"


def _quoted(text: str, span: Span) -> str:
    return f"«{_short(span.of(text))}»"
