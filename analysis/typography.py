"""Make Arabic text right in a matplotlib figure, on every version of matplotlib.

Arabic letters join and run right to left. matplotlib 3.11 and later shape and order a line themselves, but
take its direction from its first letter, so that «ACR يحذّر» runs the wrong way; earlier versions do neither.
The recipe for those, reshaping and reordering beforehand, gives reversed text without an error on 3.11. Every
text of a figure goes through `arabic`, once, as its last step.

>>> arabic("نحو 120 عنصراً") == "نحو 120 عنصراً"
False
>>> number(1500), number_range(81, 120)
('1,500', 'من 81 إلى 120')
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

_FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("IBM Plex Sans Arabic", "DejaVu Sans")
ELLIPSIS = "…"
_OPEN, _CLOSE = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Embeddings, overrides and isolates of a source text: an unpaired one would end ours, and none shows.
_CONTROLS = re.compile(
    "[\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)


def arabic(text: str) -> str:
    r"""Return a text as matplotlib must be given it: joined, right to left line by line, `$` as a plain sign.

    The result is for a figure alone, and for one call: it is not to be stored, measured or passed again. Below
    matplotlib 3.11 vowel marks are left out.

    >>> "\\$" in arabic("بين 5$ و10$")
    True
    >>> arabic("")
    ''
    """
    import matplotlib

    make = _isolate if matplotlib.__version_info__ >= (3, 11) else _reorder
    lines = (_CONTROLS.sub("", line) for line in text.split("\n"))
    return "\n".join(make(line).replace("$", r"\$") if line else "" for line in lines)


def isolated_text(text: str) -> str:
    """Return a text between isolates, so that it keeps its own direction among words of the other; "" stays "".

    >>> isolated_text("81 عنصراً") == "\N{FIRST STRONG ISOLATE}81 عنصراً\N{POP DIRECTIONAL ISOLATE}"
    True
    """
    return f"\N{FIRST STRONG ISOLATE}{_CONTROLS.sub('', text)}{_CLOSE}" if text else ""


def _isolate(line: str) -> str:
    return f"{_OPEN}{line}{_CLOSE}"


def _reorder(line: str) -> str:
    from bidi.algorithm import get_display  # `from bidi import get_display` leaves ( ) and « » unmirrored

    return str(get_display(_reshaper().reshape(line), base_dir="R"))


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    # Without shaping nothing sets a mark on its letter: «عنصراً» would end in a stroke beside the alef.
    return ArabicReshaper({"delete_harakat": True})


def register_fonts() -> tuple[str, ...]:
    """Tell matplotlib of the fonts in `analysis/fonts`, once; return the families to use, best first.

    >>> register_fonts()
    ('IBM Plex Sans Arabic', 'DejaVu Sans')
    """
    _register()
    return FAMILIES


@cache
def _register() -> None:
    from matplotlib import font_manager

    for path in sorted(_FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


@cache
def text_width(text: str, size: float = 10.0, weight: str = "normal") -> float:
    """Return the width in points of one line of text in the figures' font.

    >>> text_width("وزارة الداخلية", 20) > text_width("وزارة", 20) > text_width("وزارة", 10) > 0
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    font = FontProperties(family=list(register_fonts()), size=size, weight=weight)
    shown = arabic(text).replace(r"\$", "$")
    width, _, _ = text_to_path.get_text_width_height_descent(shown, font, ismath=False)
    return float(width)


def wrap(text: str, width: float, *, size: float = 10.0, lines: int = 2, weight: str = "normal") -> str:
    """Break a text into at most `lines` lines of `width` points; what does not fit ends in «…».

    Words are kept whole unless one alone is wider than a line. The result goes to `arabic`.

    >>> wrap("المركز العربي لدراسات مكافحة التصحر والجفاف", 100, lines=1)
    'المركز العربي لدراسات…'
    >>> wrap("الوزارة", 130)
    'الوزارة'
    """
    words = text.split()
    made: list[str] = []
    at = 0
    while at < len(words):
        line = words[at]
        at += 1
        while at < len(words) and text_width(f"{line} {words[at]}", size, weight) <= width:
            line = f"{line} {words[at]}"
            at += 1
        last = len(made) == lines - 1
        made.append(_shorten(line, width, size, weight, more=last and at < len(words)))
        if last:
            break
    return "\n".join(made)


def _shorten(line: str, width: float, size: float, weight: str, *, more: bool) -> str:
    if not more and text_width(line, size, weight) <= width:
        return line
    if text_width(line + ELLIPSIS, size, weight) <= width:
        return line + ELLIPSIS
    head, gap, _ = line.rpartition(" ")
    if gap:
        return _shorten(head, width, size, weight, more=True)
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(line[:middle] + ELLIPSIS, size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low] + ELLIPSIS


def number(value: float | None) -> str:
    """Return a number as a figure shows it: thousands parted, no empty decimals, "" for none.

    A minus sign is held before its number by a left-to-right mark.

    >>> number(1500), number(4.7), number(120.0), number(None)
    ('1,500', '4.7', '120', '')
    """
    if value is None or math.isnan(value):
        return ""
    shown = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"\N{LEFT-TO-RIGHT MARK}{shown}" if value < 0 else shown


def number_range(low: float | None, high: float | None) -> str:
    """Return a range in words, since «81–120» changes its order inside Arabic; an open side is left open.

    >>> number_range(81, 81), number_range(20, None), number_range(None, 500)
    ('81', '20 أو أكثر', '500 أو أقل')
    """
    first, last = number(low), number(high)
    if not first or not last:
        return f"{first} أو أكثر" if first else f"{last} أو أقل" if last else ""
    return first if first == last else f"من {first} إلى {last}"
