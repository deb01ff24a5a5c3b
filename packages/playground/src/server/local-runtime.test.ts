import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLocalRuntime } from './local-runtime'

test('without Deno a call says what to install, and nothing else fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-no-deno-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { runtime, problem } = createLocalRuntime(folder, {})
  expect(problem).toMatch(/npm install --save-dev deno/)
  const call = {
    ...{ installationId: 'i', deploymentId: 'd', sha256: '', source: async () => '', functionId: 'src/a.server.ts#a' },
    ...{ args: '[]', deadlineMs: 1000, traceId: 't', egress: { rules: [], credentials: {} } },
    context: {
      ...{ user: { id: 'u' }, organizationId: 'o', installationId: 'i' },
      settings: { organization: {}, user: {} },
    },
  }
  expect(await runtime.invoke(call)).toMatchObject({
    ok: false,
    error: { code: 'RUNTIME_UNAVAILABLE', message: problem },
  })
  await runtime.dispose()
})
