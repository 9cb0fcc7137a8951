import '@mantine/core/styles.css'
import './console.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { Refusal } from './api.ts'
import { Console } from './shell/console.tsx'
import { theme } from './theme.ts'
import { Speech } from './words.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What was refused stays refused; what did not arrive is asked for again.
      retry: (failures, error) => !(error instanceof Refusal) && failures < 3,
    },
  },
})

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <Speech>
            <BrowserRouter>
              <Console />
            </BrowserRouter>
          </Speech>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
