import { ask } from "./api.js"
import { dialogForm } from "./form.js"
import { open } from "./frame.js"
import { listIn } from "./list.js"
import { explain } from "./messages.js"
import { rolesIn } from "./roles.js"
import { badge, day, element, tell } from "./show.js"

const typingPauseMilliseconds = 200
const secondsOfDay = 86_400

const search = document.querySelector("#name")

const showList = listIn(document.querySelector("#users"), userRow)

function showUsers() {
  return showList(`admin/users?search=${encodeURIComponent(search.value.trim())}`)
}

function userRow(user) {
  const about = element("p", { className: "muted" }, "Since ", day(user.created))
  const badges = element("span", { className: "badges" },
    ...user.roles.map((role) => badge(role)), ...user.state === "active" ? [] : [badge(user.state, "warning")])
  const content = [element("div", {}, element("strong", {}, user.username), about), badges]
  // Of a deleted one only the name is left.
  return element("li", {}, user.state === "deleted" ? element("div", { className: "row" }, ...content)
    : element("a", { className: "row", href: `/admin/user?id=${encodeURIComponent(user.id)}` }, ...content))
}

let typing
search.addEventListener("input", () => {
  clearTimeout(typing)
  typing = setTimeout(() => showUsers().catch((error) => tell(explain(error))), typingPauseMilliseconds)
})
document.querySelector("#search").addEventListener("submit", (event) => event.preventDefault())

const openCreate = dialogForm(document.querySelector("#create"), async ({ username, password, roles }) => {
  await ask("POST", "admin/users", { username, password, roles: rolesIn(roles) })
  tell(`${username} can sign in now.`)
  await showUsers()
}, {
  username_taken: "username", invalid_username: "username", weak_password: "password", malformed_password: "password",
  invalid_roles: "roles",
})

const openInvite = dialogForm(document.querySelector("#invite"), async ({ roles, days }) => {
  const invite = await ask("POST", "admin/invites", { roles: rolesIn(roles), expires_in: Number(days) * secondsOfDay })
  return () => {
    const link = document.querySelector("#link")
    link.value = `${location.origin}/sign-up#invite=${invite.code}`
    document.querySelector("#invited").showModal()
    link.select()
  }
}, { invalid_roles: "roles" })

document.querySelector("#copy").addEventListener("click", async () => {
  const link = document.querySelector("#link")
  link.select()
  // Only pages that came over TLS, or from this machine, may use the clipboard; with others the link is selected at least.
  await navigator.clipboard?.writeText(link.value)
  document.querySelector("#copy").textContent = navigator.clipboard ? "Copied" : "Selected"
})
document.querySelector("#invited").addEventListener("close", () => {
  document.querySelector("#link").value = ""
  document.querySelector("#copy").textContent = "Copy link"
})

open(async () => {
  document.querySelector("#open-create").addEventListener("click", openCreate)
  document.querySelector("#open-invite").addEventListener("click", openInvite)
  await showUsers()
  if (new URLSearchParams(location.search).get("why") === "deleted") tell("The user is deleted.")
})
