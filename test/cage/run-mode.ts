import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { resolveChromium } from '../../scripts/chromium.mjs'
import type { AttackResult } from './attack'
import { runPage } from './run-page'
import { createWorld, type StagedAttack, type WorldOptions } from './world/create-world'

const BATCH = 12
const PAGES_AT_ONCE = 2
/** How often an attack may be tried whose code did not run, or that a busy machine could make look successful. */
const TRIES = 3

/**
 * The page's frame rate and answers in time are the only proofs that a busy machine can give as well. An extension that really stops
 * the page does so every time; all other proofs count at once.
 */
const isDoubtful = ({ theme, outcome }: AttackResult): boolean =>
  outcome === 'inconclusive' || (theme === 'resources' && outcome === 'succeeded')

/** Starts a browser that writes down every name it was asked to resolve. */
const launch = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-cage-'))
  const log = join(folder, 'net-log.json')
  const { executablePath, env, args } = await resolveChromium()
  const browser: Browser = await chromium.launch({
    executablePath,
    env,
    args: [...args, `--log-net-log=${log}`, '--js-flags=--max-old-space-size=512'],
    // As users have it.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  })
  return {
    browser,
    /** Ends the browser. @returns The names. */
    async close(): Promise<readonly string[]> {
      await browser.close()
      const text = await readFile(log, 'utf8').catch(() => '')
      await rm(folder, { recursive: true, force: true })
      return text.match(/[\w.-]+\.leak\.test/g) ?? []
    },
  }
}

const batches = (staged: readonly StagedAttack[]): readonly (readonly StagedAttack[])[] => {
  const alone = staged.filter(({ attack }) => attack.alone).map((one) => [one])
  const kinds = new Map<string, StagedAttack[]>()
  for (const one of staged.filter(({ attack }) => !attack.alone)) {
    const kind = one.attack.realm ?? 'worker'
    kinds.set(kind, [...(kinds.get(kind) ?? []), one])
  }
  const together = [...kinds.values()].flatMap((list) =>
    Array.from({ length: Math.ceil(list.length / BATCH) }, (_, index) =>
      list.slice(index * BATCH, (index + 1) * BATCH),
    ),
  )
  return [...together, ...alone]
}

export interface ModeOptions extends WorldOptions {
  readonly onResult?: (result: AttackResult) => void
}

/** Runs attacks in one isolation mode, in a world and a browser of their own. */
export const runMode = async ({ onResult, ...options }: ModeOptions): Promise<readonly AttackResult[]> => {
  const world = await createWorld(options)
  const { browser, close } = await launch()
  const results: AttackResult[] = []
  let names: readonly string[] = []
  try {
    const isHeavy = ({ attack }: StagedAttack) => attack.theme === 'resources'
    const waiting = [...batches(world.staged.filter((one) => !isHeavy(one)))]
    const work = async () => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
        const found = await runPage({ mode: options.mode, browser, world }, batch)
        for (const result of found) onResult?.(result)
        results.push(...found)
      }
    }
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work))
    // What burns a processor and measures the page has the machine for itself.
    waiting.push(...batches(world.staged.filter(isHeavy)))
    await work()
    for (let tries = 1; tries < TRIES; tries++)
      for (const [index, result] of results.entries()) {
        const one = isDoubtful(result) && world.staged.find(({ attack }) => attack.id === result.id)
        if (!one) continue
        const [again = result] = await runPage({ mode: options.mode, browser, world }, [one])
        onResult?.(again)
        results[index] = again
      }
  } finally {
    names = await close()
    await world.close()
  }
  const tokenOf = new Map(world.staged.map(({ attack, token }) => [attack.id, token]))
  return results.map((result) => {
    const name = names.find((candidate) => candidate.includes(tokenOf.get(result.id) ?? ' '))
    return name
      ? { ...result, outcome: 'succeeded', evidence: `the name ${name.slice(0, 40)}… was resolved; ${result.evidence}` }
      : result
  })
}
