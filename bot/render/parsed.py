"""What one file is understood to say: for programs (`parse --json`, a contract) and beside the lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.answers.incident_view import iso_minute
from bot.catalogue import Say, sayer
from bot.render.parts import printable
from store.records import Milestone, Notice, Report, Update
from store.words.normalise import has_cjk


def file_json(reports: Sequence[Report]) -> dict[str, Any]:
    """What a file holds, its reports oldest first: the object of its newest report, and under `parts`, where it holds
    several weeks, the objects of all, newest first."""
    parts = [report_json(report) for report in reversed(reports)]
    return parts[0] if len(parts) == 1 else {**parts[0], "parts": parts}


def report_json(report: Report) -> dict[str, Any]:
    """The contract of `parse --json` (design, section 4); dates ISO 8601, absent values null."""
    say = sayer(report_language(report))
    return {
        "label": report.label,
        "team": report.team,
        "report_date": _iso(report.report_date),
        "period_start": _iso(report.period_start),
        "period_end": _iso(report.period_end),
        "created_at": _iso(report.created_at),
        "sections": [{"title": s.title, "kind": s.kind, "line": s.line} for s in report.sections],
        "projects": [_project(update) for update in report.updates],
        "metrics": [
            {"name": m.name, "value": m.value, "unit": m.unit, "line": m.line, "group": m.group, "previous": m.previous,
             "about": m.about, "corrects": m.corrects}
            for m in report.metrics
        ],
        "incidents": [
            {"occurred_at": iso_minute(i.occurred_at), "title": i.title, "impact": i.impact, "handling": i.handling,
             "severity": i.severity, "line": i.line, "line_end": i.line_end, "cause": i.cause,
             "systems": list(i.systems), "counts": [{"value": c.value, "unit": c.unit} for c in i.counts],
             "closed": i.closed} for i in report.incidents
        ],
        "goals": [{"text": goal.text, "line": goal.line} for goal in report.goals],
        "warnings": [{"line": n.line, "code": n.code, "text": notice_text(n, say)} for n in report.notices],
    }  # fmt: skip


def report_language(report: Report) -> str:
    """The language to speak of a report in: its own."""
    return "zh" if any(has_cjk(line) for line in report.lines[:40]) else "en"


def _project(update: Update) -> dict[str, Any]:
    return {
        "name": update.name,
        "parent": update.parent,
        "section": update.section,
        "line": update.line,
        "line_end": update.line_end,
        "progress": update.progress,
        "state": update.state,
        "owner": update.owner,
        "risks": [{"text": risk.text, "line": risk.line} for risk in update.risks],
        "milestones": [_milestone(milestone) for milestone in update.milestones],
    }


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "event": milestone.event, "date_start": _iso(milestone.start), "date_end": _iso(milestone.end),
        "text": milestone.text, "line": milestone.line, "done": milestone.done, "doubtful": milestone.doubtful,
    }  # fmt: skip


def _iso(moment: date | datetime | None) -> str | None:
    return iso_minute(moment)


def notice_text(notice: Notice, say: Say) -> str:
    """A notice as a sentence."""
    return say(f"notice.{notice.code}", about=notice.about)


def report_table(report: Report) -> RichTable:
    """Every line of the report, and beside it what was understood of it."""
    table = RichTable.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim")
    table.add_column(ratio=3, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    understood: dict[int, list[RichText]] = {}
    for number, text in _understood(report):
        text.plain = printable(text.plain)
        understood.setdefault(number, []).append(text)
    first, last = report.span or (1, len(report.lines))
    for number, line in enumerate(report.lines[first - 1 : last], first):
        table.add_row(str(number), RichText(printable(line.rstrip())), RichText("\n").join(understood.get(number, [])))
    return table


def _understood(report: Report) -> Iterable[tuple[int, RichText]]:
    say = sayer(report_language(report))
    for section in report.sections:
        yield section.line, RichText(f"§ {section.kind}", "bold magenta")
    for update in report.updates:
        yield update.line, _update_text(update)
        for m in update.milestones:
            yield (
                m.line,
                RichText(
                    f"  ◆ {m.event} {m.start}" + (f"…{m.end}" if m.end != m.start else "") + (" ✓" if m.done else ""),
                    "cyan",
                ),
            )
        yield from ((risk.line, RichText(f"  △ {risk.text}", "dark_orange")) for risk in update.risks)
    for metric in report.metrics:
        about = f" ({metric.about})" if metric.about else ""
        yield metric.line, RichText(f"# {metric.name} = {metric.value:g}{metric.unit or ''}{about}", "green")
    for incident in report.incidents:
        yield incident.line, RichText(f"! {iso_minute(incident.occurred_at) or '—'} {incident.title}", "yellow")
    for goal in report.goals:
        yield goal.line, RichText("→ goal", "blue")
    for notice in report.notices:
        yield notice.line, RichText(f"⚠ {notice_text(notice, say)}", "bold red")


def _update_text(update: Update) -> RichText:
    above = f"{update.parent} › " if update.parent else ""
    figures = [f"{update.progress:g}%" if update.progress is not None else "", update.state or "",
               f"@{update.owner}" if update.owner else ""]  # fmt: skip
    return RichText(f"▸ {above}{update.name} {' '.join(filter(None, figures))}".rstrip(), "bold")
