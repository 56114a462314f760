/** The colours of the theme by what they are for, as a canvas takes them. */
export type CanvasColours = Readonly<Record<(typeof names)[number], string>>;

const names = [
  'ink',
  'faint',
  'line',
  'accent',
  'green',
  'red',
  'unknown',
  'onRed',
  'onUnknown',
  'good',
  'bad',
  'waiting',
] as const;

const properties: Readonly<Record<(typeof names)[number], string>> = {
  ink: '--ink',
  faint: '--faint',
  line: '--line',
  accent: '--accent',
  green: '--cell-green',
  red: '--cell-red',
  unknown: '--cell-unknown',
  onRed: '--on-red',
  onUnknown: '--on-unknown',
  good: '--good',
  bad: '--bad',
  waiting: '--waiting',
};

/** Reads them where they count. A property is resolved only where it is used, so each is used once. */
export function coloursOf(element: HTMLElement): CanvasColours {
  const before = element.style.color;
  const read = (name: (typeof names)[number]): string => {
    element.style.color = `var(${properties[name]})`;
    return getComputedStyle(element).color;
  };
  const colours = Object.fromEntries(names.map((name) => [name, read(name)]));
  element.style.color = before;
  return colours as CanvasColours;
}
