import { Refusal, ask } from "./api.js"
import { open } from "./frame.js"
import { explain } from "./messages.js"
import { element, inWords } from "./show.js"

const intervalMilliseconds = 2000
const shownPoints = 60

const find = (name) => document.querySelector(name)
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 })
const points = { rate: [], queue: [] }
let before = null
let isPaused = false

/** Microseconds as people read them; null where nothing was measured. */
function time(microseconds) {
  if (microseconds === null) return "–"
  if (microseconds < 1000) return `${number.format(microseconds)} µs`
  return microseconds < 1_000_000 ? `${number.format(microseconds / 1000)} ms` : `${number.format(microseconds / 1_000_000)} s`
}

function show(name, figure, about) {
  find(`#${name} .figure`).textContent = figure
  find(`#${name} .muted`).textContent = about
}

function draw(name, value) {
  const values = points[name]
  values.push(value)
  if (values.length > shownPoints) values.shift()
  const highest = Math.max(1, ...values)
  const first = shownPoints - values.length
  find(`#${name} polyline`).setAttribute("points", values.map((value, place) =>
    `${(first + place) / (shownPoints - 1) * 100},${29 - value / highest * 27}`).join(" "))
}

function showReport(report) {
  const { hashing, supervision, logins, connections, writes, readiness } = report
  const waitsFor = Object.entries(readiness).filter(([, isThere]) => !isThere).map(([name]) => name)
  show("ready", report.ready ? "Ready" : "Not ready",
    waitsFor.length ? `Waits for ${waitsFor.join(" and ")}` : `Version ${report.version}, up for ${inWords(report.uptime_seconds)}`)
  showRate(report)
  const busiest = report.requests.toSorted((a, b) => b.count - a.count)[0]
  show("latency", time(busiest?.p50_us ?? null), busiest ? `Median of ${name(busiest)}; 99 % within ${time(busiest.p99_us)}` : "")
  show("queue", number.format(hashing.waiting),
    `${hashing.busy_lanes} of ${hashing.lanes} lanes busy; 99 % waited less than ${time(hashing.p99_wait_us)}`)
  draw("queue", hashing.waiting)
  show("logins", number.format(logins.recent),
    logins.recent ? `${logins.busiest_percent} % from ${logins.busiest_address}` : "In the last minute or two")
  show("reloads", number.format(supervision.reloads), `${supervision.failed_reloads} failed, ${supervision.restarts} restarts`)
  const refused = Object.values(connections.refused).reduce((sum, count) => sum + count, 0)
  show("connections", number.format(connections.open), `${number.format(refused)} requests refused at the gate`)
  show("writes", number.format(writes.commits), `99 % within ${time(writes.p99_commit_us)}, ${writes.waiting} waiting`)
  find("#routes").replaceChildren(...report.requests.filter(({ count }) => count > 0).map(routeRow))
}

/** From the count of the report before, where that was of the same worker. */
function showRate(report) {
  const now = performance.now()
  const count = report.requests.reduce((sum, route) => sum + route.count, 0)
  if (before?.worker === report.process_id) {
    const rate = (count - before.count) / (now - before.at) * 1000
    show("rate", number.format(rate), `${number.format(count)} in all`)
    draw("rate", rate)
  } else {
    show("rate", "–", `${number.format(count)} in all`)
  }
  before = { worker: report.process_id, count, at: now }
}

/** What nginx asks for other pages and applications has no route of its own. */
function name({ surface, method, route }) {
  return surface === "verify" ? "the door" : `${method} ${route}`
}

function routeRow(report) {
  const { count, statuses, p50_us, p99_us } = report
  const refused = Object.entries(statuses).reduce((sum, [status, count]) => sum + (Number(status) >= 400 ? count : 0), 0)
  const cells = [number.format(count), number.format(refused), time(p50_us), time(p99_us)]
  return element("tr", {}, element("th", { scope: "row" }, name(report)), ...cells.map((text) => element("td", {}, text)))
}

async function watch() {
  // Nobody looks at a page in the background.
  if (!isPaused && !document.hidden) {
    try {
      showReport(await ask("GET", "admin/status"))
      find("#refused").textContent = ""
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      find("#refused").textContent = explain(error)
    }
  }
  setTimeout(watch, intervalMilliseconds)
}

find("#pause").addEventListener("click", ({ currentTarget }) => {
  isPaused = !isPaused
  currentTarget.textContent = isPaused ? "Go on" : "Pause"
})

open(watch)
