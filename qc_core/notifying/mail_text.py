"""A digest as a mail: plain text, and the same as HTML with every text of a record escaped."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from qc_core.notifying.digest import AssetItems, Digest

_WHAT = {"Fail": "became Fail", "Overdue": "overdue, Pending", "Pending": "became Pending"}
_FOOT = "You get this because the settings of this portal name your address (QC_PORTAL_NOTIFY)."
_STYLE = """
body { margin: 0; padding: 24px; background: #ffffff; color: #1b262c; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 640px; margin: 0 auto; }
h1 { font-size: 20px; margin: 0 0 16px; } h2 { font-size: 15px; margin: 24px 0 0; overflow-wrap: anywhere; }
p { margin: 0 0 12px; } .quiet { color: #55636b; font-size: 13px; }
ul { list-style: none; margin: 4px 0 0; padding: 0; }
li { padding: 6px 0; border-bottom: 1px solid #dde4e7; overflow-wrap: anywhere; }
a { color: #0a666d; } .status { font-weight: 600; white-space: nowrap; }
.fail { color: #a02033; } .overdue { color: #96430f; } .pending { color: #96430f; }
.notice { border-left: 4px solid #96430f; padding-left: 12px; }
@media (prefers-color-scheme: dark) {
  body { background: #10191d; color: #e8eef0; } .quiet { color: #a7b4ba; } li { border-color: #2c3a40; }
  a { color: #6cc7ce; }
  .fail { color: #ff9aa6; } .overdue, .pending { color: #f5a662; } .notice { border-color: #f5a662; }
}
"""


def build_mail(digest: Digest, sender: str, receiver: str, message_id: str) -> EmailMessage:
    """The whole message; its Message-ID names the digest, so that a server recognises a second copy."""
    mail = EmailMessage(SMTP.clone(cte_type="7bit"))
    mail["Subject"] = f"QC: {digest.title}"
    mail["From"] = Address("QC Portal", addr_spec=sender)
    mail["To"] = Address(addr_spec=receiver)
    mail["Date"] = digest.sent_at
    mail["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(format_text(digest))
    mail.add_alternative(format_html(digest), subtype="html")
    return mail


def format_text(digest: Digest) -> str:
    """The digest as plain text: an asset a paragraph, a metric a line with its link below."""
    parts = [f"{digest.title} in the QC Portal"]
    parts += [digest.notice] if digest.notice else []
    for asset in digest.assets:
        lines = [asset.name, *([facts] if (facts := _facts(asset)) else [])]
        for item in asset.items:
            lines += [f"- {_WHAT[item.kind]}{_since(item.since)}: {item.metric}", f"  {item.link}"]
        parts.append("\n".join(lines))
    parts += [f"And {digest.more:,} more metrics: the queue lists all that are Pending."] if digest.more else []
    parts += [f"The queue ({text}):\n{link}" for text, link in digest.queues]
    return "\n\n".join([*parts, f"-- \n{_FOOT}"]) + "\n"


def format_html(digest: Digest) -> str:
    """The digest as a page that loads nothing, in the colours that the reader's system prefers."""
    body = [f"<h1>{escape(digest.title)}</h1>"]
    body += [f'<p class="notice">{escape(digest.notice)}</p>'] if digest.notice else []
    body += [_format_asset(asset) for asset in digest.assets]
    if digest.more:
        body.append(f"<p>And {digest.more:,} more metrics: the queue lists all that are Pending.</p>")
    for text, link in digest.queues:
        body.append(f'<p style="margin-top: 24px">{_link(link, "Open the queue")}<br>')
        body.append(f'<span class="quiet">{escape(text)}</span></p>')
    body.append(f'<p class="quiet">{escape(_FOOT)}</p>')
    head = '<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    head += f'<meta name="viewport" content="width=device-width"><title>{escape(digest.title)}</title>'
    inside = "\n".join(body)
    head += f"<style>{_STYLE}</style>"
    start = f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body><main>'
    return f"{start}\n{inside}\n</main></body></html>\n"


def _format_asset(asset: AssetItems) -> str:
    lines = [f"<h2>{_link(asset.link, asset.name)}</h2>"]
    lines += [f'<div class="quiet">{escape(facts)}</div>'] if (facts := _facts(asset)) else []
    lines.append("<ul>")
    for item in asset.items:
        status = f'<span class="status {item.kind.lower()}">{_WHAT[item.kind]}</span>'
        since = f' <span class="quiet">{escape(_since(item.since).strip())}</span>' if item.since else ""
        lines.append(f"<li>{_link(item.link, item.metric)} {status}{since}</li>")
    return "\n".join([*lines, "</ul>"])


def _facts(asset: AssetItems) -> str:
    return " · ".join(filter(None, (f"subject {asset.subject}" if asset.subject else "", asset.project)))


def _since(time: datetime | None) -> str:
    return f" since {time.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if time else ""


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text or "(no name)")}</a>'
