// stage.tsx — The picture of the present instant, and the menus of its parts.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { filter } from './events/events-pane.tsx';
import { NO_FILTER } from './events/filter.ts';
import type { Deed } from './menus/deeds.ts';
import { deviceDeeds, mapDeeds } from './menus/deeds.ts';
import { Menu } from './menus/menu.tsx';
import { interfere } from './model/fork.ts';
import { cursor, instant, run } from './model/session.ts';
import { BioCard } from './picture/bio-card.tsx';
import type { Look } from './picture/dot-shape.tsx';
import { keepInView } from './picture/keep-in-view.ts';
import { layOut } from './picture/layout.ts';
import { Picture } from './picture/picture.tsx';
import { view } from './share/view.ts';
import { pause } from './timeline/play.ts';
import { timeText } from './timeline/time-text.ts';
import { presentRecord } from './words-of-now.tsx';

interface OpenMenu {
  readonly title: string;
  readonly deeds: readonly Deed[];
  readonly at: DOMRect;
}

const menu: Signal<OpenMenu | null> = signal(null);
const look: Signal<Look | null> = signal(null);

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

export function Stage(): JSX.Element {
  const now = instant.value;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => keepInView(frame.current, '.active'), [now]);
  if (now === null) return <div class="picture empty">The lab is running…</div>;
  const row = presentRecord(run.value?.rows ?? [], cursor.value);
  const layout = layOut(now);
  const { survey, bios } = now;
  const open = (title: string, deeds: readonly Deed[], at: DOMRect): void => {
    pause();
    menu.value = { title: `${title} at ${timeText(now.at)}`, deeds, at };
  };
  return (
    <div class="picture-frame" ref={frame}>
      <Picture
        layout={layout}
        activeDev={row?.dev ?? 0}
        activeBio={row?.bio ?? 0}
        onDevice={(dev, at) => {
          const name = layout.devices.find((device) => device.dev === dev)?.name ?? '';
          open(name, deviceDeeds(survey, dev), at);
        }}
        onMap={(dev, at) => {
          const name = layout.maps.find((map) => map.dev === dev)?.name ?? '';
          open(name, mapDeeds(survey, dev), at);
        }}
        onBio={(bio) => {
          filter.value = { ...NO_FILTER, bio };
          view.value = { tab: 'events' };
        }}
        onLook={(at) => {
          look.value = at;
        }}
        summary={`The machine at ${timeText(now.at)}: ${counted(layout.maps.length, 'mapped device')}, ${counted(layout.devices.length, 'disk')}, ${counted(bios.length, 'bio')} under way`}
      />
      {look.value !== null && menu.value === null && run.value !== null && (
        <BioCard {...look.value} run={run.value} nth={cursor.value} />
      )}
      {menu.value !== null && (
        <Menu
          {...menu.value}
          onClose={() => {
            menu.value = null;
          }}
          onChoose={({ command }) => {
            menu.value = null;
            void interfere({ text: command, by: 'apart' });
          }}
        />
      )}
    </div>
  );
}
