"""What is said of days before the first report."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, weekly

from bot.render.text import render_text
from store.library import Library


@pytest.mark.parametrize("kind", ["projects", "risks", "silent", "team", "overdue", "slips"])
def test_before_the_first_report_it_is_said_when_that_is(library: Library, put: Put, kind: str) -> None:
    """Asked as of a day before all reports, an answer says so with the first one's day, and not that there are none."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%"]), name="w38.md")
    text = render_text(ask(library, f"/{kind} as of 2023-08-01", "2023-09-18"))
    assert "2023-08-01" in text
    assert "2023-09-15" in text
    assert "zhouzhi ingest" not in text
