"""Who may see and change what on a shared server: roles, where they come from, and a store that holds to them."""

from evaluation.access.access import LAPTOP, Access, AccessRefused, Role
from evaluation.access.browser_keys import BrowserKeys
from evaluation.access.claims import SLACK, NobodyKnown, NotSignedIn, Person, access_of, person_of
from evaluation.access.configuration import SignIn
from evaluation.access.guarded_store import GuardedStore
from evaluation.access.network_access import ServerNames, may_listen
from evaluation.access.rules import Rules, load_rules
from evaluation.access.sample_store import SampleStore, seeing_all

__all__ = [
    "LAPTOP",
    "SLACK",
    "Access",
    "AccessRefused",
    "BrowserKeys",
    "GuardedStore",
    "NobodyKnown",
    "NotSignedIn",
    "Person",
    "Role",
    "Rules",
    "SampleStore",
    "ServerNames",
    "SignIn",
    "access_of",
    "load_rules",
    "may_listen",
    "person_of",
    "seeing_all",
]
