#!/usr/bin/env python3
"""Writes Tests/TestVectors/bcrypt-sha256.json with passlib, whose scheme it is.

    pip install passlib==1.7.4 bcrypt==4.0.1
    python3 scripts/bcrypt-sha256-vectors.py > Tests/TestVectors/bcrypt-sha256.json
"""

import json
import random

from passlib.hash import bcrypt_sha256

random.seed(20261124)
ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def vector(password, rounds):
    salt = "".join(random.choices(ALPHABET, k=21)) + random.choice(".Oeu")
    hashed = bcrypt_sha256.using(rounds=rounds, salt=salt).hash(password)
    assert bcrypt_sha256.verify(password, hashed)
    return {"password_hex": password.hex(), "hash": hashed}


passwords = [random.randbytes(length).replace(b"\0", b"\1") for length in (0, 1, 55, 56, 71, 72, 73, 127, 128, 255, 256, 1024)]
vectors = [vector(password, 4 + index % 3) for index, password in enumerate(passwords)]
note = "Made by scripts/bcrypt-sha256-vectors.py with passlib 1.7.4 on bcrypt 4.0.1."
print(json.dumps({"note": note, "vectors": vectors}, indent=2))
