/** Building extensions, for the CLI and for tools of your own. */

export { type BuildOptions, type BuildResult, type BuiltBundle, build } from './build'
export { CLIENT_BUDGET_BYTES } from './client-budget'
export type { BundleSizes, Size } from './measure-sizes'
export { serverProxies } from './server-proxies'
export { type ServerSplitOptions, serverSplit } from './server-split'
