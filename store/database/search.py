"""SQL for full-text search: strict first, then near; a cap keeps very common words cheap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.database.visible import REPORT_COLUMNS, VISIBLE, bounds, report_ref
from store.records import Hit, Hits
from store.viewer import Viewer
from store.words.bigrams import coverage, match_all, match_any

# bm25 looks at every match, 47 ms for a very common word at a million items: only the newest ones are ranked.
CANDIDATES = 2000
# Below this a near match is chance (measured on the samples' typos: their true lines lie above .6).
NEAR_ENOUGH = 0.5
TIERS = 3
_COLUMNS = f"{REPORT_COLUMNS}, i.id, i.line, i.line_end, i.text, s.title AS section"
_JOINS = (
    "JOIN items i ON i.id = f.rowid JOIN reports r ON r.id = i.report_id LEFT JOIN sections s ON s.id = i.section_id"
)


def find(db: Database, viewer: Viewer, as_of: date, query: str, start: date | None, end: date, limit: int) -> Hits:
    """The items that hold every term of `query`, in reports of the range, best and newest first.

    Where there is none, the items that come nearest (`exact` is False then).
    """
    expression = match_all(query)
    if expression is None:
        return Hits((), 0, True)
    params = {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()}
    rows = _matching(db, expression, params)
    if rows:
        best = max(-float(row["rank"]) for row in rows) or 1.0
        rows.sort(key=lambda row: (_tier(row, best), row["report_date"], row["source"], -row["line"]), reverse=True)
        return Hits(tuple(_hit(row, 1.0) for row in rows[:limit]), len(rows), True)
    return _near(db, query, params, limit)


def _matching(db: Database, expression: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The newest rows that match and that the viewer may see, at most CANDIDATES."""
    sql = f"""SELECT {_COLUMNS}, bm25(item_index, 1.0, 2.0) AS rank FROM item_index f {_JOINS}
              WHERE item_index MATCH :match AND {VISIBLE} AND r.report_date BETWEEN :start AND :end
              ORDER BY f.rowid DESC LIMIT {CANDIDATES}"""
    return list(db.query(sql, {**params, "match": expression}))


def _tier(row: Mapping[str, Any], best: float) -> int:
    """0 to TIERS: within a tier hits are about as good, and the newest comes first. FTS5's bm25 is negative.

    A line that only announces others ("支付成功率：") is short, which bm25 likes, and says nothing: it comes last.
    """
    return -1 if row["text"].endswith(("：", ":")) else round(-float(row["rank"]) / best * TIERS)


def _near(db: Database, query: str, params: Mapping[str, Any], limit: int) -> Hits:
    expression = match_any(query)
    if expression is None:
        return Hits((), 0, False)
    scored = [(coverage(query, row["text"]), row) for row in _matching(db, expression, params)]
    scored = [entry for entry in scored if entry[0] >= NEAR_ENOUGH]
    scored.sort(
        key=lambda entry: (entry[0], entry[1]["report_date"], entry[1]["source"], -entry[1]["line"]), reverse=True
    )
    return Hits(tuple(_hit(row, share) for share, row in scored[:limit]), len(scored), False)


def _hit(row: Mapping[str, Any], share: float) -> Hit:
    return Hit(report_ref(row), row["line"], row["line_end"], row["section"], row["text"], share)
