"""Keyword factories: people, parties, sittings and positions, with the figures of the 2020 disputes.

Who acts for a body outside sittings is put on its list by `tests/bodies.py`.
"""

import secrets
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from budgetproto.accounts import service as accounts
from budgetproto.accounts.domain import Party, Person, Role, Side
from budgetproto.database import Database, now
from budgetproto.disputes import service
from budgetproto.disputes.domain import Figure, LineText
from budgetproto.disputes.lines import entering
from budgetproto.disputes.positions import approving, filing, opening
from budgetproto.disputes.positions.attachments.service import working_set
from budgetproto.disputes.positions.attachments.values import list_digest
from budgetproto.disputes.positions.own import OwnPosition, own_position
from budgetproto.disputes.positions.receipts import Receipt
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.positions.seat import take_seat
from budgetproto.disputes.storage import LineRow
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.proposing import NewTerms
from budgetproto.i18n import Language, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.money import Som
from budgetproto.proceedings.participation import service as participation
from budgetproto.proceedings.participation.domain import Answer, Entered, Question
from budgetproto.proceedings.participation.reading import day_of
from budgetproto.proceedings.participation.record import associations_of
from budgetproto.proceedings.participation.storage import EVERY_ITEM
from budgetproto.sittings import mandates, settling
from budgetproto.sittings import service as sittings
from budgetproto.sittings.delegates import set_four_eyes
from budgetproto.sittings.domain import MandatePart, Stage
from budgetproto.sittings.storage import SittingRow, mandate_rows
from tests.remembered import remembered
from tests.stated import GRANTS, line_text, make_position, new_sitting, new_terms

#: The password of everybody the factories make.
PASSWORD = "tests-of-a-sitting"
#: What a form says of the files that its author has seen where there are none.
NO_FILES = list_digest(())
#: A seal key for tests that have no key file.
SEAL_KEY = SealKey(b"k" * 32)

MINISTRY = Named("Каржы министрлиги", "Министерство финансов", "Ministry of Finance")
HEALTH = Named("Саламаттык сактоо министрлиги", "Министерство здравоохранения", "Ministry of Health")
UNION = Named("ЖӨБ союзу", "Союз МСУ", "Union of Local Self-Governments")
CITIES = Named("Шаарлар ассоциациясы", "Ассоциация городов", "Association of Cities")


@dataclass(frozen=True)
class Scene:
    """A sitting with everybody in it.

    `ministry` leads every line for the Government, `health` may add texts; `union` and `cities` are two
    associations. `minister` and `deputy` speak for the ministry, `unionist` and `assistant` for the union.
    """

    database: Database
    key: SealKey
    sitting: str
    lines: tuple[str, ...]
    secretary: Person
    chair: Person
    ministry: Party
    minister: Person
    deputy: Person
    health: Party
    doctor: Person
    union: Party
    unionist: Person
    assistant: Person
    cities: Party
    mayor: Person
    outsider: Person

    @property
    def parties(self) -> tuple[Party, ...]:
        """The invited parties in the order of their invitation."""
        return self.ministry, self.health, self.union, self.cities

    def speaker(self, party: Party) -> Person:
        """Return the first delegate of a party."""
        speakers = (self.minister, self.doctor, self.unionist, self.mayor)
        return dict(zip(self.parties, speakers, strict=True))[party]


def make_person(
    database: Database,
    *,
    login: str | None = None,
    name: str = "Асель Токтогулова",
    roles: frozenset[Role] = frozenset(),
    password: str = PASSWORD,
    language: Language = "ky",
) -> Person:
    """Make an account."""
    login = login or f"person-{secrets.token_hex(4)}"
    return accounts.add_person(
        database, login=login, name=name, password=password, roles=roles, language=language
    )


def make_party(
    database: Database, *, side: Side = "lsg", key: str | None = None, name: Named = UNION
) -> Party:
    """Enter a party."""
    return accounts.add_party(database, key=key or f"party-{secrets.token_hex(4)}", side=side, name=name)


@remembered
def make_scene(
    database: Database,
    *,
    key: SealKey = SEAL_KEY,
    lines: int = 2,
    texts: tuple[LineText, ...] | None = None,
    stage: Stage = Stage.COLLECTING,
    terms: bool = True,
    deadline: datetime | None = None,
) -> Scene:
    """Prepare a sitting with four parties, and take it to `preparing` or `collecting`.

    `terms` says whether they are proposed, acknowledged by both sides and fixed. The lines are led by the
    ministry and the union unless `texts` says what they are.
    """
    scene = _cast(database, key, deadline)
    texts = texts or tuple(_numbered_text(number) for number in range(1, lines + 1))
    texts = tuple(
        replace(
            text,
            lead_government=text.lead_government or scene.ministry.id,
            lead_lsg=text.lead_lsg or scene.union.id,
        )
        for text in texts
    )
    ids = tuple(entering.add_line(database, scene.secretary.id, scene.sitting, text) for text in texts)
    scene = replace(scene, lines=ids)
    if terms:
        settle_terms(scene)
    if stage is Stage.COLLECTING:
        service.start_collecting(database, key, scene.secretary.id, scene.sitting)
    return scene


def settle_terms(scene: Scene, *, terms: NewTerms | None = None) -> int:
    """Propose terms, have the ministry and the union acknowledge them, fix them; return their number."""
    proposed = proposing.propose_terms(
        scene.database, scene.secretary.id, scene.sitting, terms or new_terms()
    )
    number = proposed.version
    for person, party in ((scene.minister, scene.ministry), (scene.unionist, scene.union)):
        settling.acknowledge_terms(scene.database, person.id, scene.sitting, party_id=party.id, number=number)
    settling.fix_terms(scene.database, scene.secretary.id, scene.sitting, number=number)
    return number


def file(
    scene: Scene,
    party: Party,
    *,
    line: int = 0,
    figure: Figure = GRANTS,
    rationale: str = "",
    seen: int | None = None,
    person: Person | None = None,
    confirmed: bool = True,
    files: str | None = None,
) -> Receipt:
    """File a position of a party on one of the scene's lines, as its first delegate unless said otherwise.

    What the author has seen, the last version's number and the `files` with it, is looked up unless given.
    """
    author = person or scene.speaker(party)
    if seen is None or files is None:
        version, there = _before(scene, party, line)
        seen, files = version if seen is None else seen, there if files is None else files
    return filing.file_position(
        scene.database,
        scene.key,
        author.id,
        scene.lines[line],
        party_id=party.id,
        position=make_position(figure=figure, rationale=rationale),
        seen=seen,
        files_seen=files,
        confirmed=confirmed,
    )


def file_all(scene: Scene) -> None:
    """File on every line for the ministry (nothing) and the union (600 million soms and more)."""
    for place in range(len(scene.lines)):
        file(scene, scene.ministry, line=place, figure=Som(0))
        file(scene, scene.union, line=place, figure=GRANTS + Som(place * 10_000))


def declare_all_final(scene: Scene) -> None:
    """Have every party declare its positions final."""
    for party in scene.parties:
        filing.declare_final(scene.database, scene.speaker(party).id, scene.sitting, party_id=party.id)


def open_all(scene: Scene) -> int:
    """Have every party declare itself final and open; return how many lines were opened."""
    declare_all_final(scene)
    return opening.open_positions(scene.database, scene.key, scene.secretary.id, scene.sitting)


def start_session(scene: Scene) -> None:
    """Take an opened sitting into its session."""
    sittings.take_step(scene.database, scene.secretary.id, scene.sitting, Stage.IN_SESSION)


def record_parts(scene: Scene) -> None:
    """Enter of each association that it was invited in time, came, spoke and gave an opinion."""
    with scene.database.reading() as session:
        associations = associations_of(session, scene.sitting)
        held = day_of(session.get_one(SittingRow, scene.sitting).sitting()) or bishkek_day(now(session))
    for association in associations:
        for question in Question:
            participation.enter(
                scene.database,
                scene.secretary.id,
                scene.sitting,
                item=EVERY_ITEM,
                party=association.id,
                question=question,
                entered=Entered(Answer.YES, "Катчынын жазуусу", held - timedelta(days=30)),
            )


def last_version(scene: Scene, party: Party, *, line: int = 0) -> int:
    """Return the number of the last filed version of a party's position."""
    return seen_by(scene, party, line=line).version


def seen_by(scene: Scene, party: Party, *, line: int = 0) -> OwnPosition:
    """Return what a party's first delegate sees of its position."""
    with scene.database.reading() as session:
        return own_position(session, scene.key, scene.speaker(party).id, scene.lines[line], party.id)


def _before(scene: Scene, party: Party, line: int) -> tuple[int, str]:
    """Return what a form says that its author had before him: the last version's number, and the files."""
    with scene.database.reading() as session:
        seat = take_seat(session, scene.key, scene.speaker(party).id, scene.lines[line], party.id)
        return seat.last.number if seat.last else 0, list_digest(each.id for each in working_set(seat))


def set_deadline(database: Database, sitting: str, *, seconds: float) -> None:
    """Put the deadline of a sitting some seconds from now by the database's clock."""
    with database.writing() as session:
        row = session.get_one(SittingRow, sitting)
        row.deadline = now(session) + timedelta(seconds=seconds)
        session.add(row)


def reach_deadline(scene: Scene) -> None:
    """Let the deadline be now: what was filed lies before it, what comes is too late."""
    time.sleep(0.003)  # SQLite's clock counts milliseconds
    set_deadline(scene.database, scene.sitting, seconds=0)


def end_second_term(scene: Scene, *, line: int = 0) -> None:
    """Let the second term of a line end now."""
    with scene.database.writing() as session:
        row = session.get_one(LineRow, scene.lines[line])
        row.second_term_until = now(session)
        session.add(row)


def drop_guard(database: Database, table: str) -> None:
    """Take the append-only triggers off a table, as a database administrator could."""
    with database.writing() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"))
            return
        named = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        for name in connection.execute(named, {"table": table}).scalars().all():
            connection.execute(sa.text(f"DROP TRIGGER {name}"))


def _cast(database: Database, key: SealKey, deadline: datetime | None) -> Scene:
    """Make the people and parties and a sitting that has invited them."""
    secretary = make_person(database, name="Айгүл Осмонова", roles=frozenset({Role.SECRETARY}))
    chair = make_person(database, name="Эмил Токтошев", roles=frozenset({Role.CHAIR, Role.MEMBER}))
    sitting = sittings.prepare_sitting(database, secretary.id, new_sitting(deadline=deadline))
    parties: list[Party] = []
    sides: tuple[Side, ...] = ("government", "government", "lsg", "lsg")
    for side, name in zip(sides, (MINISTRY, HEALTH, UNION, CITIES), strict=True):
        parties.append(make_party(database, side=side, name=name))
        sittings.invite_party(database, secretary.id, sitting, parties[-1].id)
    ministry, health, union, cities = parties
    delegates = [
        make_delegate(database, secretary, sitting, party, name=name)
        for party, name in (
            (ministry, "Бакыт Асанов"),
            (ministry, "Чынара Үсөнова"),
            (health, "Гүлнара Байтерекова"),
            (union, "Өмүрбек Сатыбалдиев"),
            (union, "Нурзат Жээнбекова"),
            (cities, "Азиз Суракматов"),
        )
    ]
    minister, deputy, doctor, unionist, assistant, mayor = delegates
    return Scene(
        database=database,
        key=key,
        sitting=sitting,
        lines=(),
        secretary=secretary,
        chair=chair,
        ministry=ministry,
        minister=minister,
        deputy=deputy,
        health=health,
        doctor=doctor,
        union=union,
        unionist=unionist,
        assistant=assistant,
        cities=cities,
        mayor=mayor,
        outsider=make_person(database, name="Бөтөн Киши"),
    )


def set_part(scene: Scene, person: Person, part: MandatePart) -> None:
    """Let a delegate be an author, an approver or both, as if his mandate had said so from the beginning."""
    with scene.database.writing() as session:
        for row in mandate_rows(session, person.id):
            row.part = part.value
            session.add(row)


def need_four_eyes(scene: Scene, party: Party) -> None:
    """Have two people file each position of a party."""
    set_four_eyes(scene.database, scene.speaker(party).id, scene.sitting, party_id=party.id, on=True)


def submit(
    scene: Scene,
    person: Person,
    *,
    line: int = 0,
    figure: Figure = GRANTS,
    rationale: str = "",
    seen: int = 0,
    submission_seen: int = 0,
    request: str = "",
    files: str | None = None,
) -> int:
    """Have a delegate of the union submit a position for approval; its `files` are looked up unless given."""
    return approving.submit(
        scene.database,
        scene.key,
        person.id,
        scene.lines[line],
        party_id=scene.union.id,
        position=make_position(figure=figure, rationale=rationale),
        seen=seen,
        submission_seen=submission_seen,
        files_seen=_before(scene, scene.union, line)[1] if files is None else files,
        confirmed=True,
        request=request,
    )


def make_delegate(
    database: Database, secretary: Person, sitting: str, party: Party, *, name: str = "Асель Токтогулова"
) -> Person:
    """Make a person with a mandate for a party in a sitting."""
    person = make_person(database, name=name)
    mandates.enter_mandate(
        database,
        secretary.id,
        sitting,
        delegate=person.id,
        party_id=party.id,
        capacity=Named("өкүл", "представитель", "delegate"),
        paper=Named("ишеним кат", "доверенность", "power of attorney"),
    )
    return person


def _numbered_text(number: int) -> LineText:
    title = Named(f"Грант, {number}-сап", f"Грант, строка {number}", f"Grant, line {number}")
    return line_text(title=title, government=Som(0), lsg=GRANTS)
