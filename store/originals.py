"""A report's own lines as they stood when an answer cited them, beside `Library`, whose reports they are."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from store.database import history, reports
from store.database.connection import guarded
from store.library import Library
from store.reading.document import Document
from store.reading.formats import to_document
from store.reading.formats.text import decode
from store.records import ReportRef
from store.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Original:
    """The lines of a report at its revision `cited`; `report.revision` is the newest. A withdrawn report shows none."""

    report: ReportRef
    cited: int
    withdrawn: bool
    lines: tuple[str, ...]

    @property
    def revised(self) -> bool:
        """Whether the report says something else since it was cited."""
        return self.cited != self.report.revision


@guarded
class Originals:
    """The originals of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._connections = library._connections

    def of(self, viewer: Viewer, report_id: int, revision: int) -> Original | None:
        """The report as of this revision; None where there is no such one that the viewer may see."""
        kept = history.one_kept(self._connections.db, viewer, report_id)
        if kept is None or not 1 <= revision <= kept.revision:
            return None
        withdrawn = kept.withdrawn_at is not None
        return Original(kept.ref, revision, withdrawn, () if withdrawn else self._lines(viewer, kept.ref, revision))

    def markdown(self, report: ReportRef) -> str:
        """The newest text of a report as Markdown, be its file a Word document or a web page; only its own week."""
        content, _, span = reports.lines(self._connections.db, report.id)
        first, last = span or (1, sys.maxsize)
        texts = to_document(content, report.source).texts
        return "\n".join(text.markdown for text in texts if first <= text.line <= last)

    def _lines(self, viewer: Viewer, report: ReportRef, revision: int) -> tuple[str, ...]:
        if revision == report.revision:
            return self._library.lines(viewer, report)
        content, lines, _ = reports.lines(self._connections.db, report.id, revision)
        return Document.of_markdown(decode(content, report.source)).lines if lines is None else lines
