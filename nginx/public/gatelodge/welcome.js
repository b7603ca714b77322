import { ask } from "./api.js"
import { open } from "./frame.js"
import { badge, day } from "./show.js"

open(async (me) => {
  const { message } = await ask("GET", "posts")
  document.querySelector("h1").textContent = message
  document.querySelector("#username").textContent = me.username
  document.querySelector("#roles").replaceChildren(...me.roles.length ? me.roles.map((role) => badge(role)) : ["None"])
  document.querySelector("#created").append(day(me.created))
  document.querySelector("#id").textContent = me.id
  document.querySelector("#welcome").hidden = true
  for (const section of document.querySelectorAll("section")) section.hidden = false
})
