"""SQL for full-text search: strict first, then near; a cap keeps very common words cheap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from typing import Any

from store.database.rows import Database
from store.database.visible import REPORT_COLUMNS, VISIBLE, bounds, report_ref
from store.records import Hit, Hits, SectionKind
from store.viewer import Viewer
from store.words.bigrams import covering, match_all, match_any
from store.words.normalise import fold, has_cjk
from store.words.speaking import SCATTERED, Wanted, fts, most

# bm25 looks at every match, 47 ms for a very common word at a million items: only the newest ones are ranked.
CANDIDATES = 2000
# Below this a near match is chance (measured on the samples' typos: their true lines lie above .6).
NEAR_ENOUGH = 0.5
NEAR_LATIN = 0.75  # the pairs of letters of any English question stand in any long English line
TIERS = 3
# Of the lines that speak of something that is asked for, so many of the best are looked at with what stands above them.
BEST = 60
HEAD = 4  # lines at the top of a report, which say what it is about
UNDER_TITLE = 0.5  # what a word counts less that only a title says
_COLUMNS = f"""{REPORT_COLUMNS}, i.id, i.line, i.line_end, i.depth, i.text, i.section_id, s.title AS section,
               s.kind AS section_kind"""
_JOINS = (
    "JOIN items i ON i.id = f.rowid JOIN reports r ON r.id = i.report_id LEFT JOIN sections s ON s.id = i.section_id"
)


def find(
    db: Database, viewer: Viewer, as_of: date, query: str, start: date | None, end: date, limit: int, *, near: bool
) -> Hits:
    """The items that hold every term of `query`, in reports of the range, best and newest first.

    Where there is none (`exact` is False then), the items that come nearest, if they are wanted.
    """
    expression = match_all(query)
    if expression is None:
        return Hits((), 0, True)
    params = {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()}
    rows = _matching(db, expression, params, ranked=True)
    if rows:
        best = max(-float(row["rank"]) for row in rows) or 1.0
        rows.sort(key=lambda row: (_tier(row, best), row["report_date"], row["source"], -row["line"]), reverse=True)
        return Hits(tuple(_hit(row, 1.0) for row in rows[:limit]), len(rows), True)
    return _near(db, query, params, limit) if near else Hits((), 0, False)


def _matching(
    db: Database, expression: str, params: Mapping[str, Any], *, ranked: bool = False, where: str = "TRUE"
) -> list[dict[str, Any]]:
    """The newest rows that match and that the viewer may see, at most CANDIDATES; `ranked`, each with its bm25."""
    # To rank by an OR over twenty pairs takes longer than all the rest of an answer: only who reads the rank asks.
    rank = "bm25(item_index, 1.0, 2.0)" if ranked else "NULL"
    sql = f"""SELECT {_COLUMNS}, {rank} AS rank FROM item_index f {_JOINS}
              WHERE item_index MATCH :match AND {VISIBLE} AND r.report_date BETWEEN :start AND :end
                AND {where}
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
    covered = covering(query)
    scored = [(covered(row["text"]), row) for row in _matching(db, expression, params)]
    enough = NEAR_ENOUGH if has_cjk(query) else NEAR_LATIN
    scored = [entry for entry in scored if entry[0] >= enough]
    scored.sort(
        key=lambda entry: (entry[0], entry[1]["report_date"], entry[1]["source"], -entry[1]["line"]), reverse=True
    )
    return Hits(tuple(_hit(row, share) for share, row in scored[:limit]), len(scored), False)


def says(db: Database, viewer: Viewer, as_of: date, word: str, spelled: bool) -> bool:
    """Whether any line says the word: as it stands, or of an English one any form unless it is to be `spelled` so."""
    if has_cjk(word) or not spelled:
        return _stands(db, viewer, as_of, match_all(word) if has_cjk(word) else fts([(fold(word),)]))
    return _stands(db, viewer, as_of, f'w:"{fold(word)}"' if word.isalnum() else None)


def _stands(db: Database, viewer: Viewer, as_of: date, expression: str | None) -> bool:
    params = bounds(viewer, as_of)
    sql = f"SELECT 1 FROM item_index f {_JOINS} WHERE item_index MATCH :match AND {VISIBLE} LIMIT 1"
    return expression is not None and db.execute(sql, {**params, "match": expression}).fetchone() is not None


def find_speaking(
    db: Database, viewer: Viewer, as_of: date, wanted: Sequence[Wanted], start: date | None, end: date, limit: int
) -> Hits:
    """The items that speak of all that is wanted, newest first; where there is none (`exact` is False), of most of it.

    What stands in the title of an item's section or in the items above it counts, as long as the item itself says the
    better half. A word that few lines hold says more than one that many hold.
    """
    expression = fts(wanted)
    if expression is None:
        return Hits((), 0, False)
    params = {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()}
    rows = _matching(db, expression, params)
    said = [[most(word, (row["text"],)) for word in wanted] for row in rows]
    weights = [log(1 + len(rows) / (1 + sum(one[at] == 1 for one in said))) for at in range(len(wanted))]
    ranked = sorted(zip(rows, said, strict=True), key=lambda each: _weighed(each[1], weights), reverse=True)[:BEST]
    scored = [(_with_above(db, row, wanted, own, weights), row) for row, own in ranked]
    scored.sort(key=lambda each: (each[0], each[1]["report_date"], each[1]["source"], -each[1]["line"]), reverse=True)
    whole = [each for each in scored if each[0] >= SCATTERED]
    near = [each for each in scored if each[0] >= NEAR_ENOUGH]
    return Hits(tuple(_hit(row, share) for share, row in (whole or near)[:limit]), len(whole or near), bool(whole))


def find_telling(
    db: Database, viewer: Viewer, as_of: date, needed: Sequence[Wanted], helpful: Sequence[Wanted], start: date | None,
    end: date, limit: int = 60
) -> Hits:
    """The items that say all that is `needed`, with the titles that they stand under (section, items above, and the
    name of the report itself), those first that say most of it themselves and of what is `helpful`, then the newest.

    An item says one needed word itself, or one helpful one of those whose report is all about what is needed.
    """
    params = {**bounds(viewer, as_of), "start": (start or date.min).isoformat(), "end": end.isoformat()}
    rows = {row["id"]: row for row in (_matching(db, fts(needed) or "", params) if needed else [])}
    if helpful and needed:
        titles = {f"title{at}": f"%{word[0]}%" for at, word in enumerate(needed)}
        where = " AND ".join(f"r.source LIKE :{title}" for title in titles)
        rows |= {row["id"]: row for row in _matching(db, fts(helpful) or "", {**params, **titles}, where=where)}
    found = [each for row in rows.values() if (each := _telling(db, row, needed, helpful))]
    found.sort(key=lambda each: (each[0], each[1]["report_date"], each[1]["source"], -each[1]["line"]), reverse=True)
    return Hits(tuple(_hit(row, score) for score, row in found[:limit]), len(found), True)


def _telling(
    db: Database, row: Mapping[str, Any], needed: Sequence[Wanted], helpful: Sequence[Wanted]
) -> tuple[float, Mapping[str, Any]] | None:
    """How well an item tells of what is asked, and the item; nothing where it doesn't say all that is needed."""
    own = [most(word, (row["text"],)) for word in needed]
    helps = sum(most(word, (row["text"],)) >= SCATTERED for word in helpful)
    if not helps and max(own) < SCATTERED:
        return None
    missing = [word for mine, word in zip(own, needed, strict=True) if mine < SCATTERED]
    if missing and any(most(word, _titles(db, row)) < SCATTERED for word in missing):
        return None
    said = len(needed) - len(missing) * UNDER_TITLE
    return round((said + helps) / (len(needed) + len(helpful)), 1), row


def _titles(db: Database, row: Mapping[str, Any]) -> tuple[str, ...]:
    """What an item stands under: its section, the items above it, and what the report calls itself."""
    head = db.execute("SELECT text FROM items WHERE report_id = ? AND line <= ?", (row["report_id"], HEAD)).fetchall()
    name = row["source"].rpartition("/")[2]
    return (row["section"] or "", row["team"] or "", name, *(text for (text,) in head), *_above(db, row))


def _weighed(shares: Sequence[float], weights: Sequence[float]) -> float:
    return sum(share * weight for share, weight in zip(shares, weights, strict=True)) / (sum(weights) or 1.0)


def _with_above(
    db: Database, row: Mapping[str, Any], wanted: Sequence[Wanted], own: Sequence[float], weights: Sequence[float]
) -> float:
    """How much of what is wanted an item says together with what stands above it, rounded: 1 is all of it."""
    alone = _weighed(own, weights)
    if alone < NEAR_ENOUGH or min(own) >= SCATTERED:
        return round(alone, 3)
    above = (row["section"] or "", *_above(db, row))
    return round(_weighed([max(mine, most(word, above)) for mine, word in zip(own, wanted, strict=True)], weights), 3)


def _above(db: Database, row: Mapping[str, Any]) -> list[str]:
    """The texts of the items that an item stands under, the nearest first."""
    texts, depth, before = [], row["depth"], row["id"]
    while depth > 0:
        sql = """SELECT id, depth, text FROM items WHERE report_id = ? AND section_id IS ? AND id < ? AND depth < ?
                 ORDER BY id DESC LIMIT 1"""
        found = db.execute(sql, (row["report_id"], row["section_id"], before, depth)).fetchone()
        if found is None:
            break
        before, depth, text = found
        texts.append(text)
    return texts


def _hit(row: Mapping[str, Any], share: float) -> Hit:
    kind = SectionKind(row["section_kind"]) if row["section_kind"] else None
    return Hit(report_ref(row), row["line"], row["line_end"], row["section"], row["text"], share, kind)
