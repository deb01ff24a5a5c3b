// One end of the port goes to the page and the other straight to the worker: nothing stands between them.
const { port1, port2 } = new MessageChannel()
new Worker('/worker.js').postMessage(null, [port1])
parent.postMessage('connect', '*', [port2])

export {}
