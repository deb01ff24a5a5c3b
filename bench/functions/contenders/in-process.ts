import { ORDER, TOTAL_FUNCTION } from './bundle'

type Total = (order: unknown) => unknown

/** Evaluates the bundle in this process, as nobody should who did not write it. */
export const loadHere = async (source: string, name: string): Promise<() => Promise<void>> => {
  // The name makes it another module each time. A map of its sources would be looked for beside it.
  const code = `${source.replace(/^\/\/# sourceMappingURL=.*$/m, '')}\n// ${name}`
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  // What `souk build` wrote.
  const { functions } = (await import(url)) as { functions: Readonly<Record<string, Total>> }
  const total = functions[TOTAL_FUNCTION]
  if (!total) throw new Error('The bundle lacks its function.')
  return async () => void (await total(ORDER))
}
