"""Languages, catalogues and formatting: every sentence a person reads comes from here."""

from budgetproto.i18n.catalogue import every_language, is_known, pattern, text, told, told_in_unit, with_unit
from budgetproto.i18n.formatting import shown
from budgetproto.i18n.languages import (
    DEFAULT,
    LANGUAGES,
    NO_NAME,
    Language,
    Named,
    Points,
    Sentence,
    Words,
    as_language,
)

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "NO_NAME",
    "Language",
    "Named",
    "Points",
    "Sentence",
    "Words",
    "as_language",
    "every_language",
    "is_known",
    "pattern",
    "shown",
    "text",
    "told",
    "told_in_unit",
    "with_unit",
]
