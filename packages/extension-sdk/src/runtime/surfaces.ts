import { createElement } from 'react'
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
}

export const createSurfaces = (app: App, roots: Roots): Surfaces => {
  const declared = listSurfaces(app)
  const drawn = new Map<string, Extract<DeclaredSurface, { kind: 'record.widgets' }>>()

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

  const draw = (instanceId: string, context: PlainRecord) => {
    const { component } = drawn.get(instanceId)?.surface ?? {}
    if (!component) return
    const widget = createElement(component, recordOf(context))
    roots.render(instanceId, createElement(SurfaceContextProvider, { value: context }, widget))
  }

  return {
    list: () => declared.map(({ kind, surface }) => ({ kind, id: surface.id })),
    async trigger(kind, surfaceId, instanceId, context) {
      const found = find(kind, surfaceId)
      if (found.kind === 'record.actions') {
        await found.surface.onTrigger(recordOf(context))
        return
      }
      drawn.set(instanceId, found)
      draw(instanceId, context)
    },
    update: draw,
    async evaluate(kind, surfaceId, expression, context) {
      const { surface } = find(kind, surfaceId)
      if (expression !== 'shouldShow')
        throw new SdkError('METHOD_NOT_FOUND', `A surface of this version cannot evaluate ${expression}.`)
      return (await surface.shouldShow?.(recordOf(context))) ?? true
    },
    close(instanceId) {
      drawn.delete(instanceId)
      roots.close(instanceId)
    },
  }
}
