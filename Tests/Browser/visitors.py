"""What visitors do, and those who have signed in."""

import time

from browser import Keys, check
from people import KEEPER, NEW_PASSWORD, VICKY, VICKY_PASSWORD


class Visitors:
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
        for password, reason in [
            ("short", "too short"), ("password1", "everybody tries first"), ("vicky1234", "like your username"),
        ]:
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

    def closed_registration_is_told(self):
        b = self.browser
        b.driver.get(self.closed + "/sign-up")
        b.fill(username=VICKY, password=VICKY_PASSWORD)
        b.submit()
        b.until_text(".summary", "Registration is closed.")
