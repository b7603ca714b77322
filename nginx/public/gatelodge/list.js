// A list that comes in parts.

import { ask } from "./api.js"
import { onClick } from "./form.js"
import { tell } from "./show.js"

/**
 * A list in an element that holds `.loading`, `.rows`, `.empty` and `.more`.
 * @param {(item: object) => HTMLElement} row
 */
export function listIn(place, row) {
  const [loading, rows, empty, more] = [".loading", ".rows", ".empty", ".more"].map((name) => place.querySelector(name))
  let path, next
  let turn = 0

  async function add(after) {
    const mine = turn
    const part = await ask("GET", after ? `${path}${path.includes("?") ? "&" : "?"}after=${encodeURIComponent(after)}` : path)
    if (mine !== turn) return // something else is wanted by now
    const items = part.items.map(row)
    if (after) rows.append(...items)
    else rows.replaceChildren(...items)
    next = part.next
    loading.hidden = true
    empty.hidden = rows.children.length > 0
    more.hidden = !next
    if (after) items[0]?.querySelector("a, button")?.focus()
  }
  onClick(more, () => add(next), tell)

  /** Shows the list at a path of the API from its beginning. */
  return (wanted) => {
    path = wanted
    turn += 1
    return add(null)
  }
}
