// @vitest-environment jsdom
// biome-ignore-all lint/correctness/noComponentHookFactories: each test has the component it is about.

import { within } from '@testing-library/dom'
import { HttpResponse, http } from 'msw'
import { Suspense, useEffect, useState } from 'react'
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import {
  type BulkRecordAction,
  type CallTextAction,
  defineBlock,
  defineConfig,
  defineQuickAction,
  type RecordAction,
  type RecordWidget,
  Workflow,
} from '..'
import {
  alert,
  Button,
  confirm,
  createServerFunction,
  Form,
  FormField,
  type FormRef,
  FormSubmit,
  Forms,
  Input,
  navigateTo,
  SdkError,
  showDialog,
  showToast,
  Text,
  useArrayItem,
  useAsyncCache,
  useForm,
  useRecord,
  useRecords,
  useSettings,
  useStream,
  useWorkflow,
  useWorkflowNode,
  WorkflowNode,
  WorkflowNodeText,
  WorkflowPanel,
} from '../client'
import {
  callHost,
  fetch,
  getCurrentUser,
  getOrganizationSettings,
  InvalidInputError,
  setOrganizationSettings,
  signal,
  storage,
} from '../server'
import { createRenderer, createServerHarness } from '.'

const widgetOf = (component: RecordWidget['component']): RecordWidget => ({ id: 'w', label: 'W', component })

const find = createServerFunction('src/orders.server.ts#find') as (id: string) => Promise<{ at: Date }>

describe('a server function that streams', () => {
  const summarize = createServerFunction('src/summary.server.ts#summarize') as unknown as (
    id: string,
  ) => AsyncGenerator<string>
  const Summary = () => {
    const { parts, isDone, error } = useStream(summarize, 'T-1')
    return <Text>{`${parts.join('')} ${isDone ? 'done' : 'more'} ${error ? (error as SdkError).code : ''}`}</Text>
  }
  const render = (answer: () => AsyncGenerator<unknown>) =>
    createRenderer(widgetOf(Summary), { serverFunctions: { summarize: answer } })

  test('is shown as it comes', async () => {
    let go = () => {}
    const isTime = new Promise<void>((resolve) => {
      go = resolve
    })
    const view = await render(async function* () {
      yield 'one '
      await isTime
      yield 'two'
    })
    await view.findByText('one more')
    go()
    await view.findByText('one two done')
    expect(view.host.errors).toEqual([])
    await view.unmount()
  })

  test('keeps what came before its error, which is itself', async () => {
    const view = await render(async function* () {
      yield 'one '
      throw new InvalidInputError('No', { id: 'Unknown' })
    })
    await view.findByText('one done INVALID_INPUT')
    await view.unmount()
  })

  test('ends when its surface is closed', async () => {
    let hasEnded = false
    const view = await render(async function* () {
      try {
        for (;;) yield '.'
      } finally {
        hasEnded = true
      }
    })
    await view.findByText(/^\. ?more|^\.+/)
    await view.unmount()
    await vi.waitFor(() => expect(hasEnded).toBe(true))
  })

  test('can be looped over, and is ended by leaving the loop', async () => {
    let hasEnded = false
    const seen: unknown[] = []
    const action: RecordAction = {
      id: 'a',
      label: 'A',
      onTrigger: async () => {
        for await (const part of summarize('T-1')) {
          seen.push(part)
          if (seen.length === 2) break
        }
      },
    }
    const view = await createRenderer(action, {
      serverFunctions: {
        async *summarize() {
          try {
            yield new Date(0)
            yield new Map([['a', 1n]])
            yield 3
          } finally {
            hasEnded = true
          }
        },
      },
    })
    await view.trigger()
    expect(seen).toEqual([new Date(0), new Map([['a', 1n]])])
    await vi.waitFor(() => expect(hasEnded).toBe(true))
    await view.unmount()
  })

  test('is told from one that does not: a loop over that is refused', async () => {
    const codes: unknown[] = []
    const codeOf = (error: unknown) => void codes.push((error as SdkError).code)
    const plain = createServerFunction('src/summary.server.ts#plain')
    const action: RecordAction = {
      id: 'a',
      label: 'A',
      onTrigger: async () => {
        try {
          for await (const _ of plain()) break
        } catch (error) {
          codeOf(error)
        }
      },
    }
    const view = await createRenderer(action, { serverFunctions: { plain: () => 1 } })
    await view.trigger()
    expect(codes).toEqual(['INVALID_INPUT'])
    await view.unmount()
  })

  test('streams in the harness, in a call of its own that ends with it', async () => {
    let wasAborted: boolean | undefined
    const functions = {
      async *greet(name: string) {
        const current = signal()
        try {
          yield `Hello ${name}`
          yield (await getCurrentUser()).id
          throw new InvalidInputError('No', { name: 'Unknown' })
        } finally {
          wasAborted = current.aborted
        }
      },
    }
    const harness = await createServerHarness({ functions, user: { id: 'ada' } })
    const parts: string[] = []
    const reading = (async () => {
      for await (const part of harness.functions.greet('Ada')) parts.push(part)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: { name: 'Unknown' } })
    expect(parts).toEqual(['Hello Ada', 'ada'])
    expect(wasAborted).toBe(false)
    for await (const _ of harness.functions.greet('Ada')) break
    expect(wasAborted).toBe(true)
    harness.close()
  })
})

describe('createRenderer, of a widget', () => {
  test('draws it with its record and settings, and passes on what changes', async () => {
    const Widget = () => {
      const { recordId } = useRecord()
      const { organization } = useSettings()
      return <Text>{`${recordId} at ${JSON.stringify(organization)}`}</Text>
    }
    const view = await createRenderer(widgetOf(Widget), {
      context: { recordType: 'ticket', recordId: 'T-1' },
      settings: { organization: { shop: 'North' } },
    })
    await view.findByText('T-1 at {"shop":"North"}')
    await view.update({ recordType: 'ticket', recordId: 'T-2' })
    await view.findByText('T-2 at {"shop":"North"}')
    await view.unmount()
    expect(view.container.isConnected).toBe(false)
  })

  test('typing is kept, however late the extension answers', async () => {
    const Widget = () => {
      const [name, setName] = useState('')
      return (
        <>
          <Input label="Name" value={name} onChange={setName} />
          <Text>{`Hello ${name}`}</Text>
        </>
      )
    }
    const view = await createRenderer(widgetOf(Widget))
    const field = await view.findByLabelText('Name')
    await view.user.type(field, 'Augusta Ada King')
    expect(field).toHaveProperty('value', 'Augusta Ada King')
    await view.findByText('Hello Augusta Ada King')
    await view.unmount()
  })

  test('calls server functions as over the wire, and keeps their answers', async () => {
    const answer = vi.fn(async (_id: string) => ({ at: new Date(0) }))
    const Order = () => <Text>{useAsyncCache(find, 'o-1').at.toISOString()}</Text>
    const Widget = () => (
      <Suspense fallback={<Text>Loading</Text>}>
        <Order />
        <Order />
      </Suspense>
    )
    const view = await createRenderer(widgetOf(Widget), { serverFunctions: { find: answer } })
    expect(await view.findAllByText('1970-01-01T00:00:00.000Z')).toHaveLength(2)
    expect(answer).toHaveBeenCalledOnce()
    expect(view.host.calls).toEqual([{ id: 'src/orders.server.ts#find', args: ['o-1'] }])
    await view.unmount()
  })

  test('a function the test forgot is named', async () => {
    const view = await createRenderer(
      widgetOf(() => (
        <Button onPress={() => find('1').catch((error) => showToast({ title: error.message }))}>Go</Button>
      )),
    )
    await view.user.click(await view.findByRole('button', { name: 'Go' }))
    await view.findByText(/The test has no server function src\/orders.server.ts#find; it has none/)
    await view.unmount()
  })

  test('what throws while it is drawn is told', async () => {
    const view = await createRenderer(
      widgetOf(() => {
        throw new Error('It broke.')
      }),
    )
    await expect.poll(() => view.host.errors).toMatchObject([{ code: 'EXTENSION_ERROR', message: 'It broke.' }])
    await view.unmount()
  })
})

describe('createRenderer, of an action', () => {
  test('opens dialogs that resolve, asks, tells and navigates', async () => {
    const cleanUp = vi.fn()
    const Dialog = ({ close }: { close: () => Promise<void> }) => {
      useEffect(() => cleanUp, [])
      return <Button onPress={close}>Done</Button>
    }
    const action: RecordAction = {
      id: 'a',
      label: 'A',
      shouldShow: ({ recordType }) => recordType === 'ticket',
      async onTrigger({ recordId }) {
        const { closed } = await showDialog({ title: `About ${recordId}`, Dialog })
        await closed
        if (!(await confirm({ title: 'Sure?', confirmLabel: 'Do it' }))) return
        await alert({ title: 'Done', description: 'All of it.' })
        await showToast({ title: 'Sent', variant: 'success' })
        await navigateTo('/tickets/7')
      },
    }
    const view = await createRenderer(action, { context: { recordType: 'ticket', recordId: 'T-1' } })
    expect(await view.shouldShow()).toBe(true)
    const done = view.trigger()
    await view.findByRole('dialog', { name: 'About T-1' })
    await view.user.click(await view.findByRole('button', { name: 'Done' }))
    await view.user.click(await view.findByRole('button', { name: 'Do it' }))
    expect(cleanUp).toHaveBeenCalledOnce()
    await view.findByText('All of it.')
    await view.user.click(view.getByRole('button', { name: 'OK' }))
    await done
    expect(view.host.toasts).toEqual([{ title: 'Sent', variant: 'success' }])
    expect(view.host.navigations).toEqual(['/tickets/7'])
    expect(view.queryByRole('dialog')).toBeNull()
    await view.unmount()
  })

  test('rejects with what the action threw', async () => {
    const action: RecordAction = {
      id: 'a',
      label: 'A',
      onTrigger: () => Promise.reject(new SdkError('CONFLICT', 'Too late.')),
    }
    const view = await createRenderer(action, { context: { recordType: 'ticket', recordId: 'T-1' } })
    await expect(view.trigger()).rejects.toMatchObject({ code: 'CONFLICT', message: 'Too late.' })
    await view.unmount()
  })

  test('gives a bulk action its records and a text action its selection', async () => {
    const seen: unknown[] = []
    const bulk: BulkRecordAction = { id: 'b', label: 'B', onTrigger: (context) => void seen.push(context) }
    const text: CallTextAction = { id: 'c', label: 'C', onTrigger: (context) => void seen.push(context) }
    const records = { recordType: 'ticket', recordIds: ['1', '2'] }
    const selection = { callRecordingId: 'call', text: 'What was said' }
    const first = await createRenderer(bulk, { context: records })
    await first.trigger()
    await first.unmount()
    const second = await createRenderer(text, { context: selection, kind: 'callRecording.transcript' })
    await second.trigger()
    await second.unmount()
    expect(seen).toEqual([records, selection])
  })
})

test('a surface of the product is rendered by its kind', async () => {
  const Sidebar = () => <Text>{useRecords().recordIds.join()}</Text>
  const view = await createRenderer(widgetOf(Sidebar), {
    kind: 'ticket.sidebar',
    context: { recordType: 'ticket', recordId: 'T-9' },
  })
  await view.findByText('T-9')
  await view.unmount()
})

const orderForm = {
  email: Forms.string().email().label('E-mail'),
  note: Forms.string().optional().multiline().maxLength(20),
  amount: Forms.number().positive().max(100),
  reason: Forms.select(['late', { value: 'broken', label: 'Broken' }]),
  urgent: Forms.boolean(),
}

describe('forms', () => {
  test('send typed values once, show what is wrong at its field, and what the server refuses as well', async () => {
    const onSubmit = vi.fn<(values: unknown) => Promise<void>>()
    onSubmit.mockImplementationOnce(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      throw Object.assign(new Error('Refused.'), { fields: { amount: 'At most 5 are left.' } })
    })
    onSubmit.mockRejectedValueOnce(new Error('The shop is closed.'))
    const Widget = () => (
      <Form schema={orderForm} defaultValues={{ reason: 'late' }} onSubmit={onSubmit}>
        <FormField name="email" />
        <FormField name="note" label="Note" />
        <FormField name="amount" />
        <FormField name="reason" />
        <FormField name="urgent" />
        <FormSubmit label="Send" loadingText="Sending" />
      </Form>
    )
    const view = await createRenderer(widgetOf(Widget))
    const send = await view.findByRole('button', { name: 'Send' })
    await view.user.click(send)
    expect(await view.findAllByText('This is required.')).toHaveLength(2)
    expect(onSubmit).not.toHaveBeenCalled()
    await view.user.type(view.getByLabelText('E-mail'), 'ada')
    await view.findByText('Enter an e-mail address.')
    await view.user.type(view.getByLabelText('E-mail'), '@example.com')
    await view.user.type(view.getByLabelText('Amount'), '12.5')
    await view.user.selectOptions(view.getByLabelText('Reason'), 'broken')
    await view.user.click(view.getByLabelText('Urgent'))
    await expect.poll(() => view.queryAllByText('This is required.')).toHaveLength(0)
    await view.user.dblClick(send)
    await view.findByText('At most 5 are left.')
    expect(onSubmit).toHaveBeenCalledOnce()
    expect(onSubmit).toHaveBeenCalledWith({ email: 'ada@example.com', amount: 12.5, reason: 'broken', urgent: true })
    await view.user.click(send)
    await view.findByText('The shop is closed.')
    await view.user.click(send)
    await expect.poll(() => onSubmit).toHaveBeenCalledTimes(3)
    expect(view.host.errors).toEqual([])
    await view.unmount()
  })

  test('are driven by useForm and by a ref', async () => {
    const ref: { current: FormRef<typeof orderForm> | null } = { current: null }
    const Held = () => {
      const form = useForm({ schema: orderForm, defaultValues: { amount: 1 } })
      return (
        <>
          <Form form={form}>
            <FormField name="amount" label="Held amount" />
          </Form>
          <Button onPress={() => form.setValue('amount', 7)}>Seven</Button>
          <Text>{`Now ${form.values.amount}`}</Text>
          <Form schema={orderForm} ref={ref}>
            <FormField name="email" label="Referred e-mail" />
          </Form>
        </>
      )
    }
    const view = await createRenderer(widgetOf(Held))
    await view.user.click(await view.findByRole('button', { name: 'Seven' }))
    await view.findByText('Now 7')
    await expect.poll(() => view.getByLabelText('Held amount')).toHaveProperty('value', '7')
    expect(ref.current?.validate()).toBe(false)
    await view.findByText('This is required.')
    ref.current?.reset({ email: 'ada@example.com' })
    await expect.poll(() => view.getByLabelText('Referred e-mail')).toHaveProperty('value', 'ada@example.com')
    expect(ref.current?.getValues()).toMatchObject({ email: 'ada@example.com' })
    await view.unmount()
  })

  test('a field that the schema lacks, or that stands in no form, says so', async () => {
    const view = await createRenderer(
      widgetOf(() => (
        <Form schema={orderForm}>
          <FormField name="emial" />
        </Form>
      )),
    )
    await expect.poll(() => view.host.errors[0]?.message).toContain('has no field emial')
    await view.unmount()
  })

  test('are checked while they are written', () => {
    const elements = [
      <Form key="1" schema={orderForm} onSubmit={({ amount }) => expectTypeOf(amount).toEqualTypeOf<number>()} />,
      <Form
        key="2"
        schema={orderForm}
        onSubmit={({ note }) => expectTypeOf(note).toEqualTypeOf<string | undefined>()}
      />,
      // @ts-expect-error the schema has no such value
      <Form key="3" schema={orderForm} onSubmit={({ total }) => total} />,
      // @ts-expect-error a number is no text
      <Form key="4" schema={orderForm} defaultValues={{ amount: 'one' }} />,
      // @ts-expect-error it is none of the choices
      <Form key="5" schema={orderForm} defaultValues={{ reason: 'lost' }} />,
    ]
    expect(elements).toHaveLength(5)
    // @ts-expect-error text is no number
    Forms.string().default(5)
    // @ts-expect-error a number has no format
    expect(() => Forms.number().email()).toThrow()
  })
})

const schema = {
  inputs: {
    channel: Workflow.select({ label: 'Channel', options: ['general', 'ops'], placeholder: 'Choose' }),
    text: Workflow.string({ label: 'Text', description: 'What it says.' }),
    fields: Workflow.array({ label: 'Fields', items: Workflow.struct({ key: Workflow.string({ label: 'Key' }) }) }),
  },
  outputs: { length: Workflow.number() },
}

describe('blocks', () => {
  const mounted = vi.fn()
  const Panel = () => {
    const { data, updateData, VarField, StringInput, OptionsInput, ArrayInput, ConditionalRender } = useWorkflow(schema)
    return (
      <WorkflowPanel>
        <OptionsInput name="channel" />
        <ConditionalRender field="channel" equals="ops">
          <Text>Operations are watching.</Text>
        </ConditionalRender>
        <VarField name="text">
          <Mounted />
          <StringInput name="text" />
        </VarField>
        <ArrayInput name="fields" addLabel="Add field">
          <StringInput name="key" />
        </ArrayInput>
        <Text>{`${data.text?.length ?? 0} characters`}</Text>
        <Button onPress={() => updateData({ text: 'Template' })}>Template</Button>
      </WorkflowPanel>
    )
  }
  const Mounted = () => {
    useEffect(mounted, [])
    return null
  }
  const block = defineBlock({
    id: 'send',
    label: 'Send a message',
    schema,
    panel: Panel,
    node: () => (
      <WorkflowNode>
        <WorkflowNodeText>{`To ${useWorkflowNode().data.channel}`}</WorkflowNodeText>
      </WorkflowNode>
    ),
    execute: ({ text }) => ({ length: text.length }),
  })

  test('a panel holds the values, tells changes in proportion, and takes what the extension sets', async () => {
    const view = await createRenderer(block, { context: { values: { channel: 'general', text: 'Hi' } } })
    await view.findByRole('region', { name: 'Send a message' })
    const text = view.getByLabelText('Text')
    await view.user.type(text, ' there, all of you')
    await view.findByText('20 characters')
    expect(document.activeElement).toBe(text)
    expect(mounted).toHaveBeenCalledOnce()
    expect(view.queryByText('Operations are watching.')).toBeNull()
    await view.user.selectOptions(view.getByLabelText('Channel'), 'ops')
    await view.findByText('Operations are watching.')
    const template = view.getByRole('button', { name: 'Template' })
    await view.user.click(template)
    await expect.poll(() => text).toHaveProperty('value', 'Template')
    await view.user.type(text, '!')
    await view.findByText('9 characters')
    // The same once more: what the user changed in between does not hide it.
    await view.user.click(template)
    await expect.poll(() => text).toHaveProperty('value', 'Template')
    await view.user.click(view.getByRole('button', { name: 'Add field' }))
    await view.user.type(await view.findByLabelText('Key'), 'a')
    expect(view.values()).toEqual({ channel: 'ops', text: 'Template', fields: [{ key: 'a' }] })
    await view.unmount()
  })

  test('a node shows the values, and a block runs alone', async () => {
    const view = await createRenderer(block, { part: 'node', context: { values: { channel: 'ops' } } })
    await view.findByRole('article', { name: 'Send a message' })
    await view.findByText('To ops')
    expect(await view.run({ channel: 'ops', text: 'Hello', fields: [] })).toEqual({ length: 5 })
    await view.unmount()
  })

  test('components keep their identity, and names are those of the schema', () => {
    const Names = () => {
      const { StringInput, updateData } = useWorkflow(schema)
      // @ts-expect-error the schema has no such text
      updateData({ text: 5 })
      // @ts-expect-error the schema has no such field
      return <StringInput name="txt" />
    }
    expect(Names).toBeTypeOf('function')
  })
})

describe('the items of a list', () => {
  const lines = {
    inputs: {
      lines: Workflow.array({
        label: 'Lines',
        items: Workflow.struct({ sku: Workflow.string({ label: 'Sku' }), amount: Workflow.number().optional() }),
        minItems: 1,
      }),
      tags: Workflow.array({ items: Workflow.string() }),
    },
    outputs: {},
  }
  const Row = () => {
    const { index, value, update, remove, move } = useArrayItem<typeof lines.inputs.lines>()
    const [clicks, setClicks] = useState(0)
    return (
      <>
        <Text>{`${index + 1}: ${value.sku} ${value.amount ?? ''}, ${clicks} clicks`}</Text>
        <Button label={`Click ${value.sku}`} onPress={() => setClicks(clicks + 1)} />
        <Button label={`Double ${value.sku}`} onPress={() => update({ amount: (value.amount ?? 1) * 2 })} />
        <Button label={`Drop ${value.sku}`} onPress={remove} />
        <Button label={`First ${value.sku}`} onPress={() => move(0)} />
      </>
    )
  }
  const Panel = () => {
    const { ArrayInput, StringInput, NumberInput } = useWorkflow(lines)
    return (
      <WorkflowPanel>
        <ArrayInput name="lines">
          <StringInput name="sku" />
          <NumberInput name="amount" />
          <Row />
        </ArrayInput>
      </WorkflowPanel>
    )
  }
  const block = defineBlock({ id: 'order', label: 'Order', schema: lines, panel: Panel, execute: () => ({}) })

  test('each has its own state, values and buttons', async () => {
    const values = { lines: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c', amount: 2 }] }
    const view = await createRenderer(block, { context: { values } })
    await view.user.click(await view.findByText('Click c'))
    await view.findByText('3: c 2, 1 clicks')
    await view.user.click(view.getByText('First c'))
    await view.findByText('1: c 2, 1 clicks')
    await view.user.click(view.getByText('Double c'))
    await view.findByText('1: c 4, 1 clicks')
    await view.user.click(view.getByText('Drop a'))
    await view.findByText('2: b , 0 clicks')
    await view.user.click(view.getByText('Move down, 1'))
    await view.findByText('2: c 4, 1 clicks')
    await view.user.click(view.getByText('Drop b'))
    await vi.waitFor(() => expect(view.values()).toEqual({ lines: [{ sku: 'c', amount: 4 }] }))
    // As few as there may be.
    await view.user.click(view.getByText('Drop c'))
    await view.user.click(view.getByText('Click c'))
    await view.findByText('1: c 4, 2 clicks')
    expect(view.values()).toEqual({ lines: [{ sku: 'c', amount: 4 }] })
    expect(view.host.errors).toEqual([])
    await view.unmount()
  })

  test('useArrayItem is refused outside of a list', async () => {
    const Lost = () => {
      useArrayItem()
      return null
    }
    const lost = defineBlock({ id: 'lost', label: 'Lost', schema: lines, panel: Lost, execute: () => ({}) })
    const view = await createRenderer(lost)
    await vi.waitFor(() =>
      expect(view.host.errors).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('outside of the children of an ArrayInput') }),
      ),
    )
    await view.unmount()
  })

  test('its values are typed by the list it names', () => {
    const Typed = () => {
      const { value, update } = useArrayItem<typeof lines.inputs.lines>()
      const sku: string | undefined = value.sku
      // @ts-expect-error the items have no such field
      value.name
      // @ts-expect-error an amount is a number
      update({ amount: 'two' })
      // @ts-expect-error the items have no such field
      update({ name: sku })
      return null
    }
    expect(Typed).toBeTypeOf('function')
    expectTypeOf(useArrayItem).returns.toHaveProperty('value')
  })
})

describe('a quick action', () => {
  const refund = defineQuickAction({
    id: 'refund',
    label: 'Refund',
    schema: {
      inputs: { orderId: Workflow.string({ label: 'Order' }), amount: Workflow.currency({ label: 'Amount', min: 1 }) },
    },
    getDefaults: ({ recordId }) => ({ orderId: recordId ?? '' }),
    shouldShow: ({ recordType }) => recordType === 'order',
    execute: async ({ orderId, amount }) => {
      if (amount > 10) throw new SdkError('INVALID_INPUT', 'Refused.', { fields: { amount: 'At most 10.' } })
      executed(orderId, amount)
      await new Promise((resolve) => setTimeout(resolve, 100))
    },
    config: { requiresConfirmation: true, confirmationMessage: 'The money leaves at once.' },
  })
  const executed = vi.fn()

  test('is prefilled, confirmed, refused at its field, and done once', async () => {
    const view = await createRenderer(refund, { context: { recordType: 'order', recordId: 'o-1' } })
    expect(await view.shouldShow()).toBe(true)
    const confirmed = async () => {
      const question = await view.findByRole('alertdialog', { name: 'Refund' })
      await view.user.click(within(question).getByRole('button', { name: 'Refund' }))
    }
    const done = view.trigger()
    expect(await view.findByLabelText('Order')).toHaveProperty('value', 'o-1')
    await view.user.type(view.getByLabelText('Amount'), '50')
    const submit = view.getByRole('button', { name: 'Refund' })
    await view.user.click(submit)
    await view.findByText('The money leaves at once.')
    await confirmed()
    await view.findByText('At most 10.')
    await view.user.clear(view.getByLabelText('Amount'))
    await view.user.type(view.getByLabelText('Amount'), '5')
    await view.user.dblClick(submit)
    await confirmed()
    await done
    expect(executed.mock.calls).toEqual([['o-1', 5]])
    expect(view.host.confirmations).toHaveLength(2)
    expect(view.host.toasts).toEqual([{ title: 'Refund: done', variant: 'success' }])
    await view.unmount()
  })
})

describe('createServerHarness', () => {
  const module = {
    async charge(amount: bigint) {
      if (amount < 0n) throw new InvalidInputError('Refused.', { amount: 'Not below 0.' })
      const response = await fetch('https://pay.example.com/charges', { method: 'POST', body: String(amount) })
      const { shop } = await getOrganizationSettings<{ shop: string }>()
      return { status: response.status, shop, by: (await getCurrentUser()).id, at: new Date(0) }
    },
    leak: async () => fetch('https://evil.example.com/'),
  }
  const config = defineConfig({
    id: 'pay',
    egress: {
      server: [
        {
          host: 'pay.example.com',
          purpose: 'Charges',
          attach: { setting: 'key', header: 'authorization', format: 'Bearer {value}' },
        },
      ],
    },
  })

  test('runs functions in a call, with fake services, and adds credentials as the broker does', async () => {
    const seen: string[] = []
    const harness = await createServerHarness({
      functions: module,
      config,
      secrets: { key: 's3cret' },
      settings: { organization: { shop: 'North' } },
      user: { id: 'ada' },
      egress: [
        http.post('https://pay.example.com/charges', async ({ request }) => {
          seen.push(`${request.headers.get('authorization')} ${await request.text()}`)
          return HttpResponse.json({}, { status: 201 })
        }),
      ],
    })
    try {
      expect(await harness.functions.charge(5n)).toEqual({ status: 201, shop: 'North', by: 'ada', at: new Date(0) })
      expect(seen).toEqual(['Bearer s3cret 5'])
      await expect(harness.functions.charge(-1n)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        fields: { amount: 'Not below 0.' },
      })
      await expect(harness.functions.leak()).rejects.toMatchObject({ code: 'EGRESS_DENIED' })
      expect(harness.requests.map(({ url }) => url)).toEqual(['https://pay.example.com/charges'])
    } finally {
      harness.close()
    }
    await expect(getCurrentUser()).rejects.toMatchObject({ code: 'NOT_IN_SERVER_FUNCTION' })
  })
})

describe('the platform in a harness', () => {
  const start = async <const M extends object>(functions: M, options: object = {}) => {
    const harness = await createServerHarness({ functions, ...options })
    onTestFinished(() => harness.close())
    return harness.functions
  }

  test('keeps values by key, with conditions, times and lists, and none of another harness', async () => {
    const names = storage.collection('names')
    const module = {
      count: () => storage.update<number>('count', (current = 0) => current + 1),
      both: async () => [
        await storage.setIfAbsent('once', 1),
        await storage.setIfAbsent('once', 2),
        await storage.compareAndSet('once', 2, 3),
        await storage.compareAndSet('once', 1, 3),
        await storage.get('once'),
        await storage.remove('once'),
        await storage.remove('once'),
      ],
      async keep() {
        for (const name of ['b', 'a', 'c']) await names.set(name, { at: new Date(0) })
        const page = await names.list({ limit: 2 })
        const rest = await names.list({ cursor: page.nextCursor ?? '' })
        return [...page.items, ...rest.items].map(({ key }) => key).concat(String(rest.nextCursor))
      },
      date: async () => (await names.get<{ at: Date }>('a'))?.at,
      forget: () => storage.set('short', 1, { ttlSeconds: 60 }),
      short: () => storage.get('short'),
      nothing: () => storage.set('a', undefined),
    }
    const functions = await start(module)
    expect(await Promise.all(Array.from({ length: 5 }, () => functions.count()))).toContain(5)
    expect(await functions.both()).toEqual([true, false, false, true, 3, true, false])
    expect(await functions.keep()).toEqual(['a', 'b', 'c', 'null'])
    expect(await functions.date()).toEqual(new Date(0))
    await functions.forget()
    expect(await functions.short()).toBe(1)
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000)
    expect(await functions.short()).toBeUndefined()
    clock.mockRestore()
    await expect(functions.nothing()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await (await start(module)).count()).toBe(1)
  })

  test('keeps values of a connection apart', async () => {
    const account = { definition: 'shop', type: 'secret', scope: 'organization', status: 'active', variables: {} }
    const connections = [{ ...account, id: 'north', label: 'North', expiresAt: null }]
    const functions = await start(
      {
        async write() {
          await storage.set('cursor', 'of the installation')
          await storage.set('cursor', 'of the connection', { scope: 'connection' })
        },
        read: async () => [
          await storage.get('cursor'),
          await storage.get('cursor', { scope: 'connection' }),
          await storage.collection('', { connectionId: 'north' }).get('cursor'),
        ],
      },
      { context: { connections } },
    )
    await functions.write()
    expect(await functions.read()).toEqual(['of the installation', 'of the connection', 'of the connection'])
  })

  test('saves settings for the calls after it, and answers for the product', async () => {
    const functions = await start(
      {
        rename: (shop: string | null) => setOrganizationSettings({ shop }),
        settings: () => getOrganizationSettings(),
        find: (id: string) => callHost('tickets.find', { id }),
        miss: () => callHost('tickets.remove'),
      },
      {
        settings: { organization: { shop: 'North', limit: 5 } },
        hostFunctions: { 'tickets.find': ({ id }: { id: string }) => ({ id, subject: 'Mugs' }) },
      },
    )
    await functions.rename('South')
    expect(await functions.settings()).toEqual({ shop: 'South', limit: 5 })
    await functions.rename(null)
    expect(await functions.settings()).toEqual({ limit: 5 })
    expect(await functions.find('T-1')).toEqual({ id: 'T-1', subject: 'Mugs' })
    await expect(functions.miss()).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' })
  })
})

test('a renderer is typed by its surface', () => {
  const widget = widgetOf(() => null)
  const bulk: BulkRecordAction = { id: 'b', label: 'B', onTrigger: () => {} }
  const misuses = [
    // @ts-expect-error a widget stands beside one record
    () => createRenderer(widget, { context: { recordType: 'ticket', recordIds: [] } }),
    // @ts-expect-error a bulk action is for several records
    () => createRenderer(bulk, { context: { recordType: 'ticket', recordId: '1' } }),
    // @ts-expect-error there is no such option
    () => createRenderer(widget, { functions: {} }),
  ]
  expect(misuses).toHaveLength(3)
})
