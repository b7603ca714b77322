#!/usr/bin/env python3
"""Notes that each user keeps for themselves, with Python's standard library alone. It asks for no password: nginx lets a
request pass once Gatelodge has said whose it is.

Listens on a unix socket, since who could reach it past nginx could say to be anybody.

Usage: app.py SOCKET
"""

import html
import os
import socket
import sys
from socketserver import TCPServer
from urllib.parse import parse_qs, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

# By the user's id, which never changes and is never given to anybody else.
notes = {}


def application(environ, respond):
    user_id = environ.get("HTTP_X_AUTH_USER_ID", "")
    if not user_id:
        respond("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"nginx names no user\n"]
    mine = notes.setdefault(user_id, [])
    if environ["REQUEST_METHOD"] == "POST":
        # nginx has refused what is larger than client_max_body_size.
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        mine.append(parse_qs(body.decode(errors="replace")).get("note", [""])[0])
        respond("303 See Other", [("Location", "/notes/")])
        return []
    # The name as registered; nginx hands it over percent-encoded.
    name = html.escape(unquote(environ["HTTP_X_AUTH_USER"]))
    lines = "".join(f"<li>{html.escape(note)}</li>" for note in mine)
    page = f"""<!doctype html>
<title>Notes</title>
<h1>Notes of {name}</h1>
<ul>{lines}</ul>
<form method="post"><label>Note <input name="note" required></label> <button>Keep</button></form>
"""
    respond("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "private, no-store")])
    return [page.encode()]


class Server(WSGIServer):
    address_family = socket.AF_UNIX

    def server_bind(self):
        TCPServer.server_bind(self)
        os.chmod(self.server_address, 0o660)
        self.server_name, self.server_port = "localhost", 0
        self.setup_environ()

    def get_request(self):
        connection, _ = super().get_request()
        # The handler wants an address, and a unix socket has none.
        return connection, ("nginx", 0)


if __name__ == "__main__":
    path = sys.argv[1]
    if os.path.exists(path):
        os.unlink(path)
    server = Server(path, WSGIRequestHandler)
    server.set_app(application)
    server.serve_forever()
