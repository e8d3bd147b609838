"""PURE: what a document says of itself, as PDF's own entries and as XMP for archives; both say the same."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

from budgetproto.protocol.typesetting.packing import plain_stream

#: How a file tells the head of the journal that it was made at.
HEAD_KEYWORD: Final = "journal-head:{head}"
#: How an extract tells after it which lines it is of.
LINES_KEYWORD: Final = " lines:{lines}"
_MAKER: Final = "budgetproto"


@dataclass(frozen=True)
class Particulars:
    """What a document says of itself; `signature` names the place for its signature, where it has one."""

    title: str
    subject: str
    language: str
    made_at: datetime
    signature: str = ""
    keywords: str = ""


def text(said: str) -> bytes:
    """Write a text outside the pages as PDF does: UTF-16 with a mark, in hexadecimal.

    >>> text("ky")
    b'<feff006b0079>'
    """
    return b"<feff%b>" % said.encode("utf-16-be").hex().encode()


def information(about: Particulars) -> bytes:
    """Return the entries that every reader shows."""
    date = about.made_at.astimezone(UTC).strftime("(D:%Y%m%d%H%M%S+00'00')").encode()
    said = {
        "Title": text(about.title),
        "Subject": text(about.subject),
        "Keywords": text(about.keywords),
        "Creator": text(_MAKER),
        "Producer": text(_MAKER),
        "CreationDate": date,
        "ModDate": date,
    }
    return b"<< %b >>" % b" ".join(b"/%b %b" % (name.encode(), value) for name, value in said.items())


def xmp(about: Particulars) -> bytes:
    """Return the metadata stream; it is not compressed, so that an archive can search it."""
    date = about.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    packet = _PACKET.format(
        title=escape(about.title),
        subject=escape(about.subject),
        language=about.language,
        keywords=escape(about.keywords),
        date=date,
        maker=_MAKER,
    )
    return plain_stream(b"/Type /Metadata /Subtype /XML", packet.encode())


_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{maker}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
