// Mantine's settings: Wayfare's indigo as the primary colour, light only, no styles written at
// run time.
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef0fb',
  '#dce0f5',
  '#b7bfea',
  '#8f9bdd',
  '#6b7acf',
  '#4a5bbd',
  '#2b3a9c',
  '#243289',
  '#1e2a78',
  '#151e5c',
];

/** The theme; the matching CSS variables stand in shared/tokens.css, so that a strict CSP holds. */
export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'md',
  respectReducedMotion: true,
});
