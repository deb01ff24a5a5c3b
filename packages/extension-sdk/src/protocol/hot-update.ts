import { envelopeOf, type FrameIdentity } from './messages'
import { isRecord, isString } from './parse'

/** Names the next version of the client code to a development runtime. A production runtime drops it like any unknown message. */
export interface HotUpdateMessage extends ReturnType<typeof envelopeOf> {
  readonly type: 'hot-update'
  /** SHA-256 of the code, which the sandbox origin serves as `/boot/<sha256>.js` while `souk dev` runs, and only then. */
  readonly sha256: string
}

export const createHotUpdate = (identity: FrameIdentity, sha256: string): HotUpdateMessage => ({
  ...envelopeOf('souk-platform', identity),
  type: 'hot-update',
  sha256,
})

/** The hash in a hot update, or undefined when the message is anything else. */
export const readHotUpdate = (message: unknown): string | undefined =>
  isRecord(message) &&
  message.source === 'souk-platform' &&
  message.type === 'hot-update' &&
  isString(message.sha256) &&
  /^[0-9a-f]{64}$/.test(message.sha256)
    ? message.sha256
    : undefined
