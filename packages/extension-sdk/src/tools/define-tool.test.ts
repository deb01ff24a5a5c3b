import { expect, expectTypeOf, test } from 'vitest'
import { defineTool, z } from '.'

const common = { id: 'a', name: 'A', description: 'Does a thing.' }
const inputs = z.object({ number: z.string(), limit: z.number().default(5) })
const outputs = z.object({ status: z.enum(['open', 'sent']) })

test('what a tool does is typed by its schemas', () => {
  const tool = defineTool({
    ...common,
    inputs,
    outputs,
    execute: async ({ number, limit }) => {
      expectTypeOf(number).toEqualTypeOf<string>()
      expectTypeOf(limit).toEqualTypeOf<number>()
      return { status: 'open' }
    },
  })
  expect(tool.id).toBe('a')
})

test('misuse is an error of types', () => {
  const misused = [
    // @ts-expect-error there is no such status
    defineTool({ ...common, inputs, outputs, execute: async () => ({ status: 'gone' }) }),
    // @ts-expect-error the inputs have no such field
    defineTool({ ...common, inputs, outputs, execute: async ({ name }) => ({ status: name }) }),
    // @ts-expect-error an example has to fit
    defineTool({ ...common, inputs, outputs, exampleOutput: { status: 1 }, execute: () => ({ status: 'open' }) }),
    // @ts-expect-error inputs are an object
    defineTool({ ...common, inputs: z.string(), outputs, execute: () => ({ status: 'open' }) }),
    // @ts-expect-error a tool has to be described
    defineTool({ id: 'a', name: 'A', inputs, outputs, execute: () => ({ status: 'open' }) }),
  ]
  expect(misused).toHaveLength(5)
})
