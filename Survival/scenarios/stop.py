"""A stop while requests are under way."""

import json
import signal
import time

from harness import fastcgi
from ledger.executed import registered
from scenarios.crowd import Crowd, outcomes
from scenarios.scenario import Scenario


class StopScenario(Scenario):
    number = 6
    title = "SIGTERM with requests in flight"
    others = "php-fpm kills them"
    promise = "all accepted ones answered, exit 0"
    # Slow enough that most are still hashed when the signal comes.
    settings = {"password.cost": "10"}

    def run(self, place, verdict, is_short):
        self._crowd(place, verdict, 50 if is_short else 200)
        self._behind_nginx(place, verdict, 1 if is_short else 4)

    def _crowd(self, place, verdict, number):
        server = place.start()
        messages = [fastcgi.request("/register", "POST", json.dumps(
            {"username": f"crowd-{index}", "password": "a long one for the crowd"}).encode(), keeps=False)
            for index in range(number)]
        crowd = Crowd(str(place.socket), messages)
        # The signal comes when the last has been sent.
        people = crowd.ask(meanwhile=lambda: server.process.send_signal(signal.SIGTERM))
        exit_status = server.process.wait(40)
        executed = sum(name.startswith("crowd-") for name in registered(place.database))
        verdict.figure(f"{number} registrations under way: answered {outcomes(people)}, {executed} executed, exit "
                       f"status {exit_status}")
        verdict.demand(outcomes(people) == {"200": number}, f"not all answered: {outcomes(people)}")
        verdict.demand(executed == number, f"{executed} of {number} executed")
        verdict.demand(exit_status == 0, f"exit status {exit_status}")
        verdict.demand(not place.socket.exists(), "the socket's name is still there")

    def _behind_nginx(self, place, verdict, rounds):
        """Also what nginx could not hand in any more must not have been executed."""
        place.start_nginx()
        for number in range(rounds):
            log = f"stop-{number}.log"
            server = place.start({"password.cost": "4"}, log=log)
            with place.load() as load:
                time.sleep(1.5)
                server.process.send_signal(signal.SIGTERM)
                exit_status = server.process.wait(40)
                time.sleep(0.2)
                book = place.reconcile(load.finish(), [log])
            verdict.demand(exit_status == 0, f"exit status {exit_status}")
            verdict.demand_accounted(book)
            # Whoever had connected to the socket itself was accepted.
            cut = [entry for entry in book.entries if entry.outcome == "connection cut"
                   and entry.lane == "socket, closed"]
            verdict.demand(not cut, f"{len(cut)} accepted ones were not answered")
            if number == 0:
                verdict.figure(f"in the middle of a load: {book.summary()}")
