import type { ExecuteContext } from '@souk/extension-sdk'
import { InvalidInputError } from '@souk/extension-sdk/server'
import { ask } from './ask.server'

export interface Channel {
  readonly id: string
  readonly name: string
}

export const listChannels = async (): Promise<readonly Channel[]> =>
  (await ask<{ channels: readonly Channel[] }>('/channels')).channels

export const post = async ({ channel, text }: { readonly channel: string; readonly text: string }) => {
  // Anybody who may call the function may send anything.
  if (typeof text !== 'string' || text.trim() === '' || text.length > 4000)
    throw new InvalidInputError('The message was refused.', { text: 'Write 1 to 4,000 characters.' })
  const { id } = await ask<{ id: number }>('/messages', { channel: String(channel), text })
  return { id: String(id) }
}

interface Message {
  readonly id: number
  readonly channel: string
  readonly text: string
}

/** What is new since the last poll. The first one only remembers where it stands, so that old messages start nothing. */
export const poll = async (
  { channel }: { readonly channel?: string | undefined },
  { state }: ExecuteContext<{ after: number }>,
) => {
  const { messages } = await ask<{ messages: readonly Message[] }>(`/messages?after=${Number(state?.after ?? 0)}`)
  const after = messages.at(-1)?.id ?? state?.after ?? 0
  const fresh = state ? messages.filter((message) => !channel || message.channel === channel) : []
  return { events: fresh.map((message) => ({ channel: message.channel, text: message.text })), state: { after } }
}
