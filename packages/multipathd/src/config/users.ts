// users.ts — The users of /etc/passwd, whose names mode and owner of a map's node may use. Mirrors getpwnam(3).

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** By name. */
export type Users = ReadonlyMap<string, User>;

/** The first line for a name counts; lines that are no user's are passed over. `text` is the file's content, null for none. */
export function parseUsers(text: string | null): Users {
  const users = new Map<string, User>();
  for (const line of (text ?? '').split('\n')) {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    const isUser = name !== '' && !name.startsWith('#') && /^\d+$/.test(uid) && /^\d+$/.test(gid);
    if (isUser && !users.has(name)) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}
