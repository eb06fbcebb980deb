import { Anchor } from '@mantine/core'
import { webhooksTexts as texts } from '../../texts/webhooks.ts'

/** The way to the guide, beside the portal: whoever is reading a secret that is shown once must not lose it. */
export function GuideLink() {
  return (
    <Anchor href="/docs/guides/webhooks" target="_blank" rel="noreferrer" underline="always">
      {texts.guide}
    </Anchor>
  )
}
