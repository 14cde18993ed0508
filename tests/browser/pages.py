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
      super.onmessage = this.slow ? (e) => setTimeout(() => f && f.call(this, e), half) : f;
    }
    get onmessage() { return super.onmessage; }
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
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        settings(Path(home) / "settings", theme)
        quiet = {
            "JUPYTER_CONFIG_DIR": home,
            "JUPYTER_RUNTIME_DIR": f"{home}/run",
            "JUPYTERLAB_SETTINGS_DIR": f"{home}/settings",
            "JUPYTERLAB_WORKSPACES_DIR": f"{home}/workspaces",
            "JUPYTER_NO_CONFIG": "1",
            "IPYTHONDIR": f"{home}/ipython",
        }
        options = ("--IdentityProvider.token=", "--ServerApp.password=", "--allow-root")
        options += ("--expose-app-in-browser", "--ServerApp.quit_button=False")
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", *options],
            cwd=root,
            env={**os.environ, **quiet},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/api/status", server)
            yield address
        finally:
            _shut_kernels(address)
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


def _shut_kernels(address: str) -> None:
    try:
        with urllib.request.urlopen(address + "/api/kernels", timeout=5) as answer:
            kernels = json.load(answer)
        for kernel in kernels:
            url = f"{address}/api/kernels/{kernel['id']}"
            urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=5).close()
    except OSError:
        pass


def open_notebook(page, address: str, name: str, run: bool = True, delay: int = 0) -> None:
    """Open a notebook, wait for its kernel, and run all cells to the end."""
    if delay:
        page.add_init_script(DELAY.replace("DELAY_MS", str(delay)))
    page.goto(f"{address}/lab/tree/{name}?reset", wait_until="domcontentloaded")
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext"
        " && document.querySelector('.jp-Notebook .jp-Cell')",
        timeout=60_000,
    )
    page.evaluate(
        "async () => { const s = jupyterapp.shell.currentWidget.sessionContext; await s.ready;"
        " await s.session.kernel.info;"
        " if (!jupyterapp.shell.leftCollapsed)"
        " await jupyterapp.commands.execute('application:toggle-left-area'); }"
    )
    if run:
        page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
