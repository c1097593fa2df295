"""Recognise every news form of a reporting verb: قال، قالت، يقولون، سيقول، قائلين، وصفه.

Annotated news uses some 95 different cue strings for 150 attributions, most of them once, so forms are made
from verbs and not listed. `lexicons/reporting_verbs.csv` gives a verb's third person past, its present and
its participle, its act, and the frames in which it introduces content; this module conjugates them.

>>> from analysis.text import word
>>> read_cue(word("وأكدت")).verb.surface, read_cue(word("مؤكدين")).form
('أكد', 'participle')
>>> read_cue(word("المؤكد")) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.lexicons import load
from analysis.text import Remembered, Word, fold

# Object pronouns that a verb takes: وصفه، اتهمها، أخبروهم، يسألني.
_OBJECTS = ("هما", "هم", "هن", "ها", "ني", "نا", "كم", "ه")


@dataclass(frozen=True, slots=True)
class Verb:
    """Hold one reporting verb: its dictionary form, kind, usual act and the frames its content comes in."""

    surface: str
    kind: str
    act: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Hold what one word form says as a cue.

    `form` is past, present or participle; `gender` m, f or None; `number` singular, dual, plural or None;
    `person` 1 or 3; `pronoun` is true when an object pronoun is glued on; `prefix` the glued و or ف.
    """

    verb: Verb
    form: str
    gender: str | None
    number: str | None
    person: int
    pronoun: bool = False
    prefix: str = ""


def _past(verb: Verb, past: str) -> dict[str, Cue]:
    def cue(gender: str | None, number: str | None, person: int = 3, pronoun: bool = False) -> Cue:
        return Cue(verb, "past", gender, number, person, pronoun)

    forms: dict[str, Cue] = {}
    if past[-1] in "اي" and len(past) > 2:  # defective: دعا دعت دعوا، نفى نفت نفوا
        stem = past[:-1]
        forms[stem + "ا"] = cue("m", None, pronoun=True)  # نفاه: only before a pronoun
        forms[past] = cue("m", None)
        forms[stem + "ت"] = cue("f", None)
        forms[stem + "وا"] = cue(None, "plural")
        forms[stem + ("يا" if past[-1] == "ي" else "وا")] = cue(None, "plural")
        return forms
    forms[past] = cue("m", None)
    forms[past + "ت"] = cue("f", None)
    forms[past + "تا"] = cue("f", "dual")
    forms[past + "وا"] = cue(None, "plural")
    if len(past) > 3 or (len(past) == 3 and "ا" not in past[1:]):
        forms[past + "ا"] = cue("m", "dual")
        forms[past + "ن"] = cue("f", "plural")
        forms[past + "نا"] = cue(None, "plural", 1)
    if past[-2] == "ا":  # hollow: قال قلت قلنا، أشار أشرنا، أجاب أجبت
        short = past[:-2] + past[-1]
        forms[past + "ا"] = cue("m", "dual")
        forms[short + "ت"] = cue(None, "singular", 1)
        forms[short + "نا"] = cue(None, "plural", 1)
        forms[short + "ن"] = cue("f", "plural")
    return forms


def _present(verb: Verb, present: str) -> dict[str, Cue]:
    def cue(gender: str | None, number: str | None, person: int = 3) -> Cue:
        return Cue(verb, "present", gender, number, person)

    rest = present[1:]
    plural = rest[:-1] if rest[-1] in "وياى" and len(rest) > 2 else rest
    forms = {
        "ي" + rest: cue("m", None),
        "ت" + rest: cue("f", None),
        "ي" + plural + "ون": cue("m", "plural"),
        "ي" + plural + "ن": cue("f", "plural"),
        "ي" + rest + "ان": cue("m", "dual"),
        "ت" + rest + "ان": cue("f", "dual"),
    }
    forms |= {"س" + form: c for form, c in forms.items()}
    return forms


def _participle(verb: Verb, participle: str) -> dict[str, Cue]:
    def cue(gender: str | None, number: str | None) -> Cue:
        return Cue(verb, "participle", gender, number, 3)

    base = participle.removesuffix("ا")
    return {
        base + "ا": cue("m", "singular"),
        base + "ه": cue("f", None),
        base + "ين": cue(None, "plural"),
        base + "ان": cue("m", "dual"),
        base + "تين": cue("f", "dual"),
        base + "ات": cue("f", "plural"),
    }


@cache
def _forms(marked: bool = False) -> dict[str, Cue]:
    """Return all forms of the verbs; `marked` asks for those that are told from nouns by a written shadda: عدّ."""
    forms: dict[str, Cue] = {}
    for entry in load("reporting_verbs").entries:
        frames = frozenset(entry.extra["frames"].split())
        if ("marked" in frames) != marked:
            continue
        verb = Verb(entry.surface, entry.tag, entry.value, frames)
        made = _past(verb, fold(entry.surface))
        if entry.extra["present"]:
            made |= _present(verb, fold(entry.extra["present"]))
        for participle in entry.extra["participle"].split():  # ذاكر and مذكر are one spelling's two verbs
            made |= _participle(verb, fold(participle))
        for form, cue in made.items():
            forms.setdefault(form, cue)
    return forms


def read_cue(form: Word) -> Cue | None:
    """Return what a word form says as a cue of attribution, or None when it is no form of a reporting verb.

    Passives with no speaker (يُعتقد، يُذكر) are told by their vowel marks where they are written; where they
    are not, `attribution` decides by what follows.

    >>> from analysis.text import word
    >>> read_cue(word("فأجبتهم")).person, read_cue(word("نفاه")).pronoun
    (1, True)
    """
    marked = ("عدّ" in form.surface or "ادّ" in form.surface) and not form.light.endswith("ة")  # not «عدّة»
    return _marked_cue[form.key] if marked else known_cue[form.key]


_SHORT = frozenset(("حث", "حض", "ظن", "عد"))  # وحث; but «ورد»، «وعد» are verbs of their own


@Remembered
def known_cue(key: str) -> Cue | None:
    """Return what a folded word says as a cue, as `read_cue` does for a word form."""
    return _cue_in(key, _forms())


@Remembered
def _marked_cue(key: str) -> Cue | None:
    return _cue_in(key, _forms(marked=True)) or known_cue[key]


def may_be_marked(key: str) -> bool:
    """Tell from a folded word alone whether it is a cue when its shadda is written: «وعدّ»، «تعدّها»."""
    return _marked_cue[key] is not None


def _cue_in(key: str, forms: dict[str, Cue]) -> Cue | None:
    for prefix, rest in (("", key), (key[:1], key[1:])):
        if prefix and (prefix not in "وف" or (len(rest) < 3 and rest not in _SHORT)):
            continue
        cue = forms.get(rest)
        if cue and not cue.pronoun:
            return Cue(cue.verb, cue.form, cue.gender, cue.number, cue.person, False, prefix)
        for suffix in _OBJECTS:
            if not rest.endswith(suffix):
                continue
            stem = rest[: -len(suffix)]
            cue = forms.get(stem) or (forms.get(stem + "ا") if stem.endswith("و") else None)
            if cue and cue.form != "participle" and "pronoun" in cue.verb.frames:
                return Cue(cue.verb, cue.form, cue.gender, cue.number, cue.person, True, prefix)
    return None
