/** Sources of bundles by their hash, as many as fit. */
export interface BundleCache {
  get(sha256: string): string | undefined
  set(sha256: string, source: string): void
}

/** Makes a cache that forgets what was not used longest. */
export const createBundleCache = (maxBytes: number): BundleCache => {
  const sources = new Map<string, string>()
  let bytes = 0
  const sizeOf = (source: string): number => source.length * 2
  const forget = (sha256: string): void => {
    bytes -= sizeOf(sources.get(sha256) ?? '')
    sources.delete(sha256)
  }

  return {
    get(sha256) {
      const source = sources.get(sha256)
      if (source === undefined) return undefined
      // Behind all others.
      sources.delete(sha256)
      sources.set(sha256, source)
      return source
    },
    set(sha256, source) {
      forget(sha256)
      if (sizeOf(source) > maxBytes) return
      sources.set(sha256, source)
      bytes += sizeOf(source)
      for (const oldest of sources.keys()) {
        if (bytes <= maxBytes) break
        forget(oldest)
      }
    },
  }
}
