"""Read the phrases around a cue: where the subject of قال ends, which noun phrase stands before a verb.

Arabic news puts the verb first (قالت الوزارة إن), the subject first (الوزارة قالت إن), or drops it (وأضافت
أن), and fills the space before the content with appositions, addressees, places and dates. There is no
parser here: a phrase is read word by word and ends at the first word that cannot belong to a name.

The particles tagged `whole` are words and names that begin with a ب of their own (بيان، بلدة، بشار): no preposition
is taken off them, and they may stand in a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from analysis.lexicons import Entry, Found, load
from analysis.segment import Quotation, Sentence, quotations_by_sentence
from analysis.text import Span, Tokens
from analysis.verbs import Cue, read_cue

COMMAS = frozenset("،,")
DASHES = frozenset("-–—")
LONGEST_NAME = 16
_NAME_WORDS = frozenset(("hedge", "call", "pledge", "whole", "addressed"))  # particles in other places, words in names


@dataclass(frozen=True, slots=True)
class View:
    """Hold what the rules ask of one sentence: its tokens, the quotations and time expressions in it.

    `quotations` are those that reach into the sentence. `opens` maps the token of an opening mark to its quotation,
    `closes` the offset of a closing mark. `times` maps the token at which a time expression begins to the one after it.
    """

    sentence: Sentence
    tokens: Tokens
    keys: list[str]
    quotations: Sequence[Quotation]
    opens: dict[int, Quotation]
    closes: dict[int, Quotation]
    times: dict[int, int]
    in_time: frozenset[int] = field(default=frozenset())

    def particle(self, i: int) -> Found | None:
        """Return the particle at token `i`, unless the word is another one that folds to it."""
        found = load("particles").find(self.tokens, i)
        if found is None or not _is_another_word(self.tokens, i, found):
            return found
        return None

    def tag(self, i: int) -> str:
        """Return the particle tag of token `i`, or ""."""
        found = self.particle(i)
        return found.entry.tag if found else ""

    def speaker(self, i: int) -> Entry | None:
        """Return the entry of a noun that can head a source (وزير، مصادر، تقرير), with its proclitics off."""
        found = load("speakers").find(self.tokens, i)
        if found is None:
            key = self.tokens.key(i)  # «غير أن سكاناً قالوا»
            return load("speakers").single(key[:-1]) if key.endswith("ا") and len(key) > 4 else None
        if len(found.entry.keys[0]) < 3 and found.proclitics:
            return None  # «باب» is no ب + أب
        return found.entry

    def quotation(self, i: int) -> Quotation | None:
        """Return the quotation that opens at token `i`."""
        return self.opens.get(i)

    def tokens_of(self, span: Span) -> Tokens:
        """Return the tokens of a stretch of the sentence."""
        first, stop = self.tokens.inside(span)
        return self.tokens.part(first, stop)

    def after(self, quotation: Quotation) -> int:
        """Return the token after a quotation's closing mark, or the end of the sentence."""
        return min(self.tokens.inside(quotation.span)[1], len(self.keys))


# Words whose hamza or ya tells them from a particle: الشيخ علي, إمام المسجد.
_LOOKALIKES = {"علي": "علي", "امام": "إمام", "والي": "والي"}


def _is_another_word(tokens: Tokens, i: int, found: Found) -> bool:
    """Tell a name or noun that is spelt like a particle: «حسن علي», «إمام المسجد», «بلدية» (and not ب + لديه)."""
    word = tokens.words[i]
    if _LOOKALIKES.get(word.key) == word.light:
        following = tokens.key(i + 1)
        return word.key != "علي" or _names_ali(tokens, i) or not (following.startswith("ال") or following in _AFTER_ON)
    if "ال" in found.proclitics and found.entry.tag not in _NAME_WORDS:
        return True  # فارس العلي، عبد الله (no ال + له)
    if found.proclitics in ("ب", "ل", "ك"):
        bare = load("speakers").find(tokens, i)
        return bare is not None and not bare.proclitics
    return False


def _names_ali(tokens: Tokens, i: int) -> bool:
    """Tell «المحامي حسن علي أن» by the title one or two words before."""
    lexicon = load("speakers")
    found = [lexicon.find(tokens, k) for k in (i - 1, i - 2) if k >= 0]
    return any(f and f.entry.tag == "person" and not f.proclitics.strip("ال") for f in found)


_AFTER_ON = frozenset("ان انه انها ما هذا هذه ذلك تلك كل اي من انهم".split())


def make_view(sentence: Sentence, quotations: Sequence[Quotation], times: Sequence[Span]) -> View:
    """Return the view of one sentence; `quotations` and `times` may hold those of other sentences too."""
    tokens = sentence.tokens
    ranges = [tokens.touching(t) for t in times if sentence.span.contains(t)]
    return View(
        sentence=sentence,
        tokens=tokens,
        keys=tokens.keys,
        quotations=quotations,
        opens={tokens.inside(q.span)[0]: q for q in quotations if sentence.span.start <= q.span.start},
        closes={q.inner.end: q for q in quotations if q.closed},
        times=dict(ranges),
        in_time=frozenset(i for first, stop in ranges for i in range(first, stop)),
    )


def make_views(
    sentences: Sequence[Sentence], quotations: Sequence[Quotation], times: Sequence[Sequence[Span]]
) -> list[View]:
    """Return the view of each sentence; `times` holds the spans of its time expressions, which belong to no name."""
    near = quotations_by_sentence(sentences, quotations)
    return [make_view(s, quoted, spans) for s, quoted, spans in zip(sentences, near, times, strict=True)]


def is_communication(view: View, i: int) -> bool:
    """Tell whether token `i` names an utterance or its occasion: في بيان، خلال مؤتمر صحفي."""
    return load("communications").find(view.tokens, i) is not None


# Words that begin with the letters of the article and do not carry it.
_ALEF_LAM = frozenset(
    "الي اليه اليها اليهم الا الاف الف الفا الفي الفين الان"
    " التزم التزمت التقت التحق التحقت التمس التقط التقطت الزم الزمت الغت القت".split()
)
_ALEF_LAM_STEMS = (
    "القاء",
    "الغاء",
    "التزام",
    "التحاق",
    "التقاء",
    "التماس",
    "التقاط",
    "التفاف",
    "الحاق",
    "الزام",
    "الماني",
    "الباني",
)


def is_definite(key: str) -> bool:
    """Tell whether a folded word carries the article: «الوزارة»، «للوزارة», not «إلقاء» or «إلى».

    >>> is_definite("الوزاره"), is_definite("القاء"), is_definite("والالتزام")
    (True, False, True)
    """
    bare = key[1:] if key.startswith("وال") else key
    if not bare.startswith(("ال", "لل")):
        return False
    return bare not in _ALEF_LAM and not bare.startswith(_ALEF_LAM_STEMS)


def is_masdar(key: str) -> bool:
    """Tell by its pattern, or by the list of short ones, whether a folded word may be a verbal noun.

    >>> is_masdar("اعتقال"), is_masdar("تشكيل"), is_masdar("استمرارها"), is_masdar("مقتل"), is_masdar("مدينه")
    (True, True, True, True, False)
    """
    for suffix in ("", "هما", "هم", "ها", "ه", "ا"):
        stem = key.removesuffix(suffix) if suffix else key
        if suffix and stem == key:
            continue
        if stem in _short_masdars():
            return True
        if suffix and stem.endswith("ت") and stem[:-1] + "ه" in _short_masdars():
            return True
        if len(stem) == 5 and stem[0] == stem[2] == "ا" and stem[4] == "ه":  # إحالة، إعادة
            return True
        if len(stem) < 5 and not (len(stem) == 4 and stem[0] == "ت"):
            continue
        if stem[0] == "ا" and stem[-2] == "ا" and not is_definite(stem):
            return True
        if stem[0] == "ت" and (stem[-2] == "ي" or (len(stem) == 5 and stem[2] == "ا")):
            return True
        if stem[0] == "م" and stem[2] == "ا" and stem.endswith("ه") and len(stem) == 6:  # محاسبة، مواجهة
            return True
        if stem.startswith("است") or (stem[0] == "ا" and stem.endswith("اه")):
            return len(stem) > 5 and "ا" in stem[3:]
    return False


@cache
def _short_masdars() -> frozenset[str]:
    return frozenset(e.keys[0] for e in load("masdars").entries)


def is_short_masdar(key: str) -> bool:
    """Tell whether a folded word is one of the verbal nouns without a pattern: رد، قتل، مقتل."""
    return key in _short_masdars()


def is_addressee(view: View, i: int) -> bool:
    """Tell whether token `i` opens the one spoken to: قال لوكالة، قالت للصحفيين، لـ«الوكالة».

    «مفوضية الأمم المتحدة لحقوق الإنسان» and «المدير السابق لقناة» go on: there ل belongs to the name.
    """
    key = view.keys[i]
    if view.tag(i) == "addressee" or key in ("ل", "ـ"):
        return True
    if not key.startswith("ل") or len(key) < 4:
        return False
    before = view.keys[i - 1] if i else ""
    if before in ("السابق", "العام", "المدير", "مدير", "رييس", "مراسل", "الاعلي", "التابع", "التابعه", "ممثل"):
        return False
    if is_medium(view, i):
        return True
    if _is_agency(view, i):
        return True
    found = load("speakers").find(view.tokens, i)
    if found is None or not found.proclitics.startswith("ل"):
        return False
    return found.entry.tag in ("people", "media") or found.entry.keys[0] in ("مراسل", "مراسله", "صحفي", "صحافي")


_NAMELESS = frozenset("مصدر مصادر شهود ناشطون سكان".split())


def is_body(view: View, i: int) -> bool:
    """Tell «للمرصد»، «للمنظمة»: a body that nameless sources speak to."""
    found = load("speakers").find(view.tokens, i)
    return bool(found and found.proclitics == "لال" and found.entry.tag == "organisation")


MEDIA = frozenset("وكاله صحيفه جريده مجله قناه اذاعه راديو تلفزيون موقع شبكه برنامج".split())


def _is_agency(view: View, i: int) -> bool:
    """Tell «لرويترز»، «للأناضول»: an agency by its name, one of those in the credits of an article."""
    found = load("furniture").find(view.tokens, i)
    return bool(found and found.proclitics in ("ل", "لال") and found.entry.tag == "agency")


def is_medium(view: View, i: int) -> bool:
    """Tell «لوكالة الأنباء»، «لموقع المدينة»: media that somebody speaks to."""
    found = load("speakers").find(view.tokens, i)
    return bool(found and found.proclitics in ("ل", "لال") and found.entry.keys[0] in MEDIA)


def _joins(view: View, first: int, i: int) -> bool:
    """Tell whether the preposition at `i` goes on with the name that began at `first`."""
    key, following = view.keys[i], i + 1
    if following >= len(view.keys) or following in view.times or is_communication(view, following):
        return False
    if view.tag(following) == "that":
        return False  # حذر التقرير من أن
    head = view.speaker(first)
    if key == "في":  # مصدر في الشرطة، القيادي في حزب الأمل
        inner = view.speaker(following)
        return bool(inner and inner.tag == "organisation") or bool(head and i - first <= 3)
    if key == "من":  # كثير من وسائل الإعلام، عدد من السكان، مصدر من الوزارة
        return i - first <= 1 or bool(view.keys[i - 1] in ("عدد", "كثير", "العديد", "مجموعه", "كل"))
    return key == "عن" and speaks_for(view, i - 1)


_ON_BEHALF = frozenset("مسوول مسووله نايب نايبه مندوب مندوبه ممثل ممثله".split())  # نائب عن حزب الأمل


def speaks_for(view: View, i: int) -> bool:
    """Tell whether عن behind token `i` names a body that somebody sits for: «نائب | عن حزب الأمل»."""
    head = view.speaker(i + 2) if i + 2 < len(view.keys) else None
    body = view.keys[i].endswith("مسوول") or view.keys[i].endswith("مسووله") or (head and head.tag == "organisation")
    return bool(body) and view.keys[i].removeprefix("و").removeprefix("ال") in _ON_BEHALF


def _apposition(view: View, first: int, comma: int, limit: int) -> int:
    """Return the token after «، سلمى حداد» or «، مديرة القسم في المنظمة»; `comma` where none follows."""
    start = comma + 1
    if start >= limit or start in view.times or view.tokens.words[start].is_mark:
        return comma
    head, inner = view.speaker(first), view.speaker(start)
    if head and head.tag == "person" and inner and inner.keys[0] in MEDIA:
        return comma  # أخبر المصدر، وكالة الأنباء، بأن: the one told
    titled = bool(inner and inner.tag == "person")
    named = bool(head and head.tag == "person")
    if (
        asks_for_silence(view, start)
        or load("according_to").find(view.tokens, start)  # يقول متحدث باسم الحزب، وفق ما أوردته الوكالة، إن
        or view.tag(start)
        or not (titled or named)
        or (view.keys[comma - 1] in _SELVES and not view.keys[comma - 1].startswith("باسم"))  # المصدر ذاته، ارتفعت
        or is_communication(view, start)
        or (read_finite(view, start) and not _is_given(view, start))
    ):
        return comma
    stop = start
    longest = 12 if titled else 5
    while stop < limit and stop - start < longest:
        if stop in view.times or view.keys[stop] in COMMAS or view.keys[stop] == ":" or view.quotation(stop):
            break
        tag = view.tag(stop)
        if tag and not (tag == "preposition" and titled and (_joins(view, start, stop) or _placed(view, stop))):
            break
        if stop > start and is_addressee(view, stop):
            break
        stop += 1
    if stop == start or (not titled and _begins_with_ba(view, start)):
        return comma
    return stop


def _is_given(view: View, i: int) -> bool:
    cue = read_cue(view.tokens.words[i])
    return cue is not None and is_given_name(view, i, cue)


def _placed(view: View, i: int) -> bool:
    """Tell «، رئيس غرفة الصيد في البلدة، إن»: a place before the comma that ends an apposition."""
    return view.keys[i] == "في" and any(k in COMMAS for k in view.keys[i + 2 : i + 5])


def _begins_with_ba(view: View, i: int) -> bool:
    """Tell «، بنسبة عشرين» and «، بالرصاص» from a name such as بسام."""
    key = view.keys[i]
    if not key.startswith("ب") or len(key) < 4:
        return False
    return key.startswith("بال") or key.endswith("ه") or is_masdar(key[1:])


def read_finite(view: View, i: int) -> bool:
    """Tell whether token `i` is a finite form of a reporting verb."""
    cue = read_cue(view.tokens.words[i])
    return cue is not None and cue.form != "participle"


def read_subject(view: View, first: int, limit: int) -> int:
    """Return the token after the noun phrase that begins at `first`; `first` itself when none begins there.

    It ends at a time, a quotation of speech, a relative clause, a preposition that opens a circumstance
    (في بيان، خلال), an addressee (للصحفيين), or a comma that no apposition follows.
    """
    k = first
    state = load("states").find(view.tokens, first)
    named_stop = state.stop if state and state.proclitics in ("", "و") else first
    while k < min(limit, first + LONGEST_NAME):
        word = view.tokens.words[k]
        if k in view.times:
            break
        if quotation := view.quotation(k):
            if quotation.kind == "speech" or view.after(quotation) > limit:
                break
            if k > first and not _takes_title(view, first, k):
                break  # «وأبلغ حداد "الفجر"»: the one spoken to
            k = view.after(quotation)
            continue
        if word.is_mark:
            if word.key in "#_." and (k > first or (word.key == "#" and k + 1 < limit)):
                k += 1
                continue
            if word.key == "(":
                close = next((j for j in range(k + 1, min(k + 5, limit)) if view.keys[j] == ")"), 0)
                alias = close and not view.tokens.words[k + 1].is_number and not read_finite(view, k + 1)
                if alias and (close <= k + 3 or view.keys[k + 1].isascii()):  # (جبل)، (بيت الأمل)، (ACR)
                    k = close + 1
                    continue
            if word.key in COMMAS and k > first:
                k = _apposition(view, first, k, limit)
            break
        if word.key == "برتبه" and k > first and k + 1 < limit:  # ضابط برتبة عقيد في الجمارك
            k += 2
            continue
        found = view.particle(k)
        if found:
            tag = found.entry.tag
            if tag == "demonstrative" and k == first and not found.proclitics:
                k = found.stop
                continue
            if tag == "preposition" and k > first and not found.proclitics and _joins(view, first, k):
                k += 1
                continue
            if tag not in _NAME_WORDS:
                break
        if k == named_stop > first and view.speaker(k) is not None:
            break  # أبلغت روما | مجلس الاتحاد أن، قالت كندا | للسلطات إن
        if k > first and (
            is_addressee(view, k)
            or (view.keys[first] in _NAMELESS and is_body(view, k))
            or _breaks_name(view, k)
            or _is_own_speech(view, k)
            or _is_object_masdar(view, k)
            or _is_accusative_object(view, k)
            or asks_for_silence(view, k)
            or _is_own_thing(view, k)
            or (is_definite_deed(view, k) and is_definite(view.keys[k - 1]))
            or key_introduces(view.keys[k])
            or _names_relay(view, k)
        ):
            break
        k += 1
    return k


def _names_relay(view: View, i: int) -> bool:
    """Tell where another source is named: «أعلنت الشركة | وفق خطتها»."""
    found = load("according_to").find(view.tokens, i)
    return found is not None and found.entry.tag == "noun" and not found.proclitics


def _takes_title(view: View, first: int, k: int) -> bool:
    """Tell whether a name in marks at `k` belongs to the phrase: صحيفة "الفجر"، وكالة الأنباء السورية "سانا"."""
    head = view.speaker(first)
    if head is None:
        return not is_definite(view.keys[k - 1])
    return head.tag != "person" or not is_definite(view.keys[k - 1]) or view.speaker(k - 1) is not None


def _breaks_name(view: View, i: int) -> bool:
    """Tell whether token `i` is a reporting verb or participle that cannot stand inside a name."""
    cue = read_cue(view.tokens.words[i])
    if cue is None:
        return False
    if cue.form == "participle":
        return view.speaker(i) is None and cue.number != "dual"
    if is_given_name(view, i, cue):
        return False
    if "noun" in cue.verb.frames and cue.gender == "m":  # «رد»، «كشف»، «ذكر» are nouns as well
        return cue.form == "present" or bool(cue.prefix)
    return True


def is_given_name(view: View, i: int, cue: Cue) -> bool:
    """Tell «المدرب روي»، «المدرب، روي فلان،» from «روى», which many write without its dots."""
    if cue.form != "past" or not (view.tokens.words[i].light.endswith("ي") and cue.verb.surface.endswith("ى")):
        return False
    before = view.speaker(i - 1) if i else None
    named = i > 0 and view.keys[i - 1] in COMMAS and i + 2 < len(view.keys) and view.keys[i + 2] in COMMAS
    return named or (before is not None and before.tag == "person")


def _is_object_masdar(view: View, i: int) -> bool:
    """Tell whether token `i` is what the subject before it did: «أعلن الرئيس دعمه المشروع»."""
    key = view.keys[i]
    if len(key) < 4 or not key.endswith(("ه", "ها", "هم")) or view.tokens.words[i].light[-1] == "ة":
        return False
    return is_masdar(key) and view.speaker(i) is None


def key_introduces(key: str) -> bool:
    """Tell the words that bring in speech behind a subject: «واستطردت النائبة بالقول إن»."""
    return key in ("بالقول", "بقوله", "بقولها", "بقولهم", "قايلا", "قايله")


_SELVES = frozenset("نفسه نفسها نفسهم ذاته ذاتها كله كلها كلهم وحده وحدها عينه عينها باسمه باسمها باسمهم".split())


_DEED_PREPOSITIONS = frozenset("علي عن الي من ب".split())
_MORE_DEEDS = frozenset(
    "القبض العثور السيطره الافراج التوصل الحداد البدء الشروع الكشف الاستيلاء التعاقد الاتفاق".split()
)


def is_definite_deed(view: View, i: int) -> bool:
    """Tell a verbal noun with the article that is what was done: «أعلنت الشرطة | القبض على سبعة»."""
    key = view.keys[i]
    if not key.startswith("ال") or i + 1 >= len(view.keys) or view.speaker(i) is not None:
        return False
    deed = key in _MORE_DEEDS or is_masdar(key[2:])
    return deed and (view.keys[i + 1] in _DEED_PREPOSITIONS or key == "الحداد")


def _is_own_thing(view: View, i: int) -> bool:
    """Tell whether token `i` is an object with the subject's pronoun: «هاجم النائب خصومه»."""
    key, before = view.keys[i], view.keys[i - 1]
    if not is_definite(before) or is_definite(key) or key[0] in "ولب" or key in _SELVES or view.tag(i):
        return False
    return len(key) > 4 and key.endswith(("ه", "ها", "هم")) and view.tokens.words[i].light[-1] != "ة"


def _is_accusative_object(view: View, i: int) -> bool:
    """Tell whether token `i` is an object: «نشرت الصحيفة مقالاً»، «أصدرت الوزارة بياناً»."""
    light = view.tokens.words[i].light
    if not light.endswith("ا") or is_definite(view.keys[i]):
        return False
    return "\N{ARABIC FATHATAN}" in view.tokens.words[i].surface or is_communication(view, i)


def asks_for_silence(view: View, i: int) -> bool:
    """Tell «مصدر أمني | طلب عدم كشف هويته»، «مصدر | رفض ذكر اسمه»، «مصدر | شريطة عدم الكشف»."""
    key = view.keys[i].removeprefix("و")
    asked = i + 2 if view.tokens.key(i + 1) in ("منا", "مني") else i + 1
    following = view.tokens.key(asked)
    if key == "شريطه":
        return True
    asks = key.startswith(("طلب", "رفض", "فضل", "اشترط", "مفضل", "طالب", "رافض", "مشترط"))
    return asks and following in ("عدم", "الكشف", "كشف", "ذكر", "ان", "حجب", "الا")


def _is_own_speech(view: View, i: int) -> bool:
    """Tell whether token `i` is the speech of the subject before it: «وختم المدير كلامه بأن»."""
    return (
        view.keys[i].endswith(("ه", "ها", "هم"))
        and not is_definite(view.keys[i])
        and is_communication(view, i)
        and (view.tokens.words[i].light[-1] != "ة")
    )


def phrase_span(view: View, first: int, stop: int) -> Span:
    """Lift a phrase to the text, without a glued و of its first word and without marks at its end."""
    while stop - 1 > first and view.tokens.words[stop - 1].is_mark and view.keys[stop - 1] in "،,.-–—:(":
        stop -= 1
    span = view.tokens.span(first, stop)
    for quotation in view.quotations:
        if quotation.inner.start == span.start and quotation.inner.end < span.end:
            return Span(quotation.span.start, span.end)  # "جبهة الإصلاح" المعارضة
    found = load("speakers").find(view.tokens, first)
    key = view.keys[first]
    glued = found.proclitics[:1] in ("و", "ف") if found else key.startswith(("وال", "فال"))
    return Span(span.start + 1, span.end) if glued and len(key) > 3 else span


_OF_THOSE = frozenset("فيها فيه فيهم منهم منها منه لديها لديه".split())


def subject_before(view: View, i: int) -> tuple[int, int] | None:
    """Return the token range of the noun phrase that stands before the verb at `i` in its clause, or None.

    «حداد أوضح أن»، «وكان ناطق باسم الوزارة قد ذكر أن»، «التقارير الواردة من الميدان تشير إلى».
    """
    stop = i
    while stop > 0 and view.tag(stop - 1) == "auxiliary":
        stop -= 1
    quoted = view.closes.get(view.tokens.starts[stop - 1]) if stop else None
    if view.sentence.kind == "headline" and quoted:
        opening = view.tokens.inside(quoted.span)[0]
        if opening > 0 and view.keys[opening - 1] == "و":
            return opening, stop  # «النقابة تدعو إلى إضراب و"الاتحاد" ينفي»
    if view.sentence.kind == "headline" and stop > 2 and (joined := _joined_name(view, stop)):
        return joined, stop  # «معارك جنوب المدينة والمسلحون يعلنون السيطرة»
    k = stop - 1
    after_kana = False
    if k >= 0 and view.keys[k] in COMMAS:
        opening = next((j for j in range(k - 1, -1, -1) if view.keys[j] in COMMAS), -1) + 1
        if opening > 1 and _is_aside(view, opening):  # مصدر، طلب حجب اسمه، أقر
            k = opening - 1
        else:  # وكان حداد، أصر على
            after_kana = view.keys[opening].lstrip("وف") in ("كان", "كانت")
            if not after_kana:
                return None
        stop, k = k, k - 1
    while k >= 0:
        word = view.tokens.words[k]
        if k in view.in_time:
            k -= 1
            continue
        if quotation := view.closes.get(view.tokens.starts[k]):
            opening = view.tokens.inside(quotation.span)[0]
            if quotation.kind == "speech" or opening < 0 or opening > k or stop - opening > LONGEST_NAME:
                break
            k = opening - 1
            continue
        if word.is_mark and word.key not in "#_()":
            break
        phrase = view.particle(k - 1) if k else None
        if phrase and phrase.stop > k:
            break  # من جهته | أكد الوزير
        if view.keys[k] in _OF_THOSE:  # لكن قيادياً فيها لمّح
            k -= 1
            continue
        if view.tag(k) in ("that", "clause", "adverb", "auxiliary", "relative", "negation", "what", "pronoun"):
            break
        if read_finite(view, k) and _breaks_name(view, k):
            break
        k -= 1
    first = k + 1
    while first < stop and (
        first in view.in_time
        or view.keys[first] == "و"  # «و أعلن»
        or (view.tokens.words[first].is_mark and view.keys[first] != "#")
    ):
        first += 1
    if first >= stop or stop - first > LONGEST_NAME:
        return None
    head = next((j for j in range(first, stop) if view.speaker(j) and not view.tag(j)), None)
    if head is not None and head != first and not _is_idafa(view, first, head):
        first = head
    if view.tag(first) in ("preposition", "circumstance", "what") or view.tag(first) == "addressee":
        return None
    occasion = first and view.tag(first - 1) == "preposition" and is_communication(view, first)
    if occasion or is_medium(view, first):  # وفي تصريح لجريدة «النهر» | أوضح حداد أن
        return None
    if head is None and stop - first > 4 and not after_kana:
        return None
    return first, stop


def _joined_name(view: View, stop: int) -> int:
    """Return where a name of definite words that و joins to a headline begins, or 0: «… والدفاع المدني ينفي»."""
    k = stop - 1
    while k > 1 and is_definite(view.keys[k]) and not view.keys[k].startswith("وال"):
        k -= 1
    return k if view.keys[k].startswith("وال") and len(view.keys[k]) > 5 else 0


def _is_aside(view: View, i: int) -> bool:
    """Tell what is said of a subject between commas: «، وهو مهندس، »، «، صدر أمس، »، «، في بيان، »."""
    told = view.keys[i] in ("وهو", "وهي", "وهم", "صدر", "صدرت", "نشر", "نشرت")
    return told or asks_for_silence(view, i) or view.tag(i) in ("preposition", "circumstance")


def _is_idafa(view: View, first: int, head: int) -> bool:
    """Tell whether the words before the first known head still belong to the phrase: «مواقع الحزب»."""
    return head - first == 1 and is_definite(view.keys[first]) is False and view.sentence.kind == "headline"
