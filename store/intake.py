"""From the paths that a person names to files to be read: folders walked, archives opened, bounds kept.

Everything that can't be taken is a candidate too, with its reason, so that one bad file never hides the others.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

REPORT_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
# Report-like, and not read yet: named, where pictures and the like in a folder are passed over.
FOREIGN_SUFFIXES = frozenset({".docx", ".doc", ".html", ".htm", ".pdf", ".eml", ".rtf"})
LARGEST_FILE = 20 * 2**20  # bytes; the longest real report seen is 40 KB
LARGEST_ARCHIVE = 200 * 2**20  # bytes of all members together, unpacked
_NOISE = ("__MACOSX", ".")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a report.

    `source` is what citations call it; `origin` the same file however it was spelt; `folder` the first folder below
    the path that was named; `below` its path below that. One of `content` and `reason` is set, `reason` as in
    `UnreadableFile`.
    """

    source: str
    origin: str
    below: str
    folder: str | None = None
    content: bytes | None = None
    reason: str | None = None

    def url(self, base: str | None) -> str | None:
        """The report's link, for reports published under `base` as they lie below the path named."""
        return f"{base.rstrip('/')}/{quote(self.below)}" if base else None


def candidates(paths: Iterable[str]) -> Iterator[Candidate]:
    """The candidates of all paths: a file is itself, a folder all reports below it, a .zip its members."""
    for path in paths:
        top = Path(path)
        if top.is_dir():
            for file in sorted(top.rglob("*")):
                yield from _in_folder(file, top)
        else:
            yield from _file(top, top.name, None, explicit=True)


def _in_folder(file: Path, top: Path) -> Iterator[Candidate]:
    below = file.relative_to(top)
    hidden = any(part.startswith(_NOISE) for part in below.parts)
    if file.is_file() and not hidden:
        folder = below.parts[0] if len(below.parts) > 1 else None
        yield from _file(file, below.as_posix(), folder, explicit=False)


def _file(file: Path, below: str, folder: str | None, *, explicit: bool) -> Iterator[Candidate]:
    suffix = file.suffix.lower()
    wanted = suffix in REPORT_SUFFIXES or suffix == ".zip"
    if not (wanted or explicit or suffix in FOREIGN_SUFFIXES):
        return
    source, origin, below = _readable(file.as_posix()), _identity(file.resolve().as_posix()), _readable(below)
    folder = _readable(folder) if folder else None
    if not file.exists():
        yield Candidate(source, origin, below, reason="missing")
    elif not file.is_file():
        yield Candidate(source, origin, below, reason="unsupported")  # a device or a pipe has no end
    elif suffix in FOREIGN_SUFFIXES:
        yield Candidate(source, origin, below, reason="unsupported")
    elif suffix == ".zip":
        yield from _archive(file, source, origin, below, folder)
    else:
        yield _whole(file, source, origin, below, folder)


def _readable(name: str) -> str:
    """The name on one line and in characters that can be printed: a file system allows any bytes."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "�" for char in text)


def _identity(name: str) -> str:
    """The name as it is, or with its odd bytes spelt out: two names that look alike stay two files."""
    return name if name == _readable(name) else quote(os.fsencode(name))


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


def _archive(file: Path, source: str, origin: str, below: str, folder: str | None) -> Iterator[Candidate]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _members(archive, source, origin, below, folder)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        yield Candidate(source, origin, below, reason="bad_archive")


def _members(archive: zipfile.ZipFile, source: str, origin: str, below: str, folder: str | None) -> Iterator[Candidate]:
    left = LARGEST_ARCHIVE
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        path = PurePosixPath(info.filename.replace("\\", "/"))
        inside = [part for part in path.parts if part not in ("..", "/")]
        parts = [_readable(part) for part in inside]
        name = PurePosixPath(*parts)
        hidden = any(part.startswith(_NOISE) for part in parts)
        if info.is_dir() or hidden or name.suffix.lower() not in REPORT_SUFFIXES | FOREIGN_SUFFIXES:
            continue
        first = parts[0] if len(parts) > 1 else None
        member = Candidate(
            f"{source}/{name}",
            f"{origin}/{_identity(PurePosixPath(*inside).as_posix())}",
            _inside(below, name),
            folder or first,
        )
        if name.suffix.lower() in FOREIGN_SUFFIXES:
            yield replace(member, reason="unsupported")
        # The size in the directory may lie, so no more than is allowed is ever unpacked.
        elif info.file_size > min(LARGEST_FILE, left):
            yield replace(member, reason="too_large")
        else:
            unpacked = _unpacked(archive, info, member)
            left -= len(unpacked.content or b"")
            yield unpacked


def _inside(archive: str, name: PurePosixPath) -> str:
    """Where a member lies below the path that was named: an archive named itself is the top."""
    return f"{archive}/{name}" if "/" in archive else str(name)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Candidate) -> Candidate:
    try:
        with archive.open(info) as packed:
            content = packed.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return replace(member, reason="bad_archive")
    return replace(member, reason="too_large") if len(content) > LARGEST_FILE else replace(member, content=content)
