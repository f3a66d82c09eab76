"""Many readers of different rights at once on a dashboard with sign-in: ``python -m tests.faults.rights [READERS]``.

Each signs in with a provider on this machine, as a browser does, and goes through all pages, those that are not for
them too. What each is shown must be, word for word, table for table and drawing for drawing, what one of the same right
is shown on a server where nobody else has been; nobody may be shown another person, and no viewer another municipality.
"""

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import numpy as np

from benchmarks.client import Shown, reader
from benchmarks.sessions import Figures
from evaluation.access import Role
from evaluation.dashboard.navigation import PAGES
from evaluation.definitions import load_library
from evaluation.i18n import Translator
from evaluation.samples import load_samples
from evaluation.store import open_store
from tests.browser.provider import Signed, signed

T = Translator("fi")
LANGUAGE = {"Accept-Language": "fi"}
# The first two share a practice.
TOWNS = ("Parkano", "Kihniö", "Nokia", "Tampere", "Lempäälä")
ROLES: Mapping[str, Role] = {
    **{f"viewer{number}": Role.VIEWER for number in range(len(TOWNS))},
    "contributor": Role.CONTRIBUTOR,
    "coordinator": Role.COORDINATOR,
    "administrator": Role.ADMINISTRATOR,
}
WHO = (*ROLES, "stranger")
# Of whom a right names one municipality.
TOWN = dict(zip(WHO, TOWNS, strict=False)) | {"contributor": TOWNS[0]}
PEOPLE = {who: {"name": f"Henkilö {number}."} for number, who in enumerate(WHO)}
# The page of settings shows an administrator who signs in meanwhile.
OPENED = {who: [page for page in PAGES if (who, page) != ("administrator", "settings")] for who in WHO}
# Opened again with the name of a municipality in the address: of viewers and the contributor one that is not theirs.
REACHED = ("overview", "practice", "trend")
FOREIGN = {who: TOWNS[(TOWNS.index(TOWN.get(who, TOWNS[0])) + 2) % len(TOWNS)] for who in WHO}


def rules() -> str:
    """Return the file of roles."""
    granted = {who: f", municipalities: [{TOWN[who]}]" if who in TOWN else "" for who in ROLES}
    lines = [f"  {who}: {{role: {role.name.lower()}{granted[who]}}}" for who, role in ROLES.items()]
    return "\n".join(["people:", *lines])


async def sign_in(served: Signed, who: str) -> Mapping[str, str]:
    """Sign in as a browser does: press the button, say who one is to the provider, come back; return the cookies."""
    async with httpx.AsyncClient(base_url=served.address, follow_redirects=True, timeout=600) as browser:
        one = await reader(_port(served), LANGUAGE)
        (button,) = (await one.open("start")).all("button")
        await one.choose("trigger_value", button, True)
        await one.socket.close()
        form = await browser.get(one.sent_to)
        await browser.post(form.url, data={"sub": who})
        await browser.get("/_stcore/health")
        return {cookie.name: str(cookie.value) for cookie in browser.cookies.jar if cookie.domain == "127.0.0.1"}


async def journey(served: Signed, who: str, cookies: Mapping[str, str]) -> Mapping[str, Shown]:
    """Open every page, some once more with a municipality in the address; return what each showed."""
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = LANGUAGE | {"Cookie": told, "Origin": served.address}
    one = await reader(_port(served), headers, cookies["_streamlit_xsrf"])
    shown = {page: await one.open(page) for page in OPENED[who]}
    shown |= {f"{page} {FOREIGN[who]}": await one.open(page, f"municipality={FOREIGN[who]}") for page in REACHED}
    await one.socket.close()
    return shown


def unlike(who: str, steps: Mapping[str, Shown], alone: Mapping[str, Shown]) -> Iterator[str]:
    """Say what somebody was shown that is an error, or is not theirs."""
    role = ROLES.get(who)
    others = [town for town in TOWNS if (who in TOWN or role is None) and town != TOWN.get(who)]
    for step, shown in steps.items():
        page = step.partition(" ")[0]
        yield from (f"{who} {step}: {message}" for message in shown.exceptions)
        if shown.texts != alone[step].texts:
            yield f"{who} {step}: not what one alone is shown"
        everything = "\n".join(shown.texts)
        yield from (f"{who} {step}: {other}" for other in others if other in everything)
        people = [name for name, told in PEOPLE.items() if str(told["name"]) in everything]
        if people != [who]:
            yield f"{who} {step}: the name of {people}"
        refused = T("access.role_refused") in everything
        if refused is not (role is not None and role < PAGES[page][1]):
            yield f"{who} {step}: {'refused' if refused else 'not refused'}"


async def visit(served: Signed, number: int, alone: Mapping[str, Mapping[str, Shown]]) -> Figures:
    """Let so many readers go their ways at once, of the rights that somebody ``alone`` had in turn."""
    figures, rights = Figures(), list(alone)

    async def go(who: str) -> None:
        steps = await journey(served, who, await sign_in(served, who))
        figures.seconds += [shown.seconds for shown in steps.values()]
        figures.unlike += unlike(who, steps, alone[who])

    await asyncio.gather(*(go(rights[each % len(rights)]) for each in range(number)))
    return figures


async def _by_oneself(served: Signed, who: str) -> Mapping[str, Shown]:
    return await journey(served, who, await sign_in(served, who))


def run(number: int, database: Path, folder: Path, rights: Sequence[str] = WHO) -> Figures:
    """Serve ``database`` with sign-in, to one of each of ``rights`` alone, then to so many readers at once."""
    alone = {}
    for who in rights:
        own = Path(shutil.copy(database, folder / f"{who}.duckdb"))
        with signed(own, folder, PEOPLE, rules()) as served:
            alone[who] = asyncio.run(_by_oneself(served, who))
    figures = Figures(unlike=[said for who in rights for said in unlike(who, alone[who], alone[who])])
    with signed(database, folder, PEOPLE, rules()) as served:
        together = asyncio.run(visit(served, number, alone))
    return Figures(together.seconds, figures.unlike + together.unlike)


def _port(served: Signed) -> int:
    return int(served.address.rpartition(":")[2])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="?", type=int, default=50)
    number = parser.parse_args().readers
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "sample.duckdb"
        load_samples(open_store(f"duckdb:///{database.as_posix()}"), load_library())
        figures = run(number, database, Path(folder))
    middle, most = np.quantile(figures.seconds, [0.5, 0.95])
    print(
        f"{number} readers of {len(WHO)} rights, {len(figures.seconds)} reruns: median {middle:.2f} s, "
        f"95 % within {most:.2f} s; not their own: {len(figures.unlike)}",
        *figures.unlike,
        sep="\n",
    )


if __name__ == "__main__":
    main()
