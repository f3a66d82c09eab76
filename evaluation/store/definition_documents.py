"""Definitions made on a page, kept as the text of the file that each would be: what they say is read elsewhere."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, and_, delete, false, func, insert, or_, select, update

from evaluation.definitions.documents import DefinitionDocument, Kind
from evaluation.store.errors import StoreError
from evaluation.store.imports import touch
from evaluation.store.schema import audit, definitions, responses
from evaluation.store.trail import Deed

DefinitionKey = tuple[Kind, str]
# As the trail calls a question.
QUESTION = "question"


def documents(connection: Connection) -> tuple[DefinitionDocument, ...]:
    """Return every version of every definition, in the order in which they were made."""
    order = definitions.c.created_at, definitions.c.kind, definitions.c.id, definitions.c.version
    return tuple(
        DefinitionDocument(**row) for row in connection.execute(select(definitions).order_by(*order)).mappings()
    )


def add(connection: Connection, made: Sequence[DefinitionDocument]) -> tuple[tuple[Deed, str], ...]:
    """Add versions; return what the trail is to say of each.

    Raises StoreError where a version is there already: two people changed the same at once, or one would write over
    what answers were given to.
    """
    deeds: list[tuple[Deed, str]] = []
    for document in made:
        versions = set(connection.scalars(select(definitions.c.version).where(_is(document.key))))
        if document.version in versions:
            raise StoreError("store.definition_taken", id=document.id, version=document.version)
        connection.execute(insert(definitions).values(**asdict(document)))
        deeds.append(("definition_changed" if versions else "definition_made", subject(document.key, document.version)))
    touch(connection)
    return tuple(deeds)


def set_retired(connection: Connection, keys: Collection[DefinitionKey], retired: bool) -> tuple[str, ...]:
    """Retire definitions or take them back into use; return what the trail is to say of those that changed."""
    changed = tuple(
        key for key in keys if (_rows(connection, _is(key) & (definitions.c.retired.is_not(retired)))) is not None
    )
    connection.execute(update(definitions).where(_any(changed)).values(retired=retired))
    touch(connection)
    return tuple(subject(key) for key in changed)


def answered(connection: Connection, besides: int) -> frozenset[DefinitionKey]:
    """Return the practices and questionnaires of which answers are stored, also replaced ones, by other imports."""
    used = select(responses.c.practice, responses.c.questionnaire).where(responses.c.import_id != besides).distinct()
    keys: set[DefinitionKey] = set()
    for practice, form in connection.execute(used):
        keys |= {("practice", practice), ("questionnaire", form)}
    return frozenset(keys)


def remove(connection: Connection, keys: Collection[DefinitionKey]) -> tuple[str, ...]:
    """Delete definitions with all their versions; return what the trail is to say of them and of their questions.

    Raises StoreError where answers are stored of one: they could be read no more.
    """
    for kind, name in keys:
        column = {"questionnaire": responses.c.questionnaire, "practice": responses.c.practice}.get(kind)
        if column is not None:
            forms = connection.execute(select(func.count()).where(column == name)).scalar_one()
            if forms:
                raise StoreError("store.definition_in_use", id=name, forms=forms)
    there = tuple(document for document in documents(connection) if document.key in {*keys})
    connection.execute(delete(definitions).where(_any({document.key for document in there})))
    touch(connection)
    questions = sorted({name for document in there for name in document.ids} - {document.id for document in there})
    return tuple(dict.fromkeys([*(subject(document.key) for document in there), *map(_question, questions)]))


def _question(name: str) -> str:
    """Return what the trail says of a question that went with its questionnaire."""
    return f"{QUESTION} {name}"


def spent_ids(connection: Connection) -> frozenset[str]:
    """Return the ids of all definitions ever made here, and of the questions removed: forms with them may be about."""
    subjects = select(audit.c.subject).where(audit.c.deed.in_(("definition_made", "definition_removed")))
    return frozenset(subject.split()[1] for subject in connection.execute(subjects).scalars())


def subject(key: DefinitionKey, version: int | None = None) -> str:
    """Return what the trail says of a definition: its kind, its id and its version."""
    return " ".join((*key, *([str(version)] if version is not None else [])))


def _is(key: DefinitionKey) -> ColumnElement[bool]:
    return and_(definitions.c.kind == key[0], definitions.c.id == key[1])


def _any(keys: Collection[DefinitionKey]) -> ColumnElement[bool]:
    return or_(false(), *map(_is, keys))


def _rows(connection: Connection, which: ColumnElement[bool]) -> object | None:
    return connection.execute(select(definitions.c.version).where(which).limit(1)).first()
