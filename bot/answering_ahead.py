"""Many questions at once, each standing alone: most answered by a second process, in the order in which they came.

What goes wrong over there (a question that breaks, a process that dies or can't be started) is left to whoever prints
the answers: there it is answered again, and there its error counts. Where questions come one by one, each is answered
before the next is waited for.
"""

from __future__ import annotations

import codecs
import gc
import io
import json
import os
import select
import sys
from collections import deque
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bot.answers.ask import Asker
    from store.second_process import SecondProcess

ALONE = 16  # questions at hand: for fewer than these a second process isn't worth starting
AT_ONCE = 64  # questions that are held with their answers
AT_HAND = 6  # questions: a slow one over here must not leave the other process without
# New objects after which Python looks for cycles among them. Answers make many records and no cycles: at Python's own
# 700 looking took an eighth of their time.
COLLECT_AFTER = 20_000
More = Callable[[bool], str | None]
"""The next line. Without waiting (False) None where none is at hand, else None at the end."""


class Question:
    """A line, and its answer as JSON once there is one."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.said: str | None = None

    def note(self, said: str) -> None:
        """Keep the answer."""
        self.said = said


def answer_json(asker: Asker, question: str, day: date) -> str:
    """The answer as a line of JSON."""
    from bot.render.json import render_json

    return json.dumps(render_json(asker.ask(question, day)), ensure_ascii=False)


def answer_ahead(
    more: More, answer: Callable[[str], str], start: Callable[[], SecondProcess[Question]]
) -> Generator[Question]:
    """The questions in their order, those with an answer that was found ahead: the others are to be answered now.

    Close the iterator to end the second process before its work is done.
    """
    waiting: deque[Question] = deque()  # to be printed, in order
    open_ones: deque[Question] = deque()  # those of them that nobody has begun to answer
    process: SecondProcess[Question] | None = None
    tried = False
    try:
        while _filled(waiting, open_ones, more):
            if open_ones and open_ones[0] is waiting[0]:
                open_ones.popleft()  # whoever prints it answers it
            if len(open_ones) >= ALONE and not tried:
                tried = True
                with suppress(OSError):  # where the system starts none, all is answered here
                    process = start()
            if process is not None:
                process.feed(open_ones)
            if process is not None and process.is_at(waiting[0]):
                _meanwhile(process, open_ones, answer)
            else:
                yield waiting.popleft()
    finally:
        if process is not None:
            process.end()


def _filled(waiting: deque[Question], open_ones: deque[Question], more: More) -> bool:
    """Take what is at hand, and wait only where nothing is; whether there is a question to be answered."""
    while len(waiting) < AT_ONCE and (line := more(not waiting)) is not None:
        waiting.append(Question(line.rstrip("\r\n")))
        open_ones.append(waiting[-1])
    return bool(waiting)


def _meanwhile(process: SecondProcess[Question], open_ones: deque[Question], answer: Callable[[str], str]) -> None:
    """Answer a question rather than wait for the process."""
    if not open_ones:
        process.wait()
        return
    question = open_ones.popleft()
    question.said = attempt(answer, question.given)


def attempt(answer: Callable[[str], str], question: str) -> str | None:
    """The answer; None for a question that breaks: whoever prints it asks it again, and meets the error."""
    try:
        return answer(question)
    except Exception:
        return None


class Lines:
    """The lines of a pipe or file, as text streams give them: UTF-8 with � for what is none, any end of line."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")("replace"), translate=True)
        self._lines: deque[str] = deque()
        self._rest, self._ended = "", False

    def more(self, wait: bool) -> str | None:
        """The next line, see `More`."""
        timeout = None if wait else 0
        while not self._lines and not self._ended and select.select([self._handle], [], [], timeout)[0]:
            self._read()
        return self._lines.popleft() if self._lines else None

    def _read(self) -> None:
        said = os.read(self._handle, 2**16)
        self._ended = not said
        *lines, self._rest = (self._rest + self._decoder.decode(said, self._ended)).split("\n")
        self._lines.extend(lines)
        if self._ended and self._rest:
            self._lines.append(self._rest)


def lines_of(stream: TextIO) -> More:
    """The lines of a stream; where it can't be asked whether one is at hand, none ever is."""
    try:
        handle = stream.fileno()
    except OSError:
        return lambda wait: next(stream, None) if wait else None
    if stream.isatty() or sys.platform == "win32":
        return lambda wait: next(stream, None) if wait else None
    return Lines(handle).more


def start(database: str, language: str, day: date) -> SecondProcess[Question]:
    """The process that answers from the same database; raises OSError where none can be started."""
    from store.second_process import SecondProcess  # what starts processes is loaded when one is started

    return SecondProcess(f"{__name__}:_serve", AT_HAND, database, language, day.isoformat())


def _serve(handle: int, database: str, language: str, day: str) -> None:
    from bot.bootstrap import build_asker
    from store.library import Library
    from store.second_process import serve

    gc.set_threshold(COLLECT_AFTER)
    asker = build_asker(Library.open(database), language)
    on = date.fromisoformat(day)
    serve(handle, lambda question: attempt(lambda text: answer_json(asker, text, on), question))
