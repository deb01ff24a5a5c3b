/** Values that no parser may let through, and none may fail at. */
export const hostileValues: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 1],
  ['NaN', Number.NaN],
  ['a string', 'x'],
  ['a boolean', true],
  ['a function', () => {}],
  ['a symbol', Symbol('x')],
  ['an array', []],
  ['an array of arrays', [[[]]]],
  ['an empty object', {}],
  ['an object without a prototype', Object.create(null)],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['an error', new Error('x')],
]
