// reason-of.ts — The reason for an error with a file or a socket, in the words of strerror(3).

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  EEXIST: 'File exists',
  EIO: 'Input/output error',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENXIO: 'No such device or address',
  EPIPE: 'Broken pipe',
  EADDRINUSE: 'Address already in use',
  ECONNREFUSED: 'Connection refused',
  ENOTFOUND: 'Name or service not known',
  EHOSTUNREACH: 'No route to host',
};

export function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return REASONS[code ?? ''] ?? code ?? String(error);
}
