"""What several tests start from: libraries with sample reports in them, and an environment without surprises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.made_up import put_all
from support.places import NOW, REAL, SEEDS

from bot.answers.ask import Asker
from bot.bootstrap import build_asker
from store.intake import Candidate, candidates
from store.library import Library

# The same examples in every run: what passed here passes there, and a new failure has a new cause.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the machine's settings, a proxy, or a `.env` of the folder it was started in."""
    for name in ("ZHOUZHI_DB", "ZHOUZHI_LANGUAGE", "ZHOUZHI_TIMEZONE", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(str(tmp_path / "empty.db"), create=True)
    yield opened
    opened.close()


@pytest.fixture
def put(library: Library) -> Callable[..., None]:
    """Put a report into the library: `put("# 第38周 2023-09-15\\n…", team="支付中心", name="a.md")`."""

    def putting(text: str, team: str | None = "支付中心", name: str = "report.md") -> None:
        file = Candidate(name, f"/reports/{name}", name, None, text.encode())
        outcomes = list(library.ingest([file], NOW, team))
        assert [outcome.status for outcome in outcomes] != ["refused"], outcomes

    return putting


@pytest.fixture
def reports(library: Library, put: Callable[..., None], request: pytest.FixtureRequest) -> Library:
    """The library with the reports that a test's module has made up: its `TEXTS`, by their names."""
    return put_all(library, put, request.module.TEXTS)


@pytest.fixture(scope="session")
def seeds_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all sample reports; tests that change it work on a copy."""
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    opened = Library.open(str(path), create=True)
    outcomes = list(opened.ingest(candidates([str(SEEDS)]), NOW))
    opened.close()
    assert {outcome.status for outcome in outcomes} == {"added"}
    return path


@pytest.fixture
def seeds(seeds_database: Path) -> Iterator[Library]:
    """The library of the sample reports, for reading."""
    opened = Library.open(str(seeds_database))
    yield opened
    opened.close()


@pytest.fixture
def asker(seeds: Library) -> Asker:
    """Answers over the sample reports."""
    return build_asker(seeds)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Library]:
    """The library of the one real report; the test is skipped where that file isn't there."""
    if not REAL.is_file():
        pytest.skip("the real report is not on this machine")
    opened = Library.open(str(tmp_path / "real.db"), create=True)
    list(opened.ingest(candidates([str(REAL)]), NOW, team="支付中心"))
    yield opened
    opened.close()
