import type { Attack } from '../attack'

const FROZEN = `if (cage.longestGapMs > 4000) return 'the page froze for ' + Math.round(cage.longestGapMs) + ' ms';`
/** The extension has to end in a notice that has a retry, a code and a trace id. A pause is not the end. */
const ENDED = `const ended = () => { const notice = box.querySelector('[role=alert]'); return notice && !/paused/.test(notice.textContent) && notice.querySelector('button') && [...notice.querySelectorAll('code')].some((code) => /^[0-9a-f]{32}$/.test(code.textContent)); }; for (let i = 0; i < 450 && !ended(); i++) await new Promise((resolve) => setTimeout(resolve, 100)); if (!ended()) return 'it was never ended with a notice, a retry and a trace id: ' + box.textContent.slice(0, 80);`
/** What it drew is still there, out of the user's reach. */
const PAUSED = `if (!/is paused/.test(cage.seenNotices.join())) return 'it was never paused';`

/** One of each kind: a processor, memory, messages, and what the page has to draw. The others differ in how they burn it. */
const QUICK: ReadonlySet<string> = new Set(['busy-loop', 'memory-heap', 'message-flood', 'handlers'])

const attack = (id: string, title: string, code: string, rest: Partial<Attack> = {}): Attack => ({
  id: `resources-${id}`,
  title,
  theme: 'resources',
  code,
  alone: true,
  isLong: !QUICK.has(id),
  settleMs: 1_000,
  seen: FROZEN,
  ...rest,
})

/** The page keeps drawing and the sibling keeps answering, whatever one extension burns. */
export const resources: readonly Attack[] = [
  attack('busy-loop', 'a loop without end', `for (;;) {}`, { seen: `${FROZEN} ${ENDED} ${FROZEN}` }),
  attack('busy-loop-render', 'a loop without end while it draws', `const Spin = () => { for (;;) {} }; show(h(Spin))`, {
    seen: `${FROZEN} ${ENDED} ${FROZEN}`,
  }),
  attack(
    'render-loop',
    'a component that draws itself again without end',
    `const Loop = () => { const [n, set] = React.useState(0); React.useEffect(() => set(n + 1)); return h('Text', null, String(n)) }; show(h(Loop)); await wait(1500)`,
  ),
  attack('microtasks', 'microtasks without end', `const spin = () => Promise.resolve().then(spin); spin()`),
  attack(
    'memory',
    'half a gigabyte of buffers',
    `globalThis.kept = []; for (let i = 0; i < 32; i++) kept.push(new Uint8Array(16e6).fill(i)); await wait(500)`,
  ),
  attack(
    'memory-heap',
    'objects until the heap is full',
    `const kept = []; for (;;) kept.push(new Array(1e5).fill({}))`,
    { seen: `${FROZEN} ${ENDED} ${FROZEN}`, mayEndSibling: ['opaque'] },
  ),
  attack(
    'memory-string',
    'a string that doubles without end',
    `let text = 'x'; for (;;) { text += text; text.charCodeAt(0) }`,
  ),
  attack('recursion', 'recursion without end', `const deeper = () => deeper() + 1; deeper()`),
  attack(
    'message-flood',
    'well-formed messages without end',
    `for (let i = 0; i < 30000; i++) post(notice('log', { level: 'info', message: 'flood' })); await wait(500)`,
    { seen: `${ENDED} ${FROZEN}` },
  ),
  attack(
    'message-flood-big',
    'large messages without end',
    `const message = 'x'.repeat(9000); for (let i = 0; i < 5000; i++) post(notice('log', { level: 'info', message })); await wait(500)`,
    { seen: `${ENDED} ${FROZEN}` },
  ),
  attack(
    'message-stream',
    'twice as many messages as it may send, without end',
    `for (let i = 0; i < 4000; i++) { for (let j = 0; j < 4; j++) post(notice('log', { level: 'info', message: 'stream' })); await wait(20) }`,
    { settleMs: 4_000, seen: `${ENDED} ${PAUSED} ${FROZEN}` },
  ),
  attack(
    'byte-flood',
    'batches as large as they may be, fewer than it may send',
    `for (let i = 0; i < 150; i++) post(notice('render-component', { rootId: 'none', commit: i + 1, stream: new Int32Array(500000) })); await wait(500)`,
    { settleMs: 2_000, seen: `${ENDED} ${FROZEN}` },
  ),
  attack(
    'byte-flood-extras',
    'large values beside a small batch',
    `const extras = [{ a: 'x'.repeat(250000), b: 'y'.repeat(250000) }]; for (let i = 0; i < 190; i++) post(notice('render-component', { rootId: 'none', commit: i + 1, stream: new Int32Array(1), extras })); await wait(500)`,
    { settleMs: 2_000, seen: `${ENDED} ${FROZEN}` },
  ),
  attack(
    'burst',
    'more messages at once than may wait',
    `show(h('Text', null, 'drawn before the burst')); await wait(400); for (let i = 0; i < 800; i++) post(notice('log', { level: 'info', message: 'burst' })); await wait(200)`,
    {
      seen: `${FROZEN} ${PAUSED} for (let i = 0; i < 300 && box.querySelector('[role=alert]'); i++) await new Promise((resolve) => setTimeout(resolve, 100)); if (box.querySelector('[role=alert]')) return 'it never went on'; if (!box.textContent.includes('drawn before')) return 'what it drew is gone'`,
    },
  ),
  attack(
    'log-flood',
    'a console that never rests',
    `for (let i = 0; i < 20000; i++) console_.error('flood'); await wait(500)`,
  ),
  attack(
    'error-flood',
    'errors that nobody catches',
    `for (let i = 0; i < 3000; i++) { setTimeout(() => { throw new Error('flood') }); Promise.reject(new Error('flood')) } await wait(800)`,
  ),
  attack(
    'node-flood',
    'as many nodes as there may be',
    `show(h('Stack', null, Array.from({ length: 15000 }, (_, key) => h('Text', { key }, 'n')))); await wait(2500)`,
    { settleMs: 2000 },
  ),
  attack(
    'node-excess',
    'more nodes than there may be',
    `show(h('Stack', null, Array.from({ length: 60000 }, (_, key) => h('Text', { key }, 'n')))); await wait(1500)`,
    {
      seen: `${FROZEN} const count = box.querySelectorAll('*').length; return count > 25000 ? count + ' elements were drawn' : undefined`,
    },
  ),
  attack(
    'depth',
    'nesting without end',
    `let node = h('Text', null, 'deep'); for (let i = 0; i < 500; i++) node = h('Stack', null, node); show(node); await wait(500)`,
    { seen: `${FROZEN} return box.textContent.includes('deep') ? 'it was drawn' : undefined` },
  ),
  attack(
    'text',
    'texts that are as long as they may be',
    `show(h('Stack', null, Array.from({ length: 6 }, (_, key) => h('Text', { key }, 'x'.repeat(250000))))); await wait(1500)`,
    { settleMs: 2000 },
  ),
  attack(
    'handlers',
    'twenty thousand handlers',
    `show(h('Stack', null, Array.from({ length: 3000 }, (_, key) => h('Input', { key, label: 'x', onChange: () => {}, onBlur: () => {}, onFocus: () => {} })))); await wait(2500)`,
    { settleMs: 2000 },
  ),
  attack(
    'updates',
    'an update in every millisecond',
    `let n = 0; const timer = setInterval(() => show(h('Text', null, String(n++))), 1); await wait(2000); clearInterval(timer)`,
  ),
  attack(
    'timers',
    'a hundred thousand timers',
    `for (let i = 0; i < 100000; i++) setTimeout(() => {}, i % 50); await wait(800)`,
  ),
  attack(
    'pending',
    'a thousand requests that wait',
    `for (let i = 0; i < 1000; i++) post(envelope({ kind: 'request', type: 'confirm', requestId: 'p' + i, payload: { title: 'waiting' } })); await wait(700)`,
    {
      seen: `${FROZEN} const count = document.querySelectorAll('[role=alertdialog]').length; return count > 1 ? count + ' questions' : undefined`,
      allows: ['the focus', 'covered points'],
    },
  ),
  attack(
    'surfaces',
    'a thousand surfaces that nobody declared',
    `for (let i = 0; i < 20; i++) post(notice('set-surfaces', { surfaces: Array.from({ length: 1000 }, (_, j) => ({ kind: 'record.widgets', id: i + '-' + j })) })); await wait(500)`,
  ),
  attack('close', 'the worker ends itself', `self.close(); await wait(200)`, { seen: `${ENDED}` }),
  attack(
    'wasm',
    'a WebAssembly memory that is as large as it may be',
    `const memories = []; for (let i = 0; i < 8; i++) memories.push(new WebAssembly.Memory({ initial: 1000 })); await wait(300)`,
  ),
  attack('regexp', 'a regular expression that never ends', `/^(a+)+$/.test('a'.repeat(60) + '!')`, {
    seen: `${FROZEN} ${ENDED} ${FROZEN}`,
  }),
  attack(
    'image-bomb',
    'an inline picture of a quarter of a million characters',
    `show(h('Stack', null, Array.from({ length: 6 }, (_, key) => h('Image', { key, alt: 'x', src: 'data:image/png;base64,' + 'A'.repeat(250000) })))); await wait(800)`,
  ),
]
