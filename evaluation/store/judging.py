"""Comparing a draft with what is stored: new forms, known ones, replacements, and what the worker decides."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection, func, select

from evaluation.records import Draft, OpenQuestion, Receipt
from evaluation.store.anonymous_forms import settle_papers
from evaluation.store.answer_comparison import SESSION, answers_in_draft, answers_in_store, carried_answers
from evaluation.store.candidates import NUMBER, marked, stored_candidates
from evaluation.store.conflicts import conflicts_of
from evaluation.store.content_hash import contents_of
from evaluation.store.counted import NO_ROW, CountedVerdict, judge_counted
from evaluation.store.fates import DUPLICATE, REJECTED, SAVED, Fate, Fates, without
from evaluation.store.file_again import ask_file_again, stored_elsewhere
from evaluation.store.matched_pairs import near_codes_of, pairs_of
from evaluation.store.open_questions import ask_contradicting, ask_other_people
from evaluation.store.receipt_problems import problems_of
from evaluation.store.recognition import (
    settle_known,
    settle_people,
    settle_responses,
    settle_same_rows,
    settle_twice,
)
from evaluation.store.schema import imports

# A form of the draft as the worker points at it: sheet and row.
Place = tuple[str, int]
REPLACING: tuple[Fate, ...] = ("replaces", "reread", "moves", "chosen")


@dataclass(frozen=True, eq=False)
class Verdict:
    """What would become of a draft, and the receipt as it would be without saving.

    ``fresh`` are the responses to save; ``superseded`` the stored forms that they replace (Fates.superseded);
    ``carried`` the stored answers that they take over (answer_comparison.carried_answers).
    """

    fresh: pd.DataFrame
    superseded: pd.DataFrame
    carried: pd.DataFrame
    receipt: Receipt


def judge(
    connection: Connection, draft: Draft, keep: Collection[Place] = (), within: Collection[str] | None = None
) -> Verdict:
    """Compare ``draft`` with what is stored, changing nothing.

    A form is recognised by the row of the same file, then by the number of a survey tool, then by the person, then by
    its answers. A form with more answers completes or replaces the stored one. A form that contradicts it waits for the
    worker, who decides in ``draft.decisions`` and, form by form, in ``keep``: where exactly one form of a person is in
    ``keep`` it is saved, and the others are left out.

    Args:
        connection: an open transaction.
        draft: the file.
        keep: places of the forms that are valid where several of one person stand against each other.
        within: the municipalities whose stored forms may be used or changed; all of them where it is None.
    """
    forms = marked(draft)
    stored = stored_candidates(connection, draft, forms, within)
    fates = Fates(forms)
    questions, people = _settle(connection, draft, fates, stored, keep)
    counted = judge_counted(connection, draft)
    conflicts = conflicts_of(connection, draft, fates.of("conflict"), people)
    saved = _completed(fates.of(*SAVED), stored)
    over = _taken_over(connection, draft, saved)
    fresh = _saved(draft, saved, over, counted)
    near = near_codes_of(connection, saved)
    earlier = connection.execute(
        select(func.min(imports.c.import_id)).where(imports.c.sha256 == draft.sha256)
    ).scalar_one()
    known = None if any(question.kind == "file_again" for question in questions) else earlier
    numbers = _numbers(draft, fates, counted)
    receipt = replace(
        Receipt.of(draft),
        problems=(*draft.problems, *problems_of(fates, stored, known, counted, conflicts, near)),
        conflicts=conflicts,
        near_codes=near,
        pairs=pairs_of(connection, forms[~forms["response_no"].isin(fates.of("conflict")["response_no"])]),
        import_id=earlier if fresh.empty else None,
        questions=(*draft.questions, *questions),
        accepted=numbers["accepted"],
        replaced=numbers["replaced"],
        completed=numbers["completed"],
        rejected=numbers["rejected"],
        duplicates=numbers["duplicates"],
    )
    return Verdict(fresh, fates.superseded, over, receipt)


def _settle(
    connection: Connection, draft: Draft, fates: Fates, stored: pd.DataFrame, keep: Collection[Place]
) -> tuple[list[OpenQuestion], pd.DataFrame]:
    """Decide the fate of every form; return the questions, and the stored forms of the persons (by person_key)."""
    questions: list[OpenQuestion | None] = []
    settle_known(fates, stored)
    away = settle_same_rows(connection, draft, fates, stored)
    others, moved = settle_responses(connection, draft, fates, stored)
    questions.append(ask_file_again(fates, draft, pd.concat([away, moved], ignore_index=True)))
    questions.append(ask_other_people(fates, draft, others))
    settle_twice(fates)
    contradicting, people = settle_people(connection, draft, fates, stored, keep)
    questions.append(ask_contradicting(fates, draft, contradicting))
    questions.append(settle_papers(fates, draft, stored))
    questions.append(ask_file_again(fates, draft, stored_elsewhere(fates, stored)))
    fates.decide(fates.open["response_no"], "new")
    _hold_back_rivals(fates, stored)
    return [question for question in questions if question is not None], people


def _hold_back_rivals(fates: Fates, stored: pd.DataFrame) -> None:
    """Turn forms into conflicts where saving them would leave a person with two forms of one kind."""
    saved = fates.of(*SAVED)
    keyed = saved[saved["person_key"].notna()]
    if keyed.empty:
        return
    holders = without(stored[stored["live"] & stored["person_key"].notna()], fates.superseded)
    several = keyed["person_key"].duplicated(keep=False) | keyed["person_key"].isin(holders["person_key"])
    fates.decide(keyed.loc[several, "response_no"], "conflict")


def _completed(saved: pd.DataFrame, stored: pd.DataFrame) -> pd.DataFrame:
    """Return the forms to save, with the day and the tool's number of those they complete where they say none."""
    names = ["answered_on", "tool_key"]
    if not saved["import_id"].notna().any():
        return saved
    whole = saved.merge(
        stored[[*NUMBER, *names]].astype(dict.fromkeys(NUMBER, object)), on=NUMBER, how="left", suffixes=("", "_s")
    )
    mine = whole["fate"].isin(("completes", "replaces"))
    for name in names:
        lacking = whole[name].isna() & whole[f"{name}_s"].notna() & mine
        whole[name] = whole[name].where(~lacking, whole[f"{name}_s"])
    return whole.drop(columns=[f"{name}_s" for name in names])


def _taken_over(connection: Connection, draft: Draft, saved: pd.DataFrame) -> pd.DataFrame:
    """Return the stored answers that forms take over from those in whose place they stand.

    A completing form takes all answers that it lacks. A replacing form takes the answers to questions that its file
    does not have at all; of the same row of the same file only those that it took over before.
    """
    heirs = saved[saved["import_id"].notna() & saved["fate"].isin(("completes", "replaces", "reread"))]
    if heirs.empty:
        return pd.DataFrame({"part": []})
    stored = answers_in_store(connection, heirs)
    if stored.empty:
        return carried_answers(stored.assign(response_no=pd.Series(dtype="int64")))
    keys = heirs[[*NUMBER, "response_no", "fate"]].astype(dict.fromkeys(NUMBER, "int64"))
    offered = stored.merge(keys, on=NUMBER)
    draft_answers = answers_in_draft(draft, heirs["response_no"])
    answered = pd.MultiIndex.from_frame(draft_answers[["response_no", "item"]])
    open_ones = offered[~pd.MultiIndex.from_frame(offered[["response_no", "item"]]).isin(answered)]
    read = answers_in_draft(draft, draft.responses["response_no"])["item"].unique()
    wanted = (
        (open_ones["fate"] == "completes")
        | ((open_ones["fate"] == "replaces") & ~open_ones["item"].isin(read))
        | ((open_ones["fate"] == "reread") & open_ones["carried_from"].notna())
    )
    return carried_answers(open_ones[wanted])


def _saved(draft: Draft, saved: pd.DataFrame, over: pd.DataFrame, counted: CountedVerdict) -> pd.DataFrame:
    """Return the responses to save, counted tables among them, with what they say then."""
    made = draft.responses[draft.responses["row"] == NO_ROW]
    if not made.empty and counted.fate == "accepted":
        contents = contents_of(made["response_no"], draft.answers, draft.texts, draft.attendance)
        saved = pd.concat([made.assign(contents=contents), saved], ignore_index=True)
    if not over.empty:
        more = _contents_over(over)
        sums = saved["contents"].astype("int64").to_numpy(copy=True)
        sums += saved["response_no"].map(more).fillna(0).astype("int64").to_numpy()
        saved = saved.assign(contents=sums)
    return saved.drop(columns=["fate", *NUMBER], errors="ignore")


def _contents_over(over: pd.DataFrame) -> dict[int, int]:
    """Return by response_no what the answers taken over add to the number of what a form says."""
    forms = over["response_no"].drop_duplicates().reset_index(drop=True)
    answers, texts, marks = (over[over["part"] == part] for part in ("answers", "open_answers", "attendances"))
    contents = contents_of(
        forms,
        answers,
        texts.rename(columns={"value": "text"}),
        marks.assign(session_no=marks["item"].str.removeprefix(SESSION)).rename(columns={"value": "mark"}),
    )
    return dict(zip(forms.tolist(), contents.tolist(), strict=True))


def _numbers(draft: Draft, fates: Fates, counted: CountedVerdict) -> dict[str, int]:
    """Return how many rows have which fate; a form may stand in several rows."""

    def rows(*names: Fate) -> int:
        forms = fates.of(*names)
        return len(forms) + sum(draft.joined.get(int(number), 0) for number in forms["response_no"] if draft.joined)

    numbers = {
        "accepted": rows(*SAVED),
        "rejected": draft.rejected + rows(*REJECTED),
        "duplicates": rows(*DUPLICATE),
    }
    numbers[counted.fate] += draft.counted
    replaced = fates.of(*REPLACING)
    completed = fates.of("completes")
    return numbers | {"replaced": int(replaced["import_id"].notna().sum()), "completed": len(completed)}
