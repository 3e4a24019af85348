// map-shape.tsx — A mapped device: a gate, two slots for tables, a box for each queue.
import type { JSX } from 'preact';

import { MAX_IN_QUEUE } from './lay-dots.ts';
import type { MapBox, QueueBox, Slot } from './lay-map.ts';
import { LABEL, TITLE } from './lay-map.ts';
import { onPress } from './on-press.ts';
import { fit } from './text-fit.ts';

export interface MapProps {
  readonly map: MapBox;
  readonly active: boolean;
  readonly onOpen: (dev: number, at: DOMRect) => void;
}

export function MapShape({ map, active, onOpen }: MapProps): JSX.Element {
  const { x, y, width, height, name, disk, number, queues } = map;
  return (
    <g class={`map ${map.gate}${active ? ' active' : ''}`}>
      <rect class="box" x={x} y={y} width={width} height={height} rx={8} />
      <g
        class="handle"
        tabindex={0}
        role="button"
        aria-label={`${name} ${disk} ${number}: ${gateText(map)}. Open its menu`}
        data-map={name}
        {...onPress((at) => onOpen(map.dev, at))}
      >
        <rect class="title" x={x} y={y} width={width} height={TITLE - 4} rx={8} />
        <text class="name" x={x + 12} y={y + 18}>
          {fit(name, 80)}
        </text>
        {map.gate === 'open' && (
          <text class="quiet" x={x + width - 12} y={y + 18} text-anchor="end">
            {disk} {number}
          </text>
        )}
      </g>
      <GateShape map={map} />
      <SlotShape x={x + 10} y={y + TITLE} label="live" slot={map.live} />
      <SlotShape x={x + 136} y={y + TITLE} label="inactive" slot={map.inactive} />
      {queues.map((queue) => (
        <QueueShape key={queue.name} queue={queue} queueIfNoPath={map.queueIfNoPath} />
      ))}
    </g>
  );
}

export function gateText({ gate, noflush }: Pick<MapBox, 'gate' | 'noflush'>): string {
  const how = noflush ? 'noflush' : 'flush';
  if (gate === 'open') return 'I/O passes';
  return gate === 'closing' ? `suspending, ${how}` : `suspended, ${how}`;
}

/** The gate is on the side where I/O comes in. An open gate stands aside. The gate of a noflush suspend is dashed, since I/O behind it may come back. */
function GateShape({ map }: { readonly map: MapBox }): JSX.Element {
  const { x, y, width, height, gate, noflush } = map;
  const middle = y + height / 2;
  const kind = gate === 'open' ? '' : noflush ? ' noflush' : ' flush';
  const text =
    gate === 'open'
      ? ''
      : `${gate === 'closing' ? 'suspending' : 'suspended'}, ${noflush ? 'noflush' : 'flush'}`;
  const wide = text.length * 6.3 + 16;
  return (
    <g class={`gate ${gate}${kind}`} aria-hidden="true">
      <circle class="hinge" cx={x} cy={y + 30} r={3.5} />
      <line
        class="leaf"
        x1={x}
        y1={y + 30}
        x2={gate === 'open' ? x - 20 : x}
        y2={gate === 'open' ? y + 30 - 14 : gate === 'closing' ? middle : y + height - 8}
      />
      {text !== '' && (
        <g class="flag">
          <rect x={x + width - wide - 8} y={y + 5} width={wide} height={18} rx={9} />
          <text x={x + width - 8 - wide / 2} y={y + 18} text-anchor="middle">
            {text}
          </text>
        </g>
      )}
    </g>
  );
}

interface SlotProps {
  readonly x: number;
  readonly y: number;
  readonly label: 'live' | 'inactive';
  readonly slot: Slot | null;
}

function SlotShape({ x, y, label, slot }: SlotProps): JSX.Element {
  return (
    <g class={`slot ${label}${slot === null ? ' empty' : ''}`}>
      <rect x={x} y={y} width={118} height={36} rx={5} />
      <text class="quiet" x={x + 8} y={y + 13}>
        {label} table
      </text>
      <text x={x + 8} y={y + 28}>
        {slot === null ? 'empty' : fit(`${slot.id}: ${slot.targets}`, 106)}
      </text>
    </g>
  );
}

interface QueueProps {
  readonly queue: QueueBox;
  readonly queueIfNoPath: boolean | null;
}

/** The bar is full at this many bios; beyond that only the number grows. */
const FULL = 8;

function QueueShape({ queue, queueIfNoPath }: QueueProps): JSX.Element {
  const { x, y, width, height, name, bios } = queue;
  const count = bios.length;
  const inTarget = name === 'in the target' && queueIfNoPath !== null;
  const note = inTarget ? (queueIfNoPath ? 'queue_if_no_path' : 'fails if no path') : '';
  const room = width - LABEL;
  return (
    <g
      class={`queue ${name.replaceAll(' ', '-')}${count > 0 ? ' filled' : ''}`}
      data-queue={name}
      data-count={count}
    >
      <text class="label" x={x} y={y + height / 2 + 4}>
        {name}
      </text>
      <rect class="bin" x={x + LABEL} y={y} width={room} height={height} rx={4} />
      <rect
        class="level"
        x={x + LABEL}
        y={y}
        width={(room * Math.min(count, FULL)) / FULL}
        height={height}
        rx={4}
      />
      {count === 0 && note !== '' && (
        <text class="quiet" x={x + LABEL + 8} y={y + height / 2 + 4}>
          {note}
        </text>
      )}
      <text class="count" x={x + width - 8} y={y + height / 2 + 4} text-anchor="end">
        {count > MAX_IN_QUEUE || count > 0 ? count : ''}
      </text>
    </g>
  );
}
