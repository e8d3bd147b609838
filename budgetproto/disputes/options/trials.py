"""Trials: what the opened figures give under another rule, envelope or association; never the option."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto import balancing
from budgetproto.accounts.domain import Side
from budgetproto.balancing.errors import IndicatorMissing
from budgetproto.balancing.sharing.rules import PER_RESIDENT, RULES
from budgetproto.disputes.figures.stands import LineView, as_stated_by
from budgetproto.disputes.options.service import claims_of, counted, told_fault, with_figures
from budgetproto.disputes.service import views
from budgetproto.disputes.terms.groups import group_names, limits_of
from budgetproto.disputes.terms.pinning import Known, known_or_newest
from budgetproto.i18n import Named, Sentence
from budgetproto.money import Som
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Sitting, Terms

#: Which sources of the envelope each column counts: those nobody asserts alone, with those of a side, or all.
_ENVELOPES: Final[Mapping[str, frozenset[Side | None]]] = {
    "undisputed": frozenset({None}),
    "government": frozenset({None, "government"}),
    "lsg": frozenset({None, "lsg"}),
}


@dataclass(frozen=True)
class Trial:
    """One computation: its name, what each line gets in its order, what is said of it; or its refusal."""

    name: Sentence | Named
    granted: tuple[Som | None, ...] = ()
    total: Som | None = None
    claims: Som | None = None
    envelope: Som | None = None
    sentences: tuple[Sentence, ...] = ()
    refusal: Sentence | None = None
    under_terms: bool = False

    def beside(self, other: "Trial") -> tuple[Som | None, ...]:
        """Return by how much each line gets more than under another trial; None where one says nothing."""
        pairs = zip(self.granted, other.granted, strict=True)
        return tuple(None if mine is None or theirs is None else mine - theirs for mine, theirs in pairs)


@dataclass(frozen=True)
class Comparison:
    """Trials over the same lines, side by side; the one under the terms is the measure of the others."""

    lines: tuple[LineView, ...]
    trials: tuple[Trial, ...]

    @property
    def computed(self) -> list[Trial]:
        """Those that say something of the lines."""
        return [trial for trial in self.trials if trial.granted]

    @property
    def under_terms(self) -> Trial | None:
        """The trial that repeats the terms."""
        return next((trial for trial in self.computed if trial.under_terms), None)

    def span(self, place: int) -> tuple[Som | None, Som | None]:
        """Return the least and the most a line gets over all of them."""
        granted = [each for trial in self.computed if (each := trial.granted[place]) is not None]
        return min(granted, default=None), max(granted, default=None)

    def moved(self, trial: Trial) -> tuple[int, int]:
        """Return how many lines get more, and how many less, than under the terms."""
        if self.under_terms is None or not trial.granted:
            return 0, 0
        apart = [each for each in trial.beside(self.under_terms) if each is not None]
        return sum(each > Som(0) for each in apart), sum(each < Som(0) for each in apart)


@dataclass(frozen=True)
class Bench:
    """The opened lines with their terms, on which trials are made.

    The rule of the terms counts on what was fixed with them and on nothing else, so its trials repeat the
    option. Another rule that counts residents takes the `indicators`, by territory: those fixed with the
    terms, where they fix none the newest. A rule that counts nobody takes none.
    """

    lines: tuple[LineView, ...]
    terms: Terms
    indicators: Known
    associations: Mapping[str, Named]

    def by_rule(self) -> Comparison:
        """Compare every rule under the envelope of the terms."""
        return Comparison(self.lines, tuple(self.trial(rule) for rule in RULES))

    def by_envelope(self) -> Comparison:
        """Compare no extra money, the sources each side counts on, and all of them."""
        return Comparison(self.lines, tuple(self._envelopes()))

    def by_association(self) -> Comparison | None:
        """Compare the figures of each association where they state different ones; None where they do not."""
        if not any(view.stand.lsg_divided for view in self.lines):
            return None
        trials = (
            self._trial_of(name, as_stated_by(self.lines, party)) for party, name in self.associations.items()
        )
        return Comparison(self.lines, tuple(trials))

    def trial(self, rule: str, envelope: Som | None = None) -> Trial:
        """Compute one rule, under the envelope of the terms where no other is given."""
        money = self.terms.envelope if envelope is None else envelope
        same = rule == self.terms.rule and money == self.terms.envelope
        return self._computed(rule_named(rule), self.lines, rule=rule, envelope=money, same=same)

    def _envelopes(self) -> Iterator[Trial]:
        yield self._under("none", Som(0))
        if len({source.side for source in self.terms.sources}) > 1:
            for name, sides in _ENVELOPES.items():
                counted = [source.amount for source in self.terms.sources if source.side in sides]
                yield self._under(name, Som.total(counted))
        yield self._under("all", self.terms.envelope)

    def _under(self, name: str, envelope: Som | None) -> Trial:
        same = envelope == self.terms.envelope
        label = Sentence(f"disputes.trial.envelope.{name}")
        return self._computed(label, self.lines, rule=self.terms.rule, envelope=envelope, same=same)

    def _trial_of(self, name: Named, lines: Sequence[LineView]) -> Trial:
        return self._computed(name, lines, rule=self.terms.rule, envelope=self.terms.envelope)

    def _computed(
        self,
        name: Sentence | Named,
        lines: Sequence[LineView],
        *,
        rule: str,
        envelope: Som | None,
        same: bool = False,
    ) -> Trial:
        claims = claims_of(lines, replace(self.terms, rule=rule))
        if rule in PER_RESIDENT and rule != self.terms.rule:
            claims = counted(claims, self.indicators)
        try:
            option = balancing.balance(
                claims,
                None if envelope is None else envelope.tyiyn,
                rule=rule,
                quantum=self.terms.quantum.tyiyn,
                kappa=self.terms.kappa,
                limits=limits_of(self.terms.groups),
                on_conflict="hold_at_floor",
            )
        except balancing.Unbalanceable as fault:
            return Trial(name, envelope=envelope, refusal=_refused(fault, self.terms), under_terms=same)
        return _told(Trial(name, envelope=envelope, under_terms=same), option, group_names(self.terms.groups))


def bench(session: Session, sitting: Sitting) -> Bench | None:
    """Return the bench of an opened sitting whose reader has been admitted; None while it is too early.

    It is too early before the terms are fixed, and while anything is closed.
    """
    terms = settling.fixed_terms(session, sitting)
    lines = views(session, sitting.id)
    if terms is None or not lines or any(view.line.opened_at is None for view in lines):
        return None
    parties = sittings.invited_parties(session, sitting.id)
    return Bench(
        tuple(with_figures(lines)),
        terms.terms,
        known_or_newest(session, terms.terms.indicators),
        {party.id: party.name for party in parties if party.side == "lsg"},
    )


def rule_named(rule: str) -> Sentence:
    """Return the letter and the name of a rule."""
    name = Sentence(f"balancing.rule.{rule.lower()}")
    return Sentence("disputes.trial.rule_named", (("code", rule), ("name", name)))


def _refused(fault: balancing.Unbalanceable, terms: Terms) -> Sentence:
    """Return why a trial says nothing; an indicator goes by its name among the reference data."""
    told = told_fault(fault, terms)
    if not isinstance(fault, IndicatorMissing):
        return Sentence("disputes.option_impossible", (("why", told),))
    indicator = Sentence(f"transfers.indicator.{fault.details['indicator']}")
    return Sentence(
        "disputes.trial.no_indicator", (("indicator", indicator), ("line", dict(told.values)["line"]))
    )


def _told(trial: Trial, option: balancing.Option, groups: Mapping[str, Named]) -> Trial:
    """Return the trial with what the option gives and says; a cut tells what is taken away."""
    sign = -1 if option.cut else 1
    granted = [None if award.granted is None else Som(sign * award.granted) for award in option.lines]
    total = option.totals.granted
    return replace(
        trial,
        granted=tuple(granted),
        total=None if total is None else Som(sign * total),
        claims=Som(option.totals.claims),
        sentences=tuple(
            Sentence(said.key, tuple(_values(said, groups).items())) for said in balancing.summary(option)
        ),
    )


def _values(said: balancing.Sentence, groups: Mapping[str, Named]) -> dict[str, object]:
    """Return the values of a sentence; a group goes by its name."""
    shown = said.shown_as(money=Som, raw=lambda raw: raw)
    return {
        name: groups.get(value, value) if isinstance(value, str) else value for name, value in shown.items()
    }
