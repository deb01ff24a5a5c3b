import { expect, expectTypeOf, test } from 'vitest'
import { standardContract } from '../protocol'
import * as client from '.'
import { Button, Card, createComponent, Input, showToast, Text } from '.'

test('every component of the standard contract is there under its name', () => {
  const exported = new Map<string, unknown>(Object.entries(client))
  for (const [name, { slots }] of Object.entries(standardContract.components)) {
    const component = exported.get(name)
    if (slots.length === 0) expect(component).toBe(name)
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
    <Button key="4" onClick={() => {}} />,
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
