"""Whatever is pasted: the analysis ends, soon, and every offset is right.

News pages reach a file through browsers and word processors, with bidi controls, broken emoji, mark-up and
formulas; an archive holds worse. Cost is measured as growth: a text four times as long may take four times as
long and not sixteen times, on any machine. FULL_SIZE=1 in the environment adds the largest texts.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invariants import faults, table_faults

import analysis as package
from analysis.claims import Analysis, analyse
from analysis.figures import find_figures
from analysis.lexicons import load
from analysis.reconcile import find_questions
from analysis.records import as_record
from analysis.seeds import Article, read_seeds

FULL_SIZE = bool(os.environ.get("FULL_SIZE"))
DAY = date(2026, 1, 21)
PROSE = read_seeds(Path(__file__).parent / "articles")[0].text
WORDS = PROSE.split()
LEXICONS = [p.stem for p in (Path(package.__path__[0]) / "lexicons").glob("*.csv")]
SURFACES = sorted({e.surface for name in LEXICONS for e in load(name).entries})
EXAMPLES = sorted({e.example for name in LEXICONS for e in load(name).entries})
FRAMES = [
    "قال الوزير {}، إن السد سليم.",
    "قال الوزير بعد وصوله ب{}، إن السد سليم.",
    "وأعلنت {} و{} أن {}، بحسب {}.",
    '«{}»، قال {} {}: "{}"، ثم ل{} بـ{}.',
    "{}: {}\n\nوبحسب {}، {} وف{}؛ وهو ما {}، مؤكداً أنه صحيح.",
]
MARKS = list("«»‹›“”„‟\"'‘’‚()[]{}<>.,،؛;:!?؟…-–—/\\|#@_%$=+*&^~`ـ\n\r\t \N{NO-BREAK SPACE}")
CONTROLS = [
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{LEFT-TO-RIGHT OVERRIDE}",
    "\N{POP DIRECTIONAL FORMATTING}",
    "\N{RIGHT-TO-LEFT ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{LINE SEPARATOR}",
    "\N{PARAGRAPH SEPARATOR}",
    "\0",
    "\x07",
    "\x1c",
    "\x85",
    "\ud800",
    "\udfff",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{ARABIC SHADDA}",
    "ﷺ",
    "ﷲ",
    "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧",
    "\N{REPLACEMENT CHARACTER}",
    "\U0010ffff",
]
# Digits of other scripts, and what is a digit to `str.isdigit` and no number to `int`.
DIGITS = [
    "٣",
    "۳",
    "३",
    "３",
    "²",
    "①",
    "½",
    "Ⅷ",
    "፩",
    "\N{KHAROSHTHI DIGIT ONE}",
    "𝟛",
    "9" * 5000,
    "٩" * 400,
    "0" * 400,
]
NUMBERS = ["2026", "31", "29/2/2025", "99/99/9999", "0/0/0", "25:99", "1.2.3", "1,,2", "10.000.000", "٦:٣٠", "-5", "5-"]
PASTED = [
    "<script>alert(1)</script>",
    "<!--",
    "&lt;&#x202e;",
    "$x^2$",
    "\\frac{1}{0}",
    '=HYPERLINK("http://x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "../../etc/passwd",
    "%s%n{0}",
    "**bold** [a](javascript:b)",
    "'; DROP TABLE",
]
FRAGMENTS = st.one_of(
    st.sampled_from(SURFACES),
    st.sampled_from(WORDS),
    st.sampled_from(MARKS),
    st.sampled_from(CONTROLS + DIGITS + NUMBERS + PASTED),
    st.text(st.characters(), max_size=5),
)
TEXTS = st.tuples(st.sampled_from(["", " "]), st.lists(FRAGMENTS, max_size=60)).map(lambda t: t[0].join(t[1]))


# What costs more than an analysis: fewer examples, unless many are asked for.
asked = settings.get_profile(settings.get_current_profile_name()).max_examples
fewer = settings(max_examples=20 if asked <= 100 else asked)


def read(text: str, published: date | None = DAY) -> Analysis:
    return analyse(Article("x", text, published))


# --- any text ------------------------------------------------------------------------------------------------


@given(TEXTS)
@example("قُتل " + "9" * 5000 + " شخصاً في " + "٣" * 400 + " يوماً.")
@example("قال الوزير: «" + "(" * 30 + "إن 5 جنود قُتلوا" + ")" * 30)
def test_prose_of_broken_pieces(text: str) -> None:
    assert faults(read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "اليوم",
        "أ اليوم",
        "ص أعلن؛",
        "ى حسبما عبر عن أ",
        "قال الوزير بعد وصوله بساعتين، إن السد سليم.",  # a time behind a glued preposition: the search never ended
    ],
)
def test_what_was_found_on_the_way(text: str) -> None:
    assert faults(read(text)) == []


@given(st.text(st.characters(), max_size=200))
@fewer
def test_any_characters(text: str) -> None:
    assert faults(read(text)) == []
    assert faults(read(text, None)) == []


@given(st.lists(st.sampled_from([*SURFACES, *NUMBERS, ".", "،", ":", "«", "»", "\n"]), max_size=80).map(" ".join))
def test_words_of_all_lists_in_any_order(text: str) -> None:
    assert faults(read(text)) == []
    assert faults(read(text, None)) == []


@given(st.sampled_from(FRAMES), st.lists(st.sampled_from(EXAMPLES), min_size=6, max_size=6))
def test_examples_of_all_lists_in_sentences(frame: str, examples: list[str]) -> None:
    assert faults(read(frame.format(*examples))) == []


@given(TEXTS)
@fewer
def test_tables_and_records_of_broken_pieces(text: str) -> None:
    analysis = read(text)
    assert table_faults([analysis]) == []
    assert as_record(analysis)["seed"] == "x"


@given(st.lists(st.sampled_from(CONTROLS), min_size=1, max_size=4), st.integers(0, len(PROSE)))
@fewer
def test_controls_in_prose(controls: list[str], at: int) -> None:
    text = PROSE[:at] + "".join(controls) + PROSE[at:]
    assert faults(read(text)) == []


@pytest.mark.parametrize("digit", [c for c in map(chr, range(0x110000)) if c.isdigit() and not c.isdecimal()][::9])
def test_digits_that_are_no_decimals(digit: str) -> None:
    assert faults(read(f"قُتل {digit} أشخاص في {digit}/{digit}/2026 عند الساعة {digit}:30 و{digit}{digit} جريحاً.")) == []


@pytest.mark.parametrize("year", ["0", "0000", "1", "9999", "99999", "10000000000"])
@pytest.mark.parametrize("published", [date.min, date.max, None], ids=str)
def test_days_at_the_end_of_the_calendar(year: str, published: date | None) -> None:
    text = (
        f"قال الوزير أمس الثلاثاء إن 5 جنود قُتلوا عام {year} وفي 31 ديسمبر {year} قبل {year} سنة، وبعد {year} يوم،"
        f" الأسبوع المقبل والشهر الماضي وغداً وقبل قرن، وفي 1 محرم {year}، وفي القرن {year}، نهاية العام المقبل."
    )
    analysis = read(text, published)
    assert faults(analysis) == []
    assert table_faults([analysis]) == []


# --- large texts ---------------------------------------------------------------------------------------------


def repeat(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def distinct(size: int) -> str:
    """Return sentences with a new speaker, place and number each."""
    letters = "بتجحدرسشصطعفقكلمن"
    made = (
        f"قالت وزارة ال{letters[n % 17]}{letters[n // 17 % 17]}ا{letters[n // 289 % 17]} إن {n} جنود قُتلوا. "
        for n in range(size // 30 + 1)
    )
    return "".join(made)[:size]


LARGE: dict[str, Callable[[int], str]] = {
    "prose": repeat(PROSE + "\n"),
    "one line": repeat(" ".join(WORDS) + " "),
    "one sentence": repeat(re.sub(r"[.!?؟…\n]+", "، ", PROSE)),
    "speakers": distinct,
    "lines": repeat("قال\n"),
    "headings": repeat("عنوان قصير\n"),
    "furniture": repeat("اقرأ أيضاً\nخبر\n"),
    "blank lines": repeat("\n"),
    "carriage returns": repeat("ق\r\n"),
    "letters": repeat("ا"),
    "and": repeat("و "),
    "stops": repeat(". "),
    "dots": repeat("."),
    "marks": repeat("\N{COMBINING ACUTE ACCENT}"),
    "marks on a letter": lambda size: "ب" + "\N{ARABIC FATHA}" * (size - 1),
    "overrides": repeat("\N{RIGHT-TO-LEFT OVERRIDE}"),
    "hidden words": repeat("\N{RIGHT-TO-LEFT OVERRIDE}قال\N{POP DIRECTIONAL FORMATTING} "),
    "surrogates": repeat("\ud800"),
    "ligatures": repeat("ﷺ"),
    "quotation marks": repeat('"'),
    "opening marks": repeat("«ق"),
    "opened only": repeat("«"),
    "all marks": repeat("«\"“'‘„‹ق ”’»›"),
    "apostrophes": repeat("'ق "),
    "nested marks": lambda size: "«" * (size // 2) + "»" * (size // 2),
    "nested quotations": lambda size: "«ق " * (size // 5) + " ق»" * (size // 5),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "digits": repeat("7"),
    "separators": repeat("7,"),
    "fractions": repeat("7/"),
    "numbers": repeat("7 "),
    "years": repeat("2026 "),
    "numerals": repeat("ثلاثة وعشرون "),
    "hundreds": repeat("مئة "),
    "thousands": repeat("ألف "),
    "joined numerals": repeat("وخمسة "),
    "yesterdays": repeat("أمس "),
    "weekdays": repeat("الثلاثاء "),
    "dates": repeat("21 يناير 2026 و"),
    "cues": repeat("قال "),
    "cues that": repeat("قال إن "),
    "cues with commas": repeat("قال،"),
    "cues that open": repeat('قال: "'),
    "that": repeat("إن "),
    "cues and speakers": repeat("قالت الوزارة إن "),
    "cues without speaker": repeat("وأوضح أن "),
    "according to": repeat("بحسب الوزارة "),
    "speakers alone": repeat("وزارة الداخلية، "),
    "claims": repeat("قالت الوزارة إن الجسر انهار. "),
    "carried on": repeat("كما يوفر الحدث مادة. "),
    "figures": repeat("قُتل 5 أشخاص وأصيب عشرات آخرون، "),
    "dollars": repeat("$5 "),
    "tags": repeat("<b>قال</b>"),
    "formulas": repeat("=A1+قال;"),
    "hashtags": repeat("#قال "),
    "addresses": repeat("http://a.b/ "),
}
SHORT = 1_500
GROWTH = 4


def seconds(text: str) -> float:
    """Return the time of one core that an analysis takes."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


@pytest.mark.parametrize("name", LARGE)
def test_cost_grows_with_length_and_no_faster(name: str) -> None:
    short, long = LARGE[name](SHORT), LARGE[name](SHORT * GROWTH)
    assert faults(read(short)) == []
    for _ in range(3):  # a busy machine may spoil a measurement, not each
        small, large = min(seconds(short), seconds(short)), seconds(long)
        if large < 0.01 or large < 2 * GROWTH * small:
            return
    pytest.fail(f"{GROWTH} times the text takes {large / small:.0f} times the time: {small:.3f} s, {large:.3f} s")


def test_the_cost_of_questions_grows_with_the_speakers_and_no_faster() -> None:
    few, many = (read(distinct(30 * speakers)) for speakers in (150, 150 * GROWTH))
    assert len({f.claimant for f in find_figures([many])}) > 100 * GROWTH
    for _ in range(3):
        times = []
        for analysis in (few, many):
            begun = time.process_time()
            find_questions([analysis])
            times.append(time.process_time() - begun)
        if times[1] < 2 * GROWTH * times[0]:
            return
    pytest.fail(f"{GROWTH} times the speakers take {times[1] / times[0]:.0f} times the time")


if FULL_SIZE:  # these take minutes

    @pytest.mark.parametrize("name", LARGE)
    def test_a_hundred_thousand_characters_take_two_seconds(name: str) -> None:
        text = LARGE[name](100_000)
        assert min(seconds(text) for _ in range(3)) < 2

    @pytest.mark.parametrize("name", ["one line", "prose", "marks", "marks on a letter"])
    def test_millions_of_characters(name: str) -> None:
        text = LARGE[name](1_000_000 if "marks" in name else 5_000_000)
        assert faults(read(text)) == []


# --- regular expressions -------------------------------------------------------------------------------------


@cache
def sources() -> list[tuple[str, ast.Module]]:
    paths = sorted(Path(package.__path__[0]).glob("*.py"))
    return [(path.stem, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def uses_of_re() -> Iterator[tuple[str, ast.Call]]:
    """Yield each call of a function of `re`, with its module and line."""
    for module, tree in sources():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                owner = call.func.value
                if isinstance(owner, ast.Name) and owner.id == "re":
                    yield f"{module}.py:{call.lineno}", call


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield each regular expression of the package: values of its modules, and literals within its functions."""
    for found in pkgutil.iter_modules(package.__path__):
        if found.name == "__main__":
            continue
        for name, value in vars(importlib.import_module(f"analysis.{found.name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", value
    for place, call in uses_of_re():
        pattern = call.args[0]
        if isinstance(pattern, ast.Constant) and isinstance(call.func, ast.Attribute) and call.func.attr != "compile":
            yield place, re.compile(pattern.value)


PATTERNS = dict(patterns())


def alphabet(pattern: re.Pattern[Any]) -> list[str]:
    """Return characters that a pattern tells apart: those it names, one or two of each range and each class."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    kept = {" ", "ق", "1", "a", "\n"}

    def walk(node: Any) -> None:
        if isinstance(node, (list, _parser.SubPattern)):
            for each in node:
                walk(each)
        elif isinstance(node, tuple):
            if node and node[0] in (_constants.LITERAL, _constants.NOT_LITERAL):
                kept.add(chr(node[1]))
            elif node and node[0] is _constants.RANGE:
                kept.update(map(chr, node[1]))
            else:
                for each in node:
                    walk(each)

    walk(_parser.parse(text, pattern.flags))
    if isinstance(pattern.pattern, bytes):
        kept = {c for c in kept if ord(c) < 256}
    return sorted(kept)


def attacks(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], Any]]:
    """Yield makers of texts on which a careless pattern tries again and again: runs of what it repeats, a wrong end."""
    letters = alphabet(pattern)[:24]
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    literal = re.sub(r"\\[a-zA-Z]|[^\w<!\-:=/ ]", "", text, flags=re.ASCII)[:12]
    units = [*letters, *(a + b for a in letters[:8] for b in letters[:8] if a != b)]
    units += [literal[:n] for n in range(2, len(literal) + 1)]

    def maker(before: str, unit: str, after: str) -> Callable[[int], Any]:
        def make(size: int) -> Any:
            made = before + repeat(unit)(size) + after
            return made.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else made

        return make

    for unit in dict.fromkeys(filter(None, units)):
        for before, after in (("", ""), ("", "\N{REPLACEMENT CHARACTER}"), (literal, "")):
            yield maker(before, unit, after)


@cache
def calls() -> dict[str, set[str]]:
    """Return for each name in the package the methods that are called on it, if a pattern has them."""
    found: dict[str, set[str]] = {}
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if hasattr(re.Pattern, node.attr):
                    found.setdefault(owner, set()).add(node.attr)
    return found


def test_patterns_are_found() -> None:
    assert {"text._TOKEN", "segment._LINE"} <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_is_super_linear(name: str) -> None:
    pattern = PATTERNS[name]
    # A pattern that is only matched tries one place of a text.
    used = calls().get(name.split(".")[1], {"search"})
    everywhere = used - {"match", "fullmatch", "pattern", "flags"}

    def cost(text: Any) -> float:
        begun = time.process_time()
        pattern.match(text)
        pattern.fullmatch(text)
        for _ in pattern.finditer(text) if everywhere else ():
            pass
        return time.process_time() - begun

    made = list(attacks(pattern))
    for make in sorted(made, key=lambda make: cost(make(100)), reverse=True)[:5]:
        size, spent = 400, cost(make(400))
        while size < 6_400:
            size *= 4
            before, spent = spent, min(cost(make(size)) for _ in range(3))
            assert spent < 0.004 or spent < 2.5 * 4 * before, f"{pattern.pattern!r} on {make(12)!r}, {size} characters"


def test_patterns_are_constants() -> None:
    """A pattern that is put together at run time is one that no test has seen, unless it is plain text."""
    for place, call in uses_of_re():
        made = call.args[0]
        escaped = isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr == "escape"
        named = isinstance(call.func, ast.Attribute) and call.func.attr in ("escape", "compile")
        assert named or escaped or isinstance(made, ast.Constant), place
    for module, tree in sources():
        if module == "bench":  # what it compiles is a measure, and meets no text but its own
            continue
        for function in [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.Lambda))]:
            inside = [n for n in ast.walk(function) if isinstance(n, ast.Attribute) and n.attr == "compile"]
            assert not [n for n in inside if isinstance(n.value, ast.Name) and n.value.id == "re"], module
