"""An answer as CSV, for a spreadsheet: a row for each fact, with where it stands."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from bot.answers.model import Answer
from bot.render.parts import printable

# Where an answer was looked for and what lies around it is none of its facts.
BESIDE = ("consulted", "missing_weeks", "neighbours", "corrections")
# A cell that begins so is a formula to a spreadsheet, and reports are written by anybody.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(answer: Answer) -> str:
    """The longest list of facts in the answer's data, a row each under their names; without a list one row of all.

    Numbers stay numbers; what isn't a single value is JSON. Rows end in CRLF (RFC 4180).
    """
    rows = _rows(answer.data)
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [value for name, value in data.items() if name not in BESIDE and _is_list_of_facts(value)]
    return max(lists, key=len) if lists else [{name: value for name, value in data.items() if name not in BESIDE}]


def _is_list_of_facts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return printable(json.dumps(value, ensure_ascii=False))
    if isinstance(value, str):
        return ("'" if value.startswith(FORMULA) else "") + printable(value)
    return value
