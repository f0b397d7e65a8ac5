"""The environment: every variable documented, `.env` read below it, bad values named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.places import ROOT

from bot.errors import BadSetting
from bot.settings import read_settings

CONTRACT = {
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "ZHOUZHI_DB", "ZHOUZHI_HOST",
    "ZHOUZHI_PORT", "ZHOUZHI_TIMEZONE", "ZHOUZHI_LANGUAGE", "ZHOUZHI_TEAMS", "ZHOUZHI_ADMINS",
    "ZHOUZHI_COMMANDS",
}  # fmt: skip
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
NAME = re.compile(r'"((?:SLACK|ZHOUZHI)_[A-Z_]+)"')


def test_the_example_holds_exactly_the_contracts_variables() -> None:
    """`.env.example` sets each variable of the contract once, and no other."""
    assert sorted(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == sorted(CONTRACT)


def test_the_settings_read_exactly_the_contracts_variables() -> None:
    """`bot/settings.py` reads each variable of the contract, and no other; nobody else reads the environment."""
    assert set(NAME.findall((ROOT / "bot" / "settings.py").read_text(encoding="utf-8"))) == CONTRACT
    others = [file for part in ("bot", "store") for file in (ROOT / part).rglob("*.py") if file.name != "settings.py"]
    readers = [file.name for file in others if re.search(r"os\.environ|getenv", file.read_text(encoding="utf-8"))]
    assert readers == []


def test_every_variable_has_its_sentence() -> None:
    """Above each variable, or above those right before it, stands a comment that says what it is."""
    for block in EXAMPLE.strip().split("\n\n"):
        lines = block.split("\n")
        assert lines[0].startswith("# "), block
        assert lines[0].rstrip().endswith((".", "。")), block


def test_the_example_is_usable_as_it_is(tmp_path: Path) -> None:
    """The example, copied to `.env` unchanged, gives the very settings of an empty environment."""
    assert read_settings({}, tmp_path) == read_settings(_environment(EXAMPLE), tmp_path)
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    assert read_settings({}, tmp_path) == read_settings({}, tmp_path / "none")


def _environment(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_defaults_are_the_contracts(tmp_path: Path) -> None:
    """Without any variable: Slack's own address, this folder's database, loopback, port 3000, Shanghai, auto."""
    found = read_settings({}, tmp_path)
    assert (found.api_url, found.database) == ("https://slack.com/api/", "zhouzhi.db")
    assert (found.host, found.port, str(found.timezone), found.language) == ("127.0.0.1", 3000, "Asia/Shanghai", "auto")
    assert (found.bot_token, found.app_token, found.signing_secret, found.admins) == ("", "", "", ())


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """`.env` of the folder is read, with quotes and comments as dotenv has them; the environment wins."""
    lines = ["ZHOUZHI_DB='a b.db'  # here", "export ZHOUZHI_PORT=4000", 'SLACK_BOT_TOKEN="xoxb-文件"', "ZHOUZHI_ADMINS"]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    found = read_settings({"ZHOUZHI_PORT": "5000"}, tmp_path)
    assert (found.database, found.port, found.bot_token, found.admins) == ("a b.db", 5000, "xoxb-文件", ())


def test_the_file_is_that_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder it is the current one's `.env`, and none above it."""
    (tmp_path / ".env").write_text("ZHOUZHI_PORT=4000", encoding="utf-8")
    (tmp_path / "below").mkdir()
    assert read_settings({}).port == 4000
    monkeypatch.chdir(tmp_path / "below")
    assert read_settings({}).port == 3000


@pytest.mark.parametrize(("name", "value", "attribute", "expected"), [
    ("SLACK_API_URL", "http://localhost:1/api", "api_url", "http://localhost:1/api/"),
    ("SLACK_API_URL", "http://localhost:1/api/", "api_url", "http://localhost:1/api/"),
    ("ZHOUZHI_ADMINS", "U1, U2,U3", "admins", ("U1", "U2", "U3")), ("ZHOUZHI_ADMINS", "", "admins", ()),
    ("ZHOUZHI_PORT", "0", "port", 0), ("ZHOUZHI_PORT", "65535", "port", 65535),
    ("ZHOUZHI_LANGUAGE", "en", "language", "en"),
])  # fmt: skip
def test_values_are_understood(tmp_path: Path, name: str, value: str, attribute: str, expected: object) -> None:
    """Each variable becomes its setting, an address with its closing slash."""
    assert getattr(read_settings({name: value}, tmp_path), attribute) == expected


@pytest.mark.parametrize(("name", "value"), [
    ("ZHOUZHI_PORT", "many"), ("ZHOUZHI_PORT", "65536"), ("ZHOUZHI_PORT", "-1"), ("ZHOUZHI_PORT", "３０００"),
    ("ZHOUZHI_PORT", "3000.0"), ("ZHOUZHI_TIMEZONE", "Mars/Olympus"), ("ZHOUZHI_TIMEZONE", "../etc/passwd"),
    ("ZHOUZHI_TIMEZONE", "Asia"), ("ZHOUZHI_LANGUAGE", "fr"), ("ZHOUZHI_LANGUAGE", "ZH"),
])  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    """The error names the variable and the value on one line, and what would do."""
    with pytest.raises(BadSetting) as raised:
        read_settings({name: value}, tmp_path)
    assert raised.value.name == name
    assert repr(value) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_tokens_are_not_shown(tmp_path: Path) -> None:
    """The settings can be logged: no token or secret stands in their representation."""
    secrets = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-2", "SLACK_SIGNING_SECRET": "s3"}
    shown = repr(read_settings(secrets, tmp_path)) + str(read_settings(secrets, tmp_path))
    assert not [secret for secret in secrets.values() if secret in shown]
