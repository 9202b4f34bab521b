from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.references.markdown import is_own_host, may_be_loaded, remove_links, with_safe_addresses

OWN = {"qc.example.org"}


@pytest.mark.parametrize(
    "text",
    [
        "Pass when below 10 µm. **Bold**, `code`, $x^2$, [a link](https://example.org/login) and https://example.org.",
        "![drift](https://example.org/drift.png?a=1&b=2)",
        "![drift](/files/record/0123456789/drift%20map.png)",
        "![](/converted/record/0123456789/a.tif?low=1&high=99)",
        "[![badge](https://example.org/badge.svg)](https://example.org/)",
        "[the asset](/view?name=a) and [this page](#top) and [a table][1]\n\n[1]: /view?name=b",
        "http://192.168.1.5/auth/logout",
        "!important [x]",
    ],
)
def test_allowed_pictures_and_links_stay_as_they_are(text: str) -> None:
    assert with_safe_addresses(text, OWN) == text


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/auth/logout",
            "auth/logout",
            "./auth/logout",
            "../auth/logout",
            "/%61uth/logout",
            "//qc.example.org/auth/logout",
        ),
        *("/healthz", "/metrics", "/login?next=/", "/_stcore/health", "/view?name=x", "?name=x", "#x", "x.png", "/"),
        *("https://qc.example.org/auth/logout", "https://QC.example.org./a.png", "http://localhost:8501/auth/logout"),
        *("http://127.0.0.1/a", "http://127.1/a", "http://2130706433/a", "http://0x7f000001/a", "http://[::1]/a"),
        *(
            "http://0/a",
            "http://a.localhost/x",
            "http://evil.example@localhost/a",
            "https:/auth/logout",
            "https:auth/x",
        ),
        *("/files/../auth/logout", "/files/%2e%2e/auth/logout", "/files/x/..%2f..%2fauth/logout", "/files\\..\\auth"),
        *(
            "/\\localhost/auth",
            "\\/auth/logout",
            "&#47;auth/logout",
            "http://ⓛocalhost/a",
            "/files/%252e%252e/auth/logout",
        ),
    ],
)
def test_no_picture_loads_an_address_of_the_portal_but_a_figure(address: Any) -> None:
    assert not may_be_loaded(address, OWN)
    for text in (
        f"![x]({address})",
        f"![x](<{address}>)",
        f'![x]( {address} "title")',
        f"![x][1]\n\n[1]: {address}",
        f"![1]\n\n[1]: <{address}>",
        f"[![x]({address})](https://example.org)",
        f"![a [b] c]({address})",
        f"![a\nb]({address})",
        f"![`](https://example.org/ok)`]({address})",
        f"![<a](https://example.org/ok)>]({address})",
        f"![$](https://example.org/ok)$]({address})",
        f"![![x]({address})](https://example.org/ok.png)",
        f"![x]({address} 'a title' )",
    ):
        for picture in with_safe_addresses(text, OWN).split("![")[1:]:
            words, _, rest = picture.partition("](")
            assert rest.startswith("https://example.org/ok") and not set(words) & set("[]<>`$\\")


@pytest.mark.parametrize(
    "text",
    [
        "[x](/auth/logout)",
        "[x](auth/logout)",
        "[x]( </auth/logout> )",
        "[x](/%61uth/logout)",
        "[x](\\/auth\\/logout)",
        "[x](&#47;auth&sol;logout)",
        "[x](https://qc.example.org/auth/logout)",
        "[x](//qc.example.org/view/../auth/logout)",
        "[x][1]\n\n[1]: /auth/logout",
        "<https://qc.example.org/auth/logout>",
        "See https://qc.example.org/auth/logout now",
        "http://localhost:8501/login?next=/",
        "[x](/oauth2callback?code=1)",
    ],
)
def test_no_link_logs_in_or_out(text: str) -> None:
    safe = with_safe_addresses(text, OWN)
    assert safe != text
    assert safe.replace("\u2060", "") == text


def test_a_picture_by_a_reference_is_written_out() -> None:
    text = "![drift map][1] and ![Map]\n\n[1]: https://example.org/a.png\n[map]: </files/r/d/b.png> 'title'"
    safe = with_safe_addresses(text)
    assert "![drift map](https://example.org/a.png) and ![Map](/files/r/d/b.png)" in safe


def test_words_of_a_picture_cannot_change_where_it_ends() -> None:
    assert with_safe_addresses("![a [b] `c`](https://example.org/a.png)") == "![a  b   c ](https://example.org/a.png)"


def test_links_and_pictures_are_their_labels_where_no_markdown_is_drawn() -> None:
    assert (
        remove_links("See [the notes](https://example.org/a) and ![a map](figures/map.png).")
        == "See the notes and a map."
    )
    assert remove_links("f[0](1 or 2), [open") == "f[0](1 or 2), [open"


@pytest.mark.parametrize("host", ["192.168.1.5", "example.org", "localhost.example.org", "7d.example.org"])
def test_another_host_is_not_ours(host: str) -> None:
    assert not is_own_host(host, OWN)


@given(st.text(alphabet="![]()<>`$\\/:\n authlogut.&#;'\"x"))
def test_no_text_makes_it_fall_over_and_nothing_is_lost(text: Any) -> None:
    safe = with_safe_addresses(text, OWN)
    if "://" not in text and "files" not in text:
        assert safe.replace("\u2060", "") == text and "![" not in safe
