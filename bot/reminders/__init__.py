"""Reminders: which are due when, decided purely. Nothing here sends anything yet."""
