"""What the reports of a range tell on of incidents that happened before it: no new incidents, and worth a line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.incident_cases import Case, cite_incident
from bot.answers.incident_view import Picture, moment, words_of_place
from bot.answers.model import Para, Span, Style, plain
from store.linking.incidents import retells
from store.records import Citation

MOST_LATER = 5
ASPECTS = ("", "count")  # what asks for the list itself


def told_on(picture: Picture, earlier: Sequence[Case]) -> tuple[list[Para], list[Citation]]:
    """The lines of the asked range that go on with one of the `earlier` incidents, each with its source."""
    context, asked = picture.context, picture.asked
    if asked.start is None or (context.query.aspect or "") not in ASPECTS:
        return [], []
    found, cited = list[Para](), list[Citation]()
    for case in earlier:
        later = [m for m in case.tellings if retells(m) and asked.holds(m.report.report_date)]
        if not later or case.day >= asked.start or not picture.wanted.fits(case):
            continue
        citation = cite_incident(context, later[0])
        told = " ".join(citation.quote.split()).lstrip("-*• ")
        text = context.say("incidents.told_on", day=moment(context, case), title=case.title, text=told)
        found.append(Para((*plain(text), Span(f"  {words_of_place(context, later[0])}", Style.DIM))))
        cited.append(citation)
    return found[:MOST_LATER], cited[:MOST_LATER]
