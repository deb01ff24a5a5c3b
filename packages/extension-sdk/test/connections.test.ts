import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { build } from '../src/build'
import { createAppFolder, type Files } from './support/create-app-folder'

const CONFIG = `
  import { defineConfig } from '@souk/extension-sdk'
  export default defineConfig({
    id: 'fixture',
    egress: { server: [{ host: '*.shops.example', purpose: 'Orders.' }] },
    listing: { title: 'Fixture', description: 'For tests.' },
  })
`
const SHOP = `
  import { defineConnection } from '@souk/extension-sdk'
  import { getConnection } from '@souk/extension-sdk/server'
  export default defineConnection({
    type: 'oauth2-code',
    label: 'Shop',
    scope: 'organization',
    variables: [{ name: 'shop', label: 'Your shop' }],
    authorizationUrl: 'https://{shop}.shops.example/authorize',
    tokenUrl: 'https://{shop}.shops.example/token',
    scopes: ['orders:read'],
    attach: [{ host: '{shop}.shops.example', header: 'X-Token', format: '{value}' }],
    test: async () => ({ label: (await getConnection()).label + ' of the server' }),
  })
`
const files = (more: Files): Files => ({ 'souk.config.ts': CONFIG, ...more })

const buildFiles = async (more: Files) => {
  const cwd = await createAppFolder(files(more))
  return build({ cwd, typeCheck: false })
}

describe('a connection in a file of its own', () => {
  test('is in the manifest under the name of the file, with its test and the events as functions of the platform', async () => {
    const { manifest, server, outDir } = await buildFiles({
      'src/connections/shop.connection.ts': SHOP,
      'src/events/connection-added.event.ts': 'export default async () => ({ label: "x" })',
    })
    expect(manifest.connections).toEqual([
      {
        id: 'shop',
        type: 'oauth2-code',
        label: 'Shop',
        scope: 'organization',
        variables: [{ name: 'shop', label: 'Your shop' }],
        authorizationUrl: 'https://{shop}.shops.example/authorize',
        tokenUrl: 'https://{shop}.shops.example/token',
        scopes: ['orders:read'],
        attach: [{ host: '{shop}.shops.example', header: 'X-Token', format: '{value}' }],
        test: 'src/connections/shop.connection.ts#test',
      },
    ])
    expect(manifest.events).toEqual([
      { type: 'connection.added', function: 'src/events/connection-added.event.ts#default' },
    ])
    expect(manifest.functions).toEqual([
      { id: 'src/connections/shop.connection.ts#test', callable: false },
      { id: 'src/events/connection-added.event.ts#default', callable: false },
    ])
    expect(server).not.toBeNull()
    expect(await readFile(join(outDir, 'client.js'), 'utf8')).not.toContain('of the server')
  })

  test.each<[string, Files, RegExp]>([
    [
      'a token address that egress does not name',
      { 'src/connections/shop.connection.ts': SHOP.replace('{shop}.shops.example/token', 'evil.example/token') },
      /shop\.connection\.ts.*connections\[0\]\.tokenUrl leads to a host that egress\.server does not name/s,
    ],
    [
      'a variable that is not declared',
      { 'src/connections/shop.connection.ts': SHOP.replace('{shop}.shops.example/authorize', '{other}.shops.example') },
      /\{other\}, which is not one of its variables/,
    ],
    [
      'a parameter that protects the request',
      { 'src/connections/shop.connection.ts': SHOP.replace('scopes:', "parameters: { state: 'x' }, scopes:") },
      /none that the platform sets itself/,
    ],
    [
      'a webhook without a function to call',
      { 'src/webhooks/orders.webhook.ts': 'export default { a: 1 }' },
      /^src\/webhooks\/orders\.webhook\.ts: The default export of a \*\.webhook\.ts file must be a function\. Export/,
    ],
    [
      'two webhooks of one name',
      {
        'src/webhooks/a/orders.webhook.ts': 'export default () => ({})',
        'src/webhooks/b/orders.webhook.ts': 'export default () => ({})',
      },
      /^src\/webhooks\/b\/orders\.webhook\.ts: src\/webhooks\/a\/orders\.webhook\.ts has the same name.*Rename one/,
    ],
    [
      'a webhook whose name cannot stand in a call',
      { 'src/webhooks/my orders.webhook.ts': 'export default () => ({})' },
      /^src\/webhooks\/my orders\.webhook\.ts: webhooks\[0\]\.id must be the name of a file, such as orders\./,
    ],
    [
      'client code that imports a webhook',
      {
        'src/webhooks/orders.webhook.ts': 'export default () => ({})',
        'src/app.tsx': `
          import type { App } from '@souk/extension-sdk'
          import orders from './webhooks/orders.webhook'
          export const app: App = { record: { actions: [{ id: 'a', label: 'A', onTrigger: () => orders({} as never) }] } }
        `,
      },
      /for the platform alone/,
    ],
    ['no default export', { 'src/a.connection.ts': 'export const x = 1' }, /needs a default export/],
    [
      'an event nobody knows',
      { 'src/events/moon-rises.event.ts': 'export default () => 1' },
      /connection-added\.event\.ts/,
    ],
    [
      'client code that imports an event',
      {
        'src/events/connection-added.event.ts': 'export default () => 1',
        'src/app.tsx': `
          import type { App } from '@souk/extension-sdk'
          import added from './events/connection-added.event'
          export const app: App = { record: { actions: [{ id: 'a', label: 'A', onTrigger: () => added() }] } }
        `,
      },
      /for the platform alone/,
    ],
  ])('is refused with %s', async (_, more, expected) => {
    await expect(buildFiles(more)).rejects.toThrow(expected)
  })
})

describe('a webhook in a file of its own', () => {
  test('is in the manifest under the name of the file, as a function of the platform, and in no client', async () => {
    const { manifest, outDir } = await buildFiles({
      'src/webhooks/orders.webhook.ts': `
        import { type WebhookHandler, verifyHmacSignature } from '@souk/extension-sdk/server'
        const handler: WebhookHandler = async ({ request, handler }) => {
          const secret = String(handler.metadata.secret)
          if (!(await verifyHmacSignature(request, { secret, header: 'x-signature' }))) return { status: 401 }
          return { body: request.text(), events: [{ id: '1', from: 'only on the server' }] }
        }
        export default handler
      `,
      'src/events/settings-changed.event.ts': 'export default async () => undefined',
    })
    const id = 'src/webhooks/orders.webhook.ts#default'
    expect(manifest.webhooks).toEqual([{ id: 'orders', function: id }])
    expect(manifest.events).toMatchObject([{ type: 'settings.changed' }])
    expect(manifest.functions).toContainEqual({ id, callable: false })
    expect(await readFile(join(outDir, 'client.js'), 'utf8')).not.toContain('only on the server')
    const { functions } = await import(pathToFileURL(join(outDir, 'server.js')).href)
    const rawBody = new TextEncoder().encode('hello')
    const signature = createHmac('sha256', 's3').update(rawBody).digest('hex')
    const deliver = (sent: string) =>
      functions[id]({
        request: { method: 'POST', url: '', query: {}, headers: { 'x-signature': sent }, rawBody },
        handler: { metadata: { secret: 's3' } },
      })
    expect(await deliver(signature)).toMatchObject({ body: 'hello' })
    expect(await deliver('00')).toEqual({ status: 401 })
    await expect(functions[id]({})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('input', () => {
  const schema = `const text = { '~standard': { validate: (value) => typeof value === 'string' ? { value } : { issues: [{ message: 'A text.' }] } } }`

  test.each([
    ['of the default export', `${schema}\nexport const input = text\nexport default async (value) => value`, 'default'],
    [
      'of the only function',
      `${schema}\nexport const input = text\nexport const find = async (value) => value`,
      'find',
    ],
    [
      'of a function by name',
      `${schema}\nexport const findInput = text\nexport const other = async () => 1\nexport const find = async (value) => value`,
      'find',
    ],
  ])('%s is checked in the bundle, and is no function', async (_, code, name) => {
    const { manifest, outDir } = await buildFiles({ 'src/a.server.ts': code })
    expect(manifest.functions.map(({ id }) => id)).not.toContainEqual(expect.stringMatching(/input$/i))
    const { functions } = await import(join(outDir, 'server.js'))
    const fn = functions[`src/a.server.ts#${name}`]
    expect(await fn('x')).toBe('x')
    await expect(fn(1)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: { '': 'A text.' } })
  })

  test('that could belong to several functions is refused', async () => {
    const code = `${schema}\nexport const input = text\nexport const a = async () => 1\nexport const b = async () => 1`
    await expect(buildFiles({ 'src/a.server.ts': code })).rejects.toThrow(/several functions/)
  })
})
