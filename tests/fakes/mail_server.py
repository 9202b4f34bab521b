"""A mail server, for real: SMTP on loopback, with STARTTLS and a login, and answers that a test chooses."""

import base64
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class MailServer:
    """`mails` are (receiver, mail as parsed). `refuse` is an answer to DATA, such as "451 later".

    With `hang_up` it takes the mail, and closes the connection without an answer.
    """

    context: ssl.SSLContext | None = None
    refuse: str = ""
    hang_up: bool = False
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        mail_server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _serve(mail_server, self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.port = int(self._server.server_address[1])

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _serve(server: MailServer, handler: Any) -> None:
    connection, reader, receiver, is_encrypted = handler.request, handler.rfile, "", False

    def answer(text: str) -> None:
        connection.sendall(f"{text}\r\n".encode())

    answer("220 here")
    while line := reader.readline():
        word, _, rest = line.decode().strip().partition(" ")
        match word.upper():
            case "EHLO":
                more = ["250-STARTTLS"] if server.context and not is_encrypted else ["250-AUTH PLAIN"]
                answer("\r\n".join(["250-here", *more, "250 HELP"]))
            case "STARTTLS":
                answer("220 go on")
                assert server.context is not None
                connection = server.context.wrap_socket(connection, server_side=True)
                reader, is_encrypted = connection.makefile("rb"), True
            case "AUTH":
                server.logins.append(base64.b64decode(rest.partition(" ")[2]).decode())
                answer("235 welcome")
            case "RCPT":
                receiver = rest.partition("<")[2].rstrip(">")
                answer("250 yes")
            case "DATA":
                answer("354 go on")
                data = b""
                while (line := reader.readline()) not in (b".\r\n", b""):
                    data += line.removeprefix(b".") if line.startswith(b"..") else line
                if server.refuse:
                    answer(server.refuse)
                    continue
                mail = message_from_bytes(data, policy=default)
                server.mails.append((receiver, mail))
                server.encrypted.append(is_encrypted)
                if server.hang_up:
                    connection.close()
                    return
                answer("250 taken")
            case "QUIT":
                answer("221 bye")
                return
            case _:
                answer("250 yes")
