import type { ComponentContract } from '../contract'
import { base, container, flag, named, oneOf, optionalIconName, options, string, text } from './parts'

/**
 * The nodes and panels of workflow blocks.
 *
 * Fields are bound to the values of their WorkflowPanel by name. The host owns the values: a keystroke crosses only where something listens.
 */
export const createWorkflowComponents = () => {
  const anything = { type: 'any', optional: true } as const
  const number = { type: 'number', optional: true } as const
  const key = { type: 'number', min: 0, integer: true } as const

  const bound = {
    name: string,
    label: text,
    description: text,
    error: text,
    placeholder: text,
    required: flag,
    disabled: flag,
  } as const
  const boundText = {
    ...base,
    props: { ...bound, multiline: flag },
    events: { onChange: [string], onBlur: [] },
    named: ['label', 'name'],
  } as const

  return {
    WorkflowNode: {
      ...container,
      description: 'A block as it stands on the canvas.',
      props: {
        title: string,
        description: text,
        icon: optionalIconName,
        status: oneOf('idle', 'running', 'success', 'error'),
        selected: flag,
      },
      named: ['title'],
    },
    WorkflowNodeRow: { ...container, description: 'One line of a node.', props: { label: text } },
    WorkflowNodeText: {
      ...container,
      description: 'Text in a node.',
      props: { tone: oneOf('default', 'muted', 'danger') },
    },
    WorkflowNodeHandle: {
      ...base,
      description: 'Where a connection starts or ends.',
      props: {
        id: string,
        type: { type: 'enum', values: ['source', 'target'] },
        label: text,
        connected: flag,
      },
      named: ['label', 'id'],
    },
    WorkflowPanel: {
      ...container,
      description: 'The settings of a block. It holds the values of the fields in it by their names.',
      props: {
        label: string,
        /** Where the values start. What the extension changes about them later counts as well. */
        values: anything,
        /** Fields the extension sets later, by name. One that it set before counts again once it was left out in between. */
        changes: anything,
        /** What earlier blocks offer to VarInput. */
        variables: {
          type: 'array',
          items: { type: 'object', fields: { value: string, label: string, group: text } },
          maxItems: 1000,
          optional: true,
        },
      },
      events: {
        onValuesChange: [{ type: 'any' }],
        /** The same, in proportion to the change: where it was, as names and places in lists, and the value there. */
        onValueChange: [{ type: 'array', items: { type: 'any' } }, { type: 'any' }],
      },
      named,
    },
    VarField: {
      ...container,
      description: 'A field of a panel: label and help around its children, or around a VarInput when it has none.',
      props: {
        name: text,
        label: text,
        description: text,
        error: text,
        placeholder: text,
        required: flag,
        disabled: flag,
      },
      named: ['label', 'name'],
    },
    VarFieldGroup: {
      ...container,
      description: 'Fields of a panel that belong together.',
      props: { label: text, description: text },
    },
    VarInput: { ...boundText, description: 'Text with variables of earlier blocks in it, as {{path}}.' },
    StringInput: { ...boundText, description: 'Text of a panel.' },
    NumberField: {
      ...base,
      description: 'A number of a panel.',
      props: { ...bound, min: number, max: number, step: number },
      events: { onChange: [number], onBlur: [] },
      named: ['label', 'name'],
    },
    BooleanInput: {
      ...base,
      description: 'Yes or no in a panel.',
      props: { ...bound },
      events: { onChange: [{ type: 'boolean' }] },
      named: ['label', 'name'],
    },
    OptionsInput: {
      ...base,
      description: 'One of some choices in a panel, or several.',
      props: { ...bound, options, multiple: flag, searchable: flag },
      events: { onChange: [{ type: 'any' }] },
      named: ['label', 'name'],
    },
    ArrayInput: {
      ...container,
      description:
        'A list in a panel. Its children are an ArrayItem for each of `items`; without `items`, the fields of one item, drawn for each. Without children its items are texts.',
      props: {
        ...bound,
        addLabel: text,
        minItems: { type: 'number', min: 0, integer: true, optional: true },
        maxItems: { type: 'number', min: 1, integer: true, optional: true },
        /** The keys of the items that have an ArrayItem. An item keeps its key wherever it is moved. */
        items: { type: 'array', items: key, maxItems: 1000, optional: true },
      },
      events: {
        onChange: [{ type: 'any' }],
        /** The items are others than `items` says, or stand elsewhere: their keys in order, and the list. */
        onItemsChange: [{ type: 'array', items: key }, { type: 'any' }],
      },
      named: ['label', 'name'],
    },
    ArrayItem: {
      ...container,
      description:
        'The fields of one item of an ArrayInput, bound to its values by their names. Shown where the item stands.',
      props: {
        itemKey: key,
        /** Fields of the item that the extension sets, as `changes` of a WorkflowPanel. */
        changes: anything,
      },
      methods: ['remove', 'moveUp', 'moveDown', 'scrollIntoView'],
    },
    FieldRow: { ...container, description: 'Fields beside one another.' },
    FieldDivider: { ...base, description: 'A line between fields, with or without words.', props: { label: text } },
    InputGroup: {
      ...container,
      description: 'A field with something before or after it, such as a unit.',
      props: { prefix: text, suffix: text },
    },
    ConditionalRender: {
      ...container,
      description:
        'Shows its children when the value of a field says so. The host decides, without asking the extension.',
      props: {
        field: string,
        equals: anything,
        oneOf: { type: 'array', items: { type: 'any' }, optional: true },
        isSet: flag,
        not: flag,
      },
      methods: [],
    },
  } as const satisfies Readonly<Record<string, ComponentContract>>
}
