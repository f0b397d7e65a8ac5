"""The members of .zip archives, unpacked within bounds and nowhere but in memory; an archive inside one, too.

Notion exports large workspaces as an archive of archives (`Part-1.zip`). One such level is opened; the bounds hold for
all of it together.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

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

LARGEST_ARCHIVE = 200 * 2**20  # bytes of all members together, unpacked
MOST_MEMBERS = 100_000  # names of one archive that are looked at
_IN_MEMORY = 20 * 2**20  # bytes of an archive inside an archive that are held in memory; more go to a temporary file
_UTF8_NAME = 0x800  # flag bit 11 of a member: its name is UTF-8 (APPNOTE.TXT, 4.4.4)
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error, EOFError)


@dataclass(slots=True)
class _Budget:
    """Bytes that may still be unpacked."""

    left: int


def members(file: Path | IO[bytes], archive: Candidate) -> Iterator[Candidate]:
    """The candidates in the archive at `file` or in its bytes; `archive` says how it is called and in which folder."""
    yield from _opened(file, archive, _Budget(LARGEST_ARCHIVE), inner=False)


def _opened(file: Path | IO[bytes], archive: Candidate, budget: _Budget, *, inner: bool) -> Iterator[Candidate]:
    try:
        with zipfile.ZipFile(file) as opened:
            infos = opened.infolist()
            if len(infos) > MOST_MEMBERS:
                yield replace(archive, reason="too_complex")
                return
            for name, info in sorted(((_name(info), info) for info in infos), key=lambda entry: entry[0]):
                yield from _member(opened, info, name, archive, budget, inner=inner)
    except _BROKEN:
        yield replace(archive, reason="bad_archive")


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag it is in the packer's own encoding, UTF-8 or GB 18030 where Chinese
    is written, which `zipfile` takes for code page 437."""
    if not info.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "gb18030"):
            try:
                return info.filename.encode("cp437").decode(encoding)
            except UnicodeError:
                continue
    return info.filename


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, archive: Candidate, budget: _Budget, *, inner: bool
) -> Iterator[Candidate]:
    inside = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/")]
    parts = [readable(part) for part in inside]
    suffix = PurePosixPath(*parts).suffix.lower()
    is_archive = suffix == ".zip" and not inner
    if info.is_dir() or is_hidden(parts) or not (is_archive or suffix in REPORT_SUFFIXES | FOREIGN_SUFFIXES):
        return
    member = Candidate(
        f"{archive.source}/{'/'.join(parts)}",
        f"{archive.origin}/{identity(PurePosixPath(*inside).as_posix())}",
        _inside(archive.below, "/".join(parts)),
        archive.folder or team_folder(inside[:-1]),
    )
    if suffix in FOREIGN_SUFFIXES:
        yield replace(member, reason="unsupported")
    elif info.flag_bits & _ENCRYPTED:
        yield replace(member, reason="encrypted")
    elif is_archive:
        yield from _archive_inside(opened, info, member, budget)
    else:
        yield _unpacked(opened, info, member, budget)


def _inside(archive: str, name: str) -> str:
    """Where a member lies below the path that was named: an archive named itself is the top."""
    return f"{archive}/{name}" if "/" in archive else name


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo, member: Candidate, budget: _Budget) -> Candidate:
    # The size in the directory may lie, so no more than is allowed is ever unpacked.
    most = min(LARGEST_FILE, budget.left)
    if info.file_size > most:
        return replace(member, reason="too_large")
    try:
        with opened.open(info) as packed:
            content = packed.read(most + 1)
    except _BROKEN:
        return replace(member, reason="bad_member")
    budget.left -= len(content)
    return replace(member, reason="too_large") if len(content) > most else replace(member, content=content)


def _archive_inside(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, member: Candidate, budget: _Budget
) -> Iterator[Candidate]:
    if info.file_size > budget.left:
        yield replace(member, reason="too_large")
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        try:
            with opened.open(info) as packed:
                while piece := packed.read(2**20):
                    copy.write(piece)
        except _BROKEN:
            yield replace(member, reason="bad_member")
            return
        budget.left -= copy.tell()
        yield from _opened(copy, member, budget, inner=True)
