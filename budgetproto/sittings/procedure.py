"""The settings of the procedure: names, quorum, terms and articles, each with its source."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Role
from budgetproto.database import Database, now, taken
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import SYSTEM, append
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries
from budgetproto.money import Som
from budgetproto.sittings import procedure_storage
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.events import SettingChanged
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.numbering import check_scheme
from budgetproto.sittings.procedure_storage import NotedSettingRow, SettingRow

DEFAULTS = Path(__file__).with_name("defaults.toml")

#: The heading of the articles that hold in one kind of sitting alone.
OF_KINDS: Final = "participation_kinds"
#: Who may change a setting; everybody who is logged in may read them.
KEEPERS = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})

SettingKind = Literal[
    "name", "article", "number", "share", "choice", "time", "address", "scheme", "day_of_year"
]


#: Where the service is reached: no name, question or place within a page, short enough for one line of paper.
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[a-z0-9._-]+)*/?", re.IGNORECASE)

#: Month and day; 29 February is the 28th in years without one.
_DAY_OF_YEAR = re.compile(
    r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
)

#: A share as people write it; a power of ten could take hours to work out.
_FRACTION = re.compile(r"[0-9]{1,4}/[0-9]{1,4}")


class SourceMissing(Refused):
    """A setting without its source would be nobody's rule."""

    message_key = "sittings.source_missing"


class ValueUnfit(Refused):
    """The value is not of the kind the setting asks for, or out of its bounds."""

    message_key = "sittings.value_unfit"


class SettingMoved(Stale):
    """Somebody else changed the setting meanwhile."""

    message_key = "sittings.setting_moved"


@dataclass(frozen=True)
class Setting:
    """One setting: a value or a name, where it comes from and since when it stands so.

    `group` says under which heading it is shown; `least`, `most` and `choices` say what it may be.
    """

    key: str
    value: str
    name: Named
    source: Named
    changed_on: date | None
    kind: SettingKind = "name"
    group: str = ""
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    #: Whether the result of a sitting depends on it.
    decides: bool = False

    @property
    def stated(self) -> Named:
        """What it says, as pages and papers print it."""
        match self.kind:
            case "article" if self.name == NO_NAME:
                of_kind = self.group == OF_KINDS
                return every_language(f"sittings.setting.{'as_any_kind' if of_kind else 'no_article'}")
            case "name" | "article":
                return self.name
            case "choice":
                return every_language(f"sittings.choice.{self.value}")
            case "address" if not self.value:
                return every_language("sittings.setting.no_address")
            case "day_of_year" if not self.value:
                return every_language("sittings.setting.no_day")
            case _:
                return Named(self.value, self.value, self.value)

    @property
    def told(self) -> str:
        """What the journal keeps of it."""
        return self.value or self.name.text("ky")


class Procedure:
    """The settings in force, by what they mean."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self.settings = settings

    def name(self, key: str) -> Named:
        """Return a name in three languages."""
        return self.settings[key].name

    def article(self, obligation: str, kind: SittingKind = SittingKind.CONCILIATION) -> Named:
        """Return the article an obligation rests on in a kind of sitting: its own, else that of all."""
        own = self.settings.get(f"article_{obligation}_{kind.value}")
        return own.name if own and own.name != NO_NAME else self.name(f"article_{obligation}")

    def source(self, key: str) -> Named:
        """Return where a setting comes from."""
        return self.settings[key].source

    def number(self, key: str) -> int:
        """Return a setting that is a whole number."""
        return int(self.settings[key].value)

    @property
    def members_total(self) -> int:
        """Members the committee has."""
        return self.number("members_total")

    @property
    def quorum(self) -> int:
        """Members who must be present: the smallest number above the set share of all."""
        share = Fraction(self.settings["quorum_share"].value)
        return int(self.members_total * share) + 1

    @property
    def second_term(self) -> timedelta:
        """How long a side that was silent on a line may still file."""
        return timedelta(hours=self.number("second_term_hours"))

    @property
    def filing_until(self) -> time:
        """The hour in Bishkek at which filing usually ends."""
        return time.fromisoformat(self.settings["filing_until"].value)

    @property
    def verify_at(self) -> str:
        """The address of the page on which anybody checks a protocol, empty without a public address."""
        address = self.settings["public_address"].value
        return f"{address.rstrip('/')}/verify" if address else ""

    @property
    def rounding_step(self) -> Som:
        """The step of rounding that the terms of a new sitting begin with."""
        return Som(self.number("rounding_step") * 100)


def procedure(session: Session) -> Procedure:
    """Return the settings as they stand today: those of the database, the shipped ones where it has none.

    What decides in one sitting is `procedure_of`.
    """
    stored = procedure_storage.settings(session)
    return Procedure(
        {key: _stored(stored[key]) if key in stored else each for key, each in shipped().items()}
    )


def procedure_of(session: Session, sitting_id: str) -> Procedure:
    """Return the procedure in force in a sitting: what decides stands as its fixed terms found it.

    Until terms are fixed nothing decides, and the settings of today are shown.
    """
    noted = procedure_storage.noted_with_fixed_terms(session, sitting_id)
    return Procedure({**procedure(session).settings, **{row.key: _noted(row) for row in noted}})


def held_to(session: Session, sitting: Sitting, key: str) -> Setting | None:
    """Return a deciding setting as the fixed terms of a sitting found it, that of today until they are fixed.

    None where the terms were fixed before there was such a setting: nobody is held to a later rule.
    """
    return all_held_to(session, [sitting], key)[sitting.id].get(key)


def all_held_to(
    session: Session, sittings: Collection[Sitting], *keys: str
) -> Mapping[str, Mapping[str, Setting]]:
    """Return of many sittings, by id, those of the settings that each is held to."""
    today = procedure(session).settings
    fixed = [each.id for each in sittings if each.terms_version is not None]
    noted: dict[str, dict[str, Setting]] = {each: {} for each in fixed}
    for row in procedure_storage.noted_with_fixed_terms(session, *fixed) if fixed else ():
        if row.key in keys:
            noted[row.sitting][row.key] = _noted(row)
    return {each.id: noted.get(each.id, today) for each in sittings}


def decided_by(session: Session, sitting: Sitting) -> tuple[Setting, ...]:
    """Return the settings that decide in a sitting, without those that came up after its terms were fixed."""
    noted = {row.key for row in procedure_storage.noted_with_fixed_terms(session, sitting.id)}
    every = procedure_of(session, sitting.id).settings.values()
    return tuple(each for each in every if each.decides and (not noted or each.key in noted))


def noted_with(session: Session, sitting_id: str, number: int) -> tuple[Setting, ...]:
    """Return what a version of the terms was proposed under, in the order of the settings."""
    rows = {row.key: row for row in procedure_storage.noted_with(session, sitting_id, number)}
    return tuple(_noted(rows[key]) for key in shipped() if key in rows)


def moved_since(session: Session, noted: Iterable[Setting]) -> tuple[Setting, ...]:
    """Return the settings of today that say something else than was noted."""
    today = procedure(session).settings
    return tuple(today[each.key] for each in noted if today[each.key].value != each.value)


def note_with_terms(session: Session, sitting_id: str, number: int) -> tuple[Setting, ...]:
    """Keep the settings that decide, as they stand now, with a version of the terms; return them."""
    deciding = tuple(each for each in procedure(session).settings.values() if each.decides)
    session.add_all(_noted_row(sitting_id, number, each) for each in deciding)
    session.flush()
    return deciding


def change_setting(
    database: Database,
    person_id: str,
    key: str,
    *,
    source: Named,
    value: str = "",
    name: Named = NO_NAME,
    seen: str | None = None,
) -> None:
    """Change a setting of the procedure and say where it comes from; secretaries and administrators only.

    `seen` is what the setting said when its author began: SettingMoved when it says something else now.
    """
    if key not in shipped():
        raise Unknown
    wanted = replace(shipped()[key], value=value.strip(), name=name, source=source)
    _check(wanted)
    with database.writing() as session:
        person = accounts.person(session, person_id)
        if person is None or person.roles.isdisjoint(KEEPERS):
            raise NotPermitted(denied="sittings.change_setting")
        procedure_storage.lock_setting(session, key)
        before = procedure(session).settings[key].told
        if seen is not None and seen != before:
            raise SettingMoved(theirs=before, yours=wanted.told)
        today = bishkek_day(now(session))
        with taken(SettingMoved(theirs=before, yours=wanted.told)):
            session.merge(_row(replace(wanted, changed_on=today)))
            session.flush()
        append(session, SYSTEM, SettingChanged(person_id, key, wanted.told, source.text("ky"), before))


def history(session: Session, key: str) -> list[Entry]:
    """Return the changes of one setting from the journal, the newest first."""
    changes = entries(session, SYSTEM, kind=SettingChanged.kind)
    return [entry for entry in reversed(changes) if entry.values()["key"] == key]


@cache
def shipped() -> Mapping[str, Setting]:
    """Return the settings the service ships with."""
    with DEFAULTS.open("rb") as file:
        found = {key: _shipped(key, values) for key, values in tomllib.load(file).items()}
    return found | {each.key: each for each in _of_kinds(found.values())}


def _of_kinds(settings: Iterable[Setting]) -> Iterator[Setting]:
    """Yield, for each article that an obligation rests on, its like for one kind of sitting: none as shipped.

    In a conciliation sitting, and where none is entered for a kind, the article for every sitting holds.
    """
    source = every_language("sittings.setting.of_kind.source")
    for each in settings:
        for kind in SittingKind if each.kind == "article" else ():
            if kind is not SittingKind.CONCILIATION:
                yield replace(each, key=f"{each.key}_{kind.value}", group=OF_KINDS, source=source)


def _check(setting: Setting) -> None:
    if setting.source == NO_NAME:
        raise SourceMissing
    if setting.kind == "scheme":
        check_scheme(setting.value)
        return
    try:
        fits = _fits(setting)
    except (ValueError, ZeroDivisionError):
        fits = False
    if not fits:
        raise ValueUnfit("sittings.value_unfit." + setting.kind, least=setting.least, most=setting.most)


def _fits(setting: Setting) -> bool:
    match setting.kind:
        case "name":
            return bool(setting.name.ky.strip() and setting.name.ru.strip())
        case "article":
            return bool(setting.name.ky.strip()) == bool(setting.name.ru.strip())
        case "number":
            written = setting.value
            return written.isascii() and written.isdigit() and setting.least <= int(written) <= setting.most
        case "share":
            return bool(_FRACTION.fullmatch(setting.value)) and 0 <= Fraction(setting.value) < 1
        case "choice":
            return setting.value in setting.choices
        case "address":
            return not setting.value or bool(_ADDRESS.fullmatch(setting.value))
        case "day_of_year":
            return not setting.value or bool(_DAY_OF_YEAR.fullmatch(setting.value))
        case "scheme":
            return True
        case "time":
            return time.fromisoformat(setting.value).tzinfo is None


def _row(setting: Setting) -> SettingRow:
    return SettingRow(
        key=setting.key,
        value=setting.value,
        ky=setting.name.ky,
        ru=setting.name.ru,
        en=setting.name.en,
        source_ky=setting.source.ky,
        source_ru=setting.source.ru,
        source_en=setting.source.en,
        changed_on=setting.changed_on,
    )


def _stored(row: SettingRow) -> Setting:
    """Return a stored setting; what may be stored in it is what the shipped one says."""
    name, source = Named(row.ky, row.ru, row.en), Named(row.source_ky, row.source_ru, row.source_en)
    kept = shipped()[row.key]
    return replace(kept, value=row.value, name=name, source=source, changed_on=row.changed_on)


def _noted_row(sitting_id: str, number: int, setting: Setting) -> NotedSettingRow:
    return NotedSettingRow(
        sitting=sitting_id,
        number=number,
        key=setting.key,
        value=setting.value,
        source_ky=setting.source.ky,
        source_ru=setting.source.ru,
        source_en=setting.source.en,
    )


def _noted(row: NotedSettingRow) -> Setting:
    source = Named(row.source_ky, row.source_ru, row.source_en)
    return replace(shipped()[row.key], value=row.value, source=source)


def _shipped(key: str, values: dict[str, Any]) -> Setting:
    return Setting(
        key=key,
        value=str(values.get("value", "")),
        name=_named(values),
        source=Named(**values["source"]),
        changed_on=None,
        kind=values["kind"],
        group=values["group"],
        least=values.get("least", 0),
        most=values.get("most", 0),
        choices=tuple(values.get("choices", ())),
        decides=values.get("decides", False),
    )


def _named(values: dict[str, Any]) -> Named:
    return Named(*(str(values.get(language, "")) for language in ("ky", "ru", "en")))
