"""What the parties answer to the balanced option, as columns of a file: what it comes to, then each party's.

Whoever reads the table may read the opened positions, and the answers with them.
"""

from collections.abc import Iterator

from budgetproto.analysis.columns import Held, Value
from budgetproto.analysis.entries import Entry
from budgetproto.exchange import Cell, Column
from budgetproto.i18n import LANGUAGES, Language, Named, Points, every_language, shown, text
from budgetproto.i18n.catalogue import with_unit
from budgetproto.money import Som, Unit
from budgetproto.protocol.answers import Answer
from budgetproto.protocol.composed import Protocol


def answer_columns(protocol: Protocol) -> tuple[Held, ...]:
    """Return the columns of the answers; none where nobody was asked yet."""
    facts = protocol.facts
    asked = {answer.party for line in facts.lines for answer in line.answers}
    if not asked:
        return ()
    version = facts.option.version if facts.option else 0
    come_to = Column("answered", every_language("protocol.answers.title", version=version))
    own = (
        Held(
            Column(f"answer_{party.code}", every_language("protocol.answers.of", party=party.name)),
            "computed",
            _answer_of(party.code, facts.sitting.unit),
        )
        for party in facts.parties
        if party.code in asked
    )
    return (Held(come_to, "computed", _come_to), *own)


def _come_to(entry: Entry) -> Cell:
    answered = entry.made.answered
    return every_language(f"responses.standing.{answered}") if answered else None


def _answer_of(party: str, unit: Unit) -> Value:
    def told(entry: Entry) -> Cell:
        answer = next((each for each in entry.line.answers if each.party == party), None)
        return Named(*(_told(answer, unit, language) for language in LANGUAGES)) if answer else None

    return told


def _told(answer: Answer, unit: Unit, language: Language) -> str:
    return "; ".join(part for part in _parts(answer, unit, language) if part)


def _parts(answer: Answer, unit: Unit, language: Language) -> Iterator[str]:
    yield " ".join((text(f"protocol.answers.{answer.kind}", language), *_figure(answer, unit, language)))
    if answer.until is not None:
        values = {"confirmer": answer.confirmer, "until": answer.until}
        yield text("responses.confirmed_by", language, **values)
    if answer.lines:
        yield text("responses.if_lines", language, lines=", ".join(map(str, answer.lines)))
    if answer.condition:
        yield text(f"responses.condition.{answer.condition}", language)
    if answer.reason:
        yield f"{text('protocol.answers.reason', language)}: {answer.reason.text.text(language)}"
    if not answer.counts:
        yield text("protocol.answers.not_counted", language)


def _figure(answer: Answer, unit: Unit, language: Language) -> Iterator[str]:
    figure = answer.figure
    if isinstance(figure, Som):
        yield str(with_unit(figure, unit, language))
    elif isinstance(figure, bool):
        yield text("analysis.yes" if figure else "analysis.no", language)
    elif figure is not None:
        yield shown(Points(figure), language)
