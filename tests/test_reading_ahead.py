"""Reading ahead: many files say the same as they do one by one, whatever befalls the second process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

import pytest
from support.written import written

from store import reading_process
from store.errors import UnreadableFile
from store.intake import Candidate
from store.library import Library
from store.reading_ahead import ALONE, AT_ONCE, BYTES_AT_ONCE, Reading, Said, read_ahead, read_file
from store.reading_process import ReadingProcess

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
PATIENCE = 60  # seconds until a process must have started
PAGE = "<html><body><h1>第38周 2023-09-15</h1><h2>O1 服务</h2><ul><li>海风平台：进度40%</li></ul></body></html>"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[ReadingProcess]:
    """The second processes, as they are started."""
    found: list[ReadingProcess] = []

    class Noted(ReadingProcess):
        def __init__(self) -> None:
            super().__init__()
            found.append(self)

    monkeypatch.setattr(reading_process, "ReadingProcess", Noted)
    return found


def file(number: int) -> Candidate:
    """One of many files: reports, a page of HTML now and then, and now and then one that can't be read or opened."""
    name = f"{number:04}.html" if number % 7 == 3 else f"{number:04}.md"
    text = written("## O1 服务", f"- 海风{number}平台：进度{number % 100}%，9/{number % 28 + 1}提测")
    odd = {3: PAGE.encode(), 4: b"\x00\x01\x02" * 50, 5: "没有日期".encode(), 6: None}
    content = odd.get(number % 7, text.encode())
    return Candidate(name, f"/reports/{name}", name, "甲组", content, None if content else "missing")


def awaited(readings: Iterator[Reading], told: int) -> list[Reading]:
    """The readings until so many of them were read ahead, taken slowly at first: a process needs time to start."""
    found: list[Reading] = []
    deadline = time.monotonic() + PATIENCE
    while sum(map(was_told, found)) < told and time.monotonic() < deadline:
        found.append(next(readings))
        time.sleep(0 if was_told(found[-1]) else 0.002)
    return found


def was_told(reading: Reading) -> bool:
    """Whether the reports are there before somebody asks for them."""
    return "said" in vars(reading)


def here(reading: Reading) -> Said | str:
    """What the file says where nobody reads ahead."""
    try:
        return read_file(reading.content, reading.file.source)
    except UnreadableFile as error:
        return error.reason


def there(reading: Reading) -> Said | str:
    """What the file says to whoever asks its reading."""
    try:
        return reading.said
    except UnreadableFile as error:
        return error.reason


def test_what_is_read_ahead_says_what_it_says_here(started: list[ReadingProcess]) -> None:
    """Reports, pages with their lines and files that can't be read come in order and say the same on both sides."""
    readings = read_ahead(map(Reading, map(file, count())), lambda reading: reading.file.content is not None)
    found = awaited(readings, 3 * AT_ONCE)
    readings.close()
    assert [reading.file for reading in found] == [file(number) for number in range(len(found))]
    assert sum(map(was_told, found)) >= 3 * AT_ONCE
    assert len(started) == 1
    assert list(map(there, found)) == list(map(here, found))


def test_few_files_and_known_ones_start_no_process(started: list[ReadingProcess]) -> None:
    """Up to the limit files are read where they are stored, and unchanged ones are read nowhere."""
    few = [Reading(file(number)) for number in range(ALONE)]
    assert list(read_ahead(few, lambda reading: True)) == few
    known = [Reading(file(number)) for number in range(ALONE + 50)]
    assert list(read_ahead(known, lambda reading: False)) == known
    assert not any(map(was_told, known))
    assert started == []


def test_only_a_few_files_are_held(started: list[ReadingProcess]) -> None:
    """No more than a handful of files is taken ahead of the one that is stored, and of large ones fewer."""
    taken: list[int] = []

    def files(size: int) -> Iterator[Reading]:
        for number in count():
            taken.append(number)
            yield Reading(Candidate("a.md", "/a.md", "a.md", None, b"x" * size))

    for size, most in ((10, AT_ONCE), (BYTES_AT_ONCE, 1)):
        taken.clear()
        with_rest = read_ahead(files(size), lambda reading: False)
        ahead = [len(taken) - at for at, _ in enumerate(islice(with_rest, ALONE + 40), 1)]
        with_rest.close()
        assert max(ahead) <= most
    assert started == []


def test_whoever_breaks_off_ends_the_process(started: list[ReadingProcess]) -> None:
    """An iterator that is closed in the middle leaves no process behind."""
    readings = read_ahead(map(Reading, map(file, count())), lambda reading: True)
    awaited(readings, 1)
    assert started[0]._process.poll() is None
    readings.close()
    assert started[0]._process.returncode is not None


def test_a_process_that_dies_takes_nothing_with_it(started: list[ReadingProcess]) -> None:
    """Files that a killed process was to read are read by the one that stores them."""
    readings = read_ahead(map(Reading, map(file, count())), lambda reading: True)
    awaited(readings, 1)
    started[0]._process.kill()
    started[0]._process.wait()
    found = list(islice(readings, 10 * AT_ONCE))
    readings.close()
    assert not any(map(was_told, found[-AT_ONCE:]))
    assert list(map(there, found)) == list(map(here, found))
    assert len(started) == 1


def test_a_process_ends_where_nobody_sends_any_more() -> None:
    """The process of a program that was killed doesn't outlive it: it ends with the pipe that it is fed by."""
    process = ReadingProcess()
    try:
        process._pipe.close()
        assert process._process.wait(PATIENCE) == 0
    finally:
        process._process.kill()
        process._process.wait()


def test_where_no_process_can_be_started_files_are_read_as_they_are_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses another process, every file still comes, in order, and it is asked for one only once."""
    tried: list[None] = []

    def refused() -> None:
        tried.append(None)
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(reading_process, "ReadingProcess", refused)
    files = [Reading(file(number)) for number in range(ALONE + 3 * AT_ONCE)]
    assert list(read_ahead(files, lambda reading: True)) == files
    assert not any(map(was_told, files))
    assert len(tried) == 1


def test_many_files_become_what_they_become_one_by_one(tmp_path: Path, started: list[ReadingProcess]) -> None:
    """A folder gives the same outcomes, projects and milestones as its files handed in one after the other; run again
    it is unchanged."""
    files = [file(number) for number in range(12 * ALONE)]
    together = Library.open(str(tmp_path / "together.db"), create=True)
    apart = Library.open(str(tmp_path / "apart.db"), create=True)
    outcomes = list(together.ingest(files, NOW))
    assert outcomes == [outcome for each in files for outcome in apart.ingest([each], NOW)]
    assert len(started) == 1
    assert rows(together) == rows(apart)
    assert {o.status for o in together.ingest(files, NOW)} == {"unchanged", "refused"}
    together.close()
    apart.close()


def rows(library: Library) -> list[object]:
    """What a library holds of reports and facts."""
    queries = (
        "SELECT origin, label, report_date, team FROM reports ORDER BY origin",
        "SELECT line, text FROM items ORDER BY id",
        "SELECT name, progress, state FROM updates ORDER BY id",
        "SELECT event, date_start, text FROM milestones ORDER BY id",
        "SELECT sha256, lines FROM files ORDER BY sha256",
    )
    return [row for query in queries for row in library._connections.db.query(query)]
