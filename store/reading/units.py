"""How numbers and their units are written, as parts of patterns."""

from __future__ import annotations

COUNTED = r"次|笔|起|个|单|户|人|名|位|条|项|套|台|家|张|件|(?:美|港|欧|日)?元"
UNIT = (
    rf"%|‰|(?:百万|千万|万|亿|千|百)?(?:{COUNTED})|亿|万|分钟|小时|毫秒|秒|天|分|days?|hours?|hrs?|minutes?|mins?|seconds?"
    r"|secs?|weeks?|million|billion|thousand|bn|[km]?[€$]|pp|bps|ms|qps|tps|gb|tb|mb|min|s|h|k|m"
)
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
