"""Two sets of lines side by side: the same question of each joined, what is new, gone and changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

from budgetproto.analysis.columns import BY_KEY
from budgetproto.analysis.entries import Entry
from budgetproto.money import Som

State = Literal["changed", "new", "gone", "same"]
STATES: Final[tuple[State, ...]] = get_args(State)
#: More years than any question has been disputed.
_MOST: Final = 50


@dataclass(frozen=True)
class Pair:
    """One question in both sets, or in one of them only; amounts are those of the figure compared."""

    before: Entry | None
    after: Entry | None
    figure: str

    @property
    def shown(self) -> Entry:
        """The line that names the question: the later one where there are two."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a pair has at least one line")
        return found

    @cached_property
    def was(self) -> Som | None:
        """The amount before."""
        return _amount(self.before, self.figure)

    @cached_property
    def now(self) -> Som | None:
        """The amount after."""
        return _amount(self.after, self.figure)

    @property
    def change(self) -> Som | None:
        """By how much the amount grew; nobody can tell where one of the two is not stated."""
        return None if self.was is None or self.now is None else self.now - self.was

    @property
    def state(self) -> State:
        """Tell what became of the question."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "same" if self.was == self.now else "changed"


@dataclass(frozen=True)
class Changes:
    """The sums of a comparison: `after` less `before` is `change` and `added` less `dropped`.

    `change` goes over the questions that have both amounts, `added` over those with the later one only,
    `dropped` over those with the earlier one only.
    """

    before: Som
    after: Som
    change: Som
    added: Som
    dropped: Som


def joined(
    before: Sequence[Entry], after: Sequence[Entry], made_from: Mapping[str, str], figure: str
) -> tuple[Pair, ...]:
    """Join the lines of two sets: those of one descent, else the only ones of one kind and place.

    `made_from` tells of every line which one it was made from. Places are joined by their codes, never by
    name. The largest changes stand first, then what is new, gone and the same.
    """
    partner = _by_descent(before, after, made_from)
    partner |= _by_place(
        [each for each in before if id(each) not in partner.values()],
        [each for each in after if id(each) not in partner],
    )
    earlier = {id(each): each for each in before}
    pairs = [Pair(earlier.get(partner.get(id(each), 0)), each, figure) for each in after]
    taken = set(partner.values())
    pairs += [Pair(each, None, figure) for each in before if id(each) not in taken]
    return tuple(sorted(pairs, key=_place))


def changes(pairs: Iterable[Pair]) -> Changes:
    """Add a comparison up."""
    every = list(pairs)
    return Changes(
        Som.total(pair.was for pair in every if pair.was is not None),
        Som.total(pair.now for pair in every if pair.now is not None),
        Som.total(pair.change for pair in every if pair.change is not None),
        Som.total(pair.now for pair in every if pair.now is not None and pair.was is None),
        Som.total(pair.was for pair in every if pair.was is not None and pair.now is None),
    )


def _amount(entry: Entry | None, figure: str) -> Som | None:
    found = BY_KEY[figure].value(entry) if entry else None
    return found if isinstance(found, Som) else None


def _place(pair: Pair) -> tuple[int, int, int]:
    size = abs(pair.change.tyiyn) if pair.change is not None else 0
    return STATES.index(pair.state), -size, pair.shown.line.number


def _by_descent(
    before: Sequence[Entry], after: Sequence[Entry], made_from: Mapping[str, str]
) -> dict[int, int]:
    """Return the earlier line of each later one that goes back to the same first line."""
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for each in before:
        if each.id:
            waiting[_first(each.id, made_from)].append(each)
    found: dict[int, int] = {}
    for each in after:
        same = waiting.get(_first(each.id, made_from), []) if each.id else []
        if same:
            found[id(each)] = id(same.pop(0))
    return found


def _first(line: str, made_from: Mapping[str, str]) -> str:
    for _ in range(_MOST):
        if line not in made_from:
            break
        line = made_from[line]
    return line


def _by_place(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """Return the earlier line of each later one where both are the only ones of their kind and place."""
    earlier = {key: id(each) for key, each in _only(before)}
    return {id(each): earlier[key] for key, each in _only(after) if key in earlier}


def _only(entries: Sequence[Entry]) -> Iterator[tuple[tuple[str, str], Entry]]:
    keys = Counter(map(_key, entries))
    yield from ((_key(each), each) for each in entries if each.kind and keys[_key(each)] == 1)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.kind, entry.territory or entry.region
