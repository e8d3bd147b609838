"""What programs are sent of protocols: the composed value, whose hash the fingerprint is, and versions."""

from typing import Any

from marshmallow import fields

from budgetproto.protocol.composition import FORMAT
from budgetproto.protocol.delivery.versions import Version
from budgetproto.protocol.document import to_document
from budgetproto.protocol.service import Paper
from budgetproto.web.api.fields import Moment
from budgetproto.web.api.shapes import Shape
from budgetproto.web.api.writing import moment


class DocumentShape(Shape):
    """The composed value under its format."""

    format = fields.String(required=True)
    protocol = fields.Dict(required=True)


class ProtocolShape(Shape):
    """The protocol as it was issued, else the draft of it as things stand; `number` is null on a draft.

    `fingerprint` is the SHA-256 of `document` written canonically: keys sorted, no spaces, UTF-8.
    """

    number = fields.String(required=True, allow_none=True)
    issued_at = Moment(required=True, allow_none=True)
    fingerprint = fields.String(required=True)
    document = fields.Nested(DocumentShape, required=True)


class VersionShape(Shape):
    """One issued protocol of a sitting; `which` counts them from the first."""

    which = fields.Integer(required=True)
    number = fields.String(required=True)
    issued_at = Moment(required=True)
    fingerprint = fields.String(required=True)
    replaces = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)


class VersionsShape(Shape):
    """The issued protocols of a sitting, the newest first."""

    items = fields.List(fields.Nested(VersionShape), required=True)


def paper_written(paper: Paper) -> dict[str, Any]:
    """Write a protocol."""
    return {
        "number": paper.issue.number if paper.issue else None,
        "issued_at": moment(paper.issue.at) if paper.issue else None,
        "fingerprint": paper.fingerprint,
        "document": {"format": FORMAT, "protocol": to_document(paper.protocol)},
    }


def version_written(version: Version) -> dict[str, Any]:
    """Write which protocol this is."""
    return {
        "which": version.which,
        "number": version.number,
        "issued_at": moment(version.at),
        "fingerprint": version.fingerprint,
        "replaces": version.replaces,
        "replaced_by": version.replaced_by,
    }
