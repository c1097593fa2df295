"""Claims of small articles of our own: who answers for which stretch, and what stands in it."""

from __future__ import annotations

import gc
from datetime import date

import pytest

from analysis.claims import Analysis, Claim, analyse
from analysis.seeds import Article


def read(text: str, **known: object) -> Analysis:
    return analyse(Article("s", text, date(2026, 1, 21), **known))  # type: ignore[arg-type]


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Return (attribution, source, words) of each claim."""
    return [(c.attribution, c.source.name if c.source else None, c.span.of(text)) for c in read(text).claims]


def only(text: str) -> Claim:
    (claim,) = read(text).claims
    return claim


def parts(text: str) -> list[tuple[list[str], list[str]]]:
    """Return (quantities, dates) of each claim, as written."""
    analysis = read(text)
    return [
        (
            [analysis.quantities[n].span.of(text) for n in claim.quantities],
            [analysis.dates[n].timex.span.of(text) for n in claim.dates],
        )
        for claim in analysis.claims
    ]


# --- who speaks ----------------------------------------------------------------------------------------------


def test_an_explicit_claim() -> None:
    assert told("قال المهندس إن السد متصدع.") == [("explicit", "المهندس", "إن السد متصدع")]


def test_the_outlet_speaks_where_nobody_else_does() -> None:
    text = "افتتحت البلدية سوقاً جديداً في المدينة القديمة."
    assert told(text) == [("outlet", None, text)]
    assert only(text).made is None


def test_a_headline_is_a_claim() -> None:
    text = "انهيار سد\n\nقالت وزارة الري إن السد انهار."
    assert told(text) == [("outlet", None, "انهيار سد"), ("explicit", "وزارة الري", "إن السد انهار")]


def test_a_sentence_that_goes_on_with_what_was_said() -> None:
    text = "أوضح الخبير أن السد متصدع. كما يهدد التصدع القرى المجاورة."
    assert told(text)[1] == ("carried_on", "الخبير", "كما يهدد التصدع القرى المجاورة.")


@pytest.mark.parametrize(
    "text",
    [
        "أوضح الخبير أن السد متصدع. وتقع القرى في الوادي الكبير.",  # no connective
        "أوضح الخبير أن السد متصدع.\n\nكما يهدد التصدع القرى المجاورة.",  # another paragraph
        "قال الخبير: «السد متصدع». كما يهدد التصدع القرى المجاورة.",  # what was said has ended with its mark
        "تقع القرى في الوادي الكبير. كما يهدد التصدع القرى المجاورة.",  # nothing was said
    ],
)
def test_a_sentence_that_is_the_outlets_own(text: str) -> None:
    assert told(text)[-1][:2] == ("outlet", None)


def test_a_sentence_after_one_that_was_carried_on() -> None:
    text = "أوضح الخبير أن السد متصدع. كما يهدد التصدع القرى المجاورة. كما يهدد الحقول الواسعة."
    assert [t[0] for t in told(text)] == ["explicit", "carried_on", "carried_on"]


def test_a_speaker_that_is_nowhere_is_unknown() -> None:
    claim = only("قال إن الجسر سقط.")
    assert (claim.attribution, claim.source and claim.source.name) == ("explicit", "unknown")


def test_a_noun_for_a_speaker_leads_to_its_name() -> None:
    text = "أعلنت وزارة الري الأردنية أن السد امتلأ. وأضافت الوزارة أن الحقول بخير."
    assert [t[1] for t in told(text)] == ["وزارة الري الأردنية", "وزارة الري الأردنية"]


def test_a_verb_without_a_subject_leads_to_the_last_speaker() -> None:
    text = "قالت وزارة الري إن السد امتلأ، وأضافت أن الحقول بخير."
    assert [t[1] for t in told(text)] == ["وزارة الري", "وزارة الري"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("قال المهندس إن السد متصدع.", "statement"),
        ("نفت الوزارة مقتل 5 عمال.", "denial"),
        ("حذّر الخبير من انهيار السد.", "warning"),
        ("دعا الحزب إلى تحقيق عاجل.", "recommendation"),
        ("أعلنت الوزارة فتح الطريق.", "announcement"),
        ("تعهد الرئيس بإصلاح السد.", "commitment"),
        ("اتهم النائب الشركة بالإهمال.", "accusation"),
        ("يرى الخبير أن السد متصدع.", "assessment"),
    ],
)
def test_acts(text: str, act: str) -> None:
    assert only(text).act == act


# --- how sure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("قال المهندس إن السد قد ينهار.", ["قد"]),
        ("قال المهندس إن البلدة قد تُخلى.", ["قد"]),
        ("قال المهندس إن السد قد انهار.", []),
        ("قال المهندس إن البلدة قد أُخليت.", []),
        ("قال المهندس إن الخسائر ربما تتضاعف وإن السكان غالباً سيرحلون.", ["ربما", "غالباً"]),
        ("قال المهندس إن السد متصدع.", []),
    ],
)
def test_hedges(text: str, hedges: list[str]) -> None:
    assert [h.of(text) for h in only(text).hedges] == hedges


def test_hedges_of_the_frame_are_not_the_claims() -> None:
    text = "ربما قال المهندس إن السد متصدع."
    assert [c.hedges for c in read(text).claims if c.attribution == "explicit"] == [()]


# --- what stands in it ---------------------------------------------------------------------------------------


def test_figures_and_dates_of_a_claim() -> None:
    text = "أعلنت وزارة الزراعة أن 12 مزرعة تضررت يوم 3 مارس 2025."
    assert parts(text) == [(["12 مزرعة"], ["يوم 3 مارس 2025"])]


def test_a_date_of_the_frame_belongs_to_the_claim() -> None:
    text = "أعلنت وزارة الزراعة، أمس الثلاثاء، أن 12 مزرعة تضررت."
    assert parts(text) == [(["12 مزرعة"], ["أمس الثلاثاء"])]


def test_each_of_two_claims_has_its_own() -> None:
    text = "قالت الوزارة إن 12 عاملاً أصيبوا أمس، وأضاف المحافظ أن 30 منزلاً انهارت عام 2024."
    assert parts(text) == [(["12 عاملاً"], ["أمس"]), (["30 منزلاً"], ["عام 2024"])]


def test_the_innermost_claim_has_the_figure() -> None:
    text = "قال الوزير إن اللجنة أكدت أن 40 منزلاً انهارت."
    analysis = read(text)
    (owner,) = [n for n, c in enumerate(analysis.claims) if c.quantities]
    assert analysis.claims[owner].inside is not None
    outer = analysis.claims[analysis.claims[owner].inside or 0]
    assert outer.span.contains(analysis.claims[owner].span) and outer.span != analysis.claims[owner].span


def test_a_claim_that_is_in_no_other() -> None:
    assert [c.inside for c in read("قال الوزير إن السد انهار. ونفت الشركة ذلك.").claims] == [None, None]


def test_a_quotation_runs_over_sentences() -> None:
    text = 'قال الوزير: "وصل 20 جريحاً. وسيصل غيرهم غداً."'
    (claim,) = read(text).claims
    assert (claim.quoted, claim.kind) == (True, "direct")
    assert claim.span.of(text).startswith("وصل") and "غداً" in claim.span.of(text)
    assert parts(text) == [(["20 جريحاً"], ["غداً"])]


# --- what nobody claims --------------------------------------------------------------------------------------


def test_a_clause_before_the_cue_is_the_outlets() -> None:
    text = "انهار السد الكبير في الوادي بعد أمطار غزيرة، وقالت الوزارة إن الحقول بخير."
    assert told(text) == [
        ("outlet", None, "انهار السد الكبير في الوادي بعد أمطار غزيرة"),
        ("explicit", "الوزارة", "إن الحقول بخير"),
    ]


def test_a_link_before_the_cue_is_no_claim() -> None:
    assert told("من جهته، قال المهندس إن السد متصدع.") == [("explicit", "المهندس", "إن السد متصدع")]


def test_furniture_is_no_claim() -> None:
    text = "قال المهندس إن السد متصدع والحقول المجاورة له في خطر.\n\nشارك على فيسبوك"
    assert [t[0] for t in told(text)] == ["explicit"]


@pytest.mark.parametrize("text", ["", " \n", "***", "."])
def test_a_text_without_words_has_no_claims(text: str) -> None:
    analysis = read(text)
    assert analysis.claims == [] and analysis.quantities == [] and analysis.dates == []


def test_an_analysis_makes_no_cycles_and_leaves_the_collector_as_it_was() -> None:
    text = "قال الوزير إن السد انهار أمس، ونفت الشركة وقوع ضحايا، وبحسب الشهود سقط 3 قتلى."
    read(text)
    gc.collect()
    gc.disable()
    try:
        analysis = read(text)
        assert not gc.isenabled()
        del analysis
        assert gc.collect() == 0
    finally:
        gc.enable()
    read(text)
    assert gc.isenabled()


def test_layers_have_one_source_an_attribution() -> None:
    analysis = read("قال الوزير إن السد انهار، ونفت الشركة وقوع ضحايا، وبحسب الشهود سقط 3 قتلى.")
    assert len(analysis.sources) == len(analysis.attributions) == 3
