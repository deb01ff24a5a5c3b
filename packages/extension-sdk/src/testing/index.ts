export type { FakeAnswer, FakeDelivery } from './fake-webhooks'
/** What the tests of an extension call. It runs in Node with a DOM such as jsdom; nothing of it reaches a bundle. */

export { connectApp } from './connect-app'
export {
  createRenderer,
  type FakeHostRecord,
  type Renderer,
  type RendererOptions,
  type ServerFunctions,
} from './create-renderer'
export type { FakeFile } from './fake-files'
export {
  createServerHarness,
  type EgressRecord,
  type ServerHarness,
  type ServerHarnessOptions,
} from './server-harness'
export type { BlockContextOf, ContextOf, OwnSurface, SurfacePart, TestSurface } from './test-surface'
