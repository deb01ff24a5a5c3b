import { createElement, type ReactNode } from 'react'
import { evaluateExpression } from '../app/expressions'
import { type DeclaredSurface, listSurfaces } from '../app/list-surfaces'
import type { App } from '../app/surfaces'
import type { QuickAction } from '../app/workflow'
import { BlockProvider } from '../client/block-context'
import { SurfaceContextProvider } from '../client/surface-context'
import type { PlainRecord } from '../protocol/messages'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import type { Roots } from './roots'

/** The surfaces of one app: what they do when the product triggers, updates, asks and closes them. */
export interface Surfaces {
  list(): readonly { readonly kind: string; readonly id: string }[]
  /** Draws a surface into the root `instanceId`, or runs an action to its end and gives what it returned. */
  trigger(kind: string, surfaceId: string, instanceId: string, context: PlainRecord): Promise<unknown>
  update(instanceId: string, context: PlainRecord): void
  evaluate(kind: string, surfaceId: string, expression: string, context: PlainRecord): Promise<PlainValue>
  close(instanceId: string): void
  /** Takes the next version of the app and draws what is on the screen anew. */
  replace(app: App): void
}

const BLOCK_PARTS: readonly string[] = ['workflow.nodes', 'workflow.panels']

/** @param runQuickAction Shows the form of a quick action and does what it says. */
export const createSurfaces = (
  app: App,
  roots: Roots,
  runQuickAction: (action: QuickAction, context: PlainRecord) => Promise<void>,
): Surfaces => {
  let declared = listSurfaces(app)
  /** What is on the screen, by instance. */
  const drawn = new Map<string, { readonly kind: string; readonly surfaceId: string; context: PlainRecord }>()

  const lookUp = (kind: string, surfaceId: string): DeclaredSurface | undefined =>
    declared.find((entry) => entry.kind === kind && entry.surface.id === surfaceId)

  const find = (kind: string, surfaceId: string): DeclaredSurface => {
    const found = lookUp(kind, surfaceId)
    if (!found)
      throw new SdkError(
        'UNKNOWN_SURFACE',
        `This bundle has no ${kind} with the id ${surfaceId}. Its manifest may be of another build.`,
      )
    return found
  }

  const withBlock = ({ kind, surface }: DeclaredSurface, { values }: PlainRecord, node: ReactNode) =>
    BLOCK_PARTS.includes(kind) ? createElement(BlockProvider, { label: surface.label, values }, node) : node

  const draw = (instanceId: string) => {
    const instance = drawn.get(instanceId)
    if (!instance) return
    const { kind, surfaceId, context } = instance
    const found = find(kind, surfaceId)
    if (!found.component) return
    const content = withBlock(found, context, createElement(found.component, context))
    roots.render(instanceId, createElement(SurfaceContextProvider, { value: context }, content))
  }

  const close = (instanceId: string) => {
    drawn.delete(instanceId)
    roots.close(instanceId)
  }

  return {
    list: () => declared.map(({ kind, surface }) => ({ kind, id: surface.id })),
    async trigger(kind, surfaceId, instanceId, context) {
      const { quickAction, run, component } = find(kind, surfaceId)
      if (quickAction) return runQuickAction(quickAction, context)
      if (!component) return run?.(context)
      drawn.set(instanceId, { kind, surfaceId, context })
      draw(instanceId)
      return undefined
    },
    update(instanceId, context) {
      const instance = drawn.get(instanceId)
      if (!instance) return
      instance.context = context
      draw(instanceId)
    },
    evaluate: (kind, surfaceId, expression, context) => evaluateExpression(find(kind, surfaceId), expression, context),
    close,
    replace(next) {
      declared = listSurfaces(next)
      for (const [instanceId, { kind, surfaceId }] of [...drawn]) {
        if (lookUp(kind, surfaceId)?.component) draw(instanceId)
        else close(instanceId)
      }
    },
  }
}
