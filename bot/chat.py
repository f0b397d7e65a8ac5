"""The terminal chat, and the tour that shows what it can do where nobody sits at the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import date

from rich.console import Console

from bot.answers.ask import Asker
from bot.answers.model import Answer
from bot.question.query import Kind
from bot.render.terminal import print_answer, printable
from bot.strings import TOUR

Ask = Callable[[str], Answer]
_LEAVE = frozenset({"exit", "quit", "q", ":q", "退出", "再见", "bye"})


def chat(asker: Asker, today: date, console: Console, prompt: Callable[[], str]) -> None:
    """Answer question after question until the input ends or the person leaves; Ctrl-C only drops the line."""
    print_answer(console, asker.ask("帮助", today))
    offered: tuple[str, ...] = ()
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
        if question:
            answer = asker.ask(_chosen(question, offered), today)
            offered = answer.suggestions if answer.kind is Kind.CHOICE else ()
            print_answer(console, answer)
            console.print()


def _leaves(question: str) -> bool:
    return question.casefold().strip("/") in _LEAVE


def _chosen(question: str, offered: tuple[str, ...]) -> str:
    """`2` after a choice is its second reading."""
    number = int(question) if question.isascii() and question.isdigit() and len(question) < 3 else 0
    return offered[number - 1] if 0 < number <= len(offered) else question


def answer_lines(asker: Asker, today: date, console: Console, lines: Iterable[str]) -> None:
    """Answer each line of piped input, the question above its answer."""
    for line in lines:
        if _leaves(line.strip()):
            return
        if question := line.strip():
            _shown(asker, today, console, question)


def tour(asker: Asker, today: date, console: Console) -> None:
    """A few real questions with their answers."""
    for question in TOUR:
        _shown(asker, today, console, question)


def _shown(asker: Asker, today: date, console: Console, question: str) -> None:
    console.print(f"> {printable(question)}", style="bold cyan", markup=False)
    print_answer(console, asker.ask(question, today))
    console.print()


def terminal_prompt() -> Callable[[], str]:
    """A prompt with line editing and history, where Python has readline."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (importing it is what gives input() its line editing)
    return lambda: input("周知> ")
