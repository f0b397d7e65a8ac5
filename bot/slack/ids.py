"""Slack's names for what is ours, each named once."""

ASK_ACTION = "ask_"  # followed by a number; the button's value is the question

# Slack's own `/status` can't be registered by an app; it is listened for in case a gateway lets it through.
COMMANDS = ("/report", "/incidents", "/project", "/status")
