"""Throw made-up texts at the analysis until one breaks a promise (run by `make fuzz`).

A finding is written to out/fuzz; a short form of it belongs into tests/fuzz/corpus, which every run begins with
and every `make test` checks.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    import atheris

    with atheris.instrument_imports(include=["analysis"]):
        from promises import check

    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
