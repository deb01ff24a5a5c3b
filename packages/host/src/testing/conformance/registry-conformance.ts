import type { Contract } from '@souk/extension-sdk/protocol'
import type { Registry } from '../../registry/create-registry'
import { CHROME_CASES, findChromeFaults } from './chrome-faults'
import { findComponentFaults, type Wrap } from './component-faults'

export interface RegistryConformanceOptions {
  /** The registry that the product hands to `SoukProvider`. */
  readonly registry: Pick<Registry<Contract>, 'contract' | 'find' | 'chrome'>
  /** The runner's own, such as `test` of Vitest. It needs a page: jsdom, or a browser. */
  readonly test: (name: string, run: () => Promise<void>) => void
  /** Puts around each component what it needs, such as the provider of a theme. */
  readonly wrap?: Wrap
  /** Components to leave out, each with the reason. */
  readonly except?: Readonly<Record<string, string>>
}

const refuse = (faults: readonly string[]) => {
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/**
 * One test for each component of the contract and each piece of chrome: it draws, has its name, children and slots, takes text for text,
 * offers its methods and tells of what the user does.
 */
export const testRegistry = ({ registry, test, wrap, except = {} }: RegistryConformanceOptions): void => {
  for (const name of Object.keys(registry.contract.components))
    if (!Object.hasOwn(except, name)) test(name, async () => refuse(await findComponentFaults(registry, name, wrap)))
  for (const name of CHROME_CASES)
    test(`chrome.${name}`, async () => refuse(await findChromeFaults(registry.chrome, name, wrap)))
}
