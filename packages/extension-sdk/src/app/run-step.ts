import { serverFunctionId, withOptions } from '../client/create-server-function'
import { SdkError } from '../sdk-error'
import type { WorkflowConfig } from './workflow'

/** What passes when it is tried again. Everything else says that the step cannot be done like this. */
const PASSING: readonly unknown[] = [
  'RATE_LIMITED',
  'UPSTREAM_SERVICE_ERROR',
  'TIMEOUT',
  'FUNCTION_TIMEOUT',
  'FUNCTION_OVERLOADED',
  'RUNTIME_UNAVAILABLE',
  'UNAVAILABLE',
]
/** Before the first retry, in milliseconds; twice as long before each more. */
const PAUSE_MS = 500
/** A service that wants to be left alone for longer is not waited for. */
const MAX_PAUSE_MS = 10_000

interface Step {
  readonly label: string
  // biome-ignore lint/suspicious/noExplicitAny: what `execute` takes follows from the schema of the step.
  readonly execute?: ((input: any, context: any) => unknown) | undefined
  readonly config?: Pick<WorkflowConfig, 'timeout' | 'retries'> | undefined
}

/**
 * Does what a block, trigger or quick action does, within the `timeout` of its config and with its `retries`.
 *
 * @throws {SdkError} `TIMEOUT`; or what `execute` threw at the last try.
 */
export const runStep = async (step: Step, input: unknown, context: object): Promise<unknown> => {
  const { retries = 0 } = step.config ?? {}
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(step, input, context)
    } catch (error) {
      const pauseMs = attempt < retries ? pauseAfter(error, attempt) : undefined
      if (pauseMs === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

const pauseAfter = (error: unknown, attempt: number): number | undefined => {
  // An error of another copy of the SDK, too, is known by its code; anything else may have been thrown.
  const { code, retryAfterSeconds } = Object(error) as { readonly code?: unknown; readonly retryAfterSeconds?: unknown }
  if (!PASSING.includes(code)) return undefined
  const pauseMs = typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : PAUSE_MS * 2 ** attempt
  return pauseMs <= MAX_PAUSE_MS ? pauseMs : undefined
}

const runOnce = async ({ label, execute, config = {} }: Step, input: unknown, context: object): Promise<unknown> => {
  const { timeout } = config
  if (!execute || timeout === undefined) return execute?.(input, context)
  // The request ends with it; and a person who is asked to connect an account takes the time that they take.
  if (serverFunctionId(execute) !== undefined)
    // What the build puts in the place of a server function answers with a promise.
    return withOptions(execute as (...args: readonly unknown[]) => Promise<unknown>, { timeoutMs: timeout })(
      input,
      context,
    )
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SdkError('TIMEOUT', `${label} was not done within the ${timeout} ms of its config.`)),
      timeout,
    )
  })
  try {
    return await Promise.race([execute(input, context), late])
  } finally {
    clearTimeout(timer)
  }
}
