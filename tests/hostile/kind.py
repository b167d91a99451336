"""kind - a kind of hostile file: how one is made, how many there are, and the statuses that are right for it."""
import random
from collections import namedtuple

# MAKE gives the bytes of number N, from 0. STATUSES: the words of the ledger that are right, "sheet" for both good ones.
# LOSES: what is lost cannot be told by anybody (a flipped bit), so that its items are not looked at. DEEP: the numbers that
# take seconds, and are left to ./dev proof.
Kind = namedtuple("Kind", "ending make count statuses loses deep")

SHEET = ("ok", "ok-with-warnings")


def kinds_of(ending, made):
    """A decorator: the function below, KIND's maker, goes into MADE."""
    def kind(statuses, count=8, loses=False, ending=ending, deep=()):
        words = tuple(word for one in statuses.split() for word in (SHEET if one == "sheet" else (one,)))

        def mark(make):
            made[make.__name__.replace("_", "-")] = Kind(ending, make, count, words, loses, frozenset(deep))
            return make
        return mark
    return kind


def chance(*seed):
    """A source of chance that is the same on every run."""
    return random.Random(repr(seed))
