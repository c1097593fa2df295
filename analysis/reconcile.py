"""Sum up each question that several articles answer: who says how many, since when, and how far they are apart.

Figures of one event differ by claimant, by hour and by word, and two outlets that quote one ministry are one
claimant. So a summary keeps the lowest and the highest number, each party's own and its bounds, and names a best
number only by a rule that the reader picks. A vague plural (عشرات) has no value; its lower bound comes from a named
preset. Where one party says escaped and another says released, no number differs and there is a conflict all the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.claims import Analysis, Claim
from analysis.figures import (
    Figure,
    Party,
    claimant_of,
    derive,
    find_figures,
    is_vague,
    parties,
    questions,
    same_claimant,
    status_among,
)
from analysis.lexicons import load
from analysis.phrases import is_definite, make_view, phrase_span, read_subject
from analysis.sources import UNKNOWN
from analysis.text import Span, fold, tokenize
from analysis.typography import isolated_text

RULES = ("conservative", "latest_same_source", "majority", "own_choice")
# What a vague plural means at least: tens, hundreds, thousands; and what ACLED counts for them (12 for dozens).
PRESETS: dict[str, dict[float, float]] = {
    "default": {},
    "acled": {20: 10, 24: 12, 200: 100, 2000: 1000, 20_000: 10_000, 200_000: 100_000, 2_000_000: 1_000_000},
}


@dataclass(frozen=True, slots=True)
class VerbClaim:
    """Hold a claim that calls what happened by another verb than the question: released, and not escaped.

    `verb` is the class of the verb and `role` the role that it contests; `about` is the party accused, where the
    claim names it before the verb; `text` runs from the verb to the end of the claim, or is all that is denied.
    """

    seed: str
    story: str
    claim: int
    claimant: str
    act: str
    verb: str
    role: str
    about: str | None
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Hold the summary of one question: its figures, its parties, and what is at odds.

    `status` says how claimants stand to each other (single_source, corroborated, contested), `within` whether one
    of them changed or contradicts its own figure. `best` stays None unless a rule was picked and gives a number.
    """

    id: str
    story: str
    role: str
    group: str | None
    place: str | None
    event: str
    figures: tuple[Figure, ...]
    parties: tuple[Party, ...]
    parts: tuple[Figure, ...]
    verbs: tuple[VerbClaim, ...]
    status: str
    within: str | None
    lowest: float | None
    highest: float | None
    best: float | None
    best_rule: str | None
    note: str

    @property
    def independent(self) -> int:
        """Return how many claimants name a number."""
        return sum(not p.vague for p in self.parties)

    @property
    def derived(self) -> bool:
        return all(f.derived for f in self.figures)


def find_questions(
    analyses: Sequence[Analysis],
    *,
    rule: str | None = None,
    preset: str = "default",
    source: str | None = None,
    choices: Mapping[str, float] | None = None,
    across: bool = False,
) -> list[Question]:
    """Return one `Question` for each that the articles answer, then what follows (at large), claimant by claimant.

    `rule` is one of `RULES`: conservative (the lowest number any claimant gives last), latest_same_source (the last
    number of the one claimant, or of `source`), majority (what more than half of the claimants agree on),
    own_choice (`choices`, by the question's id). What follows has no best number. With `across`, figures of
    different claimants are subtracted too.
    """
    if rule is not None and rule not in RULES:
        raise ValueError(f"rule is one of {', '.join(RULES)}, not {rule!r}")
    if preset not in PRESETS:
        raise ValueError(f"preset is one of {', '.join(PRESETS)}, not {preset!r}")
    figures = find_figures(analyses)
    verbs = find_verbs(analyses)
    groups = questions(figures)
    asked = [g for g in groups if not g[0].part]
    found: list[Question] = []
    told: set[tuple[str, str]] = set()
    for group in asked:
        key = (group[0].story, group[0].role)
        mine = [v for v in verbs if (v.story, v.role) == key and key not in told and group[0].event == ""]
        told |= {key} if mine else set()
        parts = [g[0] for g in groups if g[0].part and (g[0].story, g[0].role) == key]
        found.append(_question(group, parts, mine, rule, preset, source, choices or {}))
    derived = derive(figures, across=across)
    refusals = _refusals(figures)
    for group in questions(derived):
        note = "; ".join(refusals.get((group[0].story, group[0].event), ()))
        found.append(_question(group, [], [], None, preset, None, {}, note))
    return found


def _question(
    group: Sequence[Figure],
    parts: Sequence[Figure],
    verbs: Sequence[VerbClaim],
    rule: str | None,
    preset: str,
    source: str | None,
    choices: Mapping[str, float],
    note: str = "",
) -> Question:
    first = group[0]
    sides = parties(group)
    status = "contested" if any(v.act != "denial" for v in verbs) else status_among(sides)
    own = {p.status for p in sides}
    numbers = [n for f in group for n in _numbers(f)]
    places = Counter(f.place for f in group if f.place)
    groups = Counter(f.group for f in group if f.group)
    place = places.most_common(1)[0][0] if places else None
    name = "#".join(part for part in (first.story, first.role, first.group_class, first.event) if part)
    best, why = _best(rule, sides, source, choices.get(name), vague=_bounds(group, preset))
    notes = [note, _below(group, preset), *(f"a part: {f.text} ({f.claimant})" for f in parts)]
    unknown = [f.text for f in group if f.claimant == UNKNOWN]
    if unknown:
        notes.append(f"no speaker found: {'، '.join(unknown)}")
    if rule and best is None:
        notes.append(f"{rule}: {why}")
    return Question(
        id=name,
        story=first.story,
        role=first.role,
        group=groups.most_common(1)[0][0] if groups else (first.group_class or None),
        place=place,
        event=first.event,
        figures=tuple(group),
        parties=tuple(sides),
        parts=tuple(parts),
        verbs=tuple(verbs),
        status=status,
        within=next((s for s in ("self_contradictory", "revised") if s in own), None),
        lowest=min(numbers, default=None),
        highest=max(numbers, default=None),
        best=best,
        best_rule=rule if best is not None else None,
        note="; ".join(n for n in notes if n),
    )


def _numbers(figure: Figure) -> list[float]:
    if is_vague(figure):
        return []
    if figure.derived and figure.value is not None:
        return [figure.value]
    return [n for n in (figure.value, figure.low, figure.high) if n is not None]


# --- vague plurals ----------------------------------------------------------------------------------------


def least(figure: Figure, preset: str = "default") -> float | None:
    """Return what a vague plural means at least by a preset, None where it says no size (عدد من).

    >>> tens = Figure("s", "s", "killed", None, "", None, "", "a", "named", None, None, None, "عشرات",
    ...               None, 20, None, "VAGUE", True, None, None, None, 0, 0)
    >>> least(tens), least(tens, "acled")
    (20, 10)
    """
    return None if figure.low is None else PRESETS[preset].get(figure.low, figure.low)


def _bounds(group: Iterable[Figure], preset: str) -> list[tuple[float, Figure]]:
    found = [(least(f, preset), f) for f in group if is_vague(f)]
    return [(low, f) for low, f in found if low is not None]


def vague_text(group: Iterable[Figure], preset: str = "default") -> str:
    """Return the vague figures of a question with the bounds they set: «عشرات ≥ 20 (الوزارة)»."""
    texts = []
    for figure in group:
        if is_vague(figure):
            low = least(figure, preset)
            bound = f" \N{GREATER-THAN OR EQUAL TO} {_plain(low)}" if low is not None else ""
            texts.append(f"{isolated_text(figure.text)}{bound} ({isolated_text(figure.body or figure.claimant)})")
    return _from_right("؛ ".join(dict.fromkeys(texts))) if texts else ""


def _below(group: Sequence[Figure], preset: str) -> str:
    """Say which exact figures lie below what a vague one means at least."""
    bounds = _bounds(group, preset)
    if not bounds:
        return ""
    low, vague = max(bounds, key=lambda b: b[0])
    under = list(dict.fromkeys(f.text for f in group if not is_vague(f) and f.bounds[1] < low))
    return f"below the bound of {vague.text} ({_plain(low)}): {'، '.join(under)}" if under else ""


# --- a best number ------------------------------------------------------------------------------------------


def _best(
    rule: str | None,
    sides: Sequence[Party],
    source: str | None,
    choice: float | None,
    vague: Sequence[tuple[float, Figure]],
) -> tuple[float | None, str]:
    """Return the number that a rule gives, or None and why it gives none. It is one of those said, never a mean."""
    counted = [p for p in sides if not p.vague]
    if rule is None:
        return None, ""
    if rule == "own_choice":
        return choice, "no choice made for this question"
    if rule == "conservative":
        numbers = [n for p in counted for f in p.current if (n := _low(f)) is not None]
        return min(numbers or [low for low, _ in vague], default=None), "no number"
    if rule == "latest_same_source":
        mine = [p for p in counted if fold(p.name) == fold(source)] if source else list(counted)
        if len(mine) != 1:
            return None, f"{len(mine)} claimants, name one of them"
        values = [n for f in mine[0].current if (n := _low(f)) is not None]
        if len(set(values)) > 1:
            return None, f"{mine[0].name} gives several at one time"
        return (values[-1] if values else None), "no number"
    if len(counted) < 2:
        return None, "a single claimant is no majority"
    for party in counted:
        for figure in party.current:
            agree = [p for p in counted if any(_agree(figure, f) for f in p.current)]
            if 2 * len(agree) > len(counted) and (number := _low(figure)) is not None:
                return number, ""
    return None, "no figure has more than half of the claimants"


def _low(figure: Figure) -> float | None:
    return figure.value if figure.value is not None else figure.low


def _agree(one: Figure, other: Figure) -> bool:
    (low_a, high_a), (low_b, high_b) = one.bounds, other.bounds
    return low_a <= high_b and low_b <= high_a


# --- what follows --------------------------------------------------------------------------------------------


def _refusals(figures: Sequence[Figure]) -> dict[tuple[str, str], list[str]]:
    """Say which subtractions were refused because the claimants differ: 1,500 escaped less 81 recaptured."""
    found: dict[tuple[str, str], list[str]] = {}
    parts = [f for f in figures if f.role == "recaptured"]
    for whole in (f for f in figures if f.role == "escaped" and not is_vague(f)):
        mine = [f for f in parts if f.story == whole.story and f.event == whole.event]
        if mine and not any(same_claimant(whole, f) for f in mine):
            terms = " \N{MINUS SIGN} ".join(f"{isolated_text(f.text)} ({f.seed})" for f in (whole, mine[0]))
            text = f"refused: {terms}, the claimants differ"
            notes = found.setdefault((whole.story, whole.event), [])
            if text not in notes:
                notes.append(text)
    return found


# --- contested verbs -------------------------------------------------------------------------------------------


def find_verbs(analyses: Sequence[Analysis]) -> list[VerbClaim]:
    """Return the claims that call an event by a contested verb, in the order of the articles and their text.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> text = "ليلة السجن\\n\\nواتهمت القيادة الحراس بإطلاق سراح سجناء."
    >>> [(v.claimant, v.verb, v.role, v.text) for v in find_verbs([analyse(Article("s", text))])]
    [('القيادة', 'released', 'escaped', 'إطلاق سراح سجناء')]
    """
    lexicon = load("contested_verbs")
    found: list[VerbClaim] = []
    for analysis in analyses:
        text = analysis.article.text
        for n, claim in enumerate(analysis.claims):
            tokens = tokenize(text, claim.span.start, claim.span.end)
            hit = next((h for k in range(len(tokens)) if (h := lexicon.find(tokens, k))), None)
            inner = [c for c in analysis.claims if c.inside == n]
            if hit is None or any(tokens.starts[hit.first] in range(c.span.start, c.span.end) for c in inner):
                continue
            joined = len(hit.proclitics.removesuffix("ال"))
            start = claim.span.start if claim.act == "denial" else tokens.starts[hit.first] + joined
            last = len(tokens)
            while last > hit.stop and tokens.words[last - 1].is_mark:
                last -= 1
            span = Span(start, tokens.ends[last - 1])
            found.append(
                VerbClaim(
                    analysis.article.id,
                    analysis.article.story or analysis.article.id,
                    n,
                    claimant_of(analysis, claim),
                    claim.act,
                    hit.entry.tag,
                    hit.entry.value,
                    _accused(analysis, claim, tokens.starts[hit.first]),
                    span,
                    span.of(text),
                )
            )
    return found


def _accused(analysis: Analysis, claim: Claim, verb: int) -> str | None:
    """Return whom an accusation names before its verb: «اتهمت القيادة الحراس بإطلاق سراح»، «الحراس بأنها فتحت»."""
    if claim.act != "accusation" or verb <= claim.span.start:
        return None
    view = make_view(claim.sentence, (), ())
    first, stop = view.tokens.inside(Span(claim.span.start, verb))
    stop = next((k for k in range(first, stop) if view.tag(k) == "that"), stop)
    while stop > first and view.tokens.words[stop - 1].is_mark:
        stop -= 1
    if stop <= first:
        return None
    name = view.tokens.span(first, stop).of(analysis.article.text).removesuffix(" ب")
    these = stop - first == 2 and view.tag(first) == "demonstrative" and is_definite(view.keys[first + 1])
    return (_introduced(analysis, view.keys[first + 1][2:], claim.span.start) if these else None) or name


def _introduced(analysis: Analysis, noun: str, before: int) -> str | None:
    """Return the phrase that brought in «تلك المجموعات»: the nearest «مجموعات مسلحة» before it, without the article."""
    for sentence in reversed(analysis.sentences):
        if sentence.span.start >= before or noun not in sentence.tokens.keys:
            continue
        view = make_view(sentence, (), ())
        for k in range(len(view.keys) - 1, -1, -1):
            if view.keys[k] != noun or view.tokens.starts[k] >= before:
                continue
            stop = read_subject(view, k, len(view.keys))
            if stop > k + 1:
                return phrase_span(view, k, stop).of(analysis.article.text)
    return None


# --- texts of a row ---------------------------------------------------------------------------------------------


# Arabic, Latin names and days stand side by side here, and each keeps its own direction only where it is isolated:
# without that, «alarabia: 52 مدنيا [alarabia 2018-02-24]» is torn, and a day behind an Arabic name runs backwards.


def _from_left(text: str) -> str:
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _from_right(text: str) -> str:
    """Run a text from the right as a whole, whatever it begins with."""
    return f"\N{RIGHT-TO-LEFT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def party_text(party: Party) -> str:
    """Return a party with each of its figures, the outlets that carry it, and its own status in brackets.

    It is read from the right, and each name, figure and day in it is isolated.
    """
    carried: dict[str, list[str]] = {}
    for figure in party.figures:
        day = figure.published.isoformat() if figure.published else ""
        via = f"via {isolated_text(figure.via)}" if figure.via else ""
        where = " ".join(p for p in (isolated_text(figure.outlet or figure.seed), isolated_text(day), via) if p)
        carried.setdefault(_figure_text(figure), []).append(where)
    texts = [f"{isolated_text(text)} [{'؛ '.join(dict.fromkeys(places))}]" for text, places in carried.items()]
    own = f" ({party.status})" if party.status != "single" else ""
    return _from_right(f"{isolated_text(party.name)}: {'، '.join(texts)}{own}")


def _figure_text(figure: Figure) -> str:
    if not figure.derived:
        return figure.text
    low, high = figure.bounds
    value = f"{'about ' if figure.approximate else ''}{_plain(figure.value)}, " if figure.value is not None else ""
    reach = f"{_plain(low)} or more" if math.isinf(high) else f"{_plain(low)} to {_plain(high)}"
    return f"{figure.text} = {value}{reach}" if figure.approximate or not value else f"{figure.text} = {value[:-2]}"


def conflict_text(question: Question) -> str:
    """Return what excludes what, between claimants, within one, and by the verb, each in a line from the right."""
    texts: list[str] = []
    counted = [p for p in question.parties if not p.vague]
    if status_among(counted) == "contested":
        texts.append(" \N{NOT EQUAL TO} ".join(f"{_current_text(p)} ({isolated_text(p.name)})" for p in counted))
    for party in counted:
        if party.status != "single":
            texts.append(f"{isolated_text(party.name)}: {_from_left(' -> '.join(_values(party)))} ({party.status})")
    for v in question.verbs:
        said = f"{v.verb} ({v.act}, {isolated_text(v.claimant)}, {isolated_text(v.seed)})"
        texts.append(f"{_from_left(said)}: {isolated_text(v.text)}")
    return "\n".join(map(_from_right, texts))


def _current_text(party: Party) -> str:
    return " / ".join(dict.fromkeys(isolated_text(f.text) for f in party.current))


def _values(party: Party) -> list[str]:
    found = dict.fromkeys(str(_plain(n)) for f in party.figures if (n := _low(f)) is not None)
    return list(found)


def _plain(number: float | None) -> float | None:
    return int(number) if number is not None and float(number).is_integer() else number
