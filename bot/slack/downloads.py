"""A file's bytes, from Slack and from nowhere else: the token that asks for them goes to no other host.

The address stands in what Slack sends (`url_private_download`), but of a file that another service keeps it is that
service's (https://docs.slack.dev/reference/methods/files.remote.info), and Slack's own may redirect. Without the scope
`files:read` Slack answers 200 with the page on which people log in.
"""

from __future__ import annotations

import logging
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

logger = logging.getLogger(__name__)

LARGEST = 5 * 2**20  # bytes; the longest real report seen is 40 KB
WITHIN = 30.0  # seconds of silence
_OWN = "slack.com"


class NotDownloaded(Exception):
    """No bytes came. `reason` names the sentence in `[files]`: `refused`, `failed` or `too_large`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def download(client: WebClient, url: str, size: int | None = None, *, html: bool = False) -> bytes:
    """The bytes of a file of `size` bytes; `html` where it is a page of its own. Raises `NotDownloaded`."""
    if (size or 0) > LARGEST:
        raise NotDownloaded("too_large")
    content = _fetched(client, url)
    if len(content) > LARGEST:
        raise NotDownloaded("too_large")
    if _is_page(content) and not (html and size in (None, len(content))):
        logger.warning("Slack sent its login page instead of a file: does the app have files:read?")
        raise NotDownloaded("refused")
    return content


def may_have_token(url: str, api_url: str) -> bool:
    """Whether an address is Slack's, by https; or that of the Web API where a test or a gateway stands in for it."""
    try:
        asked, api = urlsplit(url), urlsplit(api_url)
        host, port = asked.hostname or "", asked.port
    except ValueError:
        return False
    if "@" in asked.netloc:
        return False
    if asked.scheme == "https" and port in (None, 443) and _is_slack(host):
        return True
    return not _is_slack(api.hostname or "") and (asked.scheme, asked.netloc) == (api.scheme, api.netloc)


def _is_slack(host: str) -> bool:
    return host == _OWN or host.endswith(f".{_OWN}")


def _fetched(client: WebClient, url: str) -> bytes:
    if not may_have_token(url, client.base_url):
        logger.warning("a file isn't fetched: its address isn't Slack's")
        raise NotDownloaded("refused")
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
    try:
        with build_opener(_WithinSlack(client.base_url)).open(request, timeout=WITHIN) as answer:
            content: bytes = answer.read(LARGEST + 1)
            return content
    except HTTPError as error:
        logger.warning("no file: Slack says %s", error.code)
        error.close()
        raise NotDownloaded("refused" if error.code in (401, 403, 404) else "failed") from error
    except (OSError, HTTPException) as error:
        logger.warning("no file: %s", type(error).__name__)
        raise NotDownloaded("failed") from error


class _WithinSlack(HTTPRedirectHandler):
    """Follows redirects as long as they stay with Slack: the token goes along."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        """The next request; None, which leaves it at the redirect, where that leads elsewhere."""
        if not may_have_token(newurl, self.api_url):
            raise NotDownloaded("refused")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_page(content: bytes) -> bool:
    return content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
