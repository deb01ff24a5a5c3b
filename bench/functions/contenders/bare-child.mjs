// Reads each line as JSON and writes it back, the least that a call of another process can be. Told to spin, it answers no more.
import { createInterface } from 'node:readline'

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'spin') for (;;);
  process.stdout.write(`${JSON.stringify(JSON.parse(line))}\n`)
}
