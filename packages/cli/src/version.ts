// version.ts — The version of what is installed, the command and the kit alike: no other file says it.
export const VERSION = '0.1.0';
