import type { Attack } from '../attack'

const attack = (id: string, title: string, code: string, seen: string): Attack => ({
  id: `server-${id}`,
  title,
  theme: 'server',
  code: `const call = (moduleHash, args = '[]', idempotencyKey = crypto.randomUUID(), more = {}, changes = {}) => ask('run-server-function', { moduleHash, args, idempotencyKey, ...more }, changes); const FIND = 'src/orders.server.ts#findOrders', COUNT = 'src/orders.server.ts#count', INNER = 'src/orders.server.ts#inner'; ${code}`,
  seen: `const own = facts.invoked.filter((line) => line.startsWith(facts.installationId)); const foreign = facts.invoked.filter((line) => facts.others.some((id) => line.startsWith(id))); ${seen}`,
  alone: true,
})

const NOTHING_RAN = `return own.length + foreign.length > 0 ? 'the runtime was given ' + (own[0] ?? foreign[0]) : undefined`

const RAN_TWICE = `const done = own.filter((line) => !line.endsWith(' failed')); return done.length > 1 ? 'it ran ' + done.length + ' times' : undefined`

/** `facts.invoked` is what the server's runtime was really given to run. */
export const server: readonly Attack[] = [
  attack('private', 'a function that client code may not call', `await call(INNER)`, NOTHING_RAN),
  attack(
    'unknown',
    'functions that are not there',
    `for (const name of ['src/x.server.ts#x', 'src/orders.server.ts#', '#findOrders', 'findOrders', '../orders.server.ts#findOrders', 'src/orders.server.ts#findOrders\\u0000', ' ' + FIND]) await call(name)`,
    NOTHING_RAN,
  ),
  attack(
    'prototype-names',
    'names from prototypes',
    `for (const name of ['__proto__', 'constructor', 'toString', 'src/orders.server.ts#constructor', 'src/orders.server.ts#__proto__', 'hasOwnProperty#call']) await call(name)`,
    NOTHING_RAN,
  ),
  attack(
    'type-confusion',
    'a name that is no text',
    `for (const name of [[FIND], { toString: 1 }, 1, null, true, new Map([[FIND, 1]])]) await call(name)`,
    NOTHING_RAN,
  ),
  attack(
    'other-installation',
    'a function of a sibling, by ids in the payload',
    `for (const id of [TARGET.victim.installationId]) { await call(FIND, '[]', 'k1', { installationId: id, appInstallationId: id, deploymentId: TARGET.victim.deploymentId }); await call('../' + id + '/functions', '[]') }`,
    `return foreign.length > 0 ? 'it ran for ' + foreign[0] : undefined`,
  ),
  attack(
    'other-installation-envelope',
    'a function of a sibling, by ids in the envelope',
    `await call(FIND, '[]', 'k1', {}, { appInstallationId: TARGET.victim.installationId, appId: TARGET.victim.appId })`,
    NOTHING_RAN,
  ),
  attack(
    'other-organization',
    'a function of an installation in another organization',
    `await call(FIND, '[]', 'k1', { installationId: TARGET.foreign.installationId, organizationId: 'org-b' }); await call(FIND, '[]', 'k2', {}, { appInstallationId: TARGET.foreign.installationId, appId: TARGET.foreign.appId })`,
    `return foreign.length > 0 ? 'it ran for ' + foreign[0] : undefined`,
  ),
  attack(
    'key-traversal',
    'an idempotency key with the ids of a sibling in it',
    `for (const key of [TARGET.victim.installationId + '\\n' + TARGET.victim.deploymentId + '\\nadmin\\nk', '../k', '__proto__', 'k\\u0000', 'x'.repeat(500), '']) await call(COUNT, '[]', key)`,
    `return foreign.length > 0 ? 'it ran for ' + foreign[0] : undefined`,
  ),
  attack(
    'replay',
    'the same key again and again',
    `await Promise.all([1, 2, 3].map(() => call(COUNT, '[]', 'same'))); for (let i = 0; i < 5; i++) await call(COUNT, '[]', 'same')`,
    RAN_TWICE,
  ),
  attack(
    'replay-changed',
    'the same key with other arguments',
    `await call(FIND, '["a"]', 'same'); const second = await call(FIND, '["b"]', 'same'); note(JSON.stringify(second))`,
    RAN_TWICE,
  ),
  attack(
    'oversize',
    'arguments of two megabytes',
    `await call(FIND, JSON.stringify(['x'.repeat(1.9e6)])); await call(FIND, JSON.stringify(['\\u20ac'.repeat(5e5)]))`,
    NOTHING_RAN,
  ),
  attack(
    'malformed-args',
    'arguments that are none',
    `for (const args of ['', '{', 'null', '{}', '1', '"x"', '[', '[1', 'undefined', '{"length":1}', '\\u0000']) await call(FIND, args)`,
    NOTHING_RAN,
  ),
  attack(
    'deep-args',
    'arguments 50,000 levels deep',
    `await call(FIND, '['.repeat(50000) + ']'.repeat(50000)); await call(FIND, '[' + '{"a":'.repeat(20000) + '1' + '}'.repeat(20000) + ']')`,
    NOTHING_RAN,
  ),
  attack(
    'prototype-args',
    'prototype keys in the arguments',
    `await call(FIND, '[{"__proto__":{"polluted":1}}]'); await call(FIND, '[{"constructor":{"prototype":{"polluted":1}}}]')`,
    NOTHING_RAN,
  ),
  attack(
    'args-object',
    'arguments that are an object already',
    `for (const args of [['x'], { 0: 'x' }, null, 1]) await call(FIND, args)`,
    NOTHING_RAN,
  ),
  attack(
    'rate',
    'three hundred calls at once',
    `await Promise.all(Array.from({ length: 150 }, (_, i) => call(FIND, '["x"]', 'r' + i)))`,
    `const times = own.map((line) => Number(line.split('@').at(-1))); const seconds = (Math.max(...times) - Math.min(...times)) / 1000; return own.length > 65 + 20 * seconds ? own.length + ' calls ran in ' + seconds + ' s' : undefined`,
  ),
  attack(
    'api-names',
    "names of the product's API as functions",
    `for (const type of ['install', 'uninstall', 'saveSettings', 'run-server-function/../uninstall', 'callFunction', 'extensions']) await ask(type, { id: TARGET.victim.installationId })`,
    NOTHING_RAN,
  ),
]
