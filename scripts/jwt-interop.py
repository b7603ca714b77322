#!/usr/bin/env python3
"""Lets PyJWT, joserfc and jwcrypto judge our tokens and make some for us. A test of JWTTests runs it.

Reads one JSON object: `issuer`, `audience`, `claims` for new tokens, `jwks` and `secret` (of HS256, base64url) to trust, and
`tokens` and `altered`, one for each algorithm. Writes one JSON object for each library, in a list: the algorithms of the
tokens that it `accepted` and those of the altered ones that it `refused`, and of its own making, for each algorithm, a
`token`, the `private` JWK that signed it, the key's `thumbprint`, its `pem` where it has one, and all of them as a `jwks`.

    pip install pyjwt joserfc jwcrypto
"""

import base64
import json
import sys
from importlib.metadata import version

import joserfc.errors
import joserfc.jwk
import joserfc.jwt
import jwcrypto.common
import jwcrypto.jwk
import jwcrypto.jwt
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

ALGORITHMS = ["HS256", "ES256", "EdDSA", "PS256", "RS256"]


class PyJWT:
    package = "pyjwt"
    refusal = jwt.InvalidTokenError
    makers = {
        "ES256": (jwt.algorithms.ECAlgorithm, lambda: ec.generate_private_key(ec.SECP256R1())),
        "EdDSA": (jwt.algorithms.OKPAlgorithm, ed25519.Ed25519PrivateKey.generate),
        "PS256": (jwt.algorithms.RSAAlgorithm, lambda: rsa.generate_private_key(65537, 2048)),
        "RS256": (jwt.algorithms.RSAAlgorithm, lambda: rsa.generate_private_key(65537, 3072)),
    }

    def verify(self, token, algorithm, order):
        if algorithm == "HS256":
            key = decode(order["secret"])
        else:
            key = jwt.PyJWKSet.from_dict(order["jwks"])[jwt.get_unverified_header(token)["kid"]]
        return jwt.decode(token, key, algorithms=[algorithm], issuer=order["issuer"], audience=order["audience"])

    def make(self, algorithm, claims):
        header = {"kid": f"pyjwt-{algorithm}", "typ": "at+jwt"}
        if algorithm == "HS256":
            secret = b"a secret that PyJWT signs with ..."
            private = {"kty": "oct", "k": encode(secret)}
            return jwt.encode(claims, secret, algorithm, header), {**private, "kid": header["kid"]}, None, None
        kind, generate = self.makers[algorithm]
        key = generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        private = {**kind.to_jwk(key, as_dict=True), "kid": header["kid"], "alg": algorithm}
        return jwt.encode(claims, key, algorithm, header), private, None, pem.decode()


class Joserfc:
    package = "joserfc"
    refusal = joserfc.errors.JoseError
    makers = {
        "HS256": lambda: joserfc.jwk.OctKey.generate_key(256),
        "ES256": lambda: joserfc.jwk.ECKey.generate_key("P-256"),
        "EdDSA": lambda: joserfc.jwk.OKPKey.generate_key("Ed25519"),
        "PS256": lambda: joserfc.jwk.RSAKey.generate_key(2048),
        "RS256": lambda: joserfc.jwk.RSAKey.generate_key(2048),
    }

    def verify(self, token, algorithm, order):
        if algorithm == "HS256":
            key = joserfc.jwk.OctKey.import_key(decode(order["secret"]))
        else:
            key = joserfc.jwk.KeySet.import_key_set(order["jwks"])
        claims = joserfc.jwt.decode(token, key, algorithms=[algorithm]).claims
        wanted = {name: {"essential": True, "value": order[long]} for name, long in (("iss", "issuer"), ("aud", "audience"))}
        joserfc.jwt.JWTClaimsRegistry(**wanted).validate(claims)
        return claims

    def make(self, algorithm, claims):
        key = self.makers[algorithm]()
        header = {"alg": algorithm, "kid": f"joserfc-{algorithm}", "typ": "at+jwt"}
        token = joserfc.jwt.encode(header, claims, key, algorithms=[algorithm])
        private = {**key.as_dict(private=True), "kid": header["kid"], "alg": algorithm}
        pem = None if algorithm == "HS256" else key.as_pem(private=True).decode()
        return token, private, key.thumbprint(), pem


class JWCrypto:
    package = "jwcrypto"
    refusal = (jwcrypto.common.JWException, ValueError)
    kinds = {
        "HS256": {"kty": "oct", "size": 256},
        "ES256": {"kty": "EC", "crv": "P-256"},
        "EdDSA": {"kty": "OKP", "crv": "Ed25519"},
        "PS256": {"kty": "RSA", "size": 2048},
        "RS256": {"kty": "RSA", "size": 4096},
    }

    def verify(self, token, algorithm, order):
        if algorithm == "HS256":
            key = jwcrypto.jwk.JWK(kty="oct", k=order["secret"])
        else:
            key = jwcrypto.jwk.JWKSet.from_json(json.dumps(order["jwks"]))
        wanted = {"iss": order["issuer"], "aud": order["audience"], "exp": None}
        return json.loads(jwcrypto.jwt.JWT(jwt=token, key=key, algs=[algorithm], check_claims=wanted).claims)

    def make(self, algorithm, claims):
        key = jwcrypto.jwk.JWK.generate(**self.kinds[algorithm], alg=algorithm, kid=f"jwcrypto-{algorithm}")
        token = jwcrypto.jwt.JWT(header={"alg": algorithm, "kid": key.key_id, "typ": "at+jwt"}, claims=claims)
        token.make_signed_token(key)
        pem = None if algorithm == "HS256" else key.export_to_pem(private_key=True, password=None).decode()
        return token.serialize(), key.export(as_dict=True), key.thumbprint(), pem


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def accepts(library, token, algorithm, order):
    try:
        return library.verify(token, algorithm, order)["username"] == order["claims"]["username"]
    except library.refusal:
        return False


def report(library, order):
    made = []
    for algorithm in ALGORITHMS:
        token, private, thumbprint, pem = library.make(algorithm, order["claims"])
        made.append(
            {"algorithm": algorithm, "token": token, "private": private, "thumbprint": thumbprint, "pem": pem}
        )
    secrets = {"d", "p", "q", "dp", "dq", "qi"}
    public = [{name: value for name, value in key["private"].items() if name not in secrets} for key in made]
    return {
        "name": f"{library.package} {version(library.package)}",
        "accepted": [a for a in ALGORITHMS if accepts(library, order["tokens"][a], a, order)],
        "refused": [a for a in ALGORITHMS if not accepts(library, order["altered"][a], a, order)],
        "made": made,
        "jwks": {"keys": public},
    }


order = json.load(sys.stdin)
json.dump([report(library(), order) for library in (PyJWT, Joserfc, JWCrypto)], sys.stdout)
