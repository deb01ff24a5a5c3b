import assert from 'node:assert/strict'
import { BASE_PATH, type HttpCases, hasFields } from '../http-case'

const STATUSES = [200, 201, 202, 204, 302, 304, 400, 404, 409, 413, 422, 429, 499, 500, 503]

/** What a request has to be on the other side, and an answer on its way back. */
export const translationCases: HttpCases = {
  async 'every method arrives as it was sent'({ serve }) {
    const { ask } = await serve(async ({ method }) => new Response(method))
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      assert.equal((await ask({ method, path: `${BASE_PATH}/x` })).text, method)
  },

  async 'the path and the query arrive as they were sent, percent-encoding included'({ serve }) {
    const { ask } = await serve(async ({ url }) => new Response(url.slice(new URL(url).origin.length)))
    for (const path of ['/a%20b/%E2%9C%93/%F0%9F%8E%88', '/a%2Fb/%252F', '/x?y=%26&y=a+b&z=%2B&%E2%9C%93=1', '/x//y'])
      assert.equal((await ask({ path: BASE_PATH + path })).text, BASE_PATH + path)
  },

  async 'headers arrive, and those of one name are joined in their order'({ serve }) {
    const { ask } = await serve(async ({ headers }) => Response.json(Object.fromEntries(headers)))
    const sent = [
      ['x-many', 'a'],
      ['x-many', 'b, c'],
      ['authorization', 'Bearer t'],
      ['x-empty', ''],
    ] as const
    const arrived = await ask({ path: `${BASE_PATH}/x`, headers: sent })
    hasFields(arrived.text, { 'x-many': 'a, b, c', authorization: 'Bearer t', 'x-empty': '' })
  },

  async 'the status comes back as it was answered'({ serve }) {
    const { ask } = await serve(async ({ url }) => {
      const status = Number(new URL(url).searchParams.get('status'))
      return new Response(status === 204 || status === 304 ? null : 'x', { status })
    })
    for (const status of STATUSES) {
      const answer = await ask({ path: `${BASE_PATH}/x?status=${status}` })
      assert.equal(answer.status, status)
      assert.equal(answer.text, status === 204 || status === 304 ? '' : 'x')
    }
  },

  async 'headers come back, every cookie for itself'({ serve }) {
    const headers = new Headers({
      'content-type': 'application/problem+json',
      'x-request-id': 'r1',
      'retry-after': '7',
    })
    headers.append('set-cookie', 'a=1; Path=/')
    headers.append('set-cookie', 'b=2; Path=/')
    const { ask } = await serve(async () => new Response('{}', { headers }))
    const answer = await ask({ path: `${BASE_PATH}/x` })
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    assert.equal(answer.headers.get('x-request-id'), 'r1')
    assert.equal(answer.headers.get('retry-after'), '7')
    assert.deepEqual(answer.headers.getSetCookie(), ['a=1; Path=/', 'b=2; Path=/'])
  },

  async 'the bytes of a body arrive and come back unchanged'({ serve }) {
    const body = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256)
    const { ask } = await serve(async (request) => new Response(await request.arrayBuffer()))
    const answer = await ask({
      method: 'PUT',
      path: `${BASE_PATH}/x`,
      headers: [['content-type', 'application/octet-stream']],
      body,
    })
    assert.ok(Buffer.from(answer.bytes).equals(Buffer.from(body)), 'the bytes are the same')
  },

  async 'HEAD is answered with the headers and without a body'({ serve }) {
    const { ask } = await serve(async ({ method }) => new Response('body', { headers: { 'x-method': method } }))
    const answer = await ask({ method: 'HEAD', path: `${BASE_PATH}/x` })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-method'), 'HEAD')
    assert.equal(answer.bytes.byteLength, 0)
  },

  async 'what is not under the base path stays with the product'({ serve }) {
    const { ask } = await serve(async () => new Response('souk'))
    assert.equal((await ask({ path: `${BASE_PATH}/x` })).text, 'souk')
    assert.equal((await ask({ path: '/product' })).text, 'product')
    assert.notEqual((await ask({ path: `${BASE_PATH}ish/x` })).text, 'souk')
  },

  async 'it can be mounted at another base path'({ serve }) {
    const { ask } = await serve(async ({ url }) => new Response(new URL(url).pathname), { basePath: '/shop/apps/v1' })
    assert.equal((await ask({ path: '/shop/apps/v1/x/y' })).text, '/shop/apps/v1/x/y')
    assert.equal((await ask({ path: '/product' })).text, 'product')
  },

  async 'what a proxy claims is not believed'({ serve }) {
    const { ask } = await serve(async ({ url }) => new Response(new URL(url).origin))
    const answer = await ask({
      path: `${BASE_PATH}/x`,
      headers: [
        ['x-forwarded-host', 'evil.example'],
        ['x-forwarded-proto', 'https'],
        ['forwarded', 'host=evil.example;proto=https'],
      ],
    })
    assert.doesNotMatch(answer.text, /evil|https/)
  },

  async 'what a trusted proxy says is the address'({ serve }) {
    const { ask } = await serve(async (request) => new Response(`${request.url} ${await request.text()}`), {
      trustProxy: true,
    })
    const from = async (host: string, proto: string) =>
      (
        await ask({
          method: 'POST',
          path: `${BASE_PATH}/x?y=1`,
          headers: [
            ['x-forwarded-host', host],
            ['x-forwarded-proto', proto],
            ['content-type', 'text/plain'],
          ],
          body: 'body',
        })
      ).text
    assert.equal(await from('shop.example', 'https'), `https://shop.example${BASE_PATH}/x?y=1 body`)
    assert.equal(
      await from('evil.example, shop.example:8443', 'http, https'),
      `https://shop.example:8443${BASE_PATH}/x?y=1 body`,
    )
    for (const host of ['evil.example/x?', 'user@evil.example', 'a b', ''])
      assert.doesNotMatch(await from(host, 'https'), /evil/)
    assert.match(await from('shop.example', 'javascript'), /^https?:\/\//)
  },

  async 'a handler that fails is a 5xx that says nothing of why'({ serve }) {
    const { ask } = await serve(() => Promise.reject(new Error('the password is hunter2')))
    const answer = await ask({ path: `${BASE_PATH}/x` })
    assert.ok(answer.status >= 500, `the status is ${answer.status}`)
    assert.doesNotMatch(answer.text, /hunter2/)
  },

  async 'a JSON body arrives behind the parser of the framework'({ serve }) {
    const { ask } = await serve(async (request) => Response.json(await request.json()), { parser: true })
    const body = { text: 'ü✓🎈', nested: { list: [1, null, true] }, big: 'x'.repeat(50_000) }
    const answer = await ask({
      method: 'POST',
      path: `${BASE_PATH}/x`,
      headers: [['content-type', 'application/json; charset=utf-8']],
      body: JSON.stringify(body),
    })
    assert.deepEqual(JSON.parse(answer.text), body)
  },
}
