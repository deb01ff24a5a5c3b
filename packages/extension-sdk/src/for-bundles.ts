/** What a client bundle gets for `@souk/extension-sdk`: the names of the runtime, and its own copy of the builders it uses. */

export * from '@souk/extension-sdk'
export { defineBlock, defineQuickAction, defineTrigger } from './app/workflow'
export { Workflow } from './fields/workflow-builders'
