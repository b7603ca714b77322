"""Bodies that are not as long as it says."""

import json

from harness import fastcgi
from ledger.executed import registered
from scenarios.scenario import Scenario


class LengthScenario(Scenario):
    number = 16
    title = "body ≠ CONTENT_LENGTH, negative, `+5`, missing"
    promise = "400, never executed"

    def run(self, place, verdict, is_short):
        place.start()
        cases = {"shorter": lambda length: length - 1, "longer": lambda length: length + 1, "zero": lambda _: 0,
                 "negative": lambda length: -length, "plus": lambda length: f"+{length}",
                 "blank before": lambda length: f" {length}", "blank after": lambda length: f"{length} ",
                 "hexadecimal": lambda length: hex(length), "exponent": lambda length: f"{length}e0",
                 "beyond 64 bits": lambda length: 2 ** 64 + length, "two": lambda length: f"{length}, {length}",
                 "empty": lambda _: "", "missing": lambda _: None}
        seen = {}
        for name, make in cases.items():
            body = json.dumps({"username": f"not-{name}", "password": "a long one for the length"}).encode()
            length = make(len(body))
            fields = {"CONTENT_LENGTH": None if length is None else str(length)}
            seen[name], _ = fastcgi.ask(place.socket, fastcgi.request("/register", "POST", body, fields, keeps=False))
        control, _ = place.post("/register", {"username": "control", "password": "a long one for the length"})
        executed = registered(place.database)
        verdict.figure(f"{len(cases)} lengths: {sorted(set(seen.values()))}; executed: "
                       f"{sum(name.startswith('not-') for name in executed)}; the true length: {control}")
        verdict.demand(set(seen.values()) == {400}, f"{seen}")
        verdict.demand(control == 200 and set(executed) == {"control"}, f"executed: {sorted(executed)}")
