#!/usr/bin/env python3
"""Writes Tests/TestVectors/rsa.json with the `openssl` command: keys of every size and kind, and signatures of every salt.

    python3 scripts/rsa-vectors.py > Tests/TestVectors/rsa.json
"""

import base64
import json
import pathlib
import subprocess
import tempfile

folder = pathlib.Path(tempfile.mkdtemp())
MESSAGE = b"signing input"


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def key(algorithm="RSA", **options):
    """A new private key: its file, and its PKCS#8 in base64."""
    file = folder / f"{len(list(folder.iterdir()))}.pem"
    choices = [word for name, value in options.items() for word in ("-pkeyopt", f"rsa_keygen_{name}:{value}")]
    openssl("genpkey", "-algorithm", algorithm, *choices, "-out", str(file))
    der = openssl("pkcs8", "-topk8", "-nocrypt", "-in", str(file), "-outform", "DER")
    return file, base64.b64encode(der).decode()


def signature(file, **options):
    message = folder / "message"
    message.write_bytes(MESSAGE)
    digest = options.pop("digest", "sha256")
    choices = [word for name, value in options.items() for word in ("-sigopt", f"rsa_{name}:{value}")]
    return base64.b64encode(openssl("dgst", f"-{digest}", "-sign", str(file), *choices, str(message))).decode()


keys = [
    ("2,048 bits", None, key(bits=2048)),
    ("2,049 bits", None, key(bits=2049)),
    ("3,072 bits", None, key(bits=3072)),
    ("an exponent of 33 bits", None, key(bits=2048, pubexp=2**32 + 15)),
    ("an exponent of 64 bits", None, key(bits=2048, pubexp=2**64 - 59)),
    ("an exponent of 65 bits", "weakKey", key(bits=2048, pubexp=2**64 + 13)),
    ("1,024 bits", "weakKey", key(bits=1024)),
    ("2,047 bits", "weakKey", key(bits=2047)),
    ("the exponent 3", "weakKey", key(bits=2048, pubexp=3)),
    ("the exponent 65535", "weakKey", key(bits=2048, pubexp=65535)),
    ("three primes", "wrongKeyType", key(bits=2048, primes=3)),
    ("bound to PSS", "wrongKeyType", key("RSA-PSS", bits=2048)),
]
signer = keys[0][2][0]
pss = {"padding_mode": "pss"}
signatures = [
    ("PSS, salt 32", "pss", signature(signer, **pss, pss_saltlen=32)),
    *((f"PSS, salt {n}", None, signature(signer, **pss, pss_saltlen=n)) for n in (0, 20, 31, 33, 64, 222)),
    ("PSS, MGF1 with SHA-1", None, signature(signer, **pss, pss_saltlen=32, mgf1_md="sha1")),
    ("PSS, MGF1 with SHA-512", None, signature(signer, **pss, pss_saltlen=32, mgf1_md="sha512")),
    ("PSS, SHA-512", None, signature(signer, **pss, pss_saltlen=32, digest="sha512")),
    ("PSS, SHA-1", None, signature(signer, **pss, pss_saltlen=32, digest="sha1")),
    ("PKCS#1 v1.5", "pkcs1", signature(signer)),
    ("PKCS#1 v1.5, SHA-512", None, signature(signer, digest="sha512")),
    ("PKCS#1 v1.5, SHA-1", None, signature(signer, digest="sha1")),
]
version = openssl("version").decode().split()[1]
print(
    json.dumps(
        {
            "note": f"Made by scripts/rsa-vectors.py with OpenSSL {version}. The signatures are of the first key.",
            "message": MESSAGE.decode(),
            "keys": [{"name": n, "error": e, "pkcs8": k[1]} for n, e, k in keys],
            "signatures": [{"name": n, "padding": p, "signature": s} for n, p, s in signatures],
        },
        indent=2,
    )
)
