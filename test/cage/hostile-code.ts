import type { Attack } from './attack'

/** What an attack knows of the world, written into its code. */
export interface Target {
  readonly id: string
  readonly token: string
  readonly collectorPort: number
  readonly productOrigin: string
  readonly sandboxOrigin: string
  /** A sibling that runs. */
  readonly victim: Neighbour
  /** A sibling whose frame has not connected yet. */
  readonly silent: Neighbour
  /** An installation of another organization. */
  readonly foreign: Neighbour
}

interface Neighbour {
  readonly appId: string
  readonly installationId: string
  readonly deploymentId: string
  readonly origin: string
}

/** What every hostile code finds. `say` is how it tells that it ran; nothing it says can make it count as successful. */
const helpers = (target: Target): string => `
  const TARGET = ${JSON.stringify(target)};
  const url = (name = '') => 'http://127.0.0.1:' + TARGET.collectorPort + '/' + TARGET.token + '/' + name;
  const socketUrl = (name = '') => url(name).replace('http', 'ws');
  const localUrl = (name = '') => 'http://' + TARGET.token + '.localhost:' + TARGET.collectorPort + '/' + name;
  const dns = (name = 'x') => 'https://' + name + '.' + TARGET.token + '.leak.test/';
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const settle = async (promise, ms = 1500) => Promise.race([promise, wait(ms)]);
  const say = (word, text = '') => report('cage:' + word + ':' + TARGET.id + ':' + String(text).slice(0, 1500));
  const leak = (text) => say('leak', text);
  const note = (text) => say('note', text);
  const attempt = async (name, act) => { try { const value = await act(); return value; } catch (error) { note(name + ': ' + (error && error.message)); } };
  const run = async (attack) => {
    say('ran');
    try { await attack(); } catch (error) { note(error && error.message); }
    say('done');
  };
`

/** The bundle of a malicious extension: the same form as `souk build` writes. */
export const hostileBundle = (attack: Pick<Attack, 'code' | 'early'>, target: Target): string => `(() => {
  'use strict';
  const console_ = globalThis.console, log_ = console_.log;
  const report = (line) => log_.call(console_, line);
  ${helpers(target)}
  const { modules, start } = SoukRuntime;
  const React = modules.react, h = React.createElement, sdk = modules['@souk/extension-sdk'], client = modules['@souk/extension-sdk/client'];
  const identity = JSON.parse(self.name);
  const send_ = self.postMessage, listen_ = self.addEventListener;
  const post = (message, transfer) => transfer ? send_.call(self, message, transfer) : send_.call(self, message);
  const envelope = (rest) => ({ v: 1, source: 'souk-extension', ...identity, ...rest });
  const notice = (type, payload) => envelope({ kind: 'notice', type, payload });
  let requests = 0;
  const ask = (type, payload, changes = {}) => new Promise((resolve) => {
    const requestId = changes.requestId ?? 'hostile-' + ++requests;
    listen_.call(self, 'message', ({ data }) => { if (data && data.kind === 'answer' && data.requestId === requestId) resolve(data); });
    post(envelope({ kind: 'request', type, requestId, payload, ...changes }));
    setTimeout(() => resolve({ ok: false, error: { code: 'NONE', message: 'no answer' } }), 3000);
  });
  let setShown = () => {};
  let rootId;
  listen_.call(self, 'message', ({ data }) => { if (data && data.type === 'trigger-surface') rootId ??= data.payload.instanceId; });
  const show = (element) => setShown(() => element);
  // Gives a class that draws nothing but its child, so that one refused prop does not take down the next.
  class Guard extends React.Component {
    constructor(props) { super(props); this.state = {}; }
    static getDerivedStateFromError(error) { return { error }; }
    componentDidCatch(error) { note(error.message); }
    render() { return this.state.error ? null : this.props.children; }
  }
  const guard = (element) => h(Guard, null, element);
  const attack = async () => { ${attack.early ? '' : attack.code} };
  const Widget = () => {
    const [shown, set] = React.useState(null);
    setShown = set;
    React.useEffect(() => { ${attack.early ? "say('done')" : 'run(attack)'} }, []);
    return h('Stack', null, h('Text', null, 'extension ${target.id}'), shown);
  };
  ${attack.early ? `say('ran'); try { ${attack.code} } catch (error) { note(error && error.message); }` : ''}
  start({ app: { record: { widgets: [{ id: 'hostile', label: 'Hostile', component: Widget }] } } });
})();
`

/** The boot script of a frame whose worker and relay have fallen: hostile code in the frame's own document. */
export const hostileBoot = (
  attacks: readonly { readonly attack: Attack; readonly target: Target; readonly installationId: string }[],
) => `(() => {
  const attacks = {${attacks
    .map(
      ({ attack, target, installationId }) => `
    ${JSON.stringify(installationId)}: () => {
      const fragment = new URLSearchParams(location.hash.slice(1));
      const report = (line) => parent.postMessage({ cage: line }, '*');
      const identity = { appId: document.documentElement.dataset.appId, appInstallationId: document.documentElement.dataset.installationId };
      const envelope = (rest) => ({ v: 1, source: 'souk-extension', ...identity, ...rest });
      const connectAs = (who, nonce, ports = 1) => {
        const channels = Array.from({ length: ports }, () => new MessageChannel());
        const message = { ...envelope({ type: 'connect', nonce, versions: [1], capabilities: [] }), ...who };
        parent.postMessage(message, '*', channels.map((channel) => channel.port2));
        return channels[0] && channels[0].port1;
      };
      const connect = () => connectAs(identity, fragment.get('n'));
      const tag = (name, props) => { const element = Object.assign(document.createElement(name), props); document.body.append(element); return element; };
      ${helpers(target)}
      const start = () => run(async () => { ${attack.code} });
      ${attack.early ? 'start()' : "document.readyState === 'loading' ? addEventListener('DOMContentLoaded', start) : start()"};
    },`,
    )
    .join('')}
  };
  attacks[document.documentElement.dataset.installationId]?.();
})();
`
