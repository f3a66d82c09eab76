"""Forms without a code and without a tool's number: whether they are stored already."""

from dataclasses import dataclass, field

import pandas as pd

from evaluation.records import Choice, Draft, OpenQuestion
from evaluation.store.candidates import NUMBER, source_of
from evaluation.store.fates import PLACE, Fates, unmatched, without
from evaluation.store.open_questions import decision_on, import_named

# So many equal forms are hardly equal by chance.
ENOUGH = 3
CHOICES = ("replace", "add", "other")
GROUP = [*PLACE, "day"]


@dataclass(frozen=True, eq=False)
class _Papers:
    """The forms of a draft in groups of one cohort and day where some equal stored ones, and those stored forms.

    ``equal`` are pairs that say the same; ``rest`` forms of the draft and ``others`` stored ones without an equal.
    ``resembling`` tells whether most of an earlier file is here.
    """

    equal: pd.DataFrame
    rest: pd.DataFrame
    others: pd.DataFrame
    resembling: bool
    known_file: bool = field(default=False)

    @property
    def certain(self) -> bool:
        """Tell whether these are the stored papers, with some more of them at most, or some of them only."""
        n, more, missing = len(self.equal), len(self.rest), len(self.others)
        if self.known_file:
            return not missing
        if not more and not missing:
            return n > 1
        grown, part = not missing and n > more, not more and n > missing
        return n >= ENOUGH and (grown or part)

    @property
    def suggested(self) -> str:
        if not self.resembling:
            return "other"
        return "replace" if len(self.others) and len(self.rest) else "add"


def settle_papers(fates: Fates, draft: Draft, stored: pd.DataFrame) -> OpenQuestion | None:
    """Settle forms that only their answers identify; return the question where these do not suffice.

    In doubt: ``replace`` puts the file in the place of the stored forms, ``add`` saves what is not stored, ``other``
    saves everything, for other people may give equal answers.
    """
    papers = _compared(fates, draft, stored)
    if papers is None:
        return None
    if papers.certain:
        fates.pair(papers.equal, "same")
        return None
    key = f"same_papers:{draft.sha256[:8]}"
    decision = decision_on(draft, key, CHOICES)
    numbers = [*papers.equal["response_no"], *papers.rest["response_no"]]
    if decision in ("replace", "add"):
        fates.pair(papers.equal, "same")
    if decision == "replace":
        _replace(fates, papers)
    if decision in ("add", "other"):
        fates.decide([number for number in numbers if number in set(fates.open["response_no"])], "new")
    if decision is None:
        fates.decide(numbers, "waits")
    return OpenQuestion(
        key=key,
        kind="same_papers",
        choices=tuple(map(Choice, CHOICES)),
        sheet=str(papers.equal["sheet"].iloc[0]),
        rows=len(numbers),
        values=import_named(papers.equal)
        | {"equal": len(papers.equal), "different": len(papers.rest), "others": len(papers.others)},
        suggested=papers.suggested,
        decision=decision,
    )


def _compared(fates: Fates, draft: Draft, stored: pd.DataFrame) -> _Papers | None:
    """Compare the open forms without a key with stored ones; None where none has the same answers."""
    forms = _grouped(fates.open[fates.open["person_key"].isna()])
    live = unmatched(stored[stored["live"]], fates)
    pool = live[live["person_key"].isna() & live["participant"].isna()]
    if forms.empty or pool.empty:
        return None
    # The number of a survey tool distinguishes such forms; other rows of this very file are other papers.
    if forms["tool_key"].notna().all():
        pool = pool[pool["tool_key"].isna()]
    known_file = draft.source is not None and bool((stored["sha256"] == source_of(draft)).any())
    pool = _grouped(pool[~pool["source_key"].fillna("").str.startswith(source_of(draft)[:32])] if len(pool) else pool)
    equal = _equal(forms, pool)
    if equal.empty:
        return None
    places = pd.MultiIndex.from_frame(equal[GROUP])
    forms = forms[pd.MultiIndex.from_frame(forms[GROUP]).isin(places)]
    pool = pool[pd.MultiIndex.from_frame(pool[GROUP]).isin(places)]
    sizes, shared = pool["import_id"].value_counts(), equal["import_id"].value_counts()
    like = shared.index[2 * shared >= sizes.reindex(shared.index)]
    of_imports = like if len(like) else shared.index
    pool = pool[pool["import_id"].isin(of_imports)]
    equal = _equal(forms, pool)
    rest = forms[~forms["response_no"].isin(equal["response_no"])]
    return _Papers(equal, rest, without(pool, equal), bool(len(like)), known_file)


def _grouped(forms: pd.DataFrame) -> pd.DataFrame:
    days = forms["answered_on"]
    return forms.assign(day=days.where(days.notna(), "").astype(str))


def _equal(forms: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """Pair forms of one group that say the same, one to one."""
    keys = [*GROUP, "contents"]
    one = forms.assign(nth=forms.groupby(keys).cumcount())
    columns = [*keys, *NUMBER, "file", "imported_on"]
    other = pool[columns].assign(nth=pool.groupby(keys).cumcount())
    return one.merge(other, on=[*keys, "nth"]).drop(columns="nth")


def _replace(fates: Fates, papers: _Papers) -> None:
    """Put the forms of the file in place of the stored ones of the same cohort and day; withdraw those that remain."""
    rest = papers.rest.assign(nth=papers.rest.groupby(GROUP).cumcount())
    others = papers.others.assign(nth=papers.others.groupby(GROUP).cumcount())
    pairs = rest.merge(others[[*GROUP, "nth", *NUMBER]], on=[*GROUP, "nth"])
    fates.decide(rest["response_no"], "new")
    fates.pair(pairs, "replaces")
    fates.withdrawn = pd.concat([fates.withdrawn, without(papers.others, pairs)[NUMBER]], ignore_index=True)
