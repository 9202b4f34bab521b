"""Who may annotate of those who may log in: the list in QC_PORTAL_ANNOTATORS, and whether it names someone. And who of
them runs the portal.

`example.org, ada@elsewhere.org, groups=qc-team; Learning mFISH: groups=mfish` reads: everyone at example.org, Ada, and
who has `qc-team` in the claim `groups` may annotate all assets; who has `mfish` there, those of the project besides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qc_core.errors import BadSetting
from qc_core.mail_address import in_lower_case

_ADDRESS = re.compile(r"[^@\s=]+@[^@\s=]+")
_DOMAIN = re.compile(r"@?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_CLAIM = re.compile(r"([A-Za-z0-9_.:/-]+)=(.+)")
_PROJECT = re.compile(r"\s*([^@=:,;]+):(?!//)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Names:
    """Whom one part of the list names. Addresses and domains are in lower case; groups are (claim, value)."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    groups: frozenset[tuple[str, str]] = frozenset()

    def name(self, address: str, groups: frozenset[tuple[str, str]]) -> bool:
        """Whether someone with this verified address ("" for none) and these groups is among them."""
        address = in_lower_case(address)
        at_domain = address.rpartition("@")[2] if address.count("@") == 1 else ""
        return bool(address in self.addresses or at_domain in self.domains or self.groups & groups)


@dataclass(frozen=True, slots=True)
class Annotators:
    """The whole list: those for all assets, and those for single projects (in lower case)."""

    everywhere: Names
    projects: Mapping[str, Names]

    @property
    def claims(self) -> frozenset[str]:
        """The claims that the list asks for."""
        named = (self.everywhere, *self.projects.values())
        return frozenset(claim for one in named for claim, _ in one.groups)

    def may(self, address: str, groups: frozenset[tuple[str, str]], project: str | None) -> bool:
        """Whether someone may annotate assets of a project (None for one that names none); an empty list lets all."""
        if self == EVERYONE or self.everywhere.name(address, groups):
            return True
        named = self.projects.get(" ".join((project or "").lower().split()))
        return named is not None and named.name(address, groups)

    def may_anywhere(self, address: str, groups: frozenset[tuple[str, str]]) -> bool:
        """Whether there is any asset that someone may annotate."""
        return self.may(address, groups, None) or any(named.name(address, groups) for named in self.projects.values())


EVERYONE = Annotators(Names(), {})
"""No list: everyone who may log in."""


def read_administrators(value: str) -> Names | None:
    """Such a list of people, without projects, in QC_PORTAL_ADMINISTRATORS; None for no list. Raises BadSetting."""
    return _names(value, "QC_PORTAL_ADMINISTRATORS") if value.strip() else None


def read_annotators(value: str) -> Annotators:
    """The list of the environment. Raises BadSetting that names what cannot be understood."""
    everywhere = Names()
    projects: dict[str, Names] = {}
    for part in value.split(";"):
        project = _PROJECT.fullmatch(part)
        if project:
            projects[" ".join(project[1].lower().split())] = _names(project[2])
        elif part.strip():
            everywhere = _names(part)
    return Annotators(everywhere, projects)


def _names(value: str, variable: str = "QC_PORTAL_ANNOTATORS") -> Names:
    addresses, domains, groups = set(), set(), set()
    for word in (word.strip() for word in value.replace("\n", ",").split(",")):
        domain, claim = _DOMAIN.fullmatch(in_lower_case(word)), _CLAIM.fullmatch(word)
        if claim:
            groups.add((claim[1], claim[2].strip()))
        elif _ADDRESS.fullmatch(word):
            addresses.add(in_lower_case(word))
        elif domain:
            domains.add(domain[1])
        elif word:
            raise BadSetting(
                f"{variable} names {word!r}, which is not an address, domain or group.",
                "Write ada@example.org, example.org or groups=qc-team, with commas between them.",
            )
    if not (addresses or domains or groups):
        raise BadSetting(f"{variable} has a part that names nobody.", "Take it out, or name someone.")
    return Names(frozenset(addresses), frozenset(domains), frozenset(groups))
