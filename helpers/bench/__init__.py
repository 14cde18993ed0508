"""Races against what a reader would use instead: `python -m helpers bench`.

Every contender runs in a process of its own, with one thread. They take turns, run by run, so
that whatever else the machine does slows all of them; medians and their ratios are shown.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
MAIN = ("ours", "ours, E every epoch", "matrix products alone", "plain NumPy", "scikit-learn",
        "PyTorch float32", "PyTorch float64")  # fmt: skip
TABLE = ("ours", "matrix products alone", "plain NumPy", "scikit-learn", "PyTorch float32")
# Hidden layers, batch, epochs: enough of them that E before and after weighs little.
SHAPES = (
    ([32], 1, 3), ([32], 256, 40), ([128], 32, 15), ([512], 32, 10), ([32] * 2, 32, 15),
    ([32] * 4, 32, 15),
)  # fmt: skip


class Contender:
    """A worker process and what it reported."""

    def __init__(self, name: str):
        self.name, self.missing = name, None
        command = [sys.executable, "-m", "helpers.bench.worker", name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **ONE_THREAD},
            start_new_session=True,  # Ctrl-C is for us; a worker would answer with a traceback
        )  # fmt: skip

    def run(self, task: dict) -> dict | None:
        """One timed run, or None if its package is not installed."""
        print(json.dumps(task), file=self.process.stdin, flush=True)
        reply = self.process.stdout.readline()
        if not reply:
            raise RuntimeError(f"The process of {self.name} ended; its message stands above.")
        reply = json.loads(reply)
        self.missing = reply.get("missing")
        return None if self.missing else reply

    def close(self) -> None:
        with self.process:
            self.process.kill()


def race(task: dict, names, repeats: int, processes: dict) -> dict[str, dict]:
    """Interleaved runs: name -> median seconds, all seconds, and the other values reported."""
    for name in names:
        processes.setdefault(name, Contender(name))
    runs = {name: [] for name in names}
    for _ in range(repeats):
        for name in names:
            if not processes[name].missing and (reply := processes[name].run(task)):
                runs[name].append(reply)
    return {name: _summary(replies) for name, replies in runs.items() if replies}


def _summary(replies: list[dict]) -> dict:
    seconds = [reply["seconds"] for reply in replies]
    others = {key: value for key, value in replies[0].items() if key != "seconds"}
    return {"median": statistics.median(seconds), "seconds": seconds, **others}


def _ratio(result: dict, name: str) -> float:
    return result[name]["median"] / result["ours"]["median"]


def _row(name, result, *cells) -> str:
    ratio = f"{_ratio(result, name):.2f}" if "ours" in result else ""
    line = f"| {name:<22} | {result[name]['median'] * 1e3:>10.1f} | {ratio:>10} |"
    return line + "".join(f" {cell:>10} |" for cell in cells)


def _head(*cells: str) -> str:
    rest = "".join(f" {cell:>10} |" for cell in cells)
    rule = f"|{'-' * 24}|" + ("-" * 11 + ":|") * (len(cells))
    return f"| {'contender':<22} |{rest}\n{rule}"


def _cell(value, digits=1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def show_digits(result: dict, task: dict) -> None:
    print(f"\nDigits, 64-32-10, batch 32, momentum 0.9, {task['epochs']} epochs")
    print(_head("ms", "x ours", "accuracy", "peak MB", "run's MB"))
    for name, r in result.items():
        accuracy = _cell(r.get("accuracy"), 4)
        print(_row(name, result, accuracy, _cell(r["peak"]), _cell(r["added"])))
    print("peak MB: most resident memory of the process, with its imports. run's MB: how much the")
    print("first two runs raised that; what the imports had needed and freed is not counted.")


def show_shapes(rows: list) -> None:
    runs = len(rows[0][1]["ours"]["seconds"])
    print(f"\nOther shapes, median of {runs} runs: ms per epoch of ours, then the others as")
    print("multiples of ours")
    print(_head("batch", *(name.split()[0] for name in TABLE)))
    for (hidden, batch, epochs), result in rows:
        name = "-".join(map(str, (64, *hidden, 10)))
        ours = f"{result['ours']['median'] / epochs * 1e3:.2f}"
        ratios = [f"{_ratio(result, n):.2f}" if n in result else "" for n in TABLE[1:]]
        cells = "".join(f" {cell:>10} |" for cell in (batch, ours, *ratios))
        print(f"| {name:<22} |{cells}")


def show_worked(result: dict, task: dict) -> None:
    runs = len(result["ours"]["seconds"])
    print(f"\nWorked example, 2-2-2, {task['updates']} updates, every bias trained, {runs} runs")
    print(_head("ms", "x ours", "final E"))
    for name, r in result.items():
        print(_row(name, result, f"{r['E']:.4e}"))


def _environment() -> dict:
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in ("numpy", "scikit-learn", "torch", "micrograd"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def _parse(argv):
    parser = argparse.ArgumentParser(prog="python3 -m helpers bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer epochs and runs")
    parser.add_argument("--json", metavar="FILE", help="write every number to FILE as well")
    parser.add_argument("--only", choices=("digits", "shapes", "worked"), help="one race only")
    parser.add_argument("--repeats", type=int, metavar="N", help="runs of each contender")
    return parser.parse_args(argv)


def main(argv=None) -> int:
    options = _parse(argv)
    repeats = max(1, options.repeats or (3 if options.quick else 9))
    environment, processes, results = _environment(), {}, {}
    print(", ".join(f"{name} {v or 'not installed: skipped'}" for name, v in environment.items()))
    print(f"One process each, one thread, taking turns; medians of {repeats} runs", flush=True)
    try:
        if options.only in (None, "digits"):
            task = {"race": "digits", "hidden": [32], "batch": 32}
            task["epochs"] = 5 if options.quick else 30
            results["digits"] = race(task, MAIN, repeats, processes)
            show_digits(results["digits"], task)
        if options.only in (None, "shapes"):
            few, rows = (repeats + 1) // 2, []
            for hidden, batch, epochs in SHAPES:
                epochs = 1 if options.quick else epochs
                task = {"race": "digits", "hidden": hidden, "batch": batch, "epochs": epochs}
                rows.append(((hidden, batch, epochs), race(task, TABLE, few, processes)))
            results["shapes"] = [{"shape": shape, **result} for shape, result in rows]
            show_shapes(rows)
        if options.only in (None, "worked"):
            task = {"race": "worked", "updates": 1_000 if options.quick else 10_000}
            fresh = ("ours", "micrograd", "PyTorch")
            results["worked"] = race(task, fresh, max(1, repeats // 2), processes)
            show_worked(results["worked"], task)
    finally:
        for contender in processes.values():
            contender.close()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"environment": environment, **results}, file, indent=1)
    return 0
