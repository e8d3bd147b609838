"""Settings that decide, noted with the terms of each sitting; sittings that have terms keep today's."""

import sqlalchemy as sa
from alembic import op

from budgetproto.database.append_only import make_append_only

revision = "0009"
down_revision = "0008"

_TABLE = "sitting_terms_setting"
#: What the service shipped with when this was written, for settings that nobody had changed.
_SHIPPED = {
    "members_total": (
        "11",
        "Божомол; комитеттин мүчөлөрүнүн азыркы санын киргизүү керек",
        "Предположение; нужно внести нынешнее число членов комитета",
        "Assumption; the present number of committee members is to be entered",
    ),
    "quorum_share": (
        "1/2",
        "Божомол: мүчөлөрдүн жарымынан көбү; Регламенттин беренесин текшерүү керек",
        "Предположение: больше половины членов; статью Регламента нужно проверить",
        "Assumption: more than half of the members; the article of the Rules of procedure is to be checked",
    ),
    "majority_of": (
        "present",
        "Божомол: катышкан мүчөлөрдүн көпчүлүгү",
        "Предположение: большинство присутствующих членов",
        "Assumption: majority of the members present",
    ),
    "second_term_hours": (
        "4",
        "Божомол: унчукпаган тарапка берилген кыска экинчи мөөнөт; мыйзамда белгиленген мөөнөт табылган жок",
        "Предположение: короткий второй срок для промолчавшей стороны; установленный законом срок не найден",
        "Assumption: the short second term of a side that was silent; no statutory term was found",
    ),
}
_COLUMNS = ("value", "source_ky", "source_ru", "source_en")


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _COLUMNS),
        sa.ForeignKeyConstraint(
            ["sitting", "number"],
            ["sitting_terms.sitting", "sitting_terms.number"],
            name="fk_sitting_terms_setting_sitting_sitting_terms",
        ),
        sa.PrimaryKeyConstraint("sitting", "number", "key", name="pk_sitting_terms_setting"),
    )
    _keep_todays()
    make_append_only(_TABLE)


def _keep_todays() -> None:
    """Note with every version of terms what the settings say now: that is what those sittings went by."""
    names = ", ".join(_COLUMNS)
    changed = sa.text(f"SELECT key, {names} FROM sitting_setting")
    today = _SHIPPED | {
        row[0]: tuple(row[1:]) for row in op.get_bind().execute(changed) if row[0] in _SHIPPED
    }
    noted = sa.text(
        f"INSERT INTO {_TABLE} (sitting, number, key, {names}) SELECT sitting, number, :key, "
        f"{', '.join(f':{name}' for name in _COLUMNS)} FROM sitting_terms"
    )
    for key, values in today.items():
        op.get_bind().execute(noted, {"key": key, **dict(zip(_COLUMNS, values, strict=True))})
