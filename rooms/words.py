"""Room words, keys and the tokens of browsers: drawn by chance, and kept as hashes where they open something."""

import hashlib
import re
import secrets

CONSONANTS, VOWELS = "bcdfghjklmnprstvyz", "aeou"
"""Letters that English and Turkish share and that look alike in no typeface; no i, whose capital differs."""
SYLLABLES = 3
WORDS = (len(CONSONANTS) * len(VOWELS)) ** SYLLABLES
WORD = re.compile(f"(?:[{CONSONANTS}][{VOWELS}]){{{SYLLABLES}}}")
COOKIE = "overshoot_visitor"
"""Under this name a browser keeps its token."""
TOKEN_BYTES = 24
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def new_word() -> str:
    """Return a word of six letters that can be said aloud, one of 373,248."""
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _syllable in range(SYLLABLES))


def read_word(text: str) -> str:
    """Return the room word that somebody typed, in small letters; raise ValueError where it is none."""
    word = text.strip().lower()
    if not WORD.fullmatch(word):
        raise ValueError(text)
    return word


def new_token() -> str:
    """Return a token that nobody can guess: 192 random bits, in 32 letters that an address can hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: object) -> bool:
    """Return whether something has the form of a token."""
    return isinstance(text, str) and TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """Return what is kept of a token: from its hash nobody gets it back."""
    return hashlib.sha256(token.encode()).hexdigest()
