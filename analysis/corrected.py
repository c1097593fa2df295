"""Apply a person's corrections to what the rules found, and keep account of those that find no place.

Outlets rewrite an article all day: a paragraph moves up, «81» becomes «90». A correction holds for the words it
quotes, wherever they stand now, and for the one claim, figure or date at them: whoever sets one source right has
not read the claims around it. What no longer finds its words, or finds nothing there to correct, is lost: it
changes nothing, and is listed with the reason.

>>> from analysis.claims import analyse
>>> from analysis.seeds import Article
>>> found = analyse(Article("raid", "حذّر المركز من عودة التنظيم. وقالت الوزارة إن 81 فاراً عادوا."))
>>> rows = [Correction("raid", "حذّر", field="act", value="assessment"), Correction("raid", "90", field="role")]
>>> right, lost = apply_corrections(found, rows)
>>> [(claim.act, claim.corrected) for claim in right.claims], [row.reason[:25] for row in lost]
([('assessment', True), ('statement', False)], ['“90” is not in the text; '])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.anchor import Date, period_of
from analysis.attribution import Attribution
from analysis.claims import OUTLET, Analysis, Claim, analyse, arrange, stretches
from analysis.corrections import (
    Applied,
    Correction,
    Lost,
    add_correction,
    place,
    read_corrections,
    unplaced,
)
from analysis.lexicons import load
from analysis.numerals import Number, may_begin, read_modifier, read_numeral
from analysis.quantities import Quantity
from analysis.seeds import Article, id_key, read_article, read_seeds, seeds_as_asked, seeds_folder
from analysis.segment import Sentence
from analysis.sources import UNKNOWN, Source, is_nameless
from analysis.stories import versions
from analysis.text import Span, fold, tokenize
from analysis.timex import Timex

BY_HAND = "by-hand"
_SAME = 0.8  # of the characters of two spans together
# What is added comes first, so that it can be set right; what is left out comes last.
_ORDER = ("add_attribution", "add_quantity", "add_date", "source", "act", "value", "role", "date", "excluded")


def analyse_seeds(folder: Path | str | None = None) -> list[Analysis]:
    """Analyse every article of a folder and apply its corrections; raise `SeedError` for faults of either.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "raid.txt").write_text("حذّر المركز من عودة التنظيم.", encoding="utf-8")
    ...     rows = "seed,exact,field,value\\nraid,حذّر,act,assessment\\n"
    ...     _ = (Path(folder) / "corrections.csv").write_text(rows, encoding="utf-8")
    ...     [claim.act for analysis in analyse_seeds(folder) for claim in analysis.claims]
    ['assessment']
    """
    return list(analyse_articles(seeds_as_asked(folder), read_corrections(folder)))


def analyse_articles(articles: Sequence[Article], corrections: Sequence[Correction]) -> Iterator[Analysis]:
    """Yield the analysis of each article with its corrections applied, and those of its earlier versions.

    A version takes over what was set right before it, where it repeats the words; a row of its own comes first.
    """
    earlier: dict[str, list[Article]] = {}
    for group in versions(articles):
        for n, article in enumerate(group):
            earlier.setdefault(article.id, group[:n][::-1])
    for article in articles:
        yield _applied(analyse(article), corrections, earlier.get(article.id, []))


def apply_corrections(analysis: Analysis, corrections: Iterable[Correction]) -> tuple[Analysis, list[Lost]]:
    """Return the analysis as corrected, and the corrections of its article that found no place.

    Corrections of other articles are passed over. `applied` and `lost` of the analysis hold what became of each.
    """
    found = _applied(analysis, list(corrections), [])
    return found, list(found.lost)


def _applied(analysis: Analysis, corrections: Sequence[Correction], earlier: Sequence[Article]) -> Analysis:
    """Apply the corrections of an article, then those of earlier versions, the nearest first."""
    article = analysis.article
    text = article.text
    mine = [c for c in corrections if id_key(c.seed) == id_key(article.id)]
    own = {id(c) for c in mine}
    for version in earlier:
        taken = {(c.field, place(text, c)) for c in mine}
        theirs = [c for c in corrections if id_key(c.seed) == id_key(version.id)]
        mine += [c for c in theirs if (place_of := place(text, c)) is None or (c.field, place_of) not in taken]
    if not mine:
        return analysis
    published = {id_key(a.id): a.published for a in earlier}
    work = _Corrected(analysis)
    applied: list[Applied] = []
    lost: list[Lost] = []
    for correction in sorted(mine, key=lambda c: _ORDER.index(c.field)):
        words = place(text, correction)
        if words is None:
            lost.append(Lost(correction, unplaced(text, correction) or "its words are not in the text"))
            continue
        if (
            id(correction) not in own
            and correction.field in ("date", "add_date")
            and published[id_key(correction.seed)] != article.published
        ):
            lost.append(Lost(correction, "this version is of another day; if its date is wrong too, correct it there"))
            continue
        try:
            target, before = work.apply(correction, words)
        except _Twice as error:
            if id(correction) in own:
                lost.append(Lost(correction, str(error)))
        except _NothingThere as error:
            lost.append(Lost(correction, str(error)))
        else:
            applied.append(Applied(correction, words, target, before))
    places = {id(c): n for n, c in enumerate(mine)}
    applied.sort(key=lambda a: places[id(a.correction)])
    lost.sort(key=lambda row: places[id(row.correction)])
    return replace(work.analysis(), applied=tuple(applied), lost=tuple(lost))


def without_seed(folder: Path | str | None = None) -> list[Lost]:
    """Return the corrections of a folder that name an article which is not there."""
    home = seeds_folder(folder)
    there = {id_key(path.stem) for path in home.iterdir() if path.suffix.lower() == ".txt"}
    return [
        Lost(c, f"there is no seed {c.seed}; write the name that its file has now, or delete the row")
        for c in read_corrections(home)
        if id_key(c.seed) not in there
    ]


def correct(
    folder: Path | str | None,
    seed: str,
    quote: str,
    field: str,
    value: str = "",
    *,
    prefix: str = "",
    suffix: str = "",
    note: str = "",
    who: str = "",
    when: date | None = None,
    again: bool = False,
) -> Applied:
    """Write a correction into the folder's corrections.csv, and return what it changes.

    `prefix` and `suffix` are words around the quoted ones, where these stand in the article more than once. Raise
    `CorrectionError`, and write nothing, where the words are not found, are found twice, or hold nothing to correct.
    `again` replaces the correction that these words have.
    """
    home = seeds_folder(folder)
    done: list[Applied] = []
    replaced: list[Correction] = []

    def without_effect(new: Correction) -> str | None:
        article = next((a for a in read_seeds(home) if id_key(a.id) == id_key(new.seed)), None)
        article = article or read_article(home / f"{new.seed}.txt")
        words = place(article.text, new)
        others: list[Correction] = []
        for old in read_corrections(home):
            same = id_key(old.seed) == id_key(article.id) and old.field == new.field
            (replaced if same and place(article.text, old) == words else others).append(old)
        made, _ = apply_corrections(analyse(article), [*others, new])
        done.extend(a for a in made.applied if a.correction is new)
        return next((row.reason for row in made.lost if row.correction is new), None)

    written = add_correction(
        home,
        seed,
        quote,
        field,
        value,
        prefix=prefix,
        suffix=suffix,
        note=note,
        who=who,
        when=when,
        replace=again,
        check=without_effect,
    )
    before = next((old.value for old in replaced if old.value), done[0].before)
    return replace(done[0], correction=written, before=before)


# --- what a correction does -----------------------------------------------------------------------------------


class _NothingThere(Exception):
    """Say why the words of a correction hold nothing that it could correct."""


class _Twice(_NothingThere):
    """Say which other row corrects the same thing."""


class _Corrected:
    """Hold the layers of an analysis while corrections change them."""

    def __init__(self, analysis: Analysis) -> None:
        self.found = analysis
        self.text = analysis.article.text
        self.claims = list(analysis.claims)
        self.quantities = list(analysis.quantities)
        self.dates = list(analysis.dates)
        self.heard = list(zip(analysis.attributions, analysis.sources, strict=True))
        self.done: dict[tuple[str, Span], Correction] = {}
        self.excluded: list[Span] = []
        self.rules: dict[str, Callable[[Correction, Span], tuple[str, str]]] = {
            "source": self._set_source,
            "act": self._set_act,
            "value": self._set_value,
            "role": self._set_role,
            "date": self._set_date,
            "excluded": lambda _, words: self._exclude(words),
            "add_attribution": self._add_attribution,
            "add_quantity": self._add_quantity,
            "add_date": self._add_date,
        }

    def apply(self, correction: Correction, words: Span) -> tuple[str, str]:
        """Apply one correction; return what it changed and what stood there before, or raise `_NothingThere`."""
        return self.rules[correction.field](correction, words)

    def analysis(self) -> Analysis:
        """Return the analysis with all layers in the order of the text and put together again."""
        return replace(
            self.found,
            attributions=[made for made, _ in self.heard],
            sources=[source for _, source in self.heard],
            claims=arrange(self.claims, self.quantities, self.dates),
            quantities=self.quantities,
            dates=self.dates,
        )

    def _once(self, correction: Correction, field: str, target: Span) -> None:
        """Note a thing as corrected; refuse to correct it twice in two ways."""
        other = self.done.setdefault((field, target), correction)
        if other is not correction:
            line = f"line {other.line}" if other.line else "another row"
            raise _Twice(f"{line} corrects the {field} of “{_short(target.of(self.text))}”; keep one of the two")

    # Claims.

    def _set_source(self, correction: Correction, words: Span) -> tuple[str, str]:
        n = self._claim_at(words)
        claim = self.claims[n]
        self._once(correction, "source", claim.span)
        before = self._speaker(claim)
        self._give(n, correction.value)
        return self._target("claim", claim.span), before

    def _give(self, n: int, name: str) -> None:
        """Set the source of one claim; the outlet's name makes it the outlet's own."""
        claim = self.claims[n]
        source = self._named(name)
        at = self._heard_at(claim)
        if source is None:
            voice = replace(claim, made=None, source=None, attribution="outlet", rule=BY_HAND, corrected=True)
            self.claims[n] = replace(voice, quoted=False, kind="none")
            if at is not None:
                del self.heard[at]
            return
        if at is not None:
            self.heard[at] = (self.heard[at][0], source)
            self.claims[n] = replace(claim, source=source, corrected=True)
            return
        self.claims[n] = replace(
            claim, made=None, source=source, attribution="explicit", rule=BY_HAND, kind="indirect", corrected=True
        )

    def _heard_at(self, claim: Claim) -> int | None:
        """Return the place of a claim's own attribution; one that goes on with another claim has none."""
        if claim.attribution != "explicit":
            return None
        return next((k for k, (made, _) in enumerate(self.heard) if made is claim.made), None)

    def _named(self, name: str) -> Source | None:
        """Return the source of that name, spelt as in the article where it is heard already; None is the outlet."""
        if fold(name) in (fold(OUTLET), fold(self.found.article.outlet or OUTLET)):
            return None
        if fold(name) == UNKNOWN:
            return Source(UNKNOWN, "unknown", None, BY_HAND)
        known = next((s for s in self.found.sources if fold(s.name) == fold(name)), None)
        if known is not None:
            form = known.form if known.form in ("named", "definite", "anonymous", "document") else "named"
            return Source(known.name, form, None, BY_HAND)
        tokens = tokenize(name)
        head = load("speakers").find(tokens, 0)
        document = head is not None and head.entry.tag == "document"
        form = "document" if document else "anonymous" if is_nameless(tokens) else "named"
        return Source(name, form, None, BY_HAND)

    def _speaker(self, claim: Claim) -> str:
        return claim.source.name if claim.source else self.found.article.outlet or OUTLET

    def _set_act(self, correction: Correction, words: Span) -> tuple[str, str]:
        n = self._claim_at(words)
        claim = self.claims[n]
        self._once(correction, "act", claim.span)
        self.claims[n] = replace(claim, act=correction.value, corrected=True)
        return self._target("claim", claim.span), claim.act

    def _add_attribution(self, correction: Correction, words: Span) -> tuple[str, str]:
        name, act = correction.parts
        explicit = [n for n, c in enumerate(self.claims) if c.attribution == "explicit" and _is_same(c.span, words)]
        if explicit:  # the rules find it by now
            claim = self.claims[explicit[0]]
            self._once(correction, "source", claim.span)
            before = self._speaker(claim)
            self._give(explicit[0], name)
            if act:
                self.claims[explicit[0]] = replace(self.claims[explicit[0]], act=act)
            return self._target("claim", claim.span), before
        sentence = self._sentence_of(words)
        source = self._named(name)
        self._once(correction, "source", words)
        claim = Claim(
            words,
            sentence,
            "explicit" if source else "outlet",
            None,
            source,
            act or "statement",
            *self._quoted(words),
            rule=BY_HAND,
            corrected=True,
        )
        before = next((self._speaker(c) for c in self.claims if c.span.overlaps(words)), "")
        self._make_room(words, name)
        self.claims.append(claim)
        self.claims.sort(key=_order)
        return self._target("claim", words), before

    def _quoted(self, words: Span) -> tuple[bool, str]:
        """Tell whether words are quoted, and how: direct, mixed or indirect."""
        speech = [q for q in self.found.quotations if q.kind == "speech"]
        core = self._core(words)
        if any(q.span.contains(core) for q in speech):
            return True, "direct"
        mixed = any(q.inner.overlaps(core) for q in speech)
        return mixed, "mixed" if mixed else "indirect"

    def _make_room(self, words: Span, name: str) -> None:
        """Leave of the outlet's own claims what an added claim and its frame do not cover, if it says something."""
        kept: list[Claim] = []
        for claim in self.claims:
            if claim.attribution == "explicit" or not claim.span.overlaps(words):
                kept.append(claim)
                continue
            frame = self._frame(claim.span, words, name)
            ends = (Span(0, claim.span.start), Span(claim.span.end, len(self.text)))
            left = stretches(claim.sentence, [frame, *ends])
            kept += [replace(claim, span=span, corrected=True) for span in left]
        self.claims = kept

    def _frame(self, claim: Span, words: Span, name: str) -> Span:
        """Return an added claim together with the mention of its source next to it: «قالت الوزارة في بيان إن»."""
        keys = tokenize(name).keys
        tokens = tokenize(self.text, claim.start, claim.end)
        for k in range(len(tokens) - len(keys) + 1):
            if keys and tokens.keys[k : k + len(keys)] == keys:
                mention = tokens.span(k, k + len(keys))
                return Span(min(mention.start, words.start), max(mention.end, words.end))
        return words

    def _claim_at(self, words: Span) -> int:
        """Return the claim that words name: by its cue, by its own words, else the innermost that holds them."""
        core = self._core(words)
        spans = [self._core(c.span) for c in self.claims]
        made = {n: c.made for n, c in enumerate(self.claims) if c.attribution == "explicit" and c.made}
        outside = [n for n in made if not spans[n].overlaps(core)]
        steps = [
            [n for n in outside if made[n].cue.overlaps(core)],
            [n for n, span in enumerate(spans) if span == core],
            self._outermost([n for n, span in enumerate(spans) if core.contains(span)]),
            [n for n in outside if any(s and s.overlaps(core) for s in (made[n].source, *made[n].via))],
            _innermost([n for n, span in enumerate(spans) if span.contains(core)], spans),
            [n for n, span in enumerate(spans) if span.overlaps(core)],
        ]
        quoted = _short(words.of(self.text))
        step = next(filter(None, steps), [])
        if not step:
            raise _NothingThere(f"“{quoted}” is in no claim; to make it one, use the field add_attribution")
        if len(step) > 1:
            shown = "; ".join(f"“{_short(self.claims[n].span.of(self.text))}”" for n in step[:3])
            raise _NothingThere(f"“{quoted}” belongs to {len(step)} claims: {shown}; quote words of one")
        return step[0]

    def _outermost(self, held: list[int]) -> list[int]:
        spans = [self.claims[n].span for n in held]
        return [
            n
            for n in held
            if not any(s.contains(self.claims[n].span) and len(s) > len(self.claims[n].span) for s in spans)
        ]

    # Figures.

    def _set_value(self, correction: Correction, words: Span) -> tuple[str, str]:
        n = self._one_of([q.span for q in self.quantities], words, "figure", "add_quantity")
        quantity = self.quantities[n]
        self._once(correction, "value", quantity.span)
        self.quantities[n] = _with_value(quantity, correction)
        return self._target("figure", quantity.span), _value_text(quantity)

    def _set_role(self, correction: Correction, words: Span) -> tuple[str, str]:
        n = self._one_of([q.span for q in self.quantities], words, "figure", "add_quantity")
        quantity = self.quantities[n]
        self._once(correction, "role", quantity.span)
        self.quantities[n] = replace(quantity, role=correction.value, rule=BY_HAND)
        return self._target("figure", quantity.span), quantity.role

    def _add_quantity(self, correction: Correction, words: Span) -> tuple[str, str]:
        sentence = self._sentence_of(words)
        there = [q for q in self.quantities if q.span.overlaps(words)]
        self._once(correction, "value", words)
        if len(there) == 1:  # the rules find it by now, or read a part of it: what they know of it stays
            span = Span(min(words.start, there[0].span.start), max(words.end, there[0].span.end))
            bare = replace(there[0], span=span)
        else:
            bare = self._bare(words, sentence)
        role = correction.parts[1] or bare.role
        self.quantities = [q for q in self.quantities if q not in there]
        self.quantities.append(replace(_with_value(bare, correction), role=role))
        self.quantities.sort(key=lambda q: q.span)
        return self._target("figure", words), "، ".join(_value_text(q) for q in there)

    def _bare(self, words: Span, sentence: Sentence) -> Quantity:
        """Return an added figure without its value: its modifier and what it counts are read from its words."""
        tokens = tokenize(self.text, words.start, words.end)
        modifier = read_modifier(tokens, 0)
        mod = modifier[0] if modifier else None
        counted: Span | None = None
        for k in range(len(tokens)):
            numeral = read_numeral(tokens, k) if may_begin(tokens.keys[k]) else None
            if numeral is not None:
                rest = numeral.stop
                if load("countables").find(tokens, rest) or load("groups").find(tokens, rest):
                    counted = tokens.span(rest, len(tokens))
                break
        noun = counted.of(self.text) if counted else None
        return Quantity(
            words,
            None,
            None,
            None,
            mod,
            mod == "APPROX",
            noun,
            counted,
            None,
            "other",
            None,
            None,
            BY_HAND,
            sentence.index,
        )

    # Dates.

    def _set_date(self, correction: Correction, words: Span) -> tuple[str, str]:
        n = self._one_of([d.timex.span for d in self.dates], words, "time expression", "add_date")
        when = self.dates[n]
        self._once(correction, "date", when.timex.span)
        self.dates[n] = _dated(replace(when.timex, rule=BY_HAND), correction.value)
        return self._target("date", when.timex.span), when.value or when.timex.value or ""

    def _add_date(self, correction: Correction, words: Span) -> tuple[str, str]:
        sentence = self._sentence_of(words)
        self._once(correction, "date", words)
        there = [d for d in self.dates if d.timex.span.overlaps(words)]
        self.dates = [d for d in self.dates if d not in there]
        timex = Timex(words, "DATE", correction.value, None, BY_HAND, sentence.index)
        self.dates.append(_dated(timex, correction.value))
        self.dates.sort(key=lambda d: d.timex.span)
        return self._target("date", words), "، ".join(d.value or d.timex.value or "" for d in there)

    # All.

    def _exclude(self, words: Span) -> tuple[str, str]:
        """Leave out the claims, figures and dates that words hold; where they hold none, the claim that holds them."""
        core = self._core(words)
        held = {n for n, c in enumerate(self.claims) if core.contains(self._core(c.span))}
        figures = {n for n, q in enumerate(self.quantities) if core.contains(self._core(q.span))}
        dates = {n for n, d in enumerate(self.dates) if core.contains(self._core(d.timex.span))}
        if not held and not figures and not dates:
            figures = {n for n, q in enumerate(self.quantities) if q.span.contains(core)}
            dates = {n for n, d in enumerate(self.dates) if d.timex.span.contains(core)}
        if not held and not figures and not dates:
            if any(span.contains(core) for span in self.excluded):
                raise _NothingThere("its claim is left out by another row; delete this one")
            region = self.claims[self._claim_at(words)].span
            held = {n for n, c in enumerate(self.claims) if region.contains(c.span)}
        if held:
            outside = [c.span for n, c in enumerate(self.claims) if n not in held]
            for n, claim in enumerate(arrange(self.claims, self.quantities, self.dates)):
                if n in held:
                    spans = {k: self.quantities[k].span for k in claim.quantities}
                    figures |= {k for k, s in spans.items() if _goes_with(s, claim.span, outside)}
                    spans = {k: self.dates[k].timex.span for k in claim.dates}
                    dates |= {k for k, s in spans.items() if _goes_with(s, claim.span, outside)}
        gone = [self.claims[n] for n in sorted(held)]
        said = [f"claim “{_short(c.span.of(self.text))}”" for c in gone]
        said += [f"figure “{_short(self.quantities[n].span.of(self.text))}”" for n in sorted(figures)]
        said += [f"date “{_short(self.dates[n].timex.span.of(self.text))}”" for n in sorted(dates)]
        self.heard = [h for h in self.heard if not any(self._is_of(h[0], c) for c in gone)]
        self.excluded += [c.span for c in gone]
        self.claims = [c for n, c in enumerate(self.claims) if n not in held]
        self.quantities = [q for n, q in enumerate(self.quantities) if n not in figures]
        self.dates = [d for n, d in enumerate(self.dates) if n not in dates]
        return ", ".join(said), "; ".join(dict.fromkeys(self._speaker(c) for c in gone))

    @staticmethod
    def _is_of(made: Attribution, claim: Claim) -> bool:
        return claim.attribution == "explicit" and made is claim.made

    def _one_of(self, spans: Sequence[Span], words: Span, kind: str, field: str) -> int:
        """Return the one span that words name: the same, one inside them, one around them, one that they touch."""
        core = self._core(words)
        cores = [self._core(span) for span in spans]
        steps = (
            [n for n, span in enumerate(cores) if span == core],
            [n for n, span in enumerate(cores) if core.contains(span)],
            [n for n, span in enumerate(cores) if span.overlaps(core)],
        )
        quoted = _short(words.of(self.text))
        step = next(filter(None, steps), [])
        if not step:
            raise _NothingThere(f"“{quoted}” holds no {kind}; if the rules missed one, use the field {field}")
        if len(step) > 1:
            shown = "; ".join(f"“{spans[n].of(self.text)}”" for n in step[:3])
            raise _NothingThere(f"“{quoted}” holds {len(step)} {kind}s: {shown}; quote one of them")
        return step[0]

    def _sentence_of(self, words: Span) -> Sentence:
        found = next((s for s in self.found.sentences if s.span.overlaps(words)), None)
        if found is None:
            raise _NothingThere(f"“{_short(words.of(self.text))}” stands in no sentence of the article")
        return found

    def _target(self, kind: str, span: Span) -> str:
        return f"{kind} “{_short(span.of(self.text))}”"

    def _core(self, span: Span) -> Span:
        """Return a span without the marks and spaces at its ends; they name nothing."""
        start, end = span.start, span.end
        while start < end and not self.text[start].isalnum():
            start += 1
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        return Span(start, end) if start < end else span


def _goes_with(span: Span, claim: Span, others: Sequence[Span]) -> bool:
    """Tell whether a figure or date goes when its claim does: it is inside, or in the frame and in no other claim."""
    return span.overlaps(claim) or not any(span.overlaps(other) for other in others)


def _is_same(one: Span, other: Span) -> bool:
    """Tell whether two spans hold the same words, but for a link at their ends: «من أن الحراسة ضعيفة»."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _SAME * (max(one.end, other.end) - min(one.start, other.start))


def _innermost(holding: list[int], spans: Sequence[Span]) -> list[int]:
    least = min((len(spans[n]) for n in holding), default=0)
    return [n for n in holding if len(spans[n]) == least]


def _order(claim: Claim) -> tuple[int, int]:
    cue = claim.made.cue if claim.made and claim.attribution == "explicit" else claim.span
    return claim.sentence.index, cue.start


def _with_value(quantity: Quantity, correction: Correction) -> Quantity:
    """Give a figure its number or range; «أكثر من» and «نحو» before it go on to bound it."""
    numbers = correction.numbers
    assert numbers is not None
    low, high = _plain(numbers[0]), _plain(numbers[1])
    if low != high:
        return replace(quantity, value=None, low=low, high=high, mod="RANGE", approximate=False, rule=BY_HAND)
    mod = None if quantity.mod in ("RANGE", "VAGUE") else quantity.mod
    return replace(
        quantity,
        value=low,
        low=low if mod in ("MORE_THAN", "EQUAL_OR_MORE") else None,
        high=low if mod in ("LESS_THAN", "EQUAL_OR_LESS") else None,
        mod=mod,
        approximate=quantity.approximate and mod == "APPROX",
        rule=BY_HAND,
    )


def _plain(number: float) -> Number:
    return int(number) if number.is_integer() else number


def _value_text(quantity: Quantity) -> str:
    """Write a figure's value as a correction would: 120, 100..200, and 20.. for «عشرات»."""
    if quantity.value is not None:
        return f"{quantity.value:g}" if isinstance(quantity.value, float) else str(quantity.value)
    return "..".join("" if end is None else str(end) for end in (quantity.low, quantity.high))


def _dated(timex: Timex, value: str) -> Date:
    """Return a date with the value given by hand; the days that it spans follow from it."""
    if value.endswith("_REF"):
        return Date(replace(timex, type="DATE"), value, basis="publication")
    if value.startswith("P"):
        return Date(replace(timex, type="SET" if timex.type == "SET" else "DURATION"), value)
    timex = replace(timex, type="TIME" if "T" in value else "DATE")
    period = period_of(value)
    if period is None:
        return Date(timex, None, reason=f"the value given by hand, {value}, names no day, month or year")
    start, end, grain = period
    fits = start.isoweekday() == timex.weekday if timex.weekday and start == end else None
    return Date(timex, value, start, end, grain, weekday_fits=fits)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"
