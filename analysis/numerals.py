"""Read Arabic numbers as news writes them: digits, words in every case and gender, mixtures, vague plurals.

The units stand before the tens (خمسة وعشرون), a scale is a noun of its own with singular, dual and plural
(ألف، ألفان، آلاف), the hundreds are one word or two (ثلاثمئة، ثلاث مئة), every part may carry glued و ب ل ك
ال, and digits mix with words («3 آلاف و500»). `lexicons/numbers.csv` holds the words, this module how they
combine.

>>> from analysis.text import tokenize
>>> read_numeral(tokenize("خمسة وعشرين ألفاً وثلاثمئة"), 0).value
25300
>>> read_numeral(tokenize("3 آلاف و500 كتاب"), 0).value, read_numeral(tokenize("9,5 مليون"), 0).value
(3500, 9500000)
>>> few = read_numeral(tokenize("عشرات الآلاف"), 0)
>>> few.value, few.low, few.vague
(None, 20000, True)
>>> read_ordinal(tokenize("الحادي والعشرين"), 0).value
21
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from analysis.lexicons import load
from analysis.text import Remembered, Tokens, stems

# Sixteen digits and more are account and phone numbers, and beyond what a float counts exactly.
_MOST_DIGITS = 15
_LARGEST = 10**21  # no news counts further: what goes on is a row of words
_DECIMAL = "\N{ARABIC DECIMAL SEPARATOR}"
_THOUSANDS = "\N{ARABIC THOUSANDS SEPARATOR}"
_COMMA = "\N{ARABIC COMMA}"
_POINTS = frozenset((".", ",", _DECIMAL))
_FRACTION_SLASH = "\N{FRACTION SLASH}"
_MINUS = ("-", "\N{MINUS SIGN}")
# «الـ48»: the article and its prefixes, cut off from digits.
_ARTICLES = frozenset(("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وبال", "فبال", "فلل"))
# Folding makes one form of مئتا and the company ميتا, of مئة and مية: these need their hamza.
_NEED_HAMZA = frozenset(("ميتا", "ميتي", "ميتين", "ميتان", "ميه", "ميات"))
# «مليوني» is a dual before its noun and an adjective after one (حشد مليوني في الساحة).
_NO_NOUN = frozenset(
    "في من على علي الي عن مع بين و او ثم ان قد لا لم لن كان كانت هو هي هذا هذه ذلك تلك الذي التي عند لدي"
    " منذ خلال بعد"
    " قبل حتي حيث فيما بينما كما ضد عبر نحو ضمن".split()
)
# What may stand inside a modifier: «يزيد عددهم على»، «لا تقل قيمتها عن».
_MEASURED = frozenset(
    noun + pronoun
    for noun in "عدد قيمت مساحت وزن طول عرض ارتفاع عمر اعمار كلفت تكلفت نسبت سعر".split()
    for pronoun in ("ه", "ها", "هم", "هن", "هما")
)
# بما لا يقل عن، لما يقرب من، مما يزيد على: prefixes glued to ما.
_MA = dict.fromkeys(("بما", "لما", "مما", "وما", "عما"), "ما")

Number = int | float


@dataclass(frozen=True, slots=True)
class Numeral:
    """Hold a number read at tokens `first` up to, not including, `stop`.

    `value` is None when the number is vague (عشرات: `low` 20; بضعة: `low` 3, `high` 9). `form` is digits,
    words, mixed, dual (ألفان، مئتي), vague, fraction (نصف، 3/4) or ordinal. `definite` is true behind the
    article (الثلاثة، الـ48), where a number may also be an ordinal (الذكرى العشرون): the reader of the noun
    decides.
    """

    first: int
    stop: int
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    vague: bool = False
    ordinal: bool = False
    form: str = "words"
    definite: bool = False
    proclitics: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold what one word is in a number: its kind (the tag of numbers.csv), value and glued prefixes."""

    kind: str
    value: Number
    proclitics: str

    @property
    def joined(self) -> bool:
        return self.proclitics.startswith("و")

    @property
    def definite(self) -> bool:
        return self.proclitics.endswith("ال")

    @property
    def bare(self) -> bool:
        return self.proclitics == ""


def _number(text: str) -> Number:
    """Read a value cell: 3, 0.25, 1/3, or nothing (0).

    >>> _number("1/4"), _number("12")
    (0.25, 12)
    """
    above, _, below = text.partition("/")
    return _plain(float(above) / float(below or 1)) if text else 0


def _plain(value: Number) -> Number:
    """Return an int for a whole number, and a float without the noise of binary products."""
    if isinstance(value, int):
        return value
    value = round(value, 9)
    return int(value) if value.is_integer() else value


@cache
def _pieces() -> dict[str, list[tuple[str, Number]]]:
    found: dict[str, list[tuple[str, Number]]] = {}
    for entry in load("numbers").entries:
        value = _number(entry.value.split()[0] if entry.value else "")
        found.setdefault(entry.keys[0], []).append((entry.tag, value))
    return found


@Remembered
def _known_piece(key: str) -> _Piece | None:
    by_key = _pieces()
    for proclitics, rest in [*stems(key), *_short_stems(key)]:
        if rest in by_key:
            kind, value = by_key[rest][0]
            return _Piece(kind, value, proclitics)
    return None


def _short_stems(key: str) -> list[tuple[str, str]]:
    # `stems` leaves words of three letters whole; «وست» is the one number among them.
    return [("و", "ست")] if key == "وست" else []


def _piece(tokens: Tokens, i: int) -> _Piece | None:
    """Return what token `i` is in a number, or None for every other word."""
    if i >= len(tokens.words):
        return None
    key = tokens.words[i].key
    piece = _known_piece[key]
    if piece is None:
        return None
    if piece.kind == "scale" and "\N{ARABIC SHADDA}" in tokens.words[i].surface:
        return None  # ألّف كتاباً: he wrote
    if key.removeprefix(piece.proclitics) in _NEED_HAMZA and "ئ" not in tokens.words[i].light:
        return None
    return piece


def _glued(tokens: Tokens, i: int) -> bool:
    """Tell whether token `i` follows token `i - 1` without white space."""
    return 0 < i < len(tokens) and tokens.ends[i - 1] == tokens.starts[i]


def _is_digits(tokens: Tokens, i: int) -> bool:
    return 0 <= i < len(tokens) and tokens.words[i].key[:1].isdigit()


def may_begin(key: str) -> bool:
    """Tell from a folded word alone whether a number can begin with it: the quick test before `read_numeral`.

    >>> may_begin("وخمسين"), may_begin("2026"), may_begin("الذين")
    (True, True, False)
    """
    if not key:
        return False
    if key[0].isdigit() or key in _ARTICLES or key in _MINUS:
        return True
    return _known_piece[key] is not None


# --- digits -------------------------------------------------------------------------------------------------


def _written(key: str, wide: bool) -> Number | None:
    """Return the value of one digit token; `wide` says that a noun of amounts follows (مليون، %، دينار).

    «10.000 مدني» is ten thousand, 1.1550 and 22.96 are decimals, «2,125 مليون» too, 1,155 is a thousand.
    """
    digits = sum(c.isdigit() for c in key)
    if digits > _MOST_DIGITS:
        return None
    if _FRACTION_SLASH in key:  # ¼
        above, _, below = key.partition(_FRACTION_SLASH)
        return _plain(int(above) / int(below)) if above.isdigit() and below.isdigit() and int(below) else None
    key = key.replace(_THOUSANDS, "")
    marks = [c for c in key if not c.isdigit()]
    if not set(marks) <= _POINTS:  # ²A
        return None
    if not marks:
        return int(key)
    parts = key.replace(",", ".").replace(_DECIMAL, ".").split(".")
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    if len(set(marks)) > 1:  # 1,234.5 and 1.234,5: the last mark is the decimal one
        return _plain(float("".join(parts[:-1]) + "." + parts[-1]))
    if len(marks) > 1:  # 1.200.000, but no number in 1.2.3
        return int("".join(parts)) if grouped else None
    if grouped and parts[0].lstrip("0") and marks[0] != _DECIMAL and not wide:
        return int("".join(parts))
    return _plain(float(".".join(parts)))


_PERCENT = frozenset(("%", "\N{ARABIC PERCENT SIGN}", "بالميه", "بالمايه"))


def _is_measured(tokens: Tokens, i: int) -> bool:
    """Tell what follows a decimal: a share or a scale, and no name of a team: «7ر6 في المئة», «3ر1 مليون»."""
    scale = _piece(tokens, i)
    share = tokens.key(i) == "في" and tokens.key(i + 1) in ("الميه", "المايه")
    return share or tokens.key(i) in _PERCENT or (scale is not None and scale.kind in ("scale", "plural"))


def _digits(tokens: Tokens, i: int) -> tuple[Number, int] | None:
    """Read digits at token `i`, with the Arabic comma as decimal mark (2،5), and with فاصلة.

    Some agencies write the decimal mark as ر, and the digits from right to left: 7ر6 is 6.7.
    """
    stop = i + 1
    key = tokens.words[i].key
    if tokens.key(stop) == "ر" and _glued(tokens, stop) and _glued(tokens, stop + 1) and _is_measured(tokens, stop + 2):
        below, above = key, tokens.key(stop + 1)
        return (_plain(float(f"{above}.{below}")), stop + 2) if above.isdigit() and below.isdigit() else None
    if (
        tokens.key(stop) == _COMMA
        and _glued(tokens, stop)
        and _glued(tokens, stop + 1)
        and tokens.key(stop + 1).isdigit()
        and key.isdigit()
    ):
        key, stop = f"{key},{tokens.key(stop + 1)}", stop + 2
    after = _piece(tokens, stop)
    wide = tokens.key(stop) in _PERCENT or (after is not None and after.bare and after.value >= 10**6)
    if not wide and "." in key and not key.endswith("00"):
        wide = tokens.key(stop) in _money_keys()  # 1.250 دينار, but 1.500 ريال
    value = _written(key, wide)
    return None if value is None else (value, stop)


_money: set[str] = set()


def _money_keys() -> set[str]:
    if not _money:
        _money.update(key for e in load("units").entries if e.tag == "currency" for key in e.keys[:1])
    return _money


# --- words --------------------------------------------------------------------------------------------


def _joined(tokens: Tokens, i: int) -> tuple[_Piece, int] | None:
    """Return the piece joined by و at token `i`, glued («وعشرين») or apart («و عشرين»), and its place."""
    piece = _piece(tokens, i)
    if tokens.key(i) == "واحد" and _piece_kind(tokens, i + 1) == "ten":
        return _Piece("bound", 1, "و"), i  # «مئة وأحد عشر»: و + أحد folds to the form of واحد
    if piece:
        return (piece, i) if piece.joined and piece.proclitics in ("و", "وال") else None
    if tokens.key(i) == "و":
        piece = _piece(tokens, i + 1)
        if piece and piece.proclitics in ("", "ال"):
            return piece, i + 1
    return None


def _below_hundred(tokens: Tokens, i: int, piece: _Piece) -> tuple[int, int] | None:
    """Read 1 to 99 at token `i`: the unit before the tens, and before «عشر» in the teens."""
    value = int(piece.value)
    if piece.kind in ("unit", "bound"):
        after = _piece(tokens, i + 1)
        if after and after.kind == "ten" and after.bare and not (piece.kind == "unit" and value == 1):
            return value + 10, i + 2
        tens = _joined(tokens, i + 1)
        if tens and tens[0].kind == "tens" and (piece.kind == "unit" or value == 1):
            return value + int(tens[0].value), tens[1] + 1
        return (value, i + 1) if piece.kind == "unit" else None
    if piece.kind in ("ten", "teen", "tens"):
        return value, i + 1
    return None


def _below_thousand(tokens: Tokens, i: int, piece: _Piece) -> tuple[int, int] | None:
    """Read 1 to 999 in words at token `i`."""
    value, stop = int(piece.value), i + 1
    if piece.kind == "unit" and 3 <= value <= 9:  # ثلاث مئة
        after = _piece(tokens, i + 1)
        if after and after.bare and after.value == 100 and after.kind in ("hundred", "plural"):
            value, stop = value * 100, i + 2
    if value < 100:
        return _below_hundred(tokens, i, piece)
    if stop == i + 1 and piece.kind not in ("hundred", "hundreds", "construct"):
        return None
    if piece.kind == "construct":
        return value, stop
    rest = _joined(tokens, stop)
    if rest and (lower := _below_hundred(tokens, rest[1], rest[0])):
        return value + lower[0], lower[1]
    spoken = _piece(tokens, stop)
    if spoken and spoken.bare and spoken.kind == "unit":  # spoken: خمسمية خمسة وعشرين
        lower = _below_hundred(tokens, stop, spoken)
        if lower and lower[0] > 20:
            return value + lower[0], lower[1]
    return value, stop


def _group(tokens: Tokens, i: int, piece: _Piece | None) -> tuple[Number, int, str] | None:
    """Read what a scale can multiply: digits, or words below a thousand. Returns value, stop and form."""
    if _is_digits(tokens, i):
        digits = _digits(tokens, i)
        return _with_point(tokens, *digits, "digits") if digits else None
    words = _below_thousand(tokens, i, piece) if piece else None
    return _with_point(tokens, *words, "words") if words else None


def _with_point(tokens: Tokens, value: Number, stop: int, form: str) -> tuple[Number, int, str]:
    """Go on behind فاصلة: «اثنان فاصلة خمسة»، «1 فاصلة 1»."""
    if _piece_kind(tokens, stop) != "point" or not isinstance(value, int):
        return value, stop, form
    after = _group(tokens, stop + 1, _piece(tokens, stop + 1))
    if after is None or not isinstance(after[0], int):
        return value, stop, form
    return _plain(float(f"{value}.{after[0]}")), after[1], form


def _piece_kind(tokens: Tokens, i: int) -> str:
    piece = _piece(tokens, i)
    return piece.kind if piece else ""


def _scale(tokens: Tokens, i: int, definite: bool) -> Number:
    """Return the scale word at token `i` (ألف، آلاف، ألفاً; المليون where `definite` allows it), or 0."""
    piece = _piece(tokens, i)
    if piece is None or piece.kind not in ("scale", "plural", "accusative") or piece.value < 1000:
        return 0
    return piece.value if piece.bare or (definite and piece.proclitics == "ال") else 0


@dataclass(frozen=True, slots=True)
class _Segment:
    """Hold a group times its scales: «خمسة وعشرون ألفاً», with the lowest of them."""

    value: Number
    scale: Number
    stop: int
    form: str


def _segment(tokens: Tokens, i: int, piece: _Piece | None) -> _Segment | None:
    if piece and piece.kind in ("scale", "pair") and not piece.proclitics.endswith("الال"):
        scale = piece.value if piece.kind == "scale" else piece.value // 2
        value, stop, form = piece.value, i + 1, "words" if piece.kind == "scale" else "dual"
    elif piece and piece.kind == "accusative" and _is_one_scale(tokens, i):
        value, scale, stop, form = piece.value, piece.value, i + 1, "words"  # مليوناً و240 ألفاً
    elif piece and piece.kind in ("construct", "accusative"):
        if not _takes_noun(tokens, i + 1):
            return None
        value = piece.value if piece.kind == "construct" else 2 * piece.value  # ألفا جندي: two thousand
        scale, stop, form = (1 if value == 200 else value // 2), i + 1, "dual"
    else:
        group = _group(tokens, i, piece)
        if group is None:
            return None
        value, stop, form = group
        scale = 1
    while value < _LARGEST and (more := _scale(tokens, stop, definite=False)):  # مئة ألف، خمسة آلاف مليار
        if scale > 1 and more <= scale and form != "dual":
            break
        form = "mixed" if form == "digits" else form
        value, scale, stop = value * more, more, stop + 1
    return _Segment(value, scale, stop, form)


def _is_one_scale(tokens: Tokens, i: int) -> bool:
    """Tell «مليوناً», one million in the accusative, from «مليونا شخص», two: by its mark, or «و» and a number behind."""
    if "\N{ARABIC FATHATAN}" in tokens.words[i].surface:
        return True
    key = tokens.key(i + 1)
    return (key == "و" and _is_digits(tokens, i + 2)) or (key.startswith("و") and _joined(tokens, i + 1) is not None)


def _takes_noun(tokens: Tokens, i: int) -> bool:
    key = tokens.key(i)
    if key.startswith("ال"):
        return _piece_kind(tokens, i) == "scale"
    return key[:1].isalpha() and key not in _NO_NOUN


def _with_fraction(tokens: Tokens, segment: _Segment) -> _Segment:
    """Add «ونصف», «وربع المليون» to what stands before."""
    joined = _joined(tokens, segment.stop)
    if joined is None or joined[0].kind != "fraction" or joined[0].value > 0.5:
        return segment
    stop = joined[1] + 1
    if segment.scale > 1 and _scale(tokens, stop, definite=True) == segment.scale:
        stop += 1
    elif _takes_article(tokens, stop):
        return segment  # «قتل خمسة ونصف السكان بلا ماء»: a half of something else
    return _Segment(segment.value + joined[0].value * segment.scale, segment.scale, stop, segment.form)


def _takes_article(tokens: Tokens, i: int) -> bool:
    return tokens.key(i).startswith("ال")


def _cardinal(tokens: Tokens, i: int, piece: _Piece | None) -> _Segment | None:
    """Read a whole number with its lower parts: «مليون ومئتا ألف وخمسة»."""
    whole = _segment(tokens, i, piece)
    if whole is None:
        return None
    form = whole.form
    while True:
        extended = _with_fraction(tokens, whole)
        if extended is not whole:
            return extended
        if whole.scale < 1000:
            return whole
        at = whole.stop
        joined = _joined(tokens, at)
        if joined:
            lower = _segment(tokens, joined[1], joined[0])
        elif tokens.key(at) == "و" and _is_digits(tokens, at + 1):
            lower = _segment(tokens, at + 1, None)
        else:
            return whole
        if lower is None or lower.value >= whole.scale or not isinstance(lower.value, int):
            return whole
        if lower.form != form:
            form = "mixed" if "digits" in (lower.form, form) or "mixed" in (lower.form, form) else "words"
        whole = _Segment(whole.value + lower.value, lower.scale, lower.stop, form)


def _vague(tokens: Tokens, i: int, piece: _Piece) -> Numeral | None:
    """Read عشرات، مئات الآلاف، بضعة، بضع مئات: a number with bounds and no value."""
    stop = i + 1
    if piece.kind == "several":
        after = _piece(tokens, stop)
        if after is None or after.kind != "plural" or not after.bare:
            return None
        piece, stop = after, stop + 1
    low: Number = 3
    high: Number | None = 9
    if piece.kind == "plural":
        low, high = piece.value * 2, None
    if piece.kind == "few":
        after = _piece(tokens, stop)
        if after and after.bare and after.kind == "plural" and after.value < 1000:  # بضع مئات
            low, high, stop = 3 * after.value, 9 * after.value, stop + 1
        elif after and after.bare and after.kind == "ten":  # بضعة عشر
            low, high, stop = 13, 19, stop + 1
    while low < _LARGEST and (scale := _scale(tokens, stop, definite=True)):
        low, high, stop = low * scale, high * scale if high else None, stop + 1
    return Numeral(i, stop, None, low, high, True, False, "vague", piece.definite, piece.proclitics)


def _fraction(tokens: Tokens, i: int, piece: _Piece) -> Numeral:
    """Read نصف، ثلثي، and نصف مليون."""
    scale = _scale(tokens, i + 1, definite=True)
    value = _plain(piece.value * (scale or 1))
    form = "words" if scale else "fraction"
    stop = i + 2 if scale else i + 1
    return Numeral(i, stop, value, form=form, definite=piece.definite, proclitics=piece.proclitics)


def _parts(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Read «ثلاثة أرباع»، «3 أخماس المليون» where a number of parts was read."""
    parts = _piece(tokens, numeral.stop)
    if parts is None or parts.kind != "part" or not parts.bare or numeral.value is None:
        return numeral
    scale = _scale(tokens, numeral.stop + 1, definite=True)
    value = _plain(numeral.value * parts.value * (scale or 1))
    return replace(numeral, value=value, form="fraction", stop=numeral.stop + (2 if scale else 1))


def _slashed(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Read 3/4 as a fraction, and leave 14/10/2017 and 6:30 alone."""
    stop = numeral.stop
    if (
        tokens.key(stop) != "/"
        or not _glued(tokens, stop)
        or not _glued(tokens, stop + 1)
        or not tokens.key(stop + 1).isdigit()
        or (_glued(tokens, numeral.first) and tokens.key(numeral.first - 1) == "/")
        or (tokens.key(stop + 2) == "/" and _glued(tokens, stop + 2))
        or not isinstance(numeral.value, int)
    ):
        return numeral
    below = _written(tokens.key(stop + 1), False)
    if not below:
        return numeral
    return replace(numeral, value=_plain(numeral.value / below), stop=stop + 2, form="fraction")


def _marked(tokens: Tokens, i: int) -> Numeral | None:
    """Read what begins with a mark: -1200000، .77، الـ48."""
    key = tokens.words[i].key
    if not _glued(tokens, i + 1) or not (_is_digits(tokens, i + 1) or key in _ARTICLES):
        return None
    if key in _ARTICLES:
        inner = read_numeral(tokens, i + 1)
        if inner is None or inner.definite:
            return None
        return replace(inner, first=i, definite=True, proclitics=key)
    if _glued(tokens, i):
        return None
    inner = read_numeral(tokens, i + 1)
    if inner is None or inner.value is None:
        return None
    if key in _MINUS:
        return replace(inner, first=i, value=-inner.value)
    if isinstance(inner.value, int) and inner.stop == i + 2:  # .77
        return replace(inner, first=i, value=_plain(float(f"0.{tokens.key(i + 1)}")))
    return None


def read_numeral(tokens: Tokens, i: int) -> Numeral | None:
    """Return the cardinal that begins at token `i`, the longest reading, or None.

    Whether it counts anything is not judged here: years, days of a month and model numbers are read as well.
    «أحد» and «إحدى» are read only inside 11 and 21 (أحد الأشخاص is no number), «الأحد» and «الاثنين» never.

    >>> from analysis.text import tokenize
    >>> [read_numeral(tokenize(t), 0).value for t in ("مليون ونصف المليون", "ثلاثة أرباع", "الـ48", "٧٧٫٥")]
    [1500000, 0.75, 48, 77.5]
    >>> [read_numeral(tokenize(t), 0) for t in ("أحد الأشخاص", "الاثنين", "1.2.3")]
    [None, None, None]
    """
    if not 0 <= i < len(tokens.words):
        return None
    key = tokens.words[i].key
    if key[0].isdigit():
        whole = _cardinal(tokens, i, None)
        if whole is None:
            return None
        numeral = Numeral(i, whole.stop, _plain(whole.value), form=whole.form)
        return _slashed(tokens, numeral) if whole.stop == i + 1 else _parts(tokens, numeral)
    piece = _piece(tokens, i)
    if key == "واحد" and tokens.key(i + 1) == "عشر":  # «وأحد عشر»: و + أحد folds to the form of واحد
        return Numeral(i, i + 2, 11, proclitics="و")
    if piece is None:
        special = key in _ARTICLES or key in _MINUS or key in (".", _DECIMAL)
        return _marked(tokens, i) if special else None
    if piece.kind in ("plural", "few", "several"):
        return _vague(tokens, i, piece)
    if piece.kind == "fraction":
        return _fraction(tokens, i, piece)
    if piece.kind == "zero":
        return Numeral(i, i + 1, 0, definite=piece.definite, proclitics=piece.proclitics)
    whole = _cardinal(tokens, i, piece)
    if whole is None:
        return None
    if piece.definite and whole.stop == i + 1 and piece.value in (1, 2):
        return None
    return _parts(
        tokens,
        Numeral(
            i,
            whole.stop,
            _plain(whole.value),
            form=whole.form,
            definite=piece.definite,
            proclitics=piece.proclitics,
        ),
    )


# --- ordinals -----------------------------------------------------------------------------------------------


def read_ordinal(tokens: Tokens, i: int) -> Numeral | None:
    """Return the ordinal that begins at token `i`, or None.

    Behind the article a number is an ordinal too: الذكرى العشرون، المؤتمر الـ23. `read_numeral` gives the
    other reading (الجنود العشرون) of the same words.

    >>> from analysis.text import tokenize
    >>> texts = ("الثانية", "ثالث", "الثاني عشر", "الخامسة والعشرين", "الـ23")
    >>> [read_ordinal(tokenize(t), 0).value for t in texts]
    [2, 3, 12, 25, 23]
    >>> read_ordinal(tokenize("ثلاثة"), 0) is None
    True
    """
    piece = _piece(tokens, i)
    if piece is None:
        cardinal = read_numeral(tokens, i) if tokens.key(i) in _ARTICLES else None
        return _as_ordinal(cardinal) if cardinal else None
    if piece.kind not in ("ordinal", "ordinal_bound"):
        if not piece.definite or piece.kind in ("plural", "few", "fraction", "zero"):
            return None
        cardinal = read_numeral(tokens, i)
        return _as_ordinal(cardinal) if cardinal and (cardinal.value or 0) > 10 else None
    value, stop = int(piece.value), i + 1
    after = _piece(tokens, stop)
    tens = _joined(tokens, stop)
    if after and after.kind == "ten" and after.bare and value < 10:
        value, stop = value + 10, stop + 1
    elif tens and tens[0].kind == "tens" and value < 10:
        value, stop = value + int(tens[0].value), tens[1] + 1
    elif piece.kind == "ordinal_bound":
        return None
    return Numeral(i, stop, value, ordinal=True, form="ordinal", definite=piece.definite, proclitics=piece.proclitics)


def _as_ordinal(cardinal: Numeral) -> Numeral | None:
    return replace(cardinal, ordinal=True) if isinstance(cardinal.value, int) else None


# --- modifiers ----------------------------------------------------------------------------------------

_Modifier = tuple[tuple[str, ...], str]


@cache
def _modifiers(place: str) -> dict[str, list[_Modifier]]:
    """Return the modifiers that stand before or after a number by their first words."""
    table: dict[str, list[_Modifier]] = {}
    for entry in load("modifiers").entries:
        if entry.value in (place, "both"):
            table.setdefault(entry.keys[0], []).append((entry.keys, entry.tag))
    return table


def _that_begin(key: str, place: str) -> list[_Modifier]:
    forms = [rest for _, rest in stems(key)] + ([_MA[key]] if key in _MA else [])
    found = [row for form in forms for row in _modifiers(place).get(form, ())]
    return sorted(found, key=lambda row: -len(row[0]))


@Remembered
def _before(key: str) -> list[_Modifier]:
    return _that_begin(key, "before")


@Remembered
def _after(key: str) -> list[_Modifier]:
    return _that_begin(key, "after")


def may_modify(key: str) -> bool:
    """Tell from a folded word alone whether a modifier of a number can begin with it.

    >>> may_modify("بنحو"), may_modify("لاكثر"), may_modify("المدينه")
    (True, True, False)
    """
    return bool(_before[key])


def _match(tokens: Tokens, i: int, keys: tuple[str, ...]) -> int:
    """Return the stop of a modifier's words from token `i`, with one measured noun inside, or 0."""
    at = i + 1
    for n, key in enumerate(keys[1:], start=2):
        if tokens.key(at) != key:
            if n != len(keys) or tokens.key(at) not in _MEASURED or tokens.key(at + 1) != key:
                return 0
            at += 1
        at += 1
    return at


def read_modifier(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """Return (mod, stop) of an approximator or a bound before a number, or None.

    `mod` is TIMEX3's: APPROX, MORE_THAN, EQUAL_OR_MORE, LESS_THAN, EQUAL_OR_LESS. Whether a number follows at
    `stop` is for the caller to see: «دون» and «حتى» have other senses. A second modifier may follow the first
    («ما يقدر بنحو»).

    >>> from analysis.text import tokenize
    >>> read_modifier(tokenize("بما لا يقل عن 20"), 0), read_modifier(tokenize("يزيد عددهم على 20"), 0)
    (('EQUAL_OR_MORE', 4), ('MORE_THAN', 3))
    """
    key = tokens.key(i)
    if not key or not _before[key]:
        return None
    following = tokens.key(i + 1)
    for keys, mod in _before[key]:
        if len(keys) > 1 and following != keys[1] and following not in _MEASURED:
            continue
        stop = _match(tokens, i, keys)
        if not stop:
            continue
        if len(keys) == 1 and tokens.key(stop) in _MEASURED:  # يتجاوز عددهم، تقدر قيمتها بـ
            stop += 1
        if tokens.key(stop) == "ب":  # يقدر بـ 20
            stop += 1
        return mod, stop
    return None


def read_bound(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """Return (mod, stop) of a bound behind a number and its noun («على الأقل», «أو أكثر»), or None.

    >>> from analysis.text import tokenize
    >>> read_bound(tokenize("كحد أقصى"), 0)
    ('EQUAL_OR_LESS', 2)
    """
    key = tokens.key(i)
    if not key:
        return None
    for keys, mod in _after[key]:
        if stop := _match(tokens, i, keys):
            return mod, stop
    return None
