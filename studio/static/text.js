// A native text area under a painted copy of its text. What is wrong, what a word
// stands for and what may stand at the cursor the language server of casus says, over
// a WebSocket.

const types = ['keyword', 'string', 'number', 'comment', 'operator', 'class', 'variable', 'constant']

let talk = null

/** begin makes the editor ready, where there is one on the page. */
export function begin(token, say) {
  talk?.close()
  talk = null
  const desk = document.getElementById('desk')
  if (desk) talk = open(desk, token, say)
}

/** unsaved reports whether something typed would be lost. */
export function unsaved() { return talk?.changed() ?? false }

function open(desk, token, say) {
  const area = desk.querySelector('textarea'), paint = desk.querySelector('.paint'), offers = document.getElementById('offers')
  const state = document.getElementById('state'), wrong = document.getElementById('wrong'), known = document.getElementById('known')
  const uri = desk.dataset.doc
  let saved = area.value, digest = desk.dataset.digest, marks = [], tokens = [], asked = 0, waiting = new Map(), version = 1, due, offered = [], chosen = -1
  let place = null // the text and the caret for which words are offered, or about to be
  let sent = area.value // the text that the server reads
  const ended = new AbortController()

  const socket = new WebSocket('ws://' + location.host + '/editor')
  const send = x => { if (socket.readyState === 1) socket.send(JSON.stringify({ jsonrpc: '2.0', ...x })) }
  const request = (method, params) => new Promise((done, not) => {
    waiting.set(++asked, { done, not })
    send({ id: asked, method, params })
  })
  const at = (offset = area.selectionStart) => {
    const before = area.value.slice(0, offset).split('\n')
    return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1).length } }
  }
  const offsetOf = p => {
    let from = 0
    for (let i = 0; i < p.line; i++) {
      const next = area.value.indexOf('\n', from)
      if (next < 0) return area.value.length
      from = next + 1
    }
    return Math.min(from + p.character, area.value.length)
  }

  socket.addEventListener('open', async () => {
    await request('initialize', { rootUri: desk.dataset.root, capabilities: {} })
    send({ method: 'initialized', params: {} })
    sent = area.value
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'casus', version, text: area.value } } })
    colours()
    about()
  })
  socket.addEventListener('message', e => {
    const m = JSON.parse(e.data)
    if (m.id !== undefined && waiting.has(m.id)) {
      const w = waiting.get(m.id)
      waiting.delete(m.id)
      return m.error ? w.not(new Error(m.error.message)) : w.done(m.result)
    }
    if (m.method === 'textDocument/publishDiagnostics' && m.params.uri === uri && sent === area.value && (m.params.version ?? version) === version) told(m.params.diagnostics)
    if (m.method === 'window/showMessage') state.textContent = m.params.message
  })
  socket.addEventListener('close', e => { if (talk === self) state.textContent = (e.reason || 'The page lost sight of casus studio: is it still running?') + ' What you typed stays here.' })

  /** told lists what is wrong, each with its place. */
  function told(list) {
    marks = list
    wrong.replaceChildren(...list.map(d => {
      const li = document.createElement('li'), b = document.createElement('button')
      b.type = 'button'
      b.className = 'quiet'
      b.textContent = 'line ' + (d.range.start.line + 1)
      b.addEventListener('click', () => {
        area.focus()
        area.setSelectionRange(offsetOf(d.range.start), offsetOf(d.range.end))
        area.scrollTop = (d.range.start.line - 6) * parseFloat(getComputedStyle(area).lineHeight)
      })
      li.append(b, (d.severity === 1 ? ' ' : ' warning: ') + d.message)
      return li
    }))
    if (!list.length) wrong.innerHTML = '<li class="soft">Nothing.</li>'
    draw()
  }

  async function colours() {
    try {
      const asked = area.value, list = (await request('textDocument/semanticTokens/full', { textDocument: { uri } }))?.data ?? []
      if (asked !== area.value) return
      tokens = []
      let line = 0, character = 0, starts = [0]
      for (let i = asked.indexOf('\n'); i >= 0; i = asked.indexOf('\n', i + 1)) starts.push(i + 1)
      for (let i = 0; i + 4 < list.length; i += 5) {
        character = list[i] ? list[i + 1] : character + list[i + 1]
        line += list[i]
        tokens.push([starts[line] + character, list[i + 2], types[list[i + 3]]])
      }
      draw()
    } catch { /* a text that cannot be read has no colours */ }
  }

  /** draw paints the text again: each part with its colour, and what is wrong underlined. */
  function draw() {
    const text = area.value, cuts = new Set([0, text.length])
    const spans = marks.map(d => [offsetOf(d.range.start), Math.max(offsetOf(d.range.end), offsetOf(d.range.start) + 1), d.severity === 1 ? 'bad' : 'odd'])
    for (const [from, n] of tokens) cuts.add(from).add(from + n)
    for (const [from, to] of spans) cuts.add(from).add(Math.min(to, text.length))
    const list = [...cuts].sort((a, b) => a - b), out = document.createDocumentFragment()
    let t = 0
    for (let i = 0; i + 1 < list.length; i++) {
      const from = list[i], to = list[i + 1], part = text.slice(from, to)
      while (t < tokens.length && tokens[t][0] + tokens[t][1] <= from) t++
      const kind = t < tokens.length && tokens[t][0] <= from ? 'c-' + tokens[t][2] : ''
      const fault = spans.find(s => s[0] <= from && to <= s[1])?.[2] ?? ''
      if (!kind && !fault) { out.append(part); continue }
      const span = document.createElement('span')
      span.className = (kind + ' ' + fault).trim()
      span.textContent = part
      out.append(span)
    }
    out.append('\n')
    paint.replaceChildren(out)
    desk.classList.add('painted')
    follow()
  }
  const follow = () => { paint.scrollTop = area.scrollTop; paint.scrollLeft = area.scrollLeft }

  /** about tells what is known of a word. */
  let abouts = 0
  async function about(place = at()) {
    const mine = ++abouts
    try {
      const found = await request('textDocument/hover', place)
      if (mine !== abouts) return
      const words = found?.contents?.value
      known.replaceChildren(words ? shown(words) : nothing())
    } catch { known.replaceChildren(nothing()) }
  }
  function nothing() {
    const p = document.createElement('p')
    p.className = 'soft'
    p.textContent = 'Nothing is known of this word.'
    return p
  }
  /** shown sets the little markup that the server uses. */
  function shown(words) {
    const out = document.createDocumentFragment()
    for (const [i, part] of words.split(/```(?:text)?\n?/).entries()) {
      if (!part.trim()) continue
      const box = document.createElement(i % 2 ? 'pre' : 'p')
      for (const [k, piece] of part.trim().split('**').entries()) {
        const b = k % 2 && !(i % 2) ? document.createElement('b') : null
        if (b) { b.textContent = piece; box.append(b) } else box.append(piece)
      }
      out.append(box)
    }
    return out
  }

  /** change tells the server of the text as it stands. */
  function change() {
    clearTimeout(due)
    due = setTimeout(() => { flush(); colours() }, 200)
    tokens = shifted(tokens)
    marks = []
    draw()
    unsavedSaid()
  }
  const flush = () => {
    clearTimeout(due)
    if (sent === area.value) return
    sent = area.value
    send({ method: 'textDocument/didChange', params: { textDocument: { uri, version: ++version }, contentChanges: [{ text: area.value }] } })
  }
  let before = area.value
  /** shifted keeps the colours of what stands before and after what was typed. */
  function shifted(list) {
    const now = area.value
    let head = 0
    while (head < now.length && head < before.length && now[head] === before[head]) head++
    let tail = 0
    while (tail < now.length - head && tail < before.length - head && now.at(-1 - tail) === before.at(-1 - tail)) tail++
    const by = now.length - before.length, end = before.length - tail
    before = now
    return list.filter(([from, n]) => from + n <= head || from >= end).map(t => t[0] >= end ? [t[0] + by, t[1], t[2]] : t)
  }
  const unsavedSaid = () => { if (!area.readOnly) state.textContent = area.value === saved ? 'Saved.' : 'Not saved.' }

  const begunAt = caret => area.value.slice(0, caret).match(/[\w.\u0080-\uffff]*$/)[0]
  const here = () => ({ text: area.value, caret: area.selectionStart })
  const caretIs = x => x && area.value === x.text && area.selectionStart === x.caret && area.selectionEnd === x.caret

  /** offer asks which words may stand at the caret. An answer that comes when the text
      or the caret is no longer what it was asked for is dropped. */
  async function offer() {
    clearTimeout(rest)
    if (area.readOnly) return
    flush()
    const asked = place = here()
    const found = await request('textDocument/completion', at()).catch(() => null)
    if (asked !== place || !caretIs(asked) || document.activeElement !== area) return
    const begun = begunAt(asked.caret)
    list((found?.items ?? found ?? []).filter(x => x.label.startsWith(begun)).slice(0, 60))
  }
  /** list offers words, the first of them chosen. */
  function list(words) {
    if (!words.length) {
      close()
      state.textContent = 'Nothing is offered here.'
      return
    }
    const held = offered[chosen]?.label // what the arrows chose stays chosen
    offered = words
    offers.replaceChildren(...offered.map((x, i) => {
      const li = document.createElement('li')
      li.id = 'offer-' + i
      li.role = 'option'
      li.append(x.label)
      if (x.detail) { const s = document.createElement('span'); s.className = 'soft'; s.textContent = ' ' + x.detail; li.append(s) }
      li.addEventListener('mousedown', e => { e.preventDefault(); take(i) })
      return li
    }))
    offers.hidden = false
    state.textContent = offered.length === 1 ? 'One word may stand here; Enter takes it' : offered.length + ' words may stand here; arrow keys choose'
    const p = at(place.caret).position, high = parseFloat(getComputedStyle(area).lineHeight)
    area.scrollTop = Math.min(p.line * high, Math.max(area.scrollTop, (p.line + 2) * high + 12 - area.clientHeight))
    lay(p)
    choose(Math.max(0, offered.findIndex(x => x.label === held)))
  }
  /** lay puts the list under the line of the caret, or above it where there is more room. */
  function lay(p) {
    const high = parseFloat(getComputedStyle(area).lineHeight), top = p.line * high + 12 - area.scrollTop, under = area.clientHeight - top - high
    offers.style.setProperty('max-height', '14rem')
    const needed = offers.offsetHeight, above = under < needed && top > under, room = Math.max(above ? top : under, 3 * high)
    offers.style.setProperty('max-height', Math.min(room, needed) + 'px')
    offers.style.setProperty('left', Math.max(0, Math.min(p.character * wide() + 12 - area.scrollLeft, area.clientWidth - 260)) + 'px')
    offers.style.setProperty('top', Math.max(0, above ? top - Math.min(room, needed) : top + high) + 'px')
  }
  /** narrow keeps of what is offered the words that go on as it is typed; the list is
      asked for anew meanwhile. */
  function narrow() {
    const begun = begunAt(area.selectionStart)
    const left = begun ? offered.filter(x => x.label.startsWith(begun)) : []
    if (!left.length) return close()
    place = here()
    list(left)
  }
  let width = 0
  function wide() {
    if (!width) {
      const s = document.createElement('span')
      s.textContent = 'x'.repeat(100)
      paint.append(s)
      width = s.getBoundingClientRect().width / 100
      s.remove()
    }
    return width
  }
  function choose(i) {
    chosen = (i + offered.length) % offered.length
    for (const [k, li] of [...offers.children].entries()) li.setAttribute('aria-selected', k === chosen)
    const li = offers.children[chosen] // only the list scrolls: scrollIntoView moves the text as well
    offers.scrollTop = Math.min(li.offsetTop, Math.max(offers.scrollTop, li.offsetTop + li.offsetHeight - offers.clientHeight))
    area.setAttribute('aria-activedescendant', 'offer-' + chosen)
  }
  /** close takes the list away, and drops what was asked for it. */
  function close() {
    clearTimeout(rest)
    place = null
    offered = []
    chosen = -1
    if (offers.hidden) return
    offers.hidden = true
    area.removeAttribute('aria-activedescendant')
    unsavedSaid()
  }
  /** take puts a word in the place of its beginning, and of its end where that stands
      after the caret already. Undo takes it back. */
  function take(i) {
    const word = offered[i]?.label, asked = place
    if (!word || !caretIs(asked)) return close()
    const begun = begunAt(asked.caret), after = area.value.slice(asked.caret).match(/^[\w.\u0080-\uffff]*/)[0]
    close()
    put(word, asked.caret - begun.length, asked.caret + (word.slice(begun.length).endsWith(after) ? after.length : 0))
    close() // what is put asks for nothing further
  }
  /** put writes over a part of the text, so that undo takes it back where it can. */
  function put(words, from, to) {
    area.focus()
    area.setSelectionRange(from, to)
    const whole = area.value.slice(0, from) + words + area.value.slice(to)
    if (!document.execCommand('insertText', false, words) || area.value !== whole) {
      area.value = whole
      area.setSelectionRange(from + words.length, from + words.length)
      change()
    }
  }

  /** tidy lays the text out; the cursor stays in its line. What is typed while the
      server thinks stays as it is. */
  async function tidy() {
    close()
    flush()
    const asked = area.value
    const edits = await request('textDocument/formatting', { textDocument: { uri }, options: {} }).catch(() => null)
    if (asked !== area.value) return
    for (const e of (edits ?? []).reverse()) {
      const line = at().position, from = offsetOf(e.range.start), to = offsetOf(e.range.end)
      if (area.value.slice(from, to) === e.newText) continue
      const top = area.scrollTop
      put(e.newText, from, to)
      close()
      area.selectionStart = area.selectionEnd = offsetOf(line)
      area.scrollTop = top
    }
  }
  const naming = document.getElementById('rename'), newName = document.getElementById('newname'), notNamed = document.getElementById('renamewrong')
  let renamed = null // what is to be called otherwise: its place, and the text it stands in
  /** rename asks for another name of what stands at the caret. */
  async function rename() {
    close()
    flush()
    const place = at(), text = area.value
    const is = await request('textDocument/prepareRename', place).catch(() => null)
    if (text !== area.value) return
    if (!is) return say('Here stands no name that this text gives: only those can be called otherwise.')
    renamed = { place, text }
    const word = text.slice(offsetOf(is.start), offsetOf(is.end))
    document.getElementById('renamed').textContent = 'Another name for ' + word
    newName.value = word
    notNamed.textContent = ''
    naming.hidden = false
    newName.select()
    newName.focus()
  }
  function unrename() {
    renamed = null
    naming.hidden = true
    area.focus()
  }
  /** callIt puts the new name wherever the old one stands, as one change that can be
      taken back. */
  async function callIt() {
    const { place, text } = renamed
    const not = words => { notNamed.textContent = words; newName.focus() }
    if (area.value !== text) return not('The text has changed meanwhile: press F2 at the name again.')
    let found
    try { found = await request('textDocument/rename', { ...place, newName: newName.value.trim() }) } catch (e) { return not(e.message + '.') }
    const edits = found?.changes ?? {}, others = Object.keys(edits).filter(u => u !== uri)
    if (others.length) return not('It stands in ' + others.map(u => decodeURIComponent(u.split('/').at(-1))).join(', ') + ' too: an editor that speaks casus lsp changes all files at once.')
    if (area.value !== text || !edits[uri]?.length) return not('Nothing was changed.')
    const list = edits[uri].map(e => [offsetOf(e.range.start), offsetOf(e.range.end), e.newText]).sort((a, b) => a[0] - b[0])
    let words = '', last = list[0][0]
    for (const [from, to, now] of list) {
      words += text.slice(last, from) + now
      last = to
    }
    const caret = offsetOf(place.position)
    unrename()
    put(words, list[0][0], last)
    close()
    area.setSelectionRange(caret, caret)
    state.textContent = 'Renamed in ' + list.length + (list.length === 1 ? ' place.' : ' places.') + ' Not saved.'
  }
  naming?.addEventListener('submit', e => { e.preventDefault(); callIt() })
  naming?.addEventListener('keydown', e => { if (e.key === 'Escape') { e.preventDefault(); unrename() } })
  document.getElementById('unrename')?.addEventListener('click', unrename)

  let saving = false
  async function save() {
    if (saving) return
    saving = true
    try {
      await tidy()
      const text = area.value
      const reply = await fetch('/text', { method: 'POST', headers: { 'X-Casus-Token': token, 'Content-Type': 'application/json' }, body: JSON.stringify({ file: desk.dataset.file, text, digest }) }).catch(e => ({ ok: false, json: async () => ({ error: 'The page did not answer: is casus studio still running? ' + e.message }) }))
      const x = await reply.json()
      if (!reply.ok) return say(x.error)
      digest = x.digest
      saved = text
      unsavedSaid()
      send({ method: 'textDocument/didSave', params: { textDocument: { uri } } })
    } finally { saving = false }
  }

  let rest
  const later = place => { clearTimeout(rest); rest = setTimeout(() => about(place()), 250) }
  area.addEventListener('scroll', () => { follow(); if (offered.length) lay(at(place.caret).position) })
  area.addEventListener('input', e => {
    change()
    if (offered.length) narrow()
    if (!offered.length && !(e.data && /[\w.:]$/.test(e.data))) return close()
    clearTimeout(rest)
    place = here()
    rest = setTimeout(offer, 350)
  })
  // Wherever the caret goes, by key, mouse or program, what was offered for another
  // place goes with it, and what was asked for it is dropped.
  document.addEventListener('selectionchange', () => {
    if (place && !caretIs(place)) close()
  }, { signal: ended.signal })
  area.addEventListener('keyup', e => { if (/^(Arrow|Home|End|Page)/.test(e.key) && !offered.length) later(at) })
  area.addEventListener('click', () => { close(); later(at) })
  area.addEventListener('mousemove', e => {
    if (document.activeElement === area && !area.readOnly) return // the cursor speaks
    const box = area.getBoundingClientRect(), style = getComputedStyle(area)
    const line = Math.floor((e.clientY - box.top - 12 + area.scrollTop) / parseFloat(style.lineHeight)), character = Math.floor((e.clientX - box.left - 12 + area.scrollLeft) / wide())
    if (line >= 0 && character >= 0) later(() => ({ textDocument: { uri }, position: { line, character } }))
  })
  area.addEventListener('blur', close)
  area.addEventListener('keydown', e => {
    if (e.isComposing) return
    if ((e.ctrlKey || e.metaKey) && e.key === 's') { e.preventDefault(); if (!area.readOnly) save() }
    else if ((e.ctrlKey || e.metaKey) && e.key === ' ') { e.preventDefault(); offer() }
    else if (e.key === 'F2') { e.preventDefault(); if (!area.readOnly) rename() }
    else if (e.key === 'Escape') { if (offered.length) e.preventDefault(); close() }
    else if (!offered.length) return
    else if (!caretIs(place)) close()
    else if (e.key === 'ArrowDown') { e.preventDefault(); choose(chosen + 1) }
    else if (e.key === 'ArrowUp') { e.preventDefault(); choose(chosen - 1) }
    else if (e.key === 'Enter' || e.key === 'Tab') { e.preventDefault(); take(chosen) }
  })
  document.getElementById('save')?.addEventListener('click', save)
  document.getElementById('tidy')?.addEventListener('click', tidy)
  unsavedSaid()
  draw()
  const self = { close: () => { ended.abort(); clearTimeout(due); clearTimeout(rest); socket.close() }, changed: () => !area.readOnly && area.value !== saved }
  return self
}

addEventListener('beforeunload', e => { if (unsaved()) e.preventDefault() })
