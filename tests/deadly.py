"""Analyse documents, and die of one: the work of a process in test_corpus.py."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from analysis import corpus


def analyse_documents(documents: Sequence[corpus.Document]) -> corpus.Outcome:
    if any(document.place == "poison" for document in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return corpus.analyse_documents(documents)
