"""The people and the conversations of a workspace: who they are, where they talk, and what stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from support.slack_limits import Refusal

Record = dict[str, Any]
METHODS = {
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "conversations.open": "im:write",
    "conversations.info": "read",
    "conversations.history": "history",
    "conversations.replies": "history",
}
PAGE = 100  # of a history, unless `limit` says otherwise (at most 999)


def scope_of(method: str, args: Mapping[str, Any]) -> str:
    """The scope that one of `METHODS` needs; of a conversation's it depends on its kind."""
    scope = METHODS[method]
    kind = {"C": "channels", "G": "groups"}.get(str(args.get("channel", ""))[:1], "im")
    return scope if ":" in scope else f"{kind}:{scope}"


def direct_channel(user: str) -> str:
    """The conversation of the bot with a person."""
    return f"D{user}"


class People:
    """Everybody whose id looks like one is a member, plain unless `known` says more.

    `known` holds what users.info tells beside the id (`locale`, `tz`, `deleted`, `profile` …); `errors` the error that
    calls about a user or a channel get: `{"C9": "is_archived", "U9": "user_not_found"}`. `messages` is what the bot
    posted, newest last, each with `channel` and `ts`.
    """

    def __init__(self) -> None:
        self.known: dict[str, Record] = {}
        self.errors: dict[str, str] = {}
        self.messages: list[Record] = []

    def answer(self, method: str, args: Mapping[str, Any]) -> Record:
        """The answer to one of `METHODS`; a Refusal where Slack would refuse."""
        if method.startswith("users."):
            return {"user": self._user(method, args)}
        if method == "conversations.open":
            return {"channel": self._opened(args)}
        channel = self.channel(str(args.get("channel", "")))
        if method == "conversations.info":
            direct = channel[0] == "D"
            about = {"user": channel[1:]} if direct else {"name": channel.lower(), "is_member": True}
            return {"channel": {"id": channel, "is_im": direct, "is_archived": False, **about}}
        return self._history(channel, args, str(args.get("ts", "")) if method.endswith("replies") else "")

    def channel(self, name: str) -> str:
        """The conversation that a call means: a person's id stands for the direct messages with them."""
        if name in self.errors:
            raise Refusal(self.errors[name])
        if not re.fullmatch("[CDGUW][A-Z0-9]+", name):
            raise Refusal("channel_not_found")
        return direct_channel(name) if name[0] in "UW" else name

    def user(self, user: str, locale: bool = False) -> Record:
        """What is known of a person; the locale only for who asks for it."""
        if user in self.errors:
            raise Refusal(self.errors[user])
        if not re.fullmatch("[UW][A-Z0-9]+", user):
            raise Refusal("user_not_found")
        plain = {"id": user, "name": user.lower(), "deleted": False, "is_bot": False, "tz": "Asia/Shanghai"}
        found = {**plain, "locale": "zh-CN", "profile": {"real_name": user}, **self.known.get(user, {})}
        return {key: value for key, value in found.items() if locale or key != "locale"}

    def _user(self, method: str, args: Mapping[str, Any]) -> Record:
        if method == "users.info":
            return self.user(str(args.get("user", "")), _true(args.get("include_locale")))
        mails = {each.get("profile", {}).get("email", "").casefold(): name for name, each in self.known.items()}
        mail = str(args.get("email", "")).casefold()
        if not mail or mail not in mails:
            raise Refusal("users_not_found")
        return self.user(mails[mail])

    def _opened(self, args: Mapping[str, Any]) -> Record:
        users = [name for name in str(args.get("users", "")).split(",") if name]
        if not users:
            raise Refusal("users_list_not_supplied")
        if len(users) > 1:
            raise Refusal("method_not_supported_for_channel_type")  # group messages: nothing of ours opens one
        return {"id": direct_channel(self.user(users[0])["id"])}

    def _history(self, channel: str, args: Mapping[str, Any], thread: str) -> Record:
        """Newest first, a thread oldest first; replies stand in their thread alone, as in Slack."""
        among = [each for each in self.messages if each["channel"] == channel]
        chosen = [each for each in among if thread in ("", each["ts"]) or each.get("thread_ts") == thread]
        if not thread:
            chosen = [each for each in chosen if not each.get("thread_ts") or each.get("reply_broadcast")]
            chosen.reverse()
        elif not chosen:
            raise Refusal("thread_not_found")
        chosen = [each for each in chosen if _within(each["ts"], args)]
        start, limit = int(args.get("cursor") or 0), min(int(args.get("limit") or PAGE), 999)
        page, more = chosen[start : start + limit], len(chosen) > start + limit
        shown = [_shown(each, _true(args.get("include_all_metadata"))) for each in page]
        cursor = {"next_cursor": str(start + limit) if more else ""}
        return {"messages": shown, "has_more": more, "response_metadata": cursor}


def _within(ts: str, args: Mapping[str, Any]) -> bool:
    oldest, latest, at = float(args.get("oldest") or 0), float(args.get("latest") or "inf"), float(ts)
    return oldest <= at <= latest if _true(args.get("inclusive")) else oldest < at < latest


def _shown(message: Record, metadata: bool) -> Record:
    """A message as a history shows it: who wrote it, and its metadata only for who asks for them."""
    kept = {key: value for key, value in message.items() if key != "channel" and (metadata or key != "metadata")}
    return {"type": "message", **json.loads(json.dumps(kept))}


def _true(value: Any) -> bool:
    return value in (True, 1, "1", "true", "True")
