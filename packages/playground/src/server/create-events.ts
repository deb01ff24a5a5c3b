import type { PlaygroundEvent } from '../../../extension-sdk/src/cli/dev/playground'

/** Tells every open page what happens, as server-sent events. */
export const createEvents = () => {
  const listeners = new Set<(event: PlaygroundEvent) => void>()
  const ends = new Set<() => void>()
  return {
    tell(event: PlaygroundEvent) {
      for (const listener of [...listeners]) listener(event)
    },
    respond(signal: AbortSignal): Response {
      const encoder = new TextEncoder()
      let forget = () => {}
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(encoder.encode(text))
          const listener = (event: PlaygroundEvent) => send(`data: ${JSON.stringify(event)}\n\n`)
          const end = () => {
            forget()
            controller.close()
          }
          forget = () => {
            listeners.delete(listener)
            ends.delete(end)
          }
          listeners.add(listener)
          ends.add(end)
          // Headers leave with the first bytes.
          send(': open\n\n')
        },
        cancel: () => forget(),
      })
      signal.addEventListener('abort', () => forget(), { once: true })
      return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
    },
    close() {
      for (const end of [...ends]) end()
    },
  }
}
