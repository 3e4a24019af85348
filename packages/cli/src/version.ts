// version.ts — Printed by --version; the tidy test holds it against package.json.
export const VERSION = '0.1.0';
