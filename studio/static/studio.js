// What the page does beyond what links and forms do by themselves: it swaps views
// without loading anew, asks again while a form is changed, takes clicks on the map,
// and follows jobs. Without it every view still answers.

import { leave } from '/static/suppose.js'
import { begin as brush } from '/static/where.js'
import { begin as edit, unsaved } from '/static/text.js'

const token = document.querySelector('meta[name=casus-token]')?.content
const main = document.getElementById('main')
const busy = document.getElementById('busy')
let asking = null

/** ours reports whether an address is one of the views. */
function ours(url) {
  return url.origin === location.origin && !/^\/(static|api|jobs)\//.test(url.pathname)
}

/** go shows the view at an address. What had the focus gets it again. */
async function go(address, { push = true, keep = false } = {}) {
  if (unsaved() && !confirm('What was typed is not saved. Leave it?')) return
  asking?.abort()
  clearTimeout(waiting)
  const mine = asking = new AbortController()
  const slow = setTimeout(() => say('Working …'), 400)
  try {
    const reply = await fetch(address, { signal: mine.signal, headers: { Accept: 'text/html' } })
    const next = new DOMParser().parseFromString(await reply.text(), 'text/html')
    if (!reply.ok && keep) { // what was typed stays, to be mended
      const faults = [...next.querySelectorAll('.error p')].map(p => p.textContent)
      return say(faults.join(' '), closing())
    }
    const held = keep && document.activeElement?.id
    leave()
    if (push) history.pushState(null, '', reply.url)
    document.title = next.title
    for (const id of ['views', 'main', 'foot']) document.getElementById(id).replaceChildren(...next.getElementById(id).childNodes)
    begin()
    if (held) document.getElementById(held)?.focus({ preventScroll: true })
    else { main.focus({ preventScroll: true }); scrollTo(0, 0) }
  } catch (e) {
    if (e.name === 'AbortError') return
    return say('The page did not answer: is casus studio still running? ' + e.message, closing())
  } finally {
    clearTimeout(slow)
    if (asking === mine) asking = null
  }
  say('')
}

/** say tells what is going on, to eyes and to screen readers. */
function say(words, ...more) {
  if (!words) return busy.replaceChildren()
  const box = document.createElement('div')
  const p = document.createElement('p')
  p.textContent = words
  box.append(p, ...more)
  busy.replaceChildren(box)
}

/** closing is a button that takes away what was said. */
function closing() {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = 'Close'
  button.addEventListener('click', () => say(''))
  return button
}

/** addressOf is the question that a form asks. What is left empty is not in it. */
function addressOf(form) {
  const words = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value !== '') words.append(name, value)
  return form.action.split('?')[0] + '?' + words
}

document.addEventListener('click', e => {
  const a = e.target.closest('a[href]')
  if (!a || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
  const url = new URL(a.getAttribute('href'), location) // an href of a picture is no text
  if (!ours(url) || (url.hash && url.pathname + url.search === location.pathname + location.search)) return
  e.preventDefault()
  go(url.href)
})

document.addEventListener('submit', e => {
  if (e.target.method !== 'get') return
  e.preventDefault()
  go(addressOf(e.target), { keep: true })
})

let waiting

/** later asks what a form asks once it has rested for so many milliseconds. What was
 * asked before is given up: its answer would take back what was set since. */
function later(form, rest) {
  clearTimeout(waiting)
  asking?.abort()
  waiting = setTimeout(() => go(addressOf(form), { keep: true }), rest)
}

// A key that is held changes a list, or a slider, many times a second.
document.addEventListener('change', e => {
  const form = e.target.closest('form[data-live]')
  if (form?.reportValidity()) later(form, e.target.type === 'range' ? 300 : 120)
})

// The slider of years sets the day, and asks once it rests.
document.addEventListener('input', e => {
  const sets = e.target.dataset.sets
  if (!sets) return
  const day = document.getElementById(sets)
  day.value = String(e.target.value).padStart(4, '0') + (day.value.slice(4) || '-07-01')
  e.target.setAttribute('aria-valuetext', day.value)
  later(e.target.closest('form'), 300)
})

// A click on a state makes it the victim, or the attacker.
document.addEventListener('click', e => {
  const state = e.target.closest('#map [data-state]')?.dataset.state
  if (!state) return
  const field = document.getElementById(document.querySelector('input[name=pick]:checked').value)
  field.value = state
  if (field.id === 'on') document.getElementById('at').value = state
  go(addressOf(field.form), { keep: true })
})

addEventListener('popstate', () => go(location.href, { push: false }))

// A job is begun, followed, and stopped if somebody wants that.
document.addEventListener('click', async e => {
  const button = e.target.closest('[data-job]')
  if (!button) return
  button.disabled = true
  const reply = await fetch('/jobs/' + button.dataset.job, { method: 'POST', body: button.dataset.words, headers: { 'X-Casus-Token': token, 'Content-Type': 'application/json' } })
  const job = await reply.json()
  if (!reply.ok) {
    button.disabled = false
    return say(job.error)
  }
  follow(job, button)
})

function follow(job, button) {
  const bar = document.createElement('progress')
  bar.setAttribute('aria-label', 'How much is done')
  const stop = document.createElement('button')
  stop.textContent = 'Stop'
  stop.className = 'quiet'
  stop.addEventListener('click', () => fetch('/jobs/' + job.job, { method: 'DELETE', headers: { 'X-Casus-Token': token } }))
  say(job.command, bar, stop)
  const news = new EventSource('/jobs/' + job.job)
  const end = () => { news.close(); button.disabled = false }
  news.addEventListener('running', e => {
    const n = JSON.parse(e.data)
    if (n.total) { bar.max = n.total; bar.value = n.done }
  })
  news.addEventListener('done', e => { end(); go(JSON.parse(e.data).to) })
  news.addEventListener('stopped', e => {
    end()
    const n = JSON.parse(e.data)
    if (!n.record) return say('Stopped. Nothing was done that could be kept.', closing())
    const on = document.createElement('button'), command = document.createElement('code')
    on.type = 'button'
    on.textContent = 'Go on with it'
    on.dataset.job = 'run'
    on.dataset.words = n.words
    command.textContent = n.resume
    say('Stopped. What was done is kept in ' + n.record + '. At the command line this goes on with it: ', command, on, closing())
  })
  news.addEventListener('failed', e => { end(); say(JSON.parse(e.data).error) })
  news.onerror = () => { end(); say('The page lost sight of the job; is casus studio still running?') }
}

/** begin makes a new view ready. */
function begin() {
  edit(token, words => say(words, closing()))
  brush()
  for (const group of document.querySelectorAll('.picks')) group.hidden = false
  const here = document.querySelector('#views [aria-current]')
  if (here) { // in a narrow window the list of views is one row that scrolls
    const list = here.closest('ul')
    list.scrollLeft += here.getBoundingClientRect().left - list.getBoundingClientRect().left - (list.clientWidth - here.offsetWidth) / 2
  }
  const copy = document.getElementById('copy')
  if (copy && navigator.clipboard) {
    copy.hidden = false
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById('command').textContent)
      copy.textContent = 'Copied'
    })
  }
}
begin()
