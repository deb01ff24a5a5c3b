/**
 * Ways out of the frame that an extension has no use for. Removing them turns an accident into a clear `undefined`.
 * The wall is the frame's Content-Security-Policy, not this list.
 */
const DANGEROUS_GLOBALS = [
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'RTCDataChannel',
  'importScripts',
  'Worker',
  'SharedWorker',
  'ServiceWorkerRegistration',
  'BroadcastChannel',
  'indexedDB',
  'IDBFactory',
  'caches',
  'Cache',
  'CacheStorage',
  'cookieStore',
  'CookieStore',
  'StorageManager',
  'requestFileSystem',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  'Notification',
  'PushManager',
] as const

const DANGEROUS_NAVIGATOR = [
  'serviceWorker',
  'storage',
  'storageBuckets',
  'locks',
  'sendBeacon',
  'usb',
  'hid',
  'serial',
] as const

const removeFrom = (target: object, name: string) => {
  for (let holder: object | null = target; holder; holder = Object.getPrototypeOf(holder)) {
    if (!Object.hasOwn(holder, name) || Reflect.deleteProperty(holder, name)) continue
    try {
      Object.defineProperty(holder, name, { value: undefined })
    } catch {
      // The browser insists on keeping it. The frame's policy stops its use all the same.
    }
  }
}

/** Runs before any code of the extension. */
export const removeDangerousGlobals = (realm: object): void => {
  const { navigator } = realm as { readonly navigator?: object }
  if (navigator) for (const name of DANGEROUS_NAVIGATOR) removeFrom(navigator, name)
  for (const name of DANGEROUS_GLOBALS) removeFrom(realm, name)
}
