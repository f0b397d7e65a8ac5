"""Incidents in English: in a line with labels below it, in blocks of keys and values, and told again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from support.written import read

from store.records import Incident, Report

TITLE = "# Payments weekly report, Week 37 (Sep 11 - Sep 15, 2023)"
WHEN = datetime(2023, 9, 10, 9, 29)
WHENS: list[tuple[str, datetime | date | None]] = [
    ("2023-09-10 09:29 Login gateway slow", WHEN), ("**2023-09-10 09:29** Login gateway slow", WHEN),
    ("2023-09-10 09:29: Login gateway slow", WHEN),
    ("9/10 09:29 Login gateway slow", WHEN), ("Sep 10, 09:29 Login gateway slow", WHEN),
    ("Sep 10 09:29 Login gateway slow", WHEN), ("10 Sep 09:29 Login gateway slow", WHEN),
    ("Sep 10, 2023 9:29 am Login gateway slow", WHEN),
    ("Sep 10, 2023 9:29 PM Login gateway slow", datetime(2023, 9, 10, 21, 29)),
    ("2023-09-10 09:29-10:15 Login gateway slow", WHEN), ("Sep 10: Login gateway slow", date(2023, 9, 10)),
    ("Login gateway slow", None), ("Login gateway slow, mended on Sep 10", None),
    ("**Sev1** Sep 10 09:29 – Login gateway slow", WHEN), ("P2 10 Sep 09:29: Login gateway slow", WHEN),
    ("SEV-2 | Sep 10, 9:29am | Login gateway slow", WHEN), ("Sev 1, 10th September 09:29 — Login gateway slow", WHEN),
    ("**P2** 9/10 09:29 Login gateway slow", WHEN), ("AB级 9月10日 09:29 Login gateway slow", WHEN),
    ("Sun 10 September, 9:29 pm - Login gateway slow", datetime(2023, 9, 10, 21, 29)),
    ("(Sev1) 10 Sep 09:29 UTC – Login gateway slow", WHEN),
]  # fmt: skip
SEVERITIES = [
    ("Sev2 Login gateway slow", "Sev2"), ("SEV2 Login gateway slow", "SEV2"), ("SEV-1: Login gateway slow", "SEV-1"),
    ("Sev3 - Login gateway slow", "Sev3"), ("P1 Login gateway slow", "P1"), ("[P2] Login gateway slow", "P2"),
    ("(Sev1) Login gateway slow", "Sev1"), ("AB级 9/10 Login gateway slow", "AB级"),
    ("A级商户 login gateway slow", None),
    ("Sev 1 Sep 10 Login gateway slow", "Sev 1"),
    ("Login gateway slow (Sev2)", "Sev2"), ("**P0** Login gateway slow", "P0"),
    ("Login gateway slow", None), ("Login gateway slow for P2P transfers", None), ("HTTP2 login gateway slow", None),
]  # fmt: skip
LABELS = [
    ("Impact: 7 payments failed", "impact", "7 payments failed"),
    ("**Impact:** 7 payments failed", "impact", "7 payments failed"),
    ("Resolution: gateway restarted", "handling", "gateway restarted"),
    ("Fix: gateway restarted", "handling", "gateway restarted"),
    ("Mitigation: gateway restarted", "handling", "gateway restarted"),
    ("Action: gateway restarted", "handling", "gateway restarted"),
    ("Severity: Sev2", "severity", "Sev2"), ("Root cause: a full pool", "handling", None),
    ("Root cause: a full pool", "impact", None), ("Status: closed", "handling", None),
    ("Owner: Web team", "impact", None),
]  # fmt: skip
BLOCK = (
    "Time: 2023-09-10 09:29", "Severity: Sev2", "What happened: Login gateway slow", "Impact: 7 payments failed",
    "Root cause: a full pool", "Resolution: gateway restarted",
)  # fmt: skip
FOLLOW_UPS = [
    "Follow-up to 9/3 14:05: Webhooks late, the backlog is empty", "Follow up on Sep 3 14:05: Webhooks late",
    "Update on 2023-09-03 14:05: Webhooks late", "**Follow-up to 9/3 14:05** Webhooks late",
]  # fmt: skip
NONES = ["None", "No incidents", "No incidents this week.", "No production incidents",
         "There were no incidents", "No outages"]  # fmt: skip


def told(*lines: str) -> Report:
    """An English report with these lines below its heading of incidents; the first of them is line 5."""
    return read("## Incidents", "", *lines, title=TITLE)


def only(*lines: str) -> Incident:
    """The one incident of these lines."""
    (found,) = told(*lines).incidents
    return found


@pytest.mark.parametrize(("text", "when"), WHENS)
def test_when_it_happened(text: str, when: datetime | date | None) -> None:
    """Local time in every English form, am and pm; a day that only comes later in the story is none."""
    found = only(f"- {text}")
    assert found.occurred_at == when
    assert found.title.startswith("Login gateway slow")


@pytest.mark.parametrize("before", ["2023-09-10 09:29 ", "**2023-09-10 09:29** ", ""])
@pytest.mark.parametrize(("text", "severity"), SEVERITIES)
def test_the_grade_as_written(text: str, severity: str | None, before: str) -> None:
    """Sev2 stays Sev2 and SEV-1 stays SEV-1, wherever it stands, and it is no part of the title."""
    found = only(f"- {before}{text}")
    assert found.severity == severity
    assert "Sev2" not in found.title
    assert "ogin gateway slow" in found.title


@pytest.mark.parametrize("indent", ["  - ", "    - ", "  ", "  1. "])
@pytest.mark.parametrize(("line", "field", "text"), LABELS)
def test_labels_below_an_incident(line: str, field: str, text: str | None, indent: str) -> None:
    """Impact, resolution and grade by their labels, as sub-bullets or as text; cause and status are neither."""
    found = only("- 2023-09-10 09:29 Login gateway slow", f"{indent}{line}")
    assert getattr(found, field) == text
    assert (found.title, found.occurred_at, found.line_end) == ("Login gateway slow", WHEN, 6)


@pytest.mark.parametrize("lines", [
    BLOCK, ("- " + BLOCK[0], *(f"  - {line}" for line in BLOCK[1:])),
    ("- " + BLOCK[0], *(f"  {line}" for line in BLOCK[1:])),
    tuple(f"**{line.partition(':')[0]}:**{line.partition(':')[2]}" for line in BLOCK),
])  # fmt: skip
def test_a_block_of_keys_and_values_is_one_incident(lines: tuple[str, ...]) -> None:
    """`Time: …`, `Severity: …`, `What happened: …` one below the other say one thing each of the same incident."""
    found = only(*lines)
    assert (found.occurred_at, found.severity, found.title) == (WHEN, "Sev2", "Login gateway slow")
    assert (found.impact, found.handling) == ("7 payments failed", "gateway restarted")
    assert (found.line, found.line_end) == (5, 10)


def test_a_blank_line_ends_a_block() -> None:
    """Two blocks with a blank line between them are two incidents, each with its own time and lines."""
    later = [line.replace("09:29", "18:40").replace("Login", "Report") for line in BLOCK]
    found = told(*BLOCK, "", *later).incidents
    assert [(i.title, i.occurred_at, i.line, i.line_end) for i in found] == [
        ("Login gateway slow", WHEN, 5, 10), ("Report gateway slow", datetime(2023, 9, 10, 18, 40), 12, 17)
    ]  # fmt: skip


def test_a_paragraph_that_opens_with_its_time_tells_it_all() -> None:
    """`Time: 2023-09-10 09:29 Login gateway slow, …` without marks is an incident with title and handling."""
    found = only("Time: 2023-09-10 09:29 Login gateway slow, 7 payments failed. Resolution: gateway restarted")
    assert (found.occurred_at, found.title, found.handling) == (WHEN, "Login gateway slow", "gateway restarted")


@pytest.mark.parametrize("text", FOLLOW_UPS)
def test_an_incident_told_again_keeps_its_own_time(text: str) -> None:
    """`Follow-up to 9/3 14:05` happened on 9/3, and not this week."""
    found = only(f"- {text}")
    assert found.occurred_at == datetime(2023, 9, 3, 14, 5)
    assert found.title.startswith("Webhooks late")


@pytest.mark.parametrize("mark", ["- ", "", "1. "])
@pytest.mark.parametrize("line", NONES)
def test_a_line_that_says_none_is_a_proof(line: str, mark: str) -> None:
    """None, however it is said, is no incident, and its line is kept as the proof."""
    report = told(mark + line)
    assert (report.incidents, report.no_incidents) == ((), (5,))


@pytest.mark.parametrize(
    "line", ["2023-09-10 09:29 No payments accepted", "2023-09-10 09:29 None of the shops could pay"]
)
def test_an_incident_that_begins_with_no_is_one(line: str) -> None:
    """What has a time is an incident, though it begins like a line that says none."""
    report = told(f"- {line}")
    assert ([i.occurred_at for i in report.incidents], report.no_incidents) == ([WHEN], ())


def test_several_bullets_are_several_incidents() -> None:
    """Each first-level bullet with what stands below it, in order; what follows the next heading is none."""
    report = read(
        "## Incidents", "", "- 2023-09-10 09:29 Sev2 Login slow", "  - Impact: 7 payments", "",
        "- 2023-09-12 18:40 Sev3 Reports late", "", "## Next week", "", "- 2023-09-20 10:00 Drill", title=TITLE,
    )  # fmt: skip
    assert [(i.line, i.line_end, i.severity) for i in report.incidents] == [(5, 6, "Sev2"), (8, 8, "Sev3")]
