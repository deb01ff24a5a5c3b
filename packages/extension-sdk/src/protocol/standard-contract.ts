import { defineContract } from './contract'
import { createActionComponents } from './standard/actions'
import { createDataComponents } from './standard/data'
import { createFeedbackComponents } from './standard/feedback'
import { createFieldComponents } from './standard/fields'
import { createLayoutComponents } from './standard/layout'
import { createTextComponents } from './standard/text'
import { createWorkflowComponents } from './standard/workflow'

const createStandardContract = () => {
  const string = { type: 'string' } as const
  return defineContract({
    components: {
      ...createLayoutComponents(),
      ...createTextComponents(),
      ...createActionComponents(),
      ...createFieldComponents(),
      ...createFeedbackComponents(),
      ...createDataComponents(),
      ...createWorkflowComponents(),
    },
    surfaces: {
      'record.widgets': {
        description: 'Beside a record.',
        behavior: 'render',
        context: { recordType: string, recordId: string },
      },
      'record.actions': {
        description: 'In the menu of a record.',
        behavior: 'trigger',
        context: { recordType: string, recordId: string },
      },
    },
  })
}

/** The components and surfaces that every product with Souk offers, unless it says otherwise. */
// Pure, so that bundlers leave it out where a product has a contract of its own.
export const standardContract = /* @__PURE__ */ createStandardContract()

export type StandardContract = typeof standardContract
export type StandardComponentName = keyof StandardContract['components']
