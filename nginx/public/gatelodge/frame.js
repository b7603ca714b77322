// What all pages of those who have signed in begin with: who it is, the ways to the other pages, and the way out.

import { Refusal, ask } from "./api.js"
import { onClick } from "./form.js"
import { explain } from "./messages.js"
import { element, tell } from "./show.js"

const pages = [["/welcome", "Welcome"], ["/account", "Account"]]
const administratorsPages = [["/admin/users", "Users"], ["/admin/status", "Status"]]

/** Asks who has signed in, shows the frame, and fills the page by `fill`. */
export async function open(fill) {
  try {
    const me = await ask("GET", "me")
    const isAdministrator = me.roles.includes("admin")
    showWays(isAdministrator ? [...pages, ...administratorsPages] : pages)
    await fill(me)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    fail(error)
  }
  document.querySelector("main").inert = false // until now its buttons did nothing
}

/** Puts what went wrong in the place of the page. */
function fail(refusal) {
  const again = element("button", { className: "primary" }, "Try again")
  again.addEventListener("click", () => location.reload())
  document.querySelector("main").replaceChildren(
    element("h1", {}, "This page could not be shown"),
    element("p", { className: "summary error", role: "alert" }, explain(refusal)), again)
}

function showWays(ways) {
  const nav = document.querySelector(".bar nav")
  nav.replaceChildren(...ways.map(([path, name]) => {
    const way = element("a", { href: path }, name)
    if (path === nav.dataset.page) way.ariaCurrent = "page"
    return way
  }))
  const signOut = document.querySelector("#sign-out")
  onClick(signOut, leave, tell)
  signOut.hidden = false
}

async function leave() {
  await ask("POST", "logout", {})
  location.assign("/sign-in?why=left")
}
