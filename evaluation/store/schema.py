"""The tables: imports, responses and what belongs to them, remembered matches. No person is known but by pseudonym.

Whoever changes a table raises VERSION and adds a step to migrations.py.
"""

from sqlalchemy import (
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
    false,
)

VERSION = 2

metadata = MetaData()

import_ids = Sequence("import_ids", metadata=metadata)

state = Table(
    "state",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("schema_version", Integer, nullable=False),
    Column("data_version", String(32), nullable=False),
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
    Column("synthetic", Boolean, nullable=False),
    Column("set_aside", Integer, nullable=False, server_default="0"),
)

responses = Table(
    "responses",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("response_no", Integer, nullable=False),
    Column("practice", String, nullable=False),
    Column("municipality", String, nullable=False),
    Column("cohort", String, nullable=False),
    Column("role", String, nullable=False),
    Column("questionnaire", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("timing", String, nullable=False),
    Column("participant", String),
    Column("answered_on", Date),
    Column("fingerprint", String(64), nullable=False),
    Column("person_key", String),
    # Made of counts: it holds answers of different people, so that nothing may be asked of it as a whole.
    Column("counted", Boolean, nullable=False, server_default=false()),
    # A form in whose place another of the same person was taken stays here, counts nowhere, and gives its key up.
    Column("superseded_by", BigInteger),
    Column("superseded_key", String),
    PrimaryKeyConstraint("import_id", "response_no"),
    UniqueConstraint("fingerprint"),
    UniqueConstraint("person_key"),
)

answers = Table(
    "answers",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("response_no", Integer, nullable=False),
    Column("item", String, nullable=False),
    Column("value", Integer, nullable=False),
)

open_answers = Table(
    "open_answers",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("response_no", Integer, nullable=False),
    Column("item", String, nullable=False),
    Column("text", String, nullable=False),
)

attendances = Table(
    "attendances",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("response_no", Integer, nullable=False),
    Column("session_no", Integer, nullable=False),
    Column("held_on", Date),
    Column("mark", SmallInteger, nullable=False),
)

# What a worker said of a set of headings: columns (source: heading) and answers (source: text, of an item).
mappings = Table(
    "mappings",
    metadata,
    Column("header_key", String(64), nullable=False),
    Column("kind", String, nullable=False),
    Column("item", String, nullable=False),
    Column("source", String, nullable=False),
    Column("target", String),
    Column("saved_at", DateTime, nullable=False),
    PrimaryKeyConstraint("header_key", "kind", "item", "source"),
)

# What may tell a person: codes, what is made of codes, and what people wrote or named.
IDENTIFYING = (
    *(responses.c[name] for name in ("participant", "fingerprint", "person_key", "superseded_key")),
    open_answers.c.text,
    imports.c.file,
    mappings.c.source,
)

CONTENT = (attendances, open_answers, answers, responses)
