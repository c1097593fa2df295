"""Find counted figures in a sentence: the number, its bounds, what is counted and what befell them.

News counts people and things in five shapes: a number before its noun (نحو 120 سجيناً), behind it (البوابات
الثلاث), in the dual alone (جنديين), in a vague plural (عشرات القتلى), and with no noun at all (مقتل ثلاثة،
إلى 22.96). The same digits also number years, articles, brigades and scores; a bare number is therefore
taken only where something announces a count. Whether those counted were killed or fled is said by the noun
(قتيلاً) or by the nearest event that governs it (مقتل، فرّ).

>>> from analysis.segment import find_blocks, split_sentences
>>> text = "قالت الشرطة إن نحو 120 سجيناً فروا من سجن البلدة، وإن حارسين قتلا على الأقل."
>>> for q in find_quantities(text, split_sentences(text, find_blocks(text))[0], []):
...     print(q.span.of(text), q.value, q.mod, q.role, q.place, sep=" | ")
نحو 120 سجيناً | 120 | APPROX | escaped | سجن البلدة
حارسين قتلا على الأقل | 2 | EQUAL_OR_MORE | killed | None
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from analysis.lexicons import load
from analysis.numerals import (
    Number,
    Numeral,
    may_begin,
    may_modify,
    read_bound,
    read_modifier,
    read_numeral,
    read_ordinal,
)
from analysis.segment import Sentence
from analysis.text import Remembered, Span, Tokens, fold_marks, stems, tokenize, word
from analysis.verbs import read_cue

# The rule of a quantity without a number (عدد من السجناء): it stands among the figures and holds none.
UNNUMBERED = "unnumbered"
_DASHES = frozenset("-–—\N{MINUS SIGN}")
_QUOTES = frozenset("\"'«»“”„‟‘’")
_CLAUSE_MARKS = frozenset(".؛;:!؟?…")
_MONEY_SIGNS = {"$": "دولار", "€": "يورو", "£": "جنيه"}
_PERCENT_SIGNS = frozenset(("%", "\N{ARABIC PERCENT SIGN}"))
_SCALES = {
    "الف": 1000, "الفا": 1000, "الاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارا": 10**9, "مليارات": 10**9, "تريليون": 10**12,
}  # fmt: skip
_ENDED = frozenset(("الفا", "مليونا", "مليارا", "تريليونا"))  # in the accusative: no noun in the genitive follows
# Words that no counted noun can be.
_FUNCTION = frozenset(
    "في من على علي الي عن مع بين او و ثم ان انه انها قد لا لم لن ما كان كانت كانوا هو هي هم هذا هذه ذلك"
    " تلك الذي التي الذين"
    " عند لدي منذ خلال بعد قبل حتي حيث فيما بينما كما ضد عبر نحو ضمن فقط بينهم بينها بينهن منهم منها منهن"
    " فيه فيها به بها"
    " لهم لها له لكن بل اذ اذا اما الا بسبب بحسب بموجب وفق وفقا لدي امس اليوم غدا ايضا كذلك مقابل مقارنه"
    " تحت فوق دون بدون"
    " حول جراء اثر نتيجه حسب لكل كل تلو ليس غير سوي فضلا اضافه بالاضافه قرب وسط داخل خارج لقوا لقي يوميا"
    " سنويا شهريا قضوا"
    " ضده ضدهم ضدها عليه عليهم عليها عنه عنهم عنها اليهم اليها لديهم لديه لديها معه معهم معها"
    " داخليا خارجيا حاليا محليا عالميا دوليا رسميا جويا بحريا"
    " تقريبا كانا كانتا ضمنهم عندما حين بان لان وهم وهو وهي عقب ولا وقد وفي وعلي لصالح بقياده برفقه"
    " بصحبه اي".split()
)
# «من» before these opens a circumstance and no counted group: ثلاثة من أصل عشرة.
_NO_GROUP = frozenset(
    "عمره عمرها عمرهم العمر اصل بين ان قبل خلال جراء دون ثم اجل المقرر المتوقع المحتمل جانب حيث ضمن طرف جديد".split()
)
_AMONG = frozenset("بينهم بينها بينهن منهم منها منهن ضمنهم بينهما فيهم".split())
_COMPANY = frozenset("مع بصحبه برفقه بجانب".split())
_OTHERS = frozenset("اخرين اخرون اخري اخر اخران اخريات".split())
_NO_CLASSIFIER = frozenset("وقت ان صوت صف يد جانب شكل اتجاه كل طرف قلب سقف رجل".split())
_NO_TIMES = ("عقد", "عقدا", "عقود", "حول")  # contracts as well as decades
_ONE = {"واحد": "m", "واحده": "f"}
_KIN = frozenset("بن ابن بنت ابو ابي ابا بو".split())  # جابر بن حيان
_TWO = frozenset("اثنين اثنان اثنتين اثنتان".split())
_BUT = frozenset("سوي غير الا".split())
_CLAUSE_WORDS = frozenset(
    "ان انه انها انهم ان لكن ولكن لكنه لكنها حيث بينما فيما بعدما قبل منذ عندما حين الذي التي"
    " الذين اللذين كما لان لانه اذ اذا".split()
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one figure. `value` is None for a range (`low`, `high`) and for a vague plural (`low`).

    «عدد من السجناء» (rule `unnumbered`) has neither a value nor a bound: it says that there were some.

    `mod` is APPROX, MORE_THAN, EQUAL_OR_MORE, LESS_THAN, EQUAL_OR_LESS, RANGE, VAGUE, or None for a plain
    number. `counted` is the noun as written, % for a share, None for a bare number; `unit` the unit of a
    measure (%, km, دولار). `role` says what befell those counted, `group` who they are and `place` where,
    in the article's words; `rule` the shape.
    """

    span: Span
    value: Number | None
    low: Number | None
    high: Number | None
    mod: str | None
    approximate: bool
    counted: str | None
    counted_span: Span | None
    unit: str | None
    role: str
    group: str | None
    place: str | None
    rule: str
    sentence: int


@dataclass(frozen=True, slots=True)
class _Noun:
    """Hold a counted noun at tokens `first` up to `stop`: its kind in countables.csv or units.csv, "" if
    unknown.
    """

    first: int
    stop: int
    kind: str = ""
    unit: str | None = None
    text: str | None = None
    partitive: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """Hold what was read at tokens `first` up to `stop`, before role, group and place."""

    start: int
    first: int
    stop: int
    value: Number | None
    low: Number | None
    high: Number | None
    mods: tuple[str, ...]
    noun: _Noun | None
    rule: str
    proclitics: str = ""
    core: int = 0  # where the number and noun end, before a bound behind them


@dataclass(frozen=True)
class _View:
    """Hold a sentence's tokens and which of them belong to time expressions."""

    text: str
    sentence: Sentence
    tokens: Tokens
    keys: list[str]
    timed: frozenset[int]
    readings: list[_Reading] = field(default_factory=list)

    def key(self, i: int) -> str:
        return self.keys[i] if 0 <= i < len(self.keys) else ""

    def glued(self, i: int) -> bool:
        """Tell whether token `i` follows token `i - 1` without white space."""
        return 0 < i < len(self.keys) and self.tokens.ends[i - 1] == self.tokens.starts[i]


# --- word lists ---------------------------------------------------------------------------------------------


def _form(
    key: str,
    clitics: Sequence[str] = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل", "فب", "ال", "وال", "بال", "لال"),
) -> str:
    """Return the word of counting.csv that `key` holds behind any proclitics, or ""."""
    return next((rest for c, rest in stems(key) if c in clitics and rest in _contexts()), "")


@cache
def _contexts() -> dict[str, str]:
    times = ("unit", "counted", "dual", "plural")
    words = {e.keys[0]: "time" for e in load("time_words").entries if e.tag in times and e.surface not in _NO_TIMES}
    return words | {e.keys[0]: e.tag for e in load("counting").entries}


@Remembered
def _context(key: str) -> str:
    """Return the tag of a word around numbers: named, time, change, reach, or ""."""
    return _contexts().get(_form(key), "") if key else ""


_POSSESSIVES = ("ه", "ها", "هم", "هن", "هما")


@dataclass(frozen=True, slots=True)
class _Role:
    tag: str
    role: str


@cache
def _role_forms() -> dict[str, _Role]:
    forms: dict[str, _Role] = {}
    for entry in load("roles").entries:
        role = _Role(entry.tag, entry.value)
        if entry.tag != "verb":
            forms[entry.keys[0]] = role
            continue
        present = _key(entry.extra["present"])
        for form in (*_past_forms(entry.keys[0]), *_present_forms(present)):
            if form not in _countables() or not form.endswith(_POSSESSIVES):  # قضية is a case, no form of قضى
                forms.setdefault(form, role)
    return forms


@cache
def _key(surface: str) -> str:
    """Return the folded key of one word of a list."""
    return word(surface).key


def _past_forms(past: str) -> Iterator[str]:
    """Yield قتل قتلت قتلوا قتلا قتلتا قتله …, and نجا نجت نجوا of a weak ending."""
    stem = past[:-1] if past[-1] in "اي" and len(past) > 2 else past
    yield from (past, stem + "ت", stem + "وا", (past if past[-1] != "ا" else stem + "و") + "ا", stem + "تا")
    yield from (base + pronoun for base in (past, stem + "ت") for pronoun in ("ه", "ها", "هم", "هما"))


def _present_forms(present: str) -> Iterator[str]:
    stem = present[:-1] if present[-1] in "يو" else present
    for base, weak in ((present, stem), ("ت" + present[1:], "ت" + stem[1:])):
        for form in (base, weak + "ون", weak + "وا", base + "ان", base + "ا"):
            yield form
            yield "س" + form


@Remembered
def _role_of(key: str) -> _Role | None:
    """Return what a word says of those counted, off its و ف ب ل ال; verbs take no ب ل ال, masdars take هم."""
    if not key:
        return None
    for clitics, rest in stems(key):
        role = _role_forms().get(rest)
        if role and (role.tag != "verb" or not clitics.strip("وف")):
            return role
        if (
            role
            and role.tag == "verb"
            and clitics in ("ب", "وب", "ل", "ول", "ال", "بال", "وال")
            and _is_masdar_too(rest)
        ):
            return _Role("masdar", role.role)
        bare = next((rest.removesuffix(p) for p in _POSSESSIVES if rest.endswith(p)), "")
        role = _role_forms().get(bare)
        if role and role.tag == "masdar":  # مصرعهم، اعتقالهم
            return role
    return None


def _is_masdar_too(key: str) -> bool:
    """Tell whether a past verb of three letters is written like its masdar: قتل، جرح، نقل."""
    return len(key) == 3 or key in ("تجمع", "تظاهر", "تسلم", "تشرد")


@dataclass(frozen=True, slots=True)
class _Countable:
    kind: str
    dual: str = ""
    unit: str | None = None


@cache
def _countables() -> dict[str, _Countable]:
    """Return every form of the nouns in countables.csv: singular, plural, accusative and dual."""
    forms: dict[str, _Countable] = {}
    duals: dict[str, _Countable] = {}
    for entry in load("countables").entries:
        if entry.tag == "no_dual":
            continue
        singular, plural = entry.keys[0], _key(entry.value)
        noun = _Countable(entry.tag)
        oblique = plural.removesuffix("ون") + "ين" if plural.endswith("ون") else plural
        for form in (singular, singular + "ا", plural, plural + "ا", oblique):
            forms.setdefault(form, noun)
        feminine = entry.surface.endswith("ة")
        stem = singular[:-1] + "ت" if feminine else singular
        duals[stem + "ان"] = _Countable(entry.tag, "absolute")
        if not plural.endswith("ون"):  # مسلحين is a plural
            duals[stem + "ين"] = _Countable(entry.tag, "absolute")
        if feminine:
            duals[stem + "ي"] = duals[stem + "ا"] = _Countable(entry.tag, "construct")
    for entry in load("units").entries:
        if len(entry.keys) == 1 and entry.keys[0].endswith("ين") and len(entry.keys[0]) > 3:
            duals[entry.keys[0]] = _Countable(entry.tag, "absolute", entry.value)
    for form, noun in duals.items():
        forms.setdefault(form, noun)
    return forms


def is_counted(key: str) -> bool:
    """Tell whether a folded word is a noun that numbers count: 1450 شخصاً is no year.

    >>> is_counted("شخصا"), is_counted("هجريا")
    (True, False)
    """
    known = _countable(key)
    return known is not None and known[1].kind != "" and not known[0] and not known[1].dual


_DUAL_ENDINGS = ("تين", "تان")
_NISBA = "nisba"  # a dual where a verb or masdar of harm shows it: سركيسيان is a name


def _unlisted_dual(key: str) -> tuple[str, _Countable] | None:
    """Read the dual of an unlisted feminine noun by its ending: فئتين، ركلتان. Plurals in ـين of words in
    ـت are listed.
    """
    if key.endswith("يان") and len(key) > 6 and not key.startswith(("ال", "وال", "بال")):  # قتل فلسطينيان
        return "", _Countable("person", _NISBA)
    if not key.endswith(_DUAL_ENDINGS) or key.endswith(("ستان", "يتين", "يتان")) or _context(key) == "time":
        return None
    for _, rest in stems(key):
        if rest in _no_duals() or may_begin(rest):
            return None
    clitics = "ال" if key.startswith(("ال", "وال", "بال", "لل", "فال")) else "و" if key[0] == "و" else ""
    return (clitics, _Countable("", "absolute")) if len(key) - len(clitics) >= 6 else None


@cache
def _no_duals() -> frozenset[str]:
    return frozenset(e.keys[0] for e in load("countables").entries if e.tag == "no_dual")


@Remembered
def _countable(key: str) -> tuple[str, _Countable] | None:
    """Return (proclitics, noun) of a known counted noun."""
    if not key:
        return None
    forms = _countables()
    return next(((clitics, forms[rest]) for clitics, rest in stems(key) if rest in forms), None) or _unlisted_dual(key)


_A_NUMBER = frozenset(("عدد", "عددا", "بعدد"))
_SIZES = frozenset("كبير كبيرا قليل قليلا محدود محدودا".split())


@Remembered
def _is_trigger(key: str) -> bool:
    """Tell from a folded word alone whether a quantity can begin or be announced there."""
    if key.removeprefix("و") in _A_NUMBER:
        return True
    noun = _countable(key)
    dual = bool(noun and noun[1].dual and not noun[0].endswith("ال"))
    return dual or may_begin(key) or may_modify(key)


# --- where a quantity begins --------------------------------------------------------------------------


def _after_proclitics(view: _View, i: int, letters: int) -> int:
    """Return the offset of token `i` past its first `letters` letters and the marks on them: و|عشرين."""
    at = view.tokens.starts[i]
    for c in view.tokens.words[i].surface:
        folded = fold_marks(c)
        if folded and not letters:
            break
        letters -= bool(folded)
        at += 1
    return at


def _without_article(proclitics: str) -> int:
    return len(proclitics.removesuffix("ال"))


@cache
def _modifier_heads() -> frozenset[str]:
    return frozenset(e.keys[0] for e in load("modifiers").entries)


def _modifier_start(view: _View, i: int) -> int:
    key = view.keys[i]
    if key in ("بما", "لما", "وما", "فما"):
        return _after_proclitics(view, i, 1)
    clitics = next((c for c, rest in stems(key) if rest in _modifier_heads()), "")
    return _after_proclitics(view, i, _without_article(clitics))


# --- nouns --------------------------------------------------------------------------------------------


def _is_word(key: str) -> bool:
    return key[:1].isalpha()


def _is_noun(key: str) -> bool:
    """Tell whether a word can be the counted noun behind its number: no particle, no verb, no «و» of a new
    member.
    """
    if not _is_word(key) or key in _FUNCTION or len(key) < 2 or key.isascii():
        return False
    known = _countable(key)
    if known and known[1].dual:  # «إف 16 موقعين»: a number does not count a dual
        return False
    if (key.endswith("وا") and not known) or (key[0] == "ي" and key.endswith("ون")):  # قتلوا، يمثلون
        return False
    if key.startswith(("وال", "بال", "كال", "لل", "فال", "ولل")):
        return False
    if known and not known[0]:
        return True
    role = _role_of(key)
    if role and role.tag in ("noun", "held"):
        return key[0] != "و" or key in _role_forms()
    if role and role.tag == "verb":
        return False
    if len(key) < 3:  # «إليوشن 62 إم»
        return key in ("يد", "دم")
    if key[0] == "و" and len(key) > 3:  # «بلغ 100 وتأهل»: nouns in و are listed
        return role is not None and key in _role_forms()
    return not (known and known[0][:1] in ("ب", "ل", "و", "ف"))


def _is_finite(key: str) -> bool:
    """Tell whether a folded word is a finite reporting verb: وقال، وأضافت."""
    cue = read_cue(word(key))
    return cue is not None and cue.form != "participle"


def _unit(view: _View, i: int) -> _Noun | None:
    found = load("units").find(view.tokens, i)
    if found is None or found.proclitics:
        return None
    entry, stop = found.entry, found.stop
    if entry.value == "%":
        return _Noun(i, stop, "share", "%", "%")
    if entry.tag == "currency":
        key = view.key(stop)
        adjective = key == "استرليني" or (
            _is_word(key)
            and key.endswith(("ي", "يا", "يه"))
            and len(key) > 3
            and key[:2] not in ("ال", "لل")
            and key not in _FUNCTION
        )
        stop += adjective and key[0] not in "وب" and stop not in view.timed
    return _Noun(i, stop, entry.tag, entry.value)


def _counted(view: _View, i: int, numeral: Numeral) -> _Noun | None:
    """Return the noun that a number ending before token `i` counts, or None."""
    if i >= len(view.keys) or i in view.timed:
        return None
    if unit := _unit(view, i):
        return unit
    key = view.keys[i]
    if _is_month(view, i, numeral):
        return None
    if key == "من":
        after = view.key(i + 1)
        whole = isinstance(numeral.value, int) or numeral.value is None or numeral.form == "fraction"
        if not whole or i + 1 in view.timed or after in _NO_GROUP or may_begin(after) or not _is_word(after):
            return None
        event = _role_of(view.key(numeral.first - 1))
        leaves = event is not None and event.role in ("escaped", "displaced", "transferred") and after in _PRISON_PLACES
        if after in _FUNCTION or after.startswith("و") or leaves:  # فرار 300 من السجن
            return None
        return _Noun(i + 1, i + 2, _kind(after), partitive=True)
    if numeral.value and 3 <= numeral.value <= 10 and (known := _countable(key)) and _is_like_plural(known[1], key):
        return _Noun(i, i + 1, known[1].kind)
    if view.keys[numeral.stop - 1].removeprefix("و") in _TWO or _is_adjunct(view, i, numeral):
        return None
    if not _is_noun(key) or (numeral.stop == i > numeral.first + 1 and view.keys[i - 1] in _ENDED):
        return None  # «عشرين مليارا لدعم»
    article = view.tokens.words[i].light.startswith("ال")  # and not آلية
    if article and not (numeral.vague or numeral.form == "fraction"):
        return None
    if numeral.vague and numeral.definite:  # أصيب العشرات برصاص الجيش
        return None
    return _Noun(i, i + 1, _kind(key))


def _is_adjunct(view: _View, i: int, numeral: Numeral) -> bool:
    """Tell «أصيب ثلاثة برصاص الجيش»، «عشر أبوابها»: words behind a number that it does not count."""
    key = view.keys[i]
    if key.endswith("ها") and len(key) > 4 and not numeral.vague and numeral.form != "fraction":
        return view.key(numeral.first) != "خمس"
    role = _role_of(view.key(numeral.first - 1))
    return key[0] in "بك" and len(key) > 4 and _countable(key) is None and role is not None and role.role != "other"


def _is_like_plural(noun: _Countable, key: str) -> bool:
    """Tell «7 عاملين», written like the dual: a plural in ـين of people who have another one as well (عمال)."""
    return noun.dual == "absolute" and noun.kind in ("person", "civilian") and key.endswith("ين")


def _is_month(view: _View, i: int, numeral: Numeral) -> bool:
    """Tell the day of a date that names something: «ثورة 30 يونيو»، «حي 30 تموز»."""
    day = isinstance(numeral.value, int) and numeral.value <= 31 and numeral.form in ("digits", "words")
    return day and load("months").find(view.tokens, i) is not None


def _kind(key: str) -> str:
    if _context(key) == "time":
        return "time"
    known = _countable(key)
    return known[1].kind if known and not known[1].dual else ""


# --- what is no count ---------------------------------------------------------------------------------


def _is_code(view: _View, first: int, stop: int) -> bool:
    """Tell whether the number is part of a name or a notation: F16، إليوشن-76، 6:30، 14/10، 5G، #1، 1-."""
    before, after = view.key(first - 1), view.key(stop)
    if view.glued(first):
        apart = before in ("و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل") or may_modify(before)  # حوالى944
        if _is_word(before) and not apart:
            return True
        if before in "/:#@_&" or (before in ".،," and view.key(first - 2)[:1].isdigit() and view.glued(first - 1)):
            return True
        if (
            before in _DASHES
            and view.glued(first - 1)
            and (_is_word(view.key(first - 2)) or view.key(first - 2)[:1].isdigit())
        ):
            return True
    if before.isascii() and before.isalpha():  # COVID 19
        return True
    if view.glued(stop):
        if after in "/:@_" and view.glued(stop + 1) and view.key(stop + 1)[:1].isalnum():
            return True
        if after.isascii() and after.isalpha() and load("units").find(view.tokens, stop) is None:
            return True
    return (
        first == 0
        and after in ("-", "–", ")", ".", "/")
        and view.key(stop + 1) != ""
        and not _next_digit(view, stop + 1)
    )


def _next_digit(view: _View, i: int) -> bool:
    return view.key(i)[:1].isdigit()


def _is_known_noun(view: _View, i: int) -> bool:
    """Tell whether a unit or a listed noun stands at token `i`: صوت لصالح القرار 128 نائباً."""
    if i >= len(view.keys) or i in view.timed:
        return False
    known = _countable(view.keys[i])
    listed = known is not None and known[1].kind != "" and known[0] == "" and not known[1].dual
    return listed or _unit(view, i) is not None


def _is_named(view: _View, first: int, numeral: Numeral) -> bool:
    """Tell whether the number names the noun before it: الفرقة 60، المادة 5، مجموعة السبع، مونديال 2018."""
    if _context(view.key(first - 1)) != "named":
        return (
            numeral.form == "digits"
            and _context(view.key(first - 2)) == "named"
            and (
                view.key(first - 1) in ("رقم", "العالم") or view.key(first - 2) == "طراز"  # من طراز بوينغ 737
            )
        )
    return numeral.form == "digits" or numeral.definite


def _looks_plural(view: _View, i: int) -> bool:
    """Tell whether a definite noun has the shape of a plural: الأعضاء، القتلى، الشركات، المتهمين; not «الإصدار»."""
    key = view.key(i)
    bare = next((rest for clitics, rest in stems(key) if clitics.endswith("ال")), key)
    if _is_plural(bare):
        return True
    role = _role_of(key)
    if role and role.tag in ("noun", "held") and bare.endswith(("ي", "ا")):
        return True
    if not (bare[:1] == "ا" and bare[-2:-1] == "ا" and (len(bare) == 5 or (len(bare) == 6 and bare[-1] == "ء"))):
        return False
    light = view.tokens.words[i].light  # أطفال، أعضاء، أصدقاء; but إصدار، اتحاد
    return "إ" not in light and ("أ" in light or not bare.startswith("ات"))


def _is_plural(key: str) -> bool:
    """Tell whether a noun without article is a plural: a listed one, or one in ـات، ـون، ـين."""
    known = _countable(key)
    listed = known is not None and known[1].kind != "" and not known[1].dual and _stem(known[0], key) in _plurals()
    return listed or (key.endswith(("ات", "ون", "ين")) and len(key) > 3)


def _stem(clitics: str, key: str) -> str:
    return key[len(clitics) :] if key.startswith(clitics) else key


@cache
def _plurals() -> frozenset[str]:
    return frozenset(_key(e.value) for e in load("countables").entries if e.value)


# --- readings -----------------------------------------------------------------------------------------


def _modifiers(view: _View, i: int) -> tuple[tuple[str, ...], int]:
    mods: list[str] = []
    at = i
    while at < len(view.keys) and may_modify(view.keys[at]) and (found := read_modifier(view.tokens, at)):
        mods.append(found[0])
        at = found[1]
    return tuple(mods), at


def _read(view: _View, i: int) -> _Reading | None:
    """Return the quantity whose modifier, number or dual stands at token `i`, or None."""
    mods, at = _modifiers(view, i)
    if at >= len(view.keys) or at in view.timed:
        return None
    start = _modifier_start(view, i) if mods else -1
    sign = view.keys[at]
    if mods and (sign in _MONEY_SIGNS or sign in _PERCENT_SIGNS):
        at += 1
    key = view.key(at)
    if not key:
        return None
    if may_begin(key) and (numeral := read_numeral(view.tokens, at)):
        return _read_number(view, i, at, start, mods, numeral)
    if not mods and key.removeprefix("و") in _A_NUMBER:
        return _read_unnumbered(view, at)
    return _read_dual(view, i, at, start, mods)


def _is_person_name(view: _View, at: int) -> bool:
    """Tell a name that looks like a dual: «جابر بن حيان», and «محمد ضيفان العبيدي» behind a given name."""
    before, after = view.key(at - 1), view.key(at + 1)
    if before in _KIN:
        return True
    if not view.keys[at].endswith("ان"):  # «سجل صلاح هدفين» is an object
        return False
    if _context(before) == "given":
        return True
    nisba = after.startswith("ال") and after.endswith("ي") and len(after) > 5
    if not nisba or before.startswith("ال") or before in _FUNCTION or not _is_word(before):
        return False
    role = _role_of(before)  # «قتل مسلحان الشرطي» is a verb with its subject and object
    return role is None and not _is_finite(before) and _countable(before) is None


def _is_dual_adjective(before: str, key: str, clitics: str) -> bool:
    """Tell «مذكرتين رسميتين»، «ركلتين واضحتين» (no «و» and اضحتين) from «ركلتين ولوحتين»."""
    if not before.endswith(("ين", "ان")):
        return False
    return not clitics or (clitics == "و" and key[1] == "ا" and _countable(before) is not None)


def _read_dual(view: _View, i: int, at: int, start: int, mods: tuple[str, ...]) -> _Reading | None:
    """Read جنديين، مذكرتي احتجاج. «الجانبان» with the article is a way to speak of two and counts nobody."""
    known = _countable(view.keys[at])
    if known is None or not known[1].dual or known[0].endswith("ال") or _is_person_name(view, at):
        return None
    clitics, noun = known
    stop = at + 1
    before, key = view.key(at - 1), view.keys[at]
    harm = _role_of(before) if noun.dual == _NISBA else None
    if noun.dual == _NISBA and (harm is None or harm.tag not in ("verb", "masdar") or harm.role == "other"):
        return None
    if key == "طالبان" and not _counts_students(view, at):
        return None  # حركة طالبان
    if before in "،," and key[0] == "م" and key.endswith("ين") and before:  # «هاجموا المقر، موقعين قتلى»
        return None
    if not noun.kind and not noun.unit and _is_dual_adjective(before, key, clitics):
        return None
    if noun.dual == "construct":
        after = view.key(stop)
        role = _role_of(after)
        if not _is_noun(after) or after.startswith("ال") or stop in view.timed or clitics:
            return None
        if role and not (noun.kind == "event" and role.tag == "masdar"):  # حالتي وفاة
            return None
    elif view.key(stop) in _TWO:
        stop += 1
    start = start if mods else _after_proclitics(view, at, len(clitics))
    return _finish(
        view,
        _Reading(start, i, stop, 2, None, None, mods, _Noun(at, at + 1, noun.kind, noun.unit), "dual", clitics),
    )


_MOVEMENTS = frozenset("حركه حكومه مقاتلي مسلحي عناصر قاده زعيم سلطات جماعه تنظيم قوات سيطره".split())


def _counts_students(view: _View, at: int) -> bool:
    """Tell «وأصيب في الحادث طالبان» from the movement: a word of harm governs them, or they are among others."""
    before = view.key(at - 1)
    if before.removeprefix("و").removeprefix("ل") in _MOVEMENTS:
        return False
    near = [view.key(k) for k in range(at - 4, at)]
    harmed = [key for key in near if key and (role := _role_of(key)) and role.tag == "verb" and not key.endswith("ت")]
    governed = before in ("هجوم", "هجمات", "بين", "من", "عن", "مع", "علي", "الي", "ضد")
    return before in _AMONG or (bool(harmed) and not governed)


def _read_unnumbered(view: _View, at: int) -> _Reading | None:
    """Read «عدد من السجناء»، «عدد كبير من المدنيين»: people of whom the article gives neither a number nor a bound."""
    among = at + 2 if view.key(at + 1) in _SIZES else at + 1
    people = _countable(view.key(among + 1))
    role = _role_of(view.key(among + 1))
    known = (people and people[1].kind in ("person", "civilian")) or (role and role.tag in ("noun", "held"))
    if view.key(among) != "من" or not known:
        return None
    noun = _Noun(among + 1, among + 2, _kind(view.key(among + 1)), partitive=True)
    start = _after_proclitics(view, at, len(view.key(at)) - len(view.key(at).lstrip("وب")))
    return _Reading(start, at, noun.stop, None, None, None, (), noun, UNNUMBERED, core=noun.stop)


def _read_number(view: _View, i: int, at: int, start: int, mods: tuple[str, ...], numeral: Numeral) -> _Reading | None:
    first, stop = numeral.first, numeral.stop
    if any(k in view.timed for k in range(first, stop)):
        return None
    if in_brackets := _read_bracketed(view, numeral):
        return in_brackets
    if _is_code(view, first, stop):
        return None
    clitics = numeral.proclitics
    if not mods:
        start = _after_proclitics(view, at, _without_article(clitics)) if clitics else view.tokens.starts[at]
        before = view.key(at - 1)
        if (before in _MONEY_SIGNS or before in _PERCENT_SIGNS) and view.glued(at):
            start, i = view.tokens.starts[at - 1], at - 1
    if view.key(stop) in _DASHES and _next_digit(view, stop + 1) and numeral.form == "digits":
        return _read_dashed(view, i, start, mods, numeral)
    if ranged := _read_range(view, i, start, mods, numeral):
        return ranged
    if not mods and _is_named(view, first, numeral) and not _is_known_noun(view, stop):
        return None
    if not mods and (behind := _read_behind(view, numeral) or _read_two(view, numeral)):
        return behind
    if not mods and numeral.definite and view.key(at - 1).startswith("ال") and not clitics.startswith("و"):
        return None  # القرن العشرون
    if numeral.value == 1 and numeral.form == "words" and view.key(first) in _ONE:
        return _read_one(view, i, start, numeral)
    noun = _signed(view, i, at) or _counted(view, stop, numeral)
    if view.keys[first] == "خمس" and noun and _is_singular_whole(view, noun):  # خسر خمس قيمته
        numeral = replace(numeral, value=0.2, form="fraction")
    if noun and noun.kind == "time":
        return None
    known = noun and (noun.kind or _role_of(view.keys[noun.first]) or _role_of(view.key(first - 1)))
    if noun and not known and not mods and _is_year(numeral):
        noun = None  # في بطولة 2016 بعدما فاز
    if numeral.form == "fraction" and numeral.vague is False and not _is_share(view, numeral, noun):
        return None
    rule = "vague" if numeral.vague else "fraction" if numeral.form == "fraction" else "number"
    if noun is None:
        if not _is_bare_count(view, first, numeral, mods):
            return None
        rule = "vague" if numeral.vague else "bare"
    end = noun.stop if noun and noun.first >= stop else stop
    low, high = numeral.low, numeral.high
    return _finish(view, _Reading(start, i, end, numeral.value, low, high, mods, noun, rule, clitics))


def _read_bracketed(view: _View, numeral: Numeral) -> _Reading | None:
    """Read «(11) جريحاً», «منهم (8) جدد», «/25/ كلغ»: agencies set the digits of a tally in brackets or slashes."""
    first, stop = numeral.first, numeral.stop
    marks = view.key(first - 1), view.key(stop)
    tight = view.glued(first) and view.glued(stop)
    if numeral.form != "digits" or not (marks == ("(", ")") or (marks == ("/", "/") and tight)):
        return None
    label = view.key(first - 2)
    if label in _LABELS or _context(label) == "named":
        return None  # المادة (15) من القانون
    noun = _counted(view, stop + 1, numeral)
    among = view.key(first - 2) in _AMONG or (view.key(first - 2) == "و" and bool(view.readings))
    if noun is None or noun.kind == "time":
        return None
    if not (among or noun.kind or marks[0] == "/" or _role_of(view.keys[noun.first])):
        return None
    begin, mods = first - 1, tuple[str, ...]()
    if label and may_modify(label) and (found := read_modifier(view.tokens, first - 2)) and found[1] == begin:
        begin, mods = first - 2, (found[0],)  # نحو /900/ علبة
    start = view.tokens.starts[begin]
    return _finish(view, _Reading(start, begin, noun.stop, numeral.value, None, None, mods, noun, "number"))


_LABELS = frozenset(
    "الماده ماده رقم الفيه فيه الفقره فقره البند بند الصفحه صفحه القناه الدفعه الجدول الشكل القرار الامن".split()
)


def _signed(view: _View, i: int, at: int) -> _Noun | None:
    """Return the unit of a sign before the number: $500، %44."""
    sign = view.key(at - 1)
    if sign in _MONEY_SIGNS and at - 1 >= i:
        return _Noun(at - 1, at, "currency", _MONEY_SIGNS[sign])
    if sign in _PERCENT_SIGNS and at - 1 >= i:
        return _Noun(at - 1, at, "share", "%", "%")
    after = at + 1
    if view.key(after) in _MONEY_SIGNS:
        return _Noun(after, after + 1, "currency", _MONEY_SIGNS[view.key(after)])
    return None


def _is_singular_whole(view: _View, noun: _Noun) -> bool:
    key = view.keys[noun.first]
    return noun.stop - noun.first == 1 and len(key) > 4 and key.endswith(("ته", "تها", "تهم")) and key[-4:] != "اتها"


def _is_share(view: _View, numeral: Numeral, noun: _Noun | None) -> bool:
    """Tell «نصف السكان» from «ربع النهائي»، «النصف الأول» and «نصف سنوي»."""
    if noun is None or read_ordinal(view.tokens, numeral.stop):
        return False
    key = view.keys[noun.first]
    counted = bool(view.readings) and view.readings[-1].stop == numeral.first  # 4 صناديق نصف معدنية
    behind = counted or view.key(numeral.first - 1).startswith("ال")
    degree = behind and key.endswith(("يه", "ي")) and not key.startswith("ال") and _countable(key) is None
    return not (degree or key.endswith(("نهايي", "سنوي", "شهري", "دايره")) or (numeral.definite and not noun.partitive))


def _is_bare_count(view: _View, first: int, numeral: Numeral, mods: tuple[str, ...]) -> bool:
    """Tell whether a number without a noun is a count or a level: مقتل ثلاثة، بلغ 40، إلى 22.96، مقتل
    العشرات.
    """
    before, after = view.key(first - 1), view.key(numeral.stop)
    if numeral.vague:
        return numeral.form == "vague" and numeral.high is None
    if isinstance(numeral.value, float) and numeral.form == "digits":
        return before not in "(/" and after not in _DASHES
    if numeral.definite:
        rest = numeral.form == "words" and after.startswith("ال") and after.endswith(("ين", "ون"))  # الستة الباقين
        return (rest and before not in _FUNCTION - {"عن"}) or (bool(mods) and _is_tally(view, first, numeral))
    if after == "من" and view.key(numeral.stop + 1) == "بين" and view.key(numeral.stop + 2) in ("كل", "اصل"):
        return False  # «3 من بين كل 4 شباب»
    if numeral.stop - first > 1 and view.keys[numeral.stop - 1] in _SCALES:  # وزعت الحكومة 4.7 ملايين
        return True
    if mods:
        return mods[0] == "APPROX" or numeral.form != "digits" or not _is_year(numeral)
    if numeral.form == "digits" and (_is_year(numeral) or len(view.keys[first]) > 9):
        return _context(before) == "reach"
    if _is_whole(view, first) or _is_part(view, numeral):
        return True
    if before in _AMONG:  # توفي منهم 17، بينهم ثلاثة في حالة حرجة
        return True
    if before in ("مع", "ب") and view.key(first - 2) in ("مقارنه", "بالمقارنه"):
        return True
    if after in _AMONG or (after == "من" and view.key(numeral.stop + 1) in ("اصل", "بين")):
        return True
    role = _role_of(before)
    if role and role.tag != "noun":
        return role.role != "other" or before.lstrip("و") in _OF_PEOPLE
    if before in _BUT and _ends_phrase(view, numeral.stop):  # «لم يبق سوى 11»
        return True
    if before.startswith("ال") and _is_counted_before(view, first - 2):  # «بلغ عدد المفقودين 30»
        return True
    if _context(before) == "reach" or (role and before.startswith("ال")):
        return True
    if before == "و" and view.readings and view.readings[-1].stop == first - 1:
        return True
    if before == "من" and after == "الي" and _in_change(view, first - 2):  # ارتفع السعر من 5 إلى 7
        return True
    if before == "ضد":  # 89 صوتاً ضد 54
        return bool(view.readings) and view.readings[-1].stop == first - 1
    return before == "مقابل" or (before in ("الي", "عند", "علي") and _in_level(view, first - 2))


_OF_PEOPLE = frozenset(("فقدان", "انقاذ", "تحرير"))


def _is_whole(view: _View, first: int) -> bool:
    """Tell the whole of which a part was told: «214 بئراً من أصل 350»، «ستة مكاسب من تسعة»."""
    before = view.key(first - 1)
    if before in ("اصل", "مجموع"):
        return view.key(first - 2) == "من"
    last = view.readings[-1] if view.readings else None
    if before != "من" or last is None or last.stop != first - 1 or last.noun is None or last.noun.partitive:
        return False
    after = read_numeral(view.tokens, first)
    smaller = after is not None and (last.value or 0) < (after.value or 0)
    return smaller and after is not None and _ends_phrase(view, after.stop)


def _is_part(view: _View, numeral: Numeral) -> bool:
    """Tell the part of which the whole follows: «30 من 45 طالباً»."""
    at = numeral.stop + 1
    if view.key(numeral.stop) != "من" or at in view.timed or not may_begin(view.key(at)):
        return False
    whole = read_numeral(view.tokens, at)
    if whole is None or not isinstance(whole.value, int) or whole.value <= (numeral.value or 0):
        return False
    return _is_known_noun(view, whole.stop)


def _is_tally(view: _View, first: int, numeral: Numeral) -> bool:
    """Tell «عدد القتلى تجاوز الخمسين» from «تجاوز الخمسين من عمره» and «تجاوز الخمسين»: an age, unless counted."""
    if view.key(numeral.stop) == "من" and view.key(numeral.stop + 1).startswith(("عمر", "العمر")):
        return False
    return numeral.form == "words" and numeral.value is not None and _in_level(view, first - 1)


def _is_counted_before(view: _View, i: int) -> bool:
    """Tell whether «عدد» or its like opens the definite phrase that ends at token `i`."""
    for k in range(i, max(-1, i - 3), -1):
        if _context(view.key(k)) == "reach":
            return True
        if not view.key(k).startswith("ال"):
            return False
    return False


def _in_level(view: _View, i: int) -> bool:
    """Tell whether a change or a count stands close before token `i`: ارتفع المؤشر إلى، وصل العدد إلى."""
    return any(_context(view.key(k)) in ("change", "reach") for k in range(max(0, i - 7), i + 1))


def _is_year(numeral: Numeral) -> bool:
    return isinstance(numeral.value, int) and numeral.form == "digits" and 1800 <= numeral.value <= 2100


def _read_one(view: _View, i: int, start: int, numeral: Numeral) -> _Reading | None:
    """Read «زيارة واحدة», and «مقتل واحد»; «واحد من أبرز» and «في وقت واحد» count nothing."""
    at = numeral.first
    key, before = view.keys[at], view.key(at - 1)
    role = _role_of(before)
    person = role is not None and role.tag in ("noun", "held") and view.key(at + 1) == "من"  # معتقل واحد من البلدة
    if (view.key(at + 1) in ("من", "تلو", "منهم", "منها", "و") and not person) or at - 1 in view.timed:
        return None
    if role and role.tag == "masdar":
        return _finish(view, _Reading(start, i, at + 1, 1, None, None, (), None, "bare"))
    known = _countable(before)
    letters = len(known[0].removesuffix("ال")) if known else before.startswith("ب") and before[1:2] != "ا"
    noun_key = before[letters:]
    if not _is_noun(noun_key) or noun_key.startswith("ال") or noun_key in _NO_CLASSIFIER or _kind(noun_key) == "time":
        return None
    light = view.tokens.words[at - 1].light
    if (key == "واحده") != light.endswith("ة"):
        return None
    noun = _Noun(at - 1, at, _kind(before))
    letters = letters if known else 0
    return _finish(
        view,
        _Reading(_after_proclitics(view, at - 1, letters), at - 1, at + 1, 1, None, None, (), noun, "one"),
    )


def _read_behind(view: _View, numeral: Numeral) -> _Reading | None:
    """Read a number behind its noun: البوابات الثلاث، أخوته الخمسة، الدول الـ27، المتهمين ثلاثة."""
    at = numeral.first
    before = view.key(at - 1)
    if (
        at == 0
        or numeral.vague
        or numeral.form == "fraction"
        or not isinstance(numeral.value, int)
        or numeral.value < 3
    ):
        return None
    if not _is_word(before) or at - 1 in view.timed or before in _FUNCTION or _context(before) == "time":
        return None
    article = before.startswith(("ال", "وال", "بال", "لل", "فال", "كال", "ولل"))
    owned = (
        before.endswith(("ه", "ها", "هم", "هن"))
        and not view.tokens.words[at - 1].light.endswith("ة")
        and len(before) > 4
    )
    small_word = numeral.form == "words" and numeral.value <= 10 and numeral.stop == at + 1
    # «السبعة عشر» counts, «السابع عشر» orders; only «العشرون» does both.
    counts = numeral.form == "words" and (numeral.value < 20 or numeral.value % 10 > 0) and numeral.value < 100
    first = at - 1
    if numeral.definite and numeral.proclitics in ("ال", "الـ"):
        head = next((k for k in (at - 2, at - 3) if counts and article and _is_head(view, k)), -1)
        if not (article or owned) and not (counts and _is_head(view, at - 3)):
            return None
        if _context(view.key(at - 2)) == "named" or (not counts and not _looks_plural(view, at - 1)):
            return None  # حركة النجوم الخمس
        if article and head >= 0 and not _looks_plural(view, at - 1):  # جلسات التداول الخمس، قرى وادي الزيتون العشر
            first = head
    elif not (
        article
        and small_word
        and not numeral.proclitics
        and before.endswith(("ين", "ون", "ات"))
        and _ends_phrase(view, at + 1)
    ):
        return None
    if _is_noun(view.key(numeral.stop)) and _kind(view.key(numeral.stop)) and not numeral.definite:
        return None
    letters = (
        len(before) - len(before.lstrip("وفبلك")) if article and first == at - 1 and not before.startswith("ال") else 0
    )
    start = _after_proclitics(view, first, min(letters, 1))
    noun = _Noun(first, first + 1, _kind(view.keys[first]))
    if noun.kind == "time":
        return None
    return _finish(view, _Reading(start, first, numeral.stop, numeral.value, None, None, (), noun, "behind"))


def _is_head(view: _View, i: int) -> bool:
    """Tell whether an indefinite plural stands at token `i`, the head of a chain: جلسات التداول الخمس."""
    key = view.key(i)
    return key != "" and not key.startswith("ال") and _is_noun(key) and _is_plural(key)


def _read_two(view: _View, numeral: Numeral) -> _Reading | None:
    """Read «لاعبين اثنين»: the word for two shows that the noun before it is a dual and no plural."""
    at = numeral.first
    before = view.key(at - 1)
    if view.keys[at] not in _TWO or numeral.stop > at + 1 or at - 1 in view.timed:
        return None
    if not before.endswith(("ين", "ان")) or len(before) < 5 or "ال" in before[:3] or _kind(before) == "time":
        return None
    known = _countable(before)
    noun = _Noun(at - 1, at, known[1].kind if known else "")
    letters = len(known[0]) if known else 0
    start = _after_proclitics(view, at - 1, letters)
    return _finish(view, _Reading(start, at - 1, at + 1, 2, None, None, (), noun, "dual"))


def _ends_phrase(view: _View, i: int) -> bool:
    key = view.key(i)
    return not key or not _is_word(key) or key in _FUNCTION or key.startswith("و")


def _read_dashed(view: _View, i: int, start: int, mods: tuple[str, ...], numeral: Numeral) -> _Reading | None:
    """Read «20-30 شخصاً»; «2-1» and 10-20-30 are scores, dates and codes."""
    second = read_numeral(view.tokens, numeral.stop + 1)
    if second is None or numeral.value is None or second.value is None or second.value <= numeral.value:
        return None
    if view.key(second.stop) in _DASHES or numeral.stop + 1 in view.timed or _is_year(numeral):
        return None
    noun = _counted(view, second.stop, second)
    if noun is None or noun.kind == "time":
        return None
    low = _shared_scale(view, numeral, second)
    return _finish(view, _Reading(start, i, noun.stop, None, low, second.value, (*mods, "RANGE"), noun, "range"))


def _shared_scale(view: _View, one: Numeral, two: Numeral) -> Number:
    """Return the lower end with the scale of the upper one: بين 5 و7 آلاف."""
    assert one.value is not None and two.value is not None
    scale = _SCALES.get(view.keys[two.stop - 1], 1)
    if two.stop - two.first < 2 or one.value >= 1000 or one.value * scale >= two.value:
        return one.value
    return one.value * scale


def _read_range(view: _View, i: int, start: int, mods: tuple[str, ...], one: Numeral) -> _Reading | None:
    """Read «بين 20 و30 شخصاً»، «من 5 إلى 7»، «ثلاثة أو أربعة أشخاص». «ارتفع من 5 إلى 7» is a change and no
    range.
    """
    if one.value is None or one.form == "fraction":
        return None
    opening = view.key(i - 1)
    between = opening in ("بين", "وبين")
    at, noun = one.stop, None
    if view.key(at) in ("الي", "او", "و") or (may_begin(view.key(at)) and view.key(at).startswith("و")):
        pass
    else:
        noun = _counted(view, at, one)
        if noun is None or noun.partitive:
            return None
        at = noun.stop
    joint = view.key(at)
    if joint == "و" or joint in ("الي", "او"):
        second_at = at + 1
    elif between and joint.startswith("و") and may_begin(joint):
        second_at = at
    else:
        return None
    if joint == "و" and not between:
        return None
    second_mods, second_at = _modifiers(view, second_at)
    two = read_numeral(view.tokens, second_at) if second_at < len(view.keys) else None
    if (
        two is None
        or two.value is None
        or two.vague
        or two.value <= one.value
        or second_at in view.timed
        or "RANGE" in second_mods
    ):
        return None
    if joint == "الي" and (_in_change(view, i - 1) or (opening not in ("من", "بين", "وبين") and noun is not None)):
        return None
    if joint == "الي" and noun and noun.kind == "share":  # «من 17% إلى 36%»; a range has one sign: «من 17 إلى 36%»
        return None
    after = _signed(view, second_at, second_at) or _counted(view, two.stop, two)
    scaled = all(n.stop - n.first > 1 and view.keys[n.stop - 1] in _SCALES for n in (one, two))  # 4 آلاف إلى 5 آلاف
    told = between or scaled or (opening == "من" and joint == "الي" and not _is_year(one))
    if after is None and noun is None and not told:
        return None
    counted = after or noun
    if counted and counted.kind == "time":
        return None
    if (between or (opening == "من" and joint == "الي")) and not mods:
        extra = 1 if opening in ("وبين",) else 0
        start, i = _after_proclitics(view, i - 1, extra), i - 1
        if view.key(i - 1) == "ما":
            start, i = view.tokens.starts[i - 1], i - 1
    low = _shared_scale(view, one, two) if noun is None else one.value
    stop = after.stop if after and after.first >= two.stop else two.stop
    return _finish(view, _Reading(start, i, stop, None, low, two.value, (*mods, "RANGE"), counted, "range"))


_CHANGE_REACH = 12


def _in_change(view: _View, i: int) -> bool:
    """Tell whether a verb or masdar of change stands before token `i` in its clause: رفع نسبة المشاركة من."""
    for k in range(i, max(-1, i - _CHANGE_REACH), -1):
        key = view.key(k)
        if key in _CLAUSE_MARKS or key in _CLAUSE_WORDS or (key in "،," and i - k > 6):
            return False
        if _context(key) == "change":
            return True
    return False


def _finish(view: _View, reading: _Reading) -> _Reading:
    """Add a bound behind the noun: «20 شخصاً على الأقل», with up to three words of the noun's phrase
    between.
    """
    stop = reading.stop
    reading = replace(reading, core=stop, mods=reading.mods or _distant_modifier(view, reading.first))
    for gap in range(4):
        at = stop + gap
        key = view.key(at)
        if not key or key in _CLAUSE_MARKS or key in "،," or at in view.timed or (gap and may_begin(key)):
            break
        if bound := read_bound(view.tokens, at):
            return replace(reading, mods=(*reading.mods, bound[0]), stop=bound[1])
        if (gap and (key in _FUNCTION and key != "من" and key != "في")) or key == "و":
            break
    return reading


_MEASURES = frozenset("عدد نسبه قيمه حصيله كلفه تكلفه سعر مساحه طول ارتفاع حجم مجموع معدل اعداد".split())


def _distant_modifier(view: _View, first: int) -> tuple[str, ...]:
    """Return the modifier before what is measured: «تجاوز عدد الفارين 300»، «لم تتعد نسبة المشاركة 42%»."""
    at = first - 1
    while at > max(0, first - 4) and view.keys[at].startswith("ال") and at not in view.timed:
        at -= 1
    if at < 1 or at == first - 1 or view.keys[at] not in _MEASURES:
        return ()
    for k in (at - 2, at - 1):
        if k >= 0 and may_modify(view.keys[k]) and (found := read_modifier(view.tokens, k)) and found[1] == at:
            return (found[0],)
    return ()


# --- role, group and place ----------------------------------------------------------------------------

_STRONG = ("noun", "held", "masdar")
_LONGEST_REACH = 14
_LIVES = frozenset("بحياه حياه ارواح بارواح".split())  # أودى بحياة 18 شخصاً


def _own_role(view: _View, noun: _Noun) -> _Role | None:
    """Return the role that the counted noun names: قتيلاً; حالة اعتقال by the word behind it; none for
    «قتيلاً وجريحاً».
    """
    key = view.keys[noun.first]
    role = _role_of(key)
    if role and role.tag in _STRONG and not (role.tag == "masdar" and role.role == "other"):
        after = _role_of(view.key(noun.stop)) if view.key(noun.stop).startswith("و") else None
        if after and after.tag == "noun" and after.role != role.role:
            return _Role("noun", "other")
        return _Role("held" if role.tag == "held" else "noun", role.role)
    if noun.kind == "event":
        after = _role_of(view.key(noun.stop))
        if after and after.tag == "masdar":  # «حالة إصابة» is an illness
            return _Role("noun", "other" if after.role == "wounded" else after.role)
    return None


def _governor(view: _View, reading: _Reading) -> tuple[str, int]:
    """Return (role, token) of the event that governs a quantity from the left: مقتل ما لا يقل عن، قتل في
    الصراع نحو.
    """
    at = reading.first - 1
    gate = ""
    before = view.key(at)
    clitic = reading.proclitics.strip("وفال") if reading.rule != "behind" else ""
    if before in _AMONG:
        return ("", at)
    if before in _COMPANY:
        at -= 1
    elif before in (
        "علي",
        "الي",
        "عن",
        "في",
        "من",
        "بين",
        "ضد",
        "خلال",
        "بعد",
        "قبل",
        "منذ",
        "عبر",
        "بعدد",
        "نحو",
        "لدي",
    ):
        gate, at = before, at - 1
    elif clitic in ("ب", "ل") or before in ("ب", "ل"):
        gate = clitic or before
        at -= before in ("ب", "ل")
    if before == "من" and view.key(reading.stop) == "الي" and _in_change(view, at):  # ارتفع عدد المصابين من 12 إلى 17
        gate = "الي"
    if gate == "بين" and (role := _role_of(view.key(reading.core))) and role.tag == "verb":
        return (role.role, at)  # كانت من بين 16 شخصاً قتلوا
    if gate in ("في", "من", "بين", "ضد", "خلال", "بعد", "قبل", "منذ", "عبر"):
        return ("other", at)
    ends = {r.stop - 1: r.first for r in view.readings}
    steps = 0
    while at >= 0 and steps < _LONGEST_REACH:
        if at in ends:
            at = ends[at] - 1
            continue
        key = view.keys[at]
        if key in ("منذ", "قبل") and at + 1 in view.timed:  # يحتجز المسلحون منذ العام الماضي عشرات
            at -= 1
            continue
        if key in _CLAUSE_MARKS or key in _CLAUSE_WORDS or (key[0] in "وف" and key[1:] in _CLAUSE_WORDS):
            break
        if at in view.timed:
            at -= 1
            continue
        if key.lstrip("و") in _MEASURES and view.key(at + 1).startswith("ال") and _role_of(view.key(at + 1)) is None:
            break  # بلغ عدد المفقودين 30
        if key.removeprefix("و") in _MANAGED:
            break  # دخل الجيش البلدة بعد تمكن عدد من السجناء من الهرب
        role = _role_of(key)
        if role and _governs(view, at, role, gate, steps):
            return (role.role, at)
        if role and role.tag == "masdar" and not key.startswith("ال") and gate == "ب":
            break
        if key in _LIVES:
            at -= 1
            continue
        if steps == 0 and not gate and _is_construct(view, at, key):
            return ("other", at)
        if _is_finite(key) and (role is None or role.tag != "verb"):
            break
        steps += 1
        at -= 1
    return ("", -1)


def _is_construct(view: _View, at: int, key: str) -> bool:
    """Tell whether the word before the number rules it as a noun: بمساعدة ثلاثة أشخاص، برصاص مسلحين."""
    if key.startswith(("ال", "وال", "بال", "لل")) or key in _FUNCTION or not _is_word(key):
        return False
    if key[0] != "ب" or len(key) <= 4 or _role_of(key) is not None or view.tokens.words[at].light[-1] in "هم":
        return False
    name = load("particles").find(view.tokens, at)
    return name is None or name.entry.tag != "whole"


_BODIES = frozenset("جثث جثامين جثه رفات ضحايا".split())


def _governs(view: _View, at: int, role: _Role, gate: str, steps: int) -> bool:
    key = view.keys[at]
    if key in ("وفر", "وفرت") and steps:  # وفرت الوزارة, and not وفرّ
        return False
    if role.role == "escaped" and role.tag == "verb" and key.endswith("وا"):  # عشرة هربوا، اثنان منهم أعيدا
        return False
    if role.tag == "near":  # وسجن 15 آخرين
        return steps == 0 and not gate and key != "السجن"
    if role.tag == "held" and role.role != "escaped":
        return False
    if role.tag in ("noun", "held"):  # «عدد القتلى»; «عدد الفارين تجاوز 300 سجين»
        counted = _context(view.key(at - 1)) == "reach" or view.key(at - 1) == "اعداد"
        level = gate == "علي" and counted and _context(view.key(at - 2)) == "change"  # زاد عدد القتلى على 100
        if gate == "الي" and steps and _context(view.key(at - 1)) == "change":  # ارتفاع وفيات المرض إلى 218 حالة
            return True
        if counted and not key.startswith("ال") and steps:  # ارتفع عدد قتلى الفيضانات إلى 15
            return gate in ("", "الي", "ب") or level
        if role.role == "killed" and not key.startswith("ال"):  # «جثث 9 مهاجرين»
            return steps == 0 and not gate and key.lstrip("و") in _BODIES
        return key.startswith("ال") and (counted or role.tag == "noun") and (gate in ("", "الي", "ب") or level)
    if gate == "علي":
        return steps == 0 and role.role in ("detained", "other")
    if gate == "عن":  # أفرجت عن, but نقل عن مصدرين
        return role.role == "other"
    if gate == "الي":
        return False
    if gate == "ب":
        return key.lstrip("و") in ("اودي", "اودت", "يودي", "تودي")
    if role.tag == "masdar" and key.startswith("ال") and steps > 0:  # the killing, of someone told before
        return gate == "ل"
    return True


def _to_the_right(view: _View, reading: _Reading) -> str:
    """Return the role of a verb behind the noun: «120 سجيناً فروا»، «30 شخصاً لقوا مصرعهم»، «60 شخصاً بين
    جريح وقتيل»، «سبعة أشخاص على الأقل لقوا حتفهم»، «37 شخصاً بينهم 9 أطفال قتلوا».
    """
    at = reading.stop if read_bound(view.tokens, reading.core) else reading.core
    if view.key(at) in _AMONG or (view.key(at) == "من" and view.key(at + 1) in _AMONG):
        at = _after_those(view, at)
    for k in range(at, min(at + 7, len(view.keys))):
        key = view.keys[k]
        if key in _CLAUSE_MARKS or key in "،," or (k > at and may_begin(key) and k not in view.timed):
            return ""
        if key == "بين" and (role := _role_of(view.key(k + 1))) and role.tag == "noun":
            return "other"
        role = _role_of(key)
        if role and role.tag == "masdar" and k == at and key.endswith(_POSSESSIVES):  # لقي 35 شخصاً مصرعهم
            return role.role
        if key in _AT_LARGE:  # ما زالوا طلقاء
            return "escaped"
        if key == "من" and _is_escape(view, k + 1) and _manages(view, reading):  # تمكن 7 محتجزين من الفرار
            return "escaped"
        if key in ("علي", "الي") and (role := _role_of(view.key(k + 1))) and role.role in ("escaped", "displaced"):
            return role.role  # أجبر الآلاف على الفرار
        if key in _RETURNED and (again := _role_of(view.key(k + 1))) and again.role == "detained":
            return "recaptured"  # اثنان منهم أعيد القبض عليهما
        if role and role.tag == "verb":
            if key[0] in "وف" and key not in _role_forms():
                return ""
            return role.role
        if key == "لقوا":
            return "killed"
        if key in _LEFT and _is_flight(view, reading, k + 1):  # 300 عائلة غادرت منازلها
            return "displaced"
        if key == "علي" and view.key(k + 1) in _LEAVING and _is_forced(view, reading, k + 2):
            return "displaced"  # أجبرت المعارك الآلاف على مغادرة المدينة
        if key.startswith("و") and len(key) > 3 and k > at and not key.startswith("وال"):
            return ""
        if _is_finite(key) or key in ("ان", "لكن", "بعد", "قبل", "خلال", "منذ"):
            return ""
    return ""


_LEFT = frozenset("غادر غادرت غادروا يغادر تغادر يغادرون ترك تركت تركوا اخلي اخلت اخلوا".split())
_HOMES = frozenset(home + own for home in "منازل بيوت ديار قرا مساكن منزل بيت".split() for own in ("هم", "ها", "ه"))


def _is_flight(view: _View, reading: _Reading, i: int) -> bool:
    """Tell those who left their homes, and families who left a place: not «غادرت المخيم عائدة إلى قراها»."""
    behind = view.keys[i : i + 6]
    if any(key.startswith(("عايد", "عوده", "العوده")) for key in behind):
        return False
    family = reading.noun is not None and reading.noun.kind == "civilian"
    return view.key(i) in _HOMES or (family and view.key(i).startswith("ال") and view.key(i) != "المخيم")


_SETTLEMENTS = frozenset(
    "المدينه البلده القريه الحي المنطقه البلاد الغابه مدينه بلده قريه حي منطقه مناطقهم قراهم".split()
)
_FORCED = frozenset(prefix + verb for verb in ("اجبر", "اجبرت", "ارغم", "ارغمت", "دفع", "دفعت") for prefix in ("", "و"))


def _is_forced(view: _View, reading: _Reading, i: int) -> bool:
    """Tell people who are made to leave a place, and not their work: «أجبر الحريق مئة شخص على مغادرة | الغابة»."""
    forced = any(view.keys[k] in _FORCED for k in range(max(0, reading.first - 7), reading.first))
    key, crowd = view.key(i), (reading.value or reading.low or 0) >= _CROWD
    named = crowd and not key.startswith("ال") and not key.endswith(("ه", "ها", "هم"))  # بلدة باسمها
    return forced and (key in _HOMES or key in _SETTLEMENTS or named)


_WALLS = frozenset("السجن سجن اسوار المعتقل المعسكر".split())
_LEAVING = frozenset("مغادره ترك الرحيل اخلاء هجر هجره".split())
_AT_LARGE = frozenset("طلقاء طليقين طليقا فارين هاربين".split())
_MANAGED = frozenset("تمكن تمكنت تمكنوا يتمكن نجح نجحت نجحوا".split())


def _after_those(view: _View, at: int) -> int:
    """Return the token after those picked out of a group: «بينهم 9 أطفال وامرأة»."""
    inner = [r for r in view.readings if at < r.first <= at + 3]
    return inner[0].stop if inner else at


def _is_escape(view: _View, i: int) -> bool:
    role = _role_of(view.key(i))
    return role is not None and role.tag == "masdar" and role.role == "escaped"


def _manages(view: _View, reading: _Reading) -> bool:
    before = range(max(0, reading.first - 5), reading.first)
    return any(view.keys[k].removeprefix("و") in _MANAGED for k in before)


def _returns(view: _View, reading: _Reading) -> bool:
    """Tell «أعيد 81 سجيناً إلى السجن»، «أعادت الشرطة اعتقال 45 منهم»: a return into custody is said by the place."""
    if not _is_again(view, reading):
        return False
    role = _role_of(view.key(reading.first - 1))
    if role and role.role == "detained":
        return True
    at = reading.core
    return any(
        view.keys[k] == "الي" and view.key(k + 1) in _PRISONS for k in range(at, min(at + 6, len(view.keys) - 1))
    )


def _is_again(view: _View, reading: _Reading) -> bool:
    before = range(max(0, reading.first - 6), reading.first)
    return any(view.keys[k].lstrip("وف") in _RETURNED for k in before)


_RETURNED = frozenset("اعيد اعيدوا اعاد اعادت اعادوا يعيد تعيد اعاده باعاده".split())
_FUGITIVES = frozenset("الفارين الفاره الهاربين الهاربه الفارون الهاربون فروا هربوا".split())


@cache
def _paragraph(text: str, start: int, end: int) -> frozenset[str]:
    """Return the keys of the paragraph around a sentence."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return frozenset(tokenize(text, first, len(text) if last < 0 else last).keys)


_ESCAPES = frozenset("فرار الفرار هروب الهروب".split())
_PRISONERS = frozenset(
    "سجين سجينا سجناء السجناء معتقل معتقلا معتقلين المعتقلين محتجزين المحتجزين نزيلا نزلاء عناصر عنصرا".split()
)


def _caught(view: _View, reading: _Reading, roles: list[str]) -> bool:
    """Tell whether those detained are fugitives: the paragraph speaks of them, and they are no «others»."""
    if "escaped" in roles:
        return True
    if view.key(reading.stop) in _OTHERS or (reading.noun and view.keys[reading.noun.first] in _OTHERS):
        return False
    span = view.sentence.span
    around = _paragraph(view.text, span.start, span.end)
    return not _FUGITIVES.isdisjoint(around) or not (_ESCAPES.isdisjoint(around) or _PRISONERS.isdisjoint(around))


# To hold is less than to catch: nothing says that the persons held are the ones who had fled.
_HELD = frozenset("احتجز احتجزت احتجزوا تحتجز يحتجز احتجاز".split())
_PRISON_PLACES = frozenset("سجن السجن سجون السجون معتقل المعتقل محبس".split())
_CROWD = 100
_FIGHTERS = frozenset("عنصر عنصرا عناصر مسلح مسلحا مسلحين مسلحي مقاتل مقاتلا مقاتلين جندي جنديا جنود".split())
_PRISONS = frozenset(
    "سجن السجن سجون السجون معتقل المعتقل محبس الاحتجاز احتجاز زنزانه زنازين المحتجزين السجناء سجناء".split()
)


def _fled(view: _View, reading: _Reading, own: _Role | None) -> bool:
    """Tell whether those who flee leave their homes: civilians, or a crowd where no prison is spoken of."""
    if reading.noun and reading.noun.kind == "civilian":
        return True
    span = view.sentence.span
    fighters = reading.noun is not None and view.keys[reading.noun.first] in _FIGHTERS
    crowd = (reading.value or reading.low or 0) >= _CROWD and own is None and not fighters
    return crowd and _PRISONS.isdisjoint(_paragraph(view.text, span.start, span.end))


_CASES = frozenset(("حاله", "حالات"))  # ارتفاع الوفيات إلى 218 حالة
_NO_ROLE = (
    "thing",
    "place",
    "event",
    "time",
    "share",
    "currency",
    "length",
    "area",
    "volume",
    "weight",
    "energy",
    "temperature",
)


_OF_THEM = frozenset("منهم منها منهن منهما".split())


def _role(view: _View, reading: _Reading, roles: list[str]) -> str:
    """Return the role of those counted: the noun's own, else that of the event that governs them."""
    noun = reading.noun
    own = _own_role(view, noun) if noun else None
    if own and own.tag == "noun":
        return own.role
    if noun and noun.kind in _NO_ROLE and not own and view.keys[noun.first] not in _CASES:
        return "other"
    if reading.rule == UNNUMBERED:
        own = None  # «قال عدد من المعتقلين»: that they are held is no news
    before = view.key(reading.first - 1)
    if before in _AMONG and (event := _role_of(view.key(reading.first - 2))) and event.tag == "verb":
        return event.role  # توفي منهم 17
    untold = not roles or roles[-1] == "other"
    if untold and before in _PICKED and (told := _told_before(view, reading)):
        return told  # عدد القتلى الذين سقطوا، بينهم خمسة أطفال
    after = _role_of(view.key(reading.core)) if view.key(reading.core).endswith("وا") else None
    if reading.noun is None and after and after.tag == "verb":
        return after.role  # قُتل بحار و30 أصيبوا
    if (before in _PICKED or _joins_those(view, reading)) and roles:
        return own.role if own and roles[-1] == "other" else roles[-1]
    left = view.key(reading.core) in _LEFT and view.key(reading.core + 1) in _WALLS
    if before == "اصل" and (left or _to_the_right(view, reading) == "escaped"):  # 17 من أصل 23 غادروا السجن
        return "escaped"
    if roles and roles[-1] != "other" and _is_next_tally(view, reading):
        return roles[-1]
    if view.key(reading.first - 1) in ("اصل", "مجموع") or (reading.rule == "bare" and (reading.value or 0) >= 10**9):
        return "other"  # the whole of a part, and sums
    if own and own.role == "detained" and _returns(view, reading):
        return "recaptured"
    if own and own.role == "detained" and view.key(reading.core) == "خارج":  # 1500 سجين خارج الأسوار
        return "other"
    if own and own.role == "detained" and _is_brought(view, reading):
        return "transferred"
    people = noun is None or noun.kind in ("person", "civilian")
    if people and own is None and (told := _tally_role(view, reading)):
        return told
    role, at = _governor(view, reading)
    if view.key(reading.core) in _OF_THEM and view.key(reading.core + 2) in _CASES and roles:
        return roles[-1]  # 9 مصابين، 2 منهم في حالة حرجة
    if view.key(reading.core) in _OF_THEM and (later := _to_the_right(view, reading)):
        return later  # هرب 120 سجيناً، 81 منهم أعيد القبض عليهم
    if role in ("", "other") and at < 0:
        role = _to_the_right(view, reading) or role
    by_noun = not role and own is not None
    if not role and own:
        role = own.role
    if role == "escaped" and _fled(view, reading, own):
        role = "displaced"
    again = _is_again(view, reading) or (own is not None and own.role == "escaped")  # القبض على 28 فاراً
    strangers = noun is not None and own is None and view.key(at).lstrip("وف") in _HELD  # احتجزت الشرطة 130 شخصاً
    if role == "detained" and (again or (not by_noun and not strangers and _caught(view, reading, roles))):
        role = "recaptured"  # «عدد السجناء الفارين 300» caught nobody
    return role or "other"


_PICKED = _AMONG | {"هم", "وهم"}  # بينهم 3 عمال، هم 3 عمال


def _joins_those(view: _View, reading: _Reading) -> bool:
    """Tell the second of those picked out of a group: «بينهم 22 طفلاً | وأربع نساء»."""
    last = view.readings.index(reading) - 1
    if last < 0 or not (reading.proclitics.startswith("و") or view.key(reading.first - 1) == "و"):
        return False
    picked = view.readings[last]
    gap = view.keys[picked.stop : reading.first]
    return view.key(picked.first - 1) in _PICKED and (not gap or gap in (["و"], ["،"], ["،", "و"]))


_BETWEEN = frozenset(
    "الي لا تتعدي يتعدي تتجاوز يتجاوز الاولي الاوليه السابقه لاحقا في اليوم التالي هي كان كانت".split()
)
_TALLIES = frozenset("العدد الحصيله حصيلتهم عددهم".split())


def _told_before(view: _View, reading: _Reading) -> str:
    """Return the role that a noun of persons names before a figure: «القتلى»، «ضحايا»."""
    for k in range(reading.first - 1, -1, -1):
        role = _role_of(view.keys[k])
        if role and role.tag == "noun":
            return role.role
    return ""


_REACHES = frozenset("الي بلغ بلغت تجاوز تجاوزت فاق فاقت".split())


def _tally_role(view: _View, reading: _Reading) -> str:
    """Return the role of the tally that a figure ends: «عدد قتلى الانهيار الذي وقع أمس ارتفع إلى 30 عاملاً»."""
    near = view.keys[max(0, reading.first - 1) : reading.first]
    if not _REACHES.intersection(near):
        return ""
    for k in range(reading.first - 2, -1, -1):
        if view.keys[k].lstrip("و") in ("عدد", "حصيله", "الحصيله"):
            for at in (k + 1, k + 2):
                role = _role_of(view.key(at))
                if role and role.tag == "noun" and (at == k + 1 or view.key(at).startswith("لل")):
                    return role.role
            return ""
    return ""


def _is_next_tally(view: _View, reading: _Reading) -> bool:
    """Tell «ورفعت العدد لاحقاً إلى 41», «كانت الحصيلة الأولى 31»: the count of those told before."""
    if reading.noun is not None or reading.rule != "bare":
        return False
    for k in range(reading.first - 1, max(-1, reading.first - 7), -1):
        if view.keys[k] in _TALLIES:
            return True
        if view.keys[k] not in _BETWEEN and k not in view.timed:
            return False
    return False


_BROUGHT = frozenset("وصول وصل وصلت ووصل ووصلت تسلم تسلمت وتسلمت استلام تحويل".split())


_CUSTODY = _PRISON_PLACES | frozenset("محكمه المحكمه سلطات القضاء النيابه".split())


def _is_brought(view: _View, reading: _Reading) -> bool:
    """Tell prisoners who change their prison: «وصول 300 معتقل إلى سجن النهر»، «تحويل 43 موقوفاً إلى»."""
    at = reading.first - 1
    behind = range(reading.core, reading.core + 7)
    if any(view.key(k).startswith(("محرر", "مفرج", "افرج", "اطلق")) for k in behind):
        return False
    goes = any(view.key(k) == "الي" and view.key(k + 1) in _CUSTODY for k in behind)
    return goes and at >= 0 and view.keys[at] in _BROUGHT


def _phrase(view: _View, first: int) -> int:
    """Return the token after the noun phrase at `first`: عناصر تنظيم «الدولة»، سجن البلدة."""
    k = first
    definite = False
    while k < min(first + 6, len(view.keys)):
        key = view.keys[k]
        if k in view.timed:
            break
        if key in _QUOTES:
            close = next((j for j in range(k + 1, min(k + 5, len(view.keys))) if view.keys[j] in _QUOTES), -1)
            if close < 0:
                break
            k = close + 1
            definite = True
            continue
        if not _is_word(key) or key in _FUNCTION or key in _CLAUSE_WORDS or may_begin(key):
            break
        article = key.startswith("ال")
        if k > first and ((definite and not article) or (key.startswith(("و", "لل", "بال")) and not article)):
            break
        role = _role_of(key)
        if role and role.tag == "verb" and k > first:
            break
        definite = definite or article
        k += 1
    return k


def _is_place(key: str) -> bool:
    """Tell whether a noun phrase that begins with this word names a place: سجن البلدة، شمال سوريا."""
    known = _countable(key)
    return bool(known and known[1].kind == "place") or _context(key) == "area"


def _is_group(view: _View, i: int) -> bool:
    """Tell whether «من» before this word says who: من عناصر التنظيم، من المدنيين; but not من سوريا، من
    منازلهم.
    """
    key = view.keys[i]
    if key.endswith(("هم", "ها")):
        return False
    known, role = _countable(key), _role_of(key)
    people = known is not None and known[1].kind in ("person", "civilian")
    if role and role.tag == "masdar":  # تمكن 7 محتجزين من الفرار
        return False
    return people or key.startswith("ال") or role is not None or load("speakers").find(view.tokens, i) is not None


def _group_and_place(view: _View, reading: _Reading) -> tuple[str | None, str | None]:
    """Return who and where, from the words behind the noun: «من عناصر التنظيم»، «في سجن البلدة»."""
    group = place = None
    noun = reading.noun
    k = reading.core
    if noun and noun.partitive:
        stop = _phrase(view, noun.first)
        if stop > noun.stop:
            group = view.tokens.span(noun.first, stop).of(view.text)
        k = max(k, stop)
    limit = min(k + 14, len(view.keys))
    while k < limit:
        key = view.keys[k]
        if key in _CLAUSE_MARKS or key in "،," or (may_begin(key) and k not in view.timed) or key in ("ان", "لكن"):
            break
        if key in ("من", "في", "داخل", "قرب") and k + 1 < len(view.keys) and k + 1 not in view.timed:
            stop = _phrase(view, k + 1)
            if stop > k + 1:
                is_place = _is_place(view.keys[k + 1])
                phrase = view.tokens.span(k + 1, stop).of(view.text)
                if is_place and place is None:
                    place = phrase
                elif key == "من" and not is_place and group is None and k == reading.core and _is_group(view, k + 1):
                    group = phrase
                k = stop
                continue
        k += 1
    return group, place


def _mod(reading: _Reading) -> str | None:
    if "RANGE" in reading.mods:
        return "RANGE"
    bounds = [m for m in reading.mods if m != "APPROX"]
    if bounds:
        return bounds[0]
    if reading.value is None:
        return "VAGUE"
    return reading.mods[0] if reading.mods else None


def _build(view: _View, reading: _Reading, roles: list[str]) -> Quantity:
    mod, noun = _mod(reading), reading.noun
    low, high = reading.low, reading.high
    if reading.value is not None:
        low = reading.value if mod in ("MORE_THAN", "EQUAL_OR_MORE") else None
        high = reading.value if mod in ("LESS_THAN", "EQUAL_OR_LESS") else None
    span = view.tokens.span(noun.first, noun.stop) if noun else None
    if span and noun and reading.start > span.start and noun.first == reading.first:
        span = Span(reading.start, span.end)
    group, place = _group_and_place(view, reading)
    role = _role(view, reading, roles)
    roles.append(role)
    return Quantity(
        span=Span(reading.start, view.tokens.ends[reading.stop - 1]),
        value=reading.value,
        low=low,
        high=high,
        mod=mod,
        approximate="APPROX" in reading.mods or (reading.value is None and "RANGE" not in reading.mods),
        counted=(noun.text or (span.of(view.text) if span else None)) if noun else None,
        counted_span=span,
        unit=noun.unit if noun else None,
        role=role,
        group=group,
        place=place,
        rule=reading.rule,
        sentence=view.sentence.index,
    )


def find_quantities(text: str, sentence: Sentence, taken: Sequence[Span]) -> list[Quantity]:
    """Find the figures of one sentence, in text order, without overlaps; leave alone what lies in `taken`
    time spans.

    >>> from analysis.segment import find_blocks, split_sentences
    >>> text = "ارتفع عدد القتلى إلى 14 قتيلاً و30 جريحاً في عام 2018، وفق المادة 5."
    >>> sentence = split_sentences(text, find_blocks(text))[0]
    >>> [(q.value, q.role) for q in find_quantities(text, sentence, [])]
    [(14, 'killed'), (30, 'wounded')]
    """
    keys = sentence.tokens.keys
    triggers = [i for i, key in enumerate(keys) if _is_trigger[key]]
    if not triggers:
        return []
    timed: set[int] = set()
    for span in taken:
        if span.overlaps(sentence.span):
            first, stop = sentence.tokens.touching(span)
            timed.update(range(first, stop))
    view = _View(text, sentence, sentence.tokens, keys, frozenset(timed))
    at = 0
    for i in triggers:
        if i < at or i in timed:
            continue
        reading = _read(view, i)
        if reading is None:
            numeral = read_numeral(view.tokens, i) if may_begin(keys[i]) else None
            at = numeral.stop if numeral else at
        elif not view.readings or reading.first >= view.readings[-1].stop:
            view.readings.append(reading)
            at = reading.stop
    roles: list[str] = []
    found = [_build(view, reading, roles) for reading in view.readings]
    return [q for q in found if q.rule != UNNUMBERED or q.role != "other"]
