import { type ActiveExtension, findPropProblem, standardContract } from '@souk/extension-sdk/protocol'
import { createDevtools } from '@souk/host/devtools'
import { expect, test } from 'vitest'
import { createLog } from './create-log'
import { sampleContext } from './sample-value'

test.each(Object.entries(standardContract.surfaces))(
  'the sample of %s is what its contract asks for',
  (_kind, contract) => {
    const fields = contract.context
    expect(findPropProblem({ type: 'object', fields }, sampleContext(contract), 'context')).toBeUndefined()
  },
)

test('what the extension wrote to its console is in the log', async () => {
  const { port1, port2 } = new MessageChannel()
  const log = createLog()
  const devtools = createDevtools({
    connect({ onConnect }) {
      onConnect(port1, 1, [])
      return { dispose: () => port1.close() }
    },
  })
  devtools.onMessage(log.addFromBridge)
  const connection = devtools.connect({
    // Nothing but its names is read.
    extension: { appId: 'a', appInstallationId: 'i', title: 'App', version: '1.0.0' } as ActiveExtension,
    report: () => undefined,
    onConnect: (port) => port.start?.(),
    onEnd: () => undefined,
  })
  port2.postMessage({ kind: 'notice', type: 'log', payload: { level: 'warn', message: 'Careful.' } })
  await expect.poll(() => log.get()).toMatchObject([{ from: 'client', level: 'warn', message: 'Careful.' }])
  connection.dispose()
})

test('a failed function is an error with its logs before it', () => {
  const log = createLog()
  log.addFunction({
    ...{ functionId: 'src/a.server.ts#a', durationMs: 12.4 },
    error: { code: 'FUNCTION_FAILED', message: 'boom' },
    logs: [{ level: 'info', message: 'about to' }],
  })
  expect(log.get().map(({ level, message }) => `${level} ${message}`)).toEqual([
    'info about to',
    'error src/a.server.ts#a failed after 12 ms: FUNCTION_FAILED boom',
  ])
})
