"""What happens to the parameter sets, and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.i18n import Language, Named, text
from budgetproto.journal import Event


@dataclass(frozen=True)
class ModelsLoaded(Event):
    """Parameter sets and figures of territories that are shipped were loaded; `digest` is their SHA-256."""

    kind: ClassVar[str] = "transfers.models_loaded"
    digest: str
    sets: int
    inputs: int


@dataclass(frozen=True)
class InputsEntered(Event):
    """A table of figures of territories was entered; `digest` is its SHA-256."""

    kind: ClassVar[str] = "transfers.inputs_entered"
    person: str
    digest: str
    inputs: int


@dataclass(frozen=True)
class ParametersAdded(Event):
    """A version of a parameter set was added; `values` are its whole numbers."""

    kind: ClassVar[str] = "transfers.parameters_added"
    person: str
    code: str
    version: int
    model: str
    status: str
    name_ky: str
    name_ru: str
    name_en: str
    values: str
    source: str

    @classmethod
    def told(cls, values: Mapping[str, object], language: Language) -> Mapping[str, object]:
        """Name the set and its status."""
        return {
            **values,
            "name": Named(*(str(values[f"name_{code}"]) for code in ("ky", "ru", "en"))),
            "status": text(f"transfers.models.status.{values['status']}", language),
        }
