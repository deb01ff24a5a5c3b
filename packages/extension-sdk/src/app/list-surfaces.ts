import type { ComponentType } from 'react'
import { findPollProblem } from '../protocol/run-rules'
import { SdkError } from '../sdk-error'
import { runStep } from './run-step'
import type { App, CallTextAction } from './surfaces'
import type { QuickAction, WorkflowBlock, WorkflowTrigger } from './workflow'

/** A surface of an app with the kind the component contract knows it by. */
export interface DeclaredSurface {
  readonly kind: string
  readonly surface: Readonly<Record<string, unknown>> & { readonly id: string; readonly label: string }
  /** Of a surface that is drawn. What it takes is the context of its kind, which the product has checked. */
  readonly component?: ComponentType<Readonly<Record<string, unknown>>>
  /** Of a surface that is started. */
  readonly run?: (context: Readonly<Record<string, unknown>>) => unknown
  /** Of a surface that is a form and then something done. */
  readonly quickAction?: QuickAction
}

interface Given {
  readonly id: string
  readonly label: string
}

// Each kind has one type of context, which the product checks against the contract before it sends it.
const drawn = (kind: string, surface: Given, component: unknown): DeclaredSurface => ({
  kind,
  surface: surface as DeclaredSurface['surface'],
  component: component as NonNullable<DeclaredSurface['component']>,
})

const started = (kind: string, surface: Given, run: unknown): DeclaredSurface => ({
  kind,
  surface: surface as DeclaredSurface['surface'],
  run: run as NonNullable<DeclaredSurface['run']>,
})

const textActions = (given: NonNullable<App['callRecording']>['insight']): readonly CallTextAction[] =>
  !given ? [] : 'textActions' in given ? given.textActions : given

type Step = WorkflowBlock | WorkflowTrigger

/** A step is up to three surfaces: what it does, its node and its panel. */
const stepSurfaces = (kind: string, step: Step): readonly DeclaredSurface[] => [
  started(kind, step, async ({ input = {}, state }: { input?: unknown; state?: unknown }) => {
    const result = await runStep(step, input, state === undefined ? {} : { state })
    const problem = step.config?.polling ? findPollProblem(result) : undefined
    if (problem) throw new SdkError('FUNCTION_FAILED', `${step.label}: ${problem}`)
    return result
  }),
  ...(step.node ? [drawn('workflow.nodes', step, step.node)] : []),
  ...(step.panel ? [drawn('workflow.panels', step, step.panel)] : []),
]

/** Every surface of an app, in the order it was declared. */
export const listSurfaces = ({
  page,
  record = {},
  callRecording = {},
  workflow = {},
  quickActions = [],
  surfaces = {},
}: App): readonly DeclaredSurface[] => [
  ...(page ? [drawn('app.page', { id: 'page', label: 'Page' }, page)] : []),
  ...(record.actions ?? []).map((action) => started('record.actions', action, action.onTrigger)),
  ...(record.bulkActions ?? []).map((action) => started('record.bulkActions', action, action.onTrigger)),
  ...(record.widgets ?? []).map((widget) => drawn('record.widgets', widget, widget.component)),
  ...(['insight', 'summary', 'transcript'] as const).flatMap((part) =>
    textActions(callRecording[part]).map((action) => started(`callRecording.${part}`, action, action.onTrigger)),
  ),
  ...(workflow.blocks ?? []).flatMap((block) => stepSurfaces('workflow.blocks', block)),
  ...(workflow.triggers ?? []).flatMap((trigger) => stepSurfaces('workflow.triggers', trigger)),
  ...quickActions.map(
    (action): DeclaredSurface => ({ ...started('quickActions', action, undefined), quickAction: action }),
  ),
  // Its names are those of the product's contract, which this build of the SDK does not know.
  ...Object.entries(surfaces as Readonly<Record<string, readonly OwnSurface[]>>).flatMap(([kind, list]) =>
    list.map((surface) =>
      surface.component ? drawn(kind, surface, surface.component) : started(kind, surface, surface.onTrigger),
    ),
  ),
]

interface OwnSurface extends Given {
  readonly component?: unknown
  readonly onTrigger?: unknown
}
