"""A file that may be a report: what it is called, whose it may be, and what is passed over."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

REPORT_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".eml"})
# Report-like, and not read: named, where pictures, Notion's .csv indexes and the like in a folder are passed over.
FOREIGN_SUFFIXES = frozenset({".doc", ".pdf", ".rtf"})
LARGEST_FILE = 20 * 2**20  # bytes; the longest real report seen is 40 KB
_NOISE = ("__MACOSX", ".")
_PAGE_ID = re.compile(r"[ _-]*(?<![0-9a-f])[0-9a-f]{32}$", re.IGNORECASE)  # what Notion ends its names in
_WRAPPING = re.compile(r"export-[0-9a-f-]{8,}(?:-part-\d+)?|private (?:& |and )?shared", re.IGNORECASE)


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


def is_hidden(parts: Sequence[str]) -> bool:
    """Whether a file lies in a folder that systems hide, or is hidden itself."""
    return any(part.startswith(_NOISE) for part in parts)


def team_folder(folders: Sequence[str]) -> str | None:
    """The first folder below the path that was named, as a team's name: without the page id of a Notion export
    (`支付中心 0123…abcd`), and not one that only wraps the export (`Private & Shared`)."""
    named = (_PAGE_ID.sub("", readable(folder)).strip() for folder in folders if not _WRAPPING.fullmatch(folder))
    return next(filter(None, named), None)


def readable(name: str) -> str:
    """The name on one line and in characters that can be printed: a file system allows any bytes."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "�" for char in text)


def identity(name: str) -> str:
    """The name as it is, or with its odd bytes spelt out: two names that look alike stay two files."""
    return name if name == readable(name) else quote(os.fsencode(name))
