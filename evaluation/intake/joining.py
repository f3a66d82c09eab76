"""One form that stands in several rows, and numbers of a survey tool that turn out not to be unique."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

# Answers, texts and marks of a draft: response_no first, the item next, and the value last.
Parts = Sequence[pd.DataFrame]


def joined_forms(
    responses: pd.DataFrame, parts: Parts, tables: npt.NDArray[np.int64]
) -> tuple[pd.Series, Mapping[int, int]]:
    """Find the forms of one person that stand in several tables of a file without contradiction.

    Args:
        responses: the forms as they stand, a row each, numbered from 0.
        parts: what they say.
        tables: the number of the table in which they stand.

    Returns:
        By response_no the number of the form that it is part of, and by that number how many further rows it has;
        nothing where there is none. Two rows of one table are never joined: they may be two people with one code.
    """
    nobody: tuple[pd.Series, Mapping[int, int]] = (pd.Series(dtype=np.int64), {})
    coded = responses[responses["person_key"].notna() & responses["participant"].notna()]
    again = coded[coded["person_key"].duplicated(keep=False)]
    if again.empty:
        return nobody
    again = again.assign(table=tables[again["response_no"].to_numpy(np.int64)])
    statements = _statements(again, parts).assign(
        key=lambda frame: frame["response_no"].map(_by_number(again, "person_key"))
    )
    answers = statements.groupby(["key", "item"], sort=False)["value"].nunique()
    contradicting = set(answers[answers > 1].index.get_level_values("key"))
    by_person = again.groupby("person_key", sort=False)
    one_per_table = by_person["table"].nunique() == by_person.size()
    days, tools = by_person["answered_on"].nunique(), by_person["tool_key"].nunique()
    fits = one_per_table & (days <= 1) & (tools <= 1) & ~one_per_table.index.isin(contradicting)
    # Forms that say the same are no parts of one another; the store leaves the second one out.
    several = _adding(statements)
    one = again[again["person_key"].map(fits) & again["person_key"].isin(several)]
    if one.empty:
        return nobody
    first = one.groupby("person_key", sort=False)["response_no"].transform("min")
    forms = pd.Series(responses["response_no"].to_numpy(), index=responses["response_no"].to_numpy())
    forms.loc[one["response_no"].to_numpy()] = first.to_numpy()
    heads, rows = np.unique(first.to_numpy(np.int64), return_counts=True)
    return forms, dict(zip(heads.tolist(), (rows - 1).tolist(), strict=True))


def _adding(statements: pd.DataFrame) -> set[str]:
    """Return the persons with a form that says something another of their forms does not."""
    forms = statements.groupby("key", sort=False)["response_no"].nunique()
    saying = statements.groupby(["key", "item"], sort=False)["response_no"].nunique()
    alone = saying[saying < forms.reindex(saying.index.get_level_values("key")).to_numpy()]
    return set(alone.index.get_level_values("key"))


def trusted_numbers(responses: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Return ``responses`` without the marks of the survey tool where one mark stands by two different responses.

    Two exports pasted under one another begin to count anew, and "Vastaaja 1" may be the first of each group.
    """
    key = ["tool_key", "questionnaire", "timing"]
    again = responses[responses["tool_key"].notna() & responses.duplicated(key, keep=False)]
    if again.empty:
        return responses
    statements = _statements(again, parts)
    texts = (statements["item"].astype(str) + "=" + statements["value"].astype(str)).groupby(statements["response_no"])
    whole = again["response_no"].map(texts.agg(lambda texts: "\x1f".join(sorted(texts)))).fillna("")
    different = again.assign(content=whole + "\x1e" + again["participant"].fillna("").astype(str))
    if (different.groupby(key)["content"].nunique() > 1).any():
        return responses.assign(tool_key=None)
    return responses


def _statements(forms: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Return what ``forms`` say: response_no, item, value; marks by the number of their session."""
    named = []
    for part in parts:
        rows = part[part["response_no"].isin(forms["response_no"])]
        values = rows.iloc[:, -1].astype(object)
        named.append(
            pd.DataFrame({"response_no": rows["response_no"], "item": rows.iloc[:, 1].astype(str), "value": values})
        )
    return pd.concat(named, ignore_index=True)


def _by_number(forms: pd.DataFrame, column: str) -> pd.Series:
    return forms.set_index("response_no")[column]
