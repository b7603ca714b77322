"""Requests that end in the middle."""

import json
import socket
import struct
import time

from harness import fastcgi
from ledger.executed import registered
from scenarios.recording import record
from scenarios.scenario import Scenario

NAME = "cut-00000"
ABORT_REQUEST, GET_VALUES = 2, 9


def malformed(recorded):
    """Streams of which each has one thing wrong (security.md, row 84)."""
    begin, rest = recorded[:16], recorded[16:]
    request = recorded.replace(NAME.encode(), b"cut-false")
    for version in (0, 2, 255):
        yield bytes([version]) + request[1:]
    for kind in range(256):
        if kind != fastcgi.BEGIN_REQUEST:
            yield fastcgi.record(kind, begin[8:]) + rest
        if kind != fastcgi.PARAMS:
            yield begin + fastcgi.record(kind, b"\1\1AB") + request[16:]
    # Another id than the request's, for all that follows and for one record.
    yield begin + rest[:2] + b"\0\2" + rest[4:]
    yield begin[:2] + b"\0\0" + begin[4:] + rest
    yield begin + begin + rest
    yield begin + fastcgi.record(ABORT_REQUEST, b"") + rest
    for times in (1, 3, 4, 300):
        yield management(fastcgi.pair("FCGI_MPXS_CONNS", "") * times)
    for length in (2 ** 30, 2 ** 31 - 1):
        lengths = struct.pack(">II", length | 1 << 31, length | 1 << 31)
        yield management(lengths)
        yield begin + fastcgi.stream(fastcgi.PARAMS, lengths + b"AB") + fastcgi.record(fastcgi.STDIN, b"")


def management(content):
    """GET_VALUES, whose id is 0 (FastCGI 1.0 §4.1)."""
    return struct.pack(">BBHHBx", 1, GET_VALUES, 0, len(content), 0) + content


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
                    self.number_of_cut += 1
                    name = f"cut-{self.number_of_cut:05}"
                    self._send(place, message.replace(NAME.encode(), name.encode())[:length], connect, waits)
            verdict.figure(f"{words}: {self.number_of_cut - begin:,} cuts of {len(message):,} bytes")
        self._send_malformed(place, verdict, recorded)
        self._control(place, verdict, recorded)
        executed = [name for name in registered(place.database) if name.startswith("cut-")]
        verdict.figure(f"{len(executed)} executions; {len(self.replies)} answers but those that refuse; the next request "
                       f"was answered after {sorted(self.waits)[len(self.waits) // 2] * 1000:.1f} ms in the median, "
                       f"{max(self.waits) * 1000:.0f} ms at worst")
        verdict.demand(not executed, f"executed: {executed[:3]}")
        verdict.demand(not self.replies, f"answered: {self.replies[:3]}")
        # The short form runs beside other tests.
        verdict.demand(max(self.waits) < (5 if is_short else 1), f"the next request waited {max(self.waits):.2f} s")

    def _send_malformed(self, place, verdict, recorded):
        """Half a head that is held all the time, and whole streams that are not what they should be."""
        held = [fastcgi.connect(place.socket) for _ in range(64)]
        for connection in held:
            connection.send(recorded[:4])
        streams = list(malformed(recorded))
        for stream in streams:
            self._send(place, stream, lambda: fastcgi.connect(place.socket), True)
        for connection in held:
            connection.close()
        verdict.figure(f"{len(streams):,} malformed streams while {len(held)} peers hold half a head")

    def _send(self, place, message, connect, waits):
        """Sends what is no request, and closes the connection or says that no more comes."""
        with connect() as connection:
            try:
                connection.sendall(message)
                if waits:
                    connection.shutdown(socket.SHUT_WR)
                    reply = self._read(connection)
                    if b"200" in reply[:60] or b"successfully" in reply:
                        self.replies.append(f"{message[:40]}, {len(message)} bytes: {reply[:80]}")
            except BrokenPipeError:
                pass  # it was refused before its end
        begin = time.monotonic()
        status, _ = place.get()
        self.waits.append(time.monotonic() - begin)
        if status != 200:
            self.replies.append(f"{message[:40]}, {len(message)} bytes, then a good request: {status}")

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
