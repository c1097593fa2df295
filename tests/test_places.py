"""Place names: those that are words as well, those that countries share, and the gazetteer's own rows."""

from __future__ import annotations

import pytest

from analysis.places import CONTEXTS, KINDS, Place, find_places, gazetteer, outlines
from analysis.segment import find_blocks, split_sentences


def find(text: str) -> list[tuple[str, str, str, str]]:
    found: list[Place] = []
    for sentence in split_sentences(text, find_blocks(text)):
        found += find_places(text, sentence)
    return [(place.span.of(text), place.name, place.kind, place.country) for place in found]


def names(text: str) -> list[str]:
    return [name for _, name, _, _ in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هطلت أمطار على دمشق وحلب وبيروت.", ["دمشق", "حلب", "بيروت"]),
        ("أقلعت طائرة من الدار البيضاء إلى أبو ظبي.", ["الدار البيضاء", "أبو ظبي"]),
        ("يمتد الطريق من دير الزور إلى البادية السورية.", ["دير الزور", "البادية السورية"]),
        ("زار الوفد جنوب السودان ثم السودان.", ["جنوب السودان", "السودان"]),
        ("عاد الفريق للعراق ولمصر وبالأردن مرّ.", ["العراق", "مصر", "الأردن"]),
        ("افتتح معرض في مدينة الباب.", ["الباب"]),
        ("افتتح معرض في مدينتي صور وصيدا.", ["صور", "صيدا"]),
        ("وقعت هزة قرب جنين.", ["جنين"]),
        ("وقعت هزة بجنين.", ["جنين"]),
        ("وصل مُصَدِّرون إلى إسطنبول واسطنبول.", ["إسطنبول", "إسطنبول"]),
        ("بين السعودية وإيران خط ملاحي.", ["السعودية", "إيران"]),
    ],
)
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "طرق الباب ثم دخل.",
        "نشر المصور صور الحفل.",
        "فإن الموعد قد تأجل.",
        "أكد أنه مصر على موقفه.",
        "عاد إلى مسقط رأسه.",
        "شارك العديد من الطلاب.",
        "دوماً يصل متأخراً.",
        "حضرت الفرق السعودية والقوات السعودية.",
        "سرت شائعات في السوق.",
        "حل الخلاف بالطرق السلمية.",
        "وجده في البيت.",
        "فيلق القدس.",
        "صحيفة القدس العربي.",
        "ضفاف نهر الأردن.",
        "قوات سوريا الديمقراطية.",
        "حجة الدفاع ضعيفة.",
        "افتتح مستشفى العيون.",
    ],
)
def test_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("وصلت السفينة إلى طرابلس قادمة من بيروت وصيدا.", "لبنان"),
        ("وصلت السفينة إلى طرابلس قادمة من بنغازي ومصراتة.", "ليبيا"),
    ],
)
def test_a_shared_name_goes_to_the_country_that_the_text_is_about(text: str, country: str) -> None:
    assert find(text)[0][3] == country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمطار في محافظة الحسكة.", ("الحسكة", "الحسكة", "province", "سوريا")),
        ("أمطار في مدينة الحسكة.", ("الحسكة", "الحسكة", "city", "سوريا")),
        ("أمطار في مدينة الكويت.", ("الكويت", "الكويت", "capital", "الكويت")),
        ("أمطار في الكويت.", ("الكويت", "الكويت", "country", "الكويت")),
        ("أمطار في العاصمة تونس.", ("تونس", "تونس", "capital", "تونس")),
        ("أمطار في سلطنة عمان.", ("سلطنة عمان", "سلطنة عمان", "country", "سلطنة عمان")),
        ("أمطار في عمان وإربد.", ("عمان", "عمان", "capital", "الأردن")),
        ("أمطار في عمان وصلالة.", ("عمان", "عمان", "country", "سلطنة عمان")),
        ("وُصلت بِدِمشق.", ("دِمشق", "دمشق", "capital", "سوريا")),
    ],
)
def test_kind_follows_the_noun_before(text: str, expected: tuple[str, str, str, str]) -> None:
    assert find(text)[0] == expected


def test_every_row_is_found_behind_a_noun_of_place() -> None:
    nouns = {"country": "دولة", "province": "محافظة", "region": "منطقة"}
    for row in gazetteer():
        noun = nouns.get(row.kind, "مدينة")
        text = f"وقع ذلك في {noun if row.context in ('', 'noun') else 'إلى'} {row.name} أمس."
        assert row.name in [place[1] for place in find(text)], row


def test_rows_are_in_range_and_inside_their_country() -> None:
    assert len(gazetteer()) > 250
    for row in gazetteer():
        assert row.kind in KINDS and row.context in CONTEXTS and row.source in ("hand", "checked")
        assert 3 < row.latitude < 43 and -18 < row.longitude < 64, row


ENGLISH = {
    "سوريا": "Syria",
    "العراق": "Iraq",
    "لبنان": "Lebanon",
    "الأردن": "Jordan",
    "تركيا": "Turkey",
    "مصر": "Egypt",
    "ليبيا": "Libya",
    "تونس": "Tunisia",
    "الجزائر": "Algeria",
    "السودان": "Sudan",
    "جنوب السودان": "S. Sudan",
    "اليمن": "Yemen",
    "السعودية": "Saudi Arabia",
    "الإمارات": "United Arab Emirates",
    "قطر": "Qatar",
    "الكويت": "Kuwait",
    "سلطنة عمان": "Oman",
    "إيران": "Iran",
}


def inside(x: float, y: float, ring: tuple[tuple[float, float], ...]) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def test_points_lie_in_the_outline_of_their_country() -> None:
    """A town on a coast or a border may fall just outside a simplified outline: 0.25 degrees are let pass."""
    near = [(dx, dy) for dx in (0, -0.25, 0.25) for dy in (0, -0.25, 0.25)]
    for row in gazetteer():
        name = ENGLISH.get(row.country)
        if name is None or row.name in ("الجولان", "سقطرى"):
            continue
        rings = [ring for country, ring in outlines() if country == name]
        assert any(inside(row.longitude + dx, row.latitude + dy, ring) for ring in rings for dx, dy in near), row


def test_outlines_are_closed_rings_of_the_region() -> None:
    found = {name for name, _ in outlines()}
    assert set(ENGLISH.values()) <= found
    assert all(len(ring) > 3 and ring[0] == ring[-1] for _, ring in outlines())


def test_places_are_found_in_linear_time() -> None:
    text = "وصل الوفد من بيروت إلى طرابلس. " * 3000
    assert len(find(text)) == 6000
