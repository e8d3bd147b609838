"""PURE: the three languages, Kyrgyz first, and names that exist in some of them."""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["ky", "ru", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("ky", "ru", "en")
DEFAULT: Final[Language] = "ky"

_FALLBACK: Final[dict[Language, tuple[Language, ...]]] = {
    "ky": ("ky", "ru", "en"),
    "ru": ("ru", "ky", "en"),
    "en": ("en", "ru", "ky"),
}


def as_language(code: str | None) -> Language:
    """Return the language of `code`, Kyrgyz when it is none of ours.

    >>> as_language("de")
    'ky'
    """
    return next((language for language in LANGUAGES if language == code), DEFAULT)


@dataclass(frozen=True)
class Named:
    """A name or a text in up to three languages; an empty one is not known."""

    ky: str = ""
    ru: str = ""
    en: str = ""

    def in_(self, language: Language) -> tuple[str, Language]:
        """Return the text and the language it really is in (another one when ours is missing).

        >>> Named(ru="Лейлек").in_("ky")
        ('Лейлек', 'ru')
        """
        for candidate in _FALLBACK[language]:
            if found := getattr(self, candidate):
                return found, candidate
        return "", language

    def text(self, language: Language) -> str:
        """Return the text alone, from another language when ours is missing."""
        return self.in_(language)[0]


#: No name in any language.
NO_NAME: Final = Named()


@dataclass(frozen=True)
class Words:
    """A party's text: the original in `language`, translations beside it, and those its author confirmed."""

    text: Named
    language: Language = "ky"
    confirmed: tuple[Language, ...] = ()
    translator: str = ""


@dataclass(frozen=True)
class Points:
    """A percentage as whole hundredths of a percentage point, to be written exactly."""

    hundredths: int


@dataclass(frozen=True)
class Sentence:
    """A message with its values, language-free until it is read or printed."""

    key: str
    values: tuple[tuple[str, object], ...] = ()
