"""The sample's database as one person may use it: all of it read by whoever may read anything, nothing changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from evaluation.access.access import Access, Role
from evaluation.access.guarded_store import GuardedStore
from evaluation.records import Draft, Receipt, Remembered
from evaluation.store import Deed, Span, Store, StoreError, UnitDecision


def seeing_all(access: Access) -> Access:
    """Return a right that reaches all of the sample for somebody who may read; it is for the sample's database alone.

    Raises AccessRefused where the person may read nothing.
    """
    access.require(Role.VIEWER)
    return replace(access, role=Role.COORDINATOR)


class SampleStore(GuardedStore):
    """A store of made-up answers: every municipality is seen by everybody who may read, and every change is refused."""

    def __init__(self, store: Store, access: Access) -> None:
        """Keep the sample's store, and the right of the person who uses it."""
        super().__init__(store, seeing_all(access))

    def note(self, deed: Deed, subject: str = "", count: int = 0) -> None:  # noqa: ARG002 - nothing is written here
        """Require the right to read, and leave no line: a download from the sample tells of nobody."""
        self._access.require(Role.VIEWER)

    def preview(
        self,
        draft: Draft,  # noqa: ARG002
        keep: Collection[tuple[str, int]] = (),  # noqa: ARG002
        within: Collection[str] | None = None,  # noqa: ARG002
        decision: UnitDecision | None = None,  # noqa: ARG002
    ) -> Receipt:
        """Refuse, and so does ``accept``: nothing is brought in."""
        raise StoreError("store.sample_takes_nothing")

    accept = preview

    def undo(self, import_id: int) -> int:  # noqa: ARG002
        """Refuse: nothing can be undone."""
        raise StoreError("store.sample_takes_nothing")

    def undoable(self) -> frozenset[int]:
        """Return no import."""
        return frozenset()

    def remembered(self, header_keys: Sequence[str]) -> Mapping[str, Remembered]:  # noqa: ARG002
        """Return nothing: nobody decides anything on the sample's headings."""
        return {}

    def remember(self, header_key: str, mapping: Remembered) -> None:  # noqa: ARG002
        """Refuse: nothing is kept."""
        raise StoreError("store.sample_takes_nothing")

    def state_different(self, practice: str, municipality: str, spans: Collection[Span]) -> None:  # noqa: ARG002
        """Refuse: what is stated is of real people."""
        raise StoreError("store.sample_takes_nothing")

    def decide_texts(self, texts: pd.DataFrame, publishable: bool) -> int:  # noqa: ARG002
        """Refuse: the sample's answers are made up, and are released as they come."""
        raise StoreError("store.sample_takes_nothing")

    def _defining(self) -> Store:
        """Refuse: the sample's definitions are the toolkit's own."""
        raise StoreError("store.sample_takes_nothing")

    def _administered(self) -> Store:
        """Refuse what an administrator alone may do: settings, backups and deleting are for real answers."""
        raise StoreError("store.sample_takes_nothing")
