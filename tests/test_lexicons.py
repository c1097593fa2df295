"""Word lists: every row is found in its own example, and a broken list is named with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis import lexicons
from analysis.lexicons import Entry, LexiconError, load, matches_example
from analysis.text import tokenize
from analysis.verbs import read_cue

NAMES = sorted(path.stem for path in (Path(lexicons.__file__).parent / "lexicons").glob("*.csv"))
Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Yield a function that stores the text of a list under the name `made`."""
    monkeypatch.setattr(lexicons, "_FOLDER", tmp_path)

    def write(text: str) -> str:
        (tmp_path / "made.csv").write_text(text, encoding="utf-8")
        return "made"

    load.cache_clear()
    yield write
    load.cache_clear()


def rows() -> list[tuple[str, Entry]]:
    return [(name, entry) for name in NAMES for entry in load(name).entries]


def test_lists_are_found() -> None:
    assert {"particles", "reporting_verbs", "roles", "speakers", "units"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_matches_its_example(name: str) -> None:
    lexicon = load(name)
    assert [e.surface for e in lexicon.entries if not _matches(name, e)] == []


def _matches(name: str, entry: Entry) -> bool:
    if name != "reporting_verbs":
        return matches_example(load(name), entry)
    # Verbs are looked up by their forms: أكد by أكدت, يؤكد, مؤكداً.
    cues = [read_cue(form) for form in tokenize(entry.example).words]
    return any(cue is not None and cue.verb.surface == entry.surface for cue in cues)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_clean(name: str) -> None:
    for entry in load(name).entries:
        assert entry.keys and all(entry.keys)
        for cell in (entry.surface, entry.tag, entry.value, entry.example, *entry.extra.values()):
            assert cell == cell.strip() and "  " not in cell, entry.surface


def test_every_frame_is_read_by_a_rule() -> None:
    folder = Path(lexicons.__file__).parent
    rules = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in ("attribution", "complements", "refusals", "subjects", "verbs")
    )
    frames = {frame for entry in load("reporting_verbs").entries for frame in entry.extra["frames"].split()}
    assert sorted(frame for frame in frames if f'"{frame}"' not in rules) == []


def test_a_phrase_is_found_before_its_first_word(write: Write) -> None:
    name = write("surface,tag,value,example\nكانون,x,,كانون\nكانون الثاني,month,1,كانون الثاني\n")
    found = load(name).find(tokenize("في كانون الثاني"), 1)
    assert found and (found.entry.value, found.first, found.stop) == ("1", 1, 3)


def test_prefixes_and_spelling_are_no_rows(write: Write) -> None:
    lexicon = load(write("surface,tag,value,example\nوزارة,organisation,f,وزارة\n"))
    for text, proclitics in (("وزاره", ""), ("ووِزارة", "و"), ("للوزارة", "لال"), ("والوزارة", "وال")):
        found = lexicon.find(tokenize(text), 0)
        assert found and found.proclitics == proclitics, text
    assert lexicon.find(tokenize("وزاراتهم"), 0) is None
    assert [lexicon.find(tokenize("وزارة"), i) for i in (-2, -1, 1, 2)] == [None] * 4
    assert lexicon.tags() == {"organisation"}


def test_further_columns_are_kept(write: Write) -> None:
    (entry,) = load(write("surface,tag,value,example,present\nقال,say,,قال,يقول\n")).entries
    assert entry.extra == {"present": "يقول"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("form,tag,value,example\nقال,say,,قال\n", "the first columns must be surface, tag, value, example"),
        ("", "the first columns must be surface, tag, value, example"),
        ("surface,tag,value,example\nقال,say,,قال\n,say,,قال\n", "line 3: surface, tag and example may not be empty"),
        ("surface,tag,value,example\nقال,,,قال\n", "line 2: surface, tag and example may not be empty"),
        ("surface,tag,value,example\nقال,say,,\n", "line 2: surface, tag and example may not be empty"),
        (
            "surface,tag,value,example\nإلى,to,,إلى\nأن,that,,أن\nالى,to,,الى\n",
            "line 4: الى folds to the same form as line 2",
        ),
    ],
)
def test_a_broken_list_is_named_with_its_line(write: Write, text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=f"made.csv.*{message}"):
        load(write(text))


def test_a_row_that_does_not_match_is_told(write: Write) -> None:
    lexicon = load(write("surface,tag,value,example\nقال,say,,ذهب الوزير\n"))
    assert not matches_example(lexicon, lexicon.entries[0])
