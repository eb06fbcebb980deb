import type { FormEvent } from 'react'

/** Takes the focus to the first field (or group of fields) of a form that is marked as wrong, once the marks are there. */
export function focusFirstMistake({ currentTarget }: FormEvent): void {
  setTimeout(() => currentTarget.querySelector<HTMLElement>('[aria-invalid="true"], [data-mistake]')?.focus())
}
