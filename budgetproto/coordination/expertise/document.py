"""PURE: what happens to an expertise as canonical JSON, so that a hash means every word, and back."""

import json
from typing import Final, get_args

from budgetproto.coordination.expertise.domain import HandedIn, Replied, What, Withdrawn, Written
from budgetproto.journal.domain import canonical_json
from budgetproto.journal.plain import plain, read

#: The name under which each thing that can happen is kept; a name is never changed.
KINDS: Final[dict[str, type[What]]] = {kind.__name__.lower(): kind for kind in get_args(What)}
WRITTEN, HANDED_IN, REPLIED, WITHDRAWN = (
    kind.__name__.lower() for kind in (Written, HandedIn, Replied, Withdrawn)
)


def kind_of(what: What) -> str:
    """Return the name under which something is kept."""
    return type(what).__name__.lower()


def written(what: What) -> str:
    """Write what happened as canonical JSON: sorted keys, no spaces, letters as they are."""
    return canonical_json(plain(what))


def read_what(kind: str, document: str) -> What:
    """Read back what happened."""
    found: What = read(KINDS[kind], json.loads(document))
    return found
