"""Passwords: long ones of any letters are taken, common ones and those made of the obvious words are not."""

import unicodedata

import pytest

from budgetproto.accounts import passwords
from budgetproto.accounts.password_rules import (
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
    check_password,
)


def test_eleven_characters_are_too_few_and_twelve_enough() -> None:
    with pytest.raises(PasswordTooShort):
        check_password("тоо суу көл ж"[:11])
    check_password("тоо суу көлө"[:12])


def test_an_installation_may_ask_for_fifteen() -> None:
    with pytest.raises(PasswordTooShort) as refusal:
        check_password("тоо суу көлө", shortest=15)
    assert refusal.value.details == {"characters": 15}


def test_a_thousand_characters_are_taken_whole() -> None:
    long = "тегирмен суу " * 76 + "аягы бар тоо"
    assert len(long) == 1_000
    check_password(long)
    kept = passwords.hashed(long)
    assert passwords.matches(kept, long)
    assert not passwords.matches(kept, long[:-1])
    with pytest.raises(PasswordTooLong):
        check_password(long + "!")


@pytest.mark.parametrize(
    "password", ["төрт эски суу тегирмен", "correct horse battery", "            ъ  ~ фэ"]
)
def test_no_kind_of_character_is_asked_for_or_forbidden(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "123456789987654321",
        "QWERTYuiop12",
        "Password12345",
        "aaaaaaaaaaaaaaaa",
        "бюджетбюджет",
        "Budget-2026!",
        "Конгресс2026",
        "syrsoz123456",
        "Кыргызстан2026",
        "министрлик-26",
    ],
)
def test_common_passwords_and_those_of_the_service_are_refused(password: str) -> None:
    with pytest.raises(PasswordGuessable):
        check_password(password)


@pytest.mark.parametrize("password", ["Сатыбалдиев-1", "satybaldiev.o", "ӨмүрбекӨмүрбек", "Omurbek-2026"])
def test_a_password_made_of_ones_own_name_is_refused(password: str) -> None:
    with pytest.raises(PasswordGuessable):
        check_password(password, about=("satybaldiev", "Өмүрбек Сатыбалдиев"))


def test_a_letter_typed_as_one_or_as_two_is_the_same_password() -> None:
    typed = "жайлоодогу ёлка й"
    apart = unicodedata.normalize("NFD", typed)
    assert typed != apart
    assert passwords.matches(passwords.hashed(typed), apart)


def test_an_account_without_a_password_takes_none() -> None:
    assert not passwords.matches("", "")
    assert not passwords.matches("", "anything at all")
