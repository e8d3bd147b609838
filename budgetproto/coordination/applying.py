"""PURE: the rules that apply on a page of several drafts: terms with their bases, and shared words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_values import TIMED, Procedure, Rule, in_force


@dataclass(frozen=True)
class Resting:
    """Terms of one version of a procedure that rest on the same: the key of each with its working days."""

    level: Level
    version: int
    since: date
    terms: tuple[tuple[str, int], ...]
    #: Any of the rules: they differ in their numbers alone.
    rule: Rule


@dataclass(frozen=True)
class Worded:
    """A rule in words that is the same for these levels."""

    key: str
    rule: Rule
    levels: tuple[Level, ...]


def resting(applied: Mapping[Level, Iterable[tuple[Procedure, str]]]) -> tuple[Resting, ...]:
    """Return the terms that apply, by procedure and key, in the order of levels, versions and terms."""
    found: list[Resting] = []
    for level in Level:
        held = {(procedure.version, key): procedure for procedure, key in applied.get(level, ())}
        for version in sorted({version for version, _ in held}):
            procedure = next(each for (number, _), each in held.items() if number == version)
            found += _of_version(procedure, [key for key in TIMED if (version, key) in held])
    return tuple(found)


def every_term(procedures: Iterable[Procedure]) -> dict[Level, list[tuple[Procedure, str]]]:
    """Return all terms of these versions, for `resting`."""
    found: dict[Level, list[tuple[Procedure, str]]] = {}
    for procedure in procedures:
        found.setdefault(procedure.level, []).extend((procedure, key) for key in TIMED)
    return found


def alike(procedures: Sequence[Procedure], keys: Iterable[str]) -> tuple[Worded, ...]:
    """Return these rules in words, each once for all levels that have the same."""
    found: list[Worded] = []
    for key in keys:
        said: dict[tuple[object, ...], list[Procedure]] = {}
        for each in procedures:
            rule = each.rules[key]
            said.setdefault((rule.text, rule.basis, rule.source), []).append(each)
        for group in said.values():
            found.append(Worded(key, group[0].rules[key], tuple(each.level for each in group)))
    return tuple(found)


def held_in(versions: Mapping[int, Procedure], year: int) -> tuple[Procedure, ...]:
    """Return the versions by which a draft of a year may have been screened; the first where none was."""
    begun = {each.since for each in versions.values() if each.since.year == year}
    days = sorted({date(year, 1, 1), *begun})
    held = {found.version: found for day in days if (found := in_force(versions, day)) is not None}
    first = min(versions.values(), key=lambda each: (each.since, each.version), default=None)
    return tuple(held.values()) or ((first,) if first else ())


def _of_version(procedure: Procedure, keys: Iterable[str]) -> Iterable[Resting]:
    """Yield what applies of one version, apart where its terms rest on different things."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for key in keys:
        rule = procedure.rules[key]
        groups.setdefault((rule.basis, rule.source), []).append(key)
    for group in groups.values():
        terms = tuple((key, procedure.rules[key].number) for key in group)
        yield Resting(procedure.level, procedure.version, procedure.since, terms, procedure.rules[group[0]])
