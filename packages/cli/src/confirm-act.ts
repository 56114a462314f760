import { askToGoOn } from './ask.ts';
import type { Shell } from './shell.ts';

/**
 * Tells a person what an act will do, and has them agree. Where nobody sits at a terminal nobody is asked: who gives a reason in a
 * script means it.
 * @throws RR_NOT_CONFIRMED
 */
export async function confirmAct(what: string, { yes }: { readonly yes?: true }, shell: Shell): Promise<void> {
  if (yes === true || shell.person === 'absent') return;
  await askToGoOn(what, shell);
}
