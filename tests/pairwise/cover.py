"""A covering array: few rows of values, one a factor, in which every pair of values of two factors
occurs. Greedy, a row at a time, as AETG does it; the same rows for the same seed."""
import itertools
import random


def pairs_of(row):
    return set(itertools.combinations(sorted(row.items()), 2))


def best_row(factors, missing, rng):
    """The one of some candidates that covers the most of what is missing; each begins with a pair of
    that."""
    best = None
    for _ in range(12):
        row = dict(rng.choice(missing))
        order = [f for f in factors if f not in row]
        rng.shuffle(order)
        left = set(missing)
        for factor in order:
            def gain(value, factor=factor):
                new = (factor, value)
                return sum(tuple(sorted((new, old))) in left for old in row.items())
            values = list(factors[factor])
            rng.shuffle(values)
            row[factor] = max(values, key=gain)
        covered = pairs_of(row) & left
        if best is None or len(covered) > len(best[1]):
            best = (row, covered)
    return best[0]


def rows(factors, seed):
    """`factors` maps names to lists of texts."""
    rng, out = random.Random(seed), []
    missing = sorted({p for a, b in itertools.combinations(sorted(factors), 2)
                      for p in itertools.product([(a, v) for v in factors[a]],
                                                 [(b, v) for v in factors[b]])})
    while missing:
        row = best_row(factors, missing, rng)
        out.append(row)
        covered = pairs_of(row)
        missing = [p for p in missing if p not in covered]
    return out
