"""A sample sitting of any length, with long Kyrgyz rationales."""

import random
from dataclasses import replace
from fractions import Fraction

from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.protocol.snapshot import (
    Decision,
    Line,
    LineOption,
    Outcome,
    Snapshot,
    Votes,
)
from tests.protocol.samples import (
    make_line,
    make_snapshot,
    million,
    reserve,
    words,
)

_PHRASES = (
    "Жергиликтүү бюджеттин өздүк кирешеси чыгашалардын кырк пайызын гана жабат",
    "мектептердин жана бала бакчалардын коммуналдык чыгымдары өткөн жылга салыштырмалуу кыйла өстү",
    "өткөрүлүп берилген мамлекеттик ыйгарым укуктарга каражат толук бөлүнгөн эмес",
    "айыл аймагынын калкынын басымдуу бөлүгү бийик тоолуу жана алыскы айылдарда жашайт",
    "республикалык бюджеттин тартыштыгы чектелген өлчөмдө сакталышы керек",
    "аярлуу топторго көмөк көрсөтүү милдети жергиликтүү жамааттарга жүктөлгөн",
    "корголгон беренелер боюнча каржылоо биринчи кезекте камсыз кылынат",
    "Министрлер Кабинетинин болжолу боюнча салыктык түшүүлөр орто мөөнөттүү мезгилде өсөт",
)

_OUTCOMES: tuple[Outcome, ...] = ("agreed", "partly_agreed", "not_agreed", "referred")

_TITLES = (
    "Теңдөөчү трансферт",
    "Мектептерди жылытуу боюнча максаттуу трансферт",
    "Өткөрүлүп берилген мамлекеттик ыйгарым укуктарды каржылоо",
    "Бийик тоолуу аймактардагы электр энергиясынын кенемтеси",
)


def long_sitting(lines: int, *, seed: int = 2020, sentences: int = 9) -> Snapshot:
    """Return a sitting on many lines with long Kyrgyz rationales, the same for the same seed."""
    chance = random.Random(seed)
    made = tuple(_random_line(number, chance, sentences) for number in range(1, lines + 1))
    return make_snapshot(*made, envelope=(reserve(million(90 * lines)),))


def _rationale(chance: random.Random, sentences: int) -> Words:
    count = chance.randint(1, 2 * sentences) if sentences else 0
    return words(" ".join(f"{chance.choice(_PHRASES)} ({chance.randint(2015, 2020)})." for _ in range(count)))


def _random_line(number: int, chance: random.Random, sentences: int) -> Line:
    government = Som(chance.randrange(1_000, 900_000) * 1_000_000)
    lsg = government + Som(chance.randrange(-50_000, 400_000) * 1_000_000)
    half = Som((government.tyiyn + lsg.tyiyn) // 2 // 10_000 * 10_000)
    line = make_line(number, government, lsg, year=2020 + number % 3, recurring=number % 2 == 0)
    positions = tuple(replace(it, rationale=_rationale(chance, sentences)) for it in line.positions)
    decided = half if chance.random() < 0.8 else None
    return replace(
        line,
        title=Named(f"{chance.choice(_TITLES)}, {number}-айыл аймагы"),
        positions=positions,
        option=LineOption(half, lsg - government, half - government, Fraction(1, 2), "free", midpoint=half),
        decision=Decision(
            decided=decided, votes=Votes(6, 2, 1), outcome=chance.choice(_OUTCOMES) if decided else None
        ),
    )
