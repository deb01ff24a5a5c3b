/** Fields that blocks, triggers, quick actions and forms share. */

export { defineFields } from './define-fields'
export type { FieldBuilder, FieldBuilders, InferFields } from './field-builder'
export { Forms } from './form-builders'
export { Workflow } from './workflow-builders'
