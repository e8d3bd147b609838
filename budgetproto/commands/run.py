"""`budgetproto run`: prepare the installation, run the main job once, serve it, and say how to look round."""

import click

from budgetproto.accounts.service import set_password
from budgetproto.commands.demo import main_job, staged_demonstration
from budgetproto.commands.serve import serve
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.demonstration import Account, Demonstration
from budgetproto.i18n import Language, as_language, text
from budgetproto.settings import Settings


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Stop after the files are written.")
@language_option
@refusals_told
def run_command(host: str, port: int, no_serve: bool, language: str) -> None:
    """Prepare everything, make the demonstration sitting's protocol, and serve the pages."""
    chosen, settings = as_language(language), Settings.from_environment()
    say("commands.progress.database", chosen)
    database, key = installation(settings)
    staged = staged_demonstration(database, key, chosen, password=settings.demo_password)
    main_job(database, staged.finished, settings.folder / "demonstration", chosen)
    if settings.demo_password and not staged.accounts:
        for login in _DEMONSTRATION_LOGINS:
            set_password(database, login, settings.demo_password)
    database.close()
    _print_accounts(staged, settings, chosen)
    if not no_serve:
        say("commands.serving", chosen, address=f"http://{host}:{port}/")
        serve(settings, host=host, port=port)


_DEMONSTRATION_LOGINS = (
    "secretary",
    "chair",
    "ministry",
    "union",
    "cities",
    "analyst",
    "auditor",
    "member_2",
)


def _print_accounts(staged: Demonstration, settings: Settings, language: Language) -> None:
    click.echo()
    if staged.accounts:
        say("commands.accounts", language)
        for account in staged.accounts:
            click.echo(f"  {account.login:<12}{account.password:<28}{_who(account, language)}")
    elif settings.demo_password:
        say("commands.accounts_reset", language)
    else:
        say("commands.accounts_kept", language)
    say("commands.reset", language, folder=settings.folder)


def _who(account: Account, language: Language) -> str:
    role = text(f"commands.role.{account.role}", language)
    return f"{account.name} — {role}"
