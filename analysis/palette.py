"""Give every category of a figure its one colour and hatch.

A reader compares figures of several articles, so an act or a speaker must look the same in each, also to one
who does not see red and green apart and on a grey print. The hues are those of Okabe and Ito; where two of
them are close in grey, a hatch keeps them apart.

>>> act_look("warning").colour == act_look("warning").colour != act_look("denial").colour
True
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#222222"
QUIET = "#777777"
FAINT = "#d9d9d9"
LAND = "#f4f1ea"
BORDER = "#b9b2a3"


@dataclass(frozen=True, slots=True)
class Look:
    """Hold how a category is drawn: a colour, a hatch ("" for none), and a marker where it is a point."""

    colour: str
    hatch: str = ""
    marker: str = "o"

    @property
    def ink(self) -> str:
        """Return black or white, whichever reads on the colour."""
        return INK if lightness(self.colour) > 0.55 else "#ffffff"


ACTS: dict[str, Look] = {
    "statement": Look("#56b4e9"),
    "assessment": Look("#0072b2"),
    "warning": Look("#d55e00", "\\\\"),
    "recommendation": Look("#009e73", "//"),
    "accusation": Look("#000000"),
    "denial": Look("#cc79a7", "xx"),
    "announcement": Look("#f0e442"),
    "commitment": Look("#e69f00", ".."),
}
_UNKNOWN_ACT = Look("#bbbbbb", "--")

# The first speaker of a table, the second, and so on; the last stands for all that follow.
_RANKS = (
    Look("#0072b2", "", "o"),
    Look("#d55e00", "\\\\", "s"),
    Look("#009e73", "//", "^"),
    Look("#cc79a7", "xx", "D"),
    Look("#e69f00", "..", "v"),
    Look("#56b4e9", "++", "P"),
    Look("#000000", "", "X"),
    Look("#777777", "oo", "p"),
)
UNKNOWN_SOURCE = Look("#bbbbbb", "--", "*")


def act_look(act: str) -> Look:
    """Return the look of an act; a name that is none of the acts gets a striped grey.

    >>> act_look("denial")
    Look(colour='#cc79a7', hatch='xx', marker='o')
    >>> act_look("")
    Look(colour='#bbbbbb', hatch='--', marker='o')
    """
    return ACTS.get(act, _UNKNOWN_ACT)


def rank_look(rank: int) -> Look:
    """Return the look of the source at place `rank` of a table, counted from 0; the last look repeats.

    >>> rank_look(0).colour, rank_look(40) == rank_look(7)
    ('#0072b2', True)
    """
    return _RANKS[min(max(rank, 0), len(_RANKS) - 1)]


def lightness(colour: str) -> float:
    """Return how light a `#rrggbb` colour is in grey, from 0 for black to 1 for white (CIE L*).

    >>> round(lightness("#000000"), 2), round(lightness("#ffffff"), 2)
    (0.0, 1.0)
    """
    linear = []
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.16 * luminance ** (1 / 3) - 0.16 if luminance > 0.008856 else 9.033 * luminance
