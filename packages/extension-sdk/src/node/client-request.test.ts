import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IncomingMessage as Answer, ClientRequest } from './client-request'
import * as http from './http'
import * as https from './https'

let origin = ''
const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method, url, headers } = request
  if (url === '/never') return
  if (url === '/moved') return void response.writeHead(302, { location: '/elsewhere' }).end()
  const { authorization, 'x-many': many } = headers
  response.setHeader('x-answer', 'yes')
  response.end(JSON.stringify({ method, url, authorization, many, body: Buffer.concat(chunks).toString() }))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const answerTo = (request: ClientRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
  })

const textOf = async (answer: Answer): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const parts = () => {
  const { hostname, port } = new URL(origin)
  return { hostname, port }
}

test.each<[string, () => ClientRequest, object]>([
  ['a URL as text', () => http.get(`${origin}/a?b=1`), { method: 'GET', url: '/a?b=1', body: '' }],
  ['a URL', () => http.get(new URL('/a', origin)), { method: 'GET', url: '/a', body: '' }],
  [
    'a URL and options',
    () => http.request(origin, { method: 'post', path: '/b' }).end('text'),
    { method: 'POST', url: '/b', body: 'text' },
  ],
  [
    'options with a body in pieces',
    () => {
      const request = http.request({ ...parts(), path: '/c?d', method: 'PUT' })
      request.write('one ')
      request.write(Buffer.from('two '))
      return request.end('three')
    },
    { method: 'PUT', url: '/c?d', body: 'one two three' },
  ],
  [
    'options with headers, of which those of a connection stay behind',
    () => {
      const headers = { 'X-Many': ['1', '2'], Connection: 'close', 'Content-Length': 3, Host: 'evil.example' }
      return http.request({ ...parts(), method: 'POST', headers }).end('abc')
    },
    { method: 'POST', url: '/', many: '1, 2', body: 'abc' },
  ],
  [
    'options of https with another protocol, and a name and a password',
    () => https.get({ ...parts(), protocol: 'http:', auth: 'ada:pw' }),
    { method: 'GET', url: '/', authorization: 'Basic YWRhOnB3', body: '' },
  ],
])('a request made of %s arrives and is answered', async (_name, send, expected) => {
  const answer = await answerTo(send())
  expect({ status: answer.statusCode, header: answer.headers['x-answer'] }).toEqual({ status: 200, header: 'yes' })
  expect(JSON.parse(await textOf(answer))).toEqual(expected)
  expect(answer.complete).toBe(true)
})

test('https is the protocol of https, and http that of http', () => {
  const made = [https.request({ host: 'a.example' }), http.request({ host: 'a.example' })]
  expect(made.map(({ protocol }) => protocol)).toEqual(['https:', 'http:'])
  for (const request of made) request.on('error', () => {}).destroy()
})

test('a redirect is handed to the caller', async () => {
  const answer = await answerTo(http.get(`${origin}/moved`))
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/elsewhere'])
})

test('headers are found whatever their case, until they are removed', () => {
  const request = http.request({ ...parts(), headers: ['A-B', 'c'] }).on('error', () => {})
  request.setHeader('X-Y', 'z')
  expect([request.getHeader('a-b'), request.hasHeader('x-y'), request.getHeaders()]).toEqual([
    'c',
    true,
    { 'a-b': 'c', 'x-y': 'z' },
  ])
  request.removeHeader('A-b')
  expect(request.getHeaderNames()).toEqual(['x-y'])
  request.destroy()
})

test.each<[string, (request: ClientRequest) => void]>([
  ['destroyed', (request) => request.destroy()],
  ['aborted', (request) => request.abort()],
])('a request that is %s before its answer ends as a connection that was cut', async (_name, end) => {
  const request = http.get(`${origin}/never`)
  const answer = answerTo(request)
  request.once('socket', () => end(request))
  await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('a signal ends a request with its reason', async () => {
  const giving = new AbortController()
  const answer = answerTo(http.request(`${origin}/never`, { signal: giving.signal }).end())
  giving.abort(new Error('enough'))
  await expect(answer).rejects.toThrow('enough')
})

test('a time limit is told, and ends nothing by itself', async () => {
  const request = http.get(`${origin}/never`)
  request.on('error', () => {})
  await new Promise<void>((resolve) => request.setTimeout(10, resolve))
  expect(request.destroyed).toBe(false)
  request.destroy()
})

test('what fetch refuses is the error of the request', async () => {
  // The port of a service that browsers never speak to.
  await expect(answerTo(http.get('http://127.0.0.1:1/'))).rejects.toBeInstanceOf(Error)
})

test('a server function cannot listen', () => {
  expect(() => http.createServer()).toThrow('A server function cannot listen')
})
