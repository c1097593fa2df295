"""Make a text of bytes, and check what must hold of the analysis of every text.

The first byte says how the others become a text: as a file is read (t, u), or as a row of phrases, marks and
characters that news pages are made of, since random bytes seldom hold a verb of speech.
"""

from __future__ import annotations

import json
import time
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from invariants import faults

import analysis
from analysis.claims import analyse
from analysis.lexicons import load
from analysis.records import as_record
from analysis.seeds import Article, SeedError, decode, text_fault

_PIECES = (
    " قال إن| قالت الوزارة إن |: |، |. |؟ |\n|\n\n| و|«|»|“|”|\"|'|(|)|[|]|…|..|-|–|/|%|$|#|@|_|*|<b>|</script>|&|=1+1"
    "|3|٣|20|1,155|4.7|2026|10/3/2026|12:30|½|²|9999999999999999999999| ألف | مليون | نحو | بين | إلى | أمس | يوم | في "
    "| أن | أنه | من | على | لم | قد | ما | أو | ثم | الذي | وأضاف أن | بحسب | وفق | نقلاً عن | د. | أ. ف. ب "
    "|قتيلاً |جريحاً |آذار |كانون الثاني |محرم |هـ|م |صباحاً |الساعة |الماضي |المقبل |أول |الثاني عشر |خمسة وعشرون "
    "|\u064b|\u0651|\u0640|\u200d|\u200f|\u202e|\u2066|\u2069|\ufeff|\u00ad|\u00a0|\u2028|\x85|\x0b|\x01|\t|\r|\U0001f600"
    "|ﷺ|ﷲ|ﻻ|Ａ|é|e\u0301|\ud7ff|\ue000|\U0010ffff|abc |www.a.com |a@b.c "
).split("|")
# Seconds of processor time: two for 100,000 characters, ten times that where atheris counts, and the start.
_LEAST, _EACH = 1.0, 2.0 / 100_000


def check(data: bytes) -> None:
    """Raise `AssertionError` when the analysis of a text breaks a promise that holds of every text."""
    text = as_text(data)
    if text is None:
        return
    text_fault(text)
    begun = time.process_time()
    found = analyse(Article("fuzz", text, None if data[:1] == b"u" else date(2026, 1, 21)))
    spent = time.process_time() - begun
    assert spent < _LEAST + 10 * _EACH * len(text), f"{spent:.1f} s for {len(text)} characters"
    wrong = faults(found)
    assert not wrong, f"{wrong[:5]} in {text!r}"
    json.dumps(as_record(found), ensure_ascii=False, allow_nan=False)


def as_text(data: bytes) -> str | None:
    """Return the text that bytes stand for, or None when they are refused as a file would be.

    >>> as_text("tقال".encode()), as_text(b"t\\xff")
    ('قال', None)
    """
    how, rest = data[:1], data[1:]
    if how in (b"t", b"u"):
        try:
            return decode(rest)
        except SeedError:
            return None
    pieces = _pieces()
    return "".join(pieces[(high * 256 + low) % len(pieces)] for high, low in pairwise(rest[:800]))


@cache
def _pieces() -> list[str]:
    return [*_PIECES, *(f"{entry.surface} " for name in _lists() for entry in load(name).entries)]


def _lists() -> list[str]:
    return sorted(path.stem for path in (Path(analysis.__path__[0]) / "lexicons").glob("*.csv"))
