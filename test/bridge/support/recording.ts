import {
  CAPABILITIES,
  type ConnectMessage,
  envelopeOf,
  isRefusal,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@souk/extension-sdk/protocol'
import { type ConnectExtension, HostError } from '@souk/host'
import { startExtension } from '../../../packages/extension-sdk/src/runtime/start-extension'
import { parseRecording, type RecordedMessage, type Recording } from '../../../packages/host/src/recording/recording'
import { testRegistry } from '../../../packages/host/src/testing/test-registry'
import { installed, mountPage } from './page'
import { createPipe } from './pipe'
import { readDom } from './read-dom'
import { createSessionApp } from './session-app'
import { settle } from './settle'

/** What the user did with a page. */
export type UserStep =
  | { readonly user: 'press'; readonly label: string }
  | { readonly user: 'type'; readonly label: string; readonly text: string }
  | { readonly user: 'darken' | 'leave' }

type Step =
  | UserStep
  /** What the page said by then. */
  | { readonly shown: string }

export type Entry = RecordedMessage | Step

/** A recording of the devtools' format, and between the messages what the user did and saw. */
export type SessionRecording = Recording<Step>

const STEPS: readonly UserStep[] = [
  { user: 'type', label: 'Name', text: 'ada' },
  { user: 'press', label: 'Greet' },
  { user: 'type', label: 'Name', text: 'fail' },
  { user: 'press', label: 'Greet' },
  { user: 'press', label: 'Reverse' },
  { user: 'press', label: 'Drop' },
  { user: 'press', label: 'Toast' },
  { user: 'press', label: 'Ask' },
  { user: 'press', label: 'Yes' },
  { user: 'press', label: 'Dialog' },
  { user: 'press', label: 'More' },
  { user: 'press', label: 'Close it' },
  { user: 'press', label: 'Dialog' },
  { user: 'press', label: 'Close' },
  { user: 'press', label: 'Go' },
  { user: 'press', label: 'Record' },
  { user: 'press', label: 'Open' },
  { user: 'press', label: 'Wait' },
  { user: 'press', label: 'Wait' },
  { user: 'darken' },
  { user: 'press', label: 'Throw' },
  { user: 'press', label: 'Break' },
  { user: 'leave' },
]

/** The page of every session: whatever is at the other end of `connect`. */
export const mountSessionPage = (connect: ConnectExtension) => {
  const page = mountPage({
    connect,
    registry: testRegistry,
    extensions: [installed('one', { settings: { organization: { apiUrl: 'https://api.example.com' }, user: {} } })],
    services: { navigate: () => {}, openRecord: () => {}, openUrl: () => {} },
    client: {
      async callFunction(_id, { args }) {
        if (args.includes('FAIL')) throw new HostError('FUNCTION_FAILED', 'It failed.', { traceId: 'trace' })
        return { result: `"Hello ${JSON.parse(args)[0]}"`, traceId: 'trace', durationMs: 1 }
      },
    },
  })
  const find = <E extends Element>(selector: string, label: string): E => {
    const found = [...document.querySelectorAll<E>(selector)].find(({ textContent }) => textContent?.trim() === label)
    if (!found) throw new Error(`There is no ${label}: ${document.body.textContent}`)
    return found
  }
  return {
    // What is hidden while something suspends may stay in the document.
    shown: () => readDom(document.body).replace(/<[^>]*>/g, ''),
    act(step: UserStep) {
      switch (step.user) {
        case 'press':
          return find<HTMLButtonElement>('button', step.label).click()
        case 'type': {
          const input = find<HTMLLabelElement>('label', step.label).querySelector('input')
          // React looks for changes behind the setter it has put on the element.
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, step.text)
          return input?.dispatchEvent(new Event('input', { bubbles: true }))
        }
        case 'darken':
          return page.setTheme('dark')
        case 'leave':
          return page.unmount()
      }
    },
  }
}

/** @param capabilities What both sides are to use; a build of another time has others. */
export const recordSession = async (capabilities: readonly string[] = CAPABILITIES): Promise<SessionRecording> => {
  const entries: Entry[] = []
  let crossings = 0
  const identity = { appId: 'app-one', appInstallationId: 'one' }
  const connect: ConnectExtension = ({ onConnect }) => {
    const pipe = createPipe(({ from, message }) => {
      crossings++
      entries.push({ from, message: message as Record<string, unknown> })
    })
    const running = startExtension({ app: createSessionApp(), port: pipe.extension, identity })
    const postMessage = pipe.host.postMessage.bind(pipe.host)
    const withCapabilities = {
      ...pipe.host,
      postMessage(message: unknown) {
        const { type, payload } = message as { type: string; payload: object }
        postMessage(type === 'init' ? { ...(message as object), payload: { ...payload, capabilities } } : message)
      },
    }
    queueMicrotask(() => onConnect(withCapabilities, 1, capabilities))
    return { dispose: () => running.dispose() }
  }
  const page = mountSessionPage(connect)
  const rest = async () => {
    await settle(() => crossings)
    entries.push({ shown: page.shown() })
  }
  await rest()
  for (const step of STEPS) {
    entries.push(step)
    page.act(step)
    await rest()
  }
  const message: ConnectMessage = {
    ...envelopeOf('souk-extension', identity),
    type: 'connect',
    nonce: 'nonce',
    versions: SUPPORTED_PROTOCOL_VERSIONS,
    capabilities,
  }
  return { connect: message, entries }
}

export const readRecording = (text: string): SessionRecording => {
  const recording = parseRecording(text)
  if (isRefusal(recording)) throw new Error(recording.refused)
  // Our own file: what stands between its messages is a step of a user, or what the page said.
  return recording as SessionRecording
}

/** A copy of a message with the ids of this session where the recorded ones were. */
export const withIds = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') {
    const dialog = /^dialog:(.*)$/.exec(value)
    return dialog ? `dialog:${ids.get(dialog[1] ?? '') ?? dialog[1]}` : (ids.get(value) ?? value)
  }
  if (Array.isArray(value)) return value.map((item) => withIds(item, ids))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, ids)]))
}
