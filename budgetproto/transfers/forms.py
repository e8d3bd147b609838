"""The form of a kind's legal basis."""

from wtforms import HiddenField, StringField, TextAreaField

from budgetproto import web
from budgetproto.i18n import Named
from budgetproto.transfers.domain import TransferKind


class KindForm(web.Form):
    """The legal basis in three languages, the keys of its sources, and the version that was read."""

    version = HiddenField()
    basis_ky = TextAreaField("transfers.kinds.basis_ky", [web.longest(2_000)])
    basis_ru = TextAreaField("transfers.kinds.basis_ru", [web.longest(2_000)])
    basis_en = TextAreaField("transfers.kinds.basis_en", [web.longest(2_000)])
    sources = StringField(
        "transfers.kinds.sources", [web.longest(300)], description="transfers.kinds.sources.hint"
    )

    def basis(self) -> Named:
        """Return what was typed."""
        typed = (self.basis_ky.data, self.basis_ru.data, self.basis_en.data)
        return Named(*((words or "").strip() for words in typed))

    def read_version(self) -> int:
        """Return the version the form was made of; 0, which never stands, when it was tampered with."""
        return web.whole(str(self.version.data or ""))

    @classmethod
    def of(cls, kind: TransferKind) -> "KindForm":
        """Return the form of a kind: filled on the first look, as typed afterwards."""
        return cls(
            version=kind.version,
            basis_ky=kind.basis.ky,
            basis_ru=kind.basis.ru,
            basis_en=kind.basis.en,
            sources=" ".join(kind.sources),
        )
