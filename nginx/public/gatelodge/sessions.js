// A session as a row.

import { ago, badge, device, element } from "./show.js"

/** @param {HTMLElement|null} end what stands at its end. */
export function sessionRow(session, end) {
  const name = element("strong", { title: session.user_agent }, device(session.user_agent))
  const about = element("p", { className: "muted" }, "Used ", ago(session.last_used), session.address ? ` from ${session.address}` : "")
  return element("li", { className: "row" }, element("div", {}, name, about), end ?? badge("This device"))
}
