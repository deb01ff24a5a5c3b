import type { ReactElement } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import { standardContract } from '../protocol'
import * as client from '.'
import { Badge, Banner, Button, Card, createComponent, IconButton, Input, showToast, Text, Typography } from '.'

test('every component of the standard contract is there under its name', () => {
  const exported = new Map<string, unknown>(Object.entries(client))
  // These take more names than the contract has, so they are functions, too.
  const shaped = new Set(['Badge', 'Banner', 'Button', 'Typography'])
  // These are bound to a schema or a block where they stand in one.
  const bound = new Set(['ArrayInput', 'Form', 'FormField', 'FormSubmit', 'WorkflowNode', 'WorkflowPanel'])
  for (const [name, { slots }] of Object.entries(standardContract.components)) {
    const component = exported.get(name)
    if (bound.has(name)) expect(component).toBeTypeOf('function')
    else if (slots.length === 0 && !shaped.has(name)) expect(component).toBe(name)
    else expect(component).toHaveProperty('displayName', name)
  }
})

test('the components take the props of the contract and no others', () => {
  expectTypeOf<Parameters<NonNullable<Parameters<typeof Input>[0]['onChange']>>>().toEqualTypeOf<[string]>()
  const elements = [
    <Button key="1" variant="primary" onPress={() => {}}>
      Go
    </Button>,
    <Card key="2" title="A" footer={<Text>B</Text>} />,
    // @ts-expect-error there is no such variant
    <Button key="3" variant="huge" />,
    // @ts-expect-error events have the names of the contract
    <IconButton key="4" icon="plus" label="Add" onClick={() => {}} />,
    // @ts-expect-error a field needs its label
    <Input key="5" value="" />,
    // @ts-expect-error an input takes no children
    <Input key="6" label="A">
      text
    </Input>,
    // @ts-expect-error there is no such slot
    <Card key="7" header={<Text>B</Text>} />,
  ]
  expect(elements).toHaveLength(7)
})

/** What an extension's element becomes on the wire. */
const shapeOf = (element: ReactElement): { readonly type: unknown; readonly props: unknown } => {
  const { type, props } = element
  return typeof type === 'function' ? shapeOf((type as (given: unknown) => ReactElement)(props)) : { type, props }
}

const press = () => {}

test.each([
  [
    'onClick of a Button is onPress',
    <Button key="a" label="A" onClick={press} />,
    'Button',
    { label: 'A', onPress: press },
  ],
  ['variant of a Badge is its tone', <Badge key="a" variant="destructive" />, 'Badge', { tone: 'danger' }],
  ['a tone goes before a variant', <Badge key="a" variant="default" tone="info" />, 'Badge', { tone: 'info' }],
  ['variant of a Banner is its tone', <Banner key="a" variant="warning" />, 'Banner', { tone: 'warning' }],
  ['Typography has a name for each role', <Typography.Caption key="a" />, 'Typography', { variant: 'caption' }],
])('%s', (_, element, type, props) => {
  const shape = shapeOf(element)
  expect(shape.type).toBe(type)
  expect(shape.props).toMatchObject(props)
  for (const name of ['onClick', ...(type === 'Typography' ? [] : ['variant'])])
    expect(shape.props).not.toHaveProperty(name)
})

test('a product with a contract of its own makes components from it', () => {
  const Meter = createComponent('Meter', {
    description: 'A meter.',
    props: { value: { type: 'number' } },
    events: {},
    children: false,
    slots: [],
  })
  // @ts-expect-error the value is a number
  expect(<Meter value="1" />).toMatchObject({ type: 'Meter', props: { value: '1' } })
})

test('outside a running extension a call says what to do instead', async () => {
  await expect(showToast({ title: 'A' })).rejects.toMatchObject({
    code: 'CLOSED',
    message: expect.stringContaining('showToast'),
  })
})
