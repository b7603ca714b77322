"""Every peer that is measured, behind one nginx."""

import os
import socket
import time

from harness.child import Child


class Site:
    """Starts the peers and nginx, and ends them when it is left."""

    def __init__(self, checkout, folder, peers):
        self.checkout, self.folder = checkout, folder
        self.peers = sorted(peers, key=lambda peer: peer.name)
        self.children, self.ports, self.headers = {}, {}, {}

    def __enter__(self):
        try:
            for builder in {type(peer): peer for peer in self.peers}.values():
                builder.build(self.checkout, self.folder)
            for peer in self.peers:
                self.start(peer).wait_until((self.folder / peer.socket).exists)
            self._start_nginx()
            for peer in self.peers:
                self.headers[peer] = peer.headers(self.ports[peer, True])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self.children.values()):
            child.stop()

    def start(self, peer):
        child = self.children[peer] = peer.start(self.checkout, self.folder)
        return child

    def stop(self, peer):
        self.children[peer].stop()

    def url(self, peer, keeps_alive, path=None):
        return f"http://127.0.0.1:{self.ports[peer, keeps_alive]}{path or peer.path}"

    def cpu_seconds(self, peer):
        return self.children[peer].cpu_seconds()

    def settle(self, peer):
        """Waits until a peer has done what was asked of it, also for those who no longer wait for the answer."""
        before, now = -1.0, self.cpu_seconds(peer)
        while now - before > 0.01:
            time.sleep(0.2)
            before, now = now, self.cpu_seconds(peer)

    def socket_path(self, peer):
        # Relative to the folder a path is never too long; ours is a short one in the temporary folder.
        return self.folder / peer.socket

    def _start_nginx(self):
        parameters = self._shipped_parameters()
        parts = []
        for peer in self.peers:
            for keeps_alive in (True, False):
                name = f"{peer.name}_{'kept' if keeps_alive else 'closed'}"
                port = self.ports[peer, keeps_alive] = free_port()
                parts.append(peer.upstream(name, keeps_alive))
                parts.append(f"server {{ listen 127.0.0.1:{port} backlog=1024; "
                             f"{peer.location(name, keeps_alive, parameters)} }}")
        temporary = "".join(f"{kind}_temp_path {kind};\n"
                            for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi"))
        (self.folder / "nginx.conf").write_text(
            "worker_processes 2;\ndaemon off;\npid nginx.pid;\nerror_log stderr error;\n"
            "events { worker_connections 1024; }\n"
            f"http {{\naccess_log off;\nkeepalive_requests 1000000;\n{temporary}" + "\n".join(parts) + "\n}\n")
        command = ["nginx", "-e", "stderr", "-p", f"{self.folder}/", "-c", "nginx.conf"]
        if os.geteuid() == 0:
            command += ["-g", "user root;"]
        nginx = Child(command, self.folder, "nginx.log")
        self.children["nginx"] = nginx
        nginx.wait_until((self.folder / "nginx.pid").exists)

    def _shipped_parameters(self):
        """What the shipped configuration says but where the backend is and what nginx says without it."""
        lines = (self.checkout / "nginx/gatelodge-pass.conf").read_text().splitlines()
        own = ("#", "fastcgi_pass ", "fastcgi_keep_conn ", "error_page ")
        return "\n".join(line for line in lines if line and not line.startswith(own))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
