"""Serving the app: HTTP behind waitress, or Socket Mode."""

from __future__ import annotations

import gc
import json
import logging
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from prometheus_client import make_wsgi_app
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.signature import SignatureVerifier
from waitress.server import create_server

from bot.answering_ahead import COLLECT_AFTER
from bot.bootstrap import build_asker
from bot.catalogue import sayer
from bot.errors import BadSetting, MissingSetting
from bot.reminders.deliver import Delivery
from bot.roster_loading import roster_source, with_ids
from bot.settings import Settings
from bot.slack.addresses import Addresses
from bot.slack.answering import Answering
from bot.slack.app import build_app
from bot.slack.follow import Telling
from bot.slack.minutely import every_minute
from bot.slack.posting import Posting, careful_client
from bot.slack.shape import is_well_formed
from bot.slack.socket_mode import SocketMode
from bot.teams_file import told
from store.errors import DatabaseUnusable
from store.library import Library
from store.outbox import Outbox
from store.people import PeopleBook
from store.viewer import EVERYONE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

SLACK_PATH = "/slack/events"
# A command may hold one for as long as its answer may take before it is acknowledged.
THREADS = 32
LARGEST_REQUEST = 1_000_000  # bytes; Slack's own requests are a few kilobytes


def run(settings: Settings, library: Library, today: Callable[[], date], now: Callable[[], datetime]) -> None:
    """Serve until stopped; raises `MissingSetting` before anything is opened."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # a line a minute for each job says nothing
    # Bolt finds the token in the environment and warns that our client, which has it too, comes first.
    needless = warning_client_prioritized_and_token_skipped()
    logging.getLogger("slack_bolt.App").addFilter(lambda record: record.getMessage() != needless)
    if not settings.bot_token:
        raise MissingSetting("SLACK_BOT_TOKEN", "copy the Bot User OAuth Token (xoxb-…) from your app's page into .env")
    if not settings.app_token and not settings.signing_secret:
        raise MissingSetting(
            "SLACK_SIGNING_SECRET", "copy it from Basic Information, or set SLACK_APP_TOKEN for Socket Mode"
        )
    spare_collections()
    roster = roster_source(settings, library)
    for problem in roster().problems:
        logger.warning("%s", told(problem, sayer("zh" if settings.language == "zh" else "en")))
    asker = build_asker(library, settings.language)
    known = with_ids(roster, library)
    answering = Answering(asker, today, now, roster=known, commands=settings.commands, teams=roster)
    app = build_app(settings, answering)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    secret = "" if settings.app_token else settings.signing_secret
    server = build_server(build_wsgi(app, answering, today, secret), settings.host, settings.port)
    address = f"http://{settings.host}:{server.effective_port}"
    posting = Posting(careful_client(settings.bot_token, settings.api_url), Outbox(library), now)
    addresses = Addresses(app.client, PeopleBook(library), known, now)
    with every_minute(addresses.look, Telling(answering, posting).look, Delivery(answering, posting).look):
        try:
            if settings.app_token:
                _serve_socket(SocketMode(app, settings.app_token), server, address)
            else:
                logger.info("listening on %s%s", address, SLACK_PATH)
                server.run()
        finally:
            posting.stopping.set()  # what is under way is finished, what waits is for the next start


def spare_collections() -> None:
    """Look for cycles among objects seldom, and never again among what is there before the first question: a look of
    Python's own at everything holds all answers back for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def _serve_socket(socket: SocketMode, server: Any, address: str) -> None:
    """Serve Slack over the socket, and whoever watches over HTTP, until SIGTERM or Ctrl-C ends the server."""
    socket.open()
    logger.info("connected to Slack; %s/healthz tells how the bot is", address)
    try:
        server.run()
    finally:
        socket.close()


def build_server(wsgi: WSGIApplication, host: str, port: int) -> Any:
    """A waitress server, listening and not yet running; port 0 takes a free one (`effective_port`)."""
    try:
        return create_server(
            wsgi,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=LARGEST_REQUEST,
            clear_untrusted_proxy_headers=True,
            # Waitress waits two minutes for a request that never ends and takes 100 of them: a stranger could hold all.
            connection_limit=1000,
            channel_timeout=15,
            cleanup_interval=5,
        )
    except OSError as error:
        raise BadSetting("ZHOUZHI_PORT", str(port), f"a free port ({error.strerror or error})") from error


def build_wsgi(app: App, answering: Answering, today: Callable[[], date], signing_secret: str) -> WSGIApplication:
    """`/slack/events` for Slack, `/healthz` for whoever watches, `/metrics` for Prometheus.

    Without a secret, in Socket Mode, there is nothing for Slack.
    """
    slack = SlackRequestHandler(app, SLACK_PATH)
    verifier = SignatureVerifier(signing_secret) if signing_secret else None
    metrics: WSGIApplication = make_wsgi_app(answering.measures.registry)

    def wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return _health(answering.asker.library, today(), start_response)
        if path == "/metrics":
            return metrics(environ, start_response)
        if verifier is None:
            return _refused("404 Not Found", start_response)
        if path == SLACK_PATH and environ["REQUEST_METHOD"] == "POST":
            body = _body(environ)
            if not _is_signed(environ, body, verifier):
                return _refused("401 Unauthorized", start_response)
            if not is_well_formed(body, environ.get("CONTENT_TYPE", "")):
                return _refused("400 Bad Request", start_response)
        try:
            return slack(environ, start_response)
        except Exception:
            # Signed, and yet nothing that Bolt can read: the fault of whoever has the secret.
            logger.exception("a request could not be read")
            return _refused("400 Bad Request", start_response)

    return wsgi


def _body(environ: WSGIEnvironment) -> bytes:
    """The request's body, which can be read again afterwards."""
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    return body


def _is_signed(environ: WSGIEnvironment, body: bytes, verifier: SignatureVerifier) -> bool:
    """Whether Slack sent this, and lately. Bolt asks too, but only after it has parsed a stranger's body."""
    timestamp, signature = (environ.get(f"HTTP_X_SLACK_{name}", "") for name in ("REQUEST_TIMESTAMP", "SIGNATURE"))
    try:
        written = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12 and signature.isascii()
        return written and verifier.is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        return False  # Slack writes UTF-8


def _refused(status: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain")])
    return [status.encode()]


def _health(library: Library, today: date, start_response: StartResponse) -> Iterable[bytes]:
    """200 with the number of reports while the database answers, else 503."""
    try:
        span = library.span(EVERYONE, today)
        status: str = "200 OK"
        body: dict[str, Any] = {"ok": True, "reports": span[0] if span else 0}
    except DatabaseUnusable as error:
        status, body = "503 Service Unavailable", {"ok": False, "reason": error.reason}
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]
