"""Open the notebooks, the report and the timeline in a real browser, and fail on what a reader would stumble over.

Direction, joined letters and pictures are settled by the browser alone: a table that is right in its markup can
still end at the left of the page. The pictures of what was opened go to out/accept, for people to look at.

    make accept                         the articles of seeds/
    make accept SEEDS=folder            other articles
    make accept CHROMIUM=/path/to/it    a browser that is not on PATH
    make accept ARGS="--only report"    a part of it; --theme dark runs JupyterLab in its dark theme

No browser is downloaded. What is downloaded stays in out/accept/tools: axe-core and TimelineJS (npm), and
frictionless (a virtual environment of its own). A check that cannot run is a fault, unless --only leaves it out.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LOOK = (HERE / "page.js").read_text(encoding="utf-8")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# A browser under test has nothing to fetch for itself.
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
WIDTH, HEIGHT = 1400, 1600
AXE = "axe-core@4.14.1"
TIMELINEJS = "@knight-lab/timelinejs@3.9.11"
FRICTIONLESS = "frictionless==5.*"
SITE = "http://timeline.invalid"  # no such host exists (RFC 2606): every file of it is handed over by the check
TRUNCATED = 400  # characters of a message that are printed
STORY_PIXELS = 250  # height that a title and two lines take in TimelineJS
RUN_SECONDS = 300  # for all cells of one notebook
PARTS = ("notebooks", "report", "timeline", "tables")


class CannotRun(Exception):
    """Say what is missing for the whole check."""


@dataclass(slots=True)
class Review:
    """Collect what was found, and print it as it is found."""

    out: Path
    faults: int = 0
    pictures: int = 0
    seen: set[str] = field(default_factory=set)

    def fault(self, where: str, what: str) -> None:
        """Print a fault once."""
        self.faults += self._say("FAULT", where, what)

    def note(self, where: str, what: str) -> None:
        """Print something worth a look, which fails nothing."""
        self._say("note", where, what)

    def _say(self, kind: str, where: str, what: str) -> bool:
        line = f"{kind}  {where}: {' '.join(what.split())[:TRUNCATED]}"
        if line in self.seen:
            return False
        self.seen.add(line)
        print(line, flush=True)
        return True


def main() -> int:
    """Run the chosen checks; return 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "accept", help="folder for pictures and tools")
    parser.add_argument("--only", choices=PARTS, action="append", help="check this part; may be given again")
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="theme of JupyterLab")
    given = parser.parse_args()
    review = Review(given.out.resolve())
    chosen = given.only or PARTS
    if os.environ.get("SEEDS_DIR"):
        os.environ["SEEDS_DIR"] = str(Path(os.environ["SEEDS_DIR"]).resolve())
    try:
        if set(chosen) - {"tables"}:
            find_browser()
        review.out.mkdir(parents=True, exist_ok=True)
        for picture in review.out.glob("*.png"):
            picture.unlink()
        if "tables" in chosen:
            check_tables(review)
        if set(chosen) - {"tables"}:
            with browser() as opened:
                if "notebooks" in chosen:
                    check_notebooks(opened, review, given.theme)
                if "report" in chosen:
                    check_report(opened, review)
                if "timeline" in chosen:
                    check_timeline(opened, review)
    except CannotRun as error:
        print(f"accept: {error}", file=sys.stderr)
        return 2
    print(f"{review.faults} fault(s); {review.pictures} picture(s) to look at in {review.out}")
    return 1 if review.faults else 0


# --- the browser ------------------------------------------------------------------------------------------------


def find_browser() -> str:
    """Return the path of an installed Chromium or Chrome: $CHROMIUM, else one on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None:
            raise CannotRun(f"$CHROMIUM names {named}, which is no program that can be run")
        return path
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise CannotRun(
        f"no browser: none of {', '.join(BROWSERS)} is on PATH. Install Chromium or Chrome, "
        "or name one: make accept CHROMIUM=/path/to/chrome"
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser."""
    path = find_browser()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise CannotRun("Playwright is not installed: run make accept, or pip install -e '.[browser]'") from None
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root.
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        started = playwright.chromium.launch(executable_path=path, chromium_sandbox=not as_root, args=list(QUIET))
        try:
            yield started
        finally:
            started.close()


def watch(page: Page, errors: list[str]) -> None:
    """Collect what a page writes to its console as an error, and errors that nothing caught."""
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))


def look(page: Page, selector: str, review: Review, where: str) -> None:
    """Report what `page.js` finds in the parts of a page that a selector names."""
    if not page.locator(selector).count():
        review.fault(where, f"nothing to look at: no {selector}")
    for found in page.evaluate(LOOK, selector):
        (review.fault if found["kind"] == "fault" else review.note)(where, found["what"])


def take_pictures(page: Page, name: str, review: Review, scrolled: str | None = None) -> None:
    """Scroll through a page, or the element of it that scrolls, and store a picture of each part."""
    area = page.locator(scrolled).first if scrolled else page.locator(":root")
    area.evaluate("e => e.scrollTo({top: 0, behavior: 'instant'})")
    n = 0
    while True:
        n += 1
        page.wait_for_timeout(150)
        path = review.out / f"{name}-{n:02d}.png"
        if scrolled:
            area.screenshot(path=path)
        else:
            page.screenshot(path=path)
        review.pictures += 1
        # The last lines are shown again in the next picture: a line is never cut by both.
        before, after = area.evaluate(
            "e => { const at = e.scrollTop; e.scrollTo({top: at + e.clientHeight - 40, behavior: 'instant'});"
            " return [at, e.scrollTop]; }"
        )
        if after <= before:
            return


def cut_off(
    context: BrowserContext,
    requests: list[str],
    allowed: Callable[[str], bool] = lambda url: False,
    served: Callable[[str], tuple[bytes, str] | None] = lambda url: None,
) -> None:
    """Take the network from a context but for allowed addresses, and list the others that are asked for.

    `served` gives the content, and its media type, that stands for an address.
    """

    def answer(route: Route) -> None:
        url = route.request.url
        if answered := served(url):
            content, kind = answered
            route.fulfill(body=content, content_type=kind)
        elif allowed(url):
            route.continue_()
        else:
            requests.append(url)
            route.abort()

    context.route("**/*", answer)


# --- the notebooks ----------------------------------------------------------------------------------------------

OUTPUTS = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output"
SCROLLED = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
# Every code cell has run, or one has raised an error and the rest were given up.
DONE = """() => {
  const panel = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const cells = [...panel.querySelectorAll(".jp-CodeCell")].filter(
    (cell) => cell.querySelector(".cm-content").textContent.trim());
  const prompts = cells.map((cell) => cell.querySelector(".jp-InputPrompt").textContent.trim());
  const raised = panel.querySelector('[data-mime-type="application/vnd.jupyter.error"]');
  return !prompts.some((p) => p.includes("*")) && (raised !== null || prompts.every((p) => /\\d/.test(p)));
}"""
BEGUN = """() => [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt")].some(
  (prompt) => /[\\d*]/.test(prompt.textContent))"""
# The indicator says idle also before there is a kernel; running cells then asks for one.
IDLE = """() => {
  const panel = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const name = panel?.querySelector(".jp-KernelName, .jp-Toolbar-kernelName")?.textContent.trim() ?? "";
  const known = name !== "" && !/no kernel/i.test(name);
  return known && panel.querySelector(".jp-Notebook-ExecutionIndicator[data-status='idle']") !== null;
}"""


def check_notebooks(browser: Browser, review: Review, theme: str) -> None:
    """Run every notebook in JupyterLab by the menu, look at what it shows, and take pictures."""
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise CannotRun("there are no notebooks")
    with tempfile.TemporaryDirectory(prefix="accept-") as made:
        folder = Path(made) / "notebooks"
        folder.mkdir()
        for notebook in notebooks:
            (folder / notebook.name).write_text(json.dumps(stripped(notebook)), encoding="utf-8")
        (folder / "blank.ipynb").write_text(json.dumps(_BLANK), encoding="utf-8")
        with jupyterlab(Path(made), folder, theme) as (base, token):
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
            requests: list[str] = []
            cut_off(context, requests, lambda url: url.startswith(base))
            own = {_shape(error) for error in _run(context, base, token, folder / "blank.ipynb", None)}
            for notebook in notebooks:
                errors = _run(context, base, token, folder / notebook.name, review)
                for error in errors:
                    if _shape(error) not in own:
                        review.fault(notebook.name, f"console: {error}")
            for url in requests:
                review.fault("notebooks", f"asks the network for {url}")
            context.close()


_NOT_RUN: dict[str, Any] = {"execution_count": None, "outputs": []}
# What JupyterLab writes to the console for this one is its own.
_BLANK = {
    "cells": [{"cell_type": "code", "id": "one", "source": "1", "metadata": {}, **_NOT_RUN}],
    "metadata": {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def stripped(notebook: Path) -> dict[str, Any]:
    """Return a notebook without what its cells gave."""
    content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell.update(_NOT_RUN)
    return content


def _shape(error: str) -> str:
    """Return an error without what differs from one start of JupyterLab, or one notebook, to the next."""
    return re.sub(r"[\w-]+\.ipynb|[0-9a-f]{8}-[0-9a-f-]+|\d+", "…", error)


def _run(context: BrowserContext, base: str, token: str, notebook: Path, review: Review | None) -> list[str]:
    """Open and run one notebook; return the errors of the console. Look at it where there is a review."""
    from playwright.sync_api import TimeoutError as Late

    errors: list[str] = []
    page = context.new_page()
    watch(page, errors)
    # A workspace of its own opens no other notebook, and shows the whole of JupyterLab.
    page.goto(f"{base}/lab/workspaces/{notebook.stem}/tree/{notebook.name}?token={token}&reset")
    try:
        page.wait_for_function(IDLE, timeout=60_000)
        _wait_for_kernel(page, base, token, notebook.name)
        _run_all(page)
        page.wait_for_function(DONE, timeout=RUN_SECONDS * 1000)
        page.wait_for_function(IDLE, timeout=30_000)
    except Late as late:
        asked = " ".join(page.locator(".jp-Dialog").all_inner_texts())
        page.screenshot(path=review.out / f"{notebook.stem}-00.png" if review else None)
        if not review:
            raise CannotRun(f"JupyterLab does not run a notebook: {asked or late}") from None
        review.fault(notebook.name, f"JupyterLab asks: {asked}" if asked else f"not finished: {late}")
        page.close()
        return errors
    page.wait_for_timeout(500)
    if review:
        _choose(page, "File", "Save Notebook")
        page.wait_for_timeout(1500)
        _read_outputs(notebook, review)
        look(page, OUTPUTS, review, notebook.name)
        page.screenshot(path=review.out / f"{notebook.stem}-00.png")
        review.pictures += 1
        take_pictures(page, notebook.stem, review, SCROLLED)
    page.close()
    return errors


def _wait_for_kernel(page: Page, base: str, token: str, name: str) -> None:
    """Wait until the notebook is connected to a kernel that is at rest."""
    for _ in range(120):
        sessions = page.request.get(f"{base}/api/sessions", headers={"Authorization": f"token {token}"}).json()
        kernels = [session["kernel"] for session in sessions if session["name"] == name]
        if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in kernels):
            return
        page.wait_for_timeout(250)


def _run_all(page: Page) -> None:
    """Choose the item of the menu; again where JupyterLab, which has just connected to the kernel, drops it."""
    from playwright.sync_api import TimeoutError as Late

    for _ in range(3):
        page.wait_for_timeout(500)
        _choose(page, "Run", "Run All Cells")
        try:
            page.wait_for_function(BEGUN, timeout=5_000)
            return
        except Late:
            continue


def _choose(page: Page, menu: str, item: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click(timeout=20_000)
    # By its label: the name of the item also holds the keys for it.
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click(timeout=20_000)


def _read_outputs(notebook: Path, review: Review) -> None:
    """Report errors and warnings among the outputs of a saved notebook, and cells that did not run."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] != "code":
            continue
        where = f"{notebook.name}, cell {cell.get('id')}"
        if cell["execution_count"] is None:
            review.fault(where, "was not run")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                review.fault(where, f"{output['ename']}: {output['evalue']}")
            elif output.get("name") == "stderr":
                review.fault(where, f"stderr: {''.join(output['text'])}")
            elif "image/png" in output.get("data", {}) and not output["metadata"].get("image/png", {}).get("alt"):
                review.fault(where, "its picture has no alternative text")


@contextmanager
def jupyterlab(made: Path, folder: Path, theme: str) -> Iterator[tuple[str, str]]:
    """Start JupyterLab on a folder, apart from the settings of whoever runs this; yield its address and token."""
    settings = made / "settings" / "@jupyterlab"
    for name, values in {
        # All cells are in the page, also those out of sight.
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/themes": {"theme": f"JupyterLab {theme.title()}"},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }.items():
        path = settings / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(made / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(made / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(made / "config"),
        "JUPYTER_DATA_DIR": str(made / "data"),
        "JUPYTER_RUNTIME_DIR": str(made / "runtime"),
        "OUT_DIR": str(made / "out"),
    }
    port, token = _free_port(), secrets.token_hex(16)
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}"]
    command += [f"--IdentityProvider.token={token}"]
    log = made / "jupyterlab.log"
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=written, stderr=written)
    try:
        _wait_for(f"{base}/api/status?token={token}", server, log)
        yield base, token
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with direct.open(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    end = log.read_text(encoding="utf-8", errors="replace")[-1500:]
    raise CannotRun(f"JupyterLab did not start:\n{end}")


# --- the report -------------------------------------------------------------------------------------------------


def check_report(browser: Browser, review: Review) -> None:
    """Open the report with the network cut off: it asks for nothing, and axe-core finds no serious fault in it."""
    folder = review.out / "report"
    if not _analysis(review, "report", "--out", str(folder)):
        return
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    requests: list[str] = []
    errors: list[str] = []
    address = (folder / "report.html").as_uri()

    cut_off(context, requests, lambda url: url.partition("#")[0] == address)
    context.set_offline(True)
    page = context.new_page()
    watch(page, errors)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for url in requests:
        review.fault("report", f"asks for {url}")
    for error in errors:
        review.fault("report", f"console: {error}")
    look(page, "main section", review, "report")
    if page.locator("script").count():
        review.fault("report", "holds a script")
    for width in (WIDTH, 800):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            review.fault("report", f"is {wide} pixels wider than a window of {width}")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    take_pictures(page, "report", review)
    page.pdf(path=review.out / "report.pdf", prefer_css_page_size=True)
    _axe(page, review)
    context.close()


def _analysis(review: Review, *arguments: str) -> bool:
    command = [sys.executable, "-m", "analysis", *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if ran.returncode:
        review.fault(" ".join(arguments[:1]), ran.stderr[-TRUNCATED:] or f"ended with {ran.returncode}")
    elif ran.stderr.strip():
        review.note(" ".join(arguments[:1]), ran.stderr)
    return not ran.returncode


def _axe(page: Page, review: Review) -> None:
    package = npm(review, AXE)
    if package is None:
        return
    page.evaluate((package / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    for violation in result["violations"]:
        nodes = violation["nodes"]
        what = f"axe-core: {violation['impact']}: {violation['id']}: {violation['help']} ({len(nodes)}×): "
        what += nodes[0]["html"]
        serious = violation["impact"] in ("serious", "critical")
        (review.fault if serious else review.note)("report", what)
    if not result["passes"]:
        review.fault("report", "axe-core passed nothing: it did not run")
    for unsure in result["incomplete"]:
        review.note("report", f"axe-core cannot tell: {unsure['id']}: {unsure['help']} ({len(unsure['nodes'])}×)")


def npm(review: Review, package: str) -> Path | None:
    """Return the folder of an npm package, installed in the tools of this check; None after a fault."""
    name = package.rpartition("@")[0]
    tools = review.out / "tools"
    folder = tools / "node_modules" / name
    wanted = package.rpartition("@")[2]
    if folder.is_dir() and json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"] == wanted:
        return folder
    command = shutil.which("npm")
    if command is None:
        review.fault(name, "not checked: npm is not on PATH (it comes with Node.js)")
        return None
    tools.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        [command, "install", "--prefix", str(tools), "--no-audit", "--no-fund", "--ignore-scripts", package],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if ran.returncode or not folder.is_dir():
        review.fault(name, f"not checked: npm could not install it: {ran.stderr[-TRUNCATED:]}")
        return None
    return folder


# --- the timeline -----------------------------------------------------------------------------------------------

_PAGE = """<!DOCTYPE html>
<html lang="ar"><head><meta charset="utf-8"><title>Timeline</title>
<link rel="stylesheet" href="css/timeline.css"><script src="js/timeline.js"></script></head>
<body style="margin:0"><div id="timeline" style="width:100%;height:700px"></div>
<script>
window.drawn = fetch("timeline.json").then((r) => r.json()).then((events) => {
  window.timeline = new TL.Timeline("timeline", events, {font: null, language: "ar", script_path: "js/"});
});
</script></body></html>
"""


def check_timeline(browser: Browser, review: Review) -> None:
    """Open the events in TimelineJS with the network cut off: every event has its slide and its marker."""
    from playwright.sync_api import TimeoutError as Late

    folder = review.out / "timeline"
    package = npm(review, TIMELINEJS)
    if package is None or not _analysis(review, "export", "--format", "timelinejs", "--out", str(folder)):
        return
    events = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))["events"]
    if not events:
        review.note("timeline", "there is no event to show")
        return
    context = browser.new_context(viewport={"width": WIDTH, "height": 760})
    requests: list[str] = []
    errors: list[str] = []

    def served(url: str) -> tuple[bytes, str] | None:
        path = url.partition("?")[0].removeprefix(f"{SITE}/")
        if path == "":
            return _PAGE.encode(), "text/html; charset=utf-8"
        file = folder / path if path == "timeline.json" else package / "dist" / path
        if not url.startswith(SITE) or not file.is_file():
            return None
        return file.read_bytes(), mimetypes.guess_type(path)[0] or "application/octet-stream"

    cut_off(context, requests, served=served)
    page = context.new_page()
    watch(page, errors)
    page.goto(f"{SITE}/")
    try:
        page.wait_for_selector(".tl-timemarker", state="attached", timeout=30_000)
    except Late:
        review.fault("timeline", "TimelineJS drew nothing: " + "; ".join([*errors, *requests]))
        return
    page.wait_for_timeout(2500)
    for url in requests:
        review.fault("timeline", f"asks for {url}")
    for error in errors:
        review.fault("timeline", f"console: {error}")
    for selector, what in ((".tl-slide", "slides"), (".tl-timemarker", "markers")):
        count = page.locator(selector).count()
        if count != len(events):
            review.fault("timeline", f"{len(events)} events, and {count} {what}")
    room = page.evaluate("() => document.querySelector('.tl-storyslider').clientHeight")
    if room < STORY_PIXELS:
        groups = len({event.get("group") for event in events} - {None})
        review.fault("timeline", f"{groups} groups leave {room} of 700 pixels for what an event says")
    look(page, ".tl-slide .tl-text-content-container", review, "timeline")
    for n in range(min(3, len(events))):
        page.screenshot(path=review.out / f"timeline-{n + 1:02d}.png")
        review.pictures += 1
        if n + 1 < len(events):
            page.evaluate("() => timeline.goToNext()")
            page.wait_for_timeout(1500)
    context.close()


# --- the tables -------------------------------------------------------------------------------------------------


def check_tables(review: Review) -> None:
    """Validate the CSV package with frictionless, in a virtual environment of its own."""
    folder = review.out / "tables"
    if not _analysis(review, "tables", "--out", str(folder)):
        return
    program = frictionless(review)
    if program is None:
        return
    ran = subprocess.run(
        [program, "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        review.fault("tables", f"frictionless: {(ran.stderr or ran.stdout)[-TRUNCATED:]}")
        return
    for task in report.get("tasks", []):
        for error in task.get("errors", []):
            review.fault(f"tables/{task.get('place') or task.get('name')}", f"frictionless: {error.get('message')}")
    for error in report.get("errors", []):
        review.fault("tables", f"frictionless: {error.get('message')}")
    if not report.get("valid") and not review.faults:
        review.fault("tables", "frictionless does not call the package valid")


def frictionless(review: Review) -> str | None:
    """Return the program, installed in the tools of this check; None after a fault."""
    made = review.out / "tools" / "frictionless"
    scripts = made / ("Scripts" if os.name == "nt" else "bin")
    program = shutil.which("frictionless", path=str(scripts))
    if program:
        return program
    python = str(scripts / "python")
    if uv := shutil.which("uv"):
        commands = [
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(made)],
            [uv, "pip", "install", "--quiet", "--python", python, FRICTIONLESS],
        ]
    else:
        commands = [
            [sys.executable, "-m", "venv", "--clear", str(made)],
            [python, "-m", "pip", "install", "--quiet", FRICTIONLESS],
        ]
    for command in commands:
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if ran.returncode:
            review.fault("tables", f"not checked: frictionless could not be installed: {ran.stderr[-TRUNCATED:]}")
            return None
    return shutil.which("frictionless", path=str(scripts))


if __name__ == "__main__":
    sys.exit(main())
