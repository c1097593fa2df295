"""The evaluation: its annotated articles are sound, and each kind of damage lowers its own figures."""

from __future__ import annotations

import copy
import csv
import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import evaluate as e
from analysis.evaluate import Annotated, AnnotationError, Evaluation, Item, as_record, evaluate
from analysis.text import Span

FOLDER = Path(__file__).parent / "articles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
ARTICLES = e.read_annotated(FOLDER)
RECORDS: dict[str, dict[str, Any]] = {article.id: as_record(article) for article in ARTICLES}
KINDS = ("attributions", "quantities", "dates")

ACTS = set("statement assessment warning recommendation accusation denial announcement commitment".split())
ROLES = set("escaped recaptured killed wounded detained displaced transferred present other".split())
KEYS = {
    "attributions": set(
        "cue cue_nth source_surface source source_also content quoted act act_also via optional".split()
    ),
    "quantities": set("text nth value low high approximate counted counted_also role role_also optional".split()),
    "dates": set("text nth type value value_also optional".split()),
}
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
TIMEX = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:T?[\dX.]+(?:DE|[YMWDHE]|\b))+"
    r"|\d{4}(?:-(?:W\d\d|Q[1-4]|H[12]|SU|WI|SP|FA|\d\d(?:-\d\d)?))?(?:T(?:MO|AF|EV|NI|\d\d:\d\d))?"
)


def notes(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def lowered(before: Evaluation, after: Evaluation) -> set[str]:
    return {
        s.figure
        for s, t in zip(before.scores, after.scores, strict=True)
        if t.precision < s.precision or t.recall < s.recall
    }


# The annotated articles


def test_index_names_every_article() -> None:
    with (FOLDER / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == NAMES == sorted(path.stem for path in FOLDER.glob("*.txt"))
    for name in NAMES:
        assert (rows[name]["published"], rows[name]["outlet"]) == (
            notes(name)["published"],
            notes(name)["outlet"],
        )
        assert rows[name]["title"] == text(name).partition("\n")[0]


@pytest.mark.parametrize("name", NAMES)
def test_annotation_is_well_formed(name: str) -> None:
    for kind, keys in KEYS.items():
        for note in notes(name)[kind]:
            assert set(note) <= keys, note
    for note in notes(name)["attributions"]:
        assert {note["act"], *note.get("act_also", ())} <= ACTS, note
        assert note["source"], note
        assert note["content"] or note.get("optional"), note
    for note in notes(name)["quantities"]:
        assert {note["role"], *note.get("role_also", ())} <= ROLES, note
        assert note["value"] is not None or note["low"] is not None, note
    for note in notes(name)["dates"]:
        assert note["type"] in ("DATE", "TIME", "DURATION", "SET"), note
        assert note["value"] or note.get("optional"), note
        assert note["value"] is None or TIMEX.fullmatch(note["value"]), note


@pytest.mark.parametrize("name", NAMES)
def test_annotation_stands_in_its_text(name: str) -> None:
    body = text(name)
    article = e.annotate(name, body, notes(name))
    for note, item in zip(notes(name)["attributions"], article.attributions, strict=True):
        assert item.span.of(body) == note["cue"]
        assert note["source_surface"] in body
        assert (item.content.of(body) if item.content else "") == note["content"]
        assert "\n" not in note["content"]
        assert item.content is None or not item.content.overlaps(item.span) or note["cue"] in note["content"]
    items = (*article.attributions, *article.quantities, *article.dates)
    assert not [item.shown for item in items if any(item.span.overlaps(line) for line in article.furniture)]
    assert all(body.count(line.of(body)) == 1 for line in article.furniture)
    for things in (article.attributions, article.quantities, article.dates):
        spans = [item.span for item in things]
        assert len(set(spans)) == len(spans)
        plain = sorted(item.span for item in things if not item.optional)
        assert not any(one.overlaps(other) for one, other in pairwise(plain))


@pytest.mark.parametrize("name", NAMES)
def test_annotated_weekdays_are_those_of_the_calendar(name: str) -> None:
    for note in notes(name)["dates"]:
        named = [day for day in WEEKDAYS if day in note["text"].split()]
        whole = re.match(r"\d{4}-\d\d-\d\d", note["value"] or "")
        if len(named) == 1 and whole:
            assert WEEKDAYS[date.fromisoformat(whole.group()).weekday()] == named[0], note


def test_quotation_that_is_not_in_the_text_is_named() -> None:
    with pytest.raises(AnnotationError, match="raid: occurrence 2 is not in the text: قال"):
        e.annotate("raid", "قال", {"attributions": [{"cue": "قال", "cue_nth": 2}]})


# Measuring


def test_annotation_against_itself_is_perfect() -> None:
    evaluation = evaluate(ARTICLES, RECORDS)
    assert [(s.precision, s.recall, s.f1) for s in evaluation.scores] == [(1.0, 1.0, 1.0)] * len(e.FIGURES)
    assert all(score.gold for score in evaluation.scores)
    assert evaluation.differences == ()


def damage(change: Callable[[dict[str, Any]], None], name: str = "prison-attack") -> Evaluation:
    """Evaluate all articles after `change` has damaged the record of one."""
    records = {**RECORDS, name: copy.deepcopy(RECORDS[name])}
    change(records[name])
    return evaluate(ARTICLES, records)


def counted(kind: str, name: str = "prison-attack") -> int:
    """Return the place of the first thing of a kind that is not optional."""
    return next(i for i, note in enumerate(notes(name)[kind]) if not note.get("optional"))


def put(kind: str, **fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record[kind][counted(kind)].update(fields)


def shift_content(record: dict[str, Any]) -> None:
    record["attributions"][counted("attributions")]["end"] -= 5


def change_value(record: dict[str, Any]) -> None:
    number = next(number for number in record["quantities"] if number["value"] == 64)
    number["value"] = 46


def lose(kind: str) -> Callable[[dict[str, Any]], None]:
    return lambda record: record[kind].pop(counted(kind))


def add_cue(record: dict[str, Any]) -> None:
    record["attributions"].append({"cue_start": 0, "cue_end": 3, "source": "قتلى", "start": 4, "end": 9})


def add_number(record: dict[str, Any]) -> None:
    record["quantities"].append({"start": 0, "end": 3, "value": 1})


def add_date(record: dict[str, Any]) -> None:
    record["dates"].append({"start": 0, "end": 3, "value": "2024"})


@pytest.mark.parametrize(
    ("change", "figures"),
    [
        (lambda record: record["boilerplate"].pop(), {e.FURNITURE}),
        (lambda record: record["boilerplate"].append([0, 4]), {e.FURNITURE}),
        (put("attributions", source="unknown"), {e.SOURCE}),
        (put("attributions", source=None), {e.SOURCE}),
        (put("attributions", act="warning"), {e.ACT}),
        (shift_content, {e.CONTENT}),
        (lose("attributions"), {e.CUE, e.SOURCE, e.CONTENT}),
        (add_cue, {e.CUE, e.SOURCE, e.CONTENT}),
        (put("quantities", low=200), {e.QUANTITY}),
        (change_value, {e.QUANTITY}),
        (put("quantities", approximate=False), {e.APPROXIMATE}),
        (put("quantities", role="present"), {e.ROLE}),
        (lose("quantities"), {e.QUANTITY}),
        (add_number, {e.QUANTITY}),
        (put("dates", value="1999"), {e.DATE_VALUE}),
        (put("dates", value=None), {e.DATE_VALUE}),
        (lose("dates"), {e.DATE_SPAN, e.DATE_VALUE}),
        (add_date, {e.DATE_SPAN, e.DATE_VALUE}),
    ],
)
def test_damage_lowers_its_own_figures(change: Callable[[dict[str, Any]], None], figures: set[str]) -> None:
    perfect, damaged = evaluate(ARTICLES, RECORDS), damage(change)
    assert lowered(perfect, damaged) == figures
    named = {difference.figure for difference in damaged.differences}
    assert named == figures - {e.FURNITURE, e.CONTENT}  # these two are counted in characters, not in things


def test_what_is_spurious_costs_precision_and_what_is_missed_recall() -> None:
    spurious, missed = damage(add_number)[e.QUANTITY], damage(lose("quantities"))[e.QUANTITY]
    assert spurious.precision < 1 == spurious.recall
    assert missed.recall < 1 == missed.precision


def test_optional_things_cost_nothing_either_way() -> None:
    records = copy.deepcopy(RECORDS)
    for article in ARTICLES:
        for kind, items in (
            ("attributions", article.attributions),
            ("quantities", article.quantities),
            ("dates", article.dates),
        ):
            records[article.id][kind] = [
                thing for thing, item in zip(records[article.id][kind], items, strict=True) if not item.optional
            ]
    assert records != RECORDS
    assert evaluate(ARTICLES, records) == evaluate(ARTICLES, RECORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_found_in_furniture_is_passed_over(kind: str) -> None:
    article = next(article for article in ARTICLES if article.id == "prison-attack")
    line = article.furniture[0]
    start, end = ("cue_start", "cue_end") if kind == "attributions" else ("start", "end")
    found = {start: line.start, end: line.end, "value": 1}
    assert damage(lambda record: record[kind].append(found)) == evaluate(ARTICLES, RECORDS)


def test_second_reading_of_a_date_and_other_names_of_a_source_are_right() -> None:
    body = "ليل السبت قال العقيد"
    article = e.annotate(
        "a",
        body,
        {
            "attributions": [{"cue": "قال", "source": "ماهر الديري", "source_also": ["العقيد"]}],
            "dates": [{"text": "ليل السبت", "value": "2024-11-02TNI", "value_also": ["2024-11-01TNI"]}],
        },
    )
    record = as_record(article)
    record["attributions"][0]["source"] = "العقيد"
    record["dates"][0]["value"] = "2024-11-01TNI"
    assert evaluate([article], {"a": record}).differences == ()
    record["dates"][0].update(value="2024-11-03", also=["2024-11-02TNI"])
    assert evaluate([article], {"a": record}).differences == ()


@pytest.mark.parametrize(
    ("note", "found", "right"),
    [
        ({"value": 0.3}, {"value": 0.1 + 0.2}, True),
        ({"value": 300, "low": 300}, {"value": 300}, True),
        ({"value": None, "low": 20}, {"low": 20}, True),
        ({"value": None, "low": 20}, {"value": 20, "low": 20}, True),
        ({"value": None, "low": 20}, {"low": 20, "high": 25}, False),
        ({"value": 20}, {"low": 20}, False),
    ],
)
def test_number_is_compared_by_value_else_by_both_bounds(
    note: dict[str, Any], found: dict[str, Any], right: bool
) -> None:
    article = e.annotate("a", "عشرون رجلا", {"quantities": [{"text": "عشرون رجلا", **note}]})
    evaluation = evaluate([article], {"a": {"quantities": [{"start": 0, "end": 10, **found}]}})
    assert evaluation[e.QUANTITY].f1 == float(right)


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        ("وزارة الداخلية", "وزارة الداخليّة", True),
        ("منظمة الصحة الإقليمية", "المنظمة", False),
        ("منظمة الصحة", "المنظمة", True),
        ("هيئة الموانئ", "هيئة الأرصاد", False),
        ("أبي عمر الفراتي", "أبو عمر الفراتي", True),
        ("رياض الصفدي", "", False),
        ("", "", True),
        ("مدير الموارد المائية في محافظة النخيلة", "مدير", False),
    ],
)
def test_source_is_the_same_in_spite_of_spelling_and_length(gold: str, given: str, same: bool) -> None:
    assert e.is_same_source([gold], given) is same


def test_content_found_too_long_is_recalled_and_partly_precise() -> None:
    article = e.annotate("a", "قال نعم ولا", {"attributions": [{"cue": "قال", "source": "", "content": "نعم"}]})
    record = as_record(article)
    record["attributions"][0]["end"] = 10
    score = evaluate([article], {"a": record})[e.CONTENT]
    assert (score.precision, score.recall) == (0.5, 1.0)


def test_repeated_content_is_the_one_nearest_to_its_cue() -> None:
    body = "نعم. قال: نعم"
    (item,) = e.annotate("a", body, {"attributions": [{"cue": "قال", "content": "نعم"}]}).attributions
    assert item.content == Span(10, 13)


def test_article_without_a_record_is_missed_as_a_whole() -> None:
    evaluation = evaluate(ARTICLES, {name: RECORDS[name] for name in NAMES[1:]})
    assert [d.article for d in evaluation.differences if d.kind == "missing"] == NAMES[:1]
    assert {d.article for d in evaluation.differences} == {NAMES[0]}
    assert all(score.recall < 1 for score in evaluation.scores if score.figure in (e.CUE, e.QUANTITY))


spans = st.builds(
    lambda start, length: Item(Span(start, start + length), "", {}), st.integers(0, 30), st.integers(0, 12)
)


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12))
def test_pairs_are_those_of_trying_every_two(gold: list[Item], found: list[Item]) -> None:
    def cover(i: int, j: int) -> float:
        a, b = gold[i].span, found[j].span
        return (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start) or 1)

    left = {(i, j) for i in range(len(gold)) for j in range(len(found)) if cover(i, j) > 0}
    expected = []
    while left:
        i, j = min(left, key=lambda two: (-cover(*two), *two))
        expected.append((i, j))
        left = {two for two in left if two[0] != i and two[1] != j}
    pairing = e.pair(gold, found)
    assert [(id(a), id(b)) for a, b in pairing.pairs] == [(id(gold[i]), id(found[j])) for i, j in sorted(expected)]
    assert len(pairing.pairs) + len(pairing.missed) == len(gold)
    assert len(pairing.pairs) + len(pairing.spurious) == len(found)


# Reading and showing


def test_no_break_spaces_are_spaces_on_both_sides() -> None:
    notes_ = {
        "quantities": [{"text": "81\N{NO-BREAK SPACE}فارا", "value": 81}],
        "boilerplate": ["شارك الخبر"],
    }
    article = e.annotate("a", "عاد 81 فارا\nشارك\N{NO-BREAK SPACE}الخبر", notes_)
    assert evaluate([article], {"a": as_record(article)}).differences == ()


def test_command_prints_scores_and_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(RECORDS[article.id], ensure_ascii=False) for article in ARTICLES[1:]]
    path = tmp_path / "found.jsonl"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert e.main([str(FOLDER), str(path), "--errors"]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1 + len(e.FIGURES)
    assert printed.err.splitlines()[0].split("\t")[:3] == [NAMES[0], "article", "missing"]


def test_table_has_a_row_for_each_figure() -> None:
    table = e.scores_table(evaluate(ARTICLES, RECORDS))
    assert table["figure"].tolist() == list(e.FIGURES)
    assert (table[["precision", "recall", "f1"]] == 1).all(axis=None)


def test_articles_read_alike_by_file_and_by_hand() -> None:
    by_hand: list[Annotated] = [e.annotate(name, text(name), notes(name)) for name in NAMES]
    assert by_hand == ARTICLES
