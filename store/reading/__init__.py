"""Reading: the text of one report → a `Report` of frozen records. Pure: no file, no database, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.reading.reader import read_document, read_report, read_reports

__all__ = ["READER_VERSION", "read_document", "read_report", "read_reports"]

# Raised whenever a change here reads any report differently, so that unchanged files are read again.
READER_VERSION = 17


def __getattr__(name: str) -> Any:
    # A question needs some words of the vocabulary alone: the reader is loaded where something is read, since its
    # patterns are a sixth of what a cold `zhouzhi ask` would take.
    if name in __all__:
        from store.reading import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
