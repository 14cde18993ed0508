"""A page with labs: what a reader does, and what a reader sees."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat

from . import pages


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of code cells."""
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        cells=[nbformat.v4.new_code_cell(text, id=f"c{i}") for i, text in enumerate(cells)],
    )
    nbformat.write(notebook, path)
    return path


NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


DESKTOP = (1400, 900)

# How often the picture waits for Python, from now on.
COUNT_WAITING = """() => {
  window.waited = 0;
  new MutationObserver(() => { waited += Boolean(document.querySelector('.bp-waiting')); })
    .observe(document.querySelector('.bp-lab'), {subtree: true, attributes: true});
}"""

# ms from each key press to the frame that shows a change of `watched`.
TIMES = """(watched) => {
  window.times = [];
  let pressed = 0;
  addEventListener('keydown', (e) => { pressed = e.timeStamp; }, true);
  new MutationObserver(() => requestAnimationFrame(() => times.push(performance.now() - pressed)))
    .observe(document.querySelector(watched),
             {characterData: true, childList: true, subtree: true});
}"""


class Page:
    """One page; used with `with`, it is closed at the end."""

    def __init__(self, page):
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda e: self.troubles.append(str(e)))
        page.on("console", self._console)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.page.context.close()

    def _console(self, message) -> None:
        # A missing file of the server's own (favicon, translations) is no trouble of ours.
        if message.type == "error" and "404" not in message.text:
            self.troubles.append(message.text)

    def untroubled(self) -> None:
        """No error in the page since it was opened, or since the last time."""
        troubles, self.troubles[:] = list(self.troubles), []
        assert troubles == []

    def resize(self, width: int, height: int) -> None:
        """Another window; when this returns, all has been laid out anew."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(NEXT_FRAME)

    def begin(self, code: str = "lab.reset()", size: tuple[int, int] = DESKTOP) -> None:
        """The start of a test: the window's size, and what is run in Python."""
        self.resize(*size)
        assert self.python(code) == ""

    def lab(self, n: int = 0):
        """This lab, once what the last key set off is drawn: a press returns before."""
        self.page.evaluate(NEXT_FRAME)
        return self.page.locator(".bp-lab").nth(n)

    def slider(self, name: str, n: int = 0):
        return self.lab(n).get_by_role("slider", name=name, exact=True)

    def field(self, name: str, n: int = 0):
        return self.lab(n).get_by_label(f"{name}, number", exact=True)

    def ready(self, labs: int = 1) -> None:
        self.page.wait_for_function(f"document.querySelectorAll('.bp-lab').length >= {labs}")
        # Python has answered once, so that no slider goes back.
        self.page.wait_for_function(
            "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status !== 'busy'"
        )

    def numbers(self, n: int = 0) -> dict[str, str]:
        """Every number in the picture, as text: quantities and values."""
        return self.lab(n).evaluate(
            "e => Object.fromEntries([...e.querySelectorAll('.bp-picture [data-q],"
            " .bp-picture [data-v]')].map(t => [t.dataset.q || t.dataset.v, t.textContent]))"
        )

    def says(self, n: int = 0) -> str:
        return self.lab(n).locator("output").inner_text()

    def python(self, code: str) -> str:
        """What this code prints in the notebook's kernel."""
        return pages.within(
            self.page,
            """async (code) => {
              const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
              const future = kernel.requestExecute({code, store_history: false});
              let text = '';
              future.onIOPub = (m) => { text += m.content.text ?? m.content.evalue ?? ''; };
              await future.done;
              return text.trim();
            }""",
            code,
        )

    def wait_python(self, condition: str) -> None:
        """Wait until this expression is true in the kernel, which follows the browser later."""
        end = time.monotonic() + 15
        while self.python(f"print(bool({condition}))") != "True":
            assert time.monotonic() < end, f"not true in Python: {condition}"

    def wait(self, condition: str, **more) -> None:
        self.page.wait_for_function(condition, timeout=15_000, **more)

    def wait_value(self, slider, value: str) -> None:
        """Wait until a slider stands there."""
        self.page.wait_for_function(
            "([e, v]) => e.value === v", arg=[slider.element_handle(), value], timeout=15_000
        )

    def wait_number(self, name: str, text: str, n: int = 0) -> None:
        self.wait(
            "([n, q, t]) => document.querySelectorAll('.bp-lab')[n]"
            '.querySelector(`.bp-picture [data-q="${q}"]`).textContent === t',
            arg=[n, name, text],
        )

    def count_waiting(self) -> None:
        self.page.evaluate(COUNT_WAITING)

    def waited(self) -> int:
        """How often the picture has waited for Python since `count_waiting`."""
        return self.page.evaluate("window.waited")

    def key_times(self, slider: str, watched: str) -> list[float]:
        """ms from each of 30 key presses to the frame in which `watched` has changed."""
        self.page.evaluate(TIMES, watched)
        self.slider(slider).focus()
        for i in range(30):
            self.page.keyboard.press("ArrowRight" if i % 10 < 5 else "ArrowLeft")
            self.wait(f"window.times.length > {i}")
        return self.page.evaluate("window.times")
