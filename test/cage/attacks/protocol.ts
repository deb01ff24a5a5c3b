import type { Attack } from '../attack'

const attack = (id: string, title: string, code: string, rest: Partial<Attack> = {}): Attack => ({
  id: `protocol-${id}`,
  title,
  theme: 'protocol',
  code: `const mark = ('hostile-mark:' + TARGET.id).padEnd(60, '.'); ${code}; await wait(150)`,
  ...rest,
})

/** Messages the relay has to refuse: none that holds the mark may reach the host. */
export const protocol: readonly Attack[] = [
  attack(
    'forged-stopped',
    'say in the name of the frame that it was stopped',
    `post(notice('stopped', { code: 'EXTENSION_UNRESPONSIVE', message: mark }))`,
  ),
  attack(
    'forged-frozen',
    'say in the name of the frame that it was paused',
    `post(notice('frozen', { code: 'EXTENSION_FROZEN', message: mark }))`,
  ),
  attack('forged-thawed', 'say in the name of the frame that its pause is over', `post(notice('thawed', { mark }))`),
  attack(
    'unchecked-fields',
    'fields of a packed batch that nobody has looked at',
    `post(notice('render-component', { rootId: 'none', commit: 1, stream: new Int32Array(1), junk: mark, shapes: [{ component: 'Text', props: [], handlers: [], junk: mark }] }))`,
  ),
  attack(
    'other-installation',
    "speak in a sibling's name",
    `post({ ...notice('log', { level: 'info', message: mark }), appInstallationId: TARGET.victim.installationId })`,
  ),
  attack(
    'other-app',
    'speak in the name of another app',
    `post({ ...notice('log', { level: 'info', message: mark }), appId: TARGET.foreign.appId })`,
  ),
  attack(
    'as-platform',
    'speak in the name of the platform',
    `post({ ...notice('log', { level: 'info', message: mark }), source: 'souk-platform' }); post({ ...envelope({ kind: 'request', type: 'init', requestId: 'x', payload: { mark } }), source: 'souk-platform' })`,
  ),
  attack(
    'no-envelope',
    'speak without an envelope',
    `for (const data of [mark, [mark], { mark }, { type: 'log', payload: { message: mark } }, new Map([[mark, mark]]), null]) post(data)`,
  ),
  attack(
    'version',
    'speak a version that is none',
    `for (const v of [0, -1, 1.5, '1', null, NaN, Infinity]) post({ ...notice('log', { level: 'info', message: mark }), v })`,
  ),
  attack(
    'unknown-kind',
    'send a kind that is none',
    `for (const kind of ['connect', '__proto__', 'constructor', 1, null]) post(envelope({ kind, type: 'log', requestId: 'x', payload: { level: 'info', message: mark } }))`,
  ),
  attack(
    'unknown-notice',
    'send a notice that is none',
    `for (const type of ['render', 'eval', '__proto__', 'constructor', 'toString']) post(notice(type, { message: mark }))`,
  ),
  attack(
    'prototype-key',
    'prototype keys in a payload',
    `for (const key of ['__proto__', 'constructor', 'prototype']) post(envelope({ kind: 'request', type: 'show-toast', requestId: key, payload: { ...JSON.parse('{"' + key + '":{"polluted":1}}'), title: mark, variant: 'info', [key + '']: { polluted: 1 } } })); post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: JSON.parse('{"__proto__":{"polluted":1},"title":"' + mark + '","variant":"info"}') }))`,
  ),
  attack(
    'prototype-key-nested',
    'prototype keys deep in arrays, maps and sets',
    `for (const wrap of [(x) => [x], (x) => new Map([['a', x]]), (x) => new Map([[x, 'a']]), (x) => new Set([x]), (x) => ({ a: { b: [x] } })]) post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x' + wrap, payload: { title: mark, variant: 'info', more: wrap(JSON.parse('{"__proto__":{"polluted":1}}')) } }))`,
  ),
  attack(
    'prototype-key-props',
    'prototype keys in the props of a tree',
    `post(notice('render-component', { rootId, commit: 1, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 1, component: 'Text', handlers: [], children: [], props: JSON.parse('{"__proto__":{"polluted":"' + mark + '"}}') } }] }))`,
  ),
  attack(
    'port',
    'hand over a port',
    `const { port1, port2 } = new MessageChannel(); post({ ...notice('log', { level: 'info', message: mark }), port: port2 }, [port2]); port1.postMessage(mark)`,
  ),
  attack(
    'port-in-payload',
    'hand over a port in a request',
    `const { port2 } = new MessageChannel(); post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', port2 } }), [port2])`,
  ),
  attack(
    'streams',
    'hand over streams',
    `const stream = new ReadableStream(); post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', stream } }), [stream]); const w = new WritableStream(); post(envelope({ kind: 'request', type: 'show-toast', requestId: 'y', payload: { title: mark, variant: 'info', w } }), [w])`,
  ),
  attack(
    'platform-objects',
    'hand over objects of the browser',
    `for (const more of [new Blob(['x']), new File(['x'], 'x'), new DOMException('x'), new Error('x'), /x/g, new ImageData(1, 1), new DOMMatrix(), new OffscreenCanvas(1, 1).transferToImageBitmap(), await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt'])]) await attempt('post', () => post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x' + more, payload: { title: mark, variant: 'info', more } })))`,
  ),
  attack(
    'cycle',
    'a cycle',
    `const more = { title: mark, variant: 'info' }; more.self = more; post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: more })); const list = [mark]; list.push(list); post(envelope({ kind: 'request', type: 'confirm', requestId: 'y', payload: { title: mark, list } }))`,
  ),
  attack(
    'deep',
    'a value 5,000 levels deep',
    `let more = mark; for (let i = 0; i < 5000; i++) more = i % 2 ? [more] : { more }; post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', more } }))`,
  ),
  attack(
    'wide',
    'a value with a million parts',
    `post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', more: new Array(1e6).fill(1) } }))`,
  ),
  attack(
    'sparse',
    'arrays that are almost infinitely long, and empty',
    `const ids = []; ids.length = 4294967295; post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', ids } })); post(notice('render-component', { rootId, commit: 1, operations: [{ op: 'remove', ids, mark }] }))`,
    {
      alone: true,
      settleMs: 2000,
      seen: `return cage.longestGapMs > 4000 ? 'the page froze for ' + Math.round(cage.longestGapMs) + ' ms' : undefined`,
    },
  ),
  attack(
    'huge-string',
    'a string of 8 million characters',
    `post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', more: 'x'.repeat(8e6) } }))`,
  ),
  attack(
    'huge-sum',
    'a message of forty strings of a million characters',
    `post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', more: Array.from({ length: 40 }, (_, i) => String(i).padEnd(1e6, 'x')) } }))`,
  ),
  attack(
    'huge-buffer',
    'a buffer of 64 MB',
    `post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: { title: mark, variant: 'info', more: new Uint8Array(64e6) } }))`,
  ),
  attack(
    'not-finite',
    'numbers that are none',
    `for (const more of [NaN, Infinity, -Infinity]) post(envelope({ kind: 'request', type: 'show-toast', requestId: 'x' + more, payload: { title: mark, variant: 'info', more } }))`,
  ),
  attack(
    'request-id',
    'request ids of every kind',
    `for (const requestId of ['', 'x'.repeat(1e4), 1, null, {}, ['__proto__'], undefined]) post(envelope({ kind: 'request', type: 'show-toast', requestId, payload: { title: mark, variant: 'info' } }))`,
  ),
  attack(
    'log-object',
    'a log that is no text',
    `for (const message of [{ mark }, [mark], mark.padEnd(20000, 'x'), 1]) post(notice('log', { level: 'info', message })); post(notice('log', { level: 'fatal', message: mark }))`,
  ),
  attack(
    'error-code',
    'an error with a code of its own',
    `for (const code of ['PWNED', '__proto__', 'constructor', 1, null]) post(notice('error', { code, message: mark }))`,
  ),
  attack(
    'comlink',
    'speak Comlink',
    `for (const type of ['CONSTRUCT', 'APPLY', 'GET', 'SET', 'ENDPOINT', 'RELEASE']) for (const path of [['confirm', 'constructor'], ['__proto__', 'polluted'], []]) post({ id: mark, type, path, argumentList: [{ type: 'RAW', value: 'globalThis.pwned = 1' }], value: { type: 'RAW', value: 1 } })`,
  ),
  attack(
    'comlink-enveloped',
    'speak Comlink in an envelope',
    `for (const type of ['constructor', '__proto__', 'confirm.constructor', 'toString', 'valueOf', 'CONSTRUCT']) await ask(type, 'globalThis.pwned = 1', { path: ['confirm', 'constructor'], argumentList: [{ type: 'RAW', value: 'globalThis.pwned = 1' }] })`,
  ),
  attack(
    'comlink-handler',
    'answer with a Comlink proxy',
    `for (const name of ['proxy', 'throw']) post(envelope({ kind: 'answer', type: 'init-result', requestId: 'x', ok: true, value: { type: 'HANDLER', name, value: { isError: true, value: { message: 'x', stack: 'pwned' } } } })); post(envelope({ kind: 'answer', type: 'x', requestId: 'x', ok: 'yes', value: mark }))`,
  ),
  attack(
    'answer-prototype',
    'answer a request with prototype keys',
    `listen_.call(self, 'message', ({ data }) => { if (data.kind === 'request') post(envelope({ kind: 'answer', type: data.type + '-result', requestId: data.requestId, ok: true, value: JSON.parse('{"__proto__":{"polluted":"' + mark + '"}}') })) }); await wait(200)`,
  ),
  attack(
    'answer-error',
    'answer with an error that carries more than an error',
    `post(envelope({ kind: 'answer', type: 'x', requestId: 'x', ok: false, error: { code: 'x'.repeat(500), message: mark, stack: mark } })); post(envelope({ kind: 'answer', type: 'x', requestId: 'x', ok: false, error: { code: 1, message: mark } }))`,
  ),
  attack(
    'malformed-flood',
    'malformed messages without end',
    `for (let i = 0; i < 100; i++) post({ mark, i }); await wait(300)`,
    { alone: true, seen: `return box.querySelector('[role=alert]') ? undefined : 'it runs on'` },
  ),
  attack(
    'other-root',
    'draw into a root that is not its own',
    `for (const other of ['dialog:x', '0', '__proto__', TARGET.victim.installationId, '*']) post(notice('render-component', { rootId: other, commit: 1, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 1, text: 'drawn elsewhere' } }] })); await wait(200)`,
    { seen: `return document.body.textContent.includes('drawn elsewhere') ? 'it was drawn' : undefined` },
  ),
  attack(
    'wrong-commit',
    'a batch out of order',
    `post(notice('render-component', { rootId, commit: 99, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 900, text: 'out of order' } }] })); await wait(200)`,
    { seen: `return document.body.textContent.includes('out of order') ? 'it was drawn' : undefined` },
  ),
  attack(
    'wrong-nodes',
    'operations on nodes that are not there',
    `for (const operation of [{ op: 'move', id: 999, parent: 0, before: 0 }, { op: 'remove', ids: [999] }, { op: 'set', id: 999, props: { children: 'wrong node' }, unset: [] }, { op: 'insert', parent: 999, before: 0, node: { id: 5, text: 'wrong node' } }]) post(notice('render-component', { rootId, commit: 2, operations: [operation] })); await wait(200)`,
    { seen: `return document.body.textContent.includes('wrong node') ? 'it was drawn' : undefined` },
  ),
  attack(
    'tree-cycle',
    'a node inside itself',
    `post(notice('render-component', { rootId, commit: 2, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 900, component: 'Stack', props: {}, handlers: [], children: [] } }, { op: 'move', id: 900, parent: 900, before: 0 }] })); await wait(300)`,
    { alone: true, seen: `return cage.longestGapMs > 4000 ? 'the page froze' : undefined` },
  ),
  attack(
    'tree-deep',
    'a tree 1,000 levels deep',
    `let node = { id: 2000, text: mark }; for (let i = 0; i < 1000; i++) node = { id: 900 + i, component: 'Stack', props: {}, handlers: [], children: [node] }; post(notice('render-component', { rootId, commit: 2, operations: [{ op: 'insert', parent: 0, before: 0, node }] }))`,
  ),
  attack(
    'tree-wide',
    'a batch with 50,000 nodes',
    `post(notice('render-component', { rootId, commit: 2, mark, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 900, component: 'Stack', props: {}, handlers: [], children: Array.from({ length: 50000 }, (_, i) => ({ id: 1000 + i, text: i ? 'x' : mark })) } }] }))`,
  ),
  attack(
    'tree-handlers',
    'event names that are none',
    `post(notice('render-component', { rootId, commit: 2, operations: [{ op: 'insert', parent: 0, before: 0, node: { id: 900, component: 'Text', props: { mark }, handlers: ['__proto__', 'constructor', 'onclick', 'innerHTML'], children: [] } }] }))`,
  ),
]
