/** The ground, inks and accent of renderer/ui/theme/tokens.css, for what is drawn before or instead of a page. */
export const pageColours = {
  light: { ground: '#faf8f4', ink: '#1f1d19', quiet: '#6e685e', accent: '#0b5a60', onAccent: '#ffffff' },
  dark: { ground: '#181714', ink: '#ece8e0', quiet: '#9e978a', accent: '#6dc0bc', onAccent: '#0c1f1e' },
} as const;
