// fnmatch.ts — fnmatch(3): `*`, `?`, `[…]`, backslash.

const cache = new Map<string, RegExp>();

/** `*` matches slashes and leading dots too, as find -name and grep --include have it. */
export function matchGlob(pattern: string, text: string): boolean {
  let regex = cache.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(`^${globSource(pattern)}$`);
    if (cache.size > 200) cache.clear();
    cache.set(pattern, regex);
  }
  return regex.test(text);
}

function globSource(pattern: string): string {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '*') source += '[^]*';
    else if (c === '?') source += '[^]';
    else if (c === '\\' && i + 1 < pattern.length) source += literal(pattern.charAt(++i));
    else if (c === '[') {
      const set = /^\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(pattern.slice(i));
      if (set === null) source += '\\[';
      else {
        const inside = (set[2] ?? '')
          .replaceAll('[:digit:]', '0-9')
          .replaceAll('[:alpha:]', 'a-zA-Z')
          .replaceAll('[:alnum:]', 'a-zA-Z0-9')
          .replaceAll('[:lower:]', 'a-z')
          .replaceAll('[:upper:]', 'A-Z')
          .replaceAll('[:space:]', ' \t\n\r\f\v')
          .replace(/[\\\]^[]/g, String.raw`\$&`);
        source += `[${set[1] === '' ? '' : '^'}${inside}]`;
        i += set[0].length - 1;
      }
    } else source += literal(c);
  }
  return source;
}

const literal = (c: string): string =>
  /\w/.test(c) ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
