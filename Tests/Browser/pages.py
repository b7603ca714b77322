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

from administrators import Administrators
from browser import Browser, Complaint
from visitors import Visitors


class Scenario(Visitors, Administrators):
    def __init__(self, browser, other, closed):
        self.browser = browser
        # Another person's, or the same one's at another place.
        self.other = other
        self.closed = closed

    # Each with the statuses of the answers that it expects beside those that are good.
    steps = [
        (Visitors.the_console_is_watched, []),
        (Visitors.who_is_nobody_is_sent_to_sign_in, []),
        (Visitors.sign_up_tells_what_is_wrong, [403, 409, 422]),
        (Visitors.sign_up, []),
        (Visitors.sign_out, []),
        (Visitors.sign_in_tells_what_is_wrong, [401]),
        (Visitors.no_form_is_sent_without_its_script, []),
        (Visitors.sign_in_with_the_keyboard_alone, []),
        (Visitors.the_session_goes_on_when_an_access_token_has_expired, [401]),
        (Visitors.two_tabs_at_once, []),
        (Visitors.another_session_is_ended, [401]),
        (Visitors.the_password_is_changed, [403, 422]),
        (Visitors.too_many_attempts_are_told_to_wait, [401, 429]),
        (Visitors.who_is_no_administrator_sees_no_page_for_them, [403]),
        (Administrators.administrators_find_users, []),
        (Administrators.administrators_create_users, [409, 422]),
        (Administrators.invited_people_get_their_roles, [422]),
        (Administrators.administrators_change_users, [401, 422]),
        (Administrators.the_status_page_lives, []),
        (Administrators.every_page_is_accessible_and_fits, [404]),
        (Administrators.accounts_are_deleted, [403]),
        (Visitors.closed_registration_is_told, [403]),
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
                seen = self.browser.keep("failed"), self.other.keep("failed-other")
                print(f"FAILED: {name}: {error}\nseen: {seen}", flush=True)
                if not isinstance(error, Complaint):
                    raise
                return False
            print(f"{time.monotonic() - begin:5.1f} s  {name}", flush=True)
        return True


def main():
    address, closed, folder = sys.argv[1:4]
    with Browser(address, folder) as browser, Browser(address, folder) as other:
        return 0 if Scenario(browser, other, closed).run() else 1


if __name__ == "__main__":
    sys.exit(main())
