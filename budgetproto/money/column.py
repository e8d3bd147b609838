"""The column of an amount: a 64-bit integer of tyiyn, read back as `Som`."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from budgetproto.money.som import Som


class SomColumn(sa.types.TypeDecorator[Som]):
    """Store `Som` as whole tyiyn; a bare number or a float is refused before it reaches the database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Som | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        """Give the database the tyiyn."""
        if value is None:
            return None
        if not isinstance(value, Som):
            raise TypeError("an amount column takes Som")
        if abs(value.tyiyn) >= 2**63:
            raise OverflowError("an amount beyond the column")
        return value.tyiyn

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Som | None:  # noqa: ARG002
        """Make the amount from the tyiyn."""
        return None if value is None else Som(value)


def som_field(**options: Any) -> Any:
    """Return a SQLModel field of an amount, nullable unless said otherwise."""
    return Field(sa_type=SomColumn, **options)
