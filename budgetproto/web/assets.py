"""Our own static files: read once at start and packed once, their addresses changed whenever they change."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from flask import Flask, Response, abort, request, url_for

from budgetproto.web.compression import pack, takes_packed

#: One sheet for the browser, kept in parts for those who write it; the later part wins.
SHEET: Final = "css/all.css"
_PARTS: Final = tuple(f"css/{part}.css" for part in ("fonts", "tokens", "budgetproto", "print"))

#: Stated here, so that no table of the machine decides how a browser takes a file.
_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
#: What one of our scripts imports from another.
_OWN_IMPORT: Final = re.compile(r'"\./(\w+\.js)"')
_TEXT: Final = "text/plain; charset=utf-8"
#: A font is packed inside already.
_PACKED_INSIDE: Final = {".woff2"}


@dataclass(frozen=True)
class Asset:
    """One file: its bytes, the same packed where that helps, and a stamp of its content."""

    kind: str
    plain: bytes
    stamp: str
    packable: bool = True

    @cached_property
    def packed(self) -> bytes | None:
        """The packed bytes, made when somebody first takes them: some files are large and seldom taken."""
        packed = pack(self.plain) if self.packable else None
        return packed if packed is not None and len(packed) < len(self.plain) else None


def init_app(app: Flask) -> None:
    """Give templates `asset("css/all.css")`, and serve the files from memory."""
    files = read_all(Path(app.static_folder or ""))

    def asset(name: str) -> str:
        """Return the address of a static file with a stamp of its content."""
        return url_for("static", filename=name, v=files[name].stamp)

    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = lambda filename: _serve(files.get(filename))


@cache
def read_all(static: Path) -> Mapping[str, Asset]:
    """Read every file below `static`; the sheet is its parts, one after the other."""
    found = {path.relative_to(static).as_posix(): path.read_bytes() for path in _files(static)}
    found[SHEET] = b"\n".join(found[part] for part in _PARTS)
    return MappingProxyType({name: _asset(name, _stamped(name, found)) for name in found})


def _stamped(name: str, files: Mapping[str, bytes]) -> bytes:
    """Return a file, a script with stamped imports: a browser may keep what is imported as well."""
    if not name.startswith("js/"):
        return files[name]

    def stamped(found: re.Match[str]) -> str:
        imported = f"js/{found[1]}"
        return f'"./{found[1]}?v={_stamp(_stamped(imported, files))}"' if imported in files else found[0]

    return _OWN_IMPORT.sub(stamped, files[name].decode()).encode()


def _files(static: Path) -> list[Path]:
    return sorted(path for path in static.rglob("*") if path.is_file())


def _asset(name: str, content: bytes) -> Asset:
    ending = Path(name).suffix
    return Asset(_KINDS.get(ending, _TEXT), content, _stamp(content), ending not in _PACKED_INSIDE)


def _stamp(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _serve(file: Asset | None) -> Response:
    """Answer with the packed bytes where the browser takes them; each form has a tag of its own."""
    if file is None:
        abort(404)
    packed = file.packed if takes_packed() else None
    response = Response(file.plain if packed is None else packed, content_type=file.kind)
    response.set_etag(file.stamp if packed is None else f"{file.stamp}-gzip")
    if file.packed is not None:
        response.vary.add("Accept-Encoding")
    if packed is not None:
        response.content_encoding = "gzip"
    response.make_conditional(request)
    return response
