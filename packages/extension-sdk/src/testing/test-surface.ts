import type { ComponentType } from 'react'
import type { App, BulkRecordAction, CallTextAction, RecordAction, RecordContext, RecordWidget } from '../app/surfaces'
import type { QuickAction, QuickActionContext, WorkflowBlock, WorkflowTrigger } from '../app/workflow'
import type { FieldBuilders, InferFields } from '../fields/field-builder'
import { SdkError } from '../sdk-error'

/** A surface of a kind that a product declares. */
export interface OwnSurface {
  readonly id: string
  readonly label: string
  readonly component?: ComponentType<never>
  readonly onTrigger?: (context: never) => unknown
}

/** Anything that an app declares and a test can render. */
export type TestSurface =
  | RecordWidget
  | RecordAction
  | BulkRecordAction
  | CallTextAction
  | QuickAction
  | WorkflowBlock
  | WorkflowTrigger
  | OwnSurface

/** What the product says about the place of a block. */
export interface BlockContextOf<S> {
  readonly nodeId?: string
  readonly values?: S extends { readonly schema: { readonly inputs: infer I extends FieldBuilders } }
    ? Partial<InferFields<I>>
    : never
  readonly status?: 'idle' | 'running' | 'success' | 'error'
  readonly selected?: boolean
  readonly lastRun?: unknown
  readonly connections?: unknown
  readonly variables?: readonly { readonly value: string; readonly label: string; readonly group?: string }[]
}

/** What a surface is told about its place, by its type. */
export type ContextOf<S> = S extends { readonly onTrigger: (context: infer C) => unknown }
  ? C
  : S extends { readonly component: ComponentType<infer C> }
    ? unknown extends C
      ? RecordContext
      : keyof C extends never
        ? RecordContext
        : C
    : 'getDefaults' extends keyof S
      ? QuickActionContext
      : BlockContextOf<S>

/** Which place in an app a surface is put into. */
export type SurfacePart = 'panel' | 'node'

export interface PlacedSurface {
  readonly kind: string
  readonly app: App
}

/** The place a surface is for, from what it has and what its context names. */
export const placeSurface = (
  surface: TestSurface,
  context: Readonly<Record<string, unknown>>,
  { kind, part = 'panel' }: { readonly kind?: string | undefined; readonly part?: SurfacePart | undefined },
): PlacedSurface => {
  const given = surface as TestSurface & Readonly<Record<string, unknown>>
  if (kind !== undefined && kind !== 'quickActions' && !kind.startsWith('workflow.'))
    return { kind, app: { surfaces: { [kind]: [surface] } } as App }
  if (typeof given.onTrigger === 'function') {
    const actions = [surface as RecordAction]
    // A surface of a kind is what its context says it is: the types of the three do not differ otherwise.
    if ('callRecordingId' in context)
      return {
        kind: 'callRecording.summary',
        app: { callRecording: { summary: actions as unknown as CallTextAction[] } },
      }
    if ('recordIds' in context)
      return { kind: 'record.bulkActions', app: { record: { bulkActions: actions as unknown as BulkRecordAction[] } } }
    return { kind: 'record.actions', app: { record: { actions } } }
  }
  if (typeof given.component === 'function')
    return { kind: 'record.widgets', app: { record: { widgets: [surface as RecordWidget] } } }
  const isStep = kind?.startsWith('workflow.') || given.panel !== undefined || given.node !== undefined
  if (!isStep) return { kind: 'quickActions', app: { quickActions: [surface as QuickAction] } }
  const hasPart = given[part] !== undefined
  if (!hasPart && kind === undefined)
    throw new SdkError(
      'UNKNOWN_SURFACE',
      `${surface.id} has no ${part} to render. Give it one, or render its other part.`,
    )
  return {
    kind: kind ?? (part === 'node' ? 'workflow.nodes' : 'workflow.panels'),
    app: { workflow: { blocks: [surface as WorkflowBlock] } },
  }
}
