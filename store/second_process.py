"""A second process of the program that does work ahead: tasks go in, what comes of them is noted in the same order.

Not by `multiprocessing`'s processes: those import the caller's script anew, get the terminal's Ctrl-C, and outlive a
caller that is killed. This one ends where nobody sends any more.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from subprocess import DEVNULL, Popen
from threading import Thread
from typing import Any, Generic, Protocol, TypeVar


class Task(Protocol):
    """What can be sent to the process, and where what comes of it is noted."""

    @property
    def given(self) -> Any:
        """What is sent."""

    def note(self, said: Any) -> None:
        """Keep what came of it."""


Tasks = TypeVar("Tasks", bound=Task)


class SecondProcess(Generic[Tasks]):
    """The tasks that it is given get what comes of them noted. One that has died is given nothing."""

    def __init__(self, serving: str, at_hand: int, *arguments: str) -> None:
        """Call the function `module:name` over there with the pipe's handle and the arguments, to `serve`; so many
        tasks wait there at most. Raises OSError where no process can be started."""
        self._pipe, there = Pipe()
        module, _, name = serving.partition(":")
        call = f"{name}{(there.fileno(), *arguments)!r}" if arguments else f"{name}({there.fileno()})"
        code = f"import sys; sys.path[:] = {sys.path!r}; from {module} import {name}; {call}"
        try:
            self._process = Popen(
                [sys.executable, "-P", "-c", code], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
                pass_fds=[there.fileno()], start_new_session=True,
            )  # fmt: skip
        finally:
            there.close()
        self._at_hand = at_hand
        self._given: deque[Tasks] = deque()
        self._is_ready = False
        self._is_gone = False

    def feed(self, waiting: deque[Tasks]) -> None:
        """Note the answers that are there, and give the process as many of those `waiting` as it should have at
        hand."""
        while not self._is_gone and self._has_answered():
            self.wait()
        while self._is_ready and not self._is_gone and waiting and len(self._given) < self._at_hand:
            self._give(waiting.popleft())

    def is_at(self, task: Tasks) -> bool:
        """Whether the task was given to the process and isn't answered."""
        return task in self._given

    def wait(self) -> None:
        """Note the next answer, once it is there: the first says that the process has started."""
        try:
            said = self._pipe.recv()
        except (OSError, EOFError):
            self._die()
            return
        task = self._given.popleft() if self._is_ready else None
        if task is not None and said is not None:
            task.note(said)
        self._is_ready = True

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.wait()
        self._die()

    def _give(self, task: Tasks) -> None:
        try:
            self._pipe.send(task.given)
            self._given.append(task)
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


def serve(handle: int, attempt: Callable[[Any], Any]) -> None:
    """Over there: do task by task what `attempt` does, which gives None where whoever sent it should do it. A thread
    takes the tasks from the pipe, so that whoever gives one never waits for its own answers to be taken."""
    pipe: Connection = Connection(handle)
    tasks: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    with suppress(OSError):
        pipe.send(None)
        while (task := tasks.get()) is not None:
            pipe.send(attempt(task))


def _receive(pipe: Connection, tasks: SimpleQueue[Any]) -> None:
    with suppress(OSError, EOFError):
        while True:
            tasks.put(pipe.recv())
    tasks.put(None)
