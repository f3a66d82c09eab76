"""Texts of definitions as one person writes them: in one language, with the others kept where they are still true."""

from evaluation.definitions.texts import Texts
from evaluation.i18n import Translator, languages


def text_in(texts: Texts | None, language: str) -> str:
    """Return a text as it is edited in ``language``; "" where there is none."""
    if texts is None:
        return ""
    order = (language, *languages())
    return next((texts.root[code] for code in order if texts.root.get(code)), "")


def texts_of(text: str, before: Texts | None, language: str) -> dict[str, str]:
    """Return ``text`` by language: in every language of ``before`` where it is the same text, else in its own."""
    plain = " ".join(text.split())
    return dict(before.written) if before is not None and text_in(before, language) == plain else {language: plain}


def in_each_language(key: str, **values: object) -> dict[str, str]:
    """Return the message ``key`` in every language, as a text of a definition."""
    return {language: Translator(language)(key, **values) for language in languages()}
