/** Trees to begin with, by what they are called in the list. */
export const EXAMPLE_TREES = {
  'A card': {
    component: 'Card',
    props: { title: 'Order 1042', description: 'Placed on 3 March' },
    children: [
      {
        component: 'Stack',
        props: { gap: 'small' },
        children: [
          { component: 'Text', children: ['Two mugs and a teapot.'] },
          { component: 'Badge', props: { tone: 'success' }, children: ['Paid'] },
          { component: 'Button', props: { variant: 'primary' }, handlers: ['onPress'], children: ['Refund'] },
        ],
      },
    ],
  },
  'A form': {
    component: 'Form',
    props: { label: 'Refund' },
    handlers: ['onSubmit'],
    children: [
      { component: 'Input', props: { label: 'Reason', required: true }, handlers: ['onChange'] },
      { component: 'NumberInput', props: { label: 'Amount', value: 84, min: 0 } },
      { component: 'FormSubmit', props: { label: 'Send' } },
    ],
  },
  'A chart and a table': [
    {
      component: 'BarChart',
      props: {
        label: 'Orders',
        categories: ['Jan', 'Feb', 'Mar'],
        series: [{ label: 'Shop', values: [42, 51, 47] }],
      },
    },
    {
      component: 'Table',
      props: {
        label: 'Orders',
        columns: [
          { id: 'order', label: 'Order' },
          { id: 'total', label: 'Total', align: 'end' },
        ],
        rows: [
          { id: '1', cells: ['1042', '84.00'] },
          { id: '2', cells: ['1043', '19.50'] },
        ],
      },
    },
  ],
  'A step of a workflow': {
    component: 'WorkflowNode',
    props: { title: 'Refund order', description: 'Shop', icon: 'credit-card' },
    children: [
      { component: 'WorkflowNodeHandle', props: { id: 'in', type: 'target', label: 'Order' } },
      {
        component: 'WorkflowNodeRow',
        props: { label: 'Amount' },
        children: [{ component: 'WorkflowNodeText', children: ['84.00 €'] }],
      },
      { component: 'WorkflowNodeHandle', props: { id: 'out', type: 'source', label: 'Refunded' } },
    ],
  },
  'Props that are dropped': {
    component: 'Button',
    props: { variant: 'enormous', className: 'mine', href: 'javascript:alert(1)' },
    handlers: ['onPress', 'onTeleport'],
    children: ['Refund'],
  },
  'A component nobody offers': { component: 'Script', props: { src: 'https://example.com/x.js' } },
} as const

export type ExampleName = keyof typeof EXAMPLE_TREES

export const EXAMPLE_NAMES = Object.keys(EXAMPLE_TREES) as readonly ExampleName[]

export const textOf = (name: ExampleName): string => JSON.stringify(EXAMPLE_TREES[name], null, 2)
