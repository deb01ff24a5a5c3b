import { createRegistry, standardContract } from '@souk/host'
import { standardComponents } from '@souk/host/components'
import * as actions from './actions'
import * as data from './data'
import * as feedback from './feedback'
import * as fields from './fields'
import * as layout from './layout'
import { chrome, Dialog, Popover, Tooltip } from './overlays'
import * as text from './text'
import * as workflow from './workflow'

// These hold the values of a workflow block's panel: what they draw is a frame around the fields of this registry.
const { ArrayInput, ArrayItem, ConditionalRender, WorkflowPanel } = standardComponents

/** The standard contract in Mantine. */
export const registry = createRegistry({
  contract: standardContract,
  components: {
    ...actions,
    ...data,
    ...feedback,
    ...fields,
    ...layout,
    ...text,
    ...workflow,
    Dialog,
    Popover,
    Tooltip,
    ArrayInput,
    ArrayItem,
    ConditionalRender,
    WorkflowPanel,
  },
  chrome,
})
