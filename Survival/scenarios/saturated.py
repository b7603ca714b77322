"""How things stand, asked while there is more to do than can be done."""

import json
import socket
import time

from harness import fastcgi
from harness.fastcgi import kept_connection
from scenarios.flood import Flood
from scenarios.scenario import Scenario


class SaturatedScenario(Scenario):
    number = 28
    title = "status asked while saturated"
    others = "needs a separate pool"
    promise = "answered < 10 ms"
    settings = {"password.cost": "10", "password.wait": "1s", "hashing.nice": "10"}

    def run(self, place, verdict, is_short):
        # The token is got before logins are short of time.
        server = place.start({"password.wait": "20s"})
        place.log_in("flooder")
        place.log_in()
        server.stop()
        place.start()
        place.start_nginx()
        idle = [kept_connection(place.socket) for _ in range(100)]
        flood = Flood(place.socket)
        with place.load(ways=("kept", "closed"), methods=("GET",), rate=600) as load:
            time.sleep(0.5)
            for name, ask in (("/status", self._endpoint), ("the control socket", self._control)):
                times, unanswered = [], 0
                for _ in range(100 if is_short else 300):
                    begin = time.monotonic()
                    answered = ask(place)
                    times.append((time.monotonic() - begin) * 1000)
                    unanswered += not answered
                    time.sleep(0.01)
                verdict.demand(unanswered == 0, f"{name} gives no answer to {unanswered}")
                times.sort()
                median, late = times[len(times) // 2], times[int(0.95 * len(times))]
                verdict.figure(f"{name}: median {median:.1f} ms, p95 {late:.1f} ms, worst {times[-1]:.1f} ms")
                verdict.demand(late < 10, f"{name}: one in twenty takes more than {late:.1f} ms")
            book = load.finish()
        flood.stop()
        for connection in idle:
            connection.close()
        verdict.figure(f"128 log in meanwhile, 100 connections stand idle, and {book.summary()}")
        verdict.demand_nothing_lost(book)

    def _endpoint(self, place):
        status, _ = fastcgi.ask(place.socket, fastcgi.request("/status", fields={"AUTH_SURFACE": "status"}, keeps=False))
        return status == 200

    def _control(self, place):
        """As `gatelodge status` asks, without the time that a process takes to start."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
            connection.settimeout(5)
            connection.connect(str(place.socket) + ".control")
            connection.send(json.dumps({"command": "status"}).encode())
            return json.loads(connection.recv(65_536)).get("state") == "serving"
