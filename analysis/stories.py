"""Group articles: versions of one article, and stories that several outlets tell.

An outlet rewrites an article at the same address, and a folder of news is a few events told many times. Where
`index.csv` names the story, that stands. Where it does not, articles are put together that share what few others
have: places, actors, figures, days. Such a story is a proposal and is called one wherever it is shown.

>>> from analysis.claims import analyse
>>> from analysis.seeds import Article
>>> texts = ("قالت وزارة الداخلية إن 81 سجيناً فروا من سجن تل الرمان في 3 مايو 2025.",
...          "فر 81 سجيناً من سجن تل الرمان في 3 مايو 2025، بحسب وزارة الداخلية.")
>>> analyses = [analyse(Article(f"s{n}", text)) for n, text in enumerate(texts)]
>>> [(story.name, story.seeds, story.proposed) for story in propose_stories(analyses)]
[('تل الرمان (proposed)', ('s0', 's1'), True)]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.claims import Analysis, views_of
from analysis.places import find_places
from analysis.seeds import Article
from analysis.sources import UNKNOWN, find_actors
from analysis.text import fold, tokenize

PROPOSED = " (proposed)"
# Articles on one event come out within so many days of each other.
_DAYS = timedelta(days=10)
_KINDS = 2  # of shared features, at the least: two articles that share nothing but places are two events
_MANY = 6  # articles, from which on a word in more than half of them says nothing


@dataclass(frozen=True, slots=True)
class Story:
    """Hold a story: its name, its articles, whether it is a proposal, and what they share."""

    name: str
    seeds: tuple[str, ...]
    proposed: bool
    shared: tuple[str, ...] = ()


def versions(articles: Iterable[Article]) -> list[list[Article]]:
    """Return the versions of each outlet's article on a story, the earliest first; single articles are left out.

    Where no outlet is known, the same address makes versions.

    >>> made = [Article(f"v{n}", "نص", date(2026, 1, n), "وكالة", story="x") for n in (21, 20)]
    >>> [[article.id for article in group] for group in versions(made)]
    [['v20', 'v21']]
    """
    groups: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in articles:
        if article.outlet and article.story:
            groups[article.story, fold(article.outlet)].append(article)
        elif article.url:
            groups["", article.url].append(article)
    found = [sorted(g, key=lambda a: (a.published or date.max, a.retrieved or "", a.id)) for g in groups.values()]
    return [g for g in found if len(g) > 1]


def propose_stories(analyses: Sequence[Analysis]) -> list[Story]:
    """Return the stories: those that `index.csv` names, and proposals for articles that it gives none.

    An article without a story may be proposed for a named one. What is like no other article has no story.
    """
    traits = [_traits(a) for a in analyses]
    home = list(range(len(analyses)))
    named: dict[str, int] = {}
    for n, analysis in enumerate(analyses):
        if analysis.article.story:
            home[n] = named.setdefault(analysis.article.story, n)
    links = sorted(_links(analyses, traits), key=lambda link: (-link[0], link[1], link[2]))
    for _, n, m in links:
        _join(analyses, home, n, m)
    groups: dict[int, list[int]] = defaultdict(list)
    for n, root in enumerate(home):
        groups[root].append(n)
    return [story for members in groups.values() if (story := _story(analyses, traits, members))]


def with_proposals(analyses: Sequence[Analysis]) -> list[Analysis]:
    """Return the analyses with proposed stories filled in, marked in the name.

    A given story stays as it is, unless an article is proposed for it: then the mark is on all of its articles.
    """
    names = {seed: s.name for s in propose_stories(analyses) if s.proposed for seed in s.seeds}
    return [
        replace(a, article=replace(a.article, story=names[a.article.id])) if a.article.id in names else a
        for a in analyses
    ]


_Feature = tuple[str, str]
# What one shared feature of a kind counts, and how many of that kind count.
_POINTS = {"place": (1.5, 2), "actor": (1.0, 2), "figure": (1.5, 2), "day": (0.5, 2), "headline": (1.0, 3)}
_ENOUGH = 3.0
_SITES = frozenset("سجن بلده مدينه قريه حي جسر ميناء مطار وادي مخيم جامعه مستشفي معبر منطقه".split())


@dataclass(frozen=True, slots=True)
class _Traits:
    """Hold what an article may share with another: places, actors, figures and days; headline words; all words."""

    features: frozenset[_Feature]
    headline: frozenset[str]
    words: frozenset[str]


def _traits(analysis: Analysis) -> _Traits:
    text = analysis.article.text
    found: set[_Feature] = set()
    words: set[str] = set()
    headline: set[str] = set()
    for sentence in analysis.sentences:
        for place in find_places(text, sentence):
            if place.kind != "country":
                found.add(("place", fold(place.name)))
        keys = _long_words(sentence.tokens.keys)
        words |= keys
        headline |= keys if sentence.kind == "headline" else set()
        found |= {("place", site) for site in _sites(sentence.tokens.keys)}
    for quantity in analysis.quantities:
        if quantity.value is not None and quantity.role != "other":
            found.add(("figure", f"{quantity.role} {quantity.value:g}"))
    actors = find_actors(text, views_of(analysis), analysis.sources)
    names = [a.name for a in actors] + [s.name for s in analysis.sources if s.name != UNKNOWN]
    found |= {("actor", " ".join(tokenize(name).keys)) for name in names if len(tokenize(name)) > 1}
    found |= {("day", d.value[:10]) for d in analysis.dates if d.value and d.grain in ("day", "time") and d.start}
    return _Traits(frozenset(found), frozenset(headline), frozenset(words))


def _long_words(keys: Sequence[str]) -> set[str]:
    return {_bare(key) for key in keys if len(key) > 3 and key.isalpha()} - {""}


def _bare(key: str) -> str:
    """Return a word without joined و ب ل and ال: «والسيول» -> «سيول»."""
    for prefix in ("وال", "بال", "لل", "ال", "و"):
        if key.startswith(prefix) and len(key) > len(prefix) + 2:
            return key[len(prefix) :]
    return key


def _sites(keys: Sequence[str]) -> set[str]:
    """Return the names behind a kind of place: «سجن تل الرمان» -> «تل الرمان», «وادي العقيق» -> «العقيق»."""
    found = set()
    for k, key in enumerate(keys[:-1]):
        if key.lstrip("وبل") not in _SITES and key not in _SITES:
            continue
        name = keys[k + 1]
        if name.startswith("ال") and len(name) > 4:
            found.add(name)
        elif k + 2 < len(keys) and keys[k + 2].startswith("ال") and name.isalpha() and len(keys[k + 2]) > 4:
            found.add(f"{name} {keys[k + 2]}")
    return found


def _links(analyses: Sequence[Analysis], traits: Sequence[_Traits]) -> list[tuple[float, int, int]]:
    """Score each two articles near in time that share a feature, so far as the score is enough."""
    index: dict[_Feature, list[int]] = defaultdict(list)
    for n, found in enumerate(traits):
        for feature in found.features | {("headline", w) for w in found.headline}:
            index[feature].append(n)
    pairs = {(n, m) for members in index.values() for i, n in enumerate(members) for m in members[i + 1 :]}
    spread = Counter(w for t in traits for w in t.words)
    links = []
    for n, m in sorted(pairs):
        if not _near(analyses[n].article, analyses[m].article):
            continue
        score, kinds = _score(traits[n], traits[m], spread, len(analyses))
        if score >= _ENOUGH and kinds >= _KINDS:
            links.append((score, n, m))
    return links


def _score(one: _Traits, other: _Traits, spread: Counter[str], total: int) -> tuple[float, int]:
    common = one.features & other.features
    shared = Counter(kind for kind, _ in common)
    for a, b in ((one, other), (other, one)):  # «في العقيق» of a headline, «وادي العقيق» of the other article
        places = [name for kind, name in a.features - common if kind == "place"]
        shared["place"] += sum({_bare(key) for key in name.split()} <= b.headline for name in places)
    topical = (one.headline & other.words) | (other.headline & one.words)
    shared["headline"] = sum(2 * spread[w] <= total or total < _MANY for w in topical)
    points = {kind: least * min(shared[kind], most) for kind, (least, most) in _POINTS.items() if shared[kind]}
    return sum(points.values()), len(points)


def _near(one: Article, other: Article) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= _DAYS


def _join(analyses: Sequence[Analysis], home: list[int], n: int, m: int) -> None:
    """Put two groups together, unless each has a story of its own."""
    low, high = sorted((home[n], home[m]))
    if low == high:
        return
    stories = {analyses[k].article.story for k, root in enumerate(home) if root in (low, high)} - {None}
    if len(stories) > 1:
        return
    for k, root in enumerate(home):
        if root == high:
            home[k] = low


def _story(analyses: Sequence[Analysis], traits: Sequence[_Traits], members: list[int]) -> Story | None:
    given = next((s for k in members if (s := analyses[k].article.story)), None)
    proposed = any(analyses[k].article.story is None for k in members)
    if len(members) < 2 and not given:
        return None
    count = Counter(f for k in members for f in traits[k].features)
    most = sorted((f for f, n in count.items() if n > 1), key=lambda f: (-count[f] * _POINTS[f[0]][0], f))
    shared = tuple(_shown(analyses, members, f[1]) for f in most[:6])
    if given:
        name = given + PROPOSED if proposed else given
    else:
        best = [f for f in most if f[0] == "place"] or [f for f in most if f[0] == "actor"] or most
        name = (_shown(analyses, members, best[0][1]) if best else analyses[members[0]].article.id) + PROPOSED
    return Story(name, tuple(analyses[k].article.id for k in members), proposed, shared)


def _shown(analyses: Sequence[Analysis], members: Sequence[int], folded: str) -> str:
    """Return a folded name as an article writes it."""
    keys = tuple(tokenize(folded).keys)
    for k in members:
        for sentence in analyses[k].sentences:
            tokens = sentence.tokens
            for i in range(len(tokens) - len(keys) + 1):
                if tuple(tokens.keys[i : i + len(keys)]) == keys:
                    return tokens.span(i, i + len(keys)).of(analyses[k].article.text)
    return folded
