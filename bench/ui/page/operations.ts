import type { Action, State } from '../app/src/rows'

/** One step of the benchmark: what is clicked, and what the app does then. */
export interface Step {
  readonly action: (state: State) => Action
  readonly target: (container: HTMLElement, state: State) => HTMLElement | undefined
}

const button = (label: (state: State) => string) => (container: HTMLElement, state: State) =>
  [...(container.firstElementChild?.firstElementChild?.querySelectorAll('button') ?? [])].find(
    (candidate) => candidate.textContent === label(state),
  )

const command = (type: Exclude<Action['type'], 'select' | 'remove' | 'typing' | 'text' | 'count'>): Step => ({
  action: () => ({ type }),
  target: button(() => type),
})

const inRow = (type: 'select' | 'remove', index: number, cell: number): Step => ({
  action: ({ rows }) => ({ type, id: rows[index]?.id ?? 0 }),
  target: (container) =>
    container.querySelectorAll('tr')[index]?.querySelectorAll('td')[cell]?.querySelector('button') ?? undefined,
})

export const STEPS = {
  create1k: command('create1k'),
  replace: command('replace'),
  update10th: command('update10th'),
  select: inRow('select', 4, 1),
  swap: command('swap'),
  remove: inRow('remove', 5, 2),
  append1k: command('append1k'),
  clear: command('clear'),
  click: { action: () => ({ type: 'count' }), target: button(({ count }) => `count ${count}`) },
  nothing: command('nothing'),
} satisfies Record<string, Step>

export type StepName = keyof typeof STEPS
