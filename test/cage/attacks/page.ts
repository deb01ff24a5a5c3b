import type { Attack } from '../attack'

const attack = (id: string, title: string, code: string, rest: Partial<Attack> = {}): Attack => ({
  id,
  title,
  theme: 'page',
  realm: 'frame',
  code,
  ...rest,
})

/** What a frame could do to the page around it, were our boot script replaced by the attacker's. */
const frame: readonly Attack[] = [
  attack(
    'frame-read-page',
    "read the page's document",
    `attempt('parent', () => leak(parent.document.head.innerHTML)); attempt('top', () => leak(top.document.head.innerHTML))`,
  ),
  attack(
    'frame-write-page',
    "write into the page's document",
    `attempt('parent', () => { parent.document.title = 'pwned'; parent.document.body.innerHTML = '' }); attempt('global', () => { parent.pwned = 1 })`,
  ),
  attack(
    'frame-element',
    'reach the element that holds it',
    `attempt('element', () => { frameElement.removeAttribute('sandbox'); frameElement.style.cssText = 'position:fixed;inset:0;width:100%;height:100%' })`,
  ),
  attack(
    'frame-sibling',
    "read a sibling's frame",
    `for (let i = 0; i < parent.length; i++) attempt('sibling', () => { if (parent[i] !== self) leak(parent[i].document.documentElement.outerHTML + parent[i].localStorage.secret) })`,
  ),
  attack(
    'frame-opener',
    'reach an opener',
    `attempt('opener', () => leak(opener.document.head.innerHTML)); attempt('openers', () => leak(parent.opener.document.head.innerHTML))`,
  ),
  attack(
    'frame-eval-page',
    'evaluate in the page',
    `attempt('eval', () => parent.eval('pwned = 1')); attempt('function', () => parent.Function('pwned = 1')()); attempt('url', () => { parent.location = 'javascript:pwned=1' })`,
  ),
  attack(
    'frame-navigate-top',
    'navigate the page',
    `attempt('top', () => { top.location.href = url('top') }); attempt('open', () => open(url('top'), '_top')); attempt('link', () => tag('a', { href: url('top'), target: '_top' }).click()); await wait(500)`,
    { alone: true },
  ),
  attack(
    'frame-replace-top',
    'replace the address of the page',
    `attempt('replace', () => top.location.replace(url('top'))); attempt('hash', () => { top.location.hash = 'pwned' }); await wait(400)`,
    { alone: true },
  ),
  attack(
    'frame-popup',
    'open a window',
    `open(url('popup')); open('about:blank'); tag('a', { href: url('popup'), target: '_blank' }).click(); tag('form', { action: url('popup'), target: '_blank' }).submit(); await wait(400)`,
    { alone: true },
  ),
  attack('frame-alert', 'show native dialogs', `alert('pwned'); confirm('pwned'); prompt('pwned')`, { alone: true }),
  attack('frame-print', 'print', `print(); await wait(300)`, { alone: true, seen: `return undefined` }),
  attack(
    'frame-beforeunload',
    'keep the user from leaving',
    `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x' }); await wait(100)`,
    { alone: true },
  ),
  attack(
    'frame-focus',
    'take the focus',
    `focus(); const field = tag('input', { autofocus: true }); field.focus(); for (let i = 0; i < 20; i++) { field.focus(); focus(); await wait(20) }`,
    {
      alone: true,
      notBlockable: {
        modes: ['origin', 'opaque'],
        because:
          'A document may take the focus from the page around it, and no header or token forbids it. A worker has no focus to take.',
      },
    },
  ),
  attack('frame-fullscreen', 'go to full screen', `await settle(document.documentElement.requestFullscreen(), 400)`, {
    alone: true,
  }),
  attack('frame-pointer-lock', 'lock the pointer', `await settle(document.documentElement.requestPointerLock(), 400)`, {
    seen: `return document.pointerLockElement ? 'the pointer is locked' : undefined`,
  }),
  attack(
    'frame-history',
    'fill the history',
    `for (let i = 0; i < 30; i++) history.pushState(null, '', '#' + i); for (let i = 0; i < 5; i++) { location.hash = 'h' + i; await wait(20) }`,
    {
      alone: true,
      notBlockable: {
        modes: ['origin', 'opaque'],
        because:
          'A document adds to the history it shares with the page, and no header or token forbids it. A worker has no history.',
      },
    },
  ),
  attack(
    'frame-download',
    'start a download',
    `const blob = URL.createObjectURL(new Blob(['x'])); tag('a', { href: blob, download: 'x.exe' }).click(); tag('a', { href: url('x.exe'), download: 'x.exe' }).click(); await wait(500)`,
    { allows: ['history'], alone: true },
  ),
  attack(
    'frame-clipboard-write',
    'write the clipboard',
    `await attempt('api', () => settle(navigator.clipboard.writeText('hostile'), 400)); attempt('command', () => { const field = tag('textarea', { value: 'hostile' }); field.select(); document.execCommand('copy') })`,
    {
      allows: ['the focus'],
      alone: true,
      seen: `const text = await navigator.clipboard.readText().catch(() => ''); return text === 'hostile' ? 'the clipboard holds its text' : undefined`,
    },
  ),
  attack(
    'frame-clipboard-read',
    'read the clipboard',
    `leak(await settle(navigator.clipboard.readText(), 400)); document.execCommand('paste')`,
  ),
  attack(
    'frame-notification',
    'show a notification',
    `await settle(Notification.requestPermission(), 400); new Notification('pwned')`,
  ),
  attack(
    'frame-geolocation',
    'ask where the user is',
    `await settle(new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition((place) => resolve(say('evaluated', place.coords)), reject)), 600)`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it got a place' : undefined`,
    },
  ),
  attack(
    'frame-camera',
    'use camera and microphone',
    `const stream = await settle(navigator.mediaDevices.getUserMedia({ video: true, audio: true }), 600); if (stream) say('evaluated')`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it got a stream' : undefined`,
    },
  ),
  attack(
    'frame-screen',
    'record the screen',
    `const stream = await settle(navigator.mediaDevices.getDisplayMedia({ video: true }), 600); if (stream) say('evaluated')`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it got a stream' : undefined`,
    },
  ),
  attack(
    'frame-devices',
    'ask for devices',
    `for (const name of ['usb', 'hid', 'serial', 'bluetooth']) await attempt(name, () => settle(navigator[name].requestDevice ? navigator[name].requestDevice({ filters: [], acceptAllDevices: true }) : navigator[name].requestPort(), 300))`,
  ),
  attack(
    'frame-credentials',
    'ask for credentials',
    `await settle(navigator.credentials.get({ password: true, mediation: 'silent' }), 400); await settle(navigator.credentials.get({ publicKey: { challenge: new Uint8Array(9) } }), 400)`,
  ),
  attack(
    'frame-payment',
    'ask for a payment',
    `await settle(new PaymentRequest([{ supportedMethods: 'https://x.leak.test/pay' }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).show(), 400)`,
  ),
  attack(
    'frame-file-picker',
    'open a file picker',
    `await attempt('picker', () => settle(showOpenFilePicker(), 300)); tag('input', { type: 'file' }).click()`,
    { alone: true },
  ),
  attack(
    'frame-overlay',
    'cover the page',
    `document.body.style.cssText = 'position:fixed;inset:0;background:red'; tag('dialog', {}).showModal(); tag('div', { popover: 'auto' }).showPopover(); await wait(200)`,
    { allows: ['the focus'] },
  ),
  attack(
    'frame-eval',
    'evaluate text as code',
    `for (const run of [() => eval("say('evaluated')"), () => new Function("parent.postMessage({ cage: 'cage:evaluated:' + document.title }, '*')")(), () => setTimeout("say('evaluated')", 0)]) attempt('eval', run); await wait(100)`,
    { seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:')) ? 'text became code' : undefined` },
  ),
  attack(
    'frame-inline-script',
    'insert a script',
    `attempt('text', () => tag('script', { textContent: "parent.postMessage({ cage: 'cage:inline:' }, '*')" })); attempt('html', () => { document.body.innerHTML = '<img src=x onerror="parent.postMessage({ cage: ` +
      "\\'cage:inline:\\'" +
      ` }, 0)">' }); attempt('blob', () => tag('script', { src: URL.createObjectURL(new Blob(["parent.postMessage({ cage: 'cage:inline:' }, '*')"])) })); await wait(200)`,
    { seen: `return cage.lines.some((line) => line.startsWith('cage:inline:')) ? 'the script ran' : undefined` },
  ),
  attack(
    'frame-spam',
    'post 20,000 messages to the page',
    `for (let i = 0; i < 20000; i++) parent.postMessage({ v: 1, source: 'souk-extension', i }, '*'); await wait(500)`,
    {
      alone: true,
      seen: `return cage.longestGapMs > 4000 ? 'the page froze for ' + Math.round(cage.longestGapMs) + ' ms' : undefined`,
    },
  ),
  attack(
    'frame-spam-objects',
    'post deep and cyclic objects to the page',
    `let deep = {}; const cyclic = {}; cyclic.self = cyclic; for (let i = 0; i < 2000; i++) deep = { deep, __proto__: null, constructor: 1 }; for (const data of [deep, cyclic, new Map([[cyclic, deep]]), new Error('x'), 1n, null, undefined, 'x'.repeat(1e6)]) for (let i = 0; i < 20; i++) parent.postMessage(data, '*'); await wait(300)`,
    { alone: true },
  ),
  attack(
    'frame-impostor',
    "connect in a sibling's name before it does",
    `for (let i = 0; i < 60; i++) { const port = connectAs({ appId: TARGET.silent.appId, appInstallationId: TARGET.silent.installationId }, fragment.get('n')); port.onmessage = ({ data }) => leak(JSON.stringify(data)); await wait(30) }`,
    { early: true, alone: true },
  ),
  attack(
    'frame-guessed-nonce',
    'connect with guessed nonces',
    `for (let i = 0; i < 200; i++) { const port = connectAs(identity, 'n' + i); port.onmessage = ({ data }) => leak('SECRET' + JSON.stringify(data)) } await wait(300)`,
  ),
  attack(
    'frame-connect-twice',
    'connect a second time',
    `connect(); const second = connect(); let answered = false; second.onmessage = () => { answered = true; say('evaluated', 'second') }; await wait(500)`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'the second port was taken too' : undefined`,
    },
  ),
  attack(
    'frame-connect-two-ports',
    'connect with two ports',
    `const port = connectAs(identity, fragment.get('n'), 2); port.onmessage = () => say('evaluated'); await wait(400)`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it was connected' : undefined`,
    },
  ),
  attack(
    'frame-connect-prototype',
    'connect with prototype keys',
    `const channel = new MessageChannel(); channel.port1.onmessage = () => say('evaluated'); parent.postMessage(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"type":"connect","v":1}'), '*', [channel.port2]); await wait(200)`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it was connected' : undefined`,
    },
  ),
  attack(
    'frame-comlink',
    "speak Comlink to the host's port",
    `const port = connect(); port.onmessage = () => {}; for (const type of ['CONSTRUCT', 'APPLY', 'GET', 'SET', 'ENDPOINT', 'RELEASE']) for (const path of [['confirm', 'constructor'], ['constructor'], ['__proto__', 'polluted'], []]) port.postMessage({ id: type + path, type, path, argumentList: [{ type: 'RAW', value: 'globalThis.pwned = 1' }], value: { type: 'RAW', value: 1 } }); await wait(300)`,
    { alone: true },
  ),
  attack(
    'frame-comlink-enveloped',
    "speak Comlink to the host's port, in an envelope",
    `const port = connect(); port.onmessage = () => {}; for (const type of ['constructor', '__proto__', 'confirm.constructor', 'toString', 'CONSTRUCT', 'APPLY']) port.postMessage(envelope({ kind: 'request', type, requestId: 'r' + type, path: ['confirm', 'constructor'], payload: 'globalThis.pwned = 1', argumentList: [{ type: 'RAW', value: 'globalThis.pwned = 1' }] })); await wait(300)`,
    { alone: true },
  ),
  attack(
    'frame-raw-forged-identity',
    "speak on its own port in a sibling's name",
    `const port = connect(); for (let i = 0; i < 10; i++) port.postMessage({ ...envelope({ kind: 'request', type: 'show-toast', requestId: 'r' + i, payload: { title: 'hostile toast', variant: 'info' } }), appInstallationId: TARGET.victim.installationId }); await wait(300)`,
    {
      alone: true,
      seen: `return document.body.textContent.includes('hostile toast') ? 'its toast was shown' : undefined`,
    },
  ),
  attack(
    'frame-raw-prototype-keys',
    'send prototype keys to the host without a relay',
    `const port = connect(); for (const payload of ['{"__proto__":{"polluted":1},"title":"hostile toast","variant":"info"}', '{"constructor":{"prototype":{"polluted":1}},"title":"hostile toast","variant":"info"}']) port.postMessage(envelope({ kind: 'request', type: 'show-toast', requestId: payload.slice(0, 9), payload: JSON.parse(payload) })); await wait(300)`,
    {
      alone: true,
      seen: `return document.body.textContent.includes('hostile toast') ? 'its toast was shown' : undefined`,
    },
  ),
  attack(
    'frame-raw-malformed',
    'send malformed messages to the host until it ends the extension',
    `const port = connect(); port.onmessage = () => {}; for (let i = 0; i < 200; i++) port.postMessage(envelope({ kind: 'notice', type: 'render-component', payload: { rootId: 1, commit: 'x', operations: {} } })); await wait(400)`,
    { alone: true, seen: `return box.querySelector('[role=alert]') ? undefined : 'the host listens on'` },
  ),
]

export const page: readonly Attack[] = frame
