import { render } from '@testing-library/react'
import { getResponse, HttpResponse, http, type RequestHandler } from 'msw'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { createSoukClient } from '../../api/create-souk-client'
import { standardRegistry } from '../../components'
import { SoukProvider } from '../../provider'
import { handlers } from './handlers'

/** Draws a screen before the server of the stories, with the answers a test is about in front. Says what was sent to change something. */
export const show = (children: ReactNode, answers: readonly RequestHandler[] = [], locale = 'en-GB') => {
  const sent: { readonly line: string; readonly body: unknown }[] = []
  const showToast = vi.fn()
  const client = createSoukClient({
    baseUrl: '/api/souk',
    fetch: async (address, init) => {
      const url = new URL(String(address), location.origin)
      // The page's abort signal is not Node's; the client looks at it itself.
      const { signal: _, ...rest } = init ?? {}
      if (rest.method !== 'GET')
        sent.push({
          line: `${rest.method} ${url.pathname.replace('/api/souk', '')}`,
          body: typeof rest.body === 'string' ? JSON.parse(rest.body) : undefined,
        })
      const answer = await getResponse([...answers, ...handlers], new Request(url, rest))
      if (!answer || answer.type === 'error') throw new TypeError('Failed to fetch')
      return answer
    },
  })
  render(
    <SoukProvider
      client={client}
      registry={standardRegistry}
      context={{
        theme: 'light',
        locale,
        timeZone: 'Europe/Berlin',
        user: { id: 'ada' },
        organization: { id: 'northwind', name: 'Northwind' },
      }}
      services={{ navigate: () => undefined, openRecord: () => undefined, showToast }}
    >
      {children}
    </SoukProvider>,
  )
  return { sent, showToast }
}

/** Nobody answers: the network is gone. */
export const offline = (path: string) => http.get(`/api/souk${path}`, () => HttpResponse.error())
