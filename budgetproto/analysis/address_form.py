"""A form that is sent by GET: the address holds all of it, and nothing in it is ignored."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField

from budgetproto import web
from budgetproto.errors import BadInput, Problem

#: What belongs to a file and not to the table.
_BESIDE: Final = frozenset({"dialect", "snapshot", "page"})


class AddressForm(web.Form):
    """A form whose fields stand in the address; `meta.typed` is everything in it."""

    def query(self) -> dict[str, list[str]]:
        """Return what stands in the address, without blanks, to make other addresses of it."""
        return {
            name: said for name, values in self.typed.lists() if (said := [v for v in values if v.strip()])
        }

    def validate(self, extra_validators: Mapping[str, Iterable[Any]] | None = None) -> bool:
        """Tell whether the whole address makes sense; each fault is told beside its field."""
        sound = bool(super().validate(extra_validators))
        problems = (*self._unknown(), *self._contradictions())
        if problems:
            self.take(BadInput(*problems))
        return sound and not problems

    def problems(self) -> tuple[Problem, ...]:
        """Return every fault, for an answer that has no form to show it on."""
        found = [*self.form_errors, *(fault for field in self for fault in field.errors)]
        return tuple(fault if isinstance(fault, Problem) else Problem(fault) for fault in found)

    def _unknown(self) -> Iterator[Problem]:
        """Find parameters that mean nothing here, and choices that are none."""
        for name in self.typed:
            if name not in self and name not in _BESIDE:
                yield Problem("analysis.unknown_parameter", {"name": name})
        for field in self:
            if isinstance(field, SelectField | SelectMultipleField):
                known = {value for value, *_ in field.iter_choices()}
                for value in field.data if isinstance(field.data, list | tuple) else [field.data or ""]:
                    if value not in known:
                        yield Problem("analysis.no_choice", {"typed": value}, form_field=field.name)

    def _contradictions(self) -> Iterator[Problem]:
        """Find what cannot be meant at once."""
        for name, values in self.typed.lists():
            if len(set(values)) > 1 and name in self and name != "column":
                yield Problem("analysis.said_twice", form_field=name)

    @property
    def typed(self) -> "MultiDict[str, str]":
        """Everything that stands in the address."""
        found: MultiDict[str, str] = self.meta.typed
        return found
