import type { Refusal } from '../data/ask.ts';

/** What mgmt has refused, in its own words: code, sentence and remedy, as the command line shows them. */
export function RefusalNote({ of }: { readonly of: Refusal }) {
  return (
    <div class="refusal" role="alert">
      <p>
        <code>{of.code}</code> {of.message}
        {of.place === undefined ? null : <span class="faint"> ({of.place})</span>}
      </p>
      <p class="remedy">
        <b>Remedy</b> {of.remedy}
      </p>
    </div>
  );
}
