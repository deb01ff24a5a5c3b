import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { build } from '../src/build'
import { createAppFolder, type Files } from './support/create-app-folder'

const SECRET = 'the secret recipe of the tool'

const TOOL = `
  import { defineTool, z } from '@souk/extension-sdk/tools'
  const recipe = '${SECRET}'
  export const findOrder = defineTool({
    id: 'find-order',
    name: 'Find an order',
    description: 'Finds an order by its number.',
    inputs: z.object({ number: z.string().min(1), limit: z.number().int().default(5) }),
    outputs: z.object({ status: z.enum(['open', 'sent']), note: z.string().optional() }),
    exampleOutput: { status: 'open' },
    idempotent: true,
    config: { timeout: 5_000 },
    agent: { toolsetSlug: 'orders' },
    execute: async ({ number, limit }) => ({ status: number === '7' ? 'sent' : number === '8' ? (recipe as never) : 'open', note: String(limit) }),
  })
  export const helper = () => recipe
`
const APP = `
  import type { App } from '@souk/extension-sdk'
  import { findOrder } from './find-order.tool'
  export const app: App = { tools: [findOrder], toolsets: [{ slug: 'orders', name: 'Orders' }] }
`

const buildFiles = async (files: Files) => build({ cwd: await createAppFolder(files), typeCheck: false })

test('a tool is in the manifest with its schemas, on the server with its checks, and not in the browser', async () => {
  const result = await buildFiles({ 'src/find-order.tool.ts': TOOL, 'src/app.tsx': APP })
  const id = 'src/find-order.tool.ts#findOrder'
  expect(result.manifest.tools).toEqual([
    {
      id: 'find-order',
      name: 'Find an order',
      description: 'Finds an order by its number.',
      function: id,
      inputs: {
        type: 'object',
        properties: {
          number: { type: 'string', minLength: 1 },
          limit: expect.objectContaining({ type: 'integer', default: 5 }),
        },
        required: ['number'],
      },
      outputs: {
        type: 'object',
        properties: { status: { type: 'string', enum: ['open', 'sent'] }, note: { type: 'string' } },
        required: ['status'],
        additionalProperties: false,
      },
      exampleOutput: { status: 'open' },
      config: { timeout: 5_000 },
      idempotent: true,
      agent: { toolsetSlug: 'orders' },
    },
  ])
  expect(result.manifest.toolsets).toEqual([{ slug: 'orders', name: 'Orders' }])
  // What is no tool is no function either.
  expect(result.manifest.functions).toEqual([{ id, callable: false }])
  expect(await readFile(result.client.path, 'utf8')).not.toContain(SECRET)

  const { functions } = await import(pathToFileURL(result.server?.path ?? '').href)
  expect(await functions[id]({ number: '7' })).toEqual({ status: 'sent', note: '5' })
  await expect(functions[id]({ number: '' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: { number: expect.any(String) },
  })
  await expect(functions[id]({ number: '8' })).rejects.toMatchObject({
    code: 'FUNCTION_FAILED',
    message: expect.stringMatching(/^Find an order gave something else than its outputs say: status: /),
  })
})

test.each<[string, Files, string, RegExp]>([
  [
    'whose schema is a day',
    { 'src/find-order.tool.ts': TOOL.replace('z.string().min(1)', 'z.date()'), 'src/app.tsx': APP },
    'INVALID_MANIFEST',
    /"find-order": inputs cannot be said in JSON.*z\.iso\.datetime\(\)/,
  ],
  [
    'whose example does not fit',
    {
      'src/find-order.tool.ts': TOOL.replace("{ status: 'open' },", "{ status: 'gone' } as never,"),
      'src/app.tsx': APP,
    },
    'INVALID_MANIFEST',
    /exampleOutput does not fit outputs/,
  ],
  [
    'of a toolset that is not there',
    { 'src/find-order.tool.ts': TOOL, 'src/app.tsx': APP.replace("slug: 'orders'", "slug: 'other'") },
    'INVALID_MANIFEST',
    /^src\/find-order\.tool\.ts.*toolsetSlug/s,
  ],
  [
    'that is defined where the browser is',
    {
      'src/app.tsx': `${TOOL.replaceAll('export const findOrder', 'const findOrder')}export const app = { tools: [findOrder] }`,
    },
    'BUILD_FAILED',
    /extension-sdk\/tools' cannot be imported here.*\*\.tool\.ts/,
  ],
])('a tool %s is refused, with what to do', async (_, files, code, message) => {
  await expect(buildFiles(files)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
})
