"""The new questions of the open files as the page shows them: what each becomes, what is asked, and a look ahead."""

from typing import Any, get_args

from evaluation.dashboard.importing.choices import Choices
from evaluation.dashboard.importing.own_asks import asks_of, changes_of, decision_name
from evaluation.dashboard.importing.own_preview import look_ahead
from evaluation.dashboard.importing.own_work import OwnWork
from evaluation.definitions import NationalTheme
from evaluation.findings import Words
from evaluation.proposals.ask_choices import ends_of
from evaluation.proposals.corrections import NO_THEME
from evaluation.proposals.families import Family
from evaluation.proposals.new_questions import NewQuestion
from evaluation.proposals.proposed_columns import QUESTIONS
from evaluation.proposals.scale_corrections import BETWEEN
from evaluation.proposals.step_counts import outside_of

LEFT_OUT = "left_out"
_MOST_OPTIONS = 6
_AGAIN = ("start", "end")
Shown = dict[str, Any]


def own_list(work: OwnWork, everyone: Choices, words: Words) -> Shown:
    """Return all that the list of new questions shows."""
    t, number, waiting = words.t, len(work.questions), len(work.asking) + len(work.changes)
    return {
        "words": {
            name: t(f"own.{name}")
            for name in ("short", "kind", "family", "theme", "answers", "turn", "leave", "take", "good", "up", "down",
                         "good_end", "favourable")
        },
        "title": t(_title(work)),
        "lead": t.plural("own.lead", number) if number else "",
        "waiting": t.plural("own.waiting", waiting) if waiting else "",
        "asks": [*changes_of(work.changes, words), *asks_of(work.asking, everyone, words)],
        "questions": [_question(place, question, everyone, words) for place, question in enumerate(work.questions, 1)],
        "left_title": t.plural("own.left_out", len(work.left_out)) if work.left_out else "",
        "left": [
            {"heading": one.heading, "name": decision_name("kind", one, everyone), "value": one.column.kind}
            for one in work.left_out
        ],
        "ahead": look_ahead(work.questions, words),
    }  # fmt: skip


def _title(work: OwnWork) -> str:
    if work.whole:
        return "own.title_whole"
    return "own.title_mixed" if work.questions else "own.title_changed"


def _question(place: int, question: NewQuestion, everyone: Choices, words: Words) -> Shown:
    column, t = question.column, words.t
    kind = kind_words(question, words)
    family = t(f"own.family_{column.family}") if column.family else "–"
    return {
        "number": place,
        "heading": question.heading,
        "short": column.short,
        "kind": kind,
        "family": family,
        "waits": bool(question.ask),
        "fields": _fields(question, everyone, words),
        "scale": _scale(question, everyone, words) if column.kind == "scale" else None,
        "options": _listed(question, words),
        "leave": {"name": decision_name("kind", question, everyone), "value": LEFT_OUT},
    }


def kind_words(question: NewQuestion, words: Words) -> str:
    """Return what kind of question it is and how many answers it has: "Asteikko, 5"."""
    column = question.column
    name = _capital(words.t(f"proposals.kind_{column.kind}"))
    size = len(column.scale.steps) if column.scale and column.kind == "scale" else len(column.options)
    return f"{name}, {words.t.number(size)}" if size else name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fields(question: NewQuestion, everyone: Choices, words: Words) -> list[Shown]:
    column, t = question.column, words.t
    kinds = [(kind, _capital(t(f"proposals.kind_{kind}"))) for kind in QUESTIONS]
    fields: list[Shown] = [
        {
            "label": t("own.short"),
            "name": decision_name("short", question, everyone),
            "value": column.short,
            "options": None,
        },
        {
            "label": t("own.kind"),
            "name": decision_name("kind", question, everyone),
            "value": column.kind,
            "options": kinds,
        },
    ]
    if column.kind in ("scale", "number", "choice", "choices"):
        repeated = any(timing in _AGAIN for timing in question.timings)
        offered = [
            (family, t(f"own.family_{family}"))
            for family in get_args(Family)
            if family != "background" and (family != "state" or repeated or column.family == "state")
        ]
        name = decision_name("family", question, everyone)
        fields.append({"label": t("own.family"), "name": name, "value": column.family or "", "options": offered})
    if column.family == "satisfaction":
        themes = [(NO_THEME, "–"), *((theme, t(f"charts.national_{theme}")) for theme in get_args(NationalTheme))]
        name = decision_name("theme", question, everyone)
        fields.append({"label": t("own.theme"), "name": name, "value": column.theme or NO_THEME, "options": themes})
    return fields


def _scale(question: NewQuestion, everyone: Choices, words: Words) -> Shown | None:
    column, t = question.column, words.t
    scale = column.scale
    if scale is None:
        return None
    outside = [f"{text} ({t.number(number)})" for text, number in outside_of(column).items()]
    favourable = sum(step.answer_class == "favourable" for step in scale.steps)
    counted = [(str(n), t.plural("own.favourable_n", n)) for n in range(1, len(scale.steps))]
    return {
        "steps": [[step.label, step.answer_class] for step in scale.steps],
        "better": scale.better,
        "turn": {
            "name": decision_name("better", question, everyone),
            "value": "low" if scale.better == "high" else "high",
        },
        "end": {
            "name": decision_name("better", question, everyone),
            "value": scale.better,
            "options": sorted((end.value, t(end.key, **end.gaps)) for end in ends_of(scale, scale.better)),
        },
        "order": {"name": decision_name("order", question, everyone), "between": BETWEEN},
        "favourable": {
            "name": decision_name("favourable", question, everyone),
            "value": str(favourable),
            "options": counted,
        }
        if scale.better != "none"
        else None,
        "outside": t("own.outside", answers=", ".join(outside)) if outside else "",
    }


def _listed(question: NewQuestion, words: Words) -> str:
    column = question.column
    if column.kind not in ("choice", "choices", "background"):
        return ""
    listed = ", ".join(column.options[:_MOST_OPTIONS])
    more = len(column.options) - _MOST_OPTIONS
    return f"{listed} … (+{words.t.number(more)})" if more > 0 else listed
