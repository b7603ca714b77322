"""Many who ask at the same time."""

import select
import socket
import time
from collections import Counter
from dataclasses import dataclass

from harness import fastcgi
from ledger.entry import CUT, LATE, REFUSED
from ledger.http_lane import outcome as http_outcome


@dataclass
class Person:
    begin: float
    output: bytes = b""
    outcome: str = LATE
    seconds: float = 0.0


class Crowd:
    """Connects everyone before anyone is answered, and reads each answer to the end of its connection."""

    def __init__(self, address, messages):
        self.people = {}
        self._address, self._messages = address, messages
        self._epoll = select.epoll()

    def ask(self, patience=30, meanwhile=lambda: None):
        """Gives what became of each, in the words of ledger.entry, with the seconds that it took.

        What is to happen meanwhile happens when everyone has asked.
        """
        people = [self._begin(message) for message in self._messages]
        meanwhile()
        deadline = time.monotonic() + patience
        while self.people and time.monotonic() < deadline:
            for descriptor, _ in self._epoll.poll(0.1):
                self._read(descriptor)
        for connection, _ in self.people.values():
            connection.close()
        self._epoll.close()
        return people

    def _begin(self, message):
        family = socket.AF_INET if isinstance(self._address, tuple) else socket.AF_UNIX
        connection = socket.socket(family)
        person = Person(time.monotonic())
        try:
            connection.settimeout(5)
            connection.connect(self._address)
            connection.sendall(message)
            connection.setblocking(False)
        except OSError:
            person.outcome = REFUSED
            connection.close()
            return person
        self.people[connection.fileno()] = connection, person
        self._epoll.register(connection, select.EPOLLIN)
        return person

    def _read(self, descriptor):
        connection, person = self.people[descriptor]
        try:
            piece = connection.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        person.output += piece
        if piece:
            return
        person.seconds = time.monotonic() - person.begin
        person.outcome = outcome(person.output)
        del self.people[descriptor]
        connection.close()


def outcome(output):
    """The status of an answer in HTTP or in records of FastCGI."""
    if output.startswith(b"HTTP/"):
        return http_outcome(int(output.split(maxsplit=2)[1]), output.partition(b"\r\n\r\n")[0])
    if len(output) < 8:
        return CUT
    length = int.from_bytes(output[4:6], "big")
    return str(fastcgi.status(output[8:8 + length]))


def outcomes(people):
    return dict(Counter(person.outcome for person in people))


def milliseconds(people, share=1.0):
    times = sorted(person.seconds * 1000 for person in people)
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0
