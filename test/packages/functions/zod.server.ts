import { z } from 'zod'

const order = z.object({ email: z.email(), count: z.coerce.number().int().positive() })

export const run = async () => [
  order.parse({ email: 'ada@example.com', count: '2' }).count,
  order.safeParse({ email: 'nobody', count: 0 }).error?.issues.length,
]
