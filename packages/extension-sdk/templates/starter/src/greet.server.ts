// Runs on the server. Client code that imports it gets a typed function that calls it.
export const greet = async (greeting: string, recordId: string): Promise<string> => {
  console.log(`Greeting ${recordId}`)
  return `${greeting.trim() || 'Hello'}, ${recordId}!`
}
