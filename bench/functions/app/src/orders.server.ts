import { z } from 'zod'

const order = z.object({
  id: z.string(),
  lines: z.array(z.object({ name: z.string(), count: z.number().int(), priceCents: z.number() })),
})

/** What an app typically does between two requests: it checks what it was given and adds something up. */
export const total = (input: unknown) => {
  const { id, lines } = order.parse(input)
  return { id, totalCents: lines.reduce((sum, { count, priceCents }) => sum + count * priceCents, 0) }
}

export const spin = () => {
  // Rollup takes a loop away that has no effect.
  for (;;) Reflect.set(globalThis, 'spun', true)
}
