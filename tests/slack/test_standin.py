"""The stand-in for Slack refuses what Slack refuses, and sends what Slack sends."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient
from support.slack import BOT, BOT_USER, StandIn, problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Block = dict[str, Any]
    Received = list[tuple[dict[str, str], bytes]]


def plain(text: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Block:
    """A section of mrkdwn."""
    return {"type": "section", "text": mrkdwn(text), **more}


def button(name: str = "a", **more: Any) -> Block:
    """A button with an action_id."""
    return {"type": "button", "action_id": name, "text": plain("More"), **more}


def actions(*elements: Block, **more: Any) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements), **more}


def table(*rows: list[Block], **more: Any) -> Block:
    """A table."""
    return {"type": "table", "rows": list(rows), **more}


def cell(text: str) -> Block:
    """A cell of raw text."""
    return {"type": "raw_text", "text": text}


def rich(*words: Block) -> Block:
    """A rich_text block of one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(words)}]}


def message(*blocks: Any, text: str = "周报", **more: Any) -> dict[str, Any]:
    """A message with a fallback text."""
    return {"text": text, "blocks": list(blocks), **more}


DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "image_url": "https://x.test/a.png"}
WORD = {"type": "text", "text": "加粗", "style": {"bold": True}}
DATE_INPUT = {"type": "input", "label": plain("Due"), "element": {"type": "datepicker", "initial_date": "2023-09-15"}}
MODAL = {"type": "modal", "title": plain("Weekly"), "submit": plain("Send"), "blocks": [DATE_INPUT]}
GOOD = {
    "text alone": {"text": "POS 85%"},
    "an answer": message(
        {"type": "header", "text": plain("字" * 150)},
        section("字" * 3000, accessory=button()),
        {"type": "section", "fields": [mrkdwn("a")] * 10},
        {"type": "context", "elements": [mrkdwn("来源：a.md 62–66 行")] * 10},
        DIVIDER,
        actions(*(button(f"a{n}", value="v" * 2000, style="primary") for n in range(25)), block_id="row"),
    ),
    "a table at its limits": message(
        table(*[[cell("1"), rich(WORD)] * 10] * 100, column_settings=[{"align": "right"}])
    ),
    "rich text": message(rich(WORD, {"type": "link", "url": "https://x.test", "text": "link"})),
    "markdown": message({"type": "markdown", "text": "# POS\n**85%**"}),
    "an image": message({**IMAGE, "alt_text": "chart"}),
    "fifty blocks": message(*[DIVIDER] * 50),
    "escaped ping": message(section("&lt;!channel&gt; 上线"), text="&lt;@U1&gt;"),
    "a ping in raw text": message(table([cell("<!channel>")])),
}
BAD = {
    "no fallback text": ({"blocks": [DIVIDER]}, "missing text"),
    "blank fallback text": (message(DIVIDER, text=" \n"), "missing text"),
    "text over 40,000": ({"text": "a" * 40_001}, "less than 40001"),
    "51 blocks": (message(*[DIVIDER] * 51), "no more than 50"),
    "unknown block": (message({"type": "bogus"}), "unsupported type: bogus"),
    "block that is a string": (message("hello"), "unsupported type: None"),
    "unknown key in a block": (message({**DIVIDER, "foo": 1}), "unknown key: foo"),
    "unknown key in an element": (message(actions(button(colour="red"))), "unknown key: colour"),
    "section of 3,001": (message(section("a" * 3001)), "less than 3001"),
    "section with nothing": (message({"type": "section"}), "text or fields"),
    "section text as a string": (message({"type": "section", "text": "hi"}), "unsupported type"),
    "empty section": (message(section("")), "more than 0 characters"),
    "field of 2,001": (message({"type": "section", "fields": [mrkdwn("a" * 2001)]}), "less than 2001"),
    "11 fields": (message({"type": "section", "fields": [mrkdwn("a")] * 11}), "no more than 10"),
    "header of 151": (message({"type": "header", "text": plain("a" * 151)}), "less than 151"),
    "header of mrkdwn": (message({"type": "header", "text": mrkdwn("a")}), "unsupported type: mrkdwn"),
    "11 context elements": (message({"type": "context", "elements": [mrkdwn("a")] * 11}), "no more than 10"),
    "26 actions": (message(actions(*(button(f"a{n}") for n in range(26)))), "no more than 25"),
    "button text of 76": (message(actions(button(text=plain("a" * 76)))), "less than 76"),
    "button value of 2,001": (message(actions(button(value="a" * 2001))), "less than 2001"),
    "button of another style": (message(actions(button(style="green"))), "must be one of primary, danger"),
    "101 rows": (message(table(*[[cell("a")]] * 101)), "no more than 100"),
    "21 columns": (message(table([cell("a")] * 21)), "no more than 20"),
    "empty cell": (message(table([cell("")])), "more than 0 characters"),
    "empty rich cell": (message(table([rich()])), "more than 0 characters"),
    "mrkdwn cell": (message(table([mrkdwn("a")])), "unsupported type: mrkdwn"),
    "two tables": (message(table([cell("a")]), table([cell("b")])), "only one table"),
    "column in the middle": (message(table([cell("a")], column_settings=[{"align": "middle"}])), "left, center, right"),
    "11,001 characters in all": (message(*[section("a" * 2999)] * 3, section("b" * 2004)), "11001 characters"),
    "block_id twice": (message({**DIVIDER, "block_id": "x"}, {**DIVIDER, "block_id": "x"}), "block_id x already"),
    "action_id twice in a block": (message(actions(button("a"), button("a"))), "action_id a already"),
    "image without alt_text": (message(IMAGE), "alt_text"),
    "ping of a channel": (message(section("<!channel> 上线")), "pings !channel"),
    "ping of a user": (message(section("<@U2> 上线")), "pings @U2"),
    "ping in the fallback": (message(DIVIDER, text="<!here>"), "pings !here"),
    "ping in a field": (message({"type": "section", "fields": [mrkdwn("<!subteam^S1|x>")]}), "pings !subteam^S1"),
    "ping in markdown": (message({"type": "markdown", "text": "<@U2>"}), "pings @U2"),
    "ping in rich text": (message(rich({"type": "broadcast", "range": "here"})), "pings !broadcast"),
    "ping by parsing": ({"text": "@channel", "parse": "full"}, "parse=full"),
    "legacy attachments": ({"text": "a", "attachments": [{"text": "b"}]}, "attachments"),
}
BAD_VIEWS = {
    "title of 25": ({**MODAL, "title": plain("a" * 25)}, "less than 25"),
    "private_metadata of 3,001": ({**MODAL, "private_metadata": "a" * 3001}, "less than 3001"),
    "an input and no submit": ({k: v for k, v in MODAL.items() if k != "submit"}, "submit"),
    "a table": ({**MODAL, "blocks": [table([cell("a")])]}, "unsupported type: table"),
    "101 blocks": ({**MODAL, "blocks": [DIVIDER] * 101}, "no more than 100"),
}


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace where U1 may be mentioned."""
    with StandIn(allowed=["U1"]) as standin:
        yield standin


@pytest.fixture
def client(slack: StandIn) -> WebClient:
    """The bot's client, with no retries."""
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bot() -> Iterator[tuple[str, Received]]:
    """A server that answers `{"heard": n}` and keeps what it heard: its URL, and (headers, body) of each request."""
    heard: Received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"heard": len(heard)}).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/slack/events", heard
        server.shutdown()
        thread.join()


def error_of(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The error code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return str(caught.value.response["error"])


# ---- what may be sent ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("payload", GOOD.values(), ids=GOOD.keys())
def test_a_good_message_has_no_problems_and_is_posted(payload: dict[str, Any], client: WebClient) -> None:
    """A message within all limits passes the checks and Slack takes it."""
    assert problems(payload) == []
    assert client.chat_postMessage(channel="C1", **payload)["ok"]


@pytest.mark.parametrize(("payload", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_message_is_refused_for_its_reason(payload: dict[str, Any], reason: str, slack: StandIn) -> None:
    """A message over one limit is found out for exactly that, here and when the bot posts it to a response_url."""
    assert reason in "\n".join(problems(payload))
    slack.response_uses["x"] = 0
    assert WebhookClient(slack.base_url + "/response/x").send_dict(payload).status_code == 404
    assert len(slack.refused()) == 1


@pytest.mark.parametrize(("view", "reason"), BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_a_bad_modal_is_refused_for_its_reason(view: dict[str, Any], reason: str) -> None:
    """A modal has limits of its own."""
    assert problems(MODAL, "modal") == []
    assert reason in "\n".join(problems(view, "modal"))


def test_a_home_view_has_no_title() -> None:
    """A home view takes blocks, but neither title nor table."""
    home = {"type": "home", "blocks": [section("a"), actions(button())]}
    assert problems(home, "home") == []
    assert problems({**home, "title": plain("a")}, "home") == ["unknown key: title [json-pointer:/]"]


def test_a_mention_that_a_test_allows_is_no_problem() -> None:
    """A reminder may address its lead, in mrkdwn and in rich text, and nobody else."""
    addressed = message(section("<@U1> 周报"), rich({"type": "user", "user_id": "U1"}))
    assert problems(addressed, allowed=["U1"]) == []
    assert len(problems(addressed, allowed=["U2"])) == 2


# ---- the Web API -----------------------------------------------------------------------------------------------------
def test_the_bot_learns_who_it_is(client: WebClient) -> None:
    """auth.test names the bot, so that Bolt can ignore what it said itself."""
    who = client.auth_test()
    assert (who["user_id"], who["bot_id"]) == (BOT_USER, BOT)


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), (None, "not_authed")])
def test_a_wrong_token_is_refused(token: str | None, error: str, slack: StandIn) -> None:
    """Without its own token the bot does nothing."""
    stranger = WebClient(token, base_url=slack.api_url)
    assert error_of(stranger.chat_postMessage, channel="C1", text="a") == error
    assert slack.messages == []
    assert [call.error for call in slack.refused()] == [error]


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": "C1"}, "no_text"),
        ("chat.postMessage", {"channel": "C1", "text": " "}, "no_text"),
        ("chat.postMessage", {"text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "general", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C1", "text": "a" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "C1", "text": "a", "blocks": "[]x"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C1", "text": "a", "blocks": [{"type": "bogus"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "C1", "blocks": [DIVIDER]}, "unfit_message"),
        ("chat.postMessage", {"channel": "C1", "text": "<@U2>"}, "unfit_message"),
        ("chat.postMessage", {"channel": "C1", "text": "a", "metadata": {"k": 1}}, "invalid_metadata_format"),
        ("chat.postEphemeral", {"channel": "C1", "text": "a"}, "invalid_arguments"),
        ("chat.update", {"channel": "C1", "ts": "1.1", "text": "a"}, "message_not_found"),
        ("chat.update", {"channel": "C1", "ts": "1.1", "text": "a" * 4001}, "msg_too_long"),
        ("chat.shout", {"channel": "C1", "text": "a"}, "unknown_method"),
    ],
)
def test_a_bad_call_gets_slacks_error(method: str, args: dict[str, Any], error: str, client: WebClient) -> None:
    """Each mistake has the code that Slack's reference gives it."""
    assert error_of(client.api_call, method, json=args) == error


def test_a_refusal_says_why(client: WebClient, slack: StandIn) -> None:
    """invalid_blocks comes with Slack's messages, and the record keeps them."""
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C1", **message(section("a" * 3001)))
    said = caught.value.response["response_metadata"]["messages"]
    assert said[0] == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert slack.refused()[0].reasons == tuple(said)


def test_a_posted_message_can_be_updated(client: WebClient, slack: StandIn) -> None:
    """chat.update finds what chat.postMessage posted, by channel and ts."""
    ts = client.chat_postMessage(channel="C1", text="before")["ts"]
    client.chat_update(channel="C1", ts=ts, text="after")
    assert [(each["ts"], each["text"]) for each in slack.messages] == [(ts, "after")]


def test_further_methods_answer_what_a_test_says(client: WebClient, slack: StandIn) -> None:
    """`answers` takes a dict or a function of the arguments."""
    slack.answers["users.info"] = lambda args: {"user": {"id": args["user"], "locale": "en-US"}}
    assert client.users_info(user="U7")["user"] == {"id": "U7", "locale": "en-US"}


def test_fail_injects_once(client: WebClient, slack: StandIn) -> None:
    """The next call gets the fault and does nothing, the one after it works; the fault isn't the bot's."""
    slack.fail("chat.postMessage")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C1", text="a")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    assert slack.messages == []
    assert client.chat_postMessage(channel="C1", text="a")["ok"]
    assert len(slack.calls("chat.postMessage")) == 2
    assert slack.refused() == ()


def test_fail_answers_what_it_is_told(client: WebClient, slack: StandIn) -> None:
    """Status, body and number of times can be chosen."""
    slack.fail("chat.postMessage", status=200, body={"ok": False, "error": "fatal_error"}, times=2)
    errors = [error_of(client.chat_postMessage, channel="C1", text="a") for _ in range(2)]
    assert errors == ["fatal_error"] * 2
    assert client.chat_postMessage(channel="C1", text="a")["ok"]


def test_hold_keeps_the_answer_back(client: WebClient, slack: StandIn) -> None:
    """A held call has arrived and is recorded, but its caller waits until the gate opens."""
    with slack.hold("chat.postMessage"):
        caller = threading.Thread(target=client.chat_postMessage, kwargs={"channel": "C1", "text": "a"})
        caller.start()
        slack.wait_for("chat.postMessage")
        assert caller.is_alive()
    caller.join()
    assert len(slack.messages) == 1


def test_wait_for_tells_what_did_arrive(client: WebClient, slack: StandIn) -> None:
    """A call that never comes fails the test with those that came."""
    client.chat_postMessage(channel="C1", text="instead")
    with pytest.raises(AssertionError, match="instead"):
        slack.wait_for("response_url", seconds=0)
    assert slack.wait_for(lambda call: call.args.get("text") == "instead").token == slack.bot_token


# ---- response_url ----------------------------------------------------------------------------------------------------
def test_a_response_url_works_five_times(slack: StandIn, bot: tuple[str, Received]) -> None:
    """The sixth use is refused, as is a URL that was never given out."""
    webhook = WebhookClient(slack.command(bot[0], "/report").response_url, retry_handlers=[])
    answers = [webhook.send(text="a", response_type="in_channel") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert json.loads(answers[5].body)["error"] == "used_url"
    assert WebhookClient(slack.base_url + "/response/none").send(text="a").status_code == 404
    assert slack.wait_for("response_url", count=5).url == webhook.url


def test_a_response_url_takes_json_only(slack: StandIn, bot: tuple[str, Received]) -> None:
    """A form, or a response_type that Slack doesn't know, is refused; deleting the original needs no text."""
    webhook = WebhookClient(slack.command(bot[0], "/report").response_url)
    assert slack.post(webhook.url, b"text=a", "application/x-www-form-urlencoded").json["error"] == "no_text"
    assert webhook.send(text="a", response_type="public").status_code == 404
    assert webhook.send(delete_original=True).status_code == 200


# ---- what Slack sends ------------------------------------------------------------------------------------------------
def test_every_request_is_signed_as_slack_signs(slack: StandIn, bot: tuple[str, Received]) -> None:
    """slack_sdk's verifier, which Bolt uses, accepts commands, events and clicks."""
    url, heard = bot
    slack.command(url, "/report", "状态 POS")
    slack.mention(url, "状态 POS")
    slack.action(url, button())
    verifier = SignatureVerifier(slack.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in heard] == [True] * 3


def test_a_forged_a_stale_and_an_unsigned_request_can_be_sent(slack: StandIn, bot: tuple[str, Received]) -> None:
    """A wrong secret, an old timestamp and a missing header each fail verification."""
    url, heard = bot
    slack.command(url, "/report", secret="someone else's")
    slack.direct(url, "hi", timestamp=1_600_000_000)
    slack.post(url, b"{}", "application/json", headers={"X-Slack-Signature": None})
    verifier = SignatureVerifier(slack.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in heard] == [False] * 3


def test_a_command_comes_as_a_form(slack: StandIn, bot: tuple[str, Received]) -> None:
    """A slash command says who asked what, where, and where to answer; its reply is handed back."""
    url, heard = bot
    reply = slack.command(url, "/report", "status POS", user="U3", channel="DU3")
    form = {key: value for key, [value] in parse_qs(heard[0][1].decode()).items()}
    assert (form["command"], form["text"], form["user_id"]) == ("/report", "status POS", "U3")
    assert (form["channel_name"], form["response_url"]) == ("directmessage", reply.response_url)
    assert (reply.status, reply.json) == (200, {"heard": 1})


def test_an_event_can_be_repeated(slack: StandIn, bot: tuple[str, Received]) -> None:
    """A retry has the same event_id and says which try it is; other events have ids of their own."""
    url, heard = bot
    slack.mention(url, "hi", event_id="Ev9", thread_ts="1.1")
    slack.mention(url, "hi", event_id="Ev9", retry_num=1)
    slack.message(url, "hi")
    first, again, other = (json.loads(body) for _, body in heard)
    assert first["event_id"] == again["event_id"] != other["event_id"]
    assert (heard[0][0].get("X-Slack-Retry-Num"), heard[1][0]["X-Slack-Retry-Num"]) == (None, "1")
    assert (first["event"]["text"], first["event"]["thread_ts"]) == (f"<@{BOT_USER}> hi", "1.1")
    assert other["event"]["channel_type"] == "channel"


def test_a_click_names_its_message(slack: StandIn, bot: tuple[str, Received]) -> None:
    """block_actions carries the button, the message it is below, and a response_url."""
    url, heard = bot
    reply = slack.action(url, button("share", value="7"), channel="C2", message={"ts": "5.5"})
    payload = json.loads(parse_qs(heard[0][1].decode())["payload"][0])
    assert (payload["type"], payload["actions"][0]["action_id"]) == ("block_actions", "share")
    assert (payload["container"]["message_ts"], payload["channel"]["id"]) == ("5.5", "C2")
    assert payload["response_url"] == reply.response_url
