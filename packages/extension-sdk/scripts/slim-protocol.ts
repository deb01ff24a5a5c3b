import { readFile } from 'node:fs/promises'
import type { Options } from 'tsup'
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

/** For the relay alone: it bounds what a code may look like, and the host, which shows it, knows which there are. */
export const slimRelay = (): EsbuildPlugin => ({
  name: 'souk-slim-relay',
  setup(build) {
    build.onLoad({ filter: /protocol[\\/]error-codes\.ts$/ }, () => ({
      contents: 'export const isErrorCode = (value) => typeof value === "string" && /^[A-Z][A-Z_]{2,59}$/.test(value)',
      loader: 'ts',
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
