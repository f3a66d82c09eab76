"""The definitions that a command works with: the toolkit's own, and over them those of the folder and the database."""

from evaluation.cli.output import complain
from evaluation.definitions import Inspection, Library, inspect_library
from evaluation.i18n import Translator
from evaluation.settings import Settings


def inspection(settings: Settings) -> Inspection:
    """Inspect the definitions; a database that is not there yet has none, and is not made for it.

    Raises DefinitionsRefused and StoreError.
    """
    if not settings.database_exists:
        return inspect_library(settings.definitions)
    from evaluation.own_definitions import inspection_of
    from evaluation.store import open_store

    return inspection_of(open_store(settings.database), settings.definitions)


def library_of(settings: Settings, translator: Translator) -> Library:
    """Return the library, and name what is broken and left out on the error stream.

    Raises DefinitionsRefused and StoreError.
    """
    inspected = inspection(settings)
    if inspected.faults:
        complain(translator.plural("definitions.left_out", len(inspected.faults)))
        complain(*(problem.message(translator) for problem in inspected.faults))
    return inspected.library
