import { decodeValue, encodeValue, isRefusal, type PlainValue, type WireError } from '@souk/extension-sdk/protocol'
import type { GuestMessage } from '../guest-messages'
import type { CallStorage } from './running-call'

interface PendingQuestion {
  readonly resolve: (value: PlainValue) => void
  readonly reject: (reason: unknown) => void
}

const failure = ({ code, message, ...rest }: WireError): Error => Object.assign(new Error(message), { code, ...rest })

/** Makes what app code asks the platform with, and what settles its questions when the host answers. */
export const createAsk = ({
  calls,
  send,
}: {
  readonly calls: CallStorage
  readonly send: (message: GuestMessage, body?: Uint8Array) => void
}) => {
  const pending = new Map<number, PendingQuestion>()
  let lastId = 0

  return {
    ask: async (operation: string, args: readonly unknown[]): Promise<unknown> => {
      const call = calls.current()
      if (!call?.context)
        throw failure({
          code: 'NOT_IN_SERVER_FUNCTION',
          message: 'This works inside of a server function, while it runs.',
        })
      const encoded = encodeValue(args, 'arguments')
      if (isRefusal(encoded)) throw failure({ code: 'VALUE_NOT_SENDABLE', message: encoded.refused })
      const { signal } = call.ending
      signal.throwIfAborted()
      const id = ++lastId
      return new Promise<PlainValue>((resolve, reject) => {
        const onAbort = () => settle(() => reject(signal.reason))
        const settle = (how: () => void) => {
          pending.delete(id)
          signal.removeEventListener('abort', onAbort)
          how()
        }
        pending.set(id, {
          resolve: (value) => settle(() => resolve(value)),
          reject: (reason) => settle(() => reject(reason)),
        })
        signal.addEventListener('abort', onAbort)
        send({ type: 'ask', id, call: call.id, operation }, new TextEncoder().encode(encoded.text))
      })
    },
    answer(id: number, body: Uint8Array): void {
      const value = decodeValue(new TextDecoder().decode(body))
      if (isRefusal(value)) pending.get(id)?.reject(failure({ code: 'INTERNAL', message: value.refused }))
      else pending.get(id)?.resolve(value.value)
    },
    fail: (id: number, error: WireError): void => pending.get(id)?.reject(failure(error)),
  }
}
