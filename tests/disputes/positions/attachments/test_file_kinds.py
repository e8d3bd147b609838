"""A file is taken when its name and its bytes agree, and nothing in it is locked, runs or is two things."""

import pytest

from budgetproto.disputes.positions.attachments.file_kinds import (
    FileEncrypted,
    FileKind,
    FileRuns,
    KindNotTaken,
    NotItsKind,
    recognised,
)
from budgetproto.disputes.positions.attachments.values import cleaned
from budgetproto.errors import Refused
from tests.disputes.positions.attachments import files

GOOD = {
    "protocol.pdf": files.pdf(),
    "figures.xlsx": files.xlsx(),
    "letter.docx": files.docx(),
    "letter.odt": files.open_document("text"),
    "figures.ods": files.open_document("spreadsheet"),
    "map.png": files.png(),
    "map.jpg": files.jpeg(),
    "map.jpeg": files.jpeg(),
    "list.txt": files.TEXT,
    "list.csv": "айыл;сумма\n".encode("cp1251"),
}
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
ENCRYPTED_PART = (
    b'<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_each_kind_is_known_by_name_and_bytes(name: str) -> None:
    ending = name.rpartition(".")[2].replace("jpg", "jpeg")
    assert recognised(name, GOOD[name]) is FileKind(ending)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("content", GOOD.values(), ids=list(GOOD))
def test_a_file_under_another_kinds_name_is_refused(name: str, content: bytes) -> None:
    same = {"txt": "csv", "jpg": "jpeg"}
    kinds = {each: same.get(each.rpartition(".")[2], each.rpartition(".")[2]) for each in GOOD}
    true = {kinds[each] for each, its in GOOD.items() if its == content}
    if kinds[name] in true:
        return
    with pytest.raises(NotItsKind):
        recognised(name, content)


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.exe", "a.docm", "a.xlsm", "a.doc", "a.zip", "pdf", "a."]
)
def test_other_kinds_are_not_taken(name: str) -> None:
    with pytest.raises(KindNotTaken):
        recognised(cleaned(name), files.pdf())


def test_three_bytes_of_a_scan_that_read_like_a_name_are_no_script() -> None:
    packed = b"\n9 0 obj <</Length 9>> stream\n\x81\xa0/JS\x93\x17\xfe\nendstream endobj\n%%EOF"
    assert recognised("a.pdf", files.pdf() + packed) is FileKind.PDF


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", HTML, NotItsKind),
        ("a.pdf", HTML + files.pdf(), NotItsKind),
        ("a.pdf", files.pdf().replace(b"%PDF", b"%PDE"), NotItsKind),
        ("a.pdf", files.pdf()[:200], NotItsKind),
        ("a.pdf", files.pdf() + files.docx(), NotItsKind),
        ("a.pdf", files.pdf(password="secret"), FileEncrypted),
        ("a.pdf", files.pdf() + b"\n1 0 obj <</S/JavaScript/JS(app.alert)>>\n%%EOF", FileRuns),
        ("a.pdf", files.pdf() + b"\n1 0 obj <</S/Rendition/JS 7 0 R>>\n%%EOF", FileRuns),
        ("a.pdf", files.pdf() + b"\n1 0 obj <</S/Launch/F(cmd.exe)>>\n%%EOF", FileRuns),
        ("a.png", files.png() + HTML, NotItsKind),
        ("a.png", files.png()[:-4], NotItsKind),
        ("a.jpg", files.jpeg()[:4] + HTML + files.jpeg()[4:], NotItsKind),
        ("a.jpg", files.jpeg() + files.docx(), NotItsKind),
        ("a.txt", HTML, NotItsKind),
        ("a.csv", b"a;b\n" + HTML, NotItsKind),
        ("a.txt", b"MZ\x90\x00\x03", NotItsKind),
        ("a.docx", b"MZ" + files.docx(), NotItsKind),
        ("a.docx", files.docx() + HTML, NotItsKind),
        ("a.docx", files.docx()[:-30], NotItsKind),
        ("a.docx", files.archive({"word/document.xml": b""}), NotItsKind),
        ("a.docx", files.docx(word__vbaProject_bin=b"x").replace(b"_bin", b".bin"), FileRuns),
        ("a.docx", files.docx("application/vnd.ms-word.document.macroEnabled.main+xml"), FileRuns),
        ("a.docx", files.with_part(files.docx(), "../../etc/passwd"), NotItsKind),
        ("a.xlsx", files.with_part(files.xlsx(), "xl/macrosheets/sheet1.xml"), FileRuns),
        ("a.xlsx", files.with_part(files.xlsx(), "xl/activeX/activeX1.bin"), FileRuns),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, FileEncrypted),
        ("a.odt", files.open_document("text", manifest=ENCRYPTED_PART), FileEncrypted),
        ("a.odt", files.open_document("text", Basic__Standard__Module1_xml=b"x"), FileRuns),
        ("a.ods", files.open_document("presentation"), NotItsKind),
    ],
)
def test_what_is_locked_runs_or_is_two_things_is_refused(
    name: str, content: bytes, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        recognised(name, content)


def test_a_file_that_unpacks_to_hundreds_of_megabytes_is_refused() -> None:
    bomb = files.with_part(files.docx(), "word/media/image1.png", b"\0" * (201 * 2**20))
    with pytest.raises(NotItsKind):
        recognised("a.docx", bomb)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\Айгүл\\Эсеп.XLSX", "Эсеп.xlsx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("эсеп\u202efdp.txt", "эсеп fdp.txt"),
        (".pdf", "file.pdf"),
        ("ө" * 300 + ".pdf", "ө" * 116 + ".pdf"),
    ],
)
def test_a_name_loses_its_path_and_what_misleads(sent: str, kept: str) -> None:
    assert cleaned(sent) == kept
