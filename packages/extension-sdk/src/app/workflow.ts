import type { ComponentType } from 'react'
import type { FieldBuilders, InferFields } from '../fields/field-builder'
import type { InferWorkflowInput, InferWorkflowOutput, WorkflowSchema } from '../fields/workflow-builders'
import type { PlainValue } from '../protocol/plain-value'
import type { RecordContext, SurfaceBase } from './surfaces'

/** The connection to the outside service that a run uses. */
export interface ExecuteConnection {
  readonly id: string
  readonly type?: string
  readonly value?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** What a run is given beside its input. */
export interface ExecuteContext<State = PlainValue> {
  readonly connection?: ExecuteConnection
  /** What the run before this one returned; absent at the first. */
  readonly state?: State
}

/** The state that a trigger keeps from one poll to the next. */
export type PollingState = Readonly<Record<string, PlainValue>>

/** What a poll found: the product saves the state once it has taken the events. */
export interface PollingExecuteResult<Event = PlainValue, State = PollingState> {
  readonly events: readonly Event[]
  readonly state: State
}

/**
 * What a block does, typically a function of a `*.server.ts` file.
 *
 * @typeParam S The block's schema: `WorkflowExecuteFunction<typeof schema>`.
 */
export type WorkflowExecuteFunction<S extends WorkflowSchema = WorkflowSchema> = (
  input: InferWorkflowInput<S>,
  context: ExecuteContext,
) => Promise<InferWorkflowOutput<S>>

export interface WorkflowPolling {
  readonly intervalMinutes?: number
  readonly minIntervalMinutes?: number
  /** Five fields, in UTC. */
  readonly cron?: string
}

export interface WorkflowConfig {
  /** Milliseconds for one try, 1 to 3,600,000. A server function has 30 seconds at most. */
  readonly timeout?: number
  /** How often to try again what passes, such as a service that fails: 0 to 10. Only what may be done twice should say so. */
  readonly retries?: number
  /** Without a connection of the app, the server refuses to run it, and the product offers to make one. The app needs a `*.connection.ts` file. */
  readonly requiresConnection?: boolean
  /** It can be tried alone, from the editor: the product offers that, or not. */
  readonly canRunSingle?: boolean
  /**
   * Of a trigger: how often the product asks it. The product keeps the times and the state, and saves the state once it has taken the events;
   * what a poll gives is checked to be `{ events, state }`.
   */
  readonly polling?: WorkflowPolling
}

interface WorkflowStep<S extends WorkflowSchema> extends Omit<SurfaceBase<never>, 'shouldShow'> {
  readonly category?: string
  readonly schema: S
  /** The block on the canvas. The product has one of its own. */
  readonly node?: ComponentType
  /** The settings of the block. Without it, the product draws the fields of the schema. */
  readonly panel?: ComponentType
  readonly config?: WorkflowConfig
}

// biome-ignore lint/suspicious/noExplicitAny: what `execute` takes follows from the schema; a list of blocks has one for each.
type AnyExecute = (input: any, context: any) => unknown

/** A step of a workflow. Use `defineBlock` to have `execute` checked against the schema. */
export interface WorkflowBlock<S extends WorkflowSchema = WorkflowSchema> extends WorkflowStep<S> {
  readonly execute: AnyExecute
}

/** What starts a workflow. One with `config.polling` is asked again and again, and returns events and the next state. */
export interface WorkflowTrigger<S extends WorkflowSchema = WorkflowSchema> extends WorkflowStep<S> {
  readonly execute?: AnyExecute
}

/** Checks a block while you write it, `execute` against its schema, and gives it back unchanged. */
export const defineBlock = <const I extends FieldBuilders, const O extends FieldBuilders = Record<never, never>>(
  block: Omit<WorkflowBlock, 'schema' | 'execute'> & {
    readonly schema: WorkflowSchema<I, O>
    readonly execute: (input: InferFields<I>, context: ExecuteContext) => InferFields<O> | Promise<InferFields<O>>
  },
): WorkflowBlock<WorkflowSchema<I, O>> => block

/** Checks a trigger while you write it, `execute` against its schema, and gives it back unchanged. */
export const defineTrigger = <
  const I extends FieldBuilders,
  const O extends FieldBuilders = Record<never, never>,
  State extends PollingState = PollingState,
>(
  trigger: Omit<WorkflowTrigger, 'schema' | 'execute'> & {
    readonly schema: WorkflowSchema<I, O>
    readonly execute?: (
      input: InferFields<I>,
      context: ExecuteContext<State>,
    ) => Promise<PollingExecuteResult<InferFields<O>, State>>
  },
): WorkflowTrigger<WorkflowSchema<I, O>> => trigger

/** Where a quick action was opened: beside a record, or nowhere in particular. */
export type QuickActionContext = Partial<RecordContext>

/** What a form of one's own in a quick action is given. */
export interface QuickActionFormProps {
  readonly context: QuickActionContext
  readonly defaultValues: Readonly<Record<string, unknown>>
  /** Confirms where the action says so, and executes. Rejects with what `execute` threw, its `fields` among it. */
  readonly submit: (values: Readonly<Record<string, unknown>>) => Promise<void>
  readonly close: () => Promise<void>
}

/** Something to do at once: the user fills in a form and it is done. */
export interface QuickAction<S extends WorkflowSchema = WorkflowSchema> extends SurfaceBase<QuickActionContext> {
  readonly schema: S
  readonly execute: AnyExecute
  /** Drawn in place of the fields of the schema. */
  readonly form?: ComponentType<QuickActionFormProps>
  /** Where the form starts. Runs in the frame. */
  readonly getDefaults?: (context: QuickActionContext) => object | Promise<object>
  readonly config?: {
    /** Milliseconds. */
    readonly timeout?: number
    readonly requiresConnection?: boolean
    readonly requiresConfirmation?: boolean
    readonly confirmationMessage?: string
  }
}

/** Checks a quick action while you write it, `execute` and `getDefaults` against its schema, and gives it back unchanged. */
export const defineQuickAction = <const I extends FieldBuilders, const O extends FieldBuilders = Record<never, never>>(
  action: Omit<QuickAction, 'schema' | 'execute' | 'getDefaults'> & {
    readonly schema: WorkflowSchema<I, O>
    readonly execute: (input: InferFields<I>, context: ExecuteContext) => unknown
    readonly getDefaults?: (context: QuickActionContext) => Partial<InferFields<I>> | Promise<Partial<InferFields<I>>>
  },
): QuickAction<WorkflowSchema<I, O>> => action
