// keep-in-view.ts — On a narrow screen the picture, and the row of tabs, is wider than its frame: the part that matters is brought into view.

const NARROW = 900;
const MARGIN = 12;

/** Scrolls the frame sideways, as little as needed, until its first part that `selector` names can be seen. */
export function keepInView(frame: Element | null | undefined, selector: string): void {
  if (innerWidth > NARROW || !frame) return;
  const part = frame.querySelector(selector)?.getBoundingClientRect();
  if (part === undefined) return;
  const { left, right } = frame.getBoundingClientRect();
  const beyond = part.right + MARGIN - right;
  const before = part.left - MARGIN - left;
  if (before < 0) frame.scrollLeft += before;
  else if (beyond > 0) frame.scrollLeft += beyond;
}
