import type { Tally } from '@reroot/shared/api';

/** How many have reached the row, of how many. */
export function TallyText({ of: { reached, total } }: { readonly of: Tally }) {
  return <span class={reached >= total ? 'num good' : 'num waiting'}>{`${reached}/${total}`}</span>;
}
