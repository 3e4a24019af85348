// dot-shape.tsx — Draws a bio: a circle at its first try, a diamond once a try has failed. It glides to its next place.
import type { JSX } from 'preact';

import type { Dot } from './lay-dots.ts';
import { onPress } from './on-press.ts';

export interface Look {
  readonly bio: number;
  readonly at: DOMRect;
}

export interface DotProps {
  readonly dot: Dot;
  readonly active: boolean;
  readonly onOpen: (bio: number) => void;
  /** Called when the pointer or the focus comes to the dot, and with null when it leaves. */
  readonly onLook: (look: Look | null) => void;
}

export function DotShape({ dot, active, onOpen, onLook }: DotProps): JSX.Element {
  const { x, y, kind, bio, where } = dot;
  return (
    <g
      class={`dot ${kind}${active ? ' active' : ''}`}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      tabindex={0}
      role="button"
      aria-label={`bio ${bio}, ${kind === 'first' ? 'first try' : 'to be tried again'}, ${where}`}
      data-bio={bio}
      onPointerEnter={(event) => onLook({ bio, at: event.currentTarget.getBoundingClientRect() })}
      onPointerLeave={() => onLook(null)}
      onFocus={(event) => onLook({ bio, at: event.currentTarget.getBoundingClientRect() })}
      onBlur={() => onLook(null)}
      {...onPress(() => onOpen(bio))}
    >
      {kind === 'first' ? <circle r={8.5} /> : <path d="M0 -10.5 L10.5 0 L0 10.5 L-10.5 0 Z" />}
      <text y={3.5} text-anchor="middle">
        {bio}
      </text>
    </g>
  );
}
