"""Sample snapshots of sittings on any lines; the people and the envelope are made up and marked so."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from budgetproto.i18n import Named, Words, every_language
from budgetproto.money import Som, Unit
from budgetproto.protocol.fixed_terms import Acknowledgement, Extension, Rule, Source, Terms
from budgetproto.protocol.participation import (
    Association,
    Heard,
    Known,
    Obligation,
    Participation,
    Question,
    Waiver,
)
from budgetproto.protocol.snapshot import (
    AgendaItem,
    Attendance,
    Attendee,
    Body,
    DraftBudget,
    Figure,
    Head,
    Line,
    Mandate,
    Opinion,
    OptionVersion,
    Party,
    Position,
    Sentence,
    Signatory,
    Sitting,
    Snapshot,
    Speech,
)

MILLION = 100_000_000


MINISTRY, UNION, CITIES = "ministry", "union", "cities"


def million(millions: int) -> Som:
    """Return an amount of whole millions of soms."""
    return Som(millions * MILLION)


def words(ky: str, ru: str = "", en: str = "") -> Words:
    """Return a text written in Kyrgyz whose translations its author confirmed."""
    return Words(Named(ky, ru, en), "ky", ("ru", "en"))


def make_line(number: int = 1, government: Figure = None, lsg: Figure = None, **changes: object) -> Line:
    """Return a line with one party on each side; a blank figure is no position."""
    line = Line(
        number=number,
        title=Named(
            "Дем берүүчү (үлүштүк) гранттар", "Стимулирующие (долевые) гранты", "Stimulating (share) grants"
        ),
        kind=Named(
            "дем берүүчү (үлүштүк) грант", "стимулирующий (долевой) грант", "stimulating (share) grant"
        ),
        legal_basis=Named("Бюджеттик кодекс", "Бюджетный кодекс", "Budget Code"),
        territory=Named("Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic"),
        year=2020,
        measure="amount",
        lead_government=MINISTRY,
        lead_lsg=UNION,
        positions=tuple(
            Position(party, figure)
            for party, figure in ((MINISTRY, government), (UNION, lsg))
            if figure is not None
        ),
    )
    return replace(line, **changes)  # type: ignore[arg-type]  # the fields of a line, by name


def make_snapshot(*lines: Line, envelope: tuple[Source, ...] = (), number: str | None = None) -> Snapshot:
    """Return a sitting on these lines."""
    return Snapshot(
        sitting=_sitting(),
        parties=_parties(),
        attendance=_attendance(),
        terms=_terms(envelope),
        lines=lines,
        head=Head("ab" * 32, 41, datetime(2020, 5, 14, 9, 30, tzinfo=UTC)),
        number=number,
        agenda=_agenda(),
        option=OptionVersion(
            1, "A", "balancing 1", Fraction(1, 2), sentences=(Sentence("balancing.sentence.agreed"),)
        ),
        opinions=_opinions(),
        signatories=_signatories(),
        state_language_source=Named(
            "иш кагаздарын жүргүзүү боюнча үлгү нускама",
            "типовая инструкция по делопроизводству",
            "office-work instruction",
        ),
    )


def make_participation(*, waiver: Waiver | None = None, known: Known = "yes") -> Participation:
    """Return the part of two associations in one question; the second is `known` but for its invitation."""
    invited = Heard("invited", "yes", on=date(2020, 5, 4), why="Кат № 7, кол коюлган")
    there = tuple(Heard(asked, "yes", recorded=True) for asked in ("came", "spoke", "opinion"))
    why = "" if known == "unknown" else "Катчынын жазуусу"
    others = tuple(
        Heard(asked, known, why=why, open=known == "unknown") for asked in ("came", "spoke", "opinion")
    )
    return Participation(
        days=3,
        source=Named("комитеттин эрежеси", "правило комитета", "committee rule"),
        questions=(
            Question(
                1,
                associations=(
                    Association(Named("ЖӨБ союзу", "Союз МСУ", "Union of LSG"), (invited, *there)),
                    Association(
                        Named("Шаарлар ассоциациясы", "Ассоциация городов", "Association of Cities"),
                        (invited, *others),
                    ),
                ),
            ),
        ),
        obligations=(
            Obligation("invited"),
            Obligation("came", Named("Регламент, 7-берене", "Регламент, статья 7", "Rules, article 7")),
        ),
        waiver=waiver,
    )


def _sitting() -> Sitting:
    return Sitting(
        code="2020-1",
        title=Named(
            "2020-жылга такталган республикалык бюджет",
            "Уточнённый республиканский бюджет на 2020 год",
            "Amended republican budget for 2020",
        ),
        budget_year=2020,
        parliament=Body(
            Named(
                "Кыргыз Республикасынын Жогорку Кеңеши",
                "Жогорку Кенеш Кыргызской Республики",
                "Jogorku Kenesh of the Kyrgyz Republic",
            )
        ),
        committee=Body(
            Named(
                "Бюджет жана финансы боюнча комитет",
                "Комитет по бюджету и финансам",
                "Budget and Finance Committee",
            )
        ),
        place=Named("Бишкек шаары", "город Бишкек", "Bishkek"),
        held_on=date(2020, 5, 14),
        started=datetime(2020, 5, 14, 4, 0, tzinfo=UTC),
        ended=datetime(2020, 5, 14, 6, 30, tzinfo=UTC),
        draft_budget=DraftBudget(
            Named(
                "2020-жылга республикалык бюджетке өзгөртүүлөрдүн долбоору",
                "проект изменений в республиканский бюджет на 2020 год",
                "draft amendments to the republican budget for 2020",
            ),
            "№ 6-10732/20",
            date(2020, 4, 30),
        ),
        unit=Unit.THOUSAND_SOMS,
        currency=Named("KGS", "KGS", "KGS"),
    )


def _parties() -> tuple[Party, ...]:
    mandate = Mandate(
        "Асанов Асан",
        Named("төрага", "председатель", "chair"),
        Named("№ 12 ишеним кат", "доверенность № 12", "power of attorney No. 12"),
        date(2020, 1, 1),
        date(2020, 12, 31),
    )
    return (
        Party(
            MINISTRY,
            "government",
            Named("Финансы министрлиги", "Министерство финансов", "Ministry of Finance"),
            (mandate,),
        ),
        Party(UNION, "lsg", Named("КР ЖӨБ Союзу", "Союз МСУ КР", "Union of LSGs of the KR")),
        Party(CITIES, "lsg", Named("Шаарлар ассоциациясы", "Ассоциация городов", "Association of Cities")),
    )


def _attendance() -> Attendance:
    role = Named("комитеттин мүчөсү", "член комитета", "member of the committee")
    people = (
        Attendee("member", "Бакиров Мирлан", role),
        Attendee(
            "member",
            "Үсөнова Өрүк",
            role,
            present=False,
            reason=Named("командировкада", "в командировке", "on a mission"),
        ),
        Attendee(
            "government",
            "Асанов Асан",
            body=Named("Финансы министрлиги", "Министерство финансов", "Ministry of Finance"),
        ),
        Attendee(
            "invited", "Ңгдеев Үмөт", body=Named("Эсептөө палатасы", "Счётная палата", "Accounts Chamber")
        ),
    )
    return Attendance(
        members_total=11,
        members_present=8,
        quorum=6,
        people=people,
        chair="Өмүрбеков Эмил",
        secretary="Сыдыкова Айнура",
        illustrative=True,
    )


def _agenda() -> tuple[AgendaItem, ...]:
    said = words(
        "Айыл өкмөттөрүнүн башчылары долбоорлорду жазып бүтүшкөн, ошондуктан грантты сактоо зарыл.",
        "Главы айыл окмоту уже написали проекты, поэтому гранты нужно сохранить.",
        "The heads of the aiyl okmotu have already written projects, so the grants must stay.",
    )
    speech = Speech(
        "Мирлан Бакиров",
        Named("Жогорку Кеңештин депутаты", "депутат Жогорку Кенеша", "member of parliament"),
        said,
    )
    title = Named(
        "Бюджет аралык трансферттер жөнүндө", "О межбюджетных трансфертах", "On interbudgetary transfers"
    )
    return (AgendaItem(1, title, spoke=(speech,)),)


def _terms(envelope: tuple[Source, ...]) -> Terms:
    acknowledged = tuple(
        Acknowledgement(party, "Асанов Асан", datetime(2020, 5, 8, 5, 0, tzinfo=UTC))
        for party in (MINISTRY, UNION)
    )
    return Terms(
        "A",
        Som(10_000),
        envelope,
        "lead",
        "cd" * 32,
        datetime(2020, 5, 8, 6, 0, tzinfo=UTC),
        acknowledged,
        _procedure(),
        _extensions(),
    )


def _procedure() -> tuple[Rule, ...]:
    """Return two of the settings that decide, made up as those that are shipped."""
    source = Named("Божомол", "Предположение", "Assumption")
    return (
        Rule(every_language("sittings.setting.members_total"), Named("11", "11", "11"), source),
        Rule(
            every_language("sittings.setting.majority_of"),
            every_language("sittings.choice.present"),
            source,
        ),
    )


def _extensions() -> tuple[Extension, ...]:
    """Return one extension of the deadline, made up."""
    before, after = (datetime(2020, 5, day, 12, 0, tzinfo=UTC) for day in (12, 13))
    reason = "Интернет байланышы үзүлгөн облустар үчүн."
    return (Extension(before, after, reason, datetime(2020, 5, 12, 4, 30, tzinfo=UTC)),)


def _opinions() -> tuple[Opinion, ...]:
    said = words(
        "Жергиликтүү бюджеттер 7 пайызга кыскарды, аярлуу топторго жардам жергиликтүү жамааттарда калды.",
        "Местные бюджеты сократились на 7 %, помощь уязвимым группам осталась на местных сообществах.",
        "Local budgets fell by 7%, and help to vulnerable groups was left to the local communities.",
    )
    return (Opinion("opinion", Named("КР ЖӨБ Союзу", "Союз МСУ КР", "Union of LSGs of the KR"), said),)


def _signatories() -> tuple[Signatory, ...]:
    committee = Named(
        "Бюджет жана финансы боюнча комитет", "Комитет по бюджету и финансам", "Budget and Finance Committee"
    )
    ministry = Named("Финансы министрлиги", "Министерство финансов", "Ministry of Finance")
    union = Named("КР ЖӨБ Союзу", "Союз МСУ КР", "Union of LSGs of the KR")
    return (
        Signatory("chair", "Өмүрбеков Эмил", body=committee),
        Signatory("government", "Асанов Асан", body=ministry),
        Signatory(
            "lsg",
            "Токтогулова Гүлнара",
            body=union,
            state="refused",
            remark=words(
                "Ссуда грантты алмаштырбайт.", "Ссуда не заменяет грант.", "A loan does not replace a grant."
            ),
        ),
        Signatory("secretary", "Сыдыкова Айнура"),
    )


def reserve(amount: Som) -> Source:
    """Return a made-up source of the envelope."""
    name = Named(
        "Министрлер Кабинетинин резерви", "Резерв Кабинета министров", "Reserve of the Cabinet of Ministers"
    )
    document = Named(
        "республикалык бюджеттин долбоору", "проект республиканского бюджета", "draft republican budget"
    )
    return Source(name, amount, 2020, document, "government", illustrative=True)
