import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

/** More would push what stands below them out of sight. */
const shownAtFirst = 5;

/** Notices in a list, the first ones until all are asked for. */
export function NoticeList<T>({
  of,
  tone,
  children,
}: {
  readonly of: readonly T[];
  readonly tone: (item: T) => 'critical' | 'warning' | 'info';
  readonly children: (item: T) => ComponentChildren;
}) {
  const all = useSignal(false);
  return (
    <>
      <ul class="notices">
        {(all.value ? of : of.slice(0, shownAtFirst)).map((item, index) => (
          <li key={index} class={`notice notice-${tone(item)}`}>
            {children(item)}
          </li>
        ))}
      </ul>
      {of.length > shownAtFirst && !all.value && (
        <button type="button" class="quiet" onClick={() => (all.value = true)}>
          {`Show all ${of.length.toLocaleString('en')}`}
        </button>
      )}
    </>
  );
}
