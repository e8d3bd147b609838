"""Whether the signature of a file is whole and covers all of it: what a valid signature alone does not say.

A signature vouches for the bytes it names. Bytes put after them, and the padding inside its own container,
are outside: so the last revision must be the signed one, and the padding must be zero.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto import parser, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from budgetproto.errors import Unreadable
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.protocol.signature.apart import apart
from budgetproto.protocol.typesetting.archive import FIELD
from budgetproto.protocol.typesetting.particulars import HEAD_KEYWORD, LINES_KEYWORD


class NoPdf(Unreadable):
    """What was handed in is no PDF that can be read."""

    message_key = "protocol.no_pdf"


@dataclass(frozen=True)
class Checked:
    """What a look at the signature of a file has shown; `signer` is blank where there is none.

    `whole`: not a byte of the file is other than what was signed, none stands outside. `trusted`: the
    certificate comes from one that the reader trusts; None where the reader named none.
    """

    signer: str
    whole: bool
    trusted: bool | None
    at: datetime | None
    stamped: bool


@dataclass(frozen=True)
class Said:
    """What a file says of itself: the head of the journal it was made at, its language and lines."""

    head: str
    language: Language
    lines: tuple[int, ...]


#: A stranger's list of lines is read only as far as a protocol may have them.
_KEYWORDS: Final = re.compile(
    HEAD_KEYWORD.format(head="([0-9a-f]{64})")
    + f"(?:{LINES_KEYWORD.format(lines='([0-9]{1,6}(?:,[0-9]{1,6}){0,9999})')})?"
)
#: How each revision of a file ends.
_END: Final = re.compile(rb"startxref\r?\n\d+\r?\n%%EOF\r?\n?")
_NONE: Final = Checked("", whole=False, trusted=None, at=None, stamped=False)


def check_signature(content: bytes, trusted: tuple[bytes, ...] = ()) -> Checked:
    """Check the signature of the service under a file; `trusted` are certificates in DER.

    Raises NoPdf where the bytes cannot be read as a PDF.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=True)
        found = [each for each in reader.embedded_regular_signatures if each.field_name == FIELD]
    except Exception as unreadable:  # a parser fed by strangers may fail in any way
        raise NoPdf from unreadable
    if len(found) != 1:
        return _NONE
    try:
        return _of(content, found[0], reader.embedded_timestamp_signatures, trusted)
    except Exception:  # what cannot be checked has not been found whole
        return _NONE


def unsigned(content: bytes) -> bytes | None:
    """Return what stood there before anything was added: the first revision, None where it is the only."""
    ends = [found.end() for found in _END.finditer(content)]
    return content[: ends[0]] if len(ends) > 1 else None


def printed_head(content: bytes) -> str | None:
    """Return the head of the journal (hex) that a file says it was made at, None where it says none."""
    said = said_of_itself(content)
    return said.head if said else None


def said_of_itself(content: bytes) -> Said | None:
    """Return what a file of the service says of itself, None where it says nothing that can be read."""
    try:
        reader = PdfFileReader(io.BytesIO(content))
        keywords, spoken = str(reader.trailer["/Info"]["/Keywords"]), str(reader.root["/Lang"])
    except Exception:  # a parser fed by strangers may fail in any way
        return None
    found = _KEYWORDS.fullmatch(keywords)
    language = next((each for each in LANGUAGES if each == spoken), None)
    if found is None or language is None:
        return None
    return Said(found[1], language, tuple(map(int, found[2].split(","))) if found[2] else ())


def _of(
    content: bytes,
    signature: EmbeddedPdfSignature,
    stamps: Sequence[EmbeddedPdfSignature],
    trusted: tuple[bytes, ...],
) -> Checked:
    roots = [x509.Certificate.load(each) for each in trusted] or [signature.signer_cert]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status: PdfSignatureStatus = apart(lambda: validate_pdf_signature(signature, context))
    kept = status.intact and status.valid and _padding_is_zero(content, signature)
    whole = bool(kept and (_is_last(status) or _stamped_over(content, status, stamps, context)))
    stamp = status.timestamp_validity
    return Checked(
        signer=str(signature.signer_cert.subject.native.get("common_name", "")),
        whole=whole,
        trusted=bool(status.trusted) if trusted else None,
        at=stamp.timestamp if stamp else status.signer_reported_dt,
        stamped=stamp is not None,
    )


def _is_last(status: PdfSignatureStatus | DocumentTimestampStatus) -> bool:
    return status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def _stamped_over(
    content: bytes,
    status: PdfSignatureStatus,
    stamps: Sequence[EmbeddedPdfSignature],
    context: ValidationContext,
) -> bool:
    """Tell whether only what long-term proof needs was added, and a time stamp of the document covers it all.

    B-LTA puts proofs of revocation and such a time stamp behind the signature (ETSI EN 319 142-1, 5.5).
    """
    if not stamps or status.modification_level is not ModificationLevel.LTA_UPDATES:
        return False
    found: DocumentTimestampStatus = apart(lambda: validate_pdf_timestamp(stamps[-1], context))
    whole = found.intact and found.valid and _padding_is_zero(content, stamps[-1])
    return bool(whole and _is_last(found))


def _padding_is_zero(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Tell whether nothing hides in the container behind the signature itself."""
    _, begin, end, _ = (int(each) for each in signature.byte_range)
    held = content[begin:end]
    if held[:1] != b"<" or held[-1:] != b">":
        return False
    whole = parser.peek(bytes.fromhex(held[1:-1].decode("ascii")))
    return not held[1 + 2 * whole : -1].strip(b"0")
