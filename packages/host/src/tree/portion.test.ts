import { expect, test } from 'vitest'
import { createPortion } from './portion'

/** @returns How many were drawn of `wanted`, each of which takes `costMs`. */
const createDrawing = () => {
  let clock = 0
  const portion = createPortion(() => clock)
  return (wanted: number, costMs: number) => {
    let drawn = 0
    portion.draw(() => {
      while (drawn < wanted && portion.take()) drawn++
      clock += drawn * costMs
    })
    return drawn
  }
}

test('what is cheap is drawn in large portions, what is dear in small ones', () => {
  const draw = createDrawing()
  expect(draw(10_000, 0.01)).toBe(200)
  expect(draw(10_000, 0.01)).toBe(800)
  expect(draw(10_000, 1)).toBe(800)
  expect(draw(10_000, 1)).toBe(20)
  expect(draw(10_000, 0.01)).toBe(20)
  expect(draw(10_000, 0.01)).toBe(800)
})

test('a small change says nothing of how much may be drawn at once', () => {
  const draw = createDrawing()
  expect(draw(1, 50)).toBe(1)
  expect(draw(10_000, 0.01)).toBe(200)
})
