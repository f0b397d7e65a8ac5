"""One section of a report, whole: the lowlights of last week, what stands under 其他事项, the 反思 of 收获与反思."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.context import Context
from bot.answers.lines import readable
from bot.answers.model import Answer, Para, Style, plain
from bot.answers.report import by_section, range_asked, reference, reports_asked, title_of, words_asked
from bot.question.content import content
from bot.question.query import Kind
from bot.question.text import without
from store.reading.marks import unmarked
from store.reading.vocabulary import words
from store.records import ReportRef, Section, SectionKind
from store.words.normalise import fold
from store.words.regex import regex
from store.words.speaking import Wanted, stem

MOST_LINES = 20  # of one section
MOST_REPORTS = 8  # whose sections are looked through: who asks for more looks for words, and for no section
LONGEST_TITLE = 30  # characters
MOST_WORDS = 3  # no title is longer, numbers and brackets aside
_NUMBERED = regex(r"^[\s#]*(?:[一二三四五六七八九十\d]+[、.．)）]\s*)?")
_FIRST = regex(r"[a-z]+\d+(?![a-z\d])|[\u3400-\u9fff]+|[a-z]+(?![a-z\d])")  # O1 of O1 服务业务
_JOINED = regex(r"\s*(?:与|和|及|以及|&|/|、|,|，|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a report with what stands below its title."""

    report: ReportRef
    section: Section
    below: tuple[tuple[int, str], ...]

    @property
    def last(self) -> int:
        """Its last line that isn't empty."""
        return max([self.section.line, *(number for number, text in self.below if text.strip())])


def answer_section(context: Context) -> Answer | None:
    """The section that plain words call by its title, or by another word for its kind; None where they name none."""
    said = without("words", "section", context.query.words)
    wanted = content(said, context.told) or ((fold(said).strip(),),)
    if not 0 < len(wanted) <= MOST_WORDS or not wanted[0][0]:
        return None
    reports = reports_asked(context)
    found = [part for r in reports[:MOST_REPORTS] for part in _named(context, r, wanted)]
    return _answer(context, found) if found and len(reports) <= MOST_REPORTS else None


def answer_titled(context: Context) -> Answer | None:
    """The same where the whole question, beside team and time, is a title as it stands: 风险与问题."""
    said = " ".join(fold(context.query.text).strip(" ?？。的").split())
    if not said or len(said) > LONGEST_TITLE:
        return None
    found = []
    for report in reports_asked(context)[:MOST_REPORTS]:
        sections = context.library.sections(context.viewer, report)
        found += _below(context, report, [at for at, each in enumerate(sections) if _plainly(each.title) == said])
    return _answer(context, found) if found else None


def _named(context: Context, report: ReportRef, wanted: Sequence[Wanted]) -> list[Part]:
    """The sections whose title is what the words say; else those of a kind that is called so."""
    sections = context.library.sections(context.viewer, report)
    named = [at for at, each in enumerate(sections) if _is_called(_pieces(each.title), wanted)] or [
        at for at, each in enumerate(sections) if _is_called(_kind_names(each.kind), wanted)]  # fmt: skip
    return _below(context, report, named)


def _below(context: Context, report: ReportRef, places: Sequence[int]) -> list[Part]:
    if not places:
        return []
    sections = context.library.sections(context.viewer, report)
    below = by_section(context.library.lines(context.viewer, report), sections)
    told = [at for at in places if any(readable(text) for _, text in below[at])]
    return [Part(report, sections[at], tuple(below[at])) for at in told]


@lru_cache(maxsize=4096)
def is_titled(said: str, title: str) -> bool:
    """Whether the words are a title, a part of it, or what it begins with: O1 of O1 服务业务."""
    name = _bare("".join(fold(said).split()))
    pieces = {"".join(piece.split()) for piece in _pieces(title)}
    plainly = _plainly(title)
    first = _FIRST.match(plainly)
    begun = {first[0], _bare("".join(plainly[first.end() :].split()))} if first else set[str]()
    return bool(name) and name in pieces | begun


@lru_cache(maxsize=4096)
def _pieces(title: str) -> tuple[str, ...]:
    """A title as a whole and by its parts: 收获与反思, 收获, 反思."""
    plainly = _plainly(title)
    return tuple(_bare(piece) for piece in (plainly, *_JOINED.split(plainly)) if piece)


def _plainly(title: str) -> str:
    return _NUMBERED.sub("", unmarked(fold(title)).strip(" 【】[]()（）:：#"))


def _kind_names(kind: SectionKind | None) -> tuple[str, ...]:
    """Other words for a section of the kind; those of `other` mean sections of many kinds."""
    return words("sections", kind) if kind and kind is not SectionKind.OTHER else ()


def _bare(name: str) -> str:
    """A title without the word that says that it is one: 其他 of 其他事项."""
    return " ".join(without("words", "section", name).split()) or name


def _is_called(names: Sequence[str], wanted: Sequence[Wanted]) -> bool:
    known = {form for name in names for form in (name, stem(name))}
    if "".join(one[0] for one in wanted) in known or " ".join(one[0] for one in wanted) in known:
        return True
    return all(any(form in known or stem(form) in known for form in one) for one in wanted)


def _answer(context: Context, found: Sequence[Part]) -> Answer:
    reports = list(dict.fromkeys(part.report for part in found))
    one = len(reports) == 1
    several = context.say("report.several", asked=words_asked(context), count=len(reports))
    blocks: list[Para] = []
    for part in found:
        blocks += [] if one else [Para(title_of(context, part.report))]
        blocks += _whole(context, part)
    return Answer(
        question=context.query.question, kind=Kind.REPORT, lang=context.query.lang, found=True,
        head=title_of(context, reports[0]) if one else plain(several, Style.STRONG),
        blocks=tuple(blocks), range=range_asked(context),
        citations=tuple(context.cite(part.report, part.section.line, part.last, part.section.title) for part in found),
        data={"sections": [{**reference(part.report), "title": part.section.title, "kind": part.section.kind,
                            "line": part.section.line} for part in found]},
    )  # fmt: skip


def _whole(context: Context, part: Part) -> list[Para]:
    """All its lines, as far as a person reads them at once."""
    shown = [(number, text) for number, text in part.below if readable(text)]
    found = [Para(plain(part.section.title, Style.STRONG))]
    for number, text in shown[:MOST_LINES]:
        found.append(Para((*plain(readable(text)), *plain("  "), *context.line(number)), 1))
    if len(shown) > MOST_LINES:
        found.append(Para(plain(context.say("report.more_items", count=len(shown) - MOST_LINES), Style.DIM), 1))
    return found
