"""Addresses of a login are compared as the provider gives them, or refused."""

from typing import Any

import pytest

from qc_core.identity.permissions import Allowed, Refused, may_annotate, person_of_claims
from tests.qc_core.identity.test_permissions import CLAIMS, NOW, login


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("eve@evil.org@example.org", "more than one @"),
        ("ada@example.org@", "more than one @"),
        ("ada@exam\u200bple.org", "cannot be seen"),
        ("ada\u3164@example.org", "cannot be seen"),
        ("ada\ufe0f@example.org", "cannot be seen"),
        ("ada@example.org\n", "cannot be seen"),
        (" ada@example.org", "cannot be seen"),
        ("a\x00da@example.org", "cannot be seen"),
        ("ada\ud800@example.org", "cannot be seen"),
        ("x" * 65 + "@example.org", "too long"),
        ("ada@" + "x" * 64 + ".example.org", "too long"),
        ("ada@" + "x." * 130 + "example.org", "too long"),
        ("ada@example.org" + "x" * 200, "too long"),
        ("@example.org", "a name and a host"),
        ("example.org", "a name and a host"),
        ("ada@.example.org", "empty part"),
    ],
)
def test_an_address_that_is_no_plain_address_is_refused_and_not_repaired(address: Any, fault: str) -> None:
    at = login("example.org, ada@example.org")
    person = person_of_claims(CLAIMS | {"email": address}, at)
    refused = may_annotate(person, at, NOW)
    assert person.address == "" and isinstance(refused, Refused)
    assert "The address that the login gave is not used: " in refused.reason and fault in refused.reason


@pytest.mark.parametrize(
    "address",
    [
        "ada@\u212aelvin.org",
        "ada@KELVIN.org.evil.org",
        "ad\u0430@elsewhere.org",
        "ada@kelvin\uff0eorg",
        "ada@\uff4belvin.org",
    ],
)
def test_letters_that_only_look_like_those_of_the_list_are_other_letters(address: str) -> None:
    at = login("kelvin.org, ada@elsewhere.org")
    assert isinstance(may_annotate(person_of_claims(CLAIMS | {"email": address}, at), at, NOW), Refused)
    assert isinstance(may_annotate(person_of_claims(CLAIMS | {"email": "Ada@KELVIN.org"}, at), at, NOW), Allowed)
