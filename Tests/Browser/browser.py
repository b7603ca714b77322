"""A Chromium that complains about everything that a visitor should not meet."""

import base64
import pathlib
import re
import shutil
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys  # for those who import this, too

import axe_playwright_python

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE_SECONDS = 20

FIND = """
    const [selector, mustListen] = arguments
    if (mustListen && (document.readyState !== "complete" || document.querySelector("main[inert]"))) return null
    return [...document.querySelectorAll(selector)].find((one) => one.checkVisibility({ visibilityProperty: true })) ?? null
"""


class Complaint(Exception):
    """What is not as it should be."""


def check(condition, complaint):
    if not condition:
        raise Complaint(complaint)


class Browser:
    def __init__(self, address, folder):
        self.address = address
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.profile = tempfile.mkdtemp(prefix="gl-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--lang=en",
            "--force-prefers-reduced-motion", "--window-size=1180,900", f"--user-data-dir={self.profile}",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.driver.set_script_timeout(PATIENCE_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    # Looking

    def go(self, path):
        self.driver.get(self.address + path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.address)

    def find(self, selector):
        """The first element that is shown, as soon as there is one and the page listens."""
        return self.until(lambda: self.driver.execute_script(FIND, selector, True), f"{selector} is shown")

    def shown(self, selector):
        return self.driver.execute_script(FIND, selector, False)

    def text(self, selector):
        """Of the first element that is shown, else nothing."""
        return self.driver.execute_script(f"return (function() {{ {FIND} }})(...arguments)?.innerText ?? ''", selector, False)

    def count(self, selector):
        return self.driver.execute_script("return document.querySelectorAll(arguments[0]).length", selector)

    def until(self, condition, name):
        """What a condition gives, as soon as that is something."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if value := condition():
                    return value
            except StaleElementReferenceException:
                pass  # the page has changed meanwhile
            if time.monotonic() > deadline:
                raise Complaint(f"not within {PATIENCE_SECONDS} s: {name}; at {self.path}")
            time.sleep(0.02)

    def until_path(self, path):
        self.until(lambda: self.path == path, f"the page is {path}")

    def until_text(self, selector, text):
        self.until(lambda: text in self.text(selector), f"{selector} says: {text}; it says: {self.text(selector)}")

    # Doing

    def click(self, selector):
        """Also where the page exchanges the element meanwhile."""
        for _ in range(3):
            try:
                return self.find(selector).click()
            except StaleElementReferenceException:
                pass
        raise Complaint(f"{selector} does not stay; at {self.path}")

    def fill(self, **values):
        """Types into fields by their ids, in the place of what is there."""
        for name, value in values.items():
            field = self.find("#" + name.replace("_", "-"))
            field.clear()
            field.send_keys(value)

    def submit(self, form="form"):
        self.click(f"{form} button:not([type=button])")

    def keys(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    @property
    def focus(self):
        """The id of what has the focus, or else its text."""
        return self.driver.execute_script("const one = document.activeElement; return one.id || one.textContent")

    def script(self, source, *arguments):
        return self.driver.execute_async_script(
            f"const done = arguments[arguments.length - 1]; (async () => {{ {source} }})().then(done, (e) => done(String(e)))",
            *arguments)

    def new_tab(self):
        self.driver.switch_to.new_window("tab")
        return self.driver.current_window_handle

    def to(self, handle):
        self.driver.switch_to.window(handle)

    # Judging

    def complaints(self, refused=()):
        """What the console has since the last time, but for answers with one of these statuses."""
        statuses = "|".join(map(str, refused)) or "none"
        expected = re.compile(rf"Failed to load resource: the server responded with a status of ({statuses}) ")
        return [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING") and not expected.search(entry["message"])
        ]

    def accessibility(self, rules=AXE_RULES):
        """What axe finds, as lines."""
        if not self.driver.execute_script("return 'axe' in window"):
            self.driver.execute_script(AXE)
        found = self.script(
            "return (await axe.run(document, { runOnly: arguments[0] })).violations.flatMap((rule) =>"
            " rule.nodes.map((node) => `${rule.id}: ${node.target} (${node.any.map((a) => a.message)})`))", rules)
        return [found] if isinstance(found, str) else found

    def appearance(self, scheme):
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def width(self, pixels):
        """As wide as a phone; as the window where none is given."""
        if pixels is None:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        else:
            self.driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": pixels, "height": 740, "deviceScaleFactor": 1, "mobile": True})

    @property
    def excess(self):
        """By how many pixels the page is wider than what is seen of it."""
        return self.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")

    def keep(self, name):
        """Keeps what is seen, and answers where."""
        file = self.folder / f"{name}.png"
        try:
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            file.write_bytes(base64.b64decode(shot["data"]))
        except WebDriverException as error:
            return f"no picture: {error.msg}"
        return str(file)
