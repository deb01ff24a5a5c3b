import type { ReactNode } from 'react'
import { ConcurrentRoot } from 'react-reconciler/constants.js'
import { DEFAULT_LIMITS } from '../protocol/limits'
import { createPackedWriter } from '../protocol/pack-batch'
import { findSizeProblem, type PackedBatch } from '../protocol/packed-batch'
import type { TreeBatch } from '../protocol/tree'
import { createPlainWriter } from '../protocol/tree-writer'
import { SdkError } from '../sdk-error'
import type { Container, SoukReconciler } from './host-config'
import { createPatches } from './patches'
import type { CallMethod } from './remote-ref'
import type { RootLimits } from './root-limits'
import { createRootInstance } from './tree'

export interface RenderError {
  readonly error: unknown
  readonly componentStack: string | undefined
  /** An error boundary of the extension dealt with it. Otherwise the whole root was unmounted. */
  readonly caught: boolean
}

export interface RootOptions {
  readonly rootId: string
  /** Characters a text or a prop may have. */
  readonly stringLength: number
  /** Default: those of the protocol. */
  readonly limits?: RootLimits
  /** Called once for every commit that changed something, before React runs its effects. */
  readonly onCommit: (batch: TreeBatch) => void
  /** When given, the batches come out packed, and here instead. */
  readonly onPackedCommit?: ((batch: PackedBatch) => void) | undefined
  readonly onError: (error: RenderError) => void
  /** Has the product call a method of an element, through a ref. */
  readonly callMethod: CallMethod
}

/** A React tree whose changes come out as batches. */
export interface Root {
  readonly rootId: string
  /** How many elements the other side may call. */
  readonly handlerCount: number
  /** Renders at once: the batch has been handed over when this returns. */
  render(node: ReactNode): void
  /**
   * Calls an event prop, renders what it changed and hands the batch over, all in this task.
   *
   * @param eventVersion How many edits of a controlled field the user has made; the batch acknowledges it.
   * @returns What the handler returned.
   * @throws {SdkError} `HANDLER_NOT_FOUND` when the element or its handler is gone; or what the handler threw.
   */
  dispatch(handlerId: string, args: readonly unknown[], eventVersion?: number): unknown
  /** Unmounts, and returns when every effect has been cleaned up. */
  dispose(): void
}

export const createRoot = (
  { reconciler, runDiscrete }: SoukReconciler,
  { rootId, stringLength, limits = DEFAULT_LIMITS, onCommit, onPackedCommit, onError, callMethod }: RootOptions,
): Root => {
  const onOverLimit = (error: SdkError) => {
    onError({ error, componentStack: undefined, caught: false })
    // React is in the middle of a commit.
    queueMicrotask(dispose)
  }
  const common = { rootId, limits, onOverLimit }
  const patches = onPackedCommit
    ? createPatches({
        ...common,
        writer: createPackedWriter(),
        // By the very rule of the other side, so that what it would drop is refused here, where it can be told.
        findProblem: (batch) => findSizeProblem(batch, { ...limits, stringLength }),
        onCommit: onPackedCommit,
      })
    : createPatches({ ...common, writer: createPlainWriter(), onCommit })
  const container: Container = { root: createRootInstance(callMethod), patches, stringLength, limits, made: 0 }
  const report = (caught: boolean) => (error: unknown, info: { componentStack?: string | null | undefined }) =>
    onError({ error, componentStack: info.componentStack ?? undefined, caught })
  const fiber = reconciler.createContainer(
    container,
    ConcurrentRoot,
    null,
    false,
    null,
    `${rootId}-`,
    report(false),
    report(true),
    // React recovered by rendering again, so there is nothing anybody could do.
    () => {},
    () => {},
    null,
  )

  const dispose = () => {
    patches.dispose()
    reconciler.updateContainerSync(null, fiber, null, null)
    reconciler.flushSyncWork()
    reconciler.flushPassiveEffects()
  }

  return {
    rootId,
    get handlerCount() {
      return patches.handlers.size
    },
    render(node) {
      reconciler.updateContainerSync(node, fiber, null, null)
      reconciler.flushSyncWork()
    },
    dispatch(handlerId, args, eventVersion) {
      const handler = patches.handlers.find(handlerId)
      if (!handler)
        throw new SdkError(
          'HANDLER_NOT_FOUND',
          `No handler ${handlerId} is on the screen any more, so the event was dropped.`,
        )
      if (eventVersion !== undefined) patches.acknowledge(handler.node, eventVersion)
      try {
        return runDiscrete(() => handler.call(...args))
      } finally {
        reconciler.flushSyncWork()
        // The edit is acknowledged also when it changed nothing.
        patches.flush()
      }
    },
    dispose,
  }
}
