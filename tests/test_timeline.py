"""Events of small texts: one a date, the clause next to it, its period and where that comes from."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.claims import analyse
from analysis.seeds import Article
from analysis.timeline import Event, find_events

DAY = date(2026, 1, 21)  # a Wednesday


def events(text: str, published: date | None = DAY) -> list[Event]:
    return find_events(analyse(Article("s", text, published)))


def labels(text: str) -> list[str]:
    return [e.label.of(text) for e in events(text) if e.basis != "publication" or e.number is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وقع الزلزال الكبير عام 2013، وانهار الجسر القديم عام 2022.", ["وقع الزلزال الكبير", "انهار الجسر القديم"]),
        ("تكررت الحوادث، مثل حريق السوق عام 2013، وانهيار السد عام 2022.", ["حريق السوق", "انهيار السد"]),
        ("في مارس 2024 احتج السكان على القرار.", ["احتج السكان على القرار"]),
        ("قالت وزارة الري إن السد انهار أمس الثلاثاء.", ["السد انهار"]),
        ("أعلنت الوزارة، أمس الثلاثاء، القبض على خمسة رجال.", ["أعلنت الوزارة، أمس الثلاثاء، القبض على خمسة رجال"]),
    ],
)
def test_labels(text: str, wanted: list[str]) -> None:
    assert labels(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what waits for another word is cut off
        ("بلغ الفريق النهائي للمرة الأولى منذ 1998.", ["بلغ الفريق النهائي للمرة الأولى"]),
        (
            "أعلنت الوزارة، أمس الثلاثاء، القبض على عشرات الرجال من سكان الحي القديم كانوا قد خرجوا بعد حريق السوق "
            "الكبير من بيوتهم.",
            [
                "أعلنت الوزارة، أمس الثلاثاء، القبض على عشرات الرجال من سكان الحي القديم كانوا قد خرجوا بعد حريق السوق "
                "الكبير"
            ],
        ),
        ('في مارس 2024 غنى السكان وهم يهتفون "', ["غنى السكان وهم يهتفون"]),
        # the name علي is no preposition
        ("وصل المهندس حسن علي عام 2013.", ["وصل المهندس حسن علي"]),
        # «وذلك» opens no label
        ("هي أكبر كارثة، وذلك منذ حريق 14 أكتوبر 2015 الذي دمر السوق.", ["حريق 14 أكتوبر 2015 الذي دمر السوق"]),
        # one word is no clause
        ("قالت الجدة إن ابنتها لم تعد عام 2013 إلى البيت القديم.", ["ابنتها لم تعد"]),
        ("انتظرتها الجدة، لكنها لم تعد عام 2013 إلى البيت.", ["لم تعد عام 2013 إلى البيت"]),
        ("صدر عام 2013.", ["صدر عام 2013"]),
        # «في الواقع» is no clause either
        ("وفي الواقع قبل عام في 4 أبريل 2017، هدمت البلدية السوق.", ["هدمت البلدية السوق"] * 2),
    ],
)
def test_no_label_breaks_off(text: str, wanted: list[str]) -> None:
    assert labels(text) == wanted


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "basis"),
    [
        ("افتُتح السوق الكبير يوم 3 مارس 2025.", date(2025, 3, 3), date(2025, 3, 3), "day", "stated"),
        ("افتُتح السوق الكبير في مارس 2025.", date(2025, 3, 1), date(2025, 3, 31), "month", "stated"),
        ("افتُتح السوق الكبير عام 2025.", date(2025, 1, 1), date(2025, 12, 31), "year", "stated"),
        ("افتُتح السوق الكبير أمس.", date(2026, 1, 20), date(2026, 1, 20), "day", "publication"),
        ("افتُتح السوق الكبير الأسبوع الماضي.", date(2026, 1, 12), date(2026, 1, 18), "range", "publication"),
    ],
)
def test_periods(text: str, start: date, end: date, precision: str, basis: str) -> None:
    (event, _) = events(text)
    assert (event.start, event.end, event.precision, event.basis) == (start, end, precision, basis)
    assert event.reason is None


def test_without_a_day_of_publication_an_event_is_kept_with_the_reason() -> None:
    (event, publication) = events("افتُتح السوق الكبير أمس.", None)
    assert (event.start, event.end, event.precision) == (None, None, "unplaced")
    assert event.reason
    assert (publication.precision, publication.number) == ("unplaced", None)
    assert publication.reason == "index.csv gives no day of publication"


def test_a_stated_date_needs_no_day_of_publication() -> None:
    (event, _) = events("افتُتح السوق الكبير يوم 3 مارس 2025.", None)
    assert event.start == date(2025, 3, 3)


@pytest.mark.parametrize("text", ["استمر الحريق ثلاث ساعات.", "يجتمع المجلس كل يوم.", "يعمل السوق الكبير الآن."])
def test_durations_sets_and_the_present_are_no_events(text: str) -> None:
    assert labels(text) == []


def test_the_publication_is_an_event() -> None:
    text = "انهيار سد\n\nقالت وزارة الري إن السد انهار."
    (event,) = events(text)
    assert (event.start, event.basis, event.label.of(text), event.claims) == (DAY, "publication", "انهيار سد", ())


def test_a_text_without_sentences_has_no_event() -> None:
    assert events(" ") == []


def test_claims_behind_an_event() -> None:
    text = "قالت الوزارة إن السد انهار عام 2024، وأضاف الخبير أن الجسر سقط عام 2025."
    first, second, _ = events(text)
    assert (first.claims, second.claims) == ((0,), (1,))


def test_events_stand_in_the_order_of_the_text() -> None:
    text = "سقط الجسر القديم عام 2022. وكان الحريق الكبير قد وقع عام 2013."
    assert [e.start.year for e in events(text) if e.start] == [2022, 2013, 2026]


def test_no_label_is_longer_than_a_clause() -> None:
    text = "وقع " + "حادث كبير آخر في المدينة القديمة " * 20 + "عام 2013."
    (event, _) = events(text)
    assert len(event.label.of(text).split()) <= 22
