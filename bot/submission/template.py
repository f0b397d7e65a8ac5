"""The form of a new report: last week's sections, each project with its last state, last week's goals to be ticked.

What stood there last week is only a hint beside each name, 〔上周 85%，12/20 上线〕: nobody sends last week's text as
news by mistake, since hints never get into the report (`fields.written`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.answers.model import shortened
from bot.catalogue import days, sayer
from bot.submission.before import Before
from bot.submission.fields import Field, parts
from bot.submission.words import form_words
from store.records import Incident, Metric, Section, SectionKind, Update
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

LONGEST_HINT = 40  # characters of last week's text, where it gave neither a figure nor a day
LAST_WEEK = 52  # what a label counts to; the first weeks of a year are left to the team
_MARKED = regex(r"\s{0,3}#")


def template(before: Before, lang: str) -> tuple[Field, ...]:
    """The fields of the form, filled where last week's report has something to go on with; `lang` where it has none."""
    words = form_words()[before.lang or lang]
    if before.report is None:
        return tuple(Field(heading, "") for heading in words["sections"])
    return _Template(before, words).fields()


def title(before: Before, team: str, day: date, lang: str) -> str:
    """The report's first line: `# 第51周 2023-12-15`, by the count of the team's own labels."""
    words, number = form_words()[before.lang or lang], _number(before, day)
    plain = words["plain_title"].format(team=team, day=day.isoformat())
    return f"# {words['title'].format(week=number, day=day.isoformat()) if number else plain}"


def _number(before: Before, day: date) -> int | None:
    """The week that the report calls itself, counted on from the last one's; None where that can't be said."""
    label = re.search(r"\d+", before.report.label or "") if before.report else None
    if before.report is None or label is None or before.report.report_date.year != day.year:
        return None
    last = before.report.report_date
    number = int(label[0]) + (day.toordinal() - 1) // 7 - (last.toordinal() - 1) // 7
    return number if number <= LAST_WEEK else None


@dataclass(frozen=True, slots=True)
class _Template:
    """The fields made from one report."""

    before: Before
    words: dict[str, Any]

    def fields(self) -> tuple[Field, ...]:
        sections = self.before.sections[0]
        made: list[Field] = []
        above = ""
        tick = self._ticked_under(sections)
        for at, section in enumerate(sections):
            end = sections[at + 1].line if at + 1 < len(sections) else len(self.before.lines) + 1
            heading = f"{above}\n{self._heading(section)}".strip("\n")
            if section.kind is SectionKind.GOALS or any(map(str.strip, self.before.lines[section.line : end - 1])):
                lines = [*(self._goals() if at == tick else ()), *self._lines(section, end)]
                made += parts(Field(heading, "\n".join(lines)))
                above = ""
            else:
                above = heading if at + 1 < len(sections) else ""
        return tuple(made)

    def _heading(self, section: Section) -> str:
        raw = self.before.lines[section.line - 1].rstrip()
        return raw if _MARKED.match(raw) else f"## {section.title}"

    def _ticked_under(self, sections: Sequence[Section]) -> int:
        """Where last week's goals are ticked: the section that reviews them, else the highlights, else the first."""
        words = form_words()["moved"]["review"]
        found = [at for at, s in enumerate(sections) if any(word in fold(s.title) for word in words)]
        found += [at for at, s in enumerate(sections) if s.kind is SectionKind.HIGHLIGHTS]
        return found[0] if found else 0

    def _lines(self, section: Section, end: int) -> list[str]:
        inside = range(section.line + 1, end)
        if section.kind is SectionKind.PROJECTS:
            return [self._project(m.record) for m in self.before.updates if m.record.line in inside]
        if section.kind is SectionKind.METRICS:
            return self._metrics([metric for metric in self.before.metrics if metric.line in inside])
        if section.kind is SectionKind.INCIDENTS:
            return [self._open(m.record) for m in self.before.open]
        return []

    def _goals(self) -> list[str]:
        planned = f"{self.words['colon']}{self.words['planned']}"
        return [f"- {m.record.text.rstrip('。；;')}{planned}" for m in self.before.goals]

    def _project(self, update: Update) -> str:
        parents = {m.record.name for m in self.before.updates}
        indent = "  " if update.parent in parents else ""
        return f"{indent}- {update.name}{self.words['colon']}{self._hint(self._state(update))}"

    def _state(self, update: Update) -> str:
        lang = self.before.lang
        say, today = sayer(lang), self.before.report.report_date if self.before.report else date.min
        told = [f"{update.progress:g}%"] if update.progress is not None else []
        for one in update.milestones:
            if not one.done:
                when = days(one.start, one.end, today, lang)
                told.append(f"{when} {say(f'event.{one.event}')}")
        return ("，" if lang == "zh" else ", ").join(told) or shortened(_behind(update), LONGEST_HINT)

    def _metrics(self, metrics: Sequence[Metric]) -> list[str]:
        lines: list[str] = []
        group: str | None = None
        for metric in metrics:
            if metric.group != group and metric.group:
                lines += ["", f"{metric.group}{self.words['colon'].strip()}", ""]
            group = metric.group
            lines.append(f"- {metric.name}{self.words['colon']}{self._hint(measured(metric))}")
        return lines[1:] if lines[:1] == [""] else lines

    def _open(self, incident: Incident) -> str:
        at = incident.occurred_at
        when = f"{at.month}/{at.day} " if at else ""
        return f"- {self.words['open'].format(told=_bare(when + shortened(incident.title, LONGEST_HINT)))}"

    def _hint(self, told: str) -> str:
        return str(self.words["hint"].format(told=_bare(told)))


def _behind(update: Update) -> str:
    """What a project's first line says behind its name."""
    text = update.text.split("\n", 1)[0]
    return text.split(update.name, 1)[-1].lstrip("】*：:，, —–-") if update.name in text else text


def _bare(told: str) -> str:
    """Text that can stand in a hint, whose brackets are its ends."""
    return re.sub(r"\s+", " ", told.replace("〔", "[").replace("〕", "]")).strip() or "–"


def measured(metric: Metric) -> str:
    """A metric's value with its unit, all its digits: 99.997%, 1467万次, 3 days."""
    value, unit = f"{Decimal(repr(metric.value)).normalize():f}", metric.unit or ""
    return f"{value} {unit}" if unit and unit != "%" and not has_cjk(unit) else f"{value}{unit}"
