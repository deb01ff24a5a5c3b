// biome-ignore-all lint/correctness/noComponentHookFactories: each app is one of its own.
import { defineApp } from '../../../packages/extension-sdk/src/app/define-app'
import type { App } from '../../../packages/extension-sdk/src/app/surfaces'
import * as client from '../../../packages/extension-sdk/src/client'
import { sdkReact } from '../../../packages/extension-sdk/test/support/sdk-react'
import type { SessionRecording } from './recording'
import { startSpokenSession } from './spoken-session'

const { createElement: h, useState } = sdkReact

/** An extension that reads a result in parts: to its end, and not to its end. */
export const createStreamApp = (): App => {
  const trace = client.createServerFunction('src/trace.server.ts#trace') as unknown as () => AsyncIterable<string>
  const Widget = () => {
    const [parts, setParts] = useState<readonly string[]>([])
    const read = async (most: number) => {
      for await (const part of trace()) {
        setParts((before) => [...before, part])
        if (part === `part ${most}`) break
      }
    }
    return h(
      client.Stack,
      {},
      h(client.Button, { label: 'Read', onPress: () => void read(Number.POSITIVE_INFINITY) }),
      h(client.Button, { label: 'Begin', onPress: () => void read(1) }),
      h(client.Text, {}, parts.join(', ')),
    )
  }
  return defineApp({ record: { widgets: [{ id: 'main', label: 'Main', component: Widget }] } })
}

export const recordStreams = async (): Promise<SessionRecording> => {
  const { answer, show, press, end } = await startSpokenSession(createStreamApp())
  const give = (parts: readonly string[], done: boolean) =>
    answer('read-stream', { ok: true, value: { parts: parts.map((part) => JSON.stringify(part)), done } })

  await show()
  await press('Read', 1)
  await answer('run-server-function', { ok: true, value: { streamId: 'whole' } })
  await give(['part 1', 'part 2'], false)
  await give(['part 3'], true)
  await press('Begin', 2)
  await answer('run-server-function', { ok: true, value: { streamId: 'left' } })
  await give(['part 1', 'part 2'], false)
  await answer('end-stream', { ok: true, value: null })
  return end()
}
