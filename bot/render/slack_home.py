"""The Home tab as a view of Slack's: teams, and for admins who reports; settings come last.

Report text stands in rich text alone, where Slack reads no markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.answers.glance_lines import due_line, figure_line, incident_line
from bot.answers.model import Span, Style, Text, plain, shortened
from bot.home import Coverage, Home, TeamHome
from bot.menus import Menu
from bot.render.slack_parts import Json, bullets, button, cut, element, plain_text
from bot.render.slack_reminder import snooze_select
from bot.slack.ids import (
    ASK_ACTION,
    HOME_AWAKE,
    HOME_AWAY,
    HOME_BACK,
    HOME_LANGUAGE,
    HOME_SNOOZE,
    WRITE_NOW,
)
from bot.teams import Roster

MOST_BLOCKS = 100
MOST_LINES = 5  # of one list
LINE_LENGTH = 120
NAME_LENGTH = 75
MOST_ROWS = 40  # teams in the table of who handed in
TABLE_LENGTH = 2900


def build_home(home: Home, roster: Roster, menu: Menu | None) -> Json:
    """The view; `menu` offers questions to whoever leads no team."""
    say = home.context.say
    blocks: list[Json] = [] if not home.is_empty else [_words(say("home.hello"))]
    settings = _settings(home)
    if menu and not home.own:
        asks = [button(f"{ASK_ACTION}{at}", label, question) for at, (label, question) in enumerate(menu.asks[:5])]
        blocks.append({"type": "actions", "elements": asks})
    coverage = _coverage(home, home.coverage) if home.coverage else []
    for team in home.teams:
        made = _team(home, team, roster)
        if len(blocks) + len(made) + len(coverage) + len(settings) <= MOST_BLOCKS:
            blocks += made
    return {"type": "home", "blocks": [*blocks, *coverage, *settings]}


def _team(home: Home, team: TeamHome, roster: Roster) -> list[Json]:
    say, context = home.context.say, home.context
    blocks = [_header(team.name), _state(home, team, roster)]
    lists = [
        ("home.due", [due_line(context, due) for due in team.due]),
        ("home.incidents", [incident_line(context, told) for told in team.incidents]),
        ("home.figures", [(*figure_line(context, one.figure), Span(f"  {one.line}")) for one in team.figures]),
    ]
    for key, lines in lists:
        blocks += _list(home, say(key), lines)
    if team.glance and team.promises:
        lines = [(*plain(f"{' '.join(goal.text.split())}  "), *context.line(goal.line)) for goal in team.promises]
        blocks += _list(home, say("home.goals", report=context.report(team.glance.newest)), lines)
    return [*blocks, {"type": "divider"}]


def _state(home: Home, team: TeamHome, roster: Roster) -> Json:
    """Whether this week's report is there; the button that writes it for those who may, else the one for details."""
    say, newest = home.context.say, team.glance.newest if team.glance else None
    known = home.context.report(newest) if newest else ""
    text = say("home.handed_in" if team.report else "home.missing", report=known) if newest else say("home.none")
    section = _words(text)
    if not team.report and roster.may_submit(home.person.user, team.name):
        return {**section, "accessory": {**button(WRITE_NOW, say("submit.write"), team.name), "style": "primary"}}
    if newest:
        return {**section, "accessory": button(f"{ASK_ACTION}0", say("home.details"), say("team.ask", team=team.name))}
    return section


def _list(home: Home, head: str, lines: Sequence[Text]) -> list[Json]:
    """A heading with the lines below it, in one block; nothing without lines."""
    if not lines:
        return []
    more = home.context.say("home.more", count=len(lines) - MOST_LINES)
    rest = [plain(more, Style.DIM)] if len(lines) > MOST_LINES else []
    return [bullets(head, (cut(line, LINE_LENGTH) for line in (*islice(lines, MOST_LINES), *rest)))]


def _coverage(home: Home, told: Coverage) -> list[Json]:
    say = home.context.say
    marks = {True: "✓", False: "✗", None: "·"}
    days = "  ".join(f"{home.context.day(week.friday):>5}" for week in told.weeks)
    rows = [f"{'     '.join(marks[one] for one in row)}   {shortened(name, 30)}" for name, row in told.teams.items()]
    table = shortened("\n".join([days, *(f"    {row}" for row in rows[:MOST_ROWS])]), TABLE_LENGTH)
    shown = {"type": "rich_text_preformatted", "elements": [element(Span(table))]}
    notes = [
        say("home.leaderless", teams="、".join(told.leaderless)) if told.leaderless else "",
        say("home.feedback", count=told.open_feedback) if told.open_feedback else "",
    ]
    away = [_away(home, told)] if told.away else []
    return [
        _header(say("home.coverage")), {"type": "rich_text", "elements": [shown]}, _context(say("home.covered")),
        *(_words(shortened(note, TABLE_LENGTH)) for note in notes if note), *away, {"type": "divider"},
    ]  # fmt: skip


def _away(home: Home, told: Coverage) -> Json:
    """Who is on vacation, by name: a view pings nobody."""
    parts: list[Json] = [element(Span(home.context.say("home.away", people="")))]
    for user, back in islice(told.away.items(), MOST_ROWS):
        parts += [{"type": "user", "user_id": user}, element(Span(f" → {home.context.day(back)}  "))]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _settings(home: Home) -> list[Json]:
    say, person = home.context.say, home.person
    names = {"auto": say("home.language_auto"), "zh": "中文", "en": "English"}  # each as its speakers call it
    options = {value: {"text": plain_text(name), "value": value} for value, name in names.items()}
    select = {"type": "static_select", "action_id": HOME_LANGUAGE, "options": list(options.values()),
              "initial_option": options[person.language or "auto"]}  # fmt: skip
    language = {**_words(say("home.language")), "accessory": select}
    return [_header(say("home.settings")), language, _vacation(home), _snooze(home)]


def _vacation(home: Home) -> Json:
    say, back = home.context.say, home.person.away_until
    if back and back > home.context.today:
        text = say("home.on_leave", day=back)
        return {**_words(text), "accessory": button(HOME_BACK, say("home.back"), "back")}
    return {**_words(say("home.vacation")), "accessory": {"type": "datepicker", "action_id": HOME_AWAY}}


def _snooze(home: Home) -> Json:
    """Until when reminders are put off, with what ends it; else for how long they may be."""
    say, until = home.context.say, home.person.snoozed_until
    if until and until > home.now:
        text = say("reminder.home_snoozed", until=f"{until.astimezone(home.zone):%m-%d %H:%M}")
        return {**_words(text), "accessory": button(HOME_AWAKE, say("reminder.snooze_end"), "awake")}
    return {**_words(say("reminder.home_snooze")), "accessory": snooze_select(HOME_SNOOZE, say)}


def _header(text: str) -> Json:
    return {"type": "header", "text": plain_text(shortened(text, NAME_LENGTH) or " ")}


def _words(text: str) -> Json:
    return {"type": "section", "text": plain_text(text)}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [plain_text(text)]}
