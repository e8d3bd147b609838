"""Amounts in words are the amounts: real figures word by word, and drawn ones read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.number_words import amount_in_words, number_in_words

_INT64 = 2**63

#: Amounts in soms of acts and of the sittings in the fixtures, beside what an accountant writes for them.
_KNOWN: tuple[tuple[int, Language, str], ...] = (
    (24_150_000_000, "ky", "эки жүз кырк бир миллион беш жүз миң сом 00 тыйын"),
    (24_150_000_000, "ru", "двести сорок один миллион пятьсот тысяч сомов 00 тыйынов"),
    (24_150_000_000, "en", "two hundred forty-one million five hundred thousand soms 00 tyiyns"),
    (0, "ky", "нөл сом 00 тыйын"),
    (0, "ru", "ноль сомов 00 тыйынов"),
    (0, "en", "zero soms 00 tyiyns"),
    (101, "ru", "один сом 01 тыйын"),
    (202, "ru", "два сома 02 тыйына"),
    (505, "ru", "пять сомов 05 тыйынов"),
    (1111, "ru", "одиннадцать сомов 11 тыйынов"),
    (2121, "ru", "двадцать один сом 21 тыйын"),
    (100_000, "ru", "одна тысяча сомов 00 тыйынов"),
    (200_000, "ru", "две тысячи сомов 00 тыйынов"),
    (500_000, "ru", "пять тысяч сомов 00 тыйынов"),
    (1_200_000, "ru", "двенадцать тысяч сомов 00 тыйынов"),
    (2_100_000, "ru", "двадцать одна тысяча сомов 00 тыйынов"),
    (200_000_000, "ru", "два миллиона сомов 00 тыйынов"),
    (100_000_000_000, "ru", "один миллиард сомов 00 тыйынов"),
    (100_000, "ky", "бир миң сом 00 тыйын"),
    (10_000, "ky", "бир жүз сом 00 тыйын"),
    (1_260_677_830_000, "ky",
     "он эки миллиард алты жүз алты миллион жети жүз жетимиш сегиз миң үч жүз сом 00 тыйын"),
    (1_260_677_830_000, "ru",
     "двенадцать миллиардов шестьсот шесть миллионов семьсот семьдесят восемь тысяч триста сомов 00 тыйынов"),
    (-5_250_050, "ky", "минус элүү эки миң беш жүз сом 50 тыйын"),
    (-5_250_050, "ru", "минус пятьдесят две тысячи пятьсот сомов 50 тыйынов"),
    (-101, "en", "minus one som 01 tyiyn"),
    (2**63 - 1, "en",
     "ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty billion three hundred"
     " sixty-eight million five hundred forty-seven thousand seven hundred fifty-eight soms 07 tyiyns"),
)  # fmt: skip

#: What each word is worth, written down apart from the writer: stems that no other word begins with.
_WORTH: dict[str, int] = {
    "нөл": 0, "бир": 1, "эки": 2, "үч": 3, "төрт": 4, "беш": 5, "алты": 6, "жети": 7, "сегиз": 8, "тогуз": 9,
    "он": 10, "жыйырма": 20, "отуз": 30, "кырк": 40, "элүү": 50, "алтымыш": 60, "жетимиш": 70, "сексен": 80,
    "токсон": 90,
    "ноль": 0, "один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6,
    "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13,
    "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18,
    "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
    "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300,
    "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_HUNDRED = {"жүз", "hundred"}
_GROUP: tuple[tuple[str, int], ...] = (
    ("миң", 3), ("тысяч", 3), ("миллион", 6), ("миллиард", 9), ("триллион", 12), ("квадриллион", 15),
    ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("quadrillion", 15),
)  # fmt: skip


def read_back(said: str) -> int:
    """Read an amount in words as whole tyiyn."""
    *words, tyiyn, _ = said.split()
    sign = -1 if words[0] in {"минус", "minus"} else 1
    total = group = 0
    for word in " ".join(words[sign < 0 : -1]).replace("-", " ").split():
        if word in _WORTH:
            group += _WORTH[word]
        elif word in _HUNDRED:
            group *= 100
        else:
            power = next(power for stem, power in _GROUP if word.startswith(stem))
            total, group = total + group * 10**power, 0
    return sign * ((total + group) * 100 + int(tyiyn))


@pytest.mark.parametrize(("tyiyn", "language", "said"), _KNOWN)
def test_an_amount_is_written_as_an_accountant_writes_it(tyiyn: int, language: Language, said: str) -> None:
    assert amount_in_words(tyiyn, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
@given(tyiyn=st.integers(-(10**15), 10**15) | st.integers(-(10**7), 10**7))
def test_the_words_read_back_are_the_amount(language: Language, tyiyn: int) -> None:
    assert read_back(amount_in_words(tyiyn, language)) == tyiyn


@pytest.mark.parametrize("language", LANGUAGES)
@given(tyiyn=st.integers(-_INT64, _INT64 - 1))
def test_every_amount_of_64_bits_has_words(language: Language, tyiyn: int) -> None:
    assert read_back(amount_in_words(tyiyn, language)) == tyiyn


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_below_zero_or_beyond_the_names_is_refused(language: Language) -> None:
    for number in (-1, 10**21):
        with pytest.raises(ValueError, match="not written in words"):
            number_in_words(number, language)
