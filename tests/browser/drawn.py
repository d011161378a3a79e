"""When a page is really drawn, and what can be read off it: conditions instead of sleeps, shared by pictures, measurements and tests."""

from __future__ import annotations

# Runs before anything else in a tab: notes when the page last changed, inside of components too, and when something was last clicked.
WATCH = """
(() => {
  window.drawn = { changed: performance.now(), clicked: 0, roots: [] }
  const observer = new MutationObserver(() => { window.drawn.changed = performance.now() })
  const watch = node => observer.observe(node, { childList: true, characterData: true, subtree: true })
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options)
    window.drawn.roots.push(root)
    watch(root)
    return root
  }
  watch(document)
  addEventListener("click", () => { window.drawn.clicked = performance.now() }, true)
})()
"""
# True when the script has ended, no placeholder and nothing stale is left, every chart has its lines, and for QUIET ms nothing has changed.
DRAWN = """quiet => {
  const app = document.querySelector('[data-testid="stApp"]')
  if (document.querySelector('[data-testid="stException"], .st-key-mishap')) return true
  if (app?.dataset.testScriptState !== "notRunning" || app.dataset.testConnectionState !== "CONNECTED") return false
  const waiting = ['[data-testid="stSkeleton"]', '[data-testid="stAppSkeleton"]', '[data-testid="stSpinner"]', '[data-stale="true"]']
  if (document.querySelector(waiting.join())) return false
  if ([...document.querySelectorAll('[data-testid="stPlotlyChart"]')].some(chart => !chart.querySelector(".main-svg"))) return false
  const ours = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
  const root = one => window.drawn.roots.find(root => one.contains(root.host))
  const empty = one => !root(one)?.querySelector("[class]")?.childElementCount
  if (ours.some(empty)) return false
  if (!document.querySelector("h1, h2, h3, h4") && !window.drawn.roots.some(root => root.querySelector("h1, h2, h3, h4, table"))) return false
  return document.fonts.status === "loaded" && performance.now() - window.drawn.changed > quiet
}"""
QUIET = 400
# How far the page scrolls sideways and down, in pixels.
EXTENT = """() => {
  const main = document.querySelector('[data-testid="stMain"]')
  return [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight]
}"""
# Every visible text; what our components and charts say to screen readers. Streamlit's own hidden labels are English in every language.
WORDS = """() => {
  const said = []
  const visible = one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && getComputedStyle(one).fontSize !== "0px"
  for (const root of [document.body, ...window.drawn.roots.filter(root => root.host.isConnected)]) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const box = walk.currentNode.parentElement
      const hidden = 'style, script, noscript, title, [data-testid="stIconMaterial"], [data-testid="stSkipToContent"], [translate="no"]'
      if (box && !box.closest(hidden) && visible(box)) said.push(walk.currentNode.data)
    }
    const spoken = root === document.body ? '[data-testid="stPlotlyChart"] [aria-label]' : "[aria-label], [title]"
    for (const one of root.querySelectorAll(spoken)) if (visible(one)) said.push(...["aria-label", "title"].map(name => one.getAttribute(name) ?? ""))
  }
  return said.map(text => text.trim()).filter(Boolean)
}"""
# Labels of charts that leave their picture, and texts that are cut off.
CUT = """() => {
  const found = []
  for (const label of document.querySelectorAll(".js-plotly-plot .main-svg text")) {
    const box = label.getBoundingClientRect(), all = label.closest(".js-plotly-plot").getBoundingClientRect()
    const out = box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1 || box.bottom > all.bottom + 1
    if (box.width && out) found.push(label.textContent)
  }
  const speaks = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  for (const root of [document.body, ...window.drawn.roots.filter(root => root.host.isConnected)])
    for (const one of root.querySelectorAll("p, span, button, th, td, a, div"))
      if (one.checkVisibility() && speaks(one) && getComputedStyle(one).overflowX === "hidden" && one.clientWidth > 1
          && one.scrollWidth > one.clientWidth + 1) found.push(one.textContent.trim())
  return found
}"""
# Names of things that are the same in Chinese: file kinds, the product, the other language's own name, and what the demo calls its customers.
SAME_IN_CHINESE = {"KPI", "PDF", "ZIP", "Excel", "CSV", "English", "amdash", "xlsx", "xls", "csv", "MB", "VIP", "PNG", "SVG", "JPEG", "kB"}
# Streamlit asks below the page's own path first; its health check answers there with 404 and then at the root.
KNOWN = "Failed to load resource: the server responded with a status of 404"
