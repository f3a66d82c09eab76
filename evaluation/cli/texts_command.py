"""The command texts: prints open answers for a person to read, and keeps what that person decides."""

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, json_argument, yes_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, UserError, known, make_sure, show, show_json
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.findings import Words
    from evaluation.measures import QuestionTexts, ScreenedText

# So much of the digest of a text tells it from the others.
MARK = 12


def add_texts_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--practice", metavar="ID")
    parser.add_argument("--item", metavar="ID")
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--release", nargs="+", metavar="MARK", help=translator("cli.texts_release_help"))
    decision.add_argument("--hold", nargs="+", metavar="MARK", help=translator("cli.texts_hold_help"))
    decision.add_argument("--release-all", action="store_true", help=translator("cli.texts_release_all_help"))
    json_argument(parser, translator)
    yes_argument(parser, translator)


def read_texts(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print what waits to be read, or release texts or hold them back."""
    from evaluation.findings import Words
    from evaluation.measures import Policy, read_question_texts, stored_rows, waiting_texts
    from evaluation.store import Selection, open_store

    library, store = library_of(settings, translator), open_store(settings.database)
    practice = options.practice and known(options.practice, library.practices, translator)
    item = options.item and known(options.item, library.items, translator)
    selection = Selection(practices=(practice,) if practice else ())
    questions = read_question_texts(store, library, selection, Policy(settings.threshold))
    questions = tuple(question for question in questions if item in (None, question.item))
    marks = options.release or options.hold
    if marks:
        _refuse_unknown(marks, questions, translator)
    elif options.json and not options.release_all:
        show_json({"questions": [_plain(question) for question in questions]})
        return DONE
    else:
        _print_waiting(questions, Words(library, translator))
        waiting = waiting_texts(questions)
        if not waiting:
            show(translator("texts.all_read" if questions else "texts.none"))
            return DONE
        show(translator.plural("texts.waiting", waiting))
        if not options.release_all:
            return DONE
        make_sure(options.yes, translator("cli.yes_word"), translator)
    publishable, count = not options.hold, 0
    for question in questions:
        texts = _chosen(question, marks)
        store.decide_texts(stored_rows(texts), publishable)
        count += len(texts)
    show(translator.plural("texts.released_now" if publishable else "texts.held_now", count))
    return DONE


def _chosen(question: "QuestionTexts", marks: Collection[str] | None) -> "tuple[ScreenedText, ...]":
    """Return the texts with those marks; without marks, all that wait."""
    return tuple(text for text in question.texts if text.digest[:MARK] in marks) if marks else question.of("waiting")


def _refuse_unknown(marks: Collection[str], questions: "Collection[QuestionTexts]", translator: Translator) -> None:
    there = {text.digest[:MARK] for question in questions for text in question.texts}
    for mark in marks:
        if mark not in there:
            raise UserError(translator("cli.texts_no_mark", mark=mark))


def _print_waiting(questions: "Collection[QuestionTexts]", words: "Words") -> None:
    from evaluation.findings import question_title

    for question in questions:
        waiting = question.of("waiting")
        if waiting:
            title = question_title(question.questionnaire, question.item, words)
            show(f"{words.practice(question.practice)}, {title} ({question.practice} {question.item})")
        for text in waiting:
            show(f"  {text.digest[:MARK]}  {' '.join(text.text.split())}")


def _plain(question: "QuestionTexts") -> dict[str, object]:
    texts = [{"mark": text.digest[:MARK], "text": text.text, "decision": text.decision} for text in question.texts]
    names = {"practice": question.practice, "questionnaire": question.questionnaire, "item": question.item}
    return {**names, "texts": texts}


COMMANDS = {"texts": Command(read_texts, add_texts_arguments)}
