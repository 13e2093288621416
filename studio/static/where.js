// Brushing: on each axis of the lines two ends bound what is kept. A drag along the
// axis sets both, each is a slider for the keyboard, and what runs outside of any of
// them fades, in the pairs too. How many worlds are left is told.

const NS = 'http://www.w3.org/2000/svg'

function make(name, attributes, ...children) {
  const e = document.createElementNS(NS, name)
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v)
  e.append(...children)
  return e
}

/** numbers are those of a path of lines from axis to axis: the height at each. */
function heights(d) {
  return d.slice(1).split('L').map(p => +p.split(' ')[1])
}

/** Axis is one of them, with what is kept of it: from and to, in pixels from the top. */
class Axis {
  constructor(g) {
    const d = g.dataset
    Object.assign(this, { name: d.axis, title: d.title, unit: d.unit, x: +d.x, top: +d.top, tall: +d.tall, lo: +d.lo, hi: +d.hi, log: d.log === 'true' })
    this.free()
  }
  free() { this.from = this.top; this.to = this.top + this.tall }
  get bounded() { return this.from > this.top || this.to < this.top + this.tall }
  keeps(y) { return y >= this.from - .5 && y <= this.to + .5 }
  value(y) {
    const s = 1 - (y - this.top) / this.tall
    return this.log ? Math.exp(Math.log(this.lo) + s * (Math.log(this.hi) - Math.log(this.lo))) : this.lo + s * (this.hi - this.lo)
  }
  words(y) { return Number(this.value(y).toPrecision(3)) + (this.unit && this.unit !== 'number' ? ' ' + this.unit : '') }
}

/** Brush is the picture of one view. */
class Brush {
  constructor(figure) {
    this.figure = figure
    this.svg = figure.querySelector('svg')
    this.told = figure.querySelector('.left')
    this.axes = [...this.svg.querySelectorAll('[data-axis]')].map(g => new Axis(g))
    this.worlds = new Map()
    for (const line of this.svg.querySelectorAll('[data-k]')) this.worlds.set(line.dataset.w, { kind: line.dataset.k, at: heights(line.getAttribute('d')), drawn: [] })
    for (const e of this.svg.querySelectorAll('[data-w]')) this.worlds.get(e.dataset.w)?.drawn.push(e)
    this.ends()
    this.show()
  }

  /** ends draws what is taken hold of. */
  ends() {
    this.svg.removeAttribute('aria-hidden')
    this.svg.setAttribute('role', 'group')
    this.svg.setAttribute('aria-label', 'Axes, each with two ends')
    for (const e of this.svg.children) e.setAttribute('aria-hidden', 'true')
    const layer = make('g', { class: 'brushes' })
    for (const a of this.axes) {
      a.kept = make('rect', { class: 'kept', x: a.x - 9, width: 18 })
      const ground = make('rect', { class: 'ground-of', x: a.x - 22, y: a.top - 6, width: 44, height: a.tall + 12, 'data-of': a.name })
      this.drags(ground, a)
      a.upper = this.end(a, 'from', 'at most', -1)
      a.lower = this.end(a, 'to', 'at least', 1)
      layer.append(a.kept, ground, a.upper, a.lower)
    }
    this.svg.append(layer)
  }

  /** end is one of the two of an axis: a slider. */
  end(a, side, words, way) {
    const g = make('g', { class: 'end', role: 'slider', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': `${a.title || a.name}, ${words}`, 'aria-valuemin': a.lo, 'aria-valuemax': a.hi, 'data-end': side },
      make('rect', { class: 'hold', x: -13, y: way < 0 ? -24 : 0, width: 26, height: 24 }), make('path', { d: `M0 0l9 ${9 * way}h-18z` }))
    g.addEventListener('keydown', e => {
      const step = { ArrowUp: -1, ArrowRight: -1, ArrowDown: 1, ArrowLeft: 1, PageUp: -10, PageDown: 10 }[e.key]
      if (step) this.put(a, side, a[side] + step * a.tall / 100)
      else if (e.key === 'Home') this.put(a, side, a.top + a.tall)
      else if (e.key === 'End') this.put(a, side, a.top)
      else if (e.key === 'Escape') { a.free(); this.show() }
      else return
      e.preventDefault()
    })
    this.held(g, y => this.put(a, side, y))
    return g
  }

  put(a, side, y) {
    y = Math.min(Math.max(y, a.top), a.top + a.tall)
    a[side] = side === 'from' ? Math.min(y, a.to) : Math.max(y, a.from)
    this.show()
  }

  /** held follows a pointer from where it is put down. */
  held(e, to) {
    e.addEventListener('pointerdown', p => {
      if (p.button) return
      p.preventDefault()
      e.setPointerCapture(p.pointerId)
      e.focus?.()
      const move = q => to(this.at(q))
      e.addEventListener('pointermove', move)
      const end = () => e.removeEventListener('pointermove', move)
      e.addEventListener('pointerup', end, { once: true })
      e.addEventListener('pointercancel', end, { once: true })
    })
  }

  /** drags takes what is drawn over an axis from one height to another; a mere click
      lets go. */
  drags(e, a) {
    e.addEventListener('pointerdown', p => {
      if (p.button) return
      p.preventDefault()
      e.setPointerCapture(p.pointerId)
      const begun = this.at(p)
      const inside = y => Math.min(Math.max(y, a.top), a.top + a.tall)
      const move = q => {
        const y = this.at(q)
        if (Math.abs(y - begun) < 3) return
        a.from = inside(Math.min(begun, y))
        a.to = inside(Math.max(begun, y))
        this.show()
      }
      e.addEventListener('pointermove', move)
      const end = q => {
        e.removeEventListener('pointermove', move)
        if (Math.abs(this.at(q) - begun) < 3) { a.free(); this.show() }
      }
      e.addEventListener('pointerup', end, { once: true })
    })
  }

  /** at is the height of a pointer in the picture. */
  at(p) {
    return new DOMPoint(p.clientX, p.clientY).matrixTransform(this.svg.getScreenCTM().inverse()).y
  }

  show() {
    for (const a of this.axes) {
      a.kept.setAttribute('y', a.from)
      a.kept.setAttribute('height', Math.max(a.to - a.from, 1))
      a.kept.classList.toggle('bounded', a.bounded)
      for (const [g, y, words] of [[a.upper, a.from, 'at most '], [a.lower, a.to, 'at least ']]) {
        g.setAttribute('transform', `translate(${a.x},${y})`)
        g.setAttribute('aria-valuenow', a.value(y))
        g.setAttribute('aria-valuetext', words + a.words(y))
      }
    }
    const n = { all: 0, so: 0, not: 0, unknown: 0 }
    for (const w of this.worlds.values()) {
      const kept = this.axes.every((a, i) => a.keeps(w.at[i]))
      if (kept) { n.all++; n[w.kind]++ }
      for (const e of w.drawn) e.classList.toggle('faded', !kept)
    }
    this.tell(n)
  }

  /** tell says how many are left, and of what they are left by. */
  tell(n) {
    const held = this.axes.filter(a => a.bounded)
    const share = n.all ? ` (${Math.round(100 * n.so / n.all)} %)` : ''
    const unknown = n.unknown ? `, of ${n.unknown} it is not known` : ''
    const p = document.createElement('p')
    const b = document.createElement('b')
    b.textContent = `${n.all} of the ${this.worlds.size} worlds drawn are left`
    p.append(b, `; in ${n.so} of them it is so${share}${unknown}.`)
    if (held.length) {
      p.append(' Kept: ' + held.map(a => `${a.title || a.name} from ${a.words(a.to)} to ${a.words(a.from)}`).join('; ') + '. ')
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'quiet'
      button.textContent = 'Let go of all'
      button.addEventListener('click', () => {
        for (const a of this.axes) a.free()
        this.show()
        this.axes[0].upper.focus()
      })
      p.append(button)
    }
    this.told.replaceChildren(p)
  }
}

/** begin makes the pictures of a new view ready. */
export function begin() {
  for (const figure of document.querySelectorAll('figure.brush')) {
    if (!figure.querySelector('[data-axis]')) continue
    figure.querySelector('.left').hidden = false
    new Brush(figure)
  }
  for (const words of document.querySelectorAll('.brushwords')) words.hidden = false
}
