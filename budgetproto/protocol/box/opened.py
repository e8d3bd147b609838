"""The files of a box read back as the values they were written from."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from budgetproto.journal import sitting_chain
from budgetproto.journal.domain import Entry
from budgetproto.protocol.box.contents import OPTIONS, PROTOCOL, RECEIPTS, TERMS, BoxReceipt, Kept
from budgetproto.protocol.box.manifest import MANIFEST
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose, stored_snapshot
from budgetproto.protocol.snapshot import Snapshot


class OpenedBox:
    """A box whose files are read when they are first asked for; reading may fail in any way."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the list of the files says."""
        found: dict[str, Any] = json.loads(self.files[MANIFEST])
        return found

    @cached_property
    def facts(self) -> Snapshot:
        """The facts that the protocol is made of."""
        return stored_snapshot(json.loads(self.files[PROTOCOL])["protocol"]["facts"])

    @cached_property
    def protocol(self) -> Protocol:
        """The protocol, composed anew from the facts."""
        return compose(self.facts)

    @cached_property
    def chains(self) -> dict[str, list[Entry]]:
        """The entries of each journal by the name of its chain."""
        names = sorted(name for name in self.files if name.startswith("journal/"))
        chains = [[_entry(each) for each in self._lines(name)] for name in names]
        return {chain[0].chain: chain for chain in chains}

    @property
    def sitting(self) -> list[Entry]:
        """The journal of the sitting."""
        return self.chains[sitting_chain(self.manifest["sitting"])]

    @cached_property
    def receipts(self) -> tuple[BoxReceipt, ...]:
        """What proves the opened positions."""
        return tuple(BoxReceipt(**each) for each in self._lines(RECEIPTS))

    @property
    def terms(self) -> tuple[Kept, ...]:
        """The versions of the terms."""
        return tuple(Kept(**each) for each in self._lines(TERMS))

    @property
    def options(self) -> tuple[Kept, ...]:
        """The versions of the option."""
        return tuple(Kept(**each) for each in self._lines(OPTIONS))

    def _lines(self, name: str) -> list[Any]:
        return [json.loads(line) for line in self.files[name].splitlines()]


def _entry(values: dict[str, Any]) -> Entry:
    return Entry(**values | {"at": datetime.fromisoformat(values["at"])})
