"""PURE: a party's text as it was typed or sent: its original, its translation, who confirmed it."""

from typing import Final

from budgetproto.errors import BadInput, Problem
from budgetproto.i18n.languages import NO_NAME, Language, Named, Words

#: The languages a party writes in.
WRITTEN: Final[tuple[Language, ...]] = ("ky", "ru")


def stated_words(
    name: str, texts: Named, language: Language, *, confirmed: bool, translator: str
) -> Words | None:
    """Return a text with its translation; None when nothing was written; BadInput without an original.

    `name` is where it stands in the form: its fault is told beside the language that is missing.
    """
    texts = Named(**{code: getattr(texts, code).strip() for code in ("ky", "ru", "en")})
    if texts == NO_NAME:
        return None
    if not getattr(texts, language):
        raise BadInput(Problem("disputes.original_missing", form_field=f"{name}_{language}"))
    translated = tuple(code for code in WRITTEN if code != language and getattr(texts, code))
    return Words(texts, language, translated if confirmed else (), translator)
