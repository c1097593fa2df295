"""Corrections applied: every field, what follows from them, edits of the text, versions, and mistakes in the file."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from analysis.claims import OUTLET, Analysis, Claim, analyse
from analysis.cli import main
from analysis.corrected import analyse_articles, analyse_seeds, apply_corrections, correct, without_seed
from analysis.corrections import ACTS, Correction, CorrectionError, place, quote, read_corrections
from analysis.seeds import Article, SeedError
from analysis.study import corrections_table, lost_table, read_analyses, remarks_table
from analysis.tables import (
    claims_table,
    dates_table,
    figures_table,
    quantities_table,
    sources_table,
    timeline_table,
)
from analysis.text import Span, fold

TEXT = (
    "فرار سجناء من سجن تل الرمان\n\n"
    "قالت وزارة الداخلية إن نحو 120 سجيناً فروا من السجن، الثلاثاء الماضي، وأضافت أنها ألقت القبض على 81 منهم.\n\n"
    "وحذر مركز الأفق للدراسات من أن الحراسة ضعيفة. ونفى المتحدث باسم المجلس المحلي مقتل ثلاثة حراس.\n\n"
    "في دفتر الحارس العجوز عدد الهاربين مئتان وخمسون سجيناً في تلك الليلة العاصفة.\n\n"
    "كما فر سجناء آخرون من السجن نفسه عام 2013.\n"
)
ARTICLE = Article("raid", TEXT, date(2026, 1, 21), "وكالة المدى")
HEAD = "seed,exact,prefix,suffix,field,value,note,who,when\n"


def row(exact: str, field: str, value: str = "", **more: str) -> Correction:
    return Correction("raid", exact, field=field, value=value, **more)


def corrected(*rows: Correction, article: Article = ARTICLE) -> Analysis:
    analysis, lost = apply_corrections(analyse(article), rows)
    assert not lost, [x.reason for x in lost]
    assert len(analysis.applied) == len(rows)
    return analysis


def reason(*rows: Correction) -> str:
    _, lost = apply_corrections(analyse(ARTICLE), rows)
    assert len(lost) == 1
    return lost[0].reason


def claim(analysis: Analysis, words: str) -> Claim:
    """Return the innermost claim that holds these words."""
    at = analysis.article.text.index(words)
    holding = [c for c in analysis.claims if c.span.contains(Span(at, at + len(words)))]
    return min(holding, key=lambda c: len(c.span))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raid.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "index.csv").write_text("id,published,outlet\nraid,2026-01-21,وكالة المدى\n", encoding="utf-8")
    return tmp_path


# --- every field ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["وحذر", "حذر", "من أن الحراسة ضعيفة", "الحراسة", "وحذر مركز الأفق", "الحراسة ضعيفة."]
)
def test_act_of_the_claim_that_words_name(words: str) -> None:
    analysis = corrected(row(words, "act", "assessment"))
    changed = [c for c in analysis.claims if c.corrected]
    assert [c.act for c in changed] == ["assessment"]
    assert "الحراسة" in changed[0].span.of(TEXT)
    table = claims_table([analysis])
    assert table[table["corrected"]]["act"].tolist() == ["assessment"]


def test_source_is_set_for_one_claim_only() -> None:
    before = analyse(ARTICLE)
    analysis = corrected(row("81 منهم", "source", "المتحدث باسم الوزارة"))
    assert claim(analysis, "81 منهم").source is not None
    assert [c.source.name for c in analysis.claims if c.corrected and c.source] == ["المتحدث باسم الوزارة"]
    others = [(c.span, c.source) for c in before.claims if "81" not in c.span.of(TEXT)]
    assert [(c.span, c.source) for c in analysis.claims if not c.corrected] == others
    figures = figures_table([analysis]).set_index("text")
    assert figures["claimant"]["81"] == "المتحدث باسم الوزارة"
    assert bool(figures["corrected"]["81"])
    assert not figures["corrected"]["نحو 120 سجيناً"]
    heard = sources_table([analysis]).set_index("source")
    assert heard["claims"]["المتحدث باسم الوزارة"] == 1
    assert bool(heard["corrected"]["المتحدث باسم الوزارة"])
    assert (
        heard["claims"]["وزارة الداخلية"] == sources_table([before]).set_index("source")["claims"]["وزارة الداخلية"] - 1
    )


@pytest.mark.parametrize(
    ("name", "source", "form"),
    [
        ("مركز الأُفق للدراسات", "مركز الأفق للدراسات", "named"),
        ("unknown", "unknown", "unknown"),
        ("مصدر أمني", "مصدر أمني", "anonymous"),
        ("وزارة الزراعة", "وزارة الزراعة", "named"),
        (OUTLET, "وكالة المدى", "outlet"),
        ("وكالة المدى", "وكالة المدى", "outlet"),
    ],
)
def test_form_of_a_source(name: str, source: str, form: str) -> None:
    table = claims_table([corrected(row("81 منهم", "source", name))])
    changed = table[table["corrected"]]
    assert changed[["source", "source_form"]].values.tolist() == [[source, form]]
    assert changed["attribution"].tolist() == ["outlet" if form == "outlet" else "explicit"]


def test_source_of_a_claim_in_the_outlets_voice() -> None:
    analysis = corrected(row("فر سجناء آخرون", "source", "وزارة الداخلية"))
    made = claim(analysis, "سجناء آخرون")
    assert (made.attribution, made.source and made.source.name) == ("explicit", "وزارة الداخلية")
    sources = sources_table([analysis])
    assert sources["source"].is_unique


@pytest.mark.parametrize(
    ("value", "expected"),
    [("150", (150, None, None, "APPROX", True)), ("100..200", (None, 100, 200, "RANGE", False))],
)
def test_value(value: str, expected: tuple[object, ...]) -> None:
    analysis = corrected(row("120", "value", value))
    quantity = next(q for q in analysis.quantities if "120" in q.span.of(TEXT))
    assert (quantity.value, quantity.low, quantity.high, quantity.mod, quantity.approximate) == expected
    assert (quantity.role, quantity.rule) == ("escaped", "by-hand")
    table = quantities_table([analysis])
    assert table[table["corrected"]]["text"].tolist() == ["نحو 120 سجيناً"]
    figures = figures_table([analysis])
    assert figures[figures["corrected"] & ~figures["derived"]]["text"].tolist() == ["نحو 120 سجيناً"]


def test_value_moves_what_follows_from_it() -> None:
    figures = figures_table([corrected(row("81", "value", "100"))])
    rest = figures[figures["derived"]]
    assert rest[["value", "corrected"]].values.tolist() == [[20.0, True]]


def test_role() -> None:
    analysis = corrected(row("81", "role", "detained"))
    figures = figures_table([analysis]).set_index("text")
    assert figures["role"]["81"] == "detained"
    assert not figures["derived"].any()
    gone = figures_table([corrected(row("81", "role", "other"))])
    assert "81" not in gone["text"].tolist()


def test_date() -> None:
    analysis = corrected(row("الثلاثاء الماضي", "date", "2026-01-13"))
    dates = dates_table([analysis])
    changed = dates[dates["corrected"]]
    assert changed[["text", "value", "grain"]].values.tolist() == [["الثلاثاء الماضي", "2026-01-13", "day"]]
    assert changed["weekday_fits"].tolist() == [True]
    timeline = timeline_table([analysis])
    event = timeline[timeline["corrected"]]
    assert event["period_start"].dt.date.tolist() == [date(2026, 1, 13)]
    figures = figures_table([analysis]).set_index("text")
    assert figures["event_date"]["نحو 120 سجيناً"] == "2026-01-13"


@pytest.mark.parametrize(
    ("value", "kind", "start", "end"),
    [
        ("2012", "DATE", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", "DATE", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-W01", "DATE", date(2012, 1, 2), date(2012, 1, 8)),
        ("2012-W01-WE", "DATE", date(2012, 1, 7), date(2012, 1, 8)),
        ("2012-W01-3", "DATE", date(2012, 1, 4), date(2012, 1, 4)),
        ("2012-Q4", "DATE", date(2012, 10, 1), date(2012, 12, 31)),
        ("2012-H1", "DATE", date(2012, 1, 1), date(2012, 6, 30)),
        ("2012-WI", "DATE", date(2012, 12, 1), date(2013, 2, 28)),
        ("201", "DATE", date(2010, 1, 1), date(2019, 12, 31)),
        ("20", "DATE", date(2000, 1, 1), date(2099, 12, 31)),
        ("2012-02-03T10:30", "TIME", date(2012, 2, 3), date(2012, 2, 3)),
        ("2012-02-03TEV", "TIME", date(2012, 2, 3), date(2012, 2, 3)),
        ("P3D", "DURATION", None, None),
        ("PAST_REF", "DATE", None, None),
        ("FUTURE_REF", "DATE", None, None),
        ("2013-W53", "DATE", None, None),
        ("XXXX-10-02", "DATE", None, None),
    ],
)
def test_days_that_a_value_spans(value: str, kind: str, start: date | None, end: date | None) -> None:
    analysis = corrected(row("عام 2013", "date", value))
    (when,) = [d for d in analysis.dates if d.timex.rule == "by-hand"]
    assert (when.timex.type, when.start, when.end) == (kind, start, end)
    assert (when.reason is not None) == (value in ("2013-W53", "XXXX-10-02"))


@pytest.mark.parametrize("words", ["نفى", "مقتل ثلاثة حراس", "المتحدث باسم المجلس المحلي مقتل ثلاثة حراس"])
def test_excluded_claim_counts_nowhere(words: str) -> None:
    before, analysis = analyse(ARTICLE), corrected(row(words, "excluded", "yes"))
    assert len(analysis.claims) == len(before.claims) - 1
    assert not [c for c in analysis.claims if "ثلاثة حراس" in c.span.of(TEXT)]
    assert not [q for q in analysis.quantities if "ثلاثة حراس" in q.span.of(TEXT)]
    assert "killed" not in figures_table([analysis])["role"].tolist()
    heard = sources_table([analysis])
    assert not heard[heard["heard"]]["source"].str.contains("المجلس").any()
    ids = claims_table([analysis])["claim_id"].tolist()
    assert quantities_table([analysis])["claim_id"].isin(ids).all()


def test_excluded_claim_takes_the_date_of_its_frame_along() -> None:
    text = "أعلنت الوزارة، أمس الثلاثاء، مقتل ثلاثة حراس. وقال المتحدث إن الوضع هادئ."
    article = Article("raid", text, date(2026, 1, 21))
    assert [d.value for d in analyse(article).dates] == ["2026-01-20"]
    analysis = corrected(row("أعلنت", "excluded"), article=article)
    assert (len(analysis.claims), analysis.dates, analysis.quantities) == (1, [], [])


def test_excluded_figure_and_date_leave_their_claim() -> None:
    before = analyse(ARTICLE)
    analysis = corrected(row("120", "excluded"), row("الثلاثاء", "excluded"))
    assert [c.span for c in analysis.claims] == [c.span for c in before.claims]
    assert "120" not in " ".join(quantities_table([analysis])["text"])
    assert "الثلاثاء الماضي" not in timeline_table([analysis])["text"].dropna().tolist()


def test_excluded_words_take_all_that_they_hold() -> None:
    paragraph = TEXT.split("\n\n")[2]
    analysis = corrected(row(paragraph, "excluded", "yes"))
    assert not [c for c in analysis.claims if c.span.of(TEXT) in paragraph]


def test_added_attribution_takes_the_place_of_the_outlets_own_claim() -> None:
    words = "عدد الهاربين مئتان وخمسون سجيناً في تلك الليلة العاصفة"
    analysis = corrected(row(words, "add_attribution", "الحارس العجوز | assessment"))
    made = claim(analysis, words)
    assert (made.source and made.source.name, made.act, made.rule) == ("الحارس العجوز", "assessment", "by-hand")
    table = claims_table([analysis])
    mine = table[table["text"] == words].iloc[0]
    assert (mine["source"], mine["attribution"], bool(mine["corrected"])) == ("الحارس العجوز", "explicit", True)
    overlapping = [c for c in analysis.claims if c.span.overlaps(made.span)]
    assert overlapping == [made]
    starts = [c.sentence.index for c in analysis.claims]
    assert starts == sorted(starts)
    heard = sources_table([analysis]).set_index("source")
    assert (heard["claims"]["الحارس العجوز"], bool(heard["heard"]["الحارس العجوز"])) == (1, True)


def test_added_attribution_that_the_rules_find_by_now() -> None:
    before = analyse(ARTICLE)
    analysis = corrected(row("من أن الحراسة ضعيفة", "add_attribution", "وزارة الداخلية | statement"))
    assert len(analysis.claims) == len(before.claims)
    made = claim(analysis, "الحراسة ضعيفة")
    assert (made.source and made.source.name, made.act, made.corrected) == ("وزارة الداخلية", "statement", True)


def test_added_quantity() -> None:
    text = TEXT.replace("81 منهم", "الكثير منهم")
    article = Article("raid", text, date(2026, 1, 21))
    analysis = corrected(row("الكثير منهم", "add_quantity", "80..90 | recaptured"), article=article)
    figures = figures_table([analysis]).set_index("text")
    added = figures.loc["الكثير منهم"]
    assert (added["role"], added["low"], added["high"], added["claimant"]) == ("recaptured", 80, 90, "وزارة الداخلية")
    assert bool(added["corrected"])
    assert quantities_table([analysis])["start"].is_monotonic_increasing


def test_added_quantity_takes_the_place_of_what_it_covers() -> None:
    analysis = corrected(row("ثلاثة حراس", "add_quantity", "4"))
    (there,) = [q for q in analysis.quantities if "ثلاثة حراس" in q.span.of(TEXT)]
    assert (there.value, there.role, there.rule) == (4, "killed", "by-hand")


def test_added_date() -> None:
    analysis = corrected(row("في تلك الليلة العاصفة", "add_date", "2026-01-13TNI"))
    dates = dates_table([analysis])
    added = dates[dates["corrected"]].iloc[0]
    assert (added["type"], added["value"], added["grain"]) == ("TIME", "2026-01-13TNI", "time")
    assert pytest.approx(dates["start"].tolist()) == sorted(dates["start"])
    assert timeline_table([analysis])["corrected"].sum() == 1


def test_an_added_thing_can_be_set_right_by_further_rows() -> None:
    words = "عدد الهاربين مئتان وخمسون سجيناً في تلك الليلة العاصفة"
    analysis = corrected(row(words, "act", "accusation"), row(words, "add_attribution", "الأهالي"))
    assert claim(analysis, words).act == "accusation"


def test_nothing_changes_without_corrections() -> None:
    before = analyse(ARTICLE)
    assert apply_corrections(before, [Correction("other", "120", field="value", value="1")]) == (before, [])
    assert not any(claims_table([before])["corrected"])
    assert not figures_table([before])["corrected"].any()
    assert not timeline_table([before])["corrected"].any()
    assert not sources_table([before])["corrected"].any()


# --- what finds no place ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "field", "value", "said"),
    [
        ("999", "value", "1", "“999” is not in the text"),
        ("السجن", "act", "denial", "stands in 2 places that fit alike"),
        ("الحراسة ضعيفة", "value", "1", "holds no figure; if the rules missed one, use the field add_quantity"),
        ("الحراسة ضعيفة", "date", "2026", "holds no time expression"),
        (
            "نحو 120 سجيناً فروا من السجن، الثلاثاء الماضي، وأضافت أنها ألقت القبض على 81 منهم",
            "value",
            "1",
            "holds 2 figures",
        ),
        (TEXT.split("\n\n")[1], "act", "denial", "belongs to 2 claims: “"),
    ],
)
def test_lost_with_a_reason(words: str, field: str, value: str, said: str) -> None:
    assert said in reason(row(words, field, value))


def test_one_thing_corrected_in_two_ways() -> None:
    first, second = row("120", "value", "1", line=7), row("نحو 120", "value", "2", line=9)  # type: ignore[arg-type]
    said = reason(first, second)
    assert said == "line 7 corrects the value of “نحو 120 سجيناً”; keep one of the two"
    gone = reason(row("نفى", "excluded"), row("مقتل ثلاثة", "excluded", prefix="المجلس المحلي"))
    assert "left out by another row" in gone


def test_lost_are_listed_not_dropped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "raid,999,,,value,1,why,ليلى,2026-01-22\nraid,120,,,value,150,,,\nold,120,,,value,150,,,\n"
    (folder / "corrections.csv").write_text(HEAD + rows, encoding="utf-8")
    analyses = read_analyses(folder=folder)
    lost = lost_table(analyses, folder)
    assert lost[["seed", "line", "quoted", "who"]].values.tolist() == [
        ["raid", 2, "999", "ليلى"],
        ["old", 4, "120", ""],
    ]
    assert "there is no seed old" in lost["reason"][1]
    assert corrections_table(analyses)[["quoted", "value", "before"]].values.tolist() == [["120", "150", "120"]]
    assert remarks_table(analyses)["remark"].str.contains("corrections.csv, line 2").any()
    assert len(without_seed(folder)) == 1
    assert main(["check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "line 2: the correction of value is lost" in said
    assert "line 4: the correction of value is lost: there is no seed old" in said
    for command in (["tables"], ["export", "--format", "jsonl"]):
        assert main([*command, str(folder), "--out", str(folder / "out")]) == 0
        assert capsys.readouterr().err.count("is lost") == 2
    assert '"value": 150' in (folder / "out" / "articles.jsonl").read_text(encoding="utf-8")


def test_no_corrections_no_loss(folder: Path) -> None:
    analyses = analyse_seeds(folder)
    assert lost_table(analyses, folder).empty
    assert corrections_table(analyses).empty
    assert list(lost_table(analyses, folder))[:2] == ["seed", "line"]


@pytest.mark.parametrize("command", ["check", "tables", "report", "export", "explain", "extract"])
def test_mistakes_in_the_file_are_named(folder: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    (folder / "corrections.csv").write_text(HEAD + "raid,120,,,value,many,,,\n", encoding="utf-8")
    with pytest.raises(SeedError, match="line 2"):
        read_analyses(folder=folder)
    more = {"export": ["--format", "csv"]}.get(command, [])
    out = ["--out", str(folder / "out")] if command in ("tables", "report", "export") else []
    assert main([command, str(folder), *out, *more]) == 1
    assert "corrections.csv, line 2: “many” is no number; write 120, or 100..200" in capsys.readouterr().err
    assert not (folder / "out").exists()


# --- edits of the text ------------------------------------------------------------------------------------

PRISON = Path(__file__).parent / "articles" / "prison-attack.txt"
WORDS = "أمس اليوم هناك وقد كبير مصدر المدينة صباحاً أيضاً بعد".split()


def thirty() -> tuple[Article, list[Correction]]:
    """Make thirty corrections of one article, of every field, each at words of its own."""
    article = Article("raid", PRISON.read_text(encoding="utf-8"), date(2024, 11, 3), "مرصد الخط الأول")
    text, found = article.text, analyse(article)

    def made(span: Span, field: str, value: str) -> Correction:
        exact, prefix, suffix = quote(text, span)
        return Correction("raid", exact, prefix, suffix, field, value)

    rows = [made(q.span, "value", str(900 + n)) for n, q in enumerate(found.quantities[:8])]
    rows += [made(q.span, "role", "transferred") for q in found.quantities[8:14]]
    rows += [made(d.timex.span, "date", "2024-11-01") for d in found.dates[:4]]
    free = [c for c in found.claims if c.attribution == "explicit" and c.inside is None and c.made]
    for n, c in enumerate(free[:9]):
        end = text.find(" ", c.span.start + 12)
        span = Span(c.span.start, min(end if end > 0 else c.span.end, c.span.end))
        rows.append(made(span, *(("act", "warning") if n % 2 else ("source", "وزارة الصحة"))))
    for words, field, value in (
        ("رواية ثالثة", "excluded", "yes"),
        ("في مقطع مصور", "add_date", "2024-11-02T03:00"),
        ("مراكز بحثية", "add_quantity", "2"),
    ):
        at = text.index(words)
        rows.append(made(Span(at, at + len(words)), field, value))
    assert len(rows) == 30
    return article, rows


def edit(text: str, taken: list[Span], rng: random.Random) -> str:
    """Change a text at one random place that no correction quotes."""
    while True:
        kind = rng.choice(("insert", "drop", "digit", "marks", "spelling", "space", "sentence", "move", "line"))
        words = [m for m in re.finditer(r"\S+", text) if not any(t.overlaps(Span(*m.span())) for t in taken)]
        if not words:
            return text
        start, end = rng.choice(words).span()
        word = text[start:end]
        match kind:
            case "insert":
                return f"{text[:start]}{rng.choice(WORDS)} {text[start:]}"
            case "drop":
                return text[:start] + text[end:].removeprefix(" ")
            case "digit" if re.search(r"\d", word):
                return text[:start] + re.sub(r"\d", str(rng.randint(1, 9)), word) + text[end:]
            case "marks" if word.isalpha():
                return text[: start + 1] + "\N{ARABIC FATHA}" + text[start + 1 :]
            case "spelling" if word[0] in "أإ":
                return text[:start] + "ا" + text[start + 1 :]
            case "space":
                return f"{text[:start]} {text[start:]}"
            case "sentence":
                at = rng.choice([m.end() for m in re.finditer(r"\.\n", text)])
                return f"{text[:at]}\nوقالت الهيئة إن {rng.randint(2, 900)} شخصاً وصلوا إلى المكان.\n{text[at:]}"
            case "move":
                parts = text.split("\n\n")
                if len(parts) > 4:
                    at = rng.randrange(2, len(parts) - 1)
                    part = parts.pop(at)
                    parts.insert(rng.randrange(1, len(parts) - 1), part)
                    return "\n\n".join(parts)
            case "line":
                return f"{text[:start].rstrip(' ')}\n{text[start:]}" if rng.random() < 0.2 else f"{text}\n"


def account(article: Article, rows: list[Correction]) -> tuple[int, Analysis]:
    """Apply corrections; check that each is applied to its words or listed; return how many are applied."""
    analysis, lost = apply_corrections(analyse(article), rows)
    both = [a.correction for a in analysis.applied] + [x.correction for x in lost]
    assert sorted(map(id, both)) == sorted(map(id, rows))
    assert all(x.reason for x in lost)
    for applied in analysis.applied:
        correction, span = applied.correction, applied.span
        assert fold(span.of(article.text)).split() == fold(correction.exact).split()
        near = [q for q in analysis.quantities if q.span.overlaps(span) and q.rule == "by-hand"]
        if correction.field == "value":
            assert correction.numbers and [q.value for q in near] == [correction.numbers[0]]
        elif correction.field == "role":
            assert [q.role for q in near] == [correction.value]
        elif correction.field == "add_quantity":
            assert [q.value for q in near] == [2]
        elif correction.field in ("date", "add_date"):
            assert correction.value in [d.value for d in analysis.dates if d.timex.span.overlaps(span)]
        elif correction.field == "act":
            assert any(c.act == correction.value and c.corrected and c.span.overlaps(span) for c in analysis.claims)
        elif correction.field == "source":
            names = [c.source.name for c in analysis.claims if c.source and c.corrected and c.span.overlaps(span)]
            assert correction.value in names
        else:
            assert not [c for c in analysis.claims if span.contains(c.span)]
    return len(analysis.applied), analysis


def test_thirty_corrections_outlive_an_edit_elsewhere() -> None:
    article, rows = thirty()
    assert account(article, rows)[0] == 30
    rng = random.Random(20260121)
    taken = [span for c in rows if (span := place(article.text, c))]
    survived = 0
    for _ in range(50):
        text = edit(article.text, taken, rng)
        survived += account(Article("raid", text, article.published, article.outlet), rows)[0]
    assert survived >= 0.98 * 50 * 30


def test_thirty_corrections_under_fifty_edits_together() -> None:
    article, rows = thirty()
    rng = random.Random(4)
    text = article.text
    for _ in range(50):
        taken = [span for c in rows if (span := place(text, c))]
        text = edit(text, taken, rng)
    applied, _ = account(Article("raid", text, article.published, article.outlet), rows)
    assert applied >= 24


def test_words_that_begin_inside_a_word_outlive_an_edit_nearby() -> None:
    text = "وأقر المصدر بأن ثلاث بوابات فُجرت. وكان ثلاث بوابات هناك."
    at = text.index("أن")
    exact, prefix, suffix = quote(text, Span(at, at + len("أن ثلاث بوابات")))
    edited = text.replace("المصدر", "أمس المصدر الأمني")
    assert place(edited, Correction("raid", exact, prefix, suffix)) == Span(
        edited.index("أن ثلاث"), edited.index(" فُجرت")
    )


# --- versions ---------------------------------------------------------------------------------------------


def versions_of(*texts: str, same_day: bool = True) -> list[Article]:
    return [
        Article(f"v{n}", text, date(2026, 1, 21 if same_day else 20 + n), "وكالة المدى", retrieved=f"{n}", story="raid")
        for n, text in enumerate(texts, start=1)
    ]


def test_a_newer_version_takes_over_what_was_set_right() -> None:
    paragraphs = TEXT.split("\n\n")
    moved = "\n\n".join([paragraphs[0], paragraphs[2], paragraphs[1], *paragraphs[3:]])
    rows = [Correction("v1", "81", field="value", value="18"), Correction("v1", "وحذر", field="act", value="statement")]
    first, second = analyse_articles(versions_of(TEXT, moved), rows)
    for analysis in (first, second):
        assert 18 in [q.value for q in analysis.quantities]
        assert len(analysis.applied) == 2
        assert not analysis.lost


def test_a_versions_own_correction_comes_first() -> None:
    rows = [
        Correction("v1", "81", field="value", value="18"),
        Correction("v2", "81", field="value", value="19"),
        Correction("v1", "81 منهم", field="role", value="present"),
        Correction("v2", "على 81", field="role", value="other"),
    ]
    first, second = analyse_articles(versions_of(TEXT, TEXT), rows)
    assert [q.value for q in first.quantities if "81" in q.span.of(TEXT)] == [18]
    assert [(q.value, q.role) for q in second.quantities if "81" in q.span.of(TEXT)] == [(19, "other")]
    assert not second.lost


def test_an_older_version_does_not_take_over_and_reworded_words_are_listed() -> None:
    rows = [Correction("v2", "81", field="value", value="18")]
    first, _ = analyse_articles(versions_of(TEXT, TEXT), rows)
    assert 81 in [q.value for q in first.quantities]
    rows = [Correction("v1", "81", field="value", value="18")]
    _, second = analyse_articles(versions_of(TEXT, TEXT.replace("81", "90")), rows)
    assert [x.correction.seed for x in second.lost] == ["v1"]


def test_a_date_is_not_taken_over_to_another_day() -> None:
    rows = [Correction("v1", "الثلاثاء الماضي", field="date", value="2026-01-13")]
    _, same = analyse_articles(versions_of(TEXT, TEXT), rows)
    assert [a.correction.field for a in same.applied] == ["date"]
    _, later = analyse_articles(versions_of(TEXT, TEXT, same_day=False), rows)
    assert "of another day" in later.lost[0].reason


# --- from the command line --------------------------------------------------------------------------------


def test_correct_writes_a_row_with_its_surroundings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["correct", "raid", "--folder", str(folder), "--quote", "وَحذّر", "--field", "act", "--value", "assessment"]
    assert main([*given, "--note", "تقدير لا تحذير", "--who", "ليلى"]) == 0
    assert "act: assessment (before: warning)" in capsys.readouterr().out
    (written,) = read_corrections(folder)
    assert (written.exact, written.who, written.note) == ("وحذر", "ليلى", "تقدير لا تحذير")
    assert written.prefix and written.suffix and written.when
    assert any(c.act == "assessment" and c.corrected for a in analyse_seeds(folder) for c in a.claims)
    assert main(given) == 1
    assert "line 2 corrects the act of these words already" in capsys.readouterr().err
    given[-1] = "statement"
    assert main([*given, "--replace"]) == 0
    assert [c.value for c in read_corrections(folder)] == ["statement"]


@pytest.mark.parametrize(
    ("words", "field", "value", "said"),
    [
        ("999", "value", "1", "“999” is not in the text"),
        ("السجن", "act", "denial", "2 places that fit alike"),
        ("120", "value", "many", "is no number"),
        ("120", "act", "threat", "“threat” is no act"),
        ("الحراسة", "value", "1", "holds no figure"),
    ],
)
def test_correct_refuses_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, field: str, value: str, said: str
) -> None:
    given = ["correct", "raid", "--folder", str(folder), "--quote", words, "--field", field, "--value", value]
    assert main(given) == 1
    assert said in capsys.readouterr().err
    assert not (folder / "corrections.csv").exists()
    assert main([*given[:1], "raod", *given[2:]]) == 1


def test_surroundings_tell_repeated_words_apart(folder: Path) -> None:
    applied = correct(folder, "raid", "السجن", "act", "denial", prefix="فروا من", suffix="، الثلاثاء")
    assert applied.span.start == TEXT.index("السجن،")
    assert place(TEXT, applied.correction) == applied.span


def test_two_at_once_lose_no_row(folder: Path) -> None:
    jobs = [
        ("120", "value", "150"),
        ("81", "value", "18"),
        ("وحذر", "act", "denial"),
        ("ثلاثة حراس", "role", "wounded"),
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda job: correct(folder, "raid", *job), jobs))
    assert {c.exact for c in read_corrections(folder)} == {exact for exact, _, _ in jobs}


def test_an_interrupted_correction_leaves_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(folder, "raid", "120", "value", "150")
    before = (folder / "corrections.csv").read_bytes()

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.storage.os.replace", fail)
    with pytest.raises(KeyboardInterrupt):
        correct(folder, "raid", "81", "value", "18")
    assert (folder / "corrections.csv").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) == [
        "corrections.csv",
        "index.csv",
        "raid.txt",
    ]


@pytest.mark.parametrize("act", ACTS)
def test_every_act(act: str) -> None:
    assert claim(corrected(row("وحذر", "act", act)), "الحراسة ضعيفة").act == act


def test_unknown_field_is_refused(folder: Path) -> None:
    with pytest.raises(CorrectionError, match="unknown field"):
        correct(folder, "raid", "120", "sauce", "x")
