/** Takes the pictures anew that stories are compared with, where they have changed, and makes them small. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { resolveChromium } from './chromium.mjs'

const { isPinned } = await resolveChromium()
if (!isPinned) {
  console.error(
    'Pictures are taken with the Chromium from npm alone: unset CHROMIUM_PATH, on Linux without a Chromium of its own.',
  )
  process.exit(1)
}
const root = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'storybook', ...process.argv.slice(2), '--update'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
let bytes = 0
const folder = `${root}.storybook/pictures/references`
for (const name of readdirSync(folder)) {
  const path = `${folder}/${name}`
  const before = readFileSync(path)
  const isSmall = (await sharp(before).metadata()).isPalette
  const small = isSmall
    ? before
    : await sharp(before).png({ palette: true, colours: 256, dither: 0, effort: 10 }).toBuffer()
  if (!isSmall) writeFileSync(path, small)
  bytes += small.length
}
console.log(`The pictures are ${Math.round(bytes / 1024)} KiB.`)
process.exit(status ?? 1)
