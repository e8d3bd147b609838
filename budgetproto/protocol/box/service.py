"""Hands out the box of an issued protocol to whoever may read all that is in it."""

from budgetproto.database import Database
from budgetproto.protocol.box.archive import pack
from budgetproto.protocol.box.contents import Material, about, contents
from budgetproto.protocol.box.gathering import material
from budgetproto.protocol.box.manifest import CERTIFICATES, MANIFEST, SIGNATURE, manifest
from budgetproto.protocol.delivery.versions import version
from budgetproto.protocol.service import Print
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.sittings.numbering import in_address


def box_of(
    database: Database, person_id: str, sitting_id: str, which: int, *, key: ServiceKey | None = None
) -> Print:
    """Return the box of one of a sitting's protocols, its list signed where the service has a key.

    It tells what the journal page tells every reader once all lines are open. Packed and signed with no
    transaction open. Raises Unknown where there is no such protocol.
    """
    with database.reading() as session:
        *_, row = version(session, person_id, sitting_id, which)
        found = material(session, row)
    return Print(f"box_{in_address(row.number)}.zip", packed(found, key))


def packed(found: Material, key: ServiceKey | None) -> bytes:
    """Return the archive of a box; with a key its list is signed, and the certificates lie beside it."""
    files = contents(found)
    if key is None:
        return pack({**files, MANIFEST: manifest(files, about(found))})
    files[CERTIFICATES] = key.certificates
    listed = manifest(files, about(found))
    return pack({**files, MANIFEST: listed, SIGNATURE: key.detached(listed)})
