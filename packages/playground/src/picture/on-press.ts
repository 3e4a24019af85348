// on-press.ts — Lets the keyboard press what the mouse can click.
import type { JSX } from 'preact';

type Press = Pick<
  JSX.IntrinsicElements['g'] & JSX.IntrinsicElements['rect'],
  'onClick' | 'onKeyDown'
>;

export function onPress(act: (at: DOMRect) => void): Press {
  const at = (target: EventTarget | null): DOMRect => (target as Element).getBoundingClientRect();
  return {
    onClick: (event) => act(at(event.currentTarget)),
    onKeyDown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      act(at(event.currentTarget));
    },
  };
}
