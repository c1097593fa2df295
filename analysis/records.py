"""Write an analysis as the plain record of `python -m analysis extract`: one JSON object an article."""

from __future__ import annotations

from typing import Any

from analysis.claims import OUTLET, Analysis
from analysis.quantities import UNNUMBERED


def as_record(analysis: Analysis) -> dict[str, Any]:
    """Return the record of one article; every `start` and `end` is a character of its decoded text.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> record = as_record(analyse(Article("bridge", "قالت الوزارة إن ثلاثة عمال قُتلوا.")))
    >>> [(a["source"], a["act"]) for a in record["attributions"]], [q["value"] for q in record["quantities"]]
    ([('الوزارة', 'statement')], [3])
    """
    article = analysis.article
    return {
        "seed": article.id,
        "published": article.published.isoformat() if article.published else None,
        "boilerplate": [[b.span.start, b.span.end] for b in analysis.blocks if b.kind == "furniture"],
        "attributions": [
            {
                "cue_start": c.made.cue.start,
                "cue_end": c.made.cue.end,
                "source": c.source.name,
                "source_start": c.made.source.start if c.made.source else None,
                "source_end": c.made.source.end if c.made.source else None,
                "start": c.span.start,
                "end": c.span.end,
                "quoted": c.quoted,
                "act": c.act,
                "via": [relay.of(article.text) for relay in c.made.via],
                "rule": c.rule,
                "form": c.source.form,
                "hedges": [h.of(article.text) for h in c.hedges],
            }
            for c in analysis.claims
            if c.attribution == "explicit" and c.made and c.source
        ],
        "quantities": [
            {
                "start": q.span.start,
                "end": q.span.end,
                "value": q.value,
                "low": q.low,
                "high": q.high,
                "approximate": q.approximate,
                "counted": q.counted,
                "role": q.role,
                "unit": q.unit,
                "group": q.group,
                "place": q.place,
                "rule": q.rule,
            }
            for q in analysis.quantities
            if q.rule != UNNUMBERED
        ],
        "dates": [
            {
                "start": d.timex.span.start,
                "end": d.timex.span.end,
                "type": d.timex.type,
                "value": d.value,
                "unresolved": d.timex.value,
                "mod": d.timex.mod,
                "reason": d.reason,
                "rule": d.timex.rule,
            }
            for d in analysis.dates
        ],
        "claims": [
            {
                "start": c.span.start,
                "end": c.span.end,
                "attribution": c.attribution,
                "source": c.source.name if c.source else article.outlet or OUTLET,
                "act": c.act,
            }
            for c in analysis.claims
        ],
    }
