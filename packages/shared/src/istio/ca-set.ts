import { type PemItem, readPem } from '../pki/index.ts';

/**
 * The files that istiod makes its CA of, read. Which names count depends on the form: as soon as `tls.crt` is there, istiod
 * looks at no other name than those of the TLS form (`detectSigningCABundleAndCRL` in pilot/pkg/bootstrap/istio_ca.go).
 */
export interface CaSet {
  readonly form: CaForm;
  /** Names of this form that are missing. */
  readonly missing: readonly string[];
  /** Names of the other form, or a CRL in the TLS form: there, and not looked at. */
  readonly ignored: readonly string[];
  readonly roots: BundleFile | undefined;
  readonly signer: PemFile | undefined;
  readonly key: PemFile | undefined;
  /** What is sent behind each leaf; in the TLS form `tls.crt` and `ca.crt`, joined as istiod joins them. */
  readonly chain: PemFile | undefined;
  readonly crl: PemFile | undefined;
}

export type CaForm = 'pem' | 'tls';

/** A file and what is in it. */
export interface PemFile {
  readonly name: string;
  readonly items: readonly PemItem[];
  /** `blank`: it has characters, and no block that Go finds. */
  readonly content: 'empty' | 'blank' | 'blocks';
}

/** A trust bundle: its bytes count too, because istiod compares them. */
export interface BundleFile extends PemFile {
  readonly bytes: string;
}

/** Names of the files of either form; the CRL may be missing. */
export const caFileNames = {
  pem: { roots: 'root-cert.pem', signer: 'ca-cert.pem', key: 'ca-key.pem', chain: 'cert-chain.pem', crl: 'ca-crl.pem' },
  tls: { roots: 'ca.crt', signer: 'tls.crt', key: 'tls.key' },
} as const;

/** Texts by the names of their files: the decoded data of a Secret. */
export type NamedFiles = Readonly<Record<string, string>>;

/**
 * Reads the files of a `cacerts` Secret or folder, or some of them. Never throws: what is wrong with them is for the rules to say.
 * @param shownAs what findings call a file, where that is not its name
 */
export function readCaSet(files: NamedFiles, shownAs: NamedFiles = {}): CaSet {
  const reader: FileReader = {
    has: (name) => files[name] !== undefined,
    read: (name) => {
      const text = files[name];
      return text === undefined ? undefined : { ...readPemFile(shownAs[name] ?? name, text), bytes: text };
    },
  };
  return reader.has(caFileNames.tls.signer) ? readTlsForm(reader) : readPemForm(reader);
}

interface FileReader {
  readonly has: (name: string) => boolean;
  readonly read: (name: string) => BundleFile | undefined;
}

/** Reads a file of PEM blocks. */
export function readPemFile(name: string, text: string): PemFile {
  const items = readPem(text);
  const content = items.some(({ kind }) => kind !== 'damaged') ? 'blocks' : text === '' ? 'empty' : 'blank';
  return { name, items, content };
}

function readPemForm({ has, read }: FileReader): CaSet {
  const { roots, signer, key, chain, crl } = caFileNames.pem;
  return {
    form: 'pem',
    missing: [signer, key, chain, roots].filter((name) => !has(name)),
    ignored: [caFileNames.tls.key, caFileNames.tls.roots].filter(has),
    roots: read(roots),
    signer: withoutBytes(read(signer)),
    key: withoutBytes(read(key)),
    chain: withoutBytes(read(chain)),
    crl: withoutBytes(read(crl)),
  };
}

function readTlsForm({ has, read }: FileReader): CaSet {
  const { roots, signer, key } = caFileNames.tls;
  const [first, second] = [read(signer), read(roots)];
  const joined = first && second && readPemFile(`${first.name}+${second.name}`, first.bytes + second.bytes);
  return {
    form: 'tls',
    missing: [signer, key, roots].filter((name) => !has(name)),
    ignored: Object.values(caFileNames.pem).filter(has),
    roots: second,
    signer: withoutBytes(first),
    key: withoutBytes(read(key)),
    chain: joined,
    crl: undefined,
  };
}

/** Nothing needs the bytes of the other files, and those of a key shall not be at hand. */
function withoutBytes(file: BundleFile | undefined): PemFile | undefined {
  if (file === undefined) return undefined;
  const { name, items, content } = file;
  return { name, items, content };
}

/** The first block that Go finds, whatever it holds; many readers of Istio look at no other. */
export function firstBlockOf({ items }: PemFile): PemItem | undefined {
  return items.find(({ kind }) => kind !== 'damaged');
}
