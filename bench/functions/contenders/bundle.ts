import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'

export interface Bundle {
  readonly source: string
  readonly sha256: string
}

/** The arguments of every measured call, and what `total` makes of them. */
export const ORDER = {
  id: 'O-1',
  lines: Array.from({ length: 10 }, (_, at) => ({ name: `Article ${at}`, count: at, priceCents: 100 })),
}
export const TOTAL = { id: 'O-1', totalCents: 4500 }

export const TOTAL_FUNCTION = 'src/orders.server.ts#total'
export const SPIN_FUNCTION = 'src/orders.server.ts#spin'

/** The app of the benchmark, as `souk build` makes it: with Zod in it, as many apps have. */
export const buildBundle = async (outDir: string): Promise<Bundle> => {
  const { server } = await build({
    cwd: fileURLToPath(new URL('../app', import.meta.url)),
    outDir,
    typeCheck: false,
  })
  if (!server) throw new Error('The app of the benchmark has no server functions.')
  return { source: await readFile(server.path, 'utf8'), sha256: server.sha256 }
}
