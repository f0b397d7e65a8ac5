"""What the pictures in the documents show: things that people do in Slack, and what the bot really sends for them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from support import blockkit

from bot.reminders.deliver import Delivery
from bot.slack.ids import SOURCE_ACTION, SUBMIT_ACTION
from bot.slack.posting import Posting
from bot.teams import Roster, Team
from store.outbox import Outbox

if TYPE_CHECKING:
    from support.running import Bot
    from support.slack import StandIn

ONLY_YOU = "Only visible to you"
LEAD = "U1"
FRIDAY = datetime(2023, 12, 15, 7, 0, tzinfo=UTC)  # 15:00 in Shanghai
ROSTER = Roster((Team("支付中心", (LEAD,)),))


@dataclass(frozen=True)
class Shot:
    """One picture: a page's inside, whether on a phone, and where charts stand in it their files."""

    name: str
    inside: str
    phone: bool = False
    image: bytes = b""

    @property
    def page(self) -> str:
        """The whole page, with the chart in it."""
        data = f"data:image/png;base64,{base64.b64encode(self.image).decode()}"
        return blockkit.page(self.inside, phone=self.phone).replace("CHART", data)

    @property
    def mark(self) -> str:
        """What tells whether a picture is of this page still; how a chart is drawn is no part of it."""
        return hashlib.sha256(blockkit.page(self.inside, phone=self.phone).encode()).hexdigest()


def _command(name: str, text: str, *, phone: bool = False) -> Callable[[StandIn, Bot], Shot]:
    def shot(slack: StandIn, bot: Bot) -> Shot:
        command, _, rest = text.partition(" ")
        blocks = slack.command(bot.url, command, rest).json["blocks"]
        return Shot(name, blockkit.message(blocks, only_you=ONLY_YOU), phone)

    return shot


def _mention(name: str, text: str) -> Callable[[StandIn, Bot], Shot]:
    def shot(slack: StandIn, bot: Bot) -> Shot:
        before = len(slack.calls("chat.postMessage"))
        slack.mention(bot.url, text, user="U7")
        blocks: Any = slack.wait_for("chat.postMessage", count=before + 1).args["blocks"]
        slack.wait_for("files.completeUploadExternal")
        (chart,) = slack.files.shared()
        return Shot(name, blockkit.said(f"@周知 {text}") + blockkit.message(blocks, image="CHART"), image=chart.content)

    return shot


def _source(slack: StandIn, bot: Bot) -> Shot:
    blocks = slack.command(bot.url, "/project", "小贝什么时候上线").json["blocks"]
    buttons = [part for block in blocks if block["type"] == "actions" for part in block["elements"]]
    opened = len(slack.calls("views.open"))
    slack.action(bot.url, next(each for each in buttons if each["action_id"] == SOURCE_ACTION))
    slack.wait_for("views.open", count=opened + 1)
    return Shot("source", blockkit.modal(slack.views.newest))


def _preview(slack: StandIn, bot: Bot) -> Shot:
    opened = len(slack.calls("views.open"))
    slack.command(bot.url, "/report", "submit", user=LEAD)
    slack.wait_for("views.open", count=opened + 1)
    form = dict(slack.views.newest)
    field = next(block["block_id"] for block in form["blocks"] if "O2" in str(block.get("label")))
    written = "- 商户系统升级：整体进度60%，预计12/29提测\n- 机房双活：进度70%"
    view = slack.submit(bot.url, form, {field: written}, LEAD).json["view"]
    return Shot("submit", blockkit.modal(view))


def _home(slack: StandIn, bot: Bot) -> Shot:
    slack.open_home(bot.url, LEAD)
    slack.wait_for("views.publish")
    return Shot("home", blockkit.home(slack.views.homes[LEAD]))


def _reminder(slack: StandIn, bot: Bot) -> Shot:
    answering = replace(bot.answering, now=lambda: FRIDAY)
    delivery = Delivery(answering, Posting(bot.app.client, Outbox(answering.asker.library), answering.now))
    delivery.look()
    return Shot("reminder", blockkit.message(slack.messages[-1]["blocks"]))


def _file(slack: StandIn, bot: Bot) -> Shot:
    text = "# 第51周 2023-12-15\n\n## 【O2系统升级】\n\n- 商户系统升级：整体进度60%，12/29提测\n- 机房双活：进度70%\n"
    said = len(slack.calls("chat.postMessage"))
    slack.share(bot.url, [slack.files.send(slack.base_url, "第51周.md", text.encode())], user=LEAD)
    blocks: Any = slack.wait_for("chat.postMessage", count=said + 1).args["blocks"]
    return Shot("file", blockkit.message(blocks))


def _handed_in(slack: StandIn, bot: Bot) -> Shot:
    message = slack.calls("chat.postMessage")[-1].args
    submit = next(each for each in message["blocks"][-1]["elements"] if each["action_id"] == SUBMIT_ACTION)
    said = len(slack.calls("response_url"))
    slack.action(bot.url, submit, user=LEAD, channel=f"D{LEAD}", message=message)
    blocks: Any = slack.wait_for("response_url", count=said + 1).args["blocks"]
    return Shot("handed_in", blockkit.message(blocks))


SCENES: tuple[Callable[[StandIn, Bot], Shot], ...] = (
    _command("status", "/report status POS"),
    _command("phone", "/project 小贝什么时候上线", phone=True),
    _command("incidents", "/incidents 上周"),
    _mention("history", "银行卡办理的进度历史"),
    _command("nothing", "/project 区块链"),
    _command("menu", "/report"),
    _source,
    _preview,
    _home,
    _reminder,
    _file,
    _handed_in,
)


def shots(slack: StandIn, bot: Bot) -> list[Shot]:
    """All pictures, as the bot behaves now; its roster is `ROSTER`."""
    return [scene(slack, bot) for scene in SCENES]
