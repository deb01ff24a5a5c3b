import type { FunctionRuntime } from '@souk/server-adapter/runtime'
import type { FunctionReport } from '../../../extension-sdk/src/cli/dev/playground'

/** Tells of every call with its logs, which nobody but the developer sees here. */
export const reportingRuntime = (
  runtime: FunctionRuntime,
  onCall: (report: FunctionReport) => void,
): FunctionRuntime => ({
  load: (bundle) => runtime.load(bundle),
  unload: (installationId) => runtime.unload(installationId),
  stats: () => runtime.stats(),
  dispose: () => runtime.dispose(),
  async invoke(call) {
    const outcome = await runtime.invoke(call)
    const { durationMs, logs } = outcome
    onCall({ functionId: call.functionId, durationMs, logs, error: outcome.ok ? null : outcome.error })
    return outcome
  },
})
