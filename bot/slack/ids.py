"""Slack's names for what is ours, each named once."""

ASK_ACTION = "ask_"  # followed by a number; the button's value is the question
CHOOSE_ACTION = "choose"  # a select; the option's value is the question
SOURCE_ACTION = "source"  # the button's value is what the answer cites; within the modal, followed by _ and a number
SHARE_ACTION = "share"  # the button's value is what the answer is known by
CHART_ACTION = "chart"  # the same
TEXT_ACTION = "as_text"  # the button's value is the question
WRONG_ACTION = "wrong"  # the button's value is what is kept of the answer
REASON_ACTION = "wrong_reason"  # a field below the acknowledgement; its block names the note
REASON_BLOCK = "note_"  # followed by the note's number and the answer's language: note_12_zh

FOLLOW_ACTION = "follow"  # the button's value is a project's team and name
UNFOLLOW_ACTION = "unfollow_"  # followed by a number; the same
HOME_LANGUAGE = "home_language"  # a select on the Home tab: zh, en or auto
HOME_AWAY = "home_away"  # a date there: the first day back
HOME_BACK = "home_back"  # a button there
HOME_SNOOZE = "home_snooze"  # a select there, as SNOOZE_ACTION
HOME_AWAKE = "home_awake"  # a button there
SUBMIT_SHORTCUT = "save_as_report"  # of a message

# Slack's own `/status` can't be registered by an app; it is listened for in case a gateway lets it through.
STATUS_COMMAND = "/status"

SUBMIT_TEAM = "submit_team"  # the modal that asks for which team; its private_metadata is a draft's number or ""
TEAM_BLOCK = "team"  # of that modal
SUBMIT_FORM = "submit_form"  # the modal that a report is written in; its private_metadata is the form's number
SUBMIT_PREVIEW = "submit_preview"  # the modal that says what was understood; its private_metadata is the draft
SUBMIT_DONE = "submit_done"  # the modal that says what counts now
SUBMIT_ACTION = "submit_draft"  # below a file that was sent; the value is the draft, and what was there of its week
EDIT_ACTION = "edit_draft"  # the same
DISCARD_ACTION = "discard_draft"  # the same
TEAM_ACTION = "draft_team"  # a select there; its block names the draft
DRAFT_BLOCK = "draft_"  # followed by the draft's number
CORRECT_ACTION = "correct_report"  # below a report that was handed in; the value is its id and its revision
WITHDRAW_ACTION = "withdraw_report"  # the same
RESTORE_ACTION = "restore_report"  # the same
WRITE_NOW = "write_now"  # a button that opens the form; its value is the team, or that and the week's Monday as JSON
DAY_BLOCK = "day"  # of the form
FIELD_BLOCK = "field_"  # of the form; followed by a number, from 0
FIELD_ACTION = "text"

SNOOZE_ACTION = "snooze"  # a select of a reminder: 30m, 2h, morning
EXCUSE_ACTION = "no_report"  # a button of a reminder; its value is the team and the week's Monday
EXCUSE_END = "no_report_end"  # takes that back; the same value
EXCUSE_FORM = "no_report_form"  # the modal that asks why; its private_metadata is the same value
EXCUSE_BLOCK = "reason"  # of that modal


def is_direct(channel: str) -> bool:
    """Whether a channel is a direct message: its id begins with D."""
    return channel.startswith("D")
