"""Socket Mode: the connection that the bot keeps, whatever Slack does with it."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from support.running import Bot, Held, Lossy
from support.slack_socket import SCHEME

from bot.answers.ask import Asker
from bot.errors import SlackRefused, SlackUnreachable
from bot.slack.socket_mode import SocketMode


@pytest.fixture
def listening(asker: Asker, slack: Lossy) -> Any:
    """A bot in Socket Mode."""
    bot = Bot(asker, slack, "socket")
    yield bot
    bot.finish()


def answered(slack: Lossy, bot: Bot) -> bool:
    """Whether the next command gets its answer."""
    return "POS" in slack.command(bot.url, "/report", "status POS").json["text"]


def test_the_bot_connects_anew_when_slack_asks(slack: Lossy, listening: Bot) -> None:
    """After `disconnect`, which Slack sends every few hours, commands are answered over the new connection."""
    assert answered(slack, listening)
    slack.sockets.refresh(listening.url.removeprefix(SCHEME))
    assert answered(slack, listening)
    assert slack.sockets.accepted == 2


@pytest.mark.parametrize("politely", [True, False])
def test_the_bot_connects_anew_when_slack_hangs_up(slack: Lossy, listening: Bot, politely: bool) -> None:
    """A connection that ends, with a word or without, is followed by another one."""
    slack.sockets.hang_up(listening.url.removeprefix(SCHEME), politely)
    slack.sockets.wait_for_connection(2)
    assert answered(slack, listening)


@pytest.mark.parametrize("length", [0, 125, 126, 20_000, 65_535, 65_536, 200_000])
def test_an_acknowledgement_of_any_length_arrives_whole(slack: Lossy, listening: Bot, length: int) -> None:
    """A payload in Chinese arrives as it was sent, from an empty one to some hundred kilobytes."""
    said = {"text": "周" * length}
    assert listening.socket is not None
    listening.socket.send_message(json.dumps({"envelope_id": "e0", "payload": said}, ensure_ascii=False))
    assert slack.sockets.wait_for("e0") == said


def test_an_event_that_slack_sends_again_is_answered_once(slack: Lossy, listening: Bot) -> None:
    """An envelope with a retry_attempt and an event_id that was seen is acknowledged and causes nothing."""
    slack.mention(listening.url, "POS 进度", event_id="Ev1")
    slack.wait_for("chat.postMessage")
    assert slack.mention(listening.url, "POS 进度", event_id="Ev1", retry_num=1).status == 200
    listening.finish()
    assert len(slack.calls("chat.postMessage")) == 1


def test_closing_sends_what_is_under_way(slack: Lossy, asker: Asker) -> None:
    """An answer that is being looked for when the bot is stopped still arrives."""
    with Held(asker) as held:
        bot = Bot(held, slack, "socket")
        replies: list[Any] = []
        asking = threading.Thread(target=lambda: replies.append(slack.command(bot.url, "/report", "status POS")))
        asking.start()
        held.asked.wait(10)
        stopping = threading.Thread(target=bot.finish)
        stopping.start()
        held.gate.release()
        stopping.join()
        asking.join()
    assert "POS" in replies[0].json["text"]


@pytest.mark.parametrize("token", ["xapp-wrong", "xoxb-stand-in"])
def test_a_wrong_app_token_is_told_in_one_line(slack: Lossy, start: Any, asker: Asker, token: str) -> None:
    """The error names the setting and where to copy it, and not the token; no thread stays behind."""
    app = Bot(asker, slack)
    before = threading.active_count()
    with pytest.raises(SlackRefused, match="SLACK_APP_TOKEN") as caught:
        SocketMode(app.app, token).open()
    assert token not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert threading.active_count() <= before + 1  # Slack's own thread for the request may still end
    app.finish()
    slack.forgive("apps.connections.open")


def test_a_slack_that_is_not_there_is_told_in_one_line(slack: Lossy, asker: Asker) -> None:
    """The error names the address and what to check."""
    app = Bot(asker, slack)
    app.app.client.base_url = "http://127.0.0.1:9/api/"
    with pytest.raises(SlackUnreachable, match="SLACK_API_URL"):
        SocketMode(app.app, "xapp-stand-in").open()
    app.finish()


def test_a_reading_that_begins_as_the_client_closes_ends(slack: Lossy, asker: Asker) -> None:
    """slack_sdk's reading thread says that it isn't over as it begins, also where that is after the end; then it read
    for ever, and closing waited for it."""
    bot = Bot(asker, slack, "socket")
    assert bot.socket is not None
    state = bot.socket.current_session_state
    assert not state.terminated
    bot.finish()
    state.terminated = False
    assert state.terminated
