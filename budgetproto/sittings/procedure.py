"""The settings of the procedure: names, quorum and articles, each with its source."""

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Role
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import NO_NAME, Named
from budgetproto.i18n.formatting import BISHKEK
from budgetproto.journal import SYSTEM, append
from budgetproto.sittings import storage
from budgetproto.sittings.events import SettingChanged
from budgetproto.sittings.storage import SettingRow

DEFAULTS = Path(__file__).with_name("defaults.toml")


_KEEPERS = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


class SourceMissing(Refused):
    """A setting without its source would be nobody's rule."""

    message_key = "sittings.source_missing"


@dataclass(frozen=True)
class Setting:
    """One setting: a value or a name, where it comes from and since when it stands so."""

    key: str
    value: str
    name: Named
    source: Named
    changed_on: date | None


class Procedure:
    """The settings in force, by what they mean."""

    def __init__(self, settings: dict[str, Setting]) -> None:
        self.settings = settings

    def name(self, key: str) -> Named:
        """Return a name in three languages."""
        return self.settings[key].name

    def source(self, key: str) -> Named:
        """Return where a setting comes from."""
        return self.settings[key].source

    @property
    def members_total(self) -> int:
        """Members the committee has."""
        return int(self.settings["members_total"].value)

    @property
    def quorum(self) -> int:
        """Members who must be present: the smallest number above the set share of all."""
        share = Fraction(self.settings["quorum_share"].value)
        return int(self.members_total * share) + 1


def procedure(session: Session) -> Procedure:
    """Return the settings in force: those of the database, the shipped ones where it has none."""
    stored = {key: _stored(row) for key, row in storage.settings(session).items()}
    return Procedure(shipped() | stored)


def change_setting(
    database: Database, person_id: str, key: str, *, source: Named, value: str = "", name: Named = NO_NAME
) -> None:
    """Change a setting of the procedure and say where it comes from; secretaries and administrators only."""
    if key not in shipped():
        raise Unknown
    if source == NO_NAME:
        raise SourceMissing
    with database.writing() as session:
        person = accounts.person(session, person_id)
        if person is None or person.roles.isdisjoint(_KEEPERS):
            raise NotPermitted(denied="sittings.change_setting")
        today = now(session).astimezone(BISHKEK).date()
        row = SettingRow(
            key=key,
            value=value,
            ky=name.ky,
            ru=name.ru,
            en=name.en,
            source_ky=source.ky,
            source_ru=source.ru,
            source_en=source.en,
            changed_on=today,
        )
        session.merge(row)
        session.flush()
        told = value or name.text("ky")
        append(session, SYSTEM, SettingChanged(person_id, key, told, source.text("ky")))


def shipped() -> dict[str, Setting]:
    """Return the settings the service ships with."""
    with DEFAULTS.open("rb") as file:
        return {key: _shipped(key, values) for key, values in tomllib.load(file).items()}


def _stored(row: SettingRow) -> Setting:
    name, source = Named(row.ky, row.ru, row.en), Named(row.source_ky, row.source_ru, row.source_en)
    return Setting(row.key, row.value, name, source, row.changed_on)


def _shipped(key: str, values: dict[str, Any]) -> Setting:
    source = Named(**values["source"])
    return Setting(key, str(values.get("value", "")), _named(values), source, None)


def _named(values: dict[str, Any]) -> Named:
    return Named(*(str(values.get(language, "")) for language in ("ky", "ru", "en")))
