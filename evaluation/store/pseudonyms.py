"""Names that stand for codes and forms in one file or export, by a key that is thrown away with it."""

import hashlib
import secrets

KEY_BYTES = 32


def new_key() -> bytes:
    """Return a key that nobody can guess and that nothing keeps."""
    return secrets.token_bytes(KEY_BYTES)


def pseudonym(key: bytes, length: int, *parts: object) -> str:
    """Return ``length`` bytes of the keyed hash of ``parts``, as hexadecimal digits."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode(), key=key, digest_size=length).hexdigest()
