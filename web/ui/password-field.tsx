import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** A field for a password, with a button that shows what is typed, which the keyboard reaches. */
export function PasswordField({ showText, ...props }: PasswordInputProps & { showText: string }) {
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': showText, tabIndex: 0 }} />
}
