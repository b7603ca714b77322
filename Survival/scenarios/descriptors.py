"""A process that may open few files."""

import time

from harness import fastcgi
from scenarios.crowd import Crowd, milliseconds, outcomes
from scenarios.scenario import Scenario


class DescriptorScenario(Scenario):
    number = 23
    title = "RLIMIT_NOFILE=64 with 500 connects"
    others = "libfcgi's pool dies"
    promise = "pauses accept, recovers"

    def run(self, place, verdict, is_short):
        place.start(before=("prlimit", "--nofile=64:64"))
        place.log_in()
        fields = {"HTTP_AUTHORIZATION": f"Bearer {place.token}"}
        message = fastcgi.request("/api/posts", fields=fields, keeps=False)
        number = 500
        people = Crowd(str(place.socket), [message] * number).ask(30)
        verdict.figure(f"{number} requests at once: {outcomes(people)}, the last after {milliseconds(people):.0f} ms")
        verdict.demand(outcomes(people) == {"200": number}, f"{outcomes(people)}")
        # So many that say nothing that nobody else gets in, until they are closed at their deadline.
        silent = [fastcgi.connect(place.socket) for _ in range(100)]
        begin = time.monotonic()
        status, _ = fastcgi.ask(place.socket, message, 30)
        took = time.monotonic() - begin
        for connection in silent:
            connection.close()
        verdict.demand(status == 200, f"behind silent ones: {status}")
        begin = time.monotonic()
        status, _ = fastcgi.ask(place.socket, message, 30)
        after = (time.monotonic() - begin) * 1000
        log = (place.folder / "gatelodge.log").read_text()
        verdict.figure(f"behind 100 that say nothing an answer took {took:.1f} s, and when they were gone {after:.1f} ms")
        verdict.demand(status == 200 and after < 1000, f"afterwards {status} in {after:.0f} ms")
        verdict.demand("accepting is paused" in log, "the log does not say that accepting is paused")
