import { t } from '@lingui/core/macro';
import { selectsText, takesTyped } from './sought-choice.ts';
import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  Menu,
  Modal,
  MultiSelect,
  Notification,
  PasswordInput,
  Select,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Warm greys from paper to graphite, and one accent. docs/design-language.md says why. */
const paper: MantineColorsTuple = [
  '#faf8f4',
  '#f2efe8',
  '#e3ded4',
  '#d3ccbf',
  '#918a7d',
  '#8a8376',
  '#6e685e',
  '#565149',
  '#35322c',
  '#1f1d19',
];
const graphite: MantineColorsTuple = [
  '#ece8e0',
  '#bcb6aa',
  '#9e978a',
  '#8a8477',
  '#7a7468',
  '#35322c',
  '#292622',
  '#1f1d1a',
  '#181714',
  '#131210',
];
const petrol: MantineColorsTuple = [
  '#deeceb',
  '#c3dedc',
  '#99c8c5',
  '#6dc0bc',
  '#3f9a97',
  '#1f7a7a',
  '#12696d',
  '#0b5a60',
  '#084a4f',
  '#06393d',
];

const red: MantineColorsTuple = [
  '#fbe7e3',
  '#f5cdc6',
  '#f2a99f',
  '#f28b80',
  '#de5a4d',
  '#c23a2d',
  '#b02f23',
  '#a6261b',
  '#8a1d14',
  '#6b140d',
];

// tokens.css defines the typefaces.
const sans = 'var(--qm-sans)';
const mono = 'var(--qm-mono)';

/**
 * The accent and the red of buttons come from the tokens: Mantine computes a filled button's ink for the light scheme
 * only, which would leave white on pale petrol in the dark one.
 */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const isAccent = input.color === undefined || input.color === input.theme.primaryColor;
  const tone = isAccent ? 'var(--qm-accent)' : input.color === 'red' ? 'var(--qm-bad)' : null;
  if (tone === null) return resolved;
  if (input.variant === 'filled') {
    const hover = isAccent ? 'var(--qm-accent-hover)' : 'color-mix(in srgb, var(--qm-bad), black 14%)';
    return { ...resolved, background: tone, hover, color: 'var(--qm-on-accent)' };
  }
  if (!isAccent && (input.variant === 'light' || input.variant === 'subtle'))
    return { ...resolved, hover: 'var(--qm-bad-soft)', color: tone };
  if (input.variant === 'outline') return { ...resolved, color: tone, border: `1px solid ${tone}` };
  return resolved;
};

export const theme = createTheme({
  colors: { gray: paper, dark: graphite, petrol, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  variantColorResolver,
  black: '#1f1d19',
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.35' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.35' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  components: {
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': '2rem', '--input-fz': '0.8125rem' } }),
    }),
    InputWrapper: {
      defaultProps: { labelProps: { style: { fontWeight: 500, marginBottom: 3 } } },
    },
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, props) => ({
        root: props.size?.startsWith('compact')
          ? {}
          : { '--button-height': '2rem', '--button-fz': '0.8125rem' },
      }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ root: { '--checkbox-icon-color': 'var(--qm-on-accent)' } }),
      // The least height of targets stacked one below the other (WCAG 2.2, 2.5.8).
      styles: {
        body: { minHeight: 24, alignItems: 'center' },
        label: { fontSize: '0.8125rem' },
        description: { fontSize: '0.75rem' },
      },
    }),
    // Short lists are typed into as well: the best hit is marked, Enter and Tab take it.
    Select: Select.extend({
      defaultProps: {
        allowDeselect: false,
        checkIconPosition: 'right',
        searchable: true,
        openOnFocus: false,
        selectFirstOptionOnChange: true,
        onFocusCapture: selectsText,
        nothingFoundMessage: t`Nothing found`,
      },
    }),
    MultiSelect: MultiSelect.extend({
      // Typed text follows the chosen entries, on the same line where there is room.
      styles: { inputField: { minWidth: 28 } },
      defaultProps: {
        checkIconPosition: 'right',
        searchable: true,
        openOnFocus: false,
        selectFirstOptionOnChange: true,
        onBlurCapture: takesTyped,
        nothingFoundMessage: t`Nothing found`,
      },
    }),
    Modal: Modal.extend({
      styles: { title: { fontWeight: 600 } },
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': t`Close` },
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 80 },
      },
    }),
    // A menu holds entries and nothing else; its first one takes the focus (data-autofocus).
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 60 },
        withInitialFocusPlaceholder: false,
      },
    }),
    PasswordInput: PasswordInput.extend({
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': t`Show or hide the password` } },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': t`Close the notice` } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, fz: 'xs' } }),
  },
});

/** Mantine's own surfaces take the tokens of tokens.css, so that both schemes have one source. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--qm-paper)',
    '--mantine-color-text': 'var(--qm-ink)',
    '--mantine-color-dimmed': 'var(--qm-ink-2)',
    '--mantine-color-placeholder': 'var(--qm-ink-3)',
    '--mantine-color-default': 'var(--qm-sheet)',
    '--mantine-color-default-hover': 'var(--qm-hover)',
    '--mantine-color-default-border': 'var(--qm-field-line)',
    '--mantine-color-default-color': 'var(--qm-ink)',
    '--mantine-color-error': 'var(--qm-bad)',
    // Mantine's colour for red text on any background.
    '--mantine-color-red-6': 'var(--qm-bad)',
    '--mantine-color-anchor': 'var(--qm-accent)',
  };
  return { variables: { '--mantine-line-height': '1.45' }, light: surfaces, dark: surfaces };
};
