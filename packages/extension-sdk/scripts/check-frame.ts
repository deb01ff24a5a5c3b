import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** Bytes after gzip. The boot script holds every error code, so it has room for some more. Nine tenths of the worker are React and its reconciler. */
const BUDGETS = {
  'boot.js': 7.5 * 1024,
  'probe.js': 4 * 1024,
  'worker.js': 57 * 1024,
  'worker.development.js': 200 * 1024,
} as const

/** Each is one classic script each: whatever they would import, the frame's policy would refuse. */
const findProblem = (name: string, code: string, budget: number): string | undefined => {
  const size = gzipSync(code, { level: 9 }).length
  if (size > budget)
    return `${name} has ${size} bytes after gzip; at most ${budget} are allowed. Look for what was added to it.`
  const body = code.replace(/^(?:\s|\/\*![\s\S]*?\*\/|"use strict";)+/, '')
  if (!/^\(\(\)=>\{/.test(body)) return `${name} is no IIFE.`
  // Messages do not count: React's development build speaks of imports in them.
  const withoutStrings = body.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`$]*`/g, '""')
  return /(?:^|[;}])(?:import|export)[ {*"']|\bimport\(/.test(withoutStrings)
    ? `${name} imports something; everything must be inside.`
    : undefined
}

/** @throws {Error} when a frame script outgrew its budget or needs anything but itself. */
export const checkFrame = async (folder: string, names: readonly (keyof typeof BUDGETS)[]): Promise<void> => {
  for (const name of names) {
    const problem = findProblem(name, await readFile(`${folder}/${name}`, 'utf8'), BUDGETS[name])
    if (problem) throw new Error(problem)
  }
}
