"""Tell what changed between two versions of an article: claims by content, words by where they went.

Outlets rewrite a story under the same address: paragraphs move, two sentences become one, a vowel mark or a space
comes and goes, and in between a figure, a speaker or a verb (أكد, زعم) is changed. So words are aligned first, over
the whole body and wherever they moved to, and a claim is compared with the claim that holds its words. What has
the same words is no change, however it is spelt, set or cut.

>>> from analysis.claims import analyse
>>> from analysis.seeds import Article
>>> before = analyse(Article("v1", "قالت الوزارة إن 81 فاراً عادوا. وأكد شاهد أن الطريق مغلق."))
>>> after = analyse(Article("v2", "وزعم شاهدٌ أن الطريق مغلق. قالت الوزارة إن ٩٠ فاراً عادوا."))
>>> [(c.kind, c.removed_text(before), c.added_text(after)) for c in compare_versions(before, after)]
[('cue changed', 'وأكد', 'وزعم'), ('figure changed', '81', '٩٠')]
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from analysis.claims import Analysis, Claim
from analysis.dictionary import ACTS, dictionary
from analysis.figures import claimant_of
from analysis.sources import same_name
from analysis.text import Span, word
from analysis.verbs import read_cue

KINDS = (
    "figure changed",
    "act changed",
    "source changed",
    "reworded",
    "date changed",
    "hedge dropped",
    "hedge added",
    "quotation changed",
    "cue changed",
    "added",
    "removed",
    "kept",
)
LABELS = {
    "figure changed": "تغيّر الرقم",
    "act changed": "تغيّر نوع القول",
    "source changed": "تغيّر المصدر",
    "reworded": "أعيدت صياغته",
    "date changed": "تغيّر التاريخ",
    "hedge dropped": "حُذف التحفظ",
    "hedge added": "أضيف تحفظ",
    "quotation changed": "تغيّر الاقتباس",
    "cue changed": "تغيّر فعل الإسناد",
    "added": "أضيف",
    "removed": "حُذف",
    "kept": "كما هو",
}
# Words that only tie a content to its cue: «قال إن», «حذّر من أن», «أكد على أن». They come and go with the cue.
_LINKS = frozenset("ان بان من علي الي عن ب ل لان انه انها بانه بانها انهم بانهم".split())
_SHINGLES = (8, 4, 3)
_SHARED = 0.4  # of the words of the shorter of two claims: less is chance
_SAME_UNIT = 0.45  # likeness of two claims that no run of words connects
_COMMON = 24  # a word in more claims than that leads to none
_GAP = 250  # words of a gap that is compared word by word
_SPEECH = 3  # words between marks that are a quotation, whatever they look like: «الوضع تحت السيطرة»
_GROUPED = re.compile(r"\d{1,3}(?:[,٬]\d{3})+")


@dataclass(frozen=True, slots=True)
class Change:
    """Hold what became of one claim.

    `kind` is the main change and `also` the further ones (`KINDS`). `before` and `after` are places in the claims of
    the two analyses, None for what was added or removed. `removed` and `added` are the words that differ, as spans
    of the two texts; `figures` pairs the places of quantities that differ; `note` says what no kind says.
    """

    kind: str
    before: int | None
    after: int | None
    also: tuple[str, ...] = ()
    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    figures: tuple[tuple[int, int], ...] = ()
    note: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind, *self.also)

    def removed_text(self, before: Analysis) -> str:
        return "، ".join(span.of(before.article.text) for span in self.removed)

    def added_text(self, after: Analysis) -> str:
        return "، ".join(span.of(after.article.text) for span in self.added)


def compare_versions(before: Analysis, after: Analysis) -> list[Change]:
    """Return what became of each claim, in the order of the later text; what was removed stands where it stood.

    Kept claims are in the list. A claim cut in two, or two made one, with the same words is kept.
    """
    return _Comparison(before, after).changes()


# --- words --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Word:
    """Hold a word of the body: its key without a joined و, its whole key, where it stands and what it is part of.

    `part` is content, cue, source, via, link or frame (other words around a content). `marks` is speech or name
    inside quotation marks. `edge` says that a sentence or a clause begins with it, where a و means nothing.
    """

    key: str
    whole: str
    span: Span
    sentence: int
    edge: bool
    owner: int = -1
    part: str = "frame"
    marks: str = ""
    to: int = -1


def _key(key: str) -> str:
    if _GROUPED.fullmatch(key):
        return re.sub(r"\D", "", key)
    return key[1:] if len(key) > 3 and key[0] in "وف" else key


@dataclass(slots=True)
class _Side:
    analysis: Analysis
    words: list[_Word]
    starts: list[int]
    ends: list[int]
    contents: list[range]
    owned: list[list[int]] = field(default_factory=list)
    held: tuple[dict[int, dict[int, range]], dict[int, dict[int, range]]] = ({}, {})  # quantities, dates, by claim

    def inside(self, span: Span) -> range:
        """Return the words that a span touches: «أن» of «بأن» is in the content though its ب is not."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def weight(self, claim: int) -> list[int]:
        """Return the words that say what a claim says, without its cue, its source and the words that tie them."""
        told = [k for k in self.owned[claim] if self.words[k].part == "content"]
        return told or [k for k in self.contents[claim] if self.words[k].part != "link"] or self.owned[claim]


def _side(analysis: Analysis) -> _Side:
    words: list[_Word] = []
    for sentence in analysis.sentences:
        if sentence.kind == "furniture":
            continue
        edge = True
        tokens = sentence.tokens
        for token, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            if token.is_mark:
                edge = True
                continue
            words.append(_Word(_key(token.key), token.key, Span(start, end), sentence.index, edge))
            edge = False
    side = _Side(analysis, words, [w.span.start for w in words], [w.span.end for w in words], [])
    _paint(side)
    for quotation in analysis.quotations:
        inside = side.inside(quotation.inner)
        kind = "speech" if len(inside) >= _SPEECH else quotation.kind
        for k in inside:
            words[k].marks = words[k].marks or kind
    side.held = (
        _held(side, [q.span for q in analysis.quantities]),
        _held(side, [d.timex.span for d in analysis.dates]),
    )
    return side


def _held(side: _Side, spans: Sequence[Span]) -> dict[int, dict[int, range]]:
    """Return for each claim the places of the spans that stand in it, each with its words."""
    found: dict[int, dict[int, range]] = defaultdict(dict)
    for n, span in enumerate(spans):
        words = side.inside(span)
        if words:
            found[side.words[words[0]].owner][n] = words
    return found


def _paint(side: _Side) -> None:
    """Give each word to the innermost claim that it is in, or to the claim whose frame it stands in."""
    words, claims = side.words, side.analysis.claims
    side.contents = [side.inside(c.span) for c in claims]
    for n in sorted(range(len(claims)), key=lambda n: (-len(claims[n].span), n)):
        for k in side.contents[n]:
            words[k].owner, words[k].part = n, "content"
    for n, claim in enumerate(claims):
        if claim.attribution != "explicit" or claim.made is None:
            continue
        for part, span in (
            *(("via", span) for span in claim.made.via),
            ("source", claim.made.source),
            ("cue", claim.made.cue),
        ):
            for k in side.inside(span) if span else ():
                words[k].owner, words[k].part = n, part
        for k in _links(side, claim, side.contents[n]):
            words[k].part = "link"
    _frames(side)
    side.owned = [[] for _ in claims]
    for k, found in enumerate(words):
        if found.owner >= 0:
            side.owned[found.owner].append(k)


def _links(side: _Side, claim: Claim, content: range) -> Iterator[int]:
    """Yield the words that tie a content to its cue: those between them, and the first ones of the content."""
    if claim.made is None or not content or claim.made.cue.start > claim.span.start:
        return
    k = content.start
    while k in content and side.words[k].whole in _LINKS and k < content.start + 2:
        yield k
        k += 1
    k = content.start - 1
    while k >= 0 and side.words[k].whole in _LINKS and side.words[k].part == "frame" and k > content.start - 3:
        yield k
        k -= 1


def _frames(side: _Side) -> None:
    """Give the words around contents («مساء الثلاثاء»، «في بيان») to the claim whose cue precedes them, or follows."""
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for n, claim in enumerate(side.analysis.claims):
        by_sentence[claim.sentence.index].append(n)
    claims = side.analysis.claims
    for found in side.words:
        here = by_sentence.get(found.sentence)
        if found.owner >= 0 or not here:
            continue
        begun = [n for n in here if _begin(claims[n]) <= found.span.start]
        found.owner = begun[-1] if begun else here[0]


def _begin(claim: Claim) -> int:
    if claim.made is None or claim.attribution != "explicit":
        return claim.span.start
    return min(claim.made.cue.start, claim.made.source.start if claim.made.source else claim.made.cue.start)


# --- alignment ------------------------------------------------------------------------------------------------


def _align(one: _Side, other: _Side) -> None:
    """Map words to words, wherever they moved: same sentences, then runs of words, likeliest claims, then gaps."""
    _map_sentences(one, other)
    for size in _SHINGLES:
        _map_runs(one.words, other.words, size)
    _drop_chance(one, other, lambda w: w.sentence)
    _map_gaps(one, other)
    _map_claims(one, other)
    _drop_chance(one, other, lambda w: w.owner)


def _join(one: list[_Word], other: list[_Word], i: int, j: int) -> None:
    one[i].to, other[j].to = j, i


def _map_sentences(one: _Side, other: _Side) -> None:
    places: dict[tuple[str, ...], list[list[int]]] = defaultdict(list)
    for sentence in _sentences(other):
        places[tuple(other.words[k].key for k in sentence)].append(sentence)
    for sentence in _sentences(one):
        found = places.get(tuple(one.words[k].key for k in sentence))
        if found:
            for i, j in zip(sentence, found.pop(0), strict=True):
                _join(one.words, other.words, i, j)


def _sentences(side: _Side) -> list[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for k, w in enumerate(side.words):
        found[w.sentence].append(k)
    return list(found.values())


def _map_runs(one: list[_Word], other: list[_Word], size: int) -> None:
    """Map runs of `size` words that stand once on either side, and go on from them in both directions."""
    first, second = _shingles(one, size), _shingles(other, size)
    for shingle, places in first.items():
        if len(places) != 1 or len(second.get(shingle, ())) != 1:
            continue
        i, j = places[0], second[shingle][0]
        if any(one[i + k].to >= 0 or other[j + k].to >= 0 for k in range(size)):
            continue
        for k in range(size):
            _join(one, other, i + k, j + k)
        for step, a, b in ((-1, i - 1, j - 1), (1, i + size, j + size)):
            while 0 <= a < len(one) and 0 <= b < len(other) and one[a].to < 0 and other[b].to < 0:
                if one[a].key != other[b].key:
                    break
                _join(one, other, a, b)
                a, b = a + step, b + step


def _shingles(words: list[_Word], size: int) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    free = 0
    for k, w in enumerate(words):
        free = free + 1 if w.to < 0 else 0
        if free >= size:
            found[tuple(v.key for v in words[k - size + 1 : k + 1])].append(k - size + 1)
    return found


def _drop_chance(one: _Side, other: _Side, unit: Callable[[_Word], int]) -> None:
    """Undo what joins two units, sentences or claims, that share too little to be one: «حزب الأمل الجديد»."""
    sizes = [Counter(unit(w) for w in side.words if w.part != "link") for side in (one, other)]
    told = [Counter(unit(w) for w in side.words if w.part == "content") for side in (one, other)]
    shared: Counter[tuple[int, int]] = Counter()
    shared_told: Counter[tuple[int, int]] = Counter()
    for w in one.words:
        if w.to >= 0:
            pair = (unit(w), unit(other.words[w.to]))
            shared[pair] += w.part != "link"
            shared_told[pair] += w.part == "content" and other.words[w.to].part == "content"
    held = [False] * len(one.words)
    for k, w in enumerate(one.words):
        if w.to < 0:
            continue
        pair = (unit(w), unit(other.words[w.to]))
        least = min(told[0][pair[0]], told[1][pair[1]])
        size = min(sizes[0][pair[0]], sizes[1][pair[1]])
        by_told = bool(least) and shared_told[pair] >= _SHARED * least
        held[k] = by_told or shared[pair] >= _SHARED * max(1, size)
    for step in (1, -1):  # what goes on with words that belong together belongs to them: a sentence was only cut
        for k in range(1, len(held))[::step]:
            first, second = one.words[k - 1], one.words[k]
            if first.to >= 0 and second.to == first.to + 1:
                held[k - (step < 0)] = held[k - 1] or held[k]
    for k, w in enumerate(one.words):
        if w.to >= 0 and not held[k]:
            other.words[w.to].to = -1
            w.to = -1


def _map_gaps(one: _Side, other: _Side) -> None:
    """Compare word by word what stands between mapped words, before the first and behind the last of a sentence."""
    words = one.words
    k = 0
    while k < len(words):
        if words[k].to >= 0:
            k += 1
            continue
        stop = k
        while stop < len(words) and words[stop].to < 0 and words[stop].sentence == words[k].sentence:
            stop += 1
        for gap in _facing(one, other, k, stop):
            _map_run(one.words, other.words, range(k, stop), gap)
        k = stop


def _facing(one: _Side, other: _Side, first: int, stop: int) -> Iterator[range]:
    """Yield the unmapped words that face a gap: behind the word before it, before the word behind it."""
    if first > 0 and one.words[first - 1].to >= 0:
        begin = one.words[first - 1].to + 1
        end = begin
        while end < len(other.words) and other.words[end].to < 0 and end < begin + _GAP:
            end += 1
        yield range(begin, end)
    if stop < len(one.words) and one.words[stop].to >= 0:
        end = one.words[stop].to
        begin = end
        while begin > 0 and other.words[begin - 1].to < 0 and begin > end - _GAP:
            begin -= 1
        yield range(begin, end)


def _map_run(one: list[_Word], other: list[_Word], run: Sequence[int], gap: Sequence[int]) -> None:
    a = [k for k in run if one[k].to < 0][:_GAP]
    b = [k for k in gap if other[k].to < 0][:_GAP]
    if not a or not b:
        return
    matcher = SequenceMatcher(None, [one[k].key for k in a], [other[k].key for k in b], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        for k in range(size):
            _join(one, other, a[i + k], b[j + k])


def _map_claims(one: _Side, other: _Side) -> None:
    """Map the words of claims that nothing connects yet to those of the claim most like them."""
    index: dict[str, list[int]] = defaultdict(list)
    loose = _loose(other)
    for n, words in loose.items():
        for key in {other.words[k].key for k in words}:
            index[key].append(n)
    found: list[tuple[float, int, int]] = []
    for n, words in _loose(one).items():
        counted: Counter[int] = Counter()
        for key in {one.words[k].key for k in words}:
            near = index.get(key, ())
            if len(near) <= _COMMON:
                counted.update(near)
        for m, _ in counted.most_common(3):
            like = _likeness([one.words[k].key for k in words], [other.words[k].key for k in loose[m]])
            if like >= _SAME_UNIT:
                found.append((like, n, m))
    taken: set[tuple[int, int]] = set()
    for _, n, m in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if (0, n) in taken or (1, m) in taken:
            continue
        taken |= {(0, n), (1, m)}
        _map_run(one.words, other.words, one.owned[n], other.owned[m])


def _loose(side: _Side) -> dict[int, list[int]]:
    """Return the claims most of whose words are mapped nowhere, with the words."""
    found: dict[int, list[int]] = {}
    for n in range(len(side.owned)):
        words = side.weight(n)
        free = [k for k in words if side.words[k].to < 0]
        if words and 2 * len(free) > len(words):
            found[n] = free
    return found


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


# --- claims ---------------------------------------------------------------------------------------------------


class _Comparison:
    """Hold both sides with their words aligned, and say what became of each claim."""

    def __init__(self, before: Analysis, after: Analysis) -> None:
        self.one, self.other = _side(before), _side(after)
        # Differing words of claims without a partner, by the claim whose other words they stand among.
        self.more: tuple[dict[int, list[int]], dict[int, list[int]]] = (defaultdict(list), defaultdict(list))
        _align(self.one, self.other)

    def changes(self) -> list[Change]:
        pairs = self._pairs()
        taken = set(pairs.values())
        found: list[Change] = []
        for n in range(len(self.one.owned)):
            if n not in pairs:
                found += self._left(self.one, n, pairs)
        back = {m: n for n, m in pairs.items()}
        for m in range(len(self.other.owned)):
            if m not in taken:
                found += self._left(self.other, m, back)
        found += [self._change(n, m) for n, m in pairs.items()]
        return self._ordered(self._carry(found))

    def _pairs(self) -> dict[int, int]:
        """Return for each claim before the claim after that holds most of its words, one to one."""
        holders: dict[int, list[int]] = defaultdict(list)
        for m, content in enumerate(self.other.contents):
            for k in content:
                holders[k].append(m)
        scored: list[tuple[float, int, int]] = []
        for n, content in enumerate(self.one.contents):
            shared: Counter[int] = Counter()
            for k in content:
                shared.update(holders.get(self.one.words[k].to, ()))
            framed = self._framed(n)
            for m in shared.keys() | framed.keys():
                size = len(content) + len(self.other.contents[m])
                least = min(len(content), len(self.other.contents[m]))
                if shared[m] >= _SHARED * least:
                    scored.append(((2 * shared[m] + framed[m]) / max(1, size), n, m))
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, n, m in sorted(scored, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1], s[2])):
            if n not in pairs and m not in taken:
                pairs[n] = m
                taken.add(m)
        return pairs

    def _framed(self, n: int) -> Counter[int]:
        """Count the words of a claim's frame that are in the frames of the claims after."""
        found: Counter[int] = Counter()
        for k in self.one.owned[n]:
            w = self.one.words[k]
            if w.part != "content" and w.to >= 0 and self.other.words[w.to].part == w.part:
                found[self.other.words[w.to].owner] += 1
        return found

    def differs(self, side: _Side, k: int) -> bool:
        """Tell whether a word stands on one side only; a و that begins a sentence or clause is no difference."""
        w = side.words[k]
        if w.to < 0:
            return True
        facing = (self.other if side is self.one else self.one).words[w.to]
        if w.whole == facing.whole or _GROUPED.fullmatch(w.whole) or _GROUPED.fullmatch(facing.whole):
            return False
        return not (w.edge or facing.edge)

    def _change(self, n: int, m: int) -> Change:
        """Name what differs between two claims that are one."""
        gone = [k for k in self.one.owned[n] if self.differs(self.one, k)] + self.more[0][n]
        come = [k for k in self.other.owned[m] if self.differs(self.other, k)] + self.more[1][m]
        old, new = self.one.analysis.claims[n], self.other.analysis.claims[m]
        kinds: list[str] = []
        explained: set[tuple[int, int]] = set()
        parts = {self.one.words[k].part for k in gone} | {self.other.words[k].part for k in come}
        figures = self._figures(gone, come, n, m)
        if figures:
            kinds.append("figure changed")
        note = ""
        names = self._name(self.one, old), self._name(self.other, new)
        framed = parts & {"source", "via"} or ("cue" in parts and (old.source is None) != (new.source is None))
        if not _same(*names) and framed:
            kinds.append("source changed")
            explained |= self._of(gone, come, {"source", "via", "cue", "link"})
        elif not _same(*names):
            note = f"same words, read as {names[1]} and no longer as {names[0]}"
        elif "via" in parts:
            kinds.append("source changed")
            explained |= self._of(gone, come, {"via"})
        if "cue" in parts and old.made and new.made:
            verbs = self._verbs(self.one, gone), self._verbs(self.other, come)
            if verbs[0] != verbs[1]:
                if old.act == new.act:
                    kinds.append("cue changed")
                explained |= self._of(gone, come, {"cue", "link"})
        if old.act != new.act and parts & {"cue", "link", "frame"}:
            kinds.append("act changed")
            explained |= self._of(gone, come, {"cue", "link"})
        kinds += self._hedges(old, new, gone, come, explained)
        if self._dates(n, m, gone, come, explained) and not figures:
            kinds.append("date changed")
        rest = [(0, k) for k in gone if (0, k) not in explained] + [(1, k) for k in come if (1, k) not in explained]
        inside = [self._word(side, k).marks == "speech" for side, k in rest]
        if rest and all(inside) and len({side for side, _ in rest}) == 2:
            kinds.append("quotation changed")
        elif rest and not figures:
            kinds.append("reworded")
        if (
            "quotation changed" not in kinds
            and (any(inside) or self._marks_changed(n, m))
            and not (figures and not self._marks_changed(n, m))
        ):
            kinds.append("quotation changed")
        kinds.sort(key=KINDS.index)
        return Change(
            kinds[0] if kinds else "kept",
            n,
            m,
            tuple(kinds[1:]),
            _phrases(self.one, gone),
            _phrases(self.other, come),
            tuple(figures),
            note,
        )

    def _word(self, side: int, k: int) -> _Word:
        return (self.one, self.other)[side].words[k]

    def _of(self, gone: list[int], come: list[int], parts: set[str]) -> set[tuple[int, int]]:
        found = {(0, k) for k in gone if self.one.words[k].part in parts}
        return found | {(1, k) for k in come if self.other.words[k].part in parts}

    @staticmethod
    def _name(side: _Side, claim: Claim) -> str:
        return "" if claim.source is None else claimant_of(side.analysis, claim)

    @staticmethod
    def _verbs(side: _Side, words: list[int]) -> set[str]:
        found = set()
        for k in words:
            if side.words[k].part == "cue":
                cue = read_cue(word(side.words[k].span.of(side.analysis.article.text)))
                found.add(cue.verb.surface if cue else side.words[k].key)
        return found

    def _figures(self, gone: list[int], come: list[int], n: int, m: int) -> list[tuple[int, int]]:
        """Pair the quantities of two claims; return the pairs whose numbers differ."""
        if not gone and not come:
            return []
        old, new = self.one.held[0].get(n, {}), self.other.held[0].get(m, {})
        pairs: list[tuple[int, int]] = []
        for p, words in old.items():
            faced = {self.one.words[k].to for k in words}
            q = next((q for q, others in new.items() if faced & set(others)), None)
            if q is not None and q not in [b for _, b in pairs]:
                pairs.append((p, q))
        paired = {a for a, _ in pairs}, {b for _, b in pairs}
        lost = [p for p in old if p not in paired[0] and set(old[p]) & set(gone)]
        won = [q for q in new if q not in paired[1] and set(new[q]) & set(come)]
        quantities = self.one.analysis.quantities, self.other.analysis.quantities
        for p in lost:
            alike = [q for q in won if quantities[1][q].role == quantities[0][p].role] or won
            if alike:
                pairs.append((p, alike[0]))
                won.remove(alike[0])
        return sorted((p, q) for p, q in pairs if _numbers(quantities[0][p]) != _numbers(quantities[1][q]))

    def _hedges(
        self, old: Claim, new: Claim, gone: list[int], come: list[int], explained: set[tuple[int, int]]
    ) -> list[str]:
        found = []
        for number, side, claim, words, kind in (
            (0, self.one, old, gone, "hedge dropped"),
            (1, self.other, new, come, "hedge added"),
        ):
            taken = [side.analysis.quantities[q].span for q in claim.quantities]
            for hedge in claim.hedges:
                here = set(side.inside(hedge)) & set(words)
                if here and not any(hedge.overlaps(span) for span in taken):
                    explained |= {(number, k) for k in here}
                    if kind not in found:
                        found.append(kind)
        return found

    def _dates(self, n: int, m: int, gone: list[int], come: list[int], explained: set[tuple[int, int]]) -> bool:
        """Tell whether a date was put in the place of another; explain its words."""
        lost = self._dates_of(self.one, n, gone)
        won = self._dates_of(self.other, m, come)
        values = [sorted(str(v) for v, _ in side) for side in (lost, won)]
        if not lost or not won or values[0] == values[1]:
            return False
        explained |= {(0, k) for _, words in lost for k in words} | {(1, k) for _, words in won for k in words}
        return True

    @staticmethod
    def _dates_of(side: _Side, claim: int, words: list[int]) -> list[tuple[str | None, set[int]]]:
        found = []
        for d, here in side.held[1].get(claim, {}).items():
            when = side.analysis.dates[d]
            if set(here) & set(words):
                found.append((when.value or when.timex.value, set(here) & set(words)))
        return found

    def _marks_changed(self, n: int, m: int) -> bool:
        """Tell whether words stand in quotation marks as speech on one side and not on the other."""
        speech: list[bool] = []
        lost = False
        for side, other, claim in ((self.one, self.other, n), (self.other, self.one, m)):
            quoted = [k for k in side.owned[claim] if side.words[k].marks == "speech"]
            if any(side.words[k].to >= 0 and not other.words[side.words[k].to].marks for k in quoted):
                return True
            speech.append(bool(quoted))
            lost = lost or any(self.differs(side, k) for k in quoted)
        return speech[0] != speech[1] and lost

    def _carry(self, found: list[Change]) -> list[Change]:
        """Report a source that changed without a word of its claim: «وأضافت» behind another ministry."""
        swaps = [self._names(c) for c in found if "source changed" in c.kinds]
        carried = []
        for change in found:
            old, new = self._names(change)
            if change.note and any(_same(old, a) and _same(new, b) for a, b in swaps if a and b):
                kinds = sorted({*change.kinds, "source changed"} - {"kept"}, key=KINDS.index)
                change = replace(change, kind=kinds[0], also=tuple(kinds[1:]), note="")
            carried.append(change)
        return carried

    def _names(self, change: Change) -> tuple[str, str]:
        if change.before is None or change.after is None:
            return "", ""
        old, new = self.one.analysis.claims[change.before], self.other.analysis.claims[change.after]
        return self._name(self.one, old), self._name(self.other, new)

    def _left(self, side: _Side, n: int, partners: dict[int, int]) -> list[Change]:
        """Say what became of a claim without a partner: gone, come, or cut off from one that holds its words.

        Where only the cut is new, its differing words are told with the claim that it was cut from.
        """
        removed = side is self.one
        facing = self.other if removed else self.one
        words = side.weight(n)
        free = [k for k in words if self.differs(side, k)]
        if 2 * len(free) > len(words):
            return [Change("removed", n, None) if removed else Change("added", None, n)]
        lost = [k for k in side.owned[n] if self.differs(side, k)]
        owners = Counter(facing.words[side.words[k].to].owner for k in words if side.words[k].to >= 0)
        owner = owners.most_common(1)[0][0] if owners else None
        if owner is None or not lost:
            return [Change("kept", n, owner)] if removed else []
        back = {m: k for k, m in partners.items()}
        before, after = (n, owner) if removed else (owner, n)
        names = (
            self._name(self.one, self.one.analysis.claims[before]),
            self._name(self.other, self.other.analysis.claims[after]),
        )
        framed = any(side.words[k].part in ("cue", "source", "via") for k in lost)
        if owner in back and (_same(*names) or not framed):
            self.more[0 if removed else 1][back[owner]] += lost
            return [Change("kept", n, owner)] if removed else []
        spans = _phrases(side, lost)
        kind = "reworded" if _same(*names) else "source changed"
        return [Change(kind, before, after, removed=spans if removed else (), added=() if removed else spans)]

    def _ordered(self, found: list[Change]) -> list[Change]:
        """Put changes in the order of the later text; what was removed follows the claim that it followed."""
        place: dict[int, int] = {c.before: c.after for c in found if c.before is not None and c.after is not None}
        keyed = []
        for change in found:
            if change.after is not None:
                keyed.append(((change.after, 0, 0), change))
                continue
            n = change.before or 0
            left = next((place[k] for k in range(n - 1, -1, -1) if k in place), -1)
            keyed.append(((left, 1, n), change))
        return [change for _, change in sorted(keyed, key=lambda pair: pair[0])]


def _numbers(quantity: object) -> tuple[object, ...]:
    return tuple(getattr(quantity, name) for name in ("value", "low", "high", "mod", "approximate"))


def _same(one: str, other: str) -> bool:
    return one == other or (bool(one) and bool(other) and same_name(one, other))


def _phrases(side: _Side, words: Iterable[int]) -> tuple[Span, ...]:
    """Join words that follow each other in one sentence into phrases."""
    spans: list[Span] = []
    last = -2
    for k in sorted(words):
        w = side.words[k]
        if k == last + 1 and w.sentence == side.words[last].sentence:
            spans[-1] = Span(spans[-1].start, w.span.end)
        else:
            spans.append(w.span)
        last = k
    return tuple(spans)


# --- views ----------------------------------------------------------------------------------------------------

_CELL = "padding:.4em .6em;vertical-align:top;border-bottom:1px solid #d9d9d9;text-align:start"
_OUT = "background:#fde0dc;color:#7a1200;text-decoration:line-through"
_IN = "background:#d9f0e3;color:#0b4f2c;text-decoration:underline;text-decoration-thickness:2px;font-weight:600"


def changes_text(before: Analysis, after: Analysis, *, kept: bool = False) -> str:
    """Return the changes as plain text, one paragraph a claim; with `kept`, the claims that stayed too.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> texts = ("قالت الوزارة إن 81 فاراً عادوا.", "قالت الوزارة إن 90 فاراً عادوا.")
    >>> print(changes_text(*(analyse(Article(f"v{n}", text)) for n, text in enumerate(texts, 1))))
    v1 -> v2: 1 changed, 0 added, 0 removed, 0 kept
    figure changed: 81 فاراً -> 90 فاراً (الوزارة)
      - إن [-81-] فاراً عادوا
      + إن {+90+} فاراً عادوا
    """
    changes = compare_versions(before, after)
    counted = Counter(c.kind for c in changes)
    touched = len(changes) - counted["added"] - counted["removed"] - counted["kept"]
    lines = [
        f"{before.article.id} -> {after.article.id}: {touched} changed, {counted['added']} added, "
        f"{counted['removed']} removed, {counted['kept']} kept"
    ]
    for change in changes:
        if change.kind == "kept" and not kept:
            continue
        detail = "; ".join(change_details(change, before, after))
        lines.append(", ".join(change.kinds) + (f": {detail}" if detail else ""))
        if change.before is not None:
            span = _shown(before, change.before, change.removed)
            lines.append("  - " + _marked(before, span, change.removed, "[-", "-]"))
        if change.after is not None and change.kind != "kept":
            span = _shown(after, change.after, change.added)
            lines.append("  + " + _marked(after, span, change.added, "{+", "+}"))
    return "\n".join(lines)


def change_details(change: Change, before: Analysis, after: Analysis) -> list[str]:
    """Return what differs in a few words: «81 فاراً -> 90 فاراً (الوزارة)», «أكد -> زعم», «statement -> denial»."""
    old = before.claims[change.before] if change.before is not None else None
    new = after.claims[change.after] if change.after is not None else None
    details: list[str] = []
    for p, q in change.figures:
        texts = before.quantities[p].span.of(before.article.text), after.quantities[q].span.of(after.article.text)
        details.append(f"{texts[0]} -> {texts[1]} ({claimant_of(after, new)})")
    if "source changed" in change.kinds:
        details.append(f"{_source(before, old)} -> {_source(after, new)}")
    if "cue changed" in change.kinds or "act changed" in change.kinds:
        details.append(f"{_cue(before, old)} -> {_cue(after, new)}")
    if "act changed" in change.kinds and old and new:
        details.append(f"{old.act} -> {new.act}")
    if change.kind in ("added", "removed"):
        details.append(_source(before, old) if old else _source(after, new))
    if change.note:
        details.append(change.note)
    return details


def _source(analysis: Analysis, claim: Claim | None) -> str:
    name = claimant_of(analysis, claim)
    via = claim.made.via_text(analysis.article.text) if claim and claim.made else None
    return f"{name} (via {via})" if via else name


def _cue(analysis: Analysis, claim: Claim | None) -> str:
    if claim is None or claim.made is None or claim.attribution != "explicit":
        return "no cue"
    return claim.made.cue.of(analysis.article.text)


def _shown(analysis: Analysis, claim: int, marked: Sequence[Span]) -> Span:
    """Return a claim's content, and so much of its frame as has marked words."""
    span = analysis.claims[claim].span
    near = [m for m in marked if analysis.claims[claim].sentence.span.overlaps(m)]
    return Span(min([span.start, *(m.start for m in near)]), max([span.end, *(m.end for m in near)]))


def _marked(analysis: Analysis, span: Span, marked: Sequence[Span], left: str, right: str) -> str:
    return "".join(
        f"{left}{piece}{right}" if is_marked else piece
        for piece, is_marked in _pieces(analysis.article.text, span, marked)
    ).replace("\n", " ")


def _pieces(text: str, span: Span, marked: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    at = span.start
    for mark in sorted(m for m in marked if span.overlaps(m)):
        yield text[at : mark.start], False
        yield text[max(at, mark.start) : min(mark.end, span.end)], True
        at = max(at, mark.end)
    yield text[at : span.end], False


def changes_html(before: Analysis, after: Analysis) -> str:
    """Return both versions side by side as an HTML table, right to left, sentence by sentence, differing words marked.

    The earlier version stands at the right. Everything is escaped, and style is inline: it needs no page around it.

    >>> from analysis.claims import analyse
    >>> from analysis.seeds import Article
    >>> made = changes_html(*(analyse(Article(i, f"قال <b>الوزير إن {i} عادوا.")) for i in ("81", "90")))
    >>> "<b>" in made, 'dir="rtl"' in made, "<del style" in made
    (False, True, True)
    """
    compared = _Comparison(before, after)
    changes = compared.changes()
    notes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for change in changes:
        if change.kind == "kept":
            continue
        place = (1, after.claims[change.after].sentence.index) if change.after is not None else (0, 0)
        if change.after is None and change.before is not None:
            place = (0, before.claims[change.before].sentence.index)
        notes[place].append(_label(change, before, after))
    rows = [_row(compared, sentences, notes) for sentences in _facing_sentences(compared)]
    heads = "".join(f'<th scope="col" style="{_CELL};font-weight:600">{_title(a)}</th>' for a in (before, after))
    return (
        '<table dir="rtl" lang="ar" style="border-collapse:collapse;width:100%;table-layout:fixed;line-height:1.8;'
        'background:#fff;color:#222">'
        f'<thead><tr>{heads}<th scope="col" style="{_CELL};width:22%">ما تغيّر</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _title(analysis: Analysis) -> str:
    article = analysis.article
    day = article.published.isoformat() if article.published else None
    return " · ".join(f"<bdi>{html.escape(part)}</bdi>" for part in (article.outlet, day, article.id) if part)


def _facing_sentences(compared: _Comparison) -> list[tuple[list[int], list[int]]]:
    """Group the sentences of both sides that share words, in the order of the later text."""
    shared: Counter[tuple[int, int]] = Counter()
    for w in compared.one.words:
        if w.to >= 0:
            shared[w.sentence, compared.other.words[w.to].sentence] += 1
    group: dict[tuple[int, int], int] = {}
    members: list[list[tuple[int, int]]] = []
    for (n, m), _ in shared.most_common():
        ends = (0, n), (1, m)
        known = [group[e] for e in ends if e in group]
        if len(set(known)) > 1:
            low, high = sorted(set(known))
            for member in members[high]:
                group[member] = low
            members[low] += members[high]
            members[high] = []
            continue
        home = known[0] if known else len(members)
        if home == len(members):
            members.append([])
        for end in ends:
            if end not in group:
                group[end] = home
                members[home].append(end)
    rows = [(sorted(n for s, n in g if s == 0), sorted(n for s, n in g if s == 1)) for g in members if g]
    rows += [([], [w]) for w in sorted({w.sentence for w in compared.other.words}) if (1, w) not in group]
    behind = {n: right[0] for left, right in rows for n in left}
    alone = [n for n in sorted({w.sentence for w in compared.one.words}) if (0, n) not in group]
    keyed = [((right[0], 0, 0), (left, right)) for left, right in rows]
    for n in alone:
        last = next((behind[k] for k in range(n - 1, -1, -1) if k in behind), -1)
        keyed.append(((last, 1, n), ([n], [])))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _row(compared: _Comparison, sentences: tuple[list[int], list[int]], notes: dict[tuple[int, int], list[str]]) -> str:
    cells = []
    for side, numbers, tag, style in (
        (compared.one, sentences[0], "del", _OUT),
        (compared.other, sentences[1], "ins", _IN),
    ):
        spans = [side.analysis.sentences[number].span for number in numbers]
        words = [k for span in spans for k in side.inside(span) if compared.differs(side, k)]
        marked = _phrases(side, words)
        texts = []
        for span in spans:
            pieces = _pieces(side.analysis.article.text, span, marked)
            texts.append(
                "".join(
                    f'<{tag} style="{style}">{html.escape(piece)}</{tag}>' if is_marked else html.escape(piece)
                    for piece, is_marked in pieces
                )
            )
        cells.append(f'<td style="{_CELL}">{" ".join(texts)}</td>')
    said = [notes.get((side, n), []) for side in (0, 1) for n in sentences[side]]
    labels = "".join(f'<div style="margin-bottom:.3em">{label}</div>' for found in said for label in found)
    return f'<tr>{cells[0]}{cells[1]}<td style="{_CELL};font-size:.9em">{labels}</td></tr>'


def _label(change: Change, before: Analysis, after: Analysis) -> str:
    acts = {act: dictionary()["sources"][act][2] for act in ACTS}
    kinds = "، ".join(LABELS[kind] for kind in change.kinds)
    details = [
        " \N{LEFTWARDS ARROW} ".join(f"<bdi>{html.escape(acts.get(part, part))}</bdi>" for part in detail.split(" -> "))
        for detail in change_details(replace(change, note=""), before, after)
    ]
    return f"<strong>{kinds}</strong>" + (": " + "؛ ".join(details) if details else "")
