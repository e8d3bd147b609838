"""A program that asks with a token, without a browser."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.accounts import tokens
from budgetproto.accounts.domain import Person
from budgetproto.accounts.scopes import Scope
from budgetproto.database import Database

EVERYTHING = frozenset(Scope)


class Program:
    """A program of one person; `scopes` are what its token is for."""

    def __init__(
        self, app: Flask, database: Database, person: Person, scopes: frozenset[Scope] = EVERYTHING
    ) -> None:
        self.client = app.test_client()
        self.code = tokens.make(database, person.id, name="Программа", wanted=scopes, days=30).code

    def get(self, path: str, **headers: str) -> TestResponse:
        """Read something below the address for programs; names of headers are written with underscores."""
        return self.client.get(f"/api/v1{path}", headers=self._headers(headers))

    def put(self, path: str, body: object, **headers: str) -> TestResponse:
        """Replace something."""
        return self.client.put(f"/api/v1{path}", json=body, headers=self._headers(headers))

    def every(self, path: str, *, limit: int = 200) -> list[Any]:
        """Read a whole list, page by page."""
        found, cursor = [], ""
        while True:
            mark = "&" if "?" in path else "?"
            page = self.get(f"{path}{mark}limit={limit}&cursor={cursor}").get_json()
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = page["next"]

    def _headers(self, named: dict[str, str]) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in named.items()}
        return {"Authorization": f"Bearer {self.code}", **given}
