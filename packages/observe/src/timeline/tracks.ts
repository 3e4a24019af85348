// tracks.ts — The places in the timeline: a group per device and one for processes, with lanes for slices that overlap.
import type { ChromeTraceWriter } from './json-writer.ts';

export interface Track {
  readonly pid: number;
  readonly tid: number;
}

/** Slices of one track may only be nested, so each I/O has a lane of its own while it is in flight. */
interface Group {
  readonly pid: number;
  nextTid: number;
  readonly named: Map<string, Track>;
  readonly lanes: Map<string, { readonly free: Track[]; made: number }>;
}

export interface Tracks {
  /** The track `name` of a group; both are made, and named, when they are first asked for. */
  track(group: string, name: string): Track;
  /** The first lane of `name` that is free; `giveBack` frees it. */
  lane(group: string, name: string): Track;
  giveBack(group: string, name: string, lane: Track): void;
}

export function createTracks(writer: ChromeTraceWriter): Tracks {
  const groups = new Map<string, Group>();

  const groupOf = (name: string): Group => {
    let group = groups.get(name);
    if (group === undefined) {
      group = { pid: groups.size + 1, nextTid: 1, named: new Map(), lanes: new Map() };
      groups.set(name, group);
      const { pid } = group;
      writer.write({ ph: 'M', pid, tid: 0, name: 'process_name', args: { name } });
      writer.write({ ph: 'M', pid, tid: 0, name: 'process_sort_index', args: { sort_index: pid } });
    }
    return group;
  };
  const addTrack = (group: Group, name: string): Track => {
    const track = { pid: group.pid, tid: group.nextTid++ };
    writer.write({ ph: 'M', ...track, name: 'thread_name', args: { name } });
    return track;
  };
  const lanesOf = (group: Group, name: string): { readonly free: Track[]; made: number } => {
    let lanes = group.lanes.get(name);
    if (lanes === undefined) {
      lanes = { free: [], made: 0 };
      group.lanes.set(name, lanes);
    }
    return lanes;
  };
  return {
    track(groupName, name) {
      const group = groupOf(groupName);
      let track = group.named.get(name);
      if (track === undefined) {
        track = addTrack(group, name);
        group.named.set(name, track);
      }
      return track;
    },
    lane(groupName, name) {
      const group = groupOf(groupName);
      const lanes = lanesOf(group, name);
      return lanes.free.pop() ?? addTrack(group, `${name} ${++lanes.made}`);
    },
    giveBack(groupName, name, lane) {
      const { free } = lanesOf(groupOf(groupName), name);
      free.push(lane);
      // The topmost lane that is free comes next, so that few are used.
      free.sort((a, b) => b.tid - a.tid);
    },
  };
}
