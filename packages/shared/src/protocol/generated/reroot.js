// Generated from proto/ by tools/generate-proto.ts: do not edit.
import $protobuf from "protobufjs/minimal.js";

// 64-bit integers are numbers here, as the types say.
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["reroot"] || ($protobuf.roots["reroot"] = {});

export const reroot = $root.reroot = (() => {

    const reroot = {};

    reroot.v1 = (function() {

        const v1 = {};

        v1.Envelope = (function() {

            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Envelope.prototype.keyId = "";

            Envelope.prototype.kind = 0;

            Envelope.prototype.mesh = "";

            Envelope.prototype.cluster = "";

            Envelope.prototype.term = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Envelope.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Envelope.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Envelope.prototype.sentAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Envelope.prototype.body = $util.newBuffer([]);

            Envelope.prototype.signature = $util.newBuffer([]);

            Envelope.create = function(properties) {
                return new Envelope(properties);
            };

            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.keyId);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.kind);
                if (message.mesh != null && $Object.hasOwnProperty.call(message, "mesh") && message.mesh !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.mesh);
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.cluster);
                if (message.term != null && $Object.hasOwnProperty.call(message, "term") && (typeof message.term === "object" ? message.term.low || message.term.high : message.term !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.term);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.generation);
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.sequence);
                if (message.sentAtMs != null && $Object.hasOwnProperty.call(message, "sentAtMs") && (typeof message.sentAtMs === "object" ? message.sentAtMs.low || message.sentAtMs.high : message.sentAtMs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.sentAtMs);
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.body);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.keyId = value;
                            else
                                delete message.keyId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mesh = value;
                            else
                                delete message.mesh;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.term = value;
                            else
                                delete message.term;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sentAtMs = value;
                            else
                                delete message.sentAtMs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Envelope;
        })();

        v1.MessageKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MESSAGE_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "MESSAGE_KIND_DESIRED_TRUST"] = 1;
            values[valuesById[2] = "MESSAGE_KIND_REPORT"] = 2;
            values[valuesById[3] = "MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST"] = 3;
            values[valuesById[4] = "MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE"] = 4;
            values[valuesById[5] = "MESSAGE_KIND_CREDENTIALS_REQUEST"] = 5;
            values[valuesById[6] = "MESSAGE_KIND_CREDENTIALS_RESPONSE"] = 6;
            values[valuesById[7] = "MESSAGE_KIND_LINK_TERMS"] = 7;
            values[valuesById[8] = "MESSAGE_KIND_LINK_STATE"] = 8;
            values[valuesById[9] = "MESSAGE_KIND_TASK"] = 9;
            values[valuesById[10] = "MESSAGE_KIND_TASK_RESULT"] = 10;
            return values;
        })();

        v1.DesiredTrust = (function() {

            const DesiredTrust = function (properties) {
                this.roots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DesiredTrust.prototype.rotationId = "";

            DesiredTrust.prototype.step = 0;

            DesiredTrust.prototype.roots = $util.emptyArray;

            DesiredTrust.prototype.signerRoot = "";

            DesiredTrust.prototype.intermediate = null;

            DesiredTrust.prototype.nudge = 0;

            DesiredTrust.prototype.replicaRestart = 0;

            DesiredTrust.prototype.trustDomain = "";

            DesiredTrust.prototype.passage = 0;

            DesiredTrust.prototype.workloadRestart = 0;

            DesiredTrust.prototype.intermediateSource = null;

            DesiredTrust.prototype.signerKept = 0;

            DesiredTrust.prototype.drift = 0;

            DesiredTrust.create = function(properties) {
                return new DesiredTrust(properties);
            };

            DesiredTrust.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rotationId != null && $Object.hasOwnProperty.call(message, "rotationId") && message.rotationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.rotationId);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.step);
                if (message.roots != null && message.roots.length)
                    for (let i = 0; i < message.roots.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.roots[i]);
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot") && message.signerRoot !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.signerRoot);
                if (message.intermediate != null && $Object.hasOwnProperty.call(message, "intermediate"))
                    $root.reroot.v1.CommonCertOptions.encode(message.intermediate, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.nudge != null && $Object.hasOwnProperty.call(message, "nudge") && message.nudge !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.nudge);
                if (message.replicaRestart != null && $Object.hasOwnProperty.call(message, "replicaRestart") && message.replicaRestart !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).int32(message.replicaRestart);
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain") && message.trustDomain !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.trustDomain);
                if (message.passage != null && $Object.hasOwnProperty.call(message, "passage") && message.passage !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).int32(message.passage);
                if (message.workloadRestart != null && $Object.hasOwnProperty.call(message, "workloadRestart") && message.workloadRestart !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).int32(message.workloadRestart);
                if (message.intermediateSource != null && $Object.hasOwnProperty.call(message, "intermediateSource"))
                    $root.reroot.v1.IntermediateCertificateAuthority.encode(message.intermediateSource, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.signerKept != null && $Object.hasOwnProperty.call(message, "signerKept") && message.signerKept !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).int32(message.signerKept);
                if (message.drift != null && $Object.hasOwnProperty.call(message, "drift") && message.drift !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).int32(message.drift);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DesiredTrust.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.DesiredTrust();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rotationId = value;
                            else
                                delete message.rotationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.roots && message.roots.length))
                                message.roots = [];
                            message.roots.push(reader.bytes());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signerRoot = value;
                            else
                                delete message.signerRoot;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.intermediate = $root.reroot.v1.CommonCertOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.intermediate);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.nudge = value;
                            else
                                delete message.nudge;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.replicaRestart = value;
                            else
                                delete message.replicaRestart;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trustDomain = value;
                            else
                                delete message.trustDomain;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.passage = value;
                            else
                                delete message.passage;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.workloadRestart = value;
                            else
                                delete message.workloadRestart;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.intermediateSource = $root.reroot.v1.IntermediateCertificateAuthority.decode(reader, reader.size(), $undefined, _depth + 1, message.intermediateSource);
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.signerKept = value;
                            else
                                delete message.signerKept;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.drift = value;
                            else
                                delete message.drift;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DesiredTrust;
        })();

        v1.SignerOrigin = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SIGNER_ORIGIN_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SIGNER_ORIGIN_KEPT"] = 1;
            return values;
        })();

        v1.DriftHandling = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DRIFT_HANDLING_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DRIFT_HANDLING_REAPPLY"] = 1;
            values[valuesById[2] = "DRIFT_HANDLING_REPORT"] = 2;
            return values;
        })();

        v1.Passage = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PASSAGE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "PASSAGE_GRADUAL"] = 1;
            values[valuesById[2] = "PASSAGE_ABRUPT"] = 2;
            return values;
        })();

        v1.Nudge = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "NUDGE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "NUDGE_LAGGARDS"] = 1;
            values[valuesById[2] = "NUDGE_WHEN_LOADED"] = 2;
            return values;
        })();

        v1.ReplicaRestart = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REPLICA_RESTART_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REPLICA_RESTART_NEVER"] = 1;
            values[valuesById[2] = "REPLICA_RESTART_WHEN_REFUSED"] = 2;
            values[valuesById[3] = "REPLICA_RESTART_ALWAYS"] = 3;
            return values;
        })();

        v1.WorkloadRestart = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "WORKLOAD_RESTART_UNSPECIFIED"] = 0;
            values[valuesById[1] = "WORKLOAD_RESTART_NEVER"] = 1;
            values[valuesById[2] = "WORKLOAD_RESTART_WHEN_NEEDED"] = 2;
            return values;
        })();

        v1.Report = (function() {

            const Report = function (properties) {
                this.certificates = [];
                this.replicas = [];
                this.namespaces = [];
                this.workloads = [];
                this.problems = [];
                this.unknownLevels = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Report.prototype.appliedTerm = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Report.prototype.appliedGeneration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Report.prototype.takenAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Report.prototype.agentVersion = "";

            Report.prototype.clusterUid = "";

            Report.prototype.certificates = $util.emptyArray;

            Report.prototype.written = null;

            Report.prototype.replicas = $util.emptyArray;

            Report.prototype.namespaces = $util.emptyArray;

            Report.prototype.workloads = $util.emptyArray;

            Report.prototype.problems = $util.emptyArray;

            Report.prototype.nudges = 0;

            Report.prototype.unknownLevels = $util.emptyArray;

            Report.prototype.standing = null;

            Report.create = function(properties) {
                return new Report(properties);
            };

            Report.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.appliedTerm != null && $Object.hasOwnProperty.call(message, "appliedTerm") && (typeof message.appliedTerm === "object" ? message.appliedTerm.low || message.appliedTerm.high : message.appliedTerm !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.appliedTerm);
                if (message.appliedGeneration != null && $Object.hasOwnProperty.call(message, "appliedGeneration") && (typeof message.appliedGeneration === "object" ? message.appliedGeneration.low || message.appliedGeneration.high : message.appliedGeneration !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.appliedGeneration);
                if (message.takenAtMs != null && $Object.hasOwnProperty.call(message, "takenAtMs") && (typeof message.takenAtMs === "object" ? message.takenAtMs.low || message.takenAtMs.high : message.takenAtMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.takenAtMs);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.agentVersion);
                if (message.clusterUid != null && $Object.hasOwnProperty.call(message, "clusterUid") && message.clusterUid !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.clusterUid);
                if (message.certificates != null && message.certificates.length)
                    for (let i = 0; i < message.certificates.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.certificates[i]);
                if (message.written != null && $Object.hasOwnProperty.call(message, "written"))
                    $root.reroot.v1.Holding.encode(message.written, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.replicas != null && message.replicas.length)
                    for (let i = 0; i < message.replicas.length; ++i)
                        $root.reroot.v1.ReplicaEvidence.encode(message.replicas[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        $root.reroot.v1.NamespaceEvidence.encode(message.namespaces[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.workloads != null && message.workloads.length)
                    for (let i = 0; i < message.workloads.length; ++i)
                        $root.reroot.v1.WorkloadEvidence.encode(message.workloads[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.problems != null && message.problems.length)
                    for (let i = 0; i < message.problems.length; ++i)
                        $root.reroot.v1.Problem.encode(message.problems[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.nudges != null && $Object.hasOwnProperty.call(message, "nudges") && message.nudges !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.nudges);
                if (message.unknownLevels != null && message.unknownLevels.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).int32s(message.unknownLevels);
                if (message.standing != null && $Object.hasOwnProperty.call(message, "standing"))
                    $root.reroot.v1.StandingCa.encode(message.standing, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Report.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Report();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.appliedTerm = value;
                            else
                                delete message.appliedTerm;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.appliedGeneration = value;
                            else
                                delete message.appliedGeneration;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.takenAtMs = value;
                            else
                                delete message.takenAtMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterUid = value;
                            else
                                delete message.clusterUid;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.certificates && message.certificates.length))
                                message.certificates = [];
                            message.certificates.push(reader.bytes());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.written = $root.reroot.v1.Holding.decode(reader, reader.size(), $undefined, _depth + 1, message.written);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            message.replicas.push($root.reroot.v1.ReplicaEvidence.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push($root.reroot.v1.NamespaceEvidence.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.workloads && message.workloads.length))
                                message.workloads = [];
                            message.workloads.push($root.reroot.v1.WorkloadEvidence.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.problems && message.problems.length))
                                message.problems = [];
                            message.problems.push($root.reroot.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nudges = value;
                            else
                                delete message.nudges;
                            continue;
                        }
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.unknownLevels && message.unknownLevels.length))
                                    message.unknownLevels = [];
                                reader.int32s(message.unknownLevels);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.unknownLevels && message.unknownLevels.length))
                                message.unknownLevels = [];
                            message.unknownLevels.push(reader.int32());
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.standing = $root.reroot.v1.StandingCa.decode(reader, reader.size(), $undefined, _depth + 1, message.standing);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Report;
        })();

        v1.StandingCa = (function() {

            const StandingCa = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            StandingCa.prototype.source = 0;

            StandingCa.prototype.owner = 0;

            StandingCa.prototype.adoption = 0;

            StandingCa.prototype.objection = "";

            StandingCa.create = function(properties) {
                return new StandingCa(properties);
            };

            StandingCa.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.source);
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner") && message.owner !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.owner);
                if (message.adoption != null && $Object.hasOwnProperty.call(message, "adoption") && message.adoption !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.adoption);
                if (message.objection != null && $Object.hasOwnProperty.call(message, "objection") && message.objection !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.objection);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            StandingCa.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.StandingCa();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.owner = value;
                            else
                                delete message.owner;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.adoption = value;
                            else
                                delete message.adoption;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.objection = value;
                            else
                                delete message.objection;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StandingCa;
        })();

        v1.CaSource = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CA_SOURCE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "CA_SOURCE_CACERTS"] = 1;
            values[valuesById[2] = "CA_SOURCE_SELF_MADE"] = 2;
            return values;
        })();

        v1.CaOwner = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CA_OWNER_UNSPECIFIED"] = 0;
            values[valuesById[1] = "CA_OWNER_REROOT"] = 1;
            values[valuesById[2] = "CA_OWNER_OTHER"] = 2;
            return values;
        })();

        v1.AdoptionRule = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "ADOPTION_RULE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "ADOPTION_RULE_NEVER"] = 1;
            values[valuesById[2] = "ADOPTION_RULE_ALLOWED"] = 2;
            return values;
        })();

        v1.EvidenceLevel = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "EVIDENCE_LEVEL_UNSPECIFIED"] = 0;
            values[valuesById[1] = "EVIDENCE_LEVEL_PUBLISHED"] = 1;
            values[valuesById[2] = "EVIDENCE_LEVEL_HELD"] = 2;
            values[valuesById[3] = "EVIDENCE_LEVEL_WRITTEN"] = 3;
            return values;
        })();

        v1.Holding = (function() {

            const Holding = function (properties) {
                this.roots = [];
                this.signerChain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Holding.prototype.bundleSha256 = "";

            Holding.prototype.roots = $util.emptyArray;

            Holding.prototype.signerChain = $util.emptyArray;

            Holding.create = function(properties) {
                return new Holding(properties);
            };

            Holding.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bundleSha256 != null && $Object.hasOwnProperty.call(message, "bundleSha256") && message.bundleSha256 !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.bundleSha256);
                if (message.roots != null && message.roots.length)
                    for (let i = 0; i < message.roots.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.roots[i]);
                if (message.signerChain != null && message.signerChain.length)
                    for (let i = 0; i < message.signerChain.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.signerChain[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Holding.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Holding();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bundleSha256 = value;
                            else
                                delete message.bundleSha256;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.roots && message.roots.length))
                                message.roots = [];
                            message.roots.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signerChain && message.signerChain.length))
                                message.signerChain = [];
                            message.signerChain.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Holding;
        })();

        v1.ReplicaEvidence = (function() {

            const ReplicaEvidence = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ReplicaEvidence.prototype.replica = "";

            ReplicaEvidence.prototype.holding = null;

            ReplicaEvidence.prototype.failure = null;

            ReplicaEvidence.prototype.multiRoot = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(ReplicaEvidence.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["holding", "failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ReplicaEvidence.create = function(properties) {
                return new ReplicaEvidence(properties);
            };

            ReplicaEvidence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.replica != null && $Object.hasOwnProperty.call(message, "replica") && message.replica !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.replica);
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding"))
                    $root.reroot.v1.Holding.encode(message.holding, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.reroot.v1.Problem.encode(message.failure, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.multiRoot != null && $Object.hasOwnProperty.call(message, "multiRoot") && message.multiRoot !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.multiRoot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ReplicaEvidence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.ReplicaEvidence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.replica = value;
                            else
                                delete message.replica;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.holding = $root.reroot.v1.Holding.decode(reader, reader.size(), $undefined, _depth + 1, message.holding);
                            message.result = "holding";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.reroot.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message.result = "failure";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.multiRoot = value;
                            else
                                delete message.multiRoot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ReplicaEvidence;
        })();

        v1.MultiRoot = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MULTI_ROOT_UNSPECIFIED"] = 0;
            values[valuesById[1] = "MULTI_ROOT_ON"] = 1;
            values[valuesById[2] = "MULTI_ROOT_OFF"] = 2;
            return values;
        })();

        v1.NamespaceEvidence = (function() {

            const NamespaceEvidence = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            NamespaceEvidence.prototype.namespace = "";

            NamespaceEvidence.prototype.holding = null;

            NamespaceEvidence.create = function(properties) {
                return new NamespaceEvidence(properties);
            };

            NamespaceEvidence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding"))
                    $root.reroot.v1.Holding.encode(message.holding, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            NamespaceEvidence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.NamespaceEvidence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.holding = $root.reroot.v1.Holding.decode(reader, reader.size(), $undefined, _depth + 1, message.holding);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NamespaceEvidence;
        })();

        v1.WorkloadEvidence = (function() {

            const WorkloadEvidence = function (properties) {
                this.examples = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            WorkloadEvidence.prototype.namespace = "";

            WorkloadEvidence.prototype.holding = null;

            WorkloadEvidence.prototype.count = 0;

            WorkloadEvidence.prototype.examples = $util.emptyArray;

            WorkloadEvidence.prototype.method = 0;

            WorkloadEvidence.prototype.learns = 0;

            WorkloadEvidence.prototype.unread = "";

            WorkloadEvidence.create = function(properties) {
                return new WorkloadEvidence(properties);
            };

            WorkloadEvidence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding"))
                    $root.reroot.v1.Holding.encode(message.holding, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.count);
                if (message.examples != null && message.examples.length)
                    for (let i = 0; i < message.examples.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.examples[i]);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.method);
                if (message.learns != null && $Object.hasOwnProperty.call(message, "learns") && message.learns !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.learns);
                if (message.unread != null && $Object.hasOwnProperty.call(message, "unread") && message.unread !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.unread);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            WorkloadEvidence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.WorkloadEvidence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.holding = $root.reroot.v1.Holding.decode(reader, reader.size(), $undefined, _depth + 1, message.holding);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.examples && message.examples.length))
                                message.examples = [];
                            message.examples.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.learns = value;
                            else
                                delete message.learns;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unread = value;
                            else
                                delete message.unread;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return WorkloadEvidence;
        })();

        v1.Learns = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "LEARNS_UNSPECIFIED"] = 0;
            values[valuesById[1] = "LEARNS_PUSHED"] = 1;
            values[valuesById[2] = "LEARNS_RENEWED"] = 2;
            return values;
        })();

        v1.EvidenceMethod = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "EVIDENCE_METHOD_UNSPECIFIED"] = 0;
            values[valuesById[1] = "EVIDENCE_METHOD_PROXY_CONFIG"] = 1;
            values[valuesById[2] = "EVIDENCE_METHOD_START_TIME"] = 2;
            values[valuesById[3] = "EVIDENCE_METHOD_LEAF_LIFETIME"] = 3;
            values[valuesById[4] = "EVIDENCE_METHOD_NONE"] = 4;
            return values;
        })();

        v1.Problem = (function() {

            const Problem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Problem.prototype.code = "";

            Problem.prototype.message = "";

            Problem.prototype.remedy = "";

            Problem.create = function(properties) {
                return new Problem(properties);
            };

            Problem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy") && message.remedy !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.remedy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Problem.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Problem();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remedy = value;
                            else
                                delete message.remedy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Problem;
        })();

        v1.IssueIntermediateRequest = (function() {

            const IssueIntermediateRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IssueIntermediateRequest.prototype.csr = $util.newBuffer([]);

            IssueIntermediateRequest.prototype.signerRoot = "";

            IssueIntermediateRequest.create = function(properties) {
                return new IssueIntermediateRequest(properties);
            };

            IssueIntermediateRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.csr);
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot") && message.signerRoot !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.signerRoot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IssueIntermediateRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.IssueIntermediateRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.csr = value;
                            else
                                delete message.csr;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signerRoot = value;
                            else
                                delete message.signerRoot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IssueIntermediateRequest;
        })();

        v1.IssueIntermediateResponse = (function() {

            const IssueIntermediateResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IssueIntermediateResponse.prototype.issued = null;

            IssueIntermediateResponse.prototype.refused = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(IssueIntermediateResponse.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["issued", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            IssueIntermediateResponse.create = function(properties) {
                return new IssueIntermediateResponse(properties);
            };

            IssueIntermediateResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.issued != null && $Object.hasOwnProperty.call(message, "issued"))
                    $root.reroot.v1.IssuedIntermediate.encode(message.issued, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.reroot.v1.Problem.encode(message.refused, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IssueIntermediateResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.IssueIntermediateResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.issued = $root.reroot.v1.IssuedIntermediate.decode(reader, reader.size(), $undefined, _depth + 1, message.issued);
                            message.result = "issued";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.reroot.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.result = "refused";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IssueIntermediateResponse;
        })();

        v1.IssuedIntermediate = (function() {

            const IssuedIntermediate = function (properties) {
                this.chain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IssuedIntermediate.prototype.chain = $util.emptyArray;

            IssuedIntermediate.create = function(properties) {
                return new IssuedIntermediate(properties);
            };

            IssuedIntermediate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chain != null && message.chain.length)
                    for (let i = 0; i < message.chain.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chain[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IssuedIntermediate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.IssuedIntermediate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chain && message.chain.length))
                                message.chain = [];
                            message.chain.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IssuedIntermediate;
        })();

        v1.CredentialsRequest = (function() {

            const CredentialsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CredentialsRequest.prototype.publicKey = $util.newBuffer([]);

            CredentialsRequest.prototype.natsUser = "";

            CredentialsRequest.prototype.tokenId = "";

            CredentialsRequest.prototype.proof = $util.newBuffer([]);

            CredentialsRequest.prototype.agentVersion = "";

            CredentialsRequest.create = function(properties) {
                return new CredentialsRequest(properties);
            };

            CredentialsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.publicKey);
                if (message.natsUser != null && $Object.hasOwnProperty.call(message, "natsUser") && message.natsUser !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.natsUser);
                if (message.tokenId != null && $Object.hasOwnProperty.call(message, "tokenId") && message.tokenId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.tokenId);
                if (message.proof != null && $Object.hasOwnProperty.call(message, "proof") && message.proof.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.proof);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.agentVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CredentialsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CredentialsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.natsUser = value;
                            else
                                delete message.natsUser;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tokenId = value;
                            else
                                delete message.tokenId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.proof = value;
                            else
                                delete message.proof;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CredentialsRequest;
        })();

        v1.CredentialsResponse = (function() {

            const CredentialsResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CredentialsResponse.prototype.granted = null;

            CredentialsResponse.prototype.refused = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(CredentialsResponse.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["granted", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            CredentialsResponse.create = function(properties) {
                return new CredentialsResponse(properties);
            };

            CredentialsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.granted != null && $Object.hasOwnProperty.call(message, "granted"))
                    $root.reroot.v1.Credentials.encode(message.granted, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.reroot.v1.Problem.encode(message.refused, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CredentialsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CredentialsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.granted = $root.reroot.v1.Credentials.decode(reader, reader.size(), $undefined, _depth + 1, message.granted);
                            message.result = "granted";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.reroot.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.result = "refused";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CredentialsResponse;
        })();

        v1.Credentials = (function() {

            const Credentials = function (properties) {
                this.mgmtPublicKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Credentials.prototype.keyId = "";

            Credentials.prototype.natsJwt = "";

            Credentials.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Credentials.prototype.mgmtPublicKeys = $util.emptyArray;

            Credentials.create = function(properties) {
                return new Credentials(properties);
            };

            Credentials.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.keyId);
                if (message.natsJwt != null && $Object.hasOwnProperty.call(message, "natsJwt") && message.natsJwt !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.natsJwt);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.epoch);
                if (message.mgmtPublicKeys != null && message.mgmtPublicKeys.length)
                    for (let i = 0; i < message.mgmtPublicKeys.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.mgmtPublicKeys[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Credentials.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Credentials();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.keyId = value;
                            else
                                delete message.keyId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.natsJwt = value;
                            else
                                delete message.natsJwt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mgmtPublicKeys && message.mgmtPublicKeys.length))
                                message.mgmtPublicKeys = [];
                            message.mgmtPublicKeys.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Credentials;
        })();

        v1.LinkTerms = (function() {

            const LinkTerms = function (properties) {
                this.mgmtPublicKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            LinkTerms.prototype.mgmtPublicKeys = $util.emptyArray;

            LinkTerms.prototype.credentialsEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkTerms.prototype.cluster = "";

            LinkTerms.prototype.natsJwt = "";

            LinkTerms.prototype.mgmtVersion = "";

            LinkTerms.prototype.protocol = 0;

            LinkTerms.prototype.heardSequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkTerms.create = function(properties) {
                return new LinkTerms(properties);
            };

            LinkTerms.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mgmtPublicKeys != null && message.mgmtPublicKeys.length)
                    for (let i = 0; i < message.mgmtPublicKeys.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.mgmtPublicKeys[i]);
                if (message.credentialsEpoch != null && $Object.hasOwnProperty.call(message, "credentialsEpoch") && (typeof message.credentialsEpoch === "object" ? message.credentialsEpoch.low || message.credentialsEpoch.high : message.credentialsEpoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.credentialsEpoch);
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.cluster);
                if (message.natsJwt != null && $Object.hasOwnProperty.call(message, "natsJwt") && message.natsJwt !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.natsJwt);
                if (message.mgmtVersion != null && $Object.hasOwnProperty.call(message, "mgmtVersion") && message.mgmtVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.mgmtVersion);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.protocol);
                if (message.heardSequence != null && $Object.hasOwnProperty.call(message, "heardSequence") && (typeof message.heardSequence === "object" ? message.heardSequence.low || message.heardSequence.high : message.heardSequence !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.heardSequence);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            LinkTerms.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.LinkTerms();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mgmtPublicKeys && message.mgmtPublicKeys.length))
                                message.mgmtPublicKeys = [];
                            message.mgmtPublicKeys.push(reader.bytes());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.credentialsEpoch = value;
                            else
                                delete message.credentialsEpoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.natsJwt = value;
                            else
                                delete message.natsJwt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mgmtVersion = value;
                            else
                                delete message.mgmtVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heardSequence = value;
                            else
                                delete message.heardSequence;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinkTerms;
        })();

        v1.LinkState = (function() {

            const LinkState = function (properties) {
                this.mgmtKeys = [];
                this.refusals = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            LinkState.prototype.heardSequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.heardAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.agentVersion = "";

            LinkState.prototype.protocol = 0;

            LinkState.prototype.mgmtKeys = $util.emptyArray;

            LinkState.prototype.credentialsEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.connectedSinceMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.reconnects = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.refusals = $util.emptyArray;

            LinkState.prototype.natsJwtExpiresAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            LinkState.prototype.clusterUid = "";

            LinkState.create = function(properties) {
                return new LinkState(properties);
            };

            LinkState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.heardSequence != null && $Object.hasOwnProperty.call(message, "heardSequence") && (typeof message.heardSequence === "object" ? message.heardSequence.low || message.heardSequence.high : message.heardSequence !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.heardSequence);
                if (message.heardAtMs != null && $Object.hasOwnProperty.call(message, "heardAtMs") && (typeof message.heardAtMs === "object" ? message.heardAtMs.low || message.heardAtMs.high : message.heardAtMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.heardAtMs);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.agentVersion);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.protocol);
                if (message.mgmtKeys != null && message.mgmtKeys.length)
                    for (let i = 0; i < message.mgmtKeys.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.mgmtKeys[i]);
                if (message.credentialsEpoch != null && $Object.hasOwnProperty.call(message, "credentialsEpoch") && (typeof message.credentialsEpoch === "object" ? message.credentialsEpoch.low || message.credentialsEpoch.high : message.credentialsEpoch !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.credentialsEpoch);
                if (message.connectedSinceMs != null && $Object.hasOwnProperty.call(message, "connectedSinceMs") && (typeof message.connectedSinceMs === "object" ? message.connectedSinceMs.low || message.connectedSinceMs.high : message.connectedSinceMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.connectedSinceMs);
                if (message.reconnects != null && $Object.hasOwnProperty.call(message, "reconnects") && (typeof message.reconnects === "object" ? message.reconnects.low || message.reconnects.high : message.reconnects !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.reconnects);
                if (message.refusals != null && message.refusals.length)
                    for (let i = 0; i < message.refusals.length; ++i)
                        $root.reroot.v1.RefusalCount.encode(message.refusals[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.natsJwtExpiresAtMs != null && $Object.hasOwnProperty.call(message, "natsJwtExpiresAtMs") && (typeof message.natsJwtExpiresAtMs === "object" ? message.natsJwtExpiresAtMs.low || message.natsJwtExpiresAtMs.high : message.natsJwtExpiresAtMs !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.natsJwtExpiresAtMs);
                if (message.clusterUid != null && $Object.hasOwnProperty.call(message, "clusterUid") && message.clusterUid !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.clusterUid);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            LinkState.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.LinkState();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heardSequence = value;
                            else
                                delete message.heardSequence;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heardAtMs = value;
                            else
                                delete message.heardAtMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mgmtKeys && message.mgmtKeys.length))
                                message.mgmtKeys = [];
                            message.mgmtKeys.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.credentialsEpoch = value;
                            else
                                delete message.credentialsEpoch;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.connectedSinceMs = value;
                            else
                                delete message.connectedSinceMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.reconnects = value;
                            else
                                delete message.reconnects;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refusals && message.refusals.length))
                                message.refusals = [];
                            message.refusals.push($root.reroot.v1.RefusalCount.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.natsJwtExpiresAtMs = value;
                            else
                                delete message.natsJwtExpiresAtMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterUid = value;
                            else
                                delete message.clusterUid;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinkState;
        })();

        v1.RefusalCount = (function() {

            const RefusalCount = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RefusalCount.prototype.reason = "";

            RefusalCount.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            RefusalCount.create = function(properties) {
                return new RefusalCount(properties);
            };

            RefusalCount.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RefusalCount.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.RefusalCount();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RefusalCount;
        })();

        v1.Task = (function() {

            const Task = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Task.prototype.id = "";

            Task.prototype.deadlineMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Task.prototype.handshake = null;

            Task.prototype.inspect = null;

            Task.prototype.pathProbe = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(Task.prototype, "task", {
                get: $util.oneOfGetter($oneOfFields = ["handshake", "inspect", "pathProbe"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Task.create = function(properties) {
                return new Task(properties);
            };

            Task.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs") && (typeof message.deadlineMs === "object" ? message.deadlineMs.low || message.deadlineMs.high : message.deadlineMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.deadlineMs);
                if (message.handshake != null && $Object.hasOwnProperty.call(message, "handshake"))
                    $root.reroot.v1.HandshakeTurn.encode(message.handshake, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.inspect != null && $Object.hasOwnProperty.call(message, "inspect"))
                    $root.reroot.v1.InspectRequest.encode(message.inspect, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.pathProbe != null && $Object.hasOwnProperty.call(message, "pathProbe"))
                    $root.reroot.v1.PathProbe.encode(message.pathProbe, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Task.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Task();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.deadlineMs = value;
                            else
                                delete message.deadlineMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.handshake = $root.reroot.v1.HandshakeTurn.decode(reader, reader.size(), $undefined, _depth + 1, message.handshake);
                            message.task = "handshake";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.inspect = $root.reroot.v1.InspectRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.inspect);
                            message.task = "inspect";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.pathProbe = $root.reroot.v1.PathProbe.decode(reader, reader.size(), $undefined, _depth + 1, message.pathProbe);
                            message.task = "pathProbe";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Task;
        })();

        v1.TaskResult = (function() {

            const TaskResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            TaskResult.prototype.id = "";

            TaskResult.prototype.handshake = null;

            TaskResult.prototype.inspection = null;

            TaskResult.prototype.pathProbe = null;

            TaskResult.prototype.refused = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(TaskResult.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["handshake", "inspection", "pathProbe", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            TaskResult.create = function(properties) {
                return new TaskResult(properties);
            };

            TaskResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.handshake != null && $Object.hasOwnProperty.call(message, "handshake"))
                    $root.reroot.v1.HandshakeProgress.encode(message.handshake, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.inspection != null && $Object.hasOwnProperty.call(message, "inspection"))
                    $root.reroot.v1.Inspection.encode(message.inspection, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.pathProbe != null && $Object.hasOwnProperty.call(message, "pathProbe"))
                    $root.reroot.v1.PathProbeResult.encode(message.pathProbe, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    $root.reroot.v1.Problem.encode(message.refused, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            TaskResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.TaskResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.handshake = $root.reroot.v1.HandshakeProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.handshake);
                            message.result = "handshake";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.inspection = $root.reroot.v1.Inspection.decode(reader, reader.size(), $undefined, _depth + 1, message.inspection);
                            message.result = "inspection";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.pathProbe = $root.reroot.v1.PathProbeResult.decode(reader, reader.size(), $undefined, _depth + 1, message.pathProbe);
                            message.result = "pathProbe";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.refused = $root.reroot.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                            message.result = "refused";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TaskResult;
        })();

        v1.HandshakeTurn = (function() {

            const HandshakeTurn = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            HandshakeTurn.prototype.session = "";

            HandshakeTurn.prototype.group = "";

            HandshakeTurn.prototype.role = 0;

            HandshakeTurn.prototype.replica = "";

            HandshakeTurn.prototype.trustDomain = "";

            HandshakeTurn.prototype.heard = $util.newBuffer([]);

            HandshakeTurn.create = function(properties) {
                return new HandshakeTurn(properties);
            };

            HandshakeTurn.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.session);
                if (message.group != null && $Object.hasOwnProperty.call(message, "group") && message.group !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.group);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.role);
                if (message.replica != null && $Object.hasOwnProperty.call(message, "replica") && message.replica !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.replica);
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain") && message.trustDomain !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.trustDomain);
                if (message.heard != null && $Object.hasOwnProperty.call(message, "heard") && message.heard.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.heard);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            HandshakeTurn.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.HandshakeTurn();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.group = value;
                            else
                                delete message.group;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.replica = value;
                            else
                                delete message.replica;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trustDomain = value;
                            else
                                delete message.trustDomain;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.heard = value;
                            else
                                delete message.heard;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HandshakeTurn;
        })();

        v1.HandshakeRole = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "HANDSHAKE_ROLE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "HANDSHAKE_ROLE_CLIENT"] = 1;
            values[valuesById[2] = "HANDSHAKE_ROLE_SERVER"] = 2;
            return values;
        })();

        v1.HandshakeProgress = (function() {

            const HandshakeProgress = function (properties) {
                this.peerChain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            HandshakeProgress.prototype.heardBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            HandshakeProgress.prototype.written = $util.newBuffer([]);

            HandshakeProgress.prototype.state = 0;

            HandshakeProgress.prototype.presented = null;

            HandshakeProgress.prototype.peerChain = $util.emptyArray;

            HandshakeProgress.prototype.peerIdentity = "";

            HandshakeProgress.prototype.channel = "";

            HandshakeProgress.prototype.failure = null;

            HandshakeProgress.create = function(properties) {
                return new HandshakeProgress(properties);
            };

            HandshakeProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.heardBytes != null && $Object.hasOwnProperty.call(message, "heardBytes") && (typeof message.heardBytes === "object" ? message.heardBytes.low || message.heardBytes.high : message.heardBytes !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.heardBytes);
                if (message.written != null && $Object.hasOwnProperty.call(message, "written") && message.written.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.written);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.state);
                if (message.presented != null && $Object.hasOwnProperty.call(message, "presented"))
                    $root.reroot.v1.PresentedTrust.encode(message.presented, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.peerChain != null && message.peerChain.length)
                    for (let i = 0; i < message.peerChain.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.peerChain[i]);
                if (message.peerIdentity != null && $Object.hasOwnProperty.call(message, "peerIdentity") && message.peerIdentity !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.peerIdentity);
                if (message.channel != null && $Object.hasOwnProperty.call(message, "channel") && message.channel !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.channel);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.reroot.v1.HandshakeFailure.encode(message.failure, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            HandshakeProgress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.HandshakeProgress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heardBytes = value;
                            else
                                delete message.heardBytes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.written = value;
                            else
                                delete message.written;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.presented = $root.reroot.v1.PresentedTrust.decode(reader, reader.size(), $undefined, _depth + 1, message.presented);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peerChain && message.peerChain.length))
                                message.peerChain = [];
                            message.peerChain.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peerIdentity = value;
                            else
                                delete message.peerIdentity;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.channel = value;
                            else
                                delete message.channel;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.reroot.v1.HandshakeFailure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HandshakeProgress;
        })();

        v1.HandshakeState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "HANDSHAKE_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "HANDSHAKE_STATE_RUNNING"] = 1;
            values[valuesById[2] = "HANDSHAKE_STATE_TRUSTED"] = 2;
            values[valuesById[3] = "HANDSHAKE_STATE_ACCEPTED"] = 3;
            values[valuesById[4] = "HANDSHAKE_STATE_REFUSED"] = 4;
            values[valuesById[5] = "HANDSHAKE_STATE_FAILED"] = 5;
            return values;
        })();

        v1.PresentedTrust = (function() {

            const PresentedTrust = function (properties) {
                this.chain = [];
                this.roots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PresentedTrust.prototype.chain = $util.emptyArray;

            PresentedTrust.prototype.bundleSha256 = "";

            PresentedTrust.prototype.roots = $util.emptyArray;

            PresentedTrust.create = function(properties) {
                return new PresentedTrust(properties);
            };

            PresentedTrust.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chain != null && message.chain.length)
                    for (let i = 0; i < message.chain.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.chain[i]);
                if (message.bundleSha256 != null && $Object.hasOwnProperty.call(message, "bundleSha256") && message.bundleSha256 !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.bundleSha256);
                if (message.roots != null && message.roots.length)
                    for (let i = 0; i < message.roots.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.roots[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PresentedTrust.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.PresentedTrust();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chain && message.chain.length))
                                message.chain = [];
                            message.chain.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bundleSha256 = value;
                            else
                                delete message.bundleSha256;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.roots && message.roots.length))
                                message.roots = [];
                            message.roots.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PresentedTrust;
        })();

        v1.HandshakeFailure = (function() {

            const HandshakeFailure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            HandshakeFailure.prototype.alert = 0;

            HandshakeFailure.prototype.reason = "";

            HandshakeFailure.create = function(properties) {
                return new HandshakeFailure(properties);
            };

            HandshakeFailure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.alert != null && $Object.hasOwnProperty.call(message, "alert") && message.alert !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.alert);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            HandshakeFailure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.HandshakeFailure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.alert = value;
                            else
                                delete message.alert;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HandshakeFailure;
        })();

        v1.InspectRequest = (function() {

            const InspectRequest = function (properties) {
                this.facts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectRequest.prototype.facts = $util.emptyArray;

            InspectRequest.create = function(properties) {
                return new InspectRequest(properties);
            };

            InspectRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.facts != null && message.facts.length)
                    for (let i = 0; i < message.facts.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.facts[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.facts && message.facts.length))
                                message.facts = [];
                            message.facts.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectRequest;
        })();

        v1.Inspection = (function() {

            const Inspection = function (properties) {
                this.facts = [];
                this.istiods = [];
                this.proxies = [];
                this.caFiles = [];
                this.webhooks = [];
                this.budgets = [];
                this.rights = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Inspection.prototype.agentVersion = "";

            Inspection.prototype.takenAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Inspection.prototype.facts = $util.emptyArray;

            Inspection.prototype.istiods = $util.emptyArray;

            Inspection.prototype.proxies = $util.emptyArray;

            Inspection.prototype.caFiles = $util.emptyArray;

            Inspection.prototype.webhooks = $util.emptyArray;

            Inspection.prototype.meshRoots = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Inspection.prototype.outsideWorkloads = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            Inspection.prototype.budgets = $util.emptyArray;

            Inspection.prototype.rights = $util.emptyArray;

            Inspection.prototype.rootsReadFrom = "";

            Inspection.create = function(properties) {
                return new Inspection(properties);
            };

            Inspection.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.agentVersion);
                if (message.takenAtMs != null && $Object.hasOwnProperty.call(message, "takenAtMs") && (typeof message.takenAtMs === "object" ? message.takenAtMs.low || message.takenAtMs.high : message.takenAtMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.takenAtMs);
                if (message.facts != null && message.facts.length)
                    for (let i = 0; i < message.facts.length; ++i)
                        $root.reroot.v1.InspectedFact.encode(message.facts[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.istiods != null && message.istiods.length)
                    for (let i = 0; i < message.istiods.length; ++i)
                        $root.reroot.v1.InspectedIstiod.encode(message.istiods[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.proxies != null && message.proxies.length)
                    for (let i = 0; i < message.proxies.length; ++i)
                        $root.reroot.v1.InspectedProxies.encode(message.proxies[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.caFiles != null && message.caFiles.length)
                    for (let i = 0; i < message.caFiles.length; ++i)
                        $root.reroot.v1.InspectedCaFiles.encode(message.caFiles[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.webhooks != null && message.webhooks.length)
                    for (let i = 0; i < message.webhooks.length; ++i)
                        $root.reroot.v1.InspectedWebhook.encode(message.webhooks[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.meshRoots != null && $Object.hasOwnProperty.call(message, "meshRoots") && (typeof message.meshRoots === "object" ? message.meshRoots.low || message.meshRoots.high : message.meshRoots !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.meshRoots);
                if (message.outsideWorkloads != null && $Object.hasOwnProperty.call(message, "outsideWorkloads") && (typeof message.outsideWorkloads === "object" ? message.outsideWorkloads.low || message.outsideWorkloads.high : message.outsideWorkloads !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.outsideWorkloads);
                if (message.budgets != null && message.budgets.length)
                    for (let i = 0; i < message.budgets.length; ++i)
                        $root.reroot.v1.InspectedBudget.encode(message.budgets[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.rights != null && message.rights.length)
                    for (let i = 0; i < message.rights.length; ++i)
                        $root.reroot.v1.InspectedRight.encode(message.rights[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.rootsReadFrom != null && $Object.hasOwnProperty.call(message, "rootsReadFrom") && message.rootsReadFrom !== "")
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.rootsReadFrom);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Inspection.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.Inspection();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.takenAtMs = value;
                            else
                                delete message.takenAtMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.facts && message.facts.length))
                                message.facts = [];
                            message.facts.push($root.reroot.v1.InspectedFact.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.istiods && message.istiods.length))
                                message.istiods = [];
                            message.istiods.push($root.reroot.v1.InspectedIstiod.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.proxies && message.proxies.length))
                                message.proxies = [];
                            message.proxies.push($root.reroot.v1.InspectedProxies.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.caFiles && message.caFiles.length))
                                message.caFiles = [];
                            message.caFiles.push($root.reroot.v1.InspectedCaFiles.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.webhooks && message.webhooks.length))
                                message.webhooks = [];
                            message.webhooks.push($root.reroot.v1.InspectedWebhook.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.meshRoots = value;
                            else
                                delete message.meshRoots;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.outsideWorkloads = value;
                            else
                                delete message.outsideWorkloads;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.budgets && message.budgets.length))
                                message.budgets = [];
                            message.budgets.push($root.reroot.v1.InspectedBudget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rights && message.rights.length))
                                message.rights = [];
                            message.rights.push($root.reroot.v1.InspectedRight.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rootsReadFrom = value;
                            else
                                delete message.rootsReadFrom;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Inspection;
        })();

        v1.InspectedFact = (function() {

            const InspectedFact = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedFact.prototype.name = "";

            InspectedFact.prototype.unknownBecause = "";

            InspectedFact.create = function(properties) {
                return new InspectedFact(properties);
            };

            InspectedFact.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.unknownBecause != null && $Object.hasOwnProperty.call(message, "unknownBecause") && message.unknownBecause !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.unknownBecause);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedFact.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedFact();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unknownBecause = value;
                            else
                                delete message.unknownBecause;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedFact;
        })();

        v1.InspectedIstiod = (function() {

            const InspectedIstiod = function (properties) {
                this.unread = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedIstiod.prototype.name = "";

            InspectedIstiod.prototype.version = "";

            InspectedIstiod.prototype.revision = "";

            InspectedIstiod.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedIstiod.prototype.multiRoot = "";

            InspectedIstiod.prototype.trustBundles = "";

            InspectedIstiod.prototype.rootConfigMap = "";

            InspectedIstiod.prototype.longestLeafMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedIstiod.prototype.externalCa = "";

            InspectedIstiod.prototype.unread = $util.emptyArray;

            InspectedIstiod.create = function(properties) {
                return new InspectedIstiod(properties);
            };

            InspectedIstiod.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && message.revision !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.revision);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.startedAtMs);
                if (message.multiRoot != null && $Object.hasOwnProperty.call(message, "multiRoot") && message.multiRoot !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.multiRoot);
                if (message.trustBundles != null && $Object.hasOwnProperty.call(message, "trustBundles") && message.trustBundles !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.trustBundles);
                if (message.rootConfigMap != null && $Object.hasOwnProperty.call(message, "rootConfigMap") && message.rootConfigMap !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.rootConfigMap);
                if (message.longestLeafMs != null && $Object.hasOwnProperty.call(message, "longestLeafMs") && (typeof message.longestLeafMs === "object" ? message.longestLeafMs.low || message.longestLeafMs.high : message.longestLeafMs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.longestLeafMs);
                if (message.externalCa != null && $Object.hasOwnProperty.call(message, "externalCa") && message.externalCa !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.externalCa);
                if (message.unread != null && message.unread.length)
                    for (let i = 0; i < message.unread.length; ++i)
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.unread[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedIstiod.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedIstiod();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.multiRoot = value;
                            else
                                delete message.multiRoot;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trustBundles = value;
                            else
                                delete message.trustBundles;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rootConfigMap = value;
                            else
                                delete message.rootConfigMap;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.longestLeafMs = value;
                            else
                                delete message.longestLeafMs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.externalCa = value;
                            else
                                delete message.externalCa;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unread && message.unread.length))
                                message.unread = [];
                            message.unread.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedIstiod;
        })();

        v1.InspectedProxies = (function() {

            const InspectedProxies = function (properties) {
                this.examples = [];
                this.unread = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedProxies.prototype.role = "";

            InspectedProxies.prototype.version = "";

            InspectedProxies.prototype.learns = 0;

            InspectedProxies.prototype.leafLifetimeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedProxies.prototype.certificates = "";

            InspectedProxies.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedProxies.prototype.examples = $util.emptyArray;

            InspectedProxies.prototype.unread = $util.emptyArray;

            InspectedProxies.create = function(properties) {
                return new InspectedProxies(properties);
            };

            InspectedProxies.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.role);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.learns != null && $Object.hasOwnProperty.call(message, "learns") && message.learns !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.learns);
                if (message.leafLifetimeMs != null && $Object.hasOwnProperty.call(message, "leafLifetimeMs") && (typeof message.leafLifetimeMs === "object" ? message.leafLifetimeMs.low || message.leafLifetimeMs.high : message.leafLifetimeMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.leafLifetimeMs);
                if (message.certificates != null && $Object.hasOwnProperty.call(message, "certificates") && message.certificates !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.certificates);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.count);
                if (message.examples != null && message.examples.length)
                    for (let i = 0; i < message.examples.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.examples[i]);
                if (message.unread != null && message.unread.length)
                    for (let i = 0; i < message.unread.length; ++i)
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.unread[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedProxies.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedProxies();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.learns = value;
                            else
                                delete message.learns;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.leafLifetimeMs = value;
                            else
                                delete message.leafLifetimeMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.certificates = value;
                            else
                                delete message.certificates;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.examples && message.examples.length))
                                message.examples = [];
                            message.examples.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unread && message.unread.length))
                                message.unread = [];
                            message.unread.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedProxies;
        })();

        v1.InspectedCaFiles = (function() {

            const InspectedCaFiles = function (properties) {
                this.keys = [];
                this.findings = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedCaFiles.prototype.namespace = "";

            InspectedCaFiles.prototype.secret = "";

            InspectedCaFiles.prototype.keys = $util.emptyArray;

            InspectedCaFiles.prototype.findings = $util.emptyArray;

            InspectedCaFiles.create = function(properties) {
                return new InspectedCaFiles(properties);
            };

            InspectedCaFiles.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret") && message.secret !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.secret);
                if (message.keys != null && message.keys.length)
                    for (let i = 0; i < message.keys.length; ++i)
                        $root.reroot.v1.InspectedKey.encode(message.keys[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.findings != null && message.findings.length)
                    for (let i = 0; i < message.findings.length; ++i)
                        $root.reroot.v1.InspectedFinding.encode(message.findings[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedCaFiles.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedCaFiles();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.secret = value;
                            else
                                delete message.secret;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.keys && message.keys.length))
                                message.keys = [];
                            message.keys.push($root.reroot.v1.InspectedKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.findings && message.findings.length))
                                message.findings = [];
                            message.findings.push($root.reroot.v1.InspectedFinding.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedCaFiles;
        })();

        v1.InspectedKey = (function() {

            const InspectedKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedKey.prototype.name = "";

            InspectedKey.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedKey.create = function(properties) {
                return new InspectedKey(properties);
            };

            InspectedKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedKey;
        })();

        v1.InspectedFinding = (function() {

            const InspectedFinding = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedFinding.prototype.rule = "";

            InspectedFinding.prototype.verdict = "";

            InspectedFinding.prototype.message = "";

            InspectedFinding.create = function(properties) {
                return new InspectedFinding(properties);
            };

            InspectedFinding.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.rule);
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.verdict);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedFinding.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedFinding();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rule = value;
                            else
                                delete message.rule;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.verdict = value;
                            else
                                delete message.verdict;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedFinding;
        })();

        v1.InspectedWebhook = (function() {

            const InspectedWebhook = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedWebhook.prototype.name = "";

            InspectedWebhook.prototype.kind = "";

            InspectedWebhook.prototype.bundle = "";

            InspectedWebhook.prototype.written = "";

            InspectedWebhook.prototype.unknownBecause = "";

            InspectedWebhook.create = function(properties) {
                return new InspectedWebhook(properties);
            };

            InspectedWebhook.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.bundle != null && $Object.hasOwnProperty.call(message, "bundle") && message.bundle !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.bundle);
                if (message.written != null && $Object.hasOwnProperty.call(message, "written") && message.written !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.written);
                if (message.unknownBecause != null && $Object.hasOwnProperty.call(message, "unknownBecause") && message.unknownBecause !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.unknownBecause);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedWebhook.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedWebhook();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bundle = value;
                            else
                                delete message.bundle;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.written = value;
                            else
                                delete message.written;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unknownBecause = value;
                            else
                                delete message.unknownBecause;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedWebhook;
        })();

        v1.InspectedBudget = (function() {

            const InspectedBudget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedBudget.prototype.name = "";

            InspectedBudget.prototype.namespace = "";

            InspectedBudget.prototype.guards = "";

            InspectedBudget.prototype.allowed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            InspectedBudget.create = function(properties) {
                return new InspectedBudget(properties);
            };

            InspectedBudget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                if (message.guards != null && $Object.hasOwnProperty.call(message, "guards") && message.guards !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.guards);
                if (message.allowed != null && $Object.hasOwnProperty.call(message, "allowed") && (typeof message.allowed === "object" ? message.allowed.low || message.allowed.high : message.allowed !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.allowed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedBudget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedBudget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.guards = value;
                            else
                                delete message.guards;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.allowed = value;
                            else
                                delete message.allowed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedBudget;
        })();

        v1.InspectedRight = (function() {

            const InspectedRight = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            InspectedRight.prototype.right = "";

            InspectedRight.prototype.need = "";

            InspectedRight.prototype.allowed = "";

            InspectedRight.prototype.unknownBecause = "";

            InspectedRight.create = function(properties) {
                return new InspectedRight(properties);
            };

            InspectedRight.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.right != null && $Object.hasOwnProperty.call(message, "right") && message.right !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.right);
                if (message.need != null && $Object.hasOwnProperty.call(message, "need") && message.need !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.need);
                if (message.allowed != null && $Object.hasOwnProperty.call(message, "allowed") && message.allowed !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.allowed);
                if (message.unknownBecause != null && $Object.hasOwnProperty.call(message, "unknownBecause") && message.unknownBecause !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.unknownBecause);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            InspectedRight.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.InspectedRight();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.right = value;
                            else
                                delete message.right;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.need = value;
                            else
                                delete message.need;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.allowed = value;
                            else
                                delete message.allowed;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unknownBecause = value;
                            else
                                delete message.unknownBecause;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InspectedRight;
        })();

        v1.PathProbe = (function() {

            const PathProbe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PathProbe.prototype.address = "";

            PathProbe.prototype.serverName = "";

            PathProbe.prototype.group = "";

            PathProbe.prototype.replica = "";

            PathProbe.prototype.trustDomain = "";

            PathProbe.create = function(properties) {
                return new PathProbe(properties);
            };

            PathProbe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.address);
                if (message.serverName != null && $Object.hasOwnProperty.call(message, "serverName") && message.serverName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.serverName);
                if (message.group != null && $Object.hasOwnProperty.call(message, "group") && message.group !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.group);
                if (message.replica != null && $Object.hasOwnProperty.call(message, "replica") && message.replica !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.replica);
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain") && message.trustDomain !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.trustDomain);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PathProbe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.PathProbe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.serverName = value;
                            else
                                delete message.serverName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.group = value;
                            else
                                delete message.group;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.replica = value;
                            else
                                delete message.replica;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trustDomain = value;
                            else
                                delete message.trustDomain;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PathProbe;
        })();

        v1.PathProbeResult = (function() {

            const PathProbeResult = function (properties) {
                this.peerChain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PathProbeResult.prototype.state = 0;

            PathProbeResult.prototype.presented = null;

            PathProbeResult.prototype.peerChain = $util.emptyArray;

            PathProbeResult.prototype.peerIdentity = "";

            PathProbeResult.prototype.failure = null;

            PathProbeResult.prototype.refusedBy = 0;

            PathProbeResult.create = function(properties) {
                return new PathProbeResult(properties);
            };

            PathProbeResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.state);
                if (message.presented != null && $Object.hasOwnProperty.call(message, "presented"))
                    $root.reroot.v1.PresentedTrust.encode(message.presented, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.peerChain != null && message.peerChain.length)
                    for (let i = 0; i < message.peerChain.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.peerChain[i]);
                if (message.peerIdentity != null && $Object.hasOwnProperty.call(message, "peerIdentity") && message.peerIdentity !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.peerIdentity);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.reroot.v1.HandshakeFailure.encode(message.failure, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.refusedBy != null && $Object.hasOwnProperty.call(message, "refusedBy") && message.refusedBy !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.refusedBy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PathProbeResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.PathProbeResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.presented = $root.reroot.v1.PresentedTrust.decode(reader, reader.size(), $undefined, _depth + 1, message.presented);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peerChain && message.peerChain.length))
                                message.peerChain = [];
                            message.peerChain.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peerIdentity = value;
                            else
                                delete message.peerIdentity;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.reroot.v1.HandshakeFailure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.refusedBy = value;
                            else
                                delete message.refusedBy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PathProbeResult;
        })();

        v1.RefusingEnd = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REFUSING_END_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REFUSING_END_AGENT"] = 1;
            values[valuesById[2] = "REFUSING_END_PEER"] = 2;
            return values;
        })();

        v1.RootCertificateAuthority = (function() {

            const RootCertificateAuthority = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RootCertificateAuthority.prototype.generated = null;

            RootCertificateAuthority.prototype.secret = null;

            RootCertificateAuthority.prototype.vault = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(RootCertificateAuthority.prototype, "caSource", {
                get: $util.oneOfGetter($oneOfFields = ["generated", "secret", "vault"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            RootCertificateAuthority.create = function(properties) {
                return new RootCertificateAuthority(properties);
            };

            RootCertificateAuthority.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.generated != null && $Object.hasOwnProperty.call(message, "generated"))
                    $root.reroot.v1.CommonCertOptions.encode(message.generated, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret"))
                    $root.reroot.v1.ObjectRef.encode(message.secret, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.vault != null && $Object.hasOwnProperty.call(message, "vault"))
                    $root.reroot.v1.VaultRootCA.encode(message.vault, writer.uint32(/* id 1001, wireType 2 =*/8010).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RootCertificateAuthority.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.RootCertificateAuthority();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.generated = $root.reroot.v1.CommonCertOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.generated);
                            message.caSource = "generated";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.secret = $root.reroot.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.secret);
                            message.caSource = "secret";
                            continue;
                        }
                    case 1001: {
                            if (wireType !== 2)
                                break;
                            message.vault = $root.reroot.v1.VaultRootCA.decode(reader, reader.size(), $undefined, _depth + 1, message.vault);
                            message.caSource = "vault";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RootCertificateAuthority;
        })();

        v1.VaultRootCA = (function() {

            const VaultRootCA = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VaultRootCA.prototype.server = "";

            VaultRootCA.prototype.caBundle = $util.newBuffer([]);

            VaultRootCA.prototype.namespace = "";

            VaultRootCA.prototype.tokenSecretRef = null;

            VaultRootCA.prototype.kubernetesAuth = null;

            VaultRootCA.prototype.mountPath = "";

            VaultRootCA.prototype.issuerRef = "";

            VaultRootCA.prototype.options = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(VaultRootCA.prototype, "authType", {
                get: $util.oneOfGetter($oneOfFields = ["tokenSecretRef", "kubernetesAuth"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            VaultRootCA.create = function(properties) {
                return new VaultRootCA(properties);
            };

            VaultRootCA.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.server != null && $Object.hasOwnProperty.call(message, "server") && message.server !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.server);
                if (message.caBundle != null && $Object.hasOwnProperty.call(message, "caBundle") && message.caBundle.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.caBundle);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.tokenSecretRef != null && $Object.hasOwnProperty.call(message, "tokenSecretRef"))
                    $root.reroot.v1.ObjectRef.encode(message.tokenSecretRef, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.kubernetesAuth != null && $Object.hasOwnProperty.call(message, "kubernetesAuth"))
                    $root.reroot.v1.VaultKubernetesAuth.encode(message.kubernetesAuth, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.mountPath != null && $Object.hasOwnProperty.call(message, "mountPath") && message.mountPath !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.mountPath);
                if (message.issuerRef != null && $Object.hasOwnProperty.call(message, "issuerRef") && message.issuerRef !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.issuerRef);
                if (message.options != null && $Object.hasOwnProperty.call(message, "options"))
                    $root.reroot.v1.CommonCertOptions.encode(message.options, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VaultRootCA.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VaultRootCA();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.server = value;
                            else
                                delete message.server;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.caBundle = value;
                            else
                                delete message.caBundle;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.tokenSecretRef = $root.reroot.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.tokenSecretRef);
                            message.authType = "tokenSecretRef";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.kubernetesAuth = $root.reroot.v1.VaultKubernetesAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.kubernetesAuth);
                            message.authType = "kubernetesAuth";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mountPath = value;
                            else
                                delete message.mountPath;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.issuerRef = value;
                            else
                                delete message.issuerRef;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.options = $root.reroot.v1.CommonCertOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.options);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VaultRootCA;
        })();

        v1.IntermediateCertificateAuthority = (function() {

            const IntermediateCertificateAuthority = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IntermediateCertificateAuthority.prototype.vault = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(IntermediateCertificateAuthority.prototype, "caSource", {
                get: $util.oneOfGetter($oneOfFields = ["vault"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            IntermediateCertificateAuthority.create = function(properties) {
                return new IntermediateCertificateAuthority(properties);
            };

            IntermediateCertificateAuthority.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.vault != null && $Object.hasOwnProperty.call(message, "vault"))
                    $root.reroot.v1.VaultCA.encode(message.vault, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IntermediateCertificateAuthority.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.IntermediateCertificateAuthority();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.vault = $root.reroot.v1.VaultCA.decode(reader, reader.size(), $undefined, _depth + 1, message.vault);
                            message.caSource = "vault";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IntermediateCertificateAuthority;
        })();

        v1.CommonCertOptions = (function() {

            const CommonCertOptions = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CommonCertOptions.prototype.ttlDays = 0;

            CommonCertOptions.prototype.rsaKeySizeBytes = 0;

            CommonCertOptions.prototype.orgName = "";

            CommonCertOptions.prototype.secretRotationGracePeriodRatio = 0;

            CommonCertOptions.prototype.keyAlgorithm = 0;

            CommonCertOptions.create = function(properties) {
                return new CommonCertOptions(properties);
            };

            CommonCertOptions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ttlDays != null && $Object.hasOwnProperty.call(message, "ttlDays") && message.ttlDays !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.ttlDays);
                if (message.rsaKeySizeBytes != null && $Object.hasOwnProperty.call(message, "rsaKeySizeBytes") && message.rsaKeySizeBytes !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.rsaKeySizeBytes);
                if (message.orgName != null && $Object.hasOwnProperty.call(message, "orgName") && message.orgName !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.orgName);
                if (message.secretRotationGracePeriodRatio != null && $Object.hasOwnProperty.call(message, "secretRotationGracePeriodRatio") && !$Object.is(message.secretRotationGracePeriodRatio, 0))
                    writer.uint32(/* id 4, wireType 5 =*/37).float(message.secretRotationGracePeriodRatio);
                if (message.keyAlgorithm != null && $Object.hasOwnProperty.call(message, "keyAlgorithm") && message.keyAlgorithm !== 0)
                    writer.uint32(/* id 1001, wireType 0 =*/8008).int32(message.keyAlgorithm);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CommonCertOptions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CommonCertOptions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ttlDays = value;
                            else
                                delete message.ttlDays;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rsaKeySizeBytes = value;
                            else
                                delete message.rsaKeySizeBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.orgName = value;
                            else
                                delete message.orgName;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            if (!$Object.is(value = reader.float(), 0))
                                message.secretRotationGracePeriodRatio = value;
                            else
                                delete message.secretRotationGracePeriodRatio;
                            continue;
                        }
                    case 1001: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.keyAlgorithm = value;
                            else
                                delete message.keyAlgorithm;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CommonCertOptions;
        })();

        v1.KeyAlgorithm = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "KEY_ALGORITHM_UNSPECIFIED"] = 0;
            values[valuesById[1] = "KEY_ALGORITHM_RSA"] = 1;
            values[valuesById[2] = "KEY_ALGORITHM_ECDSA_P256"] = 2;
            values[valuesById[3] = "KEY_ALGORITHM_ECDSA_P384"] = 3;
            return values;
        })();

        v1.ObjectRef = (function() {

            const ObjectRef = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ObjectRef.prototype.name = "";

            ObjectRef.prototype.namespace = "";

            ObjectRef.create = function(properties) {
                return new ObjectRef(properties);
            };

            ObjectRef.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ObjectRef.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.ObjectRef();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ObjectRef;
        })();

        v1.VaultCA = (function() {

            const VaultCA = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VaultCA.prototype.caPath = "";

            VaultCA.prototype.csrPath = "";

            VaultCA.prototype.server = "";

            VaultCA.prototype.caBundle = $util.newBuffer([]);

            VaultCA.prototype.namespace = "";

            VaultCA.prototype.tokenSecretRef = null;

            VaultCA.prototype.kubernetesAuth = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(VaultCA.prototype, "authType", {
                get: $util.oneOfGetter($oneOfFields = ["tokenSecretRef", "kubernetesAuth"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            VaultCA.create = function(properties) {
                return new VaultCA(properties);
            };

            VaultCA.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.caPath != null && $Object.hasOwnProperty.call(message, "caPath") && message.caPath !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.caPath);
                if (message.csrPath != null && $Object.hasOwnProperty.call(message, "csrPath") && message.csrPath !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.csrPath);
                if (message.server != null && $Object.hasOwnProperty.call(message, "server") && message.server !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.server);
                if (message.caBundle != null && $Object.hasOwnProperty.call(message, "caBundle") && message.caBundle.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.caBundle);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.namespace);
                if (message.tokenSecretRef != null && $Object.hasOwnProperty.call(message, "tokenSecretRef"))
                    $root.reroot.v1.ObjectRef.encode(message.tokenSecretRef, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.kubernetesAuth != null && $Object.hasOwnProperty.call(message, "kubernetesAuth"))
                    $root.reroot.v1.VaultKubernetesAuth.encode(message.kubernetesAuth, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VaultCA.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VaultCA();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.caPath = value;
                            else
                                delete message.caPath;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.csrPath = value;
                            else
                                delete message.csrPath;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.server = value;
                            else
                                delete message.server;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.caBundle = value;
                            else
                                delete message.caBundle;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.tokenSecretRef = $root.reroot.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.tokenSecretRef);
                            message.authType = "tokenSecretRef";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.kubernetesAuth = $root.reroot.v1.VaultKubernetesAuth.decode(reader, reader.size(), $undefined, _depth + 1, message.kubernetesAuth);
                            message.authType = "kubernetesAuth";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VaultCA;
        })();

        v1.VaultKubernetesAuth = (function() {

            const VaultKubernetesAuth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VaultKubernetesAuth.prototype.mountPath = "";

            VaultKubernetesAuth.prototype.role = "";

            VaultKubernetesAuth.prototype.secretTokenKey = "";

            VaultKubernetesAuth.prototype.serviceAccountRef = null;

            VaultKubernetesAuth.prototype.mountedSaPath = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(VaultKubernetesAuth.prototype, "serviceAccountLocation", {
                get: $util.oneOfGetter($oneOfFields = ["serviceAccountRef", "mountedSaPath"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            VaultKubernetesAuth.create = function(properties) {
                return new VaultKubernetesAuth(properties);
            };

            VaultKubernetesAuth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mountPath != null && $Object.hasOwnProperty.call(message, "mountPath") && message.mountPath !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.mountPath);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.role);
                if (message.secretTokenKey != null && $Object.hasOwnProperty.call(message, "secretTokenKey") && message.secretTokenKey !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.secretTokenKey);
                if (message.serviceAccountRef != null && $Object.hasOwnProperty.call(message, "serviceAccountRef"))
                    $root.reroot.v1.ObjectRef.encode(message.serviceAccountRef, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.mountedSaPath != null && $Object.hasOwnProperty.call(message, "mountedSaPath"))
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.mountedSaPath);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VaultKubernetesAuth.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VaultKubernetesAuth();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mountPath = value;
                            else
                                delete message.mountPath;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.secretTokenKey = value;
                            else
                                delete message.secretTokenKey;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.serviceAccountRef = $root.reroot.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.serviceAccountRef);
                            message.serviceAccountLocation = "serviceAccountRef";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.mountedSaPath = reader.stringVerify();
                            message.serviceAccountLocation = "mountedSaPath";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VaultKubernetesAuth;
        })();

        v1.CertificateRotationState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "NOT_ROTATING"] = 0;
            values[valuesById[1] = "PREVIOUS_CA"] = 1;
            values[valuesById[2] = "ADDING_NEW_ROOT"] = 2;
            values[valuesById[3] = "PROPAGATING_NEW_INTERMEDIATE"] = 3;
            values[valuesById[4] = "DELETING_OLD_ROOT"] = 4;
            values[valuesById[5] = "VERIFYING"] = 5;
            values[valuesById[6] = "VERIFIED"] = 6;
            values[valuesById[7] = "ROLLING_BACK"] = 7;
            values[valuesById[8] = "FINISHED"] = 8;
            values[valuesById[9] = "FAILED"] = 9;
            return values;
        })();

        v1.CertificateRotationCondition = (function() {

            const CertificateRotationCondition = function (properties) {
                this.errors = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CertificateRotationCondition.prototype.timestamp = "";

            CertificateRotationCondition.prototype.state = 0;

            CertificateRotationCondition.prototype.message = "";

            CertificateRotationCondition.prototype.errors = $util.emptyArray;

            CertificateRotationCondition.create = function(properties) {
                return new CertificateRotationCondition(properties);
            };

            CertificateRotationCondition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && message.timestamp !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.timestamp);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.state);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.errors != null && message.errors.length)
                    for (let i = 0; i < message.errors.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.errors[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CertificateRotationCondition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CertificateRotationCondition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.timestamp = value;
                            else
                                delete message.timestamp;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.errors && message.errors.length))
                                message.errors = [];
                            message.errors.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CertificateRotationCondition;
        })();

        v1.CertificateRotationVerificationMethod = (function() {

            const CertificateRotationVerificationMethod = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CertificateRotationVerificationMethod.prototype.none = null;

            CertificateRotationVerificationMethod.prototype.manual = null;

            CertificateRotationVerificationMethod.prototype.automatic = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(CertificateRotationVerificationMethod.prototype, "method", {
                get: $util.oneOfGetter($oneOfFields = ["none", "manual", "automatic"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            CertificateRotationVerificationMethod.create = function(properties) {
                return new CertificateRotationVerificationMethod(properties);
            };

            CertificateRotationVerificationMethod.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.none != null && $Object.hasOwnProperty.call(message, "none"))
                    $root.google.protobuf.Empty.encode(message.none, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.manual != null && $Object.hasOwnProperty.call(message, "manual"))
                    $root.google.protobuf.Empty.encode(message.manual, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.automatic != null && $Object.hasOwnProperty.call(message, "automatic"))
                    $root.reroot.v1.AutomaticVerification.encode(message.automatic, writer.uint32(/* id 1001, wireType 2 =*/8010).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CertificateRotationVerificationMethod.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CertificateRotationVerificationMethod();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.none = $root.google.protobuf.Empty.decode(reader, reader.size(), $undefined, _depth + 1, message.none);
                            message.method = "none";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.manual = $root.google.protobuf.Empty.decode(reader, reader.size(), $undefined, _depth + 1, message.manual);
                            message.method = "manual";
                            continue;
                        }
                    case 1001: {
                            if (wireType !== 2)
                                break;
                            message.automatic = $root.reroot.v1.AutomaticVerification.decode(reader, reader.size(), $undefined, _depth + 1, message.automatic);
                            message.method = "automatic";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CertificateRotationVerificationMethod;
        })();

        v1.AutomaticVerification = (function() {

            const AutomaticVerification = function (properties) {
                this.pathProbes = [];
                this.checks = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            AutomaticVerification.prototype.soak = null;

            AutomaticVerification.prototype.timeout = null;

            AutomaticVerification.prototype.onFailure = 0;

            AutomaticVerification.prototype.handshakes = 0;

            AutomaticVerification.prototype.negativeProof = 0;

            AutomaticVerification.prototype.pathProbes = $util.emptyArray;

            AutomaticVerification.prototype.checks = $util.emptyArray;

            AutomaticVerification.create = function(properties) {
                return new AutomaticVerification(properties);
            };

            AutomaticVerification.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.soak != null && $Object.hasOwnProperty.call(message, "soak"))
                    $root.google.protobuf.Duration.encode(message.soak, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    $root.google.protobuf.Duration.encode(message.timeout, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.onFailure != null && $Object.hasOwnProperty.call(message, "onFailure") && message.onFailure !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.onFailure);
                if (message.handshakes != null && $Object.hasOwnProperty.call(message, "handshakes") && message.handshakes !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.handshakes);
                if (message.negativeProof != null && $Object.hasOwnProperty.call(message, "negativeProof") && message.negativeProof !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.negativeProof);
                if (message.pathProbes != null && message.pathProbes.length)
                    for (let i = 0; i < message.pathProbes.length; ++i)
                        $root.reroot.v1.VerificationPathProbe.encode(message.pathProbes[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.checks != null && message.checks.length)
                    for (let i = 0; i < message.checks.length; ++i)
                        $root.reroot.v1.ExternalCheck.encode(message.checks[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            AutomaticVerification.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.AutomaticVerification();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.soak = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.soak);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.timeout = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.timeout);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.onFailure = value;
                            else
                                delete message.onFailure;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.handshakes = value;
                            else
                                delete message.handshakes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.negativeProof = value;
                            else
                                delete message.negativeProof;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pathProbes && message.pathProbes.length))
                                message.pathProbes = [];
                            message.pathProbes.push($root.reroot.v1.VerificationPathProbe.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.checks && message.checks.length))
                                message.checks = [];
                            message.checks.push($root.reroot.v1.ExternalCheck.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            AutomaticVerification.OnFailure = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ON_FAILURE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ON_FAILURE_HOLD"] = 1;
                values[valuesById[2] = "ON_FAILURE_ROLLBACK"] = 2;
                return values;
            })();

            AutomaticVerification.Handshakes = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "HANDSHAKES_UNSPECIFIED"] = 0;
                values[valuesById[1] = "HANDSHAKES_SAMPLED"] = 1;
                values[valuesById[2] = "HANDSHAKES_ALL_PAIRS"] = 2;
                values[valuesById[3] = "HANDSHAKES_OFF"] = 3;
                return values;
            })();

            AutomaticVerification.NegativeProof = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "NEGATIVE_PROOF_UNSPECIFIED"] = 0;
                values[valuesById[1] = "NEGATIVE_PROOF_WHERE_POSSIBLE"] = 1;
                values[valuesById[2] = "NEGATIVE_PROOF_REQUIRED"] = 2;
                values[valuesById[3] = "NEGATIVE_PROOF_OFF"] = 3;
                return values;
            })();

            return AutomaticVerification;
        })();

        v1.VerificationPathProbe = (function() {

            const VerificationPathProbe = function (properties) {
                this.clusters = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VerificationPathProbe.prototype.clusters = $util.emptyArray;

            VerificationPathProbe.prototype.address = "";

            VerificationPathProbe.prototype.serverName = "";

            VerificationPathProbe.create = function(properties) {
                return new VerificationPathProbe(properties);
            };

            VerificationPathProbe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clusters != null && message.clusters.length)
                    for (let i = 0; i < message.clusters.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusters[i]);
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.address);
                if (message.serverName != null && $Object.hasOwnProperty.call(message, "serverName") && message.serverName !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.serverName);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VerificationPathProbe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VerificationPathProbe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.clusters && message.clusters.length))
                                message.clusters = [];
                            message.clusters.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.serverName = value;
                            else
                                delete message.serverName;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VerificationPathProbe;
        })();

        v1.ExternalCheck = (function() {

            const ExternalCheck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ExternalCheck.prototype.name = "";

            ExternalCheck.prototype.webhook = null;

            ExternalCheck.prototype.prometheus = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(ExternalCheck.prototype, "check", {
                get: $util.oneOfGetter($oneOfFields = ["webhook", "prometheus"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ExternalCheck.create = function(properties) {
                return new ExternalCheck(properties);
            };

            ExternalCheck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.webhook != null && $Object.hasOwnProperty.call(message, "webhook"))
                    $root.reroot.v1.WebhookCheck.encode(message.webhook, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.prometheus != null && $Object.hasOwnProperty.call(message, "prometheus"))
                    $root.reroot.v1.PrometheusCheck.encode(message.prometheus, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ExternalCheck.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.ExternalCheck();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.webhook = $root.reroot.v1.WebhookCheck.decode(reader, reader.size(), $undefined, _depth + 1, message.webhook);
                            message.check = "webhook";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.prometheus = $root.reroot.v1.PrometheusCheck.decode(reader, reader.size(), $undefined, _depth + 1, message.prometheus);
                            message.check = "prometheus";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ExternalCheck;
        })();

        v1.WebhookCheck = (function() {

            const WebhookCheck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            WebhookCheck.prototype.url = "";

            WebhookCheck.prototype.timeout = null;

            WebhookCheck.create = function(properties) {
                return new WebhookCheck(properties);
            };

            WebhookCheck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.url);
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
                    $root.google.protobuf.Duration.encode(message.timeout, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            WebhookCheck.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.WebhookCheck();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.url = value;
                            else
                                delete message.url;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.timeout = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.timeout);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return WebhookCheck;
        })();

        v1.PrometheusCheck = (function() {

            const PrometheusCheck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PrometheusCheck.prototype.url = "";

            PrometheusCheck.prototype.query = "";

            PrometheusCheck.prototype.max = null;

            PrometheusCheck.prototype.baseline = null;

            PrometheusCheck.prototype["for"] = null;

            PrometheusCheck.prototype.noData = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(PrometheusCheck.prototype, "limit", {
                get: $util.oneOfGetter($oneOfFields = ["max", "baseline"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PrometheusCheck.create = function(properties) {
                return new PrometheusCheck(properties);
            };

            PrometheusCheck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.url);
                if (message.query != null && $Object.hasOwnProperty.call(message, "query") && message.query !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.query);
                if (message.max != null && $Object.hasOwnProperty.call(message, "max"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.max);
                if (message.baseline != null && $Object.hasOwnProperty.call(message, "baseline"))
                    $root.reroot.v1.BaselineLimit.encode(message.baseline, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message["for"] != null && $Object.hasOwnProperty.call(message, "for"))
                    $root.google.protobuf.Duration.encode(message["for"], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.noData != null && $Object.hasOwnProperty.call(message, "noData") && message.noData !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).int32(message.noData);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PrometheusCheck.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.PrometheusCheck();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.url = value;
                            else
                                delete message.url;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.query = value;
                            else
                                delete message.query;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.max = reader.double();
                            message.limit = "max";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.baseline = $root.reroot.v1.BaselineLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.baseline);
                            message.limit = "baseline";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message["for"] = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message["for"]);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.noData = value;
                            else
                                delete message.noData;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            PrometheusCheck.NoData = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "NO_DATA_UNSPECIFIED"] = 0;
                values[valuesById[1] = "NO_DATA_FAIL"] = 1;
                values[valuesById[2] = "NO_DATA_PASS"] = 2;
                return values;
            })();

            return PrometheusCheck;
        })();

        v1.BaselineLimit = (function() {

            const BaselineLimit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            BaselineLimit.prototype.ratio = 0;

            BaselineLimit.prototype.tolerance = 0;

            BaselineLimit.create = function(properties) {
                return new BaselineLimit(properties);
            };

            BaselineLimit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ratio != null && $Object.hasOwnProperty.call(message, "ratio") && !$Object.is(message.ratio, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.ratio);
                if (message.tolerance != null && $Object.hasOwnProperty.call(message, "tolerance") && !$Object.is(message.tolerance, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.tolerance);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            BaselineLimit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.BaselineLimit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ratio = value;
                            else
                                delete message.ratio;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.tolerance = value;
                            else
                                delete message.tolerance;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BaselineLimit;
        })();

        v1.CertificateRotationStrategy = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MULTI_ROOT"] = 0;
            values[valuesById[1] = "NONE"] = 1;
            return values;
        })();

        v1.VirtualMesh = (function() {

            const VirtualMesh = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VirtualMesh.prototype.apiVersion = "";

            VirtualMesh.prototype.kind = "";

            VirtualMesh.prototype.metadata = null;

            VirtualMesh.prototype.spec = null;

            VirtualMesh.create = function(properties) {
                return new VirtualMesh(properties);
            };

            VirtualMesh.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.apiVersion != null && $Object.hasOwnProperty.call(message, "apiVersion") && message.apiVersion !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.apiVersion);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.reroot.v1.ObjectMeta.encode(message.metadata, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    $root.reroot.v1.VirtualMeshSpec.encode(message.spec, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VirtualMesh.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VirtualMesh();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.apiVersion = value;
                            else
                                delete message.apiVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.reroot.v1.ObjectMeta.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.spec = $root.reroot.v1.VirtualMeshSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.spec);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VirtualMesh;
        })();

        v1.ObjectMeta = (function() {

            const ObjectMeta = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ObjectMeta.prototype.name = "";

            ObjectMeta.create = function(properties) {
                return new ObjectMeta(properties);
            };

            ObjectMeta.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ObjectMeta.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.ObjectMeta();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ObjectMeta;
        })();

        v1.VirtualMeshSpec = (function() {

            const VirtualMeshSpec = function (properties) {
                this.clusters = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VirtualMeshSpec.prototype.mtlsConfig = null;

            VirtualMeshSpec.prototype.clusters = $util.emptyArray;

            VirtualMeshSpec.prototype.trustDomain = "";

            VirtualMeshSpec.create = function(properties) {
                return new VirtualMeshSpec(properties);
            };

            VirtualMeshSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mtlsConfig != null && $Object.hasOwnProperty.call(message, "mtlsConfig"))
                    $root.reroot.v1.MTLSConfig.encode(message.mtlsConfig, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.clusters != null && message.clusters.length)
                    for (let i = 0; i < message.clusters.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.clusters[i]);
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain") && message.trustDomain !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.trustDomain);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VirtualMeshSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.VirtualMeshSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.mtlsConfig = $root.reroot.v1.MTLSConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.mtlsConfig);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.clusters && message.clusters.length))
                                message.clusters = [];
                            message.clusters.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trustDomain = value;
                            else
                                delete message.trustDomain;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VirtualMeshSpec;
        })();

        v1.MTLSConfig = (function() {

            const MTLSConfig = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            MTLSConfig.prototype.shared = null;

            MTLSConfig.create = function(properties) {
                return new MTLSConfig(properties);
            };

            MTLSConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.shared != null && $Object.hasOwnProperty.call(message, "shared"))
                    $root.reroot.v1.SharedTrust.encode(message.shared, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            MTLSConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.MTLSConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.shared = $root.reroot.v1.SharedTrust.decode(reader, reader.size(), $undefined, _depth + 1, message.shared);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return MTLSConfig;
        })();

        v1.SharedTrust = (function() {

            const SharedTrust = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            SharedTrust.prototype.rootCertificateAuthority = null;

            SharedTrust.prototype.intermediateCertificateAuthority = null;

            SharedTrust.prototype.intermediateCertOptions = null;

            SharedTrust.prototype.certificateRotation = null;

            SharedTrust.create = function(properties) {
                return new SharedTrust(properties);
            };

            SharedTrust.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rootCertificateAuthority != null && $Object.hasOwnProperty.call(message, "rootCertificateAuthority"))
                    $root.reroot.v1.RootCertificateAuthority.encode(message.rootCertificateAuthority, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.intermediateCertificateAuthority != null && $Object.hasOwnProperty.call(message, "intermediateCertificateAuthority"))
                    $root.reroot.v1.IntermediateCertificateAuthority.encode(message.intermediateCertificateAuthority, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.intermediateCertOptions != null && $Object.hasOwnProperty.call(message, "intermediateCertOptions"))
                    $root.reroot.v1.CommonCertOptions.encode(message.intermediateCertOptions, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.certificateRotation != null && $Object.hasOwnProperty.call(message, "certificateRotation"))
                    $root.reroot.v1.CertificateRotationPolicy.encode(message.certificateRotation, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            SharedTrust.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.SharedTrust();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.rootCertificateAuthority = $root.reroot.v1.RootCertificateAuthority.decode(reader, reader.size(), $undefined, _depth + 1, message.rootCertificateAuthority);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.intermediateCertificateAuthority = $root.reroot.v1.IntermediateCertificateAuthority.decode(reader, reader.size(), $undefined, _depth + 1, message.intermediateCertificateAuthority);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.intermediateCertOptions = $root.reroot.v1.CommonCertOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.intermediateCertOptions);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.certificateRotation = $root.reroot.v1.CertificateRotationPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.certificateRotation);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SharedTrust;
        })();

        v1.CertificateRotationPolicy = (function() {

            const CertificateRotationPolicy = function (properties) {
                this.maintenanceWindows = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            CertificateRotationPolicy.prototype.strategy = 0;

            CertificateRotationPolicy.prototype.verification = null;

            CertificateRotationPolicy.prototype.waves = null;

            CertificateRotationPolicy.prototype.stepTimeout = null;

            CertificateRotationPolicy.prototype.silentClusters = null;

            CertificateRotationPolicy.prototype.maintenanceWindows = $util.emptyArray;

            CertificateRotationPolicy.prototype.requiredEvidence = 0;

            CertificateRotationPolicy.prototype.restarts = 0;

            CertificateRotationPolicy.prototype.minimumOverlap = null;

            CertificateRotationPolicy.prototype.minimumRootValidity = null;

            CertificateRotationPolicy.prototype.approvals = null;

            CertificateRotationPolicy.prototype.rootKeyRetention = null;

            CertificateRotationPolicy.prototype.workloadRestarts = 0;

            CertificateRotationPolicy.prototype.drift = 0;

            CertificateRotationPolicy.prototype.emergency = null;

            CertificateRotationPolicy.create = function(properties) {
                return new CertificateRotationPolicy(properties);
            };

            CertificateRotationPolicy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.strategy != null && $Object.hasOwnProperty.call(message, "strategy") && message.strategy !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.strategy);
                if (message.verification != null && $Object.hasOwnProperty.call(message, "verification"))
                    $root.reroot.v1.CertificateRotationVerificationMethod.encode(message.verification, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.waves != null && $Object.hasOwnProperty.call(message, "waves"))
                    $root.reroot.v1.WavePolicy.encode(message.waves, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.stepTimeout != null && $Object.hasOwnProperty.call(message, "stepTimeout"))
                    $root.reroot.v1.StepTimeout.encode(message.stepTimeout, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.silentClusters != null && $Object.hasOwnProperty.call(message, "silentClusters"))
                    $root.reroot.v1.SilentClusterPolicy.encode(message.silentClusters, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.maintenanceWindows != null && message.maintenanceWindows.length)
                    for (let i = 0; i < message.maintenanceWindows.length; ++i)
                        $root.reroot.v1.MaintenanceWindow.encode(message.maintenanceWindows[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.requiredEvidence != null && $Object.hasOwnProperty.call(message, "requiredEvidence") && message.requiredEvidence !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).int32(message.requiredEvidence);
                if (message.restarts != null && $Object.hasOwnProperty.call(message, "restarts") && message.restarts !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).int32(message.restarts);
                if (message.minimumOverlap != null && $Object.hasOwnProperty.call(message, "minimumOverlap"))
                    $root.google.protobuf.Duration.encode(message.minimumOverlap, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.minimumRootValidity != null && $Object.hasOwnProperty.call(message, "minimumRootValidity"))
                    $root.google.protobuf.Duration.encode(message.minimumRootValidity, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.approvals != null && $Object.hasOwnProperty.call(message, "approvals"))
                    $root.reroot.v1.ApprovalPolicy.encode(message.approvals, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.rootKeyRetention != null && $Object.hasOwnProperty.call(message, "rootKeyRetention"))
                    $root.google.protobuf.Duration.encode(message.rootKeyRetention, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.workloadRestarts != null && $Object.hasOwnProperty.call(message, "workloadRestarts") && message.workloadRestarts !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).int32(message.workloadRestarts);
                if (message.drift != null && $Object.hasOwnProperty.call(message, "drift") && message.drift !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).int32(message.drift);
                if (message.emergency != null && $Object.hasOwnProperty.call(message, "emergency"))
                    $root.reroot.v1.EmergencyPolicy.encode(message.emergency, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            CertificateRotationPolicy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.CertificateRotationPolicy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.strategy = value;
                            else
                                delete message.strategy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.verification = $root.reroot.v1.CertificateRotationVerificationMethod.decode(reader, reader.size(), $undefined, _depth + 1, message.verification);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.waves = $root.reroot.v1.WavePolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.waves);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.stepTimeout = $root.reroot.v1.StepTimeout.decode(reader, reader.size(), $undefined, _depth + 1, message.stepTimeout);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.silentClusters = $root.reroot.v1.SilentClusterPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.silentClusters);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.maintenanceWindows && message.maintenanceWindows.length))
                                message.maintenanceWindows = [];
                            message.maintenanceWindows.push($root.reroot.v1.MaintenanceWindow.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.requiredEvidence = value;
                            else
                                delete message.requiredEvidence;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.restarts = value;
                            else
                                delete message.restarts;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.minimumOverlap = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.minimumOverlap);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.minimumRootValidity = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.minimumRootValidity);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.approvals = $root.reroot.v1.ApprovalPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.approvals);
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.rootKeyRetention = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.rootKeyRetention);
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.workloadRestarts = value;
                            else
                                delete message.workloadRestarts;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.drift = value;
                            else
                                delete message.drift;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.emergency = $root.reroot.v1.EmergencyPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.emergency);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            CertificateRotationPolicy.Drift = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "DRIFT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "DRIFT_REAPPLY"] = 1;
                values[valuesById[2] = "DRIFT_REPORT"] = 2;
                return values;
            })();

            CertificateRotationPolicy.Evidence = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "EVIDENCE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "EVIDENCE_WRITTEN"] = 1;
                values[valuesById[2] = "EVIDENCE_LOADED"] = 2;
                values[valuesById[3] = "EVIDENCE_PUBLISHED"] = 3;
                values[valuesById[4] = "EVIDENCE_HELD"] = 4;
                return values;
            })();

            CertificateRotationPolicy.Restart = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "RESTART_UNSPECIFIED"] = 0;
                values[valuesById[1] = "RESTART_NEVER"] = 1;
                values[valuesById[2] = "RESTART_NEEDED"] = 2;
                values[valuesById[3] = "RESTART_ALWAYS"] = 3;
                return values;
            })();

            return CertificateRotationPolicy;
        })();

        v1.EmergencyPolicy = (function() {

            const EmergencyPolicy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            EmergencyPolicy.prototype.restarts = 0;

            EmergencyPolicy.prototype.workloadRestarts = 0;

            EmergencyPolicy.create = function(properties) {
                return new EmergencyPolicy(properties);
            };

            EmergencyPolicy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.restarts != null && $Object.hasOwnProperty.call(message, "restarts") && message.restarts !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.restarts);
                if (message.workloadRestarts != null && $Object.hasOwnProperty.call(message, "workloadRestarts") && message.workloadRestarts !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.workloadRestarts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            EmergencyPolicy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.EmergencyPolicy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.restarts = value;
                            else
                                delete message.restarts;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.workloadRestarts = value;
                            else
                                delete message.workloadRestarts;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return EmergencyPolicy;
        })();

        v1.WavePolicy = (function() {

            const WavePolicy = function (properties) {
                this.canaries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            WavePolicy.prototype.canaries = $util.emptyArray;

            WavePolicy.prototype.maxClusters = null;

            WavePolicy.prototype.maxPercent = null;

            WavePolicy.prototype.soak = null;

            WavePolicy.prototype.onFailure = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(WavePolicy.prototype, "size", {
                get: $util.oneOfGetter($oneOfFields = ["maxClusters", "maxPercent"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            WavePolicy.create = function(properties) {
                return new WavePolicy(properties);
            };

            WavePolicy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.canaries != null && message.canaries.length)
                    for (let i = 0; i < message.canaries.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.canaries[i]);
                if (message.maxClusters != null && $Object.hasOwnProperty.call(message, "maxClusters"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.maxClusters);
                if (message.maxPercent != null && $Object.hasOwnProperty.call(message, "maxPercent"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxPercent);
                if (message.soak != null && $Object.hasOwnProperty.call(message, "soak"))
                    $root.google.protobuf.Duration.encode(message.soak, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.onFailure != null && $Object.hasOwnProperty.call(message, "onFailure") && message.onFailure !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.onFailure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            WavePolicy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.WavePolicy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.canaries && message.canaries.length))
                                message.canaries = [];
                            message.canaries.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.maxClusters = reader.uint32();
                            message.size = "maxClusters";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.maxPercent = reader.uint32();
                            message.size = "maxPercent";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.soak = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.soak);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.onFailure = value;
                            else
                                delete message.onFailure;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            WavePolicy.OnFailure = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ON_FAILURE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ON_FAILURE_STOP"] = 1;
                values[valuesById[2] = "ON_FAILURE_CONTINUE"] = 2;
                return values;
            })();

            return WavePolicy;
        })();

        v1.StepTimeout = (function() {

            const StepTimeout = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            StepTimeout.prototype.after = null;

            StepTimeout.prototype.then = 0;

            StepTimeout.create = function(properties) {
                return new StepTimeout(properties);
            };

            StepTimeout.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.after != null && $Object.hasOwnProperty.call(message, "after"))
                    $root.google.protobuf.Duration.encode(message.after, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.then != null && $Object.hasOwnProperty.call(message, "then") && message.then !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.then);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            StepTimeout.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.StepTimeout();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.after = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.after);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.then = value;
                            else
                                delete message.then;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            StepTimeout.Then = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "THEN_UNSPECIFIED"] = 0;
                values[valuesById[1] = "THEN_HOLD"] = 1;
                values[valuesById[2] = "THEN_ROLLBACK"] = 2;
                return values;
            })();

            return StepTimeout;
        })();

        v1.SilentClusterPolicy = (function() {

            const SilentClusterPolicy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            SilentClusterPolicy.prototype.wait = null;

            SilentClusterPolicy.prototype.excludeAfter = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            $Object.defineProperty(SilentClusterPolicy.prototype, "action", {
                get: $util.oneOfGetter($oneOfFields = ["wait", "excludeAfter"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            SilentClusterPolicy.create = function(properties) {
                return new SilentClusterPolicy(properties);
            };

            SilentClusterPolicy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.wait != null && $Object.hasOwnProperty.call(message, "wait"))
                    $root.google.protobuf.Empty.encode(message.wait, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.excludeAfter != null && $Object.hasOwnProperty.call(message, "excludeAfter"))
                    $root.google.protobuf.Duration.encode(message.excludeAfter, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            SilentClusterPolicy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.SilentClusterPolicy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.wait = $root.google.protobuf.Empty.decode(reader, reader.size(), $undefined, _depth + 1, message.wait);
                            message.action = "wait";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.excludeAfter = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.excludeAfter);
                            message.action = "excludeAfter";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SilentClusterPolicy;
        })();

        v1.MaintenanceWindow = (function() {

            const MaintenanceWindow = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            MaintenanceWindow.prototype.cron = "";

            MaintenanceWindow.prototype.duration = null;

            MaintenanceWindow.prototype.timeZone = "";

            MaintenanceWindow.create = function(properties) {
                return new MaintenanceWindow(properties);
            };

            MaintenanceWindow.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cron != null && $Object.hasOwnProperty.call(message, "cron") && message.cron !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cron);
                if (message.duration != null && $Object.hasOwnProperty.call(message, "duration"))
                    $root.google.protobuf.Duration.encode(message.duration, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.timeZone);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            MaintenanceWindow.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.MaintenanceWindow();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cron = value;
                            else
                                delete message.cron;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.duration = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.duration);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.timeZone = value;
                            else
                                delete message.timeZone;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return MaintenanceWindow;
        })();

        v1.ApprovalPolicy = (function() {

            const ApprovalPolicy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ApprovalPolicy.prototype.fourEyes = false;

            ApprovalPolicy.prototype.expireAfter = null;

            ApprovalPolicy.create = function(properties) {
                return new ApprovalPolicy(properties);
            };

            ApprovalPolicy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.fourEyes != null && $Object.hasOwnProperty.call(message, "fourEyes") && message.fourEyes !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.fourEyes);
                if (message.expireAfter != null && $Object.hasOwnProperty.call(message, "expireAfter"))
                    $root.google.protobuf.Duration.encode(message.expireAfter, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ApprovalPolicy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reroot.v1.ApprovalPolicy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.fourEyes = value;
                            else
                                delete message.fourEyes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.expireAfter = $root.google.protobuf.Duration.decode(reader, reader.size(), $undefined, _depth + 1, message.expireAfter);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ApprovalPolicy;
        })();

        return v1;
    })();

    return reroot;
})();

export const google = $root.google = (() => {

    const google = {};

    google.protobuf = (function() {

        const protobuf = {};

        protobuf.Duration = (function() {

            const Duration = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Duration.prototype.seconds = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            Duration.prototype.nanos = 0;

            Duration.create = function(properties) {
                return new Duration(properties);
            };

            Duration.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && (typeof message.seconds === "object" ? message.seconds.low || message.seconds.high : message.seconds !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.seconds);
                if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos") && message.nanos !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.nanos);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Duration.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.protobuf.Duration();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.seconds = value;
                            else
                                delete message.seconds;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.nanos = value;
                            else
                                delete message.nanos;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Duration;
        })();

        protobuf.Empty = (function() {

            const Empty = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Empty.create = function(properties) {
                return new Empty(properties);
            };

            Empty.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Empty.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.protobuf.Empty();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Empty;
        })();

        return protobuf;
    })();

    return google;
})();

export {
  $root as default
};
