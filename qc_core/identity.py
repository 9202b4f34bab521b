"""Who is here, and what they may do."""

from dataclasses import dataclass

from qc_core.settings import Settings


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who looks or annotates. `name` is what an annotation is signed with; `verified` says a login vouches."""

    name: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """This person may annotate, and signs as `person.name`."""

    person: Person


@dataclass(frozen=True, slots=True)
class Refused:
    """Annotating is not possible; `reason` is a sentence for the reader."""

    reason: str


def local_person(settings: Settings, login_name: str) -> Person:
    """The person at a portal without login: the configured name, else the login name of the computer."""
    return Person(settings.reviewer or login_name)


def may_annotate(person: Person | None, settings: Settings, *, read_only_chosen: bool = False) -> Allowed | Refused:
    """Whether `person` may annotate; asked for the screen and again at the write.

    Without a login only a portal that listens on loopback lets anyone sign.
    """
    if read_only_chosen:
        return Refused("You chose to look only. Nothing you do here changes a record.")
    if settings.read_only:
        return Refused("This portal is set to read-only (QC_PORTAL_READ_ONLY).")
    if person is None or not person.name.strip():
        return Refused("Nobody is signed in, so annotations could not be signed. Set QC_PORTAL_REVIEWER to your name.")
    if not settings.on_loopback and not person.verified:
        return Refused(
            "This portal can be reached from other computers and has no login, so it is read-only. "
            "Annotate on a portal that listens on localhost."
        )
    return Allowed(person)
