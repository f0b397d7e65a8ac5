"""A file's reports, read when they are asked for; of many files, read by a second process while others are stored.

Reading computes while SQLite writes. It is pure, so a file says the same wherever it is read; and whatever goes wrong
over there (a file that can't be read, a process that dies) is left to whoever stores the file: there it is read again,
and there its error counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from store.reading import read_reports
from store.reading.formats import is_text, to_document
from store.records import Report

if TYPE_CHECKING:
    from store.intake import Candidate
    from store.reading_process import ReadingProcess

ALONE = 30  # files: a second process takes as long to start as these take to be read
AT_ONCE = 8  # files that are read ahead, and their bytes; twice as many are held in memory
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
    document = to_document(content, source)
    return read_reports(document, source), None if is_text(content, source) else document.lines


def read_ahead(readings: Iterable[Reading], wanted: Callable[[Reading], bool]) -> Generator[Reading]:
    """The readings in their order; where there are many, those `wanted` are read while the ones before are stored.

    Close the iterator to end the second process before its work is done.
    """
    coming = iter(readings)
    yield from islice(coming, ALONE)
    process: ReadingProcess | None = None
    before: list[Reading] = []
    try:
        while some := _some(coming):
            # Reading takes longer than storing, so that the one that stores has the time to read one of each handful.
            asked = [reading for reading in some if wanted(reading)][1:]
            process = process or (_started() if asked else None)
            busy = process is not None and process.ask([(reading.content, reading.file.source) for reading in asked])
            yield from before
            if process is not None and busy:
                _note(asked, process.answer())
            before = some
        yield from before
    finally:
        if process is not None:
            process.end()


def _some(coming: Iterator[Reading]) -> list[Reading]:
    found: list[Reading] = []
    while len(found) < AT_ONCE and sum(len(reading.content) for reading in found) < BYTES_AT_ONCE:
        if (reading := next(coming, None)) is None:
            break
        found.append(reading)
    return found


def _started() -> ReadingProcess:
    from store.reading_process import ReadingProcess  # what starts processes is loaded when one is started

    return ReadingProcess()


def _note(asked: Iterable[Reading], answer: Iterable[Said | None]) -> None:
    for reading, said in zip(asked, answer, strict=False):
        if said is not None:
            reading.said = said
