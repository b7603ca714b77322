"""Shows credentials with the requests of a scan that logs in. schemathesis loads it from SCHEMATHESIS_HOOKS."""

import os
import subprocess

import requests
import schemathesis
from requests.auth import _basic_auth_str as basic

SITE, PROGRAM, PASSWORD = (os.environ[f"SCAN_{name}"] for name in ("SITE", "PROGRAM", "PASSWORD"))
SERVICE = ("scanner", os.environ["SCAN_SERVICE_SECRET"])


# A new session each time: the requests before may have ended any.
@schemathesis.auth(refresh_interval=None)
class Login:
    number = 0

    def get(self, case, context):
        # Requests of an administrator may have deleted whoever made them.
        for _ in range(2):
            username = f"scanner-{Login.number}"
            reply = requests.post(f"{SITE}/login", json={"username": username, "password": PASSWORD}, timeout=30)
            if reply.status_code == 200:
                return reply.json()["token"]
            Login.number += 1
            subprocess.run([PROGRAM, "user", "add", f"scanner-{Login.number}", "--role", "admin"], input=PASSWORD,
                           check=True, capture_output=True, text=True)
        raise RuntimeError(f"nobody can log in: {reply.status_code} {reply.text}")

    def set(self, case, token, context):
        is_service = case.operation.path.endswith("/introspect")
        case.headers["Authorization"] = basic(*SERVICE) if is_service else f"Bearer {token}"
