import { assertNever } from '../errors/index.ts';
import { childrenOf, type Element } from './der-reader.ts';

/** A GeneralName (RFC 5280 §4.2.1.6); `value` is text for email, dns and uri, and lower-case hex of the content for the others. */
export interface GeneralName {
  readonly kind: 'email' | 'dns' | 'uri' | 'ip' | 'directory' | 'other';
  readonly value: string;
}

/** Where the names of everything below a CA must lie (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  /** RFC 5280 asks for a critical extension; of another Go passes over the kinds of names that it does not know. */
  readonly criticality: 'critical' | 'not critical';
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

type Subtrees = Omit<NameConstraints, 'criticality'>;

const kindByTag: ReadonlyMap<number, GeneralName['kind']> = new Map([
  [0x81, 'email'],
  [0x82, 'dns'],
  [0xa4, 'directory'],
  [0x86, 'uri'],
  [0x87, 'ip'],
]);

export function readGeneralName({ tag, content }: Element): GeneralName {
  const kind = kindByTag.get(tag) ?? 'other';
  const isText = kind === 'email' || kind === 'dns' || kind === 'uri';
  return { kind, value: Buffer.from(content).toString(isText ? 'latin1' : 'hex') };
}

/** Reads the content of a nameConstraints extension. @throws Error on what is not DER */
export function readNameConstraints(value: Element): Subtrees {
  const subtrees = (tag: number): readonly GeneralName[] =>
    childrenOf(childrenOf(value).find((each) => each.tag === tag)).map((subtree) => {
      const [base, ...limits] = childrenOf(subtree);
      // Minimum and maximum must not be used; with one of them the base is not what it seems.
      return base === undefined || limits.length > 0 ? { kind: 'other', value: '' } : readGeneralName(base);
    });
  return { permitted: subtrees(0xa0), excluded: subtrees(0xa1) };
}

/** A kind of name that is constrained and that Go cannot check; undefined where it checks all. */
export function findUnchecked({ permitted, excluded }: Subtrees): GeneralName['kind'] | undefined {
  return [...permitted, ...excluded].find(isUnchecked)?.kind;
}

/**
 * The constraints as Go holds names to them: kinds that it does not know are passed over, as it does where the extension is not
 * critical, and the host of a URI stands for all hosts below it too (`matchDomainConstraint` in crypto/x509).
 */
export function asGoReads({ permitted, excluded }: Subtrees): Subtrees {
  const read = (base: GeneralName): readonly GeneralName[] => {
    if (isUnchecked(base)) return [];
    return base.kind === 'uri' && !base.value.startsWith('.') ? [base, { ...base, value: `.${base.value}` }] : [base];
  };
  return { permitted: permitted.flatMap(read), excluded: excluded.flatMap(read) };
}

function isUnchecked({ kind }: GeneralName): boolean {
  return kind === 'directory' || kind === 'other';
}

/**
 * Finds why names do not lie where a CA above them says. Constraints on DNS names and on the hosts of URIs are compared; those
 * on other kinds are refused where there is a name that they bear on.
 * @returns what is wrong, or undefined
 */
export function findOutside({ permitted, excluded }: Subtrees, names: readonly GeneralName[]): string | undefined {
  const strange = findUnchecked({ permitted, excluded });
  if (strange !== undefined) return `constrains names of kind ${strange}, which istiod cannot check`;
  for (const name of names) {
    const barred = excluded.find((base) => base.kind === name.kind && !liesOutside(name, base));
    if (barred !== undefined) return `excludes ${name.kind} name ${name.value}`;
    const bases = permitted.filter(({ kind }) => kind === name.kind);
    if (bases.length > 0 && bases.every((base) => !liesInside(name, base)))
      return `does not permit ${name.kind} name ${name.value}`;
  }
  return undefined;
}

function liesInside(name: GeneralName, base: GeneralName): boolean {
  return compare(name, base) === 'inside';
}

function liesOutside(name: GeneralName, base: GeneralName): boolean {
  return compare(name, base) === 'outside';
}

function compare(name: GeneralName, base: GeneralName): 'inside' | 'outside' | 'unknown' {
  switch (base.kind) {
    case 'dns':
      return place(isWithin(name.value, base.value) || name.value.toLowerCase() === base.value.toLowerCase());
    case 'uri': {
      const host = hostOf(name.value);
      if (host === undefined) return 'unknown';
      return place(base.value.startsWith('.') ? isWithin(host, base.value) : host.toLowerCase() === base.value.toLowerCase());
    }
    case 'email':
    case 'ip':
    case 'directory':
    case 'other':
      return 'unknown';
    default:
      return assertNever(base.kind);
  }
}

function place(inside: boolean): 'inside' | 'outside' {
  return inside ? 'inside' : 'outside';
}

/** Whether a domain has labels to the left of another, which may be empty or begin with a dot. */
function isWithin(domain: string, base: string): boolean {
  return domain.toLowerCase().endsWith(`.${base.replace(/^\./, '').toLowerCase()}`) || base === '';
}

/** The host of a URI with an authority; undefined where there is none, or an address, which no domain can be compared with. */
function hostOf(uri: string): string | undefined {
  const host = /^[^:/?#]+:\/\/(?:[^/?#@]*@)?([^/?#:[\]]+)(?::\d*)?(?:[/?#]|$)/.exec(uri)?.[1];
  return host === undefined || /^[\d.]+$/.test(host) ? undefined : host;
}
