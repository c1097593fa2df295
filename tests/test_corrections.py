"""Corrections: every mistake named by its line, quoted words found again after edits, atomic writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.corrections import (
    ACTS,
    COLUMNS,
    FIELDS,
    ROLES,
    Correction,
    CorrectionError,
    add_correction,
    parse_corrections,
    place,
    quote,
    read_corrections,
    unplaced,
)
from analysis.seeds import SeedError
from analysis.text import Span, fold

TEXT = (
    "فرار سجناء من سجن في المحافظة\n\n"
    "قالت الوزارة إن نحو 120 عنصراً فرّوا من السجن أمس الثلاثاء، مؤكدةً القبض على 81 منهم.\n\n"
    "وقال المتحدث باسم القوات إن نحو 1,500 سجين فرّوا، فيما قالت الوزارة إن العدد أقل من ذلك.\n\n"
    "وأضافت الوزارة أن «الوضع تحت السيطرة» وأن 81 منهم عادوا إلى السجن.\n"
)
HEAD = "seed,exact,prefix,suffix,field,value,note,who,when\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raid.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def quoted(exact: str, nth: int = 1, context: int = 32) -> tuple[Span, Correction]:
    at = -1
    for _ in range(nth):
        at = TEXT.index(exact, at + 1)
    span = Span(at, at + len(exact))
    words, prefix, suffix = quote(TEXT, span, context)
    return span, Correction("raid", words, prefix, suffix)


def fault(text: str) -> str:
    with pytest.raises(CorrectionError) as caught:
        parse_corrections(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("raid,x,,,sauce,y,,,", "unknown field “sauce”; write one of source, act"),
        ("raid,x,,,,y,,,", "unknown field “”"),
        ("raid,x,,,act,threat,,,", "“threat” is no act; write one of statement"),
        ("raid,x,,,act,Warning,,,", "“Warning” is no act"),
        ("raid,x,,,role,dead,,,", "“dead” is no role; write one of escaped"),
        ("raid,x,,,source,,,,", "value is empty; write who says"),
        ("raid,x,,,value,many,,,", "“many” is no number; write 120"),
        ("raid,x,,,value,200..100,,,", "is no number"),
        ("raid,x,,,value,1..2..3,,,", "is no number"),
        ("raid,x,,,value,nan,,,", "is no number"),
        ("raid,x,,,date,21/01/2026,,,", "“21/01/2026” is no date; write TIMEX3: 2026-01-20"),
        ("raid,x,,,date,2026-02-30,,,", "is no date"),
        ("raid,x,,,date,2026-13,,,", "is no date"),
        ("raid,x,,,add_date,أمس,,,", "is no date"),
        ("raid,x,,,add_quantity,many | killed,,,", "“many” is no number"),
        ("raid,x,,,add_quantity,20 | dead,,,", "“dead” is no role"),
        ("raid,x,,,add_attribution,الوزارة | threat,,,", "“threat” is no act"),
        ("raid,x,,,add_attribution,| warning,,,", "no source before"),
        ("raid,x,,,excluded,no,,,", "“no” with excluded; write “yes”"),
        ("raid,,,,excluded,,,,", "exact is empty"),
        ("raid,\N{ZERO WIDTH NO-BREAK SPACE} ,,,excluded,,,,", "exact is empty"),
        ("../raid,x,,,excluded,,,,", "no slash"),
        (",x,,,excluded,,,,", "the id is empty"),
        ("raid,x,,,excluded,,,,soon", "when “soon” is no day"),
        ("raid,x,,,excluded,,,,2026-02-30", "is no day"),
        ("raid,x,,,excluded,,,,2026-01-21,more", "more cells than columns"),
        ('raid,"x,,,excluded', "quotation mark"),
    ],
)
def test_mistake_is_named_by_its_line(row: str, said: str) -> None:
    message = fault(HEAD + "raid,y,,,excluded,yes,,,\n" + row + "\n")
    assert said in message
    assert "corrections.csv, line 3" in message or 'raid,"x' in row


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("seed,exact,field,author\n", "unknown column “author”"),
        ("seed,field,value\n", "no column “exact”"),
        ("exact,field\n", "no column “seed”"),
        ("seed,exact,field,field\n", "stands twice"),
        ("seed,,exact,field\n", "a column has no name"),
    ],
)
def test_faulty_heading(header: str, said: str) -> None:
    assert said in fault(header + "a,b,c,d\n")


def test_every_fault_in_one_message() -> None:
    message = fault(HEAD + "raid,x,,,act,threat,,,soon\nraid,y,,,role,dead,,,\n")
    assert "3 faults" in message
    assert message.count("line 2") == 2
    assert message.count("line 3") == 1


def test_one_thing_corrected_twice() -> None:
    message = fault(HEAD + "raid,قالَ,,,act,warning,,,\nRAID,قال,,,act,denial,,,\n")
    assert "line 3: corrects what line 2 corrects" in message
    assert len(parse_corrections(HEAD + "raid,قال,,,act,warning,,,\nraid,قال,,,source,x,,,\n")) == 2
    assert len(parse_corrections(HEAD + "raid,قال,ثم,,act,warning,,,\nraid,قال,,,act,denial,,,\n")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "seed,exact,field,value,when\nraid,قال,act,warning,2026-01-21\n",
        "\N{ZERO WIDTH NO-BREAK SPACE}seed;exact;field;value;when;;\r\n\r\nraid.txt;قال;Act;warning;2026-01-21;;\r\n",
        "when\tvalue\tfield\texact\tseed\n2026-01-21\twarning\tact\tقال\traid",
    ],
)
def test_shapes_of_the_table(text: str) -> None:
    (correction,) = parse_corrections(text)
    assert (correction.seed, correction.exact, correction.field) == ("raid", "قال", "act")
    assert (correction.value, correction.when, correction.prefix) == ("warning", date(2026, 1, 21), "")
    assert correction.line in (2, 3)


@pytest.mark.parametrize("act", ACTS)
def test_acts(act: str) -> None:
    assert parse_corrections(f"{HEAD}raid,x,,,act,{act},,,\n")[0].value == act


@pytest.mark.parametrize("role", ROLES)
def test_roles(role: str) -> None:
    assert parse_corrections(f"{HEAD}raid,x,,,add_quantity,20 | {role},,,\n")[0].parts == ("20", role)


@pytest.mark.parametrize(
    "value",
    "2013 2026-01 2026-01-20 2026-01-20TMO 2026-01-20T14:30 2026-W03 2026-W03-WE 2026-Q1 2026-SU 202 20 "
    "XXXX-10-02 XXXX-W03 2026-XX-XX P3D P1Y6M PT2H P10Y PXD P1DE PAST_REF PRESENT_REF FUTURE_REF TEV".split(),
)
def test_times(value: str) -> None:
    assert parse_corrections(f"{HEAD}raid,x,,,date,{value},,,\n")[0].value == value


@pytest.mark.parametrize("value", "P PT D3 2026- 2026-1 2026-01-2 2026-W54 26-01-20 REF 2026-01-20TXX".split())
def test_what_is_no_time(value: str) -> None:
    assert "is no date" in fault(f"{HEAD}raid,x,,,date,{value},,,\n")


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("120", (120, 120)),
        ("100..200", (100, 200)),
        ("٨١", (81, 81)),
        ("4.5", (4.5, 4.5)),
        ('"1,500"', (1500, 1500)),
    ],
)
def test_numbers(value: str, numbers: tuple[float, float]) -> None:
    assert parse_corrections(f"{HEAD}raid,x,,,value,{value},,,\n")[0].numbers == numbers


def test_no_table_is_no_correction(folder: Path) -> None:
    assert read_corrections(folder) == []
    (folder / "corrections.csv").write_text("", encoding="utf-8")
    assert read_corrections(folder) == []


def test_table_that_does_not_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = folder / "corrections.csv"
    path.write_bytes("seed,exact,field\nraid,قالت الوزارة,excluded\n".encode("cp1256"))
    with pytest.raises(CorrectionError, match="save it again as UTF-8"):
        read_corrections(folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(CorrectionError, match="is a folder"):
        read_corrections(folder)
    path.rmdir()
    outside = tmp_path_factory.mktemp("outside") / "table.csv"
    outside.write_text(HEAD, encoding="utf-8")
    path.symlink_to(outside)
    with pytest.raises(CorrectionError, match="outside the folder"):
        read_corrections(folder)


@pytest.mark.parametrize(
    ("exact", "nth"),
    [
        ("81 منهم", 1),
        ("81 منهم", 2),
        ("81", 1),
        ("81", 2),
        ("قالت الوزارة إن", 1),
        ("قالت الوزارة إن", 2),
        ("الوزارة", 3),
    ],
)
def test_repeated_words_are_told_apart(exact: str, nth: int) -> None:
    span, correction = quoted(exact, nth)
    assert place(TEXT, correction) == span
    assert unplaced(TEXT, correction) is None


EDITS: dict[str, Callable[[str], str]] = {
    "marks gone": lambda text: "".join(c for c in text if not "\u064b" <= c <= "\u0652"),
    "marks added": lambda text: text.replace("الوزارة", "الوِزارَةُ").replace("منهم", "منهُم"),
    "tatweel": lambda text: text.replace("قال", "قـــال"),
    "spaces doubled": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "lines joined": lambda text: text.replace("\n\n", " "),
    "windows lines": lambda text: text.replace("\n", "\r\n"),
    "bidi marks": lambda text: text.replace(" ", " \N{RIGHT-TO-LEFT MARK}"),
    "eastern digits": lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "other quotation marks": lambda text: text.replace("«", "“").replace("»", "”"),
    "hamza": lambda text: text.replace("إن", "ان").replace("أن", "ان").replace("إلى", "الى"),
    "tanwin after alef": lambda text: text.replace("عنصراً", "عنصرًا"),
}
AROUND = {
    "a paragraph before": ("خبر عاجل: 81 منهم قالت الوزارة إن\n\n", ""),
    "a paragraph after": ("", "\nخبر عاجل: 81 منهم قالت الوزارة إن\n"),
    "furniture": ("شارك\n", "\nاقرأ أيضاً: الوزارة\n"),
}
QUOTED = [
    ("81 منهم", 1),
    ("81 منهم", 2),
    ("الوزارة", 2),
    ("قالت الوزارة إن", 1),
    ("«الوضع تحت السيطرة»", 1),
    ("1,500", 1),
]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize(("exact", "nth"), QUOTED)
def test_edits_that_move_no_correction(edit: Callable[[str], str], exact: str, nth: int) -> None:
    span, correction = quoted(exact, nth)
    assert place(edit(TEXT), correction) == Span(len(edit(TEXT[: span.start])), len(edit(TEXT[: span.end])))


@pytest.mark.parametrize(("before", "after"), AROUND.values(), ids=AROUND)
@pytest.mark.parametrize(("exact", "nth"), QUOTED)
def test_additions_around_move_no_correction(before: str, after: str, exact: str, nth: int) -> None:
    span, correction = quoted(exact, nth)
    moved = Span(span.start + len(before), span.end + len(before))
    assert place(before + TEXT + after, correction) == moved


def test_marks_on_the_last_letter_belong_to_the_span() -> None:
    text = "قالتِ الوزارةُ\N{RIGHT-TO-LEFT MARK} ذلك"
    span = place(text, Correction("raid", "قالت الوزارة"))
    assert span is not None
    assert span.of(text) == "قالتِ الوزارةُ\N{RIGHT-TO-LEFT MARK}"


def test_an_edit_on_one_side_is_borne() -> None:
    _, correction = quoted("81", 2)
    text = TEXT.replace("عادوا إلى السجن", "رجعوا")
    found = place(text, correction)
    assert found is not None
    assert text[found.start : found.end + 5] == "81 منهم"
    assert "السيطرة" in text[found.start - 25 : found.start]


@pytest.mark.parametrize(
    ("exact", "nth", "old", "new", "said"),
    [
        ("1,500", 1, "1,500", "2,000", "is not in the text"),
        ("الوضع تحت السيطرة", 1, "تحت السيطرة", "صعب", "is not in the text"),
        ("81", 1, "، مؤكدةً القبض على 81 منهم", "", "only in other surroundings"),
    ],
)
def test_lost_words_are_placed_nowhere(exact: str, nth: int, old: str, new: str, said: str) -> None:
    _, correction = quoted(exact, nth)
    text = TEXT.replace(old, new, 1)
    assert place(text, correction) is None
    assert said in str(unplaced(text, correction))


def test_words_in_several_places_are_not_guessed() -> None:
    assert place(TEXT, Correction("raid", "قالت الوزارة إن")) is None
    assert "stands in 2 places" in str(unplaced(TEXT, Correction("raid", "قالت الوزارة إن")))
    assert place(TEXT, Correction("raid", "قالت الوزارة إن", suffix="نحو")) == quoted("قالت الوزارة إن", 1)[0]
    twice = "قال الوزير ذلك. قال الوزير ذلك."
    assert place(twice, Correction("raid", "الوزير", "قال", "ذلك")) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("عام 1981 وقع ذلك", "81"),
        ("عام 81.5 وقع ذلك", "81"),
        ("نحو 1,581 سجيناً", "581"),
        ("نحو 1,581 سجيناً", "1"),
        ("كان ذلك", "ان"),
        ("قالوا ذلك", "قال"),
        ("استقال الوزير", "قال"),
    ],
)
def test_part_of_a_word_or_number_is_no_place(text: str, exact: str) -> None:
    assert place(text, Correction("raid", exact)) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("وقال الوزير", "قال"),
        ("قالت والوزارة", "الوزارة"),
        ("بالوزارة", "وزارة"),
        ("للوزارة", "وزارة"),
        ("مقتل 18 و20 آخرين", "20"),
        ("عاد 81عنصراً", "81"),
        ("عاد 81، ثم", "81"),
        ("بلغ 81.", "81"),
    ],
)
def test_glued_words_are_a_place(text: str, exact: str) -> None:
    span = place(text, Correction("raid", exact))
    assert span is not None
    assert span.of(text) == exact


def test_headline_repeated_as_a_link_is_told_apart() -> None:
    title = "فرار سجناء من سجن في المحافظة"
    text = f"{title}\n\n{TEXT}\nاقرأ أيضاً: {title}"
    for start in (0, len(text) - len(title)):
        for length in (4, 10, len(title)):
            span = Span(start, start + length)
            assert place(text, Correction("raid", *quote(text, span))) == span


def test_whole_word_is_preferred_to_a_glued_one() -> None:
    assert place("وقال ثم قال", Correction("raid", "قال")) is None
    assert place("استقال ثم قال", Correction("raid", "قال")) == Span(10, 13)


def test_written_form_is_preferred_to_another_spelling() -> None:
    text = "على علي"
    assert place(text, Correction("raid", "علي")) == Span(4, 7)
    assert place(text, Correction("raid", "على")) == Span(0, 3)


def test_ligature_is_one_character() -> None:
    text = "النبي ﷺ قال"
    span = place(text, Correction("raid", "ﷺ قال"))
    assert span == Span(6, 11)
    assert place("ﷲ أكبر", Correction("raid", "الله")) == Span(0, 1)


@given(st.integers(0, len(TEXT)), st.integers(1, 40))
def test_what_is_quoted_is_found_or_said_to_be_lost(start: int, length: int) -> None:
    span = Span(start, min(len(TEXT), start + length))
    exact, prefix, suffix = quote(TEXT, span)
    assume(fold(exact).strip())
    found = place(TEXT, Correction("raid", exact, prefix, suffix))
    assert found is not None
    assert fold(found.of(TEXT)).split() == fold(exact).split()
    assert span.start <= found.start
    assert found.end <= span.end + 1


@given(st.text(), st.text(min_size=1), st.text(), st.text())
def test_place_never_raises(text: str, exact: str, prefix: str, suffix: str) -> None:
    correction = Correction("raid", exact, prefix, suffix)
    for article in (text, f"{text}{exact}{text}"):
        span = place(article, correction)
        assert (span is None) == (unplaced(article, correction) is not None)
        assert span is None or 0 <= span.start < span.end <= len(article)


def test_add_correction(folder: Path) -> None:
    span, _ = quoted("81 منهم", 2)
    written = add_correction(folder, "RAID", span, "role", "recaptured", who="م", note="رأي", when=date(2026, 1, 22))
    assert (written.seed, written.exact, written.line) == ("raid", "81 منهم", 2)
    assert read_corrections(folder) == [written]
    assert place(TEXT, written) == span
    assert (folder / "corrections.csv").read_text(encoding="utf-8").startswith(",".join(COLUMNS))


def test_add_correction_fills_in_the_surroundings(folder: Path) -> None:
    written = add_correction(folder, "raid", "1,500 سجين", "value", "1500")
    assert written.prefix.endswith("إن نحو")
    assert written.suffix.startswith("فرّوا")
    assert written.when is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("raid", "81", "role", "recaptured"), "2 places"),
        (("raid", "82", "role", "recaptured"), "not in the text"),
        (("raid", "1,500", "role", "dead"), "no role"),
        (("raid", "1,500", "sauce", "x"), "unknown field"),
        (("none", "1,500", "excluded"), "the seeds are raid"),
        (("../raid", "1,500", "excluded"), "no slash"),
        (("raid", Span(5, 5), "excluded"), "exact is empty"),
    ],
)
def test_add_correction_refuses(folder: Path, arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(SeedError, match=said):
        add_correction(folder, *arguments)
    assert not (folder / "corrections.csv").exists()


def test_add_correction_twice(folder: Path) -> None:
    add_correction(folder, "raid", "1,500", "value", "1500")
    add_correction(folder, "raid", "1,500", "role", "escaped")
    before = (folder / "corrections.csv").read_bytes()
    with pytest.raises(CorrectionError, match="line 2 corrects the value of these words already"):
        add_correction(folder, "raid", "1,500", "value", "1400", prefix="إن نحو")
    assert (folder / "corrections.csv").read_bytes() == before
    written = add_correction(folder, "raid", "1,500", "value", "1400", prefix="إن نحو", replace=True)
    assert [c.value for c in read_corrections(folder)] == ["1400", "escaped"]
    assert written.line == 2


def test_a_replaced_correction_keeps_who_and_why(folder: Path) -> None:
    add_correction(folder, "raid", "1,500", "value", "1500", note="counted twice", who="Lina")
    written = add_correction(folder, "raid.txt", "1,500", "value", "1400", who="Omar", replace=True)
    assert (written.value, written.note, written.who) == ("1400", "counted twice", "Omar")


def test_add_correction_leaves_a_faulty_table_alone(folder: Path) -> None:
    path = folder / "corrections.csv"
    path.write_text(HEAD + "raid,x,,,act,threat,,,\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match="line 2"):
        add_correction(folder, "raid", "1,500", "excluded")
    assert path.read_bytes() == before


def test_add_correction_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_correction(folder, "raid", "1,500", "value", "1500")
    before = (folder / "corrections.csv").read_bytes()

    def fail(old: Path, new: Path) -> None:
        raise PermissionError(13, "Permission denied", str(new))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(SeedError, match="cannot be written"):
        add_correction(folder, "raid", "1,500", "role", "escaped")
    assert (folder / "corrections.csv").read_bytes() == before
    assert not [path for path in folder.iterdir() if path.suffix == ".new"]


def test_many_corrections_at_once_lose_none(folder: Path) -> None:
    jobs = [("1,500", "value", "1500"), ("1,500", "role", "escaped"), ("1,500", "excluded", "yes")]
    jobs += [(word, "excluded", "") for word in ("المتحدث", "المحافظة", "الثلاثاء", "القوات", "العدد")]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda job: add_correction(folder, "raid", *job), jobs))
    assert len(read_corrections(folder)) == len(jobs)


def test_every_field_can_be_written(folder: Path) -> None:
    values = {
        "source": "وزارة الداخلية",
        "act": "denial",
        "value": "1500",
        "role": "escaped",
        "date": "2026-01-20",
        "excluded": "yes",
        "add_attribution": "وزارة الداخلية | denial",
        "add_quantity": "1500 | escaped",
        "add_date": "2026-01-20",
    }
    assert set(values) == set(FIELDS)
    for field, value in values.items():
        add_correction(folder, "raid", "1,500", field, value)
    assert [(c.field, c.value) for c in read_corrections(folder)] == list(values.items())


def test_cost_grows_with_the_text_alone() -> None:
    text = TEXT * 400
    correction = Correction("raid", "1,500 سجين", prefix="لا شيء مثل هذا هنا")
    assert place(text, correction) is None
    assert place(text + "قتل ١٧ جندياً", Correction("raid", "17 جنديا")) is not None
