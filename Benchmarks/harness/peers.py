"""Who is measured. A peer says how it is built and started, how nginx reaches it, and what is asked of it.

One more peer is one more class and a line in ALL; nothing else changes. A peer that speaks HTTP overrides `upstream` and
`location`.
"""

import glob
import http.client
import json
import os
import shutil
import subprocess
from pathlib import Path

from harness.child import Child


class FastCGIPeer:
    """A FastCGI application on a unix socket in the benchmark's folder."""

    name: str
    title: str
    path = "/"
    # Debian packages that only this one needs; where they cannot be installed the others are measured without it.
    packages: tuple = ()

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


class Backend(FastCGIPeer):
    """An authentication backend: it registers, logs in with bcrypt of cost 10, and protects /api/posts."""

    path = "/api/posts"

    def headers(self, port):
        reply = {}
        for path, body in ("/register", CREDENTIALS), ("/register", HOLDER), ("/login", HOLDER):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{self.title}: {path} answers {response.status}: {body[:200]!r}")
            reply = json.loads(body)
        return {"Authorization": "Bearer " + reply["token"]}


class Gatelodge(Backend):
    """The release build with its defaults and a database of its own."""

    def __init__(self, name, title, settings):
        self.name, self.title, self.settings = name, title, settings

    def build(self, checkout, folder):
        subprocess.run(["swift", "build", "-c", "release", "--product", "gatelodge"], cwd=checkout, check=True)

    def start(self, checkout, folder):
        return Child(self.command(checkout), folder, self.name + ".log", self.environment())

    def environment(self):
        settings = {"SOCKET_PATH": self.socket, "DATABASE_PATH": self.name + ".db", "LOG_LEVEL": "warning",
                    # All ask from one address, and far more than people do.
                    "THROTTLE_ENABLED": "false"}
        return {"GATELODGE_" + key: value for key, value in (settings | self.settings).items()}

    def program(self, checkout):
        return checkout / ".build/release/gatelodge"

    def command(self, checkout):
        return [self.program(checkout), "serve"]


class SlowDisk(Gatelodge):
    """The same on a disk that takes some milliseconds for every commit: strace lets each sync return later."""

    packages = ("strace",)
    milliseconds = 4

    def command(self, checkout):
        syncs = "fdatasync,fsync"
        # As a grandchild, so that the process that is started is ours.
        return ["strace", "--daemonize", "--follow-forks", "--seccomp-bpf", "--quiet=all", "--output=/dev/null",
                f"--trace={syncs}", f"--inject={syncs}:delay_exit={self.milliseconds}ms", *super().command(checkout)]


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


class PHP(Backend):
    """PHP-FPM with Debian's settings, OPcache among them, and a pool of our own."""

    name, title = "php", "PHP-FPM, HS256"
    packages = ("php-fpm", "php-sqlite3")
    children = 8 * (os.cpu_count() or 1)

    def start(self, checkout, folder):
        # As many connections as the pool has children; "daemonize" and the like are options of the command.
        (folder / "php.conf").write_text(
            f"[global]\nerror_log = {folder}/php.log\npid = {folder}/php.pid\n"
            f"[bench]\nlisten = {folder / self.socket}\nlisten.backlog = 1024\nuser = root\ngroup = root\n"
            f"pm = static\npm.max_children = {self.children}\nclear_env = no\n")
        program = sorted(glob.glob("/usr/sbin/php-fpm*"))[-1]
        command = [program, "--nodaemonize", "--allow-to-run-as-root", "--fpm-config", folder / "php.conf",
                   "-d", "opcache.validate_timestamps=0"]
        return Child(command, folder, self.name + ".out", SECRET | {"DATABASE_PATH": folder / "php.db"})

    def upstream(self, name, keeps_alive):
        # An idle connection occupies a child: both workers of nginx together keep half of them.
        return super().upstream(name, keeps_alive).replace("keepalive 64;", f"keepalive {self.children // 4};")

    def location(self, name, keeps_alive, parameters):
        script = Path(__file__).resolve().parent.parent / "peers/php/index.php"
        return super().location(name, keeps_alive, f"{parameters}\nfastcgi_param SCRIPT_FILENAME {script};")


class Gin(Backend):
    """Go's usual framework, which speaks HTTP."""

    name, title = "gin", "Go with Gin, HS256"
    packages = ("golang-go", "golang-github-gin-gonic-gin-dev", "golang-github-golang-jwt-jwt-dev",
                "golang-github-mattn-go-sqlite3-dev", "golang-golang-x-crypto-dev")

    def build(self, checkout, folder):
        environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode",
                                    "GOCACHE": str(checkout / ".build/go")}
        subprocess.run(["go", "build", "-o", folder / "gin", "Benchmarks/peers/gin/main.go"], cwd=checkout, check=True,
                       env=environment)

    def start(self, checkout, folder):
        return Child([folder / "gin", self.socket], folder, self.name + ".log", SECRET | {"DATABASE_PATH": "gin.db"})

    def location(self, name, keeps_alive, parameters):
        keep = 'proxy_http_version 1.1; proxy_set_header Connection "";' if keeps_alive else ""
        return f"location / {{ proxy_pass http://{name}; {keep} }}"


CREDENTIALS = json.dumps({"username": "bench", "password": "a long one for the bench"})
# Whose token is asked with: where somebody logs in again and again, the sessions that are too many end.
HOLDER = json.dumps({"username": "holder", "password": "a long one for the bench"})
SECRET = {"JWT_SECRET": "only for this benchmark: " + os.urandom(16).hex()}

ES256 = Gatelodge("es256", "Gatelodge, ES256", {})
HS256 = Gatelodge("hs256", "Gatelodge, HS256", SECRET)
FOUR_THREADS = Gatelodge("four", "Gatelodge, 4 serving threads", SECRET | {"SERVING_THREADS": "4"})
ONE_BY_ONE = Gatelodge("single", "Gatelodge, one commit a request", SECRET | {"DATABASE_BATCH": "1"})
SLOW_DISK = SlowDisk("slow", "Gatelodge, a disk of 4 ms", SECRET)
SLOW_ONE_BY_ONE = SlowDisk("slow_single", "Gatelodge, a disk of 4 ms, one commit a request",
                           SECRET | {"DATABASE_BATCH": "1"})
SMALL = Gatelodge("small", "Gatelodge, small database", SECRET)
LARGE = Gatelodge("large", "Gatelodge, large database", SECRET)
LIBFCGI = Libfcgi()
PHP_FPM = PHP()
GIN = Gin()
