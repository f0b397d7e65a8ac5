"""Where a project or part stands: what the newest report that speaks of it says, and that as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answers.model import shortened
from store.reading.clauses import clauses
from store.reading.marks import unmarked
from store.reading.progress import read_progress
from store.reading.states import read_state
from store.records import Mention, Milestone, SectionKind, Update

NOTE_LENGTH = 60
SHORTEST_NAMED = 2  # characters; a part of a name no longer than this is never looked for in other lines


@dataclass(frozen=True, slots=True)
class Standing:
    """One project or part as it stands: its newest mentions (of one report), and the best figures in them."""

    subject: int
    mentions: tuple[Mention[Update], ...]

    @property
    def newest(self) -> Mention[Update]:
        """The mention that says most: among the projects before the highlights, with figures before without."""
        return max(self.mentions, key=_says)

    @property
    def update(self) -> Update:
        """What that mention says."""
        return self.newest.record

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The dates of all its newest mentions, each once, in order of time."""
        found = {(m.event, m.start, m.end): m for mention in self.mentions for m in mention.record.milestones}
        return tuple(sorted(found.values(), key=lambda m: (m.start, m.end)))

    @property
    def stated(self) -> Update | None:
        """What the newest report says where it states a progress, wherever in it."""
        return next((m.record for m in (self.newest, *self.mentions) if m.record.progress is not None), None)

    @property
    def progress(self) -> float | None:
        """The progress that the newest report states."""
        return self.stated.progress if self.stated else None

    @property
    def telling(self) -> bool:
        """Whether it has anything beyond words."""
        return self.progress is not None or bool(self.milestones) or self.update.state is not None


def _says(mention: Mention[Update]) -> tuple[bool, bool, int, bool]:
    update = mention.record
    firm = update.kind is SectionKind.PROJECTS
    return firm, update.progress is not None, len(update.milestones), update.state is not None


def standings(told: Sequence[Mention[Update]]) -> list[Standing]:
    """Each subject's mentions of the newest report that speaks of it, in the order of that report."""
    newest: dict[int, list[Mention[Update]]] = {}
    for mention in told:
        subject = mention.subject or 0
        known = newest.setdefault(subject, [])
        if not known or known[0].report.report_date == mention.report.report_date:
            known.append(mention)
    found = [Standing(subject, tuple(mentions)) for subject, mentions in newest.items()]
    return sorted(found, key=lambda s: (-s.newest.report.report_date.toordinal(), s.update.line))


def without_parts(mention: Mention[Update], parts: Sequence[str]) -> Mention[Update]:
    """The mention of a project without the figures and dates of clauses that name one of its parts."""
    update = mention.record
    names = [name for name in parts if len(name) > 1 and name in update.text and name not in update.name]
    if not names:
        return mention
    own = [c.text for c in clauses(update.text) if not any(name in c.text for name in names)]
    text = "，".join(own)
    day = mention.report.report_date
    # A figure of a table's column stands in no clause, so no clause of a part can have given it.
    from_text = read_progress(update.text, update.name, day) == update.progress
    progress = read_progress(text, update.name, day) if from_text else update.progress
    milestones = tuple(m for m in update.milestones if not any(name in m.text for name in names))
    state = read_state(text.replace(update.name, " ", 1), progress, milestones)
    return replace(mention, record=replace(update, progress=progress, milestones=milestones, state=state))


def newer_words(part: Standing, told: Sequence[Mention[Update]]) -> tuple[str, Mention[Update]] | None:
    """What a newer report says of the part in another line of the project: "分账升级，大表治理已归档28/28张表"."""
    name = part.update.name
    if len(name) <= SHORTEST_NAMED:
        return None  # 离线 stands in sentences of all kinds
    for mention in told:
        if mention.report.report_date <= part.newest.report.report_date:
            return None
        for clause in clauses(mention.record.text):
            if mention.subject != part.subject and name in clause.text:
                return clause.text.strip(), mention
    return None


def note(update: Update) -> str:
    """What the update says beyond the project's name, shortened to fit a row."""
    text = unmarked(update.text)
    first = " ".join(text.split("\n")[0].split())
    bare = first.removeprefix(f"【{update.name}】").strip()
    if bare == first:
        bare = first.removeprefix(update.name).lstrip("：:，,—–- ")
    if not bare and "\n" in text:
        bare = " ".join(text.split("\n", 1)[1].split())
    return shortened(bare.strip("。. "), NOTE_LENGTH)


def facts(standing: Standing) -> dict[str, Any]:
    """What is known of it, as JSON values."""
    update, report = standing.update, standing.newest.report
    return {
        "progress": update.progress,
        "state": update.state,
        "milestones": [milestone_data(m) for m in standing.milestones],
        "text": update.text,
        "report_date": report.report_date.isoformat(),
        "source": report.source,
        "line": update.line,
    }


def milestone_data(milestone: Milestone) -> dict[str, Any]:
    """A milestone as JSON values."""
    return {
        "event": milestone.event, "date_start": _iso(milestone.start), "date_end": _iso(milestone.end),
        "done": milestone.done, "doubtful": milestone.doubtful, "text": milestone.text, "line": milestone.line,
    }  # fmt: skip


def where(told: Mention[Update]) -> dict[str, Any]:
    """The report of a mention as JSON values."""
    return {"report_date": told.report.report_date.isoformat(), "source": told.report.source}


def _iso(value: date) -> str:
    return value.isoformat()
