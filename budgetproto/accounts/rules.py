"""The rules of one installation for its accounts: from its settings, at hand on every page."""

from dataclasses import dataclass
from typing import Final, Self

from flask import Flask, current_app

from budgetproto.accounts.password_rules import SHORTEST_PASSWORD
from budgetproto.accounts.secret_key import SecretKey
from budgetproto.settings import Settings

_EXTENSION: Final = "budgetproto.accounts.rules"


@dataclass(frozen=True)
class Rules:
    """What this installation asks of its accounts, and the key of their second factors."""

    key: SecretKey
    second_factor: bool = False
    shortest_password: int = SHORTEST_PASSWORD
    link_days: int = 7
    idle_minutes: int = 120

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take the rules from the settings."""
        return cls(
            key=SecretKey.derived(settings.secret_key),
            second_factor=settings.second_factor,
            shortest_password=settings.shortest_password,
            link_days=settings.link_days,
            idle_minutes=settings.idle_minutes,
        )


def init_app(app: Flask, rules: Rules | None) -> None:
    """Keep the rules for the pages; without any, the plainest under the key of `app`."""
    app.extensions[_EXTENSION] = rules or Rules(SecretKey.derived(str(app.secret_key)))


def rules() -> Rules:
    """Return the rules of the running app."""
    found: Rules = current_app.extensions[_EXTENSION]
    return found
