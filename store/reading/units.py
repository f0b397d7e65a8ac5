"""How numbers and their units are written, as parts of patterns."""

from __future__ import annotations

COUNTED = r"次|笔|起|个|单|户|人|名|位|条|项|套|台|家|张|件|(?:美|港|欧|日)?元"
UNIT = (
    rf"%|‰|(?:百万|千万|万|亿|千|百)?(?:{COUNTED})|亿|万|分钟|小时|毫秒|秒|天|分|days?|hours?|hrs?|minutes?|mins?|seconds?"
    r"|secs?|weeks?|million|billion|thousand|bn|[km]?[€$]|pp|bps?|ms|qps|tps|gb|tb|mb|min|s|h|k|m"
)
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
TIME = r"(?:[01]?\d|2[0-3])[:：][0-5]\d(?![\d:：])"
CLOCK = "h:mm"  # the unit of a time of day, whose value counts the minutes since midnight


def minutes(written: str) -> float | None:
    """The minutes since midnight of a time of day (05:28); None of any other number."""
    hours, colon, rest = written.strip().replace("：", ":").partition(":")
    return float(int(hours) * 60 + int(rest)) if colon else None
