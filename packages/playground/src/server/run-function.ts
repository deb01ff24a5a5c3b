import { randomBytes, randomUUID } from 'node:crypto'
import { decodeValue, encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import { createSouk, isSoukError } from '@souk/server-adapter'
import { createMemoryStorage } from '@souk/server-adapter/storage'
import type { FunctionReport, PlaygroundModule } from '../../../extension-sdk/src/cli/dev/playground'
import { createInstaller, DEVELOPER } from './create-installer'
import { createLocalRuntime } from './local-runtime'
import { reportingRuntime } from './reporting-runtime'

/** Calls a server function once, with all that a product does around it: settings, consent, egress, limits. */
export const runFunction: PlaygroundModule['runFunction'] = async ({ cwd, build, fixtures, functionId, args }) => {
  const { runtime, problem } = createLocalRuntime(cwd, fixtures.hosts ?? {})
  if (problem)
    return {
      functionId,
      durationMs: 0,
      logs: [],
      error: { code: 'RUNTIME_UNAVAILABLE', message: problem },
      result: null,
    }
  let report: FunctionReport = { functionId, durationMs: 0, logs: [], error: null }
  const souk = createSouk({
    storage: createMemoryStorage(),
    // Nothing is drawn.
    sandbox: { isolation: 'origin', origin: 'http://*.localhost:1', hostOrigins: ['http://localhost:2'] },
    runtime: reportingRuntime(runtime, (call) => {
      report = call
    }),
    secrets: { current: { id: 'playground', key: randomBytes(32).toString('base64') } },
    authenticate: () => DEVELOPER,
  })
  try {
    // On this machine every function can be run, also those that no client calls.
    const { manifest } = build
    const functions = manifest.functions.map((entry) => ({
      ...entry,
      callable: entry.callable || entry.id === functionId,
    }))
    // One that is a webhook is run as what it is not: nobody may call a webhook.
    const webhooks = (manifest.webhooks ?? []).filter((entry) => entry.function !== functionId)
    const { installationId } = await createInstaller(
      souk,
      fixtures,
    )({ ...build, manifest: { ...manifest, functions, webhooks } })
    const encoded = encodeValue([...args], 'the arguments')
    if (isRefusal(encoded)) throw new Error(encoded.refused)
    const answer = await souk.api.callFunction(DEVELOPER, {
      params: { id: installationId },
      body: { moduleHash: functionId, args: encoded.text, idempotencyKey: randomUUID() },
    })
    const result = decodeValue(answer.result)
    if (isRefusal(result)) throw new Error(result.refused)
    return { ...report, result: result.value }
  } catch (error) {
    const { code, message } = isSoukError(error) ? error : { code: 'INTERNAL', message: String(error) }
    return { ...report, error: report.error ?? { code, message }, result: null }
  } finally {
    await souk.close()
  }
}
