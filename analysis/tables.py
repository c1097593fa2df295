"""Tabulate analyses: DataFrames with fixed columns and types, as `dictionary.csv` describes them.

Every table takes a list of analyses and keeps one row a thing found, with the characters it was read from. Nothing
is decided here that the rules did not find, and an empty table has all its columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.claims import OUTLET, Analysis, Claim, views_of
from analysis.compare import Change, compare_versions
from analysis.dictionary import ACTS, dictionary
from analysis.figures import Figure, as_of, claimant_of, derive, event_of, find_figures, name_questions
from analysis.places import find_places
from analysis.reconcile import conflict_text, find_questions, party_text, vague_text
from analysis.sources import UNKNOWN, find_actors, same_name
from analysis.stories import versions
from analysis.text import Span
from analysis.timeline import find_events

_TYPES = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
Row = dict[str, Any]


def _frame(table: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Make a DataFrame of rows; raise `ValueError` for a row with other columns than the dictionary names."""
    columns = dictionary()[table]
    listed = list(rows)
    for row in listed:
        if set(row) != set(columns):
            raise ValueError(f"table {table}: {sorted(set(row) ^ set(columns))} not as in dictionary.csv")
    frame = pd.DataFrame(listed, columns=list(columns))
    return frame.astype({name: _TYPES[kind] for name, (kind, _, _) in columns.items()})


def with_labels(frame: pd.DataFrame, table: str, labels: str = "en") -> pd.DataFrame:
    """Return a table under headings in English (`labels="en"`) or Arabic (`labels="ar"`).

    >>> list(with_labels(claims_table([]), "claims", "ar").columns[:2])
    ['رقم القول', 'المقال']
    """
    if labels not in ("en", "ar"):
        raise ValueError(f'labels is "en" or "ar", not {labels!r}')
    if labels == "en":
        return frame
    return frame.rename(columns={name: label for name, (_, _, label) in dictionary()[table].items()})


def _claim_id(analysis: Analysis, n: int | None) -> str | None:
    return None if n is None else f"{analysis.article.id}#c{n + 1}"


def _ids(analysis: Analysis, letter: str, numbers: Iterable[int]) -> str:
    return " ".join(f"{analysis.article.id}#{letter}{n + 1}" for n in numbers)


def _by_hand(claim: Claim | None) -> bool:
    """Tell whether a person said who makes a claim."""
    return claim is not None and claim.corrected and "by-hand" in (claim.rule, claim.source and claim.source.rule)


def _source_form(claim: Claim) -> str:
    return claim.source.form if claim.source else "outlet"


def claims_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a claim, in the order of the articles and their text (columns: dictionary.csv, table claims).

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> claims = claims_table([analyse(Article("bridge", "قالت الوزارة إن الجسر قد ينهار. وسقط حجر."))])
    >>> claims[["source", "attribution", "hedges"]].values.tolist()
    [['الوزارة', 'explicit', 'قد'], ['the outlet', 'outlet', '']]
    """
    rows = []
    for analysis in analyses:
        article = analysis.article
        text = article.text
        for n, claim in enumerate(analysis.claims):
            made = claim.made if claim.attribution == "explicit" else None
            mention = made.source if made else None
            rows.append(
                {
                    "claim_id": _claim_id(analysis, n),
                    "seed": article.id,
                    "outlet": article.outlet,
                    "published": article.published,
                    "section": claim.sentence.section,
                    "paragraph": claim.sentence.paragraph,
                    "sentence": claim.sentence.index,
                    "start": claim.span.start,
                    "end": claim.span.end,
                    "text": claim.span.of(text),
                    "source": claimant_of(analysis, claim),
                    "source_mention": mention.of(text) if mention else None,
                    "source_form": _source_form(claim),
                    "source_start": mention.start if mention else None,
                    "source_end": mention.end if mention else None,
                    "via": made.via_text(text) if made else None,
                    "cue": made.cue.of(text) if made else None,
                    "cue_start": made.cue.start if made else None,
                    "cue_end": made.cue.end if made else None,
                    "act": claim.act,
                    "quoted": claim.quoted,
                    "kind": claim.kind,
                    "attribution": claim.attribution,
                    "hedges": "، ".join(dict.fromkeys(h.of(text) for h in claim.hedges)),
                    "quantities": _ids(analysis, "q", claim.quantities),
                    "dates": _ids(analysis, "d", claim.dates),
                    "inside": _claim_id(analysis, claim.inside),
                    "rule": claim.rule,
                    "corrected": claim.corrected,
                }
            )
    return _frame("claims", rows)


def quantities_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a quantity (columns: dictionary.csv, table quantities)."""
    rows = []
    for analysis in analyses:
        article = analysis.article
        owners = {n: k for k, claim in enumerate(analysis.claims) for n in claim.quantities}
        for n, quantity in enumerate(analysis.quantities):
            owner = owners.get(n)
            claim = analysis.claims[owner] if owner is not None else None
            when = event_of(analysis, claim, quantity) if claim else None
            rows.append(
                {
                    "quantity_id": f"{article.id}#q{n + 1}",
                    "claim_id": _claim_id(analysis, owner),
                    "seed": article.id,
                    "outlet": article.outlet,
                    "published": article.published,
                    "sentence": quantity.sentence,
                    "start": quantity.span.start,
                    "end": quantity.span.end,
                    "text": quantity.span.of(article.text),
                    "value": quantity.value,
                    "low": quantity.low,
                    "high": quantity.high,
                    "mod": quantity.mod,
                    "approximate": quantity.approximate,
                    "counted": quantity.counted,
                    "unit": quantity.unit,
                    "role": quantity.role,
                    "group": quantity.group,
                    "place": quantity.place,
                    "claimant": claimant_of(analysis, claim),
                    "via": claim.made.via_text(article.text) if claim and claim.made else None,
                    "event_date": when.value if when else None,
                    "event_precision": when.grain if when else None,
                    "as_of": as_of(analysis, claim),
                    "derived_from": None,
                    "rule": quantity.rule,
                    "corrected": quantity.rule == "by-hand" or _by_hand(claim),
                }
            )
    return _frame("quantities", rows)


def dates_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a time expression (columns: dictionary.csv, table dates)."""
    rows = []
    for analysis in analyses:
        article = analysis.article
        owners = {n: k for k, claim in enumerate(analysis.claims) for n in claim.dates}
        for n, when in enumerate(analysis.dates):
            owner = owners.get(n)
            rows.append(
                {
                    "date_id": f"{article.id}#d{n + 1}",
                    "claim_id": _claim_id(analysis, owner),
                    "seed": article.id,
                    "sentence": when.timex.sentence,
                    "start": when.timex.span.start,
                    "end": when.timex.span.end,
                    "text": when.timex.span.of(article.text),
                    "type": when.timex.type,
                    "unresolved": when.timex.value,
                    "value": when.value,
                    "mod": when.timex.mod,
                    "period_start": when.start,
                    "period_end": when.end,
                    "grain": when.grain or None,
                    "anchor": when.anchor,
                    "basis": when.basis,
                    "reason": when.reason,
                    "weekday_fits": when.weekday_fits,
                    "rule": when.timex.rule,
                    "corrected": when.timex.rule == "by-hand",
                }
            )
    return _frame("dates", rows)


def timeline_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row an event, by time; events without a place in time follow (columns: table timeline)."""
    rows: list[Row] = []
    for analysis in analyses:
        article = analysis.article
        for n, event in enumerate(find_events(analysis)):
            when = analysis.dates[event.number] if event.number is not None else None
            sources = [claimant_of(analysis, analysis.claims[k]) for k in event.claims]
            rows.append(
                {
                    "event_id": f"{article.id}#e{n + 1}",
                    "seed": article.id,
                    "story": article.story or article.id,
                    "order": 0,
                    "period_start": event.start,
                    "period_end": event.end,
                    "precision": event.precision,
                    "basis": event.basis,
                    "label": event.label.of(article.text),
                    "date_id": f"{article.id}#d{event.number + 1}" if event.number is not None else None,
                    "sentence": event.sentence,
                    "text": when.timex.span.of(article.text) if when else None,
                    "value": when.value if when else (event.start.isoformat() if event.start else None),
                    "sources": "؛ ".join(dict.fromkeys(sources)) or article.outlet or OUTLET,
                    "claim_ids": _ids(analysis, "c", event.claims),
                    "reason": event.reason,
                    "corrected": (when is not None and when.timex.rule == "by-hand")
                    or any(_by_hand(analysis.claims[k]) for k in event.claims),
                }
            )
    far = pd.Timestamp.max.date()
    rows.sort(key=lambda r: (r["period_start"] is None, r["period_start"] or far, r["period_end"] or far))
    for place, row in enumerate(rows, start=1):
        row["order"] = place
    return _frame("timeline", rows)


def sources_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a speaker, most claims first, then who is named and never heard (columns: table sources)."""
    rows: list[Row] = []
    for analysis in analyses:
        rows += _sources(analysis)
    return _frame("sources", rows)


def _sources(analysis: Analysis) -> list[Row]:
    by_name: dict[str, list[Claim]] = {}
    for claim in analysis.claims:
        by_name.setdefault(claimant_of(analysis, claim), []).append(claim)
    body = [s for s in analysis.sentences if s.kind == "paragraph"]
    heard_of = [c.source for c in analysis.claims if c.source]
    actors = find_actors(analysis.article.text, views_of(analysis), heard_of)
    relays = [r.of(analysis.article.text) for c in analysis.claims if c.made for r in c.made.via]
    total = sum(_characters(claims) for claims in by_name.values()) or 1
    heard = [_heard(analysis, name, claims, actors, total) for name, claims in by_name.items()]
    heard.sort(key=lambda r: (-r["claims"], r["first_sentence"]))
    starts = [s.span.start for s in body]
    silent = [
        {
            **_empty_source(analysis, actor.name),
            "first_sentence": _sentence_of(analysis, actor.spans[0]),
            "mentions": len(actor.spans),
        }
        for actor in actors
        if starts and not actor.heard and not any(same_name(actor.name, relay) for relay in relays)
    ]
    silent.sort(key=lambda r: (-r["mentions"], r["first_sentence"]))
    return heard + silent


def _heard(analysis: Analysis, name: str, claims: list[Claim], actors: Sequence[Any], total: int) -> Row:
    forms = [_source_form(c) for c in claims]
    characters = _characters(claims)
    named = [a for a in actors if same_name(a.name, name)]
    return {
        **_empty_source(analysis, name),
        "form": max(dict.fromkeys(forms), key=forms.count),
        "heard": name != UNKNOWN,
        "claims": len(claims),
        "explicit": sum(c.attribution == "explicit" for c in claims),
        "carried_on": sum(c.attribution == "carried_on" for c in claims),
        "quoted": sum(c.quoted for c in claims),
        "characters": characters,
        "share": round(characters / total, 4),
        **{act: sum(c.act == act for c in claims) for act in ACTS},
        "first_sentence": min(c.sentence.index for c in claims),
        "mentions": sum(len(a.spans) for a in named),
        "corrected": any(c.corrected for c in claims),
    }


def _empty_source(analysis: Analysis, name: str) -> Row:
    zero = ("claims", "explicit", "carried_on", "quoted", "characters", *ACTS, "first_sentence", "mentions")
    return {
        "seed": analysis.article.id,
        "source": name,
        "form": "named",
        "heard": False,
        "share": 0.0,
        "corrected": False,
        **dict.fromkeys(zero, 0),
    }


def _characters(claims: Sequence[Claim]) -> int:
    """Count the characters of claims, each once."""
    count, reached = 0, 0
    for span in sorted(c.span for c in claims):
        count += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return count


def _sentence_of(analysis: Analysis, span: Span) -> int:
    after = bisect_right(analysis.sentences, span.start, key=lambda s: s.span.start)
    return max(after - 1, 0)


def figures_table(analyses: Sequence[Analysis], *, across: bool = False) -> pd.DataFrame:
    """Return each figure with a role and its status, then what follows from them (columns: table figures).

    With `across`, figures of different claimants are combined too; the column note says which.
    """
    by_seed = {a.article.id: a for a in analyses}
    figures = find_figures(analyses)
    derived = derive(figures, across=across)
    counts: dict[str, int] = {}
    asked = [*name_questions(figures), *name_questions(derived)]
    rows = []
    for figure, question in zip([*figures, *derived], asked, strict=True):
        analysis = by_seed[figure.seed]
        if figure.derived:
            counts[figure.seed] = counts.get(figure.seed, 0) + 1
        rows.append(_figure_row(analysis, figure, question, counts.get(figure.seed, 0)))
    return _frame("figures", rows)


def _figure_row(analysis: Analysis, figure: Figure, question: str, derived: int) -> Row:
    seed = figure.seed
    quantity = f"{seed}#q{figure.number + 1}" if figure.number is not None else None
    return {
        "figure_id": quantity or f"{seed}#x{derived}",
        "seed": seed,
        "story": figure.story,
        "question": question,
        "role": figure.role,
        "group": figure.group,
        "place": figure.place,
        "claimant": figure.claimant,
        "claimant_form": figure.claimant_form,
        "via": figure.via,
        "outlet": figure.outlet,
        "published": figure.published,
        "text": figure.text,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "mod": figure.mod,
        "approximate": figure.approximate,
        "derived": figure.derived,
        "formula": figure.formula,
        "inputs": _ids(analysis, "q", figure.inputs),
        "status": figure.status,
        "as_of": figure.as_of,
        "event_date": figure.event_date,
        "event_precision": figure.event_precision,
        "claim_id": _claim_id(analysis, figure.claim),
        "quantity_id": quantity,
        "note": figure.note,
        "corrected": any(
            analysis.quantities[n].rule == "by-hand" or _by_hand(_claim_with(analysis, n))
            for n in (figure.inputs if figure.derived else (figure.number,))
            if n is not None
        ),
    }


def _claim_with(analysis: Analysis, quantity: int) -> Claim | None:
    return next((c for c in analysis.claims if quantity in c.quantities), None)


def places_table(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return one row a place named in an article, with its coordinates where known (columns: table places)."""
    rows = []
    for analysis in analyses:
        found: dict[str, Row] = {}
        for sentence in analysis.sentences:
            for place in find_places(analysis.article.text, sentence):
                row = found.setdefault(
                    place.name,
                    {
                        "seed": analysis.article.id,
                        "name": place.name,
                        "latitude": place.latitude,
                        "longitude": place.longitude,
                        "kind": place.kind,
                        "mentions": 0,
                        "first_sentence": sentence.index,
                    },
                )
                row["mentions"] += 1
        rows += sorted(found.values(), key=lambda r: (-r["mentions"], r["first_sentence"]))
    return _frame("places", rows)


def changes_table(pairs: Iterable[tuple[Analysis, Analysis]]) -> pd.DataFrame:
    """Return what became of each claim between two versions, kept ones too (columns: table changes).

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> texts = ("قالت الوزارة إن 81 فاراً عادوا.", "قالت الوزارة إن 90 فاراً عادوا.")
    >>> made = changes_table([tuple(analyse(Article(f"v{n}", text)) for n, text in enumerate(texts, 1))])
    >>> made[["kind", "figure_before", "figure_after", "source_after"]].values.tolist()
    [['figure changed', '81 فاراً', '90 فاراً', 'الوزارة']]
    """
    rows = []
    for before, after in pairs:
        for change in compare_versions(before, after):
            rows.append(_change_row(before, after, change))
    return _frame("changes", rows)


def _change_row(before: Analysis, after: Analysis, change: Change) -> Row:
    figures = [(before.quantities[p], after.quantities[q]) for p, q in change.figures]
    row: Row = {
        "story": after.article.story or after.article.id,
        "outlet": after.article.outlet,
        "before": before.article.id,
        "after": after.article.id,
        "kind": change.kind,
        "also": ", ".join(change.also),
        "removed": change.removed_text(before),
        "added": change.added_text(after),
        "figure_before": "؛ ".join(p.span.of(before.article.text) for p, _ in figures) or None,
        "figure_after": "؛ ".join(q.span.of(after.article.text) for _, q in figures) or None,
        "value_before": figures[0][0].value if figures else None,
        "value_after": figures[0][1].value if figures else None,
        "note": change.note,
    }
    for side, analysis, n in (("before", before, change.before), ("after", after, change.after)):
        claim = analysis.claims[n] if n is not None else None
        text = analysis.article.text
        made = claim.made if claim and claim.attribution == "explicit" else None
        row |= {
            f"claim_{side}": _claim_id(analysis, n),
            f"text_{side}": claim.span.of(text) if claim else None,
            f"source_{side}": claimant_of(analysis, claim) if claim else None,
            f"cue_{side}": made.cue.of(text) if made else None,
            f"act_{side}": claim.act if claim else None,
            f"hedges_{side}": "، ".join(dict.fromkeys(h.of(text) for h in claim.hedges)) if claim else None,
        }
    return row


def reconcile_figures(
    analyses: Sequence[Analysis],
    *,
    rule: str | None = None,
    preset: str = "default",
    source: str | None = None,
    choices: Mapping[str, float] | None = None,
    across: bool = False,
) -> pd.DataFrame:
    """Return one row a question that the articles answer, then what follows from them (columns: table questions).

    `best` is empty unless `rule` is conservative, latest_same_source, majority or own_choice (`find_questions`);
    `preset` says what a vague plural means at least: default (20, 200, 2000) or acled (10, 100, 1000; 12 for dozens).

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> texts = ("قالت وزارة الداخلية إن 120 سجيناً فروا.", "قال المتحدث إن نحو 200 سجين فروا.")
    >>> analyses = [analyse(Article(f"s{n}", text, story="escape")) for n, text in enumerate(texts)]
    >>> made = reconcile_figures(analyses, rule="conservative")
    >>> made[["role", "lowest", "highest", "independent", "status", "best"]].values.tolist()
    [['escaped', 120.0, 200.0, 2, 'contested', 120.0]]
    """
    found = find_questions(analyses, rule=rule, preset=preset, source=source, choices=choices, across=across)
    rows = []
    for question in found:
        outlets = dict.fromkeys(f.outlet or f.seed for f in question.figures)
        rows.append(
            {
                "question_id": question.id,
                "story": question.story,
                "role": question.role,
                "group": question.group,
                "place": question.place,
                "event": question.event or None,
                "lowest": question.lowest,
                "highest": question.highest,
                "claims": len(question.figures),
                "independent": question.independent,
                "outlets": "؛ ".join(outlets),
                "status": question.status,
                "within": question.within,
                "parties": "\n".join(party_text(p) for p in question.parties),
                "vague": vague_text(question.figures, preset),
                "conflict": conflict_text(question),
                "best": question.best,
                "best_rule": question.best_rule,
                "derived": question.derived,
                "figures": " ".join(
                    f"{f.seed}#q{n + 1}"
                    for f in question.figures
                    for n in (f.inputs if f.derived else (f.number,))
                    if n is not None
                ),
                "note": question.note,
            }
        )
    return _frame("questions", rows)


def _version_changes(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return the changes between each version and the next one of its outlet and story."""
    by_seed = {a.article.id: a for a in analyses}
    pairs = [
        (by_seed[old.id], by_seed[new.id])
        for group in versions([a.article for a in analyses])
        for old, new in pairwise(group)
    ]
    return changes_table(pairs)


TABLES: dict[str, Callable[[Sequence[Analysis]], pd.DataFrame]] = {
    "claims": claims_table,
    "quantities": quantities_table,
    "dates": dates_table,
    "timeline": timeline_table,
    "sources": sources_table,
    "figures": figures_table,
    "places": places_table,
    "changes": _version_changes,
    "questions": reconcile_figures,
}
