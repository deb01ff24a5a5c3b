import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../src/build'
import { createAppFolder, type Files } from './support/create-app-folder'

/** A project of somebody who is mistaken, what the build answers, and the part of it that says what to do. */
interface Mistake {
  readonly name: string
  readonly files: Files
  readonly code: string
  /** `src/app.tsx:2`, or a file alone where the mistake is what it lacks. */
  readonly place: string
  readonly fix: RegExp
}

const app = (...lines: readonly string[]): Files => ({ 'src/app.tsx': [...lines, 'export const app = {}'].join('\n') })
const config = (fields: string): Files => ({
  'souk.config.ts': `const listing = { title: 'T', description: 'D' }\nexport default {\n  id: 'fixture', listing,\n  ${fields}\n}`,
})
const surfaces = (...lines: readonly string[]): Files => ({
  'src/app.tsx': ['export const app = {', ...lines, '}'].join('\n'),
})

const mistakes: readonly Mistake[] = [
  {
    name: 'the app is exported under another name',
    files: { 'src/app.tsx': 'export const App = {}' },
    code: 'BUILD_FAILED',
    place: '',
    fix: /Export it there, or correct the name/,
  },
  {
    name: 'what is exported as the page of the app is no component',
    files: app('', "export const App = { title: 'Fixture' }"),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx: ',
    fix: /Name it otherwise/,
  },
  {
    name: 'a file has a syntax error',
    files: { 'src/app.tsx': '\nexport const app = {' },
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:2:',
    fix: /Correct the syntax/,
  },
  {
    name: 'an imported file is not there',
    files: app("import { a } from './missing'", 'console.log(a)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx',
    fix: /Correct the path, or install the package/,
  },
  {
    name: 'a server file is imported that is not there',
    files: app('', "import { a } from './missing.server'", 'console.log(a)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx',
    fix: /Correct the path, or install the package/,
  },
  {
    name: 'client code imports what only servers have',
    files: app('', "import { storage } from '@souk/extension-sdk/server'", 'console.log(storage)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:2: ',
    fix: /Move the code that needs it into one/,
  },
  {
    name: 'client code defines a tool',
    files: app("import { defineTool } from '@souk/extension-sdk/tools'", 'console.log(defineTool)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:1: ',
    fix: /named \*\.tool\.ts/,
  },
  {
    name: 'server code draws',
    files: {
      ...app(),
      'src/a.server.ts': "\nimport { Text } from '@souk/extension-sdk/client'\nexport const a = () => Text",
    },
    code: 'BUILD_FAILED',
    place: 'src/a.server.ts:2: ',
    fix: /Return data instead/,
  },
  {
    name: 'react-dom is bundled',
    files: app('', '', "import { createRoot } from 'react-dom/client'", 'console.log(createRoot)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:3: ',
    fix: /Draw with components/,
  },
  {
    name: 'a part of React is imported that extensions do not have',
    files: app("import { c } from 'react/compiler-runtime'", 'console.log(c)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:1: ',
    fix: /Import from 'react'/,
  },
  {
    name: 'client code uses a module of Node',
    files: app("import { readFile } from 'node:fs/promises'", 'console.log(readFile)'),
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:1: ',
    fix: /into a \*\.server\.ts file/,
  },
  {
    name: 'a folder is called like a server file',
    files: {
      ...app('', "import { a } from './a.server'", 'console.log(a)'),
      'src/a.server/index.ts': 'export const a = 1',
    },
    code: 'BUILD_SERVER_LEAK',
    place: 'src/app.tsx:2: ',
    fix: /Name the file itself \*\.server\.ts/,
  },
  {
    name: 'a server file is outside of src',
    files: { ...app("import { a } from '../a.server'", 'console.log(a)'), 'a.server.ts': 'export const a = () => 1' },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/app.tsx:1: ',
    fix: /Move it there/,
  },
  {
    name: 'client code imports a value of a server file',
    files: {
      ...app("import { limit } from './a.server'", 'console.log(limit)'),
      'src/a.server.ts': '\nexport const limit = 5',
    },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/a.server.ts',
    fix: /return the value from one/,
  },
  {
    name: 'client code imports a connection',
    files: {
      ...app("import shop from './shop.connection'", 'console.log(shop)'),
      'src/shop.connection.ts':
        "export default { type: 'none', label: 'Shop', scope: 'user', test: async () => undefined }",
    },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/shop.connection.ts',
    fix: /Call a function of a \*\.server\.ts file/,
  },
  {
    name: 'a connection has no default export',
    files: { 'src/shop.connection.ts': 'export const shop = {}' },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/shop.connection.ts',
    fix: /needs a default export/,
  },
  {
    name: 'an event file has a name that is no event',
    files: { 'src/events/sold.event.ts': 'export default async () => undefined' },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/events/sold.event.ts',
    fix: /Name the file after one: /,
  },
  {
    name: 'a schema of input belongs to nobody in particular',
    files: { 'src/a.server.ts': 'export const a = () => 1\nexport const b = () => 2\nexport const input = {}' },
    code: 'BUILD_SERVER_FUNCTION',
    place: 'src/a.server.ts',
    fix: /Name each schema after its function/,
  },
  {
    name: 'souk.config.ts exports nothing as its default',
    files: { 'souk.config.ts': 'export const config = {}' },
    code: 'BUILD_FAILED',
    place: '',
    fix: /Export it there/,
  },
  {
    name: 'souk.config.ts has a key that is misspelt',
    files: config('scope: [],'),
    code: 'CONFIG_INVALID',
    place: 'souk.config.ts:4: ',
    fix: /Use id, scopes, egress, listing/,
  },
  {
    name: 'a scope is no scope',
    files: config("scopes: [{ id: 'everything', purpose: 'All.' }],"),
    code: 'INVALID_MANIFEST',
    place: 'souk.config.ts:4: ',
    fix: /such as tickets:read/,
  },
  {
    name: 'egress is for every host there is',
    files: config("egress: { server: [{ host: '*', purpose: 'All.' }] },"),
    code: 'INVALID_MANIFEST',
    place: 'souk.config.ts:4: ',
    fix: /such as api\.example\.com/,
  },
  {
    name: 'a credential is attached that no setting holds',
    files: config(
      "egress: { server: [{ host: 'a.example', purpose: 'P.', attach: { setting: 'key', header: 'X', format: '{value}' } }] },",
    ),
    code: 'INVALID_MANIFEST',
    place: 'souk.config.ts:4: ',
    fix: /must be the path of a secret organization setting/,
  },
  {
    name: 'two surfaces have one id',
    files: surfaces(
      'record: { widgets: [',
      "  { id: 'w', label: 'A', component: () => null },",
      "  { id: 'w', label: 'B', component: () => null },",
      '] },',
    ),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx:4: ',
    fix: /Give each its own/,
  },
  {
    name: 'a block has no schema',
    files: surfaces('workflow: {', "  blocks: [{ id: 'send', label: 'Send', execute: () => ({}) }],", '},'),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx:3: ',
    fix: /with fields of Workflow\.string\(\)/,
  },
  {
    name: 'a block does nothing',
    files: surfaces('workflow: {', "  blocks: [{ id: 'send', label: 'Send', schema: { inputs: {} } }],", '},'),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx:3: ',
    fix: /execute must be a function/,
  },
  {
    name: 'a block requires a connection that the app does not have',
    files: surfaces(
      'workflow: {',
      "  blocks: [{ id: 'send', label: 'Send', schema: { inputs: {} }, execute: () => ({}), config: { requiresConnection: true } }],",
      '},',
    ),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx',
    fix: /Add a \*\.connection\.ts file/,
  },
  {
    name: 'a setting is a function',
    files: surfaces('settings: {', '  organization: { key: () => 5 },', '},'),
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx',
    fix: /Settings\./,
  },
  {
    name: 'a default is not plain data',
    files: {
      'src/app.tsx':
        "import { Workflow } from '@souk/extension-sdk'\nconst inputs = { a: Workflow.string({ default: (() => 1) as never }) }\nexport const app = { workflow: { blocks: [{ id: 'send', label: 'S', schema: { inputs }, execute: () => 1 }] } }",
    },
    code: 'INVALID_MANIFEST',
    place: 'src/app.tsx:3: ',
    fix: /schema\.inputs\.a\.default is a function.*Use text/,
  },
  {
    name: 'the app fetches while it loads',
    files: { 'src/app.tsx': "\nfetch('https://x.example')\nexport const app = {}" },
    code: 'BUILD_FAILED',
    place: 'src/app.tsx:2: ',
    fix: /do such work when called/,
  },
]

test.each(mistakes)(
  '$name: file, line, reason and fix, and nothing is written',
  async ({ files, code, place, fix }) => {
    const folder = await createAppFolder(files)
    const error = await build({ cwd: folder, typeCheck: false }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'SdkError', code, message: expect.stringMatching(fix) })
    expect((error as Error).message.slice(0, place.length)).toBe(place)
    // Nobody needs to know where on which machine.
    expect((error as Error).message).not.toContain(folder)
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  },
)

test.each([
  [
    'package.json',
    { 'package.json': '{ "version": ' },
    'CONFIG_INVALID',
    /package\.json is not valid JSON\. Correct it\./,
  ],
] as const)('%s is broken', async (_, files, code, message) => {
  const folder = await createAppFolder(files)
  await expect(build({ cwd: folder, typeCheck: false })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  })
})
