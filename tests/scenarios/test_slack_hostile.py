"""Reports full of Slack's own markup: no answer pings anybody, forges a link, or shows anything but what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.running import Bot, Lossy, unescaped, visible

from bot.bootstrap import build_asker
from store.intake import Candidate
from store.library import Library

Message = dict[str, Any]
BASE = "https://docs.example.com/reports"
TEAM = "<!here>组"
NAME = "<@U123>|evil&amp;*x*`.md"
REPORT = """# 第49周 2023-12-08

## 【重点工作】

- 【<!channel>切换】
12/6完成 <@U123> 与 <https://evil.example|内网> 的演练，`rm -rf` *全部* _斜_ ~删~，&amp; &lt;!here&gt; 。

## 【系统运行数据】

- 入金<!here>成功率：99.91%

## 【O1 <!channel>服务】

- 小鲸<!channel>接入：开发80%，12/20提测，见<https://evil.example|点此>。
- *星图*`平台`：开发55%，&amp;lt; <#C123|频道> <mailto:a@evil.example|写信>。

1. 生产稳定性事件：
- 12/4 10:12 <!everyone> 网关<@U123>超时，影响 <https://evil.example|3笔> &amp; 失败。
处置：`重启` *网关*，<!subteam^S1|值班组> 已回退 <!date^1^{date}|昨天>。

## 下周工作及目标

1. <!channel> 全量 <https://evil.example>
"""
QUESTIONS = [
    "status 小鲸", "status 星图", "status <!channel>", "status 区块链", "incidents last 4 weeks", "incidents 网关", "",
    "W49", "第49周", "search 网关", "search evil.example", "search &amp;", "search <!everyone>", "search 演练啊",
    "help", "&lt;!channel&gt; &lt;@U123&gt;", "<https://evil.example|POS>", "*粗* `码`", "小鲸 什么时候 提测",
]  # fmt: skip


@pytest.fixture
def serve(start: Callable[[Any], Bot], tmp_path: Path) -> Iterator[Callable[[str | None], Bot]]:
    """Start the bot over the one report, published below an address or not at all."""
    library = Library.open(str(tmp_path / "hostile.db"), create=True)
    bots: list[Bot] = []

    def serving(base: str | None) -> Bot:
        file = Candidate(f"/r/{NAME}", f"/r/{NAME}", NAME, None, REPORT.encode())
        outcomes = list(library.ingest([file], datetime.now(UTC), TEAM, base))
        assert [outcome.status for outcome in outcomes] == ["added"]
        bots.append(start(build_asker(library)))
        return bots[-1]

    yield serving
    for each in bots:
        each.finish()
    library.close()


@pytest.fixture
def bot(serve: Callable[[str | None], Bot]) -> Bot:
    """The bot over the report, with a link to it."""
    return serve(BASE)


def parts(value: Any) -> Iterator[Message]:
    """All objects within the blocks."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def assert_harmless(message: Message) -> None:
    """Slack finds nothing to act on in the message but links to the reports themselves."""
    assert not re.search("[<>]", message["text"])
    assert not re.search("&(?!amp;|lt;|gt;)", message["text"])
    assert not message.get("attachments")
    for part in parts(message["blocks"]):
        assert part.get("type") not in (
            "link",
            "user",
            "usergroup",
            "channel",
            "broadcast",
            "date",
            "emoji",
            "markdown",
        )
        assert "url" not in part
        if part.get("type") == "mrkdwn":
            assert re.fullmatch(rf"<{BASE}/[^<>|\s]+\|[^<>]+> [^<>]+", part["text"])
            assert part["verbatim"] is True


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_pings_or_forges(slack: Lossy, bot: Bot, fit: Callable[[Message], Message], question: str) -> None:
    """By command, button and direct message: nothing in report or question is read by Slack as markup."""
    reply = slack.command(bot.url, "/report", question)
    slack.action(bot.url, {"action_id": "ask_0", "value": question})
    slack.direct(bot.url, question or "周报")
    bot.finish()
    answers = [reply.json, *(dict(call.args) for call in slack.calls("response_url", "chat.postMessage"))]
    assert len(answers) == 3
    for message in answers:
        assert_harmless(fit(message))


@pytest.mark.parametrize("question", ["status 小鲸", "incidents last 4 weeks", "W49"])
def test_a_report_without_a_link_makes_none(
    slack: Lossy, serve: Callable[[str | None], Bot], fit: Callable[[Message], Message], question: str
) -> None:
    """Where a report isn't published, its file name is plain text, whatever it looks like."""
    message = fit(slack.command(serve(None).url, "/report", question).json)
    assert_harmless(message)
    assert [part for part in parts(message["blocks"]) if part.get("type") == "mrkdwn"] == []
    assert NAME in visible(message["blocks"])


SHOWN = [
    ("status 小鲸", "小鲸<!channel>接入"),
    ("status 星图", "*星图*`平台`"),
    ("incidents last 4 weeks", "<!everyone> 网关<@U123>超时"),
    ("incidents last 4 weeks", "<!subteam^S1|值班组>"),
    ("search 内网", "`rm -rf` *全部* _斜_ ~删~"),
    ("search &lt;!here&gt;", "入金<!here>成功率：99.91%"),
    ("search &amp;lt;!here", "~删~，&amp; &lt;!here&gt;"),
    ("search 平台", "&amp;lt; <#C123|频道>"),
    ("W49", TEAM),
]


@pytest.mark.parametrize(("question", "written"), SHOWN)
def test_report_text_is_shown_as_it_is_written(slack: Lossy, bot: Bot, question: str, written: str) -> None:
    """What looks like markup in a report, or in a question as Slack escapes it, is neither lost nor changed."""
    message = slack.command(bot.url, "/report", question).json
    assert written in unescaped(message["text"])
    assert written in visible(message["blocks"])
