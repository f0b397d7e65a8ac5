"""`zhouzhi doctor`: what is wrong with an installation, told in a line each, with the mend."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.slack import StandIn

from bot.cli import main
from bot.doctor import Finding, Level, check_database, check_fonts, check_holidays, check_http
from bot.settings import read_settings
from bot.slack.checkup import check_slack

TODAY = date(2023, 12, 11)
SECRET = "0123456789abcdef" * 2


def _settings(slack: StandIn, **given: str) -> list[Finding]:
    settings = read_settings({"SLACK_API_URL": slack.api_url, **given}, Path("nowhere"))
    return list(check_slack(settings))


def _levels(found: list[Finding]) -> list[str]:
    return [one.level for one in found]


def test_a_database_in_order_is_told_with_its_reports(seeds_database: Path) -> None:
    """How many reports there are and how new the newest is."""
    (found,) = check_database(str(seeds_database), TODAY)
    assert found.level is Level.OK
    assert found.text.endswith(": 24 reports, the newest of 2023-12-08")


def test_old_reports_are_pointed_out(seeds_database: Path) -> None:
    """A newest report of more than a week and a half ago has missed a Friday."""
    (found,) = check_database(str(seeds_database), date(2024, 1, 8))
    assert (found.level, found.mend) == (Level.WARNING, "zhouzhi ingest the newer ones")


def test_reports_that_an_older_version_read_are_counted(seeds_database: Path, tmp_path: Path) -> None:
    """They are read again by reindex."""
    copy = tmp_path / "old.db"
    copy.write_bytes(seeds_database.read_bytes())
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE revisions SET reader_version = 0 WHERE report_id <= 3")
    raw.close()
    _, found = check_database(str(copy), TODAY)
    assert (found.text, found.mend) == ("3 reports were read by an older version", "zhouzhi reindex")


def test_a_database_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    """Before the first ingest there is none, and looking makes none."""
    (found,) = check_database(str(tmp_path / "none.db"), TODAY)
    assert found.level is Level.WARNING
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    """It is named, and left as it is."""
    (tmp_path / "a.db").write_text("no database" * 100)
    (found,) = check_database(str(tmp_path / "a.db"), TODAY)
    assert found.level is Level.FAULT
    assert (tmp_path / "a.db").read_text() == "no database" * 100


def test_charts_have_their_font() -> None:
    """The font comes with the packages."""
    assert check_fonts().level is Level.OK


@pytest.mark.parametrize(("day", "level"), [(date(2024, 3, 1), Level.OK), (date(2040, 3, 1), Level.WARNING)])
def test_unpublished_holidays_are_pointed_out(day: date, level: Level) -> None:
    """Reminders take plain weekdays where nobody knows the holidays yet."""
    assert check_holidays(day).level is level


def test_without_slack_nothing_is_wrong(tmp_path: Path) -> None:
    """The terminal needs no tokens."""
    with StandIn() as slack:
        assert _levels(_settings(slack)) == [Level.OK]
        assert slack.calls() == ()


def test_a_good_bot_token_tells_whose_it_is() -> None:
    """Bot and workspace are named; nothing is missing with all permissions of the manifest."""
    with StandIn() as slack:
        found = _settings(slack, SLACK_BOT_TOKEN=slack.bot_token, SLACK_SIGNING_SECRET=SECRET, ZHOUZHI_PORT="0")
    assert _levels(found) == [Level.OK, Level.OK]
    assert "zhouzhi" in found[0].text


def test_missing_permissions_are_named_with_the_way_to_them() -> None:
    """An app that was made before a permission was needed lacks it until it is reinstalled."""
    with StandIn() as slack:
        slack.scopes -= {"files:write", "users:read"}
        found = _settings(slack, SLACK_BOT_TOKEN=slack.bot_token, SLACK_SIGNING_SECRET=SECRET, ZHOUZHI_PORT="0")
    (lacking,) = [one for one in found if one.level is Level.FAULT]
    assert lacking.text == "these permissions are missing: files:write, users:read"
    assert "Reinstall" in lacking.mend


@pytest.mark.parametrize(("given", "text"), [
    ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses SLACK_BOT_TOKEN: invalid_auth"),
    ({"SLACK_BOT_TOKEN": "xapp-1-other"}, "SLACK_BOT_TOKEN is of another kind; it begins like SLACK_APP_TOKEN"),
    ({"SLACK_BOT_TOKEN": "xoxp-user"}, "SLACK_BOT_TOKEN is of another kind"),
    ({"SLACK_SIGNING_SECRET": SECRET}, "SLACK_BOT_TOKEN is not set"),
    ({"SLACK_BOT_TOKEN": "xoxb-stand-in", "SLACK_APP_TOKEN": "xoxb-stand-in"}, "SLACK_APP_TOKEN is of another kind"),
])  # fmt: skip
def test_a_wrong_token_is_told_without_showing_it(given: dict[str, str], text: str) -> None:
    """Which variable, what is wrong with it, and where to copy it from; the token itself is never shown."""
    with StandIn() as slack:
        found = [one for one in _settings(slack, **given) if one.level is Level.FAULT]
    assert found[0].text.startswith(text)
    assert found[0].mend.startswith("copy it")
    assert not any(token in f"{one.text}{one.mend}" for one in found for token in given.values() if token != SECRET)


def test_a_slack_that_cannot_be_reached_is_a_fault() -> None:
    """The address is named."""
    with StandIn() as slack:
        address = slack.api_url
    settings = read_settings({"SLACK_API_URL": address, "SLACK_BOT_TOKEN": "xoxb-1"}, Path("nowhere"))
    first = next(check_slack(settings))
    assert first.level is Level.FAULT
    assert first.text.startswith(f"{address} can't be reached")


def test_a_secret_that_is_none_and_a_port_in_use_are_told() -> None:
    """HTTP mode needs both."""
    with StandIn() as slack:
        port = slack.base_url.rpartition(":")[2]
        given = {"SLACK_SIGNING_SECRET": "secret", "ZHOUZHI_PORT": port}
        found = list(check_http(read_settings(given, Path("nowhere"))))
    assert _levels(found) == [Level.FAULT, Level.WARNING]


def test_the_command_says_all_of_it_and_ends_by_the_worst(seeds_database: Path, tmp_path: Path) -> None:
    """Warnings alone end with 0, a fault with 1; as JSON the findings are a list; no colours where piped."""
    good = CliRunner().invoke(main, ["doctor", "--db", str(seeds_database)], standalone_mode=False)
    assert "✓ fonts" in good.output
    assert "\x1b" not in good.output
    (tmp_path / "a.db").write_text("no database" * 100)
    bad = CliRunner().invoke(main, ["doctor", "--db", str(tmp_path / "a.db"), "--json"])
    assert bad.exit_code == 1
    assert {one["area"] for one in json.loads(bad.output)} >= {"settings", "database", "fonts", "holidays", "Slack"}


def test_a_bad_setting_is_a_finding() -> None:
    """It is told as all the rest is, and nothing else is looked at."""
    told = CliRunner().invoke(main, ["doctor", "--json"], env={"ZHOUZHI_PORT": "many"})
    assert told.exit_code == 1
    assert [one["area"] for one in json.loads(told.output)] == ["settings"]
