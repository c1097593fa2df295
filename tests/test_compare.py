"""Versions and reconciliation: the stories' expectations cell by cell, and random edits of the seeds."""

from __future__ import annotations

import random
import re
import time
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from analysis.claims import Analysis, analyse
from analysis.compare import KINDS, LABELS, Change, changes_html, changes_text, compare_versions
from analysis.figures import Figure, Party, derive, find_figures, parties
from analysis.reconcile import Question, find_questions, find_verbs, party_text
from analysis.seeds import Article, read_seeds
from analysis.stories import propose_stories, versions, with_proposals
from analysis.tables import changes_table, reconcile_figures
from analysis.text import Span, fold, tokenize

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(path.parent.name for path in FOLDER.glob("*/expected.toml"))
SEEDS = Path(__file__).parent.parent / "seeds"


@cache
def analyses(story: str) -> dict[str, Analysis]:
    return {article.id: analyse(article) for article in read_seeds(FOLDER / story)}


def expected(story: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / story / "expected.toml").read_text(encoding="utf-8"))


def each(*keys: str) -> list[Any]:
    """Return (story, item) for every item below the keys of the expectations, with an id that names it."""
    found = []
    for story in STORIES:
        items: list[Any] = [expected(story)]
        for key in keys:
            items = [dict(part, _in=item) for item in items for part in item.get(key, ())]
        found += [(story, item) for item in items]
    return found


def changes(story: str, pair: dict[str, Any]) -> list[Change]:
    return compare_versions(analyses(story)[pair["before"]], analyses(story)[pair["after"]])


def text_of(analysis: Analysis, claim: int | None) -> str | None:
    return None if claim is None else analysis.claims[claim].span.of(analysis.article.text)


def find_change(story: str, item: dict[str, Any]) -> Change | None:
    before, after = (analyses(story)[item["_in"][side]] for side in ("before", "after"))
    for change in changes(story, item["_in"]):
        found = text_of(before, change.before), text_of(after, change.after)
        if all(
            (want is None) == (text is None) and fold(want or "") in fold(text or "")
            for want, text in zip((item.get("before"), item.get("after")), found, strict=True)
        ):
            return change
    return None


# --- versions of the stories -----------------------------------------------------------------------------


@pytest.mark.parametrize(("story", "item"), each("versions", "change"))
def test_each_expected_change_is_reported(story: str, item: dict[str, Any]) -> None:
    change = find_change(story, item)
    assert change is not None
    before, after = (analyses(story)[item["_in"][side]] for side in ("before", "after"))
    also = {*item.get("also", ())}
    # The expectations have no name for marks that come or go: they are tested on their own.
    assert {*change.kinds} - {"quotation changed"} == {item["kind"], *also}
    assert change.kind == item["kind"]
    for side, analysis, n in (("before", before, change.before), ("after", after, change.after)):
        claim = analysis.claims[n] if n is not None else None
        text = analysis.article.text
        if f"cue_{side}" in item:
            assert claim and claim.made and claim.made.cue.of(text) == item[f"cue_{side}"]
        if f"act_{side}" in item:
            assert claim and claim.act == item[f"act_{side}"]
    if "figure_before" in item:
        values = [(before.quantities[p].value, after.quantities[q].value) for p, q in change.figures]
        assert values == [(item["figure_before"], item["figure_after"])]


@pytest.mark.parametrize(("story", "pair"), each("versions"))
def test_no_other_change_is_reported(story: str, pair: dict[str, Any]) -> None:
    listed = [find_change(story, dict(item, _in=pair)) for item in pair["change"]]
    assert [c for c in changes(story, pair) if c.kind != "kept" and c not in listed] == []


@pytest.mark.parametrize("story", STORIES)
def test_a_version_compared_with_itself_has_no_change(story: str) -> None:
    for analysis in analyses(story).values():
        assert {c.kind for c in compare_versions(analysis, analysis)} <= {"kept"}


@pytest.mark.parametrize("story", STORIES)
def test_versions_of_one_outlet_are_in_order(story: str) -> None:
    found = [[a.id for a in group] for group in versions(a.article for a in analyses(story).values())]
    assert found == [[pair["before"], pair["after"]] for pair in expected(story)["versions"]]


# --- reconciliation of the stories -------------------------------------------------------------------------


@cache
def questions(story: str) -> dict[str, Question]:
    found = [q for q in find_questions(list(analyses(story).values())) if not q.event]
    return {q.role: q for q in found}


def named(cases: list[Any]) -> list[Any]:
    """Give each case an id that names it."""
    fields = ("role", "name", "article", "text", "nth")
    found = []
    for story, item in cases:
        parts = [str(part[k]) for part in (item.get("_in", {}), item) for k in fields if k in part]
        found.append(pytest.param(story, item, id="-".join([story, *parts])))
    return found


@pytest.mark.parametrize("story", STORIES)
def test_the_figures_are_those_that_a_careful_reader_finds(story: str) -> None:
    found = find_figures(list(analyses(story).values()))
    wanted = sorted((f for f in expected(story)["figure"] if f["role"] != "other"), key=lambda f: f["article"])
    assert [(f.seed, f.role, f.value, f.low, f.high) for f in found] == [
        (w["article"], w["role"], w.get("value"), w.get("low"), w.get("high")) for w in wanted
    ]
    for figure, want in zip(found, wanted, strict=True):
        assert figure.text in want["text"]  # «81 منهم» is read as 81
        assert fold(want["claimant"]) in fold(figure.claimant)
        assert figure.approximate == (want.get("approximate", False) or want.get("vague", False))
        relays = fold(figure.via or "").replace('"', "")
        assert relays == fold(" عن ".join(want.get("via", ()))).replace('"', "")
        if "as_of" in want:
            assert want["as_of"] in (figure.as_of, str(figure.said))
        if "event_date" in want:
            assert figure.event_date and figure.event_date.startswith(want["event_date"])


@pytest.mark.parametrize(("story", "item"), named(each("question")))
def test_each_question_is_summed_up(story: str, item: dict[str, Any]) -> None:
    question = questions(story)[item["role"]]
    assert (question.lowest, question.highest) == (item["lowest"], item["highest"])
    assert question.independent == item["independent"]
    assert question.status == item["status"]
    assert {p.name for p in question.parties} == {c["name"] for c in item["claimant"]}
    assert question.best is None and question.best_rule is None


@pytest.mark.parametrize(("story", "item"), named(each("question", "claimant")))
def test_each_party_keeps_its_own_figures(story: str, item: dict[str, Any]) -> None:
    question = questions(story)[item["_in"]["role"]]
    party = next(p for p in question.parties if fold(p.name) == fold(item["name"]))
    assert party.values == item["values"]
    assert party.status == item["status"]


def given_figures(story: str) -> list[Figure]:
    """Return the expected figures as the extractor would give them: what reconciliation makes of them is its own."""
    articles = {a.id: a for a in read_seeds(FOLDER / story)}
    found = []
    for item in expected(story)["figure"]:
        source = articles[item["article"]]
        outlet = item["claimant"] == source.outlet
        low, value = item.get("low"), item.get("value")
        mod = "VAGUE" if item.get("vague") else "MORE_THAN" if low and low == value else "RANGE" if low else None
        as_of = item.get("as_of", "")
        found.append(
            Figure(
                seed=source.id, story=story, role=item["role"], group=None, group_class="", place=None, event="",
                claimant=item["claimant"],
                claimant_form="outlet" if outlet else "anonymous" if "مصدر" in item["claimant"] else "named",
                via="، ".join(item.get("via", ())) or None, outlet=source.outlet, published=source.published,
                text=item["text"], value=value, low=low, high=item.get("high"),
                mod="APPROX" if item.get("approximate") else mod, approximate=item.get("approximate", False),
                as_of=as_of or None, event_date=None, event_precision=None, claim=0, number=len(found),
                said=date.fromisoformat(as_of) if as_of[:2] == "20" else source.published,
                retrieved=source.retrieved or "", part="part" in item.get("note", ""),
            )
        )  # fmt: skip
    return [f for f in found if f.role != "other"]


@pytest.mark.parametrize(("story", "item"), each("question"))
def test_reconciliation_of_the_expected_figures(
    story: str, item: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.reconcile.find_figures", lambda analyses: given_figures(story))
    question = next(q for q in find_questions([]) if q.role == item["role"])
    assert (question.lowest, question.highest) == (item["lowest"], item["highest"])
    assert (question.independent, question.status) == (item["independent"], item["status"])
    told = {p.name: (p.values, p.status) for p in question.parties}
    assert told == {c["name"]: (c["values"], c["status"]) for c in item["claimant"]}


@pytest.mark.parametrize(("story", "item"), named(each("verb")))
def test_each_contested_verb_is_found(story: str, item: dict[str, Any]) -> None:
    found = [v for v in find_verbs(list(analyses(story).values())) if v.seed == item["article"]]
    assert [(v.text, v.act, v.claimant) for v in found] == [(item["text"], item["act"], item["claimant"])]
    assert found[0].about == item.get("about")
    assert found[0] in questions(story)["escaped"].verbs


@pytest.mark.parametrize(("story", "item"), named(each("derived")))
def test_what_follows(story: str, item: dict[str, Any]) -> None:
    figures = find_figures([analyses(story)[item["article"]]])
    rest = derive(figures)
    assert [(f.value, f.approximate) for f in rest] == [(item["value"], item["approximate"])]
    assert rest[0].claimant == item["claimant"]
    assert rest[0].formula == " − ".join(item["inputs"])
    assert rest[0].bounds == (27, 51)


@pytest.mark.parametrize(("story", "item"), named(each("refused")))
def test_what_does_not_follow_is_refused_and_said(story: str, item: dict[str, Any]) -> None:
    whole, part = item["articles"]
    figures = find_figures([analyses(story)[whole], analyses(story)[part]])
    assert whole not in {f.seed for f in derive(figures)}
    note = questions(story)["at_large"].note
    assert f"({whole})" in note and f"({part})" in note and item["why"] in note
    assert any(f.note.startswith("combines") for f in derive(figures, across=True))


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def test_texts_of_a_row_are_isolated_and_run_from_the_right() -> None:
    latin = said("alarabia", 52, outlet="alarabia\u2069", text="52 مدنيا")
    (party,) = parties([latin, replace(latin, outlet="النهر", via="AFP")])
    name, figure_, first, second, day, via = (
        f"\u2068{part}\u2069" for part in ("alarabia", "52 مدنيا", "alarabia", "النهر", "2026-01-20", "AFP")
    )
    assert party_text(party) == f"\u2067{name}: {figure_} [{first} {day}؛ {second} {day} via {via}]\u2069"
    table = reconcile_figures(list(analyses("prison-break").values()))
    for cell in [*table["parties"], *table["vague"], *table["conflict"]]:
        for line in cell.split("\n") if cell else []:
            assert (line[0], line[-1]) == ("\u2067", "\u2069")
            opened = 0
            for letter in line:
                opened += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
                assert opened >= 0
            assert opened == 0


def test_table_of_questions_has_a_row_a_question() -> None:
    table = reconcile_figures(list(analyses("prison-break").values()), rule="conservative")
    row = table.set_index("role").loc["escaped"]
    assert (row["lowest"], row["highest"], row["independent"], row["status"]) == (120, 1500, 2, "contested")
    assert (row["best"], row["best_rule"], row["within"]) == (120, "conservative", "self_contradictory")
    assert "released (accusation, قيادة الجيش, wadi)" in plain(row["conflict"])
    assert bool(table.set_index("role").loc["at_large", "derived"])


# --- rules of reconciliation, on figures made by hand ------------------------------------------------------


def said(claimant: str, value: float | None, seed: str = "a", **fields: Any) -> Figure:
    day = fields.pop("day", 20)
    base = Figure(
        seed, "s", "escaped", None, "", None, "", claimant, "named", None, f"outlet {seed}", date(2026, 1, day),
        f"{value:g}" if value is not None else "عشرات", value, None, None, None, False, None, None, None, 0, 0,
        said=date(2026, 1, day),
    )  # fmt: skip
    return replace(base, **fields)


def tens(claimant: str, **fields: Any) -> Figure:
    return said(claimant, None, low=20, mod="VAGUE", approximate=True, **fields)


def ask(figures: list[Figure], monkeypatch: pytest.MonkeyPatch, **options: Any) -> Question:
    monkeypatch.setattr("analysis.reconcile.find_figures", lambda analyses: figures)
    return find_questions([], **options)[0]


def party(question: Question, name: str) -> Party:
    return next(p for p in question.parties if p.name == name)


def test_a_relay_is_no_second_claimant(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [said("الوزارة", 81, "a"), said("الوزارة", 81, "b", via="وكالة"), said("الوزارة", 81, "c")]
    question = ask(figures, monkeypatch)
    assert (question.independent, question.status, len(question.figures)) == (1, "single_source", 3)


def test_unknown_is_no_claimant(monkeypatch: pytest.MonkeyPatch) -> None:
    question = ask([said("الوزارة", 81), said("unknown", 90)], monkeypatch)
    assert (question.independent, question.highest, question.status) == (1, 90, "single_source")
    assert "no speaker found: 90" in question.note


def test_a_vague_number_constrains_and_does_not_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [said("الوزارة", 81), tens("الشرطة", seed="b"), said("الحزب", 15, "c")]
    question = ask(figures[:2], monkeypatch)
    assert (question.status, question.lowest, question.highest, question.independent) == ("single_source", 81, 81, 1)
    assert "below the bound of عشرات (20): 15" in ask(figures, monkeypatch).note
    assert "below" not in ask(figures, monkeypatch, preset="acled").note
    with pytest.raises(ValueError, match="preset is one of"):
        ask(figures, monkeypatch, preset="guess")


def test_best_is_empty_without_a_rule_and_never_a_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [said("الوزارة", 80), said("الحزب", 100, "b"), said("المرصد", 100, "c")]
    values = {rule: ask(figures, monkeypatch, rule=rule).best for rule in ("conservative", "majority")}
    assert values == {"conservative": 80, "majority": 100}
    assert ask(figures, monkeypatch).best is None
    assert ask(figures, monkeypatch, rule="latest_same_source").best is None
    assert ask(figures, monkeypatch, rule="latest_same_source", source="الوزارة").best == 80
    assert ask(figures, monkeypatch, rule="own_choice", choices={"s#escaped": 100}).best == 100
    assert ask(figures, monkeypatch, rule="own_choice").best is None
    with pytest.raises(ValueError, match="rule is one of"):
        ask(figures, monkeypatch, rule="average")


def test_the_latest_figure_of_one_source(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [said("الوزارة", 95, "b", day=22), said("الوزارة", 81, "a", day=20)]
    question = ask(figures, monkeypatch, rule="latest_same_source")
    assert (question.best, question.within, question.status) == (95, "revised", "single_source")
    assert party(question, "الوزارة").status == "revised"


def test_only_what_is_said_last_is_contested(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [said("الوزارة", 81, "a"), said("الوزارة", 95, "b", day=21), said("المرصد", 95, "c")]
    question = ask(figures, monkeypatch)
    assert (question.status, question.within, question.independent) == ("corroborated", "revised", 2)


def test_two_versions_of_one_day_revise(monkeypatch: pytest.MonkeyPatch) -> None:
    same = {"outlet": "وكالة"}
    figures = [said("الوزارة", 81, "a", retrieved="09:00", **same), said("الوزارة", 95, "b", retrieved="18:00", **same)]
    assert ask(figures, monkeypatch).within == "revised"
    assert ask([replace(f, retrieved="") for f in figures], monkeypatch).within == "self_contradictory"


# --- what is no change ------------------------------------------------------------------------------------


def article() -> str:
    return next(iter(read_seeds(SEEDS))).text


def compare_texts(before: str, after: str) -> tuple[list[Change], Analysis, Analysis]:
    one, two = (analyse(Article(i, t, date(2026, 1, 21))) for i, t in (("before", before), ("after", after)))
    return compare_versions(one, two), one, two


def changed(found: list[Change]) -> list[tuple[str, ...]]:
    return [c.kinds for c in found if c.kind != "kept"]


MARKS = "\N{ARABIC FATHA}\N{ARABIC SHADDA}"
SPELLINGS = {
    "white space": lambda t: t.replace(" ", "  ").replace("\n", "\n\n"),
    "vowel marks": lambda t: re.sub(r"([بتسنم])(?=[ا-ي])", rf"\1{MARKS}", t),
    "no vowel marks": lambda t: re.sub("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]", "", t),
    "tatweel": lambda t: re.sub(r"([سمنب])(?=[ا-ي])", "\\1\N{ARABIC TATWEEL}", t),
    "hamza": lambda t: t.replace("أ", "ا").replace("إ", "ا"),
    "digits": lambda t: t.translate({ord("0") + n: chr(0x660 + n) for n in range(10)}),
    "presentation forms": lambda t: t.replace("لا", "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}"),
    "bidi controls": lambda t: re.sub(r"(\d+)", "\N{LEFT-TO-RIGHT MARK}\\1\N{RIGHT-TO-LEFT MARK}", t),
    "furniture": lambda t: t + "\n\nشارك الخبر على فيسبوك وواتساب\nاقرأ أيضاً: خبر آخر لا صلة له بهذا",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spelling_and_space_are_no_changes(name: str) -> None:
    before = article()
    after = SPELLINGS[name](before)
    assert after != before
    assert changed(compare_texts(before, after)[0]) == []


# --- random edits of the seeds ------------------------------------------------------------------------------

EDITS = ("move", "split", "merge", "reword", "digit", "add", "drop")
# Our own sentences: each is a claim of its own, wherever it stands.
ADDED = (
    "وقال مصدر طبي إن خمسة جرحى وصلوا إلى المستشفى ليلاً.",
    "وطالبت نقابة المحامين بفتح تحقيق مستقل في ما جرى.",
    "ونفى متحدث باسم البلدية أن تكون المياه قد انقطعت.",
    "وقالت شركة الكهرباء إن التيار عاد إلى معظم الأحياء.",
)
# Nouns that stand for nouns: neither cue, number nor name.
OTHERS = ("خرائط", "حدائق", "نوافذ", "قوارب", "زهور")


def lines(text: str) -> list[str]:
    return text.split("\n")


def body_lines(analysis: Analysis) -> list[int]:
    """Return the numbers of the lines that are paragraphs of the body."""
    text = analysis.article.text
    starts = {b.span.start for b in analysis.blocks if b.kind == "paragraph"}
    return [text.count("\n", 0, start) for start in sorted(starts)]


def plain_words(analysis: Analysis) -> list[Span]:
    """Return the words inside contents that are no cue, source, number, date, hedge, link or name in marks."""
    text = analysis.article.text
    taken = [q.span for q in analysis.quantities] + [d.timex.span for d in analysis.dates]
    taken += [q.span for q in analysis.quotations]
    for claim in analysis.claims:
        taken += claim.hedges
        if claim.made:
            taken += [s for s in (claim.made.cue, claim.made.source, *claim.made.via) if s]
    found = []
    for claim in analysis.claims:
        if claim.sentence.kind != "paragraph" or claim.attribution != "explicit":
            continue
        tokens = tokenize(text, claim.span.start, claim.span.end)
        for k in range(3, len(tokens) - 1):
            span = Span(tokens.starts[k], tokens.ends[k])
            if len(tokens.key(k)) > 5 and not any(span.overlaps(t) for t in taken) and tokens.words[k].key.isalpha():
                found.append(span)
    return sorted(set(found))


def replaced(text: str, span: Span, by: str) -> str:
    return text[: span.start] + by + text[span.end :]


def edit(kind: str, analysis: Analysis, rng: random.Random) -> tuple[str, Any]:
    """Return the text after one random edit, and what is to be reported."""
    text = analysis.article.text
    if kind == "move":
        found = lines(text)
        numbers = body_lines(analysis)
        source, goal = rng.sample(numbers, 2)
        moved = found.pop(source)
        found.insert(goal, moved)
        return "\n".join(found), None
    if kind == "split":
        commas = re.finditer(r"(?<=[ا-ي])، (?=و?[ا-ي]{4})", text)
        clause = rng.choice([m for m in commas if in_body(analysis, m.start())])
        return replaced(text, Span(*clause.span()), ". "), None
    if kind == "merge":
        stops = [s.span.end - 1 for s in analysis.sentences if s.kind == "paragraph"]
        stop = rng.choice([k for k in stops if text[k : k + 2] == ". "])
        return replaced(text, Span(stop, stop + 1), "،"), None
    if kind == "reword":
        span = rng.choice(plain_words(analysis))
        other = rng.choice(OTHERS)
        return replaced(text, span, other), (span.of(text), other)
    if kind == "digit":
        digits = [m for m in re.finditer(r"\d", text) if in_body(analysis, m.start())]
        place = rng.choice(digits).start()
        other = rng.choice([d for d in "123456789" if d != text[place]])
        return replaced(text, Span(place, place + 1), other), place
    if kind == "add":
        sentence, goal = rng.choice(ADDED), rng.choice(body_lines(analysis))
        found = lines(text)
        if rng.random() < 0.5:
            found[goal] += " " + sentence
        else:
            found.insert(goal + 1, "\n" + sentence)
        return "\n".join(found), sentence
    sentence = rng.choice([s for s in analysis.sentences if s.kind == "paragraph"])
    return text[: sentence.span.start] + text[sentence.span.end :].lstrip(" "), sentence.index


def in_body(analysis: Analysis, place: int) -> bool:
    return any(b.kind == "paragraph" and b.span.start <= place < b.span.end for b in analysis.blocks)


def fault(kind: str, wanted: Any, found: list[Change], before: Analysis, after: Analysis, text: str) -> str:
    """Return what is wrong with the changes reported for one edit, "" when nothing is."""
    told = [c for c in found if c.kind != "kept"]
    if kind in ("move", "split", "merge"):
        return "" if not told else "reported a change of words that stayed"
    if kind == "reword":
        words = [(c.removed_text(before), c.added_text(after)) for c in told]
        return "" if [c.kinds for c in told] == [("reworded",)] and words == [wanted] else "not one word reworded"
    if kind == "digit":
        kinds = {c.kinds for c in told}
        quantity = any(q.span.start <= wanted < q.span.end for q in before.quantities)
        goal = {("figure changed",), ("figure changed", "quotation changed")}
        if not quantity:
            goal = {("date changed",), ("reworded",), ("quotation changed",)}
        return "" if len(told) == 1 and kinds <= goal else "not one figure changed"
    if kind == "add":
        begin = text.index(wanted)
        here = Span(begin, begin + len(wanted))
        right = [c for c in told if c.kind == "added" and c.after is not None]
        inside = [c for c in right if here.contains(after.claims[c.after or 0].span)]
        return "" if told and len(inside) == len(told) else "not the added sentence alone"
    gone = {n for n, c in enumerate(before.claims) if c.sentence.index == wanted}
    span = before.sentences[wanted].span
    right = [
        c
        for c in told
        if (c.kind == "removed" and c.before in gone)
        or (c.removed and not c.added and all(span.contains(r) for r in c.removed))  # a quotation runs over it
    ]
    return "" if told and len(right) == len(told) else "not the dropped sentence alone"


def test_two_hundred_random_edits() -> None:
    rng = random.Random(20260121)
    before = analyse(next(iter(read_seeds(SEEDS))))
    faults = []
    for number in range(200):
        kind = EDITS[number % len(EDITS)]
        text, wanted = edit(kind, before, rng)
        after = analyse(replace(before.article, id="after", text=text))
        found = compare_versions(before, after)
        if wrong := fault(kind, wanted, found, before, after, text):
            told = [
                (c.kinds, text_of(before, c.before), c.removed_text(before), c.added_text(after))
                for c in found
                if c.kind != "kept"
            ]
            faults.append((number, kind, wrong, wanted, told))
    assert not faults, "\n".join(map(str, [len(faults), *faults]))


# --- single edits, told apart -----------------------------------------------------------------------------------

BEFORE = (
    "حادثة في المدينة\n\nقالت وزارة الداخلية إن 81 سجيناً فروا. وأكد شاهد أن الطريق قد يُغلق. "
    "وأضافت الوزارة أن “الوضع تحت السيطرة”."
)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("81 سجيناً", "90 سجيناً", ("figure changed",)),
        ("81 سجيناً", "نحو 81 سجيناً", ("figure changed",)),
        ("وزارة الداخلية", "وزارة الدفاع", ("source changed",)),
        ("وأكد شاهد", "وزعم شاهد", ("cue changed",)),
        ("قد يُغلق", "يُغلق", ("hedge dropped",)),
        ("قالت وزارة الداخلية إن", "نفت وزارة الداخلية أن", ("act changed",)),
        ("“الوضع تحت السيطرة”", "“الوضع خارج السيطرة”", ("quotation changed",)),
        ("“الوضع تحت السيطرة”", "الوضع تحت السيطرة", ("quotation changed",)),
        ("الطريق", "الجسر", ("reworded",)),
    ],
)
def test_each_kind_is_told_apart(old: str, new: str, kinds: tuple[str, ...]) -> None:
    found, _, _ = compare_texts(BEFORE, BEFORE.replace(old, new, 1))
    assert kinds in changed(found)
    assert {*changed(found)} <= {kinds}


def test_a_hedge_is_added() -> None:
    assert changed(compare_texts(BEFORE.replace("قد يُغلق", "يُغلق"), BEFORE)[0]) == [("hedge added",)]


def test_other_articles_have_nothing_in_common() -> None:
    one, two = analyses("flood")["duha"], analyses("prison-break")["wadi"]
    assert {c.kind for c in compare_versions(one, two)} == {"added", "removed"}


def test_empty_versions() -> None:
    found, _, _ = compare_texts("", BEFORE)
    assert {c.kind for c in found} == {"added"}
    assert {c.kind for c in compare_texts(BEFORE, "")[0]} == {"removed"}


def test_cost_is_about_linear() -> None:
    def seconds(times: int) -> float:
        texts = []
        for version in range(2):
            ends = [version if n % 7 == 0 else "" for n in range(times)]
            told = [f"قالت الجهة{n} إن الأمر{n} وقع في الموضع{n} مرة{end}." for n, end in enumerate(ends)]
            texts.append(analyse(Article(f"v{version}", "عنوان\n\n" + "\n\n".join(told))))
        begin = time.perf_counter()
        compare_versions(*texts)
        return time.perf_counter() - begin

    seconds(50)
    small, large = seconds(250), seconds(1000)
    assert large < 10 * small + 0.5


# --- views ----------------------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.names.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_marks_words_and_escapes_everything() -> None:
    after = BEFORE.replace("81", "90").replace("شاهد", "<script>alert(1)</script>")
    _, one, two = compare_texts(BEFORE, after)
    page = changes_html(one, two)
    tags = _Tags()
    tags.feed(page)
    assert tags.open == [] and "script" not in tags.names and "<script>alert(1)</script>" in tags.text
    assert 'dir="rtl"' in page and re.search("<del [^>]*>81</del>", page) and re.search("<ins [^>]*>90</ins>", page)


def test_html_has_all_words_of_both_versions() -> None:
    for story in STORIES:
        for pair in expected(story)["versions"]:
            one, two = analyses(story)[pair["before"]], analyses(story)[pair["after"]]
            tags = _Tags()
            tags.feed(changes_html(one, two))
            for analysis in (one, two):
                for sentence in analysis.sentences:
                    assert sentence.span.of(analysis.article.text) in tags.text


def test_plain_text_counts_and_marks() -> None:
    _, one, two = compare_texts(BEFORE, BEFORE.replace("81", "90"))
    assert changes_text(one, two).splitlines() == [
        "before -> after: 1 changed, 0 added, 0 removed, 3 kept",
        "figure changed: 81 سجيناً -> 90 سجيناً (وزارة الداخلية)",
        "  - إن [-81-] سجيناً فروا",
        "  + إن {+90+} سجيناً فروا",
    ]


def test_every_kind_has_a_label() -> None:
    assert list(LABELS) == list(KINDS)


def test_table_of_changes_has_a_row_a_claim() -> None:
    pair = expected("prison-break")["versions"][0]
    one, two = (analyses("prison-break")[pair[side]] for side in ("before", "after"))
    table = changes_table([(one, two)])
    row = table[table["kind"] == "figure changed"].iloc[0]
    assert (row["value_before"], row["value_after"], row["source_after"]) == (81, 95, two.claims[0].source.name)  # type: ignore[union-attr]
    assert len(table) == len(compare_versions(one, two))


# --- proposed stories -------------------------------------------------------------------------------------------


def test_stories_are_proposed_and_marked() -> None:
    bare = [replace(a, article=replace(a.article, story=None)) for story in STORIES for a in analyses(story).values()]
    found = {frozenset(s.seeds) for s in propose_stories(bare)}
    assert found == {frozenset(analyses(story)) for story in STORIES}
    assert all(s.proposed and s.name.endswith("(proposed)") and s.shared for s in propose_stories(bare))
    assert all((a.article.story or "").endswith("(proposed)") for a in with_proposals(bare))


def test_given_stories_stand() -> None:
    given = [a for story in STORIES for a in analyses(story).values()]
    assert {(s.name, s.proposed) for s in propose_stories(given)} == {(story, False) for story in STORIES}
    assert with_proposals(given) == given
