"""What administrators do, and what is true of every page."""

from browser import AXE_RULES, Keys, check
from people import KEEPER, KEEPER_PASSWORD, NEW_PASSWORD, VICKY, VICKY_PASSWORD


class Administrators:
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
