import { signal } from '@preact/signals';
import { deed } from '../data/deed.ts';
import { access, mesh, meshName } from '../data/store.ts';
import { turnTheme } from '../data/theme.ts';
import { type Act, actsOfMesh, mayAct } from '../model/acts.ts';
import { viewHref, views } from '../model/route.ts';

/** Whether the list of shortcuts is shown. */
export const shortcutsOpen = signal(false);

/** Single letters can be in the way of speech input, and of screen readers: they can be switched off (WCAG 2.1.4). */
export const shortcutsOn = signal<'on' | 'off'>('on');

/** One key and what it is for. */
export interface Shortcut {
  readonly key: string;
  readonly means: string;
  readonly run: () => void;
}

export const shortcuts: readonly Shortcut[] = [
  ...views.map((view, index) => ({ key: String(index + 1), means: `go to: ${view}`, run: () => goTo(view) })),
  { key: '/', means: 'search the fleet', run: () => searchFleet() },
  { key: 'a', means: 'approve, or retry: asks for the reason first', run: () => offer('continue') },
  { key: 'b', means: 'roll back: asks for the reason first', run: () => offer('rollback') },
  { key: 't', means: 'change the theme', run: turnTheme },
  { key: '?', means: 'show this list', run: () => (shortcutsOpen.value = true) },
];

function goTo(view: (typeof views)[number]): void {
  if (meshName.value !== undefined) location.hash = viewHref(meshName.value, view);
}

function searchFleet(): void {
  goTo('fleet');
  // The field is there once the view is.
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLInputElement>('#fleet-search')?.focus()));
}

function offer(kind: Act['kind']): void {
  const status = mesh.value;
  const act = status === undefined ? undefined : actsOfMesh(status).find((each) => each.kind === kind);
  if (status !== undefined && act !== undefined && mayAct(act, access.value)) deed.value = { act, status };
}

/** Listens to the keyboard. @returns ends it */
export function startShortcuts(): () => void {
  const hear = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (shortcutsOn.value === 'off' && event.key !== '?') return;
    const found = shortcuts.find(({ key }) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  };
  window.addEventListener('keydown', hear);
  return () => {
    window.removeEventListener('keydown', hear);
  };
}
