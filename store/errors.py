"""What can go wrong in the store, one class for each thing that a caller can act on.

Every error carries its facts as attributes; the sentence that a person reads is made where the language is known.
"""


class StoreError(Exception):
    """Base of all errors that the store raises on purpose."""


class UnreadableFile(StoreError):
    """A file can't become a report.

    Attributes:
        source: the path or name as given.
        reason: one of `missing`, `empty`, `binary`, `too_large`, `too_complex`, `undated`, `undated_part`,
            `bad_archive`, `bad_member`, `bad_document`, `encrypted`, `unsupported`, `folder`, `denied`.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason


class DatabaseUnusable(StoreError):
    """The database file can't be opened or isn't ours.

    Attributes:
        path: the file as given.
        reason: one of `missing`, `not_a_database`, `locked`, `denied`, `newer`, `damaged`, `full`.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class UnknownName(StoreError):
    """No project (or metric) bears a name.

    Attributes:
        name: as given.
        near: the names that come nearest, best first.
    """

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__(name, near)
        self.name = name
        self.near = near


class NamesOfTeams(StoreError):
    """Names can't be decided upon, since it isn't one team that knows them.

    Attributes:
        names: as given.
        teams: the teams that know some of them.
        common: whether several teams know all of them (else no team does).
    """

    def __init__(self, names: tuple[str, ...], teams: tuple[str, ...], common: bool) -> None:
        super().__init__(names, teams, common)
        self.names = names
        self.teams = teams
        self.common = common


class NoSuchFact(StoreError):
    """No fact stands in a line, or several do, so that it can't be corrected.

    Attributes:
        line: as given, from 1.
        fact: `project`, `milestone`, `metric` or `incident`.
        near: those of the line, else of the report, each as `name (line)`.
    """

    def __init__(self, line: int, fact: str, near: tuple[str, ...]) -> None:
        super().__init__(line, fact, near)
        self.line = line
        self.fact = fact
        self.near = near


class BadCorrection(StoreError):
    """A correction says what can't be.

    Attributes:
        field: what was to be corrected.
        value: as given.
    """

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field, value)
        self.field = field
        self.value = value
