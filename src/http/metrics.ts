import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  /** One answered request. */
  answered(labels: { api: string; operation: string; status: number }, seconds: number): void
}

export function metrics(): Metrics {
  const registry = new Registry()
  const requests = new Counter({
    name: 'assent_requests_total',
    help: 'Answered requests.',
    labelNames: ['api', 'operation', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'assent_request_seconds',
    help: 'Time from the request to its answer.',
    labelNames: ['api', 'operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  // A labelled pair is looked up once for all requests that share it: the library makes a text of the labels each time.
  const pairs = new Map<string, { count: Counter.Internal; duration: Histogram.Internal<'api' | 'operation'> }>()
  return {
    registry,
    answered: ({ api, operation, status }, seconds) => {
      const name = `${api} ${operation} ${status}`
      let pair = pairs.get(name)
      if (pair === undefined) {
        pair = { count: requests.labels({ api, operation, status }), duration: durations.labels({ api, operation }) }
        pairs.set(name, pair)
      }
      pair.count.inc()
      pair.duration.observe(seconds)
    },
  }
}

/**
 * Serves /metrics in Prometheus' text form on a port of its own, so that no proxy opens it by mistake. The process's own figures are kept from
 * then on alone: telling how late its loop is wakes it a hundred times a second, which costs an idle server as much as all else that it does.
 */
export function serveMetrics(registry: Registry, host: string, port: number): Promise<Server> {
  collectDefaultMetrics({ register: registry })
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end('Only /metrics is here.\n')
      return
    }
    try {
      const figures = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(figures)
    } catch {
      // A figure that cannot be read must not end the process.
      response.writeHead(500).end('The figures cannot be read.\n')
    }
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}
