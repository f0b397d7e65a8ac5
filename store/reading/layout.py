"""Lines → sections and items, with the nesting that the writer meant.

Reports break CommonMark's nesting: an item's text goes on unindented in the next line, a list nests below a plain
line, an incident's handling follows after a blank line. So the structure is read from the raw lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from store.reading.marks import CODE, SIGNS, Marked, plain
from store.reading.outline import Outline
from store.reading.tables import Table
from store.reading.vocabulary import any_rule, heading_type, pattern, vocabulary, words
from store.records import HEADING, Item, Section, SectionKind
from store.words.normalise import fold, has_cjk

_FRAME = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|\d+(?:\.\d+)*[、.．\s]\s*)?\s*"
    r"(?:【([^】]*)】|\[([^\]]*)\])?"
)
_TITLE = re.compile(
    r"第\s*\d+\s*周|^\W*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|周报|weekly (?:report|update)", re.IGNORECASE
)
_BEGINS_WITH_DAY = re.compile(r"[【\[(（]?[^\d】)）]{0,6}[】\])）]?\s*\d{1,4}\s*[-/.年月]\s*\d{1,2}")
LONGEST_TITLE = 60  # characters of a line that announces a section
_OF_THE_WEEK = re.compile(r"^(?:本周|本期|本月|当周|this week's\s)")
_OBJECTIVE = re.compile(r"(?:o|kr)\d{1,2}(?:(?![\w.%])|(?=[\u4e00-\u9fff]))")
_GOES_ON = re.compile(r"[，,。；;：:]\s*\S")
_SENTENCE = re.compile(r"[,，。；;]|[.:：]\s")
_ENDED_BY_ANY = (SectionKind.INCIDENTS, SectionKind.GOALS, SectionKind.OTHER, SectionKind.REFLECTIONS)
LONGEST_LABEL = 24
_IN_LINE = (SectionKind.GOALS, SectionKind.METRICS, SectionKind.INCIDENTS)
_CONTINUES = ("handling", "impact", "cause")


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, the position of the section that it stands in, and the line above it where that names it."""

    table: Table
    section: int | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections, items and tables of a report, and the lines of its head (titles and what stands before any
    section). The rows of a table are items, too."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    head: tuple[Marked, ...]
    tables: tuple[PlacedTable, ...] = ()


@dataclass(slots=True)
class _Opened:
    """A section opened by a list line ends where that list goes on: `1. 生产稳定性事件：` at the next `2.`"""

    outer: int | None
    indent: int
    next_mark: str


@dataclass(slots=True)
class _Builder:
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    head: list[Marked] = field(default_factory=list)
    section: int | None = None
    opened: _Opened | None = None
    stack: list[tuple[int, int]] = field(default_factory=list)  # (indent, position of the item)
    group: str | None = None
    after_blank: bool = False
    in_paragraph: bool = False  # whether the section was opened by a line of text that goes on behind its colon

    def feed(self, line: Marked) -> None:
        if line.blank:
            self.after_blank = True
            return
        if not (self._paragraph(line) or self._title(line) or self._heading(line) or self._continues(line)):
            self._item(line)
        self.after_blank = False

    def _paragraph(self, line: Marked) -> bool:
        """`下周：A上线；B批下来。` is a section of its own with one item, and so is `下周：` above a list. Below a
        heading that we don't know it would be the heading's."""
        label, _, rest = plain(line.text).replace("：", ":").partition(":")
        at_home = self.section is None or self.sections[self.section].named or self.in_paragraph
        if line.mark or line.indent or not at_home or not (self.after_blank or self.in_paragraph or not self.items):
            return False
        kind = opening_kind(label, rest)
        if kind is None:
            return False
        self._open(replace(line, text=label), None if kind is SectionKind.OTHER else kind)
        if rest.strip():
            self.items.pop()  # the line is the section's heading and all that it holds
            self._item(replace(line, mark="-", text=rest.strip()))
        self.in_paragraph = True
        return True

    def _title(self, line: Marked) -> bool:
        if self.sections or (line.mark and not line.mark.startswith("#")):
            return False
        first = line.mark == "#" and not any(known.mark == "#" for known in self.head)
        # "# 故障管理组周报 2023-09-15" speaks of 故障 and is the title; "# 下周工作" is nothing but a section.
        sectional = section_kind(line) is not None and not (first and _kind_of(fold(section_title(line.text))) is None)
        if sectional or (line.mark and not first and not _TITLE.search(line.text)):
            return False
        self.head.append(line)
        self._keep_heading(line)
        return True

    def _keep_heading(self, line: Marked) -> None:
        self.items.append(Item(line.number, line.number, 0, HEADING, line.text, self.section))

    def _heading(self, line: Marked) -> bool:
        kind = section_kind(line)
        if kind is None and not line.mark.startswith("#") and not self._ends_list(line):
            return False
        self._open(line, kind)
        return True

    def _ends_list(self, line: Marked) -> bool:
        """`策略与运营：` below plain headings like it ends a list of incidents or goals; 支付成功率： only divides
        one."""
        if self.section is None or line.mark or line.indent or not self.after_blank:
            return False
        section = self.sections[self.section]
        heading = next(item for item in reversed(self.items) if item.line == section.line)
        alike = heading.text.endswith(("：", ":")) and line.text.endswith(("：", ":")) and len(line.text) <= 24
        return alike and section.kind in _ENDED_BY_ANY and not _is_label(line.text)

    def _inherited(self, level: int) -> SectionKind:
        """The kind of a heading that no word of ours names: it divides the known section that it stands below."""
        at = next((at for at in reversed(range(len(self.sections))) if self.sections[at].level < level), None)
        above = next((s for s in reversed(self.sections) if s.named or s.level < level), None)
        if at is None or above is None or not above.named or above.level >= level:
            return SectionKind.OTHER
        # "# 下周工作" among sections marked `##`: what follows it at their level is one of them, and none of its parts.
        apart = any(s.named and s.level == level for s in self.sections[:at])
        return SectionKind.OTHER if apart else above.kind

    def _open(self, line: Marked, kind: SectionKind | None) -> None:
        inner = bool(line.mark) and not line.mark.startswith("#")
        level = len(line.mark) if line.mark.startswith("#") else 2
        following = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), line.mark) if line.mark else ""
        self.opened = _Opened(self.section, line.indent, following) if inner else None
        title, named = section_title(line.text), kind is not None
        self.in_paragraph = False
        self.sections.append(Section(title, kind or self._inherited(level), line.number, level, named))
        self.section = len(self.sections) - 1
        self._keep_heading(line)
        self.stack.clear()
        self.group = None

    def _continues(self, line: Marked) -> bool:
        if _opens_named_item(line, self.items, self.stack):
            return False
        if line.mark or not self.items or not self.stack:
            return False
        if not self.after_blank:
            position = self.stack[-1][1]
        elif line.indent > 0:
            position = next((at for indent, at in reversed(self.stack) if indent < line.indent), -1)
        else:
            position = self.stack[-1][1] if _is_label(line.text) else -1
        if position < 0 or self.items[position].section != self.section or self.items[position].mark == "|":
            return False
        # Lines must stay in order, so what follows an inner list is read as belonging to that list's last item.
        self._append(max(position, len(self.items) - 1), line)
        return True

    def _append(self, position: int, line: Marked) -> None:
        item = self.items[position]
        gap = "\n" * (line.number - item.line_end) or " "  # a minified HTML file has all its lines on one
        self.items[position] = replace(item, text=item.text + gap + line.text, line_end=line.number)

    def _item(self, line: Marked) -> None:
        if line.mark == CODE:
            parent = self.stack[-1][1] if self.stack else None
            depth = self.items[parent].depth + 1 if parent is not None else 0
            self.items.append(Item(line.number, line.number, depth, CODE, line.text, self.section, parent))
            return
        self._close_inner(line)
        line = self._below_bare_line(line)
        while self.stack and (not line.mark or self.stack[-1][0] >= line.indent):
            self.stack.pop()
        parent = self.stack[-1][1] if self.stack else None
        depth = self.items[parent].depth + 1 if parent is not None else 0
        if not line.mark and not self.stack:
            self.group = line.text.rstrip("：: ") if line.text.endswith(("：", ":")) else None
        group = self.group if line.mark else None
        self.items.append(Item(line.number, line.number, depth, line.mark, line.text, self.section, parent, group))
        self.stack.append((line.indent, len(self.items) - 1))

    def _below_bare_line(self, line: Marked) -> Marked:
        """`- POS收单` and, as far left, `① 后端` `② APP`; `1、网关拆分` and `1) 路由`: a list of another kind below a
        line that is only a name belongs to that."""
        if line.mark in ("", "|", "-"):
            return line
        position = next((position for indent, position in self.stack if indent == line.indent), -1)
        above = self.items[position] if position >= 0 else None
        if above is None or above.mark in ("", "|") or above.section != self.section:
            return line
        if not _is_bare(above.text) or _style(above.mark) == _style(line.mark):
            return line
        return replace(line, indent=line.indent + 1)

    def _close_inner(self, line: Marked) -> None:
        # Numbered incidents below `1. 生产稳定性事件：` begin with their day; `2. 监控治理` goes on in the outer list.
        goes_on = self.opened and (line.mark, line.indent) == (self.opened.next_mark, self.opened.indent)
        if self.opened and goes_on and not _BEGINS_WITH_DAY.match(line.text):
            self.section, self.opened = self.opened.outer, None
            self.stack.clear()


def _opens_named_item(line: Marked, items: Sequence[Item], stack: Sequence[tuple[int, int]]) -> bool:
    """`【码牌升级】开发中…` without a bullet is an item of its own, unless the list above has bullets."""
    return line.text.startswith("【") and not (stack and items[stack[-1][1]].mark)


def _style(mark: str) -> str:
    """The kind of a list mark: `1.` and `2.` are alike, `1)`, `①` and `a.` are others."""
    return re.sub(r"[A-Za-z]", "a", re.sub(r"\d+", "1", mark))


def _is_bare(text: str) -> bool:
    return "\n" not in text and len(text) <= 24 and not _GOES_ON.search(text)


def _is_label(text: str) -> bool:
    folded = fold(plain(text))
    return any(pattern("incidents", name, then=r"\s*[:：]").match(folded) for name in _CONTINUES)


def section_title(text: str) -> str:
    """The title without a sign before it, numbering, brackets, emphasis and the closing colon: `一、【重点工作】：` →
    `重点工作`, `🚧 进行中` → `进行中`."""
    bare = SIGNS.sub("", plain(text))
    frame = _FRAME.match(bare)
    rest = bare[frame.end() :].strip() if frame else bare
    inside = (frame[1] or frame[2] or "") if frame else ""
    return " ".join(part for part in (inside.strip(), rest.strip("：: 　")) if part) or bare


def opening_kind(label: str, rest: str) -> SectionKind | None:
    """The kind of the section that a line opens by its `label`, with what it holds (`rest`) behind the colon; OTHER
    where that alone tells it (问题：…). None for any other line."""
    title = fold(section_title(label))
    if len(title) > LONGEST_LABEL or title in words("fields", "name"):
        return None
    kind = _kind_of(title) or kind_on_top(title)
    if not rest.strip():
        return kind if kind is SectionKind.GOALS else None
    if kind in _IN_LINE:
        return kind
    return SectionKind.OTHER if title in words("sections", "in_line") else None


def section_kind(line: Marked) -> SectionKind | None:
    """The kind that a line announces, or None: a heading by any known word in it, other lines only when they are
    nothing else and look like a heading (a closing colon, brackets, emphasis, or no list mark at all)."""
    title = fold(section_title(line.text))
    announced, colon, rest = title.replace("：", ":").partition(":")
    if colon and _kind_of(announced.strip()) is SectionKind.INCIDENTS and _is_tally(rest):
        return SectionKind.INCIDENTS
    if line.mark.startswith("#"):
        return None if heading_type().match(title) else _kind_in(title)
    looks = line.text.rstrip().endswith(("：", ":")) or fold(line.text) != title
    kind = _kind_of(title) or (_announced(title, line) if not line.mark else None)
    # An incident list is announced by a numbered line without a colon, too; other lists have items of such names.
    numbered = kind is SectionKind.INCIDENTS and line.mark[:1].isdigit() and len(title) > 3
    return kind if not line.mark or looks or numbered else None


def _is_tally(text: str) -> bool:
    """Whether no more follows than how many there were: 生产稳定性事件：无, …：本周无生产事件, …：AB级0次，CD级2次."""
    bare = text.strip(" 。.！!")
    said = any_rule("incidents", "none"), any_rule("incidents", "tally"), pattern("projects", "none")
    return len(bare) <= 2 or any(rule.fullmatch(bare) for rule in said)


def _announced(title: str, line: Marked) -> SectionKind | None:
    """A plain line that opens with an objective (`O1 Grow the base`), or in English with a section's name and a
    closing colon (`Incidents this week:`)."""
    if len(title) > LONGEST_TITLE or line.indent or _SENTENCE.search(title):
        return None
    if _OBJECTIVE.match(title):
        return SectionKind.PROJECTS
    closes = line.text.rstrip().endswith((":", "："))
    return _kind_in(title) if closes and title.startswith(_english_kinds()) else None


@cache
def _kinds() -> dict[str, SectionKind]:
    return {fold(word): kind for kind in reversed(SectionKind) for word in vocabulary()["sections"][kind]}


@cache
def _english_kinds() -> tuple[str, ...]:
    return tuple(word for word in _kinds() if not has_cjk(word))


def _kind_of(title: str) -> SectionKind | None:
    return _kinds().get(title)


def kind_on_top(title: str) -> SectionKind | None:
    """The kind that a heading's title gives where it stands on the report's uppermost level: 本周进展 below the heading
    of a project is only what that project did."""
    table = vocabulary()["sections"]["on_top"]
    bare = fold(title).strip()
    forms = (bare, _OF_THE_WEEK.sub("", bare))
    return next((SectionKind(kind) for kind in table for word in table[kind] if fold(word) in forms), None)


def _kind_in(title: str) -> SectionKind | None:
    exact = _kind_of(title) or _kind_of(_OF_THE_WEEK.sub("", title))
    if exact:
        return exact
    # A pattern first, since 下周重点工作 holds 重点工作 as well; then the longest word.
    kinds = vocabulary()["sections"]["patterns"]
    named = next((SectionKind(kind) for kind in kinds if any_rule("sections", "patterns", kind).search(title)), None)
    hits = [
        (len(hit[0]), -hit.start(), kind)
        for kind in SectionKind
        for hit in pattern("sections", kind).finditer(title)
        if not _is_of_a_name(title, hit)
    ]
    return named or (max(hits)[2] if hits else None)


def _is_of_a_name(title: str, hit: re.Match[str]) -> bool:
    """`V8 for RISC-V 项目进展` is the heading of one project, and none of the section that 项目进展 names; 数据 is a
    section only alone, since 数据智能部 is a team."""
    if not has_cjk(hit[0]):
        return False
    return len(hit[0]) <= 2 or re.search(r"[a-z]{2}", title[: hit.start()]) is not None


def lay_out(outlined: Outline) -> Layout:
    """Sections, items and tables of the outline. Every line with text is in exactly one item; headings are marked
    `#`."""
    builder, tables = _Builder(), []
    for at, line in enumerate(outlined.lines):
        builder.feed(line)
        if table := outlined.tables.get(at):
            tables.append(PlacedTable(table, builder.section, builder.items[-1].group if builder.items else None))
    return Layout(tuple(builder.sections), tuple(builder.items), tuple(builder.head), tuple(tables))
