import { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';

/**
 * The same failure with what to do about it while the agent enrols, where that is something else than at other times: who
 * connects by a join file has no other credentials, and knows of mgmt what the file says.
 * @param thrown by a try to enrol
 * @returns what was thrown, where the catalogue's remedy is the right one
 */
export function withEnrolmentRemedy(thrown: unknown, joinFile: JoinFile): unknown {
  if (!(thrown instanceof RerootError)) return thrown;
  const remedy = remedyOf(thrown, joinFile);
  if (remedy === undefined) return thrown;
  const { code, message, place } = thrown;
  return new RerootError(code, message, { remedy, cause: thrown, ...(place === undefined ? {} : { place }) });
}

function remedyOf({ code }: RerootError, { mesh, cluster, nats: { credentials } }: JoinFile): string | undefined {
  const another = `\`reroot cluster add ${cluster} --mesh ${mesh} --again\``;
  switch (code) {
    case 'RR_NATS_REFUSED':
      return credentials === undefined
        ? `the join file has no NATS credentials: write them into its nats.servers, or make another one with ${another} and --nats-credentials FILE`
        : // mgmt has NATS shut the user of a join file out as soon as an agent has enrolled by it.
          `the join file was used, replaced, revoked, or has expired: look at \`reroot cluster list\`; if cluster ${cluster} is enrolled there and no agent of yours did that, revoke it, for somebody else has used the file; then make another one with ${another}`;
    case 'RR_PROTOCOL_UNKNOWN_KEY':
      return `mgmt signs with a key that the join file does not name: make another one with ${another}; if that does not help, somebody else answers on the bus`;
    default:
      return undefined;
  }
}
