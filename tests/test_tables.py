"""Tables of small articles of our own: a row a thing found, every column, and none at all where nothing is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.claims import Analysis, analyse
from analysis.dictionary import ACTS, dictionary
from analysis.seeds import Article
from analysis.tables import (
    TABLES,
    changes_table,
    claims_table,
    dates_table,
    figures_table,
    places_table,
    quantities_table,
    reconcile_figures,
    sources_table,
    timeline_table,
    with_labels,
)

TYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
DAY = date(2026, 1, 21)
TEXT = (
    "فرار من سجن الشدادي\n\n"
    "أعلنت وزارة الداخلية، أمس الثلاثاء، أن نحو 120 سجيناً فروا من السجن، وأضافت أنها قبضت على 81 منهم.\n\n"
    "قال الخبير: «الوضع قد يتدهور في الأيام المقبلة». وسقط الجسر القديم في الوادي عام 2013."
)


def read(text: str, **known: Any) -> Analysis:
    cells: dict[str, Any] = {"id": "s", "text": text, "published": DAY} | known
    return analyse(Article(**cells))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return read(TEXT, outlet="صحيفة النهر", story="prison")


def cells(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return [[None if pd.isna(v) else v for v in row] for row in frame[list(columns)].astype(object).to_numpy().tolist()]


# --- columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("texts", [[], [" "], ["سقط الجسر."], [TEXT], [TEXT, TEXT + " ", "ليل"]], ids=len)
def test_each_table_has_all_columns_with_their_types(name: str, texts: list[str]) -> None:
    frame = TABLES[name]([read(text, id=f"s{n}", outlet="o", story="p") for n, text in enumerate(texts)])
    wanted = {column: TYPES[kind] for column, (kind, _, _) in dictionary()[name].items()}
    assert {str(c): str(t) for c, t in frame.dtypes.items()} == wanted
    assert list(frame.index) == list(range(len(frame)))


def test_the_dictionary_names_each_table_and_describes_each_column() -> None:
    assert list(dictionary()) == list(TABLES)
    for columns in dictionary().values():
        assert all(kind in TYPES and text and label for kind, text, label in columns.values())


@pytest.mark.parametrize("name", list(TABLES))
def test_arabic_headings_are_arabic_and_differ(name: str, analysis: Analysis) -> None:
    frame = with_labels(TABLES[name]([analysis]), name, labels="ar")
    assert frame.columns.is_unique
    assert all(any("\u0600" <= c <= "\u06ff" for c in heading) for heading in frame.columns)
    assert frame.dtypes.tolist() == TABLES[name]([analysis]).dtypes.tolist()


def test_other_headings_are_refused() -> None:
    assert list(with_labels(claims_table([]), "claims").columns) == list(dictionary()["claims"])
    with pytest.raises(ValueError, match='"en" or "ar", not \'fr\''):
        with_labels(claims_table([]), "claims", labels="fr")


# --- rows ----------------------------------------------------------------------------------------------------


def test_claims(analysis: Analysis) -> None:
    claims = claims_table([analysis])
    assert cells(claims, "claim_id", "paragraph", "sentence", "source", "attribution", "act", "quoted", "hedges") == [
        ["s#c1", 0, 0, "صحيفة النهر", "outlet", "statement", False, ""],
        ["s#c2", 1, 1, "وزارة الداخلية", "explicit", "announcement", False, ""],
        ["s#c3", 1, 1, "وزارة الداخلية", "explicit", "statement", False, ""],
        ["s#c4", 2, 2, "الخبير", "explicit", "statement", True, "قد"],
        ["s#c5", 2, 3, "صحيفة النهر", "outlet", "statement", False, ""],
    ]
    assert cells(claims, "cue", "source_mention", "quantities", "dates") == [
        [None, None, "", ""],
        ["أعلنت", "وزارة الداخلية", "s#q1", "s#d1"],
        ["وأضافت", None, "s#q2", ""],
        ["قال", "الخبير", "", "s#d2"],
        [None, None, "", "s#d3"],
    ]
    assert [TEXT[s:e] for s, e in claims[["start", "end"]].to_numpy()] == claims["text"].tolist()
    assert set(claims["published"]) == {pd.Timestamp(DAY)}


def test_quantities(analysis: Analysis) -> None:
    quantities = quantities_table([analysis])
    assert cells(quantities, "quantity_id", "claim_id", "value", "mod", "approximate", "role", "claimant") == [
        ["s#q1", "s#c2", 120.0, "APPROX", True, "escaped", "وزارة الداخلية"],
        ["s#q2", "s#c3", 81.0, None, False, "recaptured", "وزارة الداخلية"],
    ]
    assert cells(quantities, "event_date", "event_precision") == [["2026-01-20", "day"], [None, None]]


def test_dates(analysis: Analysis) -> None:
    dates = dates_table([analysis])
    assert cells(dates, "date_id", "claim_id", "text", "value", "basis", "weekday_fits")[0] == [
        "s#d1",
        "s#c2",
        "أمس الثلاثاء",
        "2026-01-20",
        "publication",
        True,
    ]
    last = dates.iloc[-1]
    assert (last["value"], last["grain"], last["basis"]) == ("2013", "year", "stated")
    assert (last["period_start"], last["period_end"]) == (pd.Timestamp(2013, 1, 1), pd.Timestamp(2013, 12, 31))


def test_days_before_the_first_of_pandas_are_kept() -> None:
    (when,) = dates_table([read("سقطت المدينة القديمة عام 1258.")])["period_start"]
    assert when == pd.Timestamp(1258, 1, 1).as_unit("s")


def test_timeline_is_ordered_across_articles(analysis: Analysis) -> None:
    other = read("وقع الزلزال الكبير عام 2020، وافتُتح السوق منذ أيام الجاهلية الأولى.", id="t", published=None)
    timeline = timeline_table([analysis, other])
    starts = timeline["period_start"].dropna()
    assert starts.is_monotonic_increasing
    assert list(timeline["order"]) == list(range(1, len(timeline) + 1))
    assert timeline["period_start"].isna().sum() >= 1
    assert timeline.iloc[-1][["seed", "precision"]].tolist() == ["t", "unplaced"]
    assert timeline["period_start"].isna().tolist() == sorted(timeline["period_start"].isna())


def test_sources(analysis: Analysis) -> None:
    sources = sources_table([analysis])
    heard = sources[sources["heard"]]
    assert cells(heard, "source", "claims", "explicit", "quoted") == [
        ["صحيفة النهر", 2, 0, 0],
        ["وزارة الداخلية", 2, 2, 0],
        ["الخبير", 1, 1, 1],
    ]
    assert heard["claims"].sum() == len(claims_table([analysis]))
    assert heard["share"].sum() == pytest.approx(1, abs=0.001)
    assert (heard[list(ACTS)].sum(axis=1) == heard["claims"]).all()
    assert (heard["explicit"] + heard["carried_on"] <= heard["claims"]).all()


def test_who_is_named_and_never_heard_has_no_claims() -> None:
    sources = sources_table([read("قال المهندس إن وزارة الزراعة لم تحضر. وغابت وزارة الزراعة مرة أخرى.")])
    silent = sources[~sources["heard"]]
    assert silent["source"].tolist() == ["وزارة الزراعة"]
    assert cells(silent, "claims", "share", "mentions") == [[0, 0.0, 2]]


def test_figures_and_what_follows(analysis: Analysis) -> None:
    figures = figures_table([analysis])
    assert cells(figures, "figure_id", "role", "value", "derived", "claimant") == [
        ["s#q1", "escaped", 120.0, False, "وزارة الداخلية"],
        ["s#q2", "recaptured", 81.0, False, "وزارة الداخلية"],
        ["s#x1", "at_large", 39.0, True, "وزارة الداخلية"],
    ]
    rest = figures.iloc[-1]
    assert (rest["inputs"], rest["approximate"], rest["formula"]) == ("s#q1 s#q2", True, "نحو 120 سجيناً − 81")
    assert pd.isna(rest["quantity_id"]) and pd.isna(rest["claim_id"])


def test_a_changed_figure_changes_what_follows() -> None:
    figures = figures_table([read(TEXT.replace("81", "٩٠"))])
    assert figures.set_index("role")["value"].to_dict() == {"escaped": 120, "recaptured": 90, "at_large": 30}


def test_places(analysis: Analysis) -> None:
    places = places_table([analysis])
    assert places["name"].is_unique
    assert (places["latitude"].isna() == places["longitude"].isna()).all()


def test_versions_of_one_outlet_are_compared() -> None:
    old, new = (read(TEXT.replace("81", n), id=n, outlet="o", story="p") for n in ("81", "90"))
    changes = changes_table([(old, new)])
    changed = changes[changes["kind"] == "figure changed"]
    assert cells(changed, "before", "after", "value_before", "value_after") == [["81", "90", 81.0, 90.0]]
    assert (changes_table([(old, old)])["kind"] == "kept").all()


def test_questions(analysis: Analysis) -> None:
    questions = reconcile_figures([analysis])
    assert questions["best"].isna().all()
    assert set(questions["role"]) >= {"escaped", "recaptured"}


def test_tables_do_not_change_the_analysis(analysis: Analysis) -> None:
    before = {name: table([analysis]) for name, table in TABLES.items()}
    assert analysis == read(TEXT, outlet="صحيفة النهر", story="prison")
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(before[name], table([analysis]))
