import { readFile } from 'node:fs/promises'
import type { Options } from 'tsup'
import { ERROR_CODES } from '../src/protocol/error-codes'
import { standardContract } from '../src/protocol/standard-contract'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

const slotsAndMethods = Object.fromEntries(
  Object.entries(standardContract.components).map(([name, { slots, methods }]) => [name, { slots, methods }]),
)

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
    build.onLoad({ filter: /protocol[\\/]channel\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source.replace(/^ {2}parseBridgeMessage,$/m, '  parsePlatformMessage as parseBridgeMessage,')
      if (contents === source)
        throw new Error('channel.ts no longer imports parseBridgeMessage. Adapt slim-protocol.ts.')
      return { contents, loader: 'ts' }
    })
    build.onLoad({ filter: /protocol[\\/]standard-contract\.ts$/ }, () => ({
      contents: `export const standardContract = ${JSON.stringify({ components: slotsAndMethods })}`,
      loader: 'ts',
    }))
  },
})
