"""`budgetproto serve`: the service under gunicorn."""

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from budgetproto.app import create_app
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.i18n import as_language
from budgetproto.operations import server
from budgetproto.settings import Settings


class Server(BaseApplication):
    """Gunicorn with our application and the settings of `operations/server.py`."""

    def __init__(self, settings: Settings, **options: object) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take over the settings, then the options of the command."""
        for name, value in {**vars(server), **self._options}.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the application, once, before the workers are forked."""
        return create_app(self._settings)


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until stopped; in the terminal only what went wrong is told."""
    level = "warning" if settings.log_level == "info" else settings.log_level
    Server(settings, bind=f"{host}:{port}", loglevel=level).run()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@language_option
@refusals_told
def serve_command(host: str, port: int, language: str) -> None:
    """Serve the pages of this installation."""
    settings = Settings.from_environment()
    database, _ = installation(settings)
    database.close()
    say("commands.serving", as_language(language), address=f"http://{host}:{port}/")
    serve(settings, host=host, port=port)
