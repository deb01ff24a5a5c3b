// biome-ignore-all lint/correctness/noComponentHookFactories: each app has a promise of its own to wait for.
import type { standardContract } from '@souk/extension-sdk/protocol'
import { defineApp } from '../../../packages/extension-sdk/src/app/define-app'
import type { App } from '../../../packages/extension-sdk/src/app/surfaces'
import * as client from '../../../packages/extension-sdk/src/client'
import { sdkReact } from '../../../packages/extension-sdk/test/support/sdk-react'
import type { SessionRecording } from './recording'
import { startSpokenSession } from './spoken-session'

const { createElement: h, useRef, useState } = sdkReact

/** An extension that is asked, calls a component and changes its mind: what no press of a button on a page brings about. */
export const createControlApp = (): App => {
  const never = new Promise<boolean>(() => {})
  const find = client.createServerFunction('src/find.server.ts#find')
  const Widget = () => {
    const field = useRef<client.RemoteMethods<(typeof standardContract)['components']['Input']>>(null)
    const [result, setResult] = useState('nothing yet')
    const giveUp = () => {
      const controller = new AbortController()
      client.confirm({ title: 'Sure?', signal: controller.signal }).catch(({ code }) => setResult(String(code)))
      controller.abort()
    }
    return h(
      client.Stack,
      {},
      h(client.Input, { label: 'Name', ref: field }),
      h(client.Button, { label: 'Focus', onPress: () => void field.current?.focus() }),
      h(client.Button, { label: 'Give up', onPress: giveUp }),
      h(client.Button, { label: 'Find', onPress: () => find().catch(({ code }) => setResult(String(code))) }),
      h(client.Text, {}, result),
    )
  }
  return defineApp({
    record: {
      widgets: [{ id: 'main', label: 'Main', component: Widget }],
      actions: [
        { id: 'refund', label: 'Refund', onTrigger: () => {}, shouldShow: ({ recordId }) => recordId === '7' },
        { id: 'slow', label: 'Slow', onTrigger: () => {}, shouldShow: () => never },
      ],
    },
  })
}

/** What a product asks, and what an extension asks of it, beside what a press of a button on a page brings about. */
export const recordControls = async (): Promise<SessionRecording> => {
  const { running, say, ask, answer, show, press, relay, end } = await startSpokenSession(createControlApp())
  const action = (surfaceId: string, recordId: string) => ({
    kind: 'record.actions',
    surfaceId,
    expression: 'shouldShow',
    context: { recordType: 'ticket', recordId },
  })

  await ask('ping', 'beat', null)
  await ask('evaluate', 'shown-there', action('refund', '7'))
  await ask('evaluate', 'not-here', action('refund', '8'))
  await ask('evaluate', 'too-slow', action('slow', '7'))
  await say({ kind: 'abort', type: 'abort', requestId: 'too-slow' })
  await show()
  await press('Focus', 1)
  await answer('call-method', { ok: true, value: null })
  await press('Give up', 2)
  await press('Find', 3)
  await answer('run-server-function', {
    ok: false,
    error: { code: 'CONNECTION_EXPIRED', message: 'The account expired.', details: { connection: 'shop' } },
  })
  await answer('connect-account', { ok: true, value: false })
  running.log({ level: 'warn', message: 'Something to know.' })
  relay('frozen', { code: 'EXTENSION_FROZEN', message: 'It sends too much.' })
  relay('thawed', {})
  await ask('close-surface', 'hide', { instanceId: 'shown' })
  relay('stopped', { code: 'EXTENSION_UNRESPONSIVE', message: 'It ended.' })
  return end()
}
