import type { EmergencyApproval } from './emergency/emergency.ts';
import type { Answered, Deviation, RootGeneration, Rotation, Wave } from './record.ts';
import type { TrustRow } from './row.ts';

/** Everything that can change a record, as data: the journal keeps it, and `perform` makes it. */
export type Act = StateAct | ClusterAct | RestoreAct | { readonly move: 'destroyKey'; readonly root: string };

/** A record that was put back, and that it was found not to be older than the mesh; the state stays. */
export type RestoreAct =
  | { readonly move: 'restore' }
  /** With the excluded clusters of which nobody knows what they were told last. */
  | { readonly move: 'resume'; readonly unheard: readonly string[] };

/** A move of the state machine; `moves` in transition.ts says from where to where. */
export type StateAct =
  | {
      readonly move: 'start';
      readonly rotation: Rotation;
      readonly roots: readonly RootGeneration[];
      /** Of an adoption: a generation that any adopted cluster has seen, from whomever. */
      readonly above?: number;
    }
  | { readonly move: 'release' | 'advance'; readonly wave: Wave }
  /** With the operator's answer, where one was given. */
  | {
      readonly move: 'confirm' | 'turnForward' | 'retry';
      readonly answer: Omit<Answered, 'generation'> | undefined;
    }
  | { readonly move: 'approve'; readonly approval: EmergencyApproval }
  | { readonly move: 'fail'; readonly because: string }
  | { readonly move: PlainMove };

/** Moves that need nothing but the record. */
export type PlainMove = 'prove' | 'doubt' | 'verify' | 'lapse' | 'finish' | 'stepBack' | 'settle' | 'forget' | 'abort';

/** What changes the part of one cluster, or of some; the state stays. */
export type ClusterAct =
  | ({ readonly move: 'exclude'; readonly cluster: string } & Pick<Deviation, 'cause' | 'by' | 'why'>)
  | ({ readonly move: 'include'; readonly cluster: string } & Pick<Deviation, 'by' | 'why'>)
  | { readonly move: 'guide'; readonly cluster: string; readonly row: TrustRow }
  | { readonly move: 'admit'; readonly cluster: string }
  | { readonly move: 'members'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly move: 'rename'; readonly cluster: string; readonly to: string };
