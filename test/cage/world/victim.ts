/** An honest extension that draws a secret, and answers every press. */
export const victimBundle = (secret: string): string => `(() => {
  const { modules, start } = SoukRuntime;
  const React = modules.react, h = React.createElement;
  const Widget = () => {
    const [count, setCount] = React.useState(0);
    return h('Stack', null,
      h('Text', null, ${JSON.stringify(`${secret}-tree`)}),
      h('Button', { label: 'victim ' + count, onPress: () => setCount(count + 1) }));
  };
  start({ app: { record: { widgets: [{ id: 'hostile', label: 'Victim', component: Widget }] } } });
})();
`

/** The frame of a victim that never connects: whoever answers in its name is an impostor. It keeps a secret in its own storage. */
export const VICTIM_BOOT = (installationId: string, secret: string): string => `
if (document.documentElement.dataset.installationId === ${JSON.stringify(installationId)}) {
  const secret = ${JSON.stringify(`${secret}-sibling`)};
  try {
    localStorage.setItem('secret', secret);
    document.cookie = 'secret=' + secret;
    const channel = new BroadcastChannel('secret');
    setInterval(() => channel.postMessage(secret), 100);
    const open = indexedDB.open('secret', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('secret').put(secret, 'secret');
  } catch {}
  throw new Error('This frame stays silent.');
}
`
