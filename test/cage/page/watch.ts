/** What the page of the product notes while attacks run. It is loaded before anything of Souk. */
export interface Cage {
  /** What each installation, or hostile frame, has logged. */
  readonly lines: string[]
  /** Messages on a port of the host, by `appInstallationId type`. */
  readonly counts: Record<string, number>
  /** Texts of messages that hold one of these marks, by mark. */
  readonly marked: string[]
  readonly diagnostics: string[]
  readonly navigations: string[]
  /** Dialogs that were drawn, one after another. */
  dialogs: number
  frames: number
  /** Texts of the notices that were drawn, one after another. */
  readonly seenNotices: string[]
  /** Mounts the attackers. */
  attack: () => void
  longestGapMs: number
}

declare global {
  var cage: Cage
}

const noted: Cage = {
  lines: [],
  counts: {},
  marked: [],
  diagnostics: [],
  navigations: [],
  dialogs: 0,
  frames: 0,
  seenNotices: [],
  attack: () => {},
  longestGapMs: 0,
}
globalThis.cage = noted

const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_key, item) => (ArrayBuffer.isView(item) ? 'bytes' : item)) ?? String(value)
  } catch {
    return String(value)
  }
}

const note = (data: unknown) => {
  const message = data as { type?: unknown; appInstallationId?: unknown; payload?: { message?: unknown } } | null
  const key = `${String(message?.appInstallationId)} ${String(message?.type)}`
  cage.counts[key] = (cage.counts[key] ?? 0) + 1
  const line = message?.type === 'log' ? message.payload?.message : undefined
  if (typeof line === 'string' && line.startsWith('cage:')) return void cage.lines.push(line)
  const text = textOf(data)
  if (cage.marked.length < 500 && /hostile-mark|SECRET/.test(text)) cage.marked.push(`${key} ${text.slice(0, 600)}`)
}

const tapped = new WeakSet<MessagePort>()
const { addEventListener: listen } = MessagePort.prototype
MessagePort.prototype.addEventListener = function (this: MessagePort, ...args: Parameters<typeof listen>) {
  if (args[0] === 'message' && !tapped.has(this)) {
    tapped.add(this)
    Reflect.apply(listen, this, ['message', (event: MessageEvent) => note(event.data)])
  }
  return Reflect.apply(listen, this, args)
} as typeof listen

addEventListener('message', ({ data }) => {
  if (typeof data === 'object' && data !== null && typeof data.cage === 'string') cage.lines.push(data.cage)
})

let last = performance.now()
const frame = (now: number) => {
  cage.frames++
  cage.longestGapMs = Math.max(cage.longestGapMs, now - last)
  last = now
  requestAnimationFrame(frame)
}
requestAnimationFrame(frame)

new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes)
      if (node instanceof Element) {
        for (const notice of node.matches('[role="alert"]') ? [node] : node.querySelectorAll('[role="alert"]'))
          cage.seenNotices.push(notice.textContent ?? '')
        cage.dialogs += node.querySelectorAll('[role="dialog"], [role="alertdialog"]').length
      }
}).observe(document.documentElement, { childList: true, subtree: true })

// Loaders that keep the names of functions put this call into what the suite evaluates here.
Reflect.set(globalThis, '__name', (value: unknown) => value)
