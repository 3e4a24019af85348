// picture.tsx — Draws an instant: processes, mapped devices with their queues, paths, disks, and a dot for each bio.
import type { JSX } from 'preact';

import { DeviceShape, GroupShape, UnitShape } from './device-shape.tsx';
import { DotShape } from './dot-shape.tsx';
import type { Look } from './dot-shape.tsx';
import type { Edge, Picture as Layout, ProcessBox } from './layout.ts';
import { MapShape } from './map-shape.tsx';
import { fit } from './text-fit.ts';

export interface PictureProps {
  readonly layout: Layout;
  /** The devices and bios of the present event. */
  readonly activeDev: number;
  readonly activeBio: number;
  readonly onDevice: (dev: number, at: DOMRect) => void;
  readonly onMap: (dev: number, at: DOMRect) => void;
  readonly onBio: (id: number) => void;
  readonly onLook: (look: Look | null) => void;
  readonly summary: string;
}

export function Picture(props: PictureProps): JSX.Element {
  const { layout, activeDev, activeBio, onDevice, onMap, onBio, onLook, summary } = props;
  const { width, height } = layout;
  return (
    <svg
      class="picture"
      viewBox={`0 0 ${width} ${height}`}
      style={`--wide: ${width}px; --high: ${height}px`}
      preserveAspectRatio="xMidYMid meet"
      role="group"
      aria-label={summary}
    >
      {isEmpty(layout) && (
        <text class="quiet" x={16} y={height / 2}>
          No disks and no processes yet.
        </text>
      )}
      {layout.edges.map((edge) => (
        <EdgeShape key={edge.key} edge={edge} />
      ))}
      {layout.processes.map((process) => (
        <ProcessShape key={process.pid} process={process} />
      ))}
      {layout.moreProcesses > 0 && (
        <text class="quiet" x={16} y={height - 6}>
          and {layout.moreProcesses} more processes
        </text>
      )}
      {layout.groups.map((group) => (
        <GroupShape key={group.key} group={group} />
      ))}
      {layout.units.map((unit) => (
        <UnitShape key={unit.wwid} unit={unit} />
      ))}
      {layout.maps.map((map) => (
        <MapShape key={map.dev} map={map} active={map.dev === activeDev} onOpen={onMap} />
      ))}
      {layout.devices.map((device) => (
        <DeviceShape
          key={device.dev}
          device={device}
          active={device.dev === activeDev}
          onOpen={onDevice}
        />
      ))}
      {layout.dots.map((dot) => (
        <DotShape
          key={dot.key}
          dot={dot}
          active={dot.bio === activeBio}
          onOpen={onBio}
          onLook={onLook}
        />
      ))}
    </svg>
  );
}

const isEmpty = ({ processes, maps, devices }: Layout): boolean =>
  processes.length + maps.length + devices.length === 0;

function EdgeShape({ edge: { from, to, kind } }: { readonly edge: Edge }): JSX.Element {
  const middle = (from[0] + to[0]) / 2;
  const path = `M${from[0]} ${from[1]} C${middle} ${from[1]} ${middle} ${to[1]} ${to[0]} ${to[1]}`;
  return <path class={`edge ${kind}`} d={path} />;
}

function ProcessShape({ process }: { readonly process: ProcessBox }): JSX.Element {
  const { x, y, width, height, pid, name, waitsFor, uninterruptible } = process;
  const state = waitsFor === null ? 'R' : uninterruptible ? 'D' : 'S';
  const title = `${name}, process ${pid}, ${waitsFor === null ? 'can run' : `waits for ${waitsFor}`}`;
  return (
    <g class={`process ${state}`}>
      <title>{title}</title>
      <rect x={x} y={y} width={width} height={height} rx={13} />
      <text x={x + 12} y={y + 17}>
        {fit(name, width - 48 - 7 * String(pid).length)}
      </text>
      <text class="quiet" x={x + width - 32} y={y + 17} text-anchor="end">
        {pid}
      </text>
      <text class="state" x={x + width - 14} y={y + 17} text-anchor="middle">
        {state}
      </text>
    </g>
  );
}
