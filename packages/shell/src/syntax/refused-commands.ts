// refused-commands.ts — The builtins of bash that this shell lacks. A lab that calls one does not run at all.

const REFUSED: ReadonlySet<string> = new Set(
  'bind compgen complete compopt fc help history logout suspend times bg fg'.split(' '),
);

export const isRefusedCommand = (name: string): boolean => REFUSED.has(name);
