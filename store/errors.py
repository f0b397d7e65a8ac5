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
