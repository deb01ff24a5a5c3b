import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import type { SoukClient } from '../api/souk-client'
import { createValue } from '../create-value'
import type { ReportDiagnostic } from '../diagnostic'
import { HostError } from '../host-error'

export interface ExtensionList {
  get(): readonly ActiveExtension[]
  subscribe(listener: () => void): () => void
  /** Loads the list now and after each change that the client makes. Returns its end. */
  start(client: SoukClient): () => void
}

const NO_EXTENSIONS: readonly ActiveExtension[] = []

/** What is installed and may run. An extension that has not changed stays the same object. */
export const createExtensionList = (
  report: ReportDiagnostic,
  onChange: (extensions: readonly ActiveExtension[]) => void,
): ExtensionList => {
  const list = createValue(NO_EXTENSIONS)

  const keepUnchanged = (next: readonly ActiveExtension[]) => {
    const before = new Map(list.get().map((extension) => [JSON.stringify(extension), extension]))
    return next.map((extension) => before.get(JSON.stringify(extension)) ?? extension)
  }

  return {
    get: list.get,
    subscribe: list.subscribe,
    start(client) {
      let isOver = false
      let latest = 0
      const load = async () => {
        const turn = ++latest
        try {
          const extensions = await client.extensions()
          // An older answer must not undo a newer one.
          if (isOver || turn !== latest) return
          list.set(keepUnchanged(extensions))
          onChange(list.get())
        } catch (error) {
          if (isOver) return
          const code = error instanceof HostError ? error.code : 'INTERNAL'
          const reason = error instanceof Error ? error.message : 'unknown reason'
          report({ code, message: `The installed extensions could not be loaded: ${reason}` })
        }
      }
      void load()
      const unsubscribe = client.subscribe(() => void load())
      return () => {
        isOver = true
        unsubscribe()
        list.set(NO_EXTENSIONS)
      }
    },
  }
}
