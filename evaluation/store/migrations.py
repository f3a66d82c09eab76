"""Brings a database made by an earlier version of the toolkit up to the present tables, step by step."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, text, update

from evaluation.store.content_hash import contents_of
from evaluation.store.frames import fetch_frame, insert_frame
from evaluation.store.schema import VERSION, state, trail_metadata

Step = Callable[[Connection], None]


def migrate(connection: Connection, version: int) -> None:
    """Take every step from version ``version`` to VERSION, in the open transaction."""
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.execute(update(state).values(schema_version=VERSION))


def create_earlier_state(connection: Connection, version: int) -> None:
    """Make in an empty database what a backup of ``version`` leaves out: its state and, if it had one, its trail.

    The steps from that version on find there what they would find in a database.
    """
    if version < _WITH_KIND:
        connection.execute(text("CREATE TABLE state (id SMALLINT, schema_version INTEGER, data_version VARCHAR(32))"))
    else:
        state.create(connection)
    connection.execute(
        text("INSERT INTO state (id, schema_version, data_version) VALUES (1, :found, '')"), {"found": version}
    )
    if version >= _WITH_TRAIL:
        trail_metadata.create_all(connection)


# A step stays as it was written, whatever the tables become later; so it has statements of itself.
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


def _sample_apart(connection: Connection) -> None:
    """Take out what came from sample workbooks: the sample has another database, and this one is the worker's."""
    sample = "IN (SELECT import_id FROM imports WHERE synthetic)"
    forms = connection.execute(text(f"SELECT count(*) FROM responses WHERE import_id {sample}")).scalar_one()  # noqa: S608
    waiting = text(f"SELECT count(*) FROM responses WHERE superseded_by {sample}")  # noqa: S608
    # A form that one of the sample replaced counts again, unless another replaced that one.
    while connection.execute(waiting).scalar_one():
        connection.execute(
            text(
                """UPDATE responses SET superseded_by = (
                    SELECT later.superseded_by FROM responses AS later
                    WHERE later.import_id = responses.superseded_by
                    AND COALESCE(later.person_key, later.superseded_key) = responses.superseded_key
                ) WHERE superseded_by """  # noqa: S608
                + sample
            )
        )
    for table in ("attendances", "open_answers", "answers", "responses", "imports"):
        connection.execute(text(f"DELETE FROM {table} WHERE import_id {sample}"))  # noqa: S608
    for statement in (
        "UPDATE responses SET person_key = superseded_key, superseded_key = NULL "
        "WHERE superseded_by IS NULL AND superseded_key IS NOT NULL",
        "ALTER TABLE imports DROP COLUMN synthetic",
        "ALTER TABLE state ADD COLUMN kind VARCHAR(8) DEFAULT 'own' NOT NULL",
    ):
        connection.execute(text(statement))
    if forms:
        connection.execute(text("UPDATE state SET data_version = :mark"), {"mark": uuid.uuid4().hex})
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        connection.execute(
            text(
                "INSERT INTO audit (number, done_at, actor, deed, subject, count) "
                "SELECT COALESCE(MAX(number), 0) + 1, :now, '', 'samples_removed', '', :forms FROM audit"
            ),
            {"now": now, "forms": forms},
        )


def _forms_known_by_what_they_say(connection: Connection) -> None:
    """Put what a form says, a tool's number and its row in its file in place of the one fingerprint of all that."""
    columns = (
        "import_id, response_no, practice, municipality, cohort, role, questionnaire, version, timing, participant, "
        "answered_on"
    )
    before = ", ".join(f"form.{name}" for name in columns.split(", "))
    connection.execute(text("ALTER TABLE responses RENAME TO responses_before"))
    _contents_made(connection)
    for statement in (
        """CREATE TABLE responses (
            import_id BIGINT NOT NULL, response_no INTEGER NOT NULL, practice VARCHAR NOT NULL,
            municipality VARCHAR NOT NULL, cohort VARCHAR NOT NULL, role VARCHAR NOT NULL,
            questionnaire VARCHAR NOT NULL, version INTEGER NOT NULL, timing VARCHAR NOT NULL, participant VARCHAR,
            answered_on DATE, contents BIGINT, tool_key VARCHAR(64), source_key VARCHAR, person_key VARCHAR,
            counted BOOLEAN DEFAULT FALSE NOT NULL, superseded_by BIGINT, superseded_as INTEGER, superseded_key VARCHAR,
            PRIMARY KEY (import_id, response_no), UNIQUE (person_key)
        )""",
        f"""INSERT INTO responses ({columns}, contents, person_key, counted, superseded_by, superseded_as,
                superseded_key)
            SELECT {before}, made.contents, form.person_key, form.counted,
                form.superseded_by, later.response_no, form.superseded_key
            FROM responses_before AS form
            LEFT JOIN contents_made AS made
                ON made.import_id = form.import_id AND made.response_no = form.response_no
            LEFT JOIN responses_before AS later
                ON later.import_id = form.superseded_by
                AND COALESCE(later.person_key, later.superseded_key) = form.superseded_key""",  # noqa: S608
        "DROP TABLE contents_made",
        "DROP TABLE responses_before",
        *(
            f"ALTER TABLE {table} ADD COLUMN carried_from BIGINT"
            for table in ("answers", "open_answers", "attendances")
        ),
    ):
        connection.execute(text(statement))


def _contents_made(connection: Connection) -> None:
    """Make a table of what every form says, import by import."""
    made = Table(
        "contents_made",
        MetaData(),
        Column("import_id", BigInteger),
        Column("response_no", Integer),
        Column("contents", BigInteger),
    )
    made.create(connection)

    def of_import(import_id: int, table: str, columns: str) -> pd.DataFrame:
        return fetch_frame(
            connection,
            text(f"SELECT {columns} FROM {table} WHERE import_id = {int(import_id)}"),  # noqa: S608
        )

    for import_id in connection.execute(text("SELECT DISTINCT import_id FROM responses_before")).scalars().all():
        forms = of_import(import_id, "responses_before", "response_no")["response_no"]
        contents = contents_of(
            forms,
            of_import(import_id, "answers", "response_no, item, value"),
            of_import(import_id, "open_answers", "response_no, item, text"),
            of_import(import_id, "attendances", "response_no, session_no, held_on, mark"),
        )
        insert_frame(
            connection, made, pd.DataFrame({"import_id": import_id, "response_no": forms, "contents": contents})
        )


def _stated_people(connection: Connection) -> None:
    connection.execute(
        text(
            """CREATE TABLE different_people (
                practice VARCHAR NOT NULL, municipality VARCHAR NOT NULL, span VARCHAR NOT NULL,
                stated_at TIMESTAMP NOT NULL, actor VARCHAR DEFAULT '' NOT NULL,
                PRIMARY KEY (practice, municipality, span)
            )"""
        )
    )


def _own_definitions(connection: Connection) -> None:
    """Make room for the definitions that are made on a page."""
    connection.execute(
        text(
            """CREATE TABLE definitions (
                kind VARCHAR(20) NOT NULL, id VARCHAR(60) NOT NULL, version INTEGER NOT NULL, document VARCHAR NOT NULL,
                created_at TIMESTAMP NOT NULL, created_by VARCHAR NOT NULL, retired BOOLEAN DEFAULT FALSE NOT NULL,
                made_by_import BIGINT, PRIMARY KEY (kind, id, version)
            )"""
        )
    )


def _texts_read_by_a_person(connection: Connection) -> None:
    """Make room for what a person decided on each open answer; until then every one of them waits."""
    for column in ("reading_digest VARCHAR(64)", "publishable BOOLEAN"):
        connection.execute(text(f"ALTER TABLE open_answers ADD COLUMN {column}"))


def _publication_units(connection: Connection) -> None:
    """Make room for the units; what is stored is decided before anything is shown of it or comes beside it.

    A database knows neither the definitions nor the threshold by which that is done.
    """
    connection.execute(
        text(
            """CREATE TABLE publication_units (
                kind VARCHAR(20) NOT NULL, practice VARCHAR NOT NULL, municipality VARCHAR NOT NULL,
                role VARCHAR NOT NULL, questionnaire VARCHAR NOT NULL, cohort VARCHAR NOT NULL,
                unit INTEGER NOT NULL, threshold INTEGER NOT NULL, first_on DATE, last_on DATE, place_of VARCHAR,
                PRIMARY KEY (kind, practice, municipality, role, questionnaire, cohort)
            )"""
        )
    )


# The step at place n leads from version n + 1 to the next.
STEPS: tuple[Step, ...] = (
    _matches_counted_tables_and_superseded_forms,
    _trail_and_who_imported,
    _sample_apart,
    _forms_known_by_what_they_say,
    _stated_people,
    _own_definitions,
    _texts_read_by_a_person,
    _publication_units,
)
# From which version on there is a trail, and a mark of whose answers they are.
_WITH_TRAIL, _WITH_KIND = 3, 4
