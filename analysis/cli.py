"""Run the pack from the command line: one function a command, and messages that name the file.

Commands import what they need when they run, so that `extract` starts without pandas.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.claims import Analysis, analyse
from analysis.corrected import analyse_articles, analyse_seeds, correct, without_seed
from analysis.corrections import FIELDS, Correction, CorrectionError, Lost, read_corrections
from analysis.seeds import SeedError, read_article, read_seeds, seeds_folder, seeds_that_read


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a message on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except BrokenPipeError:  # extract | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        if not error.name or error.name.partition(".")[0] == "analysis":
            raise
        print(
            f"analysis: this Python has no package {error.name}; activate the environment that `make lab` made "
            "(. .venv/bin/activate), or run: pip install -r requirements.txt",
            file=sys.stderr,
        )
        return 1
    except (SeedError, ValueError, OSError) as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Who claims what in Arabic news articles, with which figures and dates.",
        epilog="Start with: python -m analysis check",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    check = commands.add_parser("check", help="report on the seeds: what was read, and what in them does not fit")
    check.add_argument("folder", nargs="?", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    check.set_defaults(run=_check)

    tables = commands.add_parser("tables", help="write all tables as CSV, with a datapackage.json")
    tables.add_argument("folder", nargs="?", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    tables.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if missing")
    tables.set_defaults(run=_tables)

    report = commands.add_parser("report", help="write a report.html that needs nothing else, with tables and figures")
    report.add_argument("folder", nargs="?", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    report.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if missing")
    report.set_defaults(run=_report)

    export = commands.add_parser("export", help="write what was found for other programs")
    export.add_argument("folder", nargs="?", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if missing")
    export.add_argument(
        "--format",
        required=True,
        choices=["csv", "xlsx", "timelinejs", "annotations", "jsonl"],
        help="tables for spreadsheets (csv, xlsx), events (timelinejs), W3C Web Annotations, or records (jsonl)",
    )
    export.set_defaults(run=_export)

    extract = commands.add_parser("extract", help="write what was found in each article as one JSON object a line")
    extract.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="an article (.txt), a folder of them, or a seed by its name"
    )
    extract.add_argument("--format", choices=["jsonl"], default="jsonl", help="form of the output (default: jsonl)")
    extract.set_defaults(run=_extract)

    explain = commands.add_parser("explain", help="show by sentence which rule found what, and what was refused")
    explain.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="an article (.txt), a folder of them, or a seed by its name"
    )
    explain.set_defaults(run=_explain)

    evaluate = commands.add_parser("evaluate", help="compare the rules with annotated articles: precision, recall, F1")
    evaluate.add_argument("folder", nargs="?", type=Path, help="annotated articles (default: tests/articles)")
    evaluate.add_argument("--errors", action="store_true", help="list every wrong, missed and spurious item")
    evaluate.set_defaults(run=_evaluate)

    add = commands.add_parser("add", help="take an article from a text, a saved page or an e-mail into the seeds")
    add.add_argument("files", nargs="+", metavar="FILE", help="text, HTML, .eml or .mhtml; - reads pasted text")
    add.add_argument("--folder", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    add.add_argument("--id", help="name of the seed (default: made from the title or the file's name)")
    add.add_argument("--published", metavar="DAY", help="day of publication, as in 2026-01-21")
    add.add_argument("--outlet", help="who published it")
    add.add_argument("--title", help="its title")
    add.add_argument("--url", help="where it was published")
    add.add_argument("--story", help="name of the event that it reports on, the same for all articles on it")
    add.add_argument("--replace", action="store_true", help="overwrite a seed of that name")
    add.set_defaults(run=_add)

    correction = commands.add_parser(
        "correct",
        help="set one thing right that the rules got wrong, for this and every later run",
        epilog="Fields: " + "; ".join(f"{name}: {what}" for name, what in FIELDS.items()),
    )
    correction.add_argument("seed", metavar="SEED", help="name of the article, without .txt")
    correction.add_argument("--quote", required=True, metavar="WORDS", help="the words of the article that it is about")
    correction.add_argument("--field", required=True, choices=list(FIELDS), metavar="FIELD", help="what is set right")
    correction.add_argument("--value", default="", help="what is right")
    correction.add_argument("--prefix", default="", metavar="WORDS", help="words before the quoted ones")
    correction.add_argument("--suffix", default="", metavar="WORDS", help="words after the quoted ones")
    correction.add_argument("--note", default="", help="why")
    correction.add_argument("--who", default="", help="who says so")
    correction.add_argument("--folder", type=Path, help="folder of articles (default: seeds/, or $SEEDS_DIR)")
    correction.add_argument("--replace", action="store_true", help="replace the correction that these words have")
    correction.set_defaults(run=_correct)

    corpus = commands.add_parser("corpus", help="analyse an archive into Parquet files, on all cores or on a cluster")
    corpus.add_argument("inputs", nargs="+", metavar="IN", help="a folder, a .txt, .jsonl or .csv file, or a glob")
    corpus.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if missing")
    corpus.add_argument("--workers", type=int, default=1, metavar="N", help="processes to work with (default: 1)")
    corpus.add_argument("--scheduler", metavar="ADDRESS", help="Dask scheduler to work on, as in tcp://10.0.0.1:8786")
    corpus.add_argument("--text", default="text", metavar="COLUMN", help="what holds the text in JSONL and CSV")
    corpus.set_defaults(run=_corpus)

    bench = commands.add_parser("bench", help="measure speed, memory and growth on this machine")
    bench.add_argument("--articles", type=int, default=500, metavar="N", help="articles to generate (default: 500)")
    bench.add_argument("--notebooks", action="store_true", help="time the notebooks too, beside bare kernels")
    bench.set_defaults(run=_bench)
    return parser


def _analysed(paths: Sequence[Path]) -> Iterator[Analysis]:
    """Analyse articles and folders of them, each with the corrections that stand beside it."""
    read = [
        (read_seeds(path), read_corrections(path))
        if path.is_dir()
        else ([read_article(path)], read_corrections(path.parent))
        for path in map(_article_path, paths)
    ]
    for articles, corrections in read:
        yield from analyse_articles(articles, corrections)


def _article_path(path: Path) -> Path:
    """Return the file of a seed that is given by its name alone, as the tables show it; else the path as given."""
    if path.exists() or path.name != str(path) or not (seeds := _seeds_or_none()):
        return path
    named = seeds / f"{path.name.removesuffix('.txt')}.txt"
    return named if named.exists() else path


def _seeds_or_none() -> Path | None:
    try:
        return seeds_folder()
    except SeedError:
        return None


def _analyses(folder: Path | None) -> list[Analysis]:
    """Analyse a folder with its corrections; name those that are lost on standard error."""
    analyses = analyse_seeds(folder)
    for lost in [*(row for analysis in analyses for row in analysis.lost), *without_seed(folder)]:
        print(f"analysis: {_lost_text(lost)}", file=sys.stderr)
    return analyses


def _lost_text(lost: Lost) -> str:
    correction = lost.correction
    return f"corrections.csv, line {correction.line}: the correction of {correction.field} is lost: {lost.reason}"


def _check(given: argparse.Namespace) -> int:
    from analysis.check import find_remarks, summary

    articles, faults = seeds_that_read(given.folder)
    corrections: list[Correction] = []
    astray: list[Lost] = []
    try:
        corrections = read_corrections(given.folder)
        astray = without_seed(given.folder)
    except CorrectionError as error:
        faults = [*faults, *error.faults]
    wrong = len(faults)
    for analysis in analyse_articles(articles, corrections):
        print(summary(analysis))
        for remark in find_remarks(analysis):
            wrong += remark.kind == "fault"
            print(f"  {remark.kind}: {remark.text}" + ("" if remark.start is None else f" (character {remark.start})"))
    for lost in astray:
        print(f"{lost.correction.seed}:\n  gap: {_lost_text(lost)}")
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if wrong else 0


def _tables(given: argparse.Namespace) -> int:
    from analysis.export import write_tables

    for path in write_tables(_analyses(given.folder), given.out):
        print(path)
    return 0


def _report(given: argparse.Namespace) -> int:
    import matplotlib

    from analysis.report import write_report

    matplotlib.use("Agg")
    print(write_report(_analyses(given.folder), given.out)[0])
    return 0


def _export(given: argparse.Namespace) -> int:
    from analysis.export import export

    for path in export(_analyses(given.folder), given.out, given.format):
        print(path)
    return 0


def _extract(given: argparse.Namespace) -> int:
    from analysis.records import as_record

    for analysis in _analysed(given.paths):
        print(json.dumps(as_record(analysis), ensure_ascii=False))
    return 0


def _explain(given: argparse.Namespace) -> int:
    from analysis.explain import explain

    for analysis in _analysed(given.paths):
        print(explain(analysis))
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    from analysis.evaluate import evaluate, format_scores, read_annotated
    from analysis.records import as_record

    folder = given.folder or Path(__file__).resolve().parent.parent / "tests" / "articles"
    records = {a.id: as_record(analyse(a)) for a in read_seeds(folder)}
    found = evaluate(read_annotated(folder), records)
    print(format_scores(found))
    if given.errors:
        for difference in found.differences:
            print(difference.line(), file=sys.stderr)
    return 0


def _add(given: argparse.Namespace) -> int:
    from analysis.adding import add_seed

    if given.id and len(given.files) > 1:
        raise ValueError("--id names one seed: give one FILE with it")
    for file in given.files:
        added = add_seed(
            file if file == "-" else Path(file),
            given.folder,
            id=given.id,
            published=given.published,
            outlet=given.outlet,
            title=given.title,
            url=given.url,
            story=given.story,
            replace=given.replace,
        )
        print(added)
    return 0


def _correct(given: argparse.Namespace) -> int:
    applied = correct(
        given.folder,
        given.seed,
        given.quote,
        given.field,
        given.value,
        prefix=given.prefix,
        suffix=given.suffix,
        note=given.note,
        who=given.who,
        again=given.replace,
    )
    row = applied.correction
    said = f"{row.field}: {row.value or 'yes'}" + (f" (before: {applied.before})" if applied.before else "")
    print(f"corrections.csv, line {row.line}: {applied.target}: {said}")
    return 0


def _corpus(given: argparse.Namespace) -> int:
    from analysis.corpus import analyse_corpus

    if given.workers < 1:
        raise ValueError("--workers is the number of processes: 1 or more")
    try:
        done = analyse_corpus(
            given.inputs,
            given.out,
            workers=given.workers,
            scheduler=given.scheduler,
            text=given.text,
            progress=True,
        )
    except KeyboardInterrupt:
        print("analysis: stopped; the same command goes on where it stopped", file=sys.stderr)
        return 130
    print(f"{done.documents:,} articles in {given.out}: {done.failed:,} failed, {done.kept:,} kept from before")
    return 0


def _bench(given: argparse.Namespace) -> int:
    from analysis.bench import bench

    if given.articles < 1:
        raise ValueError("--articles is a number of articles: 1 or more")
    for line in bench(given.articles, given.notebooks):
        print(line, flush=True)
    return 0
