"""Which mentions speak of the same project, metric, milestone or incident.

Everything here is pure: mentions and decisions in, links with their reasons out. Projects and metrics are linked per
team when its reports change, and kept in tables, since every question begins with their names; milestones and incidents
are put together when they are asked for, from the few mentions that the question has read anyway.
"""
