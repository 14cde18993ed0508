"""One contender in a process of its own: `python -m helpers.bench.worker NAME`.

Reads tasks from stdin and answers on stdout, one line of JSON each. A task that is new is
prepared and run once unmeasured first.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import warnings

from . import digits, worked

RACES = {"digits": digits.CONTENDERS, "worked": worked.CONTENDERS}


def peak_memory() -> float | None:
    """The largest resident memory of this process so far, in MB; None where it is not told."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def measure(run) -> tuple[float, dict]:
    gc.collect()
    start = time.perf_counter()
    finish = run()
    seconds = time.perf_counter() - start
    return seconds, finish()


def serve(name: str, lines, answer) -> None:
    prepared = {}
    for line in lines:
        task = json.loads(line)
        make = RACES[task["race"]][name]
        before = None
        if line not in prepared:
            try:
                prepared[line] = make(task)
            except ImportError as error:
                answer({"missing": error.name or str(error)})
                continue
            before = peak_memory()
            measure(prepared[line])
        seconds, outcome = measure(prepared[line])
        after = peak_memory()
        added = None if before is None else after - before
        answer({"seconds": seconds, "peak": after, "added": added, **outcome})


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    serve(sys.argv[1], sys.stdin, lambda reply: print(json.dumps(reply), flush=True))
