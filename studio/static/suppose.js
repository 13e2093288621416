// Sliders hold assumptions at values. While one is moved the page asks for the
// central world, the newest position first, and then takes more worlds as they come.

let news = null // the answer under way
let waits = false // for its first part
let moved = false // since it was asked for

/** held reads what the field says: NAME=VALUE, apart by commas outside brackets. */
function held(form) {
  const out = new Map()
  for (const one of form.elements.set.value.split(/,(?![^[(]*[\])])/)) {
    const [name, value] = one.split('=')
    if (value !== undefined) out.set(name.trim(), value.trim())
  }
  return out
}

function hold(form, values) {
  form.elements.set.value = [...values].map(([name, value]) => name + '=' + value).join(',')
}

/** leave ends what is under way. */
export function leave() {
  news?.close()
  news = null
  waits = moved = false
}

function ask(form) {
  news?.close()
  waits = true
  moved = false
  const to = new URL(form.dataset.refine, location)
  to.searchParams.set('set', form.elements.set.value)
  const mine = news = new EventSource(to)
  mine.addEventListener('answer', e => {
    if (news !== mine) return
    show(JSON.parse(e.data))
    waits = false
    if (moved) ask(form)
  })
  mine.addEventListener('failed', e => { mine.close(); waits = false; tell(JSON.parse(e.data)) })
  mine.addEventListener('end', () => mine.close())
  mine.onerror = () => { mine.close(); waits = false }
}

function tell(words) {
  const p = document.createElement('p')
  p.className = 'error'
  p.textContent = words
  document.getElementById('answers').replaceChildren(p)
}

function show(x) {
  document.getElementById('answers').innerHTML = x.answers
  document.getElementById('command').textContent = x.command
  document.querySelector('h1').textContent = x.heading
  for (const row of document.querySelectorAll('.slider')) {
    const made = x.rows[row.dataset.of]
    if (!made) continue
    row.querySelector('.track').innerHTML = made.track
    row.querySelector('.swing').innerHTML = made.bar
    row.querySelector('.says').textContent = made.says
  }
}

document.addEventListener('input', e => {
  const name = e.target.dataset.name
  if (!name) return
  const form = document.getElementById('suppose')
  const value = Number(Number(e.target.value).toPrecision(3))
  const row = e.target.closest('.slider')
  row.classList.add('held')
  row.querySelector('.now').textContent = value
  e.target.setAttribute('aria-valuetext', value + ' ' + e.target.dataset.unit)
  row.querySelector('[data-free]').hidden = false
  hold(form, held(form).set(name, value))
  moved = true
  if (!waits) ask(form)
})

document.addEventListener('change', e => {
  if (!e.target.dataset.name) return
  const form = document.getElementById('suppose')
  history.replaceState(null, '', '/suppose?' + new URLSearchParams([...new FormData(form)].filter(x => x[1] !== '')))
})

document.addEventListener('click', e => {
  const name = e.target.closest('[data-free]')?.dataset.free
  if (!name) return
  const form = document.getElementById('suppose')
  const values = held(form)
  values.delete(name)
  hold(form, values)
  form.requestSubmit()
})
