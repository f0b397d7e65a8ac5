"""The process that reads ahead: files go in, what they say comes out.

Not by `multiprocessing`: its processes import the caller's script anew, get the terminal's Ctrl-C, and outlive a
caller that is killed. This one ends where nobody sends any more.
"""

from __future__ import annotations

import pickle
import select
import sys
from collections.abc import Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, Any

from store.reading_ahead import Said, read_file

_GONE = (OSError, EOFError, pickle.UnpicklingError)


class ReadingProcess:
    """Who asks takes the answer before asking again, so that neither side waits for the other to empty a full pipe.

    A process that has died answers nothing.
    """

    def __init__(self) -> None:
        serving = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import _serve; _serve()"
        self._process = Popen(
            [sys.executable, "-P", "-c", serving], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        self._is_ready = False
        self._is_gone = False

    def ask(self, files: Sequence[tuple[bytes, str]]) -> bool:
        """Begin to read the files (bytes, name), unless there are none, or the process is still starting or gone."""
        if files and self._has_started():
            try:
                _send(self._process.stdin, files)
            except _GONE:
                self._is_gone = True
            return not self._is_gone
        return False

    def answer(self) -> Sequence[Said | None]:
        """What the files say, once that is read; None for a file that can't be read."""
        try:
            answer: Sequence[Said | None] = _received(self._process.stdout)
        except _GONE:
            self._is_gone = True
            return ()
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.communicate()

    def _has_started(self) -> bool:
        if not self._is_ready:
            waiting = select.poll()
            assert self._process.stdout is not None
            waiting.register(self._process.stdout)
            if waiting.poll(0):
                self._is_ready = True
                self.answer()  # its greeting
        return self._is_ready and not self._is_gone


def _send(pipe: IO[bytes] | None, what: object) -> None:
    assert pipe is not None
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _received(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    return pickle.load(pipe)


def _serve() -> None:
    answer: Sequence[Said | None] = ()
    with suppress(*_GONE):
        while True:
            _send(sys.stdout.buffer, answer)
            answer = [_attempt(content, source) for content, source in _received(sys.stdin.buffer)]


def _attempt(content: bytes, source: str) -> Said | None:
    try:
        return read_file(content, source)
    except Exception:
        return None  # whoever stores the file reads it again, and meets the error there
