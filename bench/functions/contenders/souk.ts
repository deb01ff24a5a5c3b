import { isDeepStrictEqual } from 'node:util'
import { decodeValue, encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import type { FunctionRuntime } from '@souk/server-adapter/runtime'
import { type Bundle, ORDER, SPIN_FUNCTION, TOTAL, TOTAL_FUNCTION } from './bundle'

/** Calls functions of the bundle through a runtime, from a value to a value. */
export const createCaller = (runtime: FunctionRuntime, bundle: Bundle) => {
  const invoke = (installationId: string, functionId: string, argument: unknown, deadlineMs: number) => {
    const args = encodeValue([argument])
    if (isRefusal(args)) throw new Error(args.refused)
    return runtime.invoke({
      installationId,
      deploymentId: 'deployment',
      sha256: bundle.sha256,
      source: async () => bundle.source,
      functionId,
      args: args.text,
      deadlineMs,
      traceId: 'bench',
      context: {
        user: { id: 'ada' },
        organizationId: installationId,
        installationId,
        settings: { organization: {}, user: {} },
      },
      egress: { rules: [], credentials: {} },
    })
  }

  return {
    async total(installationId: string): Promise<void> {
      const outcome = await invoke(installationId, TOTAL_FUNCTION, ORDER, 60_000)
      if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`)
      const result = decodeValue(outcome.result)
      if (isRefusal(result) || !isDeepStrictEqual(result.value, TOTAL)) throw new Error('The result is wrong.')
    },
    /** Calls what never ends, and returns once the caller has its error. */
    async spin(installationId: string, deadlineMs: number): Promise<void> {
      const outcome = await invoke(installationId, SPIN_FUNCTION, null, deadlineMs)
      if (outcome.ok || outcome.error.code !== 'FUNCTION_TIMEOUT')
        throw new Error(`A busy loop ended with ${outcome.ok ? 'a result' : outcome.error.code}.`)
    },
  }
}
