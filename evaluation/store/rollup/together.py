"""Whether exports may be counted together, said before anything is counted."""

from collections.abc import Mapping, Sequence

from evaluation.definitions import Library
from evaluation.definitions.questionnaire_lock import fingerprint
from evaluation.store.errors import StoreError
from evaluation.store.rollup.exports import Export


def check_together(exports: Sequence[Export], library: Library) -> None:
    """Raise StoreError where the union of ``exports`` would not count what ``library`` says.

    A municipality may stand in one export only, for one person's two forms could not be known as one's. Practices must
    be those of the library, and questionnaires must have asked what it says they ask. The sample is made up, and is
    counted with nobody's answers.
    """
    sample = [export for export in exports if export.manifest.synthetic]
    if sample and len(sample) < len(exports):
        raise StoreError("store.exports_mixed", folder=sample[0].folder.name)
    held: dict[str, Export] = {}
    for export in exports:
        for municipality in export.manifest.municipalities:
            other = held.setdefault(municipality, export)
            if other is not export:
                places = {"one": other.folder.name, "other": export.folder.name}
                raise StoreError("store.export_same_municipality", municipality=municipality, **places)
        _check_definitions(export, library)


def _check_definitions(export: Export, library: Library) -> None:
    folder = export.folder.name
    for practice, kind in export.manifest.practices.items():
        known = library.practices.get(practice)
        if known is None or known.type != kind:
            raise StoreError("store.export_other_practice", folder=folder, practice=practice)
    for name, mark in export.manifest.questionnaires.items():
        questionnaire, _, version = name.rpartition(":")
        said = {"folder": folder, "questionnaire": questionnaire, "version": version}
        try:
            form = library.questionnaire(questionnaire, int(version))
        except KeyError as error:
            raise StoreError("store.export_unknown_form", **said) from error
        if fingerprint(form, library) != mark:
            raise StoreError("store.export_other_form", **said)


def versions_beside(exports: Sequence[Export]) -> Mapping[str, tuple[int, ...]]:
    """Return the questionnaires of which there is more than one version, with their versions."""
    found: dict[str, set[int]] = {}
    for export in exports:
        for name in export.manifest.questionnaires:
            questionnaire, _, version = name.rpartition(":")
            found.setdefault(questionnaire, set()).add(int(version))
    return {form: tuple(sorted(versions)) for form, versions in sorted(found.items()) if len(versions) > 1}


def strictest_threshold(exports: Sequence[Export], own: int) -> int:
    """Return the greatest of the counties' thresholds and of one's own: all that is published together keeps to it."""
    return max(own, *(export.manifest.threshold for export in exports))
