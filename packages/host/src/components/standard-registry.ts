import { standardContract } from '@souk/extension-sdk/protocol'
import { createRegistry } from '../registry/create-registry'
import { standardChrome } from './standard-chrome'
import { standardComponents } from './standard-components'

/** The standard contract in Souk's own look: what a product starts from. */
export const standardRegistry = createRegistry({
  contract: standardContract,
  components: standardComponents,
  chrome: standardChrome,
})
