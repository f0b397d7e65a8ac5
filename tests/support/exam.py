"""How well questions are answered: those of `tests/exam/`, written by somebody who saw only the reports.

`make exam` prints accuracy, wrong answers, abstention and citations per kind of question, and with `ARGS=-v` every
answer that isn't right. `python tests/support/exam.py QUESTIONS REPORTS` examines other questions on other reports.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.answers.ask import Asker
from bot.bootstrap import build_asker
from bot.render.json import render_json
from store.intake import candidates
from store.library import Library
from store.words.normalise import fold

ROOT = Path(__file__).resolve().parents[2]
EXAM, SEEDS = ROOT / "tests" / "exam", ROOT / "seeds"
NOW = datetime(2024, 1, 1, tzinfo=UTC)


class Mark(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    WRONG = "wrong"  # says what is false, or answers what the reports don't answer
    SHORT = "short"  # answers, and leaves out what was asked for
    PASSED = "passed"  # "the reports don't say", though they do


@dataclass(frozen=True)
class Marked:
    """One question with its answer, what it is worth, the lines it should have cited, and those that it did cite."""

    question: dict[str, Any]
    answer: dict[str, Any]
    mark: Mark
    why: str
    cited: int

    @property
    def kind(self) -> str:
        """The kind by which the question is counted."""
        return str(self.question["kind"][0])


def questions(folder: Path) -> list[dict[str, Any]]:
    """Every question of the folder's TOML files, or of one file."""
    files = [folder] if folder.is_file() else sorted(folder.glob("*.toml"))
    return [question for file in files for question in tomllib.loads(file.read_text(encoding="utf-8"))["question"]]


def mark(question: dict[str, Any], answer: dict[str, Any], reports: str) -> Marked:
    """What the answer is worth: every fact that it should hold is there, and none that it must not."""
    text, first = fold(answer["text"]), fold(answer["text"].split("\n", 1)[0])
    false = [said for said in question.get("never", ()) if fold(said) in text]
    missing = [said for said in question.get("says", ()) if not _said(said, text)]
    missing += [f"first: {said}" for said in question.get("first", ()) if not _said(said, first)]
    cited = sum(_cited(entry, answer["citations"], reports) for entry in question.get("cites", ()))
    if false or (answer["found"] and not question["found"]):
        return Marked(question, answer, Mark.WRONG, f"says {false}" if false else "found", cited)
    if question["found"] and not answer["found"] and answer["kind"] != "choice":
        return Marked(question, answer, Mark.PASSED, f"not found; wanted {missing}", cited)
    return Marked(question, answer, Mark.SHORT if missing else Mark.RIGHT, f"lacks {missing}", cited)


def _said(said: str | list[str], text: str) -> bool:
    return any(fold(form) in text for form in ([said] if isinstance(said, str) else said))


def _cited(entry: list[Any], citations: Iterable[dict[str, Any]], reports: str) -> bool:
    places = [entry] if isinstance(entry[0], str) else entry
    return any(c["source"] == reports + source and c["line_start"] <= line <= c["line_end"]
               for source, line in places for c in citations)  # fmt: skip


@contextlib.contextmanager
def examined(folder: Path) -> Iterator[Asker]:
    """An asker over the reports of a folder."""
    with tempfile.TemporaryDirectory() as place:
        library = Library.open(f"{place}/exam.db", create=True)
        for outcome in library.ingest(candidates([folder]), NOW):
            assert outcome.status == "added", outcome
        yield build_asker(library)
        library.close()


def examine(questions_from: Path = EXAM, reports: Path = SEEDS) -> list[Marked]:
    """Every question answered and marked."""
    with examined(reports) as asker:
        prefix = f"{reports}/"
        return [
            mark(q, render_json(asker.ask(q["ask"], date.fromisoformat(q["today"]))), prefix)
            for q in questions(questions_from)
        ]


def share(part: int, whole: int) -> str:
    """A percentage, or a dash where there is nothing to share."""
    return f"{part / whole:6.1%}" if whole else "     -"


def figures(marked: Iterable[Marked]) -> Iterator[str]:
    """A line for each kind and one for all: how many, right, wrong, what can't be answered and isn't, citations."""
    kinds: dict[str, list[Marked]] = defaultdict(list)
    for one in marked:
        kinds[one.kind].append(one)
    yield f"{'kind':12}{'asked':>6}{'right':>8}{'wrong':>8}{'passed':>8}{'refused':>9}{'cited':>8}"
    every = [one for group in kinds.values() for one in group]
    for name, group in [*sorted(kinds.items()), ("all", every)]:
        count = {each: sum(one.mark is each for one in group) for each in Mark}
        unsaid = [one for one in group if not one.question["found"]]
        answered = [one for one in group if one.question["found"] and one.mark is Mark.RIGHT]
        wanted = sum(len(one.question.get("cites", ())) for one in answered)
        yield (
            f"{name:12}{len(group):6}{share(count[Mark.RIGHT], len(group)):>8}{share(count[Mark.WRONG], len(group)):>8}"
            f"{share(count[Mark.PASSED], len(group)):>8}"
            f"{share(sum(one.mark is Mark.RIGHT for one in unsaid), len(unsaid)):>9}"
            f"{share(sum(one.cited for one in answered), wanted):>8}"
        )


def main() -> None:
    """Print the figures, and with -v every answer that isn't right or lacks a citation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=EXAM)
    parser.add_argument("reports", nargs="?", type=Path, default=SEEDS)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    marked = examine(given.questions, given.reports)
    for one in marked if given.verbose else ():
        lacks = len(one.question.get("cites", ())) - one.cited if one.question["found"] else 0
        if one.mark is not Mark.RIGHT or lacks:
            said = f"{one.mark} {one.why}" if one.mark is not Mark.RIGHT else f"{lacks} lines not cited"
            print(f"\n{one.question['id']} [{one.answer['kind']}, wanted {'/'.join(one.question['kind'])}] {said}")
            print(f"  ? {one.question['ask']} ({one.question['today']}) {one.question.get('cites', '')}")
            print("  " + "\n  ".join(one.answer["text"].split("\n")[:12]))
    sys.stdout.writelines(f"{line}\n" for line in figures(marked))


if __name__ == "__main__":
    main()
