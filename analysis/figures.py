"""Set figures that answer one question side by side, say how they stand to each other, and draw what follows.

A figure is a claim: it keeps its claimant, its modifier and its place in the text, and no figure is averaged away.
The status is mechanical (CONVENTIONS of conflict data: single source, corroborated, contested, revised,
self-contradictory); what is confirmed is for people to say. What follows from two figures of one claimant (about
120 escaped, 81 recaptured: about 39 at large) is derived, and marked so.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from heapq import nlargest, nsmallest
from itertools import accumulate, combinations

from analysis.anchor import Date
from analysis.claims import OUTLET, Analysis, Claim
from analysis.lexicons import load
from analysis.quantities import Quantity
from analysis.sources import UNKNOWN, content_words, same_name
from analysis.text import Tokens, fold, tokenize
from analysis.typography import isolated_text

# How far a number behind «نحو» may lie from another one and still agree with it.
APPROXIMATE = 0.1
# A dated event within so many days before publication is the event that the article is about.
_RECENT = timedelta(days=60)
# What follows from two roles: minuend, subtrahend, the role of the rest.
_RESTS = (("escaped", "recaptured", "at_large"),)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure of one claimant, or one derived from two.

    `seed` and `number` name the quantity it is (`number` counts in `Analysis.quantities`; None when derived), `claim`
    its claim. `event` is "" for what the article reports on, else the TIMEX3 value of an older event. `said` is the day
    for which the claimant gives it; `part` marks a part of the same count (خمسة من المصابين); `body` is the claimant
    with abbreviations written out (حاج), by which claimants are told apart.
    """

    seed: str
    story: str
    role: str
    group: str | None
    group_class: str
    place: str | None
    event: str
    claimant: str
    claimant_form: str
    via: str | None
    outlet: str | None
    published: date | None
    text: str
    value: float | None
    low: float | None
    high: float | None
    mod: str | None
    approximate: bool
    as_of: str | None
    event_date: str | None
    event_precision: str | None
    claim: int | None
    number: int | None
    formula: str | None = None
    inputs: tuple[int, ...] = ()
    status: str | None = None
    note: str = ""
    said: date | None = None
    retrieved: str = ""
    part: bool = False
    body: str = ""

    @property
    def derived(self) -> bool:
        return self.formula is not None

    @property
    def bounds(self) -> tuple[float, float]:
        """Return the lowest and the highest number that the figure allows."""
        return bounds(self.value, self.low, self.high, self.mod, self.approximate)


def bounds(
    value: float | None, low: float | None, high: float | None, mod: str | None, approximate: bool
) -> tuple[float, float]:
    """Return what a figure allows: about N within a tenth of it, more than N from N on, tens from 20 on.

    >>> bounds(120, None, None, "APPROX", True), bounds(None, 20, None, "VAGUE", True)
    ((108.0, 132.0), (20, inf))
    """
    if mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return (value if value is not None else low or 0, math.inf)
    if mod in ("LESS_THAN", "EQUAL_OR_LESS"):
        return (0, value if value is not None else high or math.inf)
    if value is None:
        return (low if low is not None else 0, high if high is not None else math.inf)
    if low is not None and high is not None and low < high:
        return (low, high)
    if approximate:
        return (value * (1 - APPROXIMATE), value * (1 + APPROXIMATE))
    return (value, value)


def find_figures(analyses: Sequence[Analysis]) -> list[Figure]:
    """Return every figure with a role, in the order of the articles and their text, each with its status."""
    names = abbreviations(analyses)
    found = [figure for analysis in analyses for figure in _figures(analysis)]
    return _with_status([replace(figure, body=write_out(figure.claimant, names)) for figure in found])


def _figures(analysis: Analysis) -> Iterable[Figure]:
    for n, quantity in enumerate(analysis.quantities):
        if quantity.role == "other" or not _in_body(analysis, quantity):
            continue
        place = next((k for k, c in enumerate(analysis.claims) if n in c.quantities), None)
        yield _figure(analysis, n, quantity, place)


def _in_body(analysis: Analysis, quantity: Quantity) -> bool:
    return analysis.sentences[quantity.sentence].kind in ("headline", "subhead", "paragraph")


def _figure(analysis: Analysis, n: int, quantity: Quantity, place: int | None) -> Figure:
    article = analysis.article
    claim = analysis.claims[place] if place is not None else None
    when = event_of(analysis, claim, quantity) if claim else None
    return Figure(
        seed=article.id,
        story=article.story or article.id,
        role=quantity.role,
        group=quantity.group,
        group_class=_group_class(quantity),
        place=quantity.place,
        event=_event(when, article.published),
        claimant=claimant_of(analysis, claim),
        claimant_form=claim.source.form if claim and claim.source else "outlet",
        via=claim.made.via_text(article.text) if claim and claim.made else None,
        outlet=article.outlet,
        published=article.published,
        text=quantity.span.of(article.text),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        mod=quantity.mod,
        approximate=quantity.approximate,
        as_of=as_of(analysis, claim),
        event_date=when.value if when else None,
        event_precision=when.grain if when else None,
        claim=place,
        number=n,
        said=_said(analysis, claim),
        retrieved=article.retrieved or "",
        part=_is_part(article.text, quantity),
    )


def _said(analysis: Analysis, claim: Claim | None) -> date | None:
    """Return the day for which a claim speaks: up to when (حتى صباح الأربعاء), when it was said, else published.

    «وكانت الحماية المدنية قد أعلنت، الاثنين، مقتل تسعة»: an older figure, whatever day the article has. A date inside
    the content says when the thing happened, unless حتى stands before it.
    """
    published = analysis.article.published
    if claim is None:
        return published
    text = analysis.article.text
    days: list[date] = []
    for k in claim.dates:
        when = analysis.dates[k]
        if when.start is None or when.timex.type not in ("DATE", "TIME") or when.grain == "year":
            continue
        span = when.timex.span
        up_to = fold(text[max(claim.span.start, span.start - 6) : span.start]).split()[-1:] == ["حتي"]
        if up_to or (not claim.span.overlaps(span) and claim.attribution == "explicit"):
            days.append(when.start)
    day = max(days, default=None)
    return day if day is not None and (published is None or day <= published) else published


def _is_part(text: str, quantity: Quantity) -> bool:
    """Tell a part of a count from a rival one: «خمسة من المصابين» of the wounded; «81 من الفارين» were recaptured."""
    tokens = tokenize(text, quantity.span.start, quantity.span.end)
    for k in range(1, len(tokens) - 1):
        if tokens.key(k) in ("من", "بين") and tokens.key(k + 1).startswith("ال"):
            found = load("roles").find(tokens, k + 1)
            return found is not None and found.entry.value == quantity.role
    return False


# --- claimants ------------------------------------------------------------------------------------------


def abbreviations(analyses: Iterable[Analysis]) -> dict[str, str]:
    """Return the short names that articles explain: «حزب الأمل الجديد (حاج)» gives حاج its long form.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> abbreviations([analyse(Article("s", "انسحب حزب الأمل الجديد (حاج) من المجلس."))])
    {'حاج': 'حزب الأمل الجديد'}
    """
    found: dict[str, str] = {}
    for analysis in analyses:
        for sentence in analysis.sentences:
            tokens = sentence.tokens
            for k in range(2, len(tokens) - 1):
                if tokens.key(k - 1) != "(":
                    continue
                opened = k + 1 if tokens.words[k].is_mark else k
                short, closed = tokens.key(opened), [tokens.key(opened + 1), tokens.key(opened + 2)]
                if not short or ")" not in closed or tokens.words[opened].is_number or short in found:
                    continue
                first = next((h for h in range(k - 3, max(-1, k - 9), -1) if _is_head(tokens, h)), None)
                if first is not None and not any(w.is_mark for w in tokens.words[first : k - 1]):
                    found[short] = (
                        _bare(tokens.words[first].light, tokens, first)
                        + analysis.article.text[tokens.ends[first] : tokens.ends[k - 2]]
                    )
    return found


def _is_head(tokens: Tokens, k: int) -> bool:
    head = load("speakers").find(tokens, k)
    return head is not None and head.entry.tag in ("organisation", "media")


def _bare(light: str, tokens: Tokens, k: int) -> str:
    head = load("speakers").find(tokens, k)
    return light[len(head.proclitics.removesuffix("ال")) :] if head else light


def write_out(name: str, names: dict[str, str]) -> str:
    """Return a name with its abbreviations written out.

    >>> write_out('متحدث باسم "حاج"', {"حاج": "حزب الأمل الجديد"})
    'متحدث باسم حزب الأمل الجديد'
    """
    tokens = tokenize(name)
    if not any(key in names for key in tokens.keys):
        return name
    words = [names.get(w.key, w.surface) for w in tokens.words if w.key not in '"”“«»']
    return " ".join(dict.fromkeys(" ".join(words).split()))


_ON_BEHALF = frozenset(("متحدث", "المتحدث", "متحدثه", "المتحدثه", "ناطق", "الناطق", "ناطقه", "الناطقه"))


def same_claimant(one: Figure, other: Figure) -> bool:
    """Tell whether two figures have one claimant: one body, by a short name, in full, or through its spokesman.

    A nameless source stays apart from the body it belongs to, and is one with a source described in the same words.
    """
    if (one.claimant_form == "outlet") != (other.claimant_form == "outlet"):
        return _folded(one.claimant) == _folded(other.claimant)
    a, b = one.body or one.claimant, other.body or other.claimant
    if _folded(a) == _folded(b):
        return True
    if "anonymous" in (one.claimant_form, other.claimant_form) and "باسم" not in a + b:
        return False
    return same_name(a, b) or same_name(_principal(a), _principal(b))


@lru_cache(maxsize=10_000)
def _folded(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=10_000)
def _principal(name: str) -> str:
    """Return the body that a spokesman speaks for: «الناطق باسم الحماية المدنية، فلان» -> «الحماية المدنية»."""
    tokens = tokenize(name)
    if tokens.key(0) not in _ON_BEHALF or tokens.key(1) != "باسم":
        return name
    stop = next((k for k in range(2, len(tokens)) if tokens.key(k) in ("،", ",")), len(tokens))
    return name[tokens.starts[2] : tokens.ends[stop - 1]] if stop > 2 else name


def claimant_of(analysis: Analysis, claim: Claim | None) -> str:
    """Return who answers for a claim: its source, or the outlet."""
    if claim is not None and claim.source is not None:
        return claim.source.name
    return analysis.article.outlet or OUTLET


def event_of(analysis: Analysis, claim: Claim, quantity: Quantity) -> Date | None:
    """Return the resolved date that stands nearest to a quantity in its claim, or None."""
    here = [analysis.dates[k] for k in claim.dates]
    placed = [d for d in here if d.start is not None and d.timex.type in ("DATE", "TIME")]
    return min(placed, key=lambda d: abs(d.timex.span.start - quantity.span.start), default=None)


def as_of(analysis: Analysis, claim: Claim | None) -> str | None:
    """Return the words in a claim that say up to when its figures hold: «حتى الآن», «حتى مساء أمس»."""
    if claim is None:
        return None
    text = analysis.article.text
    for k in claim.dates:
        span = analysis.dates[k].timex.span
        before = text[max(claim.span.start, span.start - 6) : span.start]
        words = span.of(text)
        if fold(words).startswith("حتي") or fold(before).split()[-1:] == ["حتي"]:
            near = "حتى" in text[max(0, span.start - 6) : span.end]
            return text[text.rfind("حتى", 0, span.end) : span.end] if near else words
    first, stop = claim.sentence.tokens.inside(claim.span)
    keys = claim.sentence.tokens.keys
    for k in range(first, stop - 1):
        if keys[k] == "حتي" and keys[k + 1] in ("الان", "اللحظه", "الساعه"):
            return claim.sentence.tokens.span(k, k + 2).of(text)
    return None


def _event(when: Date | None, published: date | None) -> str:
    """Name an older event; what happened shortly before publication is the event of the article."""
    if when is None or when.start is None or when.value is None:
        return ""
    if published is not None and -_RECENT <= when.start - published <= timedelta(days=1):
        return ""
    if published is not None and when.end is not None and when.start <= published <= when.end:
        return ""
    return when.value[:10] if published is not None else ""


def _group_class(quantity: Quantity) -> str:
    """Return the class of people that a figure counts (child, civilian, soldier …), "" for people at large.

    Who escaped is one question, whatever they are called; who was killed is asked of each class.
    """
    if quantity.role not in ("killed", "wounded"):
        return ""
    tokens = tokenize(quantity.counted or "")
    for k in range(len(tokens)):
        if found := load("groups").find(tokens, k):
            return found.entry.tag
    return ""


# --- status ---------------------------------------------------------------------------------------------


_Key = tuple[str, str, str, str]


def questions(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return the figures in groups that answer one question each, in the order of their first figure.

    Story, role, class of people and event make the question; the place too, where figures of it name several (سجن
    الرمان and الرمان are one). A part (خمسة من المصابين) answers a question of its own.
    """
    places: dict[_Key, list[str]] = {}
    for figure in figures:
        named = places.setdefault(_key_of(figure), [])
        if figure.place and not any(same_name(figure.place, other) for other in named):
            named.append(figure.place)
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for n, figure in enumerate(figures):
        key = _key_of(figure)
        place = ""
        if figure.place and len(places[key]) > 1:
            place = next((p for p in places[key] if same_name(p, figure.place)), figure.place)
        groups.setdefault((*key, place, n if figure.part else None), []).append(figure)
    return list(groups.values())


def name_questions(figures: Sequence[Figure]) -> list[str]:
    """Return for each figure the question it answers, in words: its role, and what tells it from other questions.

    That is a class of people, an older event, a place where several are asked about, or the words of a part.

    >>> told = Figure("s", "s", "killed", "أطفال", "child", None, "2013", "الوزارة", "named", None, None, None, "تسعة",
    ...               9, None, None, None, False, None, None, None, 0, 0)
    >>> name_questions([told, replace(told, text="12", group=None, group_class="", event="")])
    ['killed · child · 2013', 'killed']
    """
    groups = questions(figures)
    asked = Counter(_key_of(group[0]) for group in groups if not group[0].part)
    names: dict[int, str] = {}
    for group in groups:
        first = group[0]
        place = first.place if not first.part and asked[_key_of(first)] > 1 else None
        part = ("part", first.text) if first.part else ()
        told = (first.role, first.group_class, first.event, place, *part)
        names |= dict.fromkeys((id(figure) for figure in group), " · ".join(word for word in told if word))
    return [names[id(figure)] for figure in figures]


def _key_of(figure: Figure) -> _Key:
    return figure.story, figure.role, figure.group_class, figure.event


@dataclass(frozen=True, slots=True)
class Party:
    """Hold one claimant of a question, with its figures in the order they were given.

    `name` is the one it is mostly called by, of equals the longest.
    `status` is single, revised (it gave another figure later) or self_contradictory (at one time). `values` are its
    numbers, `current` the figures that it gave last, `vague` tells that it names no number at all.
    """

    name: str
    form: str
    figures: tuple[Figure, ...]
    current: tuple[Figure, ...]
    status: str

    @property
    def values(self) -> list[float]:
        return sorted({f.value for f in self.figures if f.value is not None and not is_vague(f)})

    @property
    def vague(self) -> bool:
        return all(is_vague(f) for f in self.figures)


def is_vague(figure: Figure) -> bool:
    return figure.mod == "VAGUE" or (figure.value is None and figure.low is None and figure.high is None)


def parties(group: Sequence[Figure]) -> list[Party]:
    """Return the independent claimants of a question, in the order in which they are first read.

    A relay is no claimant, an unknown speaker neither. The outlet's own voice is one only where its figure is not
    that of somebody it may have it from: a headline repeats what the article attributes.
    """
    named = _Claimants()
    for figure in group:
        if figure.claimant != UNKNOWN and figure.claimant_form != "outlet":
            named.add(figure)
    attributed = _Ranges(f for figures in named.sets for f in figures)
    outlets: dict[str, list[Figure]] = {}
    for figure in group:
        if figure.claimant_form == "outlet" and not attributed.agree(figure):
            outlets.setdefault(figure.claimant, []).append(figure)
    return [_party(figures) for figures in (*named.sets, *outlets.values())]


class _Claimants:
    """Gather figures by claimant; a name is compared with those that hold all its words, or whose rarest it holds."""

    def __init__(self) -> None:
        self.sets: list[list[Figure]] = []
        self._named: list[list[Figure]] = []  # of each set, a figure for each of its names
        self._homes: dict[tuple[str, str, str], int] = {}
        self._with_word: dict[str, set[int]] = {}  # every set in whose names a word stands
        self._by_rarest: dict[str, list[int]] = {}  # every set under one word of each of its names

    def add(self, figure: Figure) -> None:
        name = (figure.claimant, figure.body, figure.claimant_form)
        home = self._homes.get(name)
        if home is None:
            home = self._homes[name] = self._find(figure)
        self.sets[home].append(figure)

    def _find(self, figure: Figure) -> int:
        full = figure.body or figure.claimant
        names = [_words(full), _words(_principal(full))]
        near: set[int] = set()
        for words in names:
            near |= set[int].intersection(*(self._with_word.get(w, set()) for w in words))
            near.update(n for w in words for n in self._by_rarest.get(w, ()))
        home = next((n for n in sorted(near) if any(same_claimant(figure, f) for f in self._named[n])), len(self.sets))
        if home == len(self.sets):
            self.sets.append([])
            self._named.append([])
        self._named[home].append(figure)
        for words in names:
            rarest = min(words, key=lambda w: (len(self._with_word.get(w, ())), -len(w)))
            self._by_rarest.setdefault(rarest, []).append(home)
            for word in words:
                self._with_word.setdefault(word, set()).add(home)
        return home


def _words(name: str) -> frozenset[str]:
    """Return the words by which names are one; a name without any (a sign) is one with itself."""
    return content_words(name) or frozenset((fold(name),))


class _Ranges:
    """Tell whether a figure agrees with one of many, in logarithmic time."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        ranges = sorted(f.bounds for f in figures)
        self._lows = [low for low, _ in ranges]
        self._highs = list(accumulate((high for _, high in ranges), max))  # the highest of those that begin before

    def agree(self, figure: Figure) -> bool:
        low, high = figure.bounds
        before = bisect_right(self._lows, high)
        return before > 0 and self._highs[before - 1] >= low


def _party(figures: Sequence[Figure]) -> Party:
    names = Counter(f.body or f.claimant for f in figures)
    named = max(figures, key=lambda f: (names[f.body or f.claimant], len(f.body or f.claimant)))
    status = "single"
    alike = {(f.bounds, is_vague(f), f.said, f.seed, f.outlet, f.retrieved): f for f in figures}
    pairs = combinations(alike.values(), 2)
    for kind in (_conflict(a, b) for a, b in pairs if _exclude(a, b)):
        status = kind
        if kind == "self_contradictory":
            break
    ordered = sorted(figures, key=lambda f: (f.said or date.min, f.retrieved))
    last = max((f.said for f in figures if f.said), default=None)
    latest = [f for f in ordered if f.said == last or f.said is None]
    same_outlet = {f.outlet: f.retrieved for f in latest}
    current = [f for f in latest if f.retrieved == same_outlet[f.outlet]] or latest
    return Party(named.body or named.claimant, named.claimant_form, tuple(ordered), tuple(current), status)


def status_of(group: Sequence[Figure]) -> str:
    """Return the status of the figures that answer one question.

    contested: two claimants whose last figures exclude each other. self_contradictory: one claimant, at one time.
    revised: one claimant, later. corroborated: two or more claimants that agree. single_source: one claimant.
    """
    found = parties(group)
    among = status_among(found)
    if among == "contested":
        return among
    own = {p.status for p in found}
    return next((s for s in ("self_contradictory", "revised") if s in own), among)


def status_among(found: Sequence[Party]) -> str:
    """Return how claimants stand to each other: contested, corroborated or single_source.

    Who names no number (عشرات) constrains, and neither contests nor corroborates one.
    """
    counted = [p for p in found if not p.vague]
    told = [[f.bounds for f in p.current if not is_vague(f)] for p in counted]
    lows = nlargest(2, ((max(low for low, _ in t), n) for n, t in enumerate(told) if t))
    highs = nsmallest(2, ((min(high for _, high in t), n) for n, t in enumerate(told) if t))
    if any(low > high and n != m for low, n in lows for high, m in highs):
        return "contested"
    return "corroborated" if len(counted or found) > 1 else "single_source"


def claimants(group: Sequence[Figure]) -> list[str]:
    """Return the names of the independent claimants among figures: a body named in two ways is one, a relay is none."""
    return [party.name for party in parties(group)]


def _exclude(a: Figure, b: Figure) -> bool:
    return not is_vague(a) and not is_vague(b) and not _agree(a, b)


def _agree(a: Figure, b: Figure) -> bool:
    (low_a, high_a), (low_b, high_b) = a.bounds, b.bounds
    return low_a <= high_b and low_b <= high_a


def _conflict(a: Figure, b: Figure) -> str:
    """Name a conflict within one claimant: at one time, or later. Of two versions of one day, the later one revises."""
    if a.said != b.said:
        return "revised" if a.said and b.said else "self_contradictory"
    versions = a.seed != b.seed and a.outlet is not None and a.outlet == b.outlet
    return "revised" if versions and a.retrieved != b.retrieved else "self_contradictory"


def _with_status(figures: list[Figure]) -> list[Figure]:
    status: dict[int, tuple[str, str]] = {}
    for group in questions(figures):
        said = status_of(group)
        others = list(dict.fromkeys((o.text, o.bounds, is_vague(o)) for o in group))
        for figure in group:
            status[id(figure)] = (said, _note(figure, others))
    return [replace(f, status=status[id(f)][0], note=status[id(f)][1]) for f in figures]


def _note(figure: Figure, others: Sequence[tuple[str, tuple[float, float], bool]]) -> str:
    """Say which other figures of the question, each its text, bounds and vagueness, a figure agrees with or excludes.

    Four of each are named, however many a long text holds.
    """
    low, high = figure.bounds
    agreeing: dict[str, None] = {}
    excluded: dict[str, None] = {}
    for text, (other_low, other_high), vague in others:
        if low <= other_high and other_low <= high:
            if text != figure.text:
                agreeing[text] = None
        elif not vague and not is_vague(figure):
            excluded[text] = None
        if len(agreeing) >= 4 and len(excluded) >= 4:
            break
    named = (("agrees with", list(agreeing)[:4]), ("excludes", list(excluded)[:4]))
    return "; ".join(f"{verb} {', '.join(map(isolated_text, texts))}" for verb, texts in named if texts)


# --- what follows ------------------------------------------------------------------------------------------


def derive(figures: Sequence[Figure], *, across: bool = False) -> list[Figure]:
    """Return what follows from the figures of one claimant in one article: escaped - recaptured = at large.

    Approximation and bounds are inherited; nothing is derived where more were recaptured than escaped. With
    `across`, figures of different claimants are combined too, and the note says so.

    >>> about = Figure("s", "s", "escaped", None, "", None, "", "الوزارة", "named", None, None, None, "نحو 120",
    ...                120, None, None, "APPROX", True, None, None, None, 0, 0)
    >>> exact = replace(about, role="recaptured", text="81", value=81, mod=None, approximate=False, number=1)
    >>> [(f.value, f.approximate, f.formula) for f in derive([about, exact])]
    [(39, True, 'نحو 120 − 81')]
    """
    found: list[Figure] = []
    for whole_role, part_role, rest in _RESTS:
        wholes = [f for f in figures if f.role == whole_role and not f.derived]
        done: list[Figure] = []
        for whole in wholes:
            if any(_same_case(whole, other) for other in done):
                continue
            done.append(whole)
            mine = [w for w in wholes if _same_case(whole, w)]
            parts = [f for f in figures if f.role == part_role and _same_case(whole, f, across=across)]
            if parts:
                found += _rest(_sharpest(mine), _sharpest(parts), rest)
    return found


def _same_case(a: Figure, b: Figure, *, across: bool = False) -> bool:
    if a.story != b.story or a.event != b.event or a.group_class != b.group_class:
        return False
    if across:
        return True
    return a.seed == b.seed and same_claimant(a, b)


def _sharpest(figures: Sequence[Figure]) -> Figure:
    """Return the figure that says most: an exact number, then about one, then bounds; the last said of equals."""
    return min(reversed(figures), key=lambda f: (f.value is None, f.bounds[1] - f.bounds[0], f.value is None))


def _rest(whole: Figure, part: Figure, role: str) -> list[Figure]:
    low = max(0.0, whole.bounds[0] - part.bounds[1])
    high = whole.bounds[1] - part.bounds[0]
    if high < 0 or (whole.value is not None and part.value is not None and part.value > whole.value):
        return []
    plain = {None, "APPROX"}
    value = whole.value - part.value if whole.value is not None and part.value is not None else None
    exact = whole.mod in plain and part.mod in plain and value is not None
    mod = ("APPROX" if whole.approximate or part.approximate else None) if exact else "RANGE"
    if not exact and math.isinf(high):
        mod = "EQUAL_OR_MORE"
    elif not exact and low == 0:
        mod = "EQUAL_OR_LESS"
    formula = f"{whole.text} − {part.text}"
    mixed = (
        ""
        if same_claimant(whole, part)
        else f"combines {isolated_text(whole.claimant)} and {isolated_text(part.claimant)}"
    )
    return [
        replace(
            whole,
            role=role,
            text=formula,
            value=_plain(value) if exact else None,
            low=None if math.isinf(low) or low == high else _plain(low),
            high=None if math.isinf(high) or low == high else _plain(high),
            mod=mod,
            approximate=whole.approximate or part.approximate or not exact,
            as_of=part.as_of or whole.as_of,
            claim=None,
            number=None,
            formula=formula,
            inputs=tuple(n for n in (whole.number, part.number) if n is not None),
            status=None,
            note=mixed,
        )
    ]


def _plain(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value and round(value, 2)
