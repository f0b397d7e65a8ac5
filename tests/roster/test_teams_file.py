"""teams.toml is read whole: what is right in it holds, and all that is wrong is named with its line, key and mend."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import LANGUAGES, sayer, sentences
from bot.team_values import VALUES
from bot.teams import Moment, Roster, Team
from bot.teams_file import read_roster, render_teams, told, unmatched

DESIGN = """\
[[team]]
name = "支付中心"
leads = ["U024BE7LH"]            # Slack user ids
channel = "C012AB3CD"            # where its digest goes
timezone = "Asia/Shanghai"
remind = "Fri 15:00"             # first reminder, local time
again = "Fri 17:30"              # second
due = "Fri 18:00"                # deadline
escalate = "Mon 10:00"           # next week, to escalate_to
escalate_to = ["U0BOSS00"]
calendar = "CN"                  # public holidays with their make-up working days; "none" for plain weekdays
"""


def lines(text: str, lang: str = "en") -> list[str]:
    """What is said of a file's problems."""
    return [told(problem, sayer(lang)) for problem in read_roster(text, "teams.toml").problems]


def test_the_designs_example_is_a_team() -> None:
    """The file of the design reads as it says, with times as moments of the week."""
    times = Moment(4, 15, 0), Moment(4, 17, 30), Moment(4, 18, 0), Moment(0, 10, 0)
    team = Team("支付中心", ("U024BE7LH",), "C012AB3CD", "Asia/Shanghai", *times, ("U0BOSS00",), "CN")
    assert read_roster(DESIGN, "teams.toml", ["U9"]) == Roster((team,), ("U9",), ())


def test_what_isnt_said_has_the_designs_times() -> None:
    """A name is enough."""
    roster = read_roster('[[team]]\nname = "甲组"\npaused_until = 2026-10-09\n', "teams.toml")
    assert roster.teams == (Team("甲组", paused_until=date(2026, 10, 9)),)


WRONG = [
    ('remnd = "Fri 15:00"', "remnd: no such key; did you mean remind?"),
    ("leads = 7", 'leads: 7 should be a list, such as ["U024BE7LH"]'),
    ('leads = ["@anna"]', "leads: @anna is neither a Slack user id"),
    ("channel = 3", "channel: 3 should be text in quotes"),
    ('channel = "#general"', "channel: #general is no channel id"),
    ('timezone = "Asia/Shangai"', "timezone: there is no time zone Asia/Shangai; did you mean Asia/Shanghai?"),
    ('remind = "Fry 15:00"', "remind: there is no day Fry; did you mean Fri?"),
    ('due = "Fri 25:00"', "due: there is no time 25:00"),
    ('due = "Friday"', "due: Friday is no time of the week"),
    ('again = "Fri 14:00"', "again: must come after remind (Fri 15:00)"),
    ('due = "Thu 18:00"', "due: must come after again (Fri 17:30)"),
    ('calendar = "China"', "calendar: there is no calendar China"),
    ('paused_until = "soon"', "paused_until: soon is no day; write it as 2026-10-09"),
]


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_a_mistake_is_named_with_line_and_key(line: str, said: str) -> None:
    """The mistake stands in line 5 of the file, in the second team; the first team is still there."""
    text = f'[[team]]\nname = "甲组"\n[[team]]\nname = "乙组"\n{line}\n'
    [told_] = lines(text)
    assert told_.startswith(f"teams.toml:5 · 乙组 · {said}")
    assert [team.name for team in read_roster(text, "teams.toml").teams] == ["甲组"]


def test_all_mistakes_are_named_at_once() -> None:
    """Three mistakes in two teams are three lines, in their order."""
    text = '[[team]]\nname = "甲组"\nremind = "Fri 26:00"\ntimezone = "Mars"\n\n[[team]]\nleads = ["U1"]\n'
    assert [line.partition(":")[2].partition(" ")[0] for line in lines(text)] == ["3", "4", "6"]


def test_a_team_stands_once() -> None:
    """The second of two teams whose names differ in nothing that counts is the mistake; the first holds."""
    [said] = lines('[[team]]\nname = "POS 组"\n[[team]]\nname = "pos组"\n')
    assert said == "teams.toml:4 · pos组 · name: pos组 stands there already (line 2); each team has one table"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[team]]\nname = "甲', "teams.toml:2: no valid TOML"),
        ('[team]\nname = "甲组"\n', "teams.toml:1 · team: is to be written as [[team]]"),
        ('x = 1\n[[team]]\nname = "甲组"\n', "teams.toml:1 · x: nothing that is known here"),
    ],
)
def test_a_file_that_is_no_list_of_teams_says_where(text: str, said: str) -> None:
    """What keeps a file from being read is named by its line, too."""
    assert lines(text)[0].startswith(said)


@pytest.mark.parametrize("word", ["Fri 09:05", "fri 9:05", "Friday 09:05", "周五 9:05", "星期五 09：05"])
def test_times_of_the_week_may_be_written_as_people_do(word: str) -> None:
    """English and Chinese days, long and short, are the same moment."""
    [team] = read_roster(f'[[team]]\nname = "甲组"\nremind = "{word}"\n', "teams.toml").teams
    assert str(team.remind) == "Fri 09:05"


def test_a_team_without_reports_is_pointed_out_with_the_one_that_is_meant() -> None:
    """Names match as they are, but for letters' case and blanks; else the nearest reporting team is offered."""
    roster = Roster((Team("pos 组"), Team("支付中台"), Team("法务")))
    found = unmatched(roster, ("POS组", "支付中心"))
    assert [(p.team, p.values["near"]) for p in found] == [("支付中台", "支付中心"), ("法务", "")]
    assert unmatched(roster, ()) == ()


def test_every_problem_has_its_sentence() -> None:
    """Whatever goes wrong can be said in both languages."""
    for lang in LANGUAGES:
        assert all(told(p, sayer(lang)) for text, _ in WRONG for p in read_roster(text, "t").problems)
        assert {f"roster.{code}" for code in ("syntax", "duplicate", "no_calendars")} <= set(sentences(lang))


moments = st.builds(Moment, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
teams = st.builds(
    lambda name, times, leads, escalate, until: Team(
        name.strip(),
        tuple(dict.fromkeys(leads)),
        "C1",
        "Europe/Berlin",
        *sorted(times),
        escalate,
        ("a@b.cd",),
        "none",
        until,
    ),
    st.text(min_size=1).filter(str.strip),
    st.sets(moments, min_size=3, max_size=3),
    st.lists(st.sampled_from(["U1", "W2", "x.y@z.org"])),
    moments,
    st.none() | st.dates(),
)


@given(teams)
def test_an_exported_team_reads_as_it_was(team: Team) -> None:
    """`team export` writes what `read_roster` reads, whatever the name holds."""
    assert read_roster(render_teams(Roster((team,))), "teams.toml") == Roster((team,))


@given(st.text() | st.text(st.sampled_from('[]team name="甲\n,#=1')))
def test_no_text_breaks_it(text: str) -> None:
    """Any text behind a team leaves that team, or says what is wrong with it; alone it is teams, problems, or none."""
    alone, behind = read_roster(text, "teams.toml"), read_roster(f'[[team]]\nname = "甲"\n{text}', "teams.toml")
    assert behind.teams or behind.problems
    assert all(team.name for team in alone.teams)


def test_every_key_has_a_place_in_the_record() -> None:
    """The keys that are read are the fields of a team."""
    assert tuple(VALUES) == Team.__slots__
