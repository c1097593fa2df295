"""Tell from the verb near a date whether it lies ahead or behind: ستجتمع اللجنة الخميس, and اجتمعت الخميس.

A weekday or a month alone is written for the one before and the one after. Arabic marks the future on the
verb (سـ, سوف), names it with a participle (من المقرر), and uses the present for what is scheduled (تنطلق
البطولة في).

>>> from analysis.text import tokenize
>>> read_tense(tokenize("من المقرر عودته الخميس"), 3, 4)
'future'
"""

from __future__ import annotations

import re

from analysis.lexicons import load
from analysis.text import Remembered, Tokens
from analysis.verbs import known_cue, read_cue

_FUTURE = re.compile(r"[وف]?س[يتن]\w{2,}")
# سيطر، سياسي، سيرغي، ستين، سنة begin like a future and are none.
_NO_FUTURE = re.compile(
    r"[وف]?(?:سيطر|سياس|سيار|سياج|سياق|سياح|سياد|سيد|سيناريو|سيناء?$|سينم|سيف|سيره|سيرا|سيرغ|سيرج|سيول|سيمون|سيباست"
    r"|سيبيري|سيلف|سيور|سيلا|سيلين|سيتي|ستين|ستون|سته$|ستار|ستالين|ستوكهولم|سترا|ستاد|ستيف|ستمي|ستما|ستر|سنه|سنو|سنغ"
    r"|سند|سنا|سني|سنت|سنج|سنح)\w*"
)
# أعلنت، شهدت: the past of her, but no plural in ات.
_PAST = re.compile(r"[وف]?(?!ال)\w{3,}[^\Wا]ت")
_NO_PAST = frozenset(("بيروت", "توقيت", "تثبيت", "انترنت", "صامت", "بتوقيت", "لتوقيت"))
_SHORT_PAST = re.compile(r"و?(?!ال|وقت|تحت|بيت|بنت|صوت|زيت|ليت|سبت|موت)\w{3}ت")  # هطلت, where a sentence begins
# What these say lies ahead when a deed follows: «اقترحت الرياض عقد اجتماع في يناير».
_PLANS = frozenset(
    "اقترح اقترحت قرر قررت تقرر وافق وافقت دعا دعت طالب طالبت اتفق اتفقت اتفقا اتفقوا تعهد تعهدت وعد وعدت توقع"
    " توقعت رجح رجحت اعلن اعلنت".split()
)
_POSTPONED = frozenset("اجل اجلت تاجيل ارجا ارجات ارجاء تاجلت مدد مددت تمديد حدد حددت تحديد".split())
_UNTIL = frozenset(("الي", "حتي", "وحتي", "لغايه"))
_LEFT, _RIGHT = 12, 5
_CLAUSES = frozenset("فيما بينما حين حيث الذي التي الذين بعدما عندما مما وذلك".split())
_CONTENT = frozenset(("ان", "بان", "انه", "انها", "انهم", "ب", ":", "،", "الذي", "التي"))


def read_tense(tokens: Tokens, first: int, stop: int) -> str:
    """Return "future", "present" or "past" by the nearest sign of tense before tokens `first`..`stop`, else
    after; "" for none, and for a deed announced or planned, which may lie on either side.

    >>> from analysis.text import tokenize
    >>> read_tense(tokenize("أعلن الوزير أن اللجنة ستجتمع الخميس"), 5, 6)
    'future'
    >>> read_tense(tokenize("نقل الخميس إلى بلدته"), 1, 2)
    'past'
    """
    keys = tokens.keys
    deed = False
    until = not _UNTIL.isdisjoint(keys[max(0, first - 2) : first])
    for i in range(first - 1, max(-1, first - _LEFT - 1), -1):
        sign = _sign(tokens, i)
        if until and keys[i].lstrip("و") in _POSTPONED:  # أجلت المحكمة القضية إلى 3 ديسمبر
            return "future"
        if sign == "deed":
            deed = True
        elif sign == "past" and deed and _is_plan(tokens, i):
            return ""
        elif sign:
            return sign
        if keys[i] in _CLAUSES:
            return ""
    if first and first <= _LEFT and _SHORT_PAST.fullmatch(keys[0]):
        return "past"
    for i in range(stop, min(len(keys), stop + _RIGHT)):
        if keys[i] in _CONTENT:
            return ""
        if (sign := _sign(tokens, i)) and sign != "deed":
            return sign
    return ""


def _is_plan(tokens: Tokens, i: int) -> bool:
    """Tell whether a past verb speaks or plans, so that the deed behind it may lie ahead of it."""
    return tokens.keys[i].lstrip("وف") in _PLANS or read_cue(tokens.words[i]) is not None


def _sign(tokens: Tokens, i: int) -> str:
    """Return what one word says of tense: سيعلن، المقرر، تنطلق say the future, أعلنت، قتل، لم the past."""
    key = tokens.words[i].key
    if key.removeprefix("و") in ("كان", "كانت", "كانوا", "كانا"):
        return "past"
    found = load("time_words").find(tokens, i)
    if found and found.entry.tag in ("future", "past", "present") and found.proclitics in ("", "و", "ف"):
        return found.entry.tag
    if (found and found.entry.tag == "deed") or key in ("عقد", "لعقد", "بعقد"):
        return "deed"
    if found and found.entry.tag == "before" and found.entry.value == "it":  # وقبلها في أغسطس
        return "past"
    return _verb_sign[key]


@Remembered
def _verb_sign(key: str) -> str:
    cue = known_cue[key]
    if cue and cue.form == "past":
        return "past"
    if _FUTURE.fullmatch(key) and not _NO_FUTURE.fullmatch(key):
        return "future"
    return "past" if _PAST.fullmatch(key) and key not in _NO_PAST else ""
