"""Find who is said to say what: the cue, the mention of its source, and the content.

The terms are those of PARC: a *cue* (قالت، بحسب، مؤكداً), a *source* (the mention at that place, or none
where Arabic drops the subject) and a *content*. A cue is a form of a reporting verb in one of the frames of
that verb (`reporting_verbs.csv`), a participle, a preposition of report (بحسب، وفقاً لـ، نقلاً عن), or the
colon of a headline. A verb without its frame is no cue: «ذكر الوردة» reports nothing.

The rules read the tokens around a cue only, so their cost grows with the number of cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.lexicons import load
from analysis.numerals import may_begin, may_modify
from analysis.phrases import (
    COMMAS,
    DASHES,
    View,
    asks_for_silence,
    is_communication,
    is_definite,
    is_masdar,
    is_medium,
    is_short_masdar,
    phrase_span,
    read_finite,
    read_subject,
    subject_before,
)
from analysis.segment import Quotation
from analysis.text import Span, Word, word
from analysis.verbs import Cue, Verb, read_cue

REACH = 60  # tokens between a cue and its content: long appositions and relative clauses stand between
_FRAME_PREPOSITIONS = {"الي": "to", "علي": "on", "عن": "about", "من": "from", "في": "in"}
_ENDS = frozenset(".؟!؛?;…")
# The cues that are no verbs: «وجاء في بيان» and the colon of a headline.
_NO_CUE = Cue(Verb("", "say", "statement", frozenset()), "past", None, None, 3)
_STATED = Verb("جاء", "say", "statement", frozenset({"that", "quote"}))
_COLON = Verb(":", "say", "statement", frozenset({"quote"}))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Hold one attribution.

    `source` is the mention (None when the subject is dropped), `via` the relay (نقلت وكالة … عن مصدر).
    `subject` says how the source stands to the cue: verb-first, subject-first, antecedent, dropped, inside
    (what an enclosing speaker calls something: «ما وصفه بـ»), first-person, participle, preposition, headline.
    `gender` and `number` are those of the verb, for finding a dropped subject.
    """

    cue: Span
    source: Span | None
    content: Span
    act: str
    kind: str
    quoted: bool
    subject: str
    rule: str
    sentence: int
    verb: str
    gender: str | None = None
    number: str | None = None
    via: Span | None = None


@dataclass(frozen=True, slots=True)
class Complement:
    """Hold where a content begins: its offset, the token there, the frame, and its end where a mark ends it."""

    start: int
    token: int
    frame: str
    end: int | None = None


def find_attributions(text: str, views: Sequence[View]) -> list[Attribution]:
    """Return the attributions of an article, given the views of its sentences, in the order of their cues."""
    return [made for view in views for made in _close_contents(text, view, list(_in_sentence(text, view)))]


_reporting: dict[str, bool] = {}


def _may_report(key: str, form: Word) -> bool:
    """Tell from a word alone whether a cue can begin with it: the quick test before the rules."""
    known = _reporting.get(key)
    if known is None:
        if len(_reporting) > 200_000:
            _reporting.clear()
        stated = key in (":", "جاء", "وجاء", "ورد", "وورد")
        known = _reporting[key] = stated or load("according_to").may_begin(key) or read_cue(form) is not None
    return known


def _in_sentence(text: str, view: View) -> Iterator[Attribution]:
    skip_until = 0
    for i, form in enumerate(view.tokens.words):
        if i < skip_until or not _may_report(form.key, form):
            continue
        found = load("according_to").find(view.tokens, i)
        if found and found.proclitics in ("", "و", "ف"):
            attribution, stop = _according_to(text, view, i, found.stop, found.entry.tag)
            if attribution:
                yield attribution
            skip_until = stop
            continue
        if form.key == ":" and (attribution := _headline_colon(text, view, i)):
            yield attribution
            continue
        if form.key in ("جاء", "وجاء", "ورد", "وورد") and (attribution := _stated_in(text, view, i)):
            yield attribution
            continue
        cue = read_cue(form)
        if cue is None or i in view.in_time:
            continue
        rule = _participle if cue.form == "participle" else _finite_verb
        if attribution := rule(text, view, i, cue):
            yield attribution


# --- finite verbs -------------------------------------------------------------------------------------


def _finite_verb(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    if _is_refused(view, i, cue):
        return None
    complement = _complement(view, i, cue)
    if relay := _relay(text, view, i, cue, complement):
        return relay
    if complement is None:
        return (
            _verb_after_quote(text, view, i, cue)
            or _verb_at_end(text, view, i, cue)
            or _verb_after_words(text, view, i, cue)
        )
    source, subject = _source(view, i, cue, complement)
    if subject == "dropped" and cue.verb.surface == "بين" and cue.form == "present" and cue.gender == "f":
        return None  # «وتبيّن أنه» is another verb, and has no speaker
    if subject in ("dropped", "antecedent") and _is_impersonal(view, i, cue, complement, subject):
        return None
    if source is not None and subject == "verb-first" and cue.verb.surface == "بين" and _is_between(view, i, source):
        return None
    return _attribution(text, view, i, cue, complement, source, subject, f"verb-{complement.frame}")


def _is_refused(view: View, i: int, cue: Cue) -> bool:
    """Tell whether a verb form stands where it reports nothing: «لم يذكر»، «بين الرجل والمرأة»، «ذُكِر»."""
    before = view.tag(i - 1) if i else ""
    if i and view.keys[i - 1] in ("عدم", "دون", "بدون"):  # طلب عدم كشف هويته
        return True
    if _is_homograph(view, i):
        return True
    if cue.verb.surface == "وجه" and any(k.lstrip("وف") in _SENT for k in view.keys[i + 1 : i + 5]):
        return True  # «وجهت سؤالاً»، «وجّه رسالة»
    if cue.verb.surface in ("سمى", "أسمى") and before == "relative":
        return True  # «الذين سموا حركتهم»
    if _is_noun(view, i, cue):
        return True
    if i and cue.form == "past" and not cue.prefix and _is_finite_cue(view, i - 1):
        return True  # «قالت أمل حيدر إن»: a verb does not follow a verb
    if asks_for_silence(view, i):
        return True  # «مصدر طلب عدم نشر اسمه»
    if i > 1 and view.keys[i - 1] in ("وهو", "وهي", "وهم") and _is_finite_cue(view, i - 2):
        return True  # «تقول وهي تشير إلى حفرة»
    if before == "negation" and cue.verb.surface not in ("استبعد", "نفى"):
        return True
    if "continue" in cue.verb.frames and i and not cue.prefix and not _goes_on_saying(view, i):
        return True  # «واصلت الشركة "توسعها"» goes on doing, not saying
    if (
        cue.form == "past"
        and i
        and is_communication(view, i - 1)
        and view.tag(i + 1) in ("preposition", "circumstance")
    ):
        return True  # «في بيان نُشر على الموقع»
    if view.keys[i - 1 : i] == ["ان"] and i > 1 and view.keys[i - 2] in ("دون", "بدون"):
        return True
    if cue.verb.surface == "بين" and cue.form == "past" and not cue.prefix and i and "ّ" not in _surface(view, i):
        return cue.gender == "m"
    if before in ("preposition", "circumstance") and cue.form == "past" and not cue.pronoun and not cue.prefix:
        return view.keys[i - 1] != "من"  # في كشف، على رد, but «من قال إنهم»
    if view.keys[i] == "تبين" and i + 1 < len(view.keys) and (view.tag(i + 1) == "that" or view.keys[i + 1][0] == "ل"):
        return True  # «تبيّن للأجهزة أن»: it turned out
    return "ُ" in _surface(view, i)[:2] and (cue.form == "past" or _is_passive(cue))


# Verbs whose present begins with a short a: «يُعتقد» is a passive, «يُعلن» is none.
_FIRST_FORM = frozenset("قال ذكر زعم ظن خشي علم روى نقل نشر قدر رأى وجد وصف".split())


def _is_passive(cue: Cue) -> bool:
    """Tell a passive from its vowel «ُ» on the first letter of a present."""
    verb = cue.verb.surface
    return cue.form == "present" and (verb[0] in "ات" or verb in _FIRST_FORM)


_SENT = frozenset(
    "حديثه حديثها كلامه كلامها خطابه سوال سوالا رساله اتهام اتهاما"
    " اتهامات دعوه كلمه نداء شكره الشكر تحيه ضربه ضربات انتقادات لكمه".split()
)
_HOMOGRAPHS = frozenset("سموه سموها نفيا فايد الفايد".split())  # His Highness, a denial, a name


def _is_noun(view: View, i: int, cue: Cue) -> bool:
    """Tell a noun or preposition from the verb that is spelt like it: عبر البحر، ثمن الخبز، أبرز ما."""
    if cue.verb.surface == "وعد" and cue.form == "present":
        return not (i + 1 < len(view.keys) and view.speaker(i + 1))  # تُعد الرواية
    if cue.form != "past" or cue.gender != "m" or cue.number:
        return False
    following = view.keys[i + 1] if i + 1 < len(view.keys) else ""
    before = view.keys[i - 1] if i else ""
    if cue.verb.surface == "نشر" and before in ("دار", "دور"):
        return True
    if cue.verb.surface == "عبر":
        return "عن" not in view.keys[i + 1 : i + 10]
    if cue.verb.surface == "ثمن":
        return not (i + 1 < len(view.keys) and view.speaker(i + 1))
    if cue.verb.surface == "أبرز":
        return following in ("ما", "من", "هذه", "هذا") or not any(
            view.tag(k) == "that" for k in range(i + 1, min(i + 8, len(view.keys)))
        )
    return False


def _goes_on_saying(view: View, i: int) -> bool:
    return view.keys[i - 1] in COMMAS or any(k in (":", "قايلا", "قايله") for k in view.keys[i + 1 : i + 8])


def _is_homograph(view: View, i: int) -> bool:
    """Tell words that are spelt like a verb of speech: سموه, and «وتُدعى سعاد» beside «تدّعي أن»."""
    key = view.keys[i]
    called = key.removeprefix("و") in ("تدعي", "يدعي") and _surface(view, i).endswith("ى")
    return key in _HOMOGRAPHS or called


def _is_finite_cue(view: View, i: int) -> bool:
    cue = read_cue(view.tokens.words[i])
    return cue is not None and cue.form != "participle"


def _surface(view: View, i: int) -> str:
    return view.tokens.words[i].surface


def _is_between(view: View, i: int, source: Span) -> bool:
    first, _ = view.tokens.inside(source)
    return view.speaker(first) is None and i > 0


_IMPERSONAL = frozenset(
    ("ذكر", "اعتقد", "افترض", "توقع", "رجح", "ظن", "زعم", "خشي", "لاحظ", "نقل", "قدر", "علم", "قرر")
)


def _is_impersonal(view: View, i: int, cue: Cue, complement: Complement, subject: str) -> bool:
    """Tell the passive «ويُذكر أن»، «الذي يُفترض أن» from the dropped subject of «ويضيف أن»."""
    if cue.form != "present" or cue.gender != "m" or cue.number or complement.frame != "that":
        return False
    if subject == "antecedent":
        return cue.verb.surface in ("افترض", "توقع", "رجح", "زعم", "ظن")
    return cue.verb.surface in _IMPERSONAL and complement.token == i + 1


def _complement(view: View, i: int, cue: Cue) -> Complement | None:
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
                found = _quoted(view, quotation, j)
                break
            j = view.after(quotation)
            continue
        key = keys[j]
        if relative:
            relative = key not in COMMAS and key not in DASHES and key != ":"
            j += 1
            continue
        if key == ":":
            found = _after_colon(view, j)
            break
        if key in _ENDS:
            if key in ".…" and _headline_pause(view, i, j):
                found = _after_pause(view, j)
            break
        particle = view.particle(j)
        if particle:
            tag = particle.entry.tag
            if tag == "that":
                if particle.proclitics == "و" or keys[j - 1] in _CAUSES:
                    j += 1
                    continue
                if _takes_that(view, i, j, cue):
                    found = _that(view, j, particle.proclitics)
                    break
            if tag == "clause" and not _adds_speaker(view, j):
                break
            if tag == "relative":
                if j == i + 1:
                    tag = ""  # «ويعتبر الذين يدعمون … أن»: the clause is the subject
                relative = tag == "relative" and keys[j - 1] in COMMAS
        if j > i + 1 and _is_other_clause(view, j):
            break
        if key in ("لقد", "اننا") and cue.verb.surface == "قال" and not any(k in COMMAS for k in keys[i + 1 : j]):
            found = Complement(view.tokens.starts[j], j, "that")  # قال الوزير لقد تم
            break
        if frame := _preposition_frame(view, i, j, cue):
            found = frame
            break
        if (key in ("قايلا", "قايله", "قايلين", "بالقول", "بقوله", "بقولها") and j > i) and (
            nested := _complement_from(view, j, limit)
        ):
            found = nested
            break
        j += 1
    return _nearer_object(view, i, cue, found)


# «خاصة أن»، «بشرط أن»: the clause belongs to these, not to a verb before.
_CAUSES = frozenset("خاصه خصوصا سيما علما رغم بسبب شرط بشرط شريطه بحجه بدعوي حيث كون لدرجه".split())


def _adds_speaker(view: View, j: int) -> bool:
    """Tell «يطالب الوزير كما نظيره باتخاذ» from the clause of «كما قال الوزير»."""
    following = j + 1
    return view.keys[j] == "كما" and following < len(view.keys) and view.speaker(following) is not None


def _takes_that(view: View, i: int, j: int, cue: Cue) -> bool:
    frames = cue.verb.frames
    if "said-that" in frames:
        return j - i <= 5
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


def _that(view: View, j: int, proclitics: str) -> Complement:
    """Begin the content at أن itself, after a glued ب: «بأنها جاءت» holds «أنها جاءت»."""
    offset = 1 if proclitics.startswith(("ب", "ل")) else 0
    return Complement(view.tokens.starts[j] + offset, j, "that")


def _quoted(view: View, quotation: Quotation, j: int) -> Complement:
    return Complement(quotation.inner.start, j, "quote", quotation.inner.end)


def _after_colon(view: View, j: int) -> Complement | None:
    if j + 1 >= len(view.keys):
        return None
    if quotation := view.quotation(j + 1):
        return _quoted(view, quotation, j) if len(quotation.inner) else None
    return Complement(view.tokens.starts[j + 1], j, "quote")


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
            return _quoted(view, quotation, k)
        if view.keys[k] == ":":
            return _after_colon(view, k)
        particle = view.particle(k)
        if particle and particle.entry.tag == "that":
            return _that(view, k, particle.proclitics)
    return None


def _opens_speech(view: View, i: int, j: int, quotation: Quotation, frames: frozenset[str]) -> bool:
    """Tell whether a quotation is what is said, and not a name in marks: «قالت صحيفة "بيلد" إن»."""
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
    return quotation.kind == "speech" or (following >= len(view.keys) - 1 and j - i > 1)


def cue_quotes(view: View, i: int) -> bool:
    """Tell whether the verb at token `i` has no other frame than a quotation: هتف، ردد."""
    cue = read_cue(view.tokens.words[i])
    return cue is not None and cue.verb.frames == frozenset({"quote"})


def _is_other_clause(view: View, j: int) -> bool:
    """Tell whether a verb or participle at `j` takes the content for itself: «، وأضاف»، «، مؤكدة أن»، «تفيد أنه»."""
    cue = read_cue(view.tokens.words[j])
    if cue is None or (cue.verb.surface == "قال" and cue.form == "participle"):
        return False
    if _is_homograph(view, j):
        return False
    if cue.form == "participle":
        return view.keys[j - 1] in COMMAS and not is_definite(view.keys[j])
    if cue.prefix:
        return not (
            "noun" in cue.verb.frames and cue.gender == "m" and cue.form == "past" and view.tag(j + 1) != "that"
        )
    return view.tag(j + 1) == "that" and view.keys[j - 1] not in ("ان", "قد")


def _preposition_frame(view: View, i: int, j: int, cue: Cue) -> Complement | None:
    frames, key = cue.verb.frames, view.keys[j]
    frame = _FRAME_PREPOSITIONS.get(key)
    if frame:
        if frame not in frames or j + 1 >= len(view.keys):
            return None
        if key != "عن" and is_communication(view, j + 1):
            return None
        if frame == "from" and _counts_people(view, j):  # حذر عدد من الخبراء من
            return None
        return _after_preposition(view, j, frame)
    if key in ("ب", "بـ") and frames & {"with", "describe", "accuse", "remind"} and j + 1 < len(view.keys):
        quotation = view.quotation(j + 1)
        if quotation and "describe" in frames:
            return _quoted(view, quotation, j)
        return Complement(view.tokens.starts[j + 1], j, "with")
    if frames & {"with", "describe", "accuse", "remind"} and _is_ba_content(view, i, j, cue):
        return Complement(view.tokens.starts[j] + 1, j, "with")
    return None


def _counts_people(view: View, j: int) -> bool:
    return view.keys[j - 1] in ("عدد", "كثير", "العديد", "مجموعه", "مصدر", "مسوول", "اثنان", "واحد", "كل")


def _after_preposition(view: View, j: int, frame: str) -> Complement:
    k = j + 1
    particle = view.particle(k)
    if particle and particle.entry.tag == "that":
        return _that(view, k, particle.proclitics)
    if quotation := view.quotation(k):
        if quotation.kind == "speech":
            return _quoted(view, quotation, k)
        return Complement(quotation.span.start, k, frame)
    return Complement(view.tokens.starts[k], j, frame)


def _is_ba_content(view: View, i: int, j: int, cue: Cue) -> bool:
    """Tell whether the word at `j` is بـ and what follows: «طالب باتخاذ»، not «قال باحث» or «بغداد»."""
    key = view.keys[j]
    if not key.startswith("ب") or view.particle(j) or j in view.in_time:
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
        and "with" in cue.verb.frames
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
        if not any(view.keys[k] in ("مسووليه", "المسووليه") for k in range(i + 1, min(i + 12, len(view.keys)))):
            return None
        return _blamed(view, i) or _object(view, i, cue, limit) or found
    if "claim" in frames:
        for k in range(i + 1, min(i + 12, len(view.keys))):
            if view.keys[k] in ("مسووليه", "المسووليه", "الهجوم", "العمليه", "التفجير", "القرار", "الاعتداء"):
                return Complement(view.tokens.starts[k], k, "object")
        return None
    if "news" in frames and (found is None or found.frame != "quote"):
        return _news(view, i) or found
    if "request" in frames:
        return found or _requested(view, i)
    if "object-speech" in frames:
        for k in range(i + 1, min(i + 8, len(view.keys))):
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
        if cue.pronoun or found.token == i + 1:
            return found
        return found
    if "object" in frames or "express" in frames:
        begun = _object(view, i, cue, limit)
        if begun and (found is None or begun.token < found.token):
            return begun
    if "object-quote" in frames and found is None and cue.form != "present":
        return _object(view, i, cue, limit)
    if "remind" in frames and found and found.frame == "with":
        return found if "ّ" in _surface(view, i) or (view.keys[i + 1 : i + 2] and view.speaker(i + 1)) else None
    return found


def _object(view: View, i: int, cue: Cue, limit: int) -> Complement | None:
    """Return where a nominal object begins: at a verbal noun or a second noun phrase after the subject."""
    first = _after_interruptions(view, i + 1)
    if first >= limit:
        return None
    if cue.pronoun:
        return None
    alone = cue.form == "participle" or _subject_stands_before(view, i, cue) or _is_accusative(view.keys[first])
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
        if call and k > first and (quotation := view.quotation(k)) and view.keys[k - 1] in COMMAS:
            return Complement(quotation.span.start, k, "object")  # اتهم الناطق، في بيان، "الجماعة" بكذا
        if view.tokens.words[k].is_mark:
            continue
        if view.tag(k) in ("clause", "that", "relative"):
            return None
        if k == first:
            if is_masdar(key) and view.speaker(k) is None and not is_definite(key):
                return Complement(view.tokens.starts[k], k, "object")
            continue
        if _begins_object(view, k, call) or ("express" in cue.verb.frames and _is_own_feeling(view, k)):
            return Complement(view.tokens.starts[k], k, "object")
    if "object" in cue.verb.frames and cue.verb.act in ("denial", "accusation", "assessment"):
        return _definite_object(view, first, limit)
    return None


def _asides(view: View, first: int, limit: int) -> set[int]:
    """Return the tokens between commas that tell where or when: «، في مؤتمر عقده مع نظيره، »."""
    found: set[int] = set()
    k = first
    while k < limit - 1:
        if view.keys[k] in COMMAS and view.tag(k + 1) in ("preposition", "circumstance"):
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

    An idafa ends at its first definite noun, so «وزارة الداخلية | إلقاء القبض»، «المركز الأوروبي | الدول».
    """
    key, before = view.keys[k], view.keys[k - 1]
    closed = (
        is_definite(before)
        or before in COMMAS
        or before in ')”"»'
        or k - 1 in view.in_time
        or view.tag(k - 1) == "adverb"
        or before.endswith(("ي", "يه"))
        or (view.speaker(k - 1) is None and not is_masdar(before))
    )
    if view.tag(k - 1) in ("preposition", "circumstance", "demonstrative") or (key.startswith("و") and len(key) > 4):
        return False
    if not is_definite(key):
        if is_masdar(key) and closed and view.tag(k) in ("", "pledge", "call", "what"):
            return True
        head = view.speaker(k)
        return bool(call and closed and head and head.tag in ("people", "organisation", "person") and not is_nisba(key))
    if not call or not closed:
        return False
    following = view.keys[k + 1] if k + 1 < len(view.keys) else ""
    adjective = is_nisba(key) or (key.endswith("ه") and view.speaker(k) is None)
    settled = is_definite(before) or (before.endswith("ي") and len(before) > 3)
    if settled and not adjective and (following in ("الي", "علي", "ب") or following.startswith("با")):
        return True  # اتهمت القيادة الحراس بإطلاق سراح السجناء، وصف رئيس الاتحاد سليمان كونتي الاتفاق بأنه
    head = view.speaker(k)
    if key.endswith("ين") and len(key) > 5 and not is_definite(before):
        return True  # ناشدت المنسقة فلانة الطرفين
    return bool(head and head.tag in ("people", "organisation") and not is_nisba(key)) or view.tag(k) == "addressed"


def is_nisba(key: str) -> bool:
    """Tell whether a folded word looks like an adjective of relation: أوروبي، أوروبية."""
    return key.endswith(("ي", "يه")) and len(key) > 5


def _is_accusative(key: str) -> bool:
    """Tell whether a noun right after the verb is its object: «فينصح المواطنين»، never «المواطنون»."""
    return (key.startswith("ال") and key.endswith("ين") and len(key) > 6) or key in ("الناس", "الجميع")


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
    if found is None:
        return None
    if cue.pronoun:
        return found
    if view.tag(i - 1) == "what" if i else False:  # ما وُصف بـ: passive
        return None
    first = _after_interruptions(view, i + 1)
    begun = _object(view, i, cue, limit)
    if begun:
        return begun
    if first < limit and view.speaker(first) is None and i and cue.form == "past":
        return Complement(view.tokens.starts[first], first, "object")
    return found if first < limit else None


def _blamed(view: View, i: int) -> Complement | None:
    """Find «حمّلت الحركة | إسبانيا المسؤولية»: who is blamed stands between the subject and the responsibility."""
    end = next((k for k in range(i + 1, min(i + 12, len(view.keys))) if view.keys[k] in ("مسووليه", "المسووليه")), 0)
    for k in range(i + 2, end):
        if view.tag(k) or view.tokens.words[k].is_mark or k in view.in_time:
            continue
        if is_definite(view.keys[k - 1]) and not is_nisba(view.keys[k]):
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
            if any(view.keys[j][0] == "ب" and (may_begin(view.keys[j]) or may_modify(view.keys[j])) for j in behind):
                return Complement(view.tokens.starts[k], k, "object")
    return None


def _cause(view: View, i: int) -> Complement | None:
    """Find «أرجع الخبير | الفارق إلى سوء الحساب»: what is led back, and to what."""
    target = next((k for k in range(i + 2, min(i + 20, len(view.keys))) if view.keys[k] == "الي"), 0)
    if not target:
        return None
    aside = _asides(view, i + 1, target)
    for k in range(i + 1, target):
        if k not in aside and view.tag(k) in ("clause", "that", "relative", "preposition"):
            return None
    if view.keys[i][0] in "وف" or _subject_stands_before(view, i, read_cue(view.tokens.words[i]) or _NO_CUE):
        first = _after_interruptions(view, i + 1)
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
        if view.tag(k) in ("clause", "relative") or view.keys[k] in _ENDS:
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


def _subject_stands_before(view: View, i: int, cue: Cue) -> bool:
    before = subject_before(view, i)
    if before is None:
        return False
    if _agrees(view, before[0], cue):
        return True
    opening = view.tag(before[0] - 1) if before[0] else "clause"
    return opening == "clause" and view.speaker(before[0]) is None  # لكن الدعم السريع كذّبت الرواية


# --- the source of a finite verb ------------------------------------------------------------------------


def _after_interruptions(view: View, j: int) -> int:
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
        if view.tag(j) in ("preposition", "circumstance") and j + 1 < n and is_communication(view, j + 1):
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
        if found and found.proclitics in ("", "ال") and found.entry.tag in ("person", "people") and closed:
            return k
    return 0


def _source(view: View, i: int, cue: Cue, complement: Complement) -> tuple[Span | None, str]:
    """Return the mention of the source and how it stands to the verb."""
    if cue.person == 1:
        return None, "first-person"
    first = _after_interruptions(view, i + 1)
    # A verb before its subject is singular: what follows «قالوا» is no subject.
    if first < complement.token and not cue_is_inside_what(view, i) and cue.number not in ("plural", "dual"):
        stop = read_subject(view, first, complement.token)
        if stop > first and not _is_no_subject(view, first, cue):
            return _issuer(view, first, stop) or phrase_span(view, first, stop), "verb-first"
        if view.tag(first) == "relative":  # ويعتبر الذين يدعمون التعديل، أن
            stop = next((k for k in range(first, complement.token) if view.keys[k] in COMMAS), complement.token)
            return phrase_span(view, first, stop), "verb-first"
    if cue_is_inside_what(view, i):
        return None, "inside"
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
        return phrase_span(view, *before), "subject-first"
    return None, "dropped"


_ISSUED = frozenset(
    verb + pronoun
    for verb in "اصدر اصدرت نشر نشرت اجر اجرت اعد اعدت اعلن اعلنت وضع وضعت انجز انجزت".split()
    for pronoun in ("ه", "ها", "اه", "اها", "ته", "تها")
)
_ISSUED_BY = frozenset("صادر صادره الصادر الصادره صدر صدرت".split())


def _issuer(view: View, first: int, stop: int) -> Span | None:
    """Return who issued a document: «دراسة أجراها باحثون»، «بلاغ صادر عن الديوان»، «تقرير لوزارة الصحة»."""
    head = view.speaker(first)
    if head is None or head.tag != "document":
        return None
    for k in range(first + 1, min(stop + 1, len(view.keys))):
        found = load("speakers").find(view.tokens, k)
        if found and found.proclitics in ("ل", "لال") and found.entry.tag in ("organisation", "people"):
            after = read_subject(view, k, len(view.keys))  # بيان للخلية، تقرير لوزارة الصحة
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


def _topic(view: View, i: int) -> Span | None:
    """Return the topic of «أما ابنته هند، التي تدرس في العاصمة، فترى أن»."""
    if view.keys[0] not in ("اما", "واما") or i < 2:
        return None
    stop = read_subject(view, 1, i)
    return phrase_span(view, 1, stop) if stop > 1 else None


def cue_is_inside_what(view: View, i: int) -> bool:
    """Tell whether a verb stands in «ما وصفه بـ» or «من قال إنهم»: its speaker is the one who uses the words."""
    if not i:
        return False
    return view.keys[i - 1] in ("ما", "بما", "لما", "من", "مما", "عما") and view.keys[i - 1] != "حسب"


def _is_no_subject(view: View, first: int, cue: Cue) -> bool:
    key = view.keys[first]
    if view.tag(first) in ("preposition", "circumstance", "clause", "negation", "auxiliary", "relative"):
        return True
    if key in (
        "بالقول",
        "بقولها",
        "عدم",
        "قايلا",
        "قايله",
        "قوله",
        "قولها",
        "حديثه",
        "كلامه",
        "بقوله",
        "الي",
        "نفيه",
        "نفيها",
    ):
        return True
    return "call" in cue.verb.frames and _is_accusative(key)


_AGREEMENT = {"ms": ("m", None), "fs": ("f", None), "mp": (None, "plural"), "d": (None, "dual"), "fp": ("f", "plural")}


def _antecedent(view: View, relative: int, cue: Cue) -> tuple[Span | None, str]:
    """Return the noun before الذي when the verb agrees with it; «أفلام التي يقول» has another subject."""
    found = view.particle(relative)
    gender, number = _AGREEMENT[found.entry.value] if found else (None, None)
    if (gender and cue.gender and gender != cue.gender) or (number == "plural") != (cue.number == "plural"):
        return None, "dropped"
    stop = relative
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
    heads = [k for k in range(first, stop) if view.speaker(k)]
    fitting = [k for k in heads if (known := view.speaker(k)) and gender and known.value == gender]
    head = next(iter(fitting or heads), first)
    if head >= stop:
        return None, "dropped"
    return phrase_span(view, head, stop), "antecedent"


def _agrees(view: View, first: int, cue: Cue) -> bool:
    """Tell whether the head of a phrase before the verb can be its subject."""
    head = view.speaker(first)
    if cue.number in ("plural", "dual"):
        return head.value in ("p", "d") if head else view.keys[first].endswith(("ون", "ين", "ان", "ات"))
    if head is None:
        key = view.keys[first]
        return not (cue.gender == "f" and is_definite(key) and not key.endswith(("ه", "ات", "ا", "ي", "ن")))
    return head.value == cue.gender or (head.value == "p" and cue.gender == "f")


# --- relays, participles, according to ----------------------------------------------------------------------


def _relay(text: str, view: View, i: int, cue: Cue, complement: Complement | None) -> Attribution | None:
    """Read «نقلت الوكالة عن مصدر قوله إن» and «ذكرت الوكالة عن مصدر»: the quoted source, and the relay apart."""
    if "about" in cue.verb.frames:
        return None
    if "relay-to" in cue.verb.frames and not any(k in ("قوله", "قولها", "قولهم") for k in view.keys[i + 1 : i + 20]):
        return None
    first = _after_interruptions(view, i + 1)
    reach = complement.token + 1 if complement else i + 20
    for j in range(i + 1, min(reach, i + 20, len(view.keys) - 1)):
        if (opened := view.quotation(j)) and opened.kind == "speech":
            return None
        if view.keys[j] in ("عنه", "عنها", "عنهم") and cue.verb.kind == "relay":
            return _relay_of_pronoun(text, view, i, j, cue)
        on_behalf = view.keys[j] == "لسان" and view.keys[j - 1] == "علي"
        attributed = "relay-to" in cue.verb.frames and view.keys[j] == "الي"  # نسبت الصحيفة إلى مصدر قوله
        if view.keys[j] != "عن" and not on_behalf and not attributed:
            continue
        start = j + 1
        quotation = view.quotation(start)
        if not quotation and not view.speaker(start) and not on_behalf and not attributed:
            return None
        stop = view.after(quotation) if quotation else read_subject(view, start, len(view.keys))
        while view.keys[stop : stop + 1] == ["عن"] and stop + 1 < len(view.keys) and view.speaker(stop + 1):
            start = stop + 1  # نقلت الوكالة عن الشبكة عن القيادي أن
            stop = read_subject(view, start, len(view.keys))
            quotation = None
        stop = min(
            stop,
            next(
                (
                    k
                    for k in range(start, stop)
                    if view.keys[k] in ("قوله", "قولها", "قولهم", "نفيه", "نفيها", "تاكيده", "تاكيدها")
                ),
                stop,
            ),
        )
        content = _complement_after(view, stop, cue)
        if content is None:
            return None
        relay_stop = read_subject(view, first, j) if first < j else first
        via = phrase_span(view, first, relay_stop) if relay_stop > first and not on_behalf else None
        source = phrase_span(view, start, stop) if not quotation else quotation.inner
        return replace(
            _attribution(text, view, i, cue, content, source, "verb-first", "relay"), via=via, gender=None, number=None
        )
    return None


def _relay_of_pronoun(text: str, view: View, i: int, j: int, cue: Cue) -> Attribution | None:
    """Read «نقلت عنه الوكالة قوله إن»: the speaker is somebody named before."""
    stop = read_subject(view, j + 1, len(view.keys)) if j + 1 < len(view.keys) else j + 1
    stop = next((k for k in range(j + 1, stop) if view.keys[k] in ("قوله", "قولها", "قولهم")), stop)
    content = _complement_after(view, stop, cue)
    if content is None:
        return None
    via = phrase_span(view, j + 1, stop) if stop > j + 1 else None
    gender, number = {"عنه": ("m", None), "عنها": ("f", None)}.get(view.keys[j], (None, "plural"))
    made = _attribution(text, view, i, cue, content, None, "dropped", "relay")
    return replace(made, via=via, gender=gender, number=number)


def _complement_after(view: View, j: int, cue: Cue) -> Complement | None:
    """Return the content after the quoted source of a relay: «قوله إن»، «أن»، «: "…"»، «نفيه للأمر»."""
    limit = min(j + 12, len(view.keys))
    while j < limit:
        if j in view.times:
            j = view.times[j]
            continue
        if view.keys[j] == ":":
            return _after_colon(view, j)
        if quotation := view.quotation(j):
            return _quoted(view, quotation, j)
        particle = view.particle(j)
        if particle and particle.entry.tag == "that":
            return _that(view, j, particle.proclitics)
        if view.keys[j] in ("قوله", "قولها", "قولهم") and cue.verb.kind == "relay" and j + 1 < len(view.keys):
            following = view.keys[j + 1]
            if following != ":" and not view.quotation(j + 1) and view.tag(j + 1) != "that":
                return Complement(view.tokens.starts[j + 1], j, "object")  # قوله لا نعرف
        if view.keys[j] in ("نفيه", "نفيها", "تاكيده", "تاكيدها", "تحذيره", "تحذيرها", "ترجيحه"):
            return Complement(view.tokens.starts[j], j, "object")
        j += 1
    return None


def _participle(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «، مؤكداً أن»: it takes its subject from the clause before."""
    key = view.keys[i]
    if is_definite(key) or view.tag(i - 1) in ("preposition", "demonstrative") if i else is_definite(key):
        return None
    if cue.number == "singular" and view.speaker(i) and not view.keys[i].endswith("ا"):
        return None
    complement = _complement(view, i, cue)
    if complement is None or complement.token - i > 12:
        return None
    before = view.keys[i - 1] if i else ","
    marked = before in COMMAS or before in ')”"»“' or view.tokens.words[i - 1].is_mark if i else True
    if not marked and complement.frame not in ("that", "quote", "call") and complement.token - i > 2:
        return None
    if not marked and cue.gender == "f" and view.speaker(i - 1) and complement.frame not in ("that", "quote"):
        return None
    circumstance = _surface(view, i).endswith(("ًا", "اً"))  # غادر الوفد متهماً الإدارة بالعرقلة
    if complement.frame in ("object", "call") and not marked and not circumstance:
        return None
    return _attribution(text, view, i, cue, complement, None, "participle", f"participle-{complement.frame}")


_NO_SOURCE = frozenset(
    (
        "قانون",
        "القانون",
        "للقانون",
        "معايير",
        "المعايير",
        "درجات",
        "جدول",
        "الجدول",
        "الحاجه",
        "الاصول",
        "شروط",
        "الشروط",
        "احكام",
        "قواعد",
        "القواعد",
        "مبدا",
        "ضوابط",
        "الضوابط",
        "اليه",
        "الخطه",
        "خطه",
        "الاولويه",
        "اولويات",
        "التطور",
        "الطلب",
        "طلب",
        "حجم",
        "عدد",
        "نوع",
        "سعر",
        "السعر",
        "الاسعار",
        "حسابات",
        "رويه",
        "منهج",
        "منهجيه",
        "صيغه",
        "الماده",
        "الظروف",
        "ظروف",
        "الموسم",
        "العمر",
        "المنطقه",
        "اهميه",
        "الاتفاق",
        "اتفاق",
        "الدستور",
        "المواصفات",
        "مواصفات",
        "نظام",
        "النظام",
        "اجراءات",
        "الاجراءات",
        "متطلبات",
        "احتياجات",
        "توجيهات",
        "خارطه",
        "جدوله",
        "قاعده",
        "اسس",
    )
)


def _according_to(text: str, view: View, i: int, stop: int, tag: str) -> tuple[Attribution | None, int]:
    """Read «بحسب التقرير، …» and «…، وفق ما أفاد به رئيس الدائرة»; return it and the token to go on from."""
    via: Span | None = None
    source: Span | None = None
    if tag == "self":
        after = stop
    else:
        first = stop
        if view.keys[first : first + 1] in (["عن"], ["الي"]):
            first += 1
        if first >= len(view.keys):
            return None, stop
        if tag == "clause":
            cue = read_cue(view.tokens.words[first])
            first = _after_interruptions(view, first + 1)
        if view.tag(first) == "addressee" or view.keys[first : first + 1] == ["ل"]:
            first += 1
        after = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
        if tag == "clause" and view.keys[after : after + 1] == ["عن"] and after + 1 < len(view.keys):
            inner = read_subject(view, after + 1, len(view.keys))  # حسب ما نقلت الوكالة عن مصادر
            if inner > after + 1 and cue:
                via = phrase_span(view, first, after)
                first, after = after + 1, inner
        if after == first:
            return None, stop
        if tag == "noun" and not _is_source_like(view, first):
            return None, stop
        source = phrase_span(view, first, after)
        if issuer := _issuer(view, first, after):
            source = issuer
            after = max(after, view.tokens.inside(issuer)[1])
        if tag == "noun" and not issuer and view.keys[first].startswith("ل") and not view.keys[first].startswith("لل"):
            found = load("speakers").find(view.tokens, first)
            if (found and found.proclitics.startswith("ل") and found.proclitics != "لال") or view.keys[i].endswith(
                ("وفقا", "طبقا")
            ):
                source = Span(source.start + 1, source.end)
    opens = view.keys[i].lstrip("وف") in ("في", "من")  # في رأي فلان، من وجهة نظر النقابة
    if opens and (_clause_opening(view, i) < i - 1 or view.keys[after : after + 1] not in (["،"], [","])):
        return None, stop
    cue_span = view.tokens.span(i + 1, i + 2) if opens else view.tokens.span(i, i + 1)
    content = _content_around(view, i, after)
    if content is None:
        return None, stop
    made = Attribution(
        cue=cue_span,
        source=source,
        content=content,
        act="statement",
        kind="indirect",
        quoted=False,
        subject="preposition" if source else "dropped",
        rule="according-to",
        sentence=view.sentence.index,
        verb=view.tokens.words[i].light,
        via=via,
    )
    return _finish(text, view, made), after


def _is_source_like(view: View, first: int) -> bool:
    """Tell «بحسب الوزارة» from «حسب الحاجة» and «وفق درجات الخطورة»."""
    key = view.keys[first]
    if key in _NO_SOURCE or key.removeprefix("ل") in _NO_SOURCE or key.removeprefix("لل") in _NO_SOURCE:
        return False
    if view.tag(first) == "demonstrative":
        return first + 1 < len(view.keys) and view.speaker(first + 1) is not None  # بحسب هذه البيانات
    if key.endswith(("ها", "هم")) and view.speaker(first) is None and len(key) > 4:
        return False  # بحسب درجاتها
    if view.speaker(first) or view.quotation(first) or (key.isascii() and key.isalpha()):
        return True
    if is_masdar(key.removeprefix("ل")):
        return False
    return view.keys[first + 1 : first + 2] != [] and not key.endswith("ات") and view.tag(first) == ""


def _content_around(view: View, i: int, after: int) -> Span | None:
    """Return the clause that a preposition of report speaks of: what follows it when it opens the clause."""
    n = len(view.keys)
    opening = _clause_opening(view, i)
    if opening >= i:  # بحسب التقرير، وقعت
        start = after
        while start < n and view.tokens.words[start].is_mark and not view.quotation(start):
            start += 1
        return Span(view.tokens.starts[start], view.tokens.ends[-1]) if start < n else None
    return Span(view.tokens.starts[opening], view.tokens.ends[i - 1])


def _clause_opening(view: View, i: int) -> int:
    """Return the token at which the clause before token `i` begins."""
    k = i - 1
    while k >= 0:
        found = view.particle(k)
        if (
            found
            and found.entry.tag == "clause"
            and found.entry.surface not in ("كما", "على أن", "مما", "إذا", "حيث", "بل")
        ):
            return found.stop
        if view.keys[k] in ".؛":
            return k + 1
        k -= 1
    return 0


def _stated_in(text: str, view: View, i: int) -> Attribution | None:
    """Read «وجاء في بيان نشره رئيس الاتحاد: "…"» and «وجاء في البيان أن»."""
    n = len(view.keys)
    if i + 2 >= n or view.keys[i + 1] not in ("في", "ب") or not is_communication(view, i + 2):
        return None
    complement = None
    for j in range(i + 3, min(i + REACH, n)):
        if view.keys[j] == ":":
            complement = _after_colon(view, j)
        elif (quotation := view.quotation(j)) and quotation.kind == "speech" and len(quotation.inner) > 25:
            complement = _quoted(view, quotation, j)
        elif view.tag(j) == "that" and view.keys[j - 1] not in ("بعد", "قبل"):
            complement = _that(view, j, "")
        if complement:
            break
    if complement is None:
        return None
    source, how = _issuer(view, i + 2, i + 3) or phrase_span(view, i + 2, i + 3), "verb-first"
    issued = source.start > view.tokens.ends[i + 2]
    after = read_subject(view, i + 2, complement.token)
    if (
        not issued
        and after > i + 3
        and (is_definite(view.keys[i + 3]) or view.speaker(i + 3))
        and not is_definite(view.keys[i + 2])
    ):
        source = phrase_span(view, i + 3, after)  # وجاء في بيان الوزارة أن
    if view.keys[i + 3] in ("نشره", "نشرته", "اصدره", "اصدرته", "عن", "ل", "بثه", "بثته", "وجهه", "القاه", "القاها"):
        stop = read_subject(view, i + 4, complement.token)
        if stop > i + 4:
            source = phrase_span(view, i + 4, stop)
    elif view.keys[i + 3].startswith("ل") and view.speaker(i + 3):
        stop = read_subject(view, i + 3, complement.token)
        source = phrase_span(view, i + 3, max(stop, i + 4))
        source = Span(source.start + 1, source.end)
    cue = Cue(_STATED, "past", None, None, 3)
    return _attribution(text, view, i, cue, complement, source, how, "stated-in")


def _headline_colon(text: str, view: View, i: int) -> Attribution | None:
    """Read «وزير الخارجية: سنعود»; «تونس: ردود فعل» names a place, not a speaker."""
    if i + 1 >= len(view.keys) or view.sentence.kind not in ("headline", "subhead"):
        return None
    first = i
    while first and not (view.tokens.words[first - 1].is_mark and view.keys[first - 1] in ".،|-–—…"):
        first -= 1
    if first == i or i - first > 8 or any(read_finite(view, k) for k in range(first, i)):
        return None
    if view.quotation(first) or view.keys[first].startswith("بال"):
        return None  # بالصور: …
    if not (view.speaker(first) or _is_person_name(text, view, first, i) or _is_ministry(text, view, first, i)):
        return None
    cue = Cue(_COLON, "past", None, None, 3)
    complement = _after_colon(view, i)
    if complement is None:
        return None
    return _attribution(text, view, i, cue, complement, phrase_span(view, first, i), "headline", "headline-colon")


def _is_ministry(text: str, view: View, first: int, stop: int) -> bool:
    """Tell «التموين: …» where the article speaks of وزارة التموين or its minister."""
    if stop - first != 1 or not is_definite(view.keys[first]):
        return False
    name = view.tokens.words[first].surface
    return any(f"{head} {name}" in text for head in ("وزارة", "وزير", "وزيرة", "هيئة", "مديرية"))


def _is_person_name(text: str, view: View, first: int, stop: int) -> bool:
    """Tell whether words before a headline's colon look like a name: two or three words, none a common noun."""
    if any(view.tag(k) or is_masdar(view.keys[k]) for k in range(first, stop)):
        return False
    if not 2 <= stop - first <= 3:
        return False
    # صابة الزيتون and كأس الأمم are no one; بشار الأسد says something in the article
    if not is_definite(view.keys[stop - 1]):
        return True
    return not view.keys[first].endswith("ه") and _speaks(text, view.tokens.words[stop - 1].surface)


def _speaks(text: str, name: str) -> bool:
    """Tell whether a name stands next to a reporting verb somewhere in a text."""
    for match in islice(re.finditer(re.escape(name), text), 30):
        before = text[max(0, match.start() - 60) : match.start()].split()[-3:]
        around = before + text[match.end() : match.end() + 30].split()[:1]
        if any((cue := read_cue(word(w))) and cue.form != "participle" for w in around if w.isalpha()):
            return True
    return False


def _verb_after_quote(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «"…"، يقول أحمد»: the quotation stands before its verb."""
    if "quote" not in cue.verb.frames or cue.prefix:
        return None
    k = i - 1
    if k > 0 and view.keys[k] in ("هكذا", "بهذا", "كما"):
        k -= 1
    if k >= 0 and view.keys[k] in COMMAS:
        k -= 1
    quotation = view.closes.get(view.tokens.starts[k]) if k >= 0 else None
    if quotation is None or quotation.kind != "speech":
        return None
    first = _after_interruptions(view, i + 1)
    stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
    source = phrase_span(view, first, stop) if stop > first else None
    complement = Complement(quotation.inner.start, i, "quote", quotation.inner.end)
    return _attribution(text, view, i, cue, complement, source, "verb-first" if source else "dropped", "quote-verb")


def _verb_after_words(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read «لم يصل شيء بعد، كما يقول الأهالي.» and «الوضع صعب، يقول أحمد.»: the words stand before the verb."""
    if cue.verb.act not in ("statement", "assessment") or cue.prefix or not cue.verb.frames & {"that", "quote"}:
        return None
    as_said = i > 0 and view.keys[i - 1] in ("كما", "مثلما")
    k = i - 2 if as_said else i - 1
    if k < 3 or view.keys[k] not in COMMAS or (not as_said and cue.form != "present"):
        return None
    first = _after_interruptions(view, i + 1)
    stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
    if (stop == first and not as_said) or not _clause_ends(view, stop):
        return None
    opening = _clause_opening(view, k)
    content = Span(view.tokens.starts[opening], view.tokens.ends[k - 1])
    complement = Complement(content.start, i, "before", content.end)
    source = phrase_span(view, first, stop) if stop > first else None
    made = _attribution(text, view, i, cue, complement, source, "verb-first" if source else "dropped", "words-verb")
    return replace(made, quoted=False, kind="indirect")


def _clause_ends(view: View, k: int) -> bool:
    return (
        k >= len(view.keys)
        or view.keys[k] in _ENDS
        or view.keys[k] in COMMAS
        or view.tag(k) in ("circumstance", "preposition")
    )


def _verb_at_end(text: str, view: View, i: int, cue: Cue) -> Attribution | None:
    """Read a denial of what stands before it: the headline «… والنظام ينفي», the clause «وهو ما نفاه الحزب»."""
    which = view.keys[i - 1] if i else ""
    if cue.pronoun and (which == "ما" or (which == "الذي" and view.keys[i - 2 : i - 1] == ["الامر"])):
        first = _after_interruptions(view, i + 1)
        stop = read_subject(view, first, len(view.keys)) if first < len(view.keys) else first
        opening = next((k for k in range(i - 1, -1, -1) if view.keys[k] in COMMAS), 0)
        if stop == first or not opening:
            return None
        complement = Complement(view.tokens.starts[0], i, "before", view.tokens.ends[opening - 1])
        return _attribution(text, view, i, cue, complement, phrase_span(view, first, stop), "verb-first", "what-denied")
    if cue.verb.act != "denial":
        return None
    rest = [w for w in view.tokens.words[i + 1 :] if not w.is_mark]
    before = subject_before(view, i)
    if rest or view.sentence.kind != "headline" or before is None:
        return None
    first, stop = before
    end = first
    while end and view.tokens.words[end - 1].is_mark:
        end -= 1
    start = next((k + 1 for k in range(end - 1, -1, -1) if view.keys[k] in ".،"), 0)
    content = view.tokens.span(start, end) if end > start else view.sentence.span
    complement = Complement(content.start, i, "before", content.end)
    return _attribution(
        text, view, i, cue, complement, phrase_span(view, first, stop), "subject-first", "headline-denial"
    )


# --- content and act -------------------------------------------------------------------------------------


def _attribution(
    text: str, view: View, i: int, cue: Cue, complement: Complement, source: Span | None, subject: str, rule: str
) -> Attribution:
    end = complement.end if complement.end is not None else view.tokens.ends[-1]
    made = Attribution(
        cue=view.tokens.span(i, i + 1),
        source=source,
        content=Span(complement.start, max(end, complement.start)),
        act=cue.verb.act,
        kind="direct" if complement.frame == "quote" and complement.end is not None else "indirect",
        quoted=complement.frame == "quote" and complement.end is not None,
        subject=subject,
        rule=rule,
        sentence=view.sentence.index,
        verb=cue.verb.surface,
        gender=cue.gender,
        number=cue.number,
    )
    return _finish(text, view, made)


def _finish(text: str, view: View, made: Attribution) -> Attribution:
    return replace(made, act=_act(view, made))


def _act(view: View, made: Attribution) -> str:
    """Return the speech act: the verb's own, unless the content says otherwise.

    «شدد على ضرورة»، «قال إنه يجب» recommend; «أكدت استمرارها» commits.
    """
    if made.act not in ("statement", "announcement", "commitment"):
        return made.act
    first, stop = view.tokens.inside(made.content)
    tags = [view.tag(k) for k in range(first, min(first + 5, stop))]
    if "call" in tags:
        return "recommendation"
    if "pledge" in tags[:2] and made.verb in ("أكد", "أعلن", "جدد", "شدد", "أبدى", "كرر"):
        return "commitment"
    if made.verb in ("أعرب", "عبر") and any(
        k in ("اعتقاده", "اعتقادها", "اعتقادهم", "امله", "املها", "قلقه", "قلقها") for k in view.keys[first : first + 3]
    ):
        return "assessment"
    return made.act


def _close_contents(text: str, view: View, found: list[Attribution]) -> list[Attribution]:
    """End each content where a later cue of the same sentence takes over, and trim marks at its end."""
    closed = []
    for n, made in enumerate(found):
        content = made.content
        if not made.quoted and made.rule not in ("what-denied", "headline-denial", "words-verb"):
            end = content.end
            quotation_end = _leading_quotation_end(view, content)
            if quotation_end:
                end = quotation_end
            for later in islice(found, n + 1, None):
                if later.cue.start >= end:
                    break
                if later.cue.start <= content.start:
                    continue
                cut = _takes_over(view, made, later)
                if cut is not None:
                    end = min(end, cut)
                    break
            end = _own_clause(view, made, content.start, end)
            end = _extend_to_quotation(view, content.start, end)
            content = Span(content.start, max(content.start, _trim(text, content.start, end)))
        kind = made.kind
        if kind == "indirect" and any(q.kind == "speech" and content.overlaps(q.inner) for q in view.opens.values()):
            kind = "mixed"
        closed.append(replace(made, content=content, kind=kind, quoted=kind != "indirect"))
    return [_share_content(made, closed) for made in closed]


_ADVERSATIVES = frozenset("لكنه لكنها لكنهم ولكنه ولكنها ولكنهم".split())


def _own_clause(view: View, made: Attribution, start: int, end: int) -> int:
    """End a content where the narrator goes on: «بالانسحاب، لكنهم لم يتخلفوا», «… أما الرئيس، فقد»."""
    first, stop = view.tokens.inside(Span(start, end))
    nominal = not made.rule.endswith("that") and made.rule != "according-to"
    for k in range(first + 2, stop):
        if view.tokens.words[k].light in ("أما", "وأما") and is_definite(view.keys[k + 1] if k + 1 < stop else ""):
            return view.tokens.starts[k]
        if nominal and view.keys[k] in _ADVERSATIVES and view.keys[k - 1] in COMMAS:
            return view.tokens.starts[k]
    return end


def _share_content(made: Attribution, found: list[Attribution]) -> Attribution:
    """Give «حسب» at the end of an attributed clause the content of that clause's own cue."""
    if made.rule != "according-to":
        return made
    for other in found:
        if other.rule == "according-to" or not other.cue.start < made.cue.start:
            continue
        if (
            made.content.start <= other.cue.start
            and other.content.end <= made.cue.start
            and other.content.start < made.cue.start
        ):
            return replace(made, content=other.content, kind=other.kind, quoted=other.quoted)
        if made.content.start <= other.cue.start < made.cue.start <= other.content.start:  # «تقول - بحسب الوكالة - إن»
            return replace(made, content=other.content, kind=other.kind, quoted=other.quoted)
    return made


def _leading_quotation_end(view: View, content: Span) -> int | None:
    """Return where «إن "…"» ends when the quotation fills it and the sentence goes on with something else."""
    first, _ = view.tokens.inside(content)
    for k in range(first, min(first + 3, len(view.keys))):
        if quotation := view.quotation(k):
            after = view.after(quotation)
            if quotation.kind != "speech" or after >= len(view.keys) or not quotation.closed:
                return None
            if view.keys[after] in COMMAS and view.tag(after + 1) == "clause":
                return quotation.span.end
            return None
    return None


def _extend_to_quotation(view: View, start: int, end: int) -> int:
    """Let a content that opens a quotation run to its end, over the end of the sentence if need be."""
    for quotation in view.opens.values():
        if start <= quotation.span.start < end < quotation.span.end and quotation.kind == "speech":
            return quotation.span.end
    return end


def _takes_over(view: View, made: Attribution, later: Attribution) -> int | None:
    """Return where the content of `made` ends because `later` begins, or None when `later` is part of it."""
    i, _ = view.tokens.inside(later.cue)
    if later.rule == "according-to":
        return (
            later.cue.start
            if later.content.start <= made.content.start or later.content.end <= later.cue.start
            else None
        )
    if later.subject == "inside":
        return None
    before = i - 1
    if later.rule.startswith("participle"):
        return later.cue.start
    if later.subject == "subject-first" and later.source is not None:
        first, _ = view.tokens.inside(later.source)
        before = first - 1
        glued = first < len(view.keys) and later.source.start > view.tokens.starts[first]
        if glued or (before >= 0 and view.tag(before) == "clause"):
            return view.tokens.starts[first] if glued else view.tokens.starts[max(before, 0)]
        return None
    cue = read_cue(view.tokens.words[i])
    if cue and cue.prefix:
        return later.cue.start
    while before >= 0 and view.tag(before) in ("auxiliary", "adverb"):
        before -= 1
    if before >= 0 and view.tag(before) == "clause" and before > 0:
        return view.tokens.starts[before - 1 if view.keys[before - 1] == "في" else before]
    if before >= 0 and view.keys[before] in COMMAS and later.subject in ("verb-first", "dropped"):
        return view.tokens.starts[before]
    return None


def _trim(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".،,؛:-–—"):
        end -= 1
    return end
