"""What holds of every analysis, whatever the text: `faults` lists what does not.

Tests call it on articles and on text that is none, and so can a fuzzer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.claims import OUTLET, Analysis, Claim
from analysis.dictionary import ACTS
from analysis.sources import UNKNOWN
from analysis.tables import claims_table, dates_table, figures_table, quantities_table, timeline_table
from analysis.text import Span, fold, stems, tokenize

ROLES = frozenset("escaped recaptured killed wounded detained displaced transferred present other".split())
ATTRIBUTIONS = ("explicit", "carried_on", "outlet")


def faults(analysis: Analysis) -> list[str]:
    """Return one line for each rule that an analysis breaks."""
    return [
        *_outside(analysis),
        *_uncut(analysis),
        *_overlaps(analysis),
        *_claims(analysis),
        *_unsaid(analysis),
        *_nowhere(analysis),
    ]


def _outside(analysis: Analysis) -> Iterator[str]:
    """Check that spans lie in the text, and those of a sentence in it."""
    text = analysis.article.text
    named: list[tuple[str, Span]] = [("block", b.span) for b in analysis.blocks]
    named += [("sentence", s.span) for s in analysis.sentences]
    named += [(layer, q.span) for q in analysis.quotations for layer in ["quotation"]]
    for made in analysis.attributions:
        named += [("cue", made.cue), ("content", made.content)]
        named += [("source", s) for s in (made.source, *made.via) if s]
    for layer, span in named:
        if not 0 <= span.start < span.end <= len(text):
            yield f"{layer} {span} is no range of the text"
    for quotation in analysis.quotations:
        if not quotation.span.contains(quotation.inner):
            yield f"quotation {quotation.span} does not hold its inner {quotation.inner}"
    within = [("quantity", q.span, q.sentence) for q in analysis.quantities]
    within += [("date", d.timex.span, d.timex.sentence) for d in analysis.dates]
    within += [("cue", a.cue, a.sentence) for a in analysis.attributions]
    for layer, span, number in within:
        if span.start >= span.end or not analysis.sentences[number].span.contains(span):
            yield f"{layer} {span} is not in its sentence {number}"
    for quantity in analysis.quantities:
        if quantity.counted == "%":  # a share, whatever way it is written: %، بالمئة
            continue
        if quantity.counted_span and quantity.counted_span.of(text) != quantity.counted:
            yield f"quantity {quantity.span}: counted is not what stands at {quantity.counted_span}"


def _uncut(analysis: Analysis) -> Iterator[str]:
    """Check that each character is in one sentence, or in furniture, or white space."""
    text = analysis.article.text
    parts = [s.span for s in analysis.sentences]
    parts += [b.span for b in analysis.blocks if b.kind == "furniture"]
    parts.sort()
    end = 0
    for part in parts:
        if part.start < end:
            yield f"{part} begins inside what ends at {end}"
        elif len(tokenize(text, end, part.start)):
            yield f"characters {end} to {part.start} are in no sentence: {text[end : part.start][:40]!r}"
        end = max(end, part.end)
    if len(tokenize(text, end)):
        yield f"characters from {end} on are in no sentence: {text[end : end + 40]!r}"
    if [s.index for s in analysis.sentences] != list(range(len(analysis.sentences))):
        yield "sentences are not numbered in order"
    for sentence in analysis.sentences:
        tokens = sentence.tokens
        for surface, start, stop in zip([w.surface for w in tokens.words], tokens.starts, tokens.ends, strict=True):
            if text[start:stop] != surface:
                yield f"token at {start} is {text[start:stop]!r}, not {surface!r}"


def _overlaps(analysis: Analysis) -> Iterator[str]:
    """Check that spans of one layer stand in order and apart."""
    layers = {
        "quantities": [q.span for q in analysis.quantities],
        "dates": [d.timex.span for d in analysis.dates],
        "cues": [a.cue for a in analysis.attributions],
        "blocks": [b.span for b in analysis.blocks],
    }
    for layer, spans in layers.items():
        for before, after in pairwise(spans):
            if after.start < before.end:
                yield f"{layer}: {before} and {after} overlap or stand out of order"
    times = {(d.timex.span.start, d.timex.span.end) for d in analysis.dates}
    for quantity in analysis.quantities:
        if (quantity.span.start, quantity.span.end) in times:
            yield f"{quantity.span} is a quantity and a date"


def _claims(analysis: Analysis) -> Iterator[str]:
    """Check that a claim lies in its sentence, or goes on in a quotation, and holds what it lists."""
    for n, claim in enumerate(analysis.claims):
        name = f"claim {n} {claim.span}"
        if not 0 <= claim.span.start < claim.span.end <= len(analysis.article.text):
            yield f"{name} is no range of the text"
        if not claim.sentence.span.contains(claim.span) and not _is_in_quotation(analysis, claim):
            yield f"{name} leaves its sentence {claim.sentence.span} outside a quotation"
        if claim.act not in ACTS or claim.attribution not in ATTRIBUTIONS:
            yield f"{name}: unknown act {claim.act} or attribution {claim.attribution}"
        if (claim.attribution == "outlet") != (claim.source is None):
            yield f"{name} is {claim.attribution} and its source is {claim.source}"
        if any(not claim.span.contains(h) for h in claim.hedges):
            yield f"{name}: a hedge stands outside"
        if claim.inside is not None and not analysis.claims[claim.inside].span.contains(claim.span):
            yield f"{name} is not inside claim {claim.inside}"
    for layer, count, held in (
        ("quantity", len(analysis.quantities), [q for c in analysis.claims for q in c.quantities]),
        ("date", len(analysis.dates), [d for c in analysis.claims for d in c.dates]),
    ):
        if len(held) != len(set(held)) or any(not 0 <= h < count for h in held):
            yield f"a {layer} is in two claims, or in none that exists"


def _is_in_quotation(analysis: Analysis, claim: Claim) -> bool:
    """Tell whether each end of a sentence that a claim runs over stands between quotation marks."""
    crossed = [s.span.end for s in analysis.sentences if claim.span.start < s.span.end < claim.span.end]
    return all(any(q.span.start < end <= q.span.end for q in analysis.quotations) for end in crossed)


def _unsaid(analysis: Analysis) -> Iterator[str]:
    """Check that each sentence with a word in it is in a claim or the frame of one."""
    told = [c.span for c in analysis.claims]
    for made in analysis.attributions:
        told += [made.cue, made.content, *(s for s in (made.source, *made.via) if s)]
    told.sort()
    reach, k = -1, 0
    for sentence in analysis.sentences:
        while k < len(told) and told[k].start < sentence.span.end:
            reach = max(reach, told[k].end)
            k += 1
        if reach <= sentence.span.start and any(not w.is_mark for w in sentence.tokens.words):
            yield f"sentence {sentence.index} {sentence.span} is in no claim and no frame"


def _nowhere(analysis: Analysis) -> Iterator[str]:
    """Check that a source that was resolved is named in the article."""
    words = {w.key for s in analysis.sentences for w in s.tokens.words}
    words |= {"ال" + rest for key in words for clitics, rest in stems(key) if clitics.endswith("لال")}  # للوزارة
    whole = fold(" ".join(analysis.article.text.split()))
    for made, source in zip(analysis.attributions, analysis.sources, strict=True):
        if source.name == UNKNOWN or source.form == "unknown":
            continue
        if fold(" ".join(source.name.split())) in whole:
            continue
        strange = [w.surface for w in tokenize(source.name).words if not any(w.key in word for word in words)]
        if strange:
            yield f"source {source.name!r} of the cue at {made.cue.start}: {strange} are not in the article"


def table_faults(analyses: Sequence[Analysis]) -> list[str]:
    """Return one line for each row whose characters, ids or references do not fit."""
    return list(_table_faults(analyses))


def _table_faults(analyses: Sequence[Analysis]) -> Iterator[str]:
    texts = {a.article.id: a.article.text for a in analyses}
    claims, quantities, dates = claims_table(analyses), quantities_table(analyses), dates_table(analyses)
    timeline, figures = timeline_table(analyses), figures_table(analyses)
    for table, frame in (("claims", claims), ("quantities", quantities), ("dates", dates)):
        for seed, start, end, text in frame[["seed", "start", "end", "text"]].itertuples(index=False):
            if texts[seed][start:end] != text:
                yield f"{table} of {seed}: {text!r} does not stand at {start} to {end}"
    for words in ("source_mention source_start source_end", "cue cue_start cue_end"):
        text_column, start_column, end_column = words.split()
        for row in claims[claims[start_column].notna()].to_dict("records"):
            if texts[row["seed"]][row[start_column] : row[end_column]] != row[text_column]:
                yield f"claims: {text_column} of {row['claim_id']} does not stand there"
    ids = {
        "claim_id": claims["claim_id"],
        "quantity_id": quantities["quantity_id"],
        "date_id": dates["date_id"],
        "event_id": timeline["event_id"],
        "figure_id": figures["figure_id"],
    }
    for name, column in ids.items():
        if column.isna().any() or not column.is_unique:
            yield f"{name}: empty or double"
    references = (
        ("quantities.claim_id", quantities["claim_id"], "claim_id"),
        ("dates.claim_id", dates["claim_id"], "claim_id"),
        ("claims.quantities", claims["quantities"], "quantity_id"),
        ("claims.dates", claims["dates"], "date_id"),
        ("claims.inside", claims["inside"], "claim_id"),
        ("timeline.date_id", timeline["date_id"], "date_id"),
        ("timeline.claim_ids", timeline["claim_ids"], "claim_id"),
        ("figures.claim_id", figures["claim_id"], "claim_id"),
        ("figures.quantity_id", figures["quantity_id"], "quantity_id"),
        ("figures.inputs", figures["inputs"], "figure_id"),
    )
    for name, column, target in references:
        known = set(ids[target])
        lost = {i for cell in column.dropna() for i in _split(cell, known)} - known
        if lost:
            yield f"{name}: no row has {sorted(lost)}"
    holders = dict(_holders(claims, "quantities")) | dict(_holders(claims, "dates"))
    for frame, name in ((quantities, "quantity_id"), (dates, "date_id")):
        for found, claim in frame[[name, "claim_id"]].itertuples(index=False):
            if holders.get(found) != (claim if isinstance(claim, str) else None):
                yield f"{found} names {claim}, and {holders.get(found)} names it"
    for claimant in set(quantities["claimant"]) | set(figures["claimant"]):
        if claimant not in set(claims["source"]) | {OUTLET} | {a.article.outlet for a in analyses}:
            yield f"claimant {claimant!r} is no source of a claim"
    for role in set(quantities["role"]) - ROLES:
        yield f"unknown role {role}"


def _split(cell: str, known: set[str]) -> list[str]:
    """Split a cell of ids at white space, unless it is one id: an article's id may hold a space."""
    return [cell] if cell in known else cell.split()


def _holders(claims, column: str) -> Iterator[tuple[str, str]]:  # type: ignore[no-untyped-def]
    for claim, cell in claims[["claim_id", column]].itertuples(index=False):
        for found in cell.split():
            yield found, claim
