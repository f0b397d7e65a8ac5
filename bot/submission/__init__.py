"""A team's report on its way in: the form that it is written in, what is understood of it, and what looks off.

Nothing here knows Slack. `template` makes the fields of a form from last week's report, `fields` splits and joins
texts without a loss, `forms` keeps what fields stand for, `check` reads a draft beside the reports before it,
`sent_files` reads files that were sent, `desk` keeps drafts and makes them count, `afterwards` withdraws and brings
back.
"""
