"""Has the places of the demonstration's protocol signed, as its people would on their pages."""

from typing import Final

from budgetproto.accounts.storage import person_row
from budgetproto.database import Database
from budgetproto.protocol.signing import service

#: Who signs, by log-in name, and with which remark; what they say is made up.
_REMARKS: Final = {
    "chair": "",
    "ministry": "",
    "union": "Шарттуу мисал: Союз № 2 маселе боюнча өз позициясын сактайт.",
    "cities": "",
    "secretary": "",
}


def sign_all(database: Database, sitting_id: str, secretary: str) -> None:
    """Lay the protocol out, and answer each place that one of these people holds."""
    digest = service.lay_out(database, secretary, sitting_id)
    for login, remark in _REMARKS.items():
        with database.reading() as session:
            row = person_row(session, login)
            person = row.id if row else ""
            places = service.block_of(session, person, sitting_id).own if row else ()
        for place in places:
            service.answer(
                database,
                person,
                sitting_id,
                place,
                "signed_with_remarks" if remark else "signed",
                seen=digest,
                way="password",
                words=remark,
            )
