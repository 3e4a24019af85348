// normalise.ts — Removes from a message what can't be the same in a recording and a replay.
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject, printJsonAsIs } from '../qmp/json.ts';

/**
 * A message as text, its members in the order in which they came (QEMU's own, which the printer here keeps too), with
 * - names that QEMU made up for nodes (`#block297`) as `#block`;
 * - the time stamp of an event left out, as the recorder did;
 * - how long requests took, when snapshots were taken, and the numbers of threads, which are the machine's.
 * Paths need nothing: the recording's `$W` is the name of a directory here.
 */
export function normalise(message: Json): string {
  return printJsonAsIs(withoutTime(message))
    .replaceAll(/#block\d+/gu, '#block')
    .replaceAll(/("\w+_time_ns": |\b\w+_time_ns=)\d+/gu, '$1T')
    .replaceAll(/("(?:date|vm-clock)-n?sec": )\d+/gu, '$1T')
    .replaceAll(/("thread-id": )\d+/gu, '$1T');
}

function withoutTime(message: Json): Json {
  if (!isJsonObject(message) || !('event' in message)) return message;
  const rest: JsonObject = jsonObject();
  for (const [name, value] of Object.entries(message)) if (name !== 'timestamp') rest[name] = value;
  return rest;
}
