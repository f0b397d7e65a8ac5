"""The stand-in's people, conversations, modals and home tabs behave as Slack's do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, build_opener

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from support.slack import StandIn
from support.slack_views import check_acknowledgement, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


TYPED = {"type": "plain_text_input", "action_id": "text", "multiline": True, "initial_value": "POS 85%"}
FIELD = {"type": "input", "block_id": "body", "label": plain("Report"), "element": TYPED, "optional": True}
OPTIONS = [{"text": plain(name), "value": name} for name in ("zh", "en")]
CHOICE = {"type": "static_select", "action_id": "lang", "options": OPTIONS}
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Weekly"),
    "submit": plain("Send"),
    "blocks": [FIELD, {"type": "input", "label": plain("Language"), "block_id": "lang", "element": CHOICE}],
}
HOME = {"type": "home", "blocks": [{"type": "section", "text": plain("Nothing due")}]}
ONCE = {"event_type": "zhouzhi_once", "event_payload": {"key": "a"}}


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace."""
    with StandIn() as standin:
        standin.scopes |= {"im:write", "users:read.email"}  # the stand-in knows more than the bot asks for
        yield standin


@pytest.fixture
def client(slack: StandIn) -> WebClient:
    """The bot's client, which never tries again."""
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def trigger(slack: StandIn) -> str:
    """A new trigger_id, as a command offers one."""
    return slack._handles()["trigger_id"]


def error(call: Any, **args: Any) -> str:
    """The code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


# ---- people and conversations ----------------------------------------------------------------------------------------
def test_a_person_is_known_by_id_and_by_mail(slack: StandIn, client: WebClient) -> None:
    """users.info gives the locale only when asked for; users.lookupByEmail needs a scope of its own."""
    slack.people.known["U7"] = {"locale": "en-US", "profile": {"email": "ann@x.test", "real_name": "Ann"}}
    assert client.users_info(user="U7", include_locale=True)["user"]["locale"] == "en-US"
    assert "locale" not in client.users_info(user="U7")["user"]
    slack.scopes -= {"users:read.email"}
    assert error(client.users_lookupByEmail, email="ann@x.test") == "missing_scope"
    slack.scopes.add("users:read.email")
    assert client.users_lookupByEmail(email="Ann@x.test")["user"]["id"] == "U7"
    assert error(client.users_lookupByEmail, email="bob@x.test") == "users_not_found"
    slack.people.errors["U8"] = "user_not_found"
    assert error(client.users_info, user="U8") == "user_not_found"


def test_a_message_to_a_person_stands_in_their_direct_messages(slack: StandIn, client: WebClient) -> None:
    """A user's id as the channel is the conversation that conversations.open gives."""
    opened = client.conversations_open(users="U1")["channel"]["id"]
    assert client.chat_postMessage(channel="U1", text="a")["channel"] == opened
    assert [each["text"] for each in client.conversations_history(channel=opened)["messages"]] == ["a"]


def test_a_history_is_newest_first_and_hides_metadata(client: WebClient) -> None:
    """Only who asks for it sees the metadata; `oldest` leaves out what came up to then, and replies stand apart."""
    first = client.chat_postMessage(channel="C1", text="a", metadata=ONCE)["ts"]
    client.chat_postMessage(channel="C1", text="b", thread_ts=first)
    client.chat_postMessage(channel="C1", text="c")
    found = client.conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert [each["text"] for each in found] == ["c", "a"]
    assert found[1]["metadata"] == ONCE
    assert "metadata" not in client.conversations_history(channel="C1")["messages"][1]
    assert [each["text"] for each in client.conversations_history(channel="C1", oldest=first)["messages"]] == ["c"]
    assert [each["text"] for each in client.conversations_replies(channel="C1", ts=first)["messages"]] == ["a", "b"]


def test_a_history_comes_in_pages(client: WebClient) -> None:
    """A cursor leads to the rest."""
    for text in "abc":
        client.chat_postMessage(channel="C1", text=text)
    page = client.conversations_history(channel="C1", limit=2)
    rest = client.conversations_history(channel="C1", limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert [each["text"] for each in [*page["messages"], *rest["messages"]]] == ["c", "b", "a"]
    assert (page["has_more"], rest["has_more"]) == (True, False)


def test_a_place_can_be_closed(slack: StandIn, client: WebClient) -> None:
    """`people.errors` names what a channel or a person answers with."""
    slack.people.errors |= {"C9": "is_archived", "U9": "user_disabled"}
    assert error(client.chat_postMessage, channel="C9", text="a") == "is_archived"
    assert error(client.conversations_open, users="U9") == "user_disabled"


# ---- modals and homes ------------------------------------------------------------------------------------------------
def test_a_trigger_opens_one_modal(slack: StandIn, client: WebClient) -> None:
    """A used trigger and a made-up one are refused."""
    handle = trigger(slack)
    client.views_open(trigger_id=handle, view=MODAL)
    assert error(client.views_open, trigger_id=handle, view=MODAL) == "exchanged_trigger_id"
    assert error(client.views_open, trigger_id="1.2.999", view=MODAL) == "invalid_trigger_id"
    assert slack.views.newest["callback_id"] == "form"


def test_an_unfit_view_is_refused(slack: StandIn, client: WebClient) -> None:
    """A modal over Slack's limits isn't shown, nor a modal as a home tab."""
    long = {**MODAL, "title": plain("a" * 25)}
    assert error(client.views_open, trigger_id=trigger(slack), view=long) == "invalid_arguments"
    assert error(client.views_publish, user_id="U1", view=MODAL) == "invalid_arguments"
    assert not slack.views.shown


def test_a_modal_is_updated_while_nobody_else_did(slack: StandIn, client: WebClient) -> None:
    """views.update takes the view's id and refuses an old hash."""
    shown = client.views_open(trigger_id=trigger(slack), view=MODAL)["view"]
    renamed = {**MODAL, "title": plain("Again")}
    client.views_update(view_id=shown["id"], hash=shown["hash"], view=renamed)
    assert slack.views.newest["title"] == plain("Again")
    assert error(client.views_update, view_id=shown["id"], hash=shown["hash"], view=MODAL) == "hash_conflict"
    assert error(client.views_update, view_id="V999", view=MODAL) == "not_found"


def test_a_home_is_kept_by_user(slack: StandIn, client: WebClient) -> None:
    """views.publish sets the home tab of one person."""
    client.views_publish(user_id="U1", view=HOME)
    assert slack.views.homes["U1"]["blocks"][0]["text"] == plain("Nothing due")
    assert "U2" not in slack.views.homes


def test_the_state_of_a_modal_is_what_was_entered(slack: StandIn, client: WebClient) -> None:
    """Fields that weren't touched keep their first value; an emptied one is None; unknown and too long ones fail."""
    view = client.views_open(trigger_id=trigger(slack), view=MODAL)["view"]
    state = state_of(view, {"lang": "en"})
    assert state["body"] == {"text": {"type": "plain_text_input", "value": "POS 85%"}}
    assert state["lang"]["lang"]["selected_option"] == OPTIONS[1]
    assert state_of(view, {"body": ""})["body"]["text"]["value"] is None
    for wrong in ({"nothing": "a"}, {"body": "a" * 3001}):
        with pytest.raises(AssertionError):
            state_of(view, wrong)


@pytest.mark.parametrize(
    "said",
    [
        {"response_action": "errors", "errors": {"nothing": "a"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "shout"},
        {"response_action": "update", "view": {**MODAL, "title": plain("a" * 25)}},
        {"text": "a message"},
    ],
)
def test_a_wrong_answer_to_a_submission_fails(said: dict[str, Any]) -> None:
    """Errors on what is no field, unknown actions and unfit views are nothing that Slack would show."""
    check_acknowledgement(MODAL, {})
    check_acknowledgement(MODAL, {"response_action": "errors", "errors": {"body": "Too short"}})
    with pytest.raises(AssertionError):
        check_acknowledgement(MODAL, said)


def test_a_sent_file_is_handed_out_to_whoever_has_the_token_and_the_scope() -> None:
    """Others get the page to log in, with a 200, as Slack has it; an unknown file is none."""
    with StandIn() as slack:
        url = slack.files.send(slack.base_url, "a.md", b"x")["url_private_download"]

        def got(token: str, at: str = url) -> bytes:
            with build_opener().open(Request(at, headers={"Authorization": f"Bearer {token}"})) as answer:
                return bytes(answer.read())

        assert got(slack.bot_token) == b"x"
        assert b"Sign in" in got("xoxb-other")
        with pytest.raises(HTTPError, match="404"):
            got(slack.bot_token, f"{slack.base_url}/files-pri/T0TEAM-F9/x")
        slack.scopes.discard("files:read")
        assert b"Sign in" in got(slack.bot_token)
