const assert = require('node:assert/strict')

assert.equal(typeof require('@souk/server-adapter').createSouk, 'function')
assert.equal(typeof require('@souk/server-adapter/storage').createMemoryStorage, 'function')
assert.equal(typeof require('@souk/server-adapter/node').toNodeListener, 'function')
assert.equal(typeof require('@souk/storage-pg').createPostgresStorage, 'function')
assert.equal(typeof require('@souk/host').createRegistry, 'function')
assert.equal(typeof require('@souk/host/components').standardRegistry, 'object')
