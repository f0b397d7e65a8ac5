"""The terminal chat, and the tour that shows what it can do where nobody sits at the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import date

from rich.console import Console

from bot.answers.ask import Asker, Turn
from bot.answers.model import Answer
from bot.objections import Objections, keep_words, objection
from bot.options import who
from bot.question.query import Kind
from bot.render.parts import printable
from bot.render.terminal import print_answer
from bot.strings import TOUR
from store.viewer import Viewer

Ask = Callable[[str], Answer]
_LEAVE = frozenset({"exit", "quit", "q", ":q", "退出", "再见", "bye"})


def chat(
    asker: Asker, today: date, console: Console, prompt: Callable[[], str], objections: Objections | None = None
) -> None:
    """Answer question after question until the input ends or the person leaves; Ctrl-C only drops the line.

    With `objections`, `不对：…` and `/wrong …` mark the answer before them as wrong.
    """
    turn = asker.converse("帮助", today)
    print_answer(console, turn.answer)
    while True:
        try:
            question = prompt().strip()
        except KeyboardInterrupt:
            console.print()
            continue
        except EOFError:
            console.print()
            return
        if _leaves(question):
            return
        if objections and (reason := objection(question)) is not None:
            _mark(objections, console, turn, reason)
        elif question:
            offered = turn.answer.suggestions if turn.answer.kind is Kind.CHOICE else ()
            turn = asker.converse(_chosen(question, offered), today, before=turn)
            print_answer(console, turn.answer)
            console.print()


def _leaves(question: str) -> bool:
    return question.casefold().strip("/") in _LEAVE


def _chosen(question: str, offered: tuple[str, ...]) -> str:
    """`2` after a choice is its second reading."""
    number = int(question) if question.isascii() and question.isdigit() and len(question) < 3 else 0
    return offered[number - 1] if 0 < number <= len(offered) else question


def answer_lines(
    asker: Asker, today: date, console: Console, lines: Iterable[str], objections: Objections | None = None
) -> None:
    """Answer each line of piped input, the question above its answer, each going on with the one before.

    With `objections`, lines that mark an answer as wrong do so, as in `chat`.
    """
    turn: Turn | None = None
    for line in lines:
        if _leaves(line.strip()):
            return
        question = line.strip()
        if objections and (reason := objection(question)) is not None:
            _mark(objections, console, turn, reason)
        elif question:
            turn = _shown(asker, today, console, question, turn)


def _mark(objections: Objections, console: Console, before: Turn | None, reason: str) -> None:
    """Keep what the person says of the answer before, and say that it is kept."""
    said = keep_words(objections, Viewer(who(None)), before, reason)
    console.print(printable(said), style="yellow", markup=False)
    console.print()


def tour(asker: Asker, today: date, console: Console) -> None:
    """A few real questions with their answers."""
    for question in TOUR:
        _shown(asker, today, console, question)


def _shown(asker: Asker, today: date, console: Console, question: str, before: Turn | None = None) -> Turn:
    console.print(f"> {printable(question)}", style="bold cyan", markup=False)
    offered = before.answer.suggestions if before and before.answer.kind is Kind.CHOICE else ()
    turn = asker.converse(_chosen(question, offered), today, before=before)
    print_answer(console, turn.answer)
    console.print()
    return turn


def terminal_prompt() -> Callable[[], str]:
    """A prompt with line editing and history, where Python has readline."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (importing it is what gives input() its line editing)
    return lambda: input("周知> ")
