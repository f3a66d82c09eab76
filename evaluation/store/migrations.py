"""Brings a database made by an earlier version of the toolkit up to the present tables, step by step."""

from collections.abc import Callable

from sqlalchemy import Connection, text, update

from evaluation.store.schema import VERSION, state

Step = Callable[[Connection], None]


def migrate(connection: Connection, found: int) -> None:
    """Take every step from version ``found`` to VERSION, in the open transaction."""
    for step in STEPS[found - 1 :]:
        step(connection)
    connection.execute(update(state).values(schema_version=VERSION))


# A step stays as it was written, whatever the tables become later; so it says its own statements.
def _matches_counted_tables_and_superseded_forms(connection: Connection) -> None:
    for statement in (
        # A file may come in again when more of it is understood, so its fingerprint need not be the only one.
        "ALTER TABLE imports RENAME TO imports_before",
        """CREATE TABLE imports (
            import_id BIGINT NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR(64) NOT NULL,
            accepted_at TIMESTAMP NOT NULL, layout VARCHAR NOT NULL, questionnaires VARCHAR NOT NULL,
            rows INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL, duplicates INTEGER NOT NULL,
            synthetic BOOLEAN NOT NULL, set_aside INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (import_id)
        )""",
        "INSERT INTO imports SELECT *, 0 FROM imports_before",
        "DROP TABLE imports_before",
        "ALTER TABLE responses ADD COLUMN counted BOOLEAN DEFAULT FALSE NOT NULL",
        "ALTER TABLE responses ADD COLUMN superseded_by BIGINT",
        "ALTER TABLE responses ADD COLUMN superseded_key VARCHAR",
        """CREATE TABLE mappings (
            header_key VARCHAR(64) NOT NULL,
            kind VARCHAR NOT NULL,
            item VARCHAR NOT NULL,
            source VARCHAR NOT NULL,
            target VARCHAR,
            saved_at TIMESTAMP NOT NULL,
            PRIMARY KEY (header_key, kind, item, source)
        )""",
    ):
        connection.execute(text(statement))


def _trail_and_who_imported(connection: Connection) -> None:
    statements = [
        "ALTER TABLE imports ADD COLUMN actor VARCHAR DEFAULT '' NOT NULL",
        """CREATE TABLE audit (
            number BIGINT NOT NULL, done_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL, deed VARCHAR NOT NULL,
            subject VARCHAR NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (number)
        )""",
    ]
    if connection.dialect.name == "postgresql":
        statements += [
            """CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = '42501'; END $$""",
            """CREATE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
            FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()""",
        ]
    for statement in statements:
        connection.execute(text(statement))


# The step at place n leads from version n + 1 to the next.
STEPS: tuple[Step, ...] = (_matches_counted_tables_and_superseded_forms, _trail_and_who_imported)
