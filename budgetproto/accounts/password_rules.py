"""PURE: which passwords are taken (OWASP ASVS 5.0, 6.2): long, of any letters, not easy to guess."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from budgetproto.errors import Refused

#: Fewest characters unless the installation asks for more (6.2.1 asks for 8 and recommends 15).
SHORTEST_PASSWORD: Final = 12
#: Most characters; nothing is cut off (6.2.9 asks for at least 64).
LONGEST_PASSWORD: Final = 1_000
_WORDS: Final = """
budgetproto budget byudzhet biudzhet бюджет budjet сырсөз сырсоз syrsoz пароль parol password протокол
protocol protokol жыйын jyiyn zhyiyn заседание zasedanie комитет komitet committee кеңеш кенеш kenesh
жогорку jogorku конгресс kongress congress союз soyuz union ассоциация associaciya association
министрлик ministrlik министерство ministerstvo ministry каржы karjy финансы finansy finance айыл aiyl
өкмөт окмот okmot кыргыз kyrgyz киргиз kirgiz кыргызстан kyrgyzstan бишкек bishkek грант grant трансферт
transfert transfer макулдашуу makuldashuu согласование soglasovanie катчы katchy секретарь sekretar
secretary администратор administrator
"""
#: Words of the service and its work, which guessers try first, as they are written and in Latin letters.
CONTEXT_WORDS: Final = tuple(_WORDS.split())

_LATIN_LETTERS: Final = """
а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n ң n о o ө o п p р r с s т t у u ү u ф f х h
ц ts ч ch ш sh щ sch ы y э e ю yu я ya
"""
#: How names are written on a Latin keyboard.
_LATIN: Final = str.maketrans(
    dict(zip(_LATIN_LETTERS.split()[::2], _LATIN_LETTERS.split()[1::2], strict=True)) | {"ъ": "", "ь": ""}
)
_KNOWN_WORD: Final = 4
#: Characters that must be left when the words of the context are taken out.
_FEWEST_BESIDE: Final = 8
#: zxcvbn looks at no more; what is hard to guess so far does not become easier.
_LOOKED_AT: Final = 72
#: zxcvbn's score below which a million guesses are enough.
_HARD: Final = 2


class PasswordTooShort(Refused):
    """The password is shorter than the rule asks."""

    message_key = "accounts.password_too_short"


class PasswordTooLong(Refused):
    """The password is longer than anybody needs."""

    message_key = "accounts.password_too_long"


class PasswordGuessable(Refused):
    """The password is a common one, or made of the words that a guesser tries first."""

    message_key = "accounts.password_guessable"


def normal(password: str) -> str:
    """Return the one spelling of a password: keyboards write й and ё as one letter or as two.

    >>> normal("и\u0306") == "й"
    True
    """
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, about: Iterable[str] = (), shortest: int = SHORTEST_PASSWORD) -> None:
    """Raise unless a password may be taken; `about` are the log-in name and the name of its owner.

    >>> check_password("төрт эски суу тегирмен")
    """
    if len(password) < shortest:
        raise PasswordTooShort(characters=shortest)
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong(characters=LONGEST_PASSWORD)
    folded, known = password.casefold(), _known(about)
    if folded in _common() or _beside(folded, known) < _FEWEST_BESIDE or _easy(folded, known):
        raise PasswordGuessable


def _known(about: Iterable[str]) -> list[str]:
    own = [word for words in about for word in re.findall(r"[^\W_]+", normal(words).casefold())]
    own += [word.translate(_LATIN) for word in own]
    return [*CONTEXT_WORDS, *(word for word in own if len(word) >= _KNOWN_WORD)]


def _beside(folded: str, known: Iterable[str]) -> int:
    """Return how many characters are left without the known words; all of them when there are none."""
    rest = folded
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) if rest != folded else max(len(rest), _FEWEST_BESIDE)


def _easy(folded: str, known: list[str]) -> bool:
    return int(zxcvbn(folded[:_LOOKED_AT], user_inputs=known)["score"]) < _HARD


@cache
def _common() -> frozenset[str]:
    """Return the most common passwords of sufficient length."""
    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST_PASSWORD)
