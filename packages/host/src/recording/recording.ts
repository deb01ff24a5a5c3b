import {
  type ConnectMessage,
  decodeValue,
  encodeValue,
  isRecord,
  isRefusal,
  isString,
  type Parsed,
  refuse,
} from '@souk/extension-sdk/protocol'

export interface RecordedMessage {
  readonly from: 'host' | 'extension'
  readonly message: Readonly<Record<string, unknown>>
}

/** What is not a message: what a test's user did or saw. A replay of the messages passes it over. */
export type RecordedStep = Readonly<Record<string, unknown>>

/** One session of an extension from the handshake on: every message in the order of crossing. */
export interface Recording<Step = RecordedStep> {
  readonly connect: ConnectMessage
  readonly entries: readonly (RecordedMessage | Step)[]
}

export const isRecordedMessage = (entry: object): entry is RecordedMessage => 'from' in entry

/** Where a bundle stands on a machine is nobody's business, and in no other's stacks. */
const withoutFolders = (message: RecordedMessage['message']): unknown => {
  const { payload } = message
  if (!isRecord(payload) || !isString(payload.componentStack)) return message
  const componentStack = payload.componentStack.replace(/\((?:[^()]*\/)/g, '(')
  return { ...message, payload: { ...payload, componentStack } }
}

/** Messages are written by `encodeValue`, so that bytes and dates keep what they are. */
export const writeRecording = <Step extends object>({ connect, entries }: Recording<Step>): string => {
  const written = entries.map((entry) => {
    if (!isRecordedMessage(entry)) return entry
    const text = encodeValue(withoutFolders(entry.message))
    // It has crossed a port, so it is plain data.
    if (isRefusal(text)) throw new TypeError(text.refused)
    return { from: entry.from, message: JSON.parse(text.text) as unknown }
  })
  return `${JSON.stringify({ connect, entries: written }, null, 2)}\n`
}

const parseEntry = (entry: unknown): Parsed<RecordedMessage | RecordedStep> => {
  if (!isRecord(entry)) return refuse('An entry of the recording is no object.')
  if (!('from' in entry)) return entry
  if (entry.from !== 'host' && entry.from !== 'extension')
    return refuse('A message of the recording is neither from the host nor from the extension.')
  const decoded = decodeValue(JSON.stringify(entry.message))
  if (isRefusal(decoded)) return decoded
  if (!isRecord(decoded.value)) return refuse('A message of the recording is no object.')
  return { from: entry.from, message: decoded.value }
}

/** Reads a file that `writeRecording` wrote. */
export const parseRecording = (text: string): Parsed<Recording> => {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return refuse('The recording is no JSON.')
  }
  if (!isRecord(file) || !isRecord(file.connect) || !Array.isArray(file.entries))
    return refuse('The recording needs the handshake in `connect` and the messages in `entries`.')
  const { appId, appInstallationId } = file.connect
  if (!isString(appId) || !isString(appInstallationId))
    return refuse('The handshake of the recording does not say of which app and installation it is.')
  const entries: (RecordedMessage | RecordedStep)[] = []
  for (const entry of file.entries) {
    const parsed = parseEntry(entry)
    if (isRefusal(parsed)) return parsed
    entries.push(parsed)
  }
  // Its ids are checked above. The rest of the handshake is what `parseConnectMessage` judges, for whoever needs it.
  return { connect: file.connect as unknown as ConnectMessage, entries }
}
