import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { CheckIcon, CopyIcon } from './icons.tsx'

/** Puts text on the clipboard, also on a page that is not served by https, where the browser's own way is closed. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.style.position = 'fixed'
    field.style.opacity = '0'
    const held = document.activeElement
    ;(held?.closest('[role="dialog"]') ?? document.body).append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    if (held instanceof HTMLElement) {
      held.focus()
    }
    return copied
  }
}

function useCopy(text: string, onCopied?: () => void): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = () => {
    void copyText(text).then((done) => {
      if (done) {
        onCopied?.()
        setCopied(true)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setCopied(false), 2_000)
      }
    })
  }
  return { copied, copy }
}

interface CopyTexts {
  copy: string
  copied: string
}

/** A small copy button beside a value. `label` names the value too, for whoever cannot see where the button stands. */
export function CopyIconButton({ text, label, texts }: { text: string; label: string; texts: CopyTexts }) {
  const { copied, copy } = useCopy(text)
  return (
    <Tooltip label={copied ? texts.copied : texts.copy}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
        {copied ? <CheckIcon size={15} /> : <CopyIcon size={15} />}
        <span role="status" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
          {copied ? texts.copied : ''}
        </span>
      </ActionIcon>
    </Tooltip>
  )
}

/** The copy button of something that is shown once. */
export function CopyButton({ text, texts, onCopied }: { text: string; texts: CopyTexts; onCopied?: () => void }) {
  const { copied, copy } = useCopy(text, onCopied)
  return (
    <Button leftSection={copied ? <CheckIcon /> : <CopyIcon />} onClick={copy} autoFocus>
      <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
    </Button>
  )
}
