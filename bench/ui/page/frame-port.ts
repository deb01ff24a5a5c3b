/** Adds the frame and resolves with the port it offers. Returns its end as well. */
export const openFrame = (url: string, onPort: (port: MessagePort) => void) => {
  const frame = document.createElement('iframe')
  const receive = ({ source, ports }: MessageEvent) => {
    if (source === frame.contentWindow && ports[0]) onPort(ports[0])
  }
  addEventListener('message', receive)
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin')
  frame.style.cssText = 'position:fixed;left:0;bottom:0;width:0;height:0;border:0;visibility:hidden'
  frame.src = url
  document.body.append(frame)
  return () => {
    removeEventListener('message', receive)
    frame.remove()
  }
}
