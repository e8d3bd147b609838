"""PURE: what the association's people write in a report, and what is still missing before it may be filed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from budgetproto.i18n.languages import NO_NAME, Named, Sentence
from budgetproto.money import Som
from budgetproto.reporting.annual.domain import Indicator

#: The parts that people write, in the order of the paper; each is required in Kyrgyz and in Russian.
SectionKey = Literal["summary", "legislation", "finance", "vulnerable", "councils", "proposals"]
SECTIONS: Final[tuple[SectionKey, ...]] = get_args(SectionKey)
#: The four sums of a year: what the LSG side asked, what was recommended, adopted by law, executed.
MONEY: Final = ("asked", "recommended", "adopted", "executed")


@dataclass(frozen=True)
class FailingAct:
    """An act, or an article of one, that does not work: what fails, where, by what evidence, what repairs it.

    `evidence` names what anybody can look up; without it the entry is an opinion and is not taken.
    """

    act: str
    article: str
    fails: Named
    where: Named
    evidence: str
    repair: Named


@dataclass(frozen=True)
class TypedSums:
    """The four sums of one year that the record does not have: typed by hand, and marked so for ever."""

    year: int
    source: str
    asked: Som | None = None
    recommended: Som | None = None
    adopted: Som | None = None
    executed: Som | None = None


@dataclass(frozen=True)
class Content:
    """All that people write in a report; the values of the indicators lie beside it."""

    sections: tuple[tuple[SectionKey, Named], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    failing: tuple[FailingAct, ...] = ()
    sums: tuple[TypedSums, ...] = ()

    def section(self, key: SectionKey) -> Named:
        """Return a part that people write, without words when nobody wrote it yet."""
        return dict(self.sections).get(key, NO_NAME)

    def indicator(self, key: str) -> Indicator | None:
        """Return the indicator of this key."""
        return next((each for each in self.indicators if each.key == key), None)


def missing(content: Content) -> tuple[Sentence, ...]:
    """Tell what the report still needs before it can be filed, each in one sentence."""
    return (*_sections(content), *_indicators(content.indicators), *_failing(content.failing))


def _sections(content: Content) -> Iterator[Sentence]:
    for key in SECTIONS:
        words = content.section(key)
        for language, said in (("ky", words.ky), ("ru", words.ru)):
            if not said.strip():
                name = Sentence(f"annual.section.{key}")
                yield Sentence(f"annual.missing.section.{language}", (("name", name),))


def _indicators(indicators: Iterable[Indicator]) -> Iterator[Sentence]:
    found = tuple(indicators)
    if not found:
        yield Sentence("annual.missing.indicators")
    for each in found:
        if each.yardstick is None:
            yield Sentence("annual.missing.yardstick", (("name", each.name),))


def _failing(failing: Iterable[FailingAct]) -> Iterator[Sentence]:
    for each in failing:
        if not (each.fails.ky and each.fails.ru and each.repair.ky and each.repair.ru):
            yield Sentence("annual.missing.failing", (("act", each.act),))
