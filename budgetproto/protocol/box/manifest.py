"""PURE: the list of what lies in a box, with the hash of each file; it is what is signed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

FORMAT: Final = "budgetproto-box/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
CERTIFICATES: Final = "certificates.pem"
#: What cannot list itself.
UNLISTED: Final = frozenset({MANIFEST, SIGNATURE})


def manifest(files: Mapping[str, bytes], about: Mapping[str, object]) -> bytes:
    """Write the manifest of these files; `about` says whose box it is."""
    return canonical({**about, "format": FORMAT, "files": {it: sha256(held) for it, held in files.items()}})


def unlike_listed(files: Mapping[str, bytes]) -> list[str]:
    """Return the files that are not as the manifest lists them, missing and added ones too."""
    said = json.loads(files[MANIFEST])
    made = json.loads(manifest({name: held for name, held in files.items() if name not in UNLISTED}, {}))
    named = sorted(name for name in said["files"].keys() | made["files"].keys())
    unlike = [name for name in named if said["files"].get(name) != made["files"].get(name)]
    return [*unlike, *([MANIFEST] if canonical(said) != files[MANIFEST] or said["format"] != FORMAT else [])]


def canonical(value: Any) -> bytes:
    """Write a value as the one JSON text it has, in UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
