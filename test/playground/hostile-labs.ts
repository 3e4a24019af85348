// hostile-labs.ts — Labs that never end, or that want all the memory there is.

export const ENDLESS = `awk 'BEGIN { while (1) x = x + 1 }'`;

export const HOSTILE: readonly string[] = [
  ENDLESS,
  'while :; do :; done',
  'yes "all work and no play"',
  'x=0123456789; while :; do x="$x$x"; done',
  'i=0; while sleep 0.001; do a[i]=$i; i=$((i + 1)); done',
  'f() { f & f & wait; }; f',
];
