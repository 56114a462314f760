import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

/** The width of an element as it is, for what is drawn by its size. 0 before the first layout. */
export function useWidth(): readonly [Ref<HTMLDivElement>, number] {
  const width = useSignal(0);
  const observer = useRef<ResizeObserver | undefined>(undefined);
  const attach = useCallback((element: HTMLDivElement | null) => {
    observer.current?.disconnect();
    if (element === null) return;
    width.value = Math.round(element.clientWidth);
    observer.current = new ResizeObserver(([entry]) => {
      if (entry !== undefined) width.value = Math.round(entry.contentRect.width);
    });
    observer.current.observe(element);
  }, []);
  useEffect(() => () => observer.current?.disconnect(), []);
  return [attach, width.value];
}
