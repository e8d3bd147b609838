"""A draft with everything on its sheet: a late opinion, a silence, changed answers, a round, an appeal."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Amended, Draft, GroundNote, Level, Related
from budgetproto.coordination.happenings import Happening, Ruling, Stance, TextKind, Verdict
from budgetproto.coordination.paper.domain import Sheet, step_of
from budgetproto.coordination.rules import check_happening
from budgetproto.coordination.shipped import shipped
from budgetproto.coordination.terms import terms_of
from budgetproto.coordination.undone import last_day
from budgetproto.i18n import Named
from tests.coordination.going import MANDATORY, deadlines

PROCEDURE: Final = shipped()[Level.MINISTRY]
NAMES: Final[Mapping[str, Named]] = {
    "cities": Named("Шаарлар ассоциациясы", "Ассоциация городов", "Association of Cities"),
    "union": Named("ЖӨБ бирлиги", "Союз МСУ", "Union of LSG"),
}
DRAFT: Final = Draft(
    Named("Теңдөөчү трансферттердин тартиби", "Порядок выравнивающих трансфертов"),
    Level.MINISTRY,
    Named("Финансы министрлиги", "Министерство финансов", "Ministry of Finance"),
    reference="№ 04-1/1234",
    published=date(2026, 11, 2),
    illustrative=True,
    related=(Related(Named("Эсептөө усулу", "Методика расчёта"), present=True), Related(Named("Тизме"))),
    amends=(Amended(date(2011, 7, 15), "№ 101"),),
)
_REMARKS = (("3-пункт", "Коэффициент сакталсын"), ("5-пункт", "Мөөнөт узартылсын"))


def text_of(
    body: str, kind: TextKind, number: int, title: str = "", *, companion: int = 0, replaces: int = 0
) -> h.Attached:
    """Return a text in Kyrgyz whose hash tells its number."""
    name = f"{kind.value}_{number}.docx"
    return h.Attached(
        body, kind, h.TextLanguage.KY, name, 1000 * number, f"{number:064x}", title, companion, replaces
    )


_STEPS: Final[tuple[tuple[date, h.What], ...]] = (
    (date(2026, 11, 2), h.Noted(GroundNote(("Лейлек району",), situation="Кирешеси аз", asked="20 айыл"))),
    (date(2026, 11, 3), h.Screened(MANDATORY, 1, ("cities", "union"))),
    (date(2026, 11, 3), text_of("", TextKind.DRAFT, 1)),
    (date(2026, 11, 4), text_of("", TextKind.COMPANION, 2, companion=1)),
    (date(2026, 11, 4), h.Served("union", "№ 12, кол тамга")),
    (date(2026, 11, 12), h.Served("cities", "№ 13, почта")),
    (date(2026, 11, 5), h.Consulted("Лейлек айыл өкмөтү", "Мектептин жылытуусу", "3-пункт толукталды")),
    (date(2026, 11, 16), h.Opined("union", Stance.WITH_REMARKS, "Жалпысынан макулбуз", _REMARKS)),
    (date(2026, 11, 16), text_of("union", TextKind.LETTER, 3, "Кат № 5")),
    (date(2026, 11, 17), h.Answered(1, Verdict.ACCEPTED, "Сакталды")),
    (date(2026, 11, 18), h.Answered(2, Verdict.REJECTED, "Мөөнөт жетиштүү")),
    (date(2026, 11, 20), h.Stood("union", 2, insists=True, why="Айылдар жетишпейт")),
    (date(2026, 11, 30), h.RoundBegun("3-пункт кайра жазылды")),
    (date(2026, 11, 30), h.Served("union", "№ 20")),
    (date(2026, 12, 1), text_of("", TextKind.DRAFT, 4, replaces=1)),
    (date(2026, 12, 1), h.Served("cities", "№ 21")),
    (date(2026, 12, 9), h.Opined("union", Stance.DISAGREES, "Мөөнөт дагы эле кыска")),
    (date(2026, 12, 10), h.Met("Баары келди", "Мөөнөт талкууланды")),
    (date(2026, 12, 11), h.Appealed("union", PROCEDURE.addressee.ky, "2-сын-пикирге жооп", elsewhere=False)),
    (date(2026, 12, 15), h.Ruled(1, Ruling.PARTLY, "Мөөнөт каралсын")),
    (date(2026, 12, 16), h.Answered(2, Verdict.PARTLY, "Он күн кошулду", "Чечимден кийин")),
    (date(2026, 12, 17), h.Stood("union", 2, insists=True, why="Аз")),
    (date(2026, 12, 18), h.Referred(2, "sitting", "line")),
    (date(2026, 12, 21), h.Closed()),
)
#: What the keeper recorded for a body, by place.
_KEPT: Final = frozenset({16})


def course(steps: int = len(_STEPS)) -> Course:
    """Take so many steps, each checked; every one is recorded when the latest before it was."""
    found, latest = Course(), date.min
    for on, what in _STEPS[:steps]:
        latest = max(latest, on)
        happening = Happening(on, what, latest)
        check_happening(happening, deadlines(found, terms=PROCEDURE.terms))
        found = found.then(happening)
    return found


def sample(steps: int = len(_STEPS), as_of: date = date(2026, 12, 21)) -> Sheet:
    """Return the sheet after so many steps."""
    found = course(steps)
    running = deadlines(found, terms=PROCEDURE.terms) if found.screened else None
    initiator = DRAFT.initiator
    return Sheet(
        number=7,
        draft=DRAFT,
        initiator=initiator,
        entered=date(2026, 11, 2),
        as_of=as_of,
        steps=tuple(
            step_of(each, last_day(running, place) if running else None, by_keeper=place in _KEPT)
            for place, each in enumerate(found.happenings)
        ),
        terms=tuple(terms_of(running, PROCEDURE, initiator, NAMES, as_of)) if running else (),
        procedure=PROCEDURE if running else None,
        names=NAMES,
    )
