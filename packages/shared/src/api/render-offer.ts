import { assertNever } from '../errors/index.ts';
import type { MeshStatus } from './mesh-status.ts';
import { type Paint, printable } from './render-table.ts';
import { ageText, dayText, shortFingerprint } from './wording.ts';

/** What the source of the roots offers, a line; none where it offers nothing. */
export function renderOffer(
  { mesh, rootOffer: offer }: Pick<MeshStatus, 'mesh' | 'rootOffer'>,
  paint: Paint,
  nowMs: number,
): string[] {
  if (offer === undefined) return [];
  const place = `${offer.place}, for ${ageText(offer.since, nowMs)}`;
  switch (offer.kind) {
    case 'root': {
      const subject = offer.subject.replaceAll('\n', ', ');
      const facts = [shortFingerprint(offer.fingerprint), subject, `until ${dayText(offer.notAfter)}`, `in ${place}`];
      return [paint('strong', printable(`offered root ${facts.join(' · ')} · rotate to it with: reroot rotate --mesh ${mesh}`))];
    }
    case 'problem':
      return [paint('waiting', printable(`no root to be had from ${place}: ${offer.message}; ${offer.remedy} (${offer.code})`))];
    default:
      return assertNever(offer);
  }
}
