"""Just enough of a FastCGI client (FastCGI 1.0) to hold a kept connection."""

import socket
import struct

BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN = 1, 3, 4, 5


def record(kind, content):
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def request(path):
    """One complete GET with the flag FCGI_KEEP_CONN."""
    parameters = {"REQUEST_METHOD": "GET", "SCRIPT_NAME": path, "QUERY_STRING": "", "REMOTE_ADDR": "127.0.0.1",
                  "SERVER_PROTOCOL": "HTTP/1.1"}
    pairs = b"".join(bytes([len(name), len(value)]) + name.encode() + value.encode()
                     for name, value in parameters.items())
    return (record(BEGIN_REQUEST, struct.pack(">HB5x", 1, 1)) + record(PARAMS, pairs) + record(PARAMS, b"")
            + record(STDIN, b""))


def kept_connection(path):
    """A connection on which one request was answered and which now stands idle."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(5)
    connection.connect(str(path))
    connection.sendall(request("/api/posts"))
    stream = connection.makefile("rb")
    while True:
        header = stream.read(8)
        if len(header) < 8:
            raise RuntimeError("the connection was closed instead of kept")
        _, kind, _, length, padding = struct.unpack(">BBHHBx", header)
        stream.read(length + padding)
        if kind == END_REQUEST:
            return connection
