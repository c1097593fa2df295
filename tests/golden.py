"""Write the golden tables: `make golden`. Read the difference by eye before it is committed.

Three articles of `tests/articles` are frozen; what the rules find in them stands in `tests/golden` and changes only
where somebody has looked.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.claims import analyse
from analysis.seeds import read_seeds
from analysis.tables import TABLES

HERE = Path(__file__).parent
FOLDER = HERE / "golden"
ARTICLES = ("agency-flash", "central-bank", "prison-attack")
COLUMNS = {
    "claims": "start end source source_mention source_form via cue act attribution quoted hedges inside rule text",
    "quantities": "start end value low high mod counted role group place claimant text",
    "dates": "start end type unresolved value mod basis reason rule text",
    "timeline": "order value precision basis label sources reason",
    "figures": "role claimant value low high derived formula status note text",
}


def tables() -> dict[str, str]:
    """Return what the golden files hold now: a CSV text for each file's name."""
    by_id = {article.id: analyse(article) for article in read_seeds(HERE / "articles")}
    found: dict[str, str] = {}
    for name in ARTICLES:
        for table, columns in COLUMNS.items():
            frame: pd.DataFrame = TABLES[table]([by_id[name]])
            found[f"{name}.{table}.csv"] = frame[columns.split()].to_csv(index=False, lineterminator="\n")
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in tables().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
        print(FOLDER / file)
