const two = (part: number): string => String(part).padStart(2, '0')

/** `10:21:07.045`, for lines that follow one another closely. */
export const clockTime = (at: Date): string =>
  `${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`
