"""Tell a reporting verb from the words that are spelt like one: nouns, names, passives, other senses.

Arabic writes no short vowels: عبر is "through" and "expressed", بين "between" and "made clear", ذكر "a male" and
"mentioned", نشر "publishing" and "published". Where a word stands decides.
"""

from __future__ import annotations

from analysis.phrases import COMMAS, View, asks_for_silence, is_communication, is_definite, is_given_name, is_masdar
from analysis.text import Span
from analysis.verbs import Cue, read_cue


def is_refused(view: View, i: int, cue: Cue) -> bool:
    """Tell whether a verb form stands where it reports nothing: «لم يذكر»، «بين الرجل والمرأة»، «ذُكِر»."""
    before = view.tag(i - 1) if i else ""
    if i and view.keys[i - 1] in ("عدم", "دون", "بدون"):  # طلب عدم كشف هويته
        return True
    if is_homograph(view, i):
        return True
    if cue.verb.surface == "وجه" and any(k.lstrip("وف") in _SENT for k in view.keys[i + 1 : i + 5]):
        return True  # «وجهت سؤالاً»، «وجّه رسالة»
    if cue.verb.surface in ("سمى", "أسمى") and before == "relative":
        return True  # «الذين سموا حركتهم»
    if _is_noun(view, i, cue):
        return True
    if i and cue.form == "past" and not cue.prefix and _is_finite_cue(view, i - 1):
        return True  # «قالت أمل حيدر إن»: a verb does not follow a verb
    if cue.form == "past" and not cue.prefix and _ends_name(view, i, cue):
        return True  # «أعلن مدير المرفأ أكرم لوح أن»: a surname
    if i > 1 and view.keys[i - 1] in ("ما", "مما") and view.keys[i - 2] in COMMAS and _shows(view, i, cue):
        return True  # «، ما ينفي صحة الأنباء»: a fact shows it
    if cue.verb.surface == "بين" and i and view.keys[i - 1] in ("بينه", "بينها", "بينهم", "بيني", "بيننا"):
        return True  # «بينه وبين عميد المدينة»
    if cue.verb.surface == "عد" and _is_for(view, i + 1):
        return True  # «تُعدّ لمؤتمر» prepares, «تعدّ لجنة التحكيم» speaks
    if cue.verb.surface == "أشار" and view.keys[i + 1 : i + 2] in (["بيده"], ["بيدها"], ["باصبعه"], ["براسه"]):
        return True  # «أشار بيده إلى الخارطة»
    if asks_for_silence(view, i):
        return True  # «مصدر طلب عدم نشر اسمه»
    if view.keys[i + 1 : i + 2] in (["شريطه"], ["بشرط"]):
        return True  # «ذكر مصدر، تحدث شريطة عدم الكشف عن اسمه، أن»
    if i > 1 and view.keys[i - 1] in ("وهو", "وهي", "وهم") and _is_finite_cue(view, i - 2):
        return True  # «تقول وهي تشير إلى حفرة»
    if before == "negation" and cue.verb.surface not in ("استبعد", "نفى"):
        return not _excepts(view, i)
    if is_given_name(view, i, cue):
        return True
    if "noun" in cue.verb.frames and not cue.prefix and i > 1 and view.keys[i - 1] in _WAYS:
        return True  # عن طريق كشف الشبكة
    behind = range(i + 1, min(i + 9, len(view.keys)))
    if cue.verb.surface == "أظهر" and cue.form == "present" and view.tag(i + 1) in ("preposition", "adverb"):
        return not any(view.tag(k) == "that" for k in behind)  # «يظهر فيه المغني», «تظهر في الصور»
    if cue.verb.surface == "لمح" and "ّ" not in surface(view, i) and not any(view.tag(k) == "that" for k in behind):
        return True  # «ولمح الصياد إلى جانب القارب جثة»
    if cue.verb.surface == "علم" and cue.gender == "m" and not cue.prefix and i and view.keys[i - 1] not in COMMAS:
        return True  # «رفعوا علم البلاد على أن»
    if cue.verb.surface == "أطلع" and view.keys[i + 1 : i + 2] in (["علي"], ["عليه"], ["عليها"], ["عليهم"]):
        return True  # «القرار الذي اطلعت عليه الصحيفة»
    if "noun" in cue.verb.frames and cue.form == "past" and cue.gender == "m" and not cue.prefix and i:
        if view.keys[i - 1] in ("هو", "وهو") and cue.verb.surface == "طلب" and view.tag(i + 1) != "that":
            return True  # «وهو طلب يستبعد الاتحاد قبوله»
        if cue.verb.surface in _MASDARS and not cue.pronoun and _is_in_name(view, i):
            return True
    if "continue" in cue.verb.frames and i and not cue.prefix and not _goes_on_saying(view, i):
        return True  # «واصلت الشركة "توسعها"» goes on doing, not saying
    if (
        cue.form == "past"
        and i
        and is_communication(view, i - 1)
        and (view.tag(i + 1) in ("preposition", "circumstance") or view.tokens.key(i + 1) in _BY_VOTE)
    ):
        return True  # «في بيان نُشر على الموقع»
    if view.keys[i - 1 : i] == ["ان"] and i > 1 and view.keys[i - 2] in ("دون", "بدون"):
        return True
    if cue.verb.surface == "بين" and cue.form == "past" and not cue.prefix and i and "ّ" not in surface(view, i):
        return cue.gender == "m"
    if before in ("preposition", "circumstance") and cue.form == "past" and not cue.pronoun and not cue.prefix:
        return view.keys[i - 1] != "من"  # في كشف، على رد, but «من قال إنهم»
    if view.keys[i] == "تبين" and i + 1 < len(view.keys) and (view.tag(i + 1) == "that" or view.keys[i + 1][0] == "ل"):
        return True  # «تبيّن للأجهزة أن»: it turned out
    return "ُ" in surface(view, i)[:2] and (cue.form == "past" or _is_passive(cue))


_MASDARS = frozenset("رصد كشف نشر نقل ذكر".split())  # verbs that are spelt like their verbal nouns


def _excepts(view: View, i: int) -> bool:
    """Tell «لم تعترف إلا بمقتل جندي», which says so, from «لم يعلن خسائره إلا بعد يومين»."""
    for k in range(i + 1, min(i + 6, len(view.keys) - 1)):
        if view.keys[k] in ("الا", "سوي"):
            following = view.keys[k + 1]
            return view.tag(k + 1) == "that" or following == "عن" or (following[0] == "ب" and not view.tag(k + 1))
    return False


def _is_in_name(view: View, i: int) -> bool:
    """Tell the verbal noun in the name of a body: «أحصى مشروع رصد النزاعات»، «وحدة كشف الحرائق»."""
    head, before = view.speaker(i - 1), view.keys[i - 1]
    body = before in ("مشروع", "عمليه", "حمله", "خطه") or (head is not None and head.tag not in ("person", "people"))
    if not body or is_definite(before):
        return False
    return i + 1 < len(view.keys) and is_definite(view.keys[i + 1])


_WAYS = frozenset("طريق سبيل اجل هدف بهدف بغرض بغيه محاوله اطار عبر خلال".split())
_BY_VOTE = frozenset("بالاجماع بالاغلبيه بالاكثريه".split())  # في بيان أُقر بالإجماع


def _is_for(view: View, i: int) -> bool:
    """Tell ل and its noun: «لمؤتمر»، «للقاء», and not «لجنة»."""
    key = view.tokens.key(i)
    return key.startswith("لل") or (key.startswith("ل") and (is_communication(view, i) or is_masdar(key[1:])))


def _ends_name(view: View, i: int, cue: Cue) -> bool:
    """Tell whether nothing but a name stands between a finite verb of speech and token `i`."""
    if view.tag(i + 1) == "that" and "that" in cue.verb.frames:
        return False
    for k in range(i - 1, max(-1, i - 9), -1):
        if _is_finite_cue(view, k):
            return i - k > 1 and view.speaker(k + 1) is not None
        if view.tokens.words[k].is_mark or view.tag(k) or k in view.in_time:
            return False
    return False


def _shows(view: View, i: int, cue: Cue) -> bool:
    return cue.form == "present" and cue.gender == "m" and not cue.number and not cue.verb.frames & {"describe"}


# Verbs whose present begins with a short a: «يُعتقد» is a passive, «يُعلن» is none.
_FIRST_FORM = frozenset("عدّ قال ذكر زعم ظن خشي علم روى نقل نشر قدر رأى وجد وصف".split())


def _is_passive(cue: Cue) -> bool:
    """Tell a passive from its vowel «ُ» on the first letter of a present."""
    verb = cue.verb.surface
    return cue.form == "present" and (verb[0] in "ات" or verb in _FIRST_FORM)


_SENT = frozenset(
    "حديثه حديثها كلامه كلامها خطابه سوال سوالا رساله اتهام اتهاما"
    " اتهامات دعوه كلمه نداء شكره الشكر تحيه ضربه ضربات انتقادات لكمه".split()
)


_HOMOGRAPHS = frozenset("سموه سموها نفيا مدينه ومدينه طالبان".split())  # His Highness, a denial, a town, a movement


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
    if cue.verb.surface in ("ثمن", "جدد") and not cue.prefix:  # ثمن الخبز، مقاتلون جدد
        return not (i + 1 < len(view.keys) and view.speaker(i + 1))
    if cue.verb.surface == "أبرز":
        return following in ("ما", "من", "هذه", "هذا") or not any(
            view.tag(k) == "that" for k in range(i + 1, min(i + 8, len(view.keys)))
        )
    return False


def _goes_on_saying(view: View, i: int) -> bool:
    following = view.tokens.key(i + 1)
    doing = is_masdar(following) and not is_definite(following)  # «، سيواصلون تعاونهم»
    return (view.keys[i - 1] in COMMAS and not doing) or any(
        k in (":", "قايلا", "قايله") for k in view.keys[i + 1 : i + 8]
    )


def is_homograph(view: View, i: int) -> bool:
    """Tell words that are spelt like a verb of speech: سموه, and «وتُدعى سعاد» beside «تدّعي أن»."""
    key = view.keys[i]
    called = key.removeprefix("و") in ("تدعي", "يدعي") and surface(view, i).endswith("ى")
    noun = view.tokens.words[i].light.endswith("ة") and key[0] == "ت"  # 500 تذكرة
    return key in _HOMOGRAPHS or called or noun


def _is_finite_cue(view: View, i: int) -> bool:
    cue = read_cue(view.tokens.words[i])
    return cue is not None and cue.form != "participle"


def surface(view: View, i: int) -> str:
    return view.tokens.words[i].surface


def is_between(view: View, i: int, source: Span) -> bool:
    first, _ = view.tokens.inside(source)
    return view.speaker(first) is None and i > 0


_IMPERSONAL = frozenset(
    ("ذكر", "اعتقد", "افترض", "توقع", "رجح", "ظن", "زعم", "خشي", "لاحظ", "نقل", "قدر", "علم", "قرر")
)


def is_impersonal(i: int, cue: Cue, frame: str, token: int, subject: str) -> bool:
    """Tell the passive «ويُذكر أن»، «الذي يُفترض أن» from the dropped subject of «ويضيف أن»."""
    if cue.form != "present" or cue.gender != "m" or cue.number or frame != "that":
        return False
    if subject == "antecedent":
        return cue.verb.surface in ("افترض", "توقع", "رجح", "زعم", "ظن")
    return cue.verb.surface in _IMPERSONAL and token == i + 1
