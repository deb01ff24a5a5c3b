import { defineContract } from './contract'
import { createActionComponents } from './standard/actions'
import { createDataComponents } from './standard/data'
import { createFeedbackComponents } from './standard/feedback'
import { createFieldComponents } from './standard/fields'
import { createLayoutComponents } from './standard/layout'
import { createTextComponents } from './standard/text'
import { createWorkflowComponents } from './standard/workflow'
import { createStandardSurfaces } from './standard-surfaces'

const createStandardContract = () =>
  defineContract({
    components: {
      ...createLayoutComponents(),
      ...createTextComponents(),
      ...createActionComponents(),
      ...createFieldComponents(),
      ...createFeedbackComponents(),
      ...createDataComponents(),
      ...createWorkflowComponents(),
    },
    surfaces: createStandardSurfaces(),
  })

/** The components and surfaces that every product with Souk offers, unless it says otherwise. */
// Pure, so that bundlers leave it out where a product has a contract of its own.
export const standardContract = /* @__PURE__ */ createStandardContract()

export type StandardContract = typeof standardContract
export type StandardComponentName = keyof StandardContract['components']
