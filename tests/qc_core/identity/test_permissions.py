"""Who may annotate, view and upload: one table for the screen, the routes, and the write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadSetting
from qc_core.identity.permissions import (
    Allowed,
    Person,
    Refused,
    draft_owner,
    local_person,
    login_of,
    make_typed_person,
    may_annotate,
    may_see_waiting,
    may_upload,
    may_view,
    person_of_claims,
    who_may_annotate,
)
from qc_core.settings.annotators import read_administrators, read_annotators
from qc_core.settings.model import Settings

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ADA = Person("Ada Lovelace")
CLAIMS = {
    "iss": "https://login.example.org",
    "sub": "123",
    "name": "Ada Lovelace",
    "email": "Ada@Example.org",
    "exp": NOW.timestamp() + 600,
    "groups": ["qc", "mfish"],
}


def settings(
    address: str = "localhost", reviewer: Any = None, read_only: bool = False, annotators: str = "", **more: Any
) -> Settings:
    listed = read_annotators(annotators)
    return Settings(Path("assets"), Path("state"), reviewer, read_only, None, address, annotators=listed, **more)


def login(annotators: str = "", **more: Any) -> Any:
    return settings("0.0.0.0", annotators=annotators, oidc_client_id="qc", **more)


def build_login(at: Any = None, **more: Any) -> Any:
    return person_of_claims(CLAIMS | more, at or login("groups=none-of-them"))


def test_the_local_person_is_the_configured_name_else_the_login_name() -> None:
    assert local_person(settings(reviewer="Ada Lovelace"), "ada") == ADA
    assert local_person(settings(), "ada") == Person("ada")
    assert not local_person(settings(reviewer="Ada Lovelace"), "ada").verified


def test_waiting_drafts_are_seen_by_administrators_or_where_none_are_named_by_who_may_annotate() -> None:
    ada = build_login(login())
    assert may_see_waiting(ada, login(), NOW) is None
    assert isinstance(may_see_waiting(None, login(), NOW), Refused)
    assert isinstance(may_see_waiting(ada, login(read_only=True), NOW), Refused)
    named = login(administrators=read_administrators("ada@example.org"), read_only=True)
    assert may_see_waiting(ada, named, NOW) is None, "also where nobody annotates"
    of_group = login(administrators=read_administrators("groups=qc"))
    assert may_see_waiting(build_login(of_group), of_group, NOW) is None
    others = login(administrators=read_administrators("grace@example.org"))
    assert "not among the administrators" in may_see_waiting(ada, others, NOW).reason
    assert may_see_waiting(None, others, NOW).log_in
    assert isinstance(may_see_waiting(ada, named, NOW + timedelta(hours=1)), Refused)
    assert isinstance(may_see_waiting(ADA, settings(administrators=named.administrators), NOW), Refused)
    with pytest.raises(BadSetting, match="QC_PORTAL_ADMINISTRATORS"):
        read_administrators("project: ada@example.org")


def test_a_person_who_may_have_logged_out_is_read_only_until_that_can_be_asked() -> None:
    ada = person_of_claims(CLAIMS, login(), unconfirmed=True)
    assert may_view(ada, login(guests=False), NOW) is None
    assert may_annotate(ada, login(), NOW) == Allowed(ada)
    refused = may_annotate(ada, login(), NOW, at_write=True)
    assert isinstance(refused, Refused) and refused.keeps_drafts and "Try again" in refused.reason
    sure = person_of_claims(CLAIMS, login())
    assert may_annotate(sure, login(), NOW, at_write=True) == Allowed(sure)


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_on_loopback_the_local_person_signs(address: str) -> None:
    assert may_annotate(ADA, settings(address), NOW) == Allowed(ADA)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "10.0.0.7", "lab-server"])
def test_elsewhere_only_a_login_or_a_trusted_network_lets_anyone_sign(address: str) -> None:
    assert "no login" in may_annotate(ADA, settings(address), NOW).reason
    assert isinstance(may_annotate(ADA, settings(address, trust_network=True), NOW), Allowed)
    verified = build_login()
    assert may_annotate(verified, settings(address, oidc_client_id="qc"), NOW) == Allowed(verified)


def test_nobody_else_signs_where_a_login_is_set_whatever_the_portal_listens_on() -> None:
    for address in ("localhost", "0.0.0.0"):
        for someone in (None, ADA, make_typed_person("Ada")):
            refused = may_annotate(someone, settings(address, oidc_client_id="qc", trust_network=True), NOW)
            assert refused == Refused("You are a guest. Log in to annotate.", log_in=True)


@pytest.mark.parametrize("person", [ADA, build_login()])
def test_read_only_refuses_everyone_and_names_who_set_it(person: Any) -> None:
    assert "QC_PORTAL_READ_ONLY" in may_annotate(person, settings(read_only=True), NOW).reason
    assert "You switched" in may_annotate(person, settings(), NOW, read_only_chosen=True).reason


@pytest.mark.parametrize("person", [None, Person(""), Person("  ", verified=True)])
def test_nobody_cannot_sign(person: Any) -> None:
    assert "QC_PORTAL_REVIEWER" in may_annotate(person, settings(), NOW).reason
    assert "Enter your name" in may_annotate(person, settings(trust_network=True), NOW).reason


def test_a_token_without_a_name_cannot_sign() -> None:
    refused = may_annotate(build_login(name="", email=None), login(), NOW)
    assert "gave no name" in refused.reason


def test_a_typed_name_is_marked_and_the_mark_cannot_be_typed_away_or_twice() -> None:
    assert make_typed_person(" Grace\n Hopper ").name == "Grace Hopper (not verified)"
    assert make_typed_person("Grace (not verified)").name == "Grace (not verified)"
    assert make_typed_person(" (not verified) ") is None
    assert not make_typed_person("Grace").verified


@given(st.text())
def test_a_name_is_one_line_of_readable_letters(text: Any) -> None:
    person = person_of_claims({"sub": "1", "name": text}, login())
    for name in (person.name, (make_typed_person(text) or person).name):
        assert name == " ".join(name.split())
        assert not any(letter < " " or letter in "\u202e\u200b\x7f" for letter in name)


def test_the_claims_make_the_person() -> None:
    ada = person_of_claims(CLAIMS, login("groups=qc"))
    assert (ada.name, ada.verified, ada.address) == ("Ada Lovelace", True, "Ada@Example.org")
    assert ada.groups == {("groups", "qc"), ("groups", "mfish")}
    assert ada.expires_at == NOW + timedelta(seconds=600)
    assert ada.key == "https://login.example.org 123" != person_of_claims(CLAIMS | {"sub": "124"}, login()).key


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 5}, {"name": "Ada"}])
def test_claims_that_name_no_account_are_nobody(claims: Any) -> None:
    assert person_of_claims(claims, login()) is None


def test_two_logins_of_one_person_are_distinguished() -> None:
    assert login_of(CLAIMS | {"iat": 1}) != login_of(CLAIMS | {"iat": 2})


@pytest.mark.parametrize("end", [None, "soon", True, [], 0, NOW.timestamp(), 1e30, float("nan")])
def test_a_login_whose_end_is_over_or_cannot_be_read_has_run_out_and_its_drafts_are_kept(end: Any) -> None:
    refused = may_annotate(build_login(exp=end), login(), NOW)
    assert refused == Refused(
        "Your login has expired. Log in again to continue; your drafts are kept.", log_in=True, keeps_drafts=True
    )
    assert may_upload(build_login(exp=end), login(), NOW).log_in


def test_logged_out_person_is_a_guest_and_keeps_no_drafts() -> None:
    ended = person_of_claims(CLAIMS, login(), ended=True)
    assert may_annotate(ended, login(), NOW) == Refused("You are a guest. Log in to annotate.", log_in=True)
    assert may_upload(ended, login(), NOW).log_in


LISTS = {
    "": True,
    "ada@example.org": True,
    "ADA@EXAMPLE.ORG, bob@x.org": True,
    "example.org": True,
    "@example.org": True,
    "groups=qc": True,
    "groups=other": False,
    "roles=qc": False,
    "xample.org": False,
    "ada.example.org": False,
    "bob@example.org": False,
    "Learning mFISH: example.org": False,
    "bob@x.org; Learning mFISH: groups=mfish": False,
}


@pytest.mark.parametrize(("listed", "may"), LISTS.items())
def test_the_list_decides_who_may_annotate_assets_without_a_project(listed: Any, may: Any) -> None:
    at = login(listed)
    assert isinstance(may_annotate(person_of_claims(CLAIMS, at), at, NOW), Allowed) is may


@pytest.mark.parametrize("listed", ["Learning mFISH: example.org", "bob@x.org; learning  mfish: groups=mfish"])
def test_a_list_for_a_project_holds_for_its_assets_alone(listed: str) -> None:
    at = login(listed)
    ada = person_of_claims(CLAIMS, at)
    assert isinstance(may_annotate(ada, at, NOW, project="Learning mFISH"), Allowed)
    refused = may_annotate(ada, at, NOW, project="Ephys Platform")
    assert "not assets of the project Ephys Platform" in refused.reason and "Ask the administrators" in refused.reason
    assert isinstance(may_annotate(ada, at, NOW, anywhere=True), Allowed)


def test_person_not_on_the_list_gets_the_reason_and_whom_to_ask() -> None:
    at = login("elsewhere.org")
    reason = may_annotate(person_of_claims(CLAIMS, at), at, NOW).reason
    assert reason == (
        "You are logged in as Ada Lovelace (Ada@Example.org), who may view this portal but not annotate. "
        "Ask the administrators of this portal to be let in."
    )


def test_an_address_that_the_provider_has_not_verified_counts_for_nothing() -> None:
    at = login("example.org")
    assert isinstance(may_annotate(person_of_claims(CLAIMS | {"email_verified": False}, at), at, NOW), Refused)
    assert isinstance(may_annotate(person_of_claims(CLAIMS | {"email": "ada@evil.org@x"}, at), at, NOW), Refused)


def test_guests_may_view_unless_the_settings_forbid_it() -> None:
    assert may_view(None, settings("0.0.0.0"), NOW) is None
    assert may_view(None, login(), NOW) is None
    closed = login(guests=False)
    assert may_view(build_login(), closed, NOW) is None
    assert may_view(None, closed, NOW).log_in and may_view(ADA, closed, NOW).log_in
    assert "expired" in may_view(build_login(exp=0), closed, NOW).reason


def test_person_who_may_annotate_something_uploads_also_where_it_is_read_only() -> None:
    for person, value in (
        (build_login(), login()),
        (build_login(), login("example.org", read_only=True)),
        (build_login(), login("Learning mFISH: example.org")),
        (ADA, settings()),
        (make_typed_person("Ada"), settings("0.0.0.0", trust_network=True)),
    ):
        assert may_upload(person, value, NOW) is None


def test_nobody_else_uploads() -> None:
    outsider = may_upload(build_login(), login("elsewhere.org"), NOW)
    assert "may view this portal but not annotate" in outsider.reason and not outsider.log_in
    assert may_upload(None, login(), NOW).log_in
    assert may_upload(ADA, settings("0.0.0.0"), NOW)


@pytest.mark.parametrize(
    ("value", "at_the_computer", "words"),
    [
        ({}, ADA, "signs as Ada Lovelace"),
        ({"oidc_client_id": "x"}, Person(""), "Everyone who logs in may annotate."),
        ({"oidc_client_id": "x", "annotators": "example.org"}, Person(""), "The people in QC_PORTAL_ANNOTATORS"),
        ({"trust_network": True, "address": ""}, Person(""), "Everyone who enters a name"),
    ],
)
def test_people_who_may_annotate_are_described_in_a_sentence(value: Any, at_the_computer: Any, words: str) -> None:
    assert words in who_may_annotate(settings(**value), at_the_computer, NOW)


@pytest.mark.parametrize(
    ("value", "at_the_computer", "words"),
    [
        ({"read_only": True, "oidc_client_id": "x"}, ADA, "QC_PORTAL_READ_ONLY"),
        ({"address": ""}, ADA, "has no login"),
        ({}, Person(""), "QC_PORTAL_REVIEWER"),
    ],
)
def test_or_why_nobody_may(value: Any, at_the_computer: Any, words: str) -> None:
    assert words in who_may_annotate(settings(**value), at_the_computer, NOW).reason


def test_signature_with_address_distinguishes_two_people_of_one_name() -> None:
    at = login(sign_with_address=True)
    signed = [
        may_annotate(person_of_claims(CLAIMS | {"email": email}, at), at, NOW).person.name
        for email in ("Ada@Example.org", "ada@elsewhere.org")
    ]
    assert signed == ["Ada Lovelace <Ada@Example.org>", "Ada Lovelace <ada@elsewhere.org>"]
    posing = person_of_claims(CLAIMS | {"name": "Ada Lovelace <ada@example.org>", "email": "eve@x.org"}, at)
    assert posing.name == "Ada Lovelace ada@example.org <eve@x.org>"
    assert person_of_claims(CLAIMS | {"name": ""}, at).name == "Ada@Example.org"
    for without in ({"email": None}, {"email_verified": False}, {"email": "a@b@c"}):
        refused = may_annotate(person_of_claims(CLAIMS | without, at), at, NOW)
        assert isinstance(refused, Refused) and "no verified address to sign with" in refused.reason


def test_guests_own_no_drafts() -> None:
    assert draft_owner(ADA, settings()) == "Ada Lovelace"
    assert draft_owner(ADA, settings("0.0.0.0")) == ""
    assert draft_owner(ADA, settings("0.0.0.0", trust_network=True)) == "Ada Lovelace"
    for at in (settings(), login(), settings("0.0.0.0", trust_network=True)):
        assert draft_owner(None, at) == draft_owner(Person(" "), at) == ""
    assert draft_owner(ADA, login()) == "", "nobody whom no login vouches for"
    assert draft_owner(build_login(), login()) == "https://login.example.org 123"
    assert draft_owner(replace(build_login(), ended=True), login()) == ""
