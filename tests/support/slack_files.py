"""Slack's side of files: an upload (an address is asked for, the bytes are sent there, the file is shared), and what
people sent, which is handed out to whoever has the token and the scope; others get the page to log in, with a 200."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from support.slack_limits import Refusal

UPLOADS, DOWNLOADS = "/upload/", "/files-pri/"
METHODS = ("files.getUploadURLExternal", "files.completeUploadExternal")
INFO = "files.info"
LOGIN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"


@dataclass
class File:
    """A file that the bot announced: how long it said it is, its bytes once they came, and where it was shared."""

    name: str
    length: int
    content: bytes = b""
    channel: str = ""
    thread: str = ""


class Files:
    """The files of a workspace by their id."""

    def __init__(self) -> None:
        self.known: dict[str, File] = {}
        self.sent: dict[str, tuple[dict[str, Any], bytes]] = {}

    def send(self, base_url: str, name: str, content: bytes, **how: Any) -> dict[str, Any]:
        """A file that somebody sends, as Slack tells of it; `how` says what is otherwise (None leaves it out)."""
        number = f"F{len(self.sent) + 1}SENT"
        url = f"{base_url}{DOWNLOADS}T0TEAM-{number}/download/{len(self.sent)}"
        told = {
            "id": number, "created": 1, "timestamp": 1, "name": name, "title": name, "size": len(content),
            "mode": "hosted", "is_external": False, "url_private": url.replace("/download", ""),
            "url_private_download": url, **how,
        }  # fmt: skip
        self.sent[number] = ({key: value for key, value in told.items() if value is not None}, content)
        return self.sent[number][0]

    def info(self, args: dict[str, Any]) -> dict[str, Any]:
        """The answer to files.info: the whole of what Slack knows, also of files that an event names by their id."""
        if str(args.get("file", "")) not in self.sent:
            raise Refusal("file_not_found")
        return {"file": {**self.sent[str(args["file"])][0], "file_access": "visible"}}

    def hand_out(self, path: str) -> bytes | None:
        """The bytes behind an address."""
        number = path.removeprefix(f"{DOWNLOADS}T0TEAM-").partition("/")[0]
        return self.sent[number][1] if number in self.sent else None

    def shared(self) -> list[File]:
        """Those that stand in a channel."""
        return [file for file in self.known.values() if file.channel]

    def answer(self, base_url: str, method: str, args: dict[str, Any]) -> dict[str, Any]:
        """The answer to one of `METHODS`; a Refusal where Slack would refuse."""
        return self._announce(base_url, args) if method == METHODS[0] else self._share(args)

    def _announce(self, base_url: str, args: dict[str, Any]) -> dict[str, Any]:
        if not args.get("filename") or not str(args.get("length", "")).isdigit():
            raise Refusal("invalid_arguments", ["filename and length are required"])
        number = f"F{len(self.known) + 1}"
        self.known[number] = File(args["filename"], int(args["length"]))
        return {"upload_url": f"{base_url}{UPLOADS}{number}", "file_id": number}

    def take(self, path: str, raw: bytes) -> int:
        """Take the bytes of a file; the HTTP status says whether they are what was announced."""
        file = self.known.get(path.removeprefix(UPLOADS))
        if file is None or len(raw) != file.length:
            return 400
        file.content = raw
        return 200

    def _share(self, args: dict[str, Any]) -> dict[str, Any]:
        given = args.get("files", [])
        listed = json.loads(given) if isinstance(given, str) else given
        for each in listed:
            file = self.known.get(each["id"])
            if file is None or not file.content:
                raise Refusal("file_not_found")
            file.channel, file.thread = str(args.get("channel_id", "")), str(args.get("thread_ts", ""))
        return {"files": [{"id": each["id"], "title": each.get("title", "")} for each in listed]}
