import {
  createPackedReader,
  type ErrorCode,
  findPropProblem,
  handlerId,
  type NodeId,
  type PackedBatch,
  type PlainValue,
  sayOperations,
  type TreeBatch,
} from '@souk/extension-sdk/protocol'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createId } from '../create-id'
import type { ReportDiagnostic } from '../diagnostic'
import { HostError } from '../host-error'
import type { Registry } from '../registry/create-registry'
import type { RootFiles } from '../surfaces/file-grants'
import { bindHandler, type EventHandler } from './bind-handler'
import { type ComponentMethods, createComponentMethods } from './component-methods'
import { withAnswer, withEdit } from './controlled-value'
import { type Drawing, drawNode } from './draw-node'
import { createEditQueue } from './edit-queue'
import type { ExtensionEvent } from './extension-event'
import { type HostElement, type HostNode, isElement } from './host-node'
import { keepCaret } from './keep-caret'
import { type NodeView, viewOf } from './node-view'
import { createPortion } from './portion'
import { createTree, type TreeLimits } from './tree'

export type RootStatus =
  /** Nothing has been drawn yet. */
  | { readonly state: 'waiting' }
  | { readonly state: 'drawn' }
  | { readonly state: 'failed'; readonly code: ErrorCode; readonly message: string; readonly traceId: string }

export interface TreeStoreOptions {
  readonly rootId: string
  readonly registry: Pick<Registry, 'find'>
  readonly limits: TreeLimits
  /** Calls the extension's handler. A rejection is reported, not thrown. */
  readonly sendEvent: (event: ExtensionEvent) => Promise<PlainValue>
  readonly report: ReportDiagnostic
  /** What users choose here. Without it, handles open nothing. */
  readonly files?: RootFiles
  /** The root was taken down, and has nothing left to draw. */
  readonly onFailed?: (code: ErrorCode) => void
}

/** The tree of one root. A batch is applied whole or not at all, and a bad one takes down this root alone. */
export interface TreeStore {
  readonly rootId: string
  apply(batch: TreeBatch | PackedBatch): void
  /** @param traceId Of the failure, if it has one already. */
  fail(code: ErrorCode, message: string, traceId?: string): void
  status(): RootStatus
  subscribeStatus(listener: () => void): () => void
  /** The whole tree for React. */
  draw(): ReactNode
  /** What is drawn of one node, for tests and tools. */
  view(id: NodeId): NodeView | undefined
  /** The same function on every call for one node and event prop. */
  handler(id: NodeId, prop: string): EventHandler
  readonly methods: Pick<ComponentMethods, 'place' | 'touch'>
  readonly files: RootFiles | undefined
  /** The user is composing a character from several keys, or is done. Until then no answer changes the field. */
  compose(isComposing: boolean): void
  /** @throws {HostError} `UNKNOWN_NODE`, `METHOD_NOT_FOUND` or `FOCUS_REFUSED`. */
  callMethod(id: NodeId, method: string): Promise<void>
  dispose(): void
}

/** How long the page may be kept from everything else, in ms. What is not drawn by then follows when the page has had its turn. */
const TASK_MS = 40

/** A batch may be wrong in thousands of places; the first ones say enough. */
const DIAGNOSTICS_PER_BATCH = 20

export const createTreeStore = (options: TreeStoreOptions): TreeStore => {
  const { rootId, registry, limits, sendEvent, report } = options
  const statusListeners = new Set<() => void>()
  const reader = createPackedReader(limits)
  let problems: string[] = []
  let lastCommit = 0
  let status: RootStatus = { state: 'waiting' }
  let isDisposed = false
  let isComposing = false
  let composed: HostNode | undefined
  const portion = createPortion()
  /** Boundaries that have changed and were not drawn again yet. */
  let changed = new Set<HostNode>()
  /** Parents of what was never drawn yet. */
  const unfinished = new Set<HostNode>()
  let rest: ReturnType<typeof setTimeout> | undefined

  const methods = createComponentMethods((id) => {
    const node = tree.find(id)
    if (!node) return
    tree.touch(node)
    redrawSoon()
  })
  const tree = createTree({
    registry,
    limits,
    report: (problem) => {
      if (problems.length < DIAGNOSTICS_PER_BATCH) problems.push(problem)
    },
    onRemoved(id) {
      methods.forget(id)
      // A browser says nothing of a composition whose field has gone.
      if (composed?.id !== id) return
      composed = undefined
      isComposing = false
    },
  })

  /** Draws what has changed, at the latest when the user's event has ended. What there is too much of follows. */
  const redraw = () => {
    const before = changed
    changed = new Set()
    for (let touched = tree.takeTouched(); touched.size > 0; touched = tree.takeTouched())
      for (const node of touched)
        if (node.mounts.length === 0) tree.touchAround(node)
        else changed.add(node)
    // The newest first: it may be what the user is typing.
    for (const node of before) changed.add(node)
    for (const node of changed) {
      if (!portion.take()) return finishLater()
      changed.delete(node)
      for (const mount of node.mounts) mount.redraw()
    }
  }

  /** For what happens in an event, which React draws at its end. */
  const redrawSoon = () => {
    portion.begin()
    redraw()
  }

  const flush = () => {
    const restoreCaret = keepCaret(methods.where())
    try {
      portion.draw(() => flushSync(redraw))
    } catch (error) {
      // React 18 throws here what any part of the page has thrown while it was drawn with this. It is no fault of the tree's.
      reportError(error)
    }
    restoreCaret()
  }

  /**
   * Draws now. A batch arrives in a task of its own, and what it changes is to be seen before anything else happens; but no batch,
   * however large, keeps the page from its user.
   */
  const redrawNow = () => {
    const until = performance.now() + TASK_MS
    do {
      clearTimeout(rest)
      rest = undefined
      for (const node of unfinished) if (tree.find(node.id) === node) tree.touch(node)
      unfinished.clear()
      flush()
    } while (rest !== undefined && performance.now() < until)
  }

  const finishLater = () => {
    rest ??= setTimeout(() => {
      rest = undefined
      redrawNow()
    })
  }

  const clear = () => {
    clearTimeout(rest)
    rest = undefined
    changed.clear()
    unfinished.clear()
    tree.clear()
    methods.clear()
    options.files?.close()
  }

  const setStatus = (next: RootStatus) => {
    status = next
    for (const listener of [...statusListeners]) listener()
  }

  const fail: TreeStore['fail'] = (code, message, traceId = createId()) => {
    if (isDisposed || status.state === 'failed') return
    clear()
    report({ code, message, rootId, traceId })
    setStatus({ state: 'failed', code, message, traceId })
    options.onFailed?.(code)
  }

  const call = async (id: NodeId, prop: string, received: readonly unknown[]): Promise<PlainValue> => {
    const node = tree.find(id)
    if (isDisposed || !isElement(node)) {
      report({ code: 'HANDLER_NOT_FOUND', message: `${prop} was called on a component that is gone.`, rootId })
      return undefined
    }
    const { name, contract } = node.registered
    const schemas = (Object.hasOwn(contract.events, prop) ? contract.events[prop] : undefined) ?? []
    // The rest, such as the DOM event a component passes along, stays with the host.
    const args = schemas.map((_, index) => received[index] as PlainValue)
    const problem = schemas
      .map((schema, index) => findPropProblem(schema, args[index], `${name}.${prop} argument ${index + 1}`))
      .find(Boolean)
    if (problem) {
      report({ code: 'INVALID_PROP', message: `${problem} The event was not sent.`, rootId })
      return undefined
    }
    const hasHandler = node.handlers.includes(prop)
    const value = contract.controlled?.event === prop && node.value ? withEdit(node.value, args[0]) : undefined
    // Without a handler, a value that the extension gives is one the user may not change.
    const isReadOnly = !hasHandler && contract.controlled && Object.hasOwn(node.props, contract.controlled.value)
    if (value && !isReadOnly) {
      node.value = value
      if (isComposing) composed = node
      tree.touch(node)
      redrawSoon()
    }
    if (!hasHandler) return undefined
    const fail = (error: unknown) => {
      const code = error instanceof HostError ? error.code : 'EXTENSION_ERROR'
      report({ code, message: `${name}.${prop} failed: ${error instanceof Error ? error.message : 'unknown'}`, rootId })
      return undefined
    }
    const event = { rootId, handlerId: handlerId(id, prop), args }
    if (!value) return sendEvent(event).catch(fail)
    node.edits ??= createEditQueue(sendEvent)
    return node.edits.add({ ...event, eventVersion: value.edits }).catch((error) => {
      // The extension will say nothing of this edit, so the field shows again what the extension says.
      settleEdit(node, value.edits)
      return fail(error)
    })
  }

  const settleEdit = (node: HostElement, version: number) => {
    if (isDisposed || tree.find(node.id) !== node || !node.value) return
    const settled = withAnswer(node.value, version)
    if (settled === node.value) return
    node.value = settled
    tree.touch(node)
    redrawSoon()
  }

  const drawing: Drawing = {
    handlerOf: (node, prop) => bindHandler(node, prop, call),
    methodsRefOf: ({ id }) => methods.refOf(id),
    isComposed: (node) => node === composed,
    mayDraw(parent) {
      if (portion.take()) return true
      unfinished.add(parent)
      finishLater()
      return false
    },
  }

  /** @throws {HostError} Then the tree has been changed by a part of the batch, and has to be cleared. */
  const change = (batch: TreeBatch | PackedBatch) => {
    if ('operations' in batch) sayOperations(batch.operations, tree.writer)
    else {
      const refusal = reader.read(batch, tree.writer)
      if (refusal) throw new HostError('INVALID_MESSAGE', refusal.refused)
    }
    tree.checkSize()
  }

  return {
    rootId,
    fail,
    methods,
    files: options.files,
    status: () => status,
    compose(next) {
      isComposing = next
      if (next || !composed) return
      tree.touch(composed)
      composed = undefined
      redrawNow()
    },
    draw: () => drawNode(tree.root, drawing),
    view: (id) => viewOf(tree.find(id)),
    handler(id, prop) {
      const node = tree.find(id)
      return node ? bindHandler(node, prop, call) : (...args) => call(id, prop, args)
    },
    async callMethod(id, method) {
      const node = tree.find(id)
      if (!isElement(node))
        throw new HostError('UNKNOWN_NODE', `Node ${id} is no component on the screen, so it has no ${method}.`)
      const { name, contract } = node.registered
      if (!contract.methods?.includes(method))
        throw new HostError('METHOD_NOT_FOUND', `The contract gives ${name} no method of this name.`)
      await methods.call(id, method)
    },
    apply(batch) {
      if (isDisposed || status.state === 'failed') return
      if (batch.commit !== lastCommit + 1)
        return fail(
          'BATCH_OUT_OF_ORDER',
          `Commit ${batch.commit} arrived after commit ${lastCommit}. The extension has to be started again.`,
        )
      lastCommit = batch.commit
      problems = []
      try {
        change(batch)
      } catch (error) {
        if (error instanceof HostError) return fail(error.code, error.message)
        fail('INTERNAL', 'The product could not apply what the extension drew. Try again, or report it as a defect.')
        throw error
      }
      if (status.state === 'waiting') setStatus({ state: 'drawn' })
      redrawNow()
      for (const message of problems) report({ code: 'INVALID_PROP', message, rootId })
    },
    subscribeStatus(listener) {
      statusListeners.add(listener)
      return () => void statusListeners.delete(listener)
    },
    dispose() {
      isDisposed = true
      clear()
      statusListeners.clear()
    },
  }
}
