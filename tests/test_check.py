"""Remarks on seeds: what does not fit, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.check import Remark, find_remarks, summary
from analysis.claims import analyse
from analysis.seeds import Article

WEDNESDAY = date(2026, 1, 21)


def remarks(text: str, published: date | None = WEDNESDAY) -> list[Remark]:
    return find_remarks(analyse(Article("s", text, published)))


def kinds(text: str, published: date | None = WEDNESDAY) -> list[str]:
    return [r.kind for r in remarks(text, published)]


def test_nothing_to_remark() -> None:
    assert remarks("قالت وزارة الري إن السد انهار أمس الثلاثاء.") == []


def test_a_weekday_that_contradicts_the_day_of_publication() -> None:
    text = "قالت وزارة الري إن السد انهار أمس الاثنين."
    whole, place = remarks(text)
    assert (whole.kind, whole.start) == ("fault", None)
    assert "2026-01-21, a Wednesday" in whole.text and "Tuesday" in whole.text
    assert (place.kind, place.start) == ("fault", text.index("أمس"))


def test_a_weekday_that_contradicts_its_own_date() -> None:
    assert kinds("قالت وزارة الري إن السد انهار يوم الاثنين 20 يناير 2026.") == ["fault"]


def test_without_a_day_of_publication_the_weekday_is_inferred() -> None:
    (remark,) = remarks("قالت وزارة الري إن السد انهار أمس الثلاثاء.", None)
    assert remark.kind == "gap"
    assert "published on a Wednesday" in remark.text


def test_without_any_weekday_the_day_of_publication_is_asked_for() -> None:
    (remark,) = remarks("قالت وزارة الري إن السد انهار.", None)
    assert remark.text == "no day of publication: give it in index.csv, column published"


@pytest.mark.parametrize(("words", "shown"), [("قصير", "«قصير»"), ("كلمة " * 20, "«كلمة كلمة")])
def test_a_mark_that_never_closes(words: str, shown: str) -> None:
    text = f"قالت وزارة الري إن السد انهار و«{words}"
    (remark,) = [r for r in remarks(text) if "never closes" in r.text]
    assert remark.kind == "note" and shown in remark.text
    assert remark.start == text.index("«")
    assert ("…" in remark.text) == (len(words) > 40)


def test_a_cue_without_a_speaker() -> None:
    (remark,) = remarks("قال إن الجسر سقط.")
    assert (remark.kind, remark.text, remark.start) == ("gap", "no speaker found for «قال»", 0)


def test_nobody_is_quoted() -> None:
    assert kinds("افتتحت البلدية سوقاً جديداً في المدينة القديمة.") == ["note"]


def test_a_line_of_counts() -> None:
    text = "انهيار سد\n\nقالت الوزارة إن 12 عاملاً أصيبوا أمس. وسقط الجسر القديم في الوادي.\n\nشارك على فيسبوك"
    said = summary(analyse(Article("dam", text, WEDNESDAY)))
    assert said.startswith(f"dam: {len(text)} characters, 1 paragraph, 3 sentences, 3 claims (1 attributed)")
    assert said.endswith("1 quantity, 1 date, 1 furniture")


def test_an_empty_text_is_counted() -> None:
    assert summary(analyse(Article("s", " "))).startswith("s: 1 character, 0 paragraphs, 0 sentences, 0 claims")
    assert kinds(" ", None) == ["gap", "note"]
