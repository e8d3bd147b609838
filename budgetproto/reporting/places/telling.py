"""What a place's page, sheet and file say beside the figures: what is counted, and what is not public."""

from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.reporting.places.domain import Question, Source
from budgetproto.reporting.places.gathering import Place
from budgetproto.transfers.domain import Territory


def notes(found: Place) -> tuple[Named, ...]:
    """Tell what is counted, which protocols were read, and which of them are public in totals alone."""
    told = [every_language("places.counted")]
    if found.read:
        numbers = ", ".join(each.number for each in found.read)
        told.append(every_language("places.read", numbers=numbers))
    if found.in_totals:
        numbers = ", ".join(each.number for each in found.in_totals)
        told.append(every_language("places.in_totals", numbers=numbers))
    told.append(every_language("places.not_public"))
    if found.illustrative:
        told.append(every_language("analysis.note.illustrative"))
    return tuple(told)


def joined(found: Place) -> tuple[Named, ...]:
    """Tell of which units the place was made, and what became of it."""
    both = (("places.made_of", found.before), ("places.went_on_as", found.after))
    return tuple(every_language(key, names=_listed(places)) for key, places in both if places)


def _listed(places: tuple[Territory, ...]) -> Named:
    return Named(*(", ".join(each.name.text(language) for each in places) for language in LANGUAGES))


def sources(question: Question) -> tuple[Named, ...]:
    """Tell where the figures of the law and of the treasury come from, and at which reading it appeared."""
    named = (("places.law", question.law), ("places.treasury", question.treasury))
    return (*(_source(key, source) for key, source in named if source.title), *_read(question))


def _read(question: Question) -> tuple[Named, ...]:
    source = question.read
    if not source.title:
        return ()
    key = "places.appeared" if question.reading else "places.appeared.not"
    return (every_language(key, reading=question.reading, source=source.title, on=source.on),)


def _source(key: str, source: Source) -> Named:
    where = ", ".join(part for part in (source.title, source.article) if part)
    if source.on is None:
        return every_language(key, source=where)
    return every_language(f"{key}.on", source=where, on=source.on)


def marks(question: Question) -> tuple[Named, ...]:
    """Tell that associations differ on a question, or that a newer protocol of it is not public."""
    told = []
    if question.divided:
        told.append(every_language("protocol.line.lsg_divided"))
    if question.replaced_by:
        told.append(every_language("protocol.replaced_by", number=question.replaced_by))
    return tuple(told)
