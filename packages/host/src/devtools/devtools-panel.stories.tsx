import type { PlainValue, PortLike } from '@souk/extension-sdk/protocol'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { HostError } from '../host-error'
import { testExtension } from '../testing/fake-extension'
import { createDevtools } from './create-devtools'
import { DevtoolsPanel } from './devtools-panel'

/** Devtools that have heard a short session. */
const createHeard = () => {
  const hears = new Set<(event: MessageEvent) => void>()
  const port: PortLike = {
    postMessage: () => undefined,
    addEventListener: (_type, listener) => void hears.add(listener),
    removeEventListener: (_type, listener) => void hears.delete(listener),
  }
  let told: PortLike | undefined
  const devtools = createDevtools({
    onDiagnostic: () => undefined,
    connect({ extension, onConnect, onEnd }) {
      if (extension.title === 'Broken') onEnd(new HostError('EXTENSION_UNRESPONSIVE', 'It hangs.'))
      else onConnect(port, 1, [])
      return { dispose: () => undefined }
    },
  })
  const connect = (title: string) =>
    devtools.connect({
      extension: testExtension({ title, appInstallationId: title }),
      report: () => undefined,
      onConnect(tapped) {
        told = tapped
      },
      onEnd: () => undefined,
    })
  const say = (type: string, payload: PlainValue) => {
    for (const hear of hears) hear({ data: { kind: 'notice', type, payload } } as MessageEvent)
  }
  connect('Orders')
  connect('Broken')
  told?.postMessage({
    ...{ kind: 'request', type: 'trigger-surface', requestId: 'r1' },
    payload: { kind: 'record.widgets', surfaceId: 'orders', instanceId: 'i1', context: { recordId: '7' } },
  })
  say('render-component', {
    rootId: 'i1',
    commit: 1,
    operations: [
      {
        ...{ op: 'insert', parent: 0, before: 0 },
        node: {
          ...{ id: 1, component: 'Stack', props: { gap: 'small' }, handlers: [] },
          children: [
            { id: 2, component: 'Text', props: {}, handlers: [], children: [{ id: 3, text: 'Recent orders' }] },
            { id: 4, component: 'Button', props: { label: 'Refund' }, handlers: ['onPress'], children: [] },
          ],
        },
      },
    ],
  })
  for (const hear of hears)
    hear({
      data: {
        ...{ kind: 'answer', type: 'trigger-surface-result', requestId: 'r1', ok: false },
        error: { code: 'TIMEOUT', message: 'Too late.' },
      },
    } as MessageEvent)
  devtools.report({ code: 'INVALID_PROP', message: 'Button has no prop colour; it is dropped.', rootId: 'i1' })
  return devtools
}

const meta = {
  title: 'Devtools/DevtoolsPanel',
  component: DevtoolsPanel,
  args: { devtools: createDevtools({ onDiagnostic: () => undefined }), errorsUrl: 'https://example.com/errors' },
  render: (args, { globals }) => (
    <div style={{ blockSize: '24rem' }}>
      <DevtoolsPanel {...args} theme={globals.theme === 'dark' ? 'dark' : 'light'} />
    </div>
  ),
} satisfies Meta<typeof DevtoolsPanel>
export default meta
type Story = StoryObj<typeof meta>

export const Empty: Story = {}

export const Traffic: Story = {
  args: { devtools: createHeard() },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('render-component'))
    await expect(await canvas.findByText(/"commit": 1/)).toBeVisible()
  },
}

export const Tree: Story = {
  args: { devtools: createHeard() },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('tab', { name: 'Tree' }))
    await expect(await canvas.findByText('Recent orders')).toBeVisible()
  },
}

export const Frames: Story = {
  args: { devtools: createHeard() },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('tab', { name: 'Frames' }))
    await expect(await canvas.findByText('failed EXTENSION_UNRESPONSIVE')).toBeVisible()
  },
}

export const Diagnostics: Story = {
  args: { devtools: createHeard() },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('tab', { name: /Diagnostics/ }))
    await expect(await canvas.findByRole('link', { name: 'INVALID_PROP' })).toBeVisible()
  },
}

export const Dark: Story = { ...Traffic, globals: { theme: 'dark' } }
