"""Where reports are handed in: forms and drafts, what is understood of them, and what makes them count.

It knows who may hand in what, and no channel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.submission.before import reports_before
from bot.submission.check import Findings, findings
from bot.submission.fields import written
from bot.submission.forms import Form, form_of_text, packed, unpacked
from bot.submission.notes import Note, report_name
from bot.submission.template import template, title
from bot.teams import Roster
from store.database.drafts import Draft
from store.database.history import KeptReport
from store.drafts import Drafts, Submitted, Week
from store.errors import UnreadableFile
from store.library import Library
from store.originals import Originals
from store.reading import read_reports
from store.reading.document import Document
from store.reading.formats import to_document
from store.records import Report
from store.viewer import Viewer

AHEAD = timedelta(days=7)  # that a report may be dated after today


@dataclass(frozen=True)
class Desk:
    """The desk of one library. `today` and `now` are the clocks, `roster` says who leads which team, as it is now."""

    library: Library
    roster: Callable[[], Roster]
    today: Callable[[], date]
    now: Callable[[], datetime]

    @property
    def drafts(self) -> Drafts:
        """What is on its way in."""
        return Drafts(self.library)

    # ---- who ---------------------------------------------------------------------------------------------------------

    def teams(self, user: str) -> list[str]:
        """The teams that somebody may submit for."""
        roster = self.roster()
        return [team.name for team in (roster.teams if roster.is_admin(user) else roster.led_by(user))]

    def may(self, user: str, team: str) -> bool:
        """Whether they may submit, correct and withdraw for this team."""
        return self.roster().may_submit(user, team)

    # ---- forms -------------------------------------------------------------------------------------------------------

    def form(self, user: str, team: str, lang: str, week: date | None = None) -> Form:
        """The form of the report of that week (its Monday) or this one: as it was handed in, to be corrected, else with
        the structure of the week before."""
        day = _friday(week) if week else self.due
        there = self.drafts.week(team, day).taken
        if there is not None and there.withdrawn_at is None:
            return self.correction(there)
        before = reports_before(self.library, Viewer(user), team, day)
        return Form(team, day, template(before, lang), title(before, team, day, lang))

    def correction(self, kept: KeptReport) -> Form:
        """The form that a report is corrected in: with its text, which stands in it as Markdown, on its day."""
        text = Originals(self.library).markdown(kept.ref)
        return form_of_text(kept.ref.team or "", text, kept.ref.report_date)

    @property
    def due(self) -> date:
        """The Friday of this week."""
        return _friday(self.today())

    def open(self, user: str, form: Form) -> int:
        """Keep what a form's fields stand for: its number."""
        form = replace(form, seen=self.drafts.week(form.team, form.day).mark)
        return self.drafts.keep_form(user, form.team, form.day, packed(form), self.now())

    def opened(self, number: int) -> Form | None:
        """The form of this number, its fields empty; None where it isn't known any more."""
        kept = self.drafts.form(number)
        return unpacked(*kept) if kept else None

    # ---- drafts ------------------------------------------------------------------------------------------------------

    def keep(self, place: str, user: str, team: str, day: date, text: str) -> Draft:
        """Keep what somebody sent, before anything is done with it."""
        number = self.drafts.keep(place, user, team, day, text, self.now())
        return self.drafts.get(number) or Draft(number, user, team, day, text, submitted=False)

    def write(self, place: str, user: str, form: Form, day: date, texts: Sequence[str], lang: str) -> Draft:
        """Keep the report that was written into a form."""
        head = form.kept_title(day)
        if head is None:
            head = title(reports_before(self.library, Viewer(user), form.team, day), form.team, day, lang)
        return self.keep(place, user, form.team, day, written(head, form.filled(texts)))

    def in_time(self, day: date | None) -> bool:
        """Whether a report may be of this day."""
        return day is not None and day <= self.today() + AHEAD

    def check(self, draft: Draft) -> Findings:
        """What a draft is understood to say, and what looks off in it."""
        before = reports_before(self.library, Viewer(draft.user), draft.team, draft.day)
        document = _document(draft)
        reports = read_reports(document, f"{draft.day}.md")
        found = findings(reports, draft.day, self.today(), before)
        week = self._week(draft, reports) if found.report else Week()
        beside = [Note("stands_beside", about=report_name(kept.ref)) for kept in week.beside]
        dated = all(report.report_date for report in read_reports(document))
        undated = [] if dated or not found.report else [Note("no_day", now=draft.day.isoformat())]
        return replace(found, week=week, notes=(*undated, *beside, *found.notes))

    def _week(self, draft: Draft, reports: Sequence[Report]) -> Week:
        """What is there of a draft's week; one of several weeks takes nobody's place, and stands beside all others."""
        weeks = [self.drafts.week(draft.team, report.report_date or draft.day) for report in reports]
        if len(weeks) == 1:
            return weeks[0]
        known = [kept for week in weeks for kept in (week.taken, *week.beside) if kept and kept.withdrawn_at is None]
        return Week(beside=tuple(known))

    def check_form(self, form: Form, draft: Draft) -> Findings:
        """The same of what was written into a form; somebody else may have changed the report since it was opened."""
        found = self.check(draft)
        same = draft.day.isocalendar()[:2] == form.day.isocalendar()[:2]
        if not same or found.week.mark == form.seen or found.week.taken is None:
            return found
        since = Note("changed_since", about=report_name(found.week.taken.ref), count=found.week.taken.revision)
        return replace(found, notes=(since, *found.notes))

    def is_stale(self, draft: Draft, week: Week, seen: tuple[int, int]) -> bool:
        """Whether the report whose place a draft takes isn't the one, at the revision, that its sender was shown."""
        return not draft.submitted and week.mark != seen

    def submit(self, draft: Draft) -> Submitted:
        """Let it count."""
        return self.drafts.submit(draft, self.now())


def _friday(day: date) -> date:
    return day + timedelta(days=4 - day.weekday())


def _document(draft: Draft) -> Document:
    """A draft's text as it will be read once it counts (a pasted mail, say); nothing of what can't be read."""
    try:
        return to_document(draft.text.encode("utf-8", "replace"), f"{draft.day}.md")
    except UnreadableFile:
        return Document.of_markdown("")
