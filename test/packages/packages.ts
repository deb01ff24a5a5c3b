export interface PackageCase {
  /** As npm names it. */
  readonly name: string
  readonly version: string
  /** Which of its builds runs, as the documentation says it. */
  readonly build: string
  /** The file in `functions/`, which calls the package in `run`. */
  readonly file: string
  /** Stands for the package's name in the file: a build that `souk build` would not choose. */
  readonly path?: string
  /** What the package asks of the outside, and what it is answered. Absent: nothing. */
  readonly exchange?: Exchange
  /** What `run` returns. */
  readonly result: unknown
}

export interface Exchange {
  readonly host: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly authorization: string | undefined
    readonly body: string
  }
  readonly answer: Readonly<Record<string, unknown>>
}

const STRIPE: Exchange = {
  host: 'api.stripe.com',
  request: {
    method: 'POST',
    url: '/v1/customers',
    authorization: 'Bearer sk_test_1',
    body: 'email=ada%40example.com&metadata[seat]=4',
  },
  answer: { id: 'cus_1', object: 'customer' },
}

const SLACK: Exchange = {
  host: 'slack.com',
  request: {
    method: 'POST',
    url: '/api/chat.postMessage',
    authorization: 'Bearer xoxb-1',
    body: 'channel=C1&text=Hello',
  },
  answer: { ok: true, ts: '17.1' },
}

const ORDERS: Exchange = {
  host: 'api.example.com',
  request: { method: 'POST', url: '/orders?dry=1', authorization: undefined, body: '{"count":2}' },
  answer: { id: 'o1' },
}

/** Common packages, each of them bundled by `souk build` and run in the real runtime. The documentation has the same table. */
export const PACKAGES: readonly PackageCase[] = [
  {
    ...{ name: '@notionhq/client', version: '5.26.0', build: 'its only one, over `fetch`', file: 'notion.server.ts' },
    exchange: {
      host: 'api.notion.com',
      request: { method: 'GET', url: '/v1/pages/p1', authorization: 'Bearer ntn_1', body: '' },
      answer: { object: 'page', id: 'p1' },
    },
    result: 'p1',
  },
  {
    ...{ name: '@slack/web-api', version: '8.2.0', build: 'for Node, over `fetch`', file: 'slack.server.ts' },
    exchange: SLACK,
    result: '17.1',
  },
  {
    ...{ name: '@slack/web-api', version: '7.19.0', build: 'for Node, over Axios', file: 'slack-7.server.ts' },
    exchange: SLACK,
    result: '17.1',
  },
  {
    ...{ name: 'axios', version: '1.21.1', build: 'for browsers, over `fetch`', file: 'axios.server.ts' },
    exchange: ORDERS,
    result: 'o1',
  },
  {
    ...{ name: 'axios', version: '1.21.1', build: 'for Node, over `node:https`', file: 'axios.server.ts' },
    path: 'axios/dist/node/axios.cjs',
    exchange: ORDERS,
    result: 'o1',
  },
  {
    ...{ name: 'openai', version: '6.49.0', build: 'its only one, over `fetch`', file: 'openai.server.ts' },
    exchange: {
      host: 'api.openai.com',
      request: {
        method: 'POST',
        url: '/v1/chat/completions',
        authorization: 'Bearer sk-1',
        body: '{"model":"gpt","messages":[{"role":"user","content":"Hello"}]}',
      },
      answer: { id: 'c1', object: 'chat.completion', choices: [{ index: 0, message: { content: 'Hi' } }] },
    },
    result: 'Hi',
  },
  {
    ...{ name: 'stripe', version: '23.1.0', build: 'for workers, over `fetch`', file: 'stripe.server.ts' },
    exchange: STRIPE,
    result: 'cus_1',
  },
  {
    ...{ name: 'stripe', version: '23.1.0', build: 'for Node, over `node:https`', file: 'stripe.server.ts' },
    path: 'stripe/esm/stripe.esm.node.js',
    exchange: STRIPE,
    result: 'cus_1',
  },
  {
    ...{ name: 'zod', version: '4.6.7', build: 'its only one', file: 'zod.server.ts' },
    result: [2, 2],
  },
]

export const titleOf = ({ name, version, build }: PackageCase): string => `${name} ${version}, ${build}`

/** One that needs `node:os` and one that needs `node:https`. Bundling all of them takes longer than units may: `npm run test:long`. */
const QUICK: ReadonlySet<string> = new Set([
  '@slack/web-api 8.2.0, for Node, over `fetch`',
  'axios 1.21.1, for Node, over `node:https`',
])
export const isQuick = (one: PackageCase): boolean => QUICK.has(titleOf(one))

/** As `docs/server-functions.md` has it. */
export const packagesTable = (): string =>
  [
    '| package | version | build |',
    '|---|---|---|',
    ...PACKAGES.map(({ name, version, build }) => `| \`${name}\` | ${version} | ${build} |`),
  ].join('\n')
