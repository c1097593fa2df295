"""Measure the speed, memory and growth of the analysis on the machine at hand.

A desk that likes the pack on one article points it at its archive: agencies alone put out thousands of Arabic
reports a day, and a pass that grows with the square of a text is not seen in 5,000 characters. Times of the
analysis are seconds of processor time, the best of several runs, since other work on a machine only ever adds to
them; the ratio to a bare pass of `re` over the same text is the figure to compare between machines.

>>> [article.id for article in generate_articles(2)]
['generated-000000', 'generated-000001']
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import analysis.claims
from analysis.claims import analyse
from analysis.lexicons import load
from analysis.seeds import Article, read_seeds

# The steps of `analyse`, by the names it calls them; what is left over is the making of claims.
STEPS = {
    "find_blocks": "find_blocks",
    "split_sentences": "split_sentences",
    "find_quotations": "find_quotations",
    "find_timexes": "find_timexes",
    "anchor_timexes": "anchor",
    "find_quantities": "quantities",
    "find_attributions": "attributions",
    "name_sources": "sources",
}
FACTORS = (1, 2, 4, 8, 16, 32, 64)
_RUNS = 7
_WORDS = 200


@dataclass(frozen=True, slots=True)
class Pace:
    """Hold how long texts took: their number, their characters, and the seconds of the best run."""

    articles: int
    characters: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.seconds * 1e3 / self.articles:,.2f} ms an article, {self.articles / self.seconds:,.0f} articles "
            f"and {self.characters / self.seconds:,.0f} characters a second"
        )


def bench(articles: int = 500, notebooks: bool = False) -> Iterator[str]:
    """Measure, and yield the lines of the report as they are known; `notebooks` adds a slow part."""
    seed = read_seeds()[0]
    corpus = list(generate_articles(articles))
    first = _seconds(lambda: analyse(seed))
    yield f"Python {sys.version.split()[0]} on {sys.platform}, one core of {os.cpu_count()}; best of {_RUNS} runs"
    yield ""
    one = pace([seed], runs=10 * _RUNS)  # until the interpreter has met the code often enough
    yield f"{seed.id}: {len(seed.text):,} characters"
    yield f"  first run (reads the word lists)  {first * 1e3:,.1f} ms"
    yield f"  once started                      {one}"
    yield f"  a bare pass of re, {_WORDS} words    {bare_pass(seed.text) * 1e3:,.2f} ms"
    yield f"  ratio                             {one.seconds / bare_pass(seed.text):.1f}"
    many = pace(corpus, runs=1)
    yield f"{articles:,} generated articles: {many.characters:,} characters"
    yield f"  {many}"
    yield ""
    yield from _shares("share of each step", {seed.id: [seed], "generated": corpus[:200]})
    yield ""
    yield f"{'length':<12}{'characters':>12}{'ms':>10}{'µs a character':>17}"
    lengths = [pace([lengthened(seed, factor)], runs=3 if factor < 16 else 1) for factor in FACTORS]
    for factor, took in zip(FACTORS, lengths, strict=True):
        yield f"{f'{factor}x':<12}{took.characters:>12,}{took.seconds * 1e3:>10,.1f}{_each(took):>17.2f}"
    yield f"cost grows with length to the power of {growth(lengths):.2f}"
    yield ""
    numbers = [pace(corpus[:n], runs=1) for n in sorted({max(1, articles >> k) for k in (0, 1, 2, 3)})]
    yield f"{'articles':<12}{'characters':>12}{'ms':>10}{'µs a character':>17}"
    for took in numbers:
        yield f"{took.articles:<12,}{took.characters:>12,}{took.seconds * 1e3:>10,.1f}{_each(took):>17.2f}"
    yield ""
    yield f"import analysis.claims   {import_seconds('analysis.claims') * 1e3:,.0f} ms"
    yield f"import analysis.tables   {import_seconds('analysis.tables') * 1e3:,.0f} ms (with pandas)"
    yield f"import analysis.plots    {import_seconds('analysis.plots') * 1e3:,.0f} ms (with matplotlib)"
    for what, count in (("the seed", 0), (f"{articles // 4:,} articles", articles // 4), (f"{articles:,}", articles)):
        peak = peak_memory(count)
        yield f"peak memory, {what:<20} " + ("not known on this system" if peak is None else f"{peak / 2**20:,.0f} MB")
    if notebooks:
        yield ""
        yield from _notebooks()


def pace(articles: Sequence[Article], runs: int = _RUNS) -> Pace:
    """Return the best time of `runs` over all articles.

    >>> pace([Article("bridge", "قالت الوزارة إن الجسر انهار.")], runs=1).characters
    28
    """

    def run() -> None:
        for article in articles:
            analyse(article)

    best = min(_seconds(run) for _ in range(runs))
    return Pace(len(articles), sum(len(a.text) for a in articles), best)


def bare_pass(text: str) -> float:
    """Return the best seconds of finding 200 words of the word lists in a text with one regular expression."""
    surfaces = sorted({entry.surface for name in _lists() for entry in load(name).entries})
    step = max(1, len(surfaces) // _WORDS)
    pattern = re.compile("|".join(map(re.escape, surfaces[::step][:_WORDS])))
    return min(_seconds(lambda: pattern.findall(text)) for _ in range(5 * _RUNS))


def _lists() -> list[str]:
    folder = Path(analysis.claims.__file__).parent / "lexicons"
    return sorted(path.stem for path in folder.glob("*.csv"))


def step_seconds(articles: Sequence[Article]) -> dict[str, float]:
    """Return the seconds of each step over all articles, in the order of the steps; claims come last.

    >>> list(step_seconds([Article("bridge", "قالت الوزارة إن الجسر انهار.")]))[-2:]
    ['sources', 'claims']
    """
    spent = dict.fromkeys(STEPS.values(), 0.0)

    def timed(step: str, run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def timing(*arguments: Any) -> Any:
            begun = time.process_time()
            try:
                return run(*arguments)
            finally:
                spent[step] += time.process_time() - begun

        return timing

    with ExitStack() as stack:
        for name, step in STEPS.items():
            stack.enter_context(patch.object(analysis.claims, name, timed(step, getattr(analysis.claims, name))))
        whole = _seconds(lambda: [analysis.claims.analyse(a) for a in articles])
    return {**spent, "claims": max(0.0, whole - sum(spent.values()))}


def growth(paces: Sequence[Pace]) -> float:
    """Return the exponent of cost over length between the first and last pace: 1 is linear, 2 the square.

    >>> growth([Pace(1, 100, 1.0), Pace(1, 400, 4.0)])
    1.0
    """
    first, last = paces[0], paces[-1]
    return math.log(last.seconds / first.seconds) / math.log(last.characters / first.characters)


def lengthened(article: Article, factor: int) -> Article:
    """Return an article whose body stands in it `factor` times.

    >>> lengthened(Article("bridge", "عنوان\\n\\nنص"), 2).text
    'عنوان\\n\\nنص\\n\\nنص'
    """
    headline, gap, body = article.text.strip().partition("\n\n")
    return replace(article, text="\n\n".join([headline, *[body] * factor]) if gap else headline)


def import_seconds(module: str) -> float:
    """Return the best seconds of importing a module, compiled before, in a Python of its own."""
    code = f"import time; t = time.process_time(); import {module}; print(time.process_time() - t)"
    return min(float(_child(code)) for _ in range(6))


def peak_memory(articles: int) -> int | None:
    """Return the peak memory in bytes of a process that analyses the seed and so many generated articles."""
    code = (
        "from analysis.bench import generate_articles, read_seeds, analyse, peak\n"
        "analyse(read_seeds()[0])\n"
        f"for article in generate_articles({articles}): analyse(article)\n"
        "print(peak())"
    )
    return json.loads(_child(code).replace("None", "null"))  # type: ignore[no-any-return]


def peak() -> int | None:
    """Return the most memory this process ever held, in bytes, or None on a system that does not say."""
    try:
        import resource
    except ImportError:
        return None
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def _child(code: str) -> str:
    # Python keeps what it compiled unless told not to; compiling is no part of an import that comes again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code]
    made = subprocess.run(command, env=environment, capture_output=True, check=True, text=True, encoding="utf-8")
    return made.stdout.strip()


def _seconds(run: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    begun = clock()
    run()
    return clock() - begun


def _each(took: Pace) -> float:
    return took.seconds * 1e6 / took.characters


def _shares(title: str, groups: dict[str, list[Article]]) -> Iterator[str]:
    columns = {}
    for name, articles in groups.items():
        step_seconds(articles)
        taken = [step_seconds(articles) for _ in range(_RUNS if len(articles) == 1 else 1)]
        best = {step: min(run[step] for run in taken) for step in taken[0]}
        columns[name] = {step: seconds / sum(best.values()) for step, seconds in best.items()}
    yield f"{title:<24}" + "".join(f"{name:>26}" for name in columns)
    for step in [*STEPS.values(), "claims"]:
        yield f"  {step:<22}" + "".join(f"{shares[step]:>26.0%}" for shares in columns.values())


def _notebooks() -> Iterator[str]:
    """Yield how long the notebooks take, beside as many kernels that only import pandas and matplotlib."""
    folder = Path(analysis.claims.__file__).parent.parent / "notebooks"
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        yield f"there are no notebooks in {folder}"
        return
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "imports",
        "metadata": {},
        "outputs": [],
        "source": "import matplotlib.pyplot\nimport pandas",
    }
    bare = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    with tempfile.TemporaryDirectory() as name:
        floor = Path(name)
        copies = [floor / f"{n}.ipynb" for n in range(len(found))]
        for copy in copies:
            copy.write_text(json.dumps(bare), encoding="utf-8")
        least = _seconds(lambda: _execute(copies, floor / "out"), time.perf_counter)
        whole = _seconds(lambda: _execute(found, floor / "out"), time.perf_counter)
    yield f"{len(found)} notebooks                                    {whole:.1f} s"
    yield f"as many kernels that import pandas and matplotlib  {least:.1f} s"


def _execute(notebooks: Sequence[Path], out: Path) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", str(out)]
    subprocess.run([*command, *map(str, notebooks)], capture_output=True, check=True)


# --- a corpus of generated articles ---------------------------------------------------------------------------

_PLACES = "الموصل حلب درعا البصرة طرابلس عدن الخرطوم صفاقس وهران الرقة تعز بنغازي إربد صيدا أسوان".split()
_BODIES = (
    "وزارة الصحة",
    "وزارة الداخلية",
    "الدفاع المدني",
    "المركز الوطني للإحصاء",
    "هيئة الطرق والجسور",
    "منظمة الصحة العالمية",
    "مجلس المدينة",
    "غرفة التجارة",
)
_NAMES = "سامي الخطيب|ليلى حداد|نادر العلي|هدى منصور|كريم بن يوسف|رنا الشامي|ماجد التميمي|سعاد القاضي".split("|")
_ROLES = ("المتحدث باسم", "مدير", "رئيسة", "الناطقة باسم")
_SAY = ("قال", "أعلن", "أكد", "أوضح", "ذكر", "أفاد")
_DAYS = "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت".split()
_MONTHS = "يناير|فبراير|مارس|أبريل|أيار|حزيران|تموز|آب|سبتمبر|تشرين الأول|نوفمبر|كانون الأول".split("|")
_HARMED = ("قتيلاً", "جريحاً", "مصاباً", "نازحاً", "مفقوداً", "عاملاً", "طالباً", "سجيناً")
_SENTENCES = (
    "{say} {role} {body} {name} إن {number} {harmed} نُقلوا إلى المستشفى في {place} مساء {day}.",
    "وأضاف أن «الفرق تعمل منذ الصباح»، مشيراً إلى أن عدد المتضررين قد يبلغ {number} شخصاً على الأقل.",
    "وبحسب {body}، ارتفعت الأسعار بنسبة {percent} في المئة خلال الأشهر الثلاثة الماضية.",
    "وكانت {body} قد حذّرت في {date} من «تدهور الأوضاع» في {place}، ودعت إلى الإسراع في الإغاثة.",
    "ونفى {name} صحة هذه الأنباء، مؤكداً أن ما بين {low} و{high} أسرة عادت إلى منازلها أمس {day}.",
    "وتقع {place} على بعد نحو {low} كيلومتراً من {other}، ويعيش فيها أكثر من {thousands} ألف نسمة.",
    "وقالت مصادر محلية إن الطريق بين {place} و{other} ما زال مغلقاً لليوم الثالث على التوالي.",
    "وتعهّد {role} {body} بصرف {thousands} ألف دينار لكل أسرة متضررة قبل نهاية الشهر المقبل.",
    "ولم يصدر تعليق من {body} حتى الساعة {hour} من مساء {day}.",
    "وتجمّع الأهالي أمام المبنى القديم، فيما أغلقت المحال التجارية أبوابها وعمّ الهدوء شوارع المدينة.",
    "ويعاني السكان منذ سنوات من ضعف الخدمات وانقطاع الكهرباء، ولا تصل المياه إلى كثير من الأحياء.",
    "ويأتي ذلك بعد أسبوعين من اجتماع عُقد في {other} وحضره {few} من ممثلي المنظمات الدولية.",
)
_HEADLINES = (
    "{number} {harmed} في {place} بعد انهيار مبنى",
    "{body}: الوضع في {place} تحت السيطرة",
    "تحذير من نقص المياه في {place} و{other}",
)
_HEADINGS = ("خسائر متفاوتة", "ردود الفعل", "ما الذي حدث؟", "خلفية")


def generate_articles(count: int, start: int = 0) -> Iterator[Article]:
    """Yield made-up articles of 500 to 5,000 characters, the same ones in every run.

    >>> one = next(generate_articles(1))
    >>> one == next(generate_articles(1)), 300 < len(one.text) < 6000
    (True, True)
    """
    for number in range(start, start + count):
        yield _generated(number)


def _generated(number: int) -> Article:
    random = Random(number)
    published = date(2024, 1, 1) + timedelta(days=random.randrange(700))
    parts = [random.choice(_HEADLINES).format(**_fillers(random))]
    for paragraph in range(random.randint(2, 14)):
        if paragraph and random.random() < 0.12:
            parts.append(random.choice(_HEADINGS))
        sentences = random.sample(_SENTENCES, random.randint(2, 4))
        parts.append(" ".join(sentence.format(**_fillers(random)) for sentence in sentences))
    return Article(f"generated-{number:06d}", "\n\n".join(parts), published, random.choice(_BODIES))


def _fillers(random: Random) -> dict[str, str]:
    place, other = random.sample(_PLACES, 2)
    low = random.randint(20, 90)
    day = f"{random.randint(1, 28)} {random.choice(_MONTHS)}"
    return {
        "say": random.choice(_SAY),
        "role": random.choice(_ROLES),
        "body": random.choice(_BODIES),
        "name": random.choice(_NAMES),
        "number": str(random.randint(11, 99)),
        "harmed": random.choice(_HARMED),
        "place": place,
        "other": other,
        "day": random.choice(_DAYS),
        "percent": f"{random.uniform(1, 30):.1f}",
        "date": f"{day} {random.randint(2021, 2024)}" if random.random() < 0.5 else day,
        "low": str(low),
        "high": str(low + random.randint(5, 60)),
        "thousands": str(random.randint(12, 900)),
        "hour": random.choice("الثامنة السادسة العاشرة".split()),
        "few": random.choice("عشرات ستة ثمانية".split()),
    }
