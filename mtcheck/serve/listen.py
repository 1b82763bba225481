"""The socket that the server listens on."""

import socket


def listening(host: str, port: int) -> socket.socket:
    """A bound socket. Raises OSError with one line that names host and port."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, number)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(
            f"{host}:{port}: can't listen there ({reason}); give another --host or --port"
        ) from None
    return made
