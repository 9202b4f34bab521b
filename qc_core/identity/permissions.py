"""Persons and their permissions: one rule for the pages, for our routes, and for each write."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qc_core.errors import StoreUnavailable
from qc_core.json_document.value import JsonValue
from qc_core.mail_address import fault_of, is_unseen
from qc_core.settings.annotators import EVERYONE
from qc_core.settings.model import Settings
from qc_core.times import parse_time

NOT_VERIFIED = "(not verified)"
"""Appended to a name that somebody typed, wherever it is signed."""
UNCONFIRMED = "Whether you are still logged in cannot be looked up at the moment."
_MAX_NAME_CHARACTERS = 120
_LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who views or annotates.

    `name` is what an annotation is signed with; `verified`: whether a login vouches for it. `account` distinguishes
    people of one name: the provider's own key of the account. `address` is a mail address that the provider has
    verified, as it gave it, "" without one or where `address_fault` is the reason why it is not used; `groups` are
    (claim, value), for the claims that the lists of people ask for. `expires_at` is the end of the login, None where
    there is none to end; `ended`: whether the person logged out, `unconfirmed`: that it could not be looked up whether
    they did: they may view, and write nothing.
    """

    name: str
    verified: bool = False
    account: str = ""
    address: str = ""
    address_fault: str | None = None
    groups: frozenset[tuple[str, str]] = frozenset()
    expires_at: datetime | None = None
    ended: bool = False
    unconfirmed: bool = False

    @property
    def key(self) -> str:
        """The key of this person's drafts: the account, else the name."""
        return self.account or self.name


@dataclass(frozen=True, slots=True)
class Allowed:
    """This person may annotate, and signs as `person.name`."""

    person: Person


@dataclass(frozen=True, slots=True)
class Refused:
    """Annotating, or viewing, is not allowed; `reason` is a sentence for the reader.

    `log_in`: whether logging in would help. `keeps_drafts`: whether only the login has expired: then their last edits
    are still stored as drafts.
    """

    reason: str
    log_in: bool = False
    keeps_drafts: bool = False


def local_person(settings: Settings, login_name: str) -> Person:
    """The person at a portal without login: the configured name, else the login name of the computer."""
    return Person(settings.reviewer or login_name)


def make_typed_person(name: str) -> Person | None:
    """Someone who typed a name, where the network is trusted: marked as not verified. None for no name at all."""
    plain = _clean(name.replace(NOT_VERIFIED, ""))
    return Person(f"{plain} {NOT_VERIFIED}") if plain else None


def login_of(claims: Mapping[str, JsonValue]) -> str:
    """What distinguishes two logins of the same person: the account, and when and for what the token was made."""
    return " ".join(str(claims.get(claim)) for claim in ("iss", "sub", "iat", "nonce"))


def person_of_claims(
    claims: Mapping[str, JsonValue], settings: Settings, *, ended: bool = False, unconfirmed: bool = False
) -> Person | None:
    """The person of a verified token's claims; None where they name no account.

    `ended`: whether this login was ended by a logout, `unconfirmed`: that this could not be asked. A token without an
    end has ended. An address that the provider reports as not verified counts as none, and so does one that is not a
    plain address (`mail_address.fault_of`). Where the settings ask for it, the name is followed by the address, such as
    "Ada Lovelace <ada@example.org>", and empty without one.
    """
    subject, issuer = claims.get("sub"), claims.get("iss")
    if not isinstance(subject, str) or not subject:
        return None
    given = claims.get("email") if claims.get("email_verified", True) in (True, "true") else None
    fault = fault_of(given) if isinstance(given, str) and given else None
    address = given if isinstance(given, str) and fault is None else ""
    name = _text(claims.get("name")) or _text(claims.get("preferred_username")) or address
    if settings.sign_with_address:
        name = _with_address(name, address)
    expires = claims.get("exp")
    end = parse_time(expires) if isinstance(expires, int | float) else None
    return Person(
        name=name,
        verified=True,
        account=f"{_text(issuer)} {subject}",
        address=address,
        address_fault=fault,
        groups=frozenset(group for claim in settings.claims for group in _values(claim, claims.get(claim))),
        expires_at=end.utc if end else _LONG_AGO,
        ended=ended,
        unconfirmed=unconfirmed,
    )


def may_view(person: Person | None, settings: Settings, now: datetime) -> Refused | None:
    """Why `person` may not view anything, None where they may: guests may unless the settings say otherwise."""
    if not settings.login or settings.guests:
        return None
    if _is_logged_in(person, now):
        return None
    if person is not None and person.verified and not person.ended:
        return Refused("Your login has expired. Log in again; your drafts are kept.", log_in=True)
    return Refused("This portal shows its assets to people who are logged in.", log_in=True)


def draft_owner(person: Person | None, settings: Settings) -> str:
    """The key under which `person` reads and writes drafts; "" for a guest, who has none.

    Guests are: nobody; who logged out; at a portal with a login, who has no account; and everyone at a portal that
    other computers reach without a login and without a trusted network, where the configured reviewer's drafts would
    otherwise be shown to any reader.
    """
    if person is None or person.ended:
        return ""
    if settings.login:
        return person.account if person.verified else ""
    signs = settings.trust_network or settings.on_loopback
    return person.key if signs and person.name.strip() else ""


def may_see_waiting(person: Person | None, settings: Settings, now: datetime) -> Refused | None:
    """Why `person` may not see the list of unsubmitted drafts; None for administrators, or for who may annotate."""
    if settings.administrators is None:
        allowed = may_annotate(person, settings, now, anywhere=True)
        return allowed if isinstance(allowed, Refused) else None
    if person is None or not _is_logged_in(person, now):
        return Refused("Log in as an administrator to see them.", log_in=settings.login)
    named = settings.administrators.name(person.address, person.groups)
    return None if named else Refused("You are not among the administrators (QC_PORTAL_ADMINISTRATORS).")


def are_values_locked(settings: Settings, project: str | None) -> bool:
    """Whether values of an asset of this project, once set, stay as they are (QC_PORTAL_LOCKED_PROJECTS)."""
    return "*" in settings.locked_projects or " ".join((project or "").lower().split()) in settings.locked_projects


def may_unlock_values(person: Person | None, settings: Settings, now: datetime) -> Refused | None:
    """Why `person` may not change a value that is locked, None where they may: the administrators that are named."""
    if settings.administrators is None:
        return Refused("This portal names no administrators who could unlock it (QC_PORTAL_ADMINISTRATORS).")
    return may_see_waiting(person, settings, now)


def may_upload(person: Person | None, settings: Settings, now: datetime) -> Refused | None:
    """Why `person` may not upload a test record, None where they may.

    That is for those who may annotate something, whether or not it is read-only just now.
    """
    allowed = may_annotate(person, replace(settings, read_only=False), now, anywhere=True)
    return allowed if isinstance(allowed, Refused) else None


def require_confirmed(person: Person | None) -> Person | None:
    """The person, checked before a write. Raises StoreUnavailable if it cannot be known whether they logged out."""
    if person is not None and person.unconfirmed:
        raise StoreUnavailable(UNCONFIRMED, "Try again in a minute.")
    return person


def may_annotate(
    person: Person | None,
    settings: Settings,
    now: datetime,
    *,
    project: str | None = None,
    anywhere: bool = False,
    read_only_chosen: bool = False,
    at_write: bool = False,
) -> Allowed | Refused:
    """Whether `person` may annotate at that time; asked for the screen and again at the write.

    `project` is that of the asset in question; with `anywhere` it is asked whether there is an asset at all that
    they may annotate; with `at_write` whether something may be written now. Without a login only a portal that listens
    on loopback lets anyone sign, or one whose network is trusted.
    """
    if read_only_chosen:
        return Refused("You switched to read-only. Nothing you do here changes a record.")
    if settings.read_only:
        return Refused("This portal is set to read-only (QC_PORTAL_READ_ONLY).")
    if settings.login:
        allowed = _of_the_login(person, settings, now, project, anywhere)
        if at_write and isinstance(allowed, Allowed) and allowed.person.unconfirmed:
            return Refused(f"{UNCONFIRMED} Try again in a minute; your drafts are kept.", keeps_drafts=True)
        return allowed
    if not settings.on_loopback and not settings.trust_network:
        return Refused(
            "This portal can be reached from other computers and has no login, so it is read-only. "
            "Annotate on a portal that listens on localhost."
        )
    if person is None or not person.name.strip():
        typed = "Enter your name at the top of the page to annotate."
        configured = "Set QC_PORTAL_REVIEWER to your name."
        return Refused(
            "The portal does not know your name, so annotations could not be signed. "
            + (typed if settings.trust_network else configured)
        )
    return Allowed(person)


def who_may_annotate(settings: Settings, at_the_computer: Person, now: datetime) -> str | Refused:
    """Who may annotate in this portal at all, as a sentence; or why nobody may.

    It is `may_annotate` for an unknown person.
    """
    somebody = Person("Somebody", verified=settings.login) if settings.login or settings.trust_network else None
    allowed = may_annotate(somebody or at_the_computer, replace(settings, annotators=EVERYONE), now, anywhere=True)
    if isinstance(allowed, Refused):
        return allowed
    if settings.login:
        listed = settings.annotators != EVERYONE
        return (
            "The people in QC_PORTAL_ANNOTATORS may annotate, once logged in."
            if listed
            else "Everyone who logs in may annotate."
        )
    if settings.trust_network:
        return "Everyone who enters a name at the top of the page may annotate; it is signed as not verified."
    return f"The person at this computer may annotate, and signs as {allowed.person.name}."


def _of_the_login(
    person: Person | None, settings: Settings, now: datetime, project: str | None, anywhere: bool
) -> Allowed | Refused:
    if person is None or not person.verified or person.ended:
        return Refused("You are a guest. Log in to annotate.", log_in=True)
    ask = f"Ask {settings.contact or 'the administrators of this portal'}"
    fault = f" The address that the login gave is not used: {person.address_fault}." if person.address_fault else ""
    if settings.sign_with_address and not person.address:
        return Refused(f"The login gave no verified address to sign with.{fault} {ask} to have it sent.")
    if not person.name.strip():
        return Refused(f"The login gave no name to sign with. {ask} to have it sent (the scope “profile”).")
    listed = settings.annotators
    if not listed.may_anywhere(person.address, person.groups):
        is_named = not person.address or person.address in person.name
        who = person.name if is_named else f"{person.name} ({person.address})"
        return Refused(
            f"You are logged in as {who}, who may view this portal but not annotate.{fault} {ask} to be let in."
        )
    if not anywhere and not listed.may(person.address, person.groups, project):
        of_what = f"assets of the project {project}" if project else "assets that name no project"
        return Refused(f"You may annotate in this portal, but not {of_what}. {ask} to be let in.")
    if not _is_logged_in(person, now):
        return Refused(
            "Your login has expired. Log in again to continue; your drafts are kept.", log_in=True, keeps_drafts=True
        )
    return Allowed(person)


def _is_logged_in(person: Person | None, now: datetime) -> bool:
    if person is None or not person.verified or person.ended:
        return False
    return person.expires_at is None or now < person.expires_at


def _text(value: JsonValue) -> str:
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """The text on one line, without characters that control the direction or appearance of text."""
    readable = "".join(" " if letter.isspace() else letter for letter in text)
    kept = "".join(letter for letter in readable if not is_unseen(letter))
    return " ".join(kept.split())[:_MAX_NAME_CHARACTERS].strip()


def _with_address(name: str, address: str) -> str:
    """The name and the address, so that the address is the last text in angle brackets; "" without one."""
    named = " ".join(name.replace("<", " ").replace(">", " ").split())
    return (f"{named} <{address}>" if named and named != address else address) if address else ""


def _values(claim: str, claimed: JsonValue) -> list[tuple[str, str]]:
    """The groups in a claim: a list of texts, or one text."""
    values = claimed if isinstance(claimed, list) else [claimed]
    return [(claim, value) for value in values if isinstance(value, str)]
