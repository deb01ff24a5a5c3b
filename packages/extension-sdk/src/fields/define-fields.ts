import type { FieldBuilders } from './field-builder'

/**
 * Checks fields that several schemas share, and gives them back unchanged: `inputs: { ...address, note: Workflow.string() }`, or
 * `Workflow.struct(address)`.
 */
export const defineFields = <const F extends FieldBuilders>(fields: F): F => fields
