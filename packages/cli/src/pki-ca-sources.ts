import { RerootError } from '@reroot/shared/errors';
import { caFileNames, type ManifestFiles, type NamedFiles, readPemFile } from '@reroot/shared/istio';
import { objectName, type PkiInput, readPkiInput } from './pki-input.ts';
import type { Shell } from './shell.ts';

/** Which files a person named; `-` is stdin. */
export interface CaSourceOptions {
  readonly secret?: string;
  readonly caCert?: string;
  readonly caKey?: string;
  readonly certChain?: string;
  readonly crl?: string;
  readonly leaf?: string;
  readonly before?: string;
}

/** Texts by the names that istiod knows them by, and what they are called on the screen. */
export interface CaTexts {
  readonly texts: NamedFiles;
  readonly shownAs: NamedFiles;
}

/** All that was read. */
export interface CaSources {
  readonly files: CaTexts;
  readonly before: CaTexts | undefined;
  readonly leaf: { readonly file: string; readonly text: string } | undefined;
}

const { pem: pemNames, tls: tlsNames } = caFileNames;
const bundleNames = [pemNames.roots, tlsNames.roots] as const;

/**
 * Reads what a check is asked for.
 * @param bundle stands in the place of the bundle that `--secret` has
 * @throws RR_OPTION_INVALID when nothing, or stdin twice, is to be read, or a file is not what its option wants; what reading
 *   a file throws
 */
export async function readCaSources(bundle: string | undefined, options: CaSourceOptions, shell: Shell): Promise<CaSources> {
  const { secret, before, leaf } = options;
  const single = {
    [pemNames.signer]: options.caCert,
    [pemNames.key]: options.caKey,
    [pemNames.chain]: options.certChain,
    [pemNames.crl]: options.crl,
  };
  const named = [bundle, secret, before, leaf, ...Object.values(single)].filter((file) => file !== undefined);
  if (bundle === undefined && secret === undefined) {
    throw new RerootError('RR_OPTION_INVALID', 'neither a bundle nor --secret was given');
  }
  if (named.filter((file) => file === '-').length > 1) throw new RerootError('RR_OPTION_INVALID', 'stdin can be read only once');
  const whole = secret === undefined ? await readSingle(single, shell) : caSetOf(await readPkiInput(secret, shell));
  return {
    files: bundle === undefined ? whole : withBundle(whole, onlyBundleOf(await readPkiInput(bundle, shell))),
    before: before === undefined ? undefined : beforeOf(await readPkiInput(before, shell)),
    leaf: leaf === undefined ? undefined : { file: leaf, text: leafOf(await readPkiInput(leaf, shell)) },
  };
}

async function readSingle(files: Readonly<Record<string, string | undefined>>, shell: Shell): Promise<CaTexts> {
  const texts: Record<string, string> = {};
  const shownAs: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined) continue;
    // An empty cert-chain.pem or ca-crl.pem is one that istiod reads, and one blank line in it makes a difference.
    const blank = name === pemNames.chain || name === pemNames.crl ? 'taken' : 'refused';
    texts[name] = pemOf(await readPkiInput(file, shell, blank));
    shownAs[name] = file;
  }
  return { texts, shownAs };
}

/** A bundle takes the place of that of its own form: `ca.crt` where `tls.crt` is. */
function withBundle({ texts, shownAs }: CaTexts, { text, shown }: Bundle): CaTexts {
  const name = texts[tlsNames.signer] === undefined ? pemNames.roots : tlsNames.roots;
  return { texts: { ...texts, [name]: text }, shownAs: { ...shownAs, [name]: shown } };
}

interface Bundle {
  readonly text: string;
  readonly shown: string;
}

/** @throws RR_OPTION_INVALID for a whole CA: its signer would go unseen */
function onlyBundleOf(input: PkiInput): Bundle {
  const whole = input.kind === 'manifest' ? input.objects.find(isWholeCa) : undefined;
  if (whole === undefined) return bundleOf(input);
  throw new RerootError('RR_OPTION_INVALID', `${objectName(whole)} holds a signing certificate too, not a bundle alone`, {
    place: input.file,
    remedy: 'give it with --secret, or its bundle as a file of its own',
  });
}

function isWholeCa({ files }: ManifestFiles): boolean {
  return files[pemNames.signer] !== undefined || files[tlsNames.signer] !== undefined;
}

function bundleOf(input: PkiInput): Bundle {
  if (input.kind === 'pem') return { text: input.text, shown: input.file };
  const object = only(input.file, input.objects, (each) => bundleNames.some((name) => each.files[name] !== undefined));
  const name = bundleNames.find((each) => object.files[each] !== undefined) ?? pemNames.roots;
  return { text: object.files[name] ?? '', shown: `${input.file} (${objectName(object)}, ${name})` };
}

function caSetOf(input: PkiInput): CaTexts {
  if (input.kind === 'pem') {
    throw new RerootError('RR_OPTION_INVALID', 'it is PEM, not a Secret', {
      place: input.file,
      remedy: 'give the Secret as YAML or JSON, or its files with --ca-cert, --ca-key and --cert-chain',
    });
  }
  const names: readonly string[] = [...Object.values(pemNames), tlsNames.signer, tlsNames.key];
  const object = only(input.file, input.objects, (each) => names.some((name) => each.files[name] !== undefined));
  return { texts: object.files, shownAs: {} };
}

function beforeOf(input: PkiInput): CaTexts {
  if (input.kind === 'manifest' && input.objects.some(isWholeCa)) return caSetOf(input);
  const { text, shown } = bundleOf(input);
  return { texts: { [pemNames.roots]: text }, shownAs: { [pemNames.roots]: shown } };
}

function leafOf(input: PkiInput): string {
  const text = pemOf(input);
  if (readPemFile(input.file, text).items.some(({ label }) => label.endsWith('CERTIFICATE'))) return text;
  throw new RerootError('RR_OPTION_INVALID', 'it holds no certificate', {
    place: input.file,
    remedy: 'give the certificate of a workload, and its chain behind it; its private key is not needed',
  });
}

function pemOf(input: PkiInput): string {
  if (input.kind === 'pem') return input.text;
  throw new RerootError('RR_OPTION_INVALID', 'it is a manifest, not PEM', { place: input.file, remedy: 'give a PEM file here' });
}

function only(file: string, objects: readonly ManifestFiles[], isWanted: (object: ManifestFiles) => boolean): ManifestFiles {
  const [found, ...others] = objects.filter(isWanted);
  if (found !== undefined && others.length === 0) return found;
  const which =
    found === undefined ? 'no object holds files of a CA' : `several do: ${[found, ...others].map(objectName).join(', ')}`;
  throw new RerootError('RR_OPTION_INVALID', `one object with files of a CA is needed, and ${which}`, {
    place: file,
    remedy: 'give one object: kubectl get secret -n istio-system cacerts -o yaml',
  });
}
