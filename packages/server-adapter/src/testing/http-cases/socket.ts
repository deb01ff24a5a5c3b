import assert from 'node:assert/strict'
import { BASE_PATH, type HttpCases } from '../http-case'
import { ask, createOneConnection, open } from '../http-client'

const path = `${BASE_PATH}/x`
const octets = [['content-type', 'application/octet-stream']] as const

/** What only a connection can show: streams, ends that come early, and what is left of the connection afterwards. */
export const socketCases: HttpCases = {
  async 'cookies that come in several headers arrive as one'({ serve }) {
    const { ask } = await serve(async ({ headers }) => new Response(headers.get('cookie')))
    const headers = [
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
    ] as const
    assert.match((await ask({ path, headers })).text, /^a=1[;,] ?b=2$/)
  },

  async 'a body can be read while it is still being sent'({ serve, soon }) {
    let gotFirst = () => {}
    const first = new Promise<void>((resolve) => {
      gotFirst = resolve
    })
    const { origin } = await serve(async (request) => {
      let text = ''
      for await (const chunk of request.body ?? []) {
        text += new TextDecoder().decode(chunk)
        gotFirst()
      }
      return new Response(text)
    })
    const { request, response } = open(origin, { method: 'POST', path, headers: octets })
    request.write('first ')
    await soon(first, 'the reading of the first part')
    request.end('second')
    const message = await soon(response, 'an answer')
    assert.equal(String(await message.setEncoding('utf8').toArray()), 'first second')
  },

  async 'an answer can be read while it is still being written'({ serve, soon }) {
    let finish = () => {}
    const { origin } = await serve(async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('first '))
          finish = () => {
            controller.enqueue(new TextEncoder().encode('second'))
            controller.close()
          }
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    })
    const { request, response } = open(origin, { path })
    request.end()
    const message = await soon(response, 'the head of the answer')
    const parts = message.setEncoding('utf8')[Symbol.asyncIterator]()
    assert.equal((await soon(parts.next(), 'the first part')).value, 'first ')
    finish()
    assert.equal((await soon(parts.next(), 'the second part')).value, 'second')
    assert.equal((await parts.next()).done, true)
  },

  async 'a caller who hangs up aborts the signal of the request'({ serve, soon }) {
    let arrived = () => {}
    let aborted = () => {}
    const inside = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const ended = new Promise<void>((resolve) => {
      aborted = resolve
    })
    const { origin } = await serve(async ({ signal }) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve())
        arrived()
      })
      aborted()
      return new Response()
    })
    const { request } = open(origin, { path })
    request.end()
    await soon(inside, 'the arrival of the request')
    request.destroy()
    await soon(ended, 'the abort')
  },

  async 'a caller who hangs up ends the stream of the answer'({ serve, soon }) {
    let cancelled = () => {}
    const ended = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const { origin } = await serve(async ({ signal }) => {
      signal.addEventListener('abort', () => cancelled())
      const body = new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          controller.enqueue(new Uint8Array(1024))
        },
        cancel: () => cancelled(),
      })
      return new Response(body)
    })
    const { request, response } = open(origin, { path })
    request.end()
    const message = await soon(response, 'the head of the answer')
    message.destroy()
    request.destroy()
    await soon(ended, 'the end of the stream')
  },

  async 'a body that is refused is not waited for, and the product goes on answering'({ serve, soon }) {
    const { origin, mount } = await serve(async ({ method }) =>
      method === 'POST' ? new Response('{"code":"PAYLOAD_TOO_LARGE"}', { status: 413 }) : new Response('fine'),
    )
    const { request, response } = open(origin, { method: 'POST', path, headers: octets })
    // Never ended: whoever collects the body first never answers.
    request.write(new Uint8Array(64 * 1024))
    const message = await soon(response, 'the refusal of a body that has no end')
    assert.equal(message.statusCode, 413)
    assert.equal(String(await message.setEncoding('utf8').toArray()), '{"code":"PAYLOAD_TOO_LARGE"}')
    request.destroy()
    assert.equal((await soon(ask(mount, { path }), 'an answer after the refusal')).text, 'fine')
  },

  async 'one connection carries several requests, also after a refusal'({ serve, soon }) {
    const { mount } = await serve(async ({ method }) =>
      method === 'POST' ? new Response('no', { status: 413 }) : new Response('fine'),
    )
    const agent = createOneConnection()
    try {
      for (const body of ['', 'x'.repeat(1000), 'x'.repeat(200_000)])
        for (const method of ['POST', 'GET'] as const) {
          const answer = await soon(
            ask(mount, { method, path, headers: octets, ...(method === 'POST' ? { body } : {}) }, agent),
            `an answer to ${method} after ${body.length} bytes`,
          )
          assert.equal(answer.text, method === 'POST' ? 'no' : 'fine')
        }
    } finally {
      agent.destroy()
    }
  },
}
