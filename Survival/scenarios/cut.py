"""Requests that end in the middle."""

import json
import socket
import time

from harness import fastcgi
from ledger.executed import registered
from scenarios.recording import record
from scenarios.scenario import Scenario

NAME = "cut-00000"


class CutScenario(Scenario):
    number = 13
    title = "recorded request cut at every byte"
    others = "libfcgi serves some"
    promise = "0 executions, the next request answered < 1 s"

    def run(self, place, verdict, is_short):
        place.start_nginx()
        members = {"username": NAME, "password": "a long one for the cut"}
        recorded = record(place, members=members)
        place.start()
        place.log_in()
        body = json.dumps(members).encode()
        asked = (b"POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                 + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n" + body)
        step = 7 if is_short else 1
        self.number_of_cut, self.waits, self.replies = 0, [], []
        for message, connect, words in ((recorded, lambda: fastcgi.connect(place.socket), "socket"),
                                        (asked, lambda: self._connect(place.kept_port), "nginx")):
            begin = self.number_of_cut
            for length in range(0, len(message), step):
                for waits in (False, True):
                    self._cut(place, message, length, connect, waits)
            verdict.figure(f"{words}: {self.number_of_cut - begin:,} cuts of {len(message):,} bytes")
        self._control(place, verdict, recorded)
        executed = [name for name in registered(place.database) if name.startswith("cut-")]
        verdict.figure(f"{len(executed)} executions; {len(self.replies)} answers but those that refuse; the next request "
                       f"was answered after {sorted(self.waits)[len(self.waits) // 2] * 1000:.1f} ms in the median, "
                       f"{max(self.waits) * 1000:.0f} ms at worst")
        verdict.demand(not executed, f"executed: {executed[:3]}")
        verdict.demand(not self.replies, f"answered: {self.replies[:3]}")
        verdict.demand(max(self.waits) < 1, f"the next request waited {max(self.waits):.2f} s")

    def _cut(self, place, message, length, connect, waits):
        """Sends the beginning of a request, and closes the connection or says that no more comes."""
        self.number_of_cut += 1
        name = f"cut-{self.number_of_cut:05}"
        with connect() as connection:
            connection.sendall(message.replace(NAME.encode(), name.encode())[:length])
            if waits:
                connection.shutdown(socket.SHUT_WR)
                reply = self._read(connection)
                if b"200" in reply[:60] or b"successfully" in reply:
                    self.replies.append(f"{length} bytes: {reply[:80]}")
        begin = time.monotonic()
        status, _ = place.get()
        self.waits.append(time.monotonic() - begin)
        if status != 200:
            self.replies.append(f"{length} bytes, then a good request: {status}")

    def _read(self, connection):
        reply = b""
        try:
            while part := connection.recv(65_536):
                reply += part
        except ConnectionResetError:
            pass  # what we sent was not read
        return reply

    def _connect(self, port):
        return socket.create_connection(("127.0.0.1", port), 10)

    def _control(self, place, verdict, recorded):
        """The whole of it is served."""
        whole = recorded.replace(NAME.encode(), b"not-a-cut")
        status, _ = fastcgi.ask(place.socket, whole)
        verdict.demand(status == 200 and registered(place.database)["not-a-cut"] == 1, f"the whole one gets {status}")
