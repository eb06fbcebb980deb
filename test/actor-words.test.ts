import { expect, test } from 'vitest'
import { actorKinds } from '../src/domain/activity.ts'
import { activityTexts as english } from '../web/texts/activity.ts'
import { activityTexts as german } from '../web/texts/de/activity.ts'

test.each([
  ['English', english],
  ['German', german],
])('everybody who acts has words in Activity, and nobody else has: %s', (_, texts) => {
  expect(Object.keys(texts.kinds).sort()).toEqual([...actorKinds].sort())
})
