import { InvalidInputError } from '@souk/extension-sdk/server'
import { ask } from './ask.server'

interface Items {
  readonly items: readonly string[]
}

/** Bases, the tables of a base, or the fields of a table. */
export const list = async (base = '', table = ''): Promise<readonly string[]> =>
  (await ask<Items>(`/${[base, table].filter(Boolean).map(encodeURIComponent).join('/')}`)).items

export const addRow = async (base: string, table: string, values: Readonly<Record<string, string>>) => {
  if (!base || !table) throw new InvalidInputError('The row was refused.', { table: 'Choose a base and a table.' })
  return ask<{ id: number }>(`/${encodeURIComponent(base)}/${encodeURIComponent(table)}`, { values })
}
