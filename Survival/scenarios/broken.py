"""Reloads that cannot succeed."""

import time

from scenarios.reload import calm, demand_unnoticed
from scenarios.scenario import Scenario


class BrokenScenario(Scenario):
    number = 3
    title = "reload with broken configuration, key, database"
    others = "php-fpm exits 78"
    promise = "old process keeps serving, command fails with file and line"

    def run(self, place, verdict, is_short):
        file = place.folder / "gatelodge.yaml"
        good = "registration: open\n"
        file.write_text(good)
        # The path of the database is the file's, so that another one can be written there.
        database = place.settings.pop("database.path")
        good += f"database:\n  path: {database}\n"
        file.write_text(good)
        place.start({"reload.trial": "200ms"})
        place.start_nginx()
        (place.folder / "short.key").write_text("short\n")
        (place.folder / "short.key").chmod(0o600)
        (place.folder / "damaged.db").write_bytes(b"no database " * 1000)
        (place.folder / "damaged.db").chmod(0o600)
        cases = {
            "unknown setting": (good + "registratoin: open\n", "gatelodge.yaml:4"),
            "malformed value": (good + "password:\n  wait: soon\n", "gatelodge.yaml:5"),
            "no YAML": (good + "jwt: [\n", "gatelodge.yaml:"),
            "key": (good + "jwt:\n  secret_file: short.key\n", "gatelodge.yaml:5"),
            "database": (good.replace(database, "damaged.db"), "damaged.db"),
            "no folder of the database": (good.replace(database, "nowhere/gatelodge.db"), "nowhere"),
        }
        with place.load() as load:
            _, since = calm(is_short)
            before = place.status()["worker"]["pid"]
            for name, (text, wanted) in cases.items():
                file.write_text(text)
                answer = place.run("reload", seconds=60)
                words = answer.stderr.strip().replace(f"{place.folder}/", "").replace("\n", " ")
                verdict.demand(answer.returncode != 0, f"{name}: the reload succeeds")
                verdict.demand(wanted in words, f"{name}: no word of {wanted}: {words}")
            file.write_text(good)
            verdict.demand(place.status()["worker"]["pid"] == before, "the worker is another one")
            answer = place.run("reload", seconds=60)
            verdict.demand(answer.returncode == 0, f"and when all is well: {answer.stderr.strip()}")
            time.sleep(0.3)
            until, _ = calm(is_short)
            place.settings["database.path"] = database
            book = place.reconcile(load.finish())
        verdict.figure(f"{', '.join(cases)}: refused with the reason; {book.summary()}; {book.stalls()}")
        demand_unnoticed(verdict, book, since, until)
