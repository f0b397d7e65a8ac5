"""Slack: one Bolt app with thin listeners, over HTTP or Socket Mode."""
