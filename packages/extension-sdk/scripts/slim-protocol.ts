import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Options } from 'tsup'
import { ERROR_CODES } from '../src/protocol/error-codes'
import { standardContract } from '../src/protocol/standard-contract'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

/** The slots and methods of each component: all of the contract that a frame needs. */
const slotsAndMethods = new Map(
  Object.entries(standardContract.components).map(([name, { slots, methods }]) => [name, { slots, methods }]),
)

/** Replaces what stands in a source. @throws {Error} when it does not stand there any more. */
const replaceIn = async (path: string, pattern: RegExp, replacement: string) => {
  const source = await readFile(path, 'utf8')
  const contents = source.replace(pattern, replacement)
  if (contents === source) throw new Error(`${path} has no ${pattern} any more. Adapt slim-protocol.ts.`)
  return { contents, loader: 'ts' } as const
}

/** One line for all components with the same slots and methods, instead of an export for each: a name costs less than three. */
const componentTable = (): string => {
  const groups = new Map<string, string[]>()
  for (const [name, shape] of slotsAndMethods) {
    const key = JSON.stringify([shape.slots, shape.methods])
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return `[${[...groups].map(([key, names]) => `${key.slice(0, -1)},${JSON.stringify(names.join(' '))}]`).join()}]`
}

/** The components of the contract, as one object. What is exported under a name of its own, such as Button, comes first in the worker. */
const slimComponents = (): string => `
  import { createComponent } from './create-component'
  const components = {}
  for (const [slots, methods, names] of ${componentTable()})
    for (const name of names.split(' ')) components[name] = createComponent(name, { slots, methods })
  export default components`

/** Leaves out the sentences that explain error codes: the documentation has them. */
export const slimErrorCodes = (): EsbuildPlugin => ({
  name: 'souk-slim-error-codes',
  setup(build) {
    build.onLoad({ filter: /protocol[\\/]error-codes\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8'))
        .replace(/^( {2}[A-Z_]+): .*,$/gm, '$1: 1,')
        .replace('satisfies Record<string, string>', ''),
      loader: 'ts',
    }))
  },
})

/** For the relay, which is loaded before anything else can be: the codes as one text, which compresses best. */
export const slimRelay = (): EsbuildPlugin => ({
  name: 'souk-slim-relay',
  setup(build) {
    build.onLoad({ filter: /protocol[\\/]error-codes\.ts$/ }, () => ({
      contents: `const codes = ${JSON.stringify(Object.keys(ERROR_CODES).sort().join(' '))}.split(' ')
        export const isErrorCode = (value) => codes.includes(value)`,
      loader: 'js',
    }))
  },
})

/** Leaves out of the frame what nothing there reads: the sentences that explain error codes, and all of the contract but its slots and methods. */
export const slimProtocol = (): EsbuildPlugin => ({
  name: 'souk-slim-protocol',
  setup(build) {
    slimErrorCodes().setup(build)
    // The worker hears the product alone, which sends no notices. The relay parses them before they leave the frame.
    build.onLoad({ filter: /protocol[\\/]channel\.ts$/ }, ({ path }) =>
      replaceIn(path, /^ {2}parseBridgeMessage,$/m, '  parsePlatformMessage as parseBridgeMessage,'),
    )
    // shaped-components.ts alone asks for entries by name, to which it adds.
    build.onLoad({ filter: /protocol[\\/]standard-contract\.ts$/ }, async ({ path }) => {
      const shaped = await readFile(join(dirname(path), '../client/shaped-components.ts'), 'utf8')
      const names = [...shaped.matchAll(/createComponent\('(\w+)'/g)].map(([, name]) => name as string)
      const entries = Object.fromEntries(names.map((name) => [name, slotsAndMethods.get(name)]))
      return { contents: `export const standardContract = ${JSON.stringify({ components: entries })}`, loader: 'ts' }
    })
    build.onLoad({ filter: /client[\\/]components\.ts$/ }, () => ({ contents: slimComponents(), loader: 'ts' }))
    build.onLoad({ filter: /runtime[\\/]prepare-worker\.ts$/ }, ({ path }) =>
      replaceIn(
        path,
        /^import \* as client from '..\/client\/provided'$/m,
        "import * as own from '../client/provided'\nimport components from '../client/components'\nconst client = { ...components, ...own }",
      ),
    )
  },
})
