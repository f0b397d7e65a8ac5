"""The whole bot over HTTP and in Socket Mode: a copy of the sample reports, a strict Slack, and bots that are stopped
properly. Every scenario runs over both wires, unless it is marked `http_only`, with the reason beside it."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import shutil
import sys
import warnings
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.running import Bot, Lossy
from support.slack import problems

from bot.answers.ask import Asker
from bot.bootstrap import build_asker
from store.library import Library

Message = dict[str, Any]
CHECKER = Path(__file__).resolve().parents[3] / "shared" / "slack" / "check.py"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "http_only: what the scenario is about exists over HTTP alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each scenario over both wires."""
    if "wire" in metafunc.fixturenames:
        alone = any(metafunc.definition.iter_markers("http_only"))
        metafunc.parametrize("wire", ["http"] if alone else ["http", "socket"])


def _outside_checker() -> Callable[[str, Message], list[str]]:
    """The checker beside the project; it is a script that speaks and reads its arguments, so it is given none."""
    spec = importlib.util.spec_from_file_location("outside_check", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    arguments, sys.argv = sys.argv, ["check.py"]
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            spec.loader.exec_module(module)
    finally:
        sys.argv = arguments
    found: Callable[[str, Message], list[str]] = module.errors
    return found


@pytest.fixture(scope="session")
def outside() -> Callable[[str, Message], list[str]]:
    """What Slack's schemas beside the project find wrong with a message, modal or home view; nothing without them."""
    if not CHECKER.is_file():
        return lambda kind, payload: []
    errors = _outside_checker()
    posted = ("text", "blocks")

    def found(kind: str, payload: Message) -> list[str]:
        return errors(kind, {key: payload[key] for key in posted if key in payload} if kind == "message" else payload)

    return found


@pytest.fixture
def fit(outside: Callable[[str, Message], list[str]]) -> Callable[..., Message]:
    """Hand a message, modal or home view through that Slack takes as it is: our limits, slack_sdk's and the schemas;
    fail for any other."""

    def checked(payload: Message, allowed: Collection[str] = ()) -> Message:
        kind = payload.get("type", "message")
        assert problems(payload, kind, allowed) == []
        assert outside(kind, payload) == []
        return payload

    return checked


@pytest.fixture
def slack(fit: Callable[..., Message]) -> Iterator[Lossy]:
    """A workspace and its Web API; in the end nothing that the bot sent was refused or unfit."""
    with Lossy() as standin:
        yield standin
        assert not standin.refused()
        for call in standin.calls("chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"):
            fit(dict(call.args), standin.allowed)
        for call in standin.calls("views.open", "views.push", "views.update", "views.publish"):
            fit(dict(call.args["view"]))
        for said in standin.acknowledged:
            if "view" in said or "text" in said:
                fit(said.get("view") or said, standin.allowed)


@pytest.fixture
def database(seeds_database: Path, tmp_path: Path) -> Path:
    """The sample reports in a file of the test's own: the bot notes there which events it saw."""
    return Path(shutil.copy(seeds_database, tmp_path / "bot.db"))


@pytest.fixture
def opened(database: Path) -> Iterator[Callable[[], Asker]]:
    """Open the test's database once more, as another process would, for an asker of its own."""
    libraries: list[Library] = []

    def opening() -> Asker:
        libraries.append(Library.open(str(database)))
        return build_asker(libraries[-1])

    yield opening
    for library in libraries:
        library.close()


@pytest.fixture
def asker(opened: Callable[[], Asker]) -> Asker:
    """Answers over the test's own database, the ones that the bot gives."""
    return opened()


@pytest.fixture
def start(slack: Lossy, opened: Callable[[], Asker], wire: str) -> Iterator[Callable[..., Bot]]:
    """Start a bot over any asker, on the scenario's wire; all are stopped in the end."""
    bots: list[Bot] = []

    def starting(asker: Any, **how: Any) -> Bot:
        bots.append(Bot(asker, slack, wire, **how))
        return bots[-1]

    yield starting
    for each in bots:
        each.finish()


@pytest.fixture
def bot(start: Callable[[Any], Bot], asker: Asker) -> Bot:
    """The bot over the sample reports."""
    return start(asker)
