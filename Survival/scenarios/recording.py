"""What nginx sends."""

import http.client
import json
import socket
import threading


def record(place, path="/register", members=None):
    """The bytes with which the place's nginx hands on a POST, while nobody of ours is at the socket yet."""
    recorded = b""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place.socket))
        listening.listen()
        client = threading.Thread(target=_post, args=(place.closed_port, path, json.dumps(members)))
        client.start()
        connection, _ = listening.accept()
        with connection:
            # The request ends with the empty record of STDIN (FastCGI 1.0 §3.3).
            while not recorded.endswith(b"\x01\x05\x00\x01\x00\x00\x00\x00"):
                recorded += connection.recv(65_536)
        client.join()
    place.socket.unlink()
    return recorded


def _post(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    connection.getresponse().read()  # nginx's own, as nobody answers it
    connection.close()
