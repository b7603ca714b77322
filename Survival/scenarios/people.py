"""Somebody who registers, logs in, refreshes and logs out, and remembers what was acknowledged."""

import random
from collections import Counter

from scenarios.works import Broken, ask, generation_of

PASSWORD = "a long one for somebody"
# Below the 100 that an account may have, also with those whose answers were lost.
SESSIONS = 8
LOGINS = 40


class Session:
    """The tokens that were acknowledged last."""

    def __init__(self, reply):
        self.used = None
        self.take(reply)

    def take(self, reply):
        self.access, self.refresh = reply["token"], reply["refresh_token"]


class Person:
    """One client, with one request under way."""

    def __init__(self, place, name, seed):
        self.outcomes = Counter()
        # Sessions of accounts of before, to look at in the end.
        self.live, self.ended = [], []
        self._place, self._name = place, name
        self._random = random.Random(seed)
        self._accounts = 0
        self._begin_anew()

    def _begin_anew(self):
        self._username = f"{self._name}-{self._accounts}"
        self._accounts += 1
        self._is_registered, self._logins = False, 0
        self.live, self.ended = self.live[-12:], self.ended[-24:]
        self._mine = []
        self._pending = None

    def go_on(self, ends):
        """Asks for one thing after the other, until one has no answer or is refused for a fault, or all end."""
        while self._pending is None and not ends.is_set():
            self._step()

    def _step(self):
        if not self._is_registered:
            self._ask("register", None)
        elif len(self._mine) > SESSIONS:
            self._ask("logout", self._random.choice(self._mine))
        elif not self._mine or self._random.random() < 0.3:
            self._ask("login", None)
        elif self._logins > LOGINS:
            self._begin_anew()
        else:
            self._ask(self._random.choice(("refresh", "refresh", "logout")), self._random.choice(self._mine))

    def _ask(self, what, session):
        self._pending = what, session
        status, reply = self._request(what, session)
        if status not in (200, 204):
            if status not in (None, 502, 503):
                raise Broken(f"{what} answers {status}: {reply}")
            return
        self._take(what, session, reply)
        self.outcomes["acknowledged"] += 1
        self._pending = None

    def _request(self, what, session):
        credentials = {"username": self._username, "password": PASSWORD}
        match what:
            case "register": return ask(self._place, "/register", credentials)
            case "login": return ask(self._place, "/login", credentials)
            case "refresh": return ask(self._place, "/api/refresh", {"refresh_token": session.refresh})
            case "logout": return ask(self._place, "/api/logout", {"refresh_token": session.refresh})

    def _take(self, what, session, reply):
        match what:
            case "register": self._is_registered = True
            case "login":
                self._logins += 1
                self._mine.append(Session(reply))
                self.live.append(self._mine[-1])
            case "refresh":
                session.used = session.refresh
                session.take(reply)
            case "logout":
                self._mine.remove(session)
                self.live.remove(session)
                self.ended.append(session)

    def settle(self):
        """With the server back: what was acknowledged is there, and what was not is one of two things."""
        if self._pending is not None:
            what, session = self._pending
            self.outcomes[f"{what} {self._resolve(what, session)}"] += 1
            self._pending = None
        if self._is_registered and not self._mine:
            self._expect("login", None, {200})
        for session in self._random.sample(self._mine, min(2, len(self._mine))):
            if not self._accepts(session.access):
                raise Broken("an acknowledged token is not good any more")
        for session in self.ended[-2:]:
            self.check_ended(session)

    def _resolve(self, what, session):
        """Which of the two it is; the same request again has its answer in both."""
        match what:
            case "register":
                status, _ = self._expect(what, session, {200, 409})
                self._is_registered = True
                return "new" if status == 409 else "old"
            case "login":
                self._take(what, session, self._expect(what, session, {200})[1])
                return "lost"
            case "refresh":
                generation = self._generation(session)
                _, reply = self._expect(what, session, {200})
                after = self._generation(session)
                if after not in (generation, generation + 1):
                    raise Broken(f"one refresh brought the generation from {generation} to {after}")
                self._take(what, session, reply)
                return "new" if after == generation else "old"
            case "logout":
                # Access and refresh token are of one mind.
                is_live = self._accepts(session.access)
                self._expect(what, session, {204})
                self._take(what, session, {})
                self.check_ended(session)
                return "old" if is_live else "new"

    def check_ended(self, session):
        if self._accepts(session.access):
            raise Broken("an access token is good after its logout")
        self._expect("refresh", session, {401})

    def check_live(self, session, shows_used):
        """Never both, without a grace period: who shows the token of before ends the session, who shows the new one goes on."""
        if not shows_used:
            session.take(self._expect("refresh", session, {200})[1])
        elif session.used is not None:
            status, reply = ask(self._place, "/api/refresh", {"refresh_token": session.used})
            if (status, reply.get("code")) != (401, "refresh_reused"):
                raise Broken(f"a used token gets {status} {reply}")
            self.check_ended(session)

    def _generation(self, session):
        return generation_of(self._place, session.access)

    def _accepts(self, token):
        status, _ = self._place.get(token=token)
        if status not in (200, 401):
            raise Broken(f"a check answers {status}")
        return status == 200

    def _expect(self, what, session, wanted):
        answer = self._request(what, session)
        if answer[0] not in wanted:
            raise Broken(f"{what} of {self._username} answers {answer} instead of {wanted}")
        return answer
