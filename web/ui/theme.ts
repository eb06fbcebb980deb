import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dce5fd',
  '#b8c9fa',
  '#8facf6',
  '#6b8ff2',
  '#4a74ec',
  '#2f5be0',
  '#254bc2',
  '#1f3f9f',
  '#1a337d',
]
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#f0f1f4',
  '#e4e6eb',
  '#d3d6dd',
  '#b9bec8',
  '#868d9a',
  '#656c79',
  '#4b5260',
  '#2f3540',
  '#1a1d24',
]
const dark: MantineColorsTuple = [
  '#e6e8ec',
  '#b9bfc9',
  '#a0a7b3',
  '#8f96a3',
  '#3a3f49',
  '#2a2d35',
  '#1c1f25',
  '#131519',
  '#0d0f12',
  '#08090b',
]
const red: MantineColorsTuple = [
  '#fff1f0',
  '#ffdfdc',
  '#fdb9b3',
  '#f8938b',
  '#f26d64',
  '#e34a41',
  '#c92f27',
  '#a8231c',
  '#8a1d18',
  '#701814',
]

/** Quiet greys, one accent, red for what cannot be undone. Every pair of text and ground holds 4.5:1 in both schemes. */
export const theme = createTheme({
  colors: { accent, gray, dark, red },
  primaryColor: 'accent',
  primaryShade: 6,
  black: '#1a1d24',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem' },
  headings: {
    fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  radius: { sm: '0.375rem', md: '0.5rem', lg: '0.75rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { inherit: true } },
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 500 } } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 120, transition: 'fade' },
      },
    },
    Menu: { defaultProps: { radius: 'md', shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    TextInput: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
    PasswordInput: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
  },
})

/** The grounds and the quiet text, which the library's own defaults make too faint to read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b626f',
    '--mantine-color-placeholder': '#656c79',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#254bc2',
    '--mantine-color-default-border': '#d3d6dd',
    '--ground-sunken': '#f7f8fa',
    '--ground-raised': '#ffffff',
    '--line': '#e4e6eb',
    '--good': '#16794a',
    '--warn': '#a15c00',
    '--bad': '#c92f27',
    '--idle': '#7a818e',
    '--warn-ground': '#fff7e8',
    '--bad-ground': '#fff1f0',
  },
  dark: {
    '--mantine-color-dimmed': '#a0a7b3',
    '--mantine-color-placeholder': '#8f96a3',
    '--mantine-color-error': '#f8938b',
    '--mantine-color-anchor': '#8facf6',
    '--mantine-color-default-border': '#3a3f49',
    '--ground-sunken': '#0d0f12',
    '--ground-raised': '#1a1d22',
    '--line': '#2a2d35',
    '--good': '#4cc38a',
    '--warn': '#f0b04f',
    '--bad': '#f26d64',
    '--idle': '#8f96a3',
    '--warn-ground': '#2a2213',
    '--bad-ground': '#2d1716',
  },
})
