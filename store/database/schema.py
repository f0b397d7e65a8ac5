"""The schema, as numbered migrations that are only ever added to.

Texts are kept whole (`files.content`), so everything else can be read again from them. What reading found hangs
on a report and is replaced as one when a new revision comes; identities (`subjects` and their links) are derived
from all reports of a team and can be rebuilt at any time.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from store.words.bigrams import TOKENIZER

migrations = Migrations("zhouzhi")

_REPORTS = """
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL DEFAULT '',          -- '' where nobody says whose report it is
    origin TEXT NOT NULL,                   -- where it came from, the same however it was spelt
    part INTEGER NOT NULL DEFAULT 0,        -- which report of a file that holds several
    source TEXT NOT NULL,                   -- the path or name as ingested, for citations
    url TEXT,
    label TEXT,
    label_number INTEGER,
    report_date TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    created_at TEXT,
    revision INTEGER NOT NULL,
    withdrawn_at TEXT,
    UNIQUE (team, origin, part)
);
CREATE INDEX reports_by_date ON reports (report_date DESC, team);
CREATE TABLE revisions (
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    reader_version INTEGER NOT NULL,
    ingested_at TEXT NOT NULL,
    PRIMARY KEY (report_id, number)
);
CREATE INDEX revisions_by_hash ON revisions (sha256);
"""

_FACTS = """
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    title TEXT NOT NULL, kind TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX sections_by_report ON sections (report_id, line);
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    section_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    line INTEGER NOT NULL, line_end INTEGER NOT NULL, depth INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX items_by_report ON items (report_id, line);
CREATE INDEX items_by_section ON items (section_id);
CREATE TABLE updates (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    name TEXT NOT NULL, parent TEXT, section TEXT, kind TEXT,
    line INTEGER NOT NULL, line_end INTEGER NOT NULL,
    progress REAL, state TEXT, text TEXT NOT NULL
);
CREATE INDEX updates_by_report ON updates (report_id, line);
CREATE TABLE milestones (
    id INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL REFERENCES updates (id) ON DELETE CASCADE,
    event TEXT NOT NULL, date_start TEXT NOT NULL, date_end TEXT NOT NULL,
    text TEXT NOT NULL, line INTEGER NOT NULL, done INTEGER NOT NULL, doubtful INTEGER NOT NULL
);
CREATE INDEX milestones_by_update ON milestones (update_id);
CREATE INDEX milestones_by_date ON milestones (date_start);
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    name TEXT NOT NULL, value REAL NOT NULL, unit TEXT, category TEXT, previous REAL, line INTEGER NOT NULL
);
CREATE INDEX metrics_by_report ON metrics (report_id, line);
CREATE INDEX metrics_by_name ON metrics (name);
CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    occurred_at TEXT, title TEXT NOT NULL, impact TEXT, handling TEXT, severity TEXT,
    line INTEGER NOT NULL, line_end INTEGER NOT NULL
);
CREATE INDEX incidents_by_report ON incidents (report_id, line);
CREATE INDEX incidents_by_time ON incidents (occurred_at);
CREATE TABLE no_incidents (
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    PRIMARY KEY (report_id, line)
);
CREATE TABLE goals (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    text TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX goals_by_report ON goals (report_id, line);
CREATE TABLE notices (
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    line INTEGER NOT NULL, code TEXT NOT NULL, about TEXT NOT NULL
);
CREATE INDEX notices_by_report ON notices (report_id);
"""

_IDENTITIES = """
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id INTEGER REFERENCES subjects (id) ON DELETE CASCADE
);
CREATE INDEX subjects_by_team ON subjects (team);
CREATE INDEX subjects_by_parent ON subjects (parent_id);
CREATE TABLE subject_names (
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    name TEXT NOT NULL, syllables TEXT NOT NULL, initials TEXT NOT NULL,
    PRIMARY KEY (subject_id, name)
);
CREATE TABLE subject_links (
    update_id INTEGER PRIMARY KEY REFERENCES updates (id) ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, decided_by TEXT NOT NULL
);
CREATE INDEX subject_links_by_subject ON subject_links (subject_id);
"""

# The index reads its texts through a view over our own SQL functions, so that no text is stored twice.
_SEARCH = f"""
CREATE VIEW item_tokens AS SELECT id, bigrams(text) AS bi, words(text) AS w FROM items;
CREATE VIRTUAL TABLE item_index USING fts5(
    bi, w, content='item_tokens', content_rowid='id', tokenize='{TOKENIZER.replace("'", "''")}'
);
CREATE TRIGGER items_inserted AFTER INSERT ON items BEGIN
    INSERT INTO item_index (rowid, bi, w) VALUES (new.id, bigrams(new.text), words(new.text));
END;
CREATE TRIGGER items_deleted AFTER DELETE ON items BEGIN
    INSERT INTO item_index (item_index, rowid, bi, w) VALUES ('delete', old.id, bigrams(old.text), words(old.text));
END;
"""

_EVENTS = """
CREATE TABLE seen_events (event_id TEXT PRIMARY KEY, seen_at TEXT NOT NULL);
CREATE INDEX seen_events_by_time ON seen_events (seen_at);
"""


# Identities are derived, so their tables can be made anew; the next opening fills them from the reports.
_IDENTITIES_BY_DATE = """
DROP TABLE subject_links;
DROP TABLE subject_names;
DROP TABLE subjects;
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    name TEXT NOT NULL,
    firm INTEGER NOT NULL,                  -- 0 for what is only ever a highlight
    parent_id INTEGER REFERENCES subjects (id) ON DELETE CASCADE
);
CREATE INDEX subjects_by_team ON subjects (team);
CREATE INDEX subjects_by_parent ON subjects (parent_id);
CREATE TABLE subject_names (
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    whole INTEGER NOT NULL,                 -- 0 for an alias out of a name's brackets
    since TEXT NOT NULL,                    -- the date of the first report that uses it
    syllables TEXT NOT NULL, initials TEXT NOT NULL,
    PRIMARY KEY (subject_id, name)
);
CREATE TABLE subject_links (
    update_id INTEGER PRIMARY KEY REFERENCES updates (id) ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, decided_by TEXT NOT NULL
);
CREATE INDEX subject_links_by_subject ON subject_links (subject_id);
-- Teams whose reports changed since their links were derived: empty unless an ingest is running or was broken off.
CREATE TABLE unlinked_teams (team TEXT PRIMARY KEY);
INSERT INTO unlinked_teams SELECT DISTINCT team FROM reports;
"""

# A file with several weeks is kept once, and not once a week.
_FILES = """
CREATE TABLE files (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL,
    lines TEXT                              -- JSON: the lines as a person sees them; NULL where the content is text
);
INSERT OR IGNORE INTO files (sha256, content) SELECT sha256, content FROM revisions;
ALTER TABLE revisions DROP COLUMN content;
ALTER TABLE revisions ADD COLUMN text_sha256 TEXT;  -- of what this report says, wherever in the file; NULL: not known
ALTER TABLE reports ADD COLUMN line_start INTEGER;  -- of a report among several in its file, else NULL
ALTER TABLE reports ADD COLUMN line_end INTEGER;
ALTER TABLE reports ADD COLUMN says_team TEXT;      -- the team that the report itself names, or ''; NULL: not known
"""

# Links are made anew from the reports; what people decided has a table of its own that no rebuild touches.
_DECISIONS = """
DROP TABLE subject_links;
DROP TABLE subject_names;
DROP TABLE subjects;
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    kind TEXT NOT NULL,                     -- project or metric
    name TEXT NOT NULL,
    firm INTEGER NOT NULL,                  -- 0 for what is only ever a highlight
    parent_id INTEGER REFERENCES subjects (id) ON DELETE CASCADE
);
CREATE INDEX subjects_by_team ON subjects (team, kind);
CREATE INDEX subjects_by_parent ON subjects (parent_id);
CREATE TABLE subject_names (
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    whole INTEGER NOT NULL,                 -- 0 for an alias: out of a name's brackets, or added by a person
    since TEXT NOT NULL,                    -- the date of the first report that uses it
    syllables TEXT NOT NULL, initials TEXT NOT NULL,
    PRIMARY KEY (subject_id, name)
);
CREATE TABLE subject_links (
    update_id INTEGER PRIMARY KEY REFERENCES updates (id) ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, via TEXT, decided_by TEXT NOT NULL
);
CREATE INDEX subject_links_by_subject ON subject_links (subject_id);
CREATE TABLE metric_links (
    metric_id INTEGER PRIMARY KEY REFERENCES metrics (id) ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, via TEXT, decided_by TEXT NOT NULL
);
CREATE INDEX metric_links_by_subject ON metric_links (subject_id);
CREATE TABLE subject_apart (
    subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    name TEXT NOT NULL, why TEXT NOT NULL, decided_by TEXT NOT NULL,
    PRIMARY KEY (subject_id, other_id)
);
CREATE INDEX subject_apart_by_other ON subject_apart (other_id);
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    kind TEXT NOT NULL,                     -- project or metric
    verdict TEXT NOT NULL,                  -- same, apart, or renamed (then one is the old name, other the new one)
    one TEXT NOT NULL, other TEXT NOT NULL,
    pair TEXT NOT NULL,                     -- both keys, sorted: one decision for each pair of names
    decided_by TEXT NOT NULL, decided_at TEXT NOT NULL,
    UNIQUE (team, kind, pair)
);
INSERT OR IGNORE INTO unlinked_teams SELECT DISTINCT team FROM reports;
"""

_MORE_FACTS = """
ALTER TABLE updates ADD COLUMN owner TEXT;
ALTER TABLE metrics ADD COLUMN about TEXT;             -- the week or month meant, where it isn't the report's own
ALTER TABLE metrics ADD COLUMN corrects REAL;          -- the value that it takes the place of
ALTER TABLE incidents ADD COLUMN cause TEXT;
ALTER TABLE incidents ADD COLUMN systems TEXT;         -- JSON: names
ALTER TABLE incidents ADD COLUMN counts TEXT;          -- JSON: pairs of value and unit
ALTER TABLE incidents ADD COLUMN closed INTEGER;       -- NULL where the report doesn't say
CREATE TABLE risks (
    update_id INTEGER NOT NULL REFERENCES updates (id) ON DELETE CASCADE,
    text TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX risks_by_update ON risks (update_id);
"""


# A counter by which every process and thread sees that what it keeps in memory is out of date.
_CHANGES = """
CREATE TABLE changes (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL);
INSERT INTO changes VALUES (1, 1);
CREATE TRIGGER reports_inserted AFTER INSERT ON reports BEGIN UPDATE changes SET number = number + 1; END;
CREATE TRIGGER reports_updated AFTER UPDATE ON reports BEGIN UPDATE changes SET number = number + 1; END;
CREATE TRIGGER reports_deleted AFTER DELETE ON reports BEGIN UPDATE changes SET number = number + 1; END;
CREATE TRIGGER teams_linked AFTER DELETE ON unlinked_teams BEGIN UPDATE changes SET number = number + 1; END;
"""

# What people say is wrong is theirs and no report's: no rereading touches it, and quotes are kept as they stood.
_FEEDBACK = """
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,
    answer TEXT NOT NULL,                   -- a hash by which the same answer is known again
    question TEXT NOT NULL, kind TEXT NOT NULL, head TEXT NOT NULL,
    citations TEXT NOT NULL,                -- JSON: [team, source, first line, last line, quote]
    reason TEXT NOT NULL DEFAULT '',
    marked_at TEXT NOT NULL,
    closed_at TEXT, closed_by TEXT, note TEXT
);
CREATE UNIQUE INDEX feedback_once ON feedback (user, answer) WHERE closed_at IS NULL;
"""

# What people corrected by hand; facts stay as they were found. A report is never deleted, so that its id is its name.
_CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    name TEXT NOT NULL,                     -- of the fact, as it was read
    quote TEXT NOT NULL,                    -- the text of the fact's lines
    nth INTEGER NOT NULL, among INTEGER NOT NULL,   -- which one of how many facts of this name and text
    was TEXT NOT NULL, value TEXT NOT NULL,
    reason TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL
);
CREATE TRIGGER corrections_inserted AFTER INSERT ON corrections BEGIN UPDATE changes SET number = number + 1; END;
CREATE TRIGGER corrections_deleted AFTER DELETE ON corrections BEGIN UPDATE changes SET number = number + 1; END;
"""


def run(db: Database, script: str) -> None:
    """Execute the statements of `script` within the transaction that is open."""
    # executescript would commit the migration's own transaction, so the statements go in one by one.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if _complete(statement):
            db.execute(statement)
            statement = ""


def _complete(statement: str) -> bool:
    from sqlite3 import complete_statement

    return bool(statement.strip()) and complete_statement(statement)


@migrations()
def m001_reports_and_facts(db: Database) -> None:
    """Reports with their revisions, and what reading found in them."""
    run(db, _REPORTS + _FACTS)


@migrations()
def m002_identities(db: Database) -> None:
    """Which updates speak of the same project."""
    run(db, _IDENTITIES)


@migrations()
def m003_search(db: Database) -> None:
    """The full-text index over the items."""
    run(db, _SEARCH)


@migrations()
def m004_seen_events(db: Database) -> None:
    """Slack's event ids, so that a retried event is answered once."""
    run(db, _EVENTS)


@migrations()
def m005_identities_by_date(db: Database) -> None:
    """Since when a project goes by a name, whether it is more than a highlight, and which links are out of date."""
    run(db, _IDENTITIES_BY_DATE)


@migrations()
def m006_files(db: Database) -> None:
    """Files apart from reports, since one may hold several."""
    run(db, _FILES)


@migrations()
def m007_decisions(db: Database) -> None:
    """What people decided about names, the reason of each link, and metrics linked as projects are."""
    run(db, _DECISIONS)


@migrations()
def m008_more_facts(db: Database) -> None:
    """Owners and risks of projects, what a corrected figure is about, and what an incident touched."""
    run(db, _MORE_FACTS)


@migrations()
def m009_changes(db: Database) -> None:
    """A number that grows with every change of the reports, so that what is kept in memory is known to be old."""
    run(db, _CHANGES)


@migrations()
def m010_feedback(db: Database) -> None:
    """The answers that people marked as wrong, each with its question and what it cited."""
    run(db, _FEEDBACK)


@migrations()
def m011_corrections(db: Database) -> None:
    """What people corrected by hand."""
    run(db, _CORRECTIONS)
