import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { type Plugin, rollup } from 'rollup'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { App } from '../src'
import { type BuildResult, build, serverSplit } from '../src/build'
import { createAppFolder, type Files } from './support/create-app-folder'

const SECRET = 'the secret recipe of the server'

const ORDERS = `
  const recipe = '${SECRET}'
  export const find = async (query: string) => recipe + query
  export const refund = async () => recipe
  export default async () => recipe
`

const app = (code: string) => `
  import type { App } from '@souk/extension-sdk'
  ${code}
  export const app: App = { record: { actions: [{ id: 'a', label: 'A', onTrigger }] } }
`

const buildFiles = async (files: Files): Promise<BuildResult & { readonly folder: string }> => {
  const folder = await createAppFolder(files)
  return { folder, ...(await build({ cwd: folder, typeCheck: false })) }
}

const callableOf = ({ manifest }: BuildResult) =>
  manifest.functions.filter((entry) => entry.callable).map((entry) => entry.id)

/** Runs client.js as the worker does, with a runtime that only takes notes. */
const runClient = async (path: string) => {
  const started: unknown[] = []
  const calls: string[] = []
  const modules = {
    react: { useState: (value: unknown) => [value] },
    'react/jsx-runtime': { jsx: () => null, jsxs: () => null },
    '@souk/extension-sdk': { defineApp: (value: unknown) => value },
    '@souk/extension-sdk/client': { createServerFunction: (id: string) => async () => void calls.push(id) },
  }
  runInContext(
    await readFile(path, 'utf8'),
    createContext({ SoukRuntime: { modules, start: (extension: unknown) => started.push(extension) } }),
  )
  // The shape every fixture of this file exports.
  const { app } = started[0] as { app: { record: { actions: { onTrigger(): Promise<unknown> }[] } } }
  return { started, calls, trigger: async () => app.record.actions[0]?.onTrigger() }
}

describe('the server split', () => {
  const id = (name: string) => `src/orders.server.ts#${name}`

  test.each<[string, string, string[], Files?]>([
    ['a named import', "import { find } from './orders.server'\nconst onTrigger = () => find('x')", ['find']],
    ['an extension', "import { find } from './orders.server.ts'\nconst onTrigger = () => find('x')", ['find']],
    ['.js for .ts', "import { find } from './orders.server.js'\nconst onTrigger = () => find('x')", ['find']],
    ['another name', "import { find as f } from './orders.server'\nconst onTrigger = () => f('x')", ['find']],
    ['a default import', "import run from './orders.server'\nconst onTrigger = () => run()", ['default']],
    [
      'default and named at once',
      "import run, { find } from './orders.server'\nconst onTrigger = async () => { await run(); await find('x') }",
      ['default', 'find'],
    ],
    ['a namespace', "import * as orders from './orders.server'\nconst onTrigger = () => orders.find('x')", ['find']],
    [
      'a re-export',
      "import { find } from './api'\nconst onTrigger = () => find('x')",
      ['find'],
      { 'src/api.ts': "export { find, refund } from './orders.server'" },
    ],
    [
      'a re-export of everything',
      "import { refund } from './api'\nconst onTrigger = () => refund()",
      ['refund'],
      { 'src/api.ts': "export * from './orders.server.js'" },
    ],
    [
      'a name of package.json',
      "import { find } from '#orders'\nconst onTrigger = () => find('x')",
      ['find'],
      {
        'package.json': JSON.stringify({
          version: '1.0.0',
          type: 'module',
          imports: { '#orders': './src/orders.server.ts' },
        }),
      },
    ],
  ])('%s gives proxies, and makes callable what is used', async (_style, code, names, files = {}) => {
    const result = await buildFiles({ 'src/orders.server.ts': ORDERS, 'src/app.tsx': app(code), ...files })
    expect(callableOf(result)).toEqual(names.map(id))
    expect(result.manifest.functions.map((entry) => entry.id)).toEqual(['default', 'find', 'refund'].map(id))
    expect(await readFile(result.client.path, 'utf8')).not.toContain(SECRET)
    const { calls, trigger } = await runClient(result.client.path)
    await trigger()
    expect(calls).toEqual(names.map(id))
  })

  test('a dynamic import gives proxies, too', async () => {
    const result = await buildFiles({
      'src/orders.server.ts': ORDERS,
      'src/app.tsx': app("const onTrigger = async () => (await import('./orders.server')).find('x')"),
    })
    expect(callableOf(result)).toContain(id('find'))
    expect(await readFile(result.client.path, 'utf8')).not.toContain(SECRET)
    const { calls, trigger } = await runClient(result.client.path)
    await trigger()
    expect(calls).toEqual([id('find')])
  })

  test('a function that only the server uses is in the table, but is not callable', async () => {
    const result = await buildFiles({
      'src/orders.server.ts': ORDERS,
      'src/billing.server.ts':
        "import { refund } from './orders.server'\nexport const bill = async () => refund()\nexport const LIMIT = 5",
      'src/app.tsx': app("import { bill } from './billing.server'\nconst onTrigger = () => bill()"),
    })
    expect(callableOf(result)).toEqual(['src/billing.server.ts#bill'])
    expect(result.manifest.functions).toContainEqual({ id: id('refund'), callable: false })
    expect(result.manifest.functions.map((entry) => entry.id)).not.toContain('src/billing.server.ts#LIMIT')
  })

  test('an import of types makes nothing callable', async () => {
    const result = await buildFiles({
      'src/orders.server.ts': `${ORDERS}\nexport type Order = string`,
      'src/app.tsx': app("import type { Order } from './orders.server'\nconst onTrigger = (o: Order) => o"),
    })
    expect(callableOf(result)).toEqual([])
    expect(result.manifest.functions).toHaveLength(3)
  })

  test('exports of every form are found', async () => {
    const result = await buildFiles({
      'src/orders.server.ts': `
        export async function declared() {}
        const local = async () => {}
        export { local as renamed, local as delete }
        export const { picked, ...rest } = { picked: async () => {} }, [first = async () => {}] = []
        export interface Ignored {}
        export * from './more'
        export * as group from './more'
      `,
      'src/more.ts': 'export const more = async () => {}\nexport default async () => {}',
      'src/app.tsx': app(
        "import * as all from './orders.server'\nconst onTrigger = () => [all.renamed, all.delete, all.more]",
      ),
    })
    expect(result.manifest.functions.map((entry) => entry.id)).toEqual(
      ['declared', 'delete', 'first', 'more', 'picked', 'renamed'].map(id),
    )
    expect(callableOf(result)).toEqual(['delete', 'more', 'renamed'].map(id))
  })

  test('a server module outside of src/ is refused where it is imported', async () => {
    const files = {
      'shared/orders.server.ts': ORDERS,
      'src/app.tsx': app("import { find } from '../shared/orders.server'\nconst onTrigger = () => find('x')"),
    }
    await expect(buildFiles(files)).rejects.toMatchObject({
      code: 'BUILD_SERVER_FUNCTION',
      message: expect.stringMatching(/^src\/app\.tsx:3: .* outside of src\/, .* Move it there\./),
    })
  })

  test('a value that is not a function cannot be imported by client code', async () => {
    const files = {
      'src/orders.server.ts': 'export const LIMIT = 5',
      'src/app.tsx': app("import { LIMIT } from './orders.server'\nconst onTrigger = () => LIMIT"),
    }
    await expect(buildFiles(files)).rejects.toMatchObject({
      code: 'BUILD_SERVER_FUNCTION',
      message: expect.stringMatching(/^src\/orders\.server\.ts: 'LIMIT' is not a function/),
    })
  })
})

describe('the leak check', () => {
  const usesFind = app("import { find } from './orders.server'\nconst onTrigger = () => find('x')")

  test('a link to a server module is a server module', async () => {
    const folder = await createAppFolder({
      'src/orders.server.ts': ORDERS,
      'src/app.tsx': app("import { find } from './innocent'\nconst onTrigger = () => find('x')"),
    })
    await symlink(join(folder, 'src/orders.server.ts'), join(folder, 'src/innocent.ts'))
    const result = await build({ cwd: folder, typeCheck: false })
    expect(await readFile(result.client.path, 'utf8')).not.toContain(SECRET)
    expect(callableOf(result)).toEqual(['src/orders.server.ts#find'])
  })

  test('a server name that leads to another file is refused', async () => {
    const folder = await createAppFolder({ 'src/plain.ts': ORDERS, 'src/app.tsx': usesFind })
    await symlink(join(folder, 'src/plain.ts'), join(folder, 'src/orders.server.ts'))
    await expect(build({ cwd: folder, typeCheck: false })).rejects.toMatchObject({ code: 'BUILD_SERVER_LEAK' })
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  /** A bundle like the build's, with a plugin that attacks the split. */
  const attack = async (folder: string, attacker: Plugin) => {
    const bundle = await rollup({
      input: join(folder, 'src/app.js'),
      external: ['@souk/extension-sdk/client'],
      plugins: [attacker, serverSplit({ cwd: folder })],
    })
    return bundle.generate({ format: 'es' })
  }
  const plainFolder = () =>
    createAppFolder({
      'src/orders.server.js': `export const find = async () => '${SECRET}'`,
      'src/app.js': "import { find } from './orders.server.js'\nexport const app = { find }",
    })

  test('a plugin that resolves server code past the split is found in the graph', async () => {
    const folder = await plainFolder()
    const attacker: Plugin = {
      name: 'attacker',
      resolveId: {
        order: 'pre',
        handler: (source, importer) =>
          importer && source.endsWith('.server.js') ? join(dirname(importer), source) : null,
      },
    }
    await expect(attack(folder, attacker)).rejects.toThrow('is a server module, but it is part of the client bundle')
  })

  test('a plugin that copies server code into client code is found in the output', async () => {
    const folder = await plainFolder()
    const attacker: Plugin = {
      name: 'attacker',
      transform: (code, id) => (id.endsWith('app.js') ? `${code}\nexport const stolen = "${SECRET}"` : null),
    }
    await expect(attack(folder, attacker)).rejects.toThrow('The client bundle contains "the secret recipe of')
  })

  test('a package that no client code imports is found in the output', async () => {
    const folder = await plainFolder()
    await mkdir(join(folder, 'node_modules/only-server'), { recursive: true })
    await writeFile(join(folder, 'node_modules/only-server/index.js'), 'export const x = () => {}\nconsole.log(x)')
    const attacker: Plugin = {
      name: 'attacker',
      buildStart() {
        this.emitFile({ type: 'chunk', id: join(folder, 'node_modules/only-server/index.js') })
      },
    }
    await expect(attack(folder, attacker)).rejects.toThrow('only-server/index.js is in')
  })

  test('text that client code has itself is no leak', async () => {
    const result = await buildFiles({
      'src/orders.server.ts': ORDERS,
      'src/app.tsx': app(
        `import { find } from './orders.server'\nconst onTrigger = () => { console.log('${SECRET}'); return find('x') }`,
      ),
    })
    expect(callableOf(result)).toEqual(['src/orders.server.ts#find'])
  })

  test.each([
    ["import { readFile } from 'node:fs'", 'src/app.tsx', "'node:fs' does not exist in the browser"],
    ["import { readFile } from 'fs'", 'src/app.tsx', "'fs' does not exist in the browser"],
    ["import { getCurrentUser } from '@souk/extension-sdk/server'", 'src/app.tsx', 'exists in *.server.ts files only'],
    ["import { createRoot } from 'react-dom/client'", 'src/app.tsx', 'an extension has none'],
    ["import { missing } from 'no-such-package'", 'src/app.tsx', 'install the package'],
    ["import { nothing } from './orders.server'", 'src/app.tsx', 'Export it there, or correct the name'],
  ])('%s in client code fails at its place', async (line, place, reason) => {
    const name = /\{ (\w+)/.exec(line)?.[1]
    const error = await buildFiles({
      'src/orders.server.ts': ORDERS,
      'src/app.tsx': app(`${line}\nconst onTrigger = () => ${name}`),
    }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'BUILD_FAILED', message: expect.stringContaining(reason) })
    expect((error as Error).message).toContain(place)
  })
})

describe('client.js', () => {
  test('is a script that hands the app to the runtime, which brings React and the SDK', async () => {
    const result = await buildFiles({
      'src/app.tsx': `
        import { defineApp } from '@souk/extension-sdk'
        import React, { useState } from 'react'
        const Widget = () => <React.Fragment>{useState(1)[0]}</React.Fragment>
        export const app = defineApp({ record: { widgets: [{ id: 'w', label: 'W', component: Widget }] } })
      `,
    })
    const code = await readFile(result.client.path, 'utf8')
    expect(code).toMatch(/;SoukRuntime\.start\(souk_extension\);\n\/\/# sourceMappingURL=client\.js\.map\n$/)
    expect(code).not.toContain('import ')
    expect(code.length).toBeLessThan(2000)
    const { started } = await runClient(result.client.path)
    expect(started).toMatchObject([{ app: { record: { widgets: [{ id: 'w' }] } } }])
    expect(result.server).toBeNull()
  })
})

describe("the app's own page", () => {
  const page = 'export const App = () => null'

  test('is what src/app.tsx exports as App, and the bundle has it', async () => {
    const result = await buildFiles({ 'src/app.tsx': `${page}\nexport const app = {}` })
    expect(result.manifest.surfaces).toEqual([{ kind: 'app.page', id: 'page', label: 'Page' }])
    const { started } = await runClient(result.client.path)
    expect(started).toMatchObject([{ app: { page: expect.any(Function) } }])
    expect(result.warnings).toEqual([])
  })

  test('is not there without one, and nothing is said of it', async () => {
    const result = await buildFiles({
      'src/app.tsx': "import type { App } from '@souk/extension-sdk'\nexport const app: App = {}\nexport type { App }",
    })
    expect(result.manifest.surfaces).toEqual([])
    expect(result.warnings).toEqual([])
  })
})

describe('server.js', () => {
  test('is one module with a table that has no prototype', async () => {
    const { folder, server } = await buildFiles({
      'src/orders.server.ts': `
        import { createHash } from 'crypto'
        import { shout } from 'tiny'
        import limits from './limits.json'
        export const hash = async (text: string) => shout(createHash('sha256').update(text).digest('hex').slice(0, limits.length))
      `,
      'src/limits.json': '{ "length": 4 }',
      'node_modules/tiny/package.json': '{ "name": "tiny", "main": "index.js" }',
      'node_modules/tiny/index.js': 'exports.shout = (text) => text.toUpperCase()',
    })
    expect(server?.path).toBe(join(folder, 'dist/server.js'))
    const module: { functions: Record<string, (text: string) => Promise<string>> } = await import(
      /* @vite-ignore */ pathToFileURL(server?.path ?? '').href
    )
    expect(Object.getPrototypeOf(module.functions)).toBeNull()
    expect(Object.keys(module)).toEqual(['connections', 'functions'])
    expect(await module.functions['src/orders.server.ts#hash']?.('x')).toBe('2D71')
    const code = await readFile(server?.path ?? '', 'utf8')
    expect(code.match(/^import .*$/gm)).toEqual(["import { createHash } from 'node:crypto';"])
  })

  test('cannot draw', async () => {
    const files = {
      'src/orders.server.ts': "import { Text } from '@souk/extension-sdk/client'\nexport const x = () => Text",
    }
    await expect(buildFiles(files)).rejects.toThrow(/^src\/orders\.server\.ts:1: .* cannot be imported here/)
  })
})

test('the same source gives the same bytes in any folder', async () => {
  const files = {
    'src/orders.server.ts': ORDERS,
    'src/deep/tickets.server.ts': "import { find } from '../orders.server'\nexport const t = async () => find('t')",
    'src/app.tsx': app(`
      import { find } from './orders.server'
      import { t } from './deep/tickets.server'
      import { label } from 'tiny'
      const onTrigger = async () => [await find(label), await t()]
    `),
    'node_modules/tiny/package.json': '{ "name": "tiny", "main": "index.js" }',
    'node_modules/tiny/index.js': 'exports.label = "x"',
  }
  const [one, two] = [await buildFiles(files), await buildFiles(files)]
  expect(one.folder).not.toBe(two.folder)
  for (const name of ['client.js', 'client.js.map', 'server.js', 'server.js.map', 'manifest.json', 'listing.json']) {
    const [first, second] = await Promise.all(
      [one, two].map(({ folder }) => readFile(join(folder, 'dist', name), 'utf8')),
    )
    expect(second, name).toBe(first)
    expect(first, name).not.toContain(one.folder)
  }
  expect(one.client.sha256).toBe(two.client.sha256)
  expect(one.server?.sha256).toBe(two.server?.sha256)
})

describe('the manifest', () => {
  test('holds what the app, souk.config.ts and package.json say', async () => {
    const { folder } = await buildFiles({
      'souk.config.ts': `
        import { defineConfig } from '@souk/extension-sdk'
        export default defineConfig({
          id: 'fixture',
          scopes: [{ id: 'tickets:read', purpose: 'Finds the customer.' }],
          egress: {
            server: [{
              host: 'api.example.com',
              purpose: 'Asks for orders.',
              attach: { setting: 'key', header: 'Authorization', format: 'Bearer {value}' },
            }],
          },
          listing: { title: 'Fixture', description: 'For tests.', category: 'support' },
        })
      `,
      'src/app.tsx': `
        import { type App, Settings } from '@souk/extension-sdk'
        export const app: App = {
          record: { widgets: [{ id: 'w', label: 'W', recordTypes: ['ticket'], component: () => null }] },
          settings: { organization: { key: Settings.secret({ label: 'Key' }) } },
        }
      `,
    })
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(folder, 'dist', name), 'utf8'))
    expect(await read('manifest.json')).toEqual({
      manifestVersion: 1,
      id: 'fixture',
      version: '1.2.3',
      protocolVersion: 1,
      scopes: [{ id: 'tickets:read', purpose: 'Finds the customer.' }],
      egress: {
        server: [
          {
            host: 'api.example.com',
            purpose: 'Asks for orders.',
            attach: { setting: 'key', header: 'Authorization', format: 'Bearer {value}' },
          },
        ],
      },
      surfaces: [{ kind: 'record.widgets', id: 'w', label: 'W', recordTypes: ['ticket'] }],
      settings: { organization: { key: { type: 'secret', label: 'Key' } }, user: {} },
      functions: [],
    })
    expect(await read('listing.json')).toMatchObject({ title: 'Fixture', category: 'support', avatarUrl: null })
  })

  const config = (text: string) => ({
    'souk.config.ts': `import { defineConfig } from '@souk/extension-sdk'\nconst listing = { title: 'T', description: '' }\n${text}`,
  })

  test.each<[string, Files, RegExp]>([
    ['no config', { 'souk.config.ts': '' }, /default/],
    [
      'a slug with capitals',
      config("export default defineConfig({ listing,\n id: 'Order Lookup' })"),
      /^souk\.config\.ts:4: id must be a slug/,
    ],
    [
      'a scope without a purpose',
      config(
        "export default defineConfig({\n id: 'x', listing,\n scopes: [\n { id: 'a:b', purpose: 'p' },\n { id: 'tickets:read' } as never] })",
      ),
      /^souk\.config\.ts:7: scopes\[1\]\.purpose must say/,
    ],
    [
      'egress with a scheme',
      config(
        "export default defineConfig({ id: 'x', listing,\n egress: { server: [{\n host: 'https://x.example', purpose: 'p' }] } })",
      ),
      /^souk\.config\.ts:5: egress\.server\[0\]\.host must be a lower-case host/,
    ],
    [
      'a misspelt key',
      config("export default { id: 'x', listing,\n scope: [] }"),
      /^souk\.config\.ts:4: scope is not known\. Use id, scopes/,
    ],
    ['no listing', config("export default { id: 'x' }"), /^souk\.config\.ts: listing must be an object/],
    ['a bad version', { 'package.json': '{ "version": "one" }' }, /^package\.json: version must be a semantic version/],
    ['no version', { 'package.json': '{}' }, /^package\.json: version must be/],
    [
      'a surface without a label',
      { 'src/app.tsx': "export const app = {\n record: { widgets: [{ id: 'w', component: () => null }] } }" },
      /^src\/app\.tsx:2: surfaces\[0\]\.label must be/,
    ],
    [
      'two surfaces of one id',
      {
        'src/app.tsx':
          "const w = { id: 'w', label: 'W', component: () => null }\nexport const app = { record: { widgets: [w, w] } }",
      },
      /two surfaces with the id "w"/,
    ],
    ['no app', { 'src/app.tsx': 'export const App = {}' }, /"app" is not exported by "src\/app\.tsx".*Export it there/],
    ['a syntax error', { 'src/app.tsx': '\nexport const app = {' }, /^src\/app\.tsx:2:\d+: .*Correct the syntax/],
    [
      'an app that throws',
      { 'src/app.tsx': "\n\nthrow new Error('boom')\nexport const app = {}" },
      /^src\/app\.tsx:3: The extension threw while loading: boom/,
    ],
    [
      'an app that fetches while loading',
      { 'src/app.tsx': "await fetch('https://x.example')\nexport const app = {}" },
      /await|fetch was called while/,
    ],
    [
      'an app that fetches while loading, unawaited',
      { 'src/app.tsx': "\nfetch('https://x.example')\nexport const app = {}" },
      /^src\/app\.tsx:2: .*fetch was called while the extension was loading/,
    ],
    [
      'an app that reads the environment',
      { 'src/app.tsx': 'export const app = { x: process.env.HOME }' },
      /process is not defined/,
    ],
    [
      'a server module that throws',
      { 'src/x.server.ts': "throw new Error('server boom')\nexport const x = () => {}" },
      /The server modules threw while loading: server boom/,
    ],
    [
      'an export with a strange name',
      { 'src/x.server.ts': "const x = () => {}\nexport { x as 'a b' }" },
      /^src\/x\.server\.ts: The export "a b"/,
    ],
  ])('%s is refused with file, line and fix, and writes nothing', async (_what, files, message) => {
    const folder = await createAppFolder(files)
    const error = await build({ cwd: folder, typeCheck: false }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'SdkError', message: expect.stringMatching(message) })
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  test('the environment of the build does not reach the app', async () => {
    const files = {
      'src/x.server.ts':
        'if (Object.keys(process.env).length > 0) throw new Error("environment")\nexport const x = () => {}',
    }
    expect((await buildFiles(files)).manifest.functions).toHaveLength(1)
  })
})

describe('the type check', () => {
  const withTypeScript = async (files: Files) => {
    const folder = await createAppFolder({
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "skipLibCheck": true, "types": [], "lib": ["ES2022"] }, "include": ["src"] }',
      'src/app.tsx': 'export const app = {}',
      ...files,
    })
    const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
    await mkdir(join(folder, 'node_modules'), { recursive: true })
    await symlink(typescript, join(folder, 'node_modules/typescript'))
    return folder
  }

  test('names what the compiler of the app finds', async () => {
    const folder = await withTypeScript({ 'src/orders.server.ts': "export const limit: number = 'five'" })
    await expect(build({ cwd: folder })).rejects.toMatchObject({
      code: 'BUILD_TYPES',
      message: expect.stringMatching(/src\/orders\.server\.ts\(1,14\): error TS2322/),
    })
    expect((await build({ cwd: folder, typeCheck: false })).manifest.id).toBe('fixture')
  })

  test('lets a sound app pass', async () => {
    const folder = await withTypeScript({ 'src/orders.server.ts': 'export const f = async () => 5' })
    expect((await build({ cwd: folder })).manifest.functions).toHaveLength(1)
  })

  test('says what to install when there is no compiler', async () => {
    const folder = await createAppFolder({ 'tsconfig.json': '{}' })
    await expect(build({ cwd: folder })).rejects.toThrow('npm install --save-dev typescript')
  })
})

test('a folder that is no extension is one clear sentence', async () => {
  const folder = await createAppFolder({})
  await expect(build({ cwd: join(folder, 'src') })).rejects.toThrow(/There is no package\.json in .*src/)
})

describe('a development bundle', () => {
  const counter = (label: string, initial: string) => `
    import { memo, useState, type ReactNode } from 'react'
    import { Button } from '@souk/extension-sdk/client'
    import { useStep } from './use-step'
    const Label = memo(({ children }: { children: ReactNode }) => <>{children}</>)
    export const Counter = () => {
      const step = useStep()
      const [count, setCount] = useState(${initial})
      return <Button onPress={() => setCount(count + step)}><Label>{\`${label} \${count}\`}</Label></Button>
    }
  `
  const filesOf = (label: string, initial: string, step = 'useState(1)[0]'): Files => ({
    'src/counter.tsx': counter(label, initial),
    'src/use-step.ts': `import { useState } from 'react'\nexport const useStep = () => ${step}`,
    'src/app.tsx': `
      import type { App } from '@souk/extension-sdk'
      import { Counter } from './counter'
      export const app: App = { record: { widgets: [{ id: 'w', label: 'W', component: Counter }] } }
    `,
  })
  const buildDevelopment = async (files: Files, options: object = {}) => {
    const cwd = await createAppFolder(files)
    const { client } = await build({ cwd, typeCheck: false, development: true, ...options })
    return { cwd, code: await readFile(client.path, 'utf8') }
  }

  test('names its components by module and says which hooks they call', async () => {
    const { code, cwd } = await buildDevelopment(filesOf('Pressed', '0'))
    expect(code).toContain('refresh?.register(Counter, "src/counter.tsx Counter")')
    expect(code).toContain('refresh?.register(Label, "src/counter.tsx Label")')
    expect(code).toContain(
      'refresh?.sign(Counter, "useStep{step}\\nuseState{[count, setCount](0)}", false, () => [useStep])',
    )
    expect(code).toContain('refresh?.sign(useStep, "useState{(1)}", false, () => [])')
    expect(code).toContain('jsxDEV')
    expect(code).not.toContain(cwd)
  })

  test('is the same bytes wherever the folder lies', async () => {
    const [one, two] = await Promise.all([
      buildDevelopment(filesOf('Pressed', '0')),
      buildDevelopment(filesOf('Pressed', '0')),
    ])
    expect(one.code).toBe(two.code)
  })

  test.each([
    [{}, /SoukRuntime\.start\(souk_extension\);/],
    [{ strictMode: false }, /SoukRuntime\.start\(souk_extension, \{ strictMode: false \}\);/],
  ])('starts with %j', async (options, expected) => {
    expect((await buildDevelopment(filesOf('Pressed', '0'), options)).code).toMatch(expected)
  })

  test('forces a new start where the author says so, and where a hook is known inside the component alone', async () => {
    const { code } = await buildDevelopment({
      'src/app.tsx': `
        // @refresh reset
        import { useState } from 'react'
        import type { App } from '@souk/extension-sdk'
        const Widget = () => { useState(0); return null }
        export const app: App = { record: { widgets: [{ id: 'w', label: 'W', component: Widget }] } }
      `,
      'src/other.tsx': '',
    })
    expect(code).toContain('refresh?.sign(Widget, "useState{(0)}", true, () => [])')
  })

  test('knows nothing of it in production', async () => {
    const { client } = await buildFiles(filesOf('Pressed', '0'))
    const code = await readFile(client.path, 'utf8')
    expect(code).not.toMatch(/refresh|jsxDEV|development/)
  })

  /** Two versions of an app, run one after the other in the runtime that a development worker has. */
  const run = async (first: Files, second: Files) => {
    const { jsxDEV, Fragment } = await import('react/jsx-dev-runtime')
    const { createDevelopmentTools, refreshRegistry } = await import('../src/runtime/development-tools')
    const { startWithFakeHost } = await import('./support/fake-host')
    const modules = {
      react: await import('react'),
      'react/jsx-dev-runtime': { jsxDEV, Fragment },
      '@souk/extension-sdk': await import('../src'),
      '@souk/extension-sdk/client': await import('../src/client'),
    }
    const apps: App[] = []
    const evaluate = async (files: Files) => {
      const { code } = await buildDevelopment(files)
      const start = ({ app: built }: { app: App }) => apps.push(built)
      runInContext(code, createContext({ SoukRuntime: { modules, start, refresh: refreshRegistry } }))
      return apps.at(-1) as App
    }
    const host = startWithFakeHost(await evaluate(first), {}, createDevelopmentTools())
    onTestFinished(() => host.dispose())
    await host.init()
    const context = { recordType: 'ticket', recordId: 't1' }
    await host.send('trigger-surface', { kind: 'record.widgets', surfaceId: 'w', instanceId: 'i1', context })
    const press = async () =>
      host.send('event-handler-call', { rootId: 'i1', handlerId: host.find('i1', 'Button', 'onPress'), args: [] })
    await press()
    await press()
    const before = JSON.stringify(host.draw('i1'))
    host.extension.replaceApp(await evaluate(second))
    await host.send('ping', null)
    return { before, after: JSON.stringify(host.draw('i1')) }
  }

  test('of an edited component keeps its state when it takes the place of the one before', async () => {
    const { before, after } = await run(filesOf('Pressed', '0'), filesOf('Clicked', '0'))
    expect(before).toContain('Pressed 2')
    expect(after).toContain('Clicked 2')
  })

  test.each([
    ['a hook of the component starts otherwise', filesOf('Clicked', '10'), 'Clicked 10'],
    ['a hook that the component calls changed its own hooks', filesOf('Clicked', '0', 'useState(5)[0]'), 'Clicked 0'],
  ])('loses it when %s', async (_what, second, expected) => {
    const { after } = await run(filesOf('Pressed', '0'), second)
    expect(after).toContain(expected)
  })
})
