/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $Array = $util.global.Array, $isFinite = $util.global.isFinite;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const reroot = $root.reroot = (() => {

    /**
     * Namespace reroot.
     * @exports reroot
     * @namespace
     */
    const reroot = {};

    reroot.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof reroot
         * @namespace
         */
        const v1 = {};

        v1.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} reroot.v1.Envelope.$Properties
             * @property {string|null} [keyId] Envelope keyId
             * @property {reroot.v1.MessageKind|null} [kind] Envelope kind
             * @property {string|null} [mesh] Envelope mesh
             * @property {string|null} [cluster] Envelope cluster
             * @property {number|null} [term] Envelope term
             * @property {number|null} [generation] Envelope generation
             * @property {number|null} [sequence] Envelope sequence
             * @property {number|null} [sentAtMs] Envelope sentAtMs
             * @property {Uint8Array|null} [body] Envelope body
             * @property {Uint8Array|null} [signature] Envelope signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof reroot.v1
             * @interface IEnvelope
             * @augments reroot.v1.Envelope.$Properties
             * @deprecated Use reroot.v1.Envelope.$Properties instead.
             */

            /**
             * Shape of an Envelope.
             * @typedef {reroot.v1.Envelope.$Properties} reroot.v1.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof reroot.v1
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {reroot.v1.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope keyId.
             * @member {string} keyId
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.keyId = "";

            /**
             * Envelope kind.
             * @member {reroot.v1.MessageKind} kind
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.kind = 0;

            /**
             * Envelope mesh.
             * @member {string} mesh
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.mesh = "";

            /**
             * Envelope cluster.
             * @member {string} cluster
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.cluster = "";

            /**
             * Envelope term.
             * @member {number} term
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.term = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Envelope generation.
             * @member {number} generation
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Envelope sequence.
             * @member {number} sequence
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Envelope sentAtMs.
             * @member {number} sentAtMs
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.sentAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Envelope body.
             * @member {Uint8Array} body
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.body = $util.newBuffer([]);

            /**
             * Envelope signature.
             * @member {Uint8Array} signature
             * @memberof reroot.v1.Envelope
             * @instance
             */
            Envelope.prototype.signature = $util.newBuffer([]);

            /**
             * Creates a new Envelope instance using the specified properties.
             * @function create
             * @memberof reroot.v1.Envelope
             * @static
             * @param {reroot.v1.Envelope.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.Envelope} Envelope instance
             * @type {{
             *   (properties: reroot.v1.Envelope.$Shape): reroot.v1.Envelope & reroot.v1.Envelope.$Shape;
             *   (properties?: reroot.v1.Envelope.$Properties): reroot.v1.Envelope;
             * }}
             */
            Envelope.create = function(properties) {
                return new Envelope(properties);
            };

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link reroot.v1.Envelope.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.Envelope
             * @static
             * @param {reroot.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified Envelope message, length delimited. Does not implicitly {@link reroot.v1.Envelope.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.Envelope
             * @static
             * @param {reroot.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.Envelope & reroot.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an Envelope message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.Envelope & reroot.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an Envelope message.
             * @function verify
             * @memberof reroot.v1.Envelope
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Envelope.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                    if (!$util.isString(message.keyId))
                        return "keyId: string expected";
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    if (typeof message.kind !== "number" || (message.kind | 0) !== message.kind)
                        return "kind: enum value expected";
                if (message.mesh != null && $Object.hasOwnProperty.call(message, "mesh"))
                    if (!$util.isString(message.mesh))
                        return "mesh: string expected";
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    if (!$util.isString(message.cluster))
                        return "cluster: string expected";
                if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                    if (!$util.isInteger(message.term) && !(message.term && $util.isInteger(message.term.low) && $util.isInteger(message.term.high)))
                        return "term: integer|Long expected";
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                    if (!$util.isInteger(message.generation) && !(message.generation && $util.isInteger(message.generation.low) && $util.isInteger(message.generation.high)))
                        return "generation: integer|Long expected";
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                    if (!$util.isInteger(message.sequence) && !(message.sequence && $util.isInteger(message.sequence.low) && $util.isInteger(message.sequence.high)))
                        return "sequence: integer|Long expected";
                if (message.sentAtMs != null && $Object.hasOwnProperty.call(message, "sentAtMs"))
                    if (!$util.isInteger(message.sentAtMs) && !(message.sentAtMs && $util.isInteger(message.sentAtMs.low) && $util.isInteger(message.sentAtMs.high)))
                        return "sentAtMs: integer|Long expected";
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    if (!(message.body && typeof message.body.length === "number" || $util.isString(message.body)))
                        return "body: buffer expected";
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    if (!(message.signature && typeof message.signature.length === "number" || $util.isString(message.signature)))
                        return "signature: buffer expected";
                return null;
            };

            /**
             * Creates an Envelope message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.Envelope
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.Envelope} Envelope
             */
            Envelope.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.Envelope)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.Envelope: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.Envelope();
                if (object.keyId != null)
                    if (typeof object.keyId !== "string" || object.keyId.length)
                        message.keyId = $String(object.keyId);
                if (object.kind !== 0 && (typeof object.kind !== "string" || $root.reroot.v1.MessageKind[object.kind] !== 0))
                    switch (object.kind) {
                    case "MESSAGE_KIND_UNSPECIFIED":
                    case 0:
                        message.kind = 0;
                        break;
                    case "MESSAGE_KIND_DESIRED_TRUST":
                    case 1:
                        message.kind = 1;
                        break;
                    case "MESSAGE_KIND_REPORT":
                    case 2:
                        message.kind = 2;
                        break;
                    case "MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST":
                    case 3:
                        message.kind = 3;
                        break;
                    case "MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE":
                    case 4:
                        message.kind = 4;
                        break;
                    default:
                        if (typeof object.kind === "number" && (object.kind | 0) === object.kind)
                            message.kind = object.kind;
                    }
                if (object.mesh != null)
                    if (typeof object.mesh !== "string" || object.mesh.length)
                        message.mesh = $String(object.mesh);
                if (object.cluster != null)
                    if (typeof object.cluster !== "string" || object.cluster.length)
                        message.cluster = $String(object.cluster);
                if (object.term != null)
                    if (typeof object.term === "object" ? object.term.low || object.term.high : $Number(object.term) !== 0)
                        if ($util.Long)
                            message.term = $util.Long.fromValue(object.term, true);
                        else if (typeof object.term === "string")
                            message.term = $parseInt(object.term, 10);
                        else if (typeof object.term === "number")
                            message.term = object.term;
                        else if (typeof object.term === "object")
                            message.term = new $util.LongBits(object.term.low >>> 0, object.term.high >>> 0).toNumber(true);
                if (object.generation != null)
                    if (typeof object.generation === "object" ? object.generation.low || object.generation.high : $Number(object.generation) !== 0)
                        if ($util.Long)
                            message.generation = $util.Long.fromValue(object.generation, true);
                        else if (typeof object.generation === "string")
                            message.generation = $parseInt(object.generation, 10);
                        else if (typeof object.generation === "number")
                            message.generation = object.generation;
                        else if (typeof object.generation === "object")
                            message.generation = new $util.LongBits(object.generation.low >>> 0, object.generation.high >>> 0).toNumber(true);
                if (object.sequence != null)
                    if (typeof object.sequence === "object" ? object.sequence.low || object.sequence.high : $Number(object.sequence) !== 0)
                        if ($util.Long)
                            message.sequence = $util.Long.fromValue(object.sequence, true);
                        else if (typeof object.sequence === "string")
                            message.sequence = $parseInt(object.sequence, 10);
                        else if (typeof object.sequence === "number")
                            message.sequence = object.sequence;
                        else if (typeof object.sequence === "object")
                            message.sequence = new $util.LongBits(object.sequence.low >>> 0, object.sequence.high >>> 0).toNumber(true);
                if (object.sentAtMs != null)
                    if (typeof object.sentAtMs === "object" ? object.sentAtMs.low || object.sentAtMs.high : $Number(object.sentAtMs) !== 0)
                        if ($util.Long)
                            message.sentAtMs = $util.Long.fromValue(object.sentAtMs, true);
                        else if (typeof object.sentAtMs === "string")
                            message.sentAtMs = $parseInt(object.sentAtMs, 10);
                        else if (typeof object.sentAtMs === "number")
                            message.sentAtMs = object.sentAtMs;
                        else if (typeof object.sentAtMs === "object")
                            message.sentAtMs = new $util.LongBits(object.sentAtMs.low >>> 0, object.sentAtMs.high >>> 0).toNumber(true);
                if (object.body != null)
                    if (object.body.length)
                        if (typeof object.body === "string")
                            $util.base64.decode(object.body, message.body = $util.newBuffer($util.base64.length(object.body)), 0);
                        else if (object.body.length >= 0)
                            message.body = object.body;
                if (object.signature != null)
                    if (object.signature.length)
                        if (typeof object.signature === "string")
                            $util.base64.decode(object.signature, message.signature = $util.newBuffer($util.base64.length(object.signature)), 0);
                        else if (object.signature.length >= 0)
                            message.signature = object.signature;
                return message;
            };

            /**
             * Creates a plain object from an Envelope message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.Envelope
             * @static
             * @param {reroot.v1.Envelope} message Envelope
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Envelope.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.keyId = "";
                    object.kind = options.enums === $String ? "MESSAGE_KIND_UNSPECIFIED" : 0;
                    object.mesh = "";
                    object.cluster = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.term = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.term = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.generation = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.generation = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.sequence = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.sequence = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.sentAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.sentAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.body = "";
                    else {
                        object.body = [];
                        if (options.bytes !== $Array)
                            object.body = $util.newBuffer(object.body);
                    }
                    if (options.bytes === $String)
                        object.signature = "";
                    else {
                        object.signature = [];
                        if (options.bytes !== $Array)
                            object.signature = $util.newBuffer(object.signature);
                    }
                }
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                    object.keyId = message.keyId;
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    object.kind = options.enums === $String ? $root.reroot.v1.MessageKind[message.kind] === $undefined ? message.kind : $root.reroot.v1.MessageKind[message.kind] : message.kind;
                if (message.mesh != null && $Object.hasOwnProperty.call(message, "mesh"))
                    object.mesh = message.mesh;
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    object.cluster = message.cluster;
                if (message.term != null && $Object.hasOwnProperty.call(message, "term"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.term = typeof message.term === "number" ? $BigInt(message.term) : $util.Long.fromBits(message.term.low >>> 0, message.term.high >>> 0, true).toBigInt();
                    else if (typeof message.term === "number")
                        object.term = options.longs === $String ? $String(message.term) : message.term;
                    else
                        object.term = options.longs === $String ? $util.Long.prototype.toString.call(message.term) : options.longs === $Number ? new $util.LongBits(message.term.low >>> 0, message.term.high >>> 0).toNumber(true) : message.term;
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.generation = typeof message.generation === "number" ? $BigInt(message.generation) : $util.Long.fromBits(message.generation.low >>> 0, message.generation.high >>> 0, true).toBigInt();
                    else if (typeof message.generation === "number")
                        object.generation = options.longs === $String ? $String(message.generation) : message.generation;
                    else
                        object.generation = options.longs === $String ? $util.Long.prototype.toString.call(message.generation) : options.longs === $Number ? new $util.LongBits(message.generation.low >>> 0, message.generation.high >>> 0).toNumber(true) : message.generation;
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.sequence = typeof message.sequence === "number" ? $BigInt(message.sequence) : $util.Long.fromBits(message.sequence.low >>> 0, message.sequence.high >>> 0, true).toBigInt();
                    else if (typeof message.sequence === "number")
                        object.sequence = options.longs === $String ? $String(message.sequence) : message.sequence;
                    else
                        object.sequence = options.longs === $String ? $util.Long.prototype.toString.call(message.sequence) : options.longs === $Number ? new $util.LongBits(message.sequence.low >>> 0, message.sequence.high >>> 0).toNumber(true) : message.sequence;
                if (message.sentAtMs != null && $Object.hasOwnProperty.call(message, "sentAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.sentAtMs = typeof message.sentAtMs === "number" ? $BigInt(message.sentAtMs) : $util.Long.fromBits(message.sentAtMs.low >>> 0, message.sentAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.sentAtMs === "number")
                        object.sentAtMs = options.longs === $String ? $String(message.sentAtMs) : message.sentAtMs;
                    else
                        object.sentAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.sentAtMs) : options.longs === $Number ? new $util.LongBits(message.sentAtMs.low >>> 0, message.sentAtMs.high >>> 0).toNumber(true) : message.sentAtMs;
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    object.body = options.bytes === $String ? $util.base64.encode(message.body, 0, message.body.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.body) : message.body;
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    object.signature = options.bytes === $String ? $util.base64.encode(message.signature, 0, message.signature.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.signature) : message.signature;
                return object;
            };

            /**
             * Converts this Envelope to JSON.
             * @function toJSON
             * @memberof reroot.v1.Envelope
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Envelope.prototype.toJSON = function() {
                return Envelope.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Envelope
             * @function getTypeUrl
             * @memberof reroot.v1.Envelope
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Envelope.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.Envelope";
            };

            return Envelope;
        })();

        /**
         * MessageKind enum.
         * @name reroot.v1.MessageKind
         * @enum {number}
         * @property {number} MESSAGE_KIND_UNSPECIFIED=0 MESSAGE_KIND_UNSPECIFIED value
         * @property {number} MESSAGE_KIND_DESIRED_TRUST=1 MESSAGE_KIND_DESIRED_TRUST value
         * @property {number} MESSAGE_KIND_REPORT=2 MESSAGE_KIND_REPORT value
         * @property {number} MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST=3 MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST value
         * @property {number} MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE=4 MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE value
         */
        v1.MessageKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MESSAGE_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "MESSAGE_KIND_DESIRED_TRUST"] = 1;
            values[valuesById[2] = "MESSAGE_KIND_REPORT"] = 2;
            values[valuesById[3] = "MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST"] = 3;
            values[valuesById[4] = "MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE"] = 4;
            return values;
        })();

        v1.DesiredTrust = (function() {

            /**
             * Properties of a DesiredTrust.
             * @typedef {Object} reroot.v1.DesiredTrust.$Properties
             * @property {string|null} [rotationId] DesiredTrust rotationId
             * @property {reroot.v1.CertificateRotationState|null} [step] DesiredTrust step
             * @property {Array.<Uint8Array>|null} [roots] DesiredTrust roots
             * @property {string|null} [signerRoot] DesiredTrust signerRoot
             * @property {reroot.v1.CommonCertOptions.$Properties|null} [intermediate] DesiredTrust intermediate
             * @property {reroot.v1.Nudge|null} [nudge] DesiredTrust nudge
             * @property {reroot.v1.ReplicaRestart|null} [replicaRestart] DesiredTrust replicaRestart
             * @property {string|null} [trustDomain] DesiredTrust trustDomain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DesiredTrust.
             * @memberof reroot.v1
             * @interface IDesiredTrust
             * @augments reroot.v1.DesiredTrust.$Properties
             * @deprecated Use reroot.v1.DesiredTrust.$Properties instead.
             */

            /**
             * Shape of a DesiredTrust.
             * @typedef {reroot.v1.DesiredTrust.$Properties} reroot.v1.DesiredTrust.$Shape
             */

            /**
             * Constructs a new DesiredTrust.
             * @memberof reroot.v1
             * @classdesc Represents a DesiredTrust.
             * @constructor
             * @param {reroot.v1.DesiredTrust.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DesiredTrust = function (properties) {
                this.roots = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DesiredTrust rotationId.
             * @member {string} rotationId
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.rotationId = "";

            /**
             * DesiredTrust step.
             * @member {reroot.v1.CertificateRotationState} step
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.step = 0;

            /**
             * DesiredTrust roots.
             * @member {Array.<Uint8Array>} roots
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.roots = $util.emptyArray;

            /**
             * DesiredTrust signerRoot.
             * @member {string} signerRoot
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.signerRoot = "";

            /**
             * DesiredTrust intermediate.
             * @member {reroot.v1.CommonCertOptions.$Properties|null|undefined} intermediate
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.intermediate = null;

            /**
             * DesiredTrust nudge.
             * @member {reroot.v1.Nudge} nudge
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.nudge = 0;

            /**
             * DesiredTrust replicaRestart.
             * @member {reroot.v1.ReplicaRestart} replicaRestart
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.replicaRestart = 0;

            /**
             * DesiredTrust trustDomain.
             * @member {string} trustDomain
             * @memberof reroot.v1.DesiredTrust
             * @instance
             */
            DesiredTrust.prototype.trustDomain = "";

            /**
             * Creates a new DesiredTrust instance using the specified properties.
             * @function create
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {reroot.v1.DesiredTrust.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.DesiredTrust} DesiredTrust instance
             * @type {{
             *   (properties: reroot.v1.DesiredTrust.$Shape): reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape;
             *   (properties?: reroot.v1.DesiredTrust.$Properties): reroot.v1.DesiredTrust;
             * }}
             */
            DesiredTrust.create = function(properties) {
                return new DesiredTrust(properties);
            };

            /**
             * Encodes the specified DesiredTrust message. Does not implicitly {@link reroot.v1.DesiredTrust.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {reroot.v1.DesiredTrust.$Properties} message DesiredTrust message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified DesiredTrust message, length delimited. Does not implicitly {@link reroot.v1.DesiredTrust.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {reroot.v1.DesiredTrust.$Properties} message DesiredTrust message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DesiredTrust.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a DesiredTrust message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape} DesiredTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a DesiredTrust message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.DesiredTrust & reroot.v1.DesiredTrust.$Shape} DesiredTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DesiredTrust.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a DesiredTrust message.
             * @function verify
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            DesiredTrust.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.rotationId != null && $Object.hasOwnProperty.call(message, "rotationId"))
                    if (!$util.isString(message.rotationId))
                        return "rotationId: string expected";
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    if (typeof message.step !== "number" || (message.step | 0) !== message.step)
                        return "step: enum value expected";
                if (message.roots != null && $Object.hasOwnProperty.call(message, "roots")) {
                    if (!$Array.isArray(message.roots))
                        return "roots: array expected";
                    for (let i = 0; i < message.roots.length; ++i)
                        if (!(message.roots[i] && typeof message.roots[i].length === "number" || $util.isString(message.roots[i])))
                            return "roots: buffer[] expected";
                }
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot"))
                    if (!$util.isString(message.signerRoot))
                        return "signerRoot: string expected";
                if (message.intermediate != null && $Object.hasOwnProperty.call(message, "intermediate")) {
                    let error = $root.reroot.v1.CommonCertOptions.verify(message.intermediate, _depth + 1);
                    if (error)
                        return "intermediate." + error;
                }
                if (message.nudge != null && $Object.hasOwnProperty.call(message, "nudge"))
                    if (typeof message.nudge !== "number" || (message.nudge | 0) !== message.nudge)
                        return "nudge: enum value expected";
                if (message.replicaRestart != null && $Object.hasOwnProperty.call(message, "replicaRestart"))
                    if (typeof message.replicaRestart !== "number" || (message.replicaRestart | 0) !== message.replicaRestart)
                        return "replicaRestart: enum value expected";
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain"))
                    if (!$util.isString(message.trustDomain))
                        return "trustDomain: string expected";
                return null;
            };

            /**
             * Creates a DesiredTrust message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.DesiredTrust} DesiredTrust
             */
            DesiredTrust.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.DesiredTrust)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.DesiredTrust: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.DesiredTrust();
                if (object.rotationId != null)
                    if (typeof object.rotationId !== "string" || object.rotationId.length)
                        message.rotationId = $String(object.rotationId);
                if (object.step !== 0 && (typeof object.step !== "string" || $root.reroot.v1.CertificateRotationState[object.step] !== 0))
                    switch (object.step) {
                    case "NOT_ROTATING":
                    case 0:
                        message.step = 0;
                        break;
                    case "PREVIOUS_CA":
                    case 1:
                        message.step = 1;
                        break;
                    case "ADDING_NEW_ROOT":
                    case 2:
                        message.step = 2;
                        break;
                    case "PROPAGATING_NEW_INTERMEDIATE":
                    case 3:
                        message.step = 3;
                        break;
                    case "DELETING_OLD_ROOT":
                    case 4:
                        message.step = 4;
                        break;
                    case "VERIFYING":
                    case 5:
                        message.step = 5;
                        break;
                    case "VERIFIED":
                    case 6:
                        message.step = 6;
                        break;
                    case "ROLLING_BACK":
                    case 7:
                        message.step = 7;
                        break;
                    case "FINISHED":
                    case 8:
                        message.step = 8;
                        break;
                    case "FAILED":
                    case 9:
                        message.step = 9;
                        break;
                    default:
                        if (typeof object.step === "number" && (object.step | 0) === object.step)
                            message.step = object.step;
                    }
                if (object.roots) {
                    if (!$Array.isArray(object.roots))
                        throw $TypeError(".reroot.v1.DesiredTrust.roots: array expected");
                    message.roots = $Array(object.roots.length);
                    for (let i = 0; i < object.roots.length; ++i)
                        if (typeof object.roots[i] === "string")
                            $util.base64.decode(object.roots[i], message.roots[i] = $util.newBuffer($util.base64.length(object.roots[i])), 0);
                        else if (object.roots[i].length >= 0)
                            message.roots[i] = object.roots[i];
                }
                if (object.signerRoot != null)
                    if (typeof object.signerRoot !== "string" || object.signerRoot.length)
                        message.signerRoot = $String(object.signerRoot);
                if (object.intermediate != null) {
                    if (!$util.isObject(object.intermediate))
                        throw $TypeError(".reroot.v1.DesiredTrust.intermediate: object expected");
                    message.intermediate = $root.reroot.v1.CommonCertOptions.fromObject(object.intermediate, _depth + 1);
                }
                if (object.nudge !== 0 && (typeof object.nudge !== "string" || $root.reroot.v1.Nudge[object.nudge] !== 0))
                    switch (object.nudge) {
                    case "NUDGE_UNSPECIFIED":
                    case 0:
                        message.nudge = 0;
                        break;
                    case "NUDGE_LAGGARDS":
                    case 1:
                        message.nudge = 1;
                        break;
                    case "NUDGE_WHEN_LOADED":
                    case 2:
                        message.nudge = 2;
                        break;
                    default:
                        if (typeof object.nudge === "number" && (object.nudge | 0) === object.nudge)
                            message.nudge = object.nudge;
                    }
                if (object.replicaRestart !== 0 && (typeof object.replicaRestart !== "string" || $root.reroot.v1.ReplicaRestart[object.replicaRestart] !== 0))
                    switch (object.replicaRestart) {
                    case "REPLICA_RESTART_UNSPECIFIED":
                    case 0:
                        message.replicaRestart = 0;
                        break;
                    case "REPLICA_RESTART_NEVER":
                    case 1:
                        message.replicaRestart = 1;
                        break;
                    case "REPLICA_RESTART_WHEN_REFUSED":
                    case 2:
                        message.replicaRestart = 2;
                        break;
                    default:
                        if (typeof object.replicaRestart === "number" && (object.replicaRestart | 0) === object.replicaRestart)
                            message.replicaRestart = object.replicaRestart;
                    }
                if (object.trustDomain != null)
                    if (typeof object.trustDomain !== "string" || object.trustDomain.length)
                        message.trustDomain = $String(object.trustDomain);
                return message;
            };

            /**
             * Creates a plain object from a DesiredTrust message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {reroot.v1.DesiredTrust} message DesiredTrust
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            DesiredTrust.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.roots = [];
                if (options.defaults) {
                    object.rotationId = "";
                    object.step = options.enums === $String ? "NOT_ROTATING" : 0;
                    object.signerRoot = "";
                    object.intermediate = null;
                    object.nudge = options.enums === $String ? "NUDGE_UNSPECIFIED" : 0;
                    object.replicaRestart = options.enums === $String ? "REPLICA_RESTART_UNSPECIFIED" : 0;
                    object.trustDomain = "";
                }
                if (message.rotationId != null && $Object.hasOwnProperty.call(message, "rotationId"))
                    object.rotationId = message.rotationId;
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    object.step = options.enums === $String ? $root.reroot.v1.CertificateRotationState[message.step] === $undefined ? message.step : $root.reroot.v1.CertificateRotationState[message.step] : message.step;
                if (message.roots && message.roots.length) {
                    object.roots = $Array(message.roots.length);
                    for (let j = 0; j < message.roots.length; ++j)
                        object.roots[j] = options.bytes === $String ? $util.base64.encode(message.roots[j], 0, message.roots[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.roots[j]) : message.roots[j];
                }
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot"))
                    object.signerRoot = message.signerRoot;
                if (message.intermediate != null && $Object.hasOwnProperty.call(message, "intermediate"))
                    object.intermediate = $root.reroot.v1.CommonCertOptions.toObject(message.intermediate, options, _depth + 1);
                if (message.nudge != null && $Object.hasOwnProperty.call(message, "nudge"))
                    object.nudge = options.enums === $String ? $root.reroot.v1.Nudge[message.nudge] === $undefined ? message.nudge : $root.reroot.v1.Nudge[message.nudge] : message.nudge;
                if (message.replicaRestart != null && $Object.hasOwnProperty.call(message, "replicaRestart"))
                    object.replicaRestart = options.enums === $String ? $root.reroot.v1.ReplicaRestart[message.replicaRestart] === $undefined ? message.replicaRestart : $root.reroot.v1.ReplicaRestart[message.replicaRestart] : message.replicaRestart;
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain"))
                    object.trustDomain = message.trustDomain;
                return object;
            };

            /**
             * Converts this DesiredTrust to JSON.
             * @function toJSON
             * @memberof reroot.v1.DesiredTrust
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            DesiredTrust.prototype.toJSON = function() {
                return DesiredTrust.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for DesiredTrust
             * @function getTypeUrl
             * @memberof reroot.v1.DesiredTrust
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DesiredTrust.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.DesiredTrust";
            };

            return DesiredTrust;
        })();

        /**
         * Nudge enum.
         * @name reroot.v1.Nudge
         * @enum {number}
         * @property {number} NUDGE_UNSPECIFIED=0 NUDGE_UNSPECIFIED value
         * @property {number} NUDGE_LAGGARDS=1 NUDGE_LAGGARDS value
         * @property {number} NUDGE_WHEN_LOADED=2 NUDGE_WHEN_LOADED value
         */
        v1.Nudge = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "NUDGE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "NUDGE_LAGGARDS"] = 1;
            values[valuesById[2] = "NUDGE_WHEN_LOADED"] = 2;
            return values;
        })();

        /**
         * ReplicaRestart enum.
         * @name reroot.v1.ReplicaRestart
         * @enum {number}
         * @property {number} REPLICA_RESTART_UNSPECIFIED=0 REPLICA_RESTART_UNSPECIFIED value
         * @property {number} REPLICA_RESTART_NEVER=1 REPLICA_RESTART_NEVER value
         * @property {number} REPLICA_RESTART_WHEN_REFUSED=2 REPLICA_RESTART_WHEN_REFUSED value
         */
        v1.ReplicaRestart = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REPLICA_RESTART_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REPLICA_RESTART_NEVER"] = 1;
            values[valuesById[2] = "REPLICA_RESTART_WHEN_REFUSED"] = 2;
            return values;
        })();

        v1.Report = (function() {

            /**
             * Properties of a Report.
             * @typedef {Object} reroot.v1.Report.$Properties
             * @property {number|null} [appliedTerm] Report appliedTerm
             * @property {number|null} [appliedGeneration] Report appliedGeneration
             * @property {number|null} [takenAtMs] Report takenAtMs
             * @property {string|null} [agentVersion] Report agentVersion
             * @property {string|null} [clusterUid] Report clusterUid
             * @property {Array.<Uint8Array>|null} [certificates] Report certificates
             * @property {reroot.v1.Holding.$Properties|null} [written] Report written
             * @property {Array.<reroot.v1.ReplicaEvidence.$Properties>|null} [replicas] Report replicas
             * @property {Array.<reroot.v1.NamespaceEvidence.$Properties>|null} [namespaces] Report namespaces
             * @property {Array.<reroot.v1.WorkloadEvidence.$Properties>|null} [workloads] Report workloads
             * @property {Array.<reroot.v1.Problem.$Properties>|null} [problems] Report problems
             * @property {number|null} [nudges] Report nudges
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Report.
             * @memberof reroot.v1
             * @interface IReport
             * @augments reroot.v1.Report.$Properties
             * @deprecated Use reroot.v1.Report.$Properties instead.
             */

            /**
             * Shape of a Report.
             * @typedef {{
             *   appliedTerm?: number|null;
             *   appliedGeneration?: number|null;
             *   takenAtMs?: number|null;
             *   agentVersion?: string|null;
             *   clusterUid?: string|null;
             *   certificates?: Array.<Uint8Array>|null;
             *   written?: reroot.v1.Holding.$Shape|null;
             *   replicas?: Array.<reroot.v1.ReplicaEvidence.$Shape>|null;
             *   namespaces?: Array.<reroot.v1.NamespaceEvidence.$Shape>|null;
             *   workloads?: Array.<reroot.v1.WorkloadEvidence.$Shape>|null;
             *   problems?: Array.<reroot.v1.Problem.$Shape>|null;
             *   nudges?: number|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.Report.$Shape
             */

            /**
             * Constructs a new Report.
             * @memberof reroot.v1
             * @classdesc Represents a Report.
             * @constructor
             * @param {reroot.v1.Report.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Report = function (properties) {
                this.certificates = [];
                this.replicas = [];
                this.namespaces = [];
                this.workloads = [];
                this.problems = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Report appliedTerm.
             * @member {number} appliedTerm
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.appliedTerm = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Report appliedGeneration.
             * @member {number} appliedGeneration
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.appliedGeneration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Report takenAtMs.
             * @member {number} takenAtMs
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.takenAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Report agentVersion.
             * @member {string} agentVersion
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.agentVersion = "";

            /**
             * Report clusterUid.
             * @member {string} clusterUid
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.clusterUid = "";

            /**
             * Report certificates.
             * @member {Array.<Uint8Array>} certificates
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.certificates = $util.emptyArray;

            /**
             * Report written.
             * @member {reroot.v1.Holding.$Properties|null|undefined} written
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.written = null;

            /**
             * Report replicas.
             * @member {Array.<reroot.v1.ReplicaEvidence.$Properties>} replicas
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.replicas = $util.emptyArray;

            /**
             * Report namespaces.
             * @member {Array.<reroot.v1.NamespaceEvidence.$Properties>} namespaces
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.namespaces = $util.emptyArray;

            /**
             * Report workloads.
             * @member {Array.<reroot.v1.WorkloadEvidence.$Properties>} workloads
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.workloads = $util.emptyArray;

            /**
             * Report problems.
             * @member {Array.<reroot.v1.Problem.$Properties>} problems
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.problems = $util.emptyArray;

            /**
             * Report nudges.
             * @member {number} nudges
             * @memberof reroot.v1.Report
             * @instance
             */
            Report.prototype.nudges = 0;

            /**
             * Creates a new Report instance using the specified properties.
             * @function create
             * @memberof reroot.v1.Report
             * @static
             * @param {reroot.v1.Report.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.Report} Report instance
             * @type {{
             *   (properties: reroot.v1.Report.$Shape): reroot.v1.Report & reroot.v1.Report.$Shape;
             *   (properties?: reroot.v1.Report.$Properties): reroot.v1.Report;
             * }}
             */
            Report.create = function(properties) {
                return new Report(properties);
            };

            /**
             * Encodes the specified Report message. Does not implicitly {@link reroot.v1.Report.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.Report
             * @static
             * @param {reroot.v1.Report.$Properties} message Report message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified Report message, length delimited. Does not implicitly {@link reroot.v1.Report.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.Report
             * @static
             * @param {reroot.v1.Report.$Properties} message Report message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Report.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.Report
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.Report & reroot.v1.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a Report message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.Report
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.Report & reroot.v1.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Report.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a Report message.
             * @function verify
             * @memberof reroot.v1.Report
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Report.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.appliedTerm != null && $Object.hasOwnProperty.call(message, "appliedTerm"))
                    if (!$util.isInteger(message.appliedTerm) && !(message.appliedTerm && $util.isInteger(message.appliedTerm.low) && $util.isInteger(message.appliedTerm.high)))
                        return "appliedTerm: integer|Long expected";
                if (message.appliedGeneration != null && $Object.hasOwnProperty.call(message, "appliedGeneration"))
                    if (!$util.isInteger(message.appliedGeneration) && !(message.appliedGeneration && $util.isInteger(message.appliedGeneration.low) && $util.isInteger(message.appliedGeneration.high)))
                        return "appliedGeneration: integer|Long expected";
                if (message.takenAtMs != null && $Object.hasOwnProperty.call(message, "takenAtMs"))
                    if (!$util.isInteger(message.takenAtMs) && !(message.takenAtMs && $util.isInteger(message.takenAtMs.low) && $util.isInteger(message.takenAtMs.high)))
                        return "takenAtMs: integer|Long expected";
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                    if (!$util.isString(message.agentVersion))
                        return "agentVersion: string expected";
                if (message.clusterUid != null && $Object.hasOwnProperty.call(message, "clusterUid"))
                    if (!$util.isString(message.clusterUid))
                        return "clusterUid: string expected";
                if (message.certificates != null && $Object.hasOwnProperty.call(message, "certificates")) {
                    if (!$Array.isArray(message.certificates))
                        return "certificates: array expected";
                    for (let i = 0; i < message.certificates.length; ++i)
                        if (!(message.certificates[i] && typeof message.certificates[i].length === "number" || $util.isString(message.certificates[i])))
                            return "certificates: buffer[] expected";
                }
                if (message.written != null && $Object.hasOwnProperty.call(message, "written")) {
                    let error = $root.reroot.v1.Holding.verify(message.written, _depth + 1);
                    if (error)
                        return "written." + error;
                }
                if (message.replicas != null && $Object.hasOwnProperty.call(message, "replicas")) {
                    if (!$Array.isArray(message.replicas))
                        return "replicas: array expected";
                    for (let i = 0; i < message.replicas.length; ++i) {
                        let error = $root.reroot.v1.ReplicaEvidence.verify(message.replicas[i], _depth + 1);
                        if (error)
                            return "replicas." + error;
                    }
                }
                if (message.namespaces != null && $Object.hasOwnProperty.call(message, "namespaces")) {
                    if (!$Array.isArray(message.namespaces))
                        return "namespaces: array expected";
                    for (let i = 0; i < message.namespaces.length; ++i) {
                        let error = $root.reroot.v1.NamespaceEvidence.verify(message.namespaces[i], _depth + 1);
                        if (error)
                            return "namespaces." + error;
                    }
                }
                if (message.workloads != null && $Object.hasOwnProperty.call(message, "workloads")) {
                    if (!$Array.isArray(message.workloads))
                        return "workloads: array expected";
                    for (let i = 0; i < message.workloads.length; ++i) {
                        let error = $root.reroot.v1.WorkloadEvidence.verify(message.workloads[i], _depth + 1);
                        if (error)
                            return "workloads." + error;
                    }
                }
                if (message.problems != null && $Object.hasOwnProperty.call(message, "problems")) {
                    if (!$Array.isArray(message.problems))
                        return "problems: array expected";
                    for (let i = 0; i < message.problems.length; ++i) {
                        let error = $root.reroot.v1.Problem.verify(message.problems[i], _depth + 1);
                        if (error)
                            return "problems." + error;
                    }
                }
                if (message.nudges != null && $Object.hasOwnProperty.call(message, "nudges"))
                    if (!$util.isInteger(message.nudges))
                        return "nudges: integer expected";
                return null;
            };

            /**
             * Creates a Report message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.Report
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.Report} Report
             */
            Report.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.Report)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.Report: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.Report();
                if (object.appliedTerm != null)
                    if (typeof object.appliedTerm === "object" ? object.appliedTerm.low || object.appliedTerm.high : $Number(object.appliedTerm) !== 0)
                        if ($util.Long)
                            message.appliedTerm = $util.Long.fromValue(object.appliedTerm, true);
                        else if (typeof object.appliedTerm === "string")
                            message.appliedTerm = $parseInt(object.appliedTerm, 10);
                        else if (typeof object.appliedTerm === "number")
                            message.appliedTerm = object.appliedTerm;
                        else if (typeof object.appliedTerm === "object")
                            message.appliedTerm = new $util.LongBits(object.appliedTerm.low >>> 0, object.appliedTerm.high >>> 0).toNumber(true);
                if (object.appliedGeneration != null)
                    if (typeof object.appliedGeneration === "object" ? object.appliedGeneration.low || object.appliedGeneration.high : $Number(object.appliedGeneration) !== 0)
                        if ($util.Long)
                            message.appliedGeneration = $util.Long.fromValue(object.appliedGeneration, true);
                        else if (typeof object.appliedGeneration === "string")
                            message.appliedGeneration = $parseInt(object.appliedGeneration, 10);
                        else if (typeof object.appliedGeneration === "number")
                            message.appliedGeneration = object.appliedGeneration;
                        else if (typeof object.appliedGeneration === "object")
                            message.appliedGeneration = new $util.LongBits(object.appliedGeneration.low >>> 0, object.appliedGeneration.high >>> 0).toNumber(true);
                if (object.takenAtMs != null)
                    if (typeof object.takenAtMs === "object" ? object.takenAtMs.low || object.takenAtMs.high : $Number(object.takenAtMs) !== 0)
                        if ($util.Long)
                            message.takenAtMs = $util.Long.fromValue(object.takenAtMs, true);
                        else if (typeof object.takenAtMs === "string")
                            message.takenAtMs = $parseInt(object.takenAtMs, 10);
                        else if (typeof object.takenAtMs === "number")
                            message.takenAtMs = object.takenAtMs;
                        else if (typeof object.takenAtMs === "object")
                            message.takenAtMs = new $util.LongBits(object.takenAtMs.low >>> 0, object.takenAtMs.high >>> 0).toNumber(true);
                if (object.agentVersion != null)
                    if (typeof object.agentVersion !== "string" || object.agentVersion.length)
                        message.agentVersion = $String(object.agentVersion);
                if (object.clusterUid != null)
                    if (typeof object.clusterUid !== "string" || object.clusterUid.length)
                        message.clusterUid = $String(object.clusterUid);
                if (object.certificates) {
                    if (!$Array.isArray(object.certificates))
                        throw $TypeError(".reroot.v1.Report.certificates: array expected");
                    message.certificates = $Array(object.certificates.length);
                    for (let i = 0; i < object.certificates.length; ++i)
                        if (typeof object.certificates[i] === "string")
                            $util.base64.decode(object.certificates[i], message.certificates[i] = $util.newBuffer($util.base64.length(object.certificates[i])), 0);
                        else if (object.certificates[i].length >= 0)
                            message.certificates[i] = object.certificates[i];
                }
                if (object.written != null) {
                    if (!$util.isObject(object.written))
                        throw $TypeError(".reroot.v1.Report.written: object expected");
                    message.written = $root.reroot.v1.Holding.fromObject(object.written, _depth + 1);
                }
                if (object.replicas) {
                    if (!$Array.isArray(object.replicas))
                        throw $TypeError(".reroot.v1.Report.replicas: array expected");
                    message.replicas = $Array(object.replicas.length);
                    for (let i = 0; i < object.replicas.length; ++i) {
                        if (!$util.isObject(object.replicas[i]))
                            throw $TypeError(".reroot.v1.Report.replicas: object expected");
                        message.replicas[i] = $root.reroot.v1.ReplicaEvidence.fromObject(object.replicas[i], _depth + 1);
                    }
                }
                if (object.namespaces) {
                    if (!$Array.isArray(object.namespaces))
                        throw $TypeError(".reroot.v1.Report.namespaces: array expected");
                    message.namespaces = $Array(object.namespaces.length);
                    for (let i = 0; i < object.namespaces.length; ++i) {
                        if (!$util.isObject(object.namespaces[i]))
                            throw $TypeError(".reroot.v1.Report.namespaces: object expected");
                        message.namespaces[i] = $root.reroot.v1.NamespaceEvidence.fromObject(object.namespaces[i], _depth + 1);
                    }
                }
                if (object.workloads) {
                    if (!$Array.isArray(object.workloads))
                        throw $TypeError(".reroot.v1.Report.workloads: array expected");
                    message.workloads = $Array(object.workloads.length);
                    for (let i = 0; i < object.workloads.length; ++i) {
                        if (!$util.isObject(object.workloads[i]))
                            throw $TypeError(".reroot.v1.Report.workloads: object expected");
                        message.workloads[i] = $root.reroot.v1.WorkloadEvidence.fromObject(object.workloads[i], _depth + 1);
                    }
                }
                if (object.problems) {
                    if (!$Array.isArray(object.problems))
                        throw $TypeError(".reroot.v1.Report.problems: array expected");
                    message.problems = $Array(object.problems.length);
                    for (let i = 0; i < object.problems.length; ++i) {
                        if (!$util.isObject(object.problems[i]))
                            throw $TypeError(".reroot.v1.Report.problems: object expected");
                        message.problems[i] = $root.reroot.v1.Problem.fromObject(object.problems[i], _depth + 1);
                    }
                }
                if (object.nudges != null)
                    if ($Number(object.nudges) !== 0)
                        message.nudges = object.nudges >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Report message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.Report
             * @static
             * @param {reroot.v1.Report} message Report
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Report.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.certificates = [];
                    object.replicas = [];
                    object.namespaces = [];
                    object.workloads = [];
                    object.problems = [];
                }
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.appliedTerm = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.appliedTerm = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.appliedGeneration = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.appliedGeneration = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.takenAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.takenAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.agentVersion = "";
                    object.clusterUid = "";
                    object.written = null;
                    object.nudges = 0;
                }
                if (message.appliedTerm != null && $Object.hasOwnProperty.call(message, "appliedTerm"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.appliedTerm = typeof message.appliedTerm === "number" ? $BigInt(message.appliedTerm) : $util.Long.fromBits(message.appliedTerm.low >>> 0, message.appliedTerm.high >>> 0, true).toBigInt();
                    else if (typeof message.appliedTerm === "number")
                        object.appliedTerm = options.longs === $String ? $String(message.appliedTerm) : message.appliedTerm;
                    else
                        object.appliedTerm = options.longs === $String ? $util.Long.prototype.toString.call(message.appliedTerm) : options.longs === $Number ? new $util.LongBits(message.appliedTerm.low >>> 0, message.appliedTerm.high >>> 0).toNumber(true) : message.appliedTerm;
                if (message.appliedGeneration != null && $Object.hasOwnProperty.call(message, "appliedGeneration"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.appliedGeneration = typeof message.appliedGeneration === "number" ? $BigInt(message.appliedGeneration) : $util.Long.fromBits(message.appliedGeneration.low >>> 0, message.appliedGeneration.high >>> 0, true).toBigInt();
                    else if (typeof message.appliedGeneration === "number")
                        object.appliedGeneration = options.longs === $String ? $String(message.appliedGeneration) : message.appliedGeneration;
                    else
                        object.appliedGeneration = options.longs === $String ? $util.Long.prototype.toString.call(message.appliedGeneration) : options.longs === $Number ? new $util.LongBits(message.appliedGeneration.low >>> 0, message.appliedGeneration.high >>> 0).toNumber(true) : message.appliedGeneration;
                if (message.takenAtMs != null && $Object.hasOwnProperty.call(message, "takenAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.takenAtMs = typeof message.takenAtMs === "number" ? $BigInt(message.takenAtMs) : $util.Long.fromBits(message.takenAtMs.low >>> 0, message.takenAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.takenAtMs === "number")
                        object.takenAtMs = options.longs === $String ? $String(message.takenAtMs) : message.takenAtMs;
                    else
                        object.takenAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.takenAtMs) : options.longs === $Number ? new $util.LongBits(message.takenAtMs.low >>> 0, message.takenAtMs.high >>> 0).toNumber(true) : message.takenAtMs;
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                    object.agentVersion = message.agentVersion;
                if (message.clusterUid != null && $Object.hasOwnProperty.call(message, "clusterUid"))
                    object.clusterUid = message.clusterUid;
                if (message.certificates && message.certificates.length) {
                    object.certificates = $Array(message.certificates.length);
                    for (let j = 0; j < message.certificates.length; ++j)
                        object.certificates[j] = options.bytes === $String ? $util.base64.encode(message.certificates[j], 0, message.certificates[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.certificates[j]) : message.certificates[j];
                }
                if (message.written != null && $Object.hasOwnProperty.call(message, "written"))
                    object.written = $root.reroot.v1.Holding.toObject(message.written, options, _depth + 1);
                if (message.replicas && message.replicas.length) {
                    object.replicas = $Array(message.replicas.length);
                    for (let j = 0; j < message.replicas.length; ++j)
                        object.replicas[j] = $root.reroot.v1.ReplicaEvidence.toObject(message.replicas[j], options, _depth + 1);
                }
                if (message.namespaces && message.namespaces.length) {
                    object.namespaces = $Array(message.namespaces.length);
                    for (let j = 0; j < message.namespaces.length; ++j)
                        object.namespaces[j] = $root.reroot.v1.NamespaceEvidence.toObject(message.namespaces[j], options, _depth + 1);
                }
                if (message.workloads && message.workloads.length) {
                    object.workloads = $Array(message.workloads.length);
                    for (let j = 0; j < message.workloads.length; ++j)
                        object.workloads[j] = $root.reroot.v1.WorkloadEvidence.toObject(message.workloads[j], options, _depth + 1);
                }
                if (message.problems && message.problems.length) {
                    object.problems = $Array(message.problems.length);
                    for (let j = 0; j < message.problems.length; ++j)
                        object.problems[j] = $root.reroot.v1.Problem.toObject(message.problems[j], options, _depth + 1);
                }
                if (message.nudges != null && $Object.hasOwnProperty.call(message, "nudges"))
                    object.nudges = message.nudges;
                return object;
            };

            /**
             * Converts this Report to JSON.
             * @function toJSON
             * @memberof reroot.v1.Report
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Report.prototype.toJSON = function() {
                return Report.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Report
             * @function getTypeUrl
             * @memberof reroot.v1.Report
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Report.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.Report";
            };

            return Report;
        })();

        v1.Holding = (function() {

            /**
             * Properties of a Holding.
             * @typedef {Object} reroot.v1.Holding.$Properties
             * @property {string|null} [bundleSha256] Holding bundleSha256
             * @property {Array.<string>|null} [roots] Holding roots
             * @property {Array.<string>|null} [signerChain] Holding signerChain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Holding.
             * @memberof reroot.v1
             * @interface IHolding
             * @augments reroot.v1.Holding.$Properties
             * @deprecated Use reroot.v1.Holding.$Properties instead.
             */

            /**
             * Shape of a Holding.
             * @typedef {reroot.v1.Holding.$Properties} reroot.v1.Holding.$Shape
             */

            /**
             * Constructs a new Holding.
             * @memberof reroot.v1
             * @classdesc Represents a Holding.
             * @constructor
             * @param {reroot.v1.Holding.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Holding = function (properties) {
                this.roots = [];
                this.signerChain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Holding bundleSha256.
             * @member {string} bundleSha256
             * @memberof reroot.v1.Holding
             * @instance
             */
            Holding.prototype.bundleSha256 = "";

            /**
             * Holding roots.
             * @member {Array.<string>} roots
             * @memberof reroot.v1.Holding
             * @instance
             */
            Holding.prototype.roots = $util.emptyArray;

            /**
             * Holding signerChain.
             * @member {Array.<string>} signerChain
             * @memberof reroot.v1.Holding
             * @instance
             */
            Holding.prototype.signerChain = $util.emptyArray;

            /**
             * Creates a new Holding instance using the specified properties.
             * @function create
             * @memberof reroot.v1.Holding
             * @static
             * @param {reroot.v1.Holding.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.Holding} Holding instance
             * @type {{
             *   (properties: reroot.v1.Holding.$Shape): reroot.v1.Holding & reroot.v1.Holding.$Shape;
             *   (properties?: reroot.v1.Holding.$Properties): reroot.v1.Holding;
             * }}
             */
            Holding.create = function(properties) {
                return new Holding(properties);
            };

            /**
             * Encodes the specified Holding message. Does not implicitly {@link reroot.v1.Holding.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.Holding
             * @static
             * @param {reroot.v1.Holding.$Properties} message Holding message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified Holding message, length delimited. Does not implicitly {@link reroot.v1.Holding.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.Holding
             * @static
             * @param {reroot.v1.Holding.$Properties} message Holding message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Holding.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a Holding message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.Holding
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.Holding & reroot.v1.Holding.$Shape} Holding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a Holding message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.Holding
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.Holding & reroot.v1.Holding.$Shape} Holding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Holding.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a Holding message.
             * @function verify
             * @memberof reroot.v1.Holding
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Holding.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.bundleSha256 != null && $Object.hasOwnProperty.call(message, "bundleSha256"))
                    if (!$util.isString(message.bundleSha256))
                        return "bundleSha256: string expected";
                if (message.roots != null && $Object.hasOwnProperty.call(message, "roots")) {
                    if (!$Array.isArray(message.roots))
                        return "roots: array expected";
                    for (let i = 0; i < message.roots.length; ++i)
                        if (!$util.isString(message.roots[i]))
                            return "roots: string[] expected";
                }
                if (message.signerChain != null && $Object.hasOwnProperty.call(message, "signerChain")) {
                    if (!$Array.isArray(message.signerChain))
                        return "signerChain: array expected";
                    for (let i = 0; i < message.signerChain.length; ++i)
                        if (!$util.isString(message.signerChain[i]))
                            return "signerChain: string[] expected";
                }
                return null;
            };

            /**
             * Creates a Holding message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.Holding
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.Holding} Holding
             */
            Holding.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.Holding)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.Holding: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.Holding();
                if (object.bundleSha256 != null)
                    if (typeof object.bundleSha256 !== "string" || object.bundleSha256.length)
                        message.bundleSha256 = $String(object.bundleSha256);
                if (object.roots) {
                    if (!$Array.isArray(object.roots))
                        throw $TypeError(".reroot.v1.Holding.roots: array expected");
                    message.roots = $Array(object.roots.length);
                    for (let i = 0; i < object.roots.length; ++i)
                        message.roots[i] = $String(object.roots[i]);
                }
                if (object.signerChain) {
                    if (!$Array.isArray(object.signerChain))
                        throw $TypeError(".reroot.v1.Holding.signerChain: array expected");
                    message.signerChain = $Array(object.signerChain.length);
                    for (let i = 0; i < object.signerChain.length; ++i)
                        message.signerChain[i] = $String(object.signerChain[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a Holding message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.Holding
             * @static
             * @param {reroot.v1.Holding} message Holding
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Holding.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.roots = [];
                    object.signerChain = [];
                }
                if (options.defaults)
                    object.bundleSha256 = "";
                if (message.bundleSha256 != null && $Object.hasOwnProperty.call(message, "bundleSha256"))
                    object.bundleSha256 = message.bundleSha256;
                if (message.roots && message.roots.length) {
                    object.roots = $Array(message.roots.length);
                    for (let j = 0; j < message.roots.length; ++j)
                        object.roots[j] = message.roots[j];
                }
                if (message.signerChain && message.signerChain.length) {
                    object.signerChain = $Array(message.signerChain.length);
                    for (let j = 0; j < message.signerChain.length; ++j)
                        object.signerChain[j] = message.signerChain[j];
                }
                return object;
            };

            /**
             * Converts this Holding to JSON.
             * @function toJSON
             * @memberof reroot.v1.Holding
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Holding.prototype.toJSON = function() {
                return Holding.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Holding
             * @function getTypeUrl
             * @memberof reroot.v1.Holding
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Holding.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.Holding";
            };

            return Holding;
        })();

        v1.ReplicaEvidence = (function() {

            /**
             * Properties of a ReplicaEvidence.
             * @typedef {Object} reroot.v1.ReplicaEvidence.$Properties
             * @property {string|null} [replica] ReplicaEvidence replica
             * @property {reroot.v1.Holding.$Properties|null} [holding] ReplicaEvidence holding
             * @property {reroot.v1.Problem.$Properties|null} [failure] ReplicaEvidence failure
             * @property {"holding"|"failure"} [result] ReplicaEvidence result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReplicaEvidence.
             * @memberof reroot.v1
             * @interface IReplicaEvidence
             * @augments reroot.v1.ReplicaEvidence.$Properties
             * @deprecated Use reroot.v1.ReplicaEvidence.$Properties instead.
             */

            /**
             * Narrowed shape of a ReplicaEvidence.
             * @typedef {{
             *   replica?: string|null;
             *   holding?: reroot.v1.Holding.$Shape|null;
             *   failure?: reroot.v1.Problem.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ result?: undefined; holding?: null; failure?: null }|{ result?: "holding"; holding: reroot.v1.Holding.$Shape; failure?: null }|{ result?: "failure"; holding?: null; failure: reroot.v1.Problem.$Shape })
             * )} reroot.v1.ReplicaEvidence.$Shape
             */

            /**
             * Constructs a new ReplicaEvidence.
             * @memberof reroot.v1
             * @classdesc Represents a ReplicaEvidence.
             * @constructor
             * @param {reroot.v1.ReplicaEvidence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReplicaEvidence = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReplicaEvidence replica.
             * @member {string} replica
             * @memberof reroot.v1.ReplicaEvidence
             * @instance
             */
            ReplicaEvidence.prototype.replica = "";

            /**
             * ReplicaEvidence holding.
             * @member {reroot.v1.Holding.$Properties|null|undefined} holding
             * @memberof reroot.v1.ReplicaEvidence
             * @instance
             */
            ReplicaEvidence.prototype.holding = null;

            /**
             * ReplicaEvidence failure.
             * @member {reroot.v1.Problem.$Properties|null|undefined} failure
             * @memberof reroot.v1.ReplicaEvidence
             * @instance
             */
            ReplicaEvidence.prototype.failure = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ReplicaEvidence result.
             * @member {"holding"|"failure"|undefined} result
             * @memberof reroot.v1.ReplicaEvidence
             * @instance
             */
            $Object.defineProperty(ReplicaEvidence.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["holding", "failure"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ReplicaEvidence instance using the specified properties.
             * @function create
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {reroot.v1.ReplicaEvidence.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.ReplicaEvidence} ReplicaEvidence instance
             * @type {{
             *   (properties: reroot.v1.ReplicaEvidence.$Shape): reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape;
             *   (properties?: reroot.v1.ReplicaEvidence.$Properties): reroot.v1.ReplicaEvidence;
             * }}
             */
            ReplicaEvidence.create = function(properties) {
                return new ReplicaEvidence(properties);
            };

            /**
             * Encodes the specified ReplicaEvidence message. Does not implicitly {@link reroot.v1.ReplicaEvidence.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {reroot.v1.ReplicaEvidence.$Properties} message ReplicaEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified ReplicaEvidence message, length delimited. Does not implicitly {@link reroot.v1.ReplicaEvidence.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {reroot.v1.ReplicaEvidence.$Properties} message ReplicaEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReplicaEvidence.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a ReplicaEvidence message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape} ReplicaEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a ReplicaEvidence message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.ReplicaEvidence & reroot.v1.ReplicaEvidence.$Shape} ReplicaEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReplicaEvidence.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a ReplicaEvidence message.
             * @function verify
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ReplicaEvidence.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.replica != null && $Object.hasOwnProperty.call(message, "replica"))
                    if (!$util.isString(message.replica))
                        return "replica: string expected";
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding")) {
                    properties.result = 1;
                    {
                        let error = $root.reroot.v1.Holding.verify(message.holding, _depth + 1);
                        if (error)
                            return "holding." + error;
                    }
                }
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    if (properties.result === 1)
                        return "result: multiple values";
                    properties.result = 1;
                    {
                        let error = $root.reroot.v1.Problem.verify(message.failure, _depth + 1);
                        if (error)
                            return "failure." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a ReplicaEvidence message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.ReplicaEvidence} ReplicaEvidence
             */
            ReplicaEvidence.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.ReplicaEvidence)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.ReplicaEvidence: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.ReplicaEvidence();
                if (object.replica != null)
                    if (typeof object.replica !== "string" || object.replica.length)
                        message.replica = $String(object.replica);
                if (object.holding != null) {
                    if (!$util.isObject(object.holding))
                        throw $TypeError(".reroot.v1.ReplicaEvidence.holding: object expected");
                    message.holding = $root.reroot.v1.Holding.fromObject(object.holding, _depth + 1);
                }
                if (object.failure != null) {
                    if (!$util.isObject(object.failure))
                        throw $TypeError(".reroot.v1.ReplicaEvidence.failure: object expected");
                    message.failure = $root.reroot.v1.Problem.fromObject(object.failure, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a ReplicaEvidence message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {reroot.v1.ReplicaEvidence} message ReplicaEvidence
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ReplicaEvidence.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.replica = "";
                if (message.replica != null && $Object.hasOwnProperty.call(message, "replica"))
                    object.replica = message.replica;
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding")) {
                    object.holding = $root.reroot.v1.Holding.toObject(message.holding, options, _depth + 1);
                    if (options.oneofs)
                        object.result = "holding";
                }
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure")) {
                    object.failure = $root.reroot.v1.Problem.toObject(message.failure, options, _depth + 1);
                    if (options.oneofs)
                        object.result = "failure";
                }
                return object;
            };

            /**
             * Converts this ReplicaEvidence to JSON.
             * @function toJSON
             * @memberof reroot.v1.ReplicaEvidence
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ReplicaEvidence.prototype.toJSON = function() {
                return ReplicaEvidence.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for ReplicaEvidence
             * @function getTypeUrl
             * @memberof reroot.v1.ReplicaEvidence
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ReplicaEvidence.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.ReplicaEvidence";
            };

            return ReplicaEvidence;
        })();

        v1.NamespaceEvidence = (function() {

            /**
             * Properties of a NamespaceEvidence.
             * @typedef {Object} reroot.v1.NamespaceEvidence.$Properties
             * @property {string|null} [namespace] NamespaceEvidence namespace
             * @property {reroot.v1.Holding.$Properties|null} [holding] NamespaceEvidence holding
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamespaceEvidence.
             * @memberof reroot.v1
             * @interface INamespaceEvidence
             * @augments reroot.v1.NamespaceEvidence.$Properties
             * @deprecated Use reroot.v1.NamespaceEvidence.$Properties instead.
             */

            /**
             * Shape of a NamespaceEvidence.
             * @typedef {reroot.v1.NamespaceEvidence.$Properties} reroot.v1.NamespaceEvidence.$Shape
             */

            /**
             * Constructs a new NamespaceEvidence.
             * @memberof reroot.v1
             * @classdesc Represents a NamespaceEvidence.
             * @constructor
             * @param {reroot.v1.NamespaceEvidence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamespaceEvidence = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamespaceEvidence namespace.
             * @member {string} namespace
             * @memberof reroot.v1.NamespaceEvidence
             * @instance
             */
            NamespaceEvidence.prototype.namespace = "";

            /**
             * NamespaceEvidence holding.
             * @member {reroot.v1.Holding.$Properties|null|undefined} holding
             * @memberof reroot.v1.NamespaceEvidence
             * @instance
             */
            NamespaceEvidence.prototype.holding = null;

            /**
             * Creates a new NamespaceEvidence instance using the specified properties.
             * @function create
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {reroot.v1.NamespaceEvidence.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.NamespaceEvidence} NamespaceEvidence instance
             * @type {{
             *   (properties: reroot.v1.NamespaceEvidence.$Shape): reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape;
             *   (properties?: reroot.v1.NamespaceEvidence.$Properties): reroot.v1.NamespaceEvidence;
             * }}
             */
            NamespaceEvidence.create = function(properties) {
                return new NamespaceEvidence(properties);
            };

            /**
             * Encodes the specified NamespaceEvidence message. Does not implicitly {@link reroot.v1.NamespaceEvidence.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {reroot.v1.NamespaceEvidence.$Properties} message NamespaceEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified NamespaceEvidence message, length delimited. Does not implicitly {@link reroot.v1.NamespaceEvidence.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {reroot.v1.NamespaceEvidence.$Properties} message NamespaceEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamespaceEvidence.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a NamespaceEvidence message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape} NamespaceEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a NamespaceEvidence message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.NamespaceEvidence & reroot.v1.NamespaceEvidence.$Shape} NamespaceEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamespaceEvidence.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a NamespaceEvidence message.
             * @function verify
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            NamespaceEvidence.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    if (!$util.isString(message.namespace))
                        return "namespace: string expected";
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding")) {
                    let error = $root.reroot.v1.Holding.verify(message.holding, _depth + 1);
                    if (error)
                        return "holding." + error;
                }
                return null;
            };

            /**
             * Creates a NamespaceEvidence message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.NamespaceEvidence} NamespaceEvidence
             */
            NamespaceEvidence.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.NamespaceEvidence)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.NamespaceEvidence: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.NamespaceEvidence();
                if (object.namespace != null)
                    if (typeof object.namespace !== "string" || object.namespace.length)
                        message.namespace = $String(object.namespace);
                if (object.holding != null) {
                    if (!$util.isObject(object.holding))
                        throw $TypeError(".reroot.v1.NamespaceEvidence.holding: object expected");
                    message.holding = $root.reroot.v1.Holding.fromObject(object.holding, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NamespaceEvidence message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {reroot.v1.NamespaceEvidence} message NamespaceEvidence
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NamespaceEvidence.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.namespace = "";
                    object.holding = null;
                }
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    object.namespace = message.namespace;
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding"))
                    object.holding = $root.reroot.v1.Holding.toObject(message.holding, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NamespaceEvidence to JSON.
             * @function toJSON
             * @memberof reroot.v1.NamespaceEvidence
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NamespaceEvidence.prototype.toJSON = function() {
                return NamespaceEvidence.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NamespaceEvidence
             * @function getTypeUrl
             * @memberof reroot.v1.NamespaceEvidence
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NamespaceEvidence.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.NamespaceEvidence";
            };

            return NamespaceEvidence;
        })();

        v1.WorkloadEvidence = (function() {

            /**
             * Properties of a WorkloadEvidence.
             * @typedef {Object} reroot.v1.WorkloadEvidence.$Properties
             * @property {string|null} [namespace] WorkloadEvidence namespace
             * @property {reroot.v1.Holding.$Properties|null} [holding] WorkloadEvidence holding
             * @property {number|null} [count] WorkloadEvidence count
             * @property {Array.<string>|null} [examples] WorkloadEvidence examples
             * @property {reroot.v1.EvidenceMethod|null} [method] WorkloadEvidence method
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WorkloadEvidence.
             * @memberof reroot.v1
             * @interface IWorkloadEvidence
             * @augments reroot.v1.WorkloadEvidence.$Properties
             * @deprecated Use reroot.v1.WorkloadEvidence.$Properties instead.
             */

            /**
             * Shape of a WorkloadEvidence.
             * @typedef {reroot.v1.WorkloadEvidence.$Properties} reroot.v1.WorkloadEvidence.$Shape
             */

            /**
             * Constructs a new WorkloadEvidence.
             * @memberof reroot.v1
             * @classdesc Represents a WorkloadEvidence.
             * @constructor
             * @param {reroot.v1.WorkloadEvidence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WorkloadEvidence = function (properties) {
                this.examples = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WorkloadEvidence namespace.
             * @member {string} namespace
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             */
            WorkloadEvidence.prototype.namespace = "";

            /**
             * WorkloadEvidence holding.
             * @member {reroot.v1.Holding.$Properties|null|undefined} holding
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             */
            WorkloadEvidence.prototype.holding = null;

            /**
             * WorkloadEvidence count.
             * @member {number} count
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             */
            WorkloadEvidence.prototype.count = 0;

            /**
             * WorkloadEvidence examples.
             * @member {Array.<string>} examples
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             */
            WorkloadEvidence.prototype.examples = $util.emptyArray;

            /**
             * WorkloadEvidence method.
             * @member {reroot.v1.EvidenceMethod} method
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             */
            WorkloadEvidence.prototype.method = 0;

            /**
             * Creates a new WorkloadEvidence instance using the specified properties.
             * @function create
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {reroot.v1.WorkloadEvidence.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.WorkloadEvidence} WorkloadEvidence instance
             * @type {{
             *   (properties: reroot.v1.WorkloadEvidence.$Shape): reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape;
             *   (properties?: reroot.v1.WorkloadEvidence.$Properties): reroot.v1.WorkloadEvidence;
             * }}
             */
            WorkloadEvidence.create = function(properties) {
                return new WorkloadEvidence(properties);
            };

            /**
             * Encodes the specified WorkloadEvidence message. Does not implicitly {@link reroot.v1.WorkloadEvidence.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {reroot.v1.WorkloadEvidence.$Properties} message WorkloadEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified WorkloadEvidence message, length delimited. Does not implicitly {@link reroot.v1.WorkloadEvidence.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {reroot.v1.WorkloadEvidence.$Properties} message WorkloadEvidence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WorkloadEvidence.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a WorkloadEvidence message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape} WorkloadEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a WorkloadEvidence message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.WorkloadEvidence & reroot.v1.WorkloadEvidence.$Shape} WorkloadEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WorkloadEvidence.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a WorkloadEvidence message.
             * @function verify
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            WorkloadEvidence.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    if (!$util.isString(message.namespace))
                        return "namespace: string expected";
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding")) {
                    let error = $root.reroot.v1.Holding.verify(message.holding, _depth + 1);
                    if (error)
                        return "holding." + error;
                }
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    if (!$util.isInteger(message.count))
                        return "count: integer expected";
                if (message.examples != null && $Object.hasOwnProperty.call(message, "examples")) {
                    if (!$Array.isArray(message.examples))
                        return "examples: array expected";
                    for (let i = 0; i < message.examples.length; ++i)
                        if (!$util.isString(message.examples[i]))
                            return "examples: string[] expected";
                }
                if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                    if (typeof message.method !== "number" || (message.method | 0) !== message.method)
                        return "method: enum value expected";
                return null;
            };

            /**
             * Creates a WorkloadEvidence message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.WorkloadEvidence} WorkloadEvidence
             */
            WorkloadEvidence.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.WorkloadEvidence)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.WorkloadEvidence: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.WorkloadEvidence();
                if (object.namespace != null)
                    if (typeof object.namespace !== "string" || object.namespace.length)
                        message.namespace = $String(object.namespace);
                if (object.holding != null) {
                    if (!$util.isObject(object.holding))
                        throw $TypeError(".reroot.v1.WorkloadEvidence.holding: object expected");
                    message.holding = $root.reroot.v1.Holding.fromObject(object.holding, _depth + 1);
                }
                if (object.count != null)
                    if ($Number(object.count) !== 0)
                        message.count = object.count >>> 0;
                if (object.examples) {
                    if (!$Array.isArray(object.examples))
                        throw $TypeError(".reroot.v1.WorkloadEvidence.examples: array expected");
                    message.examples = $Array(object.examples.length);
                    for (let i = 0; i < object.examples.length; ++i)
                        message.examples[i] = $String(object.examples[i]);
                }
                if (object.method !== 0 && (typeof object.method !== "string" || $root.reroot.v1.EvidenceMethod[object.method] !== 0))
                    switch (object.method) {
                    case "EVIDENCE_METHOD_UNSPECIFIED":
                    case 0:
                        message.method = 0;
                        break;
                    case "EVIDENCE_METHOD_PROXY_CONFIG":
                    case 1:
                        message.method = 1;
                        break;
                    default:
                        if (typeof object.method === "number" && (object.method | 0) === object.method)
                            message.method = object.method;
                    }
                return message;
            };

            /**
             * Creates a plain object from a WorkloadEvidence message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {reroot.v1.WorkloadEvidence} message WorkloadEvidence
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            WorkloadEvidence.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.examples = [];
                if (options.defaults) {
                    object.namespace = "";
                    object.holding = null;
                    object.count = 0;
                    object.method = options.enums === $String ? "EVIDENCE_METHOD_UNSPECIFIED" : 0;
                }
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    object.namespace = message.namespace;
                if (message.holding != null && $Object.hasOwnProperty.call(message, "holding"))
                    object.holding = $root.reroot.v1.Holding.toObject(message.holding, options, _depth + 1);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    object.count = message.count;
                if (message.examples && message.examples.length) {
                    object.examples = $Array(message.examples.length);
                    for (let j = 0; j < message.examples.length; ++j)
                        object.examples[j] = message.examples[j];
                }
                if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                    object.method = options.enums === $String ? $root.reroot.v1.EvidenceMethod[message.method] === $undefined ? message.method : $root.reroot.v1.EvidenceMethod[message.method] : message.method;
                return object;
            };

            /**
             * Converts this WorkloadEvidence to JSON.
             * @function toJSON
             * @memberof reroot.v1.WorkloadEvidence
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            WorkloadEvidence.prototype.toJSON = function() {
                return WorkloadEvidence.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for WorkloadEvidence
             * @function getTypeUrl
             * @memberof reroot.v1.WorkloadEvidence
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            WorkloadEvidence.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.WorkloadEvidence";
            };

            return WorkloadEvidence;
        })();

        /**
         * EvidenceMethod enum.
         * @name reroot.v1.EvidenceMethod
         * @enum {number}
         * @property {number} EVIDENCE_METHOD_UNSPECIFIED=0 EVIDENCE_METHOD_UNSPECIFIED value
         * @property {number} EVIDENCE_METHOD_PROXY_CONFIG=1 EVIDENCE_METHOD_PROXY_CONFIG value
         */
        v1.EvidenceMethod = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "EVIDENCE_METHOD_UNSPECIFIED"] = 0;
            values[valuesById[1] = "EVIDENCE_METHOD_PROXY_CONFIG"] = 1;
            return values;
        })();

        v1.Problem = (function() {

            /**
             * Properties of a Problem.
             * @typedef {Object} reroot.v1.Problem.$Properties
             * @property {string|null} [code] Problem code
             * @property {string|null} [message] Problem message
             * @property {string|null} [remedy] Problem remedy
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Problem.
             * @memberof reroot.v1
             * @interface IProblem
             * @augments reroot.v1.Problem.$Properties
             * @deprecated Use reroot.v1.Problem.$Properties instead.
             */

            /**
             * Shape of a Problem.
             * @typedef {reroot.v1.Problem.$Properties} reroot.v1.Problem.$Shape
             */

            /**
             * Constructs a new Problem.
             * @memberof reroot.v1
             * @classdesc Represents a Problem.
             * @constructor
             * @param {reroot.v1.Problem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Problem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Problem code.
             * @member {string} code
             * @memberof reroot.v1.Problem
             * @instance
             */
            Problem.prototype.code = "";

            /**
             * Problem message.
             * @member {string} message
             * @memberof reroot.v1.Problem
             * @instance
             */
            Problem.prototype.message = "";

            /**
             * Problem remedy.
             * @member {string} remedy
             * @memberof reroot.v1.Problem
             * @instance
             */
            Problem.prototype.remedy = "";

            /**
             * Creates a new Problem instance using the specified properties.
             * @function create
             * @memberof reroot.v1.Problem
             * @static
             * @param {reroot.v1.Problem.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.Problem} Problem instance
             * @type {{
             *   (properties: reroot.v1.Problem.$Shape): reroot.v1.Problem & reroot.v1.Problem.$Shape;
             *   (properties?: reroot.v1.Problem.$Properties): reroot.v1.Problem;
             * }}
             */
            Problem.create = function(properties) {
                return new Problem(properties);
            };

            /**
             * Encodes the specified Problem message. Does not implicitly {@link reroot.v1.Problem.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.Problem
             * @static
             * @param {reroot.v1.Problem.$Properties} message Problem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified Problem message, length delimited. Does not implicitly {@link reroot.v1.Problem.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.Problem
             * @static
             * @param {reroot.v1.Problem.$Properties} message Problem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Problem.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.Problem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.Problem & reroot.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a Problem message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.Problem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.Problem & reroot.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Problem.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a Problem message.
             * @function verify
             * @memberof reroot.v1.Problem
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Problem.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    if (!$util.isString(message.code))
                        return "code: string expected";
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    if (!$util.isString(message.message))
                        return "message: string expected";
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy"))
                    if (!$util.isString(message.remedy))
                        return "remedy: string expected";
                return null;
            };

            /**
             * Creates a Problem message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.Problem
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.Problem} Problem
             */
            Problem.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.Problem)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.Problem: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.Problem();
                if (object.code != null)
                    if (typeof object.code !== "string" || object.code.length)
                        message.code = $String(object.code);
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.remedy != null)
                    if (typeof object.remedy !== "string" || object.remedy.length)
                        message.remedy = $String(object.remedy);
                return message;
            };

            /**
             * Creates a plain object from a Problem message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.Problem
             * @static
             * @param {reroot.v1.Problem} message Problem
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Problem.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.code = "";
                    object.message = "";
                    object.remedy = "";
                }
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    object.code = message.code;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy"))
                    object.remedy = message.remedy;
                return object;
            };

            /**
             * Converts this Problem to JSON.
             * @function toJSON
             * @memberof reroot.v1.Problem
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Problem.prototype.toJSON = function() {
                return Problem.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Problem
             * @function getTypeUrl
             * @memberof reroot.v1.Problem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Problem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.Problem";
            };

            return Problem;
        })();

        v1.IssueIntermediateRequest = (function() {

            /**
             * Properties of an IssueIntermediateRequest.
             * @typedef {Object} reroot.v1.IssueIntermediateRequest.$Properties
             * @property {Uint8Array|null} [csr] IssueIntermediateRequest csr
             * @property {string|null} [signerRoot] IssueIntermediateRequest signerRoot
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IssueIntermediateRequest.
             * @memberof reroot.v1
             * @interface IIssueIntermediateRequest
             * @augments reroot.v1.IssueIntermediateRequest.$Properties
             * @deprecated Use reroot.v1.IssueIntermediateRequest.$Properties instead.
             */

            /**
             * Shape of an IssueIntermediateRequest.
             * @typedef {reroot.v1.IssueIntermediateRequest.$Properties} reroot.v1.IssueIntermediateRequest.$Shape
             */

            /**
             * Constructs a new IssueIntermediateRequest.
             * @memberof reroot.v1
             * @classdesc Represents an IssueIntermediateRequest.
             * @constructor
             * @param {reroot.v1.IssueIntermediateRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IssueIntermediateRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IssueIntermediateRequest csr.
             * @member {Uint8Array} csr
             * @memberof reroot.v1.IssueIntermediateRequest
             * @instance
             */
            IssueIntermediateRequest.prototype.csr = $util.newBuffer([]);

            /**
             * IssueIntermediateRequest signerRoot.
             * @member {string} signerRoot
             * @memberof reroot.v1.IssueIntermediateRequest
             * @instance
             */
            IssueIntermediateRequest.prototype.signerRoot = "";

            /**
             * Creates a new IssueIntermediateRequest instance using the specified properties.
             * @function create
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {reroot.v1.IssueIntermediateRequest.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.IssueIntermediateRequest} IssueIntermediateRequest instance
             * @type {{
             *   (properties: reroot.v1.IssueIntermediateRequest.$Shape): reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape;
             *   (properties?: reroot.v1.IssueIntermediateRequest.$Properties): reroot.v1.IssueIntermediateRequest;
             * }}
             */
            IssueIntermediateRequest.create = function(properties) {
                return new IssueIntermediateRequest(properties);
            };

            /**
             * Encodes the specified IssueIntermediateRequest message. Does not implicitly {@link reroot.v1.IssueIntermediateRequest.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {reroot.v1.IssueIntermediateRequest.$Properties} message IssueIntermediateRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified IssueIntermediateRequest message, length delimited. Does not implicitly {@link reroot.v1.IssueIntermediateRequest.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {reroot.v1.IssueIntermediateRequest.$Properties} message IssueIntermediateRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IssueIntermediateRequest.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an IssueIntermediateRequest message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape} IssueIntermediateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an IssueIntermediateRequest message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.IssueIntermediateRequest & reroot.v1.IssueIntermediateRequest.$Shape} IssueIntermediateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IssueIntermediateRequest.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an IssueIntermediateRequest message.
             * @function verify
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            IssueIntermediateRequest.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.csr != null && $Object.hasOwnProperty.call(message, "csr"))
                    if (!(message.csr && typeof message.csr.length === "number" || $util.isString(message.csr)))
                        return "csr: buffer expected";
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot"))
                    if (!$util.isString(message.signerRoot))
                        return "signerRoot: string expected";
                return null;
            };

            /**
             * Creates an IssueIntermediateRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.IssueIntermediateRequest} IssueIntermediateRequest
             */
            IssueIntermediateRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.IssueIntermediateRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.IssueIntermediateRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.IssueIntermediateRequest();
                if (object.csr != null)
                    if (object.csr.length)
                        if (typeof object.csr === "string")
                            $util.base64.decode(object.csr, message.csr = $util.newBuffer($util.base64.length(object.csr)), 0);
                        else if (object.csr.length >= 0)
                            message.csr = object.csr;
                if (object.signerRoot != null)
                    if (typeof object.signerRoot !== "string" || object.signerRoot.length)
                        message.signerRoot = $String(object.signerRoot);
                return message;
            };

            /**
             * Creates a plain object from an IssueIntermediateRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {reroot.v1.IssueIntermediateRequest} message IssueIntermediateRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            IssueIntermediateRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if (options.bytes === $String)
                        object.csr = "";
                    else {
                        object.csr = [];
                        if (options.bytes !== $Array)
                            object.csr = $util.newBuffer(object.csr);
                    }
                    object.signerRoot = "";
                }
                if (message.csr != null && $Object.hasOwnProperty.call(message, "csr"))
                    object.csr = options.bytes === $String ? $util.base64.encode(message.csr, 0, message.csr.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.csr) : message.csr;
                if (message.signerRoot != null && $Object.hasOwnProperty.call(message, "signerRoot"))
                    object.signerRoot = message.signerRoot;
                return object;
            };

            /**
             * Converts this IssueIntermediateRequest to JSON.
             * @function toJSON
             * @memberof reroot.v1.IssueIntermediateRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            IssueIntermediateRequest.prototype.toJSON = function() {
                return IssueIntermediateRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for IssueIntermediateRequest
             * @function getTypeUrl
             * @memberof reroot.v1.IssueIntermediateRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IssueIntermediateRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.IssueIntermediateRequest";
            };

            return IssueIntermediateRequest;
        })();

        v1.IssueIntermediateResponse = (function() {

            /**
             * Properties of an IssueIntermediateResponse.
             * @typedef {Object} reroot.v1.IssueIntermediateResponse.$Properties
             * @property {reroot.v1.IssuedIntermediate.$Properties|null} [issued] IssueIntermediateResponse issued
             * @property {reroot.v1.Problem.$Properties|null} [refused] IssueIntermediateResponse refused
             * @property {"issued"|"refused"} [result] IssueIntermediateResponse result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IssueIntermediateResponse.
             * @memberof reroot.v1
             * @interface IIssueIntermediateResponse
             * @augments reroot.v1.IssueIntermediateResponse.$Properties
             * @deprecated Use reroot.v1.IssueIntermediateResponse.$Properties instead.
             */

            /**
             * Narrowed shape of an IssueIntermediateResponse.
             * @typedef {{
             *   issued?: reroot.v1.IssuedIntermediate.$Shape|null;
             *   refused?: reroot.v1.Problem.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ result?: undefined; issued?: null; refused?: null }|{ result?: "issued"; issued: reroot.v1.IssuedIntermediate.$Shape; refused?: null }|{ result?: "refused"; issued?: null; refused: reroot.v1.Problem.$Shape })
             * )} reroot.v1.IssueIntermediateResponse.$Shape
             */

            /**
             * Constructs a new IssueIntermediateResponse.
             * @memberof reroot.v1
             * @classdesc Represents an IssueIntermediateResponse.
             * @constructor
             * @param {reroot.v1.IssueIntermediateResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IssueIntermediateResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IssueIntermediateResponse issued.
             * @member {reroot.v1.IssuedIntermediate.$Properties|null|undefined} issued
             * @memberof reroot.v1.IssueIntermediateResponse
             * @instance
             */
            IssueIntermediateResponse.prototype.issued = null;

            /**
             * IssueIntermediateResponse refused.
             * @member {reroot.v1.Problem.$Properties|null|undefined} refused
             * @memberof reroot.v1.IssueIntermediateResponse
             * @instance
             */
            IssueIntermediateResponse.prototype.refused = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * IssueIntermediateResponse result.
             * @member {"issued"|"refused"|undefined} result
             * @memberof reroot.v1.IssueIntermediateResponse
             * @instance
             */
            $Object.defineProperty(IssueIntermediateResponse.prototype, "result", {
                get: $util.oneOfGetter($oneOfFields = ["issued", "refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new IssueIntermediateResponse instance using the specified properties.
             * @function create
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {reroot.v1.IssueIntermediateResponse.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.IssueIntermediateResponse} IssueIntermediateResponse instance
             * @type {{
             *   (properties: reroot.v1.IssueIntermediateResponse.$Shape): reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape;
             *   (properties?: reroot.v1.IssueIntermediateResponse.$Properties): reroot.v1.IssueIntermediateResponse;
             * }}
             */
            IssueIntermediateResponse.create = function(properties) {
                return new IssueIntermediateResponse(properties);
            };

            /**
             * Encodes the specified IssueIntermediateResponse message. Does not implicitly {@link reroot.v1.IssueIntermediateResponse.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {reroot.v1.IssueIntermediateResponse.$Properties} message IssueIntermediateResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified IssueIntermediateResponse message, length delimited. Does not implicitly {@link reroot.v1.IssueIntermediateResponse.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {reroot.v1.IssueIntermediateResponse.$Properties} message IssueIntermediateResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IssueIntermediateResponse.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an IssueIntermediateResponse message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape} IssueIntermediateResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an IssueIntermediateResponse message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.IssueIntermediateResponse & reroot.v1.IssueIntermediateResponse.$Shape} IssueIntermediateResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IssueIntermediateResponse.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an IssueIntermediateResponse message.
             * @function verify
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            IssueIntermediateResponse.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.issued != null && $Object.hasOwnProperty.call(message, "issued")) {
                    properties.result = 1;
                    {
                        let error = $root.reroot.v1.IssuedIntermediate.verify(message.issued, _depth + 1);
                        if (error)
                            return "issued." + error;
                    }
                }
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused")) {
                    if (properties.result === 1)
                        return "result: multiple values";
                    properties.result = 1;
                    {
                        let error = $root.reroot.v1.Problem.verify(message.refused, _depth + 1);
                        if (error)
                            return "refused." + error;
                    }
                }
                return null;
            };

            /**
             * Creates an IssueIntermediateResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.IssueIntermediateResponse} IssueIntermediateResponse
             */
            IssueIntermediateResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.IssueIntermediateResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.IssueIntermediateResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.IssueIntermediateResponse();
                if (object.issued != null) {
                    if (!$util.isObject(object.issued))
                        throw $TypeError(".reroot.v1.IssueIntermediateResponse.issued: object expected");
                    message.issued = $root.reroot.v1.IssuedIntermediate.fromObject(object.issued, _depth + 1);
                }
                if (object.refused != null) {
                    if (!$util.isObject(object.refused))
                        throw $TypeError(".reroot.v1.IssueIntermediateResponse.refused: object expected");
                    message.refused = $root.reroot.v1.Problem.fromObject(object.refused, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an IssueIntermediateResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {reroot.v1.IssueIntermediateResponse} message IssueIntermediateResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            IssueIntermediateResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.issued != null && $Object.hasOwnProperty.call(message, "issued")) {
                    object.issued = $root.reroot.v1.IssuedIntermediate.toObject(message.issued, options, _depth + 1);
                    if (options.oneofs)
                        object.result = "issued";
                }
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused")) {
                    object.refused = $root.reroot.v1.Problem.toObject(message.refused, options, _depth + 1);
                    if (options.oneofs)
                        object.result = "refused";
                }
                return object;
            };

            /**
             * Converts this IssueIntermediateResponse to JSON.
             * @function toJSON
             * @memberof reroot.v1.IssueIntermediateResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            IssueIntermediateResponse.prototype.toJSON = function() {
                return IssueIntermediateResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for IssueIntermediateResponse
             * @function getTypeUrl
             * @memberof reroot.v1.IssueIntermediateResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IssueIntermediateResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.IssueIntermediateResponse";
            };

            return IssueIntermediateResponse;
        })();

        v1.IssuedIntermediate = (function() {

            /**
             * Properties of an IssuedIntermediate.
             * @typedef {Object} reroot.v1.IssuedIntermediate.$Properties
             * @property {Array.<Uint8Array>|null} [chain] IssuedIntermediate chain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IssuedIntermediate.
             * @memberof reroot.v1
             * @interface IIssuedIntermediate
             * @augments reroot.v1.IssuedIntermediate.$Properties
             * @deprecated Use reroot.v1.IssuedIntermediate.$Properties instead.
             */

            /**
             * Shape of an IssuedIntermediate.
             * @typedef {reroot.v1.IssuedIntermediate.$Properties} reroot.v1.IssuedIntermediate.$Shape
             */

            /**
             * Constructs a new IssuedIntermediate.
             * @memberof reroot.v1
             * @classdesc Represents an IssuedIntermediate.
             * @constructor
             * @param {reroot.v1.IssuedIntermediate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IssuedIntermediate = function (properties) {
                this.chain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IssuedIntermediate chain.
             * @member {Array.<Uint8Array>} chain
             * @memberof reroot.v1.IssuedIntermediate
             * @instance
             */
            IssuedIntermediate.prototype.chain = $util.emptyArray;

            /**
             * Creates a new IssuedIntermediate instance using the specified properties.
             * @function create
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {reroot.v1.IssuedIntermediate.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.IssuedIntermediate} IssuedIntermediate instance
             * @type {{
             *   (properties: reroot.v1.IssuedIntermediate.$Shape): reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape;
             *   (properties?: reroot.v1.IssuedIntermediate.$Properties): reroot.v1.IssuedIntermediate;
             * }}
             */
            IssuedIntermediate.create = function(properties) {
                return new IssuedIntermediate(properties);
            };

            /**
             * Encodes the specified IssuedIntermediate message. Does not implicitly {@link reroot.v1.IssuedIntermediate.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {reroot.v1.IssuedIntermediate.$Properties} message IssuedIntermediate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified IssuedIntermediate message, length delimited. Does not implicitly {@link reroot.v1.IssuedIntermediate.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {reroot.v1.IssuedIntermediate.$Properties} message IssuedIntermediate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IssuedIntermediate.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an IssuedIntermediate message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape} IssuedIntermediate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an IssuedIntermediate message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.IssuedIntermediate & reroot.v1.IssuedIntermediate.$Shape} IssuedIntermediate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IssuedIntermediate.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an IssuedIntermediate message.
             * @function verify
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            IssuedIntermediate.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain")) {
                    if (!$Array.isArray(message.chain))
                        return "chain: array expected";
                    for (let i = 0; i < message.chain.length; ++i)
                        if (!(message.chain[i] && typeof message.chain[i].length === "number" || $util.isString(message.chain[i])))
                            return "chain: buffer[] expected";
                }
                return null;
            };

            /**
             * Creates an IssuedIntermediate message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.IssuedIntermediate} IssuedIntermediate
             */
            IssuedIntermediate.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.IssuedIntermediate)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.IssuedIntermediate: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.IssuedIntermediate();
                if (object.chain) {
                    if (!$Array.isArray(object.chain))
                        throw $TypeError(".reroot.v1.IssuedIntermediate.chain: array expected");
                    message.chain = $Array(object.chain.length);
                    for (let i = 0; i < object.chain.length; ++i)
                        if (typeof object.chain[i] === "string")
                            $util.base64.decode(object.chain[i], message.chain[i] = $util.newBuffer($util.base64.length(object.chain[i])), 0);
                        else if (object.chain[i].length >= 0)
                            message.chain[i] = object.chain[i];
                }
                return message;
            };

            /**
             * Creates a plain object from an IssuedIntermediate message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {reroot.v1.IssuedIntermediate} message IssuedIntermediate
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            IssuedIntermediate.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.chain = [];
                if (message.chain && message.chain.length) {
                    object.chain = $Array(message.chain.length);
                    for (let j = 0; j < message.chain.length; ++j)
                        object.chain[j] = options.bytes === $String ? $util.base64.encode(message.chain[j], 0, message.chain[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.chain[j]) : message.chain[j];
                }
                return object;
            };

            /**
             * Converts this IssuedIntermediate to JSON.
             * @function toJSON
             * @memberof reroot.v1.IssuedIntermediate
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            IssuedIntermediate.prototype.toJSON = function() {
                return IssuedIntermediate.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for IssuedIntermediate
             * @function getTypeUrl
             * @memberof reroot.v1.IssuedIntermediate
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IssuedIntermediate.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.IssuedIntermediate";
            };

            return IssuedIntermediate;
        })();

        v1.RootCertificateAuthority = (function() {

            /**
             * Properties of a RootCertificateAuthority.
             * @typedef {Object} reroot.v1.RootCertificateAuthority.$Properties
             * @property {reroot.v1.CommonCertOptions.$Properties|null} [generated] RootCertificateAuthority generated
             * @property {reroot.v1.ObjectRef.$Properties|null} [secret] RootCertificateAuthority secret
             * @property {"generated"|"secret"} [caSource] RootCertificateAuthority caSource
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RootCertificateAuthority.
             * @memberof reroot.v1
             * @interface IRootCertificateAuthority
             * @augments reroot.v1.RootCertificateAuthority.$Properties
             * @deprecated Use reroot.v1.RootCertificateAuthority.$Properties instead.
             */

            /**
             * Narrowed shape of a RootCertificateAuthority.
             * @typedef {{
             *   generated?: reroot.v1.CommonCertOptions.$Shape|null;
             *   secret?: reroot.v1.ObjectRef.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ caSource?: undefined; generated?: null; secret?: null }|{ caSource?: "generated"; generated: reroot.v1.CommonCertOptions.$Shape; secret?: null }|{ caSource?: "secret"; generated?: null; secret: reroot.v1.ObjectRef.$Shape })
             * )} reroot.v1.RootCertificateAuthority.$Shape
             */

            /**
             * Constructs a new RootCertificateAuthority.
             * @memberof reroot.v1
             * @classdesc Represents a RootCertificateAuthority.
             * @constructor
             * @param {reroot.v1.RootCertificateAuthority.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RootCertificateAuthority = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RootCertificateAuthority generated.
             * @member {reroot.v1.CommonCertOptions.$Properties|null|undefined} generated
             * @memberof reroot.v1.RootCertificateAuthority
             * @instance
             */
            RootCertificateAuthority.prototype.generated = null;

            /**
             * RootCertificateAuthority secret.
             * @member {reroot.v1.ObjectRef.$Properties|null|undefined} secret
             * @memberof reroot.v1.RootCertificateAuthority
             * @instance
             */
            RootCertificateAuthority.prototype.secret = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * RootCertificateAuthority caSource.
             * @member {"generated"|"secret"|undefined} caSource
             * @memberof reroot.v1.RootCertificateAuthority
             * @instance
             */
            $Object.defineProperty(RootCertificateAuthority.prototype, "caSource", {
                get: $util.oneOfGetter($oneOfFields = ["generated", "secret"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new RootCertificateAuthority instance using the specified properties.
             * @function create
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {reroot.v1.RootCertificateAuthority.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.RootCertificateAuthority} RootCertificateAuthority instance
             * @type {{
             *   (properties: reroot.v1.RootCertificateAuthority.$Shape): reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape;
             *   (properties?: reroot.v1.RootCertificateAuthority.$Properties): reroot.v1.RootCertificateAuthority;
             * }}
             */
            RootCertificateAuthority.create = function(properties) {
                return new RootCertificateAuthority(properties);
            };

            /**
             * Encodes the specified RootCertificateAuthority message. Does not implicitly {@link reroot.v1.RootCertificateAuthority.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {reroot.v1.RootCertificateAuthority.$Properties} message RootCertificateAuthority message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified RootCertificateAuthority message, length delimited. Does not implicitly {@link reroot.v1.RootCertificateAuthority.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {reroot.v1.RootCertificateAuthority.$Properties} message RootCertificateAuthority message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RootCertificateAuthority.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a RootCertificateAuthority message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape} RootCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a RootCertificateAuthority message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.RootCertificateAuthority & reroot.v1.RootCertificateAuthority.$Shape} RootCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RootCertificateAuthority.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a RootCertificateAuthority message.
             * @function verify
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            RootCertificateAuthority.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.generated != null && $Object.hasOwnProperty.call(message, "generated")) {
                    properties.caSource = 1;
                    {
                        let error = $root.reroot.v1.CommonCertOptions.verify(message.generated, _depth + 1);
                        if (error)
                            return "generated." + error;
                    }
                }
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret")) {
                    if (properties.caSource === 1)
                        return "caSource: multiple values";
                    properties.caSource = 1;
                    {
                        let error = $root.reroot.v1.ObjectRef.verify(message.secret, _depth + 1);
                        if (error)
                            return "secret." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a RootCertificateAuthority message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.RootCertificateAuthority} RootCertificateAuthority
             */
            RootCertificateAuthority.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.RootCertificateAuthority)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.RootCertificateAuthority: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.RootCertificateAuthority();
                if (object.generated != null) {
                    if (!$util.isObject(object.generated))
                        throw $TypeError(".reroot.v1.RootCertificateAuthority.generated: object expected");
                    message.generated = $root.reroot.v1.CommonCertOptions.fromObject(object.generated, _depth + 1);
                }
                if (object.secret != null) {
                    if (!$util.isObject(object.secret))
                        throw $TypeError(".reroot.v1.RootCertificateAuthority.secret: object expected");
                    message.secret = $root.reroot.v1.ObjectRef.fromObject(object.secret, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a RootCertificateAuthority message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {reroot.v1.RootCertificateAuthority} message RootCertificateAuthority
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            RootCertificateAuthority.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.generated != null && $Object.hasOwnProperty.call(message, "generated")) {
                    object.generated = $root.reroot.v1.CommonCertOptions.toObject(message.generated, options, _depth + 1);
                    if (options.oneofs)
                        object.caSource = "generated";
                }
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret")) {
                    object.secret = $root.reroot.v1.ObjectRef.toObject(message.secret, options, _depth + 1);
                    if (options.oneofs)
                        object.caSource = "secret";
                }
                return object;
            };

            /**
             * Converts this RootCertificateAuthority to JSON.
             * @function toJSON
             * @memberof reroot.v1.RootCertificateAuthority
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            RootCertificateAuthority.prototype.toJSON = function() {
                return RootCertificateAuthority.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for RootCertificateAuthority
             * @function getTypeUrl
             * @memberof reroot.v1.RootCertificateAuthority
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RootCertificateAuthority.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.RootCertificateAuthority";
            };

            return RootCertificateAuthority;
        })();

        v1.IntermediateCertificateAuthority = (function() {

            /**
             * Properties of an IntermediateCertificateAuthority.
             * @typedef {Object} reroot.v1.IntermediateCertificateAuthority.$Properties
             * @property {reroot.v1.VaultCA.$Properties|null} [vault] IntermediateCertificateAuthority vault
             * @property {"vault"} [caSource] IntermediateCertificateAuthority caSource
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IntermediateCertificateAuthority.
             * @memberof reroot.v1
             * @interface IIntermediateCertificateAuthority
             * @augments reroot.v1.IntermediateCertificateAuthority.$Properties
             * @deprecated Use reroot.v1.IntermediateCertificateAuthority.$Properties instead.
             */

            /**
             * Narrowed shape of an IntermediateCertificateAuthority.
             * @typedef {{
             *   vault?: reroot.v1.VaultCA.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ caSource?: undefined; vault?: null }|{ caSource?: "vault"; vault: reroot.v1.VaultCA.$Shape })
             * )} reroot.v1.IntermediateCertificateAuthority.$Shape
             */

            /**
             * Constructs a new IntermediateCertificateAuthority.
             * @memberof reroot.v1
             * @classdesc Represents an IntermediateCertificateAuthority.
             * @constructor
             * @param {reroot.v1.IntermediateCertificateAuthority.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IntermediateCertificateAuthority = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IntermediateCertificateAuthority vault.
             * @member {reroot.v1.VaultCA.$Properties|null|undefined} vault
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @instance
             */
            IntermediateCertificateAuthority.prototype.vault = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * IntermediateCertificateAuthority caSource.
             * @member {"vault"|undefined} caSource
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @instance
             */
            $Object.defineProperty(IntermediateCertificateAuthority.prototype, "caSource", {
                get: $util.oneOfGetter($oneOfFields = ["vault"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new IntermediateCertificateAuthority instance using the specified properties.
             * @function create
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {reroot.v1.IntermediateCertificateAuthority.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.IntermediateCertificateAuthority} IntermediateCertificateAuthority instance
             * @type {{
             *   (properties: reroot.v1.IntermediateCertificateAuthority.$Shape): reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape;
             *   (properties?: reroot.v1.IntermediateCertificateAuthority.$Properties): reroot.v1.IntermediateCertificateAuthority;
             * }}
             */
            IntermediateCertificateAuthority.create = function(properties) {
                return new IntermediateCertificateAuthority(properties);
            };

            /**
             * Encodes the specified IntermediateCertificateAuthority message. Does not implicitly {@link reroot.v1.IntermediateCertificateAuthority.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {reroot.v1.IntermediateCertificateAuthority.$Properties} message IntermediateCertificateAuthority message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified IntermediateCertificateAuthority message, length delimited. Does not implicitly {@link reroot.v1.IntermediateCertificateAuthority.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {reroot.v1.IntermediateCertificateAuthority.$Properties} message IntermediateCertificateAuthority message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IntermediateCertificateAuthority.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an IntermediateCertificateAuthority message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape} IntermediateCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an IntermediateCertificateAuthority message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.IntermediateCertificateAuthority & reroot.v1.IntermediateCertificateAuthority.$Shape} IntermediateCertificateAuthority
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IntermediateCertificateAuthority.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an IntermediateCertificateAuthority message.
             * @function verify
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            IntermediateCertificateAuthority.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.vault != null && $Object.hasOwnProperty.call(message, "vault")) {
                    properties.caSource = 1;
                    {
                        let error = $root.reroot.v1.VaultCA.verify(message.vault, _depth + 1);
                        if (error)
                            return "vault." + error;
                    }
                }
                return null;
            };

            /**
             * Creates an IntermediateCertificateAuthority message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.IntermediateCertificateAuthority} IntermediateCertificateAuthority
             */
            IntermediateCertificateAuthority.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.IntermediateCertificateAuthority)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.IntermediateCertificateAuthority: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.IntermediateCertificateAuthority();
                if (object.vault != null) {
                    if (!$util.isObject(object.vault))
                        throw $TypeError(".reroot.v1.IntermediateCertificateAuthority.vault: object expected");
                    message.vault = $root.reroot.v1.VaultCA.fromObject(object.vault, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an IntermediateCertificateAuthority message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {reroot.v1.IntermediateCertificateAuthority} message IntermediateCertificateAuthority
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            IntermediateCertificateAuthority.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.vault != null && $Object.hasOwnProperty.call(message, "vault")) {
                    object.vault = $root.reroot.v1.VaultCA.toObject(message.vault, options, _depth + 1);
                    if (options.oneofs)
                        object.caSource = "vault";
                }
                return object;
            };

            /**
             * Converts this IntermediateCertificateAuthority to JSON.
             * @function toJSON
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            IntermediateCertificateAuthority.prototype.toJSON = function() {
                return IntermediateCertificateAuthority.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for IntermediateCertificateAuthority
             * @function getTypeUrl
             * @memberof reroot.v1.IntermediateCertificateAuthority
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IntermediateCertificateAuthority.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.IntermediateCertificateAuthority";
            };

            return IntermediateCertificateAuthority;
        })();

        v1.CommonCertOptions = (function() {

            /**
             * Properties of a CommonCertOptions.
             * @typedef {Object} reroot.v1.CommonCertOptions.$Properties
             * @property {number|null} [ttlDays] CommonCertOptions ttlDays
             * @property {number|null} [rsaKeySizeBytes] CommonCertOptions rsaKeySizeBytes
             * @property {string|null} [orgName] CommonCertOptions orgName
             * @property {number|null} [secretRotationGracePeriodRatio] CommonCertOptions secretRotationGracePeriodRatio
             * @property {reroot.v1.KeyAlgorithm|null} [keyAlgorithm] CommonCertOptions keyAlgorithm
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CommonCertOptions.
             * @memberof reroot.v1
             * @interface ICommonCertOptions
             * @augments reroot.v1.CommonCertOptions.$Properties
             * @deprecated Use reroot.v1.CommonCertOptions.$Properties instead.
             */

            /**
             * Shape of a CommonCertOptions.
             * @typedef {reroot.v1.CommonCertOptions.$Properties} reroot.v1.CommonCertOptions.$Shape
             */

            /**
             * Constructs a new CommonCertOptions.
             * @memberof reroot.v1
             * @classdesc Represents a CommonCertOptions.
             * @constructor
             * @param {reroot.v1.CommonCertOptions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CommonCertOptions = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CommonCertOptions ttlDays.
             * @member {number} ttlDays
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             */
            CommonCertOptions.prototype.ttlDays = 0;

            /**
             * CommonCertOptions rsaKeySizeBytes.
             * @member {number} rsaKeySizeBytes
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             */
            CommonCertOptions.prototype.rsaKeySizeBytes = 0;

            /**
             * CommonCertOptions orgName.
             * @member {string} orgName
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             */
            CommonCertOptions.prototype.orgName = "";

            /**
             * CommonCertOptions secretRotationGracePeriodRatio.
             * @member {number} secretRotationGracePeriodRatio
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             */
            CommonCertOptions.prototype.secretRotationGracePeriodRatio = 0;

            /**
             * CommonCertOptions keyAlgorithm.
             * @member {reroot.v1.KeyAlgorithm} keyAlgorithm
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             */
            CommonCertOptions.prototype.keyAlgorithm = 0;

            /**
             * Creates a new CommonCertOptions instance using the specified properties.
             * @function create
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {reroot.v1.CommonCertOptions.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.CommonCertOptions} CommonCertOptions instance
             * @type {{
             *   (properties: reroot.v1.CommonCertOptions.$Shape): reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape;
             *   (properties?: reroot.v1.CommonCertOptions.$Properties): reroot.v1.CommonCertOptions;
             * }}
             */
            CommonCertOptions.create = function(properties) {
                return new CommonCertOptions(properties);
            };

            /**
             * Encodes the specified CommonCertOptions message. Does not implicitly {@link reroot.v1.CommonCertOptions.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {reroot.v1.CommonCertOptions.$Properties} message CommonCertOptions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified CommonCertOptions message, length delimited. Does not implicitly {@link reroot.v1.CommonCertOptions.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {reroot.v1.CommonCertOptions.$Properties} message CommonCertOptions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CommonCertOptions.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a CommonCertOptions message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape} CommonCertOptions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a CommonCertOptions message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.CommonCertOptions & reroot.v1.CommonCertOptions.$Shape} CommonCertOptions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CommonCertOptions.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a CommonCertOptions message.
             * @function verify
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CommonCertOptions.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.ttlDays != null && $Object.hasOwnProperty.call(message, "ttlDays"))
                    if (!$util.isInteger(message.ttlDays))
                        return "ttlDays: integer expected";
                if (message.rsaKeySizeBytes != null && $Object.hasOwnProperty.call(message, "rsaKeySizeBytes"))
                    if (!$util.isInteger(message.rsaKeySizeBytes))
                        return "rsaKeySizeBytes: integer expected";
                if (message.orgName != null && $Object.hasOwnProperty.call(message, "orgName"))
                    if (!$util.isString(message.orgName))
                        return "orgName: string expected";
                if (message.secretRotationGracePeriodRatio != null && $Object.hasOwnProperty.call(message, "secretRotationGracePeriodRatio"))
                    if (typeof message.secretRotationGracePeriodRatio !== "number")
                        return "secretRotationGracePeriodRatio: number expected";
                if (message.keyAlgorithm != null && $Object.hasOwnProperty.call(message, "keyAlgorithm"))
                    if (typeof message.keyAlgorithm !== "number" || (message.keyAlgorithm | 0) !== message.keyAlgorithm)
                        return "keyAlgorithm: enum value expected";
                return null;
            };

            /**
             * Creates a CommonCertOptions message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.CommonCertOptions} CommonCertOptions
             */
            CommonCertOptions.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.CommonCertOptions)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.CommonCertOptions: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.CommonCertOptions();
                if (object.ttlDays != null)
                    if ($Number(object.ttlDays) !== 0)
                        message.ttlDays = object.ttlDays >>> 0;
                if (object.rsaKeySizeBytes != null)
                    if ($Number(object.rsaKeySizeBytes) !== 0)
                        message.rsaKeySizeBytes = object.rsaKeySizeBytes >>> 0;
                if (object.orgName != null)
                    if (typeof object.orgName !== "string" || object.orgName.length)
                        message.orgName = $String(object.orgName);
                if (object.secretRotationGracePeriodRatio != null)
                    if (!$Object.is($Number(object.secretRotationGracePeriodRatio), 0))
                        message.secretRotationGracePeriodRatio = $Number(object.secretRotationGracePeriodRatio);
                if (object.keyAlgorithm !== 0 && (typeof object.keyAlgorithm !== "string" || $root.reroot.v1.KeyAlgorithm[object.keyAlgorithm] !== 0))
                    switch (object.keyAlgorithm) {
                    case "KEY_ALGORITHM_UNSPECIFIED":
                    case 0:
                        message.keyAlgorithm = 0;
                        break;
                    case "KEY_ALGORITHM_RSA":
                    case 1:
                        message.keyAlgorithm = 1;
                        break;
                    case "KEY_ALGORITHM_ECDSA_P256":
                    case 2:
                        message.keyAlgorithm = 2;
                        break;
                    case "KEY_ALGORITHM_ECDSA_P384":
                    case 3:
                        message.keyAlgorithm = 3;
                        break;
                    default:
                        if (typeof object.keyAlgorithm === "number" && (object.keyAlgorithm | 0) === object.keyAlgorithm)
                            message.keyAlgorithm = object.keyAlgorithm;
                    }
                return message;
            };

            /**
             * Creates a plain object from a CommonCertOptions message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {reroot.v1.CommonCertOptions} message CommonCertOptions
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CommonCertOptions.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.ttlDays = 0;
                    object.rsaKeySizeBytes = 0;
                    object.orgName = "";
                    object.secretRotationGracePeriodRatio = 0;
                    object.keyAlgorithm = options.enums === $String ? "KEY_ALGORITHM_UNSPECIFIED" : 0;
                }
                if (message.ttlDays != null && $Object.hasOwnProperty.call(message, "ttlDays"))
                    object.ttlDays = message.ttlDays;
                if (message.rsaKeySizeBytes != null && $Object.hasOwnProperty.call(message, "rsaKeySizeBytes"))
                    object.rsaKeySizeBytes = message.rsaKeySizeBytes;
                if (message.orgName != null && $Object.hasOwnProperty.call(message, "orgName"))
                    object.orgName = message.orgName;
                if (message.secretRotationGracePeriodRatio != null && $Object.hasOwnProperty.call(message, "secretRotationGracePeriodRatio"))
                    object.secretRotationGracePeriodRatio = options.json && !$isFinite(message.secretRotationGracePeriodRatio) ? $String(message.secretRotationGracePeriodRatio) : message.secretRotationGracePeriodRatio;
                if (message.keyAlgorithm != null && $Object.hasOwnProperty.call(message, "keyAlgorithm"))
                    object.keyAlgorithm = options.enums === $String ? $root.reroot.v1.KeyAlgorithm[message.keyAlgorithm] === $undefined ? message.keyAlgorithm : $root.reroot.v1.KeyAlgorithm[message.keyAlgorithm] : message.keyAlgorithm;
                return object;
            };

            /**
             * Converts this CommonCertOptions to JSON.
             * @function toJSON
             * @memberof reroot.v1.CommonCertOptions
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CommonCertOptions.prototype.toJSON = function() {
                return CommonCertOptions.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for CommonCertOptions
             * @function getTypeUrl
             * @memberof reroot.v1.CommonCertOptions
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CommonCertOptions.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.CommonCertOptions";
            };

            return CommonCertOptions;
        })();

        /**
         * KeyAlgorithm enum.
         * @name reroot.v1.KeyAlgorithm
         * @enum {number}
         * @property {number} KEY_ALGORITHM_UNSPECIFIED=0 KEY_ALGORITHM_UNSPECIFIED value
         * @property {number} KEY_ALGORITHM_RSA=1 KEY_ALGORITHM_RSA value
         * @property {number} KEY_ALGORITHM_ECDSA_P256=2 KEY_ALGORITHM_ECDSA_P256 value
         * @property {number} KEY_ALGORITHM_ECDSA_P384=3 KEY_ALGORITHM_ECDSA_P384 value
         */
        v1.KeyAlgorithm = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "KEY_ALGORITHM_UNSPECIFIED"] = 0;
            values[valuesById[1] = "KEY_ALGORITHM_RSA"] = 1;
            values[valuesById[2] = "KEY_ALGORITHM_ECDSA_P256"] = 2;
            values[valuesById[3] = "KEY_ALGORITHM_ECDSA_P384"] = 3;
            return values;
        })();

        v1.ObjectRef = (function() {

            /**
             * Properties of an ObjectRef.
             * @typedef {Object} reroot.v1.ObjectRef.$Properties
             * @property {string|null} [name] ObjectRef name
             * @property {string|null} [namespace] ObjectRef namespace
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObjectRef.
             * @memberof reroot.v1
             * @interface IObjectRef
             * @augments reroot.v1.ObjectRef.$Properties
             * @deprecated Use reroot.v1.ObjectRef.$Properties instead.
             */

            /**
             * Shape of an ObjectRef.
             * @typedef {reroot.v1.ObjectRef.$Properties} reroot.v1.ObjectRef.$Shape
             */

            /**
             * Constructs a new ObjectRef.
             * @memberof reroot.v1
             * @classdesc Represents an ObjectRef.
             * @constructor
             * @param {reroot.v1.ObjectRef.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObjectRef = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ObjectRef name.
             * @member {string} name
             * @memberof reroot.v1.ObjectRef
             * @instance
             */
            ObjectRef.prototype.name = "";

            /**
             * ObjectRef namespace.
             * @member {string} namespace
             * @memberof reroot.v1.ObjectRef
             * @instance
             */
            ObjectRef.prototype.namespace = "";

            /**
             * Creates a new ObjectRef instance using the specified properties.
             * @function create
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {reroot.v1.ObjectRef.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.ObjectRef} ObjectRef instance
             * @type {{
             *   (properties: reroot.v1.ObjectRef.$Shape): reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape;
             *   (properties?: reroot.v1.ObjectRef.$Properties): reroot.v1.ObjectRef;
             * }}
             */
            ObjectRef.create = function(properties) {
                return new ObjectRef(properties);
            };

            /**
             * Encodes the specified ObjectRef message. Does not implicitly {@link reroot.v1.ObjectRef.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {reroot.v1.ObjectRef.$Properties} message ObjectRef message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified ObjectRef message, length delimited. Does not implicitly {@link reroot.v1.ObjectRef.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {reroot.v1.ObjectRef.$Properties} message ObjectRef message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObjectRef.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an ObjectRef message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape} ObjectRef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an ObjectRef message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.ObjectRef & reroot.v1.ObjectRef.$Shape} ObjectRef
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObjectRef.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an ObjectRef message.
             * @function verify
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ObjectRef.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    if (!$util.isString(message.name))
                        return "name: string expected";
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    if (!$util.isString(message.namespace))
                        return "namespace: string expected";
                return null;
            };

            /**
             * Creates an ObjectRef message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.ObjectRef} ObjectRef
             */
            ObjectRef.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.ObjectRef)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.ObjectRef: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.ObjectRef();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.namespace != null)
                    if (typeof object.namespace !== "string" || object.namespace.length)
                        message.namespace = $String(object.namespace);
                return message;
            };

            /**
             * Creates a plain object from an ObjectRef message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {reroot.v1.ObjectRef} message ObjectRef
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ObjectRef.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.namespace = "";
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    object.namespace = message.namespace;
                return object;
            };

            /**
             * Converts this ObjectRef to JSON.
             * @function toJSON
             * @memberof reroot.v1.ObjectRef
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ObjectRef.prototype.toJSON = function() {
                return ObjectRef.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for ObjectRef
             * @function getTypeUrl
             * @memberof reroot.v1.ObjectRef
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ObjectRef.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.ObjectRef";
            };

            return ObjectRef;
        })();

        v1.VaultCA = (function() {

            /**
             * Properties of a VaultCA.
             * @typedef {Object} reroot.v1.VaultCA.$Properties
             * @property {string|null} [caPath] VaultCA caPath
             * @property {string|null} [csrPath] VaultCA csrPath
             * @property {string|null} [server] VaultCA server
             * @property {Uint8Array|null} [caBundle] VaultCA caBundle
             * @property {string|null} [namespace] VaultCA namespace
             * @property {reroot.v1.ObjectRef.$Properties|null} [tokenSecretRef] VaultCA tokenSecretRef
             * @property {reroot.v1.VaultKubernetesAuth.$Properties|null} [kubernetesAuth] VaultCA kubernetesAuth
             * @property {"tokenSecretRef"|"kubernetesAuth"} [authType] VaultCA authType
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VaultCA.
             * @memberof reroot.v1
             * @interface IVaultCA
             * @augments reroot.v1.VaultCA.$Properties
             * @deprecated Use reroot.v1.VaultCA.$Properties instead.
             */

            /**
             * Narrowed shape of a VaultCA.
             * @typedef {{
             *   caPath?: string|null;
             *   csrPath?: string|null;
             *   server?: string|null;
             *   caBundle?: Uint8Array|null;
             *   namespace?: string|null;
             *   tokenSecretRef?: reroot.v1.ObjectRef.$Shape|null;
             *   kubernetesAuth?: reroot.v1.VaultKubernetesAuth.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ authType?: undefined; tokenSecretRef?: null; kubernetesAuth?: null }|{ authType?: "tokenSecretRef"; tokenSecretRef: reroot.v1.ObjectRef.$Shape; kubernetesAuth?: null }|{ authType?: "kubernetesAuth"; tokenSecretRef?: null; kubernetesAuth: reroot.v1.VaultKubernetesAuth.$Shape })
             * )} reroot.v1.VaultCA.$Shape
             */

            /**
             * Constructs a new VaultCA.
             * @memberof reroot.v1
             * @classdesc Represents a VaultCA.
             * @constructor
             * @param {reroot.v1.VaultCA.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VaultCA = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VaultCA caPath.
             * @member {string} caPath
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.caPath = "";

            /**
             * VaultCA csrPath.
             * @member {string} csrPath
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.csrPath = "";

            /**
             * VaultCA server.
             * @member {string} server
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.server = "";

            /**
             * VaultCA caBundle.
             * @member {Uint8Array} caBundle
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.caBundle = $util.newBuffer([]);

            /**
             * VaultCA namespace.
             * @member {string} namespace
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.namespace = "";

            /**
             * VaultCA tokenSecretRef.
             * @member {reroot.v1.ObjectRef.$Properties|null|undefined} tokenSecretRef
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.tokenSecretRef = null;

            /**
             * VaultCA kubernetesAuth.
             * @member {reroot.v1.VaultKubernetesAuth.$Properties|null|undefined} kubernetesAuth
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            VaultCA.prototype.kubernetesAuth = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * VaultCA authType.
             * @member {"tokenSecretRef"|"kubernetesAuth"|undefined} authType
             * @memberof reroot.v1.VaultCA
             * @instance
             */
            $Object.defineProperty(VaultCA.prototype, "authType", {
                get: $util.oneOfGetter($oneOfFields = ["tokenSecretRef", "kubernetesAuth"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new VaultCA instance using the specified properties.
             * @function create
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {reroot.v1.VaultCA.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.VaultCA} VaultCA instance
             * @type {{
             *   (properties: reroot.v1.VaultCA.$Shape): reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape;
             *   (properties?: reroot.v1.VaultCA.$Properties): reroot.v1.VaultCA;
             * }}
             */
            VaultCA.create = function(properties) {
                return new VaultCA(properties);
            };

            /**
             * Encodes the specified VaultCA message. Does not implicitly {@link reroot.v1.VaultCA.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {reroot.v1.VaultCA.$Properties} message VaultCA message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified VaultCA message, length delimited. Does not implicitly {@link reroot.v1.VaultCA.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {reroot.v1.VaultCA.$Properties} message VaultCA message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VaultCA.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a VaultCA message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape} VaultCA
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a VaultCA message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.VaultCA & reroot.v1.VaultCA.$Shape} VaultCA
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VaultCA.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a VaultCA message.
             * @function verify
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            VaultCA.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.caPath != null && $Object.hasOwnProperty.call(message, "caPath"))
                    if (!$util.isString(message.caPath))
                        return "caPath: string expected";
                if (message.csrPath != null && $Object.hasOwnProperty.call(message, "csrPath"))
                    if (!$util.isString(message.csrPath))
                        return "csrPath: string expected";
                if (message.server != null && $Object.hasOwnProperty.call(message, "server"))
                    if (!$util.isString(message.server))
                        return "server: string expected";
                if (message.caBundle != null && $Object.hasOwnProperty.call(message, "caBundle"))
                    if (!(message.caBundle && typeof message.caBundle.length === "number" || $util.isString(message.caBundle)))
                        return "caBundle: buffer expected";
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    if (!$util.isString(message.namespace))
                        return "namespace: string expected";
                if (message.tokenSecretRef != null && $Object.hasOwnProperty.call(message, "tokenSecretRef")) {
                    properties.authType = 1;
                    {
                        let error = $root.reroot.v1.ObjectRef.verify(message.tokenSecretRef, _depth + 1);
                        if (error)
                            return "tokenSecretRef." + error;
                    }
                }
                if (message.kubernetesAuth != null && $Object.hasOwnProperty.call(message, "kubernetesAuth")) {
                    if (properties.authType === 1)
                        return "authType: multiple values";
                    properties.authType = 1;
                    {
                        let error = $root.reroot.v1.VaultKubernetesAuth.verify(message.kubernetesAuth, _depth + 1);
                        if (error)
                            return "kubernetesAuth." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a VaultCA message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.VaultCA} VaultCA
             */
            VaultCA.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.VaultCA)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.VaultCA: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.VaultCA();
                if (object.caPath != null)
                    if (typeof object.caPath !== "string" || object.caPath.length)
                        message.caPath = $String(object.caPath);
                if (object.csrPath != null)
                    if (typeof object.csrPath !== "string" || object.csrPath.length)
                        message.csrPath = $String(object.csrPath);
                if (object.server != null)
                    if (typeof object.server !== "string" || object.server.length)
                        message.server = $String(object.server);
                if (object.caBundle != null)
                    if (object.caBundle.length)
                        if (typeof object.caBundle === "string")
                            $util.base64.decode(object.caBundle, message.caBundle = $util.newBuffer($util.base64.length(object.caBundle)), 0);
                        else if (object.caBundle.length >= 0)
                            message.caBundle = object.caBundle;
                if (object.namespace != null)
                    if (typeof object.namespace !== "string" || object.namespace.length)
                        message.namespace = $String(object.namespace);
                if (object.tokenSecretRef != null) {
                    if (!$util.isObject(object.tokenSecretRef))
                        throw $TypeError(".reroot.v1.VaultCA.tokenSecretRef: object expected");
                    message.tokenSecretRef = $root.reroot.v1.ObjectRef.fromObject(object.tokenSecretRef, _depth + 1);
                }
                if (object.kubernetesAuth != null) {
                    if (!$util.isObject(object.kubernetesAuth))
                        throw $TypeError(".reroot.v1.VaultCA.kubernetesAuth: object expected");
                    message.kubernetesAuth = $root.reroot.v1.VaultKubernetesAuth.fromObject(object.kubernetesAuth, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a VaultCA message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {reroot.v1.VaultCA} message VaultCA
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            VaultCA.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.caPath = "";
                    object.csrPath = "";
                    object.server = "";
                    if (options.bytes === $String)
                        object.caBundle = "";
                    else {
                        object.caBundle = [];
                        if (options.bytes !== $Array)
                            object.caBundle = $util.newBuffer(object.caBundle);
                    }
                    object.namespace = "";
                }
                if (message.caPath != null && $Object.hasOwnProperty.call(message, "caPath"))
                    object.caPath = message.caPath;
                if (message.csrPath != null && $Object.hasOwnProperty.call(message, "csrPath"))
                    object.csrPath = message.csrPath;
                if (message.server != null && $Object.hasOwnProperty.call(message, "server"))
                    object.server = message.server;
                if (message.caBundle != null && $Object.hasOwnProperty.call(message, "caBundle"))
                    object.caBundle = options.bytes === $String ? $util.base64.encode(message.caBundle, 0, message.caBundle.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.caBundle) : message.caBundle;
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    object.namespace = message.namespace;
                if (message.tokenSecretRef != null && $Object.hasOwnProperty.call(message, "tokenSecretRef")) {
                    object.tokenSecretRef = $root.reroot.v1.ObjectRef.toObject(message.tokenSecretRef, options, _depth + 1);
                    if (options.oneofs)
                        object.authType = "tokenSecretRef";
                }
                if (message.kubernetesAuth != null && $Object.hasOwnProperty.call(message, "kubernetesAuth")) {
                    object.kubernetesAuth = $root.reroot.v1.VaultKubernetesAuth.toObject(message.kubernetesAuth, options, _depth + 1);
                    if (options.oneofs)
                        object.authType = "kubernetesAuth";
                }
                return object;
            };

            /**
             * Converts this VaultCA to JSON.
             * @function toJSON
             * @memberof reroot.v1.VaultCA
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            VaultCA.prototype.toJSON = function() {
                return VaultCA.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for VaultCA
             * @function getTypeUrl
             * @memberof reroot.v1.VaultCA
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            VaultCA.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.VaultCA";
            };

            return VaultCA;
        })();

        v1.VaultKubernetesAuth = (function() {

            /**
             * Properties of a VaultKubernetesAuth.
             * @typedef {Object} reroot.v1.VaultKubernetesAuth.$Properties
             * @property {string|null} [mountPath] VaultKubernetesAuth mountPath
             * @property {string|null} [role] VaultKubernetesAuth role
             * @property {string|null} [secretTokenKey] VaultKubernetesAuth secretTokenKey
             * @property {reroot.v1.ObjectRef.$Properties|null} [serviceAccountRef] VaultKubernetesAuth serviceAccountRef
             * @property {string|null} [mountedSaPath] VaultKubernetesAuth mountedSaPath
             * @property {"serviceAccountRef"|"mountedSaPath"} [serviceAccountLocation] VaultKubernetesAuth serviceAccountLocation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VaultKubernetesAuth.
             * @memberof reroot.v1
             * @interface IVaultKubernetesAuth
             * @augments reroot.v1.VaultKubernetesAuth.$Properties
             * @deprecated Use reroot.v1.VaultKubernetesAuth.$Properties instead.
             */

            /**
             * Narrowed shape of a VaultKubernetesAuth.
             * @typedef {{
             *   mountPath?: string|null;
             *   role?: string|null;
             *   secretTokenKey?: string|null;
             *   serviceAccountRef?: reroot.v1.ObjectRef.$Shape|null;
             *   mountedSaPath?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ serviceAccountLocation?: undefined; serviceAccountRef?: null; mountedSaPath?: null }|{ serviceAccountLocation?: "serviceAccountRef"; serviceAccountRef: reroot.v1.ObjectRef.$Shape; mountedSaPath?: null }|{ serviceAccountLocation?: "mountedSaPath"; serviceAccountRef?: null; mountedSaPath: string })
             * )} reroot.v1.VaultKubernetesAuth.$Shape
             */

            /**
             * Constructs a new VaultKubernetesAuth.
             * @memberof reroot.v1
             * @classdesc Represents a VaultKubernetesAuth.
             * @constructor
             * @param {reroot.v1.VaultKubernetesAuth.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VaultKubernetesAuth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VaultKubernetesAuth mountPath.
             * @member {string} mountPath
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            VaultKubernetesAuth.prototype.mountPath = "";

            /**
             * VaultKubernetesAuth role.
             * @member {string} role
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            VaultKubernetesAuth.prototype.role = "";

            /**
             * VaultKubernetesAuth secretTokenKey.
             * @member {string} secretTokenKey
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            VaultKubernetesAuth.prototype.secretTokenKey = "";

            /**
             * VaultKubernetesAuth serviceAccountRef.
             * @member {reroot.v1.ObjectRef.$Properties|null|undefined} serviceAccountRef
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            VaultKubernetesAuth.prototype.serviceAccountRef = null;

            /**
             * VaultKubernetesAuth mountedSaPath.
             * @member {string|null|undefined} mountedSaPath
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            VaultKubernetesAuth.prototype.mountedSaPath = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * VaultKubernetesAuth serviceAccountLocation.
             * @member {"serviceAccountRef"|"mountedSaPath"|undefined} serviceAccountLocation
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             */
            $Object.defineProperty(VaultKubernetesAuth.prototype, "serviceAccountLocation", {
                get: $util.oneOfGetter($oneOfFields = ["serviceAccountRef", "mountedSaPath"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new VaultKubernetesAuth instance using the specified properties.
             * @function create
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {reroot.v1.VaultKubernetesAuth.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.VaultKubernetesAuth} VaultKubernetesAuth instance
             * @type {{
             *   (properties: reroot.v1.VaultKubernetesAuth.$Shape): reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape;
             *   (properties?: reroot.v1.VaultKubernetesAuth.$Properties): reroot.v1.VaultKubernetesAuth;
             * }}
             */
            VaultKubernetesAuth.create = function(properties) {
                return new VaultKubernetesAuth(properties);
            };

            /**
             * Encodes the specified VaultKubernetesAuth message. Does not implicitly {@link reroot.v1.VaultKubernetesAuth.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {reroot.v1.VaultKubernetesAuth.$Properties} message VaultKubernetesAuth message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified VaultKubernetesAuth message, length delimited. Does not implicitly {@link reroot.v1.VaultKubernetesAuth.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {reroot.v1.VaultKubernetesAuth.$Properties} message VaultKubernetesAuth message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VaultKubernetesAuth.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a VaultKubernetesAuth message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape} VaultKubernetesAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a VaultKubernetesAuth message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.VaultKubernetesAuth & reroot.v1.VaultKubernetesAuth.$Shape} VaultKubernetesAuth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VaultKubernetesAuth.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a VaultKubernetesAuth message.
             * @function verify
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            VaultKubernetesAuth.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.mountPath != null && $Object.hasOwnProperty.call(message, "mountPath"))
                    if (!$util.isString(message.mountPath))
                        return "mountPath: string expected";
                if (message.role != null && $Object.hasOwnProperty.call(message, "role"))
                    if (!$util.isString(message.role))
                        return "role: string expected";
                if (message.secretTokenKey != null && $Object.hasOwnProperty.call(message, "secretTokenKey"))
                    if (!$util.isString(message.secretTokenKey))
                        return "secretTokenKey: string expected";
                if (message.serviceAccountRef != null && $Object.hasOwnProperty.call(message, "serviceAccountRef")) {
                    properties.serviceAccountLocation = 1;
                    {
                        let error = $root.reroot.v1.ObjectRef.verify(message.serviceAccountRef, _depth + 1);
                        if (error)
                            return "serviceAccountRef." + error;
                    }
                }
                if (message.mountedSaPath != null && $Object.hasOwnProperty.call(message, "mountedSaPath")) {
                    if (properties.serviceAccountLocation === 1)
                        return "serviceAccountLocation: multiple values";
                    properties.serviceAccountLocation = 1;
                    if (!$util.isString(message.mountedSaPath))
                        return "mountedSaPath: string expected";
                }
                return null;
            };

            /**
             * Creates a VaultKubernetesAuth message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.VaultKubernetesAuth} VaultKubernetesAuth
             */
            VaultKubernetesAuth.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.VaultKubernetesAuth)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.VaultKubernetesAuth: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.VaultKubernetesAuth();
                if (object.mountPath != null)
                    if (typeof object.mountPath !== "string" || object.mountPath.length)
                        message.mountPath = $String(object.mountPath);
                if (object.role != null)
                    if (typeof object.role !== "string" || object.role.length)
                        message.role = $String(object.role);
                if (object.secretTokenKey != null)
                    if (typeof object.secretTokenKey !== "string" || object.secretTokenKey.length)
                        message.secretTokenKey = $String(object.secretTokenKey);
                if (object.serviceAccountRef != null) {
                    if (!$util.isObject(object.serviceAccountRef))
                        throw $TypeError(".reroot.v1.VaultKubernetesAuth.serviceAccountRef: object expected");
                    message.serviceAccountRef = $root.reroot.v1.ObjectRef.fromObject(object.serviceAccountRef, _depth + 1);
                }
                if (object.mountedSaPath != null)
                    message.mountedSaPath = $String(object.mountedSaPath);
                return message;
            };

            /**
             * Creates a plain object from a VaultKubernetesAuth message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {reroot.v1.VaultKubernetesAuth} message VaultKubernetesAuth
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            VaultKubernetesAuth.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.mountPath = "";
                    object.role = "";
                    object.secretTokenKey = "";
                }
                if (message.mountPath != null && $Object.hasOwnProperty.call(message, "mountPath"))
                    object.mountPath = message.mountPath;
                if (message.role != null && $Object.hasOwnProperty.call(message, "role"))
                    object.role = message.role;
                if (message.secretTokenKey != null && $Object.hasOwnProperty.call(message, "secretTokenKey"))
                    object.secretTokenKey = message.secretTokenKey;
                if (message.serviceAccountRef != null && $Object.hasOwnProperty.call(message, "serviceAccountRef")) {
                    object.serviceAccountRef = $root.reroot.v1.ObjectRef.toObject(message.serviceAccountRef, options, _depth + 1);
                    if (options.oneofs)
                        object.serviceAccountLocation = "serviceAccountRef";
                }
                if (message.mountedSaPath != null && $Object.hasOwnProperty.call(message, "mountedSaPath")) {
                    object.mountedSaPath = message.mountedSaPath;
                    if (options.oneofs)
                        object.serviceAccountLocation = "mountedSaPath";
                }
                return object;
            };

            /**
             * Converts this VaultKubernetesAuth to JSON.
             * @function toJSON
             * @memberof reroot.v1.VaultKubernetesAuth
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            VaultKubernetesAuth.prototype.toJSON = function() {
                return VaultKubernetesAuth.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for VaultKubernetesAuth
             * @function getTypeUrl
             * @memberof reroot.v1.VaultKubernetesAuth
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            VaultKubernetesAuth.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.VaultKubernetesAuth";
            };

            return VaultKubernetesAuth;
        })();

        /**
         * CertificateRotationState enum.
         * @name reroot.v1.CertificateRotationState
         * @enum {number}
         * @property {number} NOT_ROTATING=0 NOT_ROTATING value
         * @property {number} PREVIOUS_CA=1 PREVIOUS_CA value
         * @property {number} ADDING_NEW_ROOT=2 ADDING_NEW_ROOT value
         * @property {number} PROPAGATING_NEW_INTERMEDIATE=3 PROPAGATING_NEW_INTERMEDIATE value
         * @property {number} DELETING_OLD_ROOT=4 DELETING_OLD_ROOT value
         * @property {number} VERIFYING=5 VERIFYING value
         * @property {number} VERIFIED=6 VERIFIED value
         * @property {number} ROLLING_BACK=7 ROLLING_BACK value
         * @property {number} FINISHED=8 FINISHED value
         * @property {number} FAILED=9 FAILED value
         */
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

            /**
             * Properties of a CertificateRotationCondition.
             * @typedef {Object} reroot.v1.CertificateRotationCondition.$Properties
             * @property {string|null} [timestamp] CertificateRotationCondition timestamp
             * @property {reroot.v1.CertificateRotationState|null} [state] CertificateRotationCondition state
             * @property {string|null} [message] CertificateRotationCondition message
             * @property {Array.<string>|null} [errors] CertificateRotationCondition errors
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CertificateRotationCondition.
             * @memberof reroot.v1
             * @interface ICertificateRotationCondition
             * @augments reroot.v1.CertificateRotationCondition.$Properties
             * @deprecated Use reroot.v1.CertificateRotationCondition.$Properties instead.
             */

            /**
             * Shape of a CertificateRotationCondition.
             * @typedef {reroot.v1.CertificateRotationCondition.$Properties} reroot.v1.CertificateRotationCondition.$Shape
             */

            /**
             * Constructs a new CertificateRotationCondition.
             * @memberof reroot.v1
             * @classdesc Represents a CertificateRotationCondition.
             * @constructor
             * @param {reroot.v1.CertificateRotationCondition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CertificateRotationCondition = function (properties) {
                this.errors = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CertificateRotationCondition timestamp.
             * @member {string} timestamp
             * @memberof reroot.v1.CertificateRotationCondition
             * @instance
             */
            CertificateRotationCondition.prototype.timestamp = "";

            /**
             * CertificateRotationCondition state.
             * @member {reroot.v1.CertificateRotationState} state
             * @memberof reroot.v1.CertificateRotationCondition
             * @instance
             */
            CertificateRotationCondition.prototype.state = 0;

            /**
             * CertificateRotationCondition message.
             * @member {string} message
             * @memberof reroot.v1.CertificateRotationCondition
             * @instance
             */
            CertificateRotationCondition.prototype.message = "";

            /**
             * CertificateRotationCondition errors.
             * @member {Array.<string>} errors
             * @memberof reroot.v1.CertificateRotationCondition
             * @instance
             */
            CertificateRotationCondition.prototype.errors = $util.emptyArray;

            /**
             * Creates a new CertificateRotationCondition instance using the specified properties.
             * @function create
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {reroot.v1.CertificateRotationCondition.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.CertificateRotationCondition} CertificateRotationCondition instance
             * @type {{
             *   (properties: reroot.v1.CertificateRotationCondition.$Shape): reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape;
             *   (properties?: reroot.v1.CertificateRotationCondition.$Properties): reroot.v1.CertificateRotationCondition;
             * }}
             */
            CertificateRotationCondition.create = function(properties) {
                return new CertificateRotationCondition(properties);
            };

            /**
             * Encodes the specified CertificateRotationCondition message. Does not implicitly {@link reroot.v1.CertificateRotationCondition.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {reroot.v1.CertificateRotationCondition.$Properties} message CertificateRotationCondition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified CertificateRotationCondition message, length delimited. Does not implicitly {@link reroot.v1.CertificateRotationCondition.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {reroot.v1.CertificateRotationCondition.$Properties} message CertificateRotationCondition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CertificateRotationCondition.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a CertificateRotationCondition message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape} CertificateRotationCondition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a CertificateRotationCondition message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.CertificateRotationCondition & reroot.v1.CertificateRotationCondition.$Shape} CertificateRotationCondition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CertificateRotationCondition.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a CertificateRotationCondition message.
             * @function verify
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CertificateRotationCondition.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
                    if (!$util.isString(message.timestamp))
                        return "timestamp: string expected";
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    if (typeof message.state !== "number" || (message.state | 0) !== message.state)
                        return "state: enum value expected";
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    if (!$util.isString(message.message))
                        return "message: string expected";
                if (message.errors != null && $Object.hasOwnProperty.call(message, "errors")) {
                    if (!$Array.isArray(message.errors))
                        return "errors: array expected";
                    for (let i = 0; i < message.errors.length; ++i)
                        if (!$util.isString(message.errors[i]))
                            return "errors: string[] expected";
                }
                return null;
            };

            /**
             * Creates a CertificateRotationCondition message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.CertificateRotationCondition} CertificateRotationCondition
             */
            CertificateRotationCondition.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.CertificateRotationCondition)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.CertificateRotationCondition: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.CertificateRotationCondition();
                if (object.timestamp != null)
                    if (typeof object.timestamp !== "string" || object.timestamp.length)
                        message.timestamp = $String(object.timestamp);
                if (object.state !== 0 && (typeof object.state !== "string" || $root.reroot.v1.CertificateRotationState[object.state] !== 0))
                    switch (object.state) {
                    case "NOT_ROTATING":
                    case 0:
                        message.state = 0;
                        break;
                    case "PREVIOUS_CA":
                    case 1:
                        message.state = 1;
                        break;
                    case "ADDING_NEW_ROOT":
                    case 2:
                        message.state = 2;
                        break;
                    case "PROPAGATING_NEW_INTERMEDIATE":
                    case 3:
                        message.state = 3;
                        break;
                    case "DELETING_OLD_ROOT":
                    case 4:
                        message.state = 4;
                        break;
                    case "VERIFYING":
                    case 5:
                        message.state = 5;
                        break;
                    case "VERIFIED":
                    case 6:
                        message.state = 6;
                        break;
                    case "ROLLING_BACK":
                    case 7:
                        message.state = 7;
                        break;
                    case "FINISHED":
                    case 8:
                        message.state = 8;
                        break;
                    case "FAILED":
                    case 9:
                        message.state = 9;
                        break;
                    default:
                        if (typeof object.state === "number" && (object.state | 0) === object.state)
                            message.state = object.state;
                    }
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.errors) {
                    if (!$Array.isArray(object.errors))
                        throw $TypeError(".reroot.v1.CertificateRotationCondition.errors: array expected");
                    message.errors = $Array(object.errors.length);
                    for (let i = 0; i < object.errors.length; ++i)
                        message.errors[i] = $String(object.errors[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a CertificateRotationCondition message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {reroot.v1.CertificateRotationCondition} message CertificateRotationCondition
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CertificateRotationCondition.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.errors = [];
                if (options.defaults) {
                    object.timestamp = "";
                    object.state = options.enums === $String ? "NOT_ROTATING" : 0;
                    object.message = "";
                }
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
                    object.timestamp = message.timestamp;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = options.enums === $String ? $root.reroot.v1.CertificateRotationState[message.state] === $undefined ? message.state : $root.reroot.v1.CertificateRotationState[message.state] : message.state;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.errors && message.errors.length) {
                    object.errors = $Array(message.errors.length);
                    for (let j = 0; j < message.errors.length; ++j)
                        object.errors[j] = message.errors[j];
                }
                return object;
            };

            /**
             * Converts this CertificateRotationCondition to JSON.
             * @function toJSON
             * @memberof reroot.v1.CertificateRotationCondition
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CertificateRotationCondition.prototype.toJSON = function() {
                return CertificateRotationCondition.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for CertificateRotationCondition
             * @function getTypeUrl
             * @memberof reroot.v1.CertificateRotationCondition
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CertificateRotationCondition.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.CertificateRotationCondition";
            };

            return CertificateRotationCondition;
        })();

        v1.CertificateRotationVerificationMethod = (function() {

            /**
             * Properties of a CertificateRotationVerificationMethod.
             * @typedef {Object} reroot.v1.CertificateRotationVerificationMethod.$Properties
             * @property {google.protobuf.Empty.$Properties|null} [none] CertificateRotationVerificationMethod none
             * @property {google.protobuf.Empty.$Properties|null} [manual] CertificateRotationVerificationMethod manual
             * @property {"none"|"manual"} [method] CertificateRotationVerificationMethod method
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CertificateRotationVerificationMethod.
             * @memberof reroot.v1
             * @interface ICertificateRotationVerificationMethod
             * @augments reroot.v1.CertificateRotationVerificationMethod.$Properties
             * @deprecated Use reroot.v1.CertificateRotationVerificationMethod.$Properties instead.
             */

            /**
             * Narrowed shape of a CertificateRotationVerificationMethod.
             * @typedef {{
             *   none?: google.protobuf.Empty.$Shape|null;
             *   manual?: google.protobuf.Empty.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ method?: undefined; none?: null; manual?: null }|{ method?: "none"; none: google.protobuf.Empty.$Shape; manual?: null }|{ method?: "manual"; none?: null; manual: google.protobuf.Empty.$Shape })
             * )} reroot.v1.CertificateRotationVerificationMethod.$Shape
             */

            /**
             * Constructs a new CertificateRotationVerificationMethod.
             * @memberof reroot.v1
             * @classdesc Represents a CertificateRotationVerificationMethod.
             * @constructor
             * @param {reroot.v1.CertificateRotationVerificationMethod.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CertificateRotationVerificationMethod = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CertificateRotationVerificationMethod none.
             * @member {google.protobuf.Empty.$Properties|null|undefined} none
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @instance
             */
            CertificateRotationVerificationMethod.prototype.none = null;

            /**
             * CertificateRotationVerificationMethod manual.
             * @member {google.protobuf.Empty.$Properties|null|undefined} manual
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @instance
             */
            CertificateRotationVerificationMethod.prototype.manual = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * CertificateRotationVerificationMethod method.
             * @member {"none"|"manual"|undefined} method
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @instance
             */
            $Object.defineProperty(CertificateRotationVerificationMethod.prototype, "method", {
                get: $util.oneOfGetter($oneOfFields = ["none", "manual"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new CertificateRotationVerificationMethod instance using the specified properties.
             * @function create
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {reroot.v1.CertificateRotationVerificationMethod.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.CertificateRotationVerificationMethod} CertificateRotationVerificationMethod instance
             * @type {{
             *   (properties: reroot.v1.CertificateRotationVerificationMethod.$Shape): reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape;
             *   (properties?: reroot.v1.CertificateRotationVerificationMethod.$Properties): reroot.v1.CertificateRotationVerificationMethod;
             * }}
             */
            CertificateRotationVerificationMethod.create = function(properties) {
                return new CertificateRotationVerificationMethod(properties);
            };

            /**
             * Encodes the specified CertificateRotationVerificationMethod message. Does not implicitly {@link reroot.v1.CertificateRotationVerificationMethod.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {reroot.v1.CertificateRotationVerificationMethod.$Properties} message CertificateRotationVerificationMethod message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified CertificateRotationVerificationMethod message, length delimited. Does not implicitly {@link reroot.v1.CertificateRotationVerificationMethod.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {reroot.v1.CertificateRotationVerificationMethod.$Properties} message CertificateRotationVerificationMethod message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CertificateRotationVerificationMethod.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a CertificateRotationVerificationMethod message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape} CertificateRotationVerificationMethod
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a CertificateRotationVerificationMethod message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.CertificateRotationVerificationMethod & reroot.v1.CertificateRotationVerificationMethod.$Shape} CertificateRotationVerificationMethod
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CertificateRotationVerificationMethod.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a CertificateRotationVerificationMethod message.
             * @function verify
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CertificateRotationVerificationMethod.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                let properties = {};
                if (message.none != null && $Object.hasOwnProperty.call(message, "none")) {
                    properties.method = 1;
                    {
                        let error = $root.google.protobuf.Empty.verify(message.none, _depth + 1);
                        if (error)
                            return "none." + error;
                    }
                }
                if (message.manual != null && $Object.hasOwnProperty.call(message, "manual")) {
                    if (properties.method === 1)
                        return "method: multiple values";
                    properties.method = 1;
                    {
                        let error = $root.google.protobuf.Empty.verify(message.manual, _depth + 1);
                        if (error)
                            return "manual." + error;
                    }
                }
                return null;
            };

            /**
             * Creates a CertificateRotationVerificationMethod message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.CertificateRotationVerificationMethod} CertificateRotationVerificationMethod
             */
            CertificateRotationVerificationMethod.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.CertificateRotationVerificationMethod)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.CertificateRotationVerificationMethod: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.CertificateRotationVerificationMethod();
                if (object.none != null) {
                    if (!$util.isObject(object.none))
                        throw $TypeError(".reroot.v1.CertificateRotationVerificationMethod.none: object expected");
                    message.none = $root.google.protobuf.Empty.fromObject(object.none, _depth + 1);
                }
                if (object.manual != null) {
                    if (!$util.isObject(object.manual))
                        throw $TypeError(".reroot.v1.CertificateRotationVerificationMethod.manual: object expected");
                    message.manual = $root.google.protobuf.Empty.fromObject(object.manual, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a CertificateRotationVerificationMethod message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {reroot.v1.CertificateRotationVerificationMethod} message CertificateRotationVerificationMethod
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CertificateRotationVerificationMethod.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.none != null && $Object.hasOwnProperty.call(message, "none")) {
                    object.none = $root.google.protobuf.Empty.toObject(message.none, options, _depth + 1);
                    if (options.oneofs)
                        object.method = "none";
                }
                if (message.manual != null && $Object.hasOwnProperty.call(message, "manual")) {
                    object.manual = $root.google.protobuf.Empty.toObject(message.manual, options, _depth + 1);
                    if (options.oneofs)
                        object.method = "manual";
                }
                return object;
            };

            /**
             * Converts this CertificateRotationVerificationMethod to JSON.
             * @function toJSON
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CertificateRotationVerificationMethod.prototype.toJSON = function() {
                return CertificateRotationVerificationMethod.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for CertificateRotationVerificationMethod
             * @function getTypeUrl
             * @memberof reroot.v1.CertificateRotationVerificationMethod
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CertificateRotationVerificationMethod.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.CertificateRotationVerificationMethod";
            };

            return CertificateRotationVerificationMethod;
        })();

        /**
         * CertificateRotationStrategy enum.
         * @name reroot.v1.CertificateRotationStrategy
         * @enum {number}
         * @property {number} MULTI_ROOT=0 MULTI_ROOT value
         * @property {number} NONE=1 NONE value
         */
        v1.CertificateRotationStrategy = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MULTI_ROOT"] = 0;
            values[valuesById[1] = "NONE"] = 1;
            return values;
        })();

        v1.VirtualMesh = (function() {

            /**
             * Properties of a VirtualMesh.
             * @typedef {Object} reroot.v1.VirtualMesh.$Properties
             * @property {string|null} [apiVersion] VirtualMesh apiVersion
             * @property {string|null} [kind] VirtualMesh kind
             * @property {reroot.v1.ObjectMeta.$Properties|null} [metadata] VirtualMesh metadata
             * @property {reroot.v1.VirtualMeshSpec.$Properties|null} [spec] VirtualMesh spec
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VirtualMesh.
             * @memberof reroot.v1
             * @interface IVirtualMesh
             * @augments reroot.v1.VirtualMesh.$Properties
             * @deprecated Use reroot.v1.VirtualMesh.$Properties instead.
             */

            /**
             * Shape of a VirtualMesh.
             * @typedef {{
             *   apiVersion?: string|null;
             *   kind?: string|null;
             *   metadata?: reroot.v1.ObjectMeta.$Shape|null;
             *   spec?: reroot.v1.VirtualMeshSpec.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.VirtualMesh.$Shape
             */

            /**
             * Constructs a new VirtualMesh.
             * @memberof reroot.v1
             * @classdesc Represents a VirtualMesh.
             * @constructor
             * @param {reroot.v1.VirtualMesh.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VirtualMesh = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VirtualMesh apiVersion.
             * @member {string} apiVersion
             * @memberof reroot.v1.VirtualMesh
             * @instance
             */
            VirtualMesh.prototype.apiVersion = "";

            /**
             * VirtualMesh kind.
             * @member {string} kind
             * @memberof reroot.v1.VirtualMesh
             * @instance
             */
            VirtualMesh.prototype.kind = "";

            /**
             * VirtualMesh metadata.
             * @member {reroot.v1.ObjectMeta.$Properties|null|undefined} metadata
             * @memberof reroot.v1.VirtualMesh
             * @instance
             */
            VirtualMesh.prototype.metadata = null;

            /**
             * VirtualMesh spec.
             * @member {reroot.v1.VirtualMeshSpec.$Properties|null|undefined} spec
             * @memberof reroot.v1.VirtualMesh
             * @instance
             */
            VirtualMesh.prototype.spec = null;

            /**
             * Creates a new VirtualMesh instance using the specified properties.
             * @function create
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {reroot.v1.VirtualMesh.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.VirtualMesh} VirtualMesh instance
             * @type {{
             *   (properties: reroot.v1.VirtualMesh.$Shape): reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape;
             *   (properties?: reroot.v1.VirtualMesh.$Properties): reroot.v1.VirtualMesh;
             * }}
             */
            VirtualMesh.create = function(properties) {
                return new VirtualMesh(properties);
            };

            /**
             * Encodes the specified VirtualMesh message. Does not implicitly {@link reroot.v1.VirtualMesh.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {reroot.v1.VirtualMesh.$Properties} message VirtualMesh message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified VirtualMesh message, length delimited. Does not implicitly {@link reroot.v1.VirtualMesh.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {reroot.v1.VirtualMesh.$Properties} message VirtualMesh message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VirtualMesh.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a VirtualMesh message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape} VirtualMesh
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a VirtualMesh message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.VirtualMesh & reroot.v1.VirtualMesh.$Shape} VirtualMesh
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VirtualMesh.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a VirtualMesh message.
             * @function verify
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            VirtualMesh.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.apiVersion != null && $Object.hasOwnProperty.call(message, "apiVersion"))
                    if (!$util.isString(message.apiVersion))
                        return "apiVersion: string expected";
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    if (!$util.isString(message.kind))
                        return "kind: string expected";
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata")) {
                    let error = $root.reroot.v1.ObjectMeta.verify(message.metadata, _depth + 1);
                    if (error)
                        return "metadata." + error;
                }
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec")) {
                    let error = $root.reroot.v1.VirtualMeshSpec.verify(message.spec, _depth + 1);
                    if (error)
                        return "spec." + error;
                }
                return null;
            };

            /**
             * Creates a VirtualMesh message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.VirtualMesh} VirtualMesh
             */
            VirtualMesh.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.VirtualMesh)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.VirtualMesh: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.VirtualMesh();
                if (object.apiVersion != null)
                    if (typeof object.apiVersion !== "string" || object.apiVersion.length)
                        message.apiVersion = $String(object.apiVersion);
                if (object.kind != null)
                    if (typeof object.kind !== "string" || object.kind.length)
                        message.kind = $String(object.kind);
                if (object.metadata != null) {
                    if (!$util.isObject(object.metadata))
                        throw $TypeError(".reroot.v1.VirtualMesh.metadata: object expected");
                    message.metadata = $root.reroot.v1.ObjectMeta.fromObject(object.metadata, _depth + 1);
                }
                if (object.spec != null) {
                    if (!$util.isObject(object.spec))
                        throw $TypeError(".reroot.v1.VirtualMesh.spec: object expected");
                    message.spec = $root.reroot.v1.VirtualMeshSpec.fromObject(object.spec, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a VirtualMesh message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {reroot.v1.VirtualMesh} message VirtualMesh
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            VirtualMesh.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.apiVersion = "";
                    object.kind = "";
                    object.metadata = null;
                    object.spec = null;
                }
                if (message.apiVersion != null && $Object.hasOwnProperty.call(message, "apiVersion"))
                    object.apiVersion = message.apiVersion;
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    object.kind = message.kind;
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    object.metadata = $root.reroot.v1.ObjectMeta.toObject(message.metadata, options, _depth + 1);
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    object.spec = $root.reroot.v1.VirtualMeshSpec.toObject(message.spec, options, _depth + 1);
                return object;
            };

            /**
             * Converts this VirtualMesh to JSON.
             * @function toJSON
             * @memberof reroot.v1.VirtualMesh
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            VirtualMesh.prototype.toJSON = function() {
                return VirtualMesh.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for VirtualMesh
             * @function getTypeUrl
             * @memberof reroot.v1.VirtualMesh
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            VirtualMesh.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.VirtualMesh";
            };

            return VirtualMesh;
        })();

        v1.ObjectMeta = (function() {

            /**
             * Properties of an ObjectMeta.
             * @typedef {Object} reroot.v1.ObjectMeta.$Properties
             * @property {string|null} [name] ObjectMeta name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObjectMeta.
             * @memberof reroot.v1
             * @interface IObjectMeta
             * @augments reroot.v1.ObjectMeta.$Properties
             * @deprecated Use reroot.v1.ObjectMeta.$Properties instead.
             */

            /**
             * Shape of an ObjectMeta.
             * @typedef {reroot.v1.ObjectMeta.$Properties} reroot.v1.ObjectMeta.$Shape
             */

            /**
             * Constructs a new ObjectMeta.
             * @memberof reroot.v1
             * @classdesc Represents an ObjectMeta.
             * @constructor
             * @param {reroot.v1.ObjectMeta.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObjectMeta = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ObjectMeta name.
             * @member {string} name
             * @memberof reroot.v1.ObjectMeta
             * @instance
             */
            ObjectMeta.prototype.name = "";

            /**
             * Creates a new ObjectMeta instance using the specified properties.
             * @function create
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {reroot.v1.ObjectMeta.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.ObjectMeta} ObjectMeta instance
             * @type {{
             *   (properties: reroot.v1.ObjectMeta.$Shape): reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape;
             *   (properties?: reroot.v1.ObjectMeta.$Properties): reroot.v1.ObjectMeta;
             * }}
             */
            ObjectMeta.create = function(properties) {
                return new ObjectMeta(properties);
            };

            /**
             * Encodes the specified ObjectMeta message. Does not implicitly {@link reroot.v1.ObjectMeta.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {reroot.v1.ObjectMeta.$Properties} message ObjectMeta message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified ObjectMeta message, length delimited. Does not implicitly {@link reroot.v1.ObjectMeta.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {reroot.v1.ObjectMeta.$Properties} message ObjectMeta message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObjectMeta.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an ObjectMeta message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape} ObjectMeta
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an ObjectMeta message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.ObjectMeta & reroot.v1.ObjectMeta.$Shape} ObjectMeta
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObjectMeta.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an ObjectMeta message.
             * @function verify
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            ObjectMeta.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    if (!$util.isString(message.name))
                        return "name: string expected";
                return null;
            };

            /**
             * Creates an ObjectMeta message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.ObjectMeta} ObjectMeta
             */
            ObjectMeta.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.ObjectMeta)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.ObjectMeta: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.ObjectMeta();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                return message;
            };

            /**
             * Creates a plain object from an ObjectMeta message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {reroot.v1.ObjectMeta} message ObjectMeta
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ObjectMeta.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.name = "";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                return object;
            };

            /**
             * Converts this ObjectMeta to JSON.
             * @function toJSON
             * @memberof reroot.v1.ObjectMeta
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ObjectMeta.prototype.toJSON = function() {
                return ObjectMeta.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for ObjectMeta
             * @function getTypeUrl
             * @memberof reroot.v1.ObjectMeta
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ObjectMeta.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.ObjectMeta";
            };

            return ObjectMeta;
        })();

        v1.VirtualMeshSpec = (function() {

            /**
             * Properties of a VirtualMeshSpec.
             * @typedef {Object} reroot.v1.VirtualMeshSpec.$Properties
             * @property {reroot.v1.MTLSConfig.$Properties|null} [mtlsConfig] VirtualMeshSpec mtlsConfig
             * @property {Array.<string>|null} [clusters] VirtualMeshSpec clusters
             * @property {string|null} [trustDomain] VirtualMeshSpec trustDomain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VirtualMeshSpec.
             * @memberof reroot.v1
             * @interface IVirtualMeshSpec
             * @augments reroot.v1.VirtualMeshSpec.$Properties
             * @deprecated Use reroot.v1.VirtualMeshSpec.$Properties instead.
             */

            /**
             * Shape of a VirtualMeshSpec.
             * @typedef {{
             *   mtlsConfig?: reroot.v1.MTLSConfig.$Shape|null;
             *   clusters?: Array.<string>|null;
             *   trustDomain?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.VirtualMeshSpec.$Shape
             */

            /**
             * Constructs a new VirtualMeshSpec.
             * @memberof reroot.v1
             * @classdesc Represents a VirtualMeshSpec.
             * @constructor
             * @param {reroot.v1.VirtualMeshSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VirtualMeshSpec = function (properties) {
                this.clusters = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VirtualMeshSpec mtlsConfig.
             * @member {reroot.v1.MTLSConfig.$Properties|null|undefined} mtlsConfig
             * @memberof reroot.v1.VirtualMeshSpec
             * @instance
             */
            VirtualMeshSpec.prototype.mtlsConfig = null;

            /**
             * VirtualMeshSpec clusters.
             * @member {Array.<string>} clusters
             * @memberof reroot.v1.VirtualMeshSpec
             * @instance
             */
            VirtualMeshSpec.prototype.clusters = $util.emptyArray;

            /**
             * VirtualMeshSpec trustDomain.
             * @member {string} trustDomain
             * @memberof reroot.v1.VirtualMeshSpec
             * @instance
             */
            VirtualMeshSpec.prototype.trustDomain = "";

            /**
             * Creates a new VirtualMeshSpec instance using the specified properties.
             * @function create
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {reroot.v1.VirtualMeshSpec.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.VirtualMeshSpec} VirtualMeshSpec instance
             * @type {{
             *   (properties: reroot.v1.VirtualMeshSpec.$Shape): reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape;
             *   (properties?: reroot.v1.VirtualMeshSpec.$Properties): reroot.v1.VirtualMeshSpec;
             * }}
             */
            VirtualMeshSpec.create = function(properties) {
                return new VirtualMeshSpec(properties);
            };

            /**
             * Encodes the specified VirtualMeshSpec message. Does not implicitly {@link reroot.v1.VirtualMeshSpec.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {reroot.v1.VirtualMeshSpec.$Properties} message VirtualMeshSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified VirtualMeshSpec message, length delimited. Does not implicitly {@link reroot.v1.VirtualMeshSpec.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {reroot.v1.VirtualMeshSpec.$Properties} message VirtualMeshSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VirtualMeshSpec.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a VirtualMeshSpec message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape} VirtualMeshSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a VirtualMeshSpec message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.VirtualMeshSpec & reroot.v1.VirtualMeshSpec.$Shape} VirtualMeshSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VirtualMeshSpec.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a VirtualMeshSpec message.
             * @function verify
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            VirtualMeshSpec.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.mtlsConfig != null && $Object.hasOwnProperty.call(message, "mtlsConfig")) {
                    let error = $root.reroot.v1.MTLSConfig.verify(message.mtlsConfig, _depth + 1);
                    if (error)
                        return "mtlsConfig." + error;
                }
                if (message.clusters != null && $Object.hasOwnProperty.call(message, "clusters")) {
                    if (!$Array.isArray(message.clusters))
                        return "clusters: array expected";
                    for (let i = 0; i < message.clusters.length; ++i)
                        if (!$util.isString(message.clusters[i]))
                            return "clusters: string[] expected";
                }
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain"))
                    if (!$util.isString(message.trustDomain))
                        return "trustDomain: string expected";
                return null;
            };

            /**
             * Creates a VirtualMeshSpec message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.VirtualMeshSpec} VirtualMeshSpec
             */
            VirtualMeshSpec.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.VirtualMeshSpec)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.VirtualMeshSpec: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.VirtualMeshSpec();
                if (object.mtlsConfig != null) {
                    if (!$util.isObject(object.mtlsConfig))
                        throw $TypeError(".reroot.v1.VirtualMeshSpec.mtlsConfig: object expected");
                    message.mtlsConfig = $root.reroot.v1.MTLSConfig.fromObject(object.mtlsConfig, _depth + 1);
                }
                if (object.clusters) {
                    if (!$Array.isArray(object.clusters))
                        throw $TypeError(".reroot.v1.VirtualMeshSpec.clusters: array expected");
                    message.clusters = $Array(object.clusters.length);
                    for (let i = 0; i < object.clusters.length; ++i)
                        message.clusters[i] = $String(object.clusters[i]);
                }
                if (object.trustDomain != null)
                    if (typeof object.trustDomain !== "string" || object.trustDomain.length)
                        message.trustDomain = $String(object.trustDomain);
                return message;
            };

            /**
             * Creates a plain object from a VirtualMeshSpec message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {reroot.v1.VirtualMeshSpec} message VirtualMeshSpec
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            VirtualMeshSpec.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.clusters = [];
                if (options.defaults) {
                    object.mtlsConfig = null;
                    object.trustDomain = "";
                }
                if (message.mtlsConfig != null && $Object.hasOwnProperty.call(message, "mtlsConfig"))
                    object.mtlsConfig = $root.reroot.v1.MTLSConfig.toObject(message.mtlsConfig, options, _depth + 1);
                if (message.clusters && message.clusters.length) {
                    object.clusters = $Array(message.clusters.length);
                    for (let j = 0; j < message.clusters.length; ++j)
                        object.clusters[j] = message.clusters[j];
                }
                if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain"))
                    object.trustDomain = message.trustDomain;
                return object;
            };

            /**
             * Converts this VirtualMeshSpec to JSON.
             * @function toJSON
             * @memberof reroot.v1.VirtualMeshSpec
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            VirtualMeshSpec.prototype.toJSON = function() {
                return VirtualMeshSpec.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for VirtualMeshSpec
             * @function getTypeUrl
             * @memberof reroot.v1.VirtualMeshSpec
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            VirtualMeshSpec.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.VirtualMeshSpec";
            };

            return VirtualMeshSpec;
        })();

        v1.MTLSConfig = (function() {

            /**
             * Properties of a MTLSConfig.
             * @typedef {Object} reroot.v1.MTLSConfig.$Properties
             * @property {reroot.v1.SharedTrust.$Properties|null} [shared] MTLSConfig shared
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MTLSConfig.
             * @memberof reroot.v1
             * @interface IMTLSConfig
             * @augments reroot.v1.MTLSConfig.$Properties
             * @deprecated Use reroot.v1.MTLSConfig.$Properties instead.
             */

            /**
             * Shape of a MTLSConfig.
             * @typedef {{
             *   shared?: reroot.v1.SharedTrust.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.MTLSConfig.$Shape
             */

            /**
             * Constructs a new MTLSConfig.
             * @memberof reroot.v1
             * @classdesc Represents a MTLSConfig.
             * @constructor
             * @param {reroot.v1.MTLSConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MTLSConfig = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MTLSConfig shared.
             * @member {reroot.v1.SharedTrust.$Properties|null|undefined} shared
             * @memberof reroot.v1.MTLSConfig
             * @instance
             */
            MTLSConfig.prototype.shared = null;

            /**
             * Creates a new MTLSConfig instance using the specified properties.
             * @function create
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {reroot.v1.MTLSConfig.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.MTLSConfig} MTLSConfig instance
             * @type {{
             *   (properties: reroot.v1.MTLSConfig.$Shape): reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape;
             *   (properties?: reroot.v1.MTLSConfig.$Properties): reroot.v1.MTLSConfig;
             * }}
             */
            MTLSConfig.create = function(properties) {
                return new MTLSConfig(properties);
            };

            /**
             * Encodes the specified MTLSConfig message. Does not implicitly {@link reroot.v1.MTLSConfig.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {reroot.v1.MTLSConfig.$Properties} message MTLSConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified MTLSConfig message, length delimited. Does not implicitly {@link reroot.v1.MTLSConfig.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {reroot.v1.MTLSConfig.$Properties} message MTLSConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MTLSConfig.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a MTLSConfig message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape} MTLSConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a MTLSConfig message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.MTLSConfig & reroot.v1.MTLSConfig.$Shape} MTLSConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MTLSConfig.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a MTLSConfig message.
             * @function verify
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            MTLSConfig.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.shared != null && $Object.hasOwnProperty.call(message, "shared")) {
                    let error = $root.reroot.v1.SharedTrust.verify(message.shared, _depth + 1);
                    if (error)
                        return "shared." + error;
                }
                return null;
            };

            /**
             * Creates a MTLSConfig message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.MTLSConfig} MTLSConfig
             */
            MTLSConfig.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.MTLSConfig)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.MTLSConfig: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.MTLSConfig();
                if (object.shared != null) {
                    if (!$util.isObject(object.shared))
                        throw $TypeError(".reroot.v1.MTLSConfig.shared: object expected");
                    message.shared = $root.reroot.v1.SharedTrust.fromObject(object.shared, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a MTLSConfig message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {reroot.v1.MTLSConfig} message MTLSConfig
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            MTLSConfig.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.shared = null;
                if (message.shared != null && $Object.hasOwnProperty.call(message, "shared"))
                    object.shared = $root.reroot.v1.SharedTrust.toObject(message.shared, options, _depth + 1);
                return object;
            };

            /**
             * Converts this MTLSConfig to JSON.
             * @function toJSON
             * @memberof reroot.v1.MTLSConfig
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            MTLSConfig.prototype.toJSON = function() {
                return MTLSConfig.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for MTLSConfig
             * @function getTypeUrl
             * @memberof reroot.v1.MTLSConfig
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MTLSConfig.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.MTLSConfig";
            };

            return MTLSConfig;
        })();

        v1.SharedTrust = (function() {

            /**
             * Properties of a SharedTrust.
             * @typedef {Object} reroot.v1.SharedTrust.$Properties
             * @property {reroot.v1.RootCertificateAuthority.$Properties|null} [rootCertificateAuthority] SharedTrust rootCertificateAuthority
             * @property {reroot.v1.IntermediateCertificateAuthority.$Properties|null} [intermediateCertificateAuthority] SharedTrust intermediateCertificateAuthority
             * @property {reroot.v1.CommonCertOptions.$Properties|null} [intermediateCertOptions] SharedTrust intermediateCertOptions
             * @property {reroot.v1.CertificateRotationPolicy.$Properties|null} [certificateRotation] SharedTrust certificateRotation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SharedTrust.
             * @memberof reroot.v1
             * @interface ISharedTrust
             * @augments reroot.v1.SharedTrust.$Properties
             * @deprecated Use reroot.v1.SharedTrust.$Properties instead.
             */

            /**
             * Shape of a SharedTrust.
             * @typedef {{
             *   rootCertificateAuthority?: reroot.v1.RootCertificateAuthority.$Shape|null;
             *   intermediateCertificateAuthority?: reroot.v1.IntermediateCertificateAuthority.$Shape|null;
             *   intermediateCertOptions?: reroot.v1.CommonCertOptions.$Shape|null;
             *   certificateRotation?: reroot.v1.CertificateRotationPolicy.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.SharedTrust.$Shape
             */

            /**
             * Constructs a new SharedTrust.
             * @memberof reroot.v1
             * @classdesc Represents a SharedTrust.
             * @constructor
             * @param {reroot.v1.SharedTrust.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SharedTrust = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SharedTrust rootCertificateAuthority.
             * @member {reroot.v1.RootCertificateAuthority.$Properties|null|undefined} rootCertificateAuthority
             * @memberof reroot.v1.SharedTrust
             * @instance
             */
            SharedTrust.prototype.rootCertificateAuthority = null;

            /**
             * SharedTrust intermediateCertificateAuthority.
             * @member {reroot.v1.IntermediateCertificateAuthority.$Properties|null|undefined} intermediateCertificateAuthority
             * @memberof reroot.v1.SharedTrust
             * @instance
             */
            SharedTrust.prototype.intermediateCertificateAuthority = null;

            /**
             * SharedTrust intermediateCertOptions.
             * @member {reroot.v1.CommonCertOptions.$Properties|null|undefined} intermediateCertOptions
             * @memberof reroot.v1.SharedTrust
             * @instance
             */
            SharedTrust.prototype.intermediateCertOptions = null;

            /**
             * SharedTrust certificateRotation.
             * @member {reroot.v1.CertificateRotationPolicy.$Properties|null|undefined} certificateRotation
             * @memberof reroot.v1.SharedTrust
             * @instance
             */
            SharedTrust.prototype.certificateRotation = null;

            /**
             * Creates a new SharedTrust instance using the specified properties.
             * @function create
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {reroot.v1.SharedTrust.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.SharedTrust} SharedTrust instance
             * @type {{
             *   (properties: reroot.v1.SharedTrust.$Shape): reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape;
             *   (properties?: reroot.v1.SharedTrust.$Properties): reroot.v1.SharedTrust;
             * }}
             */
            SharedTrust.create = function(properties) {
                return new SharedTrust(properties);
            };

            /**
             * Encodes the specified SharedTrust message. Does not implicitly {@link reroot.v1.SharedTrust.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {reroot.v1.SharedTrust.$Properties} message SharedTrust message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified SharedTrust message, length delimited. Does not implicitly {@link reroot.v1.SharedTrust.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {reroot.v1.SharedTrust.$Properties} message SharedTrust message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SharedTrust.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a SharedTrust message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape} SharedTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a SharedTrust message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.SharedTrust & reroot.v1.SharedTrust.$Shape} SharedTrust
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SharedTrust.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a SharedTrust message.
             * @function verify
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            SharedTrust.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.rootCertificateAuthority != null && $Object.hasOwnProperty.call(message, "rootCertificateAuthority")) {
                    let error = $root.reroot.v1.RootCertificateAuthority.verify(message.rootCertificateAuthority, _depth + 1);
                    if (error)
                        return "rootCertificateAuthority." + error;
                }
                if (message.intermediateCertificateAuthority != null && $Object.hasOwnProperty.call(message, "intermediateCertificateAuthority")) {
                    let error = $root.reroot.v1.IntermediateCertificateAuthority.verify(message.intermediateCertificateAuthority, _depth + 1);
                    if (error)
                        return "intermediateCertificateAuthority." + error;
                }
                if (message.intermediateCertOptions != null && $Object.hasOwnProperty.call(message, "intermediateCertOptions")) {
                    let error = $root.reroot.v1.CommonCertOptions.verify(message.intermediateCertOptions, _depth + 1);
                    if (error)
                        return "intermediateCertOptions." + error;
                }
                if (message.certificateRotation != null && $Object.hasOwnProperty.call(message, "certificateRotation")) {
                    let error = $root.reroot.v1.CertificateRotationPolicy.verify(message.certificateRotation, _depth + 1);
                    if (error)
                        return "certificateRotation." + error;
                }
                return null;
            };

            /**
             * Creates a SharedTrust message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.SharedTrust} SharedTrust
             */
            SharedTrust.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.SharedTrust)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.SharedTrust: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.SharedTrust();
                if (object.rootCertificateAuthority != null) {
                    if (!$util.isObject(object.rootCertificateAuthority))
                        throw $TypeError(".reroot.v1.SharedTrust.rootCertificateAuthority: object expected");
                    message.rootCertificateAuthority = $root.reroot.v1.RootCertificateAuthority.fromObject(object.rootCertificateAuthority, _depth + 1);
                }
                if (object.intermediateCertificateAuthority != null) {
                    if (!$util.isObject(object.intermediateCertificateAuthority))
                        throw $TypeError(".reroot.v1.SharedTrust.intermediateCertificateAuthority: object expected");
                    message.intermediateCertificateAuthority = $root.reroot.v1.IntermediateCertificateAuthority.fromObject(object.intermediateCertificateAuthority, _depth + 1);
                }
                if (object.intermediateCertOptions != null) {
                    if (!$util.isObject(object.intermediateCertOptions))
                        throw $TypeError(".reroot.v1.SharedTrust.intermediateCertOptions: object expected");
                    message.intermediateCertOptions = $root.reroot.v1.CommonCertOptions.fromObject(object.intermediateCertOptions, _depth + 1);
                }
                if (object.certificateRotation != null) {
                    if (!$util.isObject(object.certificateRotation))
                        throw $TypeError(".reroot.v1.SharedTrust.certificateRotation: object expected");
                    message.certificateRotation = $root.reroot.v1.CertificateRotationPolicy.fromObject(object.certificateRotation, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a SharedTrust message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {reroot.v1.SharedTrust} message SharedTrust
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            SharedTrust.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.rootCertificateAuthority = null;
                    object.intermediateCertificateAuthority = null;
                    object.intermediateCertOptions = null;
                    object.certificateRotation = null;
                }
                if (message.rootCertificateAuthority != null && $Object.hasOwnProperty.call(message, "rootCertificateAuthority"))
                    object.rootCertificateAuthority = $root.reroot.v1.RootCertificateAuthority.toObject(message.rootCertificateAuthority, options, _depth + 1);
                if (message.intermediateCertificateAuthority != null && $Object.hasOwnProperty.call(message, "intermediateCertificateAuthority"))
                    object.intermediateCertificateAuthority = $root.reroot.v1.IntermediateCertificateAuthority.toObject(message.intermediateCertificateAuthority, options, _depth + 1);
                if (message.intermediateCertOptions != null && $Object.hasOwnProperty.call(message, "intermediateCertOptions"))
                    object.intermediateCertOptions = $root.reroot.v1.CommonCertOptions.toObject(message.intermediateCertOptions, options, _depth + 1);
                if (message.certificateRotation != null && $Object.hasOwnProperty.call(message, "certificateRotation"))
                    object.certificateRotation = $root.reroot.v1.CertificateRotationPolicy.toObject(message.certificateRotation, options, _depth + 1);
                return object;
            };

            /**
             * Converts this SharedTrust to JSON.
             * @function toJSON
             * @memberof reroot.v1.SharedTrust
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            SharedTrust.prototype.toJSON = function() {
                return SharedTrust.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for SharedTrust
             * @function getTypeUrl
             * @memberof reroot.v1.SharedTrust
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SharedTrust.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.SharedTrust";
            };

            return SharedTrust;
        })();

        v1.CertificateRotationPolicy = (function() {

            /**
             * Properties of a CertificateRotationPolicy.
             * @typedef {Object} reroot.v1.CertificateRotationPolicy.$Properties
             * @property {reroot.v1.CertificateRotationStrategy|null} [strategy] CertificateRotationPolicy strategy
             * @property {reroot.v1.CertificateRotationVerificationMethod.$Properties|null} [verification] CertificateRotationPolicy verification
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CertificateRotationPolicy.
             * @memberof reroot.v1
             * @interface ICertificateRotationPolicy
             * @augments reroot.v1.CertificateRotationPolicy.$Properties
             * @deprecated Use reroot.v1.CertificateRotationPolicy.$Properties instead.
             */

            /**
             * Shape of a CertificateRotationPolicy.
             * @typedef {{
             *   strategy?: reroot.v1.CertificateRotationStrategy|null;
             *   verification?: reroot.v1.CertificateRotationVerificationMethod.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} reroot.v1.CertificateRotationPolicy.$Shape
             */

            /**
             * Constructs a new CertificateRotationPolicy.
             * @memberof reroot.v1
             * @classdesc Represents a CertificateRotationPolicy.
             * @constructor
             * @param {reroot.v1.CertificateRotationPolicy.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CertificateRotationPolicy = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CertificateRotationPolicy strategy.
             * @member {reroot.v1.CertificateRotationStrategy} strategy
             * @memberof reroot.v1.CertificateRotationPolicy
             * @instance
             */
            CertificateRotationPolicy.prototype.strategy = 0;

            /**
             * CertificateRotationPolicy verification.
             * @member {reroot.v1.CertificateRotationVerificationMethod.$Properties|null|undefined} verification
             * @memberof reroot.v1.CertificateRotationPolicy
             * @instance
             */
            CertificateRotationPolicy.prototype.verification = null;

            /**
             * Creates a new CertificateRotationPolicy instance using the specified properties.
             * @function create
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {reroot.v1.CertificateRotationPolicy.$Properties=} [properties] Properties to set
             * @returns {reroot.v1.CertificateRotationPolicy} CertificateRotationPolicy instance
             * @type {{
             *   (properties: reroot.v1.CertificateRotationPolicy.$Shape): reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape;
             *   (properties?: reroot.v1.CertificateRotationPolicy.$Properties): reroot.v1.CertificateRotationPolicy;
             * }}
             */
            CertificateRotationPolicy.create = function(properties) {
                return new CertificateRotationPolicy(properties);
            };

            /**
             * Encodes the specified CertificateRotationPolicy message. Does not implicitly {@link reroot.v1.CertificateRotationPolicy.verify|verify} messages.
             * @function encode
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {reroot.v1.CertificateRotationPolicy.$Properties} message CertificateRotationPolicy message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Encodes the specified CertificateRotationPolicy message, length delimited. Does not implicitly {@link reroot.v1.CertificateRotationPolicy.verify|verify} messages.
             * @function encodeDelimited
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {reroot.v1.CertificateRotationPolicy.$Properties} message CertificateRotationPolicy message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CertificateRotationPolicy.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes a CertificateRotationPolicy message from the specified reader or buffer.
             * @function decode
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape} CertificateRotationPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes a CertificateRotationPolicy message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {reroot.v1.CertificateRotationPolicy & reroot.v1.CertificateRotationPolicy.$Shape} CertificateRotationPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CertificateRotationPolicy.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies a CertificateRotationPolicy message.
             * @function verify
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            CertificateRotationPolicy.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                if (message.strategy != null && $Object.hasOwnProperty.call(message, "strategy"))
                    if (typeof message.strategy !== "number" || (message.strategy | 0) !== message.strategy)
                        return "strategy: enum value expected";
                if (message.verification != null && $Object.hasOwnProperty.call(message, "verification")) {
                    let error = $root.reroot.v1.CertificateRotationVerificationMethod.verify(message.verification, _depth + 1);
                    if (error)
                        return "verification." + error;
                }
                return null;
            };

            /**
             * Creates a CertificateRotationPolicy message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reroot.v1.CertificateRotationPolicy} CertificateRotationPolicy
             */
            CertificateRotationPolicy.fromObject = function (object, _depth) {
                if (object instanceof $root.reroot.v1.CertificateRotationPolicy)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reroot.v1.CertificateRotationPolicy: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reroot.v1.CertificateRotationPolicy();
                if (object.strategy !== 0 && (typeof object.strategy !== "string" || $root.reroot.v1.CertificateRotationStrategy[object.strategy] !== 0))
                    switch (object.strategy) {
                    case "MULTI_ROOT":
                    case 0:
                        message.strategy = 0;
                        break;
                    case "NONE":
                    case 1:
                        message.strategy = 1;
                        break;
                    default:
                        if (typeof object.strategy === "number" && (object.strategy | 0) === object.strategy)
                            message.strategy = object.strategy;
                    }
                if (object.verification != null) {
                    if (!$util.isObject(object.verification))
                        throw $TypeError(".reroot.v1.CertificateRotationPolicy.verification: object expected");
                    message.verification = $root.reroot.v1.CertificateRotationVerificationMethod.fromObject(object.verification, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a CertificateRotationPolicy message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {reroot.v1.CertificateRotationPolicy} message CertificateRotationPolicy
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CertificateRotationPolicy.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.strategy = options.enums === $String ? "MULTI_ROOT" : 0;
                    object.verification = null;
                }
                if (message.strategy != null && $Object.hasOwnProperty.call(message, "strategy"))
                    object.strategy = options.enums === $String ? $root.reroot.v1.CertificateRotationStrategy[message.strategy] === $undefined ? message.strategy : $root.reroot.v1.CertificateRotationStrategy[message.strategy] : message.strategy;
                if (message.verification != null && $Object.hasOwnProperty.call(message, "verification"))
                    object.verification = $root.reroot.v1.CertificateRotationVerificationMethod.toObject(message.verification, options, _depth + 1);
                return object;
            };

            /**
             * Converts this CertificateRotationPolicy to JSON.
             * @function toJSON
             * @memberof reroot.v1.CertificateRotationPolicy
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CertificateRotationPolicy.prototype.toJSON = function() {
                return CertificateRotationPolicy.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for CertificateRotationPolicy
             * @function getTypeUrl
             * @memberof reroot.v1.CertificateRotationPolicy
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CertificateRotationPolicy.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/reroot.v1.CertificateRotationPolicy";
            };

            return CertificateRotationPolicy;
        })();

        return v1;
    })();

    return reroot;
})();

export const google = $root.google = (() => {

    /**
     * Namespace google.
     * @exports google
     * @namespace
     */
    const google = {};

    google.protobuf = (function() {

        /**
         * Namespace protobuf.
         * @memberof google
         * @namespace
         */
        const protobuf = {};

        protobuf.Empty = (function() {

            /**
             * Properties of an Empty.
             * @typedef {Object} google.protobuf.Empty.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Empty.
             * @memberof google.protobuf
             * @interface IEmpty
             * @augments google.protobuf.Empty.$Properties
             * @deprecated Use google.protobuf.Empty.$Properties instead.
             */

            /**
             * Shape of an Empty.
             * @typedef {google.protobuf.Empty.$Properties} google.protobuf.Empty.$Shape
             */

            /**
             * Constructs a new Empty.
             * @memberof google.protobuf
             * @classdesc Represents an Empty.
             * @constructor
             * @param {google.protobuf.Empty.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Empty = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new Empty instance using the specified properties.
             * @function create
             * @memberof google.protobuf.Empty
             * @static
             * @param {google.protobuf.Empty.$Properties=} [properties] Properties to set
             * @returns {google.protobuf.Empty} Empty instance
             * @type {{
             *   (properties: google.protobuf.Empty.$Shape): google.protobuf.Empty & google.protobuf.Empty.$Shape;
             *   (properties?: google.protobuf.Empty.$Properties): google.protobuf.Empty;
             * }}
             */
            Empty.create = function(properties) {
                return new Empty(properties);
            };

            /**
             * Encodes the specified Empty message. Does not implicitly {@link google.protobuf.Empty.verify|verify} messages.
             * @function encode
             * @memberof google.protobuf.Empty
             * @static
             * @param {google.protobuf.Empty.$Properties} message Empty message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
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

            /**
             * Encodes the specified Empty message, length delimited. Does not implicitly {@link google.protobuf.Empty.verify|verify} messages.
             * @function encodeDelimited
             * @memberof google.protobuf.Empty
             * @static
             * @param {google.protobuf.Empty.$Properties} message Empty message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Empty.encodeDelimited = function(message, writer) {
                return this.encode(message, (writer || $Writer.create()).fork()).ldelim();
            };

            /**
             * Decodes an Empty message from the specified reader or buffer.
             * @function decode
             * @memberof google.protobuf.Empty
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.protobuf.Empty & google.protobuf.Empty.$Shape} Empty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
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

            /**
             * Decodes an Empty message from the specified reader or buffer, length delimited.
             * @function decodeDelimited
             * @memberof google.protobuf.Empty
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @returns {google.protobuf.Empty & google.protobuf.Empty.$Shape} Empty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Empty.decodeDelimited = function(reader) {
                if (!(reader instanceof $Reader))
                    reader = new $Reader(reader);
                return this.decode(reader, reader.size());
            };

            /**
             * Verifies an Empty message.
             * @function verify
             * @memberof google.protobuf.Empty
             * @static
             * @param {Object.<string,*>} message Plain object to verify
             * @returns {string|null} `null` if valid, otherwise the reason why it is not
             */
            Empty.verify = function (message, _depth) {
                if (typeof message !== "object" || message === null)
                    return "object expected";
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    return "max depth exceeded";
                return null;
            };

            /**
             * Creates an Empty message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof google.protobuf.Empty
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {google.protobuf.Empty} Empty
             */
            Empty.fromObject = function (object, _depth) {
                if (object instanceof $root.google.protobuf.Empty)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".google.protobuf.Empty: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.google.protobuf.Empty();
            };

            /**
             * Creates a plain object from an Empty message. Also converts values to other types if specified.
             * @function toObject
             * @memberof google.protobuf.Empty
             * @static
             * @param {google.protobuf.Empty} message Empty
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Empty.toObject = function () {
                return {};
            };

            /**
             * Converts this Empty to JSON.
             * @function toJSON
             * @memberof google.protobuf.Empty
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Empty.prototype.toJSON = function() {
                return Empty.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Empty
             * @function getTypeUrl
             * @memberof google.protobuf.Empty
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Empty.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/google.protobuf.Empty";
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
