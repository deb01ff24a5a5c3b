// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the panel it is about, and renders it once.
import { standardRegistry } from '@souk/host/components'
import { screen } from '@testing-library/dom'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineApp } from '../../packages/extension-sdk/src/app/define-app'
import { defineBlock } from '../../packages/extension-sdk/src/app/workflow'
import * as client from '../../packages/extension-sdk/src/client'
import { Workflow } from '../../packages/extension-sdk/src/fields/workflow-builders'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { createRuntimes, installed, mountPage } from './support/page'
import type { Crossing } from './support/pipe'
import { settle } from './support/settle'

/** The rows of an ArrayInput: the product owns their values and their order, and each has its own instances in the extension. */

const h = sdkReact.createElement

const schema = {
  inputs: {
    lines: Workflow.array({
      label: 'Lines',
      items: Workflow.struct({
        sku: Workflow.string({ label: 'SKU' }).optional(),
        note: Workflow.string({ label: 'Note' }).optional(),
      }),
      maxItems: 200,
    }),
  },
  outputs: {},
}

const rows = {
  mounts: 0,
  unmounts: 0,
  renders: 0,
}
beforeEach(() => void Object.assign(rows, { mounts: 0, unmounts: 0, renders: 0 }))
afterEach(() => document.body.replaceChildren())

/** What a developer writes for one row: with state of its own, buttons of its own, and a label that says which row it is. */
const Row = sdkReact.memo(() => {
  const { index, count, value, update, remove, move } = client.useArrayItem<typeof schema.inputs.lines>()
  const [pressed, setPressed] = sdkReact.useState(0)
  rows.renders++
  sdkReact.useEffect(() => {
    rows.mounts++
    return () => void rows.unmounts++
  }, [])
  return h(
    sdkReact.Fragment,
    null,
    h(client.Text, null, `row ${index + 1} of ${count}: ${value.sku ?? 'nothing'}, pressed ${pressed}`),
    h(client.Button, { label: `Press ${value.sku}`, onPress: () => setPressed(pressed + 1) }),
    h(client.Button, { label: `Fill ${value.sku}`, onPress: () => update({ sku: `${value.sku}-filled` }) }),
    h(client.Button, { label: `Drop ${value.sku}`, onPress: () => remove() }),
    h(client.Button, { label: `First ${value.sku}`, onPress: () => move(0) }),
  )
})

const Panel = () => {
  const { ArrayInput, StringInput } = client.useWorkflow(schema)
  return h(
    client.WorkflowPanel,
    null,
    h(
      ArrayInput,
      { name: 'lines', addLabel: 'Add a line' },
      h(StringInput, { name: 'sku' }),
      h(StringInput, { name: 'note' }),
      h(Row),
    ),
  )
}

const block = defineBlock({ id: 'order', label: 'Order', schema, panel: Panel, execute: () => ({}) })

const open = async (skus: readonly string[]) => {
  const onValuesChange = vi.fn()
  const crossings: Crossing[] = []
  const runtimes = createRuntimes({ one: defineApp({ workflow: { blocks: [block] } }) }, (crossing) =>
    crossings.push(crossing),
  )
  const surfaces = [
    { kind: 'workflow.blocks', id: 'order', label: 'Order' },
    { kind: 'workflow.panels', id: 'order', label: 'Order' },
  ]
  const page = mountPage({
    connect: runtimes.connect,
    registry: standardRegistry,
    extensions: [installed('one', { surfaces })],
    surface: {
      name: 'workflow.panels',
      bare: true,
      context: { nodeId: 'n1', values: { lines: skus.map((sku) => ({ sku })) } },
      onValuesChange,
    },
  })
  const user = userEvent.setup()
  const texts = () => screen.queryAllByText(/^row /).map(({ textContent }) => textContent)
  const rest = () => settle(runtimes.sent)
  await rest()
  return {
    page,
    user,
    texts,
    rest,
    crossings,
    values: () => onValuesChange.mock.lastCall?.[0],
    press: async (name: string) => {
      await user.click(screen.queryByLabelText(name) ?? screen.getByText(name))
      await rest()
    },
    /** The order in which the rows stand in the page, by what is in their first field. */
    skus: () => screen.queryAllByLabelText<HTMLInputElement>('SKU').map(({ value }) => value),
    close: async () => {
      page.unmount()
      await rest()
      expect(rows.mounts).toBe(rows.unmounts)
    },
  }
}

test('each row has its own instances, and knows its place and its values', async () => {
  const panel = await open(['a', 'b'])
  expect(panel.texts()).toEqual(['row 1 of 2: a, pressed 0', 'row 2 of 2: b, pressed 0'])
  await panel.press('Press b')
  expect(panel.texts()).toEqual(['row 1 of 2: a, pressed 0', 'row 2 of 2: b, pressed 1'])
  await panel.close()
})

test('a row keeps its state and its element wherever the user moves it', async () => {
  const panel = await open(['a', 'b', 'c'])
  await panel.press('Press c')
  const field = screen.getAllByLabelText('SKU')[2]
  await panel.press('Move up, 3')
  await panel.press('Move up, 2')
  expect(panel.skus()).toEqual(['c', 'a', 'b'])
  expect(screen.getAllByLabelText('SKU')[0]).toBe(field)
  expect(panel.texts()).toEqual(['row 1 of 3: c, pressed 1', 'row 2 of 3: a, pressed 0', 'row 3 of 3: b, pressed 0'])
  expect(rows).toMatchObject({ mounts: 3, unmounts: 0 })
  await panel.close()
})

test('rows are added and removed by the user, and only those that go are unmounted', async () => {
  const panel = await open(['a', 'b'])
  await panel.press('Add a line')
  const added = screen.getAllByLabelText('SKU')[2] as HTMLElement
  await panel.user.type(added, 'new')
  await panel.rest()
  expect(panel.texts()[2]).toBe('row 3 of 3: new, pressed 0')
  await panel.press('Remove, 1')
  expect(panel.texts()).toEqual(['row 1 of 2: b, pressed 0', 'row 2 of 2: new, pressed 0'])
  expect(rows).toMatchObject({ mounts: 3, unmounts: 1 })
  expect(panel.values()).toEqual({ lines: [{ sku: 'b' }, { sku: 'new' }] })
  await panel.close()
})

test('the extension fills in, moves and removes rows, and what the user typed beside it stays', async () => {
  const panel = await open(['a', 'b', 'c'])
  await panel.user.type(screen.getAllByLabelText('Note')[1] as HTMLElement, 'mine')
  await panel.press('Fill b')
  expect(panel.values()).toEqual({ lines: [{ sku: 'a' }, { sku: 'b-filled', note: 'mine' }, { sku: 'c' }] })
  await panel.press('First c')
  expect(panel.skus()).toEqual(['c', 'a', 'b-filled'])
  await panel.press('Drop a')
  expect(panel.values()).toEqual({ lines: [{ sku: 'c' }, { sku: 'b-filled', note: 'mine' }] })
  expect(panel.texts()).toEqual(['row 1 of 2: c, pressed 0', 'row 2 of 2: b-filled, pressed 0'])
  await panel.user.type(screen.getAllByLabelText('SKU')[1] as HTMLElement, '!')
  await panel.press('Fill b-filled!')
  expect(panel.skus()).toEqual(['c', 'b-filled!-filled'])
  await panel.close()
})

test('typing keeps the focus, and tells the extension of nothing but the letter', async () => {
  const panel = await open(Array.from({ length: 8 }, (_, index) => `row-${index}`))
  const field = screen.getAllByLabelText('SKU')[5] as HTMLInputElement
  await panel.user.click(field)
  await panel.rest()
  const before = { renders: rows.renders, mounts: rows.mounts }
  panel.crossings.length = 0
  await panel.user.type(field, 'abc')
  await panel.rest()
  expect(document.activeElement).toBe(field)
  expect(field.value).toBe('row-5abc')
  // One row hears of its own value: once for each letter, and no other row.
  expect(rows.renders - before.renders).toBe(3)
  expect(rows.mounts).toBe(before.mounts)
  const events = panel.crossings.filter(({ message }) => JSON.stringify(message).includes('event-handler-call'))
  expect(events.length).toBeGreaterThanOrEqual(3)
  for (const { message } of events) expect(JSON.stringify(message).length).toBeLessThan(400)
  await panel.close()
})
