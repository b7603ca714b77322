#!/usr/bin/env python3
"""Password hashes as other programs make them, one JSON object a line: name, password, password_hash.

Needs bcrypt, passlib and argon2-cffi; crypt(3)'s kinds come from the system's libcrypt. Usage:
foreign-hashes.py [all]: a line of each kind, or of each kind and password. Costs are the lowest that make sense, for tests."""
import ctypes
import json
import os
import sys

import argon2
import argon2.low_level
import bcrypt
from passlib import hash as passlib

PASSWORDS = ["vicky@12345", "pässwörd 🐟", "p" * 15, "q" * 16, "r" * 100, "x"]

libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p
libcrypt.crypt_gensalt.restype = ctypes.c_char_p


def crypt(prefix, count):
    def make(password):
        random = os.urandom(16)
        setting = libcrypt.crypt_gensalt(prefix.encode(), ctypes.c_ulong(count), random, len(random))
        return libcrypt.crypt(password.encode(), setting).decode()

    return make


def argon(kind, **settings):
    settings = {"time_cost": 2, "memory_cost": 512, "parallelism": 2, "hash_len": 32, "salt_len": 16, **settings}
    return argon2.PasswordHasher(type=kind, **settings).hash


def kratos_scrypt(password):
    import base64
    import hashlib

    salt = os.urandom(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, n=1024, r=8, p=1, dklen=32)
    return "$scrypt$ln=1024,r=8,p=1$%s$%s" % tuple(base64.b64encode(x).decode() for x in (salt, digest))


def kratos_pbkdf2(password):
    import base64
    import hashlib

    salt = os.urandom(16)
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000, 128)
    return "$pbkdf2-sha256$i=1000,l=128$%s$%s" % tuple(
        base64.b64encode(x).decode().rstrip("=") for x in (salt, digest)
    )


KINDS = {
    "python-bcrypt": lambda p: bcrypt.hashpw(p.encode()[:72], bcrypt.gensalt(4)).decode(),
    "passlib-bcrypt-sha256": passlib.bcrypt_sha256.using(rounds=4).hash,
    "argon2-cffi-argon2id": argon(argon2.Type.ID),
    "argon2-cffi-argon2i": argon(argon2.Type.I),
    "argon2-cffi-argon2d": argon(argon2.Type.D),
    "passlib-scrypt": passlib.scrypt.using(rounds=8).hash,
    "passlib-pbkdf2-sha1": passlib.pbkdf2_sha1.using(rounds=1000).hash,
    "passlib-pbkdf2-sha256": passlib.pbkdf2_sha256.using(rounds=1000).hash,
    "passlib-pbkdf2-sha512": passlib.pbkdf2_sha512.using(rounds=1000).hash,
    "django-pbkdf2-sha256": passlib.django_pbkdf2_sha256.using(rounds=1000).hash,
    "django-pbkdf2-sha1": passlib.django_pbkdf2_sha1.using(rounds=1000).hash,
    "kratos-scrypt": kratos_scrypt,
    "kratos-pbkdf2-sha256": kratos_pbkdf2,
    "passlib-apr1": passlib.apr_md5_crypt.hash,
    "passlib-sha1": passlib.ldap_sha1.hash,
    "passlib-md5-crypt": passlib.md5_crypt.hash,
    "passlib-sha256-crypt": passlib.sha256_crypt.using(rounds=1000).hash,
    "passlib-sha512-crypt": passlib.sha512_crypt.using(rounds=5000).hash,
    "libcrypt-sha512-crypt": crypt("$6$", 1000),
    "libcrypt-yescrypt": crypt("$y$", 1),
    "libcrypt-scrypt": crypt("$7$", 6),
}

passwords = PASSWORDS if sys.argv[1:] == ["all"] else PASSWORDS[:1]
for name, make in KINDS.items():
    for password in passwords:
        if name.startswith("python-bcrypt") and len(password.encode()) > 72:
            continue
        print(json.dumps({"name": name, "password": password, "password_hash": make(password)}, ensure_ascii=False))
