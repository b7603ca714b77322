"""The two requests that a ledger is made of. Both carry the entry's id, which the server then knows, too."""

import json
from dataclasses import dataclass

# Long enough for the policy; what it is does not matter.
PASSWORD = "a long one for the ledger"


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    body: bytes
    # Header fields by their names in HTTP.
    fields: dict


def register(id, _):
    """Leaves a row that names the request: executed can be told from answered."""
    body = json.dumps({"username": id, "password": PASSWORD}).encode()
    return Question("POST", "/register", body, {"Content-Type": "application/json"})


def show(_, authorization):
    return Question("GET", "/api/posts", b"", {"Authorization": authorization})


BY_METHOD = {"GET": show, "POST": register}
