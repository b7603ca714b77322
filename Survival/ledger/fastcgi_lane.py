"""Requests over the socket, past nginx."""

import asyncio
import struct

from harness import fastcgi
from ledger.entry import CUT, REFUSED


class FastCGILane:
    """One FastCGI client, which keeps its connection or opens one for each request."""

    def __init__(self, path, keeps):
        self.path, self.keeps = path, keeps
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
                self.reader, self.writer = await asyncio.open_unix_connection(self.path)
        except OSError:
            return REFUSED
        fields = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in question.fields.items()}
        message = fastcgi.request(question.path, question.method, question.body, fields | {"REQUEST_ID": id},
                                  self.keeps)
        try:
            self.writer.write(message)
            return await self._read()
        except (OSError, EOFError):
            self.close()
            return CUT

    async def _read(self):
        output, kind = b"", 0
        while kind != fastcgi.END_REQUEST:
            _, kind, _, length, padding = struct.unpack(">BBHHBx", await self.reader.readexactly(8))
            content = await self.reader.readexactly(length + padding)
            if kind == fastcgi.STDOUT:
                output += content[:length]
        if not self.keeps:
            self.close()
        return str(fastcgi.status(output))

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
