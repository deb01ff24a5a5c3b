import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import * as c from '../../packages/host/src/components/testing/registered'

const WAYS = [
  { value: 'card', label: 'Card' },
  { value: 'voucher', label: 'Voucher' },
]
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun']

/** The components that are used together, together: what one of them changes shows beside its neighbours. */
const meta = {
  title: 'Families',
  tags: ['!autodocs'],
  parameters: { pictures: ['dark'] },
} satisfies Meta
export default meta
type Story = StoryObj<typeof meta>

export const Words: Story = {
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Stack>
        <c.Typography variant="display">Twelve parcels left today</c.Typography>
        <c.Heading level="2">Recent orders</c.Heading>
        <c.Text>
          Two mugs, see <c.Link href="https://example.com">the manual</c.Link>, under <c.Code>tickets:read</c.Code>.
        </c.Text>
        <c.Text tone="muted">Sent on 3 March.</c.Text>
        <c.Inline gap="small">
          <c.Badge tone="info">Sent</c.Badge>
          <c.Badge tone="success">Paid</c.Badge>
          <c.Badge tone="warning">Due</c.Badge>
          <c.Badge tone="danger">Late</c.Badge>
          <c.Tag label="fragile" />
          <c.Icon name="truck" />
        </c.Inline>
        <c.AvatarGroup label="Agents">
          <c.Avatar name="Ada Fields" />
          <c.Avatar name="Bo Lind" />
        </c.AvatarGroup>
        <c.DescriptionList
          items={[
            { label: 'Carrier', value: 'Parcelworks' },
            { label: 'Weight', value: '1.2 kg' },
          ]}
        />
      </c.Stack>
      <c.Markdown
        text={
          '# Returns\n\nA parcel comes back **within thirty days**, see [the manual](https://example.com).\n\n- [x] label printed\n- [ ] parcel handed over\n\nIt holds:\n\n- one mug\n  1. blue\n  2. white\n\n> Fragile goods need a box.\n\n```\nsouk returns --order 1042\n```\n\n| Item | Price |\n|---|--:|\n| Mug | 12.00 |\n| Lamp | 72.00 |'
        }
      />
    </c.Grid>
  ),
}

export const Fields: Story = {
  parameters: { pictures: ['dark', 'high contrast', 'compact', 'right to left', 'narrow'] },
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Stack>
        <c.Input label="E-mail" description="Where we send the receipt." placeholder="ada@example.com" required />
        <c.Input label="Reason" value="late" error="Say a little more." />
        <c.Input label="Order" value="1042" disabled />
        <c.SearchInput label="Find orders" value="1042" />
        <c.NumberInput label="Amount" value={84} min={0} />
        <c.Textarea label="Note" rows={2} placeholder="What happened?" />
      </c.Stack>
      <c.Stack>
        <c.Select label="Way" options={WAYS} value="card" />
        <c.Combobox label="Carrier" options={WAYS} placeholder="Type to find" />
        <c.MultiSelect label="Notify" options={WAYS} value={['card', 'voucher']} />
        <c.DateInput label="On" value="2026-03-03" />
        <c.TimeInput label="At" value="09:30" />
        <c.FormField label="Colour" description="Of the label on the parcel.">
          <c.Inline>
            <c.Button>Red</c.Button>
            <c.Button>Blue</c.Button>
          </c.Inline>
        </c.FormField>
      </c.Stack>
    </c.Grid>
  ),
}

export const Choices: Story = {
  parameters: { pictures: ['dark', 'high contrast'] },
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Stack>
        <c.CheckboxGroup label="Regions" options={WAYS} value={['card']} required />
        <c.Checkbox label="Tell the customer" description="By e-mail, at once." checked />
        <c.Checkbox label="I have read it" error="This has to be confirmed." />
        <c.Checkbox label="Restock" disabled />
      </c.Stack>
      <c.Stack>
        <c.RadioGroup label="Who pays" options={WAYS} value="card" />
        <c.Switch label="Allow refunds" description="Agents may give money back." checked />
        <c.Switch label="Restock" />
        <c.Slider label="Discount" value={60} description="In percent of the price." />
      </c.Stack>
    </c.Grid>
  ),
}

export const Actions: Story = {
  parameters: { pictures: ['dark', 'high contrast'], plantFaults: true },
  render: () => (
    <c.Stack>
      <c.Inline>
        <c.Button variant="primary">Primary</c.Button>
        <c.Button>Secondary</c.Button>
        <c.Button variant="quiet">Quiet</c.Button>
        <c.Button variant="danger">Danger</c.Button>
        <c.Button variant="primary" disabled>
          Disabled
        </c.Button>
      </c.Inline>
      <c.Inline>
        <c.Button size="small">New order</c.Button>
        <c.IconButton label="Edit" icon="edit" />
        <c.IconButton label="Delete" icon="trash" variant="danger" />
        <c.Menu label="Actions">
          <c.MenuItem label="Print label" />
        </c.Menu>
      </c.Inline>
      <c.Tabs label="Order">
        <c.Tab id="items" label="Items">
          <c.Text>Three items, 84.00 in all.</c.Text>
        </c.Tab>
        <c.Tab id="notes" label="Notes">
          <c.Text>No notes yet.</c.Text>
        </c.Tab>
      </c.Tabs>
      <c.Accordion>
        <c.AccordionItem title="When does it arrive?">
          <c.Text>On Thursday.</c.Text>
        </c.AccordionItem>
        <c.AccordionItem title="Can it be sent back?">
          <c.Text>Within thirty days.</c.Text>
        </c.AccordionItem>
      </c.Accordion>
      <c.Pagination label="Pages" page={5} pageCount={12} />
      <c.Steps
        label="Set up"
        current={2}
        items={[{ label: 'Connect', description: 'Your shop' }, { label: 'Map fields' }, { label: 'Test' }]}
      />
    </c.Stack>
  ),
}

export const MenuOpen: Story = {
  render: () => (
    <c.Menu label="Actions">
      <c.MenuItem label="Copy link" icon="link" />
      <c.MenuItem label="Print label" icon="file" description="For the parcel" />
      <c.MenuItem label="Delete" icon="trash" tone="danger" />
      <c.MenuItem label="Archive" icon="archive" disabled />
    </c.Menu>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Actions' }))
    await expect(await screen.findByRole('menuitem', { name: /Print label/ })).toBeVisible()
  },
}

export const Answers: Story = {
  parameters: { pictures: ['dark', 'high contrast'] },
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Stack>
        <c.Alert tone="info" title="The order is on its way">
          It should arrive on Tuesday.
        </c.Alert>
        <c.Alert tone="success" title="Refunded" />
        <c.Alert tone="warning" title="Two items are missing">
          We are looking for them.
        </c.Alert>
        <c.Alert tone="danger" title="The card was refused">
          The bank did not say why.
        </c.Alert>
        <c.Banner tone="warning" title="Carrier strike on Friday">
          Parcels may arrive a day later.
        </c.Banner>
      </c.Stack>
      <c.Stack>
        <c.Progress label="Import" value={64} />
        <c.Skeleton lines={3} />
        <c.EmptyState title="No orders yet" description="They appear here as soon as the customer buys something." />
      </c.Stack>
    </c.Grid>
  ),
}

export const Data: Story = {
  parameters: { pictures: ['dark', 'compact', 'right to left', 'narrow'] },
  render: () => (
    <c.Stack gap="large">
      <c.Grid columns={2}>
        <c.Stat label="Orders this month" value="1,204" change="+12 %" tone="success" />
        <c.Stat label="Open" value="€ 19.50" change="-3 %" tone="danger" />
      </c.Grid>
      <c.Table
        label="Orders"
        selection="multiple"
        pageSize={4}
        columns={[
          { id: 'order', label: 'Order', sortable: true },
          { id: 'customer', label: 'Customer', sortable: true },
          { id: 'state', label: 'State' },
          { id: 'total', label: 'Total', align: 'end', sortable: true },
        ]}
        rows={Array.from({ length: 10_000 }, (_, index) => ({
          id: String(index),
          cells: [
            String(1000 + index),
            `Customer ${(index * 7919) % 1000}`,
            index % 3 ? 'Paid' : 'Open',
            ((index * 37) % 500).toFixed(2),
          ],
        }))}
      />
      <c.List label="Orders">
        <c.ListItem title="Order 1042" description="Two mugs" trailing={<c.Badge tone="success">Paid</c.Badge>} />
        <c.ListItem title="Order 1043" description="A teapot" leading={<c.Icon name="package" />} />
      </c.List>
      <c.Timeline label="History">
        <c.TimelineItem title="Delivered" time="Today, 10:12" tone="success" />
        <c.TimelineItem title="Held by customs" time="Yesterday" tone="warning">
          A form was missing.
        </c.TimelineItem>
        <c.TimelineItem title="Left the warehouse" time="3 March" />
      </c.Timeline>
    </c.Stack>
  ),
}

export const Charts: Story = {
  parameters: { pictures: ['dark', 'high contrast', 'right to left'] },
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.LineChart
        label="Revenue"
        unit="€"
        categories={MONTHS}
        series={[
          { label: 'Shop', values: [12, 19, 16, 24, 28, 26] },
          { label: 'Market', values: [8, 11, 13, 12, 17, 22] },
          { label: 'Returns', values: [-2, -3, -1, -4, -2, -3] },
        ]}
      />
      <c.LineChart
        label="Visitors"
        categories={MONTHS}
        series={[{ label: 'Shop', values: [1200, 1900, 1650, 2400, 2800, 2650] }]}
      />
      <c.BarChart
        label="Orders by channel"
        categories={MONTHS}
        series={[
          { label: 'Shop', values: [42, 51, 47, 60, 72, 66] },
          { label: 'Phone', values: [12, 9, 14, 11, 8, 10] },
        ]}
      />
      <c.BarChart
        label="Parcels"
        stacked
        categories={MONTHS}
        series={[
          { label: 'Shop', values: [42, 51, 47, 60, 72, 66] },
          { label: 'Phone', values: [12, 9, 14, 11, 8, 10] },
        ]}
      />
    </c.Grid>
  ),
}

export const Places: Story = {
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Card title="Order 1042" description="Placed on 3 March">
        <c.Text>Two mugs and a teapot.</c.Text>
      </c.Card>
      <c.Card>
        <c.CardHeader>
          <c.CardTitle>Order 1043</c.CardTitle>
          <c.CardDescription>Two items, shipped on Monday.</c.CardDescription>
        </c.CardHeader>
        <c.CardContent>
          <c.Text>They arrive on Thursday.</c.Text>
        </c.CardContent>
        <c.CardFooter>
          <c.Button variant="primary">Track</c.Button>
          <c.Button>Refund</c.Button>
        </c.CardFooter>
      </c.Card>
      <c.Section title="Orders" description="What this customer bought.">
        <c.Text>Three orders in March.</c.Text>
      </c.Section>
      <c.Box surface="sunken" padding="medium">
        <c.Text>Ten parcels left today.</c.Text>
      </c.Box>
    </c.Grid>
  ),
}

export const Workflow: Story = {
  parameters: { pictures: ['dark', 'high contrast', 'right to left', 'narrow'] },
  render: () => (
    <c.Grid columns={2} gap="large">
      <c.Stack gap="large">
        <c.WorkflowNode title="Refund order" description="Shop" icon="credit-card">
          <c.WorkflowNodeHandle id="in" type="target" label="Order" connected />
          <c.WorkflowNodeRow label="Amount">
            <c.WorkflowNodeText>84.00 €</c.WorkflowNodeText>
          </c.WorkflowNodeRow>
          <c.WorkflowNodeRow label="Reason">
            <c.WorkflowNodeText tone="muted">Late delivery</c.WorkflowNodeText>
          </c.WorkflowNodeRow>
          <c.WorkflowNodeHandle id="out" type="source" label="Refunded" />
        </c.WorkflowNode>
        <c.WorkflowNode title="Send mail" icon="mail" status="running" selected />
        <c.WorkflowNode title="Print label" icon="file" status="error" />
      </c.Stack>
      <c.WorkflowPanel
        label="Send mail"
        values={{ subject: 'Your order {{contact.name}}', price: '84', attach: true, files: ['a.pdf', 'b.pdf'] }}
        variables={[{ value: 'contact.name', label: 'Name', group: 'Contact' }]}
      >
        <c.VarFieldGroup label="Mail" description="What is sent.">
          <c.VarField name="subject" label="Subject" description="What the customer sees first." required />
          <c.VarField label="Sender" required>
            <c.StringInput name="sender" />
          </c.VarField>
          <c.FieldRow>
            <c.NumberField name="copies" label="Copies" />
            <c.OptionsInput name="way" label="Way" options={WAYS} />
          </c.FieldRow>
          <c.InputGroup prefix="€" suffix="net">
            <c.StringInput name="price" label="Price" description="Without tax." />
          </c.InputGroup>
        </c.VarFieldGroup>
        <c.FieldDivider label="Or" />
        <c.BooleanInput name="attach" label="Attach files" />
        <c.ArrayInput name="files" label="Files" addLabel="Add file" />
      </c.WorkflowPanel>
    </c.Grid>
  ),
}
