/** What a Stallholder shop consists of, as its documentation lists it. Fields, panel and requests are made from it. */
export const RESOURCES = [
  'Product',
  'Variant',
  'Collection',
  'Customer',
  'Order',
  'Draft order',
  'Fulfilment',
  'Refund',
  'Discount',
  'Gift card',
  'Location',
  'Webhook',
] as const

export const OPERATIONS = ['create', 'update', 'get', 'list', 'remove'] as const

const TEXTS = [
  'title',
  'handle',
  'status',
  'vendor',
  'kind',
  'sku',
  'barcode',
  'email',
  'phone',
  'note',
  'tag',
  'locale',
]
const NUMBERS = ['price', 'cost', 'quantity', 'weight', 'position', 'discount', 'tax', 'shipping', 'total', 'limit']
const FLAGS = [
  'published',
  'taxable',
  'gift',
  'archived',
  'express',
  'fragile',
  'visible',
  'refundable',
  'tested',
  'paid',
]
const ADDRESS = ['street', 'house', 'city', 'region', 'postcode', 'country', 'company', 'recipient', 'floor', 'door']

export interface ShopField {
  /** Unique over all resources: `product_price`. */
  readonly name: string
  readonly key: string
  readonly type: 'text' | 'number' | 'flag'
  /** Shown only when this flag of the resource is set. */
  readonly onlyWith?: string
}

export const slugOf = (resource: string): string => resource.toLowerCase().replace(' ', '-')

/** The 42 fields of a resource. */
export const fieldsOf = (resource: string): readonly ShopField[] => {
  const name = (key: string) => `${resource.toLowerCase().replace(' ', '_')}_${key}`
  const of = (type: ShopField['type']) => (key: string) => ({ name: name(key), key, type })
  return [
    ...TEXTS.map(of('text')),
    ...NUMBERS.map(of('number')),
    ...FLAGS.map(of('flag')),
    ...ADDRESS.map((key) => ({ ...of('text')(key), onlyWith: name('express') })),
  ]
}
