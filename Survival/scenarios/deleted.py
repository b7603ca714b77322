"""The socket's file goes away."""

import time

from scenarios.scenario import Scenario
from scenarios.waiting import wait_until


class DeletedScenario(Scenario):
    number = 26
    title = "socket file deleted while running"
    others = "502 for ever"
    promise = "noticed within 1 s, recreated"

    def run(self, place, verdict, is_short):
        place.start()
        place.start_nginx()
        took = []
        with place.load() as load:
            time.sleep(0.5)
            for _ in range(1 if is_short else 5):
                place.socket.unlink()
                begin = time.monotonic()
                verdict.demand(wait_until(place.listens, 10, poll=0.005), "nobody listens after 10 s")
                took.append((begin, time.monotonic()))
                # A worker takes over the new one with all connections, which ends with the trial.
                wait_until(lambda: place.status()["state"] == "serving", 20)
                time.sleep(0.5)
            book = place.reconcile(load.finish())
        longest = max(end - begin for begin, end in took)
        # Who connected in between found no file; everyone else must have been answered.
        others = [entry for entry in book.lost if "closed" not in entry.lane
                  or not any(begin <= entry.ended and entry.sent <= end for begin, end in took)]
        verdict.figure(f"connections were accepted again after at most {longest * 1000:.0f} ms; {book.summary()}")
        verdict.demand(longest < 1, f"after {longest:.2f} s")
        verdict.demand(not others, f"{len(others)} others were lost: "
                                   f"{sorted({(entry.lane, entry.outcome) for entry in others})}")
        verdict.demand_accounted(book)
