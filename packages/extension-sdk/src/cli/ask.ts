import { createInterface } from 'node:readline/promises'

/** Asks whoever sits at the terminal. An empty line is an empty answer. */
export const ask = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
