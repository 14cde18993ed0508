"""Execute a notebook in an environment that is the same everywhere, and keep what can be repeated.

The kernel is the Python that runs this; it sees no profile, style or progress of its user. Widget
views are dropped from the outputs: the picture and the text beside them are what is committed.
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from .notebook import joined
from .source import Problem

ROOT = Path(__file__).resolve().parents[2]
NOT_KEPT = "output-not-kept"  # the tag of a cell whose output is the reader's own, such as a time
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CELL_TIMEOUT = 120  # seconds
VERDICT = re.compile(r"^\s*(\d+\.\d+)\s+(solved|not attempted|not yet)\b", re.MULTILINE)

# Output that changes from run to run or with NumPy's version; nbval would then fail for ever.
UNSTABLE = {
    "the address of an object": re.compile(r"\bat 0x[0-9a-fA-F]{6,}"),
    "the repr of a NumPy scalar (it changed with NumPy 2; print a formatted number)":
        re.compile(r"\bnp\.(float|int|bool)\d*_?\("),
}


def kernel_environment(folder):
    """Environment variables for a kernel whose user's settings are those in the empty ``folder``.

    tests' conftest.py uses the same for nbval, so that it runs what was built.
    """
    folder = Path(folder)
    matplotlibrc = folder / "matplotlibrc"
    matplotlibrc.touch()
    path = dict.fromkeys([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MATPLOTLIBRC": str(matplotlibrc),
        "IPYTHONDIR": str(folder / "ipython"),
        "HELPERS_PROGRESS": str(folder / "progress.json"),
        "TQDM_DISABLE": "1",  # a bar shows after a second: never the same twice
    }


# Set by a user or a course server, and of no business here.
FORGOTTEN = ("MPLBACKEND", "NBGRADER_EXECUTION", "PYTHONWARNINGS", "PYTHONSTARTUP")


def run_all(jobs):
    """Execute (notebook, folder) pairs side by side; fills in the outputs. Returns the failures."""

    async def together():
        return await asyncio.gather(*(_run(notebook, folder) for notebook, folder in jobs))

    return asyncio.run(together())


async def _run(notebook, folder):
    """Execute one notebook; None, or one sentence when the kernel did not get to the end."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    node = nbformat.from_dict(notebook)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        client = NotebookClient(
            node, km=_kernel_manager(), timeout=CELL_TIMEOUT, allow_errors=True,
            record_timing=False, store_widget_state=False,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
        )
        kept = {key: value for key, value in os.environ.items() if key not in FORGOTTEN}
        try:
            # The kernel manager is ours, so nbclient has to be told to end the kernel.
            await client.async_execute(env=kept | kernel_environment(home), cleanup_kc=True)
        except CellTimeoutError:
            return f"a cell took longer than {CELL_TIMEOUT} seconds"
        except DeadKernelError:
            return "the kernel died"
    for cell, done in zip(notebook["cells"], node.cells, strict=True):
        if cell["cell_type"] == "code":
            own = NOT_KEPT in cell["metadata"].get("tags", ())
            cell["outputs"] = [] if own else clean(done.outputs)
    return None


def _kernel_manager():
    """A kernel of this very Python, whatever kernels the user has registered under its name."""
    from ipykernel.kernelspec import RESOURCES, get_kernel_dict
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpecManager

    class OwnKernel(KernelSpecManager):
        def get_kernel_spec(self, kernel_name):
            return self.kernel_spec_class(resource_dir=RESOURCES, **get_kernel_dict())

    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=OwnKernel())


def clean(outputs):
    """Outputs as plain dicts: streams of one name joined, widget views dropped."""
    kept, streams = [], {}
    for output in map(_plain, outputs):
        kind = output["output_type"]
        if kind == "stream" and output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
            continue
        if kind == "stream":
            streams[output["name"]] = output
        for part in ("data", "metadata"):
            output.get(part, {}).pop(WIDGET_VIEW, None)
        kept.append(output)
    return kept


def _plain(node):
    return {key: _plain(value) if isinstance(value, dict) else value for key, value in node.items()}


def output_problems(notebook, lines, which):
    """What is wrong with the outputs of an executed notebook; ``lines`` are the cells' lines."""
    problems = []
    for cell, line in zip(notebook["cells"], lines, strict=True):
        # Below a stub the lines of the cell are not those of the source.
        shifted = "checksum" in cell["metadata"].get("nbgrader", ())
        for output in cell.get("outputs", ()):
            problems += [
                Problem(line + (0 if shifted else offset), f"{which}: {why}")
                for offset, why in _faults(output)
            ]
    return problems


def _faults(output):
    """(lines below the start of the cell, reason) for one output."""
    kind, data = output["output_type"], output.get("data", {})
    if kind == "error":
        trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output["traceback"]))
        at = re.search(r"Cell In\[\d+\], line (\d+)", trace)
        yield int(at[1]) - 1 if at else 0, f"the cell raises {output['ename']}: {output['evalue']}"
    elif kind == "stream" and output["name"] == "stderr":
        yield 0, f"the cell writes to stderr: {output['text'].strip().splitlines()[0]}"
    elif kind != "stream" and not data:
        yield 0, "the cell shows a widget that has no picture or text beside it"
    for text in (output.get("text"), *data.values()):
        for what, pattern in UNSTABLE.items():
            if isinstance(text, str) and pattern.search(text):
                yield 0, f"the output holds {what}"


def verdict_problems(notebook, exercises, wanted, which):
    """Every check must come to the verdict ``wanted``, for the id that it was asked about."""
    for ex in exercises:
        outputs = notebook["cells"][ex.check]["outputs"]
        texts = [joined(o.get("data", {}).get("text/plain", o.get("text", ""))) for o in outputs]
        found = VERDICT.search("\n".join(texts))
        if not found:
            shown = " ".join(" ".join(texts).split())[:100] or "nothing"
            yield Problem(ex.line, f"{which}: the check of {ex.id} gives no verdict, but: {shown}")
        elif found[1] != ex.id or found[2] != wanted:
            yield Problem(ex.line, f"{which}: the check says '{found[1]} {found[2]}', "
                                   f"it must say '{ex.id} {wanted}'")
