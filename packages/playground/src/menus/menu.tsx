// menu.tsx — The menu of a part of the picture.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Deed } from './deeds.ts';

export interface MenuProps {
  readonly title: string;
  readonly deeds: readonly Deed[];
  /** The place of the pressed part, in the window. */
  readonly at: DOMRect;
  readonly onChoose: (deed: Deed) => void;
  readonly onClose: () => void;
}

const WIDTH = 380;
const ROW = 44;
const MARGIN = 8;

export function Menu({ title, deeds, at, onChoose, onClose }: MenuProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const opener = useRef(document.activeElement);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const back = opener.current;
    return () => {
      if (back instanceof SVGElement || back instanceof HTMLElement) back.focus();
    };
  }, []);
  const height = ROW * (deeds.length + 1);
  const style = {
    left: `${Math.max(MARGIN, Math.min(at.left, innerWidth - WIDTH - MARGIN))}px`,
    top: `${Math.max(MARGIN, Math.min(at.bottom + 4, innerHeight - height - MARGIN))}px`,
    width: `${WIDTH}px`,
  };
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const present = items.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(present + step + items.length) % items.length]?.focus();
  };
  return (
    <>
      <div class="backdrop" onClick={onClose} aria-hidden="true" />
      <div class="menu" ref={list} role="menu" aria-label={title} style={style} onKeyDown={move}>
        <p>{title}</p>
        {deeds.map((deed) => (
          <button
            key={deed.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => onChoose(deed)}
          >
            <span>{deed.label}</span>
            <code>{deed.command}</code>
          </button>
        ))}
      </div>
    </>
  );
}
