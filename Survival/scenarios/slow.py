"""Peers that send slowly, or begin and do not go on."""

import select
import time

from harness import fastcgi
from scenarios.scenario import Scenario

DEADLINE = 5.0


class SlowScenario(Scenario):
    number = 12
    title = "1,000 peers sending 1 byte/s, or half a record"
    others = "child pinned for ever"
    promise = "an epoll slot each, closed at 5 s"

    def run(self, place, verdict, is_short):
        server = place.start()
        place.start_nginx()
        place.log_in()
        threads = server.threads()
        number = 200 if is_short else 1000
        message = fastcgi.request("/api/posts")
        begins, ends, dribbling = {}, {}, {}
        with place.load() as load:
            epoll = select.epoll()
            for index in range(number):
                connection = fastcgi.connect(place.socket)
                # Half of them send half a record, the others a byte now and then.
                connection.send(message[:len(message) // 2] if index % 2 else message[:1])
                connection.setblocking(False)
                begins[connection.fileno()] = connection, time.monotonic()
                if index % 2 == 0:
                    dribbling[connection.fileno()] = 1
                epoll.register(connection, select.EPOLLRDHUP)
            busiest = server.threads()
            next_byte = time.monotonic() + 1
            give_up = time.monotonic() + 15
            while begins and time.monotonic() < give_up:
                for descriptor, _ in epoll.poll(0.05):
                    connection, begin = begins.pop(descriptor)
                    ends[descriptor] = time.monotonic() - begin
                    dribbling.pop(descriptor, None)
                    epoll.unregister(descriptor)
                    connection.close()
                if time.monotonic() >= next_byte:
                    next_byte += 1
                    for descriptor, sent in dribbling.items():
                        begins[descriptor][0].send(message[sent:sent + 1])
                        dribbling[descriptor] = sent + 1
            for connection, _ in begins.values():
                connection.close()
            book = place.reconcile(load.finish())
        verdict.figure(f"{len(ends):,} of {number:,} closed after {min(ends.values(), default=0):.2f} to "
                       f"{max(ends.values(), default=0):.2f} s; threads of the server {threads}, then {busiest}")
        verdict.figure(f"meanwhile {book.summary()}, {book.stalls()}")
        verdict.demand(not begins, f"{len(begins)} are still connected after 15 s")
        verdict.demand(max(ends.values(), default=0) < DEADLINE + 1, "closed too late")
        verdict.demand(min(ends.values(), default=0) > DEADLINE - 0.1, "closed too early")
        verdict.demand(busiest == threads, f"{busiest - threads} threads more")
        verdict.demand_nothing_lost(book)
        verdict.demand(book.longest_stall("GET") < 100, f"somebody waited {book.longest_stall('GET'):.0f} ms")
