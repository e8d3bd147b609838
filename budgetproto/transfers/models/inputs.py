"""PURE: what is known of a territory for the models: collected taxes, need, potential, volumes, projects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import LARGEST
from budgetproto.transfers.models.parameters import ModelCode
from budgetproto.transfers.models.simulation import Data
from budgetproto.transfers.models.stimulating import Project

ItemKind = Literal["tax", "need", "potential", "trait", "volume", "funding", "project"]
ITEM_KINDS: Final[tuple[ItemKind, ...]] = get_args(ItemKind)

#: What each model counts; a trait is a yes for a correction coefficient.
COUNTED: Final[Mapping[ModelCode, tuple[ItemKind, ...]]] = {
    "equalization": ("need", "potential", "trait"),
    "sharing": ("tax",),
    "delegated": ("volume", "funding"),
    "stimulating": ("project",),
}
#: Without these kinds a year holds nothing for a model.
DECIDING: Final[Mapping[ModelCode, ItemKind]] = {
    "equalization": "need",
    "sharing": "tax",
    "delegated": "volume",
    "stimulating": "project",
}
_QUANTITIES: Final = frozenset({"volume", "trait"})
_WITHOUT_NAME: Final = frozenset({"need", "potential"})


@dataclass(frozen=True)
class Input:
    """One dated, sourced figure of a territory: tyiyn in `amount`, a count in `quantity`.

    `item` names the tax, the power, the trait or the project; need and potential have none. A project has its
    cost and, as quantity, its points.
    """

    soate: str
    year: int
    kind: ItemKind
    item: str
    source: str
    amount: int | None = None
    quantity: int | None = None
    illustrative: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ITEM_KINDS or bool(self.item) == (self.kind in _WITHOUT_NAME):
            raise BadInput(Problem("transfers.models.bad_item", {"item": f"{self.kind}.{self.item}"}))
        figures = [figure for figure in (self.amount, self.quantity) if figure is not None]
        if self._counted is None:
            raise BadInput(Problem("transfers.models.no_figure", {"item": f"{self.kind}.{self.item}"}))
        if any(not 0 <= figure <= LARGEST for figure in figures):
            raise BadInput(Problem("transfers.models.out_of_range", {"item": f"{self.kind}.{self.item}"}))

    @property
    def value(self) -> int:
        """The figure that the model counts."""
        assert self._counted is not None  # noqa: S101 - a figure without it cannot be made
        return self._counted

    @property
    def _counted(self) -> int | None:
        return self.quantity if self.kind in _QUANTITIES else self.amount


def gathered(inputs: Iterable[Input], *, year: int, territories: Sequence[str]) -> Data:
    """Put the figures of one year into columns; a real figure goes before a made-up one.

    The columns are over `territories`; one that has a figure and is not among them is added, so that no money
    is lost silently.
    """
    chosen = {(each.kind, each.item, each.soate): each for each in sorted(inputs, key=_real_last)}
    codes = tuple(sorted({*territories, *(soate for _, _, soate in chosen)}))
    place = {code: number for number, code in enumerate(codes)}
    names = sorted({_column(kind, item) for kind, item, _ in chosen if kind != "project"})
    items = {name: np.zeros(len(codes), dtype=np.int64) for name in names}
    known = {name: np.zeros(len(codes), dtype=np.bool_) for name in names}
    for (kind, item, soate), each in chosen.items():
        if kind != "project":
            items[_column(kind, item)][place[soate]] = each.value
            known[_column(kind, item)][place[soate]] = True
    return Data(
        year=year,
        territories=codes,
        items=items,
        known=known,
        projects=tuple(_project(each) for each in chosen.values() if each.kind == "project"),
        illustrative=any(each.illustrative for each in chosen.values()),
        sources=tuple(sorted({each.source for each in chosen.values()})),
    )


def _real_last(each: Input) -> bool:
    return not each.illustrative


def _column(kind: str, item: str) -> str:
    return f"{kind}.{item}" if item else kind


def _project(each: Input) -> Project:
    return Project(each.soate, each.item, each.value, each.quantity or 0)
