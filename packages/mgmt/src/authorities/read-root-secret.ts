import { createPublicKey, type KeyObject } from 'node:crypto';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type Certificate, importPrivateKey, parseCertificates } from '@reroot/shared/pki';
import type { ObjectRef } from '@reroot/shared/protocol';
import type { RootRequest } from './root-authority.ts';
import { isSelfIssued, type RootCandidate, type RuleContext, rootProblem } from './root-rules.ts';
import type { SecretData } from './secret-source.ts';

/** A root CA as it stands in a Secret. */
export interface RootMaterial extends RootCandidate {
  /** Of the CA that signs; undefined where there is none, and none is needed. */
  readonly key: KeyObject | undefined;
}

/** Under which keys the parts of a CA stand. */
interface Form {
  /** The CA that signs, with or without those above it. */
  readonly signer: string;
  readonly key: string;
  readonly chain: string | undefined;
  readonly root: string;
}

/** Istio's own names, and those of a Secret of type kubernetes.io/tls, as cert-manager writes them. */
const forms: readonly Form[] = [
  { signer: 'ca-cert.pem', key: 'ca-key.pem', chain: 'cert-chain.pem', root: 'root-cert.pem' },
  { signer: 'tls.crt', key: 'tls.key', chain: undefined, root: 'ca.crt' },
];

/** What reading depends on. */
export interface ReadRootContext extends RuleContext {
  readonly secret: ObjectRef;
  readonly signing: RootRequest['signing'];
}

/**
 * Reads a root CA from a Secret, and verifies the whole of it before anything is done with it: half of it would be noticed in
 * the middle of a rotation.
 * @throws RR_ROOT_SECRET_INVALID naming the Secret, what is wrong and where; never with what stands there
 */
export function readRootSecret(data: SecretData, context: ReadRootContext): RootMaterial {
  const form = formOf(data, context);
  const root = rootOf(data, form, context);
  if (context.signing === 'agents') return checked({ root, chain: [], key: undefined }, context);
  const signers = certificatesIn(data, form.signer, context);
  const [signer] = signers;
  if (signer === undefined) throw refuse(`${form.signer} holds no certificate`, context);
  const key = keyOf(data, form, signer, context);
  const others = form.chain === undefined ? signers : [...signers, ...certificatesIn(data, form.chain, context)];
  return checked({ root, chain: chainOf(signer, others, root), key }, context);
}

function checked(material: RootMaterial, context: ReadRootContext): RootMaterial {
  const problem = rootProblem(material, context);
  if (problem === undefined) return material;
  throw refuse(problem, context);
}

function formOf(data: SecretData, context: ReadRootContext): Form {
  const found = forms.filter((form) => [form.signer, form.key, form.root].some((name) => data.has(name)));
  const [form] = found;
  if (form !== undefined && found.length === 1) return form;
  const names = forms.map(({ signer, key, root }) => `${signer}, ${key} and ${root}`).join(', or ');
  // istiod reads the second form as soon as there is a tls.crt: whoever filled in the first one would not know.
  throw refuse(form === undefined ? `it has neither ${names}` : `it has a CA in two forms: ${names}`, context);
}

/** Several would leave open which is meant; the same one twice does not. */
function rootOf(data: SecretData, form: Form, context: ReadRootContext): Certificate {
  const place = data.has(form.root) ? form.root : form.signer;
  const found = new Map(certificatesIn(data, place, context).map((each) => [each.fingerprint, each]));
  const [root] = [...found.values()];
  if (root === undefined || found.size > 1) throw refuse(`${place} holds ${found.size} roots, not one`, context);
  if (!isSelfIssued(root)) throw refuse(`what ${place} holds is no self-signed root`, context);
  return root;
}

function keyOf(data: SecretData, form: Form, signer: Certificate, context: ReadRootContext): KeyObject {
  const pem = data.get(form.key);
  if (pem === undefined) throw refuse(`it has no ${form.key}`, context);
  const key = attempt(() => importPrivateKey(Buffer.from(pem).toString('utf8')), form.key, context);
  if (createPublicKey(key).equals(signer.publicKey)) return key;
  throw refuse(`${form.key} is not the key of ${form.signer}`, context);
}

/** In their order from the signer up; files hold them in any order, and often the root too. */
function chainOf(signer: Certificate, others: readonly Certificate[], root: Certificate): Certificate[] {
  const chain: Certificate[] = [];
  let next: Certificate | undefined = signer;
  while (next !== undefined && next.fingerprint !== root.fingerprint && !chain.includes(next)) {
    chain.push(next);
    const last: Certificate = next;
    if (last.x509.checkIssued(root.x509)) break;
    next = others.find((each) => each.fingerprint !== last.fingerprint && last.x509.checkIssued(each.x509));
  }
  return chain;
}

function certificatesIn(data: SecretData, key: string, context: ReadRootContext): Certificate[] {
  const pem = data.get(key);
  return pem === undefined ? [] : attempt(() => parseCertificates(Buffer.from(pem).toString('utf8')), key, context);
}

function attempt<T>(read: () => T, key: string, context: ReadRootContext): T {
  try {
    return read();
  } catch (error) {
    throw refuse(`${key} cannot be read: ${errorMessage(error)}`, context);
  }
}

function refuse(why: string, { secret: { namespace, name } }: ReadRootContext): RerootError {
  return new RerootError('RR_ROOT_SECRET_INVALID', `the root CA in it cannot be used: ${why}`, {
    place: `Secret ${namespace}/${name}`,
  });
}
