"""A bad line: slow by Chromium's own means, and a relay on this machine that loses some of what passes."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Final

from playwright.sync_api import Page

#: A mobile line of a mountain village: 400 kbit/s, 400 ms there and back, a processor of the cheapest phone.
BITS: Final = 400_000
LATENCY: Final = 400
SLOWER: Final = 4
#: How many connections of a hundred break before their answer is whole.
LOST: Final = 5


class Weight:
    """Counts the bytes that a page takes from the line, heads included."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self._tools = page.context.new_cdp_session(page)
        self._tools.send("Network.enable")
        self._tools.on("Network.loadingFinished", self._add)

    def slow(self) -> None:
        """Make line and processor slow."""
        rate = BITS / 8
        line = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
        self._tools.send("Network.emulateNetworkConditions", line)
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def taken(self) -> int:
        """Return what was taken since the last time."""
        found, self.bytes = self.bytes, 0
        return found

    def _add(self, finished: dict[str, float]) -> None:
        self.bytes += int(finished["encodedDataLength"])


@contextmanager
def relayed(address: str, *, lost: int = LOST, seed: int = 1) -> Iterator["Relay"]:
    """Pass what is sent to another port on to `address`, and break some connections; give the relay."""
    relay = Relay(address, lost=lost, seed=seed)
    thread = Thread(target=relay.serve, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        relay.close()
        thread.join(5)


class Relay:
    """Passes on; `break_next` counts the answers that are broken off whatever the chance says."""

    def __init__(self, address: str, *, lost: int, seed: int) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._service = (host, int(port))
        self._door = socket.create_server(("127.0.0.1", 0))
        # The same losses in every run.
        self._chance = random.Random(seed)
        self._lost = lost
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.break_next = 0
        self.broken = 0

    def serve(self) -> None:
        """Take connections until the door is closed."""
        with suppress(OSError):
            while True:
                taken, _ = self._door.accept()
                Thread(target=self._pass, args=(taken,), daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _pass(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._service) as far:
            Thread(target=_copy, args=(near, far), daemon=True).start()
            with suppress(OSError):
                while (answer := far.recv(65_536)) and not self._breaks():
                    near.sendall(answer)
            # Closing alone ends nothing as long as the other thread waits for more.
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _breaks(self) -> bool:
        """Tell whether this answer is lost: the service has done what was asked, nobody hears of it."""
        chosen = self.break_next > 0 or self._chance.randrange(100) < self._lost
        self.break_next = max(self.break_next - 1, 0)
        self.broken += chosen
        return chosen


def _copy(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):
        while asked := near.recv(65_536):
            far.sendall(asked)
        far.shutdown(socket.SHUT_WR)
