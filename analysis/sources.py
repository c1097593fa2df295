"""Name the sources of an article: who المركز, الوزارة, a surname, or a verb without a subject is.

A third of the speakers in Arabic news are dropped subjects, and most of the others are short forms of a
name given once. Mentions are gathered into speakers by the words they share; a short definite form goes to
the last speaker with its head noun, or to the fuller phrase with that noun before it; a surname to the phrase
that introduced it; a bare document (التقرير) to whoever issued it; a dropped subject to the last speaker that
its verb agrees with. No list of names is used: what cannot be resolved stays as written, or is unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from operator import itemgetter

from analysis.attribution import Attribution
from analysis.lexicons import Entry, load
from analysis.numerals import may_begin
from analysis.phrases import COMMAS, View, is_definite, is_masdar, phrase_span, read_finite, read_subject
from analysis.segment import Sentence
from analysis.text import Span, Tokens, tokenize
from analysis.verbs import read_cue

UNKNOWN = "unknown"
# Words that stand for a speaker already named, whatever its head noun: «المصدر ذاته»، «المسؤول الحكومي».
_GENERIC = frozenset(("مصدر", "مسوول", "مسووله", "متحدث", "متحدثه", "رجل", "مراه", "شخص", "ناطق", "ناطقه", "جهه"))
# «سموه»، «معاليه»: the dignitary named before.
_HONOURED = frozenset("سموه سموها معاليه فخامته جلالته سيادته سعادته فضيلته غبطته".split())
_SPOKESMEN = frozenset("متحدث متحدثه ناطق ناطقه".split())
# Reports of nobody: «الأنباء التي تحدثت عن» has no issuer.
_HEARSAY = frozenset("انباء اخبار شايعات معلومات مزاعم تسريبات توقعات صور تقارير".split())
# Bodies whose name may not say what they are: «غرين ووتش», later المنظمة.
_NAMED_BODIES = frozenset("منظمه وكاله شركه جماعه حركه هييه مجموعه موسسه شبكه صحيفه جمعيه مجله قناه".split())
# Callings that stand for each other: الروائية فلانة, later الكاتبة.
_CALLINGS = frozenset(
    word + ending
    for word in "كاتب رواي شاعر صحفي صحافي اعلامي باحث محلل خبير اكاديمي استاذ مولف مدون ناشط حقوقي".split()
    for ending in ("", "ه", "يه")
)
_SAME = frozenset(
    (
        "هذا",
        "هذه",
        "هذان",
        "هولاء",
        "تلك",
        "ذات",
        "نفس",
        "ذاته",
        "ذاتها",
        "نفسه",
        "نفسها",
        "عينه",
        "عينها",
        "ايضا",
        "نفسهم",
        "اياه",
    )
)
_STATE = frozenset(("بلاد", "دوله", "جمهوريه", "حكومه", "دولته", "بلاده"))
_BODIES = frozenset(("خارجيه", "داخليه", "دفاع", "صحه", "ماليه", "عدل", "نفط", "طاقه", "تعليم", "تربيه", "اوقاف"))
# Where something is said, never who says it: «على صفحته في موقع التواصل، حيث قال».
_PLACES_OF_SPEECH = frozenset(("موقع", "صفحه", "حساب", "منصه", "قناه", "شبكه", "اذاعه", "برنامج", "مواقع", "وسايل"))
_REACH = 8  # words of titles before a surname: نائب رئيس الوزراء وزير الخارجية القطري فلان
_PLACES = 12  # the last places of a word that are looked at
_BACK_WORDS = 60  # words of a sentence that are looked at backwards
_MOST_SPEAKERS = 100
_BACK = 3  # sentences in which the plural subject of a narrated قالوا is looked for


@dataclass(frozen=True, slots=True)
class Source:
    """Hold who an attribution's source is.

    `form` is named, definite, pronoun, dropped, anonymous, document or unknown; `antecedent` the mention that gave
    the name where it is not the mention at that place; `rule` what led there.
    """

    name: str
    form: str
    antecedent: Span | None
    rule: str


@dataclass(slots=True)
class _Speaker:
    name: str
    span: Span
    words: set[str]
    head: str
    tag: str
    gender: str | None
    number: str | None
    names: list[str] = field(default_factory=list)
    verb_gender: str | None = None  # of the verb it last had: «أفاد بيان للمديرية … وأضاف»
    joint: bool = False  # «الوزارة وضابط في الشرطة»: neither of them alone


def _strip(key: str) -> str:
    if len(key) > 5 and key.startswith("وال"):
        return key[3:]
    if len(key) > 4 and key.startswith(("ال", "لل")):
        return key[2:]
    return key


def _content_words(tokens: Tokens) -> list[str]:
    return [_strip(w.key) for w in tokens.words if not w.is_mark and w.key not in _SAME]


@cache
def _is_title(word: str) -> bool:
    return load("speakers").find(tokenize(word), 0) is not None


class _Article:
    """Give the sentences of an article as views, and the places of each word, made when first asked for."""

    def __init__(self, views: Sequence[View]) -> None:
        self.views = views
        self.sentences = [view.sentence for view in views]
        self._heads: dict[int, list[tuple[int, Entry]]] = {}

    def view(self, index: int) -> View:
        return self.views[index]

    @cached_property
    def places(self) -> dict[str, tuple[list[int], list[tuple[int, int]]]]:
        """Map each word, without ال and glued و ب ل, to where it stands: offsets, and (sentence, token) places."""
        found: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}
        for sentence in self.sentences:
            for k, key in enumerate(sentence.tokens.keys):
                glued = key[0] in "وبل" and len(key) > 4 and not key.startswith("لل")
                for form in (_strip(key), _strip(key[1:])) if glued else (_strip(key),):
                    offsets, places = found.setdefault(form, ([], []))
                    offsets.append(sentence.tokens.starts[k])
                    places.append((sentence.index, k))
        return found

    def before(self, word: str, offset: int) -> list[tuple[int, int]]:
        """Return the last places of a word before an offset."""
        offsets, places = self.places.get(word, ([], []))
        stop = bisect_left(offsets, offset)
        return places[max(0, stop - _PLACES) : stop]

    def sentence_at(self, offset: int) -> int:
        """Return the index of the last sentence that begins at or before an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    @cached_property
    def starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def heads_before(self, view: View, offset: int) -> Iterator[tuple[int, Entry]]:
        """Yield the nouns that can head a source before an offset, with their tokens, the nearest first."""
        index = view.sentence.index
        if index not in self._heads:
            self._heads[index] = [(k, head) for k in range(len(view.keys)) if (head := view.speaker(k))]
        heads = self._heads[index]
        stop = bisect_left(view.tokens.starts, offset)
        for k, head in reversed(heads[: bisect_left(heads, stop, key=itemgetter(0))]):
            if k < stop - _BACK_WORDS:
                return
            yield k, head

    def fuller_name(self, word: str, offset: int) -> Span | None:
        """Return the phrase before that holds a bare name with most words of the name: حداد -> «سامي نبيل حداد».

        Of several, the nearest: in a family the surname alone is no one's.
        """
        best, most = None, 0
        for index, k in reversed(self.before(word, offset)):
            view = self.view(index)
            span = _named_phrase(view, k)
            inner = view.tokens_of(span) if span else Tokens([], [], [], [])
            names = _name_words(inner, word) if len(_content_words(inner)) > 1 else 0
            if span and names > most:
                best, most = span, names
        return best

    def fuller_noun(self, head: str, offset: int, tag: str, of_state: bool = False) -> Span | None:
        """Return the phrase before with a head noun and more: الحزب -> «حزب الأمل الجديد», the nearest one.

        Of persons, the nearest with a name: رئيس البلاد -> «الرئيس الجديد سامي نبيل حداد».
        """
        best, most = None, 0
        for index, k in reversed(self.before(head, offset)):
            view = self.view(index)
            stop = read_subject(view, k, len(view.keys))
            stop = stop if tag == "person" else _tight(view, k, stop)
            if stop <= k or len(_content_words(view.tokens_of(phrase_span(view, k, stop)))) < 2:
                continue
            span = _without_proclitic(view, k, stop)
            if tag != "person":
                return span
            if of_state and _heads_body(_content_words(view.tokens_of(span))):
                continue
            names = _name_words(view.tokens_of(span))
            if names > most:
                best, most = span, names
        return best

    def person_before(self, offset: int, gender: str | None) -> Span | None:
        """Return the nearest titled person before an offset: who «سموه» is."""
        last = self.sentence_at(offset)
        for index in range(last, max(-1, last - 5), -1):
            view = self.view(index)
            for k, head in self.heads_before(view, offset):
                if head.tag != "person" or head.value != gender:
                    continue
                stop = _plain_name(view, k, read_subject(view, k, len(view.keys)))
                if stop - k > 1 and view.keys[k] not in _HONOURED and not view.tag(k):
                    found = load("speakers").find(view.tokens, k)
                    plain = found is not None and found.proclitics in ("", "ال", "و", "وال")
                    named = _named_phrase(view, k) if plain else None
                    if named and named.start < view.tokens.starts[k]:
                        return named  # الرئيس سامي الخطيب: a surname that is a title too
                    first = k
                    while first and (up := view.speaker(first - 1)) and up.tag == "person":
                        first -= 1
                    return _without_proclitic(view, first, stop)
        return None

    def plural_before(self, sentence: Sentence, offset: int) -> tuple[Span, View, int] | None:
        """Return the nearest plural noun of people before an offset: who «قالوا» in a narrated scene are."""
        for index in range(sentence.index, max(-1, sentence.index - _BACK - 1), -1):
            view = self.view(index)
            for k, head in self.heads_before(view, offset):
                if head.tag == "people" and head.value == "p" and not view.tag(k):
                    stop = read_subject(view, k, len(view.keys))
                    if stop > k:
                        return _without_proclitic(view, k, stop), view, k
        return None


def _name_words(tokens: Tokens, name: str = "") -> int:
    """Count the words of a phrase that can be a name: no title, no adjective right behind a title, no verbal noun."""
    count = 0
    after_title = False
    for word in _content_words(tokens):
        title = _is_title(word)
        adjective = after_title and word.endswith(("ي", "يه"))
        count += word == name or not (title or adjective or word in _STATE or is_masdar(word))
        after_title = title
    return count


def _tight(view: View, first: int, stop: int) -> int:
    """End a body's name where an indefinite word follows a definite one: «تنظيم الجبل | مسؤولية الهجمات»."""
    definite = False
    for k in range(first, stop):
        if view.tokens.words[k].is_mark or view.quotation(k) or view.tag(k):
            definite = definite and not view.tag(k)
            continue
        if definite and not is_definite(view.keys[k]) and not _in_marks(view, k):
            return k
        definite = is_definite(view.keys[k])
    return stop


def _in_marks(view: View, k: int) -> bool:
    return any(q.span.start < view.tokens.starts[k] < q.span.end for q in view.quotations) or view.keys[k].isascii()


def _named_phrase(view: View, p: int) -> Span | None:
    """Return the titled or full name that ends in, or goes through, the name at token `p`."""
    k = p
    head: int | None = None
    commas = 0
    while k > 0 and p - k < _REACH:
        t = k - 1
        word = view.tokens.words[t]
        if word.is_mark:
            commas += word.key in "،,"
            if word.key not in '،,()"”“«»#_' or commas > 1 or (commas and head is not None):
                break
            if word.key in "،," and (view.keys[k][0] == "و" or view.tag(k)):
                break  # «والد القتيل، واسمه فلان»
            k = t
            continue
        tag = view.tag(t)
        if (
            t in view.in_time
            or (len(word.key) > 4 and word.key.endswith(("ها", "هم")))
            or (tag and tag not in ("hedge", "call", "pledge", "whole", "addressed"))
        ):
            break
        cue = read_cue(word)
        if cue and not view.speaker(t) and not (cue.form == "past" and "noun" in cue.verb.frames):
            break
        if head == k and not is_definite(view.keys[k]) and is_definite(view.keys[t]) and view.keys[t].endswith("يه"):
            break  # «الحكومة الإيطالية | مفوضة الأمم المتحدة فلانة»: a title in construct begins a phrase
        k = t
        found = load("speakers").find(view.tokens, k)
        if found and found.entry.tag in ("person", "organisation", "people") and len(found.entry.keys[0]) > 2:
            if found.entry.tag == "organisation" and is_definite(view.keys[k]) and p - k > 1:
                k += 1  # «السلطات الفرنسية | اللص فلان»: a body with the article does not lead a name
                break
            head = k
            if found.proclitics and not found.proclitics.endswith("ال"):
                break
    if head is not None:
        return _without_proclitic(view, head, p + 1)
    while k < p and view.tokens.words[k].is_mark:
        k += 1
    if k < p - 1 and len(view.keys[k]) > 3 and view.keys[k][0] == "و":
        k += 1  # واسمه سامي حداد
    if k < p - 2 and is_definite(view.keys[p - 2]):
        k = p - 1  # اللص الشهير سامي حداد
    if k < p and p - k <= 2 and not any(view.tokens.words[j].is_mark for j in range(k, p)):
        return _without_proclitic(view, k, p + 1)
    return None


def _without_proclitic(view: View, first: int, stop: int) -> Span:
    span = phrase_span(view, first, stop)
    found = load("speakers").find(view.tokens, first)
    if found and found.proclitics.lstrip("وف").startswith(("ل", "ب", "ك")) and not found.proclitics.endswith("لال"):
        return Span(view.tokens.starts[first] + len(found.proclitics.removesuffix("ال")), span.end)
    return span


class _Register:
    """Hold the speakers of an article in the order in which they last spoke."""

    def __init__(self, text: str, article: _Article) -> None:
        self.text = text
        self.article = article
        self.recent: list[_Speaker] = []
        self.owners: dict[str, _Speaker] = {}

    def in_headline(self, span: Span) -> bool:
        title = self.article.sentences[0]
        return title.kind == "headline" and title.span.contains(span)

    def touch(self, speaker: _Speaker) -> None:
        if speaker in self.recent:
            self.recent.remove(speaker)
        self.recent.append(speaker)
        if len(self.recent) > _MOST_SPEAKERS:
            del self.recent[0]

    def issued(self, view: View, speaker: _Speaker) -> None:
        """Keep who spoke in which document: «قال الناطق، في بيان» owns البيان from then on."""
        for k, before in enumerate(view.keys[:-1], 1):
            if before not in ("في", "عبر", "خلال", "ب"):
                continue
            head = view.speaker(k)
            if head and head.tag == "document":
                self.owners[_strip(head.keys[0])] = speaker

    def note(self, speaker: _Speaker) -> None:
        """Keep a speaker that was only named, behind all who spoke."""
        if speaker not in self.recent and len(self.recent) < _MOST_SPEAKERS:
            self.recent.insert(0, speaker)

    def add(self, span: Span, gender: str | None, number: str | None) -> tuple[_Speaker, str]:
        """Return the speaker of a mention, known or new, and the rule that says so."""
        tokens = tokenize(self.text, span.start, span.end)
        words = _content_words(tokens) or [""]
        entry = load("speakers").find(tokens, 0) if len(tokens) else None
        tag = entry.entry.tag if entry else ""
        value = entry.entry.value if entry else None
        plural = value == "p" or number == "plural"
        known = self._known(tokens, words, tag, value, span.start, plural)
        if known:
            speaker, rule = known
            self._grow(speaker, span, words, tag, rule)
            speaker.gender = speaker.gender or gender
            return speaker, rule
        if tag == "document" and (body := _issuing_body(tokens, span)):
            return self.add(body, None, None)
        full = self._fuller(tokens, words, tag, span.start) if not plural else None
        if words[0] in _HONOURED:
            full = self.article.person_before(span.start, value)
        if full:
            inner = tokenize(self.text, full.start, full.end)
            full_words = _content_words(inner)
            head = load("speakers").find(inner, 0)
            again = self._known(
                inner, full_words, head.entry.tag if head else "", head.entry.value if head else None, full.start, False
            )
            if again and again[1] == "same-words":
                again[0].words |= set(words) & set(full_words)
                self._grow(again[0], full, full_words, tag, again[1])
                return again[0], "introduced"
            speaker = _speaker(self.text, full, inner, full_words, gender, number)
            return speaker, "introduced"
        speaker = _speaker(self.text, span, tokens, words, gender, number)
        if second := _second_of_pair(tokens):
            speaker.joint = True
            self.note(self.add(Span(span.start, tokens.ends[second - 1]), None, None)[0])
            self.note(self.add(Span(tokens.starts[second] + 1, span.end), None, None)[0])
        return speaker, "new"

    def _grow(self, speaker: _Speaker, span: Span, words: list[str], tag: str, rule: str) -> None:
        if rule != "same-words" or tag == "document":
            return
        if len(words) > len(_content_words(tokenize(speaker.name))):
            speaker.name, speaker.span, speaker.head = span.of(self.text), span, words[0]
        speaker.words |= set(words)

    def _fuller(self, tokens: Tokens, words: list[str], tag: str, offset: int) -> Span | None:
        """Look in the text before for the phrase that a short mention stands for."""
        if len(words) > 2 or not words[0] or words[0] in _GENERIC:
            return None
        if load("states").find(tokens, 0):
            return None  # ووصفته البرازيل: a state has no longer name
        if not tag and len(words) == 1:
            return self.article.fuller_name(words[0], offset)
        definite = is_definite(tokens.keys[0])
        if len(words) == 1 and definite and tag in ("organisation", "person", "media"):
            return self.article.fuller_noun(words[0], offset, tag)
        if len(words) == 2 and words[1] in _STATE and tag == "person":  # رئيس البلاد
            return self.article.fuller_noun(words[0], offset, tag, of_state=True)
        return None

    def _known(
        self, tokens: Tokens, words: list[str], tag: str, value: str | None, offset: int, plural: bool
    ) -> tuple[_Speaker, str] | None:
        if not words[0]:
            return None
        mention = set(words)
        definite = is_definite(tokens.keys[0]) if len(tokens) else False
        definite = definite or (bool(len(tokens)) and tokens.keys[0] in _SAME)  # ذات المصدر، هذا الاتحاد
        for speaker in reversed(self.recent):
            if mention == speaker.words:
                return speaker, "same-words"
        if tag == "document":
            return self._document(words, definite)
        if words[0] == "مصدر" and self.recent and any(k in ("ذاته", "نفسه", "عينه") for k in tokens.keys):
            same = [speaker for speaker in self.recent if speaker.head == "مصدر"]
            return (same or self.recent)[-1], "generic"
        if tag != "people" or definite:
            for speaker in reversed(self.recent):
                if (
                    not speaker.joint
                    and (speaker.number == "plural") == plural
                    and self._same(tokens, speaker, words, tag)
                ):
                    return speaker, "same-words"
        if words[0] in _HONOURED or (words[0] in _GENERIC and definite and len(words) <= 2):
            return self._generic(words)
        if len(words) > 1 and words[1] in ("تابعه", "تابع", "معنيه", "مذكوره", "حقوقيه", "امميه", "دوليه"):
            words = words[:1]  # المنظمة التابعة للأمم المتحدة
        short = len(words) <= 2 and definite
        of_state = tag == "person" and len(words) == 2 and words[1] in _STATE
        if not short and not of_state:
            return None
        for speaker in reversed(self.recent):
            if (
                not speaker.joint
                and speaker.head == words[0]
                and (len(words) == 1 or words[1] in speaker.words or (of_state and not _heads_body(speaker.words)))
            ):
                return speaker, "head-noun"
        if len(words) == 1 and words[0] in _BODIES:
            for speaker in reversed(self.recent):
                if words[0] in speaker.words:
                    return speaker, "head-noun"
        if len(words) == 1 and words[0] in _NAMED_BODIES:
            for speaker in reversed(self.recent):
                if (
                    len(speaker.words) > 1
                    and not speaker.tag
                    and speaker.gender == value
                    and not self.article.fuller_noun(words[0], offset, tag)
                ):
                    return speaker, "generic"
        if len(words) == 1 and tag == "person":
            for speaker in reversed(self.recent):
                if words[0] in speaker.words:
                    return speaker, "head-noun"
            if words[0] in _CALLINGS and not self.article.fuller_noun(words[0], offset, tag):
                for speaker in reversed(self.recent):
                    kin = speaker.head in _CALLINGS or not speaker.tag
                    if kin and speaker.gender == value and speaker.number != "plural":
                        return speaker, "generic"  # الروائية فلانة … تقول الكاتبة
        return None

    def _document(self, words: list[str], definite: bool) -> tuple[_Speaker, str] | None:
        """Lead a bare التقرير or البيان to its issuer; one with words of its own («التقارير الواردة من») is itself."""
        if not definite or len(words) > 2 or words[0] in _HEARSAY:
            return None
        if words[0] in self.owners:
            return self.owners[words[0]], "document"
        for speaker in reversed(self.recent):
            if speaker.tag in ("organisation", "person", "media", "") and speaker.head == words[0]:
                return speaker, "head-noun"
        for speaker in reversed(self.recent):
            if speaker.tag in ("organisation", "media", "", "document"):
                return speaker, "document"
        return None

    def _generic(self, words: list[str]) -> tuple[_Speaker, str] | None:
        for speaker in reversed(self.recent):
            if speaker.number == "plural" or (
                words[0] in _SPOKESMEN and speaker.head not in _SPOKESMEN and speaker.tag
            ):
                continue
            if speaker.tag in ("person", "people", "") or speaker.head == words[0]:
                return speaker, "generic"
        # «المصدر ذاته» may be a body; «المتحدث» is a person of his own
        return (self.recent[-1], "generic") if self.recent and words[0] == "مصدر" else None

    def _same(self, tokens: Tokens, speaker: _Speaker, words: list[str], tag: str) -> bool:
        """Tell whether two mentions share a name: one holds the other, and more than a title is shared."""
        mention = set(words)
        shared = mention & speaker.words
        if not shared:
            return False
        if tag == "organisation" and speaker.tag == "person":
            return False  # «الاتحاد» is not «رئيس الاتحاد فلان»
        if not tag and speaker.tag == "person" and _is_no_person(tokens):
            return False
        titled = tag == "person" or (not tag and any(_is_title(w) and w not in speaker.words for w in words[1:]))
        if titled and speaker.tag in ("", "organisation") and _is_no_person(tokenize(speaker.name)):
            return False  # «الأمم المتحدة» is not «سعيد ربيع المتحدث باسم الأمم المتحدة»
        if words[0] == "وزاره" and speaker.words == set(words[1:2]):
            return True  # «الداخلية: …» of a headline, «وزارة الداخلية» of the text
        if speaker.words == {words[0]} and self.in_headline(speaker.span) and tag == speaker.tag:
            return True  # «منظمة: …» of a headline, «منظمة "أطباء الساحل"» of the text
        if tag == "organisation" == speaker.tag and words[0] != speaker.head and len(mention) > 1:
            return False
        names = {w for w in shared if not _is_title(w)}
        if mention <= speaker.words or speaker.words <= mention:
            if names:
                return bool(tag != "person" or len(mention) == 1 or speaker.tag in ("person", "") or len(names) > 1)
            return len(shared) > 1
        headed = tag != "organisation" or words[0] in shared  # two bodies «لكرة القدم» are not one
        if len(names) < 2 or words[-1] not in names or not headed:
            return False
        return all(_is_title(w) or w.endswith(("ي", "يه")) for w in mention - shared)


def _second_of_pair(tokens: Tokens) -> int:
    """Return the token of the second speaker of «وزارة الداخلية | وضابط في الشرطة», or 0."""
    for k in range(1, len(tokens)):
        found = load("speakers").find(tokens, k)
        if found is None or found.proclitics != "و" or found.entry.tag not in ("person", "people", "organisation"):
            continue
        if len(found.entry.keys[0]) > 2 and load("speakers").find(tokens, 0) and found.entry.surface != "أحد":
            return k  # and no «وإب», «وواحد»
    return 0


def _issuing_body(tokens: Tokens, span: Span) -> Span | None:
    """Return «المرصد» of «إحصاءات المرصد»: a body's figures stand for the body."""
    if len(tokens) != 2 or not tokens.key(1).startswith("ال"):
        return None
    found = load("speakers").find(tokens, 1)
    return Span(tokens.starts[1], span.end) if found and found.entry.tag == "organisation" else None


def _is_no_person(tokens: Tokens) -> bool:
    """Tell a body by its two words with the article: «الحماية المدنية» is not «الناطق باسم الحماية المدنية فلان»."""
    return len(tokens) > 1 and is_definite(tokens.key(0)) and is_definite(tokens.key(1))


def _speaker(
    text: str, span: Span, tokens: Tokens, words: list[str], gender: str | None, number: str | None
) -> _Speaker:
    entry = load("speakers").find(tokens, 0) if len(tokens) else None
    value = entry.entry.value if entry else None
    return _Speaker(
        name=span.of(text),
        span=span,
        words=set(words),
        head=words[0],
        tag=entry.entry.tag if entry else "",
        gender=value if value in ("m", "f") else gender,
        number="plural" if value == "p" else number,
    )


@lru_cache(maxsize=10_000)
def content_words(name: str) -> frozenset[str]:
    """Return the words that make up a name, without ال, marks and words such as نفسه.

    >>> sorted(content_words("الوزارة نفسها")), sorted(content_words("«قناة النهر»"))
    (['وزاره'], ['قناه', 'نهر'])
    """
    return frozenset(_content_words(tokenize(name)))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one body: the same words, or one holds the other, ال and marks apart.

    >>> same_name("وزارة الداخلية السورية", "وزارة الداخلية"), same_name("وزارة الداخلية", "وزارة الدفاع")
    (True, False)
    """
    a, b = content_words(one), content_words(other)
    return bool(a and b) and (a <= b or b <= a) and min(len(a), len(b)) * 3 >= max(len(a), len(b))


def name_sources(text: str, views: Sequence[View], attributions: Sequence[Attribution]) -> list[Source]:
    """Return the `Source` of each attribution, in their order."""
    article = _Article(views)
    register = _Register(text, article)
    speakers: list[_Speaker | None] = []
    found: list[Source] = []
    seen = -1
    for n, made in enumerate(attributions):
        for index in range(seen + 1, made.sentence + 1):
            _note_issuers(article.view(index), register)
            if topic := _topic(article.view(index)):
                register.touch(register.add(topic, None, None)[0])
        seen = max(seen, made.sentence)
        for relay in made.via:
            register.note(register.add(relay, None, None)[0])
        before = attributions[max(0, n - 12) : n]
        nested = _is_nested(made, before) or _is_aside(made, attributions[max(0, n - 3) : n + 4])
        if made.source is not None and len(made.source):
            speaker, rule = register.add(made.source, made.gender, made.number)
            speaker.verb_gender = made.gender
            speakers.append(speaker)
            found.append(_source(text, made, speaker, rule))
        else:
            resolved, rule = _dropped(article, made, before, speakers[max(0, n - 12) :], register)
            speakers.append(resolved)
            if resolved is None:
                found.append(Source(UNKNOWN, "unknown", None, "no-antecedent"))
                continue
            speaker = resolved
            found.append(Source(speaker.name, "dropped", speaker.span, rule))
        if nested:
            register.note(speaker)
        else:
            register.touch(speaker)
            register.issued(article.view(made.sentence), speaker)
    return [
        s if p is None else Source(_tidy(p.name), s.form, p.span if p.span != a.source else s.antecedent, s.rule)
        for s, p, a in zip(found, speakers, attributions, strict=True)
    ]


_ISSUES = frozenset(
    joined + verb
    for verb in "اصدر اصدرت يصدر تصدر نشر نشرت ينشر تنشر اعد اعدت اجري اجرت وضع وضعت".split()
    for joined in ("", "و")
)


def _note_issuers(view: View, register: _Register) -> None:
    """Keep who issued a document: after «أصدر المعهد تقريراً» a bare التقرير is the institute's."""
    for k, key in enumerate(view.keys[:-2]):
        if key not in _ISSUES or view.tag(k + 1):
            continue
        stop = read_subject(view, k + 1, len(view.keys))
        if stop == k + 1:
            continue
        for j in range(stop, min(stop + 3, len(view.keys))):
            head = view.speaker(j)
            if head and head.tag == "document" and not is_definite(view.keys[j]):
                speaker, _ = register.add(phrase_span(view, k + 1, stop), None, None)
                register.owners[_strip(head.keys[0])] = speaker
                register.note(speaker)


def _topic(view: View) -> Span | None:
    """Return whom a sentence turns to: «أما صحيفة "البلد" فدافعت عن القرار»."""
    if not view.keys or view.keys[0] not in ("اما", "واما") or len(view.keys) < 3:
        return None
    stop = read_subject(view, 1, len(view.keys))
    named = view.speaker(1) or view.quotation(1)
    return phrase_span(view, 1, stop) if named and stop > 1 else None


_ACCUSATIVE = re.compile(r"(?<=[^\W\d_])(?:\N{ARABIC FATHATAN}ا|ا\N{ARABIC FATHATAN})(?!\w)")


def _tidy(name: str) -> str:
    name = _ACCUSATIVE.sub("", name.strip(" ،,#\n\t"))  # «غير أن مصدراً أمنياً قال»
    return "ال" + name[2:] if name.startswith("لل") and len(name) > 4 else name  # بيان للوزارة


def _source(text: str, made: Attribution, speaker: _Speaker, rule: str) -> Source:
    tokens = tokenize(text, made.source.start, made.source.end) if made.source else tokenize("")
    definite = bool(len(tokens)) and is_definite(tokens.keys[0])
    if rule in ("head-noun", "generic", "document"):
        form = "document" if rule == "document" else "definite"
    elif speaker.tag == "document":
        form = "document"
    elif speaker.tag in ("people", "person", "document") and not definite and is_nameless(tokens):
        form = "anonymous"
    else:
        form = "named"
    return Source(speaker.name, form, speaker.span if speaker.span != made.source else None, rule)


_NAMELESS = frozenset(
    "مصدر مصادر مصدران مصدرين مسوول مسوولون مسوولين مسوولان شهود شاهد شاهده ناشطون ناشطين نشطاء محللون"
    " مراقبون خبراء سكان مطلعون مقربون مسعفون اطباء دبلوماسيون دبلوماسي تقارير".split()
)


def is_nameless(tokens: Tokens) -> bool:
    """Tell a source without a name (مصدر، شهود، مسؤولون) by its first word."""
    return bool(len(tokens)) and tokens.keys[0].removeprefix("و") in _NAMELESS


def _heads_body(words: Iterable[str]) -> bool:
    """Tell a title in a body that is not the state: «رئيس بلدية النهر» is not meant by «رئيس البلاد»."""
    bodies = (load("speakers").single(word) for word in words if word not in _STATE)
    return any(body and body.tag == "organisation" for body in bodies)


def _is_nested(made: Attribution, before: Sequence[Attribution]) -> bool:
    """Tell whether an attribution stands inside the content of an earlier one."""
    return any(other.content.contains(made.cue) for other in before[-6:])


def _is_aside(made: Attribution, near: Sequence[Attribution]) -> bool:
    """Tell «تقول المنظمة - بحسب الوكالة - إن»: the one who passes it on does not go on speaking."""
    return made.rule == "according-to" and any(o is not made and o.content == made.content for o in near)


def _agrees(speaker: _Speaker, made: Attribution) -> bool:
    if made.number == "plural":
        return speaker.number == "plural" or speaker.tag == "people" or (speaker.number is None and not speaker.tag)
    if speaker.number == "plural" and made.gender == "m":
        return False
    if made.gender and speaker.gender:
        return made.gender in (speaker.gender, speaker.verb_gender)
    if speaker.number == "plural" or speaker.tag == "people":
        # «مصادر» takes a feminine verb, «مسؤولون» never does
        return made.gender != "m" and not speaker.head.endswith(("ون", "ين"))
    return True


def _dropped(
    article: _Article,
    made: Attribution,
    before: Sequence[Attribution],
    speakers: Sequence[_Speaker | None],
    register: _Register,
) -> tuple[_Speaker | None, str]:
    pairs = [(a, s) for a, s in zip(before, speakers, strict=True) if s is not None]
    if made.subject in ("inside", "first-person"):
        for other, speaker in reversed(pairs):
            if other.content.contains(made.cue):
                return speaker, "enclosing"
    same = [(a, s) for a, s in pairs if a.sentence == made.sentence]
    level = [(a, s) for a, s in same if not _is_nested(a, [b for b, _ in same]) or a.content.contains(made.cue)]
    for _, speaker in reversed(level):
        if _agrees(speaker, made):
            return speaker, "same-sentence"
    if made.subject == "participle" and level:
        nested = next((s for _, s in reversed(same) if _agrees(s, made)), None)  # وصفتها الوزارة بكذا، متعهدة
        return nested or level[-1][1], "same-sentence"
    view = article.view(made.sentence)
    cue, _ = view.tokens.inside(made.cue)
    relative = bool(cue) and view.tag(cue - 1) == "relative"
    if not relative and (topic := _nominal_topic(view, cue)):
        speaker, _ = register.add(topic, made.gender, None)
        if _agrees(speaker, made):
            return speaker, "sentence-topic"
    if made.number == "dual" and (pair := _pair(article, view, cue)):
        return register.add(pair, None, "dual")[0], "sentence-subject"
    if not relative and (known := _spoken_of(view, cue, made, register)):
        return known, "sentence-topic"
    if made.rule == "according-to" and register.recent and _agrees(register.recent[-1], made):
        return register.recent[-1], "last-speaker"  # عبرت القافلة النفق، على حد قوله
    for span, gender, number in _sentence_subjects(article, view, cue):
        speaker, _ = register.add(span, gender, number)
        if _agrees(speaker, made):
            return speaker, "sentence-subject"
    if cue <= 3 and not same and (subject := _subject_of_previous(article, made, before)):
        speaker, _ = register.add(subject, made.gender, None)
        if _agrees(speaker, made):
            return speaker, "previous-sentence"
    if made.number == "plural":
        plural = article.plural_before(view.sentence, made.cue.start)
        if plural:
            speaker, _ = register.add(plural[0], None, "plural")
            return speaker, "plural-before"
    for speaker in reversed(register.recent):
        if _agrees(speaker, made):
            return speaker, "last-speaker"
    if made.gender in ("m", "f") and (person := article.person_before(made.cue.start, made.gender)):
        speaker, _ = register.add(person, made.gender, None)
        return speaker, "person-before"
    uncertain = [s for s in register.recent if not s.tag]
    return (uncertain[-1], "last-speaker") if uncertain else (None, "")


def _nominal_topic(view: View, cue: int) -> Span | None:
    """Return the person whom a sentence opens with: «المدرب الفرنسي، فلان، بدا أقل حدة، إذ أقر»."""
    head = view.speaker(0)
    if head is None or head.tag != "person" or not is_definite(view.keys[0]):
        return None
    stop = read_subject(view, 0, cue)
    return phrase_span(view, 0, stop) if 1 < stop < cue - 1 else None


def _pair(article: _Article, view: View, cue: int) -> Span | None:
    """Return the two who are joined before a dual verb: «هيئة الأسرى ونادي الأسير … وحمّلا»."""
    heads = [k for k, _ in article.heads_before(view, view.tokens.starts[cue])]
    for n, second in enumerate(heads):
        found = load("speakers").find(view.tokens, second)
        if not found or not found.proclitics.startswith("و") or found.entry.surface == "أحد":  # واحد
            continue
        holding = [
            first for first in heads[n + 1 : n + 10] if second - first < 9 and read_subject(view, first, cue) > second
        ]
        if holding:
            return phrase_span(view, holding[-1], _tight(view, second, read_subject(view, second, cue)))
    return None


def _subject_of_previous(article: _Article, made: Attribution, before: Sequence[Attribution]) -> Span | None:
    """Return whom the sentence before is about, when nobody speaks in it: «ولا يوافقها المدير فلان. فقد قال إن»."""
    index = made.sentence - 1
    if index < 0 or any(a.sentence == index for a in before[-4:]):
        return None
    if article.sentences[index].paragraph != article.sentences[made.sentence].paragraph:
        return None
    view = article.view(index)
    for k in range(min(len(view.keys), 8)):
        head = view.speaker(k) if not k or not may_begin(view.keys[k - 1]) else None  # «13 مليون شخص» speaks not
        if head and head.tag in ("person", "organisation") and not view.tag(k) and head.value == made.gender:
            found = load("speakers").find(view.tokens, k)
            stop = read_subject(view, k, len(view.keys))
            if found and found.proclitics in ("", "ال", "و", "وال") and stop - k > 1:
                return phrase_span(view, k, stop)
            return None
    return None


def _spoken_of(view: View, cue: int, made: Attribution, register: _Register) -> _Speaker | None:
    """Return a known speaker named in the sentence before the cue: «في تغريدة للحداد، حيث قال»."""
    persons = [s for s in register.recent if s.head and s.tag in ("", "person") and _agrees(s, made)]
    if not persons:
        return None
    here = {_strip(key) for key in view.keys[:cue]} | {_strip(k[1:]) for k in view.keys[:cue] if k[0] in "بل"}
    for speaker in reversed(persons):
        if any(not _is_title(w) and len(w) > 2 for w in speaker.words & here):
            return speaker
    return None


def _sentence_subjects(article: _Article, view: View, cue: int) -> Iterator[tuple[Span, str | None, str | None]]:
    """Yield what may be the subject of a sentence before a cue: behind its first verb, then nearest to the cue.

    «ونشر الحزب سلسلة تغريدات، إذ اعتبر»، «تصريحات للجنرال التي قال فيها».
    """
    first = _first_word(view, cue)
    if view.tag(0) == "clause" and (comma := next((k for k in range(first, cue) if view.keys[k] in COMMAS), 0)):
        main = comma + 2  # وبينما التزم النادي الصمت، سارع | رئيسه إلى الرفض، واصفاً
        first = comma + 1 if main < cue and view.speaker(main) and read_subject(view, main, cue) > main else first
    if first + 1 < cue and _may_hold_subject(view, first):
        nominal = bool(view.speaker(first)) or is_definite(view.keys[first])
        start = first if nominal else first + 1
        if not view.tag(start) and not _is_object(view, start):
            stop = read_subject(view, start, cue)
            head = view.speaker(start)
            if head and head.tag != "person":
                stop = _tight(view, start, stop)
            key = view.keys[first].removeprefix("و")
            gender = None
            if not nominal:
                gender = "f" if key.endswith("ت") or key.startswith("ت") else "m"
            if stop > start:
                yield phrase_span(view, start, stop), gender, None
    for k, head in article.heads_before(view, view.tokens.starts[cue]):
        if k <= max(first, cue - 25):
            break
        if head.tag not in ("person", "organisation", "people") or read_cue(view.tokens.words[k]):
            continue
        if load("speakers").find(view.tokens, k) is None:
            continue  # «شريطاً مصوراً»: an accusative is no subject
        if _strip(view.keys[k].lstrip("وبل")) in _PLACES_OF_SPEECH or head.surface in _PLACES_OF_SPEECH:
            continue
        stop = read_subject(view, k, cue)
        if stop > k and not read_finite(view, k):
            number = "plural" if head.value == "p" else None
            yield _without_proclitic(view, k, stop), head.value if head.value in ("m", "f") else None, number


_OPENINGS = ("preposition", "circumstance", "that", "what", "negation", "relative")


def _may_hold_subject(view: View, first: int) -> bool:
    """Tell an opening that a subject may follow or be; not «في المدينة»، nor «سياسياً، جدد المبعوث»."""
    aside = view.tokens.words[first].light.endswith("يا") and view.keys[first + 1] in COMMAS
    return not aside and view.tag(first) not in _OPENINGS


def _is_object(view: View, k: int) -> bool:
    """Tell what follows a verb and is no subject: «تلقيت اتصالاً»، «ردّ بكلمة»."""
    key = view.keys[k]
    head = view.speaker(k)
    if view.tokens.words[k].light.endswith("ا") and len(key) > 4 and not is_definite(key):
        return head is None or head.tag == "document"
    if head:
        return False
    if is_definite(key) and is_masdar(key.removeprefix("ال")):
        return True  # رفض الخوض في التفاصيل
    return key.startswith("ب") and len(key) > 4 and (key[1:].startswith("ال") or key.endswith("ه"))


def _first_word(view: View, limit: int) -> int:
    k = 0
    while k < limit:
        found = view.particle(k)
        if not view.tokens.words[k].is_mark and not (found and found.entry.tag in ("adverb", "auxiliary", "clause")):
            break
        k = found.stop if found else k + 1
    return k


@dataclass(frozen=True, slots=True)
class Actor:
    """Hold somebody the article names: the fullest name, its places, and whether the article lets them speak."""

    name: str
    spans: tuple[Span, ...]
    heard: bool


def find_actors(text: str, views: Sequence[View], sources: Sequence[Source]) -> list[Actor]:
    """Return the bodies and persons an article names by two words or more, or by a name in quotation marks.

    Mentions that share a name are one actor; common nouns alone (المتحدث، السلطات) are none.
    """
    found: dict[str, list[Span]] = {}
    for view in views:
        k = 0
        while k < len(view.keys):
            span, k = _actor_at(view, k)
            if span is None:
                continue
            name = _tidy(span.of(text))
            known = next((n for n in found if same_name(n, name)), None)
            if known is None:
                found[name] = [span]
            elif len(name) > len(known) and len(_content_words(view.tokens_of(span))) <= 8:
                found[name] = [*found.pop(known), span]
            else:
                found[known].append(span)
    names = [s.name for s in sources if s.name != UNKNOWN]
    return [Actor(name, tuple(spans), _is_heard(name, names)) for name, spans in found.items()]


def _is_heard(name: str, speakers: Sequence[str]) -> bool:
    """Tell whether an actor is a speaker, or a part of one's name: «والبحوث (ACR)» of the centre for both."""
    words = content_words(name)
    return any(words <= content_words(speaker) or same_name(name, speaker) for speaker in speakers)


# Heads of phrases that are seldom somebody: إدارة السجون، تنظيم الصفوف، محافظة الشمال.
_NO_ACTORS = frozenset("اداره تنظيم دول دوله محافظه جانب جهه مجموعه عدد قسم جزء بعض احد احدي".split())


def _actor_at(view: View, k: int) -> tuple[Span | None, int]:
    """Return the name that begins at token `k`, or None, and the token to go on from."""
    quotation = view.quotation(k)
    if quotation and quotation.kind == "name" and quotation.closed:
        head = view.speaker(k - 1) if k else None
        if head and head.tag in ("organisation", "media") and not view.tag(k - 1):
            return quotation.inner, view.after(quotation)
    head = view.speaker(k)
    if head is None or head.tag not in ("organisation", "person") or view.tag(k) or k in view.in_time:
        return None, k + 1
    if head.keys[-1] in _NO_ACTORS or read_finite(view, k):
        return None, k + 1
    stop = _plain_name(view, k, min(read_subject(view, k, len(view.keys)), k + 8))
    span = _without_proclitic(view, k, stop)
    if head.tag == "person" and _given_names(view, k, stop) < 2:
        return None, k + 1
    words = sum(not w.is_mark for w in view.tokens.words[k:stop])
    if head.tag == "organisation" and (words < 2 or not _closed_name(view, stop - 1)):
        return None, k + 1
    return span, max(stop, k + 1)


def _plain_name(view: View, first: int, stop: int) -> int:
    """End a name at a preposition, a joined word, a second body, or an indefinite word behind a definite one."""
    for k in range(first + 1, stop):
        key = view.keys[k]
        if view.tag(k) or (key[0] == "و" and len(key) > 3 and view.speaker(k) is None and not is_masdar(key)):
            return k
        if is_definite(key) and (head := view.speaker(k)) and k > first + 1:
            person = head.tag == "person" and k + 1 < stop and not is_definite(view.keys[k - 1])
            if head.tag in ("people", "organisation") or person:
                return k  # التقى الرئيس سامي حداد | المستشارة آنا
    head = view.speaker(first)
    return _tight(view, first, stop) if head and head.tag == "organisation" else stop


def _closed_name(view: View, last: int) -> bool:
    return is_definite(view.keys[last]) or view.tokens.words[last].is_mark or view.keys[last].isascii()


def _given_names(view: View, first: int, stop: int) -> int:
    """Count the words behind a title that can be given names: bare nouns, no title, adjective or verbal noun."""
    words = [view.keys[k] for k in range(first + 1, stop) if not view.tokens.words[k].is_mark]
    return sum(
        not (is_definite(w) or is_masdar(w) or _is_title(w) or (w.startswith(("ل", "ب")) and len(w) > 4) or w in _STATE)
        for w in words
    )
