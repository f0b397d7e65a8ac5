"""From the paths that a person names to files to be read: folders walked, archives opened, bounds kept.

Everything that can't be taken is a candidate too, with its reason, so that one bad file never hides the others.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.intake.archives import members
from store.intake.candidate import (
    FOREIGN_SUFFIXES,
    LARGEST_FILE,
    REPORT_SUFFIXES,
    Candidate,
    identity,
    is_hidden,
    readable,
    team_folder,
)

__all__ = ["FOREIGN_SUFFIXES", "LARGEST_FILE", "REPORT_SUFFIXES", "Candidate", "candidates", "how_many"]

_LOOKED_AT = REPORT_SUFFIXES | FOREIGN_SUFFIXES | {".zip"}


def candidates(paths: Iterable[str]) -> Iterator[Candidate]:
    """The candidates of all paths: a file is itself, a folder all reports below it, a .zip its members."""
    for path in paths:
        top = Path(path)
        if top.is_dir():
            for file in sorted(top.rglob("*")):
                yield from _in_folder(file, top)
        else:
            yield from _file(top, top.name, None, explicit=True)


def how_many(paths: Iterable[str]) -> int:
    """About how many candidates there will be: a glance at names, for a progress bar. Opens no file but archives."""
    found = 0
    for top in map(Path, paths):
        files = (file for file in top.rglob("*") if file.is_file()) if top.is_dir() else [top]
        found += sum(_members_of(file) for file in files if file == top or _suffix(file) in _LOOKED_AT)
    return found


def _suffix(file: Path) -> str:
    return file.suffix.lower()


def _members_of(file: Path) -> int:
    if _suffix(file) != ".zip":
        return 1
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(Path(name).suffix.lower() in _LOOKED_AT for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 1


def _in_folder(file: Path, top: Path) -> Iterator[Candidate]:
    below = file.relative_to(top)
    if file.is_file() and not is_hidden(below.parts):
        yield from _file(file, below.as_posix(), team_folder(below.parts[:-1]), explicit=False)


def _file(file: Path, below: str, folder: str | None, *, explicit: bool) -> Iterator[Candidate]:
    suffix = file.suffix.lower()
    if not (explicit or suffix in _LOOKED_AT):
        return
    source, origin, below = readable(file.as_posix()), identity(file.resolve().as_posix()), readable(below)
    folder = readable(folder) if folder else None
    if not file.exists():
        yield Candidate(source, origin, below, reason="missing")
    elif not file.is_file():
        yield Candidate(source, origin, below, reason="unsupported")  # a device or a pipe has no end
    elif suffix in FOREIGN_SUFFIXES:
        yield Candidate(source, origin, below, reason="unsupported")
    elif suffix == ".zip":
        yield from members(file, Candidate(source, origin, below, folder))
    else:
        yield _whole(file, source, origin, below, folder)


def _whole(file: Path, source: str, origin: str, below: str, folder: str | None) -> Candidate:
    try:
        if file.stat().st_size > LARGEST_FILE:
            return Candidate(source, origin, below, reason="too_large")
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            return Candidate(source, origin, below, reason="too_large")
        return Candidate(source, origin, below, folder, content)
    except OSError:
        return Candidate(source, origin, below, reason="denied")
