import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
