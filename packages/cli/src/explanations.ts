import { type Paint, renderTable } from '@reroot/shared/api';
import { type CatalogueEntry, errorCatalogue, RerootError } from '@reroot/shared/errors';
import type { CommonOptions } from './connection.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

/** What is known of a name. */
export interface Explanation {
  readonly name: string;
  readonly kind: string;
  readonly means: string;
  /** Where one sees more of it. */
  readonly look?: string;
  readonly remedy?: string;
  readonly exit?: number;
  readonly status?: number;
  /** Where there is more to read. */
  readonly page: string;
}

/** Explains a name, or lists all. A name may stand for two things. @throws RR_OPTION_INVALID */
export async function runExplain(name: string | undefined, options: CommonOptions, shell: Shell): Promise<void> {
  const all = await readExplanations();
  if (name === undefined) {
    await printData(shell, options, { explanations: all }, () => renderList(all, shell.out.paint));
    return;
  }
  const found = all.filter((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found.length === 0) throw await unknownName(name, all);
  await printData(shell, options, { explanations: found }, () => found.flatMap((each) => renderOne(each, shell.out.paint)));
}

/** All that can be explained: the catalogue of errors, and what mgmt's own tables say. */
export async function readExplanations(): Promise<readonly Explanation[]> {
  const { default: reasons } = await import('./generated/reasons.json', { with: { type: 'json' } });
  const codes = Object.entries<CatalogueEntry>(errorCatalogue).map(([name, { means, remedy, exit, status }]) => ({
    ...{ name, kind: 'error code', means, remedy, exit, status, page: `docs/errors.md#${name.toLowerCase()}` },
  }));
  return [...codes, ...(reasons as readonly Explanation[])];
}

function renderOne({ name, kind, means, look, remedy, exit, status, page }: Explanation, paint: Paint): readonly string[] {
  return [
    `${paint('strong', name)} · ${kind}`,
    `  means   ${means}`,
    ...(look === undefined ? [] : [`  look    ${look}`]),
    ...(remedy === undefined ? [] : [`  to do   ${remedy}`]),
    ...(exit === undefined || status === undefined
      ? []
      : [`  leaves  with exit code ${exit}, and over HTTP with status ${status}`]),
    `  read    ${page}`,
  ];
}

function renderList(all: readonly Explanation[], paint: Paint): readonly string[] {
  const rows = all.map(({ name, kind, means }) => [name, kind, means].map((text) => ({ text })));
  return renderTable(['NAME', 'KIND', 'MEANS'], rows, paint);
}

async function unknownName(name: string, all: readonly Explanation[]): Promise<RerootError> {
  const { nearestWord } = await import('@reroot/shared/config');
  const names = all.map((each) => each.name);
  const nearest = nearestWord(name, names);
  return new RerootError('RR_OPTION_INVALID', `nothing that reroot says is called ${JSON.stringify(name)}`, {
    remedy: `${nearest === undefined ? '' : `perhaps ${nearest} is meant; `}\`reroot explain\` lists all`,
  });
}
