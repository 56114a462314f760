// Generated from proto/ by tools/generate-proto.ts: do not edit.
import * as $protobuf from "protobufjs/minimal.js";

/** Namespace reroot. */
export namespace reroot {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Envelope.
         * @deprecated Use reroot.v1.Envelope.$Properties instead.
         */
        interface IEnvelope extends reroot.v1.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope keyId. */
            keyId: string;

            /** Envelope kind. */
            kind: reroot.v1.MessageKind;

            /** Envelope mesh. */
            mesh: string;

            /** Envelope cluster. */
            cluster: string;

            /** Envelope term. */
            term: number;

            /** Envelope generation. */
            generation: number;

            /** Envelope sequence. */
            sequence: number;

            /** Envelope sentAtMs. */
            sentAtMs: number;

            /** Envelope body. */
            body: Uint8Array;

            /** Envelope signature. */
            signature: Uint8Array;

            /**
             * Creates a new Envelope instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Envelope instance
             */
            static create(properties: reroot.v1.Envelope.$Shape): reroot.v1.Envelope & reroot.v1.Envelope.$Shape;
            static create(properties?: reroot.v1.Envelope.$Properties): reroot.v1.Envelope;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link reroot.v1.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Envelope & reroot.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Envelope & reroot.v1.Envelope.$Shape;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope keyId */
                keyId?: (string|null);

                /** Envelope kind */
                kind?: (reroot.v1.MessageKind|null);

                /** Envelope mesh */
                mesh?: (string|null);

                /** Envelope cluster */
                cluster?: (string|null);

                /** Envelope term */
                term?: (number|null);

                /** Envelope generation */
                generation?: (number|null);

                /** Envelope sequence */
                sequence?: (number|null);

                /** Envelope sentAtMs */
                sentAtMs?: (number|null);

                /** Envelope body */
                body?: (Uint8Array|null);

                /** Envelope signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Envelope. */
            type $Shape = reroot.v1.Envelope.$Properties;
        }

        /** MessageKind enum. */
        enum MessageKind {

            /** MESSAGE_KIND_UNSPECIFIED value */
            MESSAGE_KIND_UNSPECIFIED = 0,

            /** MESSAGE_KIND_DESIRED_TRUST value */
            MESSAGE_KIND_DESIRED_TRUST = 1,

            /** MESSAGE_KIND_REPORT value */
            MESSAGE_KIND_REPORT = 2,

            /** MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST value */
            MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST = 3,

            /** MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE value */
            MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE = 4,

            /** MESSAGE_KIND_CREDENTIALS_REQUEST value */
            MESSAGE_KIND_CREDENTIALS_REQUEST = 5,

            /** MESSAGE_KIND_CREDENTIALS_RESPONSE value */
            MESSAGE_KIND_CREDENTIALS_RESPONSE = 6,

            /** MESSAGE_KIND_LINK_TERMS value */
            MESSAGE_KIND_LINK_TERMS = 7,

            /** MESSAGE_KIND_LINK_STATE value */
            MESSAGE_KIND_LINK_STATE = 8,

            /** MESSAGE_KIND_TASK value */
            MESSAGE_KIND_TASK = 9,

            /** MESSAGE_KIND_TASK_RESULT value */
            MESSAGE_KIND_TASK_RESULT = 10
        }

        /**
         * Properties of a DesiredTrust.
         * @deprecated Use reroot.v1.DesiredTrust.$Properties instead.
         */
        interface IDesiredTrust extends reroot.v1.DesiredTrust.$Properties {
        }

        /** Represents a DesiredTrust. */
        class DesiredTrust {

            /**
             * Constructs a new DesiredTrust.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.DesiredTrust.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DesiredTrust rotationId. */
            rotationId: string;

            /** DesiredTrust step. */
            step: reroot.v1.CertificateRotationState;

            /** DesiredTrust roots. */
            roots: Uint8Array[];

            /** DesiredTrust signerRoot. */
            signerRoot: string;

            /** DesiredTrust intermediate. */
            intermediate?: (reroot.v1.CommonCertOptions.$Properties|null);

            /** DesiredTrust nudge. */
            nudge: reroot.v1.Nudge;

            /** DesiredTrust replicaRestart. */
            replicaRestart: reroot.v1.ReplicaRestart;

            /** DesiredTrust trustDomain. */
            trustDomain: string;

            /** DesiredTrust passage. */
            passage: reroot.v1.Passage;

            /** DesiredTrust workloadRestart. */
            workloadRestart: reroot.v1.WorkloadRestart;

            /** DesiredTrust intermediateSource. */
            intermediateSource?: (reroot.v1.IntermediateCertificateAuthority.$Properties|null);

            /** DesiredTrust signerKept. */
            signerKept: reroot.v1.SignerOrigin;

            /** DesiredTrust drift. */
            drift: reroot.v1.DriftHandling;

            /**
             * Creates a new DesiredTrust instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DesiredTrust instance
             */
            static create(properties: reroot.v1.DesiredTrust.$Shape): reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape;
            static create(properties?: reroot.v1.DesiredTrust.$Properties): reroot.v1.DesiredTrust;

            /**
             * Encodes the specified DesiredTrust message. Does not implicitly {@link reroot.v1.DesiredTrust.verify|verify} messages.
             * @param message DesiredTrust message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.DesiredTrust.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DesiredTrust message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape} DesiredTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape;
        }

        namespace DesiredTrust {

            /** Properties of a DesiredTrust. */
            interface $Properties {

                /** DesiredTrust rotationId */
                rotationId?: (string|null);

                /** DesiredTrust step */
                step?: (reroot.v1.CertificateRotationState|null);

                /** DesiredTrust roots */
                roots?: (Uint8Array[]|null);

                /** DesiredTrust signerRoot */
                signerRoot?: (string|null);

                /** DesiredTrust intermediate */
                intermediate?: (reroot.v1.CommonCertOptions.$Properties|null);

                /** DesiredTrust nudge */
                nudge?: (reroot.v1.Nudge|null);

                /** DesiredTrust replicaRestart */
                replicaRestart?: (reroot.v1.ReplicaRestart|null);

                /** DesiredTrust trustDomain */
                trustDomain?: (string|null);

                /** DesiredTrust passage */
                passage?: (reroot.v1.Passage|null);

                /** DesiredTrust workloadRestart */
                workloadRestart?: (reroot.v1.WorkloadRestart|null);

                /** DesiredTrust intermediateSource */
                intermediateSource?: (reroot.v1.IntermediateCertificateAuthority.$Properties|null);

                /** DesiredTrust signerKept */
                signerKept?: (reroot.v1.SignerOrigin|null);

                /** DesiredTrust drift */
                drift?: (reroot.v1.DriftHandling|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DesiredTrust. */
            type $Shape = {
              rotationId?: string|null;
              step?: reroot.v1.CertificateRotationState|null;
              roots?: Uint8Array[]|null;
              signerRoot?: string|null;
              intermediate?: reroot.v1.CommonCertOptions.$Shape|null;
              nudge?: reroot.v1.Nudge|null;
              replicaRestart?: reroot.v1.ReplicaRestart|null;
              trustDomain?: string|null;
              passage?: reroot.v1.Passage|null;
              workloadRestart?: reroot.v1.WorkloadRestart|null;
              intermediateSource?: reroot.v1.IntermediateCertificateAuthority.$Shape|null;
              signerKept?: reroot.v1.SignerOrigin|null;
              drift?: reroot.v1.DriftHandling|null;
              $unknowns?: Uint8Array[];
            };
        }

        /** SignerOrigin enum. */
        enum SignerOrigin {

            /** SIGNER_ORIGIN_UNSPECIFIED value */
            SIGNER_ORIGIN_UNSPECIFIED = 0,

            /** SIGNER_ORIGIN_KEPT value */
            SIGNER_ORIGIN_KEPT = 1
        }

        /** DriftHandling enum. */
        enum DriftHandling {

            /** DRIFT_HANDLING_UNSPECIFIED value */
            DRIFT_HANDLING_UNSPECIFIED = 0,

            /** DRIFT_HANDLING_REAPPLY value */
            DRIFT_HANDLING_REAPPLY = 1,

            /** DRIFT_HANDLING_REPORT value */
            DRIFT_HANDLING_REPORT = 2
        }

        /** Passage enum. */
        enum Passage {

            /** PASSAGE_UNSPECIFIED value */
            PASSAGE_UNSPECIFIED = 0,

            /** PASSAGE_GRADUAL value */
            PASSAGE_GRADUAL = 1,

            /** PASSAGE_ABRUPT value */
            PASSAGE_ABRUPT = 2
        }

        /** Nudge enum. */
        enum Nudge {

            /** NUDGE_UNSPECIFIED value */
            NUDGE_UNSPECIFIED = 0,

            /** NUDGE_LAGGARDS value */
            NUDGE_LAGGARDS = 1,

            /** NUDGE_WHEN_LOADED value */
            NUDGE_WHEN_LOADED = 2
        }

        /** ReplicaRestart enum. */
        enum ReplicaRestart {

            /** REPLICA_RESTART_UNSPECIFIED value */
            REPLICA_RESTART_UNSPECIFIED = 0,

            /** REPLICA_RESTART_NEVER value */
            REPLICA_RESTART_NEVER = 1,

            /** REPLICA_RESTART_WHEN_REFUSED value */
            REPLICA_RESTART_WHEN_REFUSED = 2,

            /** REPLICA_RESTART_ALWAYS value */
            REPLICA_RESTART_ALWAYS = 3
        }

        /** WorkloadRestart enum. */
        enum WorkloadRestart {

            /** WORKLOAD_RESTART_UNSPECIFIED value */
            WORKLOAD_RESTART_UNSPECIFIED = 0,

            /** WORKLOAD_RESTART_NEVER value */
            WORKLOAD_RESTART_NEVER = 1,

            /** WORKLOAD_RESTART_WHEN_NEEDED value */
            WORKLOAD_RESTART_WHEN_NEEDED = 2
        }

        /**
         * Properties of a Report.
         * @deprecated Use reroot.v1.Report.$Properties instead.
         */
        interface IReport extends reroot.v1.Report.$Properties {
        }

        /** Represents a Report. */
        class Report {

            /**
             * Constructs a new Report.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Report.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Report appliedTerm. */
            appliedTerm: number;

            /** Report appliedGeneration. */
            appliedGeneration: number;

            /** Report takenAtMs. */
            takenAtMs: number;

            /** Report agentVersion. */
            agentVersion: string;

            /** Report clusterUid. */
            clusterUid: string;

            /** Report certificates. */
            certificates: Uint8Array[];

            /** Report written. */
            written?: (reroot.v1.Holding.$Properties|null);

            /** Report replicas. */
            replicas: reroot.v1.ReplicaEvidence.$Properties[];

            /** Report namespaces. */
            namespaces: reroot.v1.NamespaceEvidence.$Properties[];

            /** Report workloads. */
            workloads: reroot.v1.WorkloadEvidence.$Properties[];

            /** Report problems. */
            problems: reroot.v1.Problem.$Properties[];

            /** Report nudges. */
            nudges: number;

            /** Report unknownLevels. */
            unknownLevels: reroot.v1.EvidenceLevel[];

            /** Report standing. */
            standing?: (reroot.v1.StandingCa.$Properties|null);

            /**
             * Creates a new Report instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Report instance
             */
            static create(properties: reroot.v1.Report.$Shape): reroot.v1.Report & reroot.v1.Report.$Shape;
            static create(properties?: reroot.v1.Report.$Properties): reroot.v1.Report;

            /**
             * Encodes the specified Report message. Does not implicitly {@link reroot.v1.Report.verify|verify} messages.
             * @param message Report message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Report.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Report & reroot.v1.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Report & reroot.v1.Report.$Shape;
        }

        namespace Report {

            /** Properties of a Report. */
            interface $Properties {

                /** Report appliedTerm */
                appliedTerm?: (number|null);

                /** Report appliedGeneration */
                appliedGeneration?: (number|null);

                /** Report takenAtMs */
                takenAtMs?: (number|null);

                /** Report agentVersion */
                agentVersion?: (string|null);

                /** Report clusterUid */
                clusterUid?: (string|null);

                /** Report certificates */
                certificates?: (Uint8Array[]|null);

                /** Report written */
                written?: (reroot.v1.Holding.$Properties|null);

                /** Report replicas */
                replicas?: (reroot.v1.ReplicaEvidence.$Properties[]|null);

                /** Report namespaces */
                namespaces?: (reroot.v1.NamespaceEvidence.$Properties[]|null);

                /** Report workloads */
                workloads?: (reroot.v1.WorkloadEvidence.$Properties[]|null);

                /** Report problems */
                problems?: (reroot.v1.Problem.$Properties[]|null);

                /** Report nudges */
                nudges?: (number|null);

                /** Report unknownLevels */
                unknownLevels?: (reroot.v1.EvidenceLevel[]|null);

                /** Report standing */
                standing?: (reroot.v1.StandingCa.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Report. */
            type $Shape = {
              appliedTerm?: number|null;
              appliedGeneration?: number|null;
              takenAtMs?: number|null;
              agentVersion?: string|null;
              clusterUid?: string|null;
              certificates?: Uint8Array[]|null;
              written?: reroot.v1.Holding.$Shape|null;
              replicas?: reroot.v1.ReplicaEvidence.$Shape[]|null;
              namespaces?: reroot.v1.NamespaceEvidence.$Shape[]|null;
              workloads?: reroot.v1.WorkloadEvidence.$Shape[]|null;
              problems?: reroot.v1.Problem.$Shape[]|null;
              nudges?: number|null;
              unknownLevels?: reroot.v1.EvidenceLevel[]|null;
              standing?: reroot.v1.StandingCa.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a StandingCa.
         * @deprecated Use reroot.v1.StandingCa.$Properties instead.
         */
        interface IStandingCa extends reroot.v1.StandingCa.$Properties {
        }

        /** Represents a StandingCa. */
        class StandingCa {

            /**
             * Constructs a new StandingCa.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.StandingCa.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StandingCa source. */
            source: reroot.v1.CaSource;

            /** StandingCa owner. */
            owner: reroot.v1.CaOwner;

            /** StandingCa adoption. */
            adoption: reroot.v1.AdoptionRule;

            /** StandingCa objection. */
            objection: string;

            /**
             * Creates a new StandingCa instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StandingCa instance
             */
            static create(properties: reroot.v1.StandingCa.$Shape): reroot.v1.StandingCa & reroot.v1.StandingCa.$Shape;
            static create(properties?: reroot.v1.StandingCa.$Properties): reroot.v1.StandingCa;

            /**
             * Encodes the specified StandingCa message. Does not implicitly {@link reroot.v1.StandingCa.verify|verify} messages.
             * @param message StandingCa message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.StandingCa.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StandingCa message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.StandingCa & reroot.v1.StandingCa.$Shape} StandingCa
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.StandingCa & reroot.v1.StandingCa.$Shape;
        }

        namespace StandingCa {

            /** Properties of a StandingCa. */
            interface $Properties {

                /** StandingCa source */
                source?: (reroot.v1.CaSource|null);

                /** StandingCa owner */
                owner?: (reroot.v1.CaOwner|null);

                /** StandingCa adoption */
                adoption?: (reroot.v1.AdoptionRule|null);

                /** StandingCa objection */
                objection?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StandingCa. */
            type $Shape = reroot.v1.StandingCa.$Properties;
        }

        /** CaSource enum. */
        enum CaSource {

            /** CA_SOURCE_UNSPECIFIED value */
            CA_SOURCE_UNSPECIFIED = 0,

            /** CA_SOURCE_CACERTS value */
            CA_SOURCE_CACERTS = 1,

            /** CA_SOURCE_SELF_MADE value */
            CA_SOURCE_SELF_MADE = 2
        }

        /** CaOwner enum. */
        enum CaOwner {

            /** CA_OWNER_UNSPECIFIED value */
            CA_OWNER_UNSPECIFIED = 0,

            /** CA_OWNER_REROOT value */
            CA_OWNER_REROOT = 1,

            /** CA_OWNER_OTHER value */
            CA_OWNER_OTHER = 2
        }

        /** AdoptionRule enum. */
        enum AdoptionRule {

            /** ADOPTION_RULE_UNSPECIFIED value */
            ADOPTION_RULE_UNSPECIFIED = 0,

            /** ADOPTION_RULE_NEVER value */
            ADOPTION_RULE_NEVER = 1,

            /** ADOPTION_RULE_ALLOWED value */
            ADOPTION_RULE_ALLOWED = 2
        }

        /** EvidenceLevel enum. */
        enum EvidenceLevel {

            /** EVIDENCE_LEVEL_UNSPECIFIED value */
            EVIDENCE_LEVEL_UNSPECIFIED = 0,

            /** EVIDENCE_LEVEL_PUBLISHED value */
            EVIDENCE_LEVEL_PUBLISHED = 1,

            /** EVIDENCE_LEVEL_HELD value */
            EVIDENCE_LEVEL_HELD = 2,

            /** EVIDENCE_LEVEL_WRITTEN value */
            EVIDENCE_LEVEL_WRITTEN = 3
        }

        /**
         * Properties of a Holding.
         * @deprecated Use reroot.v1.Holding.$Properties instead.
         */
        interface IHolding extends reroot.v1.Holding.$Properties {
        }

        /** Represents a Holding. */
        class Holding {

            /**
             * Constructs a new Holding.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Holding.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Holding bundleSha256. */
            bundleSha256: string;

            /** Holding roots. */
            roots: string[];

            /** Holding signerChain. */
            signerChain: string[];

            /**
             * Creates a new Holding instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Holding instance
             */
            static create(properties: reroot.v1.Holding.$Shape): reroot.v1.Holding & reroot.v1.Holding.$Shape;
            static create(properties?: reroot.v1.Holding.$Properties): reroot.v1.Holding;

            /**
             * Encodes the specified Holding message. Does not implicitly {@link reroot.v1.Holding.verify|verify} messages.
             * @param message Holding message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Holding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Holding message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Holding & reroot.v1.Holding.$Shape} Holding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Holding & reroot.v1.Holding.$Shape;
        }

        namespace Holding {

            /** Properties of a Holding. */
            interface $Properties {

                /** Holding bundleSha256 */
                bundleSha256?: (string|null);

                /** Holding roots */
                roots?: (string[]|null);

                /** Holding signerChain */
                signerChain?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Holding. */
            type $Shape = reroot.v1.Holding.$Properties;
        }

        /**
         * Properties of a ReplicaEvidence.
         * @deprecated Use reroot.v1.ReplicaEvidence.$Properties instead.
         */
        interface IReplicaEvidence extends reroot.v1.ReplicaEvidence.$Properties {
        }

        /** Represents a ReplicaEvidence. */
        class ReplicaEvidence {

            /**
             * Constructs a new ReplicaEvidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.ReplicaEvidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReplicaEvidence replica. */
            replica: string;

            /** ReplicaEvidence holding. */
            holding?: (reroot.v1.Holding.$Properties|null);

            /** ReplicaEvidence failure. */
            failure?: (reroot.v1.Problem.$Properties|null);

            /** ReplicaEvidence multiRoot. */
            multiRoot: reroot.v1.MultiRoot;

            /** ReplicaEvidence result. */
            result?: ("holding"|"failure");

            /**
             * Creates a new ReplicaEvidence instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReplicaEvidence instance
             */
            static create(properties: reroot.v1.ReplicaEvidence.$Shape): reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape;
            static create(properties?: reroot.v1.ReplicaEvidence.$Properties): reroot.v1.ReplicaEvidence;

            /**
             * Encodes the specified ReplicaEvidence message. Does not implicitly {@link reroot.v1.ReplicaEvidence.verify|verify} messages.
             * @param message ReplicaEvidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.ReplicaEvidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReplicaEvidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape} ReplicaEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape;
        }

        namespace ReplicaEvidence {

            /** Properties of a ReplicaEvidence. */
            interface $Properties {

                /** ReplicaEvidence replica */
                replica?: (string|null);

                /** ReplicaEvidence holding */
                holding?: (reroot.v1.Holding.$Properties|null);

                /** ReplicaEvidence failure */
                failure?: (reroot.v1.Problem.$Properties|null);

                /** ReplicaEvidence multiRoot */
                multiRoot?: (reroot.v1.MultiRoot|null);

                /** ReplicaEvidence result */
                result?: ("holding"|"failure");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ReplicaEvidence. */
            type $Shape = {
              replica?: string|null;
              holding?: reroot.v1.Holding.$Shape|null;
              failure?: reroot.v1.Problem.$Shape|null;
              multiRoot?: reroot.v1.MultiRoot|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ result?: undefined; holding?: null; failure?: null }|{ result?: "holding"; holding: reroot.v1.Holding.$Shape; failure?: null }|{ result?: "failure"; holding?: null; failure: reroot.v1.Problem.$Shape })
            );
        }

        /** MultiRoot enum. */
        enum MultiRoot {

            /** MULTI_ROOT_UNSPECIFIED value */
            MULTI_ROOT_UNSPECIFIED = 0,

            /** MULTI_ROOT_ON value */
            MULTI_ROOT_ON = 1,

            /** MULTI_ROOT_OFF value */
            MULTI_ROOT_OFF = 2
        }

        /**
         * Properties of a NamespaceEvidence.
         * @deprecated Use reroot.v1.NamespaceEvidence.$Properties instead.
         */
        interface INamespaceEvidence extends reroot.v1.NamespaceEvidence.$Properties {
        }

        /** Represents a NamespaceEvidence. */
        class NamespaceEvidence {

            /**
             * Constructs a new NamespaceEvidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.NamespaceEvidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamespaceEvidence namespace. */
            namespace: string;

            /** NamespaceEvidence holding. */
            holding?: (reroot.v1.Holding.$Properties|null);

            /**
             * Creates a new NamespaceEvidence instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamespaceEvidence instance
             */
            static create(properties: reroot.v1.NamespaceEvidence.$Shape): reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape;
            static create(properties?: reroot.v1.NamespaceEvidence.$Properties): reroot.v1.NamespaceEvidence;

            /**
             * Encodes the specified NamespaceEvidence message. Does not implicitly {@link reroot.v1.NamespaceEvidence.verify|verify} messages.
             * @param message NamespaceEvidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.NamespaceEvidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamespaceEvidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape} NamespaceEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape;
        }

        namespace NamespaceEvidence {

            /** Properties of a NamespaceEvidence. */
            interface $Properties {

                /** NamespaceEvidence namespace */
                namespace?: (string|null);

                /** NamespaceEvidence holding */
                holding?: (reroot.v1.Holding.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamespaceEvidence. */
            type $Shape = reroot.v1.NamespaceEvidence.$Properties;
        }

        /**
         * Properties of a WorkloadEvidence.
         * @deprecated Use reroot.v1.WorkloadEvidence.$Properties instead.
         */
        interface IWorkloadEvidence extends reroot.v1.WorkloadEvidence.$Properties {
        }

        /** Represents a WorkloadEvidence. */
        class WorkloadEvidence {

            /**
             * Constructs a new WorkloadEvidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.WorkloadEvidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WorkloadEvidence namespace. */
            namespace: string;

            /** WorkloadEvidence holding. */
            holding?: (reroot.v1.Holding.$Properties|null);

            /** WorkloadEvidence count. */
            count: number;

            /** WorkloadEvidence examples. */
            examples: string[];

            /** WorkloadEvidence method. */
            method: reroot.v1.EvidenceMethod;

            /** WorkloadEvidence learns. */
            learns: reroot.v1.Learns;

            /** WorkloadEvidence unread. */
            unread: string;

            /**
             * Creates a new WorkloadEvidence instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WorkloadEvidence instance
             */
            static create(properties: reroot.v1.WorkloadEvidence.$Shape): reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape;
            static create(properties?: reroot.v1.WorkloadEvidence.$Properties): reroot.v1.WorkloadEvidence;

            /**
             * Encodes the specified WorkloadEvidence message. Does not implicitly {@link reroot.v1.WorkloadEvidence.verify|verify} messages.
             * @param message WorkloadEvidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.WorkloadEvidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkloadEvidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape} WorkloadEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape;
        }

        namespace WorkloadEvidence {

            /** Properties of a WorkloadEvidence. */
            interface $Properties {

                /** WorkloadEvidence namespace */
                namespace?: (string|null);

                /** WorkloadEvidence holding */
                holding?: (reroot.v1.Holding.$Properties|null);

                /** WorkloadEvidence count */
                count?: (number|null);

                /** WorkloadEvidence examples */
                examples?: (string[]|null);

                /** WorkloadEvidence method */
                method?: (reroot.v1.EvidenceMethod|null);

                /** WorkloadEvidence learns */
                learns?: (reroot.v1.Learns|null);

                /** WorkloadEvidence unread */
                unread?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkloadEvidence. */
            type $Shape = reroot.v1.WorkloadEvidence.$Properties;
        }

        /** Learns enum. */
        enum Learns {

            /** LEARNS_UNSPECIFIED value */
            LEARNS_UNSPECIFIED = 0,

            /** LEARNS_PUSHED value */
            LEARNS_PUSHED = 1,

            /** LEARNS_RENEWED value */
            LEARNS_RENEWED = 2
        }

        /** EvidenceMethod enum. */
        enum EvidenceMethod {

            /** EVIDENCE_METHOD_UNSPECIFIED value */
            EVIDENCE_METHOD_UNSPECIFIED = 0,

            /** EVIDENCE_METHOD_PROXY_CONFIG value */
            EVIDENCE_METHOD_PROXY_CONFIG = 1,

            /** EVIDENCE_METHOD_START_TIME value */
            EVIDENCE_METHOD_START_TIME = 2,

            /** EVIDENCE_METHOD_LEAF_LIFETIME value */
            EVIDENCE_METHOD_LEAF_LIFETIME = 3,

            /** EVIDENCE_METHOD_NONE value */
            EVIDENCE_METHOD_NONE = 4
        }

        /**
         * Properties of a Problem.
         * @deprecated Use reroot.v1.Problem.$Properties instead.
         */
        interface IProblem extends reroot.v1.Problem.$Properties {
        }

        /** Represents a Problem. */
        class Problem {

            /**
             * Constructs a new Problem.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Problem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Problem code. */
            code: string;

            /** Problem message. */
            message: string;

            /** Problem remedy. */
            remedy: string;

            /**
             * Creates a new Problem instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Problem instance
             */
            static create(properties: reroot.v1.Problem.$Shape): reroot.v1.Problem & reroot.v1.Problem.$Shape;
            static create(properties?: reroot.v1.Problem.$Properties): reroot.v1.Problem;

            /**
             * Encodes the specified Problem message. Does not implicitly {@link reroot.v1.Problem.verify|verify} messages.
             * @param message Problem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Problem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Problem & reroot.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Problem & reroot.v1.Problem.$Shape;
        }

        namespace Problem {

            /** Properties of a Problem. */
            interface $Properties {

                /** Problem code */
                code?: (string|null);

                /** Problem message */
                message?: (string|null);

                /** Problem remedy */
                remedy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Problem. */
            type $Shape = reroot.v1.Problem.$Properties;
        }

        /**
         * Properties of an IssueIntermediateRequest.
         * @deprecated Use reroot.v1.IssueIntermediateRequest.$Properties instead.
         */
        interface IIssueIntermediateRequest extends reroot.v1.IssueIntermediateRequest.$Properties {
        }

        /** Represents an IssueIntermediateRequest. */
        class IssueIntermediateRequest {

            /**
             * Constructs a new IssueIntermediateRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.IssueIntermediateRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IssueIntermediateRequest csr. */
            csr: Uint8Array;

            /** IssueIntermediateRequest signerRoot. */
            signerRoot: string;

            /**
             * Creates a new IssueIntermediateRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IssueIntermediateRequest instance
             */
            static create(properties: reroot.v1.IssueIntermediateRequest.$Shape): reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape;
            static create(properties?: reroot.v1.IssueIntermediateRequest.$Properties): reroot.v1.IssueIntermediateRequest;

            /**
             * Encodes the specified IssueIntermediateRequest message. Does not implicitly {@link reroot.v1.IssueIntermediateRequest.verify|verify} messages.
             * @param message IssueIntermediateRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.IssueIntermediateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IssueIntermediateRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape} IssueIntermediateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape;
        }

        namespace IssueIntermediateRequest {

            /** Properties of an IssueIntermediateRequest. */
            interface $Properties {

                /** IssueIntermediateRequest csr */
                csr?: (Uint8Array|null);

                /** IssueIntermediateRequest signerRoot */
                signerRoot?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IssueIntermediateRequest. */
            type $Shape = reroot.v1.IssueIntermediateRequest.$Properties;
        }

        /**
         * Properties of an IssueIntermediateResponse.
         * @deprecated Use reroot.v1.IssueIntermediateResponse.$Properties instead.
         */
        interface IIssueIntermediateResponse extends reroot.v1.IssueIntermediateResponse.$Properties {
        }

        /** Represents an IssueIntermediateResponse. */
        class IssueIntermediateResponse {

            /**
             * Constructs a new IssueIntermediateResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.IssueIntermediateResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IssueIntermediateResponse issued. */
            issued?: (reroot.v1.IssuedIntermediate.$Properties|null);

            /** IssueIntermediateResponse refused. */
            refused?: (reroot.v1.Problem.$Properties|null);

            /** IssueIntermediateResponse result. */
            result?: ("issued"|"refused");

            /**
             * Creates a new IssueIntermediateResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IssueIntermediateResponse instance
             */
            static create(properties: reroot.v1.IssueIntermediateResponse.$Shape): reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape;
            static create(properties?: reroot.v1.IssueIntermediateResponse.$Properties): reroot.v1.IssueIntermediateResponse;

            /**
             * Encodes the specified IssueIntermediateResponse message. Does not implicitly {@link reroot.v1.IssueIntermediateResponse.verify|verify} messages.
             * @param message IssueIntermediateResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.IssueIntermediateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IssueIntermediateResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape} IssueIntermediateResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape;
        }

        namespace IssueIntermediateResponse {

            /** Properties of an IssueIntermediateResponse. */
            interface $Properties {

                /** IssueIntermediateResponse issued */
                issued?: (reroot.v1.IssuedIntermediate.$Properties|null);

                /** IssueIntermediateResponse refused */
                refused?: (reroot.v1.Problem.$Properties|null);

                /** IssueIntermediateResponse result */
                result?: ("issued"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an IssueIntermediateResponse. */
            type $Shape = {
              issued?: reroot.v1.IssuedIntermediate.$Shape|null;
              refused?: reroot.v1.Problem.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ result?: undefined; issued?: null; refused?: null }|{ result?: "issued"; issued: reroot.v1.IssuedIntermediate.$Shape; refused?: null }|{ result?: "refused"; issued?: null; refused: reroot.v1.Problem.$Shape })
            );
        }

        /**
         * Properties of an IssuedIntermediate.
         * @deprecated Use reroot.v1.IssuedIntermediate.$Properties instead.
         */
        interface IIssuedIntermediate extends reroot.v1.IssuedIntermediate.$Properties {
        }

        /** Represents an IssuedIntermediate. */
        class IssuedIntermediate {

            /**
             * Constructs a new IssuedIntermediate.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.IssuedIntermediate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IssuedIntermediate chain. */
            chain: Uint8Array[];

            /**
             * Creates a new IssuedIntermediate instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IssuedIntermediate instance
             */
            static create(properties: reroot.v1.IssuedIntermediate.$Shape): reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape;
            static create(properties?: reroot.v1.IssuedIntermediate.$Properties): reroot.v1.IssuedIntermediate;

            /**
             * Encodes the specified IssuedIntermediate message. Does not implicitly {@link reroot.v1.IssuedIntermediate.verify|verify} messages.
             * @param message IssuedIntermediate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.IssuedIntermediate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IssuedIntermediate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape} IssuedIntermediate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape;
        }

        namespace IssuedIntermediate {

            /** Properties of an IssuedIntermediate. */
            interface $Properties {

                /** IssuedIntermediate chain */
                chain?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IssuedIntermediate. */
            type $Shape = reroot.v1.IssuedIntermediate.$Properties;
        }

        /**
         * Properties of a CredentialsRequest.
         * @deprecated Use reroot.v1.CredentialsRequest.$Properties instead.
         */
        interface ICredentialsRequest extends reroot.v1.CredentialsRequest.$Properties {
        }

        /** Represents a CredentialsRequest. */
        class CredentialsRequest {

            /**
             * Constructs a new CredentialsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CredentialsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CredentialsRequest publicKey. */
            publicKey: Uint8Array;

            /** CredentialsRequest natsUser. */
            natsUser: string;

            /** CredentialsRequest tokenId. */
            tokenId: string;

            /** CredentialsRequest proof. */
            proof: Uint8Array;

            /** CredentialsRequest agentVersion. */
            agentVersion: string;

            /**
             * Creates a new CredentialsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CredentialsRequest instance
             */
            static create(properties: reroot.v1.CredentialsRequest.$Shape): reroot.v1.CredentialsRequest & reroot.v1.CredentialsRequest.$Shape;
            static create(properties?: reroot.v1.CredentialsRequest.$Properties): reroot.v1.CredentialsRequest;

            /**
             * Encodes the specified CredentialsRequest message. Does not implicitly {@link reroot.v1.CredentialsRequest.verify|verify} messages.
             * @param message CredentialsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CredentialsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CredentialsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CredentialsRequest & reroot.v1.CredentialsRequest.$Shape} CredentialsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CredentialsRequest & reroot.v1.CredentialsRequest.$Shape;
        }

        namespace CredentialsRequest {

            /** Properties of a CredentialsRequest. */
            interface $Properties {

                /** CredentialsRequest publicKey */
                publicKey?: (Uint8Array|null);

                /** CredentialsRequest natsUser */
                natsUser?: (string|null);

                /** CredentialsRequest tokenId */
                tokenId?: (string|null);

                /** CredentialsRequest proof */
                proof?: (Uint8Array|null);

                /** CredentialsRequest agentVersion */
                agentVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CredentialsRequest. */
            type $Shape = reroot.v1.CredentialsRequest.$Properties;
        }

        /**
         * Properties of a CredentialsResponse.
         * @deprecated Use reroot.v1.CredentialsResponse.$Properties instead.
         */
        interface ICredentialsResponse extends reroot.v1.CredentialsResponse.$Properties {
        }

        /** Represents a CredentialsResponse. */
        class CredentialsResponse {

            /**
             * Constructs a new CredentialsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CredentialsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CredentialsResponse granted. */
            granted?: (reroot.v1.Credentials.$Properties|null);

            /** CredentialsResponse refused. */
            refused?: (reroot.v1.Problem.$Properties|null);

            /** CredentialsResponse result. */
            result?: ("granted"|"refused");

            /**
             * Creates a new CredentialsResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CredentialsResponse instance
             */
            static create(properties: reroot.v1.CredentialsResponse.$Shape): reroot.v1.CredentialsResponse & reroot.v1.CredentialsResponse.$Shape;
            static create(properties?: reroot.v1.CredentialsResponse.$Properties): reroot.v1.CredentialsResponse;

            /**
             * Encodes the specified CredentialsResponse message. Does not implicitly {@link reroot.v1.CredentialsResponse.verify|verify} messages.
             * @param message CredentialsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CredentialsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CredentialsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CredentialsResponse & reroot.v1.CredentialsResponse.$Shape} CredentialsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CredentialsResponse & reroot.v1.CredentialsResponse.$Shape;
        }

        namespace CredentialsResponse {

            /** Properties of a CredentialsResponse. */
            interface $Properties {

                /** CredentialsResponse granted */
                granted?: (reroot.v1.Credentials.$Properties|null);

                /** CredentialsResponse refused */
                refused?: (reroot.v1.Problem.$Properties|null);

                /** CredentialsResponse result */
                result?: ("granted"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a CredentialsResponse. */
            type $Shape = {
              granted?: reroot.v1.Credentials.$Shape|null;
              refused?: reroot.v1.Problem.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ result?: undefined; granted?: null; refused?: null }|{ result?: "granted"; granted: reroot.v1.Credentials.$Shape; refused?: null }|{ result?: "refused"; granted?: null; refused: reroot.v1.Problem.$Shape })
            );
        }

        /**
         * Properties of a Credentials.
         * @deprecated Use reroot.v1.Credentials.$Properties instead.
         */
        interface ICredentials extends reroot.v1.Credentials.$Properties {
        }

        /** Represents a Credentials. */
        class Credentials {

            /**
             * Constructs a new Credentials.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Credentials.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Credentials keyId. */
            keyId: string;

            /** Credentials natsJwt. */
            natsJwt: string;

            /** Credentials epoch. */
            epoch: number;

            /** Credentials mgmtPublicKeys. */
            mgmtPublicKeys: Uint8Array[];

            /**
             * Creates a new Credentials instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Credentials instance
             */
            static create(properties: reroot.v1.Credentials.$Shape): reroot.v1.Credentials & reroot.v1.Credentials.$Shape;
            static create(properties?: reroot.v1.Credentials.$Properties): reroot.v1.Credentials;

            /**
             * Encodes the specified Credentials message. Does not implicitly {@link reroot.v1.Credentials.verify|verify} messages.
             * @param message Credentials message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Credentials.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Credentials message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Credentials & reroot.v1.Credentials.$Shape} Credentials
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Credentials & reroot.v1.Credentials.$Shape;
        }

        namespace Credentials {

            /** Properties of a Credentials. */
            interface $Properties {

                /** Credentials keyId */
                keyId?: (string|null);

                /** Credentials natsJwt */
                natsJwt?: (string|null);

                /** Credentials epoch */
                epoch?: (number|null);

                /** Credentials mgmtPublicKeys */
                mgmtPublicKeys?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Credentials. */
            type $Shape = reroot.v1.Credentials.$Properties;
        }

        /**
         * Properties of a LinkTerms.
         * @deprecated Use reroot.v1.LinkTerms.$Properties instead.
         */
        interface ILinkTerms extends reroot.v1.LinkTerms.$Properties {
        }

        /** Represents a LinkTerms. */
        class LinkTerms {

            /**
             * Constructs a new LinkTerms.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.LinkTerms.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinkTerms mgmtPublicKeys. */
            mgmtPublicKeys: Uint8Array[];

            /** LinkTerms credentialsEpoch. */
            credentialsEpoch: number;

            /** LinkTerms cluster. */
            cluster: string;

            /** LinkTerms natsJwt. */
            natsJwt: string;

            /** LinkTerms mgmtVersion. */
            mgmtVersion: string;

            /** LinkTerms protocol. */
            protocol: number;

            /** LinkTerms heardSequence. */
            heardSequence: number;

            /**
             * Creates a new LinkTerms instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinkTerms instance
             */
            static create(properties: reroot.v1.LinkTerms.$Shape): reroot.v1.LinkTerms & reroot.v1.LinkTerms.$Shape;
            static create(properties?: reroot.v1.LinkTerms.$Properties): reroot.v1.LinkTerms;

            /**
             * Encodes the specified LinkTerms message. Does not implicitly {@link reroot.v1.LinkTerms.verify|verify} messages.
             * @param message LinkTerms message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.LinkTerms.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinkTerms message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.LinkTerms & reroot.v1.LinkTerms.$Shape} LinkTerms
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.LinkTerms & reroot.v1.LinkTerms.$Shape;
        }

        namespace LinkTerms {

            /** Properties of a LinkTerms. */
            interface $Properties {

                /** LinkTerms mgmtPublicKeys */
                mgmtPublicKeys?: (Uint8Array[]|null);

                /** LinkTerms credentialsEpoch */
                credentialsEpoch?: (number|null);

                /** LinkTerms cluster */
                cluster?: (string|null);

                /** LinkTerms natsJwt */
                natsJwt?: (string|null);

                /** LinkTerms mgmtVersion */
                mgmtVersion?: (string|null);

                /** LinkTerms protocol */
                protocol?: (number|null);

                /** LinkTerms heardSequence */
                heardSequence?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinkTerms. */
            type $Shape = reroot.v1.LinkTerms.$Properties;
        }

        /**
         * Properties of a LinkState.
         * @deprecated Use reroot.v1.LinkState.$Properties instead.
         */
        interface ILinkState extends reroot.v1.LinkState.$Properties {
        }

        /** Represents a LinkState. */
        class LinkState {

            /**
             * Constructs a new LinkState.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.LinkState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinkState heardSequence. */
            heardSequence: number;

            /** LinkState heardAtMs. */
            heardAtMs: number;

            /** LinkState agentVersion. */
            agentVersion: string;

            /** LinkState protocol. */
            protocol: number;

            /** LinkState mgmtKeys. */
            mgmtKeys: string[];

            /** LinkState credentialsEpoch. */
            credentialsEpoch: number;

            /** LinkState connectedSinceMs. */
            connectedSinceMs: number;

            /** LinkState reconnects. */
            reconnects: number;

            /** LinkState refusals. */
            refusals: reroot.v1.RefusalCount.$Properties[];

            /** LinkState natsJwtExpiresAtMs. */
            natsJwtExpiresAtMs: number;

            /** LinkState clusterUid. */
            clusterUid: string;

            /**
             * Creates a new LinkState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinkState instance
             */
            static create(properties: reroot.v1.LinkState.$Shape): reroot.v1.LinkState & reroot.v1.LinkState.$Shape;
            static create(properties?: reroot.v1.LinkState.$Properties): reroot.v1.LinkState;

            /**
             * Encodes the specified LinkState message. Does not implicitly {@link reroot.v1.LinkState.verify|verify} messages.
             * @param message LinkState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.LinkState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinkState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.LinkState & reroot.v1.LinkState.$Shape} LinkState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.LinkState & reroot.v1.LinkState.$Shape;
        }

        namespace LinkState {

            /** Properties of a LinkState. */
            interface $Properties {

                /** LinkState heardSequence */
                heardSequence?: (number|null);

                /** LinkState heardAtMs */
                heardAtMs?: (number|null);

                /** LinkState agentVersion */
                agentVersion?: (string|null);

                /** LinkState protocol */
                protocol?: (number|null);

                /** LinkState mgmtKeys */
                mgmtKeys?: (string[]|null);

                /** LinkState credentialsEpoch */
                credentialsEpoch?: (number|null);

                /** LinkState connectedSinceMs */
                connectedSinceMs?: (number|null);

                /** LinkState reconnects */
                reconnects?: (number|null);

                /** LinkState refusals */
                refusals?: (reroot.v1.RefusalCount.$Properties[]|null);

                /** LinkState natsJwtExpiresAtMs */
                natsJwtExpiresAtMs?: (number|null);

                /** LinkState clusterUid */
                clusterUid?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinkState. */
            type $Shape = reroot.v1.LinkState.$Properties;
        }

        /**
         * Properties of a RefusalCount.
         * @deprecated Use reroot.v1.RefusalCount.$Properties instead.
         */
        interface IRefusalCount extends reroot.v1.RefusalCount.$Properties {
        }

        /** Represents a RefusalCount. */
        class RefusalCount {

            /**
             * Constructs a new RefusalCount.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.RefusalCount.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefusalCount reason. */
            reason: string;

            /** RefusalCount count. */
            count: number;

            /**
             * Creates a new RefusalCount instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RefusalCount instance
             */
            static create(properties: reroot.v1.RefusalCount.$Shape): reroot.v1.RefusalCount & reroot.v1.RefusalCount.$Shape;
            static create(properties?: reroot.v1.RefusalCount.$Properties): reroot.v1.RefusalCount;

            /**
             * Encodes the specified RefusalCount message. Does not implicitly {@link reroot.v1.RefusalCount.verify|verify} messages.
             * @param message RefusalCount message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.RefusalCount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefusalCount message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.RefusalCount & reroot.v1.RefusalCount.$Shape} RefusalCount
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.RefusalCount & reroot.v1.RefusalCount.$Shape;
        }

        namespace RefusalCount {

            /** Properties of a RefusalCount. */
            interface $Properties {

                /** RefusalCount reason */
                reason?: (string|null);

                /** RefusalCount count */
                count?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefusalCount. */
            type $Shape = reroot.v1.RefusalCount.$Properties;
        }

        /**
         * Properties of a Task.
         * @deprecated Use reroot.v1.Task.$Properties instead.
         */
        interface ITask extends reroot.v1.Task.$Properties {
        }

        /** Represents a Task. */
        class Task {

            /**
             * Constructs a new Task.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Task.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Task id. */
            id: string;

            /** Task deadlineMs. */
            deadlineMs: number;

            /** Task handshake. */
            handshake?: (reroot.v1.HandshakeTurn.$Properties|null);

            /** Task inspect. */
            inspect?: (reroot.v1.InspectRequest.$Properties|null);

            /** Task pathProbe. */
            pathProbe?: (reroot.v1.PathProbe.$Properties|null);

            /** Task task. */
            task?: ("handshake"|"inspect"|"pathProbe");

            /**
             * Creates a new Task instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Task instance
             */
            static create(properties: reroot.v1.Task.$Shape): reroot.v1.Task & reroot.v1.Task.$Shape;
            static create(properties?: reroot.v1.Task.$Properties): reroot.v1.Task;

            /**
             * Encodes the specified Task message. Does not implicitly {@link reroot.v1.Task.verify|verify} messages.
             * @param message Task message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Task.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Task message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Task & reroot.v1.Task.$Shape} Task
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Task & reroot.v1.Task.$Shape;
        }

        namespace Task {

            /** Properties of a Task. */
            interface $Properties {

                /** Task id */
                id?: (string|null);

                /** Task deadlineMs */
                deadlineMs?: (number|null);

                /** Task handshake */
                handshake?: (reroot.v1.HandshakeTurn.$Properties|null);

                /** Task inspect */
                inspect?: (reroot.v1.InspectRequest.$Properties|null);

                /** Task pathProbe */
                pathProbe?: (reroot.v1.PathProbe.$Properties|null);

                /** Task task */
                task?: ("handshake"|"inspect"|"pathProbe");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Task. */
            type $Shape = {
              id?: string|null;
              deadlineMs?: number|null;
              handshake?: reroot.v1.HandshakeTurn.$Shape|null;
              inspect?: reroot.v1.InspectRequest.$Shape|null;
              pathProbe?: reroot.v1.PathProbe.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ task?: undefined; handshake?: null; inspect?: null; pathProbe?: null }|{ task?: "handshake"; handshake: reroot.v1.HandshakeTurn.$Shape; inspect?: null; pathProbe?: null }|{ task?: "inspect"; handshake?: null; inspect: reroot.v1.InspectRequest.$Shape; pathProbe?: null }|{ task?: "pathProbe"; handshake?: null; inspect?: null; pathProbe: reroot.v1.PathProbe.$Shape })
            );
        }

        /**
         * Properties of a TaskResult.
         * @deprecated Use reroot.v1.TaskResult.$Properties instead.
         */
        interface ITaskResult extends reroot.v1.TaskResult.$Properties {
        }

        /** Represents a TaskResult. */
        class TaskResult {

            /**
             * Constructs a new TaskResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.TaskResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TaskResult id. */
            id: string;

            /** TaskResult handshake. */
            handshake?: (reroot.v1.HandshakeProgress.$Properties|null);

            /** TaskResult inspection. */
            inspection?: (reroot.v1.Inspection.$Properties|null);

            /** TaskResult pathProbe. */
            pathProbe?: (reroot.v1.PathProbeResult.$Properties|null);

            /** TaskResult refused. */
            refused?: (reroot.v1.Problem.$Properties|null);

            /** TaskResult result. */
            result?: ("handshake"|"inspection"|"pathProbe"|"refused");

            /**
             * Creates a new TaskResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TaskResult instance
             */
            static create(properties: reroot.v1.TaskResult.$Shape): reroot.v1.TaskResult & reroot.v1.TaskResult.$Shape;
            static create(properties?: reroot.v1.TaskResult.$Properties): reroot.v1.TaskResult;

            /**
             * Encodes the specified TaskResult message. Does not implicitly {@link reroot.v1.TaskResult.verify|verify} messages.
             * @param message TaskResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.TaskResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TaskResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.TaskResult & reroot.v1.TaskResult.$Shape} TaskResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.TaskResult & reroot.v1.TaskResult.$Shape;
        }

        namespace TaskResult {

            /** Properties of a TaskResult. */
            interface $Properties {

                /** TaskResult id */
                id?: (string|null);

                /** TaskResult handshake */
                handshake?: (reroot.v1.HandshakeProgress.$Properties|null);

                /** TaskResult inspection */
                inspection?: (reroot.v1.Inspection.$Properties|null);

                /** TaskResult pathProbe */
                pathProbe?: (reroot.v1.PathProbeResult.$Properties|null);

                /** TaskResult refused */
                refused?: (reroot.v1.Problem.$Properties|null);

                /** TaskResult result */
                result?: ("handshake"|"inspection"|"pathProbe"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a TaskResult. */
            type $Shape = {
              id?: string|null;
              handshake?: reroot.v1.HandshakeProgress.$Shape|null;
              inspection?: reroot.v1.Inspection.$Shape|null;
              pathProbe?: reroot.v1.PathProbeResult.$Shape|null;
              refused?: reroot.v1.Problem.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ result?: undefined; handshake?: null; inspection?: null; pathProbe?: null; refused?: null }|{ result?: "handshake"; handshake: reroot.v1.HandshakeProgress.$Shape; inspection?: null; pathProbe?: null; refused?: null }|{ result?: "inspection"; handshake?: null; inspection: reroot.v1.Inspection.$Shape; pathProbe?: null; refused?: null }|{ result?: "pathProbe"; handshake?: null; inspection?: null; pathProbe: reroot.v1.PathProbeResult.$Shape; refused?: null }|{ result?: "refused"; handshake?: null; inspection?: null; pathProbe?: null; refused: reroot.v1.Problem.$Shape })
            );
        }

        /**
         * Properties of a HandshakeTurn.
         * @deprecated Use reroot.v1.HandshakeTurn.$Properties instead.
         */
        interface IHandshakeTurn extends reroot.v1.HandshakeTurn.$Properties {
        }

        /** Represents a HandshakeTurn. */
        class HandshakeTurn {

            /**
             * Constructs a new HandshakeTurn.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.HandshakeTurn.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HandshakeTurn session. */
            session: string;

            /** HandshakeTurn group. */
            group: string;

            /** HandshakeTurn role. */
            role: reroot.v1.HandshakeRole;

            /** HandshakeTurn replica. */
            replica: string;

            /** HandshakeTurn trustDomain. */
            trustDomain: string;

            /** HandshakeTurn heard. */
            heard: Uint8Array;

            /**
             * Creates a new HandshakeTurn instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HandshakeTurn instance
             */
            static create(properties: reroot.v1.HandshakeTurn.$Shape): reroot.v1.HandshakeTurn & reroot.v1.HandshakeTurn.$Shape;
            static create(properties?: reroot.v1.HandshakeTurn.$Properties): reroot.v1.HandshakeTurn;

            /**
             * Encodes the specified HandshakeTurn message. Does not implicitly {@link reroot.v1.HandshakeTurn.verify|verify} messages.
             * @param message HandshakeTurn message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.HandshakeTurn.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HandshakeTurn message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.HandshakeTurn & reroot.v1.HandshakeTurn.$Shape} HandshakeTurn
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.HandshakeTurn & reroot.v1.HandshakeTurn.$Shape;
        }

        namespace HandshakeTurn {

            /** Properties of a HandshakeTurn. */
            interface $Properties {

                /** HandshakeTurn session */
                session?: (string|null);

                /** HandshakeTurn group */
                group?: (string|null);

                /** HandshakeTurn role */
                role?: (reroot.v1.HandshakeRole|null);

                /** HandshakeTurn replica */
                replica?: (string|null);

                /** HandshakeTurn trustDomain */
                trustDomain?: (string|null);

                /** HandshakeTurn heard */
                heard?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HandshakeTurn. */
            type $Shape = reroot.v1.HandshakeTurn.$Properties;
        }

        /** HandshakeRole enum. */
        enum HandshakeRole {

            /** HANDSHAKE_ROLE_UNSPECIFIED value */
            HANDSHAKE_ROLE_UNSPECIFIED = 0,

            /** HANDSHAKE_ROLE_CLIENT value */
            HANDSHAKE_ROLE_CLIENT = 1,

            /** HANDSHAKE_ROLE_SERVER value */
            HANDSHAKE_ROLE_SERVER = 2
        }

        /**
         * Properties of a HandshakeProgress.
         * @deprecated Use reroot.v1.HandshakeProgress.$Properties instead.
         */
        interface IHandshakeProgress extends reroot.v1.HandshakeProgress.$Properties {
        }

        /** Represents a HandshakeProgress. */
        class HandshakeProgress {

            /**
             * Constructs a new HandshakeProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.HandshakeProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HandshakeProgress heardBytes. */
            heardBytes: number;

            /** HandshakeProgress written. */
            written: Uint8Array;

            /** HandshakeProgress state. */
            state: reroot.v1.HandshakeState;

            /** HandshakeProgress presented. */
            presented?: (reroot.v1.PresentedTrust.$Properties|null);

            /** HandshakeProgress peerChain. */
            peerChain: string[];

            /** HandshakeProgress peerIdentity. */
            peerIdentity: string;

            /** HandshakeProgress channel. */
            channel: string;

            /** HandshakeProgress failure. */
            failure?: (reroot.v1.HandshakeFailure.$Properties|null);

            /**
             * Creates a new HandshakeProgress instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HandshakeProgress instance
             */
            static create(properties: reroot.v1.HandshakeProgress.$Shape): reroot.v1.HandshakeProgress & reroot.v1.HandshakeProgress.$Shape;
            static create(properties?: reroot.v1.HandshakeProgress.$Properties): reroot.v1.HandshakeProgress;

            /**
             * Encodes the specified HandshakeProgress message. Does not implicitly {@link reroot.v1.HandshakeProgress.verify|verify} messages.
             * @param message HandshakeProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.HandshakeProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HandshakeProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.HandshakeProgress & reroot.v1.HandshakeProgress.$Shape} HandshakeProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.HandshakeProgress & reroot.v1.HandshakeProgress.$Shape;
        }

        namespace HandshakeProgress {

            /** Properties of a HandshakeProgress. */
            interface $Properties {

                /** HandshakeProgress heardBytes */
                heardBytes?: (number|null);

                /** HandshakeProgress written */
                written?: (Uint8Array|null);

                /** HandshakeProgress state */
                state?: (reroot.v1.HandshakeState|null);

                /** HandshakeProgress presented */
                presented?: (reroot.v1.PresentedTrust.$Properties|null);

                /** HandshakeProgress peerChain */
                peerChain?: (string[]|null);

                /** HandshakeProgress peerIdentity */
                peerIdentity?: (string|null);

                /** HandshakeProgress channel */
                channel?: (string|null);

                /** HandshakeProgress failure */
                failure?: (reroot.v1.HandshakeFailure.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HandshakeProgress. */
            type $Shape = reroot.v1.HandshakeProgress.$Properties;
        }

        /** HandshakeState enum. */
        enum HandshakeState {

            /** HANDSHAKE_STATE_UNSPECIFIED value */
            HANDSHAKE_STATE_UNSPECIFIED = 0,

            /** HANDSHAKE_STATE_RUNNING value */
            HANDSHAKE_STATE_RUNNING = 1,

            /** HANDSHAKE_STATE_TRUSTED value */
            HANDSHAKE_STATE_TRUSTED = 2,

            /** HANDSHAKE_STATE_ACCEPTED value */
            HANDSHAKE_STATE_ACCEPTED = 3,

            /** HANDSHAKE_STATE_REFUSED value */
            HANDSHAKE_STATE_REFUSED = 4,

            /** HANDSHAKE_STATE_FAILED value */
            HANDSHAKE_STATE_FAILED = 5
        }

        /**
         * Properties of a PresentedTrust.
         * @deprecated Use reroot.v1.PresentedTrust.$Properties instead.
         */
        interface IPresentedTrust extends reroot.v1.PresentedTrust.$Properties {
        }

        /** Represents a PresentedTrust. */
        class PresentedTrust {

            /**
             * Constructs a new PresentedTrust.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.PresentedTrust.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PresentedTrust chain. */
            chain: string[];

            /** PresentedTrust bundleSha256. */
            bundleSha256: string;

            /** PresentedTrust roots. */
            roots: string[];

            /**
             * Creates a new PresentedTrust instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PresentedTrust instance
             */
            static create(properties: reroot.v1.PresentedTrust.$Shape): reroot.v1.PresentedTrust & reroot.v1.PresentedTrust.$Shape;
            static create(properties?: reroot.v1.PresentedTrust.$Properties): reroot.v1.PresentedTrust;

            /**
             * Encodes the specified PresentedTrust message. Does not implicitly {@link reroot.v1.PresentedTrust.verify|verify} messages.
             * @param message PresentedTrust message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.PresentedTrust.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PresentedTrust message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.PresentedTrust & reroot.v1.PresentedTrust.$Shape} PresentedTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.PresentedTrust & reroot.v1.PresentedTrust.$Shape;
        }

        namespace PresentedTrust {

            /** Properties of a PresentedTrust. */
            interface $Properties {

                /** PresentedTrust chain */
                chain?: (string[]|null);

                /** PresentedTrust bundleSha256 */
                bundleSha256?: (string|null);

                /** PresentedTrust roots */
                roots?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PresentedTrust. */
            type $Shape = reroot.v1.PresentedTrust.$Properties;
        }

        /**
         * Properties of a HandshakeFailure.
         * @deprecated Use reroot.v1.HandshakeFailure.$Properties instead.
         */
        interface IHandshakeFailure extends reroot.v1.HandshakeFailure.$Properties {
        }

        /** Represents a HandshakeFailure. */
        class HandshakeFailure {

            /**
             * Constructs a new HandshakeFailure.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.HandshakeFailure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HandshakeFailure alert. */
            alert: number;

            /** HandshakeFailure reason. */
            reason: string;

            /**
             * Creates a new HandshakeFailure instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HandshakeFailure instance
             */
            static create(properties: reroot.v1.HandshakeFailure.$Shape): reroot.v1.HandshakeFailure & reroot.v1.HandshakeFailure.$Shape;
            static create(properties?: reroot.v1.HandshakeFailure.$Properties): reroot.v1.HandshakeFailure;

            /**
             * Encodes the specified HandshakeFailure message. Does not implicitly {@link reroot.v1.HandshakeFailure.verify|verify} messages.
             * @param message HandshakeFailure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.HandshakeFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HandshakeFailure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.HandshakeFailure & reroot.v1.HandshakeFailure.$Shape} HandshakeFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.HandshakeFailure & reroot.v1.HandshakeFailure.$Shape;
        }

        namespace HandshakeFailure {

            /** Properties of a HandshakeFailure. */
            interface $Properties {

                /** HandshakeFailure alert */
                alert?: (number|null);

                /** HandshakeFailure reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HandshakeFailure. */
            type $Shape = reroot.v1.HandshakeFailure.$Properties;
        }

        /**
         * Properties of an InspectRequest.
         * @deprecated Use reroot.v1.InspectRequest.$Properties instead.
         */
        interface IInspectRequest extends reroot.v1.InspectRequest.$Properties {
        }

        /** Represents an InspectRequest. */
        class InspectRequest {

            /**
             * Constructs a new InspectRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectRequest facts. */
            facts: string[];

            /**
             * Creates a new InspectRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectRequest instance
             */
            static create(properties: reroot.v1.InspectRequest.$Shape): reroot.v1.InspectRequest & reroot.v1.InspectRequest.$Shape;
            static create(properties?: reroot.v1.InspectRequest.$Properties): reroot.v1.InspectRequest;

            /**
             * Encodes the specified InspectRequest message. Does not implicitly {@link reroot.v1.InspectRequest.verify|verify} messages.
             * @param message InspectRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectRequest & reroot.v1.InspectRequest.$Shape} InspectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectRequest & reroot.v1.InspectRequest.$Shape;
        }

        namespace InspectRequest {

            /** Properties of an InspectRequest. */
            interface $Properties {

                /** InspectRequest facts */
                facts?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectRequest. */
            type $Shape = reroot.v1.InspectRequest.$Properties;
        }

        /**
         * Properties of an Inspection.
         * @deprecated Use reroot.v1.Inspection.$Properties instead.
         */
        interface IInspection extends reroot.v1.Inspection.$Properties {
        }

        /** Represents an Inspection. */
        class Inspection {

            /**
             * Constructs a new Inspection.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.Inspection.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Inspection agentVersion. */
            agentVersion: string;

            /** Inspection takenAtMs. */
            takenAtMs: number;

            /** Inspection facts. */
            facts: reroot.v1.InspectedFact.$Properties[];

            /** Inspection istiods. */
            istiods: reroot.v1.InspectedIstiod.$Properties[];

            /** Inspection proxies. */
            proxies: reroot.v1.InspectedProxies.$Properties[];

            /** Inspection caFiles. */
            caFiles: reroot.v1.InspectedCaFiles.$Properties[];

            /** Inspection webhooks. */
            webhooks: reroot.v1.InspectedWebhook.$Properties[];

            /** Inspection meshRoots. */
            meshRoots: number;

            /** Inspection outsideWorkloads. */
            outsideWorkloads: number;

            /** Inspection budgets. */
            budgets: reroot.v1.InspectedBudget.$Properties[];

            /** Inspection rights. */
            rights: reroot.v1.InspectedRight.$Properties[];

            /** Inspection rootsReadFrom. */
            rootsReadFrom: string;

            /**
             * Creates a new Inspection instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Inspection instance
             */
            static create(properties: reroot.v1.Inspection.$Shape): reroot.v1.Inspection & reroot.v1.Inspection.$Shape;
            static create(properties?: reroot.v1.Inspection.$Properties): reroot.v1.Inspection;

            /**
             * Encodes the specified Inspection message. Does not implicitly {@link reroot.v1.Inspection.verify|verify} messages.
             * @param message Inspection message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.Inspection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Inspection message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.Inspection & reroot.v1.Inspection.$Shape} Inspection
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.Inspection & reroot.v1.Inspection.$Shape;
        }

        namespace Inspection {

            /** Properties of an Inspection. */
            interface $Properties {

                /** Inspection agentVersion */
                agentVersion?: (string|null);

                /** Inspection takenAtMs */
                takenAtMs?: (number|null);

                /** Inspection facts */
                facts?: (reroot.v1.InspectedFact.$Properties[]|null);

                /** Inspection istiods */
                istiods?: (reroot.v1.InspectedIstiod.$Properties[]|null);

                /** Inspection proxies */
                proxies?: (reroot.v1.InspectedProxies.$Properties[]|null);

                /** Inspection caFiles */
                caFiles?: (reroot.v1.InspectedCaFiles.$Properties[]|null);

                /** Inspection webhooks */
                webhooks?: (reroot.v1.InspectedWebhook.$Properties[]|null);

                /** Inspection meshRoots */
                meshRoots?: (number|null);

                /** Inspection outsideWorkloads */
                outsideWorkloads?: (number|null);

                /** Inspection budgets */
                budgets?: (reroot.v1.InspectedBudget.$Properties[]|null);

                /** Inspection rights */
                rights?: (reroot.v1.InspectedRight.$Properties[]|null);

                /** Inspection rootsReadFrom */
                rootsReadFrom?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Inspection. */
            type $Shape = reroot.v1.Inspection.$Properties;
        }

        /**
         * Properties of an InspectedFact.
         * @deprecated Use reroot.v1.InspectedFact.$Properties instead.
         */
        interface IInspectedFact extends reroot.v1.InspectedFact.$Properties {
        }

        /** Represents an InspectedFact. */
        class InspectedFact {

            /**
             * Constructs a new InspectedFact.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedFact.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedFact name. */
            name: string;

            /** InspectedFact unknownBecause. */
            unknownBecause: string;

            /**
             * Creates a new InspectedFact instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedFact instance
             */
            static create(properties: reroot.v1.InspectedFact.$Shape): reroot.v1.InspectedFact & reroot.v1.InspectedFact.$Shape;
            static create(properties?: reroot.v1.InspectedFact.$Properties): reroot.v1.InspectedFact;

            /**
             * Encodes the specified InspectedFact message. Does not implicitly {@link reroot.v1.InspectedFact.verify|verify} messages.
             * @param message InspectedFact message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedFact.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedFact message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedFact & reroot.v1.InspectedFact.$Shape} InspectedFact
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedFact & reroot.v1.InspectedFact.$Shape;
        }

        namespace InspectedFact {

            /** Properties of an InspectedFact. */
            interface $Properties {

                /** InspectedFact name */
                name?: (string|null);

                /** InspectedFact unknownBecause */
                unknownBecause?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedFact. */
            type $Shape = reroot.v1.InspectedFact.$Properties;
        }

        /**
         * Properties of an InspectedIstiod.
         * @deprecated Use reroot.v1.InspectedIstiod.$Properties instead.
         */
        interface IInspectedIstiod extends reroot.v1.InspectedIstiod.$Properties {
        }

        /** Represents an InspectedIstiod. */
        class InspectedIstiod {

            /**
             * Constructs a new InspectedIstiod.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedIstiod.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedIstiod name. */
            name: string;

            /** InspectedIstiod version. */
            version: string;

            /** InspectedIstiod revision. */
            revision: string;

            /** InspectedIstiod startedAtMs. */
            startedAtMs: number;

            /** InspectedIstiod multiRoot. */
            multiRoot: string;

            /** InspectedIstiod trustBundles. */
            trustBundles: string;

            /** InspectedIstiod rootConfigMap. */
            rootConfigMap: string;

            /** InspectedIstiod longestLeafMs. */
            longestLeafMs: number;

            /** InspectedIstiod externalCa. */
            externalCa: string;

            /** InspectedIstiod unread. */
            unread: string[];

            /**
             * Creates a new InspectedIstiod instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedIstiod instance
             */
            static create(properties: reroot.v1.InspectedIstiod.$Shape): reroot.v1.InspectedIstiod & reroot.v1.InspectedIstiod.$Shape;
            static create(properties?: reroot.v1.InspectedIstiod.$Properties): reroot.v1.InspectedIstiod;

            /**
             * Encodes the specified InspectedIstiod message. Does not implicitly {@link reroot.v1.InspectedIstiod.verify|verify} messages.
             * @param message InspectedIstiod message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedIstiod.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedIstiod message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedIstiod & reroot.v1.InspectedIstiod.$Shape} InspectedIstiod
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedIstiod & reroot.v1.InspectedIstiod.$Shape;
        }

        namespace InspectedIstiod {

            /** Properties of an InspectedIstiod. */
            interface $Properties {

                /** InspectedIstiod name */
                name?: (string|null);

                /** InspectedIstiod version */
                version?: (string|null);

                /** InspectedIstiod revision */
                revision?: (string|null);

                /** InspectedIstiod startedAtMs */
                startedAtMs?: (number|null);

                /** InspectedIstiod multiRoot */
                multiRoot?: (string|null);

                /** InspectedIstiod trustBundles */
                trustBundles?: (string|null);

                /** InspectedIstiod rootConfigMap */
                rootConfigMap?: (string|null);

                /** InspectedIstiod longestLeafMs */
                longestLeafMs?: (number|null);

                /** InspectedIstiod externalCa */
                externalCa?: (string|null);

                /** InspectedIstiod unread */
                unread?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedIstiod. */
            type $Shape = reroot.v1.InspectedIstiod.$Properties;
        }

        /**
         * Properties of an InspectedProxies.
         * @deprecated Use reroot.v1.InspectedProxies.$Properties instead.
         */
        interface IInspectedProxies extends reroot.v1.InspectedProxies.$Properties {
        }

        /** Represents an InspectedProxies. */
        class InspectedProxies {

            /**
             * Constructs a new InspectedProxies.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedProxies.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedProxies role. */
            role: string;

            /** InspectedProxies version. */
            version: string;

            /** InspectedProxies learns. */
            learns: reroot.v1.Learns;

            /** InspectedProxies leafLifetimeMs. */
            leafLifetimeMs: number;

            /** InspectedProxies certificates. */
            certificates: string;

            /** InspectedProxies count. */
            count: number;

            /** InspectedProxies examples. */
            examples: string[];

            /** InspectedProxies unread. */
            unread: string[];

            /**
             * Creates a new InspectedProxies instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedProxies instance
             */
            static create(properties: reroot.v1.InspectedProxies.$Shape): reroot.v1.InspectedProxies & reroot.v1.InspectedProxies.$Shape;
            static create(properties?: reroot.v1.InspectedProxies.$Properties): reroot.v1.InspectedProxies;

            /**
             * Encodes the specified InspectedProxies message. Does not implicitly {@link reroot.v1.InspectedProxies.verify|verify} messages.
             * @param message InspectedProxies message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedProxies.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedProxies message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedProxies & reroot.v1.InspectedProxies.$Shape} InspectedProxies
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedProxies & reroot.v1.InspectedProxies.$Shape;
        }

        namespace InspectedProxies {

            /** Properties of an InspectedProxies. */
            interface $Properties {

                /** InspectedProxies role */
                role?: (string|null);

                /** InspectedProxies version */
                version?: (string|null);

                /** InspectedProxies learns */
                learns?: (reroot.v1.Learns|null);

                /** InspectedProxies leafLifetimeMs */
                leafLifetimeMs?: (number|null);

                /** InspectedProxies certificates */
                certificates?: (string|null);

                /** InspectedProxies count */
                count?: (number|null);

                /** InspectedProxies examples */
                examples?: (string[]|null);

                /** InspectedProxies unread */
                unread?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedProxies. */
            type $Shape = reroot.v1.InspectedProxies.$Properties;
        }

        /**
         * Properties of an InspectedCaFiles.
         * @deprecated Use reroot.v1.InspectedCaFiles.$Properties instead.
         */
        interface IInspectedCaFiles extends reroot.v1.InspectedCaFiles.$Properties {
        }

        /** Represents an InspectedCaFiles. */
        class InspectedCaFiles {

            /**
             * Constructs a new InspectedCaFiles.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedCaFiles.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedCaFiles namespace. */
            namespace: string;

            /** InspectedCaFiles secret. */
            secret: string;

            /** InspectedCaFiles keys. */
            keys: reroot.v1.InspectedKey.$Properties[];

            /** InspectedCaFiles findings. */
            findings: reroot.v1.InspectedFinding.$Properties[];

            /**
             * Creates a new InspectedCaFiles instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedCaFiles instance
             */
            static create(properties: reroot.v1.InspectedCaFiles.$Shape): reroot.v1.InspectedCaFiles & reroot.v1.InspectedCaFiles.$Shape;
            static create(properties?: reroot.v1.InspectedCaFiles.$Properties): reroot.v1.InspectedCaFiles;

            /**
             * Encodes the specified InspectedCaFiles message. Does not implicitly {@link reroot.v1.InspectedCaFiles.verify|verify} messages.
             * @param message InspectedCaFiles message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedCaFiles.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedCaFiles message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedCaFiles & reroot.v1.InspectedCaFiles.$Shape} InspectedCaFiles
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedCaFiles & reroot.v1.InspectedCaFiles.$Shape;
        }

        namespace InspectedCaFiles {

            /** Properties of an InspectedCaFiles. */
            interface $Properties {

                /** InspectedCaFiles namespace */
                namespace?: (string|null);

                /** InspectedCaFiles secret */
                secret?: (string|null);

                /** InspectedCaFiles keys */
                keys?: (reroot.v1.InspectedKey.$Properties[]|null);

                /** InspectedCaFiles findings */
                findings?: (reroot.v1.InspectedFinding.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedCaFiles. */
            type $Shape = reroot.v1.InspectedCaFiles.$Properties;
        }

        /**
         * Properties of an InspectedKey.
         * @deprecated Use reroot.v1.InspectedKey.$Properties instead.
         */
        interface IInspectedKey extends reroot.v1.InspectedKey.$Properties {
        }

        /** Represents an InspectedKey. */
        class InspectedKey {

            /**
             * Constructs a new InspectedKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedKey name. */
            name: string;

            /** InspectedKey bytes. */
            bytes: number;

            /**
             * Creates a new InspectedKey instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedKey instance
             */
            static create(properties: reroot.v1.InspectedKey.$Shape): reroot.v1.InspectedKey & reroot.v1.InspectedKey.$Shape;
            static create(properties?: reroot.v1.InspectedKey.$Properties): reroot.v1.InspectedKey;

            /**
             * Encodes the specified InspectedKey message. Does not implicitly {@link reroot.v1.InspectedKey.verify|verify} messages.
             * @param message InspectedKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedKey & reroot.v1.InspectedKey.$Shape} InspectedKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedKey & reroot.v1.InspectedKey.$Shape;
        }

        namespace InspectedKey {

            /** Properties of an InspectedKey. */
            interface $Properties {

                /** InspectedKey name */
                name?: (string|null);

                /** InspectedKey bytes */
                bytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedKey. */
            type $Shape = reroot.v1.InspectedKey.$Properties;
        }

        /**
         * Properties of an InspectedFinding.
         * @deprecated Use reroot.v1.InspectedFinding.$Properties instead.
         */
        interface IInspectedFinding extends reroot.v1.InspectedFinding.$Properties {
        }

        /** Represents an InspectedFinding. */
        class InspectedFinding {

            /**
             * Constructs a new InspectedFinding.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedFinding.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedFinding rule. */
            rule: string;

            /** InspectedFinding verdict. */
            verdict: string;

            /** InspectedFinding message. */
            message: string;

            /**
             * Creates a new InspectedFinding instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedFinding instance
             */
            static create(properties: reroot.v1.InspectedFinding.$Shape): reroot.v1.InspectedFinding & reroot.v1.InspectedFinding.$Shape;
            static create(properties?: reroot.v1.InspectedFinding.$Properties): reroot.v1.InspectedFinding;

            /**
             * Encodes the specified InspectedFinding message. Does not implicitly {@link reroot.v1.InspectedFinding.verify|verify} messages.
             * @param message InspectedFinding message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedFinding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedFinding message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedFinding & reroot.v1.InspectedFinding.$Shape} InspectedFinding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedFinding & reroot.v1.InspectedFinding.$Shape;
        }

        namespace InspectedFinding {

            /** Properties of an InspectedFinding. */
            interface $Properties {

                /** InspectedFinding rule */
                rule?: (string|null);

                /** InspectedFinding verdict */
                verdict?: (string|null);

                /** InspectedFinding message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedFinding. */
            type $Shape = reroot.v1.InspectedFinding.$Properties;
        }

        /**
         * Properties of an InspectedWebhook.
         * @deprecated Use reroot.v1.InspectedWebhook.$Properties instead.
         */
        interface IInspectedWebhook extends reroot.v1.InspectedWebhook.$Properties {
        }

        /** Represents an InspectedWebhook. */
        class InspectedWebhook {

            /**
             * Constructs a new InspectedWebhook.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedWebhook.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedWebhook name. */
            name: string;

            /** InspectedWebhook kind. */
            kind: string;

            /** InspectedWebhook bundle. */
            bundle: string;

            /** InspectedWebhook written. */
            written: string;

            /** InspectedWebhook unknownBecause. */
            unknownBecause: string;

            /**
             * Creates a new InspectedWebhook instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedWebhook instance
             */
            static create(properties: reroot.v1.InspectedWebhook.$Shape): reroot.v1.InspectedWebhook & reroot.v1.InspectedWebhook.$Shape;
            static create(properties?: reroot.v1.InspectedWebhook.$Properties): reroot.v1.InspectedWebhook;

            /**
             * Encodes the specified InspectedWebhook message. Does not implicitly {@link reroot.v1.InspectedWebhook.verify|verify} messages.
             * @param message InspectedWebhook message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedWebhook.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedWebhook message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedWebhook & reroot.v1.InspectedWebhook.$Shape} InspectedWebhook
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedWebhook & reroot.v1.InspectedWebhook.$Shape;
        }

        namespace InspectedWebhook {

            /** Properties of an InspectedWebhook. */
            interface $Properties {

                /** InspectedWebhook name */
                name?: (string|null);

                /** InspectedWebhook kind */
                kind?: (string|null);

                /** InspectedWebhook bundle */
                bundle?: (string|null);

                /** InspectedWebhook written */
                written?: (string|null);

                /** InspectedWebhook unknownBecause */
                unknownBecause?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedWebhook. */
            type $Shape = reroot.v1.InspectedWebhook.$Properties;
        }

        /**
         * Properties of an InspectedBudget.
         * @deprecated Use reroot.v1.InspectedBudget.$Properties instead.
         */
        interface IInspectedBudget extends reroot.v1.InspectedBudget.$Properties {
        }

        /** Represents an InspectedBudget. */
        class InspectedBudget {

            /**
             * Constructs a new InspectedBudget.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedBudget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedBudget name. */
            name: string;

            /** InspectedBudget namespace. */
            namespace: string;

            /** InspectedBudget guards. */
            guards: string;

            /** InspectedBudget allowed. */
            allowed: number;

            /**
             * Creates a new InspectedBudget instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedBudget instance
             */
            static create(properties: reroot.v1.InspectedBudget.$Shape): reroot.v1.InspectedBudget & reroot.v1.InspectedBudget.$Shape;
            static create(properties?: reroot.v1.InspectedBudget.$Properties): reroot.v1.InspectedBudget;

            /**
             * Encodes the specified InspectedBudget message. Does not implicitly {@link reroot.v1.InspectedBudget.verify|verify} messages.
             * @param message InspectedBudget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedBudget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedBudget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedBudget & reroot.v1.InspectedBudget.$Shape} InspectedBudget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedBudget & reroot.v1.InspectedBudget.$Shape;
        }

        namespace InspectedBudget {

            /** Properties of an InspectedBudget. */
            interface $Properties {

                /** InspectedBudget name */
                name?: (string|null);

                /** InspectedBudget namespace */
                namespace?: (string|null);

                /** InspectedBudget guards */
                guards?: (string|null);

                /** InspectedBudget allowed */
                allowed?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedBudget. */
            type $Shape = reroot.v1.InspectedBudget.$Properties;
        }

        /**
         * Properties of an InspectedRight.
         * @deprecated Use reroot.v1.InspectedRight.$Properties instead.
         */
        interface IInspectedRight extends reroot.v1.InspectedRight.$Properties {
        }

        /** Represents an InspectedRight. */
        class InspectedRight {

            /**
             * Constructs a new InspectedRight.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.InspectedRight.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InspectedRight right. */
            right: string;

            /** InspectedRight need. */
            need: string;

            /** InspectedRight allowed. */
            allowed: string;

            /** InspectedRight unknownBecause. */
            unknownBecause: string;

            /**
             * Creates a new InspectedRight instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectedRight instance
             */
            static create(properties: reroot.v1.InspectedRight.$Shape): reroot.v1.InspectedRight & reroot.v1.InspectedRight.$Shape;
            static create(properties?: reroot.v1.InspectedRight.$Properties): reroot.v1.InspectedRight;

            /**
             * Encodes the specified InspectedRight message. Does not implicitly {@link reroot.v1.InspectedRight.verify|verify} messages.
             * @param message InspectedRight message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.InspectedRight.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectedRight message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.InspectedRight & reroot.v1.InspectedRight.$Shape} InspectedRight
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.InspectedRight & reroot.v1.InspectedRight.$Shape;
        }

        namespace InspectedRight {

            /** Properties of an InspectedRight. */
            interface $Properties {

                /** InspectedRight right */
                right?: (string|null);

                /** InspectedRight need */
                need?: (string|null);

                /** InspectedRight allowed */
                allowed?: (string|null);

                /** InspectedRight unknownBecause */
                unknownBecause?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InspectedRight. */
            type $Shape = reroot.v1.InspectedRight.$Properties;
        }

        /**
         * Properties of a PathProbe.
         * @deprecated Use reroot.v1.PathProbe.$Properties instead.
         */
        interface IPathProbe extends reroot.v1.PathProbe.$Properties {
        }

        /** Represents a PathProbe. */
        class PathProbe {

            /**
             * Constructs a new PathProbe.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.PathProbe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PathProbe address. */
            address: string;

            /** PathProbe serverName. */
            serverName: string;

            /** PathProbe group. */
            group: string;

            /** PathProbe replica. */
            replica: string;

            /** PathProbe trustDomain. */
            trustDomain: string;

            /**
             * Creates a new PathProbe instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PathProbe instance
             */
            static create(properties: reroot.v1.PathProbe.$Shape): reroot.v1.PathProbe & reroot.v1.PathProbe.$Shape;
            static create(properties?: reroot.v1.PathProbe.$Properties): reroot.v1.PathProbe;

            /**
             * Encodes the specified PathProbe message. Does not implicitly {@link reroot.v1.PathProbe.verify|verify} messages.
             * @param message PathProbe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.PathProbe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PathProbe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.PathProbe & reroot.v1.PathProbe.$Shape} PathProbe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.PathProbe & reroot.v1.PathProbe.$Shape;
        }

        namespace PathProbe {

            /** Properties of a PathProbe. */
            interface $Properties {

                /** PathProbe address */
                address?: (string|null);

                /** PathProbe serverName */
                serverName?: (string|null);

                /** PathProbe group */
                group?: (string|null);

                /** PathProbe replica */
                replica?: (string|null);

                /** PathProbe trustDomain */
                trustDomain?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PathProbe. */
            type $Shape = reroot.v1.PathProbe.$Properties;
        }

        /**
         * Properties of a PathProbeResult.
         * @deprecated Use reroot.v1.PathProbeResult.$Properties instead.
         */
        interface IPathProbeResult extends reroot.v1.PathProbeResult.$Properties {
        }

        /** Represents a PathProbeResult. */
        class PathProbeResult {

            /**
             * Constructs a new PathProbeResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.PathProbeResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PathProbeResult state. */
            state: reroot.v1.HandshakeState;

            /** PathProbeResult presented. */
            presented?: (reroot.v1.PresentedTrust.$Properties|null);

            /** PathProbeResult peerChain. */
            peerChain: string[];

            /** PathProbeResult peerIdentity. */
            peerIdentity: string;

            /** PathProbeResult failure. */
            failure?: (reroot.v1.HandshakeFailure.$Properties|null);

            /** PathProbeResult refusedBy. */
            refusedBy: reroot.v1.RefusingEnd;

            /**
             * Creates a new PathProbeResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PathProbeResult instance
             */
            static create(properties: reroot.v1.PathProbeResult.$Shape): reroot.v1.PathProbeResult & reroot.v1.PathProbeResult.$Shape;
            static create(properties?: reroot.v1.PathProbeResult.$Properties): reroot.v1.PathProbeResult;

            /**
             * Encodes the specified PathProbeResult message. Does not implicitly {@link reroot.v1.PathProbeResult.verify|verify} messages.
             * @param message PathProbeResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.PathProbeResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PathProbeResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.PathProbeResult & reroot.v1.PathProbeResult.$Shape} PathProbeResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.PathProbeResult & reroot.v1.PathProbeResult.$Shape;
        }

        namespace PathProbeResult {

            /** Properties of a PathProbeResult. */
            interface $Properties {

                /** PathProbeResult state */
                state?: (reroot.v1.HandshakeState|null);

                /** PathProbeResult presented */
                presented?: (reroot.v1.PresentedTrust.$Properties|null);

                /** PathProbeResult peerChain */
                peerChain?: (string[]|null);

                /** PathProbeResult peerIdentity */
                peerIdentity?: (string|null);

                /** PathProbeResult failure */
                failure?: (reroot.v1.HandshakeFailure.$Properties|null);

                /** PathProbeResult refusedBy */
                refusedBy?: (reroot.v1.RefusingEnd|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PathProbeResult. */
            type $Shape = reroot.v1.PathProbeResult.$Properties;
        }

        /** RefusingEnd enum. */
        enum RefusingEnd {

            /** REFUSING_END_UNSPECIFIED value */
            REFUSING_END_UNSPECIFIED = 0,

            /** REFUSING_END_AGENT value */
            REFUSING_END_AGENT = 1,

            /** REFUSING_END_PEER value */
            REFUSING_END_PEER = 2
        }

        /**
         * Properties of a RootCertificateAuthority.
         * @deprecated Use reroot.v1.RootCertificateAuthority.$Properties instead.
         */
        interface IRootCertificateAuthority extends reroot.v1.RootCertificateAuthority.$Properties {
        }

        /** Represents a RootCertificateAuthority. */
        class RootCertificateAuthority {

            /**
             * Constructs a new RootCertificateAuthority.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.RootCertificateAuthority.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RootCertificateAuthority generated. */
            generated?: (reroot.v1.CommonCertOptions.$Properties|null);

            /** RootCertificateAuthority secret. */
            secret?: (reroot.v1.ObjectRef.$Properties|null);

            /** RootCertificateAuthority vault. */
            vault?: (reroot.v1.VaultRootCA.$Properties|null);

            /** RootCertificateAuthority caSource. */
            caSource?: ("generated"|"secret"|"vault");

            /**
             * Creates a new RootCertificateAuthority instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RootCertificateAuthority instance
             */
            static create(properties: reroot.v1.RootCertificateAuthority.$Shape): reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape;
            static create(properties?: reroot.v1.RootCertificateAuthority.$Properties): reroot.v1.RootCertificateAuthority;

            /**
             * Encodes the specified RootCertificateAuthority message. Does not implicitly {@link reroot.v1.RootCertificateAuthority.verify|verify} messages.
             * @param message RootCertificateAuthority message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.RootCertificateAuthority.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RootCertificateAuthority message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape} RootCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape;
        }

        namespace RootCertificateAuthority {

            /** Properties of a RootCertificateAuthority. */
            interface $Properties {

                /** RootCertificateAuthority generated */
                generated?: (reroot.v1.CommonCertOptions.$Properties|null);

                /** RootCertificateAuthority secret */
                secret?: (reroot.v1.ObjectRef.$Properties|null);

                /** RootCertificateAuthority vault */
                vault?: (reroot.v1.VaultRootCA.$Properties|null);

                /** RootCertificateAuthority caSource */
                caSource?: ("generated"|"secret"|"vault");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a RootCertificateAuthority. */
            type $Shape = {
              generated?: reroot.v1.CommonCertOptions.$Shape|null;
              secret?: reroot.v1.ObjectRef.$Shape|null;
              vault?: reroot.v1.VaultRootCA.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ caSource?: undefined; generated?: null; secret?: null; vault?: null }|{ caSource?: "generated"; generated: reroot.v1.CommonCertOptions.$Shape; secret?: null; vault?: null }|{ caSource?: "secret"; generated?: null; secret: reroot.v1.ObjectRef.$Shape; vault?: null }|{ caSource?: "vault"; generated?: null; secret?: null; vault: reroot.v1.VaultRootCA.$Shape })
            );
        }

        /**
         * Properties of a VaultRootCA.
         * @deprecated Use reroot.v1.VaultRootCA.$Properties instead.
         */
        interface IVaultRootCA extends reroot.v1.VaultRootCA.$Properties {
        }

        /** Represents a VaultRootCA. */
        class VaultRootCA {

            /**
             * Constructs a new VaultRootCA.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VaultRootCA.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VaultRootCA server. */
            server: string;

            /** VaultRootCA caBundle. */
            caBundle: Uint8Array;

            /** VaultRootCA namespace. */
            namespace: string;

            /** VaultRootCA tokenSecretRef. */
            tokenSecretRef?: (reroot.v1.ObjectRef.$Properties|null);

            /** VaultRootCA kubernetesAuth. */
            kubernetesAuth?: (reroot.v1.VaultKubernetesAuth.$Properties|null);

            /** VaultRootCA mountPath. */
            mountPath: string;

            /** VaultRootCA issuerRef. */
            issuerRef: string;

            /** VaultRootCA options. */
            options?: (reroot.v1.CommonCertOptions.$Properties|null);

            /** VaultRootCA authType. */
            authType?: ("tokenSecretRef"|"kubernetesAuth");

            /**
             * Creates a new VaultRootCA instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VaultRootCA instance
             */
            static create(properties: reroot.v1.VaultRootCA.$Shape): reroot.v1.VaultRootCA & reroot.v1.VaultRootCA.$Shape;
            static create(properties?: reroot.v1.VaultRootCA.$Properties): reroot.v1.VaultRootCA;

            /**
             * Encodes the specified VaultRootCA message. Does not implicitly {@link reroot.v1.VaultRootCA.verify|verify} messages.
             * @param message VaultRootCA message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VaultRootCA.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VaultRootCA message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VaultRootCA & reroot.v1.VaultRootCA.$Shape} VaultRootCA
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VaultRootCA & reroot.v1.VaultRootCA.$Shape;
        }

        namespace VaultRootCA {

            /** Properties of a VaultRootCA. */
            interface $Properties {

                /** VaultRootCA server */
                server?: (string|null);

                /** VaultRootCA caBundle */
                caBundle?: (Uint8Array|null);

                /** VaultRootCA namespace */
                namespace?: (string|null);

                /** VaultRootCA tokenSecretRef */
                tokenSecretRef?: (reroot.v1.ObjectRef.$Properties|null);

                /** VaultRootCA kubernetesAuth */
                kubernetesAuth?: (reroot.v1.VaultKubernetesAuth.$Properties|null);

                /** VaultRootCA mountPath */
                mountPath?: (string|null);

                /** VaultRootCA issuerRef */
                issuerRef?: (string|null);

                /** VaultRootCA options */
                options?: (reroot.v1.CommonCertOptions.$Properties|null);

                /** VaultRootCA authType */
                authType?: ("tokenSecretRef"|"kubernetesAuth");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a VaultRootCA. */
            type $Shape = {
              server?: string|null;
              caBundle?: Uint8Array|null;
              namespace?: string|null;
              tokenSecretRef?: reroot.v1.ObjectRef.$Shape|null;
              kubernetesAuth?: reroot.v1.VaultKubernetesAuth.$Shape|null;
              mountPath?: string|null;
              issuerRef?: string|null;
              options?: reroot.v1.CommonCertOptions.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ authType?: undefined; tokenSecretRef?: null; kubernetesAuth?: null }|{ authType?: "tokenSecretRef"; tokenSecretRef: reroot.v1.ObjectRef.$Shape; kubernetesAuth?: null }|{ authType?: "kubernetesAuth"; tokenSecretRef?: null; kubernetesAuth: reroot.v1.VaultKubernetesAuth.$Shape })
            );
        }

        /**
         * Properties of an IntermediateCertificateAuthority.
         * @deprecated Use reroot.v1.IntermediateCertificateAuthority.$Properties instead.
         */
        interface IIntermediateCertificateAuthority extends reroot.v1.IntermediateCertificateAuthority.$Properties {
        }

        /** Represents an IntermediateCertificateAuthority. */
        class IntermediateCertificateAuthority {

            /**
             * Constructs a new IntermediateCertificateAuthority.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.IntermediateCertificateAuthority.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IntermediateCertificateAuthority vault. */
            vault?: (reroot.v1.VaultCA.$Properties|null);

            /** IntermediateCertificateAuthority caSource. */
            caSource?: "vault";

            /**
             * Creates a new IntermediateCertificateAuthority instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IntermediateCertificateAuthority instance
             */
            static create(properties: reroot.v1.IntermediateCertificateAuthority.$Shape): reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape;
            static create(properties?: reroot.v1.IntermediateCertificateAuthority.$Properties): reroot.v1.IntermediateCertificateAuthority;

            /**
             * Encodes the specified IntermediateCertificateAuthority message. Does not implicitly {@link reroot.v1.IntermediateCertificateAuthority.verify|verify} messages.
             * @param message IntermediateCertificateAuthority message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.IntermediateCertificateAuthority.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IntermediateCertificateAuthority message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape} IntermediateCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape;
        }

        namespace IntermediateCertificateAuthority {

            /** Properties of an IntermediateCertificateAuthority. */
            interface $Properties {

                /** IntermediateCertificateAuthority vault */
                vault?: (reroot.v1.VaultCA.$Properties|null);

                /** IntermediateCertificateAuthority caSource */
                caSource?: "vault";

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an IntermediateCertificateAuthority. */
            type $Shape = {
              vault?: reroot.v1.VaultCA.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ caSource?: undefined; vault?: null }|{ caSource?: "vault"; vault: reroot.v1.VaultCA.$Shape })
            );
        }

        /**
         * Properties of a CommonCertOptions.
         * @deprecated Use reroot.v1.CommonCertOptions.$Properties instead.
         */
        interface ICommonCertOptions extends reroot.v1.CommonCertOptions.$Properties {
        }

        /** Represents a CommonCertOptions. */
        class CommonCertOptions {

            /**
             * Constructs a new CommonCertOptions.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CommonCertOptions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CommonCertOptions ttlDays. */
            ttlDays: number;

            /** CommonCertOptions rsaKeySizeBytes. */
            rsaKeySizeBytes: number;

            /** CommonCertOptions orgName. */
            orgName: string;

            /** CommonCertOptions secretRotationGracePeriodRatio. */
            secretRotationGracePeriodRatio: number;

            /** CommonCertOptions keyAlgorithm. */
            keyAlgorithm: reroot.v1.KeyAlgorithm;

            /**
             * Creates a new CommonCertOptions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CommonCertOptions instance
             */
            static create(properties: reroot.v1.CommonCertOptions.$Shape): reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape;
            static create(properties?: reroot.v1.CommonCertOptions.$Properties): reroot.v1.CommonCertOptions;

            /**
             * Encodes the specified CommonCertOptions message. Does not implicitly {@link reroot.v1.CommonCertOptions.verify|verify} messages.
             * @param message CommonCertOptions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CommonCertOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CommonCertOptions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape} CommonCertOptions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape;
        }

        namespace CommonCertOptions {

            /** Properties of a CommonCertOptions. */
            interface $Properties {

                /** CommonCertOptions ttlDays */
                ttlDays?: (number|null);

                /** CommonCertOptions rsaKeySizeBytes */
                rsaKeySizeBytes?: (number|null);

                /** CommonCertOptions orgName */
                orgName?: (string|null);

                /** CommonCertOptions secretRotationGracePeriodRatio */
                secretRotationGracePeriodRatio?: (number|null);

                /** CommonCertOptions keyAlgorithm */
                keyAlgorithm?: (reroot.v1.KeyAlgorithm|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CommonCertOptions. */
            type $Shape = reroot.v1.CommonCertOptions.$Properties;
        }

        /** KeyAlgorithm enum. */
        enum KeyAlgorithm {

            /** KEY_ALGORITHM_UNSPECIFIED value */
            KEY_ALGORITHM_UNSPECIFIED = 0,

            /** KEY_ALGORITHM_RSA value */
            KEY_ALGORITHM_RSA = 1,

            /** KEY_ALGORITHM_ECDSA_P256 value */
            KEY_ALGORITHM_ECDSA_P256 = 2,

            /** KEY_ALGORITHM_ECDSA_P384 value */
            KEY_ALGORITHM_ECDSA_P384 = 3
        }

        /**
         * Properties of an ObjectRef.
         * @deprecated Use reroot.v1.ObjectRef.$Properties instead.
         */
        interface IObjectRef extends reroot.v1.ObjectRef.$Properties {
        }

        /** Represents an ObjectRef. */
        class ObjectRef {

            /**
             * Constructs a new ObjectRef.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.ObjectRef.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ObjectRef name. */
            name: string;

            /** ObjectRef namespace. */
            namespace: string;

            /**
             * Creates a new ObjectRef instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObjectRef instance
             */
            static create(properties: reroot.v1.ObjectRef.$Shape): reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape;
            static create(properties?: reroot.v1.ObjectRef.$Properties): reroot.v1.ObjectRef;

            /**
             * Encodes the specified ObjectRef message. Does not implicitly {@link reroot.v1.ObjectRef.verify|verify} messages.
             * @param message ObjectRef message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.ObjectRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObjectRef message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape} ObjectRef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape;
        }

        namespace ObjectRef {

            /** Properties of an ObjectRef. */
            interface $Properties {

                /** ObjectRef name */
                name?: (string|null);

                /** ObjectRef namespace */
                namespace?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObjectRef. */
            type $Shape = reroot.v1.ObjectRef.$Properties;
        }

        /**
         * Properties of a VaultCA.
         * @deprecated Use reroot.v1.VaultCA.$Properties instead.
         */
        interface IVaultCA extends reroot.v1.VaultCA.$Properties {
        }

        /** Represents a VaultCA. */
        class VaultCA {

            /**
             * Constructs a new VaultCA.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VaultCA.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VaultCA caPath. */
            caPath: string;

            /** VaultCA csrPath. */
            csrPath: string;

            /** VaultCA server. */
            server: string;

            /** VaultCA caBundle. */
            caBundle: Uint8Array;

            /** VaultCA namespace. */
            namespace: string;

            /** VaultCA tokenSecretRef. */
            tokenSecretRef?: (reroot.v1.ObjectRef.$Properties|null);

            /** VaultCA kubernetesAuth. */
            kubernetesAuth?: (reroot.v1.VaultKubernetesAuth.$Properties|null);

            /** VaultCA authType. */
            authType?: ("tokenSecretRef"|"kubernetesAuth");

            /**
             * Creates a new VaultCA instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VaultCA instance
             */
            static create(properties: reroot.v1.VaultCA.$Shape): reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape;
            static create(properties?: reroot.v1.VaultCA.$Properties): reroot.v1.VaultCA;

            /**
             * Encodes the specified VaultCA message. Does not implicitly {@link reroot.v1.VaultCA.verify|verify} messages.
             * @param message VaultCA message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VaultCA.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VaultCA message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape} VaultCA
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape;
        }

        namespace VaultCA {

            /** Properties of a VaultCA. */
            interface $Properties {

                /** VaultCA caPath */
                caPath?: (string|null);

                /** VaultCA csrPath */
                csrPath?: (string|null);

                /** VaultCA server */
                server?: (string|null);

                /** VaultCA caBundle */
                caBundle?: (Uint8Array|null);

                /** VaultCA namespace */
                namespace?: (string|null);

                /** VaultCA tokenSecretRef */
                tokenSecretRef?: (reroot.v1.ObjectRef.$Properties|null);

                /** VaultCA kubernetesAuth */
                kubernetesAuth?: (reroot.v1.VaultKubernetesAuth.$Properties|null);

                /** VaultCA authType */
                authType?: ("tokenSecretRef"|"kubernetesAuth");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a VaultCA. */
            type $Shape = {
              caPath?: string|null;
              csrPath?: string|null;
              server?: string|null;
              caBundle?: Uint8Array|null;
              namespace?: string|null;
              tokenSecretRef?: reroot.v1.ObjectRef.$Shape|null;
              kubernetesAuth?: reroot.v1.VaultKubernetesAuth.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ authType?: undefined; tokenSecretRef?: null; kubernetesAuth?: null }|{ authType?: "tokenSecretRef"; tokenSecretRef: reroot.v1.ObjectRef.$Shape; kubernetesAuth?: null }|{ authType?: "kubernetesAuth"; tokenSecretRef?: null; kubernetesAuth: reroot.v1.VaultKubernetesAuth.$Shape })
            );
        }

        /**
         * Properties of a VaultKubernetesAuth.
         * @deprecated Use reroot.v1.VaultKubernetesAuth.$Properties instead.
         */
        interface IVaultKubernetesAuth extends reroot.v1.VaultKubernetesAuth.$Properties {
        }

        /** Represents a VaultKubernetesAuth. */
        class VaultKubernetesAuth {

            /**
             * Constructs a new VaultKubernetesAuth.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VaultKubernetesAuth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VaultKubernetesAuth mountPath. */
            mountPath: string;

            /** VaultKubernetesAuth role. */
            role: string;

            /** VaultKubernetesAuth secretTokenKey. */
            secretTokenKey: string;

            /** VaultKubernetesAuth serviceAccountRef. */
            serviceAccountRef?: (reroot.v1.ObjectRef.$Properties|null);

            /** VaultKubernetesAuth mountedSaPath. */
            mountedSaPath?: (string|null);

            /** VaultKubernetesAuth serviceAccountLocation. */
            serviceAccountLocation?: ("serviceAccountRef"|"mountedSaPath");

            /**
             * Creates a new VaultKubernetesAuth instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VaultKubernetesAuth instance
             */
            static create(properties: reroot.v1.VaultKubernetesAuth.$Shape): reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape;
            static create(properties?: reroot.v1.VaultKubernetesAuth.$Properties): reroot.v1.VaultKubernetesAuth;

            /**
             * Encodes the specified VaultKubernetesAuth message. Does not implicitly {@link reroot.v1.VaultKubernetesAuth.verify|verify} messages.
             * @param message VaultKubernetesAuth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VaultKubernetesAuth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VaultKubernetesAuth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape} VaultKubernetesAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape;
        }

        namespace VaultKubernetesAuth {

            /** Properties of a VaultKubernetesAuth. */
            interface $Properties {

                /** VaultKubernetesAuth mountPath */
                mountPath?: (string|null);

                /** VaultKubernetesAuth role */
                role?: (string|null);

                /** VaultKubernetesAuth secretTokenKey */
                secretTokenKey?: (string|null);

                /** VaultKubernetesAuth serviceAccountRef */
                serviceAccountRef?: (reroot.v1.ObjectRef.$Properties|null);

                /** VaultKubernetesAuth mountedSaPath */
                mountedSaPath?: (string|null);

                /** VaultKubernetesAuth serviceAccountLocation */
                serviceAccountLocation?: ("serviceAccountRef"|"mountedSaPath");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a VaultKubernetesAuth. */
            type $Shape = {
              mountPath?: string|null;
              role?: string|null;
              secretTokenKey?: string|null;
              serviceAccountRef?: reroot.v1.ObjectRef.$Shape|null;
              mountedSaPath?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ serviceAccountLocation?: undefined; serviceAccountRef?: null; mountedSaPath?: null }|{ serviceAccountLocation?: "serviceAccountRef"; serviceAccountRef: reroot.v1.ObjectRef.$Shape; mountedSaPath?: null }|{ serviceAccountLocation?: "mountedSaPath"; serviceAccountRef?: null; mountedSaPath: string })
            );
        }

        /** CertificateRotationState enum. */
        enum CertificateRotationState {

            /** NOT_ROTATING value */
            NOT_ROTATING = 0,

            /** PREVIOUS_CA value */
            PREVIOUS_CA = 1,

            /** ADDING_NEW_ROOT value */
            ADDING_NEW_ROOT = 2,

            /** PROPAGATING_NEW_INTERMEDIATE value */
            PROPAGATING_NEW_INTERMEDIATE = 3,

            /** DELETING_OLD_ROOT value */
            DELETING_OLD_ROOT = 4,

            /** VERIFYING value */
            VERIFYING = 5,

            /** VERIFIED value */
            VERIFIED = 6,

            /** ROLLING_BACK value */
            ROLLING_BACK = 7,

            /** FINISHED value */
            FINISHED = 8,

            /** FAILED value */
            FAILED = 9
        }

        /**
         * Properties of a CertificateRotationCondition.
         * @deprecated Use reroot.v1.CertificateRotationCondition.$Properties instead.
         */
        interface ICertificateRotationCondition extends reroot.v1.CertificateRotationCondition.$Properties {
        }

        /** Represents a CertificateRotationCondition. */
        class CertificateRotationCondition {

            /**
             * Constructs a new CertificateRotationCondition.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CertificateRotationCondition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CertificateRotationCondition timestamp. */
            timestamp: string;

            /** CertificateRotationCondition state. */
            state: reroot.v1.CertificateRotationState;

            /** CertificateRotationCondition message. */
            message: string;

            /** CertificateRotationCondition errors. */
            errors: string[];

            /**
             * Creates a new CertificateRotationCondition instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CertificateRotationCondition instance
             */
            static create(properties: reroot.v1.CertificateRotationCondition.$Shape): reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape;
            static create(properties?: reroot.v1.CertificateRotationCondition.$Properties): reroot.v1.CertificateRotationCondition;

            /**
             * Encodes the specified CertificateRotationCondition message. Does not implicitly {@link reroot.v1.CertificateRotationCondition.verify|verify} messages.
             * @param message CertificateRotationCondition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CertificateRotationCondition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CertificateRotationCondition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape} CertificateRotationCondition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape;
        }

        namespace CertificateRotationCondition {

            /** Properties of a CertificateRotationCondition. */
            interface $Properties {

                /** CertificateRotationCondition timestamp */
                timestamp?: (string|null);

                /** CertificateRotationCondition state */
                state?: (reroot.v1.CertificateRotationState|null);

                /** CertificateRotationCondition message */
                message?: (string|null);

                /** CertificateRotationCondition errors */
                errors?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CertificateRotationCondition. */
            type $Shape = reroot.v1.CertificateRotationCondition.$Properties;
        }

        /**
         * Properties of a CertificateRotationVerificationMethod.
         * @deprecated Use reroot.v1.CertificateRotationVerificationMethod.$Properties instead.
         */
        interface ICertificateRotationVerificationMethod extends reroot.v1.CertificateRotationVerificationMethod.$Properties {
        }

        /** Represents a CertificateRotationVerificationMethod. */
        class CertificateRotationVerificationMethod {

            /**
             * Constructs a new CertificateRotationVerificationMethod.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CertificateRotationVerificationMethod.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CertificateRotationVerificationMethod none. */
            none?: (google.protobuf.Empty.$Properties|null);

            /** CertificateRotationVerificationMethod manual. */
            manual?: (google.protobuf.Empty.$Properties|null);

            /** CertificateRotationVerificationMethod automatic. */
            automatic?: (reroot.v1.AutomaticVerification.$Properties|null);

            /** CertificateRotationVerificationMethod method. */
            method?: ("none"|"manual"|"automatic");

            /**
             * Creates a new CertificateRotationVerificationMethod instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CertificateRotationVerificationMethod instance
             */
            static create(properties: reroot.v1.CertificateRotationVerificationMethod.$Shape): reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape;
            static create(properties?: reroot.v1.CertificateRotationVerificationMethod.$Properties): reroot.v1.CertificateRotationVerificationMethod;

            /**
             * Encodes the specified CertificateRotationVerificationMethod message. Does not implicitly {@link reroot.v1.CertificateRotationVerificationMethod.verify|verify} messages.
             * @param message CertificateRotationVerificationMethod message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CertificateRotationVerificationMethod.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CertificateRotationVerificationMethod message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape} CertificateRotationVerificationMethod
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape;
        }

        namespace CertificateRotationVerificationMethod {

            /** Properties of a CertificateRotationVerificationMethod. */
            interface $Properties {

                /** CertificateRotationVerificationMethod none */
                none?: (google.protobuf.Empty.$Properties|null);

                /** CertificateRotationVerificationMethod manual */
                manual?: (google.protobuf.Empty.$Properties|null);

                /** CertificateRotationVerificationMethod automatic */
                automatic?: (reroot.v1.AutomaticVerification.$Properties|null);

                /** CertificateRotationVerificationMethod method */
                method?: ("none"|"manual"|"automatic");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a CertificateRotationVerificationMethod. */
            type $Shape = {
              none?: google.protobuf.Empty.$Shape|null;
              manual?: google.protobuf.Empty.$Shape|null;
              automatic?: reroot.v1.AutomaticVerification.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ method?: undefined; none?: null; manual?: null; automatic?: null }|{ method?: "none"; none: google.protobuf.Empty.$Shape; manual?: null; automatic?: null }|{ method?: "manual"; none?: null; manual: google.protobuf.Empty.$Shape; automatic?: null }|{ method?: "automatic"; none?: null; manual?: null; automatic: reroot.v1.AutomaticVerification.$Shape })
            );
        }

        /**
         * Properties of an AutomaticVerification.
         * @deprecated Use reroot.v1.AutomaticVerification.$Properties instead.
         */
        interface IAutomaticVerification extends reroot.v1.AutomaticVerification.$Properties {
        }

        /** Represents an AutomaticVerification. */
        class AutomaticVerification {

            /**
             * Constructs a new AutomaticVerification.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.AutomaticVerification.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AutomaticVerification soak. */
            soak?: (google.protobuf.Duration.$Properties|null);

            /** AutomaticVerification timeout. */
            timeout?: (google.protobuf.Duration.$Properties|null);

            /** AutomaticVerification onFailure. */
            onFailure: reroot.v1.AutomaticVerification.OnFailure;

            /** AutomaticVerification handshakes. */
            handshakes: reroot.v1.AutomaticVerification.Handshakes;

            /** AutomaticVerification negativeProof. */
            negativeProof: reroot.v1.AutomaticVerification.NegativeProof;

            /** AutomaticVerification pathProbes. */
            pathProbes: reroot.v1.VerificationPathProbe.$Properties[];

            /** AutomaticVerification checks. */
            checks: reroot.v1.ExternalCheck.$Properties[];

            /**
             * Creates a new AutomaticVerification instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AutomaticVerification instance
             */
            static create(properties: reroot.v1.AutomaticVerification.$Shape): reroot.v1.AutomaticVerification & reroot.v1.AutomaticVerification.$Shape;
            static create(properties?: reroot.v1.AutomaticVerification.$Properties): reroot.v1.AutomaticVerification;

            /**
             * Encodes the specified AutomaticVerification message. Does not implicitly {@link reroot.v1.AutomaticVerification.verify|verify} messages.
             * @param message AutomaticVerification message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.AutomaticVerification.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AutomaticVerification message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.AutomaticVerification & reroot.v1.AutomaticVerification.$Shape} AutomaticVerification
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.AutomaticVerification & reroot.v1.AutomaticVerification.$Shape;
        }

        namespace AutomaticVerification {

            /** Properties of an AutomaticVerification. */
            interface $Properties {

                /** AutomaticVerification soak */
                soak?: (google.protobuf.Duration.$Properties|null);

                /** AutomaticVerification timeout */
                timeout?: (google.protobuf.Duration.$Properties|null);

                /** AutomaticVerification onFailure */
                onFailure?: (reroot.v1.AutomaticVerification.OnFailure|null);

                /** AutomaticVerification handshakes */
                handshakes?: (reroot.v1.AutomaticVerification.Handshakes|null);

                /** AutomaticVerification negativeProof */
                negativeProof?: (reroot.v1.AutomaticVerification.NegativeProof|null);

                /** AutomaticVerification pathProbes */
                pathProbes?: (reroot.v1.VerificationPathProbe.$Properties[]|null);

                /** AutomaticVerification checks */
                checks?: (reroot.v1.ExternalCheck.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AutomaticVerification. */
            type $Shape = {
              soak?: google.protobuf.Duration.$Shape|null;
              timeout?: google.protobuf.Duration.$Shape|null;
              onFailure?: reroot.v1.AutomaticVerification.OnFailure|null;
              handshakes?: reroot.v1.AutomaticVerification.Handshakes|null;
              negativeProof?: reroot.v1.AutomaticVerification.NegativeProof|null;
              pathProbes?: reroot.v1.VerificationPathProbe.$Shape[]|null;
              checks?: reroot.v1.ExternalCheck.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };

            /** OnFailure enum. */
            enum OnFailure {

                /** ON_FAILURE_UNSPECIFIED value */
                ON_FAILURE_UNSPECIFIED = 0,

                /** ON_FAILURE_HOLD value */
                ON_FAILURE_HOLD = 1,

                /** ON_FAILURE_ROLLBACK value */
                ON_FAILURE_ROLLBACK = 2
            }

            /** Handshakes enum. */
            enum Handshakes {

                /** HANDSHAKES_UNSPECIFIED value */
                HANDSHAKES_UNSPECIFIED = 0,

                /** HANDSHAKES_SAMPLED value */
                HANDSHAKES_SAMPLED = 1,

                /** HANDSHAKES_ALL_PAIRS value */
                HANDSHAKES_ALL_PAIRS = 2,

                /** HANDSHAKES_OFF value */
                HANDSHAKES_OFF = 3
            }

            /** NegativeProof enum. */
            enum NegativeProof {

                /** NEGATIVE_PROOF_UNSPECIFIED value */
                NEGATIVE_PROOF_UNSPECIFIED = 0,

                /** NEGATIVE_PROOF_WHERE_POSSIBLE value */
                NEGATIVE_PROOF_WHERE_POSSIBLE = 1,

                /** NEGATIVE_PROOF_REQUIRED value */
                NEGATIVE_PROOF_REQUIRED = 2,

                /** NEGATIVE_PROOF_OFF value */
                NEGATIVE_PROOF_OFF = 3
            }
        }

        /**
         * Properties of a VerificationPathProbe.
         * @deprecated Use reroot.v1.VerificationPathProbe.$Properties instead.
         */
        interface IVerificationPathProbe extends reroot.v1.VerificationPathProbe.$Properties {
        }

        /** Represents a VerificationPathProbe. */
        class VerificationPathProbe {

            /**
             * Constructs a new VerificationPathProbe.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VerificationPathProbe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VerificationPathProbe clusters. */
            clusters: string[];

            /** VerificationPathProbe address. */
            address: string;

            /** VerificationPathProbe serverName. */
            serverName: string;

            /**
             * Creates a new VerificationPathProbe instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VerificationPathProbe instance
             */
            static create(properties: reroot.v1.VerificationPathProbe.$Shape): reroot.v1.VerificationPathProbe & reroot.v1.VerificationPathProbe.$Shape;
            static create(properties?: reroot.v1.VerificationPathProbe.$Properties): reroot.v1.VerificationPathProbe;

            /**
             * Encodes the specified VerificationPathProbe message. Does not implicitly {@link reroot.v1.VerificationPathProbe.verify|verify} messages.
             * @param message VerificationPathProbe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VerificationPathProbe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VerificationPathProbe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VerificationPathProbe & reroot.v1.VerificationPathProbe.$Shape} VerificationPathProbe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VerificationPathProbe & reroot.v1.VerificationPathProbe.$Shape;
        }

        namespace VerificationPathProbe {

            /** Properties of a VerificationPathProbe. */
            interface $Properties {

                /** VerificationPathProbe clusters */
                clusters?: (string[]|null);

                /** VerificationPathProbe address */
                address?: (string|null);

                /** VerificationPathProbe serverName */
                serverName?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VerificationPathProbe. */
            type $Shape = reroot.v1.VerificationPathProbe.$Properties;
        }

        /**
         * Properties of an ExternalCheck.
         * @deprecated Use reroot.v1.ExternalCheck.$Properties instead.
         */
        interface IExternalCheck extends reroot.v1.ExternalCheck.$Properties {
        }

        /** Represents an ExternalCheck. */
        class ExternalCheck {

            /**
             * Constructs a new ExternalCheck.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.ExternalCheck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExternalCheck name. */
            name: string;

            /** ExternalCheck webhook. */
            webhook?: (reroot.v1.WebhookCheck.$Properties|null);

            /** ExternalCheck prometheus. */
            prometheus?: (reroot.v1.PrometheusCheck.$Properties|null);

            /** ExternalCheck check. */
            check?: ("webhook"|"prometheus");

            /**
             * Creates a new ExternalCheck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExternalCheck instance
             */
            static create(properties: reroot.v1.ExternalCheck.$Shape): reroot.v1.ExternalCheck & reroot.v1.ExternalCheck.$Shape;
            static create(properties?: reroot.v1.ExternalCheck.$Properties): reroot.v1.ExternalCheck;

            /**
             * Encodes the specified ExternalCheck message. Does not implicitly {@link reroot.v1.ExternalCheck.verify|verify} messages.
             * @param message ExternalCheck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.ExternalCheck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExternalCheck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.ExternalCheck & reroot.v1.ExternalCheck.$Shape} ExternalCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.ExternalCheck & reroot.v1.ExternalCheck.$Shape;
        }

        namespace ExternalCheck {

            /** Properties of an ExternalCheck. */
            interface $Properties {

                /** ExternalCheck name */
                name?: (string|null);

                /** ExternalCheck webhook */
                webhook?: (reroot.v1.WebhookCheck.$Properties|null);

                /** ExternalCheck prometheus */
                prometheus?: (reroot.v1.PrometheusCheck.$Properties|null);

                /** ExternalCheck check */
                check?: ("webhook"|"prometheus");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an ExternalCheck. */
            type $Shape = {
              name?: string|null;
              webhook?: reroot.v1.WebhookCheck.$Shape|null;
              prometheus?: reroot.v1.PrometheusCheck.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ check?: undefined; webhook?: null; prometheus?: null }|{ check?: "webhook"; webhook: reroot.v1.WebhookCheck.$Shape; prometheus?: null }|{ check?: "prometheus"; webhook?: null; prometheus: reroot.v1.PrometheusCheck.$Shape })
            );
        }

        /**
         * Properties of a WebhookCheck.
         * @deprecated Use reroot.v1.WebhookCheck.$Properties instead.
         */
        interface IWebhookCheck extends reroot.v1.WebhookCheck.$Properties {
        }

        /** Represents a WebhookCheck. */
        class WebhookCheck {

            /**
             * Constructs a new WebhookCheck.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.WebhookCheck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WebhookCheck url. */
            url: string;

            /** WebhookCheck timeout. */
            timeout?: (google.protobuf.Duration.$Properties|null);

            /**
             * Creates a new WebhookCheck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WebhookCheck instance
             */
            static create(properties: reroot.v1.WebhookCheck.$Shape): reroot.v1.WebhookCheck & reroot.v1.WebhookCheck.$Shape;
            static create(properties?: reroot.v1.WebhookCheck.$Properties): reroot.v1.WebhookCheck;

            /**
             * Encodes the specified WebhookCheck message. Does not implicitly {@link reroot.v1.WebhookCheck.verify|verify} messages.
             * @param message WebhookCheck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.WebhookCheck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WebhookCheck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.WebhookCheck & reroot.v1.WebhookCheck.$Shape} WebhookCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.WebhookCheck & reroot.v1.WebhookCheck.$Shape;
        }

        namespace WebhookCheck {

            /** Properties of a WebhookCheck. */
            interface $Properties {

                /** WebhookCheck url */
                url?: (string|null);

                /** WebhookCheck timeout */
                timeout?: (google.protobuf.Duration.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WebhookCheck. */
            type $Shape = reroot.v1.WebhookCheck.$Properties;
        }

        /**
         * Properties of a PrometheusCheck.
         * @deprecated Use reroot.v1.PrometheusCheck.$Properties instead.
         */
        interface IPrometheusCheck extends reroot.v1.PrometheusCheck.$Properties {
        }

        /** Represents a PrometheusCheck. */
        class PrometheusCheck {

            /**
             * Constructs a new PrometheusCheck.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.PrometheusCheck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PrometheusCheck url. */
            url: string;

            /** PrometheusCheck query. */
            query: string;

            /** PrometheusCheck max. */
            max?: (number|null);

            /** PrometheusCheck baseline. */
            baseline?: (reroot.v1.BaselineLimit.$Properties|null);

            /** PrometheusCheck for. */
            for?: (google.protobuf.Duration.$Properties|null);

            /** PrometheusCheck noData. */
            noData: reroot.v1.PrometheusCheck.NoData;

            /** PrometheusCheck limit. */
            limit?: ("max"|"baseline");

            /**
             * Creates a new PrometheusCheck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PrometheusCheck instance
             */
            static create(properties: reroot.v1.PrometheusCheck.$Shape): reroot.v1.PrometheusCheck & reroot.v1.PrometheusCheck.$Shape;
            static create(properties?: reroot.v1.PrometheusCheck.$Properties): reroot.v1.PrometheusCheck;

            /**
             * Encodes the specified PrometheusCheck message. Does not implicitly {@link reroot.v1.PrometheusCheck.verify|verify} messages.
             * @param message PrometheusCheck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.PrometheusCheck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PrometheusCheck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.PrometheusCheck & reroot.v1.PrometheusCheck.$Shape} PrometheusCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.PrometheusCheck & reroot.v1.PrometheusCheck.$Shape;
        }

        namespace PrometheusCheck {

            /** Properties of a PrometheusCheck. */
            interface $Properties {

                /** PrometheusCheck url */
                url?: (string|null);

                /** PrometheusCheck query */
                query?: (string|null);

                /** PrometheusCheck max */
                max?: (number|null);

                /** PrometheusCheck baseline */
                baseline?: (reroot.v1.BaselineLimit.$Properties|null);

                /** PrometheusCheck for */
                "for"?: (google.protobuf.Duration.$Properties|null);

                /** PrometheusCheck noData */
                noData?: (reroot.v1.PrometheusCheck.NoData|null);

                /** PrometheusCheck limit */
                limit?: ("max"|"baseline");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a PrometheusCheck. */
            type $Shape = {
              url?: string|null;
              query?: string|null;
              max?: number|null;
              baseline?: reroot.v1.BaselineLimit.$Shape|null;
              "for"?: google.protobuf.Duration.$Shape|null;
              noData?: reroot.v1.PrometheusCheck.NoData|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ limit?: undefined; max?: null; baseline?: null }|{ limit?: "max"; max: number; baseline?: null }|{ limit?: "baseline"; max?: null; baseline: reroot.v1.BaselineLimit.$Shape })
            );

            /** NoData enum. */
            enum NoData {

                /** NO_DATA_UNSPECIFIED value */
                NO_DATA_UNSPECIFIED = 0,

                /** NO_DATA_FAIL value */
                NO_DATA_FAIL = 1,

                /** NO_DATA_PASS value */
                NO_DATA_PASS = 2
            }
        }

        /**
         * Properties of a BaselineLimit.
         * @deprecated Use reroot.v1.BaselineLimit.$Properties instead.
         */
        interface IBaselineLimit extends reroot.v1.BaselineLimit.$Properties {
        }

        /** Represents a BaselineLimit. */
        class BaselineLimit {

            /**
             * Constructs a new BaselineLimit.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.BaselineLimit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BaselineLimit ratio. */
            ratio: number;

            /** BaselineLimit tolerance. */
            tolerance: number;

            /**
             * Creates a new BaselineLimit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BaselineLimit instance
             */
            static create(properties: reroot.v1.BaselineLimit.$Shape): reroot.v1.BaselineLimit & reroot.v1.BaselineLimit.$Shape;
            static create(properties?: reroot.v1.BaselineLimit.$Properties): reroot.v1.BaselineLimit;

            /**
             * Encodes the specified BaselineLimit message. Does not implicitly {@link reroot.v1.BaselineLimit.verify|verify} messages.
             * @param message BaselineLimit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.BaselineLimit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BaselineLimit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.BaselineLimit & reroot.v1.BaselineLimit.$Shape} BaselineLimit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.BaselineLimit & reroot.v1.BaselineLimit.$Shape;
        }

        namespace BaselineLimit {

            /** Properties of a BaselineLimit. */
            interface $Properties {

                /** BaselineLimit ratio */
                ratio?: (number|null);

                /** BaselineLimit tolerance */
                tolerance?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BaselineLimit. */
            type $Shape = reroot.v1.BaselineLimit.$Properties;
        }

        /** CertificateRotationStrategy enum. */
        enum CertificateRotationStrategy {

            /** MULTI_ROOT value */
            MULTI_ROOT = 0,

            /** NONE value */
            NONE = 1
        }

        /**
         * Properties of a VirtualMesh.
         * @deprecated Use reroot.v1.VirtualMesh.$Properties instead.
         */
        interface IVirtualMesh extends reroot.v1.VirtualMesh.$Properties {
        }

        /** Represents a VirtualMesh. */
        class VirtualMesh {

            /**
             * Constructs a new VirtualMesh.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VirtualMesh.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VirtualMesh apiVersion. */
            apiVersion: string;

            /** VirtualMesh kind. */
            kind: string;

            /** VirtualMesh metadata. */
            metadata?: (reroot.v1.ObjectMeta.$Properties|null);

            /** VirtualMesh spec. */
            spec?: (reroot.v1.VirtualMeshSpec.$Properties|null);

            /**
             * Creates a new VirtualMesh instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VirtualMesh instance
             */
            static create(properties: reroot.v1.VirtualMesh.$Shape): reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape;
            static create(properties?: reroot.v1.VirtualMesh.$Properties): reroot.v1.VirtualMesh;

            /**
             * Encodes the specified VirtualMesh message. Does not implicitly {@link reroot.v1.VirtualMesh.verify|verify} messages.
             * @param message VirtualMesh message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VirtualMesh.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VirtualMesh message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape} VirtualMesh
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape;
        }

        namespace VirtualMesh {

            /** Properties of a VirtualMesh. */
            interface $Properties {

                /** VirtualMesh apiVersion */
                apiVersion?: (string|null);

                /** VirtualMesh kind */
                kind?: (string|null);

                /** VirtualMesh metadata */
                metadata?: (reroot.v1.ObjectMeta.$Properties|null);

                /** VirtualMesh spec */
                spec?: (reroot.v1.VirtualMeshSpec.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VirtualMesh. */
            type $Shape = {
              apiVersion?: string|null;
              kind?: string|null;
              metadata?: reroot.v1.ObjectMeta.$Shape|null;
              spec?: reroot.v1.VirtualMeshSpec.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of an ObjectMeta.
         * @deprecated Use reroot.v1.ObjectMeta.$Properties instead.
         */
        interface IObjectMeta extends reroot.v1.ObjectMeta.$Properties {
        }

        /** Represents an ObjectMeta. */
        class ObjectMeta {

            /**
             * Constructs a new ObjectMeta.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.ObjectMeta.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ObjectMeta name. */
            name: string;

            /**
             * Creates a new ObjectMeta instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObjectMeta instance
             */
            static create(properties: reroot.v1.ObjectMeta.$Shape): reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape;
            static create(properties?: reroot.v1.ObjectMeta.$Properties): reroot.v1.ObjectMeta;

            /**
             * Encodes the specified ObjectMeta message. Does not implicitly {@link reroot.v1.ObjectMeta.verify|verify} messages.
             * @param message ObjectMeta message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.ObjectMeta.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObjectMeta message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape} ObjectMeta
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape;
        }

        namespace ObjectMeta {

            /** Properties of an ObjectMeta. */
            interface $Properties {

                /** ObjectMeta name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObjectMeta. */
            type $Shape = reroot.v1.ObjectMeta.$Properties;
        }

        /**
         * Properties of a VirtualMeshSpec.
         * @deprecated Use reroot.v1.VirtualMeshSpec.$Properties instead.
         */
        interface IVirtualMeshSpec extends reroot.v1.VirtualMeshSpec.$Properties {
        }

        /** Represents a VirtualMeshSpec. */
        class VirtualMeshSpec {

            /**
             * Constructs a new VirtualMeshSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.VirtualMeshSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VirtualMeshSpec mtlsConfig. */
            mtlsConfig?: (reroot.v1.MTLSConfig.$Properties|null);

            /** VirtualMeshSpec clusters. */
            clusters: string[];

            /** VirtualMeshSpec trustDomain. */
            trustDomain: string;

            /**
             * Creates a new VirtualMeshSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VirtualMeshSpec instance
             */
            static create(properties: reroot.v1.VirtualMeshSpec.$Shape): reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape;
            static create(properties?: reroot.v1.VirtualMeshSpec.$Properties): reroot.v1.VirtualMeshSpec;

            /**
             * Encodes the specified VirtualMeshSpec message. Does not implicitly {@link reroot.v1.VirtualMeshSpec.verify|verify} messages.
             * @param message VirtualMeshSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.VirtualMeshSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VirtualMeshSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape} VirtualMeshSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape;
        }

        namespace VirtualMeshSpec {

            /** Properties of a VirtualMeshSpec. */
            interface $Properties {

                /** VirtualMeshSpec mtlsConfig */
                mtlsConfig?: (reroot.v1.MTLSConfig.$Properties|null);

                /** VirtualMeshSpec clusters */
                clusters?: (string[]|null);

                /** VirtualMeshSpec trustDomain */
                trustDomain?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VirtualMeshSpec. */
            type $Shape = {
              mtlsConfig?: reroot.v1.MTLSConfig.$Shape|null;
              clusters?: string[]|null;
              trustDomain?: string|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a MTLSConfig.
         * @deprecated Use reroot.v1.MTLSConfig.$Properties instead.
         */
        interface IMTLSConfig extends reroot.v1.MTLSConfig.$Properties {
        }

        /** Represents a MTLSConfig. */
        class MTLSConfig {

            /**
             * Constructs a new MTLSConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.MTLSConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MTLSConfig shared. */
            shared?: (reroot.v1.SharedTrust.$Properties|null);

            /**
             * Creates a new MTLSConfig instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MTLSConfig instance
             */
            static create(properties: reroot.v1.MTLSConfig.$Shape): reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape;
            static create(properties?: reroot.v1.MTLSConfig.$Properties): reroot.v1.MTLSConfig;

            /**
             * Encodes the specified MTLSConfig message. Does not implicitly {@link reroot.v1.MTLSConfig.verify|verify} messages.
             * @param message MTLSConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.MTLSConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MTLSConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape} MTLSConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape;
        }

        namespace MTLSConfig {

            /** Properties of a MTLSConfig. */
            interface $Properties {

                /** MTLSConfig shared */
                shared?: (reroot.v1.SharedTrust.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MTLSConfig. */
            type $Shape = {
              shared?: reroot.v1.SharedTrust.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SharedTrust.
         * @deprecated Use reroot.v1.SharedTrust.$Properties instead.
         */
        interface ISharedTrust extends reroot.v1.SharedTrust.$Properties {
        }

        /** Represents a SharedTrust. */
        class SharedTrust {

            /**
             * Constructs a new SharedTrust.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.SharedTrust.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SharedTrust rootCertificateAuthority. */
            rootCertificateAuthority?: (reroot.v1.RootCertificateAuthority.$Properties|null);

            /** SharedTrust intermediateCertificateAuthority. */
            intermediateCertificateAuthority?: (reroot.v1.IntermediateCertificateAuthority.$Properties|null);

            /** SharedTrust intermediateCertOptions. */
            intermediateCertOptions?: (reroot.v1.CommonCertOptions.$Properties|null);

            /** SharedTrust certificateRotation. */
            certificateRotation?: (reroot.v1.CertificateRotationPolicy.$Properties|null);

            /**
             * Creates a new SharedTrust instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SharedTrust instance
             */
            static create(properties: reroot.v1.SharedTrust.$Shape): reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape;
            static create(properties?: reroot.v1.SharedTrust.$Properties): reroot.v1.SharedTrust;

            /**
             * Encodes the specified SharedTrust message. Does not implicitly {@link reroot.v1.SharedTrust.verify|verify} messages.
             * @param message SharedTrust message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.SharedTrust.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SharedTrust message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape} SharedTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape;
        }

        namespace SharedTrust {

            /** Properties of a SharedTrust. */
            interface $Properties {

                /** SharedTrust rootCertificateAuthority */
                rootCertificateAuthority?: (reroot.v1.RootCertificateAuthority.$Properties|null);

                /** SharedTrust intermediateCertificateAuthority */
                intermediateCertificateAuthority?: (reroot.v1.IntermediateCertificateAuthority.$Properties|null);

                /** SharedTrust intermediateCertOptions */
                intermediateCertOptions?: (reroot.v1.CommonCertOptions.$Properties|null);

                /** SharedTrust certificateRotation */
                certificateRotation?: (reroot.v1.CertificateRotationPolicy.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SharedTrust. */
            type $Shape = {
              rootCertificateAuthority?: reroot.v1.RootCertificateAuthority.$Shape|null;
              intermediateCertificateAuthority?: reroot.v1.IntermediateCertificateAuthority.$Shape|null;
              intermediateCertOptions?: reroot.v1.CommonCertOptions.$Shape|null;
              certificateRotation?: reroot.v1.CertificateRotationPolicy.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a CertificateRotationPolicy.
         * @deprecated Use reroot.v1.CertificateRotationPolicy.$Properties instead.
         */
        interface ICertificateRotationPolicy extends reroot.v1.CertificateRotationPolicy.$Properties {
        }

        /** Represents a CertificateRotationPolicy. */
        class CertificateRotationPolicy {

            /**
             * Constructs a new CertificateRotationPolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.CertificateRotationPolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CertificateRotationPolicy strategy. */
            strategy: reroot.v1.CertificateRotationStrategy;

            /** CertificateRotationPolicy verification. */
            verification?: (reroot.v1.CertificateRotationVerificationMethod.$Properties|null);

            /** CertificateRotationPolicy waves. */
            waves?: (reroot.v1.WavePolicy.$Properties|null);

            /** CertificateRotationPolicy stepTimeout. */
            stepTimeout?: (reroot.v1.StepTimeout.$Properties|null);

            /** CertificateRotationPolicy silentClusters. */
            silentClusters?: (reroot.v1.SilentClusterPolicy.$Properties|null);

            /** CertificateRotationPolicy maintenanceWindows. */
            maintenanceWindows: reroot.v1.MaintenanceWindow.$Properties[];

            /** CertificateRotationPolicy requiredEvidence. */
            requiredEvidence: reroot.v1.CertificateRotationPolicy.Evidence;

            /** CertificateRotationPolicy restarts. */
            restarts: reroot.v1.CertificateRotationPolicy.Restart;

            /** CertificateRotationPolicy minimumOverlap. */
            minimumOverlap?: (google.protobuf.Duration.$Properties|null);

            /** CertificateRotationPolicy minimumRootValidity. */
            minimumRootValidity?: (google.protobuf.Duration.$Properties|null);

            /** CertificateRotationPolicy approvals. */
            approvals?: (reroot.v1.ApprovalPolicy.$Properties|null);

            /** CertificateRotationPolicy rootKeyRetention. */
            rootKeyRetention?: (google.protobuf.Duration.$Properties|null);

            /** CertificateRotationPolicy workloadRestarts. */
            workloadRestarts: reroot.v1.CertificateRotationPolicy.Restart;

            /** CertificateRotationPolicy drift. */
            drift: reroot.v1.CertificateRotationPolicy.Drift;

            /** CertificateRotationPolicy emergency. */
            emergency?: (reroot.v1.EmergencyPolicy.$Properties|null);

            /**
             * Creates a new CertificateRotationPolicy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CertificateRotationPolicy instance
             */
            static create(properties: reroot.v1.CertificateRotationPolicy.$Shape): reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape;
            static create(properties?: reroot.v1.CertificateRotationPolicy.$Properties): reroot.v1.CertificateRotationPolicy;

            /**
             * Encodes the specified CertificateRotationPolicy message. Does not implicitly {@link reroot.v1.CertificateRotationPolicy.verify|verify} messages.
             * @param message CertificateRotationPolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.CertificateRotationPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CertificateRotationPolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape} CertificateRotationPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape;
        }

        namespace CertificateRotationPolicy {

            /** Properties of a CertificateRotationPolicy. */
            interface $Properties {

                /** CertificateRotationPolicy strategy */
                strategy?: (reroot.v1.CertificateRotationStrategy|null);

                /** CertificateRotationPolicy verification */
                verification?: (reroot.v1.CertificateRotationVerificationMethod.$Properties|null);

                /** CertificateRotationPolicy waves */
                waves?: (reroot.v1.WavePolicy.$Properties|null);

                /** CertificateRotationPolicy stepTimeout */
                stepTimeout?: (reroot.v1.StepTimeout.$Properties|null);

                /** CertificateRotationPolicy silentClusters */
                silentClusters?: (reroot.v1.SilentClusterPolicy.$Properties|null);

                /** CertificateRotationPolicy maintenanceWindows */
                maintenanceWindows?: (reroot.v1.MaintenanceWindow.$Properties[]|null);

                /** CertificateRotationPolicy requiredEvidence */
                requiredEvidence?: (reroot.v1.CertificateRotationPolicy.Evidence|null);

                /** CertificateRotationPolicy restarts */
                restarts?: (reroot.v1.CertificateRotationPolicy.Restart|null);

                /** CertificateRotationPolicy minimumOverlap */
                minimumOverlap?: (google.protobuf.Duration.$Properties|null);

                /** CertificateRotationPolicy minimumRootValidity */
                minimumRootValidity?: (google.protobuf.Duration.$Properties|null);

                /** CertificateRotationPolicy approvals */
                approvals?: (reroot.v1.ApprovalPolicy.$Properties|null);

                /** CertificateRotationPolicy rootKeyRetention */
                rootKeyRetention?: (google.protobuf.Duration.$Properties|null);

                /** CertificateRotationPolicy workloadRestarts */
                workloadRestarts?: (reroot.v1.CertificateRotationPolicy.Restart|null);

                /** CertificateRotationPolicy drift */
                drift?: (reroot.v1.CertificateRotationPolicy.Drift|null);

                /** CertificateRotationPolicy emergency */
                emergency?: (reroot.v1.EmergencyPolicy.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CertificateRotationPolicy. */
            type $Shape = {
              strategy?: reroot.v1.CertificateRotationStrategy|null;
              verification?: reroot.v1.CertificateRotationVerificationMethod.$Shape|null;
              waves?: reroot.v1.WavePolicy.$Shape|null;
              stepTimeout?: reroot.v1.StepTimeout.$Shape|null;
              silentClusters?: reroot.v1.SilentClusterPolicy.$Shape|null;
              maintenanceWindows?: reroot.v1.MaintenanceWindow.$Shape[]|null;
              requiredEvidence?: reroot.v1.CertificateRotationPolicy.Evidence|null;
              restarts?: reroot.v1.CertificateRotationPolicy.Restart|null;
              minimumOverlap?: google.protobuf.Duration.$Shape|null;
              minimumRootValidity?: google.protobuf.Duration.$Shape|null;
              approvals?: reroot.v1.ApprovalPolicy.$Shape|null;
              rootKeyRetention?: google.protobuf.Duration.$Shape|null;
              workloadRestarts?: reroot.v1.CertificateRotationPolicy.Restart|null;
              drift?: reroot.v1.CertificateRotationPolicy.Drift|null;
              emergency?: reroot.v1.EmergencyPolicy.$Shape|null;
              $unknowns?: Uint8Array[];
            };

            /** Drift enum. */
            enum Drift {

                /** DRIFT_UNSPECIFIED value */
                DRIFT_UNSPECIFIED = 0,

                /** DRIFT_REAPPLY value */
                DRIFT_REAPPLY = 1,

                /** DRIFT_REPORT value */
                DRIFT_REPORT = 2
            }

            /** Evidence enum. */
            enum Evidence {

                /** EVIDENCE_UNSPECIFIED value */
                EVIDENCE_UNSPECIFIED = 0,

                /** EVIDENCE_WRITTEN value */
                EVIDENCE_WRITTEN = 1,

                /** EVIDENCE_LOADED value */
                EVIDENCE_LOADED = 2,

                /** EVIDENCE_PUBLISHED value */
                EVIDENCE_PUBLISHED = 3,

                /** EVIDENCE_HELD value */
                EVIDENCE_HELD = 4
            }

            /** Restart enum. */
            enum Restart {

                /** RESTART_UNSPECIFIED value */
                RESTART_UNSPECIFIED = 0,

                /** RESTART_NEVER value */
                RESTART_NEVER = 1,

                /** RESTART_NEEDED value */
                RESTART_NEEDED = 2,

                /** RESTART_ALWAYS value */
                RESTART_ALWAYS = 3
            }
        }

        /**
         * Properties of an EmergencyPolicy.
         * @deprecated Use reroot.v1.EmergencyPolicy.$Properties instead.
         */
        interface IEmergencyPolicy extends reroot.v1.EmergencyPolicy.$Properties {
        }

        /** Represents an EmergencyPolicy. */
        class EmergencyPolicy {

            /**
             * Constructs a new EmergencyPolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.EmergencyPolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EmergencyPolicy restarts. */
            restarts: reroot.v1.CertificateRotationPolicy.Restart;

            /** EmergencyPolicy workloadRestarts. */
            workloadRestarts: reroot.v1.CertificateRotationPolicy.Restart;

            /**
             * Creates a new EmergencyPolicy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EmergencyPolicy instance
             */
            static create(properties: reroot.v1.EmergencyPolicy.$Shape): reroot.v1.EmergencyPolicy & reroot.v1.EmergencyPolicy.$Shape;
            static create(properties?: reroot.v1.EmergencyPolicy.$Properties): reroot.v1.EmergencyPolicy;

            /**
             * Encodes the specified EmergencyPolicy message. Does not implicitly {@link reroot.v1.EmergencyPolicy.verify|verify} messages.
             * @param message EmergencyPolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.EmergencyPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EmergencyPolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.EmergencyPolicy & reroot.v1.EmergencyPolicy.$Shape} EmergencyPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.EmergencyPolicy & reroot.v1.EmergencyPolicy.$Shape;
        }

        namespace EmergencyPolicy {

            /** Properties of an EmergencyPolicy. */
            interface $Properties {

                /** EmergencyPolicy restarts */
                restarts?: (reroot.v1.CertificateRotationPolicy.Restart|null);

                /** EmergencyPolicy workloadRestarts */
                workloadRestarts?: (reroot.v1.CertificateRotationPolicy.Restart|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EmergencyPolicy. */
            type $Shape = reroot.v1.EmergencyPolicy.$Properties;
        }

        /**
         * Properties of a WavePolicy.
         * @deprecated Use reroot.v1.WavePolicy.$Properties instead.
         */
        interface IWavePolicy extends reroot.v1.WavePolicy.$Properties {
        }

        /** Represents a WavePolicy. */
        class WavePolicy {

            /**
             * Constructs a new WavePolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.WavePolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WavePolicy canaries. */
            canaries: string[];

            /** WavePolicy maxClusters. */
            maxClusters?: (number|null);

            /** WavePolicy maxPercent. */
            maxPercent?: (number|null);

            /** WavePolicy soak. */
            soak?: (google.protobuf.Duration.$Properties|null);

            /** WavePolicy onFailure. */
            onFailure: reroot.v1.WavePolicy.OnFailure;

            /** WavePolicy size. */
            size?: ("maxClusters"|"maxPercent");

            /**
             * Creates a new WavePolicy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WavePolicy instance
             */
            static create(properties: reroot.v1.WavePolicy.$Shape): reroot.v1.WavePolicy & reroot.v1.WavePolicy.$Shape;
            static create(properties?: reroot.v1.WavePolicy.$Properties): reroot.v1.WavePolicy;

            /**
             * Encodes the specified WavePolicy message. Does not implicitly {@link reroot.v1.WavePolicy.verify|verify} messages.
             * @param message WavePolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.WavePolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WavePolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.WavePolicy & reroot.v1.WavePolicy.$Shape} WavePolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.WavePolicy & reroot.v1.WavePolicy.$Shape;
        }

        namespace WavePolicy {

            /** Properties of a WavePolicy. */
            interface $Properties {

                /** WavePolicy canaries */
                canaries?: (string[]|null);

                /** WavePolicy maxClusters */
                maxClusters?: (number|null);

                /** WavePolicy maxPercent */
                maxPercent?: (number|null);

                /** WavePolicy soak */
                soak?: (google.protobuf.Duration.$Properties|null);

                /** WavePolicy onFailure */
                onFailure?: (reroot.v1.WavePolicy.OnFailure|null);

                /** WavePolicy size */
                size?: ("maxClusters"|"maxPercent");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a WavePolicy. */
            type $Shape = {
              canaries?: string[]|null;
              maxClusters?: number|null;
              maxPercent?: number|null;
              soak?: google.protobuf.Duration.$Shape|null;
              onFailure?: reroot.v1.WavePolicy.OnFailure|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ size?: undefined; maxClusters?: null; maxPercent?: null }|{ size?: "maxClusters"; maxClusters: number; maxPercent?: null }|{ size?: "maxPercent"; maxClusters?: null; maxPercent: number })
            );

            /** OnFailure enum. */
            enum OnFailure {

                /** ON_FAILURE_UNSPECIFIED value */
                ON_FAILURE_UNSPECIFIED = 0,

                /** ON_FAILURE_STOP value */
                ON_FAILURE_STOP = 1,

                /** ON_FAILURE_CONTINUE value */
                ON_FAILURE_CONTINUE = 2
            }
        }

        /**
         * Properties of a StepTimeout.
         * @deprecated Use reroot.v1.StepTimeout.$Properties instead.
         */
        interface IStepTimeout extends reroot.v1.StepTimeout.$Properties {
        }

        /** Represents a StepTimeout. */
        class StepTimeout {

            /**
             * Constructs a new StepTimeout.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.StepTimeout.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepTimeout after. */
            after?: (google.protobuf.Duration.$Properties|null);

            /** StepTimeout then. */
            then: reroot.v1.StepTimeout.Then;

            /**
             * Creates a new StepTimeout instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StepTimeout instance
             */
            static create(properties: reroot.v1.StepTimeout.$Shape): reroot.v1.StepTimeout & reroot.v1.StepTimeout.$Shape;
            static create(properties?: reroot.v1.StepTimeout.$Properties): reroot.v1.StepTimeout;

            /**
             * Encodes the specified StepTimeout message. Does not implicitly {@link reroot.v1.StepTimeout.verify|verify} messages.
             * @param message StepTimeout message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.StepTimeout.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepTimeout message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.StepTimeout & reroot.v1.StepTimeout.$Shape} StepTimeout
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.StepTimeout & reroot.v1.StepTimeout.$Shape;
        }

        namespace StepTimeout {

            /** Properties of a StepTimeout. */
            interface $Properties {

                /** StepTimeout after */
                after?: (google.protobuf.Duration.$Properties|null);

                /** StepTimeout then */
                then?: (reroot.v1.StepTimeout.Then|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepTimeout. */
            type $Shape = reroot.v1.StepTimeout.$Properties;

            /** Then enum. */
            enum Then {

                /** THEN_UNSPECIFIED value */
                THEN_UNSPECIFIED = 0,

                /** THEN_HOLD value */
                THEN_HOLD = 1,

                /** THEN_ROLLBACK value */
                THEN_ROLLBACK = 2
            }
        }

        /**
         * Properties of a SilentClusterPolicy.
         * @deprecated Use reroot.v1.SilentClusterPolicy.$Properties instead.
         */
        interface ISilentClusterPolicy extends reroot.v1.SilentClusterPolicy.$Properties {
        }

        /** Represents a SilentClusterPolicy. */
        class SilentClusterPolicy {

            /**
             * Constructs a new SilentClusterPolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.SilentClusterPolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SilentClusterPolicy wait. */
            wait?: (google.protobuf.Empty.$Properties|null);

            /** SilentClusterPolicy excludeAfter. */
            excludeAfter?: (google.protobuf.Duration.$Properties|null);

            /** SilentClusterPolicy action. */
            action?: ("wait"|"excludeAfter");

            /**
             * Creates a new SilentClusterPolicy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SilentClusterPolicy instance
             */
            static create(properties: reroot.v1.SilentClusterPolicy.$Shape): reroot.v1.SilentClusterPolicy & reroot.v1.SilentClusterPolicy.$Shape;
            static create(properties?: reroot.v1.SilentClusterPolicy.$Properties): reroot.v1.SilentClusterPolicy;

            /**
             * Encodes the specified SilentClusterPolicy message. Does not implicitly {@link reroot.v1.SilentClusterPolicy.verify|verify} messages.
             * @param message SilentClusterPolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.SilentClusterPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SilentClusterPolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.SilentClusterPolicy & reroot.v1.SilentClusterPolicy.$Shape} SilentClusterPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.SilentClusterPolicy & reroot.v1.SilentClusterPolicy.$Shape;
        }

        namespace SilentClusterPolicy {

            /** Properties of a SilentClusterPolicy. */
            interface $Properties {

                /** SilentClusterPolicy wait */
                wait?: (google.protobuf.Empty.$Properties|null);

                /** SilentClusterPolicy excludeAfter */
                excludeAfter?: (google.protobuf.Duration.$Properties|null);

                /** SilentClusterPolicy action */
                action?: ("wait"|"excludeAfter");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SilentClusterPolicy. */
            type $Shape = {
              wait?: google.protobuf.Empty.$Shape|null;
              excludeAfter?: google.protobuf.Duration.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ action?: undefined; wait?: null; excludeAfter?: null }|{ action?: "wait"; wait: google.protobuf.Empty.$Shape; excludeAfter?: null }|{ action?: "excludeAfter"; wait?: null; excludeAfter: google.protobuf.Duration.$Shape })
            );
        }

        /**
         * Properties of a MaintenanceWindow.
         * @deprecated Use reroot.v1.MaintenanceWindow.$Properties instead.
         */
        interface IMaintenanceWindow extends reroot.v1.MaintenanceWindow.$Properties {
        }

        /** Represents a MaintenanceWindow. */
        class MaintenanceWindow {

            /**
             * Constructs a new MaintenanceWindow.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.MaintenanceWindow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MaintenanceWindow cron. */
            cron: string;

            /** MaintenanceWindow duration. */
            duration?: (google.protobuf.Duration.$Properties|null);

            /** MaintenanceWindow timeZone. */
            timeZone: string;

            /**
             * Creates a new MaintenanceWindow instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MaintenanceWindow instance
             */
            static create(properties: reroot.v1.MaintenanceWindow.$Shape): reroot.v1.MaintenanceWindow & reroot.v1.MaintenanceWindow.$Shape;
            static create(properties?: reroot.v1.MaintenanceWindow.$Properties): reroot.v1.MaintenanceWindow;

            /**
             * Encodes the specified MaintenanceWindow message. Does not implicitly {@link reroot.v1.MaintenanceWindow.verify|verify} messages.
             * @param message MaintenanceWindow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.MaintenanceWindow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MaintenanceWindow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.MaintenanceWindow & reroot.v1.MaintenanceWindow.$Shape} MaintenanceWindow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.MaintenanceWindow & reroot.v1.MaintenanceWindow.$Shape;
        }

        namespace MaintenanceWindow {

            /** Properties of a MaintenanceWindow. */
            interface $Properties {

                /** MaintenanceWindow cron */
                cron?: (string|null);

                /** MaintenanceWindow duration */
                duration?: (google.protobuf.Duration.$Properties|null);

                /** MaintenanceWindow timeZone */
                timeZone?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MaintenanceWindow. */
            type $Shape = reroot.v1.MaintenanceWindow.$Properties;
        }

        /**
         * Properties of an ApprovalPolicy.
         * @deprecated Use reroot.v1.ApprovalPolicy.$Properties instead.
         */
        interface IApprovalPolicy extends reroot.v1.ApprovalPolicy.$Properties {
        }

        /** Represents an ApprovalPolicy. */
        class ApprovalPolicy {

            /**
             * Constructs a new ApprovalPolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: reroot.v1.ApprovalPolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ApprovalPolicy fourEyes. */
            fourEyes: boolean;

            /** ApprovalPolicy expireAfter. */
            expireAfter?: (google.protobuf.Duration.$Properties|null);

            /**
             * Creates a new ApprovalPolicy instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ApprovalPolicy instance
             */
            static create(properties: reroot.v1.ApprovalPolicy.$Shape): reroot.v1.ApprovalPolicy & reroot.v1.ApprovalPolicy.$Shape;
            static create(properties?: reroot.v1.ApprovalPolicy.$Properties): reroot.v1.ApprovalPolicy;

            /**
             * Encodes the specified ApprovalPolicy message. Does not implicitly {@link reroot.v1.ApprovalPolicy.verify|verify} messages.
             * @param message ApprovalPolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reroot.v1.ApprovalPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ApprovalPolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reroot.v1.ApprovalPolicy & reroot.v1.ApprovalPolicy.$Shape} ApprovalPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reroot.v1.ApprovalPolicy & reroot.v1.ApprovalPolicy.$Shape;
        }

        namespace ApprovalPolicy {

            /** Properties of an ApprovalPolicy. */
            interface $Properties {

                /** ApprovalPolicy fourEyes */
                fourEyes?: (boolean|null);

                /** ApprovalPolicy expireAfter */
                expireAfter?: (google.protobuf.Duration.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ApprovalPolicy. */
            type $Shape = reroot.v1.ApprovalPolicy.$Properties;
        }
    }
}

/** Namespace google. */
export namespace google {

    /** Namespace protobuf. */
    namespace protobuf {

        /**
         * Properties of a Duration.
         * @deprecated Use google.protobuf.Duration.$Properties instead.
         */
        interface IDuration extends google.protobuf.Duration.$Properties {
        }

        /** Represents a Duration. */
        class Duration {

            /**
             * Constructs a new Duration.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Duration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Duration seconds. */
            seconds: number;

            /** Duration nanos. */
            nanos: number;

            /**
             * Creates a new Duration instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Duration instance
             */
            static create(properties: google.protobuf.Duration.$Shape): google.protobuf.Duration & google.protobuf.Duration.$Shape;
            static create(properties?: google.protobuf.Duration.$Properties): google.protobuf.Duration;

            /**
             * Encodes the specified Duration message. Does not implicitly {@link google.protobuf.Duration.verify|verify} messages.
             * @param message Duration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Duration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Duration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Duration & google.protobuf.Duration.$Shape} Duration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Duration & google.protobuf.Duration.$Shape;
        }

        namespace Duration {

            /** Properties of a Duration. */
            interface $Properties {

                /** Duration seconds */
                seconds?: (number|null);

                /** Duration nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Duration. */
            type $Shape = google.protobuf.Duration.$Properties;
        }

        /**
         * Properties of an Empty.
         * @deprecated Use google.protobuf.Empty.$Properties instead.
         */
        interface IEmpty extends google.protobuf.Empty.$Properties {
        }

        /** Represents an Empty. */
        class Empty {

            /**
             * Constructs a new Empty.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Empty.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new Empty instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Empty instance
             */
            static create(properties: google.protobuf.Empty.$Shape): google.protobuf.Empty & google.protobuf.Empty.$Shape;
            static create(properties?: google.protobuf.Empty.$Properties): google.protobuf.Empty;

            /**
             * Encodes the specified Empty message. Does not implicitly {@link google.protobuf.Empty.verify|verify} messages.
             * @param message Empty message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Empty.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Empty message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Empty & google.protobuf.Empty.$Shape} Empty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Empty & google.protobuf.Empty.$Shape;
        }

        namespace Empty {

            /** Properties of an Empty. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Empty. */
            type $Shape = google.protobuf.Empty.$Properties;
        }
    }
}
