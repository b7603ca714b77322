#!/usr/bin/env python3
"""Writes small exports as PocketBase, Supabase, Keycloak and Ory Kratos write theirs: foreign-exports.py FOLDER.

Needs bcrypt and argon2-cffi. Every account that has a password has the same one; costs are low, for tests."""
import base64
import csv
import hashlib
import json
import os
import sys

import argon2
import argon2.low_level
import bcrypt

PASSWORD = b"correct horse battery"
TIME = "2024-03-04T05:06:07.123456Z"
MILLISECONDS = 1709529600123

argon2id = argon2.PasswordHasher(time_cost=2, memory_cost=512, parallelism=1)


def bcrypted():
    return bcrypt.hashpw(PASSWORD, bcrypt.gensalt(4, prefix=b"2a")).decode()


def base64ed(bytes):
    return base64.b64encode(bytes).decode()


def pocketbase(file):
    file.write(
        """-- The table of an auth collection as PocketBase 0.23 and later make it.
CREATE TABLE `users` (`avatar` TEXT DEFAULT '' NOT NULL, `created` TEXT DEFAULT '' NOT NULL, `email` TEXT DEFAULT '' NOT NULL,
`emailVisibility` BOOLEAN DEFAULT FALSE NOT NULL, `id` TEXT PRIMARY KEY NOT NULL, `name` TEXT DEFAULT '' NOT NULL,
`password` TEXT DEFAULT '' NOT NULL, `tokenKey` TEXT DEFAULT '' NOT NULL, `updated` TEXT DEFAULT '' NOT NULL,
`verified` BOOLEAN DEFAULT FALSE NOT NULL);
"""
    )
    for id, name, hash in [("4q1xlclmfloku33", "anna", bcrypted()), ("9v2kdk3jd81ks02", "bert", bcrypted()),
                           ("0000000000oauth", "oauth", "")]:
        file.write(
            "INSERT INTO users (id, email, password, tokenKey, created, updated, verified) VALUES "
            f"('{id}', '{name}@example.com', '{hash}', 'k{id}', '2024-05-01 10:00:00.123Z', '2024-05-01 10:00:00.123Z', TRUE);\n"
        )


def supabase(file):
    columns = (
        "instance_id,id,aud,role,email,encrypted_password,email_confirmed_at,invited_at,confirmation_token,"
        "confirmation_sent_at,recovery_token,recovery_sent_at,email_change_token_new,email_change,email_change_sent_at,"
        "last_sign_in_at,raw_app_meta_data,raw_user_meta_data,is_super_admin,created_at,updated_at,phone,"
        "phone_confirmed_at,phone_change,phone_change_token,phone_change_sent_at,confirmed_at,"
        "email_change_token_current,email_change_confirm_status,banned_until,reauthentication_token,"
        "reauthentication_sent_at,is_sso_user,deleted_at,is_anonymous"
    ).split(",")
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    users = [
        {"email": "anna@example.com", "encrypted_password": bcrypted()},
        {"email": "bert@example.com", "encrypted_password": argon2id.hash(PASSWORD),
         "raw_user_meta_data": '{"name": "Bert, \\"B\\""}'},
        {"email": "banned@example.com", "encrypted_password": bcrypted(), "banned_until": "2999-01-01 00:00:00+00"},
        {"email": "oauth@example.com", "raw_app_meta_data": '{"provider": "github", "providers": ["github"]}'},
        {"email": "gone@example.com", "encrypted_password": bcrypted(), "deleted_at": "2024-06-01 00:00:00+00"},
    ]
    for number, user in enumerate(users, 1):
        time = "2024-03-04 05:06:07.891011+00"
        writer.writerow({
            "instance_id": "00000000-0000-0000-0000-000000000000", "id": f"11111111-2222-4333-8444-5555555555{number:02}",
            "aud": "authenticated", "role": "authenticated", "created_at": time, "updated_at": time,
            "raw_app_meta_data": '{"provider": "email", "providers": ["email"]}', "raw_user_meta_data": "{}",
            "email_change_confirm_status": "0", "is_sso_user": "f", "is_anonymous": "f", **user,
        })


def keycloak(file):
    def credentials(data, value, salt):
        secret = {"value": base64ed(value), "salt": base64ed(salt), "additionalParameters": {}}
        return [{
            "id": "ee3275b8-870f-449b-90c5-496074689078", "type": "password", "userLabel": "My password",
            "createdDate": MILLISECONDS, "secretData": json.dumps(secret, separators=(",", ":")),
            "credentialData": json.dumps(data, separators=(",", ":")),
        }]

    def pbkdf2(function, algorithm, iterations):
        salt = os.urandom(16)
        value = hashlib.pbkdf2_hmac(function, PASSWORD, salt, iterations, 64)
        data = {"hashIterations": iterations, "algorithm": algorithm, "additionalParameters": {}}
        return credentials(data, value, salt)

    def argon():
        salt = os.urandom(16)
        value = argon2.low_level.hash_secret_raw(PASSWORD, salt, 5, 7168, 1, 32, argon2.low_level.Type.ID)
        more = {"hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}
        return credentials({"hashIterations": 5, "algorithm": "argon2", "additionalParameters": more}, value, salt)

    def user(number, name, credentials, **members):
        return {
            "id": f"3f0b39cb-0a1b-4428-b36f-b8c09812{number:04}", "username": name, "email": f"{name}@example.com",
            "emailVerified": True, "enabled": True, "createdTimestamp": MILLISECONDS, "totp": False,
            "credentials": credentials, "disableableCredentialTypes": [], "requiredActions": [],
            "realmRoles": ["default-roles-site", "editor"], "notBefore": 0, "groups": [], **members,
        }

    users = [
        user(1, "anna", argon()), user(2, "bert", pbkdf2("sha256", "pbkdf2-sha256", 27500)),
        user(3, "carl", pbkdf2("sha512", "pbkdf2-sha512", 1000), enabled=False),
        user(4, "dora", pbkdf2("sha1", "pbkdf2", 2000)),
        {"id": "3f0b39cb-0a1b-4428-b36f-b8c098120005", "username": "service-account-site", "enabled": True,
         "createdTimestamp": MILLISECONDS, "serviceAccountClientId": "site", "realmRoles": [], "groups": []},
    ]
    roles = {"realm": [{"name": "editor"}]}
    json.dump({"id": "site", "realm": "site", "enabled": True, "roles": roles, "users": users}, file, indent=2)


def kratos(file):
    def identity(number, name, hash, **members):
        password = {
            "type": "password", "identifiers": [f"{name}@example.com"], "config": {"hashed_password": hash}, "version": 0,
            "created_at": TIME, "updated_at": TIME,
        }
        return {
            "id": f"9f425a8d-7efc-4768-8f23-7647a74f{number:04}", "credentials": {"password": password} if hash else {},
            "schema_id": "default", "schema_url": "http://127.0.0.1:4433/schemas/ZGVmYXVsdA", "state": "active",
            "state_changed_at": TIME, "traits": {"email": f"{name}@example.com"}, "metadata_admin": None,
            "metadata_public": None, "created_at": TIME, "updated_at": TIME, **members,
        }

    def scrypt():
        salt = os.urandom(16)
        value = hashlib.scrypt(PASSWORD, salt=salt, n=1024, r=8, p=1, dklen=32)
        return f"$scrypt$ln=1024,r=8,p=1${base64ed(salt)}${base64ed(value)}"

    def pbkdf2():
        salt = os.urandom(16)
        value = hashlib.pbkdf2_hmac("sha512", PASSWORD, salt, 1000, 64)
        return f"$pbkdf2-sha512$i=1000,l=64${base64ed(salt).rstrip('=')}${base64ed(value).rstrip('=')}"

    json.dump([
        identity(1, "anna", argon2id.hash(PASSWORD)), identity(2, "bert", bcrypted()), identity(3, "carl", scrypt()),
        identity(4, "dora", pbkdf2()), identity(5, "emil", bcrypted(), state="inactive"), identity(6, "fritz", None),
    ], file, indent=2)


for name, write in {"pocketbase.sql": pocketbase, "supabase.csv": supabase, "keycloak.json": keycloak,
                    "kratos.json": kratos}.items():
    with open(os.path.join(sys.argv[1], name), "w", newline="", encoding="utf-8") as file:
        write(file)
