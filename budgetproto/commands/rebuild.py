"""`budgetproto rebuild BOX --out DIR` prints a protocol again from the facts in its box, with no database."""

from pathlib import Path

import click

from budgetproto.commands.terminal import language_option, refusals_told, say
from budgetproto.i18n import LANGUAGES, as_language
from budgetproto.protocol.box.archive import unpack
from budgetproto.protocol.box.opened import OpenedBox
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.signature.checking import unsigned


@click.command("rebuild")
@click.argument("box", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@language_option
@refusals_told
def rebuild_command(box: Path, out: Path, language: str) -> None:
    """Unpack a box and draw its protocol again; say of each file whether it is the issued one to the byte."""
    chosen = as_language(language)
    files = unpack(box.read_bytes())
    for name, content in files.items():
        _write(out / name, content)
    protocol = OpenedBox(files).protocol
    for each in LANGUAGES:
        drawn, issued = draw(protocol, each), files[f"protocol/protocol_{each}.pdf"]
        file = _write(out / f"rebuilt_{each}.pdf", drawn)
        same = drawn == (unsigned(issued) or issued)
        say(f"commands.rebuilt.{'same' if same else 'other'}", chosen, file=file)


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file
