"""Why a project is what it is, as lines for a person and as JSON for a program."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from bot.answers.corrected import correction_data, correction_words, touches
from bot.catalogue import Say, sayer
from store.amending import Amended
from store.explaining import Explained, Kept, Spelled
from store.linking.decisions import Kind
from store.linking.reasons import READER, Reason, Why
from store.words.normalise import has_cjk

MOST_MENTIONS = 20


def explained_json(one: Explained, corrected: Sequence[Amended] = ()) -> dict[str, Any]:
    """The whole of it; `overrule` holds the commands that would change what was decided without a person.

    `corrected` is what people corrected by hand in the reports of its mentions.
    """
    return {
        "kind": one.kind.value,
        "team": one.team,
        "name": one.name,
        "names": [{"name": name, "since": since.isoformat(), "written": whole} for name, since, whole in one.names],
        "parent": one.parent,
        "parts": list(one.parts),
        "mentions": [
            {
                "source": m.report.source, "label": m.report.label, "report_date": m.report.report_date.isoformat(),
                "line": m.line, "line_end": m.line_end, "name": m.name, "parent": m.parent,
                "reason": m.reason.value, "via": m.via, "decided_by": m.decided_by,
                "corrections": [correction_data(held) for held in _of(m, corrected)],
            }
            for m in one.mentions
        ],
        "apart": [{"name": k.name, "why": k.why.value, "decided_by": k.decided_by} for k in one.apart],
        "related": [{"team": team, "name": name} for team, name in one.related],
        "overrule": overruling(one),
    }  # fmt: skip


def overruling(one: Explained) -> list[str]:
    """The exact commands that would part what is linked, or join what is kept apart, each once."""
    end = ["--metric"] if one.kind is Kind.METRIC else []
    end += ["--team", one.team] if one.team else []
    found = []
    for m in one.mentions:
        if m.via is not None and m.reason is not Reason.SAME:
            verb = "remove" if m.decided_by != READER else "apart"
            found.append(shlex.join(["zhouzhi", "alias", verb, m.name, m.via, *end]))
    for kept in one.apart:
        if kept.why is not Why.UNLIKE:
            verb = "remove" if kept.why is Why.DECIDED else "add"
            found.append(shlex.join(["zhouzhi", "alias", verb, one.name, kept.name, *end]))
    found.append(shlex.join(["zhouzhi", "alias", "add", one.name, "OTHER", *end]))
    return list(dict.fromkeys(found))


def _of(m: Spelled, corrected: Sequence[Amended]) -> list[Amended]:
    return [held for held in corrected if touches(held, m.report.id, m.line, m.line_end)]


def explained_lines(one: Explained, language: str = "auto", corrected: Sequence[Amended] = ()) -> list[str]:
    """The same for a person: names, parent and parts, mentions with their reasons, what was kept apart, what to do."""
    lang = language if language != "auto" else "zh" if has_cjk(one.name) else "en"
    say = sayer(lang)
    return [
        " · ".join(filter(None, [one.name, one.team, say(f"explain.{one.kind.value}")])),
        *(say("explain.since", name=name, since=since) for name, since, _ in one.names),
        *([say("explain.parent", name=one.parent)] if one.parent else []),
        *([say("explain.parts", names="、".join(one.parts))] if one.parts else []),
        say("explain.mentions", count=len(one.mentions)),
        *(
            line
            for m in one.mentions[:MOST_MENTIONS]
            for line in (_mention(say, m), *(f"        {correction_words(say, held)}" for held in _of(m, corrected)))
        ),
        *([say("explain.more", count=len(one.mentions) - MOST_MENTIONS)] if len(one.mentions) > MOST_MENTIONS else []),
        *(_kept(say, kept) for kept in one.apart),
        *(say("explain.related", team=team or "-", name=name) for team, name in one.related),
        say("explain.overrule"),
        *(f"    {command}" for command in overruling(one)),
    ]


def _mention(say: Say, m: Spelled) -> str:
    label = f"{m.report.label} ({m.report.report_date})" if m.report.label else str(m.report.report_date)
    name = f"{m.parent} / {m.name}" if m.parent else m.name
    reason = say(f"link.{m.reason.value}", via=m.via or "", who=m.decided_by)
    return "    " + say("explain.mention", report=label, source=m.report.source, line=m.line, name=name, reason=reason)


def _kept(say: Say, kept: Kept) -> str:
    return say("explain.apart", name=kept.name, why=say(f"apart.{kept.why.value}", who=kept.decided_by))
