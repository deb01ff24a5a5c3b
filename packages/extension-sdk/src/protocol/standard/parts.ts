import type { PropSchema } from '../prop-schema'

// Literals without spreads or calls, so that bundlers leave them out where nobody uses the standard contract.

export const string = { type: 'string' } as const
export const text = { type: 'string', optional: true } as const
export const flag = { type: 'boolean', optional: true } as const
export const strings = { type: 'array', items: { type: 'string' } } as const satisfies PropSchema
export const optionalStrings = {
  type: 'array',
  items: { type: 'string' },
  optional: true,
} as const satisfies PropSchema

export const oneOf = <const V extends readonly string[]>(...values: V) =>
  ({ type: 'enum', values, optional: true }) as const

export const tone = {
  type: 'enum',
  values: ['neutral', 'info', 'success', 'warning', 'danger'],
  optional: true,
} as const satisfies PropSchema

export const textTone = {
  type: 'enum',
  values: ['default', 'muted', 'info', 'success', 'warning', 'danger'],
  optional: true,
} as const satisfies PropSchema

export const gap = {
  type: 'enum',
  values: ['none', 'small', 'medium', 'large'],
  optional: true,
} as const satisfies PropSchema

/** Choices as data. A component that takes these takes `Option` or `Radio` children as well. */
export const options = {
  type: 'array',
  items: {
    type: 'object',
    fields: { value: { type: 'string' }, label: { type: 'string' }, disabled: { type: 'boolean', optional: true } },
  },
  optional: true,
} as const satisfies PropSchema

/** The pictures an extension may name. A product draws each in its own style. */
export const iconName = {
  type: 'enum',
  values: [
    'alert',
    'archive',
    'arrow-down',
    'arrow-left',
    'arrow-right',
    'arrow-up',
    'bell',
    'calendar',
    'chart',
    'check',
    'clock',
    'cloud',
    'code',
    'copy',
    'credit-card',
    'database',
    'download',
    'edit',
    'external',
    'eye',
    'file',
    'filter',
    'folder',
    'globe',
    'heart',
    'help',
    'home',
    'image',
    'info',
    'link',
    'list',
    'lock',
    'mail',
    'map',
    'menu',
    'message',
    'minus',
    'more',
    'package',
    'phone',
    'play',
    'plug',
    'plus',
    'refresh',
    'save',
    'search',
    'send',
    'settings',
    'shield',
    'star',
    'stop',
    'tag',
    'trash',
    'truck',
    'upload',
    'user',
    'users',
    'warning',
    'x',
    'zap',
  ],
} as const satisfies PropSchema

export const optionalIconName = { type: 'enum', values: iconName.values, optional: true } as const satisfies PropSchema

const none = { props: {}, events: {}, children: false, slots: [], methods: ['scrollIntoView'] } as const

/** What every component starts from, and one with children. */
export const base = none
export const container = { props: {}, events: {}, children: true, slots: [], methods: ['scrollIntoView'] } as const

export const controlMethods = ['focus', 'scrollIntoView'] as const
export const textMethods = ['focus', 'select', 'scrollIntoView'] as const

/** The label names a field. A product may show it or have it read out only. */
export const named = ['label'] as const

/** What every field has. */
export const field = {
  label: { type: 'string' },
  description: { type: 'string', optional: true },
  error: { type: 'string', optional: true },
  name: { type: 'string', optional: true },
  required: { type: 'boolean', optional: true },
  disabled: { type: 'boolean', optional: true },
} as const satisfies Readonly<Record<string, PropSchema>>
