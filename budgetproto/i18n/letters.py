"""PURE: letters: which of them the paper can print, how words are searched and in which order they stand."""

import re
import unicodedata
from typing import Final

#: The code points of the embedded fonts, in hexadecimal; a test proves that it equals the fonts. Left out are
#: signs that run from right to left (drawn letter by letter they would read wrongly), those beyond U+FFFF
#: (pictures and look-alikes of letters, which a reader of the PDF could not copy or search), and the two that
#: stand for something lost.
COVERED: Final = """
20-7e a0-ac ae-377 37a-37f 384-38a 38c 38e-3a1 3a3-525 531-556 559-55f 561-587 589-58a 591-5bd 5bf
5c1-5c2 5c4-5c5 5c7 606-607 609-60a 60c 615 64b-655 657 65a 66a 670 6f0-6f9 7eb-7f3 7f8-7f9 e3f
e81-e82 e84 e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea3 ea5 ea7 eaa-eab ead-eb9 ebb-ebd ec0-ec4 ec6
ec8-ecd ed0-ed9 edc-edd 10a0-10c5 10d0-10fc 1401-1407 1409-141b 141d-1435 1437-144a 144c-1452
1454-14bd 14c0-14ea 14ec-1507 1510-153e 1540-1550 1552-156a 1574-1585 158a-1596 15a0-15af 15de 15e1
1646-1647 166e-1676 1680-169c 1d00-1dca 1dfe-1efb 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57
1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe
2000-200a 2010-2027 202f-205f 2070-2071 2074-208e 2090-209c 20a0-20b5 20b8-20ba 20bd 20bf 20d0-20d1
20d6-20d7 20db-20dc 20e1 20f0 2100-2109 210b-2149 214b 214d-214e 2150-2185 2189 2190-2311 2318-2319
231c-2321 2324-2328 232b-232c 2373-2375 237a 237d 2387 2394 239b-23ae 23ce-23cf 23e3 23e5 23e8
2422-2423 2460-2469 2500-269c 269e-26b8 26c0-26c3 26e2 2701-2704 2706-2709 270c-2727 2729-274b 274d
274f-2752 2756 2758-275e 2761-2794 2798-27af 27b1-27be 27c5-27c6 27e0 27e6-27eb 27f0-28ff 2906-2907
290a-290b 2940-2941 2983-2984 29ce-29d5 29eb 29fa-29fb 2a00-2a02 2a0c-2a1c 2a2f 2a6a-2a6b 2a7d-2aa0
2aae-2aba 2af9-2afa 2b00-2b1a 2b1f-2b24 2b53-2b54 2c60-2c77 2c79-2c7f 2d00-2d25 2d30-2d65 2d6f
2e17-2e18 2e1f 2e22-2e25 2e2e 4dc0-4dff a4d0-a4ff a644-a647 a64c-a64d a650-a651 a654-a657 a662-a66e
a68a-a68d a694-a695 a698-a699 a708-a72b a730-a741 a746-a74b a74e-a753 a756-a757 a764-a767 a780-a783
a788-a78e a790-a791 a7a0-a7aa a7f8-a7ff fb00-fb06 fb13-fb17 fb1e fb29 fe00-fe0f fe20-fe23
"""


def missing_letters(text: str) -> tuple[str, ...]:
    """Return the letters of `text` that cannot be printed, each once, in order of appearance.

    >>> missing_letters("Өкмөт 😀 Ңү 😀")
    ('😀',)
    """
    return tuple(dict.fromkeys(_MISSING.findall(_composed(text))))


def told_missing(text: str) -> str:
    r"""Return the letters that cannot be printed as a sentence names them: what has no shape by its code.

    >>> told_missing("Ок 😀 \a")
    '😀 U+0007'
    """
    missing = missing_letters(text)
    named = (letter if letter.isprintable() else _code(letter) for letter in missing[:_TOLD])
    return " ".join(named) + (" …" if len(missing) > _TOLD else "")


def printable(text: str) -> str:
    """Return `text` as the paper prints it: letters composed, a missing one as [U+....], never a hole.

    Line ends stay, a tab is a space, signs without a shape of their own (soft hyphen, marks of direction) go.

    >>> printable("Өкмөт 😀")
    'Өкмөт [U+1F600]'
    """
    if _PLAIN.fullmatch(text):
        return text
    return _MISSING.sub(lambda found: f"[{_code(found[0])}]", _composed(text))


def folded(words: str) -> str:
    """Return words as they are searched: ң, ө, ү, ё typed as н, о, у, е find the same; so does case.

    >>> folded("Өзгөн ёлка")
    'озгон елка'
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in _composed(words))
    return " ".join(_lower(plain).translate(_FOLDED).split())


def is_kyrgyz(words: str) -> bool:
    """Tell whether words look Kyrgyz, by what Russian has not: a guess, good for a mark and no more.

    >>> [is_kyrgyz(each) for each in ("Бюджет жөнүндө", "2020-жылдын бюджети", "О бюджете 2020 года")]
    [True, True, False]
    """
    plain = _lower(_composed(words))
    return not set("ңөү").isdisjoint(plain) or _KYRGYZ.search(plain) is not None


def collation(words: str) -> tuple[tuple[str, int], ...]:
    """Return the place of words in the Kyrgyz alphabet: ң after н, ө after о, ү after у, ё after е.

    >>> sorted(["Чүй", "Ош", "Өзгөн", "Талас"], key=collation)
    ['Ош', 'Өзгөн', 'Талас', 'Чүй']
    """
    return tuple((letter.translate(_FOLDED), letter in _AFTER) for letter in _lower(_composed(words)))


def _code(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def _lower(words: str) -> str:
    """Return words without capitals, composed once more: folding case takes some letters apart."""
    return unicodedata.normalize("NFC", words.casefold())


def _composed(text: str) -> str:
    """Return the text in composed letters (NFC), without shapeless signs, its line ends as one line feed."""
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return composed
    plain = _LINE_END.sub("\n", composed).replace("\t", " ")
    return _SHAPELESS.sub("", plain)


def _ranges() -> tuple[tuple[int, int], ...]:
    pairs = (part.split("-") for part in COVERED.split())
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


#: So many letters are named; whoever pastes a page of another script needs no longer list.
_TOLD: Final = 20
_AFTER: Final = "ңөүё"
#: «жыл», «башы», «чыгым»: Russian writes no ы there; and «макулдашуу», «союздун», «бирдиктердин», «жана».
_KYRGYZ: Final = re.compile(
    r"[жшч]ы|уу\b|\b(?:жана|менен|боюнча|\w{2,}(?:[днт]ын|[днт]ун|[лтд]ердин|[лтд]ерге|[лтд]арга))\b"
)
_FOLDED: Final = str.maketrans(_AFTER, "ноуе")
_MISSING: Final = re.compile(f"[^\n{_class(_ranges())}]")
#: Texts of these letters alone are printed as they are: composed, with a shape, in every face.
_PLAIN: Final = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u0513\u2010-\u2027\u202f-\u205e\u2116\u2212]*"
)
_LINE_END: Final = re.compile("\r\n?|[\u2028\u2029]")
#: Soft hyphen, zero-width spaces and joiners, marks of direction, variation selectors.
_SHAPELESS: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
