import type { ErrorCode } from '@souk/extension-sdk/protocol'

/** When a rollout is halted on its own. */
export interface RolloutBudget {
  /** Milliseconds back from now in which calls of server functions are counted, and no further than the rollout's beginning. */
  readonly windowMs: number
  /** With fewer calls than these in the window nothing is decided. */
  readonly minCalls: number
  /** Of the calls in the window, the share that may fail by the fault of the version, 0 to 1. */
  readonly maxFailedShare: number
  /** From how many installations failures have to come, so that nobody alone can end a rollout; all of them when it has fewer. */
  readonly minInstallations: number
}

export const DEFAULT_ROLLOUT_BUDGET: RolloutBudget = {
  windowMs: 10 * 60 * 1000,
  minCalls: 20,
  maxFailedShare: 0.05,
  minInstallations: 2,
}

/**
 * The failures that speak of the code of the version. What app code answers on purpose, what a service beyond it did and what the caller
 * did wrong do not.
 */
export const FAULT_CODES: readonly ErrorCode[] = [
  'FUNCTION_FAILED',
  'FUNCTION_TIMEOUT',
  'FUNCTION_CRASHED',
  'FUNCTION_MEMORY',
  'FUNCTION_CPU',
  'FUNCTION_LOAD_FAILED',
  'FUNCTION_RESULT_TOO_LARGE',
]

export interface RolloutCount {
  readonly calls: number
  readonly failed: number
  readonly failedInstallations: number
  readonly installations: number
}

/** Whether so many failures end a rollout. */
export const exceedsBudget = (budget: RolloutBudget, count: RolloutCount): boolean =>
  count.calls >= budget.minCalls &&
  count.failed > count.calls * budget.maxFailedShare &&
  count.failedInstallations >= Math.min(budget.minInstallations, Math.max(1, count.installations))
