import { sendingGateways } from '../src/store/gateways.ts'
import { noteContact } from '../src/store/ingest/gateway-tokens.ts'
import { customersCast } from './cast.ts'
import { minuteMs } from './dates.ts'
import { type Reporting, report, sensorsIn } from './demo-measurements.ts'
import { measurementLines } from './measurements.ts'
import { type DemoLife, type StepContext, takeSteps } from './steps.ts'
import type { World } from './world-file.ts'

/**
 * Lets the made-up gateways of the world's customers report what their sensors measure: at once, and then each minute, so that the world is
 * there for whoever comes back to it. A gateway that was removed reports no more. Several processes report the same, which is stored once (I7).
 */
export function startWorldLife(context: StepContext & Reporting, world: World, stepMs = minuteMs): DemoLife {
  const gateways = world.organizations.flatMap(({ label, gateway }) => {
    const plan = customersCast.find((cast) => cast.plan.label === label)?.plan
    return gateway === undefined || plan === undefined ? [] : [{ id: gateway, sensors: sensorsIn(plan, context.clock.now()) }]
  })
  return takeSteps(context, 'the world to try', stepMs, async (step) => {
    const { db, log } = context
    const at = new Date(step * stepMs)
    const sending = await sendingGateways(
      db.system,
      gateways.map(({ id }) => id),
    )
    await Promise.all(
      sending.map(async (gateway) => {
        const sensors = gateways.find(({ id }) => id === gateway.id)?.sensors ?? []
        try {
          await report(context, gateway, `measured-${stepMs}-${step}`, measurementLines(sensors, at), at)
          await noteContact(db.system, gateway.id, null, '127.0.0.1', 0)
        } catch (error) {
          // One gateway's failure is not the others'.
          log.error({ err: error, step, gatewayId: gateway.id }, 'a gateway of the world to try missed a step')
        }
      }),
    )
  })
}
