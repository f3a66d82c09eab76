"""Texts, numbers and dates in the reader's language."""

from evaluation.i18n.refusal import Refused
from evaluation.i18n.translator import DEFAULT_LANGUAGE, Translator, in_every_language, languages, message_keys

__all__ = ["DEFAULT_LANGUAGE", "Refused", "Translator", "in_every_language", "languages", "message_keys"]
