"""PURE: a browser and its system in two words, from what it says of itself."""

from typing import Final

#: In this order: each browser claims to be those after it as well.
_BROWSERS: Final = (
    ("YaBrowser", "Yandex Browser"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_named(user_agent: str) -> str:
    """Return the families of browser and system, proper names in every language; empty when unknown.

    >>> device_named("Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox · Windows'
    >>> device_named("curl/8.1")
    ''
    """
    found = (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))
    return " · ".join(name for name in found if name)


def _first(families: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in families if mark in user_agent), "")
