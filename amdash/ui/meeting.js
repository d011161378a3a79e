// The clock of a meeting and its keys. Ticks and keys need no rerun; what moves on reports the screen it wants, as a number, so that
// three quick presses of a clicker are three screens, whatever the server has drawn meanwhile.
const TYPES = new Set(["checkbox", "radio", "button", "submit", "range"])
const typing = target => {
  if (!target?.closest) return false
  if (target.tagName === "INPUT" && TYPES.has(target.type)) return target.type === "radio"
  return target.isContentEditable || !!target.closest("input, textarea, select, [role=listbox], [role=combobox], [role=radiogroup], [data-baseweb=popover], [data-baseweb=calendar]")
}
const minutes = seconds => {
  const whole = Math.max(0, Math.floor(seconds)), two = n => String(n).padStart(2, "0")
  return `${whole >= 3600 ? `${Math.floor(whole / 3600)}:` : ""}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".clock")
  const store = `amdash-meeting-${data.id}`
  if (root.store !== store) {
    root.store = store
    root.began = null
    root.spent = JSON.parse(sessionStorage.getItem(store) ?? "{}")
    root.ticked = Date.now()
  }
  // Once ended it stands; a meeting that is gone on with has run since its beginning.
  root.began = data.over ? null : root.began ?? Date.now() - 1000 * data.elapsed
  root.data = data
  root.elapsed = data.elapsed
  if (root.lang !== data.lang) {
    root.lang = data.lang
    root.innerHTML = data.html
  }
  // A press that the server has not answered yet still counts.
  if (root.wanted === undefined || Date.now() - (root.pressed ?? 0) > 1500) root.wanted = data.place
  root.tick = () => {
    if (!root.isConnected) return clearInterval(root.timer)
    const now = Date.now(), one = root.data
    if (one.here && !one.over) {
      root.spent[one.here] = (root.spent[one.here] ?? 0) + (now - root.ticked) / 1000
      sessionStorage.setItem(store, JSON.stringify(root.spent))
    }
    root.ticked = now
    root.querySelector(".t-all").textContent = minutes(root.began === null ? one.elapsed : (now - root.began) / 1000)
    root.querySelector(".t-here").textContent = one.here ? minutes(root.spent[one.here] ?? 0) : ""
  }
  root.tick()
  clearInterval(root.timer)
  root.timer = setInterval(() => root.tick(), 1000)
  root.go = what => setTriggerValue("go", what)
  root.move = step => {
    const to = Math.min(root.data.last, Math.max(0, root.wanted + step))
    if (to === root.wanted) return
    root.wanted = to
    root.pressed = Date.now()
    root.go(`to|${to}`)
  }
  if (!root.keys) {
    root.keys = event => {
      if (!root.isConnected) return document.removeEventListener("keydown", root.keys, true)
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
      const target = event.composedPath()[0]
      if (typing(target)) {
        if (event.key === "Escape") target.blur()
        return
      }
      const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key]
      if (step) {
        event.preventDefault()
        event.stopPropagation()
        if (!event.repeat) root.move(step)
      } else if (event.key === "Escape") {
        if (!document.querySelector("[data-baseweb=popover]")) root.go("leave")
      } else if (event.key === "h" || event.key === "H") {
        if (!event.repeat) root.go("names")
      } else if (event.key === "f" || event.key === "F") {
        document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()
      }
    }
    document.addEventListener("keydown", root.keys, true)
    // A button that was clicked keeps the focus, and the next press of a key would frame it on the projector. Whoever goes there by keys sees the frame.
    root.clicked = event => {
      if (!root.isConnected) return document.removeEventListener("click", root.clicked, true)
      // Enter and the space bar click too, with no button of a mouse pressed.
      if (!event.pointerType) return
      setTimeout(() => {
        let held = document.activeElement
        while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement
        if (held?.matches("button, [type=checkbox]")) held.blur()
      }, 0)
    }
    document.addEventListener("click", root.clicked, true)
  }
}
