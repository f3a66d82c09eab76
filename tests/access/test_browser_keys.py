"""A key counts once, and the cookie for it is known by whoever has the secret."""

import pytest

from evaluation.access import BrowserKeys

KEYS = BrowserKeys(b"secret of the owner")
COOKIE = KEYS.set_cookie.partition(";")[0]


def test_a_key_counts_once() -> None:
    key, other = KEYS.new_key(), KEYS.new_key()
    assert [KEYS.use(key), KEYS.use(key)] == [True, False]
    assert not KEYS.all_used
    assert [KEYS.use(other), KEYS.use("")] == [True, False]
    assert KEYS.all_used


@pytest.mark.parametrize(
    "headers",
    [[COOKIE], [f"a=1; {COOKIE}"], ["a=1", COOKIE], [f'odd={{"json": "x"}}; {COOKIE};b'], [f"{COOKIE}; {KEYS.name}=x"]],
)
def test_the_cookie_is_known_among_those_of_other_servers_of_the_machine(headers: list[str]) -> None:
    assert KEYS.has_cookie(headers)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [""],
        [KEYS.name],
        [f"{KEYS.name}="],
        [f"{COOKIE}0"],
        [COOKIE[:-1]],
        [f"other{COOKIE}"],
        ["ä=☃"],
        [f"a={COOKIE}"],
    ],
)
def test_nothing_else_is(headers: list[str]) -> None:
    assert not KEYS.has_cookie(headers)


def test_the_cookie_is_that_of_one_secret_alone() -> None:
    assert BrowserKeys(b"secret of the owner").has_cookie([COOKIE]), "a bookmark works after a restart"
    other = BrowserKeys(b"of another database")
    assert not other.has_cookie([COOKIE, COOKIE.replace(KEYS.name, other.name)])


def test_no_script_reads_the_cookie_and_no_page_of_another_site_sends_it() -> None:
    assert "HttpOnly" in KEYS.set_cookie
    assert "SameSite=Lax" in KEYS.set_cookie
