"""`/report roster`: the teams, and for admins changing them, as `zhouzhi team` does in the terminal."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.catalogue import Say, sayer
from bot.render.slack import render_words
from bot.roster_loading import RosterSource
from bot.slack.answering import Answering
from bot.slack.text import with_ids
from bot.slack.verbs import Asked
from bot.team_changes import Changes, NotChanged, pairs, words_of_command
from bot.teams import Team
from bot.teams_file import told, unmatched
from store.roster import RosterBook
from store.viewer import EVERYONE

Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Let everybody see the teams, and admins change them."""

    def roster(asked: Asked, rest: str, client: WebClient) -> Json | None:
        say, said = sayer(asked.lang), _said(asked, rest)
        verb = said.split(maxsplit=1)[0].casefold() if said.split() else ""
        if verb not in ("add", "edit", "remove", "import"):
            return render_words(_listed(answering, say))
        if not answering.roster().is_admin(asked.user):
            return render_words(say("roster.admins"))
        changes = Changes(answering.teams, RosterBook(answering.asker.library), say, asked.user, answering.now())
        try:
            if verb == "import":
                teams = changes.take(said.split(maxsplit=1)[-1].strip().strip("`"))
                return render_words("\n".join(map(_line, teams)))
            _, name, *words = [*words_of_command(said, _how(answering, say)), ""]
            return render_words(_done(changes, verb, [name, *filter(None, words)], answering.teams, say))
        except NotChanged as error:
            return render_words(str(error))

    answering.verbs.add("roster", roster)


def _said(asked: Asked, rest: str) -> str:
    """What follows the verb, with the leads by their ids: `rest` has no mentions."""
    return with_ids(asked.written).partition(" ")[2] if asked.written else rest


def _done(changes: Changes, verb: str, words: list[str], teams: RosterSource, say: Say) -> str:
    """Make the change, and what to say of it."""
    name, *values = words
    if verb == "remove":
        changes.remove(name)
        return say("roster.removed", name=name)
    (changes.add if verb == "add" else changes.edit)(name, pairs(values, say))
    team = teams().named(name)
    return say("roster.changed", team=_line(team) if team else name)


def _listed(answering: Answering, say: Say) -> str:
    roster, library = answering.roster(), answering.asker.library
    lines = [_line(team) for team in roster.teams] or [say("roster.none")]
    problems = (*roster.problems, *unmatched(roster, library.teams(EVERYONE, answering.today())))
    return "\n".join([*lines, *(told(problem, say) for problem in problems), _how(answering, say)])


def _how(answering: Answering, say: Say) -> str:
    return say("roster.how", command=answering.commands.report)


def _line(team: Team) -> str:
    """One team with its leads and times; ids stay ids, since a mention would ping."""
    paused = f"  ⏸ {team.paused_until}" if team.paused_until else ""
    leads = ", ".join(team.leads) or "–"
    return f"{team.name}  {leads}  {team.remind} / {team.again} / {team.due}  {team.timezone}{paused}"
