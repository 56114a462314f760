import { type Mark, markWords } from '../model/standing.ts';

/** A mark by itself: its sign on its colour. */
export function MarkSign({ mark }: { readonly mark: Mark }) {
  return (
    <span class={`mark mark-${mark}`} aria-hidden="true">
      {markWords[mark].sign}
    </span>
  );
}
