"""The clock goes wrong by an hour or more."""

import shutil
import struct
import subprocess
import threading
import time
from pathlib import Path

from harness import fastcgi
from scenarios.scenario import Scenario, Unavailable

HOUR = 3600


class ClockScenario(Scenario):
    number = 22
    title = "clock ±1 h"
    promise = "deadlines monotonic; no revoked token comes back"
    settings = {"reload.trial": "200ms"}

    def run(self, place, verdict, is_short):
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            raise Unavailable("needs a C compiler")
        library = place.folder / "clock.so"
        subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library,
                        Path(__file__).with_name("clock.c")], check=True)
        self.offset = place.folder / "offset"
        self.offset.write_bytes(bytes(8))
        place.start(environment={"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self.offset)})
        good = place.log_in("good")["token"]
        revoked = place.log_in("revoked")["token"]
        status, _ = fastcgi.ask(place.socket, fastcgi.request(
            "/api/logout", "POST", b"{}", {"HTTP_AUTHORIZATION": f"Bearer {revoked}"}, keeps=False))
        verdict.demand(status == 204, f"logout answers {status}")
        seen = []

        def expect(words, wanted):
            got = place.get(token=good)[0], place.get(token=revoked)[0]
            seen.append(f"{words} {got[0]}/{got[1]}")
            verdict.demand(got == wanted, f"{words}: the good and the revoked token get {got} instead of {wanted}")

        expect("at first", (200, 401))
        self._set(HOUR - 60)
        expect("59 min later", (200, 401))
        self._deadline(place, verdict)
        self._set(2 * HOUR)
        expect("2 h later", (401, 401))
        # Writes clear away revocations that have expired by the clock of now.
        for number in range(12):
            place.log_in(f"later-{number}")
            fastcgi.ask(place.socket, fastcgi.request("/api/logout", "POST", b"{}", {
                "HTTP_AUTHORIZATION": f"Bearer {place.token}"}, keeps=False))
        self._set(0)
        expect("back again", (200, 401))
        place.run("reload")
        expect("and with a new worker", (200, 401))
        self._set(-HOUR)
        verdict.demand(place.get(token=revoked)[0] == 401, "an hour early the revoked token is good")
        verdict.demand(place.log_in("early") is not None, "an hour early nobody logs in")
        self._set(0)
        expect("right again", (200, 401))
        verdict.figure("good/revoked token: " + ", ".join(seen))

    def _set(self, seconds):
        with self.offset.open("r+b") as file:
            file.write(struct.pack("=q", seconds))

    def _deadline(self, place, verdict):
        """Half a request ends after five seconds of those that pass, whatever the clock says."""
        with fastcgi.connect(place.socket, 20) as connection:
            connection.send(fastcgi.request("/api/posts")[:20])
            begin = time.monotonic()
            timers = [threading.Timer(1, self._set, [HOUR]), threading.Timer(2, self._set, [-HOUR])]
            for timer in timers:
                timer.start()
            try:
                connection.recv(1)
            except ConnectionResetError:
                pass  # what we sent was not read
            took = time.monotonic() - begin
        for timer in timers:
            timer.join()
        verdict.figure(f"half a request was closed after {took:.2f} s while the clock went 1 h there and 2 h back")
        verdict.demand(4.9 < took < 6, f"half a request was closed after {took:.2f} s")
