"""Just enough of a FastCGI client (FastCGI 1.0) to ask over a socket and to hold a kept connection."""

import socket
import struct

BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6
RECORD_LIMIT = 65_528


def record(kind, content):
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def stream(kind, content):
    """Records of a stream to its end, each as long as one can be (§3.3)."""
    parts = [content[start:start + RECORD_LIMIT] for start in range(0, len(content), RECORD_LIMIT)]
    return b"".join(record(kind, part) for part in [*parts, b""])


def pair(name, value):
    """One parameter; lengths above 127 take four bytes (§3.4)."""
    name, value = name.encode(), value.encode()
    lengths = b"".join(bytes([len(part)]) if len(part) < 128 else struct.pack(">I", len(part) | 1 << 31)
                       for part in (name, value))
    return lengths + name + value


def request(path, method="GET", body=b"", fields=None, keeps=True):
    """One complete request. A field of the value None is left out."""
    parameters = {"REQUEST_METHOD": method, "SCRIPT_NAME": path, "QUERY_STRING": "", "REMOTE_ADDR": "127.0.0.1",
                  "SERVER_PROTOCOL": "HTTP/1.1"}
    if body:
        parameters |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
    pairs = b"".join(pair(name, value) for name, value in (parameters | (fields or {})).items() if value is not None)
    return record(BEGIN_REQUEST, struct.pack(">HB5x", 1, int(keeps))) + stream(PARAMS, pairs) + stream(STDIN, body)


def connect(path, seconds=5):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(seconds)
    connection.connect(str(path))
    return connection


def read_reply(incoming):
    """The output of one request as far as the record that ends it."""
    output = b""
    while True:
        header = incoming.read(8)
        if len(header) < 8:
            raise EOFError("the connection was closed before the reply's end")
        _, kind, _, length, padding = struct.unpack(">BBHHBx", header)
        content = incoming.read(length + padding)[:length]
        if kind == STDOUT:
            output += content
        if kind == END_REQUEST:
            return output


def status(output):
    """What a reply's first lines say; no word of it stands for 200 (RFC 3875 §6.3.3)."""
    head = output.partition(b"\r\n\r\n")[0].decode()
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "status":
            return int(value.split()[0])
    return 200


def ask(path, message, seconds=5):
    """Sends a request on a connection of its own: its status, and the body of the reply."""
    with connect(path, seconds) as connection:
        connection.sendall(message)
        with connection.makefile("rb") as incoming:
            output = read_reply(incoming)
    return status(output), output.partition(b"\r\n\r\n")[2]


def kept_connection(path):
    """A connection on which one request was answered and which now stands idle."""
    connection = connect(path)
    connection.sendall(request("/api/posts"))
    read_reply(connection.makefile("rb"))
    return connection
