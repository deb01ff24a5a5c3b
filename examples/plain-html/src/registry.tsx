import { createRegistry, standardContract } from '@souk/host'
import { standardComponents } from '@souk/host/components'
import * as content from './content'
import * as fields from './fields'
import { chrome, Dialog, Menu, MenuItem, Popover, Tooltip } from './overlays'
import * as workflow from './workflow'

// These hold the values of a workflow block's panel. What they draw is plain HTML already, as long as there is no style sheet.
const { ArrayInput, ArrayItem, ConditionalRender, WorkflowPanel } = standardComponents

/** The standard contract in nothing but HTML. */
export const registry = createRegistry({
  contract: standardContract,
  components: {
    ...content,
    ...fields,
    ...workflow,
    Dialog,
    Menu,
    MenuItem,
    Popover,
    Tooltip,
    ArrayInput,
    ArrayItem,
    ConditionalRender,
    WorkflowPanel,
  },
  chrome,
})
