"""English reports: projects in bold, what their sub-bullets are, shares in words, events and moves."""

from __future__ import annotations

import pytest
from support.written import events, read

from store.records import State, Update

TITLE = "# Payments weekly report, Week 37 (Sep 11 - Sep 15, 2023)"
NAMES = [
    ("**Harbor Gateway** — 65%, on track", "Harbor Gateway"), ("**Harbor Gateway**: 65%", "Harbor Gateway"),
    ("**Harbor Gateway:** 65%", "Harbor Gateway"), ("**Harbor Gateway** - on track", "Harbor Gateway"),
    ("**Harbor Gateway** (phase 2) — 65%", "Harbor Gateway"), ("__Harbor Gateway__ – 65%", "Harbor Gateway"),
    ("**Harbor-gateway 2.0** — 65%", "Harbor-gateway 2.0"), ("**Harbor & Quay** — 65%", "Harbor & Quay"),
    ("Harbor Gateway: 65%, on track", "Harbor Gateway"), ("Harbor Gateway — 65%", "Harbor Gateway"),
    ("Harbor Gateway - 65%", "Harbor Gateway"), ("[Harbor Gateway](https://a.example/b): 65%", "Harbor Gateway"),
    ("Harbor Gateway, 65%", "Harbor Gateway"), ("🚧 **Harbor Gateway** — 65%", "Harbor Gateway"),
]  # fmt: skip
SHARES = [
    ("65%", 65), ("65 %", 65), ("65 percent", 65), ("65% (was 50%)", 65), ("65% (last week 50%)", 65),
    ("now at 65%", 65), ("65% complete", 65), ("about 65% done", 65), ("progress 65%, QA next week", 65),
    ("7 of 14 connectors migrated (50%)", 50), ("4 of 14 connectors migrated (29%)", 29), ("7 of 14 done", 50),
    ("5/12 done", 41.67), ("3 of 4 milestones delivered", 75), ("two thirds done", 66.67),
    ("about a third done, release planned for Oct 6", 33.33), ("half way", 50), ("three quarters complete", 75),
    ("100%, done", 100),
]  # fmt: skip
NO_SHARES = [
    "on track", "24/7 support agreed", "success rate 99%", "conversion up 12%", "costs down by 30%",
    "p95 latency 420 ms", "3 of 5 partners complained", "code review with 2 of 3 teams", "version 2.10 chosen",
    "a third party was chosen", "waiting for half of the data", "150% over budget",
]  # fmt: skip
EVENTS = [
    ("handed to QA on Sep 26", "提测"), ("QA handover on Sep 26", "提测"), ("enters QA on Sep 26", "提测"),
    ("QA start: Sep 26", "提测"), ("testing starts on 26 Sep", "提测"), ("go-live Sep 26", "上线"),
    ("goes live on Sep 26", "上线"), ("GA on Sep 26", "上线"), ("GA: Sep 26", "上线"), ("launch by Sep 26", "上线"),
    ("release planned for Tuesday 26 Sep", "上线"), ("ships on 9/26", "上线"), ("rollout September 26", "上线"),
    ("general availability Sep 26, 2023", "上线"), ("beta on Sep 26", "灰度"), ("canary from Sep 26", "灰度"),
    ("pilot starts on Sep 26", "试单"), ("pilot run 26 Sep", "试单"), ("code complete Sep 26", "开发完成"),
    ("code complete, 26 Sep", "开发完成"), ("feature complete by Sep 26", "开发完成"), ("design review Sep 26", "评审"),
    ("review with Compliance on Sep 26", "评审"), ("UAT from Sep 26", "验收"), ("QA sign-off Sep 26", "测试完成"),
    ("kickoff on Sep 26", "启动"), ("kick-off 9/26", "启动"), ("due 9/26", "完成"), ("ETA Sep 26", "完成"),
    ("target: Sep 26", "完成"), ("deadline is 26 September", "完成"), ("go live on the 26th of September", "上线"),
]  # fmt: skip
WINDOWS = [
    ("GA mid-October", "2023-10-11..2023-10-20"), ("go-live by end of October", "2023-10-21..2023-10-31"),
    ("pilot start early October", "2023-10-01..2023-10-10"), ("GA in late October", "2023-10-21..2023-10-31"),
    ("beta target: w/c 25 Sep", "2023-09-25..2023-10-01"), ("release next week", "2023-09-18..2023-09-24"),
    ("go-live in November", "2023-11-01..2023-11-30"), ("launch in Q4", "2023-10-01..2023-12-31"),
]  # fmt: skip
MOVES = [
    "go-live moved from Sep 20 to Sep 26", "go-live Sep 26 (was Sep 20)", "go-live slipped from 9/20 to 9/26",
    "go-live brought forward from 10/12 to Sep 26", "go-live Sep 26 (brought forward from 10/12)",
    "go-live pulled in from Oct 12 to Sep 26", "go-live postponed to Sep 26 (originally Sep 20)",
    "go-live Sep 26 instead of Sep 20", "go-live delayed from Sep 20 to Sep 26",
    "go-live pushed back from Sep 20 to Sep 26", "go-live is now Sep 26, not Sep 20",
]  # fmt: skip
DONE = [
    ("handed to QA on Sep 13", True), ("went live on Sep 13", True), ("shipped Sep 13", True),
    ("design review held on Sep 13", True), ("go-live Sep 26", False), ("go-live planned for Sep 13", False),
    ("will go live on Sep 26", False), ("code complete since Sep 13", True),
]  # fmt: skip
NO_EVENTS = [
    "met the bank on Sep 26", "release notes drafted", "no date for the beta", "versions 9/10 and 2/3 compared",
    "go-live date still open", "on track for the launch",
]  # fmt: skip
STATES = [
    ("on track", State.IN_PROGRESS), ("at risk", State.IN_PROGRESS), ("green", State.IN_PROGRESS),
    ("in progress, two shops still to be found", State.IN_PROGRESS), ("blocked by the acquirer", State.BLOCKED),
    ("Blocked", State.BLOCKED), ("delayed, the network changed its codes", State.DELAYED),
    ("delayed by a rounding defect", State.DELAYED), ("paused", State.PAUSED), ("on hold", State.PAUSED),
    ("done", State.DONE), ("completed", State.DONE), ("in QA", State.TESTING), ("in testing", State.TESTING),
    ("not started", State.PLANNED), ("planned", State.PLANNED), ("no update", State.NO_UPDATE),
]  # fmt: skip

Block = list[tuple[str, str]]
BLOCK = [
    ("Project", ": Harbor"), ("Owner", ": Checkout team"), ("Status", ": blocked by the bank"), ("Progress", ": 40%"),
    ("GA", ": Oct 6"),
]  # fmt: skip
ZH_BLOCK = [("项目", "：海风"), ("负责人", "：平台组"), ("状态", "：阻塞"), ("进度", "：40%"), ("上线", "：10/6")]


def projects(*lines: str) -> tuple[Update, ...]:
    """What the lines of an English section of projects say about projects."""
    return read("## Projects", "", *lines, title=TITLE).updates


def only(text: str) -> Update:
    """The one project of that text, `Harbor Gateway`."""
    (found,) = projects(f"- **Harbor Gateway** — {text}")
    return found


@pytest.mark.parametrize(("line", "name"), NAMES)
def test_the_name_leads_the_line(line: str, name: str) -> None:
    """In bold, before a colon, a dash or a comma; a bracket that describes it is no part of it."""
    (found,) = projects(f"- {line}")
    assert (found.name, found.parent) == (name, None)


@pytest.mark.parametrize(("text", "percent"), SHARES)
def test_progress_in_figures_and_in_words(text: str, percent: float) -> None:
    """Percent, counts of what is done, shares in words; the newest value of a change."""
    assert only(text).progress == percent


@pytest.mark.parametrize("text", NO_SHARES)
def test_rates_changes_and_counts_are_no_progress(text: str) -> None:
    """How well, how much more and how many people say nothing of how far."""
    assert only(text).progress is None


@pytest.mark.parametrize(("text", "event"), EVENTS)
def test_events_have_their_english_words(text: str, event: str) -> None:
    """QA, go-live, beta, GA, pilot, code complete: before or behind their day, with or without a hyphen."""
    assert events(only(text)) == [(event, "2023-09-26", False)]


@pytest.mark.parametrize(("text", "days"), WINDOWS)
def test_fuzzy_dates_are_windows(text: str, days: str) -> None:
    """mid-October is the 11th to the 20th, by the end of it the 21st on, w/c a Monday to a Sunday."""
    assert [day for _, day, _ in events(only(text))] == [days]


@pytest.mark.parametrize("text", MOVES)
def test_a_move_leaves_its_new_day_alone(text: str) -> None:
    """`was Sep 20`, `moved from Sep 20 to Sep 26`: the go-live is planned for Sep 26, and for no other day."""
    assert events(only(text)) == [("上线", "2023-09-26", False)]


@pytest.mark.parametrize(("text", "done"), DONE)
def test_what_happened_is_done(text: str, done: bool) -> None:
    """A day gone by without a word of a plan is done; a day ahead and a planned one are not."""
    assert [happened for _, _, happened in events(only(text))] == [done]


@pytest.mark.parametrize("text", NO_EVENTS)
def test_what_sets_no_day_is_no_milestone(text: str) -> None:
    """A meeting, an undecided day and a thing that an event is named in are no milestones."""
    assert events(only(text)) == []


@pytest.mark.parametrize(("said", "state"), STATES)
def test_a_status_line_says_how_it_stands(said: str, state: State) -> None:
    """`Status: …` below a project counts, whatever else its first line tells."""
    (found,) = projects("- **Harbor Gateway** — 40%", f"  - Status: {said}")
    assert (found.progress, found.state) == (40, state)


def test_fields_below_a_project_are_its_own() -> None:
    """Owner, status, a day and a risk on lines of their own belong to the project and are no parts of it."""
    lines = (
        "  - Owner: Checkout team",
        "  - Status: on track",
        "  - ETA: mid-October",
        "  - Risk: waiting for the bank",
    )
    (found,) = projects("- **Harbor Gateway** — 40%", *lines, "  - Next: QA handover on Sep 26")
    assert (found.owner, found.state, found.line, found.line_end) == ("Checkout team", State.IN_PROGRESS, 5, 10)
    assert events(found) == [("完成", "2023-10-11..2023-10-20", False), ("提测", "2023-09-26", False)]
    assert [m.line for m in found.milestones] == [8, 10]
    assert [risk.line for risk in found.risks] == [9]


@pytest.mark.parametrize(("below", "parts"), [
    ("Payouts page: 100%, done", [("Payouts page", 100)]), ("**Payouts page** — 55%", [("Payouts page", 55)]),
    ("Payouts page - 55%", [("Payouts page", 55)]), ("We spoke to the bank, and they will answer soon", []),
    ("The bank answered that it needs two more weeks: not good for us", []), ("Owner: Web team", []),
    ("Status: on track", []), ("Waiting for: the bank", []), ("Last week: wrote the tests", []), ("GA: Oct 6", []),
])  # fmt: skip
def test_a_sub_bullet_is_a_part_only_where_a_name_leads_it(below: str, parts: list[tuple[str, float]]) -> None:
    """`Payouts page: 55%` is a part of the project above it; a sentence and a field are its text."""
    first, *rest = projects("- **Harbor Gateway** — 40%", f"  - {below}")
    assert (first.name, first.progress) == ("Harbor Gateway", 40)
    assert [(u.name, u.progress) for u in rest] == parts
    assert {u.parent for u in rest} <= {"Harbor Gateway"}


@pytest.mark.parametrize(("block", "name", "owner"), [(BLOCK, "Harbor", "Checkout team"), (ZH_BLOCK, "海风", "平台组")])
@pytest.mark.parametrize("dress", ["{}", "**{}**"])
def test_a_block_of_keys_and_values_is_one_project(block: Block, name: str, owner: str, dress: str) -> None:
    """`Project: X` opens a block, whose lines say one thing each; a blank line and the next `Project:` end it."""
    lines = [dress.format(key) + value for key, value in block]
    first, second = projects(*lines, "", *(line.replace(name, "Quay").replace("40", "10") for line in lines))
    assert (first.name, first.owner, first.state, first.progress) == (name, owner, State.BLOCKED, 40)
    assert events(first) == [("上线", "2023-10-06", False)]
    assert (second.name, second.progress, second.line) == ("Quay", 10, 11)


def test_a_bullet_may_open_the_block() -> None:
    """`- Project: X` with its fields as sub-bullets is one project, and its fields are no parts."""
    lines = [("  - " if at else "- ") + key + value for at, (key, value) in enumerate(BLOCK)]
    found = projects(*lines, "- Project: Quay", "  - Status: done")
    assert [(u.name, u.parent, u.progress, u.state) for u in found] == [
        ("Harbor", None, 40, State.BLOCKED), ("Quay", None, None, State.DONE)
    ]  # fmt: skip


def test_highlights_name_a_project_only_in_bold() -> None:
    """Sentences of English highlights hold colons and commas, and are no names."""
    lines = (
        "- **Harbor Gateway** went to QA on Sep 13",
        "- Good news: the bank answered",
        "- Harbor is fast, we think",
    )
    found = read("## Highlights", "", *lines, title=TITLE).updates
    assert [(u.name, events(u)) for u in found] == [("Harbor Gateway", [("提测", "2023-09-13", True)])]
