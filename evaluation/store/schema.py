"""The tables: imports, responses and what belongs to them, remembered matches, own definitions, and the trail.

No person who answered is known but by pseudonym. The trail is separate from the rest: what empties, fills or remakes a
database leaves it as it is.

Whoever changes a table raises VERSION and adds a step to migrations.py.
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    event,
    false,
)

VERSION = 9

metadata = MetaData()
trail_metadata = MetaData()

import_ids = Sequence("import_ids", metadata=metadata)


# A column belongs to one table, so that tables with the same columns have them made anew.
def _names(*columns: str) -> list[Column[str]]:
    """Return columns of names that are always there."""
    return [Column(column, String, nullable=False) for column in columns]


def _response_number() -> list[Column[int]]:
    """Return the columns by which a stored response is known."""
    return [Column("import_id", BigInteger, nullable=False), Column("response_no", Integer, nullable=False)]


state = Table(
    "state",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("schema_version", Integer, nullable=False),
    Column("data_version", String(32), nullable=False),
    # Whose answers these are, a worker's or the sample's: see kinds.py.
    Column("kind", String(8), nullable=False, server_default="own"),
)

imports = Table(
    "imports",
    metadata,
    Column("import_id", BigInteger, primary_key=True, autoincrement=False),
    Column("file", String, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("accepted_at", DateTime, nullable=False),
    Column("layout", String, nullable=False),
    Column("questionnaires", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False, server_default="0"),
    # Who imported it, as the sign-in names them; nobody where there is no sign-in.
    Column("actor", String, nullable=False, server_default=""),
)

responses = Table(
    "responses",
    metadata,
    *_response_number(),
    *_names("practice", "municipality", "cohort", "role", "questionnaire"),
    Column("version", Integer, nullable=False),
    Column("timing", String, nullable=False),
    Column("participant", String),
    Column("answered_on", Date),
    # What identifies a form: what it says, the survey tool's number, and its row of its file.
    Column("contents", BigInteger),
    Column("tool_key", String(64)),
    Column("source_key", String),
    Column("person_key", String),
    # Made of counts: it holds answers of different people, so that nothing may be counted over it as a whole.
    Column("counted", Boolean, nullable=False, server_default=false()),
    # A form that another one replaced stays here, counts nowhere, and gives its key up. The other is known by its
    # import and its number there; the number is missing where a whole set of forms took the place of another.
    Column("superseded_by", BigInteger),
    Column("superseded_as", Integer),
    Column("superseded_key", String),
    PrimaryKeyConstraint("import_id", "response_no"),
    UniqueConstraint("person_key"),
)

# ``carried_from`` is the import that an answer first came with, where a form was completed by a later one: when that
# import is undone, the answer goes.
answers = Table(
    "answers",
    metadata,
    *_response_number(),
    Column("item", String, nullable=False),
    Column("value", Integer, nullable=False),
    Column("carried_from", BigInteger),
)

# ``reading_digest`` is of the screened form in which a person has read a text; a text that nobody has read has none.
# ``publishable`` is what that person decided; it holds only as long as the screened form is that one.
open_answers = Table(
    "open_answers",
    metadata,
    *_response_number(),
    Column("item", String, nullable=False),
    Column("text", String, nullable=False),
    Column("carried_from", BigInteger),
    Column("reading_digest", String(64)),
    Column("publishable", Boolean),
)

attendances = Table(
    "attendances",
    metadata,
    *_response_number(),
    Column("session_no", Integer, nullable=False),
    Column("held_on", Date),
    Column("mark", SmallInteger, nullable=False),
    Column("carried_from", BigInteger),
)

# What a worker decided on a set of headings: columns (source: heading) and answers (source: text, of an item).
mappings = Table(
    "mappings",
    metadata,
    Column("header_key", String(64), nullable=False),
    *_names("kind", "item", "source"),
    Column("target", String),
    Column("saved_at", DateTime, nullable=False),
    PrimaryKeyConstraint("header_key", "kind", "item", "source"),
)

# Where a worker has stated that cohorts or days (``span``) of a practice are of different people.
different_people = Table(
    "different_people",
    metadata,
    *_names("practice", "municipality", "span"),
    Column("stated_at", DateTime, nullable=False),
    Column("actor", String, nullable=False, server_default=""),
    PrimaryKeyConstraint("practice", "municipality", "span"),
)

# The publication unit of a cohort, decided once (privacy/publication_units.py). A row is never changed, and stays when
# the cohort goes. ``unit`` numbers the units of a kind, practice, municipality, role and questionnaire; those
# below nought are joints, the same number in several practices (privacy/joint_units.py); ``threshold``
# is the one by which it was decided, the days those on which the cohort was then going on, and ``place_of`` the cohort
# that was gone and whose place it took.
publication_units = Table(
    "publication_units",
    metadata,
    Column("kind", String(20), nullable=False),
    *_names("practice", "municipality", "role", "questionnaire", "cohort"),
    Column("unit", Integer, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("place_of", String),
    PrimaryKeyConstraint("kind", "practice", "municipality", "role", "questionnaire", "cohort"),
)

# Scales, questionnaires and practices made on a page, as the text of a definition file. A version is never written
# over; ``made_by_import`` is the import with which it came, where there was one.
definitions = Table(
    "definitions",
    metadata,
    Column("kind", String(20), nullable=False),
    Column("id", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", String, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("created_by", String, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
    Column("made_by_import", BigInteger),
    PrimaryKeyConstraint("kind", "id", "version"),
)

# Who did what and when. Rows are numbered without gaps, so that one that is missing shows.
audit = Table(
    "audit",
    trail_metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("done_at", DateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("deed", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("count", Integer, nullable=False),
)

# A server refuses to change the trail, also what is typed into it by hand under the role of the toolkit.
ONLY_ADDED_TO = (
    """CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = '42501'; END $$""",
    """CREATE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()""",
)
for _statement in ONLY_ADDED_TO:
    event.listen(audit, "after_create", DDL(_statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]

# What may tell a person: codes, what is made of codes, and what people wrote or named.
IDENTIFYING = (
    *(responses.c[name] for name in ("participant", "tool_key", "source_key", "person_key", "superseded_key")),
    open_answers.c.text,
    imports.c.file,
    mappings.c.source,
    definitions.c.document,
)

CONTENT = (attendances, open_answers, answers, responses)
