"""Run the pack from the command line: one function a command, and messages that name the file.

Commands import what they need when they run, so that `extract` starts without pandas.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.claims import Analysis, analyse
from analysis.seeds import Article, SeedError, read_article, read_seeds, seeds_that_read


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a message on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except (SeedError, ValueError, OSError) as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


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
    extract.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="an article (.txt) or a folder of them")
    extract.add_argument("--format", choices=["jsonl"], default="jsonl", help="form of the output (default: jsonl)")
    extract.set_defaults(run=_extract)

    explain = commands.add_parser("explain", help="show by sentence which rule found what, and what was refused")
    explain.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="an article (.txt) or a folder of them")
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
    return parser


def _articles(paths: Sequence[Path]) -> list[Article]:
    found: list[Article] = []
    for path in paths:
        if path.is_dir():
            found += read_seeds(path)
        else:
            found.append(read_article(path))
    return found


def _analyses(folder: Path | None) -> list[Analysis]:
    return [analyse(article) for article in read_seeds(folder)]


def _check(given: argparse.Namespace) -> int:
    from analysis.check import find_remarks, summary

    articles, faults = seeds_that_read(given.folder)
    wrong = len(faults)
    for article in articles:
        analysis = analyse(article)
        print(summary(analysis))
        for remark in find_remarks(analysis):
            wrong += remark.kind == "fault"
            print(f"  {remark.kind}: {remark.text}" + ("" if remark.start is None else f" (character {remark.start})"))
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

    for article in _articles(given.paths):
        print(json.dumps(as_record(analyse(article)), ensure_ascii=False))
    return 0


def _explain(given: argparse.Namespace) -> int:
    from analysis.explain import explain

    for article in _articles(given.paths):
        print(explain(analyse(article)))
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    from analysis.evaluate import evaluate, format_scores, read_annotated
    from analysis.records import as_record

    folder = given.folder or Path("tests/articles")
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
