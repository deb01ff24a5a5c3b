import type { ActiveExtension } from '@souk/extension-sdk/protocol'

export interface PooledSession {
  /** False once it failed: the next user gets a new one. */
  isAlive(): boolean
  dispose(): void
}

export interface FramePoolOptions<S extends PooledSession> {
  /** @param hold Keeps the session from going to sleep until the returned function is called. */
  readonly start: (extension: ActiveExtension, hold: () => () => void) => S
  /** How long an unused frame stays, in milliseconds. */
  readonly idleMs?: number
}

/** One frame per installation, shared by all its surfaces: started when the first needs it, gone some time after the last. */
export interface FramePool<S extends PooledSession> {
  acquire(extension: ActiveExtension): { readonly session: S; release(): void }
  /** Ends at once what is no longer installed, or is installed differently. */
  sync(extensions: readonly ActiveExtension[]): void
  sessions(): readonly S[]
  dispose(): void
}

interface Entry<S> {
  readonly key: string
  readonly session: S
  uses: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Everything that a running extension was started with. */
export const runKey = ({ deploymentId, frameUrl, isolation, grantedScopes, settings }: ActiveExtension): string =>
  JSON.stringify([deploymentId, frameUrl, isolation, grantedScopes, settings])

export const createFramePool = <S extends PooledSession>({
  start,
  idleMs = 30_000,
}: FramePoolOptions<S>): FramePool<S> => {
  const entries = new Map<string, Entry<S>>()

  const end = (id: string, entry: Entry<S>) => {
    clearTimeout(entry.timer)
    if (entries.get(id) === entry) entries.delete(id)
    entry.session.dispose()
  }

  const use = (id: string, entry: Entry<S>) => {
    clearTimeout(entry.timer)
    entry.uses++
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      entry.uses--
      if (entry.uses === 0 && entries.get(id) === entry) entry.timer = setTimeout(() => end(id, entry), idleMs)
    }
  }

  const startEntry = (extension: ActiveExtension): Entry<S> => {
    const { appInstallationId: id } = extension
    const entry: Entry<S> = {
      key: runKey(extension),
      session: start(extension, () => use(id, entry)),
      uses: 0,
      timer: undefined,
    }
    entries.set(id, entry)
    return entry
  }

  return {
    acquire(extension) {
      const { appInstallationId: id } = extension
      const current = entries.get(id)
      const isUsable = current?.session.isAlive() && current.key === runKey(extension)
      if (current && !isUsable) end(id, current)
      const entry = current && isUsable ? current : startEntry(extension)
      return { session: entry.session, release: use(id, entry) }
    },
    sync(extensions) {
      const keys = new Map(extensions.map((extension) => [extension.appInstallationId, runKey(extension)]))
      for (const [id, entry] of [...entries]) if (keys.get(id) !== entry.key) end(id, entry)
    },
    sessions: () => [...entries.values()].map(({ session }) => session),
    dispose() {
      for (const [id, entry] of [...entries]) end(id, entry)
    },
  }
}
