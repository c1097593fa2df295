"""Find the source of a reporting verb: behind it, before it, in the noun of a relative clause, or nowhere.

Arabic news puts the verb first (قالت الوزارة إن), the subject first (الوزارة قالت إن), or drops it (وأضافت أن). Between
verb and subject stand adverbs, times, the one spoken to (قال لوكالة الأنباء مسؤول) and the occasion (في تصريح).
"""

from __future__ import annotations

from analysis.lexicons import load
from analysis.phrases import (
    COMMAS,
    View,
    is_communication,
    is_definite,
    is_medium,
    phrase_span,
    read_finite,
    read_subject,
    subject_before,
)
from analysis.text import Span
from analysis.verbs import Cue, read_cue


def is_nisba(key: str) -> bool:
    """Tell whether a folded word looks like an adjective of relation: أوروبي، أوروبية."""
    return key.endswith(("ي", "يه")) and len(key) > 5


def is_accusative(key: str) -> bool:
    """Tell whether a noun right after the verb is its object: «فينصح المواطنين»، never «المواطنون»."""
    return (key.startswith("ال") and key.endswith("ين") and len(key) > 6) or key in ("الناس", "الجميع")


def subject_stands_before(view: View, i: int, cue: Cue) -> bool:
    before = subject_before(view, i)
    if before is None:
        return False
    if _agrees(view, before[0], cue):
        return True
    opening = view.tag(before[0] - 1) if before[0] else "clause"
    return opening == "clause" and view.speaker(before[0]) is None  # لكن جماعة الجبل كذّبت الرواية


def after_interruptions(view: View, j: int) -> int:
    """Skip what stands between a verb and its subject: adverbs, «له»، «لـ"الوكالة"»، a time, a comma."""
    n = len(view.keys)
    while j < n:
        if j in view.times:
            j = view.times[j]
            continue
        found = view.particle(j)
        if found and found.entry.tag in ("adverb", "addressee"):
            j = found.stop
            if j < n and found.entry.tag == "addressee" and (quotation := view.quotation(j)):
                j = view.after(quotation)
            continue
        head = load("speakers").find(view.tokens, j)
        if head and head.proclitics.startswith("ل") and (head.entry.tag != "organisation" or is_medium(view, j)):
            j = _addressee_stop(view, j)  # قال لمخرج الفيلم إن
            continue
        opens = found is not None and found.entry.tag in ("preposition", "circumstance")
        if opens and j + 1 < n and is_communication(view, j + 1):
            k = _occasion_stop(view, j)
            if k:
                j = k  # قال في تصريح لقناة محلية عضو المجلس إن
                continue
        if view.keys[j] in COMMAS:
            j += 1
            continue
        return j
    return j


def _addressee_stop(view: View, j: int) -> int:
    """Return the token after the one spoken to, which the subject may follow: «قال لوكالة الأنباء | مسؤول»."""
    stop = read_subject(view, j, len(view.keys))
    for k in range(j + 1, stop):
        head = view.speaker(k)
        closed = is_definite(view.keys[k - 1]) or view.keys[k - 1].endswith(("يه", "ي"))
        if head and head.tag in ("person", "people") and closed and not is_definite(view.keys[k]):
            return k
    return stop


def _occasion_stop(view: View, j: int) -> int:
    """Return where the subject begins behind «في تصريح لقناة محلية», 0 when none does before the content."""
    for k in range(j + 2, min(len(view.keys), j + 12)):
        if view.tokens.words[k].is_mark or view.tag(k) in ("that", "clause", "relative"):
            return 0
        found = load("speakers").find(view.tokens, k)
        closed = is_definite(view.keys[k - 1]) or view.keys[k - 1].endswith(("يه", "ي", "ه"))
        if not found or found.entry.surface == "أحد":  # في منشور على أحد المواقع
            continue
        if found.proclitics in ("", "ال") and found.entry.tag in ("person", "people") and closed:
            return k
    return 0


def find_source(view: View, i: int, cue: Cue, limit: int) -> tuple[Span | None, str]:
    """Return the mention of a finite verb's source before token `limit`, and how it stands to the verb."""
    if cue.person == 1:
        return None, "first-person"
    first = after_interruptions(view, i + 1)
    of_antecedent = i and not cue.pronoun and cue.verb.frames & {"call", "accuse"} and view.tag(i - 1) == "relative"
    if of_antecedent and not _points_back(view, i, limit) and (found := _antecedent(view, i - 1, cue))[0]:
        head = view.speaker(view.tokens.inside(found[0])[0])
        if head and head.tag != "document":
            return found  # المحافظ، الذي ناشد المنظمات البقاء
    called = cue_is_inside_what(view, i) and first < limit and view.quotation(first) is not None  # ما سماه «الرد»
    if view.sentence.kind == "headline" and "call" in cue.verb.frames and not cue.prefix and i:
        before = subject_before(view, i)  # «البلدية تدعو سكان الحي إلى الإخلاء»
        if before and _agrees(view, before[0], cue):
            return phrase_span(view, *before), "subject-first"
    # A verb before its subject is singular: what follows «قالوا» is no subject.
    if first < limit and cue.number not in ("plural", "dual") and not called:
        stop = read_subject(view, first, limit)
        if stop > first and not _is_no_subject(view, first, cue):
            return find_issuer(view, first, stop, limit) or phrase_span(view, first, stop), "verb-first"
        if view.tag(first) == "relative":  # ويعتبر الذين يدعمون التعديل، أن
            stop = next((k for k in range(first, limit) if view.keys[k] in COMMAS), limit)
            return phrase_span(view, first, stop), "verb-first"
    if cue_is_inside_what(view, i):
        return None, "inside"
    if cue.pronoun and i and view.tag(i - 1) == "relative":
        return None, "dropped"  # «النزاع، والذي وصفه بأنه»: the pronoun is the noun's
    if (i and view.tag(i - 1) == "relative") or (
        i > 1 and view.tag(i - 1) == "auxiliary" and view.tag(i - 2) == "relative"
    ):
        relative = i - 1 if view.tag(i - 1) == "relative" else i - 2
        return _antecedent(view, relative, cue)
    if cue.prefix == "ف" and (topic := _topic(view, i)):
        return topic, "subject-first"
    if cue.prefix and i:
        return None, "dropped"
    before = subject_before(view, i) if i else None
    if before and _agrees(view, before[0], cue):
        return find_issuer(view, *before, i) or phrase_span(view, *before), "subject-first"
    return None, "dropped"


_ISSUED = frozenset(
    verb + pronoun
    for verb in (
        "اصدر اصدرت نشر نشرت اجر اجرت اعد اعدت اعلن اعلنت وضع وضعت انجز انجزت ذكر ذكرت اورد اوردت قدم قدمت جمع جمعت"
    ).split()
    for pronoun in ("ه", "ها", "اه", "اها", "ته", "تها")
)


_ELATIVES = frozenset("اخر احدث اول".split())  # أحدث حصيلة صادرة عن الوزارة
_ISSUED_BY = frozenset("صادر صادره الصادر الصادره صدر صدرت".split())


def find_issuer(view: View, first: int, stop: int, limit: int | None = None) -> Span | None:
    """Return who issued a document: «دراسة أجراها باحثون»، «بلاغ صادر عن الديوان»، «تقرير لوزارة الصحة».

    The name ends before token `limit`, where the content begins, if that is given.
    """
    limit = len(view.keys) if limit is None else limit
    head = view.speaker(first + 1 if view.keys[first] in _ELATIVES and first + 1 < stop else first)
    if head is None or head.tag != "document":
        return None
    for k in range(first + 1, min(stop + 1, len(view.keys))):
        found = load("speakers").find(view.tokens, k)
        if found and found.proclitics in ("ل", "لال") and found.entry.tag in ("organisation", "people"):
            after = read_subject(view, k, limit)  # بيان للخلية، تقرير لوزارة الصحة
            span = phrase_span(view, k, max(after, k + 1))
            return span if found.proclitics == "لال" else Span(span.start + 1, span.end)
    for k in range(first + 1, min(stop + 2, len(view.keys) - 1)):
        begin = 0
        if view.keys[k] in _ISSUED:
            begin = k + 1
        elif view.keys[k] in _ISSUED_BY and view.keys[k + 1] == "عن":
            begin = k + 2
        if begin and (after := read_subject(view, begin, len(view.keys))) > begin:
            return phrase_span(view, begin, after)
    return None


def _points_back(view: View, i: int, limit: int) -> bool:
    """Tell «القرار الذي دعا النواب إلى رفضه»: the noun is what they speak of."""
    words = view.tokens.words[i + 1 : limit + 2]
    return any(w.key.endswith(("ه", "ها", "هم")) and not w.light.endswith("ة") and len(w.key) > 3 for w in words)


def _topic(view: View, i: int) -> Span | None:
    """Return the topic of «أما ابنته هند، التي تدرس في العاصمة، فترى أن»."""
    for k in range(i - 2, -1, -1):
        if view.keys[k] in ("اما", "واما") and (k == 0 or view.keys[k - 1] in COMMAS):
            stop = read_subject(view, k + 1, i)
            return phrase_span(view, k + 1, stop) if stop > k + 1 else None
    return None


_OFTEN = frozenset("عاده غالبا كثيرا دايما سرعان نادرا وعاده وغالبا وكثيرا".split())  # عادة ما تتهم


def cue_is_inside_what(view: View, i: int) -> bool:
    """Tell whether a verb stands in «ما وصفه بـ» or «من قال إنهم»: its speaker is the one who uses the words."""
    if not i or (i > 1 and view.keys[i - 1] == "ما" and view.keys[i - 2] in _OFTEN):
        return False
    return view.keys[i - 1] in ("ما", "بما", "لما", "من", "مما", "عما")


# What may follow a verb and is no subject: «قال قائلاً», «تحدث شريطة عدم الكشف عن اسمه».
_NO_SUBJECTS = frozenset("شريطه بشرط بالقول بقوله بقولها عدم قايلا قايله قوله قولها حديثه كلامه الي نفيه نفيها".split())


def _is_no_subject(view: View, first: int, cue: Cue) -> bool:
    key = view.keys[first]
    if key[0].isdigit() and not (first + 1 < len(view.keys) and view.speaker(first + 1)):
        return True  # «وثقت 9500 حالة»
    if view.tag(first) in ("preposition", "circumstance", "clause", "negation", "auxiliary", "relative"):
        return True
    return key in _NO_SUBJECTS or ("call" in cue.verb.frames and is_accusative(key))


_AGREEMENT = {"ms": ("m", None), "fs": ("f", None), "mp": (None, "plural"), "d": (None, "dual"), "fp": ("f", "plural")}


def _antecedent(view: View, relative: int, cue: Cue) -> tuple[Span | None, str]:
    """Return the noun before الذي when the verb agrees with it; «أفلام التي يقول» has another subject."""
    found = view.particle(relative)
    gender, number = _AGREEMENT[found.entry.value] if found else (None, None)
    if (gender and cue.gender and gender != cue.gender) or (number == "plural") != (cue.number == "plural"):
        return None, "dropped"
    stop = _before_addressee(view, relative)
    while stop and view.tokens.words[stop - 1].is_mark:
        stop -= 1
    first = stop
    while first > 0 and stop - first < 8:
        k = first - 1
        if view.tokens.words[k].is_mark or (view.tag(k) and view.tag(k) not in ("demonstrative", "whole")):
            break
        if read_cue(view.tokens.words[k]) and read_finite(view, k):
            break
        first = k
    if stop == relative and stop and is_definite(view.keys[stop - 1]):
        # «نفت الحكومة | صحة الأنباء التي تحدثت»: back to the noun before it
        k = stop - 1
        while k > first and is_definite(view.keys[k]) and is_nisba(view.keys[k]) and view.speaker(k) is None:
            k -= 1
        while k > first and not is_definite(view.keys[k - 1]):
            k -= 1
        first = k if any(view.speaker(j) for j in range(k, stop)) else first
    heads = [k for k in range(first, stop) if view.speaker(k)]
    fitting = [k for k in heads if (known := view.speaker(k)) and gender and known.value == gender]
    head = next(iter(fitting or heads), first)
    if head >= stop:
        return None, "dropped"
    return phrase_span(view, head, stop), "antecedent"


def _before_addressee(view: View, i: int) -> int:
    """Go back over the medium spoken to: «روى المحافظ لـ"النهر"، الذي ناشد»."""
    comma = i - 1 if i and view.keys[i - 1] in COMMAS else i
    quotation = view.closes.get(view.tokens.starts[comma - 1]) if comma else None
    opening = view.tokens.inside(quotation.span)[0] if quotation else 0
    return opening - 1 if opening > 1 and view.keys[opening - 1] in ("ل", "لـ") else i


def _agrees(view: View, first: int, cue: Cue) -> bool:
    """Tell whether the head of a phrase before the verb can be its subject."""
    head = view.speaker(first)
    if cue.number in ("plural", "dual"):
        return head.value in ("p", "d") if head else view.keys[first].endswith(("ون", "ين", "ان", "ات"))
    if head is None:
        key = view.keys[first]
        return not (cue.gender == "f" and is_definite(key) and not key.endswith(("ه", "ات", "ا", "ي", "ن")))
    return head.value == cue.gender or (head.value == "p" and cue.gender == "f")
