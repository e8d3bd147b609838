"""PURE: a coordination sheet as canonical JSON, so that its hash means every word of it, and back."""

import json

from budgetproto.coordination.paper.domain import Sheet
from budgetproto.journal.domain import canonical_json, sha256_of
from budgetproto.journal.plain import plain, read


def written(sheet: Sheet) -> str:
    """Write a sheet as canonical JSON: sorted keys, no spaces, letters as they are."""
    facts = plain(sheet)
    if sheet.first is None:
        # An entry that nothing completed is written as every sheet of before: its hash stays.
        del facts["first"]
    return canonical_json(facts)


def digest(sheet: Sheet) -> str:
    """Return the SHA-256 of a sheet's facts, as it stands on its last page."""
    return sha256_of(written(sheet))


def read_sheet(document: str) -> Sheet:
    """Read a sheet back from its document."""
    found: Sheet = read(Sheet, json.loads(document))
    return found
