"""More parameters than anybody sends."""

from harness import fastcgi
from scenarios.scenario import Scenario


class OversizedScenario(Scenario):
    number = 15
    title = "parameters > 64 KiB or > 256"
    promise = "431"

    def run(self, place, verdict, is_short):
        place.start()
        place.log_in()
        authorization = {"HTTP_AUTHORIZATION": f"Bearer {place.token}"}
        cases = {
            "60 KiB": ({f"HTTP_X_{index}": "a" * 1000 for index in range(60)}, 200),
            "70 KiB": ({f"HTTP_X_{index}": "a" * 1000 for index in range(70)}, 431),
            "70 KiB in one": ({"HTTP_X": "a" * 70_000}, 431),
            "120 KiB": ({f"HTTP_X_{index}": "a" * 1000 for index in range(120)}, 431),
            "1 MiB": ({f"HTTP_X_{index}": "a" * 10_000 for index in range(105)}, 431),
            "240 parameters": ({f"HTTP_X_{index}": "a" for index in range(234)}, 200),
            "300 parameters": ({f"HTTP_X_{index}": "a" for index in range(300)}, 431),
            "60,000 parameters": ({f"HTTP_X_{index}": "" for index in range(60_000)}, 431),
        }
        seen = {}
        for name, (fields, wanted) in cases.items():
            with fastcgi.connect(place.socket) as connection, connection.makefile("rb") as incoming:
                # The same connection goes on to serve.
                for message, status in ((fastcgi.request("/api/posts", fields=authorization | fields), wanted),
                                        (fastcgi.request("/api/posts", fields=authorization), 200)):
                    connection.sendall(message)
                    got = fastcgi.status(fastcgi.read_reply(incoming))
                    seen.setdefault(name, got)
                    verdict.demand(got == status, f"{name}: {got} instead of {status}")
        verdict.figure(", ".join(f"{name}: {status}" for name, status in seen.items()))
