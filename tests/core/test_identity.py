from pathlib import Path

import pytest

from qc_core.identity import Allowed, Person, Refused, local_person, may_annotate
from qc_core.settings import Settings

ADA = Person("Ada Lovelace")
VERIFIED = Person("Ada Lovelace", verified=True)


def settings(address="localhost", reviewer=None, read_only=False):
    return Settings(Path("assets"), Path("state"), reviewer, read_only, None, address)


def test_the_local_person_is_the_configured_name_else_the_login_name():
    assert local_person(settings(reviewer="Ada Lovelace"), "ada") == ADA
    assert local_person(settings(), "ada") == Person("ada")


def test_the_local_person_is_not_vouched_for():
    assert not local_person(settings(reviewer="Ada Lovelace"), "ada").verified


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_on_loopback_the_local_person_signs(address):
    assert may_annotate(ADA, settings(address)) == Allowed(ADA)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "10.0.0.7", "lab-server"])
def test_elsewhere_only_a_login_lets_anyone_sign(address):
    assert isinstance(may_annotate(ADA, settings(address)), Refused)
    assert may_annotate(VERIFIED, settings(address)) == Allowed(VERIFIED)


@pytest.mark.parametrize("person", [ADA, VERIFIED])
def test_read_only_refuses_everyone_and_says_who_set_it(person):
    assert "QC_PORTAL_READ_ONLY" in may_annotate(person, settings(read_only=True)).reason
    assert "You chose" in may_annotate(person, settings(), read_only_chosen=True).reason


@pytest.mark.parametrize("person", [None, Person(""), Person("  ", verified=True)])
def test_nobody_cannot_sign(person):
    assert "QC_PORTAL_REVIEWER" in may_annotate(person, settings()).reason
