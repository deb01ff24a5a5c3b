import type { BrowserContext, Page } from 'playwright-core'
import type { PageSession } from './page-session'

/** What must be the same after attacks as before: the product's page, its storage, its windows. */
export interface PageFacts {
  readonly [name: string]: string
}

/** What only the browser sees. */
export interface WindowEvents {
  readonly popups: string[]
  readonly nativeDialogs: string[]
  readonly downloads: string[]
}

export const watchWindows = (context: BrowserContext, page: Page): WindowEvents => {
  const events: WindowEvents = { popups: [], nativeDialogs: [], downloads: [] }
  context.on('page', (opened) => {
    if (opened !== page) events.popups.push(opened.url())
  })
  page.on('dialog', (dialog) => {
    events.nativeDialogs.push(`${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss().catch(() => {})
  })
  page.on('download', (download) => events.downloads.push(download.url()))
  return events
}

const readPage = async () => {
  const header = document.querySelector('header')
  const field = document.querySelector<HTMLInputElement>('#field')
  const points = [
    [10, 10],
    [innerWidth / 2, 20],
    [innerWidth - 20, 10],
  ] as const
  const covered = points.filter(([x, y]) => {
    const top = document.elementFromPoint(x, y)
    return !(top && header?.contains(top))
  })
  const databases = await indexedDB.databases()
  const styled = [...document.querySelectorAll('[class], [style], [id]')].filter((element) =>
    /cagemark/.test(`${element.getAttribute('class')} ${element.getAttribute('style')} ${element.id}`),
  )
  const box = (element: Element) => element.closest('[data-attack]')?.getAttribute('data-attack') ?? 'the page'
  const dangerous = [
    ...document.querySelectorAll('[data-attack] *, [role="dialog"] *, [role="alertdialog"] *'),
  ].flatMap((element) =>
    /^(?:script|iframe|style|link|object|embed|base|meta|frame|portal)$/i.test(element.localName)
      ? [`<${element.localName}> in ${box(element)}`]
      : [...element.attributes].flatMap(({ name, value }) =>
          /^on/i.test(name) ||
          (/^(?:href|src|action|formaction|srcdoc|poster|xlink:href|data|ping|background|srcset)$/i.test(name) &&
            !/^(?:https:|mailto:|tel:|data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$|$)/i.test(value))
            ? [`${name}="${value.slice(0, 60)}" in ${box(element)}`]
            : [],
        ),
  )
  return {
    address: location.href,
    history: String(history.length),
    title: document.title,
    heading: document.querySelector('#title')?.textContent ?? 'gone',
    cookies: document.cookie,
    'local storage': JSON.stringify({ ...localStorage }),
    'session storage': JSON.stringify({ ...sessionStorage }),
    databases: JSON.stringify(databases.map(({ name }) => name).sort()),
    caches: JSON.stringify(await caches.keys()),
    'the focus':
      document.activeElement === field ? 'field' : (document.activeElement?.outerHTML.slice(0, 120) ?? 'none'),
    'the field': field?.value ?? 'gone',
    'covered points': JSON.stringify(covered),
    'style of extension': styled.map((element) => element.outerHTML.slice(0, 120)).join(),
    'dangerous markup': dangerous.join('; '),
    globals: JSON.stringify([
      Reflect.get(globalThis, 'pwned'),
      Reflect.get({}, 'polluted'),
      Reflect.get([], 'polluted'),
    ]),
    'own keys of prototypes': String(
      [Object.prototype, Array.prototype, Function.prototype, Map.prototype, Promise.prototype, String.prototype]
        .map((prototype) => Reflect.ownKeys(prototype).length)
        .join(),
    ),
    head: String(document.querySelectorAll('script, base, meta[http-equiv], link').length),
    'sandbox tokens': [
      ...new Set([...document.querySelectorAll('iframe')].map((frame) => frame.getAttribute('sandbox'))),
    ].join(),
    'drawn frames': String(
      [...document.querySelectorAll('iframe')].filter((frame) => frame.offsetWidth * frame.offsetHeight > 0).length,
    ),
    fullscreen: String(document.fullscreenElement?.localName),
    scroll: `${scrollX}`,
    'service workers': String((await navigator.serviceWorker.getRegistrations()).length),
    attributes: [...document.documentElement.attributes, ...document.body.attributes]
      .filter(({ name }) => name !== 'style')
      .map(({ name, value }) => `${name}=${value}`)
      .join(),
  }
}

export const readFacts = async ({ ask }: PageSession): Promise<PageFacts> => {
  try {
    return await ask(readPage, null)
  } catch (error) {
    return { page: `gone: ${error instanceof Error ? error.message.slice(0, 200) : ''}` }
  }
}

export const differences = (before: PageFacts, after: PageFacts): readonly string[] => {
  // All else is unknown then, and no difference.
  if (after.page !== undefined) return [`the page is ${after.page}`]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    before[name] === after[name]
      ? []
      : [`${name} changed from ${before[name]?.slice(0, 80)} to ${after[name]?.slice(0, 160)}`],
  )
}
