import { createHash } from 'node:crypto'
import { encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import {
  DEFAULT_RUNTIME_LIMITS,
  type FunctionInvocation,
  type FunctionOutcome,
  type FunctionRuntime,
} from '@souk/server-adapter/runtime'
import type { AbuseProgram, AbuseWorld, Harm } from './program'
import type { ServiceScene } from './service'
import { createStage, type Stage } from './stage'
import type { Theatre } from './theatre'

/** A runtime that is put to the test, and what is known of the process it lives in. */
export interface Subject {
  readonly runtime: FunctionRuntime
  readonly hostPid: () => number
  readonly isHostAlive: () => boolean
  /** Of the host, and of each process it started. */
  readonly residentMegabytes: () => readonly number[]
  /** How much one of them may have. */
  readonly boundMegabytes: number
  /** Where names of hosts lead: to stand-ins, until they are changed. */
  readonly hosts: Record<string, string>
  /** What becomes of a name whose address turns private. */
  readonly rebind: (host: string, privateUrl: string) => void
  /** Told of the listener of a program before it runs. */
  readonly onStage?: (collectorUrl: string, port: number) => void
  /** How long after its deadline a call may take before nobody waits for it any more. */
  readonly graceMs: number
}

export interface Observation {
  readonly id: string
  readonly harms: readonly Harm[]
  /** What the caller was told: `ok`, or the code of an error. */
  readonly told: string
  /** Whether its module was evaluated. A program that never ran proves nothing. */
  readonly ran: boolean
}

const NEIGHBOUR = `
const received = []
export const functions = {
  __proto__: null,
  'n#prepare': async (secret) => {
    globalThis.neighbour = { secret }
    globalThis[Symbol.for('neighbour')] = secret
    try { localStorage.setItem('neighbour', secret) } catch {}
    try { await (await caches.open('neighbour')).put('http://neighbour.example/', new Response(secret)) } catch {}
    try { new BroadcastChannel('neighbour').onmessage = ({ data }) => received.push(data) } catch {}
    return 1
  },
  'n#spend': async (secret) => secret.length,
  'n#fingerprint': async () => {
    const path = (await import('node:path')).default
    const process = (await import('node:process')).default
    let keys = 0
    for (const key in {}) keys++
    return [keys, [1, 2].map((x) => x * 2), JSON.parse('[3]'), await Promise.resolve(5), new Date(0).toISOString(), 'x'.concat('y'),
      path.join('a', 'b'), typeof globalThis.polluted, String(fetch).includes('stolen'), process.env.POLLUTED ?? '', process.cwd() === globalThis.cwd,
      received.length].join('|')
  },
}`

/** Long enough for a busy machine to start a process. */
const CALL_MS = 60_000

const sha256 = (source: string): string => createHash('sha256').update(source).digest('hex')

const invocation = (
  installationId: string,
  source: string,
  functionId: string,
  args: readonly unknown[],
  deadlineMs: number,
  egress: FunctionInvocation['egress'],
): FunctionInvocation => {
  const encoded = encodeValue(args)
  if (isRefusal(encoded)) throw new Error(encoded.refused)
  return {
    ...{ installationId, deploymentId: 'deployment', sha256: sha256(source), source: async () => source },
    ...{ functionId, args: encoded.text, deadlineMs, traceId: 'trace', egress },
    context: {
      ...{ user: { id: 'user' }, organizationId: installationId, installationId },
      settings: { organization: {}, user: {} },
    },
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The outcome, or undefined when it does not come in time. */
const within = <T>(ms: number, promise: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

const callNeighbour = (subject: Subject, name: string, args: readonly unknown[] = [], ms = subject.graceMs) =>
  within(
    ms,
    subject.runtime.invoke(invocation('neighbour', NEIGHBOUR, `n#${name}`, args, ms, { rules: [], credentials: {} })),
  )

const resultOf = (outcome: FunctionOutcome | undefined): string | undefined =>
  outcome?.ok ? outcome.result : undefined

/** Gives the neighbour its secret, and returns how it looks undisturbed. */
export const prepareNeighbour = async (subject: Subject, secret: string): Promise<string> => {
  const prepared = await callNeighbour(subject, 'prepare', [secret], CALL_MS)
  const fingerprint = resultOf(await callNeighbour(subject, 'fingerprint', [], CALL_MS))
  if (!prepared?.ok || fingerprint === undefined) throw new Error('The neighbour could not be prepared.')
  return fingerprint
}

const depthOf = (json: string): number => {
  let depth = 0
  let deepest = 0
  for (const char of json.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth)
    else if (char === ']' || char === '}') depth--
  }
  return deepest
}

const isOverrun = (outcome: FunctionOutcome): boolean => {
  const logBytes = outcome.logs.reduce((total, { message }) => total + Buffer.byteLength(message), 0)
  if (logBytes > DEFAULT_RUNTIME_LIMITS.logBytes) return true
  if (!outcome.ok) {
    const fields = Object.values(outcome.error.fields ?? {})
    return outcome.error.message.length > 2000 || fields.length > 50
  }
  const { result } = outcome
  if (Buffer.byteLength(result) > DEFAULT_RUNTIME_LIMITS.resultBytes) return true
  return /"__proto__":/.test(result) || depthOf(result) > 320
}

const isServiceOverrun = ({ received }: ServiceScene): boolean => {
  const count = (path: string) => received.filter((request) => request.path === path).length
  return (
    count('count') > DEFAULT_RUNTIME_LIMITS.requestsPerCall ||
    // Sixty requests of six hops each.
    count('redirect-loop') > 360 ||
    received.some(({ bytes }) => bytes > DEFAULT_RUNTIME_LIMITS.requestBytes) ||
    received.some(({ host, headers }) => host === 'internal.example' || headers.includes('forged'))
  )
}

/** What still arrives within this time was on its way. */
const ON_ITS_WAY_MS = 150
/** How long after its answer a program is watched. */
const AFTERMATH_MS = 700

/** Runs one program as an app of its own beside a neighbour, and says what was seen from outside. */
export const runProgram = async (
  subject: Subject,
  program: AbuseProgram,
  { secret, secretVariable, service }: Theatre,
  fingerprint: string,
): Promise<Observation> => {
  const stage = await createStage(secret, program.harm === 'kills')
  const rebinding = `rebind.example:${stage.port}`
  const collectorUrl = `http://127.0.0.1:${stage.port}`
  const scene: ServiceScene = {
    ...{ collectorUrl, collectorPort: stage.port, secretFile: stage.secretFile, received: [], hosts: subject.hosts },
    rebind: () => subject.rebind(rebinding, collectorUrl),
    callNeighbour: async () => void (await callNeighbour(subject, 'spend', [secret])),
  }
  service.scenes.set(program.id, scene)
  subject.hosts[rebinding] = service.url
  subject.onStage?.(collectorUrl, stage.port)
  const harms = new Set<Harm>()
  const endWatch = watch(subject, stage, program, harms)
  try {
    const deadlineMs = program.deadlineMs ?? CALL_MS
    const source = `${program.before ?? ''}\nexport const functions = { __proto__: null, 'p#ready': () => 1, 'p#main': async (world) => { ${program.code} } }`
    const world: AbuseWorld = {
      ...{ id: program.id, port: stage.port, url: `${collectorUrl}/`, socketPath: stage.socketPath },
      ...{ freePort: stage.freePort, folder: stage.folder, secretFile: stage.secretFile, secretVariable },
      ...{ hostPid: subject.hostPid(), bystanderPid: stage.bystanderPid },
      ...{ service: `http://service.example/${program.id}`, serviceAddress: `${service.url}/${program.id}` },
    }
    const rules = [
      'service.example',
      'other.example',
      ...['private', 'mixed', 'rebind'].map((name) => `${name}.example:${stage.port}`),
    ]
    const call = (name: string, ms: number) =>
      subject.runtime.invoke(
        invocation(program.id, source, `p#${name}`, [world], ms, {
          rules: rules.map((host) => ({
            ...{ host, purpose: 'Tests' },
            ...(host === 'service.example'
              ? { attach: { setting: 'key', header: 'x-api-key', format: '{value}' } }
              : {}),
          })),
          credentials: { key: secret },
        }),
      )
    // So that a short deadline is one of the program, not of a machine that is busy starting it.
    const ran = program.neverLoads === true || (await within(CALL_MS, call('ready', CALL_MS)))?.ok === true
    const beside = sleep(100).then(() => callNeighbour(subject, 'spend', ['x']))
    const outcome = await within(deadlineMs + subject.graceMs, call('main', deadlineMs))
    const ended = performance.now()
    if (outcome === undefined || !(await beside)?.ok) harms.add('stalls')
    await sleep(AFTERMATH_MS)
    // Who does not answer would not answer this either.
    const after = harms.has('stalls') ? undefined : resultOf(await callNeighbour(subject, 'fingerprint'))
    if (after === undefined) harms.add('stalls')
    // The host too, when the runtime lives in this process.
    else if (after !== fingerprint || 'polluted' in {}) harms.add('pollutes')
    if (!subject.isHostAlive() || !stage.isBystanderAlive()) harms.add('kills')
    if (stage.arrivals() > 0) harms.add('connects')
    if (stage.isFolderChanged()) harms.add('writes')
    const elsewhere = scene.received.filter(({ host }) => host !== 'service.example')
    if (`${JSON.stringify(outcome ?? '')}${stage.collected()}${JSON.stringify(elsewhere)}`.includes(secret))
      harms.add('learns')
    if ((outcome && isOverrun(outcome)) || isServiceOverrun(scene)) harms.add('overruns')
    // One may have been on its way.
    if (scene.received.filter(({ at }) => at > ended + ON_ITS_WAY_MS).length > 1) harms.add('outlives')
    return {
      id: program.id,
      harms: [...harms],
      ran,
      told: outcome === undefined ? 'nothing' : outcome.ok ? 'ok' : outcome.error.code,
    }
  } finally {
    endWatch()
    await within(subject.graceMs, subject.runtime.unload(program.id))
    service.scenes.delete(program.id)
    delete subject.hosts[rebinding]
    await stage.close()
  }
}

/** Looks now and then at what may be gone again when the program has ended. */
const watch = (subject: Subject, stage: Stage, program: AbuseProgram, harms: Set<Harm>): (() => void) => {
  const timer = setInterval(() => {
    if (subject.residentMegabytes().some((megabytes) => megabytes > subject.boundMegabytes)) harms.add('hoards')
    if (program.harm === 'listens')
      void stage.isListening().then((isListening) => {
        if (isListening) harms.add('listens')
      })
  }, 50)
  return () => clearInterval(timer)
}
