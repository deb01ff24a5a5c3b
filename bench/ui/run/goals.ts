/** What each operation may take at most, as a multiple of plain react-dom in the page. */
export const GOALS = {
  create1k: 1.3,
  replace: 1.5,
  update10th: 2,
  select: 3,
  swap: 1.2,
  remove: 2,
  append1k: 2,
  clear: 1.1,
  click: 4,
} as const satisfies Record<string, number>

export type OperationName = keyof typeof GOALS

export const OPERATIONS = Object.keys(GOALS) as readonly OperationName[]
