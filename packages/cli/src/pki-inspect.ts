import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { CommonOptions } from './connection.ts';
import { nothingFound, readPkiInput } from './pki-input.ts';
import { renderInspection } from './pki-inspection-text.ts';
import { type InspectReport, inspect } from './pki-report.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

/** `reroot pki inspect`: what stands in files of certificates. */
export async function runPkiInspect(files: readonly string[], { output }: CommonOptions, shell: Shell): Promise<void> {
  if (files.filter((file) => file === '-').length > 1) throw new RerootError('RR_OPTION_INVALID', 'stdin can be read only once');
  const inputs = [];
  for (const file of files) inputs.push(await readPkiInput(file, shell));
  const report = inspect(inputs);
  const empty = files.find((file) => report.texts.every((text) => text.file !== file));
  if (empty !== undefined) throw nothingFound(empty);
  await printData(shell, { output }, report, () => renderInspection(report, shell.out.paint, shell.clock.now()));
  refuseDamaged(report);
}

/** What could be read has been shown by then; what could not is an error, so that no script passes over it. */
function refuseDamaged({ texts }: InspectReport): void {
  for (const { file, object, name, blocks } of texts) {
    for (const block of blocks) {
      if (!('problem' in block)) continue;
      const whole = block.kind === 'request' || block.kind === 'crl';
      const cannot = whole ? 'is not one that reroot takes' : 'cannot be read';
      const within = object === undefined ? '' : ` (${object}, ${name ?? ''})`;
      throw new RerootError(codeFor(block.label), `block ${block.position} (${block.label}) ${cannot}: ${block.problem}`, {
        place: object === undefined ? `${file}:${block.line}` : `${file}${within}, line ${block.line} of it`,
        ...(whole ? {} : { remedy: 'put what the block was made from there anew, in PEM, or leave the block out' }),
      });
    }
  }
}

function codeFor(label: string): ErrorCode {
  if (label.includes('KEY')) return 'RR_PKI_BAD_KEY';
  if (label.includes('CRL')) return 'RR_PKI_BAD_CRL';
  return label.includes('REQUEST') ? 'RR_PKI_BAD_CSR' : 'RR_PKI_BAD_CERTIFICATE';
}
