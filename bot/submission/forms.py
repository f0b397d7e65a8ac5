"""A form as it was opened: what its fields stand for is kept, since Slack sends back their texts alone.

Headings may be longer than Slack's names for fields (255 characters), and two fields may have the same one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.submission.fields import Field, split
from store.reading import read_reports
from store.reading.document import Document


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a team's report. `title` is the first line that its text will have, or that it was filled with, as
    long as the day stays ("" for none); None where that is to be made when it is sent. `seen` are the id and the
    revision of the report that stood for its week when it was opened, 0 for none."""

    team: str
    day: date
    fields: tuple[Field, ...]
    title: str | None = None
    seen: tuple[int, int] = (0, 0)

    def filled(self, texts: Sequence[str]) -> tuple[Field, ...]:
        """The fields with what was written into them."""
        return tuple(replace(field, text=text) for field, text in zip(self.fields, texts, strict=True))

    def kept_title(self, day: date) -> str | None:
        """The title that a report of this day keeps."""
        return self.title if day == self.day else None


def form_of_text(team: str, text: str, day: date) -> Form:
    """The form that a text is written on in: of the text's own day and with its own title, else of `day`."""
    said = read_reports(Document.of_markdown(text))[-1].report_date
    if said is None:
        return Form(team, day, split(text))
    title, body = _titled(text)
    return Form(team, said, split(body), title)


def _titled(text: str) -> tuple[str, str]:
    """The title of a report, "" where its first line is none, and the text below it."""
    first, _, below = text.lstrip("\n").partition("\n")
    return (first.rstrip(), below.lstrip("\n")) if first.startswith("# ") else ("", text)


def packed(form: Form) -> str:
    """All of a form but the texts of its fields, to be kept until it comes back."""
    fields = [[field.heading, field.glue] for field in form.fields]
    return json.dumps([form.day.isoformat(), form.title, form.seen, fields], ensure_ascii=False)


def unpacked(team: str, kept: str) -> Form:
    """What `packed` made, its fields empty."""
    day, title, seen, fields = json.loads(kept)
    empty = tuple(Field(heading, "", glue) for heading, glue in fields)
    return Form(team, date.fromisoformat(day), empty, title, (seen[0], seen[1]))
