"""Arithmetic over figures: what a number allows, how claimants stand to each other, and what follows."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims import analyse
from analysis.figures import Figure, bounds, derive, find_figures, name_questions, parties, same_claimant, status_of
from analysis.seeds import Article
from analysis.tables import figures_table

DAY = date(2026, 1, 21)
PLAIN = Figure(
    seed="s",
    story="s",
    role="escaped",
    group=None,
    group_class="",
    place=None,
    event="",
    claimant="وزارة الداخلية",
    claimant_form="named",
    via=None,
    outlet=None,
    published=DAY,
    text="120 سجيناً",
    value=120,
    low=None,
    high=None,
    mod=None,
    approximate=False,
    as_of=None,
    event_date=None,
    event_precision=None,
    claim=0,
    number=0,
)


def figure(value: float | None, **other: object) -> Figure:
    return replace(PLAIN, value=value, text=str(value), **other)  # type: ignore[arg-type]


def recaptured(value: float | None, **other: object) -> Figure:
    return figure(value, **{"role": "recaptured", "number": 1, **other})


def figures(*texts: str) -> list[Figure]:
    return find_figures([analyse(Article(f"s{n}", text, DAY, story="p")) for n, text in enumerate(texts)])


# --- questions ---------------------------------------------------------------------------------------------


def test_questions_are_named_by_what_tells_them_apart() -> None:
    given_ = [
        figure(3, role="killed"),
        figure(4, role="killed", group="أطفال", group_class="child"),
        figure(5, role="killed", event="2013"),
        figure(6, role="wounded", place="حلب"),
        figure(7, role="wounded", place="حمص"),
        figure(8, role="wounded"),
        figure(9, role="wounded", part=True),
    ]
    assert name_questions(given_) == [
        "killed", "killed · child", "killed · 2013", "wounded · حلب", "wounded · حمص", "wounded", "wounded · part · 9",
    ]  # fmt: skip


def test_a_group_or_a_lone_place_asks_no_other_question() -> None:
    given_ = [figure(1, group="تنظيم"), figure(2, group="التنظيم", place="حلب"), figure(3)]
    assert name_questions(given_) == ["escaped"] * 3


def test_the_table_names_the_question_of_each_figure() -> None:
    text = "قالت وزارة الداخلية إن 120 سجيناً فروا، وأضافت أن 81 فاراً عادوا بعد القبض عليهم."
    table = figures_table([analyse(Article("s", text, DAY))])
    assert table["question"].tolist() == table["role"].tolist()


# --- what a figure allows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ((81, None, None, None, False), (81, 81)),
        ((100, None, None, "APPROX", True), (90, 110)),
        ((100, None, None, "MORE_THAN", True), (100, math.inf)),
        ((100, None, None, "EQUAL_OR_MORE", True), (100, math.inf)),
        ((100, None, None, "LESS_THAN", True), (0, 100)),
        ((100, None, None, "EQUAL_OR_LESS", True), (0, 100)),
        ((None, 100, 200, "RANGE", True), (100, 200)),
        ((None, 20, None, "VAGUE", True), (20, math.inf)),
        ((None, None, None, None, False), (0, math.inf)),
        ((0, None, None, None, False), (0, 0)),
    ],
)
def test_bounds(given_: tuple[float | None, float | None, float | None, str | None, bool], wanted: object) -> None:
    low, high = bounds(*given_)
    assert (pytest.approx(low), pytest.approx(high)) == wanted


NUMBERS = st.none() | st.integers(0, 10**9)
MODS = st.sampled_from([None, "APPROX", "MORE_THAN", "EQUAL_OR_MORE", "LESS_THAN", "EQUAL_OR_LESS", "RANGE", "VAGUE"])


@given(NUMBERS, NUMBERS, NUMBERS, MODS, st.booleans())
def test_bounds_hold_the_number(
    value: int | None, low: int | None, high: int | None, mod: str | None, approximate: bool
) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    if value is not None and not (low or 0) <= value <= (value if high is None else high):
        low = high = None
    least, most = bounds(value, low, high, mod, approximate)
    assert 0 <= least <= most
    assert value is None or least <= value <= most


# --- how claimants stand to each other -----------------------------------------------------------------------


def test_one_claimant_is_a_single_source() -> None:
    assert status_of([figure(120)]) == "single_source"
    assert status_of([figure(120), figure(120, seed="t", number=3)]) == "single_source"


@pytest.mark.parametrize(
    ("value", "mod", "status"),
    [
        (120, None, "corroborated"),
        (125, "APPROX", "corroborated"),
        (100, "MORE_THAN", "corroborated"),
        (200, "LESS_THAN", "corroborated"),
        (200, None, "contested"),
        (200, "APPROX", "contested"),
        (121, "MORE_THAN", "contested"),
    ],
)
def test_two_claimants(value: float, mod: str | None, status: str) -> None:
    other = figure(value, claimant="قوات سوريا الديمقراطية", mod=mod, approximate=mod is not None, number=1)
    assert status_of([figure(120), other]) == status
    assert status_of([other, figure(120)]) == status


def test_one_claimant_later_and_at_once() -> None:
    assert status_of([figure(120, said=date(2026, 1, 19)), figure(200, said=DAY, number=1)]) == "revised"
    assert status_of([figure(120, said=DAY), figure(200, said=DAY, number=1)]) == "self_contradictory"


def test_an_unknown_speaker_contests_nothing() -> None:
    assert status_of([figure(120), figure(900, claimant="unknown", claimant_form="unknown", number=1)]) == (
        "single_source"
    )


def test_dozens_agree_with_eighty_one() -> None:
    found = figures("قالت وزارة الداخلية إن القوات قبضت على عشرات الفارين. وأكد المحافظ القبض على 81 فاراً.")
    assert [(f.value, f.low) for f in found] == [(None, 20), (81, None)]
    assert {f.status for f in found} & {"contested", "self_contradictory"} == set()


def test_two_articles_contest_each_other() -> None:
    found = figures("قالت وزارة الداخلية إن 120 سجيناً فروا.", "قالت قوات الجبل إن 1500 سجين فروا.")
    assert {f.status for f in found} == {"contested"}
    assert "excludes \N{FIRST STRONG ISOLATE}1500 سجين" in found[0].note


def test_roles_are_questions_apart() -> None:
    found = figures("قالت وزارة الداخلية إن 120 سجيناً فروا. وقال المحافظ إن 9 جنود قُتلوا.")
    assert [(f.role, f.status) for f in found] == [("escaped", "single_source"), ("killed", "single_source")]


def test_figures_without_a_role_are_left_out() -> None:
    assert figures("قالت الوزارة إن 12 مزرعة جديدة افتُتحت بقيمة 5 ملايين دولار.") == []


# --- what follows --------------------------------------------------------------------------------------------


def test_escaped_less_recaptured_is_at_large() -> None:
    (rest,) = derive([figure(120), recaptured(81)])
    assert (rest.role, rest.value, rest.mod, rest.approximate) == ("at_large", 39, None, False)
    assert (rest.formula, rest.inputs, rest.derived) == ("120 − 81", (0, 1), True)
    assert (rest.claim, rest.number, rest.claimant) == (None, None, "وزارة الداخلية")


def test_about_is_inherited() -> None:
    (rest,) = derive([figure(120, mod="APPROX", approximate=True), recaptured(81)])
    assert (rest.value, rest.mod, rest.approximate) == (39, "APPROX", True)
    assert (rest.low, rest.high) == (27, 51)


def test_bounds_are_inherited() -> None:
    (rest,) = derive([figure(120, mod="MORE_THAN", approximate=True), recaptured(81)])
    assert (rest.value, rest.low, rest.high, rest.mod) == (None, 39, None, "EQUAL_OR_MORE")
    (rest,) = derive([figure(120), recaptured(81, mod="MORE_THAN", approximate=True)])
    assert (rest.value, rest.high, rest.mod) == (None, 39, "EQUAL_OR_LESS")


def test_all_recaptured_leaves_none() -> None:
    (rest,) = derive([figure(81), recaptured(81)])
    assert rest.value == 0


def test_the_sharper_figure_counts() -> None:
    vague = recaptured(None, low=20, mod="VAGUE", approximate=True, number=2)
    (rest,) = derive([figure(120), vague, recaptured(81)])
    assert (rest.value, rest.inputs) == (39, (0, 1))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (figure(81), recaptured(120)),  # more than there were
        (figure(120), recaptured(81, claimant="قوات الجبل")),  # another claimant
        (figure(120), recaptured(81, seed="t")),  # another article
        (figure(120), recaptured(81, story="t")),  # another story
        (figure(120), recaptured(81, event="2013")),  # another event
        (figure(120), figure(81, role="killed")),  # roles that leave no rest
        (figure(120), figure(81)),
    ],
)
def test_nothing_follows(whole: Figure, part: Figure) -> None:
    assert derive([whole, part]) == []
    assert derive([part, whole]) == []


def test_claimants_are_combined_on_demand_and_the_note_says_so() -> None:
    (rest,) = derive([figure(120), recaptured(81, claimant="قوات الجبل")], across=True)
    assert rest.value == 39
    assert "combines" in rest.note and "قوات الجبل" in rest.note


def test_what_was_derived_is_no_input() -> None:
    made = [figure(120), recaptured(81)]
    assert derive([*made, *derive(made)]) == derive(made)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.booleans())
def test_the_rest_is_never_negative(whole: int, part: int, approximate: bool) -> None:
    mod = "APPROX" if approximate else None
    for rest in derive([figure(whole, mod=mod, approximate=approximate), recaptured(part)]):
        assert rest.value == whole - part >= 0
        low, high = rest.bounds
        assert 0 <= low <= high


def test_a_note_names_four_others_however_many_there_are() -> None:
    text = "\n".join(f"قالت الوزارة إن {n} عاملاً قتلوا." for n in range(20, 40))
    found = find_figures([analyse(Article("many", text, date(2026, 1, 21)))])
    assert len(found) == 20
    assert found[0].status == "self_contradictory"
    assert [found[0].note.count(mark) for mark in ("excludes", "\N{FIRST STRONG ISOLATE}")] == [1, 4]


NAMES = st.lists(st.sampled_from("الحزب المرصد المحلي الأمل النهر ناطق باسم".split()), min_size=1, max_size=4).map(
    " ".join
)


@given(st.lists(st.tuples(NAMES, st.sampled_from(("named", "anonymous"))), max_size=12))
def test_claimants_are_gathered_as_if_each_were_compared_with_each(names: list[tuple[str, str]]) -> None:
    group = [figure(n, claimant=name, claimant_form=form) for n, (name, form) in enumerate(names)]
    sets: list[list[Figure]] = []
    homes: dict[tuple[str, str], list[Figure]] = {}  # a name stays where it was first put
    for one in group:
        name = (one.claimant, one.claimant_form)
        home = homes.get(name) or next((s for s in sets if any(same_claimant(one, other) for other in s)), None)
        if home is None:
            home = []
            sets.append(home)
        home.append(one)
        homes[name] = home
    assert [sorted(f.value or 0 for f in p.figures) for p in parties(group)] == [
        [f.value or 0 for f in s] for s in sets
    ]
