import { createElement } from 'react'
import { evaluateExpression } from '../app/expressions'
import { type DeclaredSurface, listSurfaces } from '../app/list-surfaces'
import type { App, RecordContext } from '../app/surfaces'
import { SurfaceContextProvider } from '../client/surface-context'
import type { PlainRecord } from '../protocol/messages'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import type { Roots } from './roots'

/** The surfaces of one app: what they do when the product triggers, updates, asks and closes them. */
export interface Surfaces {
  list(): readonly { readonly kind: string; readonly id: string }[]
  /** Draws a widget into the root `instanceId`, or runs an action to its end. */
  trigger(kind: string, surfaceId: string, instanceId: string, context: PlainRecord): Promise<void>
  update(instanceId: string, context: PlainRecord): void
  evaluate(kind: string, surfaceId: string, expression: string, context: PlainRecord): Promise<PlainValue>
  close(instanceId: string): void
  /** Takes the next version of the app and draws what is on the screen anew. */
  replace(app: App): void
}

export const createSurfaces = (app: App, roots: Roots): Surfaces => {
  let declared = listSurfaces(app)
  /** What is on the screen, by instance. */
  const drawn = new Map<string, { readonly surfaceId: string; context: PlainRecord }>()

  const find = (kind: string, surfaceId: string): DeclaredSurface => {
    const found = declared.find((entry) => entry.kind === kind && entry.surface.id === surfaceId)
    if (!found)
      throw new SdkError(
        'UNKNOWN_SURFACE',
        `This bundle has no ${kind} with the id ${surfaceId}. Its manifest may be of another build.`,
      )
    return found
  }

  // The host has checked the context against the contract of the surface, which has exactly these two names.
  const recordOf = (context: PlainRecord) => context as unknown as RecordContext

  const draw = (instanceId: string) => {
    const instance = drawn.get(instanceId)
    if (!instance) return
    const { surfaceId, context } = instance
    const found = find('record.widgets', surfaceId)
    if (found.kind !== 'record.widgets') return
    const widget = createElement(found.surface.component, recordOf(context))
    roots.render(instanceId, createElement(SurfaceContextProvider, { value: context }, widget))
  }

  const close = (instanceId: string) => {
    drawn.delete(instanceId)
    roots.close(instanceId)
  }

  return {
    list: () => declared.map(({ kind, surface }) => ({ kind, id: surface.id })),
    async trigger(kind, surfaceId, instanceId, context) {
      const found = find(kind, surfaceId)
      if (found.kind === 'record.actions') {
        await found.surface.onTrigger(recordOf(context))
        return
      }
      drawn.set(instanceId, { surfaceId, context })
      draw(instanceId)
    },
    update(instanceId, context) {
      const instance = drawn.get(instanceId)
      if (!instance) return
      instance.context = context
      draw(instanceId)
    },
    evaluate: (kind, surfaceId, expression, context) =>
      evaluateExpression(find(kind, surfaceId), expression, recordOf(context)),
    close,
    replace(next) {
      declared = listSurfaces(next)
      for (const [instanceId, { surfaceId }] of [...drawn]) {
        const isThere = declared.some(({ kind, surface }) => kind === 'record.widgets' && surface.id === surfaceId)
        if (isThere) draw(instanceId)
        else close(instanceId)
      }
    },
  }
}
