import { ask } from "./api.js"
import { dialogForm, onClick, onSubmit } from "./form.js"
import { open } from "./frame.js"
import { listIn } from "./list.js"
import { rolesIn } from "./roles.js"
import { sessionRow } from "./sessions.js"
import { badge, day, tell } from "./show.js"

const id = new URLSearchParams(location.search).get("id") ?? ""
const path = `admin/users/${encodeURIComponent(id)}`
const find = (name) => document.querySelector(name)
let username = ""

async function showUser() {
  const user = await ask("GET", path)
  username = user.username
  document.title = `${username} · Gatelodge`
  find("#username").textContent = username
  find("#state").replaceChildren(badge(user.state, user.state === "disabled" ? "warning" : ""))
  find("#created").replaceChildren(day(user.created))
  find("#id").textContent = user.id
  find("#roles").value = user.roles.join(" ")
  find("#enable").hidden = user.state !== "disabled"
  find("#disable").hidden = user.state !== "active"
  await showSessions()
}

const endAll = find("#end-all")
const showList = listIn(find("#sessions"), (session) => {
  endAll.hidden = false
  return sessionRow(session, badge(session.kind === "cookie" ? "Browser" : "Application", "quiet"))
})

function showSessions() {
  endAll.hidden = true
  return showList(`${path}/sessions`)
}

/** What buttons do, what is asked first where it cannot be undone, and what is said afterwards. */
const deeds = {
  unlock: { method: "POST", path: "/unlock", said: () => `Wrong passwords of ${username} are forgotten.` },
  enable: { method: "POST", path: "/enable", said: () => `${username} can sign in again.` },
  disable: {
    method: "POST", path: "/disable", said: () => `${username} is disabled.`,
    asked: () => ({ title: `Disable ${username}?`, text: "All sessions end at once, and nobody can sign in as this user.", action: "Disable" }),
  },
  "end-all": {
    method: "DELETE", path: "/sessions", said: () => "All sessions have ended.",
    asked: () => ({ title: "End all sessions?", text: `${username} is signed out everywhere at once.`, action: "End all" }),
  },
  remove: {
    method: "DELETE", path: "", leave: "/admin/users?why=deleted",
    asked: () => ({ title: `Delete ${username}?`, text: "The account is gone and nobody gets its name again. This cannot be undone.", action: "Delete" }),
  },
}

function bind(button, deed) {
  const refused = find("#refused")
  onClick(button, async () => {
    refused.textContent = ""
    await ask(deed.method, path + deed.path)
    if (deed.leave) return location.replace(deed.leave)
    tell(deed.said())
    await showUser()
    if (!button.checkVisibility()) find("h1").focus() // the button that had it is gone
  }, (text) => { refused.textContent = text }, deed.asked)
}

open(async () => {
  await showUser()
  for (const [name, deed] of Object.entries(deeds)) bind(document.getElementById(name), deed)
  onSubmit(find("#roles-form"), async ({ roles }) => {
    await ask("PUT", `${path}/roles`, { roles: rolesIn(roles) })
    tell("The roles are saved.")
    await showUser()
  }, { invalid_roles: "roles" })
  const openPassword = dialogForm(find("#password"), async ({ new_password }) => {
    await ask("PUT", `${path}/password`, { new_password })
    tell(`${username} has a new password.`)
    await showUser()
  }, { weak_password: "new_password", malformed_password: "new_password" })
  find("#open-password").addEventListener("click", openPassword)
})
