import './ui/styles.ts'
import { MantineProvider } from '@mantine/core'
import { MutationCache, notifyManager, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './client.ts'
import { PageFailed } from './pages/page-failed.tsx'
import { PageNotFound } from './pages/page-not-found.tsx'
import { paths } from './paths.ts'
import { routeTree } from './routes.tsx'
import { sessionQuery } from './session.ts'
import { printInLight } from './ui/print.ts'
import { cssVariables, theme } from './ui/theme.ts'

// By default in a task of its own, so that a switch that shows what is being saved would show what was, for a frame.
notifyManager.setScheduler(queueMicrotask)

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhereSessionEnded }),
  mutationCache: new MutationCache({ onError: leaveWhereSessionEnded }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
    mutations: { networkMode: 'always' },
  },
})

const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
  defaultNotFoundComponent: PageNotFound,
  defaultErrorComponent: PageFailed,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** A session that has ended leads to the sign-in, and from there back to where one was. */
function leaveWhereSessionEnded(error: Error): void {
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  if (error instanceof ApiProblem && error.code === 'not-signed-in' && session) {
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, null)
    void router.navigate({ to: paths.signIn, search: { from: router.state.location.href, ended: true } })
  }
}

const element = document.getElementById('root')
if (!element) {
  throw new Error('index.html has no #root')
}
printInLight()
createRoot(element).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
