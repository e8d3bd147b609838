"""Logs as lines of JSON that say what the service did and nothing of what was said in it.

A line carries no person, no name, no address with an id, no query, no form content, no text of an exception:
drivers quote values in those. What another library wants to log keeps its sentence and its whole numbers; the
rest of its values are left out. A traceback names files, lines and functions.
"""

import logging
import sys
from typing import Any, Final, TextIO

import structlog
from gunicorn.config import Config
from gunicorn.glogging import Logger
from structlog.tracebacks import ExceptionDictTransformer
from structlog.types import EventDict, WrappedLogger

#: Sentences that libraries fill before they log them; what follows is left out.
_CUT: Final = ("Invalid request", "Exception on ")
_LEFT_OUT: Final = "…"
_trace: Final = ExceptionDictTransformer(show_locals=False)


def configure(level: str, stream: TextIO | None = None) -> None:
    """Let everything this process logs be lines of JSON on `stream`, the error stream unless stated."""
    structlog.reset_defaults()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for talkative in ("alembic", "sqlalchemy"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class ServerLogger(Logger):
    """Gunicorn's own lines in our shape; its access log is left out, since ours has no addresses with ids."""

    def setup(self, cfg: Config) -> None:
        """Send gunicorn's lines to the root logger."""
        self.cfg = cfg
        self._access_log_enabled = False
        # Its lines for debugging hold addresses.
        level = logging.INFO if cfg.loglevel == "debug" else cfg.loglevel.upper()
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
        self.error_log.setLevel(level)
        self.error_log.propagate = True
        configure(cfg.loglevel)


def _formatter() -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # In ASCII: some viewers take letters beyond it, U+2028 for one, for the end of a line.
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        foreign_pre_chain=[_of_another_library, *_SHARED],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _of_another_library(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep the sentence and the whole numbers of a line that another library logs."""
    sentence, arguments = str(event["event"]), event.pop("positional_args", None) or ()
    for beginning in _CUT:
        if sentence.startswith(beginning):
            sentence, arguments = beginning.strip(), ()
    if isinstance(arguments, tuple) and arguments:
        kept = tuple(each if isinstance(each, int) else _LEFT_OUT for each in arguments)
        sentence = _filled(sentence, kept)
    event["event"] = sentence
    return event


def _filled(sentence: str, values: tuple[object, ...]) -> str:
    try:
        return sentence % values
    except (TypeError, ValueError):  # a value left out stood where a number was wanted
        return sentence


def _without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Turn an exception into its type and where it happened."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if isinstance(raised, tuple) and raised[0] is not None:
        event["exception"] = [_stack(stack) for stack in _trace(raised)]
    event.pop("stack_info", None)
    return event


def _stack(stack: dict[str, Any]) -> dict[str, object]:
    frames = (f"{frame['filename']}:{frame['lineno']} {frame['name']}" for frame in stack["frames"])
    return {"type": stack["exc_type"], "frames": list(frames)}


_SHARED: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_values,
]
