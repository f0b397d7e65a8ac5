"""What the bot does by itself, once a minute, beside answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import now as clock


@contextmanager
def every_minute(*jobs: Callable[[], None], seconds: float = 60) -> Iterator[None]:
    """Run each of the jobs at once, and then once a minute while the `with` lasts: one at a time each, late ones once
    and not never. The scheduler only wakes them (the design's section 9); what is to be done stands in the database.
    `seconds` is for whoever can't wait."""
    scheduler = BackgroundScheduler(timezone=UTC)
    for job in jobs:
        scheduler.add_job(
            job, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None,
            next_run_time=clock(),
        )  # fmt: skip
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
