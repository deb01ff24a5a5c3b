// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the programs are source text.
import type { AbuseProgram } from '../program'

const loop = (id: string, title: string, code: string, before?: string): AbuseProgram => ({
  ...{ id, title, harm: 'stalls', code, deadlineMs: 500, expects: ['FUNCTION_TIMEOUT'] },
  ...(before ? { before } : {}),
})

const hoard = (id: string, title: string, code: string): AbuseProgram => ({
  ...{ id, title, harm: 'hoards', code, deadlineMs: 60_000 },
  expects: ['FUNCTION_MEMORY', 'FUNCTION_CRASHED'],
})

const KEEP = 'const kept = globalThis.kept = [];'

/** Time and memory. */
export const RESOURCES: readonly AbuseProgram[] = [
  loop('loop-sync', 'loop for ever', 'for (;;);'),
  { ...loop('loop-at-load', 'loop for ever while it is loaded', 'return 1', 'for (;;);'), neverLoads: true },
  loop('loop-microtask', 'loop for ever in microtasks', 'for (;;) await null'),
  loop('loop-then', 'chain promises for ever', 'const again = () => Promise.resolve().then(again); await again()'),
  loop(
    'loop-next-tick',
    'loop for ever in ticks',
    'const { nextTick } = await import("node:process"); const again = () => nextTick(again); again(); await new Promise(() => {})',
  ),
  loop('loop-regexp', 'match an expression that takes for ever', 'return /^(a+)+$/.test("a".repeat(60) + "!")'),
  loop(
    'loop-generator',
    'spread a generator without end',
    'let n = 0; for (const one of (function* () { for (;;) yield 1 })()) n += one',
  ),
  loop(
    'loop-proxy',
    'walk prototypes for ever',
    'const p = new Proxy({}, { getPrototypeOf: () => p }); for (let o = p; o; ) o = Object.getPrototypeOf(o)',
  ),
  loop('loop-sort', 'sort with a comparison that loops', '[2, 1].sort(() => { for (;;); })'),
  loop('loop-finally', 'catch what would end it, and go on', 'for (;;) try { throw 1 } catch { continue } finally {}'),
  loop(
    'loop-wait',
    'block its thread without using time',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  ),
  loop(
    'loop-wasm',
    'loop for ever in WebAssembly',
    'const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]); new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f()',
  ),
  loop(
    'loop-bigint',
    'compute a number that takes for ever',
    'let n = 3n; for (;;) n = (n * n + 1n) % (2n ** 100000n)',
  ),
  {
    id: 'loop-async',
    title: 'go on for ever between timers',
    harm: 'outlives',
    code: 'for (;;) { await new Promise((r) => setTimeout(r, 20)); await fetch(`${world.service}/tick`) }',
    deadlineMs: 400,
    expects: ['FUNCTION_TIMEOUT'],
  },
  {
    id: 'loop-abort',
    title: 'ignore that it was told to stop',
    harm: 'outlives',
    code: 'for (;;) { await new Promise((r) => setTimeout(r, 20)); await fetch(`${world.service}/tick`).catch(() => {}) }',
    deadlineMs: 400,
    expects: ['FUNCTION_TIMEOUT'],
  },
  hoard('memory-heap', 'fill the heap', `${KEEP} for (;;) kept.push(new Array(10000).fill(0).map((_, i) => ({ i })))`),
  hoard(
    'memory-strings',
    'fill the heap with strings',
    `${KEEP} for (let i = 0; ; i++) kept.push(String(i).repeat(10000) + [...String(i)].join(""))`,
  ),
  hoard(
    'memory-buffers',
    'fill buffers outside of the heap',
    `${KEEP} for (;;) { kept.push(new Uint8Array(16 << 20).fill(1)); await null }`,
  ),
  hoard(
    'memory-buffers-sync',
    'fill buffers without a pause',
    `${KEEP} for (;;) kept.push(new Uint8Array(16 << 20).fill(1))`,
  ),
  hoard(
    'memory-node-buffers',
    'fill the buffers of node:buffer',
    `const { Buffer } = await import("node:buffer"); ${KEEP} for (;;) kept.push(Buffer.alloc(16 << 20, 1))`,
  ),
  hoard(
    'memory-shared',
    'fill shared memory',
    `${KEEP} for (;;) kept.push(new Uint8Array(new SharedArrayBuffer(16 << 20)).fill(1))`,
  ),
  hoard(
    'memory-wasm',
    'grow the memory of WebAssembly',
    `${KEEP} for (;;) { const memory = new WebAssembly.Memory({ initial: 256 }); new Uint8Array(memory.buffer).fill(1); kept.push(memory) }`,
  ),
  hoard(
    'memory-blobs',
    'fill Blobs',
    `${KEEP} const part = new Uint8Array(8 << 20).fill(1); for (;;) { kept.push(new Blob([part])); await null }`,
  ),
  hoard(
    'memory-map',
    'fill a Map',
    'const kept = globalThis.kept = new Map(); for (let i = 0; ; i++) { if (kept.size > 1e7) { kept.more = new Map(kept) } kept.set(i, { i, more: [i] }) }',
  ),
  hoard(
    'memory-promises',
    'start promises that never settle',
    `${KEEP} for (;;) kept.push(new Promise(() => {}).then(() => new Array(100)))`,
  ),
  hoard(
    'memory-clone',
    'clone a large value again and again',
    `${KEEP} const big = Array.from({ length: 50000 }, (_, i) => ({ i })); for (;;) kept.push(structuredClone(big))`,
  ),
  hoard(
    'memory-sqlite',
    'fill a database in memory',
    `const { DatabaseSync } = await import("node:sqlite"); const d = globalThis.kept = new DatabaseSync(":memory:"); d.exec("create table t (a)"); for (;;) d.exec("insert into t values (randomblob(8000000))")`,
  ),
]
