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

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.claims import Analysis
from analysis.places import find_places
from analysis.seeds import Article
from analysis.sources import UNKNOWN, find_actors
from analysis.text import fold, tokenize

PROPOSED = " (proposed)"
# Articles on one event come out within so many days of each other.
_DAYS = timedelta(days=10)
# Two articles are on one event when they share features of two kinds, and this much of the lighter one's weight.
_SHARE = 0.25
_KINDS = 2
_COMMON = 0.5  # a feature of more than half of many articles says nothing
_MANY = 6


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
    features = [_features(a) for a in analyses]
    spread = Counter(f for found in features for f in found)
    limit = max(2.0, _COMMON * len(analyses)) if len(analyses) >= _MANY else math.inf
    weight = {f: math.log(1 + len(analyses) / n) * _WEIGHTS[f[0]] for f, n in spread.items() if n <= limit}
    features = [{f for f in found if f in weight} for found in features]
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, found in enumerate(features):
        for feature in found:
            places[feature].append(n)
    home = list(range(len(analyses)))
    named: dict[str, int] = {}
    for n, analysis in enumerate(analyses):
        if analysis.article.story:
            home[n] = named.setdefault(analysis.article.story, n)
    links = sorted(_links(analyses, features, places, weight), key=lambda link: (-link[0], link[1], link[2]))
    for _, n, m in links:
        _join(analyses, home, n, m)
    groups: dict[int, list[int]] = defaultdict(list)
    for n, root in enumerate(home):
        groups[root].append(n)
    return [story for members in groups.values() if (story := _story(analyses, features, weight, members))]


def with_proposals(analyses: Sequence[Analysis]) -> list[Analysis]:
    """Return the analyses with proposed stories filled in, marked in the name; given ones stay as they are."""
    names = {seed: s.name for s in propose_stories(analyses) if s.proposed for seed in s.seeds}
    return [
        replace(a, article=replace(a.article, story=names[a.article.id])) if a.article.id in names else a
        for a in analyses
    ]


_Feature = tuple[str, str]
# A figure and a day are shared by chance more often than a rare place or a name.
_WEIGHTS = {"place": 1.0, "actor": 1.0, "figure": 1.5, "day": 0.7, "word": 0.5}
_SITES = frozenset("سجن بلده مدينه قريه حي جسر ميناء مطار وادي مخيم جامعه مستشفي معبر".split())


def _features(analysis: Analysis) -> set[_Feature]:
    text = analysis.article.text
    found: set[_Feature] = set()
    for sentence in analysis.sentences:
        for place in find_places(text, sentence):
            if place.kind != "country":
                found.add(("place", fold(place.name)))
        if sentence.kind in ("headline", "subhead", "paragraph"):
            found |= {("word", w) for w in _long_words(sentence.tokens.keys)}
    for quantity in analysis.quantities:
        if quantity.place:
            found.add(("place", _site(quantity.place)))
        if quantity.value is not None and quantity.role != "other":
            found.add(("figure", f"{quantity.role} {quantity.value:g}"))
    times = [
        [d.timex.span for d in analysis.dates if s.span.overlaps(d.timex.span)] for s in analysis.sentences
    ]
    actors = find_actors(text, analysis.sentences, analysis.quotations, times, analysis.sources)
    names = [a.name for a in actors] + [s.name for s in analysis.sources if s.name != UNKNOWN]
    found |= {("actor", fold(name)) for name in names}
    found |= {("day", d.value[:10]) for d in analysis.dates if d.value and d.grain in ("day", "time") and d.start}
    return found


def _long_words(keys: Sequence[str]) -> set[str]:
    return {_bare(key) for key in keys if len(key) > 4 and key.isalpha()}


def _bare(key: str) -> str:
    for prefix in ("وال", "بال", "ال", "لل", "و"):
        if key.startswith(prefix) and len(key) > len(prefix) + 3:
            return key[len(prefix) :]
    return key


def _site(place: str) -> str:
    """Return the proper part of a place: «سجن تل الرمان» -> «تل الرمان»."""
    keys = tokenize(place).keys
    return " ".join(keys[1:] if len(keys) > 1 and keys[0] in _SITES else keys)


def _links(
    analyses: Sequence[Analysis],
    features: Sequence[set[_Feature]],
    places: dict[_Feature, list[int]],
    weight: dict[_Feature, float],
) -> list[tuple[float, int, int]]:
    shared: dict[tuple[int, int], list[_Feature]] = defaultdict(list)
    for feature, members in places.items():
        for i, n in enumerate(members):
            for m in members[i + 1 :]:
                shared[n, m].append(feature)
    total = [sum(weight[f] for f in found) for found in features]
    links = []
    for (n, m), common in shared.items():
        kinds = {f[0] for f in common} - {"word"}
        score = sum(weight[f] for f in common) / max(1e-9, min(total[n], total[m]))
        if len(kinds) >= _KINDS and score >= _SHARE and _near(analyses[n].article, analyses[m].article):
            links.append((score, n, m))
    return links


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


def _story(
    analyses: Sequence[Analysis], features: Sequence[set[_Feature]], weight: dict[_Feature, float], members: list[int]
) -> Story | None:
    given = next((s for k in members if (s := analyses[k].article.story)), None)
    proposed = any(analyses[k].article.story is None for k in members)
    if len(members) < 2 and not given:
        return None
    count = Counter(f for k in members for f in features[k] if f[0] != "word")
    most = sorted((f for f, n in count.items() if n > 1), key=lambda f: (-count[f] * weight[f], f))
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
