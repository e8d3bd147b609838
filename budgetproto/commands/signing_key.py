"""`budgetproto signing-key`: a key for trying out the signature of the service."""

from pathlib import Path

import click

from budgetproto.commands.passphrases import new_passphrase, passphrase_file_option
from budgetproto.commands.terminal import language_option, refusals_told, say
from budgetproto.i18n import as_language
from budgetproto.operations.files import new_file
from budgetproto.protocol.signature.authority import make_authority

_path = click.Path(path_type=Path, dir_okay=False)


@click.command("signing-key")
@click.option("--out", "key_file", type=_path, required=True, metavar="FILE", help="The key (PKCS#12).")
@click.option(
    "--trusted",
    "trusted_file",
    type=_path,
    required=True,
    metavar="FILE",
    help="The authority's certificate.",
)
@passphrase_file_option
@language_option
@refusals_told
def signing_key_command(
    key_file: Path, trusted_file: Path, passphrase_file: Path | None, language: str
) -> None:
    """Make a TEST authority and a key it vouches for; whatever it signs says that it is a test."""
    chosen = as_language(language)
    made = make_authority(new_passphrase(passphrase_file, chosen))
    for file, content in ((key_file, made.key), (trusted_file, made.trusted)):
        file.parent.mkdir(parents=True, exist_ok=True)
        with new_file(file) as stream:
            stream.write(content)
    say("commands.signing_key_made", chosen, file=key_file, trusted=trusted_file)
