import { standardRegistry } from '@souk/host/components'
import { screen } from '@testing-library/dom'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { defineApp } from '../../packages/extension-sdk/src/app/define-app'
import { defineBlock } from '../../packages/extension-sdk/src/app/workflow'
import * as client from '../../packages/extension-sdk/src/client'
import { Workflow } from '../../packages/extension-sdk/src/fields/workflow-builders'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { createRuntimes, installed, mountPage } from './support/page'
import { settle } from './support/settle'

/** Lists in the rows of a list: parcels, each with its items. */

const h = sdkReact.createElement

const items = Workflow.array({
  label: 'Items',
  items: Workflow.struct({ sku: Workflow.string({ label: 'SKU' }).optional() }),
})
const parcels = Workflow.array({
  label: 'Parcels',
  items: Workflow.struct({ address: Workflow.string({ label: 'Address' }).optional(), items: items.optional() }),
})
const schema = { inputs: { parcels }, outputs: {} }

const Item = () => {
  const { index, value, update, remove } = client.useArrayItem<typeof items>()
  const { sku } = value
  return h(
    sdkReact.Fragment,
    null,
    h(client.Text, null, `item ${index + 1}: ${sku ?? 'nothing'}`),
    h(client.Button, { label: `Double ${sku}`, onPress: () => update({ sku: `${sku}${sku}` }) }),
    h(client.Button, { label: `Drop ${sku}`, onPress: () => remove() }),
  )
}

const Parcel = () => {
  const { index, value } = client.useArrayItem<typeof parcels>()
  const skus = value.items?.map(({ sku }) => sku ?? 'nothing').join(' and ')
  return h(client.Text, null, `parcel ${index + 1} to ${value.address ?? 'nobody'}: ${skus || 'empty'}`)
}

const Panel = () => {
  const { ArrayInput } = client.useWorkflow(schema)
  return h(
    client.WorkflowPanel,
    null,
    h(
      ArrayInput,
      { name: 'parcels', addLabel: 'Add a parcel' },
      h(client.StringInput, { name: 'address', label: 'Address' }),
      h(
        client.ArrayInput,
        { name: 'items', label: 'Items', addLabel: 'Add an item' },
        h(client.StringInput, { name: 'sku', label: 'SKU' }),
        h(Item),
      ),
      h(Parcel),
    ),
  )
}

const block = defineBlock({ id: 'send', label: 'Send', schema, panel: Panel, execute: () => ({}) })

afterEach(() => document.body.replaceChildren())

test('rows of a row are added, filled in, moved and removed where they stand', async () => {
  const onValuesChange = vi.fn()
  const runtimes = createRuntimes({ one: defineApp({ workflow: { blocks: [block] } }) })
  const page = mountPage({
    connect: runtimes.connect,
    registry: standardRegistry,
    extensions: [
      installed('one', {
        surfaces: [
          { kind: 'workflow.blocks', id: 'send', label: 'Send' },
          { kind: 'workflow.panels', id: 'send', label: 'Send' },
        ],
      }),
    ],
    surface: {
      name: 'workflow.panels',
      bare: true,
      context: {
        nodeId: 'n1',
        values: { parcels: [{ address: 'Rome', items: [{ sku: 'a' }, { sku: 'b' }] }, { address: 'Oslo' }] },
      },
      onValuesChange,
    },
  })
  const user = userEvent.setup()
  const rest = () => settle(runtimes.sent)
  const press = async (name: string, place = 0) => {
    const labelled = screen.queryAllByLabelText(name)
    await user.click((labelled.length > 0 ? labelled : screen.getAllByText(name))[place] as HTMLElement)
    await rest()
  }
  const texts = (start: RegExp) => screen.queryAllByText(start).map(({ textContent }) => textContent)
  const values = () => onValuesChange.mock.lastCall?.[0]
  await rest()

  expect(texts(/^parcel /)).toEqual(['parcel 1 to Rome: a and b', 'parcel 2 to Oslo: empty'])
  expect(texts(/^item /)).toEqual(['item 1: a', 'item 2: b'])

  await press('Add an item', 1)
  const skus = screen.getAllByLabelText('SKU')
  expect(skus).toHaveLength(3)
  await user.type(skus[2] as HTMLElement, 'c')
  await rest()
  expect(values()).toEqual({
    parcels: [
      { address: 'Rome', items: [{ sku: 'a' }, { sku: 'b' }] },
      { address: 'Oslo', items: [{ sku: 'c' }] },
    ],
  })
  expect(texts(/^parcel /)[1]).toBe('parcel 2 to Oslo: c')

  // By the extension, in a row whose parcel has moved.
  await press('Move up, 2', screen.getAllByLabelText('Move up, 2').length - 1)
  expect(texts(/^parcel /)).toEqual(['parcel 1 to Oslo: c', 'parcel 2 to Rome: a and b'])
  await press('Double b')
  await press('Drop a')
  await press('Double c')
  expect(values()).toEqual({
    parcels: [
      { address: 'Oslo', items: [{ sku: 'cc' }] },
      { address: 'Rome', items: [{ sku: 'bb' }] },
    ],
  })
  expect(texts(/^item /)).toEqual(['item 1: cc', 'item 1: bb'])

  page.unmount()
  await rest()
})
