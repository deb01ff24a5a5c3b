import { useEffect, useState } from 'react'
import { DEFAULT_LIMITS, isRefusal } from '../../packages/extension-sdk/src/protocol'
import type { Diagnostic } from '../../packages/host/src/diagnostic'
import type { Registry } from '../../packages/host/src/registry/create-registry'
import { createTreeStore, type TreeStore } from '../../packages/host/src/tree/tree-store'
import { ROOT_ID, readTree } from './read-tree'

/** A diagnostic, or an event that would have gone to the extension. */
export type Told = Pick<Diagnostic, 'message'> & { readonly code: Diagnostic['code'] | 'event' }

export interface DrawnTree {
  /** None when the text is no tree. */
  readonly store: TreeStore | undefined
  readonly told: readonly Told[]
}

const TOLD_AT_MOST = 50

/** The text as the host would draw it if an extension sent it, and all that the host says of it. */
export const useDrawnTree = (text: string, registry: Registry): DrawnTree | undefined => {
  const [drawn, setDrawn] = useState<DrawnTree>()
  useEffect(() => {
    let store: TreeStore | undefined
    let isOver = false
    const tell = (one: Told) =>
      setDrawn((before) => (isOver ? before : { store, told: [...(before?.told ?? []), one].slice(-TOLD_AT_MOST) }))

    // Not within React's own work: the store draws at once, as it does for a message.
    const start = setTimeout(() => {
      setDrawn({ store: undefined, told: [] })
      const batch = readTree(text)
      if (isRefusal(batch)) return tell({ code: 'INVALID_MESSAGE', message: batch.refused })
      store = createTreeStore({
        rootId: ROOT_ID,
        registry,
        limits: DEFAULT_LIMITS,
        report: tell,
        async sendEvent({ handlerId, args }) {
          tell({ code: 'event', message: `${handlerId}(${args.map((arg) => JSON.stringify(arg)).join(', ')})` })
          return undefined
        },
      })
      setDrawn({ store, told: [] })
      try {
        store.apply(batch)
      } catch {
        // The store has taken the tree down and reported it.
      }
    })
    return () => {
      isOver = true
      clearTimeout(start)
      store?.dispose()
    }
  }, [text, registry])
  return drawn
}
