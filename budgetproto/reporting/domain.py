"""PURE: promise, law and treasury of each question, three differences, and what parliament took over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from budgetproto.disputes.domain import Figure, is_points
from budgetproto.money import Som

#: What a promise rests on: the committee's decision, or else the balanced option put to parliament.
Basis = Literal["decision", "option"]

#: How far the law follows a promise: wholly, in part, not at all; not known yet; a text is judged by people.
Taken = Literal["whole", "part", "none", "unknown", "by_people"]
TAKEN: Final[tuple[Taken, ...]] = get_args(Taken)
_JUDGED: Final[tuple[Taken, ...]] = ("whole", "part", "none")


@dataclass(frozen=True)
class Stated:
    """A figure, the money it means, and whether it is made up; `None` is not stated, which is not zero."""

    figure: Figure = None
    money: Som | None = None
    illustrative: bool = False


#: Nothing is stated.
UNSTATED: Final = Stated()


@dataclass(frozen=True)
class Promise:
    """One question: the Government's draft, what was promised, what the law took over, what was executed."""

    number: int
    basis: Basis
    draft: Stated
    promised: Stated
    adopted: Stated = UNSTATED
    executed: Stated = UNSTATED

    @property
    def to_law(self) -> Som | None:
        """Adopted minus promised, in money."""
        return _difference(self.promised, self.adopted)

    @property
    def to_treasury(self) -> Som | None:
        """Executed minus adopted, in money."""
        return _difference(self.adopted, self.executed)

    @property
    def in_all(self) -> Som | None:
        """Executed minus promised, in money."""
        return _difference(self.promised, self.executed)

    @property
    def illustrative(self) -> bool:
        """Whether a figure behind the differences is made up."""
        return any(each.illustrative for each in (self.promised, self.adopted, self.executed))

    @property
    def judged_on_made_up(self) -> bool:
        """Whether a figure by which `taken` is judged is made up."""
        return any(each.illustrative for each in (self.draft, self.promised, self.adopted))

    @property
    def taken(self) -> Taken:
        """Tell how far the law follows the promise.

        In part is a figure that left the draft towards the promise and did not reach it. A figure that
        passes the promise, seen from the draft, follows it wholly. Without a draft figure only the promise
        itself counts as followed.
        """
        if self.adopted.figure is None:
            return "unknown"
        promised, adopted = _measured(self.promised.figure), _measured(self.adopted.figure)
        if promised is None or adopted is None:
            return "by_people"
        return _taken(_measured(self.draft.figure), promised, adopted)


@dataclass(frozen=True)
class Followed:
    """How many promises the law took over, and what part of the money they were about.

    `asked` is the money by which promises depart from the draft, `given` what of it the law took over: no
    question gives more than it asked, nor less than nothing, so none makes up for another. Only questions
    whose draft, promise and law are known in money count in both; `counted` says how many.
    """

    taken: tuple[tuple[Taken, int], ...]
    counted: int
    asked: Som
    given: Som
    known_made_up: bool = False
    counted_made_up: bool = False

    @property
    def known(self) -> int:
        """How many promises can be judged by their figures."""
        return self._acted_on[1]

    @property
    def by_count(self) -> Fraction | None:
        """The share of promises taken over wholly or in part; `None` when none can be judged."""
        acted, known = self._acted_on
        return Fraction(acted, known) if known else None

    @property
    def by_money(self) -> Fraction | None:
        """The share of the money taken over; `None` when no money was asked."""
        return Fraction(self.given.tyiyn, self.asked.tyiyn) if self.asked.tyiyn else None

    def count(self, taken: Taken) -> int:
        """Return how many promises stand so."""
        return dict(self.taken)[taken]

    @property
    def _acted_on(self) -> tuple[int, int]:
        return acted_on([each for each, times in self.taken for _ in range(times)])


@dataclass(frozen=True)
class Difference:
    """Money added up over the `lines` questions in which it is known: one of the differences, one step.

    `illustrative` tells whether a question among them has a figure that is made up.
    """

    lines: int
    sum: Som
    illustrative: bool = False


def acted_on(states: Iterable[Taken]) -> tuple[int, int]:
    """Return how many promises the law took over wholly or in part, and how many can be judged.

    >>> acted_on(["whole", "part", "none", "unknown"])
    (2, 3)
    """
    judged = [each for each in states if each in _JUDGED]
    return len(judged) - judged.count("none"), len(judged)


def followed(promises: Sequence[Promise]) -> Followed:
    """Return what parliament took over of these promises."""
    states = [each.taken for each in promises]
    money = [(step, each) for each in promises if (step := _step(each)) is not None]
    return Followed(
        tuple((each, states.count(each)) for each in TAKEN),
        len(money),
        Som(sum(asked for (asked, _), _ in money)),
        Som(sum(given for (_, given), _ in money)),
        any(each.judged_on_made_up for each in promises if each.taken in _JUDGED),
        any(each.judged_on_made_up for _, each in money),
    )


def summed(promises: Iterable[Promise], of: Callable[[Promise], Som | None]) -> Difference:
    """Add up a difference of every promise; where it is not known it is left out, and is not counted."""
    known = [(money.tyiyn, each.illustrative) for each in promises if (money := of(each)) is not None]
    return Difference(len(known), Som(sum(money for money, _ in known)), any(made_up for _, made_up in known))


def _difference(one: Stated, other: Stated) -> Som | None:
    return None if one.money is None or other.money is None else other.money - one.money


def _measured(figure: Figure) -> int | None:
    """Return a figure as a whole number of its own measure; a text has none."""
    if isinstance(figure, Som):
        return figure.tyiyn
    return int(figure) if isinstance(figure, bool) or is_points(figure) else None


def _taken(draft: int | None, promised: int, adopted: int) -> Taken:
    if adopted == promised:
        return "whole"
    if draft is None or draft == promised:
        return "none"
    asked, given = _forward(draft, promised, adopted)
    if given >= asked:
        return "whole"
    return "part" if given > 0 else "none"


def _forward(draft: int, promised: int, adopted: int) -> tuple[int, int]:
    """Return the length of the way from draft to promise, and how far along it the law went."""
    asked = promised - draft
    return (asked, adopted - draft) if asked > 0 else (-asked, draft - adopted)


def _step(each: Promise) -> tuple[int, int] | None:
    """Return the money asked and the part of it given; `None` where one of the three is not known."""
    draft, promised, adopted = each.draft.money, each.promised.money, each.adopted.money
    if draft is None or promised is None or adopted is None:
        return None
    asked, given = _forward(draft.tyiyn, promised.tyiyn, adopted.tyiyn)
    return asked, min(max(given, 0), asked)
