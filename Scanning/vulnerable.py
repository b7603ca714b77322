"""A login with the mistake that sqlmap looks for: what finds nothing here finds nothing anywhere."""

import json
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Vulnerable:
    """Listens on a free port of this machine until it is left."""

    def __enter__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/login"

    def __exit__(self, *_):
        self.server.shutdown()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        database = sqlite3.connect(":memory:")
        database.execute("CREATE TABLE users AS SELECT 'vicky' AS name")
        members = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            found = database.execute(f"SELECT name FROM users WHERE name = '{members['username']}'").fetchone()
            status, body = (200, f"Welcome {found[0]}") if found else (401, "invalid credentials")
        except sqlite3.Error as error:
            status, body = 500, str(error)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass
