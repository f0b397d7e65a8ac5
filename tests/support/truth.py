"""Whether an answer says only what the reports say: its quotes, its facts and its numbers.

Every check returns the faults that it found, so that a test reads `assert not faults(answer)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.answers.model import Answer, words_of
from bot.render.parts import sources_line
from bot.render.text import render_text
from store.words.normalise import fold

_LINES = re.compile(r"(?<!\d)\d+(?:(?:–|, )\d+)* 行|\blines? \d+(?:(?:–|, )\d+)*")
_COUNT = re.compile(
    r"(?<!\d)(\d+)(?: (?:起|项|份|处|条|天前|incidents|parts|places|reports|more|days ago)|(?= incidents?\b))"
    r"|(?<=found: )(\d+)(?=$| \()|(?<=looked in \()(\d+)(?=\))",
    re.MULTILINE,
)
_DAY = re.compile(r"(?<![\d/])(?:(\d{4})/)?(\d{1,2})/(\d{1,2})(?![\d/])")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?=[上中底]|\s|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def split(text: str) -> list[str]:
    """The lines of a source as the design counts them: LF, CRLF or CR and nothing else."""
    return re.split(r"\r\n|\n|\r", text)


def read_source(source: str) -> str:
    """The text of a report that was ingested from a file."""
    return Path(source).read_text(encoding="utf-8")


def first_line(answer: Answer, texts: Mapping[str, str]) -> str:
    """The first line of an answer over these texts by source; "" where nothing is found or a quote isn't theirs."""
    return words_of(answer.head) if answer.found and not false_quotes(answer, texts.__getitem__) else ""


def false_quotes(answer: Answer, text_of: Callable[[str], str] = read_source) -> list[str]:
    """The citations whose quote isn't what stands in those lines of the source."""
    found = []
    for citation in answer.citations:
        lines = split(text_of(citation.report.source))
        inside = 1 <= citation.line <= citation.line_end <= len(lines)
        written = "\n".join(lines[citation.line - 1 : citation.line_end]).strip()
        if not inside or not written or citation.quote != written:
            found.append(f"{citation.report.source}:{citation.line}–{citation.line_end} {citation.quote!r}")
    return found


def uncited_facts(answer: Answer) -> list[str]:
    """The facts in `data` whose source and line no citation holds, or whose words don't stand in the quote."""
    return [f"{fact['source']}:{fact['line']} {words!r}" for fact, words in _facts(answer.data)
            if not any(_holds(citation, fact, words) for citation in answer.citations)]  # fmt: skip


def _facts(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for fact in [data, *data.get("parts", ())]:
        if fact.get("line"):
            yield fact, fact["text"]
    for fact in data.get("incidents", ())[:10]:
        for name in ("title", "impact", "handling"):
            yield fact, fact[name] or ""
    for fact in data.get("hits", ()):
        yield fact, fact["text"]


def _holds(citation: Any, fact: dict[str, Any], words: str) -> bool:
    here = citation.report.source == fact["source"] and citation.line <= fact["line"] <= citation.line_end
    return here and all(_bare(line) in _bare(citation.quote) for line in words.split("\n"))


def _bare(text: str) -> str:
    # `<br>` and `\|` in a table's cell are a semicolon and a pipe to a reader.
    return re.sub(r"[\s*；;]|<br\s*/?>|\\(?=\|)", "", fold(text))


def stray_numbers(answer: Answer, as_of: date) -> list[str]:
    """The numbers in the answer's text that come from nowhere.

    A number comes from a cited quote, from the question, or it is one of the answer's own: the name of a report that
    it cites or consulted, the range, a line that it cites, a count of what it lists, a milestone's date.
    """
    text = _without_frame(answer, as_of)
    known = _numbers(answer.question) | _quoted(answer) | _in_words(answer)
    known |= {str(year) for year, _, _ in _days(answer)}
    return [number for number in map(_same, _NUMBER.findall(_narrow(text))) if number not in known]


def _in_words(answer: Answer) -> set[str]:
    """The shares that a quote gives in words: a third, about two thirds."""
    quotes = " ".join(citation.quote.lower() for citation in answer.citations)
    return {share for words, share in (("third", "33.33"), ("two thirds", "66.67")) if words in quotes}


def _quoted(answer: Answer) -> set[str]:
    found: set[str] = set()
    for citation in answer.citations:
        found |= _numbers(citation.quote)
        for part, whole in re.findall(r"(\d+)\s*/\s*(\d+)", citation.quote):
            if int(whole):
                share = 100 * int(part) / int(whole)
                found |= {_same(f"{share:g}"), _same(f"{share:.4g}")}
    return found


def _numbers(text: str) -> set[str]:
    return {_same(number) for number in _NUMBER.findall(_narrow(text))}


def _narrow(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", fold(text))


def _same(number: str) -> str:
    return f"{Decimal(number).normalize():f}"


def _without_frame(answer: Answer, as_of: date) -> str:
    """The text without what the answer says of itself, each piece taken out only where it is right."""
    text = render_text(answer, 100_000)
    footer = sources_line(answer)
    text = text.removesuffix(footer) if footer else text
    for name in sorted(_names(answer), key=len, reverse=True):
        text = text.replace(name, " ")
    lines, counts, days = _cited_lines(answer), _counts(answer, as_of), _days(answer)
    text = _LINES.sub(lambda m: " " if {int(n) for n in re.findall(r"\d+", m[0])} <= lines else m[0], text)
    text = _COUNT.sub(lambda m: " " if int(next(filter(None, m.groups()))) in counts else m[0], text)
    text = _DAY.sub(lambda m: " " if (int(m[1] or as_of.year), int(m[2]), int(m[3])) in days else m[0], text)
    months = {month for _, month, _ in days}
    return _MONTH.sub(lambda m: " " if int(m[1]) in months else m[0], text)


def _names(answer: Answer) -> set[str]:
    cited = [(c.report.label, str(c.report.report_date)) for c in answer.citations]
    consulted = [(r["label"], r["report_date"]) for r in answer.data.get("consulted", ())]
    found = {name for pair in [*cited, *consulted] for name in pair if name}
    told = [answer.data, *answer.data.get("parts", ())]
    found |= {fact[name] for fact in told for name in ("project", "name", "parent") if isinstance(fact.get(name), str)}
    found |= {hit["section"] for hit in answer.data.get("hits", ()) if hit["section"]}
    found |= {fact["severity"] for fact in answer.data.get("incidents", ()) if fact["severity"]}
    spans = [answer.data.get("start"), answer.data.get("end"), *map(str, answer.range or ())]
    return found | {span for span in spans if span}


def _cited_lines(answer: Answer) -> set[int]:
    cited = {line for c in answer.citations for line in range(c.line, c.line_end + 1)}
    return cited | {also["line"] for fact in answer.data.get("incidents", ()) for also in fact["also"]}


def _counts(answer: Answer, as_of: date) -> set[int]:
    data = answer.data
    total = data.get("count", data.get("total", 0))
    shown = len(data.get("hits", data.get("incidents", ())))
    counts = {total, total - shown, total - 10, len(data.get("parts", ())), len(data.get("consulted", ()))}
    told = data.get("incidents", ())
    # How many incidents of each severity and each system: counted here anew from those that are listed.
    counts |= set(Counter(one["severity"] for one in told).values())
    counts |= set(Counter(name for one in told for name in one["systems"] or [None]).values())
    counts |= _beyond_the_page(data, Counter(one["severity"] for one in told))
    return counts | {(as_of - c.report.report_date).days for c in answer.citations}


def _beyond_the_page(data: dict[str, Any], listed: Counter[str | None]) -> set[int]:
    """The counts by severity of a list that goes on: right where they add up to all, and hold those on this page."""
    counted = {row["severity"]: row["count"] for row in data.get("by_severity", ())}
    right = sum(counted.values()) == data.get("count") and all(counted.get(name, 0) >= n for name, n in listed.items())
    return set(counted.values()) if right else set()


def _days(answer: Answer) -> set[tuple[int, int, int]]:
    dated = [answer.data, *answer.data.get("parts", ()), answer.data.get("asked", {})]
    told = [m for fact in dated for m in fact.get("milestones", ())]
    texts: Iterable[str] = [
        *(day for m in told for day in (m["date_start"], m["date_end"])),
        *answer.data.get("missing_weeks", ()),
    ]
    # What a report calls 下周 is the week after its own.
    ahead = [c.report.report_date for c in answer.citations if "下周" in c.quote]
    weeks = [day + timedelta(days=n - day.weekday()) for day in ahead for n in (7, 13)]
    happened = [fact["occurred_at"][:10] for fact in answer.data.get("incidents", ()) if fact["occurred_at"]]
    return {(day.year, day.month, day.day) for day in [*map(date.fromisoformat, (*texts, *happened)), *weeks]}
