"""Free ports, the same at every start of a checkout and others in the checkout next to it."""

import hashlib
import socket

FIRST, COUNT = 20000, 10000


def is_free(port, host="127.0.0.1"):
    """Whether a server could listen here now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def pick(key, remembered=None, free=is_free):
    """The remembered port if it is free, else the first free one after a start drawn from the key.

    Two checkouts have two keys, so they do not race for the same port. The range lies below the
    ports which systems give to outgoing connections.
    """
    if remembered and free(remembered):
        return remembered
    start = int(hashlib.sha256(str(key).encode()).hexdigest(), 16) % COUNT
    for offset in range(COUNT):
        port = FIRST + (start + offset) % COUNT
        if free(port):
            return port
    raise OSError("no free port between 20000 and 29999")


def reserve_web(wanted, remembered=None):
    """A listening socket for the web: on the port that PORT asks for, else the last one, 8000 or the next free.

    Held from now on and handed to the web process, so that nobody takes the port meanwhile and
    no visitor is refused while that process is started again. None if there is no such port.
    """
    candidates = [int(wanted)] if wanted else [*filter(None, [remembered]), *range(8000, 8100)]
    for port in candidates:
        try:
            return reserve(port)
        except OSError:
            continue
    return None


def reserve(port):
    """A listening socket on this port of this machine; OSError if somebody else has it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
    except OSError:
        listener.close()
        raise
    return listener
