"""Find where the content of a reporting verb begins, in one of the frames of the verb.

A frame is what the verb takes: أن, a preposition (حذر من، دعا إلى، كشف عن، طالب بـ), a quotation, or an object (أعلنت
الشرطة إغلاق الجسر). Appositions, asides between commas and relative clauses stand between verb and content.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.lexicons import load
from analysis.numerals import may_begin, may_modify
from analysis.phrases import (
    COMMAS,
    DASHES,
    View,
    asks_for_silence,
    is_communication,
    is_definite,
    is_definite_deed,
    is_masdar,
    is_short_masdar,
    read_subject,
)
from analysis.refusals import is_homograph, is_refused, surface
from analysis.segment import Quotation
from analysis.subjects import after_interruptions, is_accusative, is_nisba, subject_stands_before
from analysis.text import Remembered
from analysis.verbs import Cue, Verb, may_be_marked, read_cue

REACH = 60  # tokens between a cue and its content: long appositions and relative clauses stand between


_FRAME_PREPOSITIONS = {"الي": "to", "علي": "on", "عن": "about", "من": "from", "في": "in"}


ENDS = frozenset(".؟!؛?;…")


# The cues that are no verbs: «وجاء في بيان» and the colon of a headline.
_NO_CUE = Cue(Verb("", "say", "statement", frozenset()), "past", None, None, 3)


@dataclass(frozen=True, slots=True)
class Complement:
    """Hold where a content begins: its offset, the token there, the frame, and its end where a mark ends it."""

    start: int
    token: int
    frame: str
    end: int | None = None


def find_complement(view: View, i: int, cue: Cue) -> Complement | None:
    """Return where the content of the cue at token `i` begins, in one of the frames of its verb."""
    frames, keys = cue.verb.frames, view.keys
    limit = min(len(keys), i + REACH)
    relative = False
    found: Complement | None = None
    j = i + 1
    while j < limit:
        if j in view.times:
            j = view.times[j]
            continue
        if quotation := view.quotation(j):
            if _opens_speech(view, i, j, quotation, frames):
                found = quoted_speech(quotation, j)
                break
            j = view.after(quotation)
            continue
        key = keys[j]
        if relative:
            relative = key not in COMMAS and key not in DASHES and key != ":"
            j += 1
            continue
        if not _may_open_or_end[key]:
            j += 1
            continue
        if keys[j - 1] in COMMAS and (key == "دون" or keys[j : j + 2] == ["من", "دون"]):
            j = next((k for k in range(j, limit) if keys[k] in COMMAS), limit)
            continue  # أضاف المسؤول، دون أن يحدد موعداً، أن
        relays = _may_name_relay[key] and (key == "نقلا" or keys[j - 1] in COMMAS)
        if j > i + 1 and relays and (aside := load("according_to").find(view.tokens, j)):  # كشفت، نقلاً عن مصادر، أن
            j = aside.stop + (view.keys[aside.stop : aside.stop + 1] == ["عن"])
            j = read_subject(view, j, limit) if j < limit else limit
            continue
        if key == ":":
            found = after_colon(view, j)
            break
        if key in ENDS:
            if key in ".…" and _headline_pause(view, i, j):
                found = _after_pause(view, j)
            break
        particle = view.particle(j)
        if particle:
            tag = particle.entry.tag
            if tag == "that" and view.tokens.words[j].light.startswith("إلا"):
                j += 1  # no ألا
                if j < limit and keys[j][0] == "ب" and not view.tag(j) and frames & {"with", "that"}:
                    found = Complement(view.tokens.starts[j] + 1, j, "with")  # «لم تعترف إلا بمقتل»
                    break
                continue
            if tag == "that":
                if particle.proclitics == "و" or keys[j - 1] in _CAUSES:
                    j += 1
                    continue
                if _takes_that(view, i, j, cue):
                    found = that_clause(view, j, particle.proclitics)
                    break
            if tag == "clause" and not _adds_speaker(view, j):
                break
            if tag == "relative":
                if j == i + 1:
                    tag = ""  # «ويعتبر الذين يدعمون … أن»: the clause is the subject
                relative = tag == "relative" and keys[j - 1] in COMMAS
        if j > i + 1 and _is_other_clause(view, j):
            break
        if key in _ASSERTING and cue.verb.surface == "قال" and not any(k in COMMAS for k in keys[i + 1 : j]):
            found = Complement(view.tokens.starts[j], j, "that")  # قال الوزير لقد تم
            break
        if frame := _preposition_frame(view, i, j, cue):
            found = frame
            break
        if key in _INTRODUCERS and (nested := _complement_from(view, j, limit)):
            found = nested
            break
        j += 1
    return _nearer_object(view, i, cue, found)


_ASSERTING = frozenset(("لقد", "اننا"))
_INTRODUCERS = frozenset(("قايلا", "قايله", "قايلين", "بالقول", "بقوله", "بقولها"))


@Remembered
def _may_open_or_end(key: str) -> bool:
    """Tell from a folded word alone whether a content can begin at it, or the search for one end there."""
    marks = key in (":", "دون") or key in ENDS or key[0] == "ب" or key.startswith("لل") or key in _FRAME_PREPOSITIONS
    words = key in _ASSERTING or key in _INTRODUCERS or may_be_marked(key)
    return marks or words or load("particles").may_begin(key) or load("according_to").may_begin(key)


@Remembered
def _may_name_relay(key: str) -> bool:
    return load("according_to").may_begin(key)


# «خاصة أن»، «بشرط أن»: the clause belongs to these, not to a verb before.
_CAUSES = frozenset("خاصه خصوصا سيما علما رغم بسبب شرط بشرط شريطه بحجه بدعوي حيث كون لدرجه".split())


def _adds_speaker(view: View, j: int) -> bool:
    """Tell «يطالب الوزير كما نظيره باتخاذ» from the clause of «كما قال الوزير»."""
    following = j + 1
    return view.keys[j] == "كما" and following < len(view.keys) and view.speaker(following) is not None


def _takes_that(view: View, i: int, j: int, cue: Cue) -> bool:
    frames = cue.verb.frames
    if "said-that" in frames:
        return j - i <= (9 if cue.verb.surface == "علم" else 5)  # علمت «النهر» من مصادر مطلعة أن
    if "said-to" in frames:  # ويذهب الباحث إلى أن السوق, but «ذهب إلى أن وصل»
        noun = view.keys[j] != "ان" or (j + 1 < len(view.keys) and is_definite(view.keys[j + 1]))
        return view.keys[j - 1] == "الي" and noun
    if "that" in frames:
        if "near" in frames and j - i > 12 and view.keys[j - 1] not in COMMAS:
            return False
        # قال takes إن; an أن before it belongs to what stands between: «قال فلان، بعد أن عاد، إن»
        return not (
            cue.verb.surface == "قال" and view.tokens.words[j].light.startswith(("أن", "بأن")) and _has_inna(view, j)
        )
    if "describe" in frames and view.keys[j].startswith("ب"):
        return True  # وصف القرار بأنه متسرع
    before = view.keys[j - 1] if j else ""
    frame = _FRAME_PREPOSITIONS.get(before, "with" if view.keys[j].startswith("ب") else "")
    return frame in frames or "call" in frames


def _has_inna(view: View, j: int) -> bool:
    return any(w.light.startswith("إن") and len(w.key) <= 5 for w in view.tokens.words[j + 1 : j + 25])


def that_clause(view: View, j: int, proclitics: str) -> Complement:
    """Begin the content at أن itself, after a glued ب: «بأنها جاءت» holds «أنها جاءت»."""
    offset = 1 if proclitics.startswith(("ب", "ل")) else 0
    return Complement(view.tokens.starts[j] + offset, j, "that")


def quoted_speech(quotation: Quotation, j: int) -> Complement:
    return Complement(quotation.inner.start, j, "quote", quotation.inner.end)


def after_colon(view: View, j: int) -> Complement | None:
    if j + 1 >= len(view.keys):
        return None
    quotation = view.quotation(j + 1)
    if quotation and (quotation.kind == "speech" or view.after(quotation) >= len(view.keys) - 1):
        return quoted_speech(quotation, j) if len(quotation.inner) else None
    return Complement(view.tokens.starts[j + 1], j, "quote")  # الشرطة: «النهر» فاض


def _headline_pause(view: View, i: int, j: int) -> bool:
    """Tell whether «..» stands in a headline where a colon would: «الخبراء يؤكدون.. الأسعار سترتفع»."""
    return view.sentence.kind == "headline" and j == i + 1


def _after_pause(view: View, j: int) -> Complement | None:
    while j < len(view.keys) and view.keys[j] in ".…":
        j += 1
    return Complement(view.tokens.starts[j], j, "quote") if j < len(view.keys) else None


def _complement_from(view: View, j: int, limit: int) -> Complement | None:
    """Return what قائلاً or بقوله at token `j` introduces."""
    for k in range(j + 1, min(j + 4, limit)):
        if quotation := view.quotation(k):
            return quoted_speech(quotation, k)
        if view.keys[k] == ":":
            return after_colon(view, k)
        particle = view.particle(k)
        if particle and particle.entry.tag == "that":
            return that_clause(view, k, particle.proclitics)
    return None


def _opens_speech(view: View, i: int, j: int, quotation: Quotation, frames: frozenset[str]) -> bool:
    """Tell whether a quotation is what is said, and not a name in marks: «قالت صحيفة "الفجر" إن»."""
    if not len(quotation.inner) or "describe" in frames or not frames & {"quote", "that", "object-quote"}:
        return False
    if quotation.kind == "speech" and len(quotation.inner) > 25:
        return True
    following = view.after(quotation)
    if any(view.tag(k) == "that" for k in range(following, min(following + 8, len(view.keys)))):
        return False
    if "object-quote" in frames:
        return j - i <= 5
    if "quote" not in frames:
        return False
    if j == i + 1 and following - j > 4 and cue_quotes(view, i):  # يهتفون "عاشت المدينة حرة"
        return True
    return quotation.kind == "speech" or (following >= len(view.keys) - 1 and (j - i > 1 or following - j > 4))


def cue_quotes(view: View, i: int) -> bool:
    """Tell whether the verb at token `i` has no other frame than a quotation: هتف، ردد."""
    cue = read_cue(view.tokens.words[i])
    return cue is not None and cue.verb.frames == frozenset({"quote"})


def _is_other_clause(view: View, j: int) -> bool:
    """Tell whether a verb or participle at `j` takes the content for itself: «، وأضاف»، «، مؤكدة أن»، «تفيد أنه»."""
    cue = read_cue(view.tokens.words[j])
    if cue is None or (cue.verb.surface == "قال" and cue.form == "participle"):
        return False
    if cue.form == "participle":
        other = view.keys[j - 1] in COMMAS and not is_definite(view.keys[j])
    elif cue.prefix:
        noun = "noun" in cue.verb.frames and cue.gender == "m" and cue.form == "past"
        other = not noun or view.tag(j + 1) == "that"
    else:
        other = view.tag(j + 1) == "that" and view.keys[j - 1] not in ("ان", "قد")
        other = other or (view.keys[j - 1] in COMMAS and _has_own_content(view, j) and not is_refused(view, j, cue))
    return other and not is_homograph(view, j)


def _has_own_content(view: View, j: int) -> bool:
    """Tell «…، أكد الوزير أن» from what is said of a speaker between commas: «، نشر اليوم، إن»."""
    for k in range(j + 1, min(j + 20, len(view.keys))):
        if view.keys[k] in COMMAS:
            return False
        if view.tag(k) == "that":
            return True
    return False


def _preposition_frame(view: View, i: int, j: int, cue: Cue) -> Complement | None:
    frames, key = cue.verb.frames, view.keys[j]
    frame = _FRAME_PREPOSITIONS.get(key)
    if frame:
        if frame not in frames or j + 1 >= len(view.keys):
            return None
        if key == "عن" and view.keys[j - 1] in ("الكشف", "كشف", "الافصاح"):
            return None  # تحدث شريطة عدم الكشف عن اسمه
        if key != "عن" and is_communication(view, j + 1):
            return None
        if frame == "from" and _counts_people(view, j):  # حذر عدد من الخبراء من
            return None
        return _after_preposition(view, j, frame)
    if key in ("ب", "بـ") and frames & {"with", "describe", "accuse", "remind"} and j + 1 < len(view.keys):
        quotation = view.quotation(j + 1)
        if quotation and "describe" in frames:
            return quoted_speech(quotation, j)
        return Complement(view.tokens.starts[j + 1], j, "with")
    if cue.verb.surface == "دعا" and j > i + 1 and key.startswith("لل") and is_masdar(key[2:]):  # تدعو السكان للإخلاء
        return Complement(view.tokens.starts[j] + 1, j, "to")
    if frames & {"with", "describe", "accuse", "remind"} and _is_ba_content(view, i, j, cue):
        return Complement(view.tokens.starts[j] + 1, j, "with")
    return None


def _counts_people(view: View, j: int) -> bool:
    return view.keys[j - 1] in ("عدد", "كثير", "العديد", "مجموعه", "مصدر", "مسوول", "اثنان", "واحد", "كل")


def _after_preposition(view: View, j: int, frame: str) -> Complement:
    k = j + 1
    particle = view.particle(k)
    if particle and particle.entry.tag == "that":
        return that_clause(view, k, particle.proclitics)
    if quotation := view.quotation(k):
        if quotation.kind == "speech":
            return quoted_speech(quotation, k)
        return Complement(quotation.span.start, k, frame)
    return Complement(view.tokens.starts[k], j, frame)


def _is_ba_content(view: View, i: int, j: int, cue: Cue) -> bool:
    """Tell whether the word at `j` is بـ and what follows: «طالب باتخاذ»، not «قال باحث» or «بغداد»."""
    key = view.keys[j]
    particle = view.particle(j)
    if (
        not key.startswith("ب")
        or key == "برتبه"
        or j in view.in_time
        or (particle and not (particle.proclitics and particle.entry.tag == "whole"))
    ):
        return False
    if len(key) < 4 and not is_short_masdar(key[1:]):  # يطالب برد
        return False
    found = load("speakers").find(view.tokens, j)
    if found and not found.proclitics:
        return False
    rest = key[1:]
    if j == i + 1 and len(rest) > 4 and found is None and rest[0] in "اتم":
        return True  # يتنبأ بتدهور
    if rest.startswith("ال") or is_masdar(rest) or rest in ("ما", "عدم", "كل", "هذا", "هذه", "ذلك", "مثل", "شعوره"):
        of_subject = rest.startswith("ال") and j == i + 2 and view.speaker(i + 1) and not cue.pronoun
        # «صرح المسؤول بالوزارة» goes on with the subject; «رحبت اللجنة بالمبادرة» has its content
        return not of_subject or "remind" in cue.verb.frames or cue.verb.act != "statement"
    if (
        j > i + 1
        and (found is None or cue.verb.act != "statement")
        and not rest.startswith("ال")
        and j + 1 < len(view.keys)
        and not cue.verb.frames.isdisjoint({"with", "accuse"})
    ):
        follows = view.keys[j + 1]
        if is_definite(follows) or (rest.endswith("ه") and not view.tag(j + 1)) or may_begin(follows):
            return True  # طالب بجدولة الديون، وعدت بحفر ستة آبار
    return not cue.verb.frames.isdisjoint({"describe", "remind"})


def _nearer_object(view: View, i: int, cue: Cue, found: Complement | None) -> Complement | None:
    """Prefer a nominal content that begins before the complement found: «أعلنت الشرطة إغلاق الجسر بعد أن»."""
    frames = cue.verb.frames
    limit = found.token if found else min(len(view.keys), i + 25)
    if "accuse" in frames:
        return _accused(view, i, cue, found, limit)
    if "describe" in frames:
        return _described(view, i, cue, found, limit)
    if "cause" in frames:
        return _cause(view, i)
    if "estimate" in frames and (begun := _estimated(view, i)):
        return begun
    if "blame" in frames:
        k = _blame(view, i)
        if not k:
            return None
        if cue.pronoun:  # وحمّلتها كامل المسؤولية
            k -= view.keys[k - 1] in ("كامل", "كل")
            return Complement(view.tokens.starts[k], k, "object")
        if "lay" in frames:  # ألقت واشنطن باللوم على موسكو
            return Complement(view.tokens.starts[k] + (view.keys[k][0] == "ب"), k, "object")
        first = after_interruptions(view, i + 1)
        if cue.prefix and cue.number and first < k:  # وحمّلا | إدارة السجون المسؤولية
            return Complement(view.tokens.starts[first], first, "object")
        return _blamed(view, i, k) or _object(view, i, cue, limit) or found
    if "claim" in frames:
        for k in range(i + 1, min(i + 12, len(view.keys))):
            if view.keys[k] in ("مسووليه", "المسووليه", "الهجوم", "العمليه", "التفجير", "القرار", "الاعتداء"):
                return Complement(view.tokens.starts[k], k, "object")
        return None
    if "news" in frames and (found is None or found.frame != "quote"):
        return _news(view, i) or found
    if "request" in frames:
        return found or _requested(view, i)
    if "regard" in frames and cue.pronoun and found is None:
        return _regarded(view, i)
    if "marked" in frames and found is None:  # عدّت الوزارة | القرار انتهاكاً
        first = after_interruptions(view, i + 1)
        return _definite_object(view, first, limit) if first < limit else None
    if "object-speech" in frames:
        for k in range(i + 1, min(i + 8, len(view.keys))):
            if view.keys[k : k + 2] == ["الحديث", "عن"]:
                return Complement(view.tokens.starts[k], k, "object")  # رفض الحديث عن صفقة
            if view.keys[k] == "ما" and k + 1 < len(view.keys) and _names_words(view, k + 1):
                return Complement(view.tokens.starts[k], k, "object")  # رفض النادي ما سماه "الضغوط"
            if view.keys[k] in (
                "الاتهامات",
                "اتهامات",
                "التصريحات",
                "المزاعم",
                "الادعاءات",
                "تصريحات",
                "مزاعم",
                "ادعاءات",
            ):
                return Complement(view.tokens.starts[k], k, "object")
        return found
    if "call" in frames and found:
        begun = _object(view, i, cue, limit)
        if begun:
            return replace(begun, frame="call")
        first = after_interruptions(view, i + 1)
        if found.frame == "on" and cue.prefix and first < found.token:
            return Complement(view.tokens.starts[first], first, "call")  # وحث | السكان على الاحتماء
        return found
    if "object" in frames or "express" in frames:
        begun = _object(view, i, cue, limit)
        if begun and (found is None or begun.token < found.token):
            return begun
    if "object-quote" in frames and found is None and cue.form != "present":
        return _object(view, i, cue, limit)
    if "remind" in frames and found and found.frame == "with":
        return found if "ّ" in surface(view, i) or (view.keys[i + 1 : i + 2] and view.speaker(i + 1)) else None
    return found


def _names_words(view: View, i: int) -> bool:
    """Tell the verbs that give another one's words: «ما وصفته بـ»، «ما سماه»."""
    cue = read_cue(view.tokens.words[i])
    return cue is not None and "describe" in cue.verb.frames and cue.pronoun


def _regarded(view: View, i: int) -> Complement | None:
    """Find what somebody is held to be: «واعتبرته الوزارة | خرقاً»، «وعدّها | جريمة»، «صنّفتها اللجنة | من بين»."""
    first = after_interruptions(view, i + 1)
    stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
    for k in range(first, min(stop + 1, len(view.keys))):
        if view.tokens.words[k].is_mark or k in view.in_time or view.speaker(k):
            continue
        if k > first and not is_definite(view.keys[k - 1]):
            continue  # the subject goes on: رئيسة اللجنة
        among = view.keys[k] in ("ضمن", "من", "في") and not is_communication(view, k + 1)
        accusative = view.tokens.words[k].light.endswith(("ا", "ة")) and not view.tag(k)
        if among or (accusative and not is_definite(view.keys[k])):
            return Complement(view.tokens.starts[k], k, "object")
    return None


def _object(view: View, i: int, cue: Cue, limit: int) -> Complement | None:
    """Return where a nominal object begins: at a verbal noun or a second noun phrase after the subject."""
    first = after_interruptions(view, i + 1)
    if first >= limit:
        return None
    if cue.pronoun:
        return None
    alone = cue.form == "participle" or subject_stands_before(view, i, cue) or is_accusative(view.keys[first])
    if first == i + 1 and alone:
        if view.tag(first) in ("preposition", "circumstance", "clause", "adverb", "that", "negation"):
            return None
        return Complement(view.tokens.starts[first], first, "object")
    call = bool(cue.verb.frames & {"call", "accuse", "blame", "describe", "target"})
    aside = _asides(view, first, limit)
    for k in range(first, limit):
        if k in view.in_time or k in aside or (view.quotation(k) and not call):
            continue
        key = view.keys[k]
        if (
            call
            and k - 1 > first
            and k - 2 in aside
            and view.keys[k - 1] in COMMAS
            and (is_definite(key) or view.speaker(k))
        ):
            return Complement(view.tokens.starts[k], k, "object")  # اتهمت النقابة، من جهتها، البلديات بكذا
        if call and k > first and (quotation := view.quotation(k)) and _closes_name(view, k - 1, quotation):
            return Complement(quotation.span.start, k, "object")  # اتهم الناطق، في بيان، "الجماعة" بكذا
        if view.tokens.words[k].is_mark:
            continue
        if view.tag(k) in ("clause", "that", "relative") or key == "نقلا":
            break  # كشفت الصحيفة نقلاً عن مصادر أن
        if k > first and _is_told(view, k):
            return Complement(view.tokens.starts[k], k, "object")  # أكد مصدر طبي عدد القتلى
        if k > i + 1 and cue.verb.act == "announcement" and is_definite_deed(view, k):
            return Complement(view.tokens.starts[k], k, "object")  # أعلنت الشرطة القبض على سبعة
        if k == first:
            own = cue.prefix and "express" in cue.verb.frames and _is_own_feeling(view, k)  # وجدد دعوته الركاب
            foreseen = cue.prefix and cue.gender == "m" and cue.verb.act == "assessment" and _is_indefinite(view, k)
            if own or foreseen or (is_masdar(key) and view.speaker(k) is None and not is_definite(key)):
                return Complement(view.tokens.starts[k], k, "object")
            continue
        if _begins_object(view, k, call) or ("express" in cue.verb.frames and _is_own_feeling(view, k)):
            return Complement(view.tokens.starts[k], k, "object")
    else:
        if "object" in cue.verb.frames and cue.verb.act in ("denial", "accusation", "assessment"):
            return _definite_object(view, first, limit)
    return None


def _is_indefinite(view: View, k: int) -> bool:
    """Tell a feminine noun that a masculine verb cannot have for its subject: «وتوقع | معركة طويلة»."""
    key = view.keys[k]
    return view.tokens.words[k].light.endswith("ة") and not is_definite(key) and not (view.speaker(k) or view.tag(k))


def _closes_name(view: View, k: int, quotation: Quotation) -> bool:
    """Tell whether a quotation behind token `k` is another one's name: «اتهم النائب نادر الحمدي "شركات كبرى"»."""
    if any(word in ("باشد", "باقسي", "بشده") for word in view.tokens_of(quotation.inner).keys[:1]):
        return False  # أدان الحزب الهجوم «بأشد العبارات»
    return view.keys[k] in COMMAS or (is_definite(view.keys[k]) and view.speaker(k) is None)


_TOLD = frozenset("عدد حقيقه نبا خبر حصيله هويه ملابسات تفاصيل موعد حال".split())


def _is_told(view: View, k: int) -> bool:
    """Tell what is announced and is no deed: «أعلنت الحكومة | حال الطوارئ»، «أوضح المصدر | حقيقة الانفجار»."""
    opens = is_definite(view.keys[k - 1]) or view.speaker(k - 1) is None  # an idafa ends at its definite noun
    return view.keys[k] in _TOLD and opens and k + 1 < len(view.keys) and is_definite(view.keys[k + 1])


def _asides(view: View, first: int, limit: int) -> set[int]:
    """Return the tokens between commas that tell where or when: «، في مؤتمر عقده مع نظيره، »."""
    found: set[int] = set()
    k = first
    while k < limit - 1:
        if view.keys[k : k + 2] == ["علي", "لسان"]:  # دعا الرئيس على لسان ناطق باسمه | إلى
            stop = read_subject(view, k + 2, limit) if k + 2 < limit else limit
            found.update(range(k, stop))
            k = max(stop, k + 2)
            continue
        alone = k + 2 < limit and view.keys[k + 2] in COMMAS and view.tokens.words[k + 1].light.endswith("ا")  # ختاماً
        opens = alone or view.tag(k + 1) in ("preposition", "circumstance", "adverb") or asks_for_silence(view, k + 1)
        opens = opens or load("according_to").find(view.tokens, k + 1) is not None
        if view.keys[k] in COMMAS and opens:
            stop = next((j for j in range(k + 2, limit) if view.keys[j] in COMMAS), limit)
            if stop < limit or limit < len(view.keys):
                found.update(range(k, stop))
            k = stop
            continue
        k += 1
    return found


def _is_own_feeling(view: View, k: int) -> bool:
    """Tell what a speaker shows: «أبدى المدرب، فلان، ثقته في»."""
    key = view.keys[k]
    own = key.endswith(("ه", "ها", "هم")) and view.tokens.words[k].light[-1] != "ة" and len(key) > 3
    return own and not is_definite(key) and view.speaker(k) is None and not view.tag(k)


def _definite_object(view: View, first: int, limit: int) -> Complement | None:
    """Find the last noun of the first run of definite words: «نفت الوزارة | الشائعات»."""
    k = first
    while k < limit and not is_definite(view.keys[k]):
        if view.tag(k) or view.tokens.words[k].is_mark or k in view.in_time:
            return None
        k += 1
    stop = k
    while stop < limit and is_definite(view.keys[stop]) and not view.tag(stop):
        stop += 1
    last = stop - 1
    while last > k and is_nisba(view.keys[last]):
        last -= 1
    bare = k > first and all(view.speaker(j) is None for j in range(first, k))
    if last > k or (bare and last == k and k < limit):
        return Complement(view.tokens.starts[last], last, "object")
    return None


def _begins_object(view: View, k: int, call: bool) -> bool:
    """Tell whether a second noun phrase begins at token `k`, behind the subject.

    An idafa ends at its first definite noun, so «وزارة الداخلية | إلقاء القبض»، «المركز العربي | الدول».
    """
    if view.keys[k].startswith("لل"):
        return False  # الأمين العام للمنظمة
    key, before = view.keys[k], view.keys[k - 1]
    closed = (
        is_definite(before)
        or before in COMMAS
        or before in ')”"»'
        or k - 1 in view.in_time
        or view.tag(k - 1) == "adverb"
        or before.endswith(("ي", "يه"))
        or (before.endswith("ون") and len(before) > 4)  # the ن of a plural is not written before a second noun: محللون
        or (view.speaker(k - 1) is None and not is_masdar(before))
    )
    if view.tag(k - 1) in ("preposition", "circumstance", "demonstrative") or (key.startswith("و") and len(key) > 4):
        return False
    if call and closed and k > 1 and may_begin(key) and not view.speaker(k):
        return view.tokens.key(k + 1) not in ("مره", "مرات")  # اتهم القاضي ثلاثة من المديرين
    if call and view.tag(k) == "demonstrative" and is_definite(before):
        return k + 1 < len(view.keys) and is_definite(view.keys[k + 1])  # اتهم الناطق تلك المجموعات بأنها
    if not is_definite(key):
        if is_masdar(key) and closed and view.tag(k) in ("", "pledge", "call", "what", "whole"):
            return True
        head = view.speaker(k)
        return bool(call and closed and head and head.tag in ("people", "organisation", "person") and not is_nisba(key))
    if not call or not closed:
        return False
    following = view.keys[k + 1] if k + 1 < len(view.keys) else ""
    adjective = is_nisba(key) or (key.endswith("ه") and view.speaker(k) is None)
    settled = is_definite(before) or (before.endswith("ي") and len(before) > 3)
    if settled and not adjective and (following in ("الي", "علي", "ب") or following.startswith("با")):
        return True  # اتهمت القيادة الحراس بإطلاق سراح السجناء، وصف رئيس الاتحاد سامي حداد الاتفاق بأنه
    head = view.speaker(k)
    if key.endswith("ين") and len(key) > 5 and not is_definite(before):
        return True  # ناشدت المنسقة فلانة الطرفين
    return bool(head and head.tag in ("people", "organisation") and not is_nisba(key)) or view.tag(k) == "addressed"


def _accused(view: View, i: int, cue: Cue, found: Complement | None, limit: int) -> Complement | None:
    """Ask of «اتهم» an accuser and an accused: the passive «يُتهم فلان بـ» names only one."""
    if found is None:
        return None
    if cue.pronoun:
        return found
    begun = _object(view, i, cue, limit)
    if begun:
        return replace(begun, frame="call")
    return None


def _described(view: View, i: int, cue: Cue, found: Complement | None, limit: int) -> Complement | None:
    if found is None and cue.pronoun and cue.verb.surface in ("سمى", "أسمى"):
        return _named(view, i)
    if found is None:
        return None
    if cue.pronoun:
        return found
    if view.tag(i - 1) == "what" if i else False:  # ما وُصف بـ: passive
        return None
    first = after_interruptions(view, i + 1)
    begun = _object(view, i, cue, limit)
    if begun:
        return begun
    if first < limit and view.speaker(first) is None and i and cue.form == "past":
        return Complement(view.tokens.starts[first], first, "object")
    return found if first < limit else None


def _named(view: View, i: int) -> Complement | None:
    """Find the words of «ما سماه "الشائعات"»، «ما سمّته الوزارة "حملة"»."""
    first = after_interruptions(view, i + 1)
    for k in (first, read_subject(view, first, len(view.keys)) if first < len(view.keys) else first):
        if (quotation := view.quotation(k)) and len(quotation.inner):
            return quoted_speech(quotation, k)
    return None


_BLAME = frozenset("مسووليه المسووليه بمسووليه بالمسووليه اللوم باللوم".split())


def _blame(view: View, i: int) -> int:
    """Return the token of the blame behind a verb, or 0."""
    return next((k for k in range(i + 1, min(i + 12, len(view.keys))) if view.keys[k] in _BLAME), 0)


def _blamed(view: View, i: int, end: int) -> Complement | None:
    """Find «حمّلت الحركة | البلدية المسؤولية»: who is blamed stands between the subject and the responsibility."""
    for k in range(i + 2, end):
        if view.tag(k) or view.tokens.words[k].is_mark or k in view.in_time:
            continue
        if is_definite(view.keys[k - 1]) and (not is_nisba(view.keys[k]) or view.speaker(k)):
            return Complement(view.tokens.starts[k], k, "object")
    return None


_MEASURES = frozenset("عدد حجم قيمه كلفه تكلفه خساير الخساير نسبه مساحه حصيله عمر اعداد اضرار كميه سعر".split())


def _estimated(view: View, i: int) -> Complement | None:
    """Find what is estimated: «قدّرت المنظمة عدد الفارين بنحو أربعين ألفا»."""
    limit = min(len(view.keys), i + 25)
    for k in range(i + 1, limit):
        if view.tag(k) in ("clause", "that", "relative"):
            return None
        if view.keys[k] in _MEASURES and k not in view.in_time:
            behind = range(k + 1, min(k + 12, len(view.keys)))
            if any(_opens_measure(view, j) for j in behind):
                return Complement(view.tokens.starts[k], k, "object")
    return None


def _opens_measure(view: View, j: int) -> bool:
    """Tell «بنحو أربعين ألفاً»، «بـ7 آلاف»: the number behind its preposition."""
    key = view.keys[j]
    k = j + 1 if key == "ب" and j + 1 < len(view.keys) else j
    return key[0] == "ب" and (may_begin(view.keys[k]) or may_modify(view.keys[k]))


def _cause(view: View, i: int) -> Complement | None:
    """Find «أرجع الخبير | الفارق إلى سوء الحساب»: what is led back, and to what."""
    target = next((k for k in range(i + 2, min(i + 20, len(view.keys))) if view.keys[k] == "الي"), 0)
    if not target:
        return None
    aside = _asides(view, i + 1, target)
    for k in range(i + 1, target):
        if k not in aside and view.tag(k) in ("clause", "that", "relative", "preposition"):
            return None
    if view.keys[i][0] in "وف" or subject_stands_before(view, i, read_cue(view.tokens.words[i]) or _NO_CUE):
        first = after_interruptions(view, i + 1)
        if target - first <= 2:
            return Complement(view.tokens.starts[first], first, "object")
    begin = target - 1
    while begin > i + 1 and not is_masdar(view.keys[begin]) and view.speaker(begin - 1) is None:
        if is_definite(view.keys[begin]) and not is_nisba(view.keys[begin]):
            break
        begin -= 1
    return Complement(view.tokens.starts[begin], begin, "object")


_NEWS = frozenset(
    ("خبرا", "اخبارا", "انباء", "تقريرا", "بيانا", "معلومات", "تصريحات", "شهادات", "تقارير", "وثائق", "رساله", "تفاصيل")
)


def _news(view: View, i: int) -> Complement | None:
    """Find the topic in «نشرت الصحيفة خبراً عن»، «نقلت الجماعات أخباراً عن»."""
    for k in range(i + 1, min(i + 16, len(view.keys))):
        if view.tag(k) in ("clause", "relative") or view.keys[k] in ENDS:
            return None
        if view.keys[k] not in _NEWS or view.keys[k - 1] in ("وكاله", "وكالات"):
            continue
        for j in range(k + 1, min(k + 8, len(view.keys) - 1)):
            if view.keys[j] in ("عن", "حول", "بان"):
                return Complement(view.tokens.starts[k], k, "object")
    return None


def _requested(view: View, i: int) -> Complement | None:
    """Find the object of «طلب من السكان إخلاء الحي»، «طلبت منه العودة»."""
    k = i + 1
    if k >= len(view.keys):
        return None
    if view.keys[k] in ("منه", "منها", "منهم", "منا", "مني"):
        k += 1
        if k < len(view.keys) and (is_definite(view.keys[k]) or is_masdar(view.keys[k])):
            return Complement(view.tokens.starts[k], k, "object")
        return None
    for k in range(i + 1, min(i + 12, len(view.keys))):
        if view.tag(k) in ("clause", "relative"):
            return None
        if k > i + 1 and is_masdar(view.keys[k]) and _begins_object(view, k, False):
            return Complement(view.tokens.starts[k], k, "object")
    return None
