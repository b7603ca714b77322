"""Who is measured. A peer says how it is built and started, how nginx reaches it, and what is asked of it.

One more peer is one more class and a line in ALL; nothing else changes. A peer that speaks HTTP overrides `upstream` and
`location`.
"""

import http.client
import json
import os
import shutil
import subprocess

from harness.child import Child


class FastCGIPeer:
    """A FastCGI application on a unix socket in the benchmark's folder."""

    name: str
    title: str
    path = "/"

    @property
    def socket(self):
        return self.name + ".sock"

    def build(self, checkout, folder):
        """Makes what `start` starts."""

    def start(self, checkout, folder) -> Child:
        """Starts it; it is ready when its socket is there."""
        raise NotImplementedError

    def headers(self, port):
        """The header fields of every request, asked for once behind nginx."""
        return {}

    def upstream(self, name, keeps_alive):
        """What nginx has in `http`."""
        # The short time keeps one row's idle connections out of the next row.
        keepalive = "keepalive 64; keepalive_requests 1000000; keepalive_timeout 1s;" if keeps_alive else ""
        server = f"server unix:{self.socket} max_fails=0"
        return f"upstream {name} {{ {server}; {server} backup; {keepalive} }}"

    def location(self, name, keeps_alive, parameters):
        """What nginx has in `server`; parameters are those that we ship."""
        keep = "on" if keeps_alive else "off"
        return f"location / {{ fastcgi_pass {name}; fastcgi_keep_conn {keep};\n{parameters} }}"


class Gatelodge(FastCGIPeer):
    """The release build with its defaults and a database of its own."""

    path = "/api/posts"

    def __init__(self, name, title, settings):
        self.name, self.title, self.settings = name, title, settings

    def build(self, checkout, folder):
        subprocess.run(["swift", "build", "-c", "release", "--product", "gatelodge"], cwd=checkout, check=True)

    def start(self, checkout, folder):
        settings = {"SOCKET_PATH": self.socket, "DATABASE_PATH": self.name + ".db", "LOG_LEVEL": "warning"}
        environment = {"GATELODGE_" + key: value for key, value in (settings | self.settings).items()}
        return Child([checkout / ".build/release/gatelodge", "serve"], folder, self.name + ".log", environment)

    def headers(self, port):
        credentials = json.dumps({"username": "bench", "password": "a long one for the bench"})
        reply = {}
        for path in ("/register", "/login"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("POST", path, credentials, {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answers {response.status}: {body[:200]!r}")
            reply = json.loads(body)
        return {"Authorization": "Bearer " + reply["token"]}


class Libfcgi(FastCGIPeer):
    """The classic loop: 64 threads, each with its connection; it says hello and verifies nothing."""

    name, title = "libfcgi", "libfcgi, 64 threads, hello"

    def build(self, checkout, folder):
        compiler = shutil.which("cc") or shutil.which("clang")
        source = checkout / "Benchmarks/peers/libfcgi/hello.c"
        subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-o", folder / "hello", source, "-lfcgi",
                        "-pthread"], check=True)

    def start(self, checkout, folder):
        return Child([folder / "hello", self.socket, "64"], folder, self.name + ".log")


SECRET = {"JWT_SECRET": "only for this benchmark: " + os.urandom(16).hex()}

ES256 = Gatelodge("es256", "Gatelodge, ES256", {})
HS256 = Gatelodge("hs256", "Gatelodge, HS256", SECRET)
FOUR_THREADS = Gatelodge("four", "Gatelodge, 4 serving threads", SECRET | {"SERVING_THREADS": "4"})
LIBFCGI = Libfcgi()
