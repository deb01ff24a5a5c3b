import { InvalidArgumentError } from 'commander'

/** A whole number from 1 to 100, with or without a sign after it. */
export const parsePercent = (text: string): number => {
  const percent = /^\d{1,3}%?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
  if (percent >= 1 && percent <= 100) return percent
  throw new InvalidArgumentError('It has to be a whole number from 1 to 100.')
}
