"""Look up the words of time, and hold a time expression while it is read.

Each word of a text is tested once, by its folded form alone: most begin no time expression («أيار» inside
«التيار» is never seen, for whole words are compared). The grammar of the other `timex` modules starts at
those that may.

>>> kind_of("الثلاثاء") == CORE, kind_of("منذ") == OPENS, kind_of("المدينه") == NO
(True, True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.lexicons import Found, load
from analysis.numerals import may_begin, may_modify
from analysis.text import Remembered, Tokens, stems

LISTS = ("weekdays", "months", "time_words")
WHICH = {"last": -1, "this": 0, "next": 1, "same": 0, "following": 1, "earlier": -1}
YEAR = re.compile(r"1[3-9]\d\d|20\d\d")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
JOINS = frozenset(("-", "\N{EN DASH}", "\N{EM DASH}", "الي", "حتي", "و", "او", "/"))
FROM = frozenset("بدءا ابتداء اعتبارا انطلاقا بدايه وابتداء واعتبارا".split())  # ابتداء من سبتمبر
_ARTICLES = frozenset(("ال", "وال", "فال", "بال", "لل", "ولل", "وبال"))


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a time expression while it is read: tokens `first` up to, not including, `stop`."""

    first: int
    stop: int
    rule: str
    type: str = "DATE"
    value: str = ""
    base: str = ""
    mod: str | None = None
    unit: str = ""
    shift: int = 0
    exact: bool = True
    amount: float | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    period: str = ""
    part: str = ""
    which: str = ""
    hijri: bool = False
    nth: int | None = None
    nth_unit: str = ""

    @property
    def is_day(self) -> bool:
        return self.type == "DATE" and (
            self.day is not None
            or self.weekday is not None
            or self.nth_unit == "D"
            or (self.unit == "D" and not self.value)
        )


def begins_number(key: str) -> bool:
    """Tell whether a number can begin with a word, digits and the cut-off article of «الـ48» included."""
    return key[:1].isdigit() or key in _ARTICLES or (key != "" and may_begin(key))


@cache
def bare_weekdays() -> dict[str, str]:
    """Return the weekdays without their article, as in «كل جمعة»، «آخر اثنين من الشهر»."""
    return {entry.keys[0].removeprefix("ال"): entry.value for entry in load("weekdays").entries}


NO, OPENS, CORE = 0, 1, 2
# Words that only stand beside a time expression, and words that open one without being one.
_BESIDE = frozenset("title not_today place event arabs future then past present dated deed".split())
_OPENERS = frozenset("point edge half before after since within every late".split())
_PHRASES = frozenset("ref day part hour_part zone".split())


@cache
def _first_keys() -> dict[str, int]:
    kinds: dict[str, int] = {}
    for entry in (entry for name in LISTS for entry in load(name).entries if entry.tag not in _BESIDE):
        # «في الوقت الحاضر», «أول أمس»: the first word is a common one, the last tells.
        phrase = len(entry.keys) > 1 and entry.tag in _PHRASES
        opens = entry.tag in _OPENERS and entry.surface not in ("الربع", "للربع")  # «في الربع الثالث» stands alone
        kind = OPENS if opens or phrase else CORE
        kinds[entry.keys[0]] = max(kind, kinds.get(entry.keys[0], NO))
        if phrase:
            kinds[entry.keys[-1]] = CORE
    return kinds


@Remembered
def kind_of(key: str) -> int:
    """Tell from a folded word alone whether a time expression can begin with it: the quick test of every word."""
    kinds = _first_keys()
    kind = max((kinds.get(rest, NO) for _, rest in stems(key)), default=NO)
    if key[0].isdigit():
        kind = CORE if YEAR.fullmatch(key) or DOTTED.fullmatch(key) else OPENS
    elif kind == NO and (key in bare_weekdays() or begins_number(key) or may_modify(key)):
        kind = OPENS
    return kind


class Words:
    """Read single words of time in the tokens of one sentence."""

    def __init__(self, tokens: Tokens, kinds: list[int]) -> None:
        self.tokens = tokens
        self.kinds = kinds
        self.lists = [load(name) for name in LISTS]
        self.words = load("time_words")
        self.months = load("months")
        self.weekdays = load("weekdays")
        self.last: Draft | None = None
        self.depth = 0
        self.reads: dict[int, Draft | None] = {}
        self.number_dates: dict[tuple[int, bool], Draft | None] = {}

    def begin_after(self, draft: Draft) -> None:
        """Go on behind a finished draft: a year may go on from it («2011 و2014»), so what was read is read anew."""
        self.last = draft
        self.reads.clear()
        self.number_dates.clear()

    def look(self, i: int) -> Found | None:
        """Return the longest word of time at token `i`, weekday and month before others."""
        if not 0 <= i < len(self.kinds) or not self.kinds[i]:
            return None
        best: Found | None = None
        for lexicon in self.lists:
            found = lexicon.find(self.tokens, i)
            if found and (best is None or found.stop > best.stop):
                best = found
        return best

    def tag(self, i: int) -> str:
        found = self.words.find(self.tokens, i)
        return found.entry.tag if found else ""

    def key(self, i: int) -> str:
        return self.tokens.key(i)

    def glued(self, i: int) -> bool:
        return 0 < i < len(self.tokens) and self.tokens.ends[i - 1] == self.tokens.starts[i]

    def which(self, i: int) -> tuple[str, int]:
        """Read «الماضي»، «المقبل»، «الجاري» at token `i`: what it says and where it stops."""
        found = self.words.find(self.tokens, i)
        if found and found.entry.tag == "which" and found.proclitics == "":
            return found.entry.value, found.stop
        return "", i

    def named(self, i: int) -> tuple[str, int]:
        """Read `which` for a weekday, a month or a duration, where «السابق» is «الماضي»."""
        which, stop = self.which(i)
        return ("last" if which == "earlier" else which), stop

    def kinds_at(self, i: int) -> int:
        return self.kinds[i] if 0 <= i < len(self.kinds) else NO

    def is_title(self, i: int) -> bool:
        """Tell «الأمين», «للمدعي» before «العام», where it means general."""
        found = self.words.find(self.tokens, i)
        return bool(found and found.entry.tag == "title" and found.proclitics.endswith("ال"))

    def is_definite(self, i: int) -> bool:
        return self.key(i).startswith("ال") and self.key(i) != "الي"

    def date(self, i: int, *, bare: bool = False) -> Draft | None:
        """Read a DATE or TIME at token `i`; `bare` lets «العام» stand for this year (بداية العام)."""
        raise NotImplementedError
