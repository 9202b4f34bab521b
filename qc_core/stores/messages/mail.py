"""Sends one mail to one mailbox, over SMTP with Python's own smtplib."""

import logging
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from qc_core.settings.notifications import MailServer
from qc_core.stores.messages.outcome import Outcome

log = logging.getLogger("qc_portal")
_TIMEOUT = 20.0
"""Seconds for each answer of the server."""
_OK, _GO_ON = (250, 251), (354,)


@dataclass(frozen=True, slots=True)
class MailSender:
    """The server, the mailbox that mail is from, and who logs in there. `context` is that of TLS."""

    server: MailServer
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def send(self, mail: EmailMessage, receiver: str) -> Outcome:
        """Send it; never raises. UNKNOWN where the connection broke while the server had the mail, or most of it."""
        smtp: smtplib.SMTP | None = None
        began = False
        try:
            smtp = self._connect()
            _require(smtp.mail(self.sender), _OK)
            _require(smtp.rcpt(receiver), _OK)
            _require(smtp.docmd("DATA"), _GO_ON)
            began = True
            # A line that is a single full stop would end the mail (RFC 5321, 4.5.2).
            smtp.send(re.sub(rb"(?m)^\.", b"..", mail.as_bytes().removesuffix(b"\r\n")) + b"\r\n.\r\n")
            _require(smtp.getreply(), _OK)
        except smtplib.SMTPResponseException as error:  # the server answered: it did not take it
            log.warning("a mail was refused by %s: %s", self.server.host, error.smtp_code)
            return Outcome.REFUSED
        except (smtplib.SMTPException, OSError) as error:
            log.warning("a mail could not be sent by %s: %s", self.server.host, type(error).__name__)
            return Outcome.UNKNOWN if began else Outcome.REFUSED
        finally:
            if smtp is not None:
                with suppress(smtplib.SMTPException, OSError):  # the mail is taken, or not, whatever it answers here
                    smtp.quit()
                smtp.close()
        return Outcome.SENT

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        smtp = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=self.context)
            if server.tls
            else smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
        )
        smtp.ehlo_or_helo_if_needed()
        if server.starttls:
            smtp.starttls(context=self.context)
            smtp.ehlo()
        if self.user and (server.tls or server.starttls):
            smtp.login(self.user, self.password or "")
        return smtp


def _require(answer: tuple[int, bytes], expected: tuple[int, ...]) -> None:
    code, text = answer
    if code not in expected:
        raise smtplib.SMTPResponseException(code, text)
