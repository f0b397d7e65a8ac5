"""The process that reads ahead: files go in, what they say comes out in the same order.

Not by `multiprocessing`'s processes: those import the caller's script anew, get the terminal's Ctrl-C, and outlive a
caller that is killed. This one ends where nobody sends any more.
"""

from __future__ import annotations

import copyreg
import sys
from collections import deque
from contextlib import suppress
from dataclasses import fields
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from operator import attrgetter
from queue import SimpleQueue
from subprocess import DEVNULL, Popen
from threading import Thread
from typing import TYPE_CHECKING

from store.reading_ahead import attempt
from store.records import Goal, Incident, Item, Metric, Milestone, Report, Section, Update

if TYPE_CHECKING:
    from store.reading_ahead import Reading

AT_HAND = 3  # files: it goes on with the next while its answer waits for the one that stores to come by
_File = tuple[bytes, str]


def _send_as_arguments(record: type) -> None:
    """Pickle a record as its class and what that was called with: what dataclasses with slots do by themselves takes
    twice the time."""
    told = attrgetter(*(field.name for field in fields(record)))
    copyreg.pickle(record, lambda one: (record, told(one)))


for _record in (Report, Section, Item, Update, Milestone, Metric, Incident, Goal):
    _send_as_arguments(_record)


class ReadingProcess:
    """The readings that it is given get what they say noted on them. One that has died is given nothing."""

    def __init__(self) -> None:
        self._pipe, there = Pipe()
        serving = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import _serve; _serve({there.fileno()})"
        self._process = Popen(
            [sys.executable, "-P", "-c", serving], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
            pass_fds=[there.fileno()], start_new_session=True,
        )  # fmt: skip
        there.close()
        self._given: deque[Reading] = deque()
        self._is_ready = False
        self._is_gone = False

    def feed(self, unread: deque[Reading]) -> None:
        """Note the answers that are there, and give the process of the `unread` as many as it should have at hand."""
        while not self._is_gone and self._has_answered():
            self.wait()
        while self._is_ready and not self._is_gone and unread and len(self._given) < AT_HAND:
            self._give(unread.popleft())

    def is_reading(self, reading: Reading) -> bool:
        """Whether the reading was given to the process and isn't answered."""
        return reading in self._given

    def wait(self) -> None:
        """Note the next answer, once it is there: the first says that the process has started."""
        try:
            said = self._pipe.recv()
        except (OSError, EOFError):
            self._die()
            return
        reading = self._given.popleft() if self._is_ready else None
        if reading is not None and said is not None:
            reading.said = said
        self._is_ready = True

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.wait()
        self._die()

    def _give(self, reading: Reading) -> None:
        try:
            self._pipe.send((reading.content, reading.file.source))
            self._given.append(reading)
        except OSError:
            self._die()

    def _has_answered(self) -> bool:
        try:
            return self._pipe.poll()
        except OSError:
            return True  # there is nobody: `wait` finds that out

    def _die(self) -> None:
        self._is_gone = True
        self._given.clear()
        self._pipe.close()


def _serve(handle: int) -> None:
    """Answer file by file. A thread takes the files from the pipe, so that whoever gives one never waits for its own
    answers to be taken."""
    pipe: Connection = Connection(handle)
    files: SimpleQueue[_File | None] = SimpleQueue()
    Thread(target=_receive, args=(pipe, files), daemon=True).start()
    with suppress(OSError):
        pipe.send(None)
        while (file := files.get()) is not None:
            pipe.send(attempt(*file))


def _receive(pipe: Connection, files: SimpleQueue[_File | None]) -> None:
    with suppress(OSError, EOFError):
        while True:
            files.put(pipe.recv())
    files.put(None)
