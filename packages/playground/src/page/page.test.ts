import { findPropProblem, standardContract } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { createBridgeLog } from './bridge-log'
import { createLog } from './create-log'
import { sampleContext } from './sample-value'

test.each(Object.entries(standardContract.surfaces))(
  'the sample of %s is what its contract asks for',
  (_kind, contract) => {
    const fields = contract.context
    expect(findPropProblem({ type: 'object', fields }, sampleContext(contract), 'context')).toBeUndefined()
  },
)

const openPort = () => {
  const { port1, port2 } = new MessageChannel()
  const bridge = createBridgeLog()
  const log = createLog()
  bridge.subscribe(log.addFromBridge)
  return { bridge, log, tapped: bridge.tap(port1), extension: port2, close: () => port1.close() }
}

const untilSaid = (bridge: ReturnType<typeof createBridgeLog>) =>
  new Promise<void>((resolve) => void bridge.subscribe(() => resolve()))

test('what both sides say is kept, and still arrives', async () => {
  const { bridge, tapped, extension, close } = openPort()
  const heard: unknown[] = []
  extension.addEventListener('message', ({ data }) => heard.push(data))
  extension.start()
  tapped.start?.()
  tapped.postMessage({ kind: 'request', type: 'ping' })
  const said = untilSaid(bridge)
  extension.postMessage({ kind: 'notice', type: 'set-surfaces', payload: { surfaces: [] } })
  await said
  await expect.poll(() => heard).toEqual([{ kind: 'request', type: 'ping' }])
  expect(bridge.get().map(({ direction, type }) => `${direction} ${type}`)).toEqual([
    'to-extension ping',
    'to-product set-surfaces',
  ])
  close()
})

test('what the extension wrote to its console is in the log', async () => {
  const { bridge, log, tapped, extension, close } = openPort()
  tapped.start?.()
  const said = untilSaid(bridge)
  extension.postMessage({ kind: 'notice', type: 'log', payload: { level: 'warn', message: 'Careful.' } })
  await said
  expect(log.get()).toMatchObject([{ from: 'client', level: 'warn', message: 'Careful.' }])
  close()
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
