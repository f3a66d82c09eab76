"""Forms recognised by their keys: the row of the same file, a survey tool's number, or the person."""

from collections.abc import Collection

import pandas as pd
from sqlalchemy import Connection

from evaluation.records import Draft
from evaluation.store.answer_comparison import with_comparison
from evaluation.store.candidates import COHORT, FORM, NUMBER, source_of
from evaluation.store.fates import PLACE, Fates, alike, fitting, one_to_one, paired, unmatched, unreplaced

KEYS = ("source_key", "tool_key", "person_key")


def settle_known(fates: Fates, stored: pd.DataFrame) -> None:
    """Settle the forms that are stored unchanged, and those that another form replaced since."""
    for live in (True, False):
        forms = stored[stored["live"] == live]
        for key in KEYS if len(forms) else ():
            pairs = paired(fates.open, forms, [key, "contents"])
            if pairs.empty:
                continue
            known = pairs[_same_place(pairs) & _code_known(pairs) & _day_known(pairs)]
            if live:
                fates.pair(known.drop_duplicates("response_no"), "same")
            else:
                fates.pair(known.drop_duplicates("response_no", keep="last"), "superseded")


def _same_place(pairs: pd.DataFrame) -> pd.Series:
    same = pd.Series(True, index=pairs.index)
    for name in PLACE:
        same &= pairs[name] == pairs[f"{name}_s"]
    return same


def _code_known(pairs: pd.DataFrame) -> pd.Series:
    return pairs["participant"].isna() | alike(pairs, "participant")


def _day_known(pairs: pd.DataFrame) -> pd.Series:
    return pairs["answered_on"].isna() | alike(pairs, "answered_on")


def settle_twice(fates: Fates) -> None:
    """Settle the forms that the file has twice, with the same answers and the same marks."""
    forms = fates.open
    person = ["person_key", "contents", "answered_on", "tool_key"]
    tool = ["tool_key", *FORM, "contents", "participant"]
    again = forms["person_key"].notna() & forms.duplicated(person)
    again |= forms["tool_key"].notna() & forms.duplicated(tool)
    fates.decide(forms.loc[again, "response_no"], "twice")


def settle_same_rows(connection: Connection, draft: Draft, fates: Fates, stored: pd.DataFrame) -> pd.DataFrame:
    """Settle rows of a file that is stored already and is read differently now: the new reading is valid.

    Returns the pairs whose stored form stands at another place: another cohort, questionnaire or day.
    """
    pairs = _of_same_rows(draft, fates, unmatched(stored[stored["live"]], fates))
    if pairs.empty:
        return pairs
    if draft.source is not None:
        # A workbook with our comments may have been sorted or added to before it came back.
        pairs = pairs[alike(pairs, "participant")]
    here = _is_here(pairs)
    unmoved = pairs[here]
    if not unmoved.empty:
        comparison = with_comparison(connection, draft, unmoved)
        changed = (
            comparison["contradicts"]
            | comparison["adds"]
            | comparison["cleared"]
            | ~_code_known(comparison)
            | ~_day_known(comparison)
        )
        fates.pair(comparison[changed], "reread")
        fates.pair(comparison[~changed], "same")
    return pairs[~here]


def _is_here(pairs: pd.DataFrame) -> pd.Series:
    """Tell of pairs whether the stored form stands where the draft's form would; a person's day may be mended."""
    same = _same_place(pairs)
    person = pairs["person_key"].notna() & alike(pairs, "person_key")
    return same & (fitting(pairs, "answered_on") | person)


def _of_same_rows(draft: Draft, fates: Fates, live: pd.DataFrame) -> pd.DataFrame:
    """Pair the open forms with stored ones of the same row of the same file, the same questionnaire before another."""
    if live.empty:
        return paired(fates.open, live, ["source_key"])
    every = paired(fates.open, live, ["source_key"])
    same_form = (every["questionnaire"] == every["questionnaire_s"]) & (every["timing"] == every["timing_s"])
    order = ["same_form", "here", "import_id"]
    ranked = every.assign(same_form=same_form, here=_is_here(every)).sort_values(order, ascending=False, kind="stable")
    pairs = one_to_one(ranked).drop(columns=["same_form", "here"])
    old = live[live["source_key"].isna() & (live["sha256"] == source_of(draft))]
    rest = fates.open
    by_order = _by_order(draft, rest[~rest["response_no"].isin(pairs["response_no"])], old)
    return pd.concat([pairs, by_order], ignore_index=True) if len(by_order) else pairs


def _by_order(draft: Draft, forms: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Pair forms with those that an earlier version of the toolkit stored of the same file, by their order.

    The order counts only where an import saved every row that the draft has now.
    """
    whole = old.groupby("import_id")["stored_no"].transform("size") == len(draft.responses)
    numbered = old[whole].assign(response_no=old["stored_no"])
    pairs = paired(forms, numbered.sort_values("import_id", ascending=False), ["response_no", *FORM])
    return one_to_one(pairs.assign(**{f"{name}_s": pairs[name] for name in FORM}))


def settle_responses(
    connection: Connection, draft: Draft, fates: Fates, stored: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Settle the responses of a survey tool that are stored with the same number: a corrected one replaces.

    Returns:
        The pairs that contradict one another, where most do: the numbers may be those of other people. And the pairs
        whose stored form stands in another cohort.
    """
    live = unmatched(stored[stored["live"]], fates)
    pairs = one_to_one(paired(fates.open, live, ["tool_key", *FORM]))
    if pairs.empty:
        return pairs, pairs
    # Another code and other answers under one number are another person's.
    pairs = pairs[fitting(pairs, "participant") | (pairs["contents"] == pairs["contents_s"])]
    here = (pairs[COHORT].to_numpy() == pairs[[f"{name}_s" for name in COHORT]].to_numpy()).all(axis=1)
    away, pairs = pairs[~here], pairs[here]
    equal = away["contents"] == away["contents_s"]
    away = away if 2 * int(equal.sum()) >= len(away) else away[:0]
    if pairs.empty:
        return pairs, away
    comparison = with_comparison(connection, draft, pairs)
    contradicts = (
        comparison["contradicts"]
        | comparison["cleared"]
        | ~fitting(comparison, "participant")
        | ~fitting(comparison, "answered_on")
    )
    adds = comparison["adds"] | ~_code_known(comparison) | ~_day_known(comparison)
    fates.pair(comparison[~contradicts & ~adds], "same")
    fates.pair(comparison[~contradicts & adds], "completes")
    others = comparison[contradicts]
    known = len(fates.of("same")) + len(comparison) - len(others)
    if len(others) > max(1, known):
        return others, away
    fates.pair(others, "replaces")
    return others[:0], away


def settle_people(
    connection: Connection, draft: Draft, fates: Fates, stored: pd.DataFrame, keep: Collection[tuple[str, int]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Settle the forms of which a person has only one: those that add to a stored one, and those chosen in ``keep``.

    Returns:
        The pairs that contradict one another, and the stored forms of the persons (a row a person, by person_key).
    """
    persons = fates.open
    persons = persons[persons["person_key"].notna()]
    live = unreplaced(stored[stored["live"]], fates)
    people = pd.concat([live[live["person_key"].notna()], _diary_days(persons, live)], ignore_index=True)
    people = people.drop_duplicates("person_key")
    twice = persons["person_key"].duplicated(keep=False)
    pairs = paired(persons[~twice], people, ["person_key"])
    others = pairs
    if not pairs.empty:
        comparison = with_comparison(connection, draft, pairs)
        contradicts = comparison["contradicts"] | ~fitting(comparison, "answered_on") | ~fitting(comparison, "tool_key")
        adds = comparison["adds"] | ~_day_known(comparison)
        fates.pair(comparison[~contradicts & ~adds], "same")
        fates.pair(comparison[~contradicts & adds], "completes")
        others = comparison[contradicts]
    rivals = persons[twice | persons["response_no"].isin(others["response_no"])]
    if rivals.empty:
        return others, people
    chosen = pd.Series(
        [place in frozenset(keep) for place in zip(rivals["sheet"], rivals["row"], strict=True)],
        index=rivals.index,
        dtype=bool,
    )
    decided = chosen.groupby(rivals["person_key"]).transform("sum") == 1
    partners = rivals.merge(people[["person_key", *NUMBER]], on="person_key", how="left")
    fates.pair(partners[partners["response_no"].isin(rivals.loc[decided & chosen, "response_no"])], "chosen")
    fates.decide(rivals.loc[decided & ~chosen, "response_no"], "left")
    fates.decide(rivals.loc[~decided & rivals["person_key"].duplicated(keep=False), "response_no"], "conflict")
    waiting = set(fates.open["response_no"])
    return others[others["response_no"].isin(waiting)], people


def _diary_days(persons: pd.DataFrame, live: pd.DataFrame) -> pd.DataFrame:
    """Return days of diaries that an earlier version stored without a key, with the keys that they have now."""
    key = [*PLACE, "answered_on"]
    days = persons[persons["participant"].isna()]
    if days.empty or live.empty:
        return live[:0]
    days = days[~days["person_key"].isin(live["person_key"])]
    old = live[live["person_key"].isna() & live["participant"].isna()].drop(columns="person_key")
    if days.empty or old.empty:
        return live[:0]
    days = days.assign(nth=days.groupby(key).cumcount())
    old = old.assign(nth=old.groupby(key).cumcount())
    return old.merge(days[[*key, "nth", "person_key"]], on=[*key, "nth"]).drop(columns="nth")
