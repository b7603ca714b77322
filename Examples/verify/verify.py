#!/usr/bin/env python3
"""Verifies access tokens that a Gatelodge elsewhere has signed, with PyJWT (pip install 'pyjwt[crypto]').

Reads tokens, one a line, and says of each whose it is, or why it is refused.

Usage: verify.py JWKS-URL ISSUER
"""

import json
import sys
import time
import urllib.request

import jwt

# What `jwt.algorithm` of that Gatelodge says. Never what a token says.
ALGORITHM = "ES256"


class KeySet:
    """The issuer's public keys: kept for five minutes, and asked for again at most every five seconds."""

    def __init__(self, url):
        self.url, self.keys, self.asked = url, {}, None

    def find(self, key_id):
        age = None if self.asked is None else time.monotonic() - self.asked
        # A key that is not known may be a new one, or made up by whoever wants us to ask all the time.
        if age is None or age > 300 or (key_id not in self.keys and age > 5):
            self.asked = time.monotonic()
            with urllib.request.urlopen(self.url, timeout=5) as reply:
                jwks = json.loads(reply.read(65_536))
            self.keys = {jwk["kid"]: jwt.PyJWK(jwk) for jwk in jwks["keys"] if jwk.get("alg") == ALGORITHM}
        return self.keys.get(key_id)


def verify(token, keys, issuer):
    """The claims of a good token. Everything else raises `jwt.InvalidTokenError`."""
    header = jwt.get_unverified_header(token)
    # Other kinds of tokens may be signed with the same key, and `crit` names what a verifier must understand.
    if str(header.get("typ", "")).lower() != "at+jwt" or "crit" in header:
        raise jwt.InvalidTokenError("this is no access token")
    key = keys.find(header.get("kid"))
    if key is None:
        raise jwt.InvalidTokenError("the key is not known")
    return jwt.decode(
        token, key.key, algorithms=[ALGORITHM], issuer=issuer, audience=issuer,
        options={"require": ["exp", "iss", "aud", "sub"]})


if __name__ == "__main__":
    keys, issuer = KeySet(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        try:
            claims = verify(line.strip(), keys, issuer)
            print(f"{claims['username']} {claims['sub']}", flush=True)
        except jwt.InvalidTokenError as error:
            print("refused:", error, flush=True)
