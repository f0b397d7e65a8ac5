"""The buttons of a reminder, `/report away`, and what admins see of it: `/report reminders`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.answers.weeks import Week
from bot.catalogue import sayer
from bot.reminders.deliver import Delivery
from bot.reminders.log import entries, line
from bot.reminders.notice import notice_of
from bot.reminders.people import ends_vacation, first_day_back, snoozed_until
from bot.render.slack import render_words
from bot.render.slack_reminder import build_excuse, render_log, render_snoozed, sent_reason, unpacked
from bot.slack.answering import Answering
from bot.slack.beside import say_beside
from bot.slack.counter import Said
from bot.slack.handed_in import say_instead
from bot.slack.ids import EXCUSE_ACTION, EXCUSE_BLOCK, EXCUSE_END, EXCUSE_FORM, SNOOZE_ACTION
from bot.slack.posting import Posting
from bot.slack.verbs import Asked
from bot.teams_file import told
from store.outbox import Outbox
from store.reminders import Excuse, ReminderBook

Json = dict[str, Any]
LOGGED = timedelta(days=14)


def register(app: App, answering: Answering) -> None:
    """Listen for the verbs, the buttons and the modal."""
    desk = _Desk(answering)
    posted = Delivery(answering, Posting(app.client, desk.outbox, answering.now))
    answering.verbs.add("away", desk.away)
    answering.verbs.add("reminders", desk.log)

    @app.action(SNOOZE_ACTION)
    def snoozes(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        say_instead(answering, client, body, lambda: desk.snooze(action["selected_option"]["value"], body))

    @app.action(EXCUSE_ACTION)
    def asks_why(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        (team, week), user = unpacked(action["value"]), body["user"]["id"]
        if refused := desk.refusal(team, user):
            say_beside(client, body, refused)
        else:
            client.views_open(trigger_id=body["trigger_id"], view=build_excuse(team, week, answering.lang(user)))

    @app.view(EXCUSE_FORM)
    def excused(ack: Ack, view: Json, body: Json) -> None:
        if problem := desk.excuse(view, body["user"]["id"]):
            ack(response_action="errors", errors={EXCUSE_BLOCK: problem})
            return
        ack()
        posted.keep_true()

    @app.action(EXCUSE_END)
    def takes_back(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        say_beside(client, body, desk.take_back(action["value"], body["user"]["id"]))
        posted.keep_true()


class _Desk:
    """What people do about reminders."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.book, self.outbox = ReminderBook(answering.asker.library), Outbox(answering.asker.library)

    def snooze(self, choice: str, body: Json) -> Said | None:
        """Send nothing to the presser before then, and what they pressed on once more then; None for no reminder."""
        user, now = body["user"]["id"], self.answering.now()
        letter = self.outbox.standing_at(body["channel"]["id"], body["message"]["ts"])
        notice = notice_of(letter.key) if letter else None
        if letter is None or notice is None or letter.recipient != user:
            return None
        zone = self.answering.roster().zone_of(user)
        until = snoozed_until(choice, now, zone)
        self.answering.people.snooze(user, until)
        self.outbox.snooze(letter, until, now)
        shown = render_snoozed(notice.team, Week(notice.week), _minute(until, zone), self.answering.lang(user))
        return Said(shown, instead=True)

    def refusal(self, team: str, user: str) -> Json | None:
        """What to say to who may not decide for a team; None to who may."""
        if self.answering.roster().may_submit(user, team):
            return None
        return render_words(sayer(self.answering.lang(user))("reminder.not_yours", team=team))

    def excuse(self, view: Json, user: str) -> str:
        """Note why there is no report; what is wrong with it, "" where nothing is."""
        (team, week), reason = unpacked(view["private_metadata"]), sent_reason(view)
        say = sayer(self.answering.lang(user))
        if not self.answering.roster().may_submit(user, team):
            return say("reminder.not_yours", team=team)
        if not reason:
            return say("reminder.excuse_hint")
        self.book.excuse(Excuse(team, week, reason, user), self.answering.now())
        return ""

    def take_back(self, value: str, user: str) -> Json:
        """Expect a report after all."""
        team, week = unpacked(value)
        if refused := self.refusal(team, user):
            return refused
        self.book.take_back(team, week)
        say, found = sayer(self.answering.lang(user)), Week(week)
        first, last = f"{found.monday:%m-%d}", f"{found.friday:%m-%d}"
        return render_words(say("reminder.taken_back", team=team, first=first, last=last))

    def away(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`/report away until Monday`, `/report away end`; alone it tells how it stands."""
        say, people, today = sayer(asked.lang), self.answering.people, self.answering.today()
        command = self.answering.commands.report
        if not rest:
            until = people.find(asked.user).away_until
            is_away = until is not None and until > today
            if is_away:
                return render_words(say("reminder.away_now", day=until, command=command))
            return render_words(say("reminder.away_none", command=command))
        if ends_vacation(rest):
            people.leave(asked.user, None)
            return render_words(say("reminder.away_back"))
        back = first_day_back(rest, today)
        if back is None:
            return render_words(say("reminder.away_unknown", words=rest, command=command))
        people.leave(asked.user, back)
        return render_words(say("reminder.away_until", day=back))

    def log(self, asked: Asked, rest: str, client: WebClient) -> Json | None:
        """`/report reminders`: what was sent in the last two weeks, and what needs somebody."""
        roster, say, now = self.answering.roster(), sayer(asked.lang), self.answering.now()
        if not roster.is_admin(asked.user):
            return render_words(say("reminder.admins_only"))
        found = list(entries(self.outbox.since(now - LOGGED)))
        zone = ZoneInfo(roster.zone_of(asked.user))
        problems = [told(problem, say) for problem in roster.problems]
        problems += [say("reminder.log_email", value=address) for address in roster.addresses]
        problems += [line(one, zone) for one in found if one.needs_somebody]
        lines = [line(one, zone) for one in reversed(found)]
        return render_log(lines, problems, (now - LOGGED).date(), asked.lang)


def _minute(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"
