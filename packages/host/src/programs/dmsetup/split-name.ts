// split-name.ts — Splits the name of an LVM volume: `vg-lv-layer`, where a hyphen within a part is doubled.

export interface SplitName {
  readonly subsystem: string;
  readonly vg: string;
  readonly lv: string;
  readonly layer: string;
}

/** Names of other subsystems have no parts. */
export function splitName(subsystem: string, name: string): SplitName {
  if (subsystem !== 'LVM') return { subsystem, vg: '', lv: '', layer: '' };
  const parts: string[] = [''];
  for (let i = 0; i < name.length; i++) {
    const doubled = name[i] === '-' && name[i + 1] === '-';
    if (name[i] === '-' && !doubled) parts.push('');
    else parts[parts.length - 1] += name[i] as string;
    if (doubled) i++;
  }
  // Anything after the layer is dropped.
  const [vg = '', lv = '', layer = ''] = parts;
  return { subsystem, vg, lv, layer };
}
