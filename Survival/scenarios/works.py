"""What people ask for, and what must be true of it whatever the answer was."""

import base64
import json
import sqlite3
import subprocess

from harness import fastcgi
from scenarios.waiting import wait_until

PASSWORD = "a long one for the faults"
# In which all must be well again after a fault has gone.
RECOVERY_SECONDS = 12


class Work:
    """One thing that is asked for once while something fails. `prepare` is before, `verify` after."""

    name: str

    def __init__(self, place):
        self.place = place

    def prepare(self, number):
        """What it takes, with nothing failing."""
        raise NotImplementedError

    def request(self):
        """Asks for it: status and members of the reply, or no status where there was no answer."""
        raise NotImplementedError

    def verify(self, status, reply):
        """Names what does not hold."""
        raise NotImplementedError

    def settle(self, path, members, wanted, fields=None):
        """Asks until there is an answer that is wanted."""
        answer = None

        def is_settled():
            nonlocal answer
            answer = ask(self.place, path, members, fields)
            return answer[0] in wanted

        if not wait_until(is_settled, RECOVERY_SECONDS, poll=0.02):
            raise Broken(f"{path} answers {answer} instead of {wanted}")
        return answer

    def rows(self, statement, *values):
        """What another process sees of the database."""
        return rows(self.place, statement, *values)

    def accepts(self, token):
        status, _ = self.place.get(token=token)
        if status not in (200, 401):
            raise Broken(f"a check answers {status}")
        return status == 200


class Broken(Exception):
    """A promise."""


def ask(place, path, members, fields=None):
    try:
        return place.post(path, members, fields, seconds=20)
    except TimeoutError:
        raise Broken(f"{path} is not answered within 20 s") from None
    except (OSError, EOFError):
        return None, {}


def rows(place, statement, *values):
    connection = sqlite3.connect(f"file:{place.database}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def session_of(token):
    """The id of its session, as the access token says it."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))["sid"]


def generation_of(place, token):
    """How often the refresh token of its session has been exchanged."""
    return rows(place, "SELECT generation FROM sessions WHERE id = ?", session_of(token))[0][0]


class Register(Work):
    name = "register"

    def prepare(self, number):
        self._members = {"username": f"registered-{number}", "password": PASSWORD}

    def request(self):
        return ask(self.place, "/register", self._members)

    def verify(self, status, reply):
        if status == 200:
            if not self.rows("SELECT 1 FROM accounts WHERE username = ?", self._members["username"]):
                raise Broken("a registration was acknowledged and is not there")
        else:
            self.settle("/register", self._members, {200, 409})
        self.settle("/login", self._members, {200})


class Session(Work):
    """Something that begins with a session."""

    def prepare(self, number):
        self._members = {"username": f"{self.name}-{number % 20}", "password": PASSWORD}
        status, reply = ask(self.place, "/login", self._members)
        if status == 401:
            self.settle("/register", self._members, {200})
        if status != 200:
            _, reply = self.settle("/login", self._members, {200})
        self._session = reply

    def check_granted(self, reply):
        """What was granted has a row of its own, and is good."""
        if not self.rows("SELECT 1 FROM sessions WHERE id = ? AND ended IS NULL", session_of(reply["token"])):
            raise Broken("a token was granted without a session")
        if not self.accepts(reply["token"]):
            raise Broken("a token that was granted is not good")
        self.settle("/api/refresh", {"refresh_token": reply["refresh_token"]}, {200})


class LogIn(Session):
    name = "login"

    def request(self):
        return ask(self.place, "/login", self._members)

    def verify(self, status, reply):
        if status == 200:
            self.check_granted(reply)
        else:
            self.settle("/login", self._members, {200})


class Refresh(Session):
    name = "refresh"

    def request(self):
        return ask(self.place, "/api/refresh", {"refresh_token": self._session["refresh_token"]})

    def verify(self, status, reply):
        if status != 200:
            # Old or new: what the lost answer may have said is what this one says.
            _, reply = self.settle("/api/refresh", {"refresh_token": self._session["refresh_token"]}, {200})
        generation = generation_of(self.place, reply["token"])
        if generation != 1:
            raise Broken(f"after one refresh the generation is {generation}")
        self.check_granted(reply)


class LogOut(Session):
    name = "logout"

    def request(self):
        return ask(self.place, "/api/logout", {}, self._authorization())

    def verify(self, status, reply):
        if status == 204:
            if not self.rows("SELECT 1 FROM sessions WHERE id = ? AND ended IS NOT NULL",
                             session_of(self._session["token"])):
                raise Broken("a logout was acknowledged and the session goes on")
        else:
            # 401 where it had ended, and only the answer was lost.
            self.settle("/api/logout", {"refresh_token": self._session["refresh_token"]}, {204})
        if self.accepts(self._session["token"]):
            raise Broken("a token is good after the logout")
        self.settle("/api/refresh", {"refresh_token": self._session["refresh_token"]}, {401})

    def _authorization(self):
        return {"HTTP_AUTHORIZATION": f"Bearer {self._session['token']}"}


class Rotate(Work):
    """The command, whose exit status is the answer: 0 stands for 200."""

    name = "rotate"

    def __init__(self, place, faults):
        super().__init__(place)
        # What Swift starts to tell of a trap would outlive it, with its output.
        self._variables = faults.variables | {"SWIFT_BACKTRACE": "enable=no"}

    def prepare(self, number):
        self._before = self.rows("SELECT COUNT(*) FROM signing_keys")[0][0]

    def request(self):
        command = subprocess.run([self.place.original, "key", "rotate", "--now"], cwd=self.place.folder, text=True,
                                 env=self.place.environment() | self._variables, capture_output=True, timeout=60)
        # Below 0 it is the signal that ended it.
        status = 200 if command.returncode == 0 else 503 if command.returncode > 0 else None
        return status, {"output": command.stdout + command.stderr}

    def verify(self, status, reply):
        keys = [key for key, in self.rows("SELECT kid FROM signing_keys ORDER BY created")]
        if status == 200 and not any(key in reply["output"] for key in keys):
            raise Broken(f"a key was announced and is not there: {reply['output']}")
        if not self._before <= len(keys) <= self._before + 1:
            raise Broken(f"{len(keys) - self._before} keys more")
        if not self.accepts(self.place.log_in()["token"]):
            raise Broken("a new token is not good after a rotation")
