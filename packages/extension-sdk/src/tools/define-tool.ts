import type { z } from 'zod'
import type { ExecuteContext, WorkflowConfig } from '../app/workflow'
import type { ToolAction, ToolAgent } from '../protocol/tool'

/** How a tool is to be run. */
export type ToolConfig = Pick<WorkflowConfig, 'timeout' | 'retries' | 'requiresConnection'>

/**
 * Something the app can do for whoever the product lets ask: an agent, a workflow, a person. It is exported by a `*.tool.ts` file.
 *
 * @typeParam I What it takes, a `z.object`.
 * @typeParam O What it gives, a `z.object`.
 */
export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  /** Unique in the app, and stable over versions. */
  readonly id: string
  readonly name: string
  /** What it does and when to use it: an agent chooses by it. */
  readonly description: string
  /** The name of an icon of the product. */
  readonly icon?: string
  readonly inputs: I
  readonly outputs: O
  /** What it may answer, for those who build on it. It is checked against `outputs` when the app is built. */
  readonly exampleOutput?: z.output<O>
  readonly config?: ToolConfig
  /** Runs on the server, after `inputs` were checked. What it gives is checked, too. */
  execute(input: z.output<I>, context: ExecuteContext): z.input<O> | Promise<z.input<O>>
  /** The same inputs twice do what once does, so the product may repeat it. */
  readonly idempotent?: boolean
  /** Offers it to agents of the product. */
  readonly agent?: ToolAgent
  /** Offers it to people. */
  readonly action?: ToolAction
}

/** Checks a tool while you write it, `execute` against its schemas, and gives it back unchanged. */
export const defineTool = <
  const I extends z.ZodObject,
  const O extends z.ZodObject,
  // Of its own, so that `return { status: 'open' }` of an async function is not taken for any text.
  const Result extends z.input<O>,
>(
  tool: Omit<Tool<I, O>, 'execute'> & {
    execute(input: z.output<I>, context: ExecuteContext): Result | Promise<Result>
  },
): Tool<I, O> => tool

/** Whether a value is a tool: other exports of a `*.tool.ts` file are left alone. */
export const isTool = (value: unknown): value is Tool =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Tool>).execute === 'function' &&
  'inputs' in value &&
  'outputs' in value
