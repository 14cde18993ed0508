"""Is a function several times as fast as another one, on this machine, now?

Both are timed in turn, and of each the shortest time counts, since whatever else the machine does
makes times longer and never shorter. A right answer is over a hundred times as fast as what it is
compared to, and a few times are asked for, so that a busy machine does not refuse it.
"""

import time

ROUNDS, MORE = 3, 2
RUNS = 4  # of the fast one in each round, or as many as fit into the time of the slow one


def is_faster(function, slow, make, times):
    """Is function(*make()) at least `times` as fast as slow(*make())?"""
    arguments = make()
    own, other = [], []
    for round in range(ROUNDS + MORE):
        other.append(seconds(slow, arguments))
        spent = 0.0
        for _ in range(RUNS):
            own.append(seconds(function, arguments))
            spent += own[-1]
            if spent > other[-1]:
                break
        if round >= ROUNDS - 1 and times * min(own) <= min(other):
            return True
        if round >= ROUNDS - 1 and 2 * min(own) > min(other):
            return False
    return False


def seconds(function, arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start
