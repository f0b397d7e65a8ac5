"""The terminal chat, and the tour that shows what it can do where nobody sits at the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import date

from rich.console import Console

from bot.answers.ask import Asker
from bot.answers.model import Answer
from bot.render.terminal import print_answer
from bot.strings import TOUR

Ask = Callable[[str], Answer]
_LEAVE = frozenset({"exit", "quit", "q", ":q", "退出", "再见", "bye"})


def chat(asker: Asker, today: date, console: Console, prompt: Callable[[], str]) -> None:
    """Answer question after question until the input ends or the person leaves."""
    print_answer(console, asker.ask("帮助", today))
    while True:
        try:
            question = prompt().strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if question.casefold().strip("/") in _LEAVE:
            return
        if question:
            print_answer(console, asker.ask(question, today))
            console.print()


def answer_lines(asker: Asker, today: date, console: Console, lines: Iterable[str]) -> None:
    """Answer each line of piped input, the question above its answer."""
    for line in lines:
        if question := line.strip():
            _shown(asker, today, console, question)


def tour(asker: Asker, today: date, console: Console) -> None:
    """A few real questions with their answers."""
    for question in TOUR:
        _shown(asker, today, console, question)


def _shown(asker: Asker, today: date, console: Console, question: str) -> None:
    console.print(f"> {question}", style="bold cyan", markup=False)
    print_answer(console, asker.ask(question, today))
    console.print()


def terminal_prompt() -> Callable[[], str]:
    """A prompt with line editing and history, where Python has readline."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (importing it is what gives input() its line editing)
    return lambda: input("周知> ")
