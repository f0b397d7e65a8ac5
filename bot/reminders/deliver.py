"""Sending reminders: what is due now goes out once, and what was sent is kept true.

Each look decides anew from the clock, the reports and the outbox; nothing is remembered between two looks but when the
posted messages were last compared with the reports. So it doesn't matter which process looks, or whether one died.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.again import mark_of
from bot.answers.weeks import Week
from bot.catalogue import sayer
from bot.reminders.calendar import is_estimated
from bot.reminders.content import parts
from bot.reminders.digest import digests
from bot.reminders.due import Stage, State
from bot.reminders.notice import DIGEST, Notice, key_of, notice_of
from bot.reminders.standing import Known, TeamWeek, gather, team_week, team_weeks, wanted
from bot.render.slack import render_slack, render_words
from bot.render.slack_reminder import render_done, render_excused, render_open, render_reminder
from bot.slack.answering import Answering
from bot.slack.posting import Done, Posting
from bot.teams import Roster
from store.outbox import OPEN, Letter, Outbox, Sending
from store.reminders import ReminderBook

logger = logging.getLogger(__name__)
Message = dict[str, Any]

WARNED_AHEAD = timedelta(days=30)  # of a year whose holidays aren't published


class Delivery:
    """Reminds everybody who is to be reminded; `look` is called once a minute, by every process that serves."""

    def __init__(self, answering: Answering, posting: Posting) -> None:
        self.answering, self.posting = answering, posting
        self.library = answering.asker.library
        self.outbox, self.book = Outbox(self.library), ReminderBook(self.library)
        self._compared: dict[str, int] = {}  # by which state of the reports a digest was last made

    def look(self) -> None:
        """Look once; what goes wrong is logged and looked at again the next time, and keeps nothing else from it."""
        self._safely("the teams", self._look)

    def _look(self) -> None:
        at, roster = self.answering.now(), self.answering.roster()
        self.book.known_since([team.name for team in roster.teams], at)
        known = gather(self.library, at)
        weeks = list(team_weeks(roster, known, at))
        for one in weeks:
            for notice, stage in wanted(one, known, at):
                self._safely(notice.key, partial(self._send, one, notice, stage))
        self._safely("the digests", partial(self._digests, roster, weeks, known, at))
        self._safely("what was posted", partial(self._keep_true, roster, known, at))
        self._safely("the admins", partial(self._warn, roster, at))

    def _safely(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception:  # the others still get theirs
            logger.exception("reminders: %s", what)

    # ---- reminders ---------------------------------------------------------------------------------------------------
    def _send(self, one: TeamWeek, notice: Notice, stage: Stage) -> None:
        self.posting.post_once(notice.key, notice.recipient, lambda: self._message(one, notice, stage))

    def _message(self, one: TeamWeek, notice: Notice, stage: Stage) -> Message | datetime | None:
        """The reminder; None where the report came, or somebody excused it or left, since it was found to be due; the
        end of the snooze where that came in between."""
        at = self.answering.now()
        known = gather(self.library, at, letters=False)
        now = team_week(one.team, one.week, known, at)
        due = [each for each in now.stages if each.stage == stage.stage and each.state is State.DUE]
        if not due or notice.recipient not in due[0].recipients:
            return None
        if notice.recipient in known.snoozed:
            return known.snoozed[notice.recipient]
        deadline = next(each.due_at for each in now.stages if each.stage == "due")
        today, lang = _local(at, one.team.timezone), self.answering.lang(notice.recipient)
        found = parts(self.answering.asker, notice.recipient, notice.team, one.week, today, lang)
        return render_reminder(stage, deadline, found, lang)

    # ---- what was posted ---------------------------------------------------------------------------------------------
    def keep_true(self) -> None:
        """Compare what was posted with the reports, now that something has changed."""
        at = self.answering.now()
        known = partial(gather, self.library, at, letters=False)
        self._safely("what was posted", lambda: self._keep_true(self.answering.roster(), known(), at))

    def _keep_true(self, roster: Roster, known: Known, at: datetime) -> None:
        """Turn reminders into ticks once the report is there, or back; end what waits past its time."""
        for letter in self.outbox.since(at - timedelta(days=14)):
            notice = notice_of(letter.key)
            team = roster.named(notice.team) if notice and notice.stage != DIGEST else None
            if notice is None or team is None:
                continue
            one = team_week(team, Week(notice.week), known, at)
            if letter.ts:  # put off or given up meanwhile, it still stands there
                self._safely(letter.key, partial(self._correct, one, letter))
            if letter.state in OPEN and letter.state is not Sending.UNCERTAIN:
                self._end(one, notice, letter, at)

    def _correct(self, one: TeamWeek, letter: Letter) -> None:
        mark = _mark(one)
        if mark != letter.mark:
            self.posting.change(letter, self._changed(one, letter), mark)

    def _changed(self, one: TeamWeek, letter: Letter) -> Message:
        lang, team = self.answering.lang(letter.recipient), one.team.name
        if one.report:
            report = f"{one.report.label or ''} {one.report.report_date}".strip()
            return render_done(team, one.week, report, lang)
        return render_excused(one.excuse, lang) if one.excuse else render_open(team, one.week, lang)

    def _end(self, one: TeamWeek, notice: Notice, letter: Letter, at: datetime) -> None:
        """Give up a message whose time is over: it is settled, or the next stage has come."""
        over = [each for each in one.stages if each.stage == notice.stage and each.state in _OVER]
        if over and letter.wait_until <= at:
            self.outbox.end(letter, at, Sending.DROPPED, over[0].state.value)

    # ---- digests -----------------------------------------------------------------------------------------------------
    def _digests(self, roster: Roster, weeks: list[TeamWeek], known: Known, at: datetime) -> None:
        for one in digests(roster, weeks, at):
            notice = Notice(DIGEST, one.week.monday, one.team, one.channel)
            letter = known.letters.get(notice.key)
            if (letter.state in (*OPEN, Sending.SENT)) if letter else one.fresh:
                self._safely(notice.key, partial(self._digest, notice, one.week, at))

    def _digest(self, notice: Notice, week: Week, at: datetime) -> None:
        """Post the week's digest, or put the one as it is now in its place; made anew only after reports changed."""
        version = self.library.version
        if self._compared.get(notice.key) == version:
            return
        lang = "en" if self.answering.asker.language == "en" else "zh"
        question = " ".join(filter(None, ["/digest", notice.team, str(week.monday)]))
        answer = self.answering.asker.converse(question, max(week.sunday, at.date()), lang=lang).answer
        if not answer.found:
            return  # nobody has handed in yet
        message, mark = render_slack(answer), mark_of(answer)
        done = self.posting.post_once(notice.key, notice.recipient, lambda: message, lambda: mark)
        letter = self.outbox.find(notice.key)
        if letter and letter.state is Sending.SENT and letter.mark != mark and letter.ts:
            done = Done.SENT if self.posting.change(letter, message, mark) else Done.LATER
        if done is not Done.LATER:
            self._compared[notice.key] = version

    # ---- warnings ----------------------------------------------------------------------------------------------------
    def _warn(self, roster: Roster, at: datetime) -> None:
        """Tell the admins once of a year that begins without its holidays being known."""
        year = (at + WARNED_AHEAD).year
        if any(is_estimated(team.calendar, year) for team in roster.teams):
            for admin in roster.admins:
                text = sayer(self.answering.lang(admin))("reminder.unpublished", year=year)
                self.posting.post_once(key_of("unpublished", year, admin), admin, partial(render_words, text))


_OVER = (State.SATISFIED, State.EXPIRED)


def _local(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _mark(one: TeamWeek) -> str:
    """What a posted reminder has to say: "" as long as it stands as it was sent."""
    if one.report:
        return f"done {one.report.id} {one.report.report_date}"
    return f"excused {one.excuse.reason}" if one.excuse else ""
