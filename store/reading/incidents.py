"""Production incidents: when, what, impact, handling, severity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import zip_longest

from store.reading.clauses import clauses
from store.reading.columns import Columns, read_columns
from store.reading.events import event_in
from store.reading.follow_ups import read_follow_up
from store.reading.layout import PlacedTable
from store.reading.marks import CODE, plain, unmarked
from store.reading.scope import read_closed, read_counts, read_systems
from store.reading.tables import Row
from store.reading.vocabulary import alternatives, any_rule, pattern, vocabulary, words
from store.records import HEADING, Incident, Item, Section, SectionKind
from store.words.dates import DateMention, find_dates
from store.words.normalise import fold
from store.words.regex import regex

LONGEST_LAST = 8  # characters
LONGEST_HEAD = 80  # characters before a colon
OPENING = 200  # characters of an incident in which its date must stand
_LABELLED = ("title", "impact", "cause", "handling", "when", "severity_label", "state", "system", "other")
_COUNTED = re.compile(r"\d[\d,.]*\s*(?:笔|单|户|人|名|台|家|件|元|万元|分钟|小时|秒)")
_GRADE = re.compile(
    r"^\s*(?:左右|前后|许)?\s*【[^】]{1,8}】|^\s*(?:左右|前后|许)\s*|定级(?:为)?\s*[A-Za-z]{1,2}\d?级?"
    r"|^[\s:：,，—–-]*(?:[A-Z]{2,4}\s+)?(?:[Ss][Ee][Vv]-?\s?\d|[PpSs]\d)(?![\w])\s*[:：,，—–-]?\s*"
)
_GRADE_BEHIND = re.compile(r"\s*[(（]\s*(?:[Ss][Ee][Vv]-?\s?\d|[Pp]\d)\s*[)）]\s*$")
_SEVERITY = r"(?:sev[-\s]?\d|[ps]\d级?|[a-d]{1,2}级)(?![a-z0-9])"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?"
_BEFORE_DAY = re.compile(
    r"[\s*\[(（]*(?:【[^】]{0,10}】|\[[^\]]{0,10}\]|[(（][^)）]{0,10}[)）])?[\s*]*"
    rf"(?:{_SEVERITY}[\s*:：,，|·—–-]*)?(?:[Oo]n\s+)?(?:{_WEEKDAY}\s*)?",
    re.ASCII,
)
_BARE_DAY = regex(rf"\s*(\d{{1,2}}/\d{{1,2}})\s+(?:[(（【\[]\s*)?{_SEVERITY}", re.IGNORECASE)
_BEHIND_DAY = re.compile(
    r"^\s*[\])】）]?\s*(?:[~～–—-]\s*(?:次日)?\d{1,2}:\d{2}\s*)?(?:(?:UTC|GMT|CES?T|[ECMP][SD]T)\b\s*)?(?:on-?wards\s*(?=[,:]))?(?:[-—–|]+\s+|[.:：]\s+)?"
)
_TOLD = re.compile(r"\s*([A-Za-z][^:\n]{5,80}?):\s(?=\S)")
_BRACKET = re.compile(r"[(（]([^()（）]{3,12})[)）]")
_EDGES = " \n，。；、,;：:"


_ALSO_HERE = (SectionKind.METRICS, SectionKind.OTHER)


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of a report, the lines that say there was none, and the lines of incidents without a time."""

    incidents: tuple[Incident, ...]
    none: tuple[int, ...]


def read_incidents(items: Sequence[Item], sections: Sequence[Section], on: date) -> Incidents:
    """Every first-level item of an incidents section, with what stands below it, in the order of the report; of
    sections of figures (运行情况) and others those that can be nothing else."""
    found, none = [], []
    for at, item in enumerate(items):
        if item.mark == HEADING and item.section is not None and _heading_says_none(item, sections[item.section]):
            none.append(item.line)
        if item.mark in ("|", HEADING, CODE) or item.parent is not None or item.section is None:
            continue
        kind = sections[item.section].kind
        if kind is not SectionKind.INCIDENTS and not (kind in _ALSO_HERE and is_of_incidents(item, on)):
            continue
        text, last = _with_children(items, at)
        if says_none(text):
            none.append(item.line)
        elif _opening_day(text, on) or "when" in read_fields(unmarked(text)) or (item.mark and not is_figure(text)):
            found.append(read_incident(text, item.line, last, on))
    return Incidents(tuple(found), tuple(none))


def is_figure(text: str) -> bool:
    """Whether an item of an incidents section begins with a figure and its value: 可用率 99.995%，P99 延迟 88ms."""
    return any_rule("incidents", "figures").match(fold(unmarked(text))) is not None


def _heading_says_none(item: Item, section: Section) -> bool:
    """`1. 生产稳定性事件：无` announces the list and ends it in one."""
    _, colon, rest = item.text.replace("：", ":").partition(":")
    return section.kind is SectionKind.INCIDENTS and bool(colon) and says_none(rest)


def _with_children(items: Sequence[Item], at: int) -> tuple[str, int]:
    below, text, last = {at}, items[at].text, items[at].line_end
    for position in range(at + 1, len(items)):
        if items[position].parent not in below:
            break
        below.add(position)
        text += "\n" + items[position].text
        last = items[position].line_end
    return text, last


def is_of_incidents(item: Item, on: date) -> bool:
    """Whether an item tells of an incident, or that there was none, wherever it stands."""
    text = unmarked(item.text)
    opening = _opening_day(text, on)
    planned = opening is not None and opening.start > on
    return says_no_incident(text) or (not planned and tells_incident(text, on))


def says_no_incident(text: str) -> bool:
    """Whether a line says that there was no incident, in words that could mean nothing else (无 alone could)."""
    return any_rule("incidents", "none_of_them").search(fold(text)) is not None and says_none(text)


def tells_incident(text: str, on: date) -> bool:
    """Whether an item tells of an incident wherever it stands: a day with a time or a grade, and what went wrong, but
    nothing that was planned for then."""
    opening = _opening_day(text, on)
    if opening is None:
        return False
    rest = fold(text[opening.span[1] :])
    labelled = {"cause", "handling", "impact"} & set(read_fields(text[opening.span[1] :]))
    graded = read_severity(text) is not None
    if not (opening.time or graded):
        return False
    return bool(labelled) or graded or (event_in(rest) is None and _tells_impact(rest))


def says_none(text: str) -> bool:
    """Whether a line of an incidents section says that there was none: that first of all, and without a date."""
    bare = fold(text).strip(" 。.！!")
    first = re.split(r"[,，;；。]", bare, maxsplit=1)[0]
    if any_rule("incidents", "none").fullmatch(bare):
        return True
    return any_rule("incidents", "none_of_them").search(first) is not None and (
        any_rule("incidents", "none").fullmatch(first) is not None
    )


def read_table_incidents(tables: Sequence[PlacedTable], sections: Sequence[Section], on: date) -> Incidents:
    """The rows of incident tables, each an incident, or the line that says that there was none."""
    found, none = [], []
    for placed in tables:
        found_rows: list[Row] = []
        columns = read_columns(placed.table.header)
        kind = sections[placed.section].kind if placed.section is not None else None
        if kind is not SectionKind.INCIDENTS:
            continue
        for row in placed.table.rows:
            told = [text for text in map(plain, row.cells) if text.strip(" -—/0123456789.")]
            row = _with_day_above(row, columns, found_rows)
            if told and all(map(says_none, told)):
                none.append(row.line)
            elif incident := _row_incident(columns, row, on):
                found_rows.append(row)
                found.append(incident)
    return Incidents(tuple(found), tuple(none))


def _with_day_above(row: Row, columns: Columns, above: Sequence[Row]) -> Row:
    """The row with the day of the one above it where its own cell is empty."""
    day = columns.first("when", "date")
    if day is None or row.cells[day.at] or not above:
        return row
    return replace(row, cells=(*row.cells[: day.at], above[-1].cells[day.at], *row.cells[day.at + 1 :]))


def _row_incident(columns: Columns, row: Row, on: date) -> Incident | None:
    story = columns.cell(row, "title", "text", "project", "risk")
    when = _cell_day(columns, row, on)
    if not story and when is None:
        return None
    grade, story = read_severity(story), _GRADE.sub("", story).strip(_EDGES)
    return Incident(
        occurred_at=_moment(when),
        title=_title(story) or story or columns.cell(row, "system", "impact"),
        impact=columns.cell(row, "impact") or _impact(story, _title(story)),
        handling=columns.cell(row, "handling") or None,
        severity=columns.cell(row, "severity") or grade,
        line=row.line,
        line_end=row.line,
        cause=columns.cell(row, "cause") or None,
        systems=read_systems(columns.cell(row, "system"), story),
        counts=read_counts(f"{story}\n{columns.cell(row, 'impact')}"),
        closed=read_closed(columns.cell(row, "state"), columns.cell(row, "handling")),
    )


def _cell_day(columns: Columns, row: Row, on: date) -> DateMention | None:
    """The moment of a row: day and time may stand in two columns."""
    cells = [plain(row.cells[column.at]) for column in columns.having("when", "date")]
    return _labelled_day(" ".join(filter(None, cells)), on)


def read_incident(text: str, line: int, line_end: int, on: date) -> Incident:
    """One incident from its text, with labels (处置：…, 影响：…) where there are some and by its clauses elsewhere."""
    bare = unmarked(text)
    opening = _opening_day(bare, on)
    if told := _going_on(bare, opening, line, line_end, on):
        return told
    fields = read_fields(_BEHIND_DAY.sub("", bare[opening.span[1] :], count=1) if opening else bare)
    story = _GRADE.sub("", fields.get("", "")).strip(_EDGES)
    when = opening or _labelled_day(fields.get("when", ""), on)
    if when and not opening:
        # "时间：9/10 09:29 登录超时" tells it all in the line of the time.
        story = story or fields["when"][when.span[1] :].strip(_EDGES)
    when = when or _day_in_head(story, on)
    title = (fields.get("title") or _title(story)).strip(_EDGES)
    impact = fields.get("impact") or _impact(story, title)
    return Incident(
        occurred_at=_moment(when),
        title=_GRADE_BEHIND.sub("", title).strip(_EDGES) or title,
        impact=impact,
        handling=fields.get("handling"),
        severity=read_severity(bare[opening.span[1] :] if opening else bare) or read_severity(bare),
        line=line,
        line_end=line_end,
        cause=fields.get("cause"),
        systems=read_systems(fields.get("system", ""), f"{title}\n{impact or ''}"),
        counts=read_counts(f"{title}\n{impact or ''}"),
        closed=read_closed(fields.get("state", ""), fields.get("handling", ""), _last_word(bare)),
    )


def _last_word(text: str) -> str:
    """What a story ends with, where that says no more than how the incident stands: 关闭。, 4/16 closed, 还没结案。"""
    parts = clauses(fold(text))
    last = re.sub(r"[\d/.\s]", "", parts[-1].text) if parts else ""
    return last if len(last) <= LONGEST_LAST else ""


def _going_on(text: str, opening: DateMention | None, line: int, line_end: int, on: date) -> Incident | None:
    """What goes on with an incident told before. It counts nothing anew: the 剩余1笔 of a refund is no second count."""
    start = opening.span[1] if opening else 0
    told = read_follow_up(text[start:].strip())
    if told is None or (opening and opening.time):
        return None  # with a time of its own it tells an incident anew
    when = opening or _labelled_day(told.head, on)
    return Incident(
        occurred_at=_moment(when),
        title=told.head,
        impact=None,
        handling=None,
        severity=read_severity(text),
        line=line,
        line_end=line_end,
        cause=told.cause,
        systems=read_systems("", told.head),
        closed=read_closed("", told.rest),
    )


def _opening_day(text: str, on: date) -> DateMention | None:
    """The date that the item begins with, behind a grade (【P2】, **Sev1**) and a weekday at the most."""
    graded = _BARE_DAY.match(text)  # 4/22 P3: …; 3/5 alone may be a share
    mentions = find_dates(text[: graded.end(1)], on, likely=True) if graded else find_dates(text[:OPENING], on)
    first = mentions[0] if mentions else None
    before = pattern("incidents", "again").sub("", fold(text[: first.span[0]])) if first else ""
    opens = first is not None and _BEFORE_DAY.fullmatch(before) is not None
    # 11/26 23:50~11/27 00:15: from when to when it lasted.
    return first if first and opens and (first.start == first.end or first.time) else None


def _labelled_day(text: str, on: date) -> DateMention | None:
    """`时间：12/27 08:30-09:15`: the date of a line of its own."""
    return next((m for m in find_dates(text[:OPENING], on, likely=True) if m.start == m.end), None)


def _day_in_head(story: str, on: date) -> DateMention | None:
    """The day by which the words before a colon, or a bracket behind the first words, name an incident told before:
    OCR timeouts of 18 June: …, Courier feed (17 Sep) is back."""
    if (bracket := _BRACKET.search(story[:LONGEST_HEAD])) and (day := _labelled_day(bracket[1], on)):
        return day if day.start < on and day.text == bracket[1].strip() else None
    head, colon, _ = story[:LONGEST_HEAD].replace("：", ":").partition(": " if story.isascii() else ":")
    days = [day for day in find_dates(head, on, likely=True) if day.start == day.end] if colon else []
    return days[0] if len(days) == 1 and days[0].start < on else None


def _moment(when: DateMention | None) -> datetime | date | None:
    if when is None:
        return None
    return datetime.combine(when.start, when.time) if when.time is not None else when.start


@cache
def _label() -> re.Pattern[str]:
    ends = {"cause": r"(?:\s*[:：]|[是为系](?!否)|在于| (?:was|is)\b)"}  # 原因是换证时漏了一台机器
    labels = ((name, alternatives(words("incidents", name)), ends.get(name, r"\s*[:：]")) for name in _LABELLED)
    names = "|".join(f"(?P<{name}>{either}){end}" for name, either, end in labels)
    return re.compile(rf"(?:^|(?<=[\n。；;，,\s]))(?:\*\*)?(?:{names})", re.MULTILINE)


def read_fields(body: str) -> dict[str, str]:
    """The text under each label, and under "" what stands before the first."""
    folded = fold(body)
    if len(folded) != len(body):
        body = folded
    marks = list(_label().finditer(folded))
    fields = {"": body[: marks[0].start()] if marks else body}
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        name = str(mark.lastgroup)
        text = body[mark.end() : end].strip(" \n；;，,")
        fields[name] = f"{fields[name]}\n{text}" if fields.get(name) else text
    return {name: text for name, text in fields.items() if text or not name}


def _title(story: str) -> str:
    """The first clause, and more of them while it isn't yet what happened ("…入金成功后，POS撤销出现报错")."""
    if story.isascii() and (told := _TOLD.match(story)):
        return told[1]  # DNS resolver outage: 340 users affected for 12 mins.
    parts = clauses(story)
    end = 0
    for clause, following in zip_longest(parts, parts[1:]):
        end = clause.end
        bare = fold(re.sub(r"[(（].*?[)）]", "", clause.text)).strip()
        unfinished = any_rule("incidents", "unfinished").search(bare) is not None
        if not unfinished and (len(bare) >= 6 or (following and _tells_impact(fold(following.text)))):
            break
    return story[:end]


def _impact(story: str, title: str) -> str | None:
    """What follows the title, from the first clause that tells of effects or counts to the last; the grade is none."""
    start = story.find(title) + len(title)
    parts = [clause for clause in clauses(story) if clause.start >= start]
    cued = [at for at, clause in enumerate(parts) if _tells_impact(fold(clause.text))]
    if not cued:
        return None
    return story[parts[cued[0]].start : parts[cued[-1]].end].strip(_EDGES)


def _tells_impact(clause: str) -> bool:
    return _COUNTED.search(clause) is not None or pattern("incidents", "impact_cues").search(clause) is not None


def read_severity(text: str) -> str | None:
    """The severity that the text gives (CD级, P2, Sev2), or None."""
    head = fold(text)
    hits = (re.search(rule, head, re.ASCII) for rule in vocabulary()["incidents"]["severity"])
    found = next((hit for hit in hits if hit), None)
    if found is None:
        return None
    written = text[found.start(1) : found.end(1)] if len(head) == len(text) else found[1]
    return written if len(written) > 3 else written.upper()  # Sev2 as written, p2 and cd级 as people write them
