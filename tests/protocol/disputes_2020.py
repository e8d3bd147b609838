"""The disputes of the 2020 amended budget as a sample snapshot.

Figures of the 2020 sitting: stimulating grants cut to 0 against 600 million soms asked for (AKIpress,
14 May 2020); 1 billion soms of transfers restored in the second reading, and a budget loan of 744 million
soms to Bishkek for teachers' pay (24.kg, No. 153595). What no source gives is blank; the envelope, the
people and the votes are made up and marked so.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from budgetproto.i18n import Named, Words
from budgetproto.money import Som
from budgetproto.protocol.answers import Answer
from budgetproto.protocol.snapshot import (
    Attempt,
    Base,
    Decision,
    Line,
    LineOption,
    Position,
    Sentence,
    Snapshot,
    Votes,
)
from tests.protocol.samples import (
    CITIES,
    MINISTRY,
    UNION,
    make_line,
    make_participation,
    make_snapshot,
    million,
    reserve,
    words,
)


def dispute_2020() -> Snapshot:
    """Return the three disputes of the 2020 amended budget."""
    lines = (
        replace(_stimulating_grants(), answers=_answers()),
        replace(_local_transfers(), answers=(Answer(MINISTRY, "none"), Answer(UNION, "none"))),
        _teachers_pay(),
    )
    snapshot = make_snapshot(*lines, envelope=(reserve(million(450)),), number="1")
    return replace(snapshot, participation=make_participation())


def _answers() -> tuple[Answer, ...]:
    """Return one answer of each kind that says more than a word, as if four parties had answered."""
    reason = words("Каражат жетпейт", "Средств не хватает", "There is not enough money")
    return (
        Answer(MINISTRY, "condition", lines=(2,), condition="open", reason=reason),
        Answer(UNION, "counter", figure=million(550), reason=reason),
        Answer(CITIES, "subject", counts=False, confirmer="Башкармалык", until=date(2020, 6, 1)),
    )


def _stimulating_grants() -> Line:
    line = make_line(1, Som(0), million(600))
    ministry, union = line.positions
    sentence = Sentence("protocol.option.rate", (("rate", Fraction(3, 4)),))
    return replace(
        line,
        positions=(
            replace(
                ministry,
                rationale=words(
                    "Киреше азайгандыктан грант боюнча чыгаша кыскартылды.",
                    "Из-за падения доходов расходы на гранты сокращены.",
                    "Since revenue fell, spending on the grants was cut.",
                ),
                source=Named("бюджеттин долбоору", "проект бюджета", "draft budget"),
            ),
            replace(
                union,
                speaker="Мирлан Бакиров",
                rationale=words(
                    "Айыл өкмөттөрүнүн башчылары долбоорлорду жазып бүтүшкөн.",
                    "Главы айыл окмоту уже написали проекты.",
                    "The heads of the aiyl okmotu have already written projects.",
                ),
                source=Named("АКИpress", "АКИpress", "AKIpress"),
                source_date=date(2020, 5, 14),
            ),
        ),
        bases=(
            Base("government", million(600), Named("2019-жылдын планы", "план 2019 года", "plan of 2019")),
        ),
        option=LineOption(
            million(450), million(600), million(450), Fraction(3, 4), "free", (sentence,), million(300)
        ),
        decision=Decision(
            decided=Som(34_753_850_000),
            votes=Votes(7, 0, 1),
            outcome="partly_agreed",
            illustrative=True,
            note=words(
                "194 долбоор каржыланды.", "Профинансировано 194 проекта.", "194 projects were financed."
            ),
        ),
    )


def _local_transfers() -> Line:
    title = Named(
        "Жергиликтүү жамааттарга трансферттер",
        "Трансферты местным сообществам",
        "Transfers to local communities",
    )
    history = (
        Attempt(
            date(2020, 5, 13),
            words(
                "биринчи окууда талкууланды", "обсуждалось в первом чтении", "discussed at the first reading"
            ),
        ),
    )
    return make_line(
        2,
        title=title,
        history=history,
        decision=Decision(decided=million(1000), outcome="agreed"),
    )


def _teachers_pay() -> Line:
    title = Named(
        "Бишкек шаарынын мугалимдеринин эмгек акысы",
        "Оплата труда учителей города Бишкек",
        "Pay of teachers in Bishkek",
    )
    return make_line(
        3,
        title=title,
        territory=Named("Бишкек шаары", "город Бишкек", "Bishkek city"),
        positions=(
            Position(MINISTRY, Som(0), rationale=Words(Named(ru="Грант городу не предусмотрен."), "ru")),
            Position(
                UNION, None, rationale=Words(Named("Шаарга каражат керек.", "Городу нужны средства."), "ky")
            ),
        ),
        decision=Decision(decided=million(744), instrument="disputes.instrument.loan", outcome="agreed"),
    )
