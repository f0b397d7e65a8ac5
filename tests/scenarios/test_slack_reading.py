"""Reports whose checking takes longer than Slack waits: "reading…" first, the answer in its place, and nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.handing_in import ROSTER, buttons, field, opened, stands
from support.running import Bot, Lossy, visible
from support.slack import Gate

from bot.bootstrap import build_asker
from bot.slack.in_time import PAUSES
from store.library import Library

Json = dict[str, Any]
O2 = "【O2系统升级】"
LATER = {"ok": False, "error": "not_found"}


class SlowLibrary(Library):
    """Holds back, from `hold()` on, what a report is checked with; `asked` is set once something waits for it."""

    gate: Gate | None = None
    asked = threading.Event()

    def hold(self) -> Gate:
        """The gate that lets it go on."""
        self.asked, self.gate = threading.Event(), Gate()
        return self.gate

    def values_between(self, *args: Any) -> Any:
        """The figures of weeks, later."""
        if self.gate:
            self.asked.set()
            self.gate.wait()
        return super().values_between(*args)


@pytest.fixture
def library(database: Path) -> Iterator[SlowLibrary]:
    """The sample reports in a library that can be slow."""
    opened = SlowLibrary.open(str(database))
    yield opened
    opened.close()


@pytest.fixture
def bot(library: SlowLibrary, start: Callable[..., Bot]) -> Bot:
    """The bot over that library, with teams and an admin."""
    return start(build_asker(library), roster=ROSTER)


def drafts(library: Library) -> list[str]:
    """The texts of all drafts."""
    rows = library._connections.db.execute("SELECT text FROM drafts WHERE state <> 'form'")
    return [row[0] for row in rows]


def reading(slack: Lossy, bot: Bot, library: SlowLibrary, view: Json, values: Json) -> tuple[Json, Gate]:
    """What stands there while a modal that was sent is being read, and what lets that go on."""
    gate = library.hold()
    said = slack.submit(bot.url, view, values).json
    assert "正在读" in visible(said["view"]["blocks"])
    assert "submit" not in said["view"]
    return said, gate


def test_reading_is_shown_until_the_report_is_understood(slack: Lossy, bot: Bot, library: SlowLibrary) -> None:
    """The draft is kept before it is read; "reading…" stands above the form and gives way to the preview, and on the
    way to the confirmation once more."""
    form = opened(slack, bot)
    said, gate = reading(slack, bot, library, form, {field(form, O2): "- 机房双活：进度70%"})
    assert said["response_action"] == "push"
    assert library.asked.is_set()
    assert [text.split("\n")[0] for text in drafts(library)] == ["# 第51周 2023-12-15"]
    gate.release()
    assert slack.wait_for("views.update").args["external_id"] == said["view"]["external_id"]
    preview = dict(slack.views.newest)
    assert "读到项目 1 个" in visible(preview["blocks"])
    said, gate = reading(slack, bot, library, preview, {})
    assert said["response_action"] == "update"
    gate.release()
    slack.wait_for("views.update", count=2)
    assert "已提交" in visible(slack.views.newest["blocks"])
    assert list(buttons(slack.wait_for("chat.postMessage").args)) == ["看看", "更正", "撤回"]
    assert stands(build_asker(library)) == [("机房双活", 70)]



def test_what_is_wrong_is_said_in_words_then(slack: Lossy, bot: Bot, library: SlowLibrary) -> None:
    """No field can be marked any more: the words stand in its place, and closing them goes back to the form."""
    form = opened(slack, bot)
    _, gate = reading(slack, bot, library, form, {field(form, O2): "你好"})
    gate.release()
    slack.wait_for("views.update")
    shown = slack.views.newest
    assert "没有读到任何项目" in visible(shown["blocks"])
    assert not shown.get("clear_on_close")


def test_slack_that_does_not_know_the_view_yet_is_asked_again(slack: Lossy, bot: Bot, library: SlowLibrary) -> None:
    """The acknowledgement and the answer may cross: the answer is shown once Slack knows where."""
    form = opened(slack, bot)
    _, gate = reading(slack, bot, library, form, {field(form, O2): "- 机房双活：进度70%"})
    slack.fail("views.update", 200, body=LATER, times=2)
    gate.release()
    slack.wait_for("views.update", count=3)
    bot.finish()
    assert "读到项目 1 个" in visible(slack.views.newest["blocks"])
    assert not slack.calls("chat.postMessage")


def test_who_closes_it_is_told_directly(slack: Lossy, bot: Bot, library: SlowLibrary) -> None:
    """Where no modal is left, the preview comes as a message with its buttons, and the report can count from there."""
    form = opened(slack, bot)
    _, gate = reading(slack, bot, library, form, {field(form, O2): "- 机房双活：进度70%"})
    slack.fail("views.update", 200, body=LATER, times=len(PAUSES) + 1)
    gate.release()
    message = dict(slack.wait_for("chat.postMessage").args)
    slack.action(bot.url, buttons(message)["提交"], message=message)
    assert "已提交" in slack.wait_for("response_url").args["text"]
    assert stands(build_asker(library)) == [("机房双活", 70)]


class BrokenLibrary(SlowLibrary):
    """Meets a bug where a report is checked."""

    def values_between(self, *args: Any) -> Any:
        """Never returns, once it is to be slow."""
        if self.gate:
            raise RuntimeError("the flux ran dry")
        return super().values_between(*args)


def test_a_bug_is_told_with_its_number(slack: Lossy, start: Callable[..., Bot], database: Path) -> None:
    """The text is kept, the form stays below, and the log has the number that is shown."""
    library = BrokenLibrary.open(str(database))
    bot = start(build_asker(library), roster=ROSTER)
    form = opened(slack, bot)
    library.hold()
    said = slack.submit(bot.url, form, {field(form, O2): "- 机房双活：进度70%"}).json
    assert (said["response_action"], "编号" in visible(said["view"]["blocks"])) == ("push", True)
    assert len(drafts(library)) == 1
    bot.finish()
    library.close()
