"""Folding, tokens and stems: words of our own, and what holds of any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.text import Span, Tokens, fold, fold_marks, stems, tokenize, word

ARABIC = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF))
ANY = st.text(st.characters())  # with lone surrogates
INVISIBLE = [
    "\N{ARABIC TATWEEL}",
    "\N{ARABIC FATHA}",
    "\N{ARABIC SHADDA}",
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}",
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{ARABIC LETTER MARK}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{POP DIRECTIONAL FORMATTING}",
    "\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
    "\N{ZERO WIDTH NON-JOINER}",
    "\N{ZERO WIDTH JOINER}",
    "\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{SOFT HYPHEN}",
    "\N{WORD JOINER}",
    "\N{COMBINING ACUTE ACCENT}",
]


def surfaces(text: str) -> list[str]:
    return [w.surface for w in tokenize(text).words]


# --- folding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ذكّر", "ذكر"),
        ("عــنـاصـر", "عناصر"),
        ("إلى", "الى"),
        ("إلى", "الي"),
        ("مسؤول", "مسوول"),
        ("آخرون", "اخرون"),
        ("ٱلوزارة", "الوزارة"),
        ("وزارة", "وزاره"),
        ("کلمة", "كلمة"),  # Persian kaf
        ("سوریا", "سوريا"),  # Persian yeh
        ("هٰذا", "هذا"),
        ("ﻻ", "لا"),  # presentation form
        ("٢٠٢٦", "2026"),
        ("۲۰۲۶", "2026"),
        ("ECCI", "ecci"),
    ],
)
def test_spellings_of_one_word_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("على", "علي"), ("مدرسة", "مدرسه"), ("أن", "ان"), ("مئة", "مية")])
def test_marks_alone_keep_letters_apart(one: str, other: str) -> None:
    assert fold_marks(one) != fold_marks(other)
    assert fold(one) == fold(other)


@pytest.mark.parametrize("mark", INVISIBLE, ids=[unicodedata.name(m) for m in INVISIBLE])
def test_an_invisible_character_hides_no_word(mark: str) -> None:
    text = f"ق{mark}ال الو{mark}زير"
    assert [w.key for w in tokenize(text).words] == ["قال", "الوزير"]
    assert surfaces(text)[0] == f"ق{mark}ال"


@given(ANY)
@example("ﷺ ﷲ ½ ²")
def test_folding_twice_folds_once(text: str) -> None:
    assert fold_marks(fold_marks(text)) == fold_marks(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8")))
def test_folding_does_not_see_the_normal_form(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(unicodedata.normalize("NFC", text)) == folded


@given(st.lists(st.sampled_from([*"ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ", *INVISIBLE]), min_size=1).map("".join))
def test_a_word_folds_as_its_text(surface: str) -> None:
    assert word(surface).key == (fold(surface) or surface)


# --- lifting -------------------------------------------------------------------------------------------------


@given(ANY | ARABIC)
def test_tokens_lift_back_to_the_text(text: str) -> None:
    tokens = tokenize(text)
    end = 0
    for i, found in enumerate(tokens.words):
        assert text[tokens.starts[i] : tokens.ends[i]] == found.surface == tokens.span(i, i + 1).of(text)
        assert found.key and found.light and found.surface
        assert tokens.starts[i] >= end
        assert not tokenize(text[end : tokens.starts[i]]).words, "what lies between two tokens holds one"
        end = tokens.ends[i]
    assert not tokenize(text[end:]).words


@given(ARABIC, st.integers(0, 60), st.integers(0, 60))
def test_a_range_of_tokens_is_found_by_its_span(text: str, one: int, other: int) -> None:
    tokens = tokenize(text)
    if not len(tokens):
        return
    first, stop = sorted((one % len(tokens), other % len(tokens)))
    assert tokens.inside(tokens.span(first, stop + 1)) == (first, stop + 1)


@given(ARABIC, ARABIC, ARABIC)
def test_a_part_is_cut_like_the_whole(before: str, text: str, after: str) -> None:
    part = tokenize(before + text + after, len(before), len(before) + len(text))
    alone = tokenize(text)
    assert [w.surface for w in part.words] == [w.surface for w in alone.words]
    assert part.starts == [start + len(before) for start in alone.starts]


def test_tokens_outside_the_range_have_no_key() -> None:
    tokens = tokenize("قال إن")
    assert (tokens.key(-1), tokens.key(2), tokens.key(1)) == ("", "", "ان")
    assert len(Tokens([], [], [], [])) == 0
    assert tokens.inside(Span(3, 3)) == (1, 1)


# --- tokens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("و20 عنصراً", ["و", "20", "عنصراً"]),
        ("الـ48 ساعة", ["الـ", "48", "ساعة"]),
        ("10.000 و9,5 و٣٫٥", ["10.000", "و", "9,5", "و", "٣٫٥"]),
        ("١٬٢٠٠ دولار", ["١٬٢٠٠", "دولار"]),
        ("6:30", ["6", ":", "30"]),
        ("21/1/2026", ["21", "/", "1", "/", "2026"]),
        ("في 2026.", ["في", "2026", "."]),
        ("#جماعة_الحوثي", ["#", "جماعة", "_", "الحوثي"]),
        ("”داعش“،", ["”", "داعش", "“", "،"]),
        ("قال\N{NO-BREAK SPACE}إن", ["قال", "إن"]),
        ("\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH SPACE} \t\n", []),
        ("", []),
        ("\N{ARABIC FATHA}قال", ["قال"]),  # a mark without a letter is no token
        ("أ\N{COMBINING GRAVE ACCENT}ب", ["أ\N{COMBINING GRAVE ACCENT}ب"]),
        ("🙂قال", ["🙂", "قال"]),
    ],
)
def test_text_comes_apart_into_words_numbers_and_marks(text: str, wanted: list[str]) -> None:
    assert surfaces(text) == wanted


@pytest.mark.parametrize(
    ("surface", "number", "mark"), [("٢٠", True, False), ("مئة", False, False), ("،", False, True), ("%", False, True)]
)
def test_numbers_and_marks_are_told(surface: str, number: bool, mark: bool) -> None:
    assert (word(surface).is_number, word(surface).is_mark) == (number, mark)


def test_spans() -> None:
    assert Span(0, 3).overlaps(Span(2, 5)) and not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(0, 5)) and not Span(1, 5).contains(Span(0, 5))
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(2, 3)]
    assert len(Span(3, 7)) == 4


# --- stems ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "rest"),
    [
        ("وبحسب", "بحسب"),
        ("والوزارة", "وزارة"),
        ("للوزارة", "وزارة"),
        ("وللوزارة", "وزارة"),
        ("بالأمس", "أمس"),
        ("فقال", "قال"),
        ("كالمدينة", "مدينة"),
        ("بأن", "أن"),
        ("وهو", "هو"),
    ],
)
def test_prefixes_come_off(surface: str, rest: str) -> None:
    assert fold(rest) in [found for _, found in stems(fold(surface))]


@pytest.mark.parametrize(("surface", "rest"), [("كان", "ان"), ("له", "ه"), ("ود", "د"), ("الم", "م"), ("لم", "م")])
def test_short_words_stay_whole(surface: str, rest: str) -> None:
    assert rest not in [found for _, found in stems(fold(surface))]


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=12))
def test_stems_begin_with_the_word_and_repeat_nothing(key: str) -> None:
    found = list(stems(key))
    assert found[0] == ("", key)
    assert len(found) == len(set(found)) <= 12
    for proclitics, rest in found[1:]:
        assert len(rest) >= 2 and key.endswith(rest)
        # لل stands for ل + ال, of which one ل is written
        assert (proclitics + rest).replace("لال", "لل", 1) == key or proclitics + rest == key
