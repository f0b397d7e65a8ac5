"""A file's reports, read when they are asked for; of many files, read by a second process while others are stored.

Reading takes longer than storing, so that the one that stores reads, too, whatever the process hasn't begun. Reading is
pure, so a file says the same wherever it is read; and whatever goes wrong over there (a file that can't be read, a
process that dies or can't be started) is left to whoever stores the file: there it is read again, and there its error
counts.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from store.reading.formats import is_text, to_document
from store.records import Report

if TYPE_CHECKING:
    from store.intake import Candidate
    from store.reading_process import ReadingProcess

ALONE = 8  # files: for fewer than these a second process isn't worth starting
AT_ONCE = 16  # files that are held in memory, and their bytes
BYTES_AT_ONCE = 2**20
Said = tuple[tuple[Report, ...], tuple[str, ...] | None]


class Reading:
    """A candidate's reports, read when somebody asks for them: an unchanged file costs a hash."""

    def __init__(self, file: Candidate) -> None:
        self.file = file

    @property
    def content(self) -> bytes:
        """The file's bytes, none where it couldn't be opened."""
        return self.file.content or b""

    @property
    def given(self) -> tuple[bytes, str]:
        """What the second process is sent."""
        return self.content, self.file.source

    def note(self, said: Said) -> None:
        """Keep what the second process read."""
        self.said = said

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def said(self) -> Said:
        """What `read_file` finds; raises `UnreadableFile`."""
        return read_file(self.content, self.file.source)


def read_file(content: bytes, source: str) -> Said:
    """The reports of a file, oldest first, and its lines as a person sees them, None where they are those of the
    content as text; raises `UnreadableFile`."""
    from store.reading import read_reports  # loaded by whoever reads, and not by who only asks

    document = to_document(content, source)
    return read_reports(document, source), None if is_text(content, source) else document.lines


def attempt(content: bytes, source: str) -> Said | None:
    """What the file says; None for one that can't be read: whoever stores it reads it again, and meets the error."""
    try:
        return read_file(content, source)
    except Exception:
        return None


def read_ahead(readings: Iterable[Reading], wanted: Callable[[Reading], bool]) -> Generator[Reading]:
    """The readings in their order; where there are many, those `wanted` are read ahead, most of them by a second
    process, and by the one that stores where that has nothing to store yet.

    Close the iterator to end the second process before its work is done.
    """
    coming = iter(readings)
    yield from islice(coming, ALONE)
    waiting: deque[Reading] = deque()  # to be stored, in order
    unread: deque[Reading] = deque()  # those of them that nobody has begun to read
    process: ReadingProcess | None = None
    tried = False
    try:
        while _filled(waiting, unread, coming, wanted):
            if unread and unread[0] is waiting[0]:
                unread.popleft()  # whoever stores it reads it
            if unread and not tried:
                process, tried = _started(), True
            if process is not None:
                process.feed(unread)
            if process is not None and process.is_at(waiting[0]):
                _meanwhile(process, unread)
            else:
                yield waiting.popleft()
    finally:
        if process is not None:
            process.end()


def _filled(
    waiting: deque[Reading], unread: deque[Reading], coming: Iterator[Reading], wanted: Callable[[Reading], bool]
) -> bool:
    """Take as many of those `coming` as may be held; whether there is one to be stored."""
    while len(waiting) < AT_ONCE and sum(len(reading.content) for reading in waiting) < BYTES_AT_ONCE:
        if (reading := next(coming, None)) is None:
            break
        waiting.append(reading)
        if wanted(reading):
            unread.append(reading)
    return bool(waiting)


def _started() -> ReadingProcess | None:
    """The second process; None where the system starts none: all is read here, then."""
    from store.reading_process import ReadingProcess  # what starts processes is loaded when one is started

    try:
        return ReadingProcess()
    except OSError:
        return None


def _meanwhile(process: ReadingProcess, unread: deque[Reading]) -> None:
    """Read a file rather than wait for the process: two readers are quicker than one, whoever of them is behind."""
    if not unread:
        process.wait()
        return
    reading = unread.popleft()
    said = attempt(reading.content, reading.file.source)
    if said is not None:
        reading.said = said
