import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, within } from 'storybook/test'
import { textOf } from './example-trees'
import { TreePlayground } from './tree-playground'

const meta = {
  title: 'Playground/Tree',
  component: TreePlayground,
  tags: ['!autodocs'],
  args: { text: textOf('A card') },
} satisfies Meta<typeof TreePlayground>
export default meta
type Story = StoryObj<typeof meta>

/** Paste the tree of an extension, or choose one: it is drawn as it would be on the page of a product. */
export const Draw: Story = {
  parameters: { pictures: ['dark', 'narrow'] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Refund' }))
    await expect(await canvas.findByText(/^\d+:onPress\(\)$/)).toBeVisible()
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Example' }), 'A form')
    await userEvent.type(await canvas.findByRole('textbox', { name: /Reason/ }), 'Late')
    await expect(await canvas.findByText(/:onChange\("Late"\)$/)).toBeVisible()
  },
}

/** Every example draws something, whatever the registry. */
export const Mantine: Story = {
  globals: { registry: 'Mantine' },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('button', { name: 'Refund' })).toBeVisible()
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Example' }), 'A chart and a table')
    await expect(await canvas.findByText('Everything passed the contract.')).toBeVisible()
    await expect(await canvas.findByRole('cell', { name: '1043' })).toBeVisible()
  },
}

export const NoJson: Story = {
  args: { text: '{ "component": "Text", ' },
  play: async ({ canvas }) => {
    const told = within(canvas.getByRole('list', { name: 'Diagnostics and events' }))
    await expect(await told.findByText('INVALID_MESSAGE')).toBeVisible()
    await expect(told.getByText(/This is no JSON/)).toBeVisible()
  },
}

export const UnknownComponent: Story = {
  args: { text: textOf('A component nobody offers') },
  play: async ({ canvas }) => {
    const told = within(canvas.getByRole('list', { name: 'Diagnostics and events' }))
    await expect(await told.findByText('UNAUTHORIZED_COMPONENT')).toBeVisible()
    await expect(canvas.getByText('The tree could not be shown')).toBeVisible()
  },
}

export const DroppedProps: Story = {
  args: { text: textOf('Props that are dropped') },
  play: async ({ canvas }) => {
    const told = within(canvas.getByRole('list', { name: 'Diagnostics and events' }))
    await expect(await told.findAllByText('INVALID_PROP')).toHaveLength(4)
    await expect(told.getByText('Button has no prop className; it was dropped.', { exact: false })).toBeVisible()
    await expect(told.getByText('Button has no event onTeleport; it was dropped.', { exact: false })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Refund' })).toBeVisible()
  },
}

const deep = (levels: number): string => '{"component":"Stack","children":['.repeat(levels) + ']}'.repeat(levels)

/** None of it may throw, whatever is typed: what was wrong is said, and what is right again is drawn again. */
export const WrongInManyWays: Story = {
  play: async ({ canvas }) => {
    const editor = canvas.getByRole('textbox', { name: 'Tree as JSON' })
    const told = within(canvas.getByRole('list', { name: 'Diagnostics and events' }))
    const wrong = [
      'null',
      '42',
      '{}',
      '{"component":7}',
      '{"component":"Text","props":[]}',
      '{"component":"Text","props":{"__proto__":{"x":1}}}',
      '{"component":"Text","children":"x"}',
      '{"component":"Text","handlers":["onclick"]}',
      '{"component":"constructor"}',
      '{"id":0,"text":"x"}',
      '[{"id":1,"text":"x"},{"id":1,"text":"y"}]',
      deep(2_000),
    ]
    for (const text of wrong) {
      fireEvent.change(editor, { target: { value: text } })
      await expect((await told.findAllByText(/^[A-Z_]+$/)).length, text).toBeGreaterThan(0)
      fireEvent.change(editor, { target: { value: '"Right again"' } })
      await expect(await canvas.findByText('Right again', { selector: '.tree-playground-drawn *' })).toBeVisible()
      await expect(await canvas.findByText('Everything passed the contract.')).toBeVisible()
    }
  },
}
