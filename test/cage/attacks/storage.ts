import type { Attack } from '../attack'

const IN_INDEXED_DB = `const open = indexedDB.open('secret'); await settle(new Promise((resolve) => { open.onsuccess = () => { const all = open.result.transaction('secret').objectStore('secret').getAll(); all.onsuccess = () => resolve(leak(all.result)); }; open.onerror = resolve; }), 800)`

/** The host and a sibling keep a secret wherever a browser keeps anything. The attacker looks for it everywhere. */
const places: readonly (readonly [id: string, title: string, code: string])[] = [
  ['indexed-db', 'read the IndexedDB of others', IN_INDEXED_DB],
  [
    'indexed-db-list',
    'list the databases of others',
    `leak(JSON.stringify(await indexedDB.databases())); ${IN_INDEXED_DB}`,
  ],
  [
    'caches',
    'read the caches of others',
    `for (const name of await caches.keys()) { const cache = await caches.open(name); for (const request of await cache.keys()) leak(await (await cache.match(request)).text()); } leak(await (await caches.match('/secret-cache')).text())`,
  ],
  [
    'broadcast',
    'listen on a channel of others',
    `const channel = new BroadcastChannel('secret'); channel.onmessage = ({ data }) => leak(data); await wait(500)`,
  ],
  ['cookie-store', 'read cookies', `for (const cookie of await cookieStore.getAll()) leak(cookie.name + cookie.value)`],
  [
    'opfs',
    'read the private file system',
    `const root = await navigator.storage.getDirectory(); for await (const [name, file] of root.entries()) leak(name + (file.getFile ? await (await file.getFile()).text() : ''))`,
  ],
  ['locks', 'see the locks of others', `leak(JSON.stringify(await navigator.locks.query()))`],
  [
    'buckets',
    'open storage buckets',
    `const bucket = await navigator.storageBuckets.open('secret'); leak(JSON.stringify(await bucket.indexedDB.databases()))`,
  ],
  [
    'shared-memory',
    'share memory with the relay',
    `const memory = new SharedArrayBuffer(8); post(envelope({ kind: 'notice', type: 'log', payload: { level: 'info', message: 'hostile-mark:' + TARGET.id, memory } }))`,
  ],
  [
    'api',
    "ask the product's API with the user's cookies",
    `leak(await (await fetch(TARGET.productOrigin + '/secret', { credentials: 'include' })).text())`,
  ],
  [
    'sibling-frame',
    "read a sibling's frame document",
    `leak(await (await fetch(TARGET.victim.origin + '/frame/' + TARGET.victim.installationId + '/' + TARGET.victim.deploymentId)).text() && 'SECRET')`,
  ],
  [
    'cache-probe',
    'find out by the cache what the product has loaded',
    `const before = performance.now(); await fetch(TARGET.productOrigin + '/secret', { mode: 'no-cors', cache: 'force-cache' }); leak(performance.now() - before)`,
  ],
]

const frame: readonly (readonly [id: string, title: string, code: string, rest?: Partial<Attack>])[] = [
  [
    'read-storage',
    "read the page's localStorage and sessionStorage",
    `for (const read of [() => parent.localStorage.getItem('secret'), () => parent.sessionStorage.getItem('secret'), () => localStorage.getItem('secret'), () => sessionStorage.getItem('secret')]) attempt('read', () => leak(read()))`,
  ],
  [
    'read-cookies',
    'read the cookies of page and siblings',
    `attempt('own', () => leak(document.cookie)); attempt('theirs', () => leak(parent.document.cookie))`,
  ],
  [
    'cookie-bomb',
    'set cookies for the parent domain',
    `for (let i = 0; i < 200; i++) attempt('bomb', () => { document.cookie = 'bomb' + i + '=' + 'x'.repeat(3000) + '; domain=localhost; path=/' }); await wait(100)`,
  ],
  ['indexed-db', 'read the IndexedDB of others', IN_INDEXED_DB],
  ['caches', 'read the caches of others', `leak(await (await caches.match('/secret-cache')).text())`],
  [
    'broadcast',
    'listen on a channel of others',
    `const channel = new BroadcastChannel('secret'); channel.onmessage = ({ data }) => leak(data); await wait(500)`,
  ],
  [
    'storage-access',
    'ask for storage access',
    `await settle(document.requestStorageAccess(), 400); leak(document.cookie)`,
  ],
  [
    'storage-event',
    'listen to the storage of others',
    `addEventListener('storage', (event) => leak(event.newValue)); await wait(400)`,
  ],
  [
    'window-name',
    'read the names of windows',
    `attempt('name', () => leak(parent.name)); attempt('name', () => leak(name))`,
  ],
]

export const storage: readonly Attack[] = [
  ...places.flatMap(([id, title, code]): readonly Attack[] => [
    { id: `storage-${id}`, title, theme: 'storage', code },
    {
      id: `storage-${id}-unfiltered`,
      title: `${title}, with every global in place`,
      theme: 'storage',
      realm: 'unfiltered',
      code,
    },
  ]),
  ...frame.map(
    ([id, title, code, rest]): Attack => ({
      id: `frame-${id}`,
      title,
      theme: 'storage',
      realm: 'frame',
      code,
      ...rest,
    }),
  ),
]
