"""The process that reads ahead: files go in, what they say comes out in the same order."""

from __future__ import annotations

import copyreg
from dataclasses import fields
from operator import attrgetter

from store.reading_ahead import Reading, attempt
from store.records import Goal, Incident, Item, Metric, Milestone, Report, Section, Update
from store.second_process import SecondProcess, serve

AT_HAND = 3  # files: it goes on with the next while its answer waits for the one that stores to come by


def _send_as_arguments(record: type) -> None:
    """Pickle a record as its class and what that was called with: what dataclasses with slots do by themselves takes
    twice the time."""
    told = attrgetter(*(field.name for field in fields(record)))
    copyreg.pickle(record, lambda one: (record, told(one)))


for _record in (Report, Section, Item, Update, Milestone, Metric, Incident, Goal):
    _send_as_arguments(_record)


class ReadingProcess(SecondProcess[Reading]):
    """The readings that it is given get what they say noted on them."""

    def __init__(self) -> None:
        super().__init__(f"{__name__}:_serve", AT_HAND)


def _serve(handle: int) -> None:
    serve(handle, lambda file: attempt(*file))
