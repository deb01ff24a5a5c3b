/** `10:21:07.045`, for lines that follow one another closely. */
export const clockTime = (at: Date): string =>
  `${[at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`
