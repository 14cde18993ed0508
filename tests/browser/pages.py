"""A Chromium and a JupyterLab of our own, for tests and measurements; both always ended.

Where the browser comes from: the environment variable CHROMIUM, else the usual names and places.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]

# Every message to and from a kernel waits half of the delay, in order, as on a slow line.
DELAY = """
(() => {
  const half = DELAY_MS / 2;
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(...given) {
      super(...given);
      this.slow = /\\/channels/.test(String(given[0]));
    }
    send(data) {
      if (this.slow) setTimeout(() => this.readyState === 1 && super.send(data), half);
      else super.send(data);
    }
    set onmessage(f) {
      this.handler = f; // the one that counts when the message is delivered
      const late = (e) => setTimeout(() => this.handler && this.handler.call(this, e), half);
      super.onmessage = this.slow ? late : f;
    }
    get onmessage() { return this.handler; }
  };
})();
"""


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    found = (shutil.which(name) for name in NAMES)
    return next((f for f in found if f), None) or next(
        (p for p in PLACES if Path(p).exists()), None
    )


@contextmanager
def chromium():
    """A running browser (playwright, synchronous)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=find_chromium(), headless=False, args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def settings(folder: Path, theme: str) -> None:
    """JupyterLab settings: no autosave, no news, this theme."""
    for plugin, body in (
        ("docmanager-extension/plugin", {"autosave": False}),
        ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
        ("apputils-extension/themes", {"theme": f"JupyterLab {theme}", "adaptive-theme": False}),
        ("notebook-extension/tracker", {"windowingMode": "none"}),
    ):
        path = folder / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))


@contextmanager
def jupyterlab(root, theme: str = "Light"):
    """A JupyterLab on a free port with a throw-away configuration; yields its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        settings(Path(home) / "settings", theme)
        server, address = _started(root, home)
        try:
            yield address
        finally:
            _shut_kernels(address)
            _end(server)


def _started(root, home: str):
    """The server and its address; another port is tried if somebody took the free one first."""
    quiet = {
        "JUPYTER_CONFIG_DIR": home,
        "JUPYTER_RUNTIME_DIR": f"{home}/run",
        "JUPYTERLAB_SETTINGS_DIR": f"{home}/settings",
        "JUPYTERLAB_WORKSPACES_DIR": f"{home}/workspaces",
        "JUPYTER_NO_CONFIG": "1",
        "IPYTHONDIR": f"{home}/ipython",
    }
    options = ["--no-browser", "--allow-root", "--expose-app-in-browser"]
    options += ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.port_retries=0"]
    for chance in (1, 2, 3):
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", f"--port={port}", *options],
            cwd=root,
            env={**os.environ, **quiet},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/api/status", server)
            return server, address
        except (RuntimeError, TimeoutError):
            _end(server)
            if chance == 3:
                raise
    raise AssertionError("unreachable")


def _end(server) -> None:
    server.terminate()
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()


def _wait_for(url: str, server) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once, with code {server.returncode}.")
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("JupyterLab did not start within a minute.")


def _shut_kernels(address: str, of: str | None = None) -> None:
    """End the server's kernels, or that of one notebook."""
    try:
        with urllib.request.urlopen(address + "/api/sessions", timeout=5) as answer:
            sessions = json.load(answer)
        for session in sessions:
            if of in (None, session["name"]):
                url = f"{address}/api/sessions/{session['id']}"
                ended = urllib.request.Request(url, method="DELETE")
                urllib.request.urlopen(ended, timeout=5).close()
    except OSError:
        pass


def within(page, script: str, argument=None, seconds: int = 30):
    """What an asynchronous browser function returns; an error if it takes longer."""
    late = f"new Promise((_, no) => setTimeout(() => no(new Error('late')), {1000 * seconds}))"
    return page.evaluate(f"(argument) => Promise.race([({script})(argument), {late}])", argument)


READY = """
async () => {
  const s = jupyterapp.shell.currentWidget.sessionContext;
  await s.ready;
  await s.session.kernel.info;
  if (!jupyterapp.shell.leftCollapsed)
    await jupyterapp.commands.execute('application:toggle-left-area');
}
"""


def open_notebook(page, address: str, name: str, run: bool = True, delay: int = 0) -> None:
    """Open a notebook, wait for its kernel, and run all cells to the end.

    A kernel that does not come up (on a busy machine two can be given the same port) gets one
    more chance.
    """
    if delay:
        page.add_init_script(DELAY.replace("DELAY_MS", str(delay)))
    for chance in (1, 2):
        page.goto(f"{address}/lab/tree/{name}?reset", wait_until="domcontentloaded")
        page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.sessionContext"
            " && document.querySelector('.jp-Notebook .jp-Cell')",
            timeout=60_000,
        )
        try:
            within(page, READY)
            break
        except Exception:
            if chance == 2:
                raise
            _shut_kernels(address, of=name)
    if run:
        within(page, "() => jupyterapp.commands.execute('notebook:run-all-cells')", seconds=60)
