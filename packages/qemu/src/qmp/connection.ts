// connection.ts — One client on the QMP socket: bytes in, bytes out. Mirrors monitor/qmp.c, qapi/qmp-dispatch.c.
//
// Requests are parsed as they arrive and wait in a queue, from which the main loop takes one at a time. One turn of the loop
// takes a request, the next runs it, the one after sends the reply: effects of the command in the main thread come before
// its reply.
import type { AioContext } from '../aio/aio-context.ts';
import {
  createAioContext,
  handlerReady,
  scheduleBh,
  scheduleCoroutine,
} from '../aio/aio-context.ts';
import { runBlocking } from '../aio/main-loop.ts';
import { withoutHint } from '../block/image-locks.ts';
import type { Vm } from '../vm/vm.ts';
import type { CommandResult, QmpCommand } from './command.ts';
import { failure, notSimulated, refuseArgs, runCommand, success } from './command.ts';
import { DAEMON_COMMANDS, FOREIGN_COMMANDS } from './foreign-commands.ts';
import type { JsonStream, Parsed } from './json-parser.ts';
import { createJsonStream, feedBytes } from './json-parser.ts';
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, jsonObject, membersInOrder, printJson } from './json.ts';
import { commandsOf } from './registry.ts';

export interface QmpConnection {
  readonly vm: Vm;
  readonly thread: AioContext;
  readonly stream: JsonStream;
  readonly commands: ReadonlyMap<string, QmpCommand>;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose: () => void;
  /** Called for each thing that QEMU would do and this simulator can't; the client also gets an error. */
  readonly onNotSimulated: (what: string) => void;
  /** False before `qmp_capabilities`: no other command is accepted and no event is sent. */
  negotiated: boolean;
  oob: boolean;
  open: boolean;
  readonly queue: Parsed[];
  busy: boolean;
  readonly listener: (event: string, data: JsonObject | undefined) => void;
}

export interface ConnectOptions {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose?: () => void;
  readonly onNotSimulated?: (what: string) => void;
}

/** Connects a client, which receives the greeting. */
export function connectQmp(vm: Vm, options: ConnectOptions): QmpConnection {
  const { onBytes, onClose = () => undefined, onNotSimulated = () => undefined } = options;
  const connection: QmpConnection = {
    vm,
    thread: createAioContext(vm.sim, 'monitor thread'),
    stream: createJsonStream((parsed) => receive(connection, parsed)),
    commands: commandsOf(vm),
    onBytes,
    onClose,
    onNotSimulated,
    negotiated: false,
    oob: false,
    open: true,
    queue: [],
    busy: false,
    listener: (event, data) => sendEvent(connection, event, data),
  };
  vm.listeners.push(connection.listener);
  const qemu = { major: 7, minor: 2, micro: 22 };
  send(connection, {
    QMP: { version: { qemu, package: vm.package }, capabilities: ['oob'] },
  });
  return connection;
}

/** Takes bytes that the client has written, in pieces of any size. */
export function feedQmp(connection: QmpConnection, bytes: Uint8Array): void {
  if (!connection.open) return;
  // The monitors' own thread parses them, and may run before or after the main loop.
  handlerReady(connection.thread, 'reads a command', () => feedBytes(connection.stream, bytes));
}

/** Hangs up: commands that wait are dropped, and no event is sent any more. A second call does nothing. */
export function disconnectQmp(connection: QmpConnection): void {
  if (!connection.open) return;
  connection.open = false;
  connection.queue.length = 0;
  const { listeners } = connection.vm;
  listeners.splice(listeners.indexOf(connection.listener), 1);
  connection.onClose();
}

function send(connection: QmpConnection, message: JsonObject): void {
  if (!connection.open) return;
  const line = `${printJson(message)}\r\n`;
  const bytes = new Uint8Array(line.length);
  for (let i = 0; i < line.length; i++) bytes[i] = line.charCodeAt(i);
  connection.onBytes(bytes);
}

function sendEvent(connection: QmpConnection, event: string, data: JsonObject | undefined): void {
  if (!connection.negotiated) return;
  const { now } = connection.vm.sim;
  const message: JsonObject = {
    timestamp: { seconds: Math.floor(now / 1e9), microseconds: Math.floor((now % 1e9) / 1e3) },
    event,
  };
  if (data !== undefined) message['data'] = data;
  send(connection, message);
}

/** Handles a request in the monitor's own thread: out-of-band commands run at once, others wait for the main loop. */
function receive(connection: QmpConnection, parsed: Parsed): void {
  const request = parsed.kind === 'value' && isJsonObject(parsed.value) ? parsed.value : null;
  if (request !== null && connection.oob && 'exec-oob' in request && !('execute' in request)) {
    runOob(connection, request);
    return;
  }
  connection.queue.push(parsed);
  if (connection.busy) return;
  connection.busy = true;
  handlerReady(connection.vm.layer.main.outer, 'monitor dispatches', () =>
    dispatchNext(connection),
  );
}

function runOob(connection: QmpConnection, request: JsonObject): void {
  const found = lookUp(connection, request);
  if (found.kind === 'refused') {
    respond(connection, request['id'], found.result);
    return;
  }
  const { command, args } = found;
  const refusal =
    command.allowOob === true
      ? refuseArgs(command, args)
      : failure(`The command ${command.name} does not support OOB`);
  if (refusal !== null) {
    respond(connection, request['id'], refusal);
    return;
  }
  runBlocking(connection.vm.layer.main, runCommand(command, connection.vm, args), (result) =>
    respond(connection, request['id'], result),
  );
}

function dispatchNext(connection: QmpConnection): void {
  const parsed = connection.queue.shift();
  if (parsed === undefined || !connection.open) {
    connection.busy = false;
    return;
  }
  scheduleBh(connection.vm.layer.main.outer, `monitor runs ${commandName(parsed)}`, () =>
    execute(connection, parsed),
  );
}

function commandName(parsed: Parsed): string {
  const name =
    parsed.kind === 'value' && isJsonObject(parsed.value) ? parsed.value['execute'] : undefined;
  // A client may send whatever it likes.
  return typeof name === 'string' && /^[\w-]{1,60}$/u.test(name) ? name : 'a command';
}

function execute(connection: QmpConnection, parsed: Parsed): void {
  const { vm } = connection;
  const { main } = vm.layer;
  const id = parsed.kind === 'value' && isJsonObject(parsed.value) ? parsed.value['id'] : undefined;
  const finish = (result: CommandResult): void => {
    // The command made QEMU abort.
    if (main.stopped.value) return;
    scheduleCoroutine(main.outer, 'monitor replies', () => {
      respond(connection, id, result);
      scheduleCoroutine(main.outer, 'monitor dispatches', () => dispatchNext(connection));
    });
  };
  if (parsed.kind === 'error') {
    finish(failure(parsed.text));
    return;
  }
  const found = lookUp(connection, parsed.value);
  if (found.kind === 'refused') {
    finish(found.result);
    return;
  }
  const { command, args } = found;
  const refusal = refuseArgs(command, args);
  if (refusal !== null) finish(refusal);
  else if (command.name === 'qmp_capabilities') finish(negotiate(connection, args));
  else runBlocking(main, runCommand(command, vm, args), finish);
}

function respond(connection: QmpConnection, id: Json | undefined, result: CommandResult): void {
  const message: JsonObject = jsonObject();
  if (result.kind === 'return') message['return'] = result.value;
  else if (result.kind === 'not simulated') {
    message['error'] = { class: 'GenericError', desc: `${result.what}: not simulated` };
    connection.onNotSimulated(result.what);
  } else message['error'] = { class: result.errorClass, desc: withoutHint(result.desc) };
  if (id !== undefined) message['id'] = id;
  send(connection, message);
  // The reply to `quit` is the last message to a client.
  if (connection.vm.exit !== null) disconnectQmp(connection);
}

type LookUp =
  | { readonly kind: 'found'; readonly command: QmpCommand; readonly args: JsonObject }
  | { readonly kind: 'refused'; readonly result: CommandResult };

const refused = (result: CommandResult): LookUp => ({ kind: 'refused', result });

function lookUp(connection: QmpConnection, request: Json): LookUp {
  const checked = checkMembers(connection, request);
  if (typeof checked === 'string') return refused(failure(checked));
  const { name, args, oob } = checked;
  const command = connection.commands.get(name);
  if (!connection.negotiated && name !== 'qmp_capabilities') {
    const desc = "Expecting capabilities negotiation with 'qmp_capabilities'";
    return refused(failure(desc, 'CommandNotFound'));
  }
  if (command === undefined && isForeign(connection.vm, name)) return refused(notSimulated(name));
  if (command === undefined)
    return refused(failure(`The command ${name} has not been found`, 'CommandNotFound'));
  if (oob && command.allowOob !== true)
    return refused(failure(`The command ${name} does not support OOB`));
  return { kind: 'found', command, args };
}

const isForeign = (vm: Vm, name: string): boolean =>
  FOREIGN_COMMANDS.has(name) && (!vm.isStorageDaemon || DAEMON_COMMANDS.includes(name));

interface CheckedRequest {
  readonly name: string;
  readonly args: JsonObject;
  readonly oob: boolean;
}

/** Checks the members of the request itself, in the order in which QEMU's dictionary holds them. */
function checkMembers(connection: QmpConnection, request: Json): CheckedRequest | string {
  if (!isJsonObject(request)) return 'QMP input must be a JSON object';
  let key: string | null = null;
  let name = '';
  let args: JsonObject = jsonObject();
  for (const member of membersInOrder(request)) {
    const value = request[member] as Json;
    if (member === 'execute' || (member === 'exec-oob' && connection.oob)) {
      if (key !== null) return `QMP input member '${member}' clashes with '${key}'`;
      if (typeof value !== 'string') return `QMP input member '${member}' must be a string`;
      key = member;
      name = value;
    } else if (member === 'arguments') {
      if (!isJsonObject(value)) return "QMP input member 'arguments' must be an object";
      args = value;
    } else if (member !== 'id') return `QMP input member '${member}' is unexpected`;
  }
  if (key === null) return "QMP input lacks member 'execute'";
  return { name, args, oob: key === 'exec-oob' };
}

function negotiate(connection: QmpConnection, args: JsonObject): CommandResult {
  if (connection.negotiated) {
    const desc = 'Capabilities negotiation is already complete, command ignored';
    return failure(desc, 'CommandNotFound');
  }
  const enable = args['enable'];
  if (Array.isArray(enable) && enable.length > 0) connection.oob = true;
  connection.negotiated = true;
  return success();
}
