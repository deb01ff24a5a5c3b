export interface MessageCount {
  messages: number
  bytes: number
  /** Messages from the frame that carry no tree: answers to events, above all. */
  others: number
}

const encoder = new TextEncoder()

/** Plain parts count as JSON text, buffers with their length. */
const sizeOf = (data: unknown): number => {
  let buffers = 0
  const text = JSON.stringify(data, (_key, value: unknown) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      buffers += value.byteLength
      return 0
    }
    return value
  })
  return encoder.encode(text).byteLength + buffers
}

/** Listens beside the contender on every port that a frame offers, and counts while it is switched on. */
export const countMessages = (isTree: (data: unknown) => boolean) => {
  let count: MessageCount | null = null
  const listen = ({ data }: MessageEvent) => {
    if (!count) return
    if (!isTree(data)) {
      count.others++
      return
    }
    count.messages++
    count.bytes += sizeOf(data)
  }
  addEventListener('message', ({ ports }) => {
    for (const port of ports) port.addEventListener('message', listen)
  })
  return {
    start: () => {
      count = { messages: 0, bytes: 0, others: 0 }
    },
    stop: (): MessageCount => {
      const result = count ?? { messages: 0, bytes: 0, others: 0 }
      count = null
      return result
    },
  }
}
