// device-shape.tsx — Draws a disk with its lamps, its group, and the logical unit behind it.
import type { JSX } from 'preact';

import type { DeviceBox, GroupBox, UnitBox } from './lay-devices.ts';
import { onPress } from './on-press.ts';
import { fit } from './text-fit.ts';

export interface DeviceProps {
  readonly device: DeviceBox;
  readonly active: boolean;
  readonly onOpen: (dev: number, at: DOMRect) => void;
}

export function DeviceShape({ device, active, onOpen }: DeviceProps): JSX.Element {
  const { x, y, width, height, name, state, gone } = device;
  return (
    <g class={`device${active ? ' active' : ''}${gone ? ' gone' : ''}`} data-device={name}>
      <g aria-hidden="true">
        <rect class="box" x={x} y={y} width={width} height={height} rx={5} />
        <Lamps device={device} />
        <text x={x + 60} y={y + 13}>
          {labelOf(device)}
        </text>
        <text class="quiet" x={x + 60} y={y + 26}>
          {fit(state ?? 'no SCSI device', 110)}
        </text>
      </g>
      <rect
        class="hit"
        x={x}
        y={y}
        width={width}
        height={height}
        rx={5}
        tabindex={0}
        role="button"
        aria-label={`${spokenText(device)}. Open its menu`}
        {...onPress((at) => onOpen(device.dev, at))}
      />
    </g>
  );
}

const labelOf = ({ name, number }: DeviceBox): string =>
  name === number ? number : `${name} ${number}`;

/** The label of the device for screen readers. */
function spokenText(device: DeviceBox): string {
  const { state, active, failCount, disagree } = device;
  const parts = [`${labelOf(device)} ${state ?? 'a disk'}`];
  if (active !== null) parts.push(`dm says ${active ? 'active' : 'failed'}`);
  if (failCount > 0) parts.push(failCount === 1 ? 'failed once' : `failed ${failCount} times`);
  if (disagree) parts.push('they disagree');
  return parts.join(', ');
}

/** The left lamp shows what sysfs says of the disk, the right one what dm-mpath says of the path. */
function Lamps({ device }: { readonly device: DeviceBox }): JSX.Element {
  const { x, y, height, state, active, disagree } = device;
  const middle = y + height / 2;
  return (
    <>
      {state !== null && <Lamp x={x + 14} y={middle} lamp={sysfsLamp(state)} />}
      {active !== null && <Lamp x={x + 34} y={middle} lamp={active ? DM_ACTIVE : DM_FAILED} />}
      {disagree && (
        <text class="disagree" x={x + 51} y={middle + 5} text-anchor="middle">
          ≠
        </text>
      )}
    </>
  );
}

interface LampKind {
  readonly letter: string;
  readonly kind: 'good' | 'bad' | 'held';
}

/** The letter and the shape tell the same as the colour. */
const DM_ACTIVE: LampKind = { letter: 'A', kind: 'good' };
const DM_FAILED: LampKind = { letter: 'F', kind: 'bad' };

function sysfsLamp(state: string): LampKind {
  switch (state) {
    case 'running':
      return { letter: 'r', kind: 'good' };
    case 'blocked':
    case 'created-blocked':
    case 'quiesce':
      return { letter: 'b', kind: 'held' };
    case 'gone':
      return { letter: '–', kind: 'bad' };
    default:
      return { letter: 'o', kind: 'bad' };
  }
}

function Lamp({
  x,
  y,
  lamp,
}: {
  readonly x: number;
  readonly y: number;
  readonly lamp: LampKind;
}): JSX.Element {
  return (
    <g class={`lamp ${lamp.kind}`} transform={`translate(${x} ${y})`} aria-hidden="true">
      {lamp.kind === 'good' ? (
        <circle r={8} />
      ) : lamp.kind === 'held' ? (
        <path d="M0 -9 L8.5 7 L-8.5 7 Z" />
      ) : (
        <rect x={-7.5} y={-7.5} width={15} height={15} />
      )}
      <text y={lamp.kind === 'held' ? 5 : 4} text-anchor="middle">
        {lamp.letter}
      </text>
    </g>
  );
}

export function GroupShape({ group }: { readonly group: GroupBox }): JSX.Element {
  const { x, y, width, height, title, table, current } = group;
  return (
    <g class={`group ${table}${current ? ' current' : ''}`}>
      <rect x={x} y={y} width={width} height={height} rx={7} />
      <text class="quiet" x={x + 10} y={y + 15}>
        {fit(`${current ? '▸ ' : ''}${title}`, width - 16)}
      </text>
    </g>
  );
}

export function UnitShape({
  unit: { x, y, width, height, title, wwid },
}: {
  readonly unit: UnitBox;
}): JSX.Element {
  const ry = 7;
  const body = `M${x} ${y + ry} a${width / 2} ${ry} 0 0 1 ${width} 0 v${height - 2 * ry} a${width / 2} ${ry} 0 0 1 ${-width} 0 Z`;
  return (
    <g class="unit">
      <title>{wwid}</title>
      <path d={body} />
      <path class="rim" d={`M${x} ${y + ry} a${width / 2} ${ry} 0 0 0 ${width} 0`} />
      <text x={x + width / 2} y={y + height / 2 + 8} text-anchor="middle">
        {title}
      </text>
    </g>
  );
}
