/**
 * What a server function has no use for. All of it is refused by the missing permissions already, or keeps state where another
 * call would find it; taking it away only makes that a clear "is not defined". Not a wall: the wall is the process.
 */
const UNUSED = [
  'BroadcastChannel',
  'Cache',
  'CacheStorage',
  'EventSource',
  'GPU',
  'Storage',
  'WebSocket',
  'WebSocketStream',
  'Worker',
  'alert',
  'caches',
  'close',
  'confirm',
  'localStorage',
  'prompt',
  'sessionStorage',
]

export const removeAmbient = (): void => {
  for (const name of UNUSED) Reflect.deleteProperty(globalThis, name)
}
