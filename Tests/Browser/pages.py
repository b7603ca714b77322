#!/usr/bin/env python3
"""Does with the pages what visitors do, in Chromium. A test of EndToEndTests starts the site and runs it.

Usage: pages.py ADDRESS CLOSED-ADDRESS FOLDER

The site at ADDRESS has an administrator `keeper` with KEEPER_PASSWORD, access tokens of two seconds and a wait after the
third wrong password; that at CLOSED-ADDRESS lets nobody register. What was seen is kept in FOLDER. Each step is a line;
the first that fails ends it with 1. Answers that the console calls errors are failures but where a step expects them, and
so is everything that the Content-Security-Policy keeps out.

    pip install selenium; pip install --no-deps axe-playwright-python
"""

import sys
import time

from browser import AXE_RULES, Browser, Complaint, Keys

KEEPER, KEEPER_PASSWORD = "keeper", "lodge keeper key"
VICKY, VICKY_PASSWORD = "vicky", "vicky@12345"
NEW_PASSWORD = "nine green bottles"
CHROMIUM = "Chrome on Linux"


def check(condition, complaint):
    if not condition:
        raise Complaint(complaint)


class Scenario:
    def __init__(self, address, closed, folder):
        self.closed = closed
        self.browser = Browser(address, folder)
        # Another person's, or the same one's at another place.
        self.other = Browser(address, folder)

    # Of visitors

    def the_console_is_watched(self):
        b = self.browser
        b.go("/sign-in")
        b.driver.execute_script(
            "const s = document.createElement('p'); s.setAttribute('style', 'color: red'); document.body.append(s)")
        check(b.complaints(), "a style inside a page was let in, or the console says nothing")
        b.driver.execute_script("document.querySelector('label').remove()")
        check(b.accessibility(), "axe says nothing to a field without a label")

    def who_is_nobody_is_sent_to_sign_in(self):
        b = self.browser
        b.go("/")
        b.until_path("/sign-in?return=/welcome")
        check(b.focus == "username", f"the focus is at {b.focus}")
        b.click("#other")
        b.until_path("/sign-up?return=%2Fwelcome")

    def sign_up_tells_what_is_wrong(self):
        b = self.browser
        b.submit()
        check(b.text("#username-error") == "Choose a username.", "an empty name was sent")
        check(b.text("#password-error") == "Choose a password.", "an empty password was sent")
        check(b.focus == "username", f"the focus is at {b.focus}")
        b.fill(username="a:b", password="correct horse")
        b.submit()
        b.until_text("#username-error", "It has a colon.")
        for password, reason in [("short", "too short"), ("password1", "everybody tries first"), ("vicky1234", "like your username")]:
            b.fill(username=VICKY, password=password)
            b.submit()
            b.until_text("#password-error", reason)
        b.fill(username=KEEPER, password=VICKY_PASSWORD)
        b.submit()
        b.until_text("#username-error", "taken")
        check(b.focus == "username", f"the focus is at {b.focus}")
        b.click("#have-code")
        b.fill(username=VICKY, invite="no code of ours")
        b.submit()
        b.until_text("#invite-error", "not valid")
        b.keep("sign-up-refused")

    def sign_up(self):
        b = self.browser
        b.go("/sign-up?return=%2Fwelcome")
        b.fill(username=VICKY, password=VICKY_PASSWORD)
        b.click(".secret button")
        check(b.find("#password").get_attribute("type") == "text", "the password is not shown")
        b.submit()
        b.until_text("h1", "Welcome vicky")
        check(b.path == "/welcome", b.path)
        check("Users" not in b.text("nav"), "there are ways for administrators")
        kept = b.driver.execute_script("return [document.cookie, localStorage.length, sessionStorage.length]")
        check(kept == ["", 0, 0], f"a script can read {kept}")

    def sign_out(self):
        b = self.browser
        b.click("#sign-out")
        b.until_text(".notice", "You have signed out.")
        b.go("/account")
        b.until_path("/sign-in?return=/account")

    def sign_in_tells_what_is_wrong(self):
        b = self.browser
        b.submit()
        check(b.text("#username-error") == "Enter your username.", "an empty name was sent")
        for name in ["nobody at all", VICKY]:
            b.fill(username=name, password="not the password")
            b.submit()
            b.until_text(".summary", "The username or the password is wrong.")

    def no_form_is_sent_without_its_script(self):
        b = self.browser
        b.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        b.go("/sign-in")
        field = b.driver.find_element("css selector", "#password")
        field.send_keys(VICKY_PASSWORD, Keys.ENTER)
        check(b.path == "/sign-in" and "need JavaScript" in b.text("main"), f"{b.path}: {b.text('main')}")
        b.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    def sign_in_with_the_keyboard_alone(self):
        b = self.browser
        b.go("/sign-in?return=https%3A%2F%2Fexample.org%2F")
        b.until(lambda: b.focus == "username", "the focus is in the first field")
        b.keys(VICKY, Keys.TAB)
        check(b.focus == "password", f"the focus is at {b.focus}")
        b.keys(VICKY_PASSWORD, Keys.TAB)
        check(b.focus == "Show", f"the focus is at {b.focus}")
        outline = b.driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
        check(outline == "solid", f"the focus is not seen: {outline}")
        b.keys(Keys.TAB)
        b.keys(Keys.ENTER)
        b.until_text("h1", "Welcome vicky")  # and not at the other site
        b.go("/account")
        b.find("#sessions .row")
        b.driver.execute_script("document.querySelector('#open-delete').focus()")
        b.keys(Keys.ENTER)
        b.find("dialog[open]")
        check(b.focus == "delete-password", f"the focus is at {b.focus}")
        b.keys(Keys.ESCAPE)
        b.until(lambda: b.focus == "open-delete", "the focus is where it was")

    def the_session_goes_on_when_an_access_token_has_expired(self):
        b = self.browser
        b.go("/welcome")
        tokens = b.script(
            "const login = (cookie) => fetch('/api/login', { method: 'POST', headers: { 'Content-Type': 'application/json' },"
            " body: JSON.stringify({ username: arguments[0], password: arguments[1], cookie }) });"
            "return await (await login(false)).json()", VICKY, VICKY_PASSWORD)
        self.refresh_token = tokens["refresh_token"]
        posts = "return (await fetch('/api/posts', { headers: arguments[0] ? { Authorization: arguments[0] } : {} })).status"
        check(b.script(posts, tokens["token"]) == 200, "a new token was refused")
        b.until(lambda: b.script(posts, tokens["token"]) == 401, "the token has expired")
        check(b.script(posts, None) == 200, "the cookie has expired with it")
        b.driver.refresh()
        b.until_text("h1", "Welcome vicky")

    def two_tabs_at_once(self):
        b = self.browser
        first = b.driver.current_window_handle
        second = b.new_tab()
        b.go("/welcome")
        refresh = (
            "async (token, time) => { await new Promise((go) => setTimeout(go, time - Date.now()));"
            "const reply = await fetch('/api/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' },"
            " body: JSON.stringify({ refresh_token: token }) }); return [reply.status, (await reply.json()).refresh_token] }")
        # Both tabs know the moment at which they ask.
        moment = time.time() * 1000 + 300
        b.driver.execute_script(f"window.other = ({refresh})(...arguments)", self.refresh_token, moment)
        b.to(first)
        own = b.script(f"return ({refresh})(...arguments)", self.refresh_token, moment)
        b.to(second)
        other = b.script("return window.other")
        check(own == other and own[0] == 200, "two tabs that refresh at once did not get the same successor")
        b.driver.execute_script("location.reload()")
        b.to(first)
        b.driver.execute_script("location.reload()")
        for tab in [first, second]:
            b.to(tab)
            b.until_text("h1", "Welcome vicky")
        b.driver.close()
        b.to(first)

    def another_session_is_ended(self):
        b, o = self.browser, self.other
        o.go("/sign-in?return=/account")
        o.fill(username=VICKY, password=VICKY_PASSWORD)
        o.submit()
        o.find("#sessions .row")
        b.go("/account")
        b.until(lambda: "This device" in b.text("#sessions .rows"), "the sessions are shown")
        count = b.count("#sessions .row")
        # The newest first.
        b.click("#sessions .row button")
        b.find("dialog[open]")
        b.keep("confirm")
        b.click("dialog .actions button")
        b.until(lambda: not b.shown("dialog"), "the dialog has closed")
        check(b.count("#sessions .row") == count, "no was taken for yes")
        b.click("#sessions .row button")
        b.click("dialog .danger")
        b.until_text(".toast", "The session has ended.")
        b.until(lambda: b.count("#sessions .row") == count - 1, "one row less")
        o.fill(current="x", new="y")
        o.submit("#change")
        o.until_text(".notice", "Your session has ended.")
        check("return=%2Faccount" in o.path, o.path)
        o.fill(username=VICKY, password=VICKY_PASSWORD)
        o.submit()
        o.until_path("/account")
        b.driver.refresh()
        b.click("#end-others")
        b.click("dialog .danger")
        b.until_text(".toast", "All other sessions have ended.")
        o.driver.refresh()
        o.until_path("/sign-in?return=/account")

    def the_password_is_changed(self):
        b, o = self.browser, self.other
        b.submit("#change")
        check(b.text("#current-error") == "Enter the password that you have now.", "an empty password was sent")
        b.fill(current="not the password", new=NEW_PASSWORD)
        b.submit("#change")
        b.until_text("#current-error", "This password is wrong.")
        b.fill(current=VICKY_PASSWORD, new="short")
        b.submit("#change")
        b.until_text("#new-error", "too short")
        b.fill(current=VICKY_PASSWORD, new=NEW_PASSWORD)
        b.submit("#change")
        b.until_text(".toast", "Your password has changed.")
        o.fill(username=VICKY, password=NEW_PASSWORD)
        o.submit()
        o.until_path("/account")

    def too_many_attempts_are_told_to_wait(self):
        o = self.other
        o.go("/sign-in")
        for _ in range(4):
            o.fill(username=VICKY, password="not the password")
            o.submit()
            o.until(lambda: o.find("form button:not([type=button])").get_attribute("aria-busy") == "false", "it is answered")
        o.until_text(".summary", "There were too many attempts. Try again in ")
        o.keep("too-many")

    def who_is_no_administrator_sees_no_page_for_them(self):
        b = self.browser
        for page in ["users", "user", "status"]:
            b.go(f"/admin/{page}")
            check(b.text("h1") == "This is not for your account", b.text("h1"))
        check(b.script("return (await fetch('/api/admin/status')).status") == 403, "anybody sees the status")

    # Of administrators

    def administrators_find_users(self):
        b = self.browser
        b.go("/sign-in?return=/admin/users")
        b.fill(username=KEEPER, password=KEEPER_PASSWORD)
        b.submit()
        b.until(lambda: b.text("#users .rows").split("\n")[0] == KEEPER, "the users are shown")
        b.fill(name="VIC")
        b.until(lambda: b.text("#users .rows").startswith(VICKY), "only vicky is shown")
        b.fill(name="nobody begins like this")
        b.until_text("#users .empty", "No username begins like this.")
        made = b.script(
            "const make = (_, number) => fetch('/api/admin/users', { method: 'POST', headers: { 'Content-Type': 'application/json' },"
            " body: JSON.stringify({ username: `zz${number}`, password: 'green bottles hang' }) });"
            "return (await Promise.all(Array.from({ length: 50 }, make))).filter((reply) => reply.status === 201).length")
        check(made == 50, f"only {made} users were made")
        b.driver.refresh()
        b.find("#users .more")
        check(b.count("#users .row") == 50, f"{b.count('#users .row')} users are a page")
        b.click("#users .more")
        b.until(lambda: b.count("#users .row") == 52 and not b.shown("#users .more"), "the rest is shown")
        check(b.focus.startswith("zz"), f"the focus is at {b.focus}")

    def administrators_create_users(self):
        b = self.browser
        b.click("#open-create")
        b.submit("#create")
        check(b.text("#create-password-error") == "Enter a password.", "an empty password was sent")
        for name, password, roles, field, reason in [
            (VICKY, "wanda likes fish", "", "username", "taken"), ("wanda", "wanda", "", "password", "too short"),
            ("wanda", "wanda likes fish", "Editor", "roles", "small letters"),
        ]:
            b.fill(create_username=name, create_password=password, create_roles=roles)
            b.submit("#create")
            b.until_text(f"#create-{field}-error", reason)
        b.fill(create_roles="editor, author")
        b.submit("#create")
        b.until_text(".toast", "wanda can sign in now.")
        b.until(lambda: "wanda" in b.text("#users .rows"), "wanda is shown")

    def invited_people_get_their_roles(self):
        b, o = self.browser, self.other
        b.click("#open-invite")
        b.fill(invite_roles="No Role")
        b.submit("#invite")
        b.until_text("#invite-roles-error", "small letters")
        b.fill(invite_roles="guest")
        b.submit("#invite")
        link = b.find("#link").get_attribute("value")
        check(b.focus == "link", f"the focus is at {b.focus}")
        b.submit("#invited")
        o.driver.get(link)
        o.fill(username="marlene", password="marlene sings on")
        o.submit()
        o.until_text("#roles", "guest")

    def administrators_change_users(self):
        b, o = self.browser, self.other
        b.go("/admin/users")
        b.fill(name=VICKY)
        b.until(lambda: b.text("#users .rows").startswith(VICKY), "only vicky is shown")
        b.click("#users .row")
        b.until_text("h1", VICKY)
        b.find("#sessions .row")
        b.keep("user")
        b.fill(roles="No Role")
        b.submit("#roles-form")
        b.until_text("#roles-error", "small letters")
        b.fill(roles="editor")
        b.submit("#roles-form")
        b.until_text(".toast", "The roles are saved.")
        b.click("#unlock")
        b.until_text(".toast", "forgotten")
        o.go("/sign-in")
        o.fill(username=VICKY, password=NEW_PASSWORD)
        o.submit()
        o.until_text("#roles", "editor")
        b.click("#end-all")
        b.click("dialog .danger")
        b.until_text("#sessions .empty", "Signed in nowhere.")
        self.vicky_can_sign_in(NEW_PASSWORD)
        b.click("#open-password")
        b.fill(new="short")
        b.submit("#password")
        b.until_text("#new-error", "too short")
        b.fill(new=VICKY_PASSWORD)
        b.submit("#password")
        b.until_text(".toast", "has a new password")
        self.vicky_can_sign_in(VICKY_PASSWORD)
        b.click("#disable")
        b.click("dialog .danger")
        b.until_text("#state", "disabled")
        self.vicky_can_sign_in(VICKY_PASSWORD, "The username or the password is wrong.")
        b.click("#enable")
        b.until_text("#state", "active")
        self.vicky_can_sign_in(VICKY_PASSWORD)

    def vicky_can_sign_in(self, password, refusal=None):
        """At the other place, where the session before has ended."""
        o = self.other
        o.go("/welcome")
        o.until_path("/sign-in?return=/welcome")
        o.fill(username=VICKY, password=password)
        o.submit()
        if refusal:
            o.until_text(".summary", refusal)
        else:
            o.until_text("h1", "Welcome vicky")

    def the_status_page_lives(self):
        b = self.browser
        b.go("/admin/status")
        b.until_text("#ready .figure", "Ready")
        requests = lambda: int(b.text("#rate .muted").split()[0].replace(",", ""))
        first = requests()
        check(first > 50, f"only {first} requests are counted")
        b.until(lambda: requests() > first and b.text("#rate .figure") != "–", "the figures go on")
        check(b.text("#reloads .figure") == "0" and "lanes busy" in b.text("#queue"), b.text(".tiles"))
        check("POST /api/login" in b.text("#routes") and "s" in b.text("#latency .figure"), b.text("#routes"))
        b.click("#pause")
        check(b.text("#pause") == "Go on", b.text("#pause"))

    def every_page_is_accessible_and_fits(self):
        b = self.browser
        b.go("/admin/users")
        b.click("#users .row")
        b.until(lambda: b.path.startswith("/admin/user?"), "a user is shown")
        pages = {
            "welcome": ("/welcome", "h1"), "account": ("/account", "#sessions .row"), "users": ("/admin/users", "#users .row"),
            "user": (b.path, "#sessions .row"), "status": ("/admin/status", "#routes tr"), "sign-in": ("/sign-in", "form"),
            "sign-up": ("/sign-up", "form"), "not-found": ("/nothing", "h1"),
        }
        for name, (path, ready) in pages.items():
            b.go(path)
            b.find(ready)
            check(b.driver.title.endswith(" · Gatelodge"), b.driver.title)
            for scheme in ["dark", "light"]:
                b.appearance(scheme)
                # All but the colours is the same in both.
                found = b.accessibility(AXE_RULES if scheme == "light" else ["color-contrast"])
                check(not found, f"{path}, {scheme}: {found}")
                b.keep(f"{name}-{scheme}")
            for pixels in [320, 390]:
                b.width(pixels)
                check(b.excess <= 0, f"{path} is {b.excess} pixels wider than a phone of {pixels}")
            b.appearance("dark")
            b.keep(f"{name}-phone")
            b.appearance("light")
            b.width(None)
        b.go("/admin/users")
        for opener in ["#open-create", "#open-invite"]:
            b.click(opener)
            b.find("dialog[open]")
            found = b.accessibility()
            check(not found, f"the dialog of {opener}: {found}")
            b.keep(opener[1:])
            b.keys(Keys.ESCAPE)

    def accounts_are_deleted(self):
        b, o = self.browser, self.other
        o.go("/account")
        o.click("#open-delete")
        o.fill(delete_password="not the password")
        o.submit("#delete")
        o.until_text("#delete-password-error", "This password is wrong.")
        o.fill(delete_password=VICKY_PASSWORD)
        o.submit("#delete")
        o.until_text(".notice", "Your account is deleted.")
        b.go("/admin/users")
        b.fill(name="wanda")
        b.until(lambda: b.text("#users .rows").startswith("wanda"), "only wanda is shown")
        b.click("#users .row")
        b.click("#remove")
        b.click("dialog .danger")
        b.until_text(".toast", "The user is deleted.")
        b.until(lambda: b.text("#users .rows").count("deleted") == 2, "those who are deleted are told apart")

    def closed_registration_is_told(self):
        b = self.browser
        b.driver.get(self.closed + "/sign-up")
        b.fill(username=VICKY, password=VICKY_PASSWORD)
        b.submit()
        b.until_text(".summary", "Registration is closed.")

    # Each with the statuses of the answers that it expects beside those that are good.
    steps = [
        (the_console_is_watched, []), (who_is_nobody_is_sent_to_sign_in, []),
        (sign_up_tells_what_is_wrong, [403, 409, 422]), (sign_up, []), (sign_out, []), (sign_in_tells_what_is_wrong, [401]),
        (no_form_is_sent_without_its_script, []), (sign_in_with_the_keyboard_alone, []), (the_session_goes_on_when_an_access_token_has_expired, [401]),
        (two_tabs_at_once, []), (another_session_is_ended, [401]), (the_password_is_changed, [403, 422]),
        (too_many_attempts_are_told_to_wait, [401, 429]), (who_is_no_administrator_sees_no_page_for_them, [403]),
        (administrators_find_users, []), (administrators_create_users, [409, 422]), (invited_people_get_their_roles, [422]),
        (administrators_change_users, [401, 422]), (the_status_page_lives, []), (every_page_is_accessible_and_fits, [404]),
        (accounts_are_deleted, [403]), (closed_registration_is_told, [403]),
    ]

    def run(self):
        for step, refused in self.steps:
            name = step.__name__.replace("_", " ")
            begin = time.monotonic()
            try:
                step(self)
                if complaints := self.browser.complaints(refused) + self.other.complaints(refused):
                    raise Complaint(f"the console says {complaints}")
            except Exception as error:
                print(f"FAILED: {name}: {error}\nseen: {self.browser.keep('failed')}, {self.other.keep('failed-other')}", flush=True)
                if not isinstance(error, Complaint):
                    raise
                return False
            print(f"{time.monotonic() - begin:5.1f} s  {name}", flush=True)
        return True


def main():
    scenario = Scenario(*sys.argv[1:4])
    try:
        return 0 if scenario.run() else 1
    finally:
        scenario.browser.end()
        scenario.other.end()


if __name__ == "__main__":
    sys.exit(main())
