import { SoukError } from '../souk-error'
import type { PartSink } from './function-runtime'
import { isBoundedJson } from './is-bounded-json'
import { costOfPart, PART_WINDOW_BYTES } from './part-window'

export interface PartReceiverOptions {
  readonly onPart: PartSink
  /** Of all parts together, costs included. */
  readonly totalBytes: number
  /** Gives so much credit back to who sends. */
  readonly grant: (bytes: number) => void
  /** Told once that nobody takes the parts any more. */
  readonly onRefused: (error: unknown) => void
}

/** The side that takes the parts of one call, one after another, from a sender that is not trusted to keep to its credit. */
export interface PartReceiver {
  /**
   * Takes the next part.
   *
   * @returns Whether there was credit for it.
   * @throws {SoukError} `FUNCTION_RESULT_TOO_LARGE`, or `FUNCTION_FAILED` for what is no encoded value.
   */
  receive(body: Uint8Array): boolean
  /** Resolves when every part that came was taken, or none of them will be. */
  settled(): Promise<void>
  /** Drops what waits, and what still comes. */
  stop(): void
  /** Of the parts that came, without their costs. */
  readonly bytes: number
}

export const createPartReceiver = ({ onPart, totalBytes, grant, onRefused }: PartReceiverOptions): PartReceiver => {
  const waiting: Uint8Array[] = []
  let unread = 0
  let total = 0
  let bytes = 0
  let isStopped = false
  let isTaking = false
  let onSettled = () => {}

  const take = async (): Promise<void> => {
    isTaking = true
    try {
      for (let body = waiting.shift(); body && !isStopped; body = waiting.shift()) {
        await onPart(new TextDecoder().decode(body))
        const cost = costOfPart(body.byteLength)
        unread -= cost
        if (!isStopped) grant(cost)
      }
    } catch (error) {
      stop()
      onRefused(error)
    } finally {
      isTaking = false
      onSettled()
    }
  }

  const stop = (): void => {
    isStopped = true
    waiting.length = 0
    onSettled()
  }

  return {
    receive(body) {
      // Those that were sent before the sender knew.
      if (isStopped) return true
      if (unread >= PART_WINDOW_BYTES) return false
      const cost = costOfPart(body.byteLength)
      total += cost
      if (total > totalBytes) throw tooLarge(totalBytes)
      if (!isBoundedJson(body))
        throw new SoukError('FUNCTION_FAILED', 'The server function streamed something that is not an encoded value.')
      unread += cost
      bytes += body.byteLength
      waiting.push(body)
      if (!isTaking) void take()
      return true
    },
    settled: () =>
      isTaking && !isStopped
        ? new Promise((resolve) => {
            onSettled = resolve
          })
        : Promise.resolve(),
    stop,
    get bytes() {
      return bytes
    },
  }
}

const tooLarge = (totalBytes: number): SoukError =>
  new SoukError(
    'FUNCTION_RESULT_TOO_LARGE',
    `The server function streamed more than the ${totalBytes} bytes that a result may have. Stream less.`,
  )
