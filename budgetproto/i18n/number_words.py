"""PURE: an amount of money in words, as sums are written out on papers that are signed."""

from collections.abc import Callable, Iterator
from typing import Final

from budgetproto.i18n.languages import Language

#: A noun after one, after two to four, after five and more. Kyrgyz has one form after any number.
Forms = tuple[str, str, str]

_KY_ONES: Final = ("", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз")
_KY_TENS: Final = (
    "", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон",
)  # fmt: skip
_RU_ONES: Final = (
    "", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать",
    "восемнадцать", "девятнадцать",
)  # fmt: skip
_RU_FEMININE: Final = {1: "одна", 2: "две"}
_RU_TENS: Final = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят",
    "девяносто",
)  # fmt: skip
_RU_HUNDREDS: Final = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
_EN_ONES: Final = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS: Final = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip

_ZERO: Final[dict[Language, str]] = {"ky": "нөл", "ru": "ноль", "en": "zero"}
_MINUS: Final[dict[Language, str]] = {"ky": "минус", "ru": "минус", "en": "minus"}
_SOM: Final[dict[Language, Forms]] = {
    "ky": ("сом", "сом", "сом"),
    "ru": ("сом", "сома", "сомов"),
    "en": ("som", "soms", "soms"),
}
_TYIYN: Final[dict[Language, Forms]] = {
    "ky": ("тыйын", "тыйын", "тыйын"),
    "ru": ("тыйын", "тыйына", "тыйынов"),
    "en": ("tyiyn", "tyiyns", "tyiyns"),
}
#: The names of thousand, million and so on: as far as 64 bits reach, and further.
_GROUPS: Final[dict[Language, tuple[Forms, ...]]] = {
    "ky": tuple(
        (name, name, name)
        for name in ("миң", "миллион", "миллиард", "триллион", "квадриллион", "квинтиллион")
    ),
    "ru": (
        ("тысяча", "тысячи", "тысяч"),
        *(
            (name, f"{name}а", f"{name}ов")
            for name in ("миллион", "миллиард", "триллион", "квадриллион", "квинтиллион")
        ),
    ),
    "en": tuple(
        (name, name, name)
        for name in ("thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
    ),
}


def amount_in_words(tyiyn: int, language: Language) -> str:
    """Write an amount of whole tyiyn out in words, the tyiyn themselves in two digits.

    >>> amount_in_words(100_102_00, "ru")
    'сто тысяч сто два сома 00 тыйынов'
    """
    soms, rest = divmod(abs(tyiyn), 100)
    written = (
        number_in_words(soms, language),
        counted(_SOM[language], soms, language),
        f"{rest:02d}",
        counted(_TYIYN[language], rest, language),
    )
    return " ".join((_MINUS[language], *written) if tyiyn < 0 else written)


def number_in_words(number: int, language: Language) -> str:
    """Write a whole number from zero up in words, masculine as a som is.

    >>> number_in_words(241_500_000, "ky")
    'эки жүз кырк бир миллион беш жүз миң'
    """
    if not 0 <= number < 1000 ** (len(_GROUPS[language]) + 1):
        raise ValueError(f"not written in words: {number}")
    return " ".join(_words(number, language)) or _ZERO[language]


def counted(forms: Forms, number: int, language: Language) -> str:
    """Return the form of a noun that stands after this number."""
    if language == "ru":
        return forms[_russian_form(number)]
    return forms[0 if number == 1 else 2]


def _words(number: int, language: Language) -> Iterator[str]:
    """Yield the words from the largest group of three digits down; groups of nothing have none."""
    for place in range(len(_GROUPS[language]), -1, -1):
        group = number // 1000**place % 1000
        if not group:
            continue
        yield from _BELOW_THOUSAND[language](group, place)
        if place:
            yield counted(_GROUPS[language][place - 1], group, language)


def _kyrgyz(group: int, _place: int) -> Iterator[str]:
    """Yield up to 999, one hundred as «бир жүз»: nothing can be written in before it."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    yield from (_KY_ONES[hundreds], "жүз") if hundreds else ()
    yield from filter(None, (_KY_TENS[tens], _KY_ONES[ones]))


def _russian(group: int, place: int) -> Iterator[str]:
    """Yield up to 999; thousands, of all groups, are feminine."""
    below = group % 100
    tens, ones = (0, below) if below < 20 else divmod(below, 10)
    one = _RU_FEMININE.get(ones, _RU_ONES[ones]) if place == 1 else _RU_ONES[ones]
    yield from filter(None, (_RU_HUNDREDS[group // 100], _RU_TENS[tens], one))


def _english(group: int, _place: int) -> Iterator[str]:
    hundreds, below = divmod(group, 100)
    yield from (_EN_ONES[hundreds], "hundred") if hundreds else ()
    tens, ones = (0, below) if below < 20 else divmod(below, 10)
    if below:
        yield "-".join(filter(None, (_EN_TENS[tens], _EN_ONES[ones])))


def _russian_form(number: int) -> int:
    ones, below = number % 10, number % 100
    if 11 <= below <= 14 or ones == 0 or ones >= 5:
        return 2
    return 0 if ones == 1 else 1


_BELOW_THOUSAND: Final[dict[Language, Callable[[int, int], Iterator[str]]]] = {
    "ky": _kyrgyz,
    "ru": _russian,
    "en": _english,
}
