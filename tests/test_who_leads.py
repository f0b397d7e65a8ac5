"""Who leads which team, and what they may do for it."""

from __future__ import annotations

from bot.teams import Roster, Team

ROSTER = Roster((Team("支付中心", leads=("U1", "U2")), Team("风控", leads=("U2",))), admins=("U9",))


def test_leads_submit_for_their_teams_alone() -> None:
    """A lead may submit for each team that they lead and for no other, a stranger for none."""
    assert [ROSTER.may_submit("U1", name) for name in ("支付中心", "风控")] == [True, False]
    assert [ROSTER.may_submit("U2", name) for name in ("支付中心", "风控")] == [True, True]
    assert not ROSTER.may_submit("U3", "支付中心")


def test_admins_submit_for_every_team() -> None:
    """An admin may, for teams without leads and those that the file doesn't name, too."""
    assert ROSTER.may_submit("U9", "风控")
    assert ROSTER.may_submit("U9", "清算")


def test_teams_are_found_by_name_and_lead() -> None:
    """`named` and `led_by` look through all teams."""
    assert ROSTER.named("风控") is ROSTER.teams[1]
    assert ROSTER.named("清算") is None
    assert ROSTER.led_by("U2") == ROSTER.teams
