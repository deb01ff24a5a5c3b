import { z } from '@hono/zod-openapi'
import type { ObjectShape, Shape } from '@souk/extension-sdk/protocol'

// A named shape is one schema, or the document would hold it several times.
const named = new WeakMap<object, z.ZodType>()

const SIMPLE: Readonly<Record<Extract<Shape, string>, z.ZodType>> = {
  text: z.string(),
  time: z.string().openapi({ format: 'date-time' }),
  number: z.number(),
  flag: z.boolean(),
  'setting-value': z.union([z.string(), z.number(), z.boolean()]),
  'settings-schema': z.record(z.string(), z.unknown()).openapi('SettingsSchema'),
  json: z.unknown(),
  'field-schemas': z.record(z.string(), z.unknown()).openapi('FieldSchemas'),
  manifest: z.record(z.string(), z.unknown()).openapi('Manifest'),
}

/** The schema that documents a shape of the protocol. */
export const shapeSchema = (shape: Shape): z.ZodType => {
  if (typeof shape === 'string') return SIMPLE[shape]
  if (isOneOf(shape)) return z.enum(shape)
  if ('nullable' in shape) return shapeSchema(shape.nullable).nullable()
  if ('list' in shape) return z.array(shapeSchema(shape.list))
  if ('record' in shape) return z.record(z.string(), shapeSchema(shape.record))
  const known = named.get(shape)
  if (known) return known
  const object = z.object(fieldsOf(shape))
  const schema = shape.name === undefined ? object : object.openapi(shape.name)
  named.set(shape, schema)
  return schema
}

const fieldsOf = ({ base, fields, optional = {} }: ObjectShape): Record<string, z.ZodType> => ({
  ...(base ? fieldsOf(base) : {}),
  ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, shapeSchema(field)])),
  ...Object.fromEntries(Object.entries(optional).map(([key, field]) => [key, shapeSchema(field).optional()])),
})

// Array.isArray() does not narrow a readonly array.
const isOneOf = (shape: Exclude<Shape, string>): shape is readonly string[] => Array.isArray(shape)
