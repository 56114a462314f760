import { RerootError } from '@reroot/shared/errors';
import type { ProofOperations } from '../../runner/index.ts';

const refuse = (): Promise<never> => Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));

/** Of an API that knows no mesh. */
export const noProofs: ProofOperations = { listProofs: refuse, readProof: refuse, prove: refuse };
