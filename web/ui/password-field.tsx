import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/**
 * A field for a password, with a button that shows what is typed, which the keyboard reaches. That it is wrong is said of the field itself, as the
 * library says it of others: a screen reader tells it, and the focus finds it.
 */
export function PasswordField({ showText, ...props }: PasswordInputProps & { showText: string }) {
  return (
    <PasswordInput
      {...props}
      aria-invalid={props.error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': showText, tabIndex: 0 }}
    />
  )
}
