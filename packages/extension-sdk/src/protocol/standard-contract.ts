import { type ComponentContract, defineContract } from './contract'
import type { PropSchema } from './prop-schema'

const createStandardContract = () => {
  const string = { type: 'string' } as const
  const text = { type: 'string', optional: true } as const
  const flag = { type: 'boolean', optional: true } as const
  const oneOf = <const V extends readonly string[]>(...values: V) => ({ type: 'enum', values, optional: true }) as const
  const label = text
  const gap = oneOf('none', 'small', 'medium', 'large')
  const tone = oneOf('neutral', 'info', 'success', 'warning', 'danger')
  const options = {
    type: 'array',
    items: { type: 'object', fields: { value: string, label: string, disabled: flag } },
  } as const satisfies PropSchema

  const methods = ['scrollIntoView'] as const
  const controlMethods = ['focus', 'scrollIntoView'] as const

  const none = { props: {}, events: {}, children: false, slots: [], methods } as const

  /** What every field has. The label may be shown by the product or read out only. */
  const field = {
    label: string,
    description: text,
    error: text,
    name: text,
    required: flag,
    disabled: flag,
  } as const

  const textField = {
    ...none,
    props: {
      ...field,
      value: text,
      placeholder: text,
      maxLength: { type: 'number', min: 1, integer: true, optional: true },
    },
    events: { onChange: [string], onBlur: [], onFocus: [] },
    controlled: { value: 'value', event: 'onChange' },
    methods: ['focus', 'select', 'scrollIntoView'],
  } as const satisfies Omit<ComponentContract, 'description'>

  const checkable = {
    ...none,
    props: { ...field, checked: flag },
    events: { onChange: [{ type: 'boolean' }] },
    controlled: { value: 'checked', event: 'onChange' },
    methods: controlMethods,
  } as const satisfies Omit<ComponentContract, 'description'>

  const container = { ...none, children: true } as const

  return defineContract({
    components: {
      Stack: {
        ...container,
        description: 'Children below one another.',
        props: { gap, align: oneOf('start', 'center', 'end', 'stretch') },
      },
      Inline: {
        ...container,
        description: 'Children beside one another, wrapping when there is no room.',
        props: {
          gap,
          align: oneOf('start', 'center', 'end', 'baseline'),
          justify: oneOf('start', 'center', 'end', 'between'),
        },
      },
      Section: {
        ...container,
        description: 'A titled part of a page or panel.',
        props: { title: text, description: text },
        slots: ['actions'],
      },
      Card: {
        ...container,
        description: 'Content that belongs together, set apart.',
        props: { title: text, description: text },
        slots: ['actions', 'footer'],
      },
      Separator: { ...none, description: 'A line between two parts.' },
      Text: {
        ...container,
        description: 'Running text.',
        props: {
          size: oneOf('small', 'medium', 'large'),
          weight: oneOf('regular', 'medium', 'bold'),
          tone: oneOf('default', 'muted', 'info', 'success', 'warning', 'danger'),
        },
      },
      Heading: { ...container, description: 'The title of what follows.', props: { level: oneOf('1', '2', '3', '4') } },
      Code: { ...container, description: 'Machine text, in a line.' },
      Link: { ...container, description: 'Leads out of the product.', props: { href: { type: 'url', use: 'link' } } },
      Badge: { ...container, description: 'A short status.', props: { tone } },
      Image: {
        ...none,
        description: 'A picture.',
        props: {
          src: { type: 'url', use: 'image' },
          alt: string,
          width: { type: 'number', min: 1, max: 2000, optional: true },
          height: { type: 'number', min: 1, max: 2000, optional: true },
        },
      },
      Avatar: {
        ...none,
        description: 'A person or company.',
        props: {
          name: string,
          src: { type: 'url', use: 'image', optional: true },
          size: oneOf('small', 'medium', 'large'),
        },
      },
      Button: {
        ...container,
        description: 'Does something.',
        props: {
          label,
          variant: oneOf('primary', 'secondary', 'quiet', 'danger'),
          size: oneOf('small', 'medium'),
          type: oneOf('button', 'submit'),
          disabled: flag,
          loading: flag,
        },
        events: { onPress: [] },
        methods: controlMethods,
      },
      ButtonGroup: { ...container, description: 'Buttons that belong together.', props: { label } },
      Form: {
        ...container,
        description: 'Fields that are sent together.',
        props: { label },
        events: { onSubmit: [] },
        methods: ['reset', 'scrollIntoView'],
      },
      Input: {
        ...textField,
        description: 'One line of text.',
        props: { ...textField.props, type: oneOf('text', 'email', 'url', 'tel', 'password', 'search') },
      },
      Textarea: {
        ...textField,
        description: 'Several lines of text.',
        props: { ...textField.props, rows: { type: 'number', min: 1, max: 40, integer: true, optional: true } },
      },
      Select: {
        ...none,
        description: 'One of a few choices.',
        props: { ...field, value: text, placeholder: text, options },
        events: { onChange: [string] },
        controlled: { value: 'value', event: 'onChange' },
        methods: controlMethods,
      },
      Checkbox: { ...checkable, description: 'Yes or no, as part of a form.' },
      Switch: { ...checkable, description: 'On or off, at once.' },
      RadioGroup: {
        ...none,
        description: 'One of a few choices, all in sight.',
        props: { ...field, value: text, options },
        events: { onChange: [string] },
        controlled: { value: 'value', event: 'onChange' },
        methods: controlMethods,
      },
      Alert: {
        ...container,
        description: 'Something the user should know.',
        props: { tone, title: text },
        slots: ['actions'],
      },
      Spinner: { ...none, description: 'Something is under way.', props: { label } },
      Skeleton: {
        ...none,
        description: 'Content that is on its way.',
        props: { lines: { type: 'number', min: 1, max: 20, integer: true, optional: true } },
      },
      Progress: {
        ...none,
        description: 'How far something is.',
        props: { label: string, value: { type: 'number', min: 0, max: 100, optional: true } },
      },
      EmptyState: {
        ...container,
        description: 'There is nothing here, and what to do.',
        props: { title: string, description: text },
        slots: ['actions'],
      },
      List: { ...container, description: 'Items of one kind.', props: { label } },
      ListItem: {
        ...container,
        description: 'One item of a list.',
        props: { title: text, description: text },
        events: { onPress: [] },
        slots: ['leading', 'trailing'],
      },
      DescriptionList: {
        ...none,
        description: 'Names and their values.',
        props: {
          items: { type: 'array', items: { type: 'object', fields: { label: string, value: string } } },
          columns: oneOf('1', '2'),
        },
      },
      Stat: {
        ...none,
        description: 'One number that matters.',
        props: { label: string, value: string, change: text, tone },
      },
      Table: { ...container, description: 'Rows and columns.', props: { label: string } },
      TableHead: { ...container, description: 'The row of column names.' },
      TableBody: { ...container, description: 'The rows.' },
      TableRow: { ...container, description: 'One row.', props: { selected: flag }, events: { onPress: [] } },
      TableCell: {
        ...container,
        description: 'One cell.',
        props: { align: oneOf('start', 'center', 'end'), header: flag },
      },
      Timeline: { ...container, description: 'What happened, in order.', props: { label } },
      TimelineItem: {
        ...container,
        description: 'One thing that happened.',
        props: { title: string, time: text, tone },
      },
    },
    surfaces: {
      'record.widgets': {
        description: 'Beside a record.',
        behavior: 'render',
        context: { recordType: string, recordId: string },
      },
      'record.actions': {
        description: 'In the menu of a record.',
        behavior: 'trigger',
        context: { recordType: string, recordId: string },
      },
    },
  })
}

/** The components and surfaces that every product with Souk offers, unless it says otherwise. */
// Pure, so that bundlers leave it out where a product has a contract of its own.
export const standardContract = /* @__PURE__ */ createStandardContract()

export type StandardContract = typeof standardContract
export type StandardComponentName = keyof StandardContract['components']
