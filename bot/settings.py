"""The environment, read in one place, `.env` of the current folder included."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from bot.command_names import OWN_NAMES, CommandNames, read_command_names
from bot.errors import BadSetting

SLACK_API = "https://slack.com/api/"
DEFAULT_DATABASE = "zhouzhi.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the bot, as documented in `.env.example`. Tokens are kept out of its representation."""

    bot_token: str
    app_token: str
    signing_secret: str
    api_url: str
    database: str
    host: str
    port: int
    timezone: ZoneInfo
    language: str
    teams_file: str
    admins: tuple[str, ...]
    commands: CommandNames = OWN_NAMES

    def __repr__(self) -> str:
        return f"Settings(database={self.database!r}, host={self.host!r}, port={self.port}, tokens hidden)"


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of the environment, and below it of the `.env` in `folder`; raises `BadSetting`."""
    values = {**_dotenv(folder or Path.cwd()), **(os.environ if environment is None else environment)}
    api_url = values.get("SLACK_API_URL") or SLACK_API
    return Settings(
        bot_token=values.get("SLACK_BOT_TOKEN", ""),
        app_token=values.get("SLACK_APP_TOKEN", ""),
        signing_secret=values.get("SLACK_SIGNING_SECRET", ""),
        api_url=api_url if api_url.endswith("/") else api_url + "/",
        database=values.get("ZHOUZHI_DB") or DEFAULT_DATABASE,
        host=values.get("ZHOUZHI_HOST") or "127.0.0.1",
        port=_port(values.get("ZHOUZHI_PORT") or "3000"),
        timezone=_timezone(values.get("ZHOUZHI_TIMEZONE") or "Asia/Shanghai"),
        language=_language(values.get("ZHOUZHI_LANGUAGE") or "auto"),
        teams_file=values.get("ZHOUZHI_TEAMS", ""),
        admins=tuple((values.get("ZHOUZHI_ADMINS") or "").replace(",", " ").split()),
        commands=read_command_names(values.get("ZHOUZHI_COMMANDS", "")),
    )


def _dotenv(folder: Path) -> dict[str, str]:
    file = folder / ".env"
    return {name: value for name, value in dotenv_values(file).items() if value is not None} if file.is_file() else {}


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise BadSetting("ZHOUZHI_PORT", text, "a number from 0 to 65535, such as 3000")


def _timezone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadSetting("ZHOUZHI_TIMEZONE", name, "an IANA name, such as Asia/Shanghai") from error


def _language(name: str) -> str:
    if name in ("auto", "zh", "en"):
        return name
    raise BadSetting("ZHOUZHI_LANGUAGE", name, "auto, zh or en")
