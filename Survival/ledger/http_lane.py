"""Requests over nginx."""

import asyncio
import re

from ledger.entry import CUT, REFUSED, from_nginx

# A place's nginx adds it: the statuses of all tries of a request, the last one at the end.
UPSTREAM = re.compile(rb"^x-ledger-upstream: *tries *(.*?)\r?$", re.IGNORECASE | re.MULTILINE)
LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding: *chunked", re.IGNORECASE | re.MULTILINE)
CLOSES = re.compile(rb"^connection: *close", re.IGNORECASE | re.MULTILINE)


def outcome(status, head):
    """Whose status it is. Gatelodge says neither 502 nor 504: where one stands, nginx made its answer itself."""
    upstream = UPSTREAM.search(head)
    last = upstream[1].split(b",")[-1].strip().decode() if upstream else str(status)
    return str(status) if last and last not in ("502", "504") else from_nginx(last or status)


class HTTPLane:
    """One HTTP/1.1 client, which keeps its connection or opens one for each request."""

    def __init__(self, port, keeps):
        self.port, self.keeps = port, keeps
        self.reader = self.writer = None

    def drop_closed(self):
        """Lets go of an idle connection that the other side has closed, and says whether there was one."""
        is_closed = self.reader is not None and self.reader.at_eof()
        if is_closed:
            self.close()
        return is_closed

    async def ask(self, id, question):
        """What became of it, in the words of Entry."""
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return REFUSED
        fields = question.fields | {"Host": "localhost", "X-Request-Id": id}
        if question.body:
            fields["Content-Length"] = str(len(question.body))
        if not self.keeps:
            fields["Connection"] = "close"
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        try:
            self.writer.write(f"{question.method} {question.path} HTTP/1.1\r\n{lines}\r\n".encode() + question.body)
            return await self._read()
        except (OSError, EOFError):
            self.close()
            return CUT

    async def _read(self):
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = int(head.split(maxsplit=2)[1])
        if length := LENGTH.search(head):
            await self.reader.readexactly(int(length[1]))
        elif CHUNKED.search(head):
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        if not self.keeps or CLOSES.search(head):
            self.close()
        return outcome(status, head)

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
