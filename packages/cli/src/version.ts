// version.ts — The version of the command and of the kit. No other file states it.
export const VERSION = '0.1.0';
