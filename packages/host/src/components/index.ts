export type { PropsOf } from './component-props'
export { standardChrome } from './standard-chrome'
export { standardComponents } from './standard-components'
export { standardRegistry } from './standard-registry'
