import type { ReactNode } from 'react'
import type { BridgeLimits } from '../protocol/limits'
import type { ExtensionNotices, ExtensionRequests } from '../protocol/messages'
import type { PackedBatch } from '../protocol/packed-batch'
import type { TreeBatch } from '../protocol/tree'
import { createRoot, type RenderError, type Root } from '../reconciler/create-root'
import { createReconciler } from '../reconciler/host-config'
import { SdkError } from '../sdk-error'
import type { DevelopmentTools } from './development-tools'
import { errorCodeOf, messageOf } from './to-wire-error'

export interface RootsOptions {
  readonly limits: BridgeLimits
  readonly onCommit: (batch: TreeBatch | PackedBatch) => void
  /** Whether the product understands packed batches. Asked when a root is made. */
  readonly isPacked: () => boolean
  readonly onError: (error: ExtensionNotices['error']) => void
  readonly onLog: (log: ExtensionNotices['log']) => void
  readonly callMethod: (call: ExtensionRequests['call-method']['payload']) => Promise<unknown>
  readonly development?: Pick<DevelopmentTools, 'onReconciler' | 'wrap'>
}

/** Every tree the extension draws: its surfaces and its dialogs. */
export interface Roots {
  has(rootId: string): boolean
  /** @throws {SdkError} `LIMIT_EXCEEDED` when the frame has as many roots as it may. */
  render(rootId: string, node: ReactNode): void
  /** @throws {SdkError} `HANDLER_NOT_FOUND`. */
  dispatch(rootId: string, handlerId: string, args: readonly unknown[], eventVersion?: number): unknown
  /** Returns when the effects of the root have been cleaned up. */
  close(rootId: string): void
  dispose(): void
}

const MAX_STACK = 4_000

export const createRoots = ({
  limits,
  onCommit,
  isPacked,
  onError,
  onLog,
  callMethod,
  development,
}: RootsOptions): Roots => {
  const reconciler = createReconciler()
  development?.onReconciler(reconciler.reconciler)
  const roots = new Map<string, Root>()

  const report = (rootId: string, { error, componentStack, caught }: RenderError) => {
    if (caught) return onLog({ level: 'error', message: `An error boundary caught: ${messageOf(error)}` })
    onError({
      code: errorCodeOf(error),
      message: messageOf(error),
      rootId,
      ...(componentStack === undefined ? {} : { componentStack: componentStack.slice(0, MAX_STACK) }),
    })
  }

  const create = (rootId: string): Root => {
    if (roots.size >= limits.rootsPerFrame)
      throw new SdkError(
        'LIMIT_EXCEEDED',
        `The extension has ${roots.size} surfaces and dialogs on the screen, which is all it may have.`,
      )
    const root = createRoot(reconciler, {
      rootId,
      stringLength: limits.stringLength,
      limits,
      onCommit,
      onPackedCommit: isPacked() ? onCommit : undefined,
      onError: (error) => report(rootId, error),
      callMethod: (id, method) => callMethod({ rootId, id, method }),
    })
    roots.set(rootId, root)
    return root
  }

  const close = (rootId: string) => {
    const root = roots.get(rootId)
    roots.delete(rootId)
    root?.dispose()
  }

  return {
    has: (rootId) => roots.has(rootId),
    render: (rootId, node) => (roots.get(rootId) ?? create(rootId)).render(development?.wrap(node) ?? node),
    dispatch(rootId, handlerId, args, eventVersion) {
      const root = roots.get(rootId)
      if (!root)
        throw new SdkError('HANDLER_NOT_FOUND', `${rootId} is not on the screen any more, so the event was dropped.`)
      return root.dispatch(handlerId, args, eventVersion)
    },
    close,
    dispose() {
      for (const rootId of [...roots.keys()]) close(rootId)
    },
  }
}
