import { createPublicKey, type KeyObject } from 'node:crypto';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { caFileNames, findSignerPath } from '@reroot/shared/istio';
import { type Certificate, importPrivateKey, parseCertificates } from '@reroot/shared/pki';
import type { ObjectRef } from '@reroot/shared/protocol';
import type { RootRequest } from './root-authority.ts';
import { isSelfIssued, type RootCandidate, type RuleContext, rootProblem } from './root-rules.ts';
import { nameOfSecret, type SecretData } from './secret-source.ts';

/** A root CA as it stands in a Secret. */
export interface RootMaterial extends RootCandidate {
  /** Of the CA that signs; undefined where the agents sign by themselves, whatever stands in the Secret. */
  readonly key: KeyObject | undefined;
}

/** Under which keys the parts of a CA stand. */
interface Form {
  /** The CA that signs, with or without those above it. */
  readonly signer: string;
  readonly key: string;
  readonly chain: string | undefined;
  readonly roots: string;
}

/** Istio's own names, and those of a Secret of type kubernetes.io/tls, as cert-manager writes them. */
const forms: readonly Form[] = [caFileNames.pem, { ...caFileNames.tls, chain: undefined }];

/** What reading depends on. */
export interface ReadRootContext extends RuleContext {
  readonly secret: ObjectRef;
  readonly signing: RootRequest['signing'];
}

/**
 * Reads a root CA from a Secret, and verifies the whole of it before anything is done with it: half of it would be noticed in
 * the middle of a rotation. Keys that belong to neither form are passed over.
 * @throws RR_ROOT_SECRET_INVALID naming the Secret, what is wrong and where; never with what stands there
 */
export function readRootSecret(data: SecretData, context: ReadRootContext): RootMaterial {
  const found = forms.filter((form) => [form.signer, form.key, form.roots].some((name) => data.has(name)));
  const names = forms.map(({ signer, key, roots }) => `${signer}, ${key} and ${roots}`);
  const [material, other] = found.map((form) => readForm(data, form, context));
  if (material === undefined) throw refuse(`it has neither ${names.join(' nor ')}`, context);
  // Whoever has changed one form and not the other may mean either.
  if (other !== undefined && !isSame(material, other)) {
    throw refuse(`it holds two CAs that differ: ${names.join(', and ')}`, context);
  }
  const problem = rootProblem(material, context);
  if (problem !== undefined) throw refuse(problem, context);
  return material;
}

function readForm(data: SecretData, form: Form, context: ReadRootContext): RootMaterial {
  const root = rootOf(data, form, context);
  if (context.signing === 'agents') return { root, chain: [], key: undefined };
  const signers = certificatesIn(data, form.signer, context);
  const [signer] = signers;
  if (signer === undefined) throw refuse(`${form.signer} holds no certificate`, context);
  const key = keyOf(data, form, signer, context);
  const between = form.chain === undefined ? signers : [...signers, ...certificatesIn(data, form.chain, context)];
  const path = findSignerPath(signer, between, [root], context.nowMs);
  // Without a path the rules say what the CA that signs lacks.
  return { root, chain: path?.slice(0, -1) ?? [signer], key };
}

/** Several would leave open which is meant; the same one twice does not. */
function rootOf(data: SecretData, form: Form, context: ReadRootContext): Certificate {
  const place = data.has(form.roots) ? form.roots : form.signer;
  const found = new Map(certificatesIn(data, place, context).map((each) => [each.fingerprint, each]));
  const [root] = found.values();
  if (root === undefined || found.size > 1) throw refuse(`${place} holds ${found.size} certificates, not one root`, context);
  if (!isSelfIssued(root)) throw refuse(`what ${place} holds is no self-signed root`, context);
  return root;
}

function keyOf(data: SecretData, form: Form, signer: Certificate, context: ReadRootContext): KeyObject {
  const pem = data.get(form.key);
  if (pem === undefined) throw refuse(`it has no ${form.key}`, context);
  const key = attempt(() => importPrivateKey(Buffer.from(pem).toString('utf8')), form.key, context);
  if (createPublicKey(key).equals(signer.publicKey)) return key;
  throw refuse(`${form.key} is not the key of the first certificate of ${form.signer}`, context);
}

function isSame(a: RootMaterial, b: RootMaterial): boolean {
  const fingerprints = ({ root, chain }: RootMaterial): string => [...chain, root].map((each) => each.fingerprint).join();
  return fingerprints(a) === fingerprints(b);
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

function refuse(why: string, { secret }: ReadRootContext): RerootError {
  const message = `the root CA in it cannot be used: ${why}`;
  return new RerootError('RR_ROOT_SECRET_INVALID', message, { place: nameOfSecret(secret) });
}
