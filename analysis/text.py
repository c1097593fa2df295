"""Spans, folded words and tokens of an Arabic text that is never rewritten.

Arabic spells one word in many ways: with vowel marks or without (ذكّر / ذكر), with tatweel (ذكـر), with
and without hamza (إلى / الى), and glues conjunctions and prepositions to it (وبحسب). Rules therefore
match words by a folded `key`, while every token keeps its place in the untouched text: lifting a match
back is reading the offsets of its first and last token.

>>> text = "وأوضـح المركز، أمس"
>>> tokens = tokenize(text)
>>> [word.key for word in tokens.words]
['واوضح', 'المركز', '،', 'امس']
>>> tokens.span(0, 2).of(text)
'وأوضـح المركز'
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

# Vowel marks, Quranic marks, tatweel, and the invisible characters that word processors and web pages
# leave inside words: joiners, bidi marks, embeddings, overrides and isolates, soft hyphen, BOM.
_IGNORABLE = (
    "\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}-\N{ARABIC SMALL KASRA}"
    "\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA}-\N{ARABIC SMALL HIGH SEEN}"
    "\N{ARABIC SMALL HIGH ROUNDED ZERO}-\N{ARABIC SMALL HIGH MADDA}"
    "\N{ARABIC SMALL HIGH YEH}\N{ARABIC SMALL HIGH NOON}"
    "\N{ARABIC EMPTY CENTRE LOW STOP}-\N{ARABIC SMALL LOW MEEM}"
    "\N{ARABIC TATWEEL}\N{ARABIC LETTER MARK}\N{SOFT HYPHEN}"
    "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
    "\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\N{NOMINAL DIGIT SHAPES}\N{ZERO WIDTH NO-BREAK SPACE}"
)
_STRIP = re.compile(f"[{_IGNORABLE}]+")
_KEYS = str.maketrans("أإآٱىةؤئیک", "اااايهوييك")


class _Digits(dict[int, "int | str"]):
    """Map the digits of all scripts to ASCII, so that what `str.isdigit` calls a digit is one to `int` too (፯, ➎)."""

    def __missing__(self, code: int) -> int | str:
        digit = unicodedata.digit(chr(code), None)
        found = self[code] = code if digit is None else str(digit)
        return found


_DIGITS = _Digits()

# A run of letters of one word, a number with its inner marks (4.7, 10.000, 9,5, ٦:٣٠ stays apart), or one mark.
# «و20» and «الـ48» come apart into letters and digits; «جماعة_الجبل» into its words.
_TOKEN = re.compile(
    rf"[^\W\d_]++(?:[{_IGNORABLE}]++[^\W\d_]*+)*+"
    rf"|\d+(?:[.,\N{{ARABIC DECIMAL SEPARATOR}}\N{{ARABIC THOUSANDS SEPARATOR}}]\d+)*"
    rf"|[^\s{_IGNORABLE}]"
)
_MOST_REMEMBERED = 200_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Name a half-open range of characters of an article's text.

    >>> Span(2, 5).of("abcdefg"), Span(2, 5).overlaps(Span(5, 6)), Span(0, 9).contains(Span(2, 5))
    ('cde', False, True)
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


def fold_marks(text: str) -> str:
    """Strip marks, tatweel and invisible controls, unify glyphs and digits; keep the letters.

    >>> fold_marks("عـلى الحدّ ٢٠٢٦"), fold_marks("علي")
    ('على الحد 2026', 'علي')
    """
    return _STRIP.sub("", unicodedata.normalize("NFKC", text)).translate(_DIGITS)


def fold(text: str) -> str:
    """Fold a text for comparison with word lists: marks as in `fold_marks`, then أإآ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي.

    >>> fold("إلى مسؤولةٍ")
    'الي مسووله'
    """
    return fold_marks(text).translate(_KEYS).lower()


class Remembered(dict[str, _T]):
    """Remember what a function says of a word; forget all when too many words are known.

    A text repeats its words, and a rule asks about each of them: `remembered[key]` costs a look-up.

    >>> last = Remembered(lambda key: key[-1])
    >>> last["قال"], last("الجسر"), len(last)
    ('ل', 'ر', 2)
    """

    def __init__(self, ask: Callable[[str], _T]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: str) -> _T:
        found = self._ask(key)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[key] = found
        return found

    def __call__(self, key: str) -> _T:
        return self[key]


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word form: as written, without marks (`light`), and folded for look-up (`key`)."""

    surface: str
    light: str
    key: str
    is_number: bool
    is_mark: bool


@Remembered
def _words(surface: str) -> Word:
    # A lone mark folds to nothing, a lone accent to a space: such a token stands for itself.
    folded = fold_marks(surface).strip()
    light = folded or surface
    key = light.translate(_KEYS).lower()
    return Word(surface, light, key, key[:1].isdigit(), not folded[:1].isalnum())  # a row of tatweel is a line


def word(surface: str) -> Word:
    """Return the `Word` of a surface form, made once for each form.

    >>> word("المسؤولُ").key
    'المسوول'
    """
    return _words[surface]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Hold the tokens of a stretch of text: lists of one length.

    `words[i]` stands at `text[starts[i]:ends[i]]`; `keys[i]` is its folded form.
    """

    words: list[Word]
    starts: list[int]
    ends: list[int]
    keys: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, stop: int) -> Span:
        """Lift tokens `first` up to, not including, `stop` back to the text."""
        return Span(self.starts[first], self.ends[stop - 1])

    def part(self, first: int, stop: int) -> Tokens:
        """Return tokens `first` up to, not including, `stop`, at the places that they have."""
        if first == 0 and stop == len(self.words):
            return self
        return Tokens(self.words[first:stop], self.starts[first:stop], self.ends[first:stop], self.keys[first:stop])

    def inside(self, span: Span) -> tuple[int, int]:
        """Return the token range (first, stop) of the tokens that begin inside `span`.

        >>> tokenize("قال إن ذلك").inside(Span(4, 10))
        (1, 3)
        """
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def touching(self, span: Span) -> tuple[int, int]:
        """Return the token range (first, stop) of the tokens that `span` has a letter of: «ساعتين» of «بساعتين».

        >>> tokenize("بعد وصوله بساعتين").touching(Span(11, 17))
        (2, 3)
        """
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def key(self, i: int) -> str:
        """Return the folded form of token `i`, or "" outside the range."""
        return self.keys[i] if 0 <= i < len(self.keys) else ""


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Cut `text[start:end]` into tokens: words, numbers, single marks. White space belongs to none.

    >>> [w.surface for w in tokenize("مقتل 18 و20، بـ”الحساس“").words]
    ['مقتل', '18', 'و', '20', '،', 'بـ', '”', 'الحساس', '“']
    """
    matches = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [_words[match.group()] for match in matches]
    return Tokens(words, [m.start() for m in matches], [m.end() for m in matches], [w.key for w in words])


_PROCLITICS = ("و", "ف")
_PREPOSITIONS = ("ب", "ك", "ل")


def stems(key: str) -> Iterator[tuple[str, str]]:
    """Yield (proclitics, rest) for a folded word: as it stands, then without و ف, then ب ك ل, then ال.

    The rest is never shorter than two letters. «لل» stands for ل + ال.

    >>> list(stems("وهو"))
    [('', 'وهو'), ('و', 'هو')]
    >>> list(stems("وبالامس"))
    [('', 'وبالامس'), ('و', 'بالامس'), ('وب', 'الامس'), ('وبال', 'امس')]
    >>> list(stems("للوزاره"))
    [('', 'للوزاره'), ('ل', 'لوزاره'), ('لال', 'وزاره')]
    """
    seen = [("", key)]
    if key[0] in _PROCLITICS and len(key) > 2:
        seen.append((key[0], key[1:]))
    for clitics, rest in list(seen):
        if rest[0] in _PREPOSITIONS and len(rest) > (2 if rest[0] == "ب" else 3):  # بأن is ب + أن, كان is كان
            seen.append((clitics + rest[0], rest[1:]))
    for clitics, rest in list(seen):
        if rest.startswith("ال") and len(rest) > 3:
            seen.append((clitics + "ال", rest[2:]))
        if rest.startswith("لل") and len(rest) > 3:
            seen.append((clitics + "لال", rest[2:]))
    yield from seen
