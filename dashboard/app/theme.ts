import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const belt: MantineColorsTuple = [
  '#e6f6f6',
  '#d3ebeb',
  '#a6d6d7',
  '#76c0c2',
  '#4faeb1',
  '#37a3a6',
  '#278e92',
  '#12757a',
  '#04646a',
  '#005257',
];

/** White text is set on a colour only where it stands out from it by 4.5 to 1 (WCAG 2.2 AA). */
const DARKEST_FOR_BLACK = 0.183;

/** The header of a dialog is not a second one of the page. */
const headerOfItsOwn = { header: { role: 'presentation' } };

export const theme = createTheme({
  colors: { belt },
  primaryColor: 'belt',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: DARKEST_FOR_BLACK,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
  components: {
    Table: { defaultProps: { verticalSpacing: 'xs' } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 300,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Modal: {
      defaultProps: {
        centered: false,
        size: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: headerOfItsOwn,
      },
      styles: { title: { fontWeight: 650 } },
    },
    Drawer: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, attributes: headerOfItsOwn },
    },
  },
});

const colours = [
  'belt',
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
];

function texts(textOf: (colour: string) => string): Record<string, string> {
  return Object.fromEntries(
    colours.flatMap((colour) =>
      ['light', 'outline', 'subtle'].map((variant) => [
        `--mantine-color-${colour}-${variant}-color`,
        textOf(colour),
      ]),
    ),
  );
}

/** The library's own secondary texts are too pale for WCAG 2.2 AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    // Yellow and green stand out from their own tints only when they are darker than the library's darkest.
    ...texts((colour) => `color-mix(in srgb, var(--mantine-color-${colour}-9) 70%, black)`),
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': '#5f666d',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-belt-8)',
  },
  dark: {
    ...texts((colour) => `var(--mantine-color-${colour}-2)`),
    '--mantine-color-dimmed': '#b4b4b4',
    '--mantine-color-placeholder': '#a3a3a3',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-belt-3)',
  },
});
