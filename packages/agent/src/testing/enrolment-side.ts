import { randomBytes } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import type { JoinFile } from '@reroot/shared/join-file';
import { agentPermissions, type NatsAccountSigner } from '@reroot/shared/nats-auth';
import { sha256Hex } from '@reroot/shared/pki';
import {
  type Claim,
  type CredentialsRequest,
  type CredentialsResponse,
  createSequence,
  holdsEnrolmentProof,
  holdsPossessionProof,
  type Identity,
  invitationKey,
  keyringOfDer,
  openEnrolment,
  openMessage,
  type Problem,
  publicKeyPemOf,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { MgmtSide } from './mgmt-side.ts';

/** The part of mgmt that takes agents in, made of the protocol alone. */
export interface EnrolmentSide {
  /** A join file of the invitation; `plaintext` NATS without credentials unless something else is said. */
  joinFile(changes?: { readonly nats?: JoinFile['nats']; readonly expiresAt?: string; readonly cluster?: string }): JoinFile;
  /** Whatever was asked, oldest first. */
  readonly asked: readonly Asked[];
  /** From now on requests are answered so; at first as mgmt would. */
  answerWith(answer: Answer | undefined): void;
  stop(): void;
}

/** A request whose signature and proof held. */
export interface Asked {
  readonly topic: 'enrol' | 'renew';
  readonly request: CredentialsRequest;
  /** Of the key that it shows. */
  readonly keyId: string;
}

/** `silence`: the answer is lost on its way. */
type Answer = (asked: Asked, usual: CredentialsResponse) => Promise<Reply> | Reply;

/** What goes out: a response, perhaps sealed by another key than that of mgmt. */
export type Reply = CredentialsResponse | 'silence' | { readonly response: CredentialsResponse; readonly by: Identity };

/** What the side works with. */
export interface EnrolmentSideOptions {
  readonly bus: Bus;
  readonly natsUrl: string;
  readonly mesh: string;
  readonly cluster: string;
  readonly mgmt: MgmtSide;
  /** Issues users of NATS; without it none are made. */
  readonly signer?: NatsAccountSigner;
}

/** Listens from now on. The agent that it takes in is the one whose messages `mgmt` accepts from then on. */
export function createEnrolmentSide(options: EnrolmentSideOptions): EnrolmentSide {
  const { bus, natsUrl, mesh, cluster, mgmt, signer } = options;
  const nextSequence = createSequence(systemClock).next;
  const [tokenId, token] = [randomBytes(8).toString('hex'), randomBytes(32)];
  const asked: Asked[] = [];
  let enrolled: Uint8Array | undefined;
  let epoch = 0;
  let answer: Answer | undefined;

  const grant = async ({ request, keyId }: Asked): Promise<CredentialsResponse> => {
    const { natsUser } = request;
    const natsJwt =
      signer === undefined || natsUser === ''
        ? ''
        : await signer.issueUser({ publicKey: natsUser, name: keyId, permissions: agentPermissions(mesh, cluster) });
    return { kind: 'granted', credentials: { keyId, natsJwt, epoch, mgmtPublicKeys: [mgmt.identity.publicKeyDer] } };
  };
  const takeIn = async (one: Asked): Promise<CredentialsResponse> => {
    const shown = Buffer.from(one.request.publicKey);
    if (enrolled !== undefined && !shown.equals(enrolled)) return refusal('RR_ENROL_USED', 'another agent came first');
    enrolled = shown;
    mgmt.acceptAgent([publicKeyPemOf(shown)]);
    return grant(one);
  };
  const change = async (one: Asked): Promise<CredentialsResponse> => {
    epoch = 1;
    mgmt.acceptAgent([enrolled, one.request.publicKey].flatMap((der) => (der === undefined ? [] : [publicKeyPemOf(der)])));
    return grant(one);
  };
  const reply = async (subject: string, one: Asked): Promise<Uint8Array | undefined> => {
    asked.push(one);
    const usual = await (one.topic === 'enrol' ? takeIn(one) : change(one));
    const given = (await answer?.(one, usual)) ?? usual;
    if (given === 'silence') return undefined;
    const { response, by } = 'by' in given ? given : { response: given, by: mgmt.identity };
    const message = { kind: 'credentials-response', body: response } as const;
    const address = { mesh, cluster, term: 1, generation: 0 };
    return sealMessage({ subject, address, message, identity: by, sequence: nextSequence(), sentAtMs: systemClock.now() });
  };
  const claimOf = ({ publicKey, natsUser }: CredentialsRequest): Claim => ({ mesh, cluster, publicKey, natsUser });

  const stopEnrol = bus.subscribe(subjects.enrol(mesh, cluster), async ({ subject, payload, respond }) => {
    const { message, keyId } = openEnrolment(subject, payload);
    const request = message.body;
    const holds = request.tokenId === tokenId && holdsEnrolmentProof(invitationKey(token), claimOf(request), request.proof);
    const answered = holds ? await reply(subject, { topic: 'enrol', request, keyId }) : undefined;
    if (answered !== undefined) respond?.(answered);
  });
  const stopRenew = bus.subscribe(subjects.renew(mesh, cluster), async ({ subject, payload, respond }) => {
    const keyring = keyringOfDer(enrolled === undefined ? [] : [enrolled]);
    const request = openMessage({ subject, payload, keyring, expect: 'credentials-request' }).message.body;
    if (!holdsPossessionProof(claimOf(request), request.proof)) return;
    const answered = await reply(subject, { topic: 'renew', request, keyId: sha256Hex(request.publicKey) });
    if (answered !== undefined) respond?.(answered);
  });
  return {
    joinFile: ({ nats, expiresAt, cluster: name = cluster } = {}) => ({
      apiVersion: 'reroot.dev/v1',
      kind: 'JoinFile',
      ...{ mesh, cluster: name, nats: nats ?? { servers: [natsUrl], plaintext: 'refused' } },
      mgmt: { publicKeys: [mgmt.publicKeyPem] },
      enrolment: { tokenId, token: token.toString('base64url'), expiresAt: expiresAt ?? '2999-01-01T00:00:00.000Z' },
    }),
    asked,
    answerWith: (next) => {
      answer = next;
    },
    stop: () => {
      stopEnrol();
      stopRenew();
    },
  };
}

function refusal(code: string, message: string): { readonly kind: 'refused'; readonly problem: Problem } {
  return { kind: 'refused', problem: { code, message, remedy: 'make another join file' } };
}
