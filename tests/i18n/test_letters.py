"""Which letters the paper can print, how words are found and in which order they stand."""

import unicodedata

import pytest

from budgetproto.i18n.letters import (
    _PLAIN,
    COVERED,
    _composed,
    collation,
    folded,
    missing_letters,
    printable,
)
from budgetproto.protocol.typesetting.faces import FILES, code_points

_NOT_PRINTED_KINDS = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_FOR_WHAT_IS_LOST = "\ufffc\ufffd"
_FROM_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def test_the_table_equals_the_fonts() -> None:
    signs = code_points(FILES["signs"])
    faces = [code_points(file) | signs for face, file in FILES.items() if face != "signs"]
    in_fonts = {code for code in frozenset.intersection(*faces) if _is_drawn(chr(code))}
    assert _table() == in_fonts


@pytest.mark.parametrize("letter", "ҢңӨөҮүЁё№−«»—–…“”’₽≤\u00a0\u202f")
def test_every_letter_of_the_three_languages_is_covered(letter: str) -> None:
    assert missing_letters(letter) == ()


def test_a_plain_text_is_one_that_nothing_is_done_to() -> None:
    for letter in map(chr, range(0x10000)):
        if _PLAIN.fullmatch(letter):
            assert missing_letters(letter) == ()
            assert letter in {_composed(letter), "\n"}
            assert unicodedata.normalize("NFC", f"а{letter}") == f"а{letter}"


def test_a_missing_letter_is_named_once_in_order_of_appearance() -> None:
    assert missing_letters("а漢б😀в漢") == ("漢", "😀")


def test_a_missing_letter_is_printed_as_its_code_point_never_as_a_hole() -> None:
    assert printable("Ок 😀 漢") == "Ок [U+1F600] [U+6F22]"


def test_a_control_sign_is_printed_as_its_code_point() -> None:
    assert printable("а\x07б") == "а[U+0007]б"


def test_signs_without_a_shape_are_no_holes_and_are_left_out() -> None:
    assert missing_letters("а\u00ad\u200b\ufeff\u202eб") == ()
    assert printable("а\u00ad\u200b\ufeff\u202eб") == "аб"


def test_letters_and_their_marks_are_composed() -> None:
    assert printable("и\u0306") == "й"


def test_line_ends_stay_and_a_tab_is_a_space() -> None:
    assert printable("а\r\nб\rв\tг") == "а\nб\nв г"


def test_letters_from_right_to_left_are_refused_rather_than_drawn_in_the_wrong_order() -> None:
    assert missing_letters("שלום")[0] == "ש"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [("Өзгөн", "озгон"), ("Чоң-Алай", "ЧОН-АЛАЙ"), ("Түп", "туп"), ("Тёплоключенка", "теплоключенка")],
)
def test_kyrgyz_letters_are_found_by_their_russian_neighbours(stored: str, typed: str) -> None:
    assert folded(stored) == folded(typed)


def test_names_stand_in_the_order_of_the_kyrgyz_alphabet() -> None:
    names = ["Ысык-Көл", "Өзгөн", "Түп", "Нарын", "Туура-Суу", "Ош", "Ңуд", "Ёлка", "Ескен"]
    assert sorted(names, key=collation) == [
        *("Ескен", "Ёлка", "Нарын", "Ңуд", "Ош", "Өзгөн", "Туура-Суу", "Түп", "Ысык-Көл"),
    ]


def _table() -> set[int]:
    ends = [[int(code, 16) for code in part.split("-")] for part in COVERED.split()]
    return {code for end in ends for code in range(end[0], end[-1] + 1)}


def _is_drawn(letter: str) -> bool:
    return (
        ord(letter) <= 0xFFFF
        and unicodedata.category(letter) not in _NOT_PRINTED_KINDS
        and unicodedata.bidirectional(letter) not in _FROM_RIGHT_TO_LEFT
        and letter not in _FOR_WHAT_IS_LOST
    )
