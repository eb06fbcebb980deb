import { Button } from '@mantine/core'
import { problemText } from './client.ts'
import { portalTexts } from './texts/portal.ts'
import { DialogButtons, FormProblem } from './ui/dialog.tsx'

interface FormFootProps {
  /** What the form sends. */
  sent: { error: Error | null; isPending: boolean }
  /** What the button that sends it says. */
  submit: string
  onCancel: () => void
}

/** The foot of a form in a dialog: what the server refused, the way out, and the button that sends it. */
export function FormFoot({ sent, submit, onCancel }: FormFootProps) {
  return (
    <>
      <FormProblem problem={sent.error ? problemText(sent.error) : undefined} />
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={sent.isPending}>
          {submit}
        </Button>
      </DialogButtons>
    </>
  )
}
