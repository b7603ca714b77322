"""nginx with the configuration that we ship, and what a ledger needs beside it."""


def configuration(checkout, kept_port, closed_port):
    """The text of each file by its name in the place's folder."""
    shipped = checkout / "nginx"
    upstream = (shipped / "gatelodge-upstream.conf").read_text().replace("/run/gatelodge/", "")
    # The id of a request comes from the ledger, and nginx says which of its answers are its own.
    kept = (shipped / "gatelodge-pass.conf").read_text().replace("$request_id", "$http_x_request_id")
    closed = kept.replace("fastcgi_pass gatelodge;", "fastcgi_pass closed;").replace("keep_conn on", "keep_conn off")
    errors = (shipped / "gatelodge-errors.conf").read_text().replace(
        "return 503", """add_header X-Ledger-Upstream "tries $upstream_status" always;\n    return 503""")
    temporary = "".join(f"{kind}_temp_path {kind};\n" for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi"))

    def server(port, locations):
        # The location /still is nginx's alone: where that is slow, the machine is.
        return (f"server {{ listen 127.0.0.1:{port} backlog=4096;\n"
                'add_header X-Ledger-Upstream "tries $upstream_status" always;\n'
                f"{locations}\ninclude gatelodge/gatelodge-errors.conf;\nlocation = /still {{ return 204; }}\n}}\n")

    return {
        "gatelodge/gatelodge-upstream.conf": upstream,
        "gatelodge/gatelodge-pass.conf": kept,
        "gatelodge/closed-pass.conf": closed,
        "gatelodge/gatelodge-errors.conf": errors,
        "nginx.conf": (
            "worker_processes 2;\ndaemon off;\npid nginx.pid;\nerror_log stderr error;\nworker_rlimit_nofile 16384;\n"
            "events { worker_connections 8192; }\n"
            f"http {{\naccess_log off;\nkeepalive_requests 1000000;\n{temporary}"
            "include gatelodge/gatelodge-upstream.conf;\n"
            "upstream closed { server unix:gatelodge.sock max_fails=0; server unix:gatelodge.sock max_fails=0 backup; }\n"
            + server(kept_port, "location / { include gatelodge/gatelodge-pass.conf; }")
            + server(closed_port, "location / { include gatelodge/closed-pass.conf; }") + "}\n"),
    }
