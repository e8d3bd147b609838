"""`budgetproto demo --out DIR`: the main job on real positions, without serving."""

import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from budgetproto.accounts.storage import known_person
from budgetproto.analysis import discrepancy_sheet, table_text
from budgetproto.commands.demo_signing import sign_all
from budgetproto.commands.terminal import language_option, refusals_told, say
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.demonstration import Demonstration, Fixture, read_fixture, sitting_of, stage, stage_sitting
from budgetproto.demonstration.acts import stage_acts
from budgetproto.demonstration.annual import filed_report, real_report, stage_annual
from budgetproto.demonstration.expertise import stage_expertise
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.exchange import EXCEL, to_csv, to_xlsx
from budgetproto.i18n import LANGUAGES, Language, as_language, told_in_unit
from budgetproto.protocol.box.service import box_of
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.service import issue, printed, protocol_of
from budgetproto.protocol.signature.authority import make_authority
from budgetproto.protocol.signature.signing import ServiceKey
from budgetproto.reporting.annual.drawing import draw as draw_report
from budgetproto.settings import SigningSettings
from budgetproto.sittings.domain import Sitting, Stage
from budgetproto.sittings.storage import sitting_row

#: The certificate that the demonstration's signatures can be checked against.
TRUSTED: Final = "trusted_TEST.pem"
#: The languages in which annual reports are written to the files: those that each report must have.
_OF_REPORTS: Final[tuple[Language, ...]] = ("ky", "ru")


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option(
    "--sitting", "chosen_sitting", default="", metavar="KEY", help="Another sitting of the fixtures."
)
@language_option
@refusals_told
def demo_command(out: Path, chosen_sitting: str, language: str) -> None:
    """Take the demonstration sitting to its protocol in a database of its own; write the files to DIR."""
    chosen = as_language(language)
    fixture = sitting_of(chosen_sitting) if chosen_sitting else None
    with tempfile.TemporaryDirectory() as folder:
        database, key = _own_database(Path(folder))
        staged = _staged(database, key, fixture, chosen)
        main_job(database, staged.finished, out, chosen, signing=_trial_key(Path(folder), out))
        if fixture is None:
            for file in annual_reports(database, staged.report, out):
                click.echo(f"  {file}")
        database.close()


def annual_reports(database: Database, report_id: str, out: Path) -> Iterator[Path]:
    """Write the filed report of the demonstration year and the real one of 2019, in ky and ru."""
    made, digest = filed_report(database, report_id)
    for report, hashed in ((made, digest), (real_report(), "")):
        for language in _OF_REPORTS:
            paper = draw_report(report, language, digest=hashed)
            yield _write(out / f"annual_report_{report.year}_{language}.pdf", paper)


def _staged(database: Database, key: SealKey, fixture: Fixture | None, language: Language) -> Demonstration:
    """Stage the demonstration, or another sitting of the fixtures, which has no second one."""
    if fixture is None:
        return staged_demonstration(database, key, language, password=None)
    finished, _ = stage_sitting(database, key, fixture, password=None, tell=lambda part: say(part, language))
    return Demonstration(finished, "")


def staged_demonstration(
    database: Database, key: SealKey, language: Language, *, password: str | None
) -> Demonstration:
    """Stage the demonstration with its draft acts and its annual report, telling each part as it begins."""
    staged = stage(database, key, read_fixture(), password=password, tell=lambda part: say(part, language))
    with database.reading() as session:
        secretary, expert = known_person(session, "secretary"), known_person(session, "analyst")
    stage_acts(database, secretary.id)
    stage_expertise(database, secretary.id, expert.id, expert.login)
    return replace(staged, report=stage_annual(database, staged.collecting))


def _trial_key(folder: Path, out: Path) -> ServiceKey | None:
    """Make a key whose signatures say that they are a test; its authority's certificate goes to the files."""
    passphrase, file = secrets.token_urlsafe(16), folder / "signing_key.p12"
    made = make_authority(passphrase)
    file.write_bytes(made.key)
    out.mkdir(parents=True, exist_ok=True)
    (out / TRUSTED).write_bytes(made.trusted)
    return ServiceKey.load(SigningSettings(key_file=file, passphrase=passphrase))


def main_job(
    database: Database, sitting_id: str, out: Path, language: Language, *, signing: ServiceKey | None = None
) -> None:
    """Issue the protocol, print the lines in the terminal, write the files, say where they lie."""
    with database.reading() as session:
        row, secretary = sitting_row(session, sitting_id), known_person(session, "secretary")
    assert row is not None, "the demonstration has been staged"  # noqa: S101
    if row.stage == Stage.DECIDED.value:
        say("commands.progress.protocol", language)
        sign_all(database, sitting_id, secretary.id)
        issue(database, secretary.id, sitting_id, key=signing)
        if signing:
            say("commands.signing_key_trial", language, signer=signing.name)
    with database.reading() as session:
        sitting, protocol = protocol_of(session, secretary.id, sitting_id)
    _print_lines(sitting, protocol, language)
    say("commands.progress.files", language)
    for file in _written(database, secretary.id, sitting, protocol, out, signing=signing):
        click.echo(f"  {file}")


def _print_lines(sitting: Sitting, protocol: Protocol, language: Language) -> None:
    click.echo()
    click.secho(sitting.title.text(language), bold=True)
    say(f"money.unit.{sitting.unit.key}", language)
    click.echo(table_text(protocol, language))
    if protocol.facts.option is not None:
        for sentence in protocol.facts.option.sentences:
            click.echo(told_in_unit(sentence.key, sentence.values, sitting.unit, language))
    if protocol.illustrative:
        say("analysis.note.illustrative", language)
    click.echo()


def _written(
    database: Database,
    person: str,
    sitting: Sitting,
    protocol: Protocol,
    out: Path,
    *,
    signing: ServiceKey | None,
) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        paper = printed(database, person, sitting.id, language)
        yield _write(out / paper.name, paper.content)
    box = box_of(database, person, sitting.id, 1, key=signing)
    yield _write(out / box.name, box.content)
    sheet, name = discrepancy_sheet(protocol), f"discrepancies_{sitting.number}"
    yield _write(out / f"{name}.xlsx", to_xlsx([sheet], "ky", sitting.unit))
    yield _write(out / f"{name}.csv", to_csv(sheet, "ky", sitting.unit, EXCEL))


def _write(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def _own_database(folder: Path) -> tuple[Database, SealKey]:
    sealing.make_key(folder / "seal.key")
    database = Database(f"sqlite:///{folder}/budgetproto.sqlite3")
    migrate(database)
    return database, sealing.load_key(folder / "seal.key")
