"""A Gatelodge and an nginx in a folder of their own, on free ports."""

import json
import os
import shutil
import subprocess
import time

from harness import fastcgi
from harness.child import Child
from harness.site import free_port
from ledger.executed import logged, registered
from ledger.running import RunningLoad
from ledger.target import Target
from scenarios.nginx import configuration

# The cheapest hash, and a hasher that stands back behind nobody: what is asked here is whether requests come through, not
# how long a password takes.
SETTINGS = {"socket.path": "gatelodge.sock", "database.path": "gatelodge.db", "log.level": "info",
            "password.cost": "4", "password.insecure_cost": "true", "password.wait": "20s", "hashing.nice": "0",
            "log.requests": "all", "log.format": "json"}


class Place:
    """Everything that it starts ends with it."""

    def __init__(self, checkout, program, folder, settings=None):
        self.checkout, self.folder = checkout, folder
        self.original = program
        # Which a scenario may replace.
        self.program = folder / "gatelodge-program"
        self._copies = [folder / "gatelodge-copy-1", folder / "gatelodge-copy-2"]
        for copy in self._copies:
            shutil.copy2(program, copy)
        os.sync()
        os.link(self._copies[0], self.program)
        known = subprocess.run([self.program, "settings"], cwd=folder, env={}, capture_output=True, text=True).stdout
        # An older Gatelodge writes no log of requests.
        self.settings = {name: value for name, value in (SETTINGS | (settings or {})).items()
                         if name in known or not name.startswith("log.")}
        self.socket, self.database = folder / "gatelodge.sock", folder / "gatelodge.db"
        self.kept_port = self.closed_port = None
        self.token = None
        self._children = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in reversed(self._children):
            child.stop()

    # What is started

    def start(self, settings=None, before=(), program=None, environment=None, log="gatelodge.log"):
        """Starts Gatelodge and waits until it answers. `before` is a command that starts it in its own place."""
        child = self.launch(settings, before, program, environment, log)
        child.wait_until(self.answers, poll=0.005)
        return child

    def launch(self, settings=None, before=(), program=None, environment=None, log="gatelodge.log"):
        """The same without waiting."""
        child = Child([*before, program or self.program, "serve"], self.folder, log,
                      self.environment(settings) | (environment or {}))
        self._children.append(child)
        return child

    def start_nginx(self):
        """nginx with what we ship, on one port with kept connections to Gatelodge and on one without."""
        self.kept_port, self.closed_port = free_port(), free_port()
        shutil.copytree(self.checkout / "nginx", self.folder / "gatelodge", dirs_exist_ok=True)
        for name, text in configuration(self.checkout, self.kept_port, self.closed_port).items():
            (self.folder / name).write_text(text)
        command = ["nginx", "-e", "stderr", "-p", f"{self.folder}/", "-c", "nginx.conf"]
        if os.geteuid() == 0:
            command += ["-g", "user root;"]
        child = Child(command, self.folder, "nginx.log")
        self._children.append(child)
        child.wait_until((self.folder / "nginx.pid").exists)
        return child

    def environment(self, settings=None):
        """The settings as variables."""
        # All ask from one address, and far more than people do.
        merged = {"throttle.enabled": "false"} | self.settings | (settings or {})
        return {"GATELODGE_" + name.upper().replace(".", "_"): value for name, value in merged.items()}

    def run(self, *arguments, settings=None, seconds=60):
        """A command of Gatelodge's with the same settings; whatever stands at the place's path, it is the true one."""
        return subprocess.run([self.original, *arguments], cwd=self.folder, env=self.environment(settings),
                              capture_output=True, text=True, timeout=seconds)

    def next_copy(self):
        """A copy of the true program that is another file than the one before."""
        self._copies.reverse()
        return self._copies[0]

    # What is asked

    def listens(self):
        try:
            fastcgi.connect(self.socket).close()
            return True
        except OSError:
            return False

    def answers(self):
        try:
            return self.get(token="none", seconds=10)[0] == 401
        except (OSError, EOFError):
            return False

    def post(self, path, members, fields=None, seconds=30):
        """Status and members of the reply, over the socket."""
        status, body = fastcgi.ask(self.socket, fastcgi.request(path, "POST", json.dumps(members).encode(), fields,
                                                                keeps=False), seconds)
        return status, json.loads(body) if body else {}

    def get(self, path="/api/posts", token=None, fields=None, seconds=30):
        """Status and body of the reply, over the socket."""
        authorization = f"Bearer {token or self.token}"
        return fastcgi.ask(self.socket, fastcgi.request(
            path, fields={"HTTP_AUTHORIZATION": authorization} | (fields or {}), keeps=False), seconds)

    def log_in(self, username="holder", password="a long one for the place"):
        """Registers somebody where needed, and gives the reply of a login; its token is the place's from now on."""
        deadline = time.monotonic() + 20
        for path in ("/register", "/login"):
            # A hasher that has only just been started, on a machine that has no time, may refuse.
            while (answer := self.post(path, {"username": username, "password": password}))[0] == 503:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.1)
        status, reply = answer
        if status != 200:
            raise RuntimeError(f"/login answers {status}: {reply}")
        self.token = reply["token"]
        return reply

    def status(self):
        """What the supervisor says of itself."""
        answer = self.run("status", "--json", seconds=10)
        if answer.returncode != 0:
            raise RuntimeError(f"gatelodge status: {answer.stderr.strip()}")
        return json.loads(answer.stdout)

    # What is counted

    def load(self, ways=("kept", "closed", "socket"), **options):
        """A load on some of nginx with kept connections, nginx without, and the socket."""
        if self.token is None:
            self.log_in()
        target = Target(self.kept_port if "kept" in ways else None, self.closed_port if "closed" in ways else None,
                        str(self.socket) if "socket" in ways else None, f"Bearer {self.token}")
        return RunningLoad(target, disk=self.folder, **options)

    def reconcile(self, book, logs=("gatelodge.log",)):
        """Adds to a book what the server executed."""
        book.executed["POST"] = registered(self.database)
        if self.settings.get("log.requests") == "all":
            time.sleep(0.5)  # the log is written a little later
            book.executed["GET"] = logged([self.folder / log for log in logs])
        return book
