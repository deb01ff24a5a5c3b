import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { Settings } from '@souk/extension-sdk'
import { build } from '@souk/extension-sdk/build'
import { parseManifest } from '@souk/extension-sdk/protocol'
import { InvalidInputError } from '@souk/extension-sdk/server'

assert.equal(typeof build, 'function')
assert.equal(typeof Settings.string, 'function')
assert.equal(new InvalidInputError('no').code, 'INVALID_INPUT')
assert.match(parseManifest(null).refused, /manifest/)
assert.match(execFileSync('node_modules/.bin/souk', ['--help'], { encoding: 'utf8' }), /deploy/)
