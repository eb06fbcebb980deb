import type { FastifyInstance } from 'fastify'
import { type ProblemCode, problems } from './problem.ts'

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  h2 { margin: 2rem 0 0.25rem; font-size: 1.1rem }
  h2:target { outline: 2px solid; outline-offset: 0.25rem }
  p { margin: 0.25rem 0 }
  code { font-size: 0.95em }`

/** The page that the `type` of every problem names: what each means, and what to do. */
export function errorsPage(server: FastifyInstance): void {
  const entries = (Object.keys(problems) as ProblemCode[]).map((code) => {
    const { status, title, detail } = problems[code]
    return `<h2 id="${code}">${escaped(title)}</h2>\n<p><code>${code}</code>, status ${status}</p>\n<p>${escaped(detail)}</p>`
  })
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Errors</title><style>${style}</style></head>
<body>
<h1>Errors</h1>
<p>An error is answered as <code>application/problem+json</code> (RFC 9457). Its <code>type</code> is one of these addresses and never changes its meaning;
its <code>requestId</code> finds the request in the server's log.</p>
${entries.join('\n')}
</body>
</html>
`
  server.get('/docs/errors', async (_, reply) =>
    reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .type('text/html; charset=utf-8')
      .send(html),
  )
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
