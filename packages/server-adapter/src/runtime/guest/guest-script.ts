// Made by scripts/embed-guest.mjs from main.ts. Do not edit.
export const GUEST_SCRIPT = `import { Socket } from "node:net";
import process from "node:process";

var refuse = (sentence) => ({ refused: sentence });
var isRefusal = (value) => typeof value === "object" && value !== null && typeof value.refused === "string";
var PROTOTYPE_KEYS = /* @__PURE__ */ new Set(["__proto__", "constructor", "prototype"]);
var isPrototypeKey = (key) => PROTOTYPE_KEYS.has(key);
var isRecord = (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};
var isString = (value) => typeof value === "string";
var isName = (value, max = 200) => typeof value === "string" && value.length > 0 && value.length <= max;
var describe = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return \`an array of \${value.length}\`;
  if (typeof value === "object")
    return isRecord(value) ? "an object" : \`a \${value.constructor?.name ?? "class instance"}\`;
  if (typeof value === "string")
    return value.length > 40 ? \`a string of \${value.length} characters\` : JSON.stringify(value);
  if (value === void 0) return "nothing";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : \`a \${typeof value}\`;
};

var DEFAULT_VALUE_BUDGET = { depth: 32, stringLength: 256 * 1024, values: 1e5 };
var findUnsendable = (value, path = "value", budget = DEFAULT_VALUE_BUDGET) => {
  let seen = 0;
  let size = 0;
  const sizeLimit = budget.size ?? budget.stringLength * 8;
  const ancestors = /* @__PURE__ */ new Set();
  const grow = (by) => {
    size += by;
    return size > sizeLimit ? \`\${path} holds more than \${sizeLimit} characters and bytes.\` : void 0;
  };
  const visit = (current, at, depth) => {
    if (++seen > budget.values) return \`\${path} holds more than \${budget.values} values.\`;
    switch (typeof current) {
      case "string":
        return current.length > budget.stringLength ? \`\${at} is a string of \${current.length} characters; at most \${budget.stringLength} may cross.\` : grow(current.length);
      case "boolean":
      case "undefined":
      case "bigint":
        return void 0;
      case "number":
        return Number.isFinite(current) ? void 0 : \`\${at} is \${current}; only finite numbers may cross.\`;
      case "function":
        return \`\${at} is a function. Functions cross only as event props of a component, such as onPress.\`;
      case "symbol":
        return \`\${at} is a symbol, which cannot cross.\`;
    }
    if (current === null) return void 0;
    const object = current;
    if (object instanceof Date) return void 0;
    if (object instanceof ArrayBuffer) return grow(object.byteLength);
    if (ArrayBuffer.isView(object)) return grow(object.buffer.byteLength);
    if (depth >= budget.depth) return \`\${at} is nested deeper than \${budget.depth} levels.\`;
    if (ancestors.has(object)) return \`\${at} refers back to a value that contains it; cycles cannot cross.\`;
    ancestors.add(object);
    const problem = visitChildren(object, at, depth + 1);
    ancestors.delete(object);
    return problem;
  };
  const visitChildren = (object, at, depth) => {
    if (Array.isArray(object)) return firstProblem(object.entries(), (index) => \`\${at}[\${index}]\`, depth);
    if (object instanceof Map) {
      return firstProblem([...object.keys()].entries(), (index) => \`\${at} (key \${index})\`, depth) ?? firstProblem([...object.values()].entries(), (index) => \`\${at} (value \${index})\`, depth);
    }
    if (object instanceof Set) return firstProblem([...object].entries(), (index) => \`\${at} (item \${index})\`, depth);
    if (!isRecord(object)) return \`\${at} is \${describe(object)}; pass its data as a plain object instead.\`;
    for (const key of Object.keys(object)) {
      if (isPrototypeKey(key)) return \`\${at} has a key named \${key}, which is refused.\`;
      const problem = visit(object[key], \`\${at}.\${key}\`, depth);
      if (problem) return problem;
    }
    return void 0;
  };
  const firstProblem = (entries, name, depth) => {
    for (const [index, item] of entries) {
      const problem = visit(item, name(index), depth);
      if (problem) return problem;
    }
    return void 0;
  };
  return visit(value, path, 0);
};

var MAX_DETAILS = 20;
var isErrorDetails = (value) => isRecord(value) && Object.keys(value).length <= MAX_DETAILS && Object.entries(value).every(
  ([key, item]) => isName(key, 60) && !isPrototypeKey(key) && (typeof item === "boolean" || typeof item === "number" && Number.isFinite(item) || isString(item) && item.length <= MAX_FIELD_LENGTH)
);
var MAX_FIELD_LENGTH = 1e3;

var tagged = (tag, v) => ({ $: tag, v });
var TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array
};
var isTypedArrayName = (name) => Object.hasOwn(TYPED_ARRAYS, name);
var toBase64 = (bytes) => {
  let binary = "";
  for (let start2 = 0; start2 < bytes.length; start2 += 32768)
    binary += String.fromCharCode(...bytes.subarray(start2, start2 + 32768));
  return btoa(binary);
};
var fromBase64 = (text) => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
};
var encode = (value) => {
  if (value === void 0) return tagged("undefined", null);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Object.is(value, -0) ? tagged("number", "-0") : value;
  if (typeof value === "bigint") return tagged("bigint", String(value));
  if (value instanceof Date) return tagged("Date", Number.isNaN(value.getTime()) ? null : value.toISOString());
  if (value instanceof Map)
    return tagged(
      "Map",
      [...value].map(([k, v]) => [encode(k), encode(v)])
    );
  if (value instanceof Set) return tagged("Set", [...value].map(encode));
  if (value instanceof ArrayBuffer) return tagged("ArrayBuffer", toBase64(new Uint8Array(value)));
  if (ArrayBuffer.isView(value))
    return tagged(value.constructor.name, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  if (Array.isArray(value)) return Array.from(value, encode);
  const entries = Object.entries(value).map(([key, item]) => [key, encode(item)]);
  const object = Object.fromEntries(entries);
  return Object.hasOwn(object, "$") ? tagged("object", object) : object;
};
var encodeValue = (value, name = "value") => {
  const problem = findUnsendable(value, name, { ...DEFAULT_VALUE_BUDGET, depth: 100, stringLength: 16 * 1024 * 1024 });
  return problem ? refuse(problem) : { text: JSON.stringify(encode(value)) };
};
var decode = (value, depth) => {
  if (depth > 100) throw new RangeError("nested deeper than 100 levels");
  if (value === null || typeof value === "boolean" || typeof value === "string" || typeof value === "number")
    return value;
  if (Array.isArray(value)) return value.map((item) => decode(item, depth + 1));
  if (!isRecord(value)) throw new TypeError("not JSON");
  return Object.hasOwn(value, "$") ? decodeTagged(value.$, value.v, depth) : decodeObject(value, depth);
};
var decodeObject = (value, depth) => {
  const object = {};
  for (const [key, item] of Object.entries(value)) {
    if (isPrototypeKey(key)) throw new TypeError(\`a key named \${key} is refused\`);
    object[key] = decode(item, depth + 1);
  }
  return object;
};
var decodeTagged = (tag, value, depth) => {
  if (tag === "undefined") return void 0;
  if (tag === "number" && value === "-0") return -0;
  if (tag === "bigint" && typeof value === "string" && /^-?\\d{1,1000}$/.test(value)) return BigInt(value);
  if (tag === "Date") return new Date(typeof value === "string" ? value : Number.NaN);
  if (tag === "object" && isRecord(value)) return decodeObject(value, depth);
  if (tag === "Set" && Array.isArray(value)) return new Set(value.map((item) => decode(item, depth + 1)));
  if (tag === "Map" && Array.isArray(value)) {
    return new Map(
      value.map((entry) => {
        if (!Array.isArray(entry) || entry.length !== 2) throw new TypeError("a Map entry must be a pair");
        return [decode(entry[0], depth + 1), decode(entry[1], depth + 1)];
      })
    );
  }
  if (typeof tag === "string" && typeof value === "string") {
    if (tag === "ArrayBuffer") return fromBase64(value).buffer;
    if (isTypedArrayName(tag)) return new TYPED_ARRAYS[tag](fromBase64(value).buffer);
  }
  throw new TypeError(\`unknown tag \${JSON.stringify(tag)?.slice(0, 40)}\`);
};
var decodeValue = (text) => {
  try {
    return { value: decode(JSON.parse(text), 0) };
  } catch (error) {
    return refuse(\`The encoded value could not be read: \${error instanceof Error ? error.message : "unknown reason"}.\`);
  }
};

var PREFIX_BYTES = 8;
var NO_BODY = new Uint8Array(0);
var encodeFrame = (header, body = NO_BODY) => {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(PREFIX_BYTES + head.byteLength + body.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint32(0, head.byteLength);
  view.setUint32(4, body.byteLength);
  frame.set(head, PREFIX_BYTES);
  frame.set(body, PREFIX_BYTES + head.byteLength);
  return frame;
};
var createFrameReader = (bounds) => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let buffer = new Uint8Array(PREFIX_BYTES);
  let filled = 0;
  const lengths = () => {
    const view = new DataView(buffer.buffer);
    return { headerBytes: view.getUint32(0), bodyBytes: view.getUint32(4) };
  };
  const makeRoom = () => {
    const { headerBytes, bodyBytes } = lengths();
    if (headerBytes === 0 || headerBytes > bounds.headerBytes || bodyBytes > bounds.bodyBytes)
      throw new RangeError(\`A frame announced \${headerBytes} + \${bodyBytes} bytes.\`);
    const prefix = buffer;
    buffer = new Uint8Array(PREFIX_BYTES + headerBytes + bodyBytes);
    buffer.set(prefix);
  };
  const take = () => {
    const bodyAt = PREFIX_BYTES + lengths().headerBytes;
    const header = JSON.parse(decoder.decode(buffer.subarray(PREFIX_BYTES, bodyAt)));
    const frame = { header, body: buffer.subarray(bodyAt) };
    buffer = new Uint8Array(PREFIX_BYTES);
    filled = 0;
    return frame;
  };
  return {
    push(chunk) {
      const frames = [];
      let at = 0;
      while (at < chunk.byteLength) {
        const part = chunk.subarray(at, at + buffer.byteLength - filled);
        buffer.set(part, filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled < buffer.byteLength) break;
        if (filled === PREFIX_BYTES) makeRoom();
        else frames.push(take());
      }
      return frames;
    }
  };
};

var JOINED_BYTES = 64 * 1024;
var createFrameWriter = (write, atEndOfTurn) => {
  let frames = [];
  let bytes = 0;
  const flush = () => {
    const [first] = frames;
    if (!first) return;
    const joined = frames.length === 1 ? first : join(frames, bytes);
    frames = [];
    bytes = 0;
    write(joined);
  };
  return (header, body) => {
    const frame = encodeFrame(header, body);
    if (bytes + frame.byteLength > JOINED_BYTES) flush();
    if (frames.length === 0) atEndOfTurn(flush);
    frames.push(frame);
    bytes += frame.byteLength;
    if (bytes > JOINED_BYTES) flush();
  };
};
var join = (frames, bytes) => {
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const frame of frames) {
    joined.set(frame, at);
    at += frame.byteLength;
  }
  return joined;
};

var createLazyAbort = () => {
  let controller;
  let reasonOf;
  return {
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (reasonOf) controller.abort(reasonOf());
      }
      return controller.signal;
    },
    abort(reason) {
      if (reasonOf) return;
      reasonOf = reason;
      controller?.abort(reason());
    }
  };
};

var PART_WINDOW_BYTES = 128 * 1024;
var PART_COST_BYTES = 256;
var costOfPart = (bytes) => bytes + PART_COST_BYTES;
var createPartCredit = (windowBytes) => {
  let left = windowBytes;
  let wake = () => {
  };
  return {
    async available(signal) {
      signal.throwIfAborted();
      if (left > 0) return;
      await new Promise((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener("abort", onAbort);
        wake = () => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        };
      });
    },
    spend(bytes) {
      left -= costOfPart(bytes);
    },
    restore(bytes) {
      left += bytes;
      if (left > 0) wake();
    }
  };
};

import { format } from "node:util";

var GUEST_BOUNDS = {
  headerBytes: 256 * 1024,
  logLength: 4096,
  messageLength: 2e3,
  fields: 50,
  fieldLength: 500,
  urlLength: 8192,
  headers: 100,
  headersLength: 32 * 1024
};
var LOG_LINE_COST = 16;

var LEVELS = { debug: "debug", trace: "debug", log: "info", info: "info", warn: "warn", error: "error" };
var createCallLog = (send, logBytes) => (call, level, text) => {
  if (call.ended) return;
  const message = text.slice(0, GUEST_BOUNDS.logLength);
  const cost = new TextEncoder().encode(message).byteLength + LOG_LINE_COST;
  if (call.loggedBytes + cost > logBytes()) {
    call.loggedBytes = Number.POSITIVE_INFINITY;
    return;
  }
  call.loggedBytes += cost;
  send(call.id, { level, message });
};
var captureConsole = (calls, log) => {
  for (const [method, level] of Object.entries(LEVELS)) {
    const capture = (...args) => {
      const call = calls.current();
      if (call) log(call, level, format(...args));
    };
    Object.defineProperty(console, method, { value: capture, writable: true, configurable: true });
  }
};

var failure = ({ code, message, ...rest }) => Object.assign(new Error(message), { code, ...rest });
var createAsk = ({
  calls,
  send
}) => {
  const pending = /* @__PURE__ */ new Map();
  let lastId = 0;
  return {
    ask: async (operation, args) => {
      const call = calls.current();
      if (!call?.context)
        throw failure({
          code: "NOT_IN_SERVER_FUNCTION",
          message: "This works inside of a server function, while it runs."
        });
      const encoded = encodeValue(args, "arguments");
      if (isRefusal(encoded)) throw failure({ code: "VALUE_NOT_SENDABLE", message: encoded.refused });
      const { signal } = call.ending;
      signal.throwIfAborted();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const onAbort = () => settle(() => reject(signal.reason));
        const settle = (how) => {
          pending.delete(id);
          signal.removeEventListener("abort", onAbort);
          how();
        };
        pending.set(id, {
          resolve: (value) => settle(() => resolve(value)),
          reject: (reason) => settle(() => reject(reason))
        });
        signal.addEventListener("abort", onAbort);
        send({ type: "ask", id, call: call.id, operation }, new TextEncoder().encode(encoded.text));
      });
    },
    answer(id, body) {
      const value = decodeValue(new TextDecoder().decode(body));
      if (isRefusal(value)) pending.get(id)?.reject(failure({ code: "INTERNAL", message: value.refused }));
      else pending.get(id)?.resolve(value.value);
    },
    fail: (id, error) => pending.get(id)?.reject(failure(error))
  };
};

var NULL_BODY = /* @__PURE__ */ new Set([204, 205, 304]);
var failure2 = (code, message) => Object.assign(new TypeError(message), { code });
var createFetch = ({ calls, send, requestBytes }) => {
  const pending = /* @__PURE__ */ new Map();
  let lastId = 0;
  const checkSize = (request, headers, body) => {
    const headersLength = headers.reduce((total, [name, value]) => total + name.length + value.length, 0);
    if (request.url.length > GUEST_BOUNDS.urlLength) throw failure2("EGRESS_LIMIT", "The URL is too long.");
    if (headers.length > GUEST_BOUNDS.headers || headersLength > GUEST_BOUNDS.headersLength)
      throw failure2("EGRESS_LIMIT", "The request has too many headers.");
    if (body && body.byteLength > requestBytes())
      throw failure2("EGRESS_LIMIT", \`The request body is larger than \${requestBytes()} bytes. Send less at a time.\`);
  };
  const transmit = (call, request, body) => {
    const headers = [...request.headers];
    checkSize(request, headers, body);
    const signal = AbortSignal.any([request.signal, call.ending.signal]);
    signal.throwIfAborted();
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        send({ type: "cancel-request", id });
        settle(() => reject(signal.reason));
      };
      const settle = (how) => {
        pending.delete(id);
        signal.removeEventListener("abort", onAbort);
        how();
      };
      pending.set(id, {
        resolve: (response) => settle(() => resolve(response)),
        reject: (reason) => settle(() => reject(reason))
      });
      signal.addEventListener("abort", onAbort);
      const { url, method, redirect } = request;
      send({ type: "request", id, call: call.id, url, method, headers, hasBody: body !== void 0, redirect }, body);
    });
  };
  return {
    fetch: async (input, init) => {
      const call = calls.current();
      if (!call?.context) throw failure2("EGRESS_DENIED", "fetch works inside of a server function only, while it runs.");
      const request = new Request(input, init);
      const body = request.body ? new Uint8Array(await request.arrayBuffer()) : void 0;
      return transmit(call, request, body);
    },
    answer(message, body) {
      const { status, statusText, url, redirected } = message;
      const waiting = pending.get(message.id);
      if (!waiting) return;
      try {
        const headers = message.headers.map(([name, value]) => [name, value]);
        const bytes = body;
        const response = new Response(NULL_BODY.has(status) ? null : bytes, { status, statusText, headers });
        Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
        waiting.resolve(response);
      } catch {
        waiting.reject(failure2("EGRESS_FAILED", "The outside service answered with something that is not a response."));
      }
    },
    fail: ({ id, code, message }) => pending.get(id)?.reject(failure2(code, message))
  };
};

var read = (value, key) => {
  try {
    return typeof value === "object" && value !== null ? Reflect.get(value, key) : void 0;
  } catch {
    return void 0;
  }
};
var fieldsOf = (value) => {
  if (!isRecord(value)) return void 0;
  const entries = Object.entries(value).filter((entry) => isName(entry[0]) && isString(entry[1])).slice(0, GUEST_BOUNDS.fields).map(([path, message]) => [path, message.slice(0, GUEST_BOUNDS.fieldLength)]);
  return entries.length > 0 ? Object.fromEntries(entries) : void 0;
};
var NOT_CAPABLE = "The server function used something that is closed to it, such as files, processes or sockets. It reaches the outside with fetch.";
var describeFailure = (thrown, otherwise) => {
  const code = read(thrown, "code");
  const message = read(thrown, "name") === "NotCapable" ? NOT_CAPABLE : read(thrown, "message");
  const fields = fieldsOf(read(thrown, "fields"));
  const retryAfterSeconds = read(thrown, "retryAfterSeconds");
  const details = read(thrown, "details");
  return {
    code: isName(code, 100) ? code : otherwise,
    message: (isString(message) && message !== "" ? message : "The function threw something that is not an Error.").slice(0, GUEST_BOUNDS.messageLength),
    ...fields ? { fields } : {},
    ...typeof retryAfterSeconds === "number" && Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds } : {},
    ...isErrorDetails(details) ? { details } : {}
  };
};
var stackOf = (thrown, bundleUrl) => {
  const stack = read(thrown, "stack");
  if (!isString(stack)) return describeFailure(thrown, "FUNCTION_FAILED").message;
  return bundleUrl === "" ? stack : stack.replaceAll(bundleUrl, "server.js");
};

var UNUSED = [
  "BroadcastChannel",
  "Cache",
  "CacheStorage",
  "EventSource",
  "GPU",
  "Storage",
  "WebSocket",
  "WebSocketStream",
  "Worker",
  "alert",
  "caches",
  "close",
  "confirm",
  "localStorage",
  "prompt",
  "sessionStorage"
];
var removeAmbient = () => {
  for (const name of UNUSED) Reflect.deleteProperty(globalThis, name);
};

import { AsyncLocalStorage } from "node:async_hooks";
var createCallStorage = () => {
  const storage = new AsyncLocalStorage();
  return {
    run: (call, code) => storage.run(call, code),
    current: () => storage.getStore()
  };
};

var isAsyncIterable = (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value;
var streamParts = async (parts, { credit, signal, totalBytes, send, failed }) => {
  let total = 0;
  for await (const value of parts) {
    const encoded = encodeValue(value, "part");
    if (isRefusal(encoded)) throw failed("VALUE_NOT_SENDABLE", encoded.refused);
    const part = new TextEncoder().encode(encoded.text);
    total += costOfPart(part.byteLength);
    if (total > totalBytes)
      throw failed(
        "FUNCTION_RESULT_TOO_LARGE",
        \`The function streamed more than the \${totalBytes} bytes that a result may have. Stream less.\`
      );
    send(part);
    credit.spend(part.byteLength);
    await credit.available(signal);
  }
};

var start = () => {
  const socket = new Socket({ fd: 3, readable: true, writable: true });
  const calls = createCallStorage();
  const running = /* @__PURE__ */ new Map();
  let limits = { resultBytes: 0, logBytes: 0, requestBytes: 0 };
  let functions;
  let bundleUrl = "";
  const ours = /* @__PURE__ */ new WeakSet();
  const failed = (code, message) => {
    const error = Object.assign(new Error(message), { code });
    ours.add(error);
    return error;
  };
  const send = createFrameWriter(
    (bytes) => void socket.write(bytes),
    process.nextTick
  );
  const log = createCallLog(
    (id, entry) => send({ type: "log", id, ...entry }),
    () => limits.logBytes
  );
  const broker = createFetch({ calls, send, requestBytes: () => limits.requestBytes });
  const questions = createAsk({ calls, send });
  const install = () => {
    removeAmbient();
    captureConsole(calls, log);
    const fixed = { writable: false, configurable: false, enumerable: false };
    Object.defineProperty(globalThis, "fetch", {
      value: broker.fetch,
      writable: true,
      configurable: true,
      enumerable: true
    });
    Object.defineProperty(globalThis, "process", { value: process, writable: true, configurable: true });
    const platform = Object.freeze({ context, ask: questions.ask });
    Object.defineProperty(globalThis, /* @__PURE__ */ Symbol.for("souk.server"), { value: platform, ...fixed });
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      report(event.reason);
    });
    addEventListener("error", (event) => {
      event.preventDefault();
      report(event.error);
    });
  };
  const context = () => {
    const call = calls.current();
    if (!call?.context) return void 0;
    return {
      ...call.context,
      deadline: call.deadline,
      get signal() {
        return call.ending.signal;
      }
    };
  };
  const report = (reason) => {
    const call = calls.current() ?? (running.size === 1 ? [...running.values()][0] : void 0);
    if (call) log(call, "error", \`Uncaught in the background: \${stackOf(reason, bundleUrl)}\`);
  };
  const perform = async (call, otherwise, work) => {
    running.set(call.id, call);
    try {
      await calls.run(call, work);
    } catch (thrown) {
      if (!(thrown instanceof Error && ours.has(thrown))) log(call, "error", stackOf(thrown, bundleUrl));
      send({ type: "failed", id: call.id, error: describeFailure(thrown, otherwise) });
    } finally {
      running.delete(call.id);
      call.ended = true;
      call.ending.abort(() => failed("ABORTED", "The call of the server function has ended."));
    }
  };
  const newCall = (message) => ({
    id: message.id,
    deadline: message.deadline ?? 0,
    ending: createLazyAbort(),
    loggedBytes: 0,
    ended: false,
    ...message.partWindow === void 0 ? {} : { credit: createPartCredit(message.partWindow) },
    ...message.context ? { context: message.context } : {}
  });
  const load = async (id, source) => {
    bundleUrl = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try {
      const bundle = await import(bundleUrl);
      functions = bundle.functions;
    } finally {
      URL.revokeObjectURL(bundleUrl);
    }
    if (typeof functions !== "object" || functions === null)
      throw failed("FUNCTION_LOAD_FAILED", "The server bundle has no table of functions. Build it with: souk build");
    send({ type: "loaded", id });
  };
  const invoke = async (id, functionId, encodedArgs) => {
    const found = findFunction(functions, functionId);
    if (!found)
      throw failed("FUNCTION_NOT_FOUND", "The deployment has no such function. Reload the page and try again.");
    const args = decodeValue(new TextDecoder().decode(encodedArgs));
    if (isRefusal(args)) throw failed("INVALID_INPUT", args.refused);
    if (!Array.isArray(args.value)) throw failed("INVALID_INPUT", "The arguments must be an array.");
    const returned = await found(...args.value);
    if (isAsyncIterable(returned)) return stream(id, returned);
    const encoded = encodeValue(returned, "result");
    if (isRefusal(encoded)) throw failed("VALUE_NOT_SENDABLE", encoded.refused);
    const result = new TextEncoder().encode(encoded.text);
    if (result.byteLength > limits.resultBytes)
      throw failed(
        "FUNCTION_RESULT_TOO_LARGE",
        \`The result has \${result.byteLength} bytes; at most \${limits.resultBytes} may cross. Return less, such as a page at a time.\`
      );
    send({ type: "result", id }, result);
  };
  const stream = async (id, parts) => {
    const { credit, ending } = running.get(id);
    if (!credit)
      throw failed("VALUE_NOT_SENDABLE", "The function streams its result, and this call takes it in one piece.");
    await streamParts(parts, {
      credit,
      signal: ending.signal,
      totalBytes: limits.resultBytes,
      send: (part) => send({ type: "part", id }, part),
      failed
    });
    send({ type: "end", id });
  };
  const receive = (message, body) => {
    switch (message.type) {
      case "load":
        limits = message.limits;
        void perform(newCall(message), "FUNCTION_LOAD_FAILED", () => load(message.id, body));
        return;
      case "call":
        void perform(newCall(message), "FUNCTION_FAILED", () => invoke(message.id, message.functionId, body));
        return;
      case "credit":
        running.get(message.id)?.credit?.restore(message.bytes);
        return;
      case "abort":
        running.get(message.id)?.ending.abort(() => failed("ABORTED", message.reason));
        return;
      case "ping":
        send({ type: "pong" });
        return;
      case "response":
        broker.answer(message, body);
        return;
      case "request-failed":
        broker.fail(message);
        return;
      case "answer":
        questions.answer(message.id, body);
        return;
      case "ask-failed":
        questions.fail(message.id, message.error);
        return;
    }
  };
  const reader = createFrameReader({ headerBytes: 4294967295, bodyBytes: 4294967295 });
  socket.on("data", (chunk) => {
    for (const { header, body } of reader.push(chunk)) receive(header, body);
  });
  const exit = Deno.exit;
  socket.on("close", () => exit(0));
  socket.on("error", () => exit(0));
  install();
  send({ type: "ready" });
};
var findFunction = (table, id) => {
  const found = Object.hasOwn(table, id) ? table[id] : void 0;
  return typeof found === "function" ? found : void 0;
};
start();
`
