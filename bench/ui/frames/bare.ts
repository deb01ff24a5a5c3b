const { port2 } = new MessageChannel()
document.body.append(document.createElement('div'))
parent.postMessage('drawn', '*', [port2])

export {}
