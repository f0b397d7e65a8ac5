"""An answer for programs: the contract of `ask --json` (design, section 4)."""

from __future__ import annotations

from typing import Any

from bot.answers.model import Answer
from bot.render.text import render_text


def render_json(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values: question, kind, found, text, range, citations, data, suggestions."""
    return {
        "question": answer.question,
        "kind": answer.kind.value,
        "found": answer.found,
        "text": render_text(answer),
        "range": _range(answer),
        "citations": [
            {"source": c.report.source, "line_start": c.line, "line_end": c.line_end, "quote": c.quote}
            for c in answer.citations
        ],
        "data": answer.data,
        "suggestions": list(answer.suggestions),
    }


def _range(answer: Answer) -> dict[str, str | None] | None:
    if answer.range is None:
        return None
    start, end = answer.range
    return {"start": start.isoformat() if start else None, "end": end.isoformat()}
