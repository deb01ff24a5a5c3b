import type { ReactNode } from 'react'
import type { TreeBatch, TreeOperation } from '../../src/protocol'
import { createRoot, type RenderError } from '../../src/reconciler/create-root'
import { createReconciler } from '../../src/reconciler/host-config'
import { createTreeModel } from './tree-model'

/** A root whose batches are checked, kept and applied to a model. */
export const renderTree = (first: ReactNode) => {
  const batches: TreeBatch[] = []
  const errors: RenderError[] = []
  const calls: [id: number, method: string][] = []
  const waiting: (() => void)[] = []
  const model = createTreeModel()
  const root = createRoot(createReconciler(), {
    rootId: 'root',
    stringLength: 1_000,
    onCommit: (batch) => {
      // What was handed over must not change later, as a message that was sent does not.
      const copy = structuredClone(batch)
      batches.push(copy)
      model.apply(copy)
      for (const resolve of waiting.splice(0)) resolve()
    },
    onError: (error) => errors.push(error),
    callMethod: async (id, method) => void calls.push([id, method]),
  })
  root.render(first)
  return {
    root,
    model,
    batches,
    errors,
    /** The methods that were called through refs. */
    calls,
    /** The operations of the last batch. */
    last: (): readonly TreeOperation[] => batches.at(-1)?.operations ?? [],
    /** Resolves when the next batch has been handed over. */
    nextBatch: () => new Promise<void>((resolve) => waiting.push(resolve)),
  }
}
