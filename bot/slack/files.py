"""Files that people send as reports: to the bot directly, or in the channel of a team.

Whoever sends one is told directly what was understood, and lets it count; nobody else sees anything of it. In a channel
the bot speaks only to who may submit a report, and only of a file that reads like one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.render.slack import render_words
from bot.render.slack_files import file_fault
from bot.slack.answering import Answering
from bot.slack.beside import UNFURL_NOTHING
from bot.slack.downloads import NotDownloaded, download
from bot.slack.handed_in import say_instead
from bot.slack.ids import DISCARD_ACTION, DRAFT_BLOCK, EDIT_ACTION, SUBMIT_ACTION, TEAM_ACTION, is_direct
from bot.slack.messages import answer_message
from bot.slack.sent_drafts import Sender, SentDrafts
from bot.slack.text import question_of
from bot.submission.sent_files import SentReport, may_be_report, reports_in, suffix

logger = logging.getLogger(__name__)

MOST_FILES = 10  # of one message, as many as Slack shows
_ELSEWHERE, _GONE = ("external",), ("tombstone", "hidden_by_limit")  # modes of files whose bytes Slack doesn't have
_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "zip": ".zip"}  # by `filetype`
Json = dict[str, Any]


def register(app: App, answering: Answering) -> None:
    """Listen for files, and for the buttons below what is said of them."""
    drafts = SentDrafts(answering)

    @app.event({"type": "message", "subtype": "file_share"})
    def shared(body: Json, event: Json, client: WebClient) -> None:
        if event.get("user") and not event.get("bot_id") and answering.first_sight(body["event_id"]):
            _take(answering, drafts, event, client)

    @app.action(SUBMIT_ACTION)
    def submits(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        say_instead(answering, client, body, lambda: drafts.submit(action["value"], body["user"]["id"]))

    @app.action(EDIT_ACTION)
    def edits(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        say_instead(answering, client, body, lambda: drafts.edit(action["value"], body, client))

    @app.action(DISCARD_ACTION)
    def discards(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        say_instead(answering, client, body, lambda: drafts.discard(action["value"], body["user"]["id"]))

    @app.action(TEAM_ACTION)
    def chooses(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        number, team = int(action["block_id"].removeprefix(DRAFT_BLOCK)), action["selected_option"]["value"]
        say_instead(answering, client, body, lambda: drafts.choose(number, team, body["user"]["id"]))


def take_shared(answering: Answering, body: Json, client: WebClient) -> bool:
    """Take the files of a message that somebody saves as a report; False where it has words of its own, or no file, or
    they may submit nothing."""
    drafts, user, message = SentDrafts(answering), body["user"]["id"], body["message"]
    files = (message.get("files") or [])[:MOST_FILES]
    if not files or (message.get("text") or "").strip() or not drafts.desk.teams(user):
        return False
    _tell_of(drafts, Sender(user), files, {"user": user, "channel": ""}, client)
    return True


def _take(answering: Answering, drafts: SentDrafts, event: Json, client: WebClient) -> None:
    """Take the files of a message."""
    user, text = event["user"], event.get("text") or ""
    here = tuple(team.name for team in answering.roster().teams if team.channel == event["channel"])
    files, direct, may = (event.get("files") or [])[:MOST_FILES], is_direct(event["channel"]), drafts.desk.teams(user)
    if direct and text.strip() and not any(may_be_report(_name(file)) for file in files):
        answer_message(answering, client, event)  # a question, with a picture beside it
    elif direct and not may:
        _tell(client, event, render_words(drafts.counter.refusal("", answering.lang(user))))
    elif direct or (here and may):
        _tell_of(drafts, Sender(user, question_of(text), here, not direct), files, event, client)


def _tell_of(drafts: SentDrafts, sent: Sender, files: list[Json], event: Json, client: WebClient) -> None:
    """Tell the sender of each file; a bug in one doesn't stop the others."""
    for file in files:
        try:
            for message in _told(drafts, sent, file, client):
                _tell(client, event, message)
        except Exception:
            _tell(client, event, drafts.answering.failed())


def _told(drafts: SentDrafts, sent: Sender, file: Json, client: WebClient) -> Iterator[Json]:
    """What to say to the sender of one file."""
    lang = drafts.answering.lang(sent.user)
    if sent.quiet and not may_be_report(_name(file)) and file.get("file_access") != "check_file_info":
        return
    for report in _reports(file, client):
        if report.reason:
            if not (sent.quiet and report.reason == "unsupported"):
                yield render_words(file_fault(report.name, report.reason, lang))
        elif said := drafts.keep(report, file["id"], sent):
            yield said


def _reports(file: Json, client: WebClient) -> tuple[SentReport, ...]:
    """The reports in a file of Slack's (https://docs.slack.dev/reference/objects/file-object)."""
    name = _name(file)
    try:
        if file.get("file_access") == "check_file_info":  # of another workspace, by Slack Connect: only its id is sent
            file = client.files_info(file=file["id"])["file"]
            name = _name(file)
        if file.get("mode") in _GONE:
            raise NotDownloaded("gone")
        if file.get("is_external") or file.get("mode") in _ELSEWHERE:
            raise NotDownloaded("external")
        if not may_be_report(name):
            return (SentReport(name, reason="unsupported"),)
        url = file.get("url_private_download") or file.get("url_private") or ""
        content = download(client, url, file.get("size"), html=suffix(name) in (".html", ".htm"))
    except NotDownloaded as error:
        return (SentReport(name, reason=error.reason),)
    except (SlackApiError, OSError) as error:
        logger.warning("nothing known of a file: %s", error)
        return (SentReport(name, reason="refused" if isinstance(error, SlackApiError) else "failed"),)
    return reports_in(name, content)


def _name(file: Json) -> str:
    """What the file is called; of a text that was pasted without a name Slack says what it is."""
    name = str(file.get("name") or file.get("title") or file.get("id") or "")
    return name if suffix(name) else name + _SUFFIXES.get(str(file.get("filetype")), "")


def _tell(client: WebClient, event: Json, message: Json) -> None:
    """Tell the sender directly, in the thread of a direct message where the file stands in one."""
    direct = is_direct(event["channel"])
    where, thread = (event["channel"], event.get("thread_ts")) if direct else (event["user"], None)
    try:
        client.chat_postMessage(channel=where, thread_ts=thread, **UNFURL_NOTHING, **message)
    except (SlackClientError, OSError):
        logger.warning("a sender was not told what was read", exc_info=True)
