import type { Attack } from '../attack'

const EVALUATED = `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'text became code' : undefined`

const attack = (id: string, title: string, code: string, rest: Partial<Attack> = {}): Attack => ({
  id: `escape-${id}`,
  title,
  theme: 'escape',
  code,
  ...rest,
})

/** Tricks of the language, inside the worker: none gets at what was removed, and none fools relay or host. */
export const escapes: readonly Attack[] = [
  attack(
    'eval',
    'eval',
    `eval("log_.call(console_, 'cage:evaluated:' + TARGET.id)"); (0, eval)("console.log('cage:evaluated:' + " + JSON.stringify(TARGET.id) + ")")`,
    { seen: EVALUATED },
  ),
  attack(
    'function',
    'the constructor of a function',
    `for (const make of [() => Function, () => (() => {}).constructor, () => (async () => {}).constructor, () => (function* () {}).constructor, () => (async function* () {}).constructor, () => client.showToast.constructor, () => React.createElement.constructor, () => SoukRuntime.start.constructor]) await attempt('make', () => make()("console.log('cage:evaluated:' + " + JSON.stringify(TARGET.id) + ")")().next?.())`,
    { seen: EVALUATED },
  ),
  attack(
    'timer-text',
    'a timer with text',
    `for (const set of [setTimeout, setInterval]) attempt('timer', () => set("console.log('cage:evaluated:' + " + JSON.stringify(TARGET.id) + ")", 0)); await wait(100)`,
    { seen: EVALUATED },
  ),
  attack(
    'wasm',
    'WebAssembly, which the policy does not allow',
    `const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]); await attempt('sync', () => { new WebAssembly.Module(bytes); say('evaluated') }); await attempt('async', async () => { await WebAssembly.instantiate(bytes); say('evaluated') })`,
    { seen: EVALUATED },
  ),
  attack(
    'trusted-types',
    "a Trusted Types policy with our boot script's name",
    `for (const name of ['souk-boot', 'default', 'x']) attempt(name, () => { const policy = trustedTypes.createPolicy(name, { createScript: (text) => text, createScriptURL: (text) => text }); eval(policy.createScript("console.log('cage:evaluated:' + " + JSON.stringify(TARGET.id) + ")")) })`,
    { seen: EVALUATED },
  ),
  attack(
    'prototype-globals',
    'removed globals on prototypes',
    `for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'importScripts', 'EventSource', 'Worker', 'indexedDB', 'caches', 'BroadcastChannel']) for (let holder = self; holder; holder = Object.getPrototypeOf(holder)) { const value = Object.getOwnPropertyDescriptor(holder, name); const found = value && (value.value ?? value.get?.call(self)); if (found) { note('found ' + name); await attempt('use', () => found.call(self, url(name), { mode: 'no-cors' })); await attempt('new', () => new found(socketUrl(name))) } } await wait(300)`,
  ),
  attack(
    'constructors',
    'removed globals through constructors of what is left',
    `for (const object of [self, performance, navigator, location, crypto, new AbortController().signal, new MessageChannel().port1, self.constructor, EventTarget]) for (let holder = object; holder; holder = Object.getPrototypeOf(holder)) for (const name of Reflect.ownKeys(holder)) { let value; try { value = holder[name] } catch { continue } if (typeof value === 'function' && /fetch|socket|request|beacon|import|worker|source/i.test(String(name))) await attempt(String(name), () => value.call(object, url(String(name)))) } await wait(300)`,
  ),
  attack(
    'response',
    'a network through Response and Request',
    `await attempt('error', () => Response.redirect(url('redirect'))); const request = new Request(url('request'), { method: 'POST', body: 'x' }); await request.text(); await wait(200)`,
  ),
  attack(
    'blob-url',
    'a Blob of code',
    `const blob = URL.createObjectURL(new Blob(["postMessage('x')"], { type: 'text/javascript' })); await attempt('import', () => settle(import(blob), 400)); await attempt('worker', () => new Worker(blob)); await attempt('scripts', () => importScripts(blob))`,
  ),
  attack(
    'runtime-replace',
    'replace the runtime',
    `attempt('set', () => { SoukRuntime = { start() {} } }); attempt('define', () => Object.defineProperty(globalThis, 'SoukRuntime', { value: {} })); attempt('start', () => { SoukRuntime.start = () => say('evaluated') }); attempt('again', () => SoukRuntime.start({ app: { record: { widgets: [{ id: 'second', label: 'second', component: () => null }] } } })); await wait(200)`,
  ),
  attack(
    'runtime-modules',
    'replace what the runtime hands out',
    `attempt('modules', () => { SoukRuntime.modules.react = {}; SoukRuntime.modules['@souk/extension-sdk/client'] = {} }); attempt('react', () => { React.createElement = () => { throw new Error('x') } }); await wait(200)`,
  ),
  attack(
    'name',
    "take a sibling's name before the runtime starts",
    `Object.defineProperty(self, 'name', { value: JSON.stringify({ appId: TARGET.victim.appId, appInstallationId: TARGET.victim.installationId }) }); identity.appInstallationId = TARGET.victim.installationId; post({ v: 1, source: 'souk-extension', appId: TARGET.victim.appId, appInstallationId: TARGET.victim.installationId, kind: 'notice', type: 'log', payload: { level: 'info', message: 'hostile-mark:' + TARGET.id } })`,
    { early: true },
  ),
  attack(
    'pollution-parse',
    'pollute prototypes to fool the parsing',
    `for (const [key, value] of [['kind', 'notice'], ['source', 'souk-platform'], ['ok', true], ['trusted', true], ['polluted', 1], ['toJSON', () => ({ pwned: 1 })]]) attempt(key, () => { Object.prototype[key] = value }); post({ ...envelope({}), type: 'log', payload: { level: 'info', message: 'hostile-mark:' + TARGET.id } }); await wait(200)`,
  ),
  attack(
    'pollution-early',
    'pollute prototypes before the runtime starts',
    `Array.isArray = () => true; Object.keys = () => []; Number.isSafeInteger = () => true; Object.getPrototypeOf = () => null; Array.prototype.every = () => true; RegExp.prototype.test = () => true; String.prototype.startsWith = () => true; Set.prototype.has = () => false; post({ ...envelope({ kind: 'request', type: 'show-toast', requestId: 'x', payload: JSON.parse('{"__proto__":{"polluted":1},"title":"hostile-mark:' + TARGET.id + '"}') }) })`,
    { early: true },
  ),
  attack(
    'post-message',
    'put another postMessage in front of the channel',
    `const own = self.postMessage; self.postMessage = (message) => own.call(self, { ...message, appInstallationId: TARGET.victim.installationId, marked: 'hostile-mark:' + TARGET.id }); MessagePort.prototype.postMessage = () => {}; globalThis.structuredClone = (x) => x; show(h('Text', null, 'through')); await wait(300)`,
    { alone: true },
  ),
  attack(
    'event-target',
    'put another addEventListener in front of the channel',
    `const listen = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (type, listener, options) { return listen.call(this, type, typeof listener === 'function' ? (event) => { leak(JSON.stringify(event.data ?? null)); return listener.call(this, event) } : listener, options) }`,
    { early: true },
  ),
  attack(
    'read-init',
    'read everything the product sends',
    `listen_.call(self, 'message', ({ data }) => leak(JSON.stringify(data))); await wait(500)`,
  ),
  attack(
    'fake-platform',
    'send itself messages of the platform',
    `for (const type of ['init', 'trigger-surface', 'event-handler-call']) self.dispatchEvent(new MessageEvent('message', { data: { v: 1, source: 'souk-platform', ...identity, kind: 'request', type, requestId: 'x', payload: { limits: { messagesPerSecond: 1e9, messageBurst: 1e9 } } } })); for (let i = 0; i < 2500; i++) post(notice('log', { level: 'info', message: 'x' })); await wait(400)`,
    {
      alone: true,
      seen: `for (let i = 0; i < 100 && !box.querySelector('[role=alert]'); i++) await new Promise((resolve) => setTimeout(resolve, 100)); return box.querySelector('[role=alert]') ? undefined : 'the flood was not ended'`,
    },
  ),
  attack(
    'raise-limits',
    'answer init with limits of its own',
    `post(envelope({ kind: 'request', type: 'init', requestId: 'x', payload: { limits: { nodesPerRoot: 1e9, treeDepth: 1e9 } } })); let node = { id: 9999, text: 'too deep' }; for (let i = 0; i < 200; i++) node = { id: 500 + i, component: 'Stack', props: {}, handlers: [], children: [node] }; await wait(200); post(notice('render-component', { rootId, commit: 2, operations: [{ op: 'insert', parent: 0, before: 0, node }] })); await wait(200)`,
    { seen: `return box.textContent.includes('too deep') ? 'it was drawn' : undefined` },
  ),
  attack(
    'getters',
    'getters and proxies in props',
    `const trap = new Proxy({}, { get: () => { throw new Error('trapped') }, ownKeys: () => ['a', '__proto__'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) }); show(guard(h('DescriptionList', { items: [trap] }))); await wait(50); let n = 0; show(guard(h('Text', { get size() { return n++ ? { __html: 'x' } : 'small' } }, 'x'))); await wait(100)`,
  ),
  attack(
    'symbols',
    'species, iterators and conversions',
    `class Odd extends Array { static get [Symbol.species]() { return Function } } const odd = new Odd(); odd.toString = () => 'https://example.com'; odd[Symbol.toPrimitive] = () => 'javascript:pwned=1'; show(guard(h('Link', { href: odd }, 'x'))); await wait(50); show(guard(h('Link', { href: { toString: () => 'javascript:pwned=1' } }, 'x')))`,
    { press: true },
  ),
  attack(
    'errors',
    'errors with messages and stacks of its own',
    `const error = new Error('x'); Object.defineProperty(error, 'message', { get: () => ({ toString: () => '<img src=x onerror=pwned=1>' }) }); error.code = '__proto__'; Error.prepareStackTrace = () => ({ toString() { return 'x'.repeat(1e6) } }); const Broken = () => { throw error }; show(h(Broken)); await wait(300)`,
  ),
  attack(
    'thenables',
    'thenables and promises of its own',
    `const then = Promise.prototype.then; Promise.prototype.then = function (...args) { return then.apply(this, args) }; show({ then: (resolve) => resolve(h('script', null, 'pwned=1')) }); await wait(200)`,
  ),
  attack(
    'create-root',
    'a root of its own through the SDK',
    `for (const name of Object.keys(client).concat(Object.keys(sdk))) attempt(name, () => { const value = (client[name] ?? sdk[name]); if (typeof value === 'function' && /root|relay|channel|frame|boot/i.test(name)) value({ rootId: 'x' }) })`,
  ),
  attack(
    'debugger',
    'the debugger and console of developers',
    `debugger; console_.table?.({ a: url('table') }); console_.log('%c', 'background: url(' + url('console.png') + ')'); console_.error(Object.assign(new Error('x'), { stack: 'at ' + url('stack.js') + ':1:1' })); await wait(300)`,
  ),
  attack(
    'close-port',
    'close what the channel stands on',
    `attempt('close', () => self.onmessage = null); attempt('stop', () => listen_.call(self, 'message', (event) => event.stopImmediatePropagation(), true)); await wait(100)`,
    { alone: true },
  ),
]
