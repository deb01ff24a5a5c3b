import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import * as c from '../../packages/host/src/components/testing/registered'
import { Notice, WidgetFrame } from '../../packages/host/src/components/testing/registered-chrome'

const ORDERS = [
  { id: '1042', cells: ['1042', 'Paid', '€ 84.00'] },
  { id: '1043', cells: ['1043', 'Due', '€ 19.50'] },
]

const WAYS = [
  { value: 'card', label: 'Card' },
  { value: 'voucher', label: 'Voucher' },
]

/** A bit of everything, so that one look says whether a registry holds together. */
const Everything = () => (
  <c.Grid columns={2} gap="large">
    <WidgetFrame title="Recent orders" appTitle="Order Lookup" avatarUrl={null}>
      <c.Stack gap="medium">
        <c.Inline justify="between">
          <c.Heading level="4">Ada Fields</c.Heading>
          <c.Inline gap="small">
            <c.Badge tone="success">Paid</c.Badge>
            <c.Badge tone="warning">Due</c.Badge>
            <c.Badge tone="danger">Late</c.Badge>
            <c.Tag label="fragile" />
          </c.Inline>
        </c.Inline>
        <c.Text tone="muted">Two mugs and a teapot, sent on 3 March.</c.Text>
        <c.Grid columns={2}>
          <c.Stat label="Orders" value="42" change="+3" tone="success" />
          <c.Stat label="Open" value="€ 19.50" />
        </c.Grid>
        <c.Table
          label="Orders"
          columns={[
            { id: 'id', label: 'Order', sortable: true },
            { id: 'status', label: 'Status' },
            { id: 'total', label: 'Total', align: 'end' },
          ]}
          rows={ORDERS}
        />
        <c.Pagination label="Orders, pages" pageCount={3} />
        <c.DescriptionList
          columns="2"
          items={[
            { label: 'Carrier', value: 'DHL' },
            { label: 'Weight', value: '1.2 kg' },
          ]}
        />
        <c.Tabs label="Order">
          <c.Tab id="items" label="Items">
            <c.List label="Items">
              <c.ListItem title="Mug" description="Blue" trailing={<c.Text size="small">2</c.Text>} />
              <c.ListItem title="Teapot" leading={<c.Icon name="package" />} />
            </c.List>
          </c.Tab>
          <c.Tab id="notes" label="Notes">
            No notes yet.
          </c.Tab>
        </c.Tabs>
        <c.Accordion>
          <c.AccordionItem title="Where is it?">On its way.</c.AccordionItem>
        </c.Accordion>
        <c.BarChart
          label="Orders per month"
          categories={['Jan', 'Feb', 'Mar']}
          series={[{ label: '2026', values: [3, 5, 4] }]}
          height="small"
        />
        <c.Steps label="Delivery" current={2} items={[{ label: 'Packed' }, { label: 'Sent' }, { label: 'There' }]} />
        <c.Timeline label="History">
          <c.TimelineItem title="Packed" time="Monday" tone="success" />
          <c.TimelineItem title="Sent" time="Tuesday" />
        </c.Timeline>
      </c.Stack>
    </WidgetFrame>
    <c.Stack gap="large">
      <c.Card title="Refund" description="The money goes back to the card it came from.">
        <c.Form label="Refund">
          <c.Input label="E-mail" description="Where we send the receipt." placeholder="ada@example.com" required />
          <c.Input label="Reason" value="late" error="Say a little more." />
          <c.NumberInput label="Amount" value={84} min={0} />
          <c.Select label="Way" options={WAYS} value="card" />
          <c.MultiSelect label="Notify" options={WAYS} value={['card']} />
          <c.DateInput label="On" value="2026-03-03" />
          <c.RadioGroup label="Who pays" options={WAYS} value="card" />
          <c.Checkbox label="Tell the customer" checked />
          <c.Switch label="Restock" />
          <c.Slider label="Share" value={60} />
          <c.Textarea label="Note" rows={2} />
          <c.Inline>
            <c.FormSubmit label="Refund 84.00" />
            <c.Button>Cancel</c.Button>
            <c.Button variant="quiet">More</c.Button>
            <c.Button variant="danger">Delete</c.Button>
            <c.IconButton label="Edit" icon="edit" />
            <c.Menu label="Actions">
              <c.MenuItem label="Print label" />
            </c.Menu>
          </c.Inline>
        </c.Form>
      </c.Card>
      <c.Alert tone="warning" title="Low on mugs">
        Three are left.
      </c.Alert>
      <c.Progress label="Packing" value={60} />
      <c.Spinner label="Loading orders" />
      <Notice
        title="Order Lookup stopped"
        message="The rest of the page goes on."
        code="CLOSED"
        onRetry={() => undefined}
      />
      <c.WorkflowNode title="Send mail" description="To the customer" icon="mail" status="running">
        <c.WorkflowNodeRow label="To">
          <c.WorkflowNodeText>{'{{contact.email}}'}</c.WorkflowNodeText>
        </c.WorkflowNodeRow>
        <c.WorkflowNodeHandle id="next" type="source" label="Next" />
      </c.WorkflowNode>
      <c.WorkflowPanel label="Send mail" values={{ subject: 'Your order', files: ['a.pdf'] }}>
        <c.VarFieldGroup label="Mail">
          <c.StringInput name="subject" label="Subject" />
          <c.NumberField name="copies" label="Copies" />
          <c.BooleanInput name="attach" label="Attach files" />
          <c.ArrayInput name="files" label="Files" addLabel="Add file" />
        </c.VarFieldGroup>
      </c.WorkflowPanel>
    </c.Stack>
  </c.Grid>
)

const meta = {
  title: 'Registries',
  component: Everything,
  tags: ['!autodocs'],
  play: async ({ canvas, userEvent }) => {
    const field = canvas.getByRole('textbox', { name: /Note/ })
    await userEvent.type(field, 'Sorry.')
    await expect(field).toHaveValue('Sorry.')
    await expect(canvas.getByRole('button', { name: 'Delete' })).toBeVisible()
  },
} satisfies Meta<typeof Everything>
export default meta
type Story = StoryObj<typeof meta>

/** The default look. */
export const Souk: Story = {}

/** `examples/plain-html`: the least that a registry can be. */
export const PlainHtml: Story = { globals: { registry: 'plain HTML' } }

/** `examples/mantine`: a popular design system. */
export const Mantine: Story = {
  globals: { registry: 'Mantine' },
  play: async (context) => {
    await meta.play(context)
    await waitFor(() =>
      expect(context.canvasElement.querySelectorAll('.mantine-Button-root').length).toBeGreaterThan(3),
    )
  },
}

export const MantineDark: Story = { ...Mantine, globals: { registry: 'Mantine', theme: 'dark' } }
