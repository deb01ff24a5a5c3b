// Runs in Deno: evaluates the module that comes on standard input, and does nothing else.
console.log('ready')
const source = await new Response(Deno.stdin.readable).blob()
await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
console.log('loaded')
