"""Run the pack from the command line: `python -m analysis --help`."""

from __future__ import annotations

import sys

from analysis.cli import main

if __name__ == "__main__":
    sys.exit(main())
