"""Slash commands and buttons over HTTP: answered in the acknowledgement, or later at the response_url."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.running import TODAY, Bot, Broken, Held, Lossy, file_name, numbers, unescaped, visible
from support.slack import problems

from bot.answers.ask import Asker
from bot.render.json import render_json
from bot.slack.ids import ASK_ACTION

Message = dict[str, Any]
Fit = Callable[[Message], Message]

ASKED = [
    ("/report", "status POS", "status"),
    ("/report", "POS", "status"),
    ("/report", "incidents last 4 weeks", "incidents"),
    ("/report", "W40", "report"),
    ("/report", "第40周", "report"),
    ("/report", "search 银联", "search"),
    ("/report", "help", "help"),
    ("/incidents", "last 4 weeks", "incidents"),
    ("/project", "POS", "status"),
    ("/project", "区块链", "status"),
    ("/status", "POS", "status"),
    ("/report", "xyzzy frob", "search"),
    ("/report", "?", "help"),
]
# Read in the samples themselves: command, text, what the answer must say, the file and the lines that say it.
SEEN = [
    ("/report", "status POS", ["POS收单系统建设", "12/5", "11/23", "100%"], "2023-12-08.md", [53, 54]),
    ("/status", "POS", ["POS收单系统建设", "12/5", "11/23", "100%"], "2023-12-08.md", [53, 54]),
    ("/incidents", "last 4 weeks", ["2023-11-14", "2023-12-11", "19:20", "10:12"], "2023-12-08.md", [66, 67]),
    ("/report", "W40", ["2023-09-28", "99.998%", "99.21%", "87.41%"], "2023-09-28.md", []),
]


def said(reply: Any) -> Message:
    """The message in the body of an acknowledgement, which must be one for the asker's eyes."""
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("application/json")
    message: Message = reply.json
    assert message["response_type"] == "ephemeral"
    return message


@pytest.mark.parametrize(("command", "text", "kind"), ASKED)
def test_a_command_is_answered_in_its_acknowledgement(
    slack: Lossy, bot: Bot, asker: Asker, fit: Fit, command: str, text: str, kind: str
) -> None:
    """The acknowledgement has the whole answer, fit for Slack and for the asker alone; nothing else is sent.

    Text and blocks state every number (figures, dates, source lines) and every source (the first four) of the JSON.
    """
    message = fit(said(slack.command(bot.url, command, text)))
    told = render_json(asker.ask(f"{command} {text}".strip(), TODAY))
    bot.finish()
    shown = visible(message["blocks"])
    assert told["kind"] == kind
    assert numbers(told["text"]) == numbers(unescaped(message["text"]))
    assert numbers(re.sub("… .*$", "", told["text"])) <= numbers(shown)
    for source in {file_name(citation["source"]) for citation in told["citations"][:4]}:
        assert source in message["text"]
        assert source in shown
    assert not slack.calls("response_url", "chat.postMessage", "chat.postEphemeral")


@pytest.mark.parametrize(("command", "text", "facts", "source", "lines"), SEEN)
def test_an_answer_says_what_the_samples_say(
    slack: Lossy, bot: Bot, command: str, text: str, facts: list[str], source: str, lines: list[int]
) -> None:
    """Facts read in the sample reports by eye stand in text and blocks, with the file and lines that say them."""
    message = said(slack.command(bot.url, command, text))
    for told in (message["text"], visible(message["blocks"])):
        assert [fact for fact in facts if fact not in told] == []
        assert source in told
        assert {str(line) for line in lines} <= numbers(told.replace("–", " "))


def test_sources_beyond_the_fourth_are_counted(slack: Lossy, bot: Bot) -> None:
    """Where an answer rests on more reports than it has room to name, its blocks say how many, as its text does."""
    message = said(slack.command(bot.url, "/incidents", "最近半年"))
    last_line = message["text"].splitlines()[-1]
    (last_block,) = [block for block in message["blocks"] if block["type"] == "context"]
    more = re.search(r"还有 \d+ 条$", last_line)
    assert more is not None
    assert more[0] in visible(last_block)


def test_what_no_report_knows_is_denied_with_names_to_press(slack: Lossy, bot: Bot) -> None:
    """An unknown project is denied by its name, and each nearby name is a button whose value is a whole question."""
    message = said(slack.command(bot.url, "/project", "区块链"))
    assert "区块链" in message["blocks"][0]["text"]["text"]
    shown = [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]
    buttons = [button for button in shown if button["action_id"].startswith(ASK_ACTION)]
    assert buttons
    for button in buttons:
        denied = said(slack.command(bot.url, "/report", button["value"]))["blocks"][0]["text"]["text"]
        assert denied.lstrip("*").startswith(button["value"].rpartition(" ")[0])


MARKUP = ["<!channel>", "&lt;!here&gt;", "<@U123>", "&lt;@U123&gt;", "<https://evil.example|x>", "&amp;", "*", "`",
          "\n", "POS", "进度", "事故", "search", "W40", "/", "<", "|", ">", "\x00", "\u2028", "%"]  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(st.characters(codec="utf-8"), max_size=20)), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
def test_any_text_after_a_command_gets_a_fit_answer(slack: Lossy, bot: Bot, words: list[str]) -> None:
    """Whatever stands after a command, the acknowledgement is an answer that Slack takes and that pings nobody."""
    message = said(slack.command(bot.url, "/report", " ".join(words)))
    assert problems(message) == []
    assert not re.search("[<>]", message["text"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
@example(words=["search POS APP ad SDK last 4 weeks"])
def test_no_text_after_a_command_meets_a_bug(slack: Lossy, bot: Bot, words: list[str]) -> None:
    """Whatever stands after a command, the answer isn't the one that says that something broke."""
    assert "出错了" not in said(slack.command(bot.url, "/report", " ".join(words)))["text"]


@pytest.mark.parametrize("text", ["支" * 20_000, "status " + "POS " * 5_000, "<!channel>" * 2_000])
def test_an_endless_question_gets_a_fit_answer(slack: Lossy, bot: Bot, fit: Fit, text: str) -> None:
    """A question of any length is answered within Slack's limits."""
    message = said(slack.command(bot.url, "/report", text))
    fit(message)
    assert message["text"]


# ---- later -----------------------------------------------------------------------------------------------------------
def test_a_slow_answer_follows_at_the_response_url(slack: Lossy, start: Callable[[Any], Bot], asker: Asker) -> None:
    """A command whose answer isn't ready is acknowledged with an empty body; the answer comes to its response_url."""
    with Held(asker) as held:
        bot = start(held)
        reply = slack.command(bot.url, "/report", "status POS")
        assert (reply.status, reply.text) == (200, "")
        assert not slack.calls("response_url")
        held.gate.release()
        sent = slack.wait_for("response_url")
    bot.finish()
    assert sent.url == reply.response_url
    assert sent.args["response_type"] == "ephemeral"
    assert unescaped(sent.args["text"]) == render_json(asker.ask("/report status POS", TODAY))["text"]
    assert len(slack.calls("response_url")) == 1


def test_slow_questions_hold_nobody_else_up(slack: Lossy, start: Callable[[Any], Bot], asker: Asker) -> None:
    """While six people wait for slow answers, a seventh who asks something quick is answered in the acknowledgement."""
    with Held(asker, "慢") as held:
        bot = start(held)
        for number in range(6):
            slack.direct(bot.url, "慢 POS", user=f"U{number}")
        assert said(slack.command(bot.url, "/report", "help"))["blocks"]


# ---- what breaks -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["command", "mention", "button"])
def test_a_bug_becomes_a_message_with_the_number_in_the_log(
    slack: Lossy, start: Callable[[Any], Bot], asker: Asker, fit: Fit, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    """Who meets a bug gets a number and nothing of its insides; the log has that number and the traceback."""
    bot = start(Broken(asker))
    if how == "command":
        message = said(slack.command(bot.url, "/report", "status POS"))
    elif how == "mention":
        slack.mention(bot.url, "POS 进度")
        message = dict(slack.wait_for("chat.postMessage").args)
    else:
        slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"})
        message = dict(slack.wait_for("response_url").args)
    fit(message)
    [number] = set(re.findall("[0-9a-f]{8}", json.dumps([message["text"], message["blocks"]])))
    for inside in ("flux", "Traceback", "RuntimeError", ".py"):
        assert inside not in json.dumps(message)
    [record] = [each for each in caplog.records if number in each.getMessage()]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert "flux" in str(record.exc_info[1])
    assert "zhouzhi_failures_total 1.0" in bot.get("/metrics").text


# ---- buttons ---------------------------------------------------------------------------------------------------------
def test_a_button_is_answered_for_who_pressed(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A press is acknowledged empty and answered once, ephemerally, below a message that stays as it is."""
    help_message = said(slack.command(bot.url, "/report", "help"))
    [row] = [block for block in help_message["blocks"] if block["type"] == "actions"]
    pressed = row["elements"][0]
    reply = slack.action(bot.url, pressed, message=help_message)
    assert (reply.status, reply.text) == (200, "")
    sent = slack.wait_for("response_url")
    bot.finish()
    assert sent.url == reply.response_url
    assert sent.args["response_type"] == "ephemeral"
    assert sent.args["replace_original"] is False
    assert unescaped(sent.args["text"]) == render_json(asker.ask(pressed["value"], TODAY))["text"]
    assert len(slack.calls("response_url", "chat.postMessage", "chat.update")) == 1


def test_a_press_is_acknowledged_before_its_answer_is_ready(
    slack: Lossy, start: Callable[[Any], Bot], asker: Asker
) -> None:
    """The acknowledgement of a press doesn't wait for the answer."""
    with Held(asker) as held:
        bot = start(held)
        reply = slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"})
        assert (reply.status, reply.text) == (200, "")
        assert not slack.calls("response_url")
        held.gate.release()
        slack.wait_for("response_url")


@pytest.mark.parametrize("how", ["command", "button"])
def test_a_lost_answer_to_a_response_url_is_not_sent_again(
    slack: Lossy, start: Callable[[Any], Bot], asker: Asker, how: str
) -> None:
    """When Slack hangs up after taking an answer at the response_url, the answer doesn't appear a second time."""
    slack.lost = {"response_url"}
    with Held(asker, "POS" if how == "command" else "nothing") as held:
        bot = start(held)
        if how == "command":
            slack.command(bot.url, "/report", "status POS")
        else:
            slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"})
        held.gate.release()
        slack.wait_for("response_url")
    bot.finish()
    assert len(slack.calls("response_url")) == 1


def test_an_answer_that_slack_was_too_busy_for_reaches_the_response_url(slack: Lossy, bot: Bot) -> None:
    """A 429 at the response_url, which takes nothing, is tried again after the time that it names."""
    slack.fail("response_url", 429, {"Retry-After": "0"})
    slack.action(bot.url, {"action_id": "ask_0", "value": "POS 进度"})
    bot.finish()
    assert [call.error for call in slack.calls("response_url")] == ["injected", ""]
