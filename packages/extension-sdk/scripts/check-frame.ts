import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** Bytes after gzip. Nine tenths of the worker are React and its reconciler. */
const BUDGETS = { 'boot.js': 7 * 1024, 'worker.js': 53 * 1024 } as const

/** Both are one classic script each: whatever they would import, the frame's policy would refuse. */
const findProblem = (name: string, code: string, budget: number): string | undefined => {
  const size = gzipSync(code, { level: 9 }).length
  if (size > budget)
    return `${name} has ${size} bytes after gzip; at most ${budget} are allowed. Look for what was added to it.`
  const body = code.replace(/^(?:\s|\/\*![\s\S]*?\*\/|"use strict";)+/, '')
  if (!/^\(\(\)=>\{/.test(body)) return `${name} is no IIFE.`
  return /(?:^|[;}])(?:import|export)[ {*"']|\bimport\(/.test(body)
    ? `${name} imports something; everything must be inside.`
    : undefined
}

/** @throws {Error} when a frame script outgrew its budget or needs anything but itself. */
export const checkFrame = async (folder: string): Promise<void> => {
  for (const [name, budget] of Object.entries(BUDGETS)) {
    const problem = findProblem(name, await readFile(`${folder}/${name}`, 'utf8'), budget)
    if (problem) throw new Error(problem)
  }
}
