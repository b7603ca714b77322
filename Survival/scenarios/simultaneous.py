"""Two thousand at once."""

import json
import threading
import time

from harness import fastcgi
from scenarios.crowd import Crowd, milliseconds, outcomes
from scenarios.scenario import Scenario


class SimultaneousScenario(Scenario):
    number = 9
    title = "2,000 simultaneous connects"
    others = "502"
    promise = "all answered (200 or our own 503 in < 5 ms)"
    settings = {"password.cost": "10", "password.wait": "2s"}

    def run(self, place, verdict, is_short):
        number = 500 if is_short else 2000
        place.start()
        place.start_nginx()
        place.log_in()
        fields = {"HTTP_AUTHORIZATION": f"Bearer {place.token}"}
        self._checks(verdict, "socket", str(place.socket),
                     [fastcgi.request("/api/posts", fields=fields, keeps=False)] * number)
        for way, port in ("nginx, kept", place.kept_port), ("nginx, closed", place.closed_port):
            message = (f"GET /api/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                       f"Authorization: Bearer {place.token}\r\n\r\n").encode()
            self._checks(verdict, way, ("127.0.0.1", port), [message] * number)
        self._logins(place, verdict, number)

    def _checks(self, verdict, way, address, messages):
        people = Crowd(address, messages).ask()
        verdict.figure(f"{len(messages):,} checks, {way}: {outcomes(people)}, the last after "
                       f"{milliseconds(people):.0f} ms")
        verdict.demand(outcomes(people) == {"200": len(messages)}, f"{way}: {outcomes(people)}")

    def _logins(self, place, verdict, number):
        """Far more logins than can be hashed in time; who comes while they are worked off hears so at once."""
        body = json.dumps({"username": "holder", "password": "a long one for the place"}).encode()
        messages = [fastcgi.request("/login", "POST", body, keeps=False)] * number
        people = []
        crowd = threading.Thread(target=lambda: people.extend(Crowd(str(place.socket), messages).ask()))
        crowd.start()
        time.sleep(0.5)
        refusals = []
        while crowd.is_alive() and len(refusals) < 100:
            begin = time.monotonic()
            status, _ = fastcgi.ask(place.socket, messages[0], 30)
            if status == 503:
                refusals.append((time.monotonic() - begin) * 1000)
            time.sleep(0.005)
        crowd.join()
        seen = outcomes(people)
        refusals.sort()
        verdict.figure(f"{number:,} logins: {seen}")
        verdict.demand(set(seen) <= {"200", "503"}, f"logins: {seen}")
        verdict.demand(bool(refusals), "nobody was refused, so nothing was measured")
        if refusals:
            median, worst = refusals[len(refusals) // 2], refusals[-1]
            verdict.figure(f"{len(refusals)} refusals while they were hashed: median {median:.1f} ms, "
                           f"worst {worst:.1f} ms")
            verdict.demand(median < 5, f"a refusal takes {median:.1f} ms")
