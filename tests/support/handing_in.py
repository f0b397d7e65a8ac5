"""What people do to hand in a report in Slack: open the form, fill it in, agree to the preview."""

from __future__ import annotations

from datetime import date
from typing import Any

from support.running import Bot, Lossy

from bot.answers.ask import Asker
from bot.teams import Roster, Team
from store.viewer import EVERYONE

Json = dict[str, Any]
TEAM = "支付中心"
ROSTER = Roster((Team(TEAM, ("U1",)), Team("风控中台", ("U2", "U3")), Team("Merchant Services", ("U3",))), ("U9",))
FRIDAY, LATER = date(2023, 12, 15), date(2023, 12, 31)


def opened(slack: Lossy, bot: Bot, user: str = "U1", rest: str = "") -> Json:
    """The form, as it stands in Slack."""
    assert slack.command(bot.url, "/report", f"submit {rest}".strip(), user=user).text == ""
    slack.wait_for("views.open", count=len(slack.calls("views.open")) or 1)
    return dict(slack.views.newest)


def field(form: Json, title: str) -> str:
    """The block of the field with this title."""
    return str(next(b["block_id"] for b in form["blocks"] if b["type"] == "input" and b["label"]["text"] == title))


def shown(form: Json, view: Json) -> Json:
    """A modal that an answer to a submission shows, as Slack sends it back."""
    return {**form, **view, "id": "VPREVIEW"}


def submitted(slack: Lossy, bot: Bot, values: Json, user: str = "U1", rest: str = "") -> Json:
    """The last modal, after the form and the preview were sent."""
    form = opened(slack, bot, user, rest)
    values = {field(form, title): text for title, text in values.items()}
    preview = slack.submit(bot.url, form, values, user).json
    assert preview["response_action"] == "push"
    return dict(slack.submit(bot.url, shown(form, preview["view"]), {}, user).json["view"])


def stands(asker: Asker, team: str = TEAM) -> list[tuple[str, float | None]]:
    """What the team's report of the week says of its projects."""
    told = asker.library.updates_between(EVERYONE, LATER, FRIDAY, FRIDAY)
    return [(m.record.name, m.record.progress) for m in told if m.report.team == team]


def buttons(message: Any) -> dict[str, Json]:
    """The buttons of a message by what stands on them."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {one["text"]["text"]: one for row in rows for one in row if one["type"] == "button"}
