"""Lines → sections and items, with the nesting that the writer meant.

Reports break CommonMark's nesting: an item's text goes on unindented in the next line, a list nests below a plain
line, an incident's handling follows after a blank line. So the structure is read from the raw lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from store.reading.marks import Marked, plain
from store.reading.vocabulary import alternatives, pattern, vocabulary, words
from store.records import HEADING, Item, Section, SectionKind
from store.words.normalise import fold

_FRAME = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|\d+(?:\.\d+)*[、.．\s]\s*)?\s*(?:【([^】]*)】|\[([^\]]*)\])?")
_TITLE = re.compile(
    r"第\s*\d+\s*周|^\W*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|周报|weekly (?:report|update)", re.IGNORECASE
)
_BEGINS_WITH_DAY = re.compile(r"[【\[(（]?[^\d】)）]{0,6}[】\])）]?\s*\d{1,4}\s*[-/.年月]\s*\d{1,2}")
_CONTINUES = ("handling", "impact", "cause")


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections and items of a report, and the lines of its head (titles and what stands before any section)."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    head: tuple[Marked, ...]


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

    def feed(self, line: Marked) -> None:
        if line.blank:
            self.after_blank = True
            return
        if not (self._title(line) or self._heading(line) or self._continues(line)):
            self._item(line)
        self.after_blank = False

    def _title(self, line: Marked) -> bool:
        is_head = not self.sections and (not line.mark or line.mark.startswith("#"))
        if not is_head or section_kind(line) is not None:
            return False
        first = line.mark == "#" and not self.items
        if line.mark and not first and not _TITLE.search(line.text):
            return False
        self.head.append(line)
        self._keep_heading(line)
        return True

    def _keep_heading(self, line: Marked) -> None:
        self.items.append(Item(line.number, line.number, 0, HEADING, line.text, self.section))

    def _heading(self, line: Marked) -> bool:
        kind = section_kind(line)
        if kind is None and not line.mark.startswith("#"):
            return False
        inner = bool(line.mark) and not line.mark.startswith("#")
        self._open(line, kind or self._inherited(line), inner)
        return True

    def _inherited(self, line: Marked) -> SectionKind:
        # A heading that no word of ours names: below a known section it divides it, else we only know it's a part.
        if self.section is None or len(line.mark) <= 2:
            return SectionKind.OTHER
        return self.sections[self.section].kind

    def _open(self, line: Marked, kind: SectionKind, inner: bool) -> None:
        following = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), line.mark) if line.mark else ""
        self.opened = _Opened(self.section, line.indent, following) if inner else None
        self.sections.append(Section(section_title(line.text), kind, line.number))
        self.section = len(self.sections) - 1
        self._keep_heading(line)
        self.stack.clear()
        self.group = None

    def _continues(self, line: Marked) -> bool:
        if line.mark or not self.items or not self.stack:
            return False
        if not self.after_blank:
            position = self.stack[-1][1]
        elif line.indent > 0:
            position = next((at for indent, at in reversed(self.stack) if indent < line.indent), -1)
        else:
            position = self.stack[-1][1] if _is_label(line.text) else -1
        if position < 0 or self.items[position].section != self.section:
            return False
        # Lines must stay in order, so what follows an inner list is read as belonging to that list's last item.
        self._append(max(position, len(self.items) - 1), line)
        return True

    def _append(self, position: int, line: Marked) -> None:
        item = self.items[position]
        gap = "\n" * (line.number - item.line_end) or " "  # a minified HTML file has all its lines on one
        self.items[position] = replace(item, text=item.text + gap + line.text, line_end=line.number)

    def _item(self, line: Marked) -> None:
        self._close_inner(line)
        line = self._below_bare_bullet(line)
        while self.stack and (not line.mark or self.stack[-1][0] >= line.indent):
            self.stack.pop()
        parent = self.stack[-1][1] if self.stack else None
        depth = self.items[parent].depth + 1 if parent is not None else 0
        if not line.mark and not self.stack:
            self.group = line.text.rstrip("：: ") if line.text.endswith(("：", ":")) else None
        group = self.group if line.mark else None
        self.items.append(Item(line.number, line.number, depth, line.mark, line.text, self.section, parent, group))
        self.stack.append((line.indent, len(self.items) - 1))

    def _below_bare_bullet(self, line: Marked) -> Marked:
        """`- POS收单` and, as far left, `① 后端` `② APP`: a numbered list below a bare bullet belongs to it."""
        numbered = bool(line.mark) and line.mark not in ("-", "|")
        if not numbered or not self.stack:
            return line
        indent, position = next(((i, p) for i, p in self.stack if i == line.indent), (-1, -1))
        bullet = self.items[position] if position >= 0 else None
        if bullet is None or bullet.mark != "-" or bullet.section != self.section or not _is_bare(bullet.text):
            return line
        return replace(line, indent=indent + 1)

    def _close_inner(self, line: Marked) -> None:
        # Numbered incidents below `1. 生产稳定性事件：` begin with their day; `2. 监控治理` goes on in the outer list.
        goes_on = self.opened and (line.mark, line.indent) == (self.opened.next_mark, self.opened.indent)
        if self.opened and goes_on and not _BEGINS_WITH_DAY.match(line.text):
            self.section, self.opened = self.opened.outer, None
            self.stack.clear()


def _is_bare(text: str) -> bool:
    return "\n" not in text and len(text) <= 24 and not re.search(r"[，,。；;：:]\s*\S", text)


def _is_label(text: str) -> bool:
    entries = [word for name in _CONTINUES for word in words("incidents", name)]
    return re.match(alternatives(entries) + r"\s*[:：]", fold(plain(text))) is not None


def section_title(text: str) -> str:
    """The title without numbering, brackets, emphasis and the closing colon: `一、【重点工作】：` → `重点工作`."""
    bare = plain(text)
    frame = _FRAME.match(bare)
    rest = bare[frame.end() :].strip() if frame else bare
    inside = (frame[1] or frame[2] or "") if frame else ""
    return " ".join(part for part in (inside.strip(), rest.strip("：: 　")) if part) or bare


def section_kind(line: Marked) -> SectionKind | None:
    """The kind that a line announces, or None: a heading by any known word in it, other lines only when they are
    nothing else and look like a heading (a closing colon, brackets, emphasis, or no list mark at all)."""
    title = fold(section_title(line.text))
    announced, colon, rest = title.replace("：", ":").partition(":")
    if colon and len(rest.strip()) <= 2 and _kind_of(announced.strip()) is SectionKind.INCIDENTS:
        return SectionKind.INCIDENTS  # 生产稳定性事件：无
    if line.mark.startswith("#"):
        return _kind_in(title)
    looks = line.text.rstrip().endswith(("：", ":")) or fold(line.text) != title
    kind = _kind_of(title)
    # An incident list is announced by a numbered line without a colon, too; other lists have items of such names.
    numbered = kind is SectionKind.INCIDENTS and line.mark[:1].isdigit() and len(title) > 3
    return kind if not line.mark or looks or numbered else None


@cache
def _kinds() -> dict[str, SectionKind]:
    return {fold(word): kind for kind in reversed(SectionKind) for word in vocabulary()["sections"][kind]}


def _kind_of(title: str) -> SectionKind | None:
    return _kinds().get(title)


def _kind_in(title: str) -> SectionKind | None:
    exact = _kind_of(title)
    if exact:
        return exact
    # A pattern first, since 下周重点工作 holds 重点工作 as well; then the longest word.
    rules = vocabulary()["sections"]["patterns"]
    named = next((SectionKind(kind) for kind in rules for rule in rules[kind] if re.search(rule, title)), None)
    hits = [(len(hit[0]), kind) for kind in SectionKind for hit in pattern("sections", kind).finditer(title)]
    return named or (max(hits, key=lambda hit: hit[0])[1] if hits else None)


def lay_out(lines: Iterable[Marked]) -> Layout:
    """Sections and items of the lines. Every line with text is in exactly one item; headings are marked `#`."""
    builder = _Builder()
    for line in lines:
        builder.feed(line)
    return Layout(tuple(builder.sections), tuple(builder.items), tuple(builder.head))
