"""A sitting of hundreds of lines, entered and filed through the services."""

import random
from dataclasses import replace
from typing import Final

from budgetproto.database import Database
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from tests.factories import SEAL_KEY, Scene, file, make_scene, open_all
from tests.stated import MILLION, line_text

#: Real districts, so that territories and oblasts have names where the reference data is loaded.
_DISTRICTS: Final = (
    *("41702205000000", "41703204000000", "41703223000000", "41704230000000", "41705258000000"),
    *("41706246000000", "41707225000000", "41708213000000"),
)
_KINDS: Final = ("stimulating_grant", "equalization", "delegated_powers", "targeted")
_WORDS: Final = Named(
    "Жергиликтүү бюджеттерге айыл ичиндеги жолдорду оңдоого берилүүчү каражаттын көлөмү",
    "Объём средств местным бюджетам на ремонт внутриаильных дорог",
    "Money for local budgets to repair roads inside villages",
)


def make_large(
    database: Database, *, lines: int, key: SealKey = SEAL_KEY, stage: Stage = Stage.OPENED
) -> Scene:
    """Make a sitting of so many lines, every fifth agreed, every seventh with one side only, then opened."""
    draw = random.Random(lines)
    texts = tuple(_text(number, draw) for number in range(1, lines + 1))
    scene = make_scene(
        database,
        key=key,
        texts=texts,
        stage=Stage.PREPARING if stage is Stage.PREPARING else Stage.COLLECTING,
    )
    if stage in {Stage.PREPARING, Stage.COLLECTING}:
        return scene
    for place in range(lines):
        figure = Som(draw.randrange(1, 900) * MILLION // 10)
        file(scene, scene.ministry, line=place, figure=figure, rationale=_WORDS.ky, seen=0)
        if (place + 1) % 7:
            more = Som(0) if not (place + 1) % 5 else Som(draw.randrange(1, 300) * MILLION // 10)
            file(scene, scene.union, line=place, figure=figure + more, rationale=_WORDS.ky, seen=0)
    open_all(scene)
    return scene


def _text(number: int, draw: random.Random) -> LineText:
    title = Named(*(f"{words}, {number}" for words in vars(_WORDS).values()))
    base = Som(draw.randrange(1, 900) * MILLION // 10)
    text = line_text(title=title, government=base, lsg=base + Som(MILLION), measure=Measure.AMOUNT)
    territory = None if number % 11 == 0 else draw.choice(_DISTRICTS)
    return replace(text, kind=draw.choice(_KINDS), territory=territory)
