// errno.ts — Error numbers by name, and what strerror(3) of glibc calls them.

const TABLE = {
  EPERM: [1, 'Operation not permitted'],
  ENOENT: [2, 'No such file or directory'],
  ESRCH: [3, 'No such process'],
  EINTR: [4, 'Interrupted system call'],
  EIO: [5, 'Input/output error'],
  ENXIO: [6, 'No such device or address'],
  E2BIG: [7, 'Argument list too long'],
  ENOEXEC: [8, 'Exec format error'],
  EBADF: [9, 'Bad file descriptor'],
  ECHILD: [10, 'No child processes'],
  EAGAIN: [11, 'Resource temporarily unavailable'],
  ENOMEM: [12, 'Cannot allocate memory'],
  EACCES: [13, 'Permission denied'],
  EFAULT: [14, 'Bad address'],
  ENOTBLK: [15, 'Block device required'],
  EBUSY: [16, 'Device or resource busy'],
  EEXIST: [17, 'File exists'],
  EXDEV: [18, 'Invalid cross-device link'],
  ENODEV: [19, 'No such device'],
  ENOTDIR: [20, 'Not a directory'],
  EISDIR: [21, 'Is a directory'],
  EINVAL: [22, 'Invalid argument'],
  ENFILE: [23, 'Too many open files in system'],
  EMFILE: [24, 'Too many open files'],
  ENOTTY: [25, 'Inappropriate ioctl for device'],
  EFBIG: [27, 'File too large'],
  ENOSPC: [28, 'No space left on device'],
  ESPIPE: [29, 'Illegal seek'],
  EROFS: [30, 'Read-only file system'],
  EPIPE: [32, 'Broken pipe'],
  EDOM: [33, 'Numerical argument out of domain'],
  ERANGE: [34, 'Numerical result out of range'],
  ENAMETOOLONG: [36, 'File name too long'],
  ENOTEMPTY: [39, 'Directory not empty'],
  ELOOP: [40, 'Too many levels of symbolic links'],
  EBADE: [52, 'Invalid exchange'],
  ENODATA: [61, 'No data available'],
  ETIME: [62, 'Timer expired'],
  ENOLINK: [67, 'Link has been severed'],
  EOVERFLOW: [75, 'Value too large for defined data type'],
  EREMCHG: [78, 'Remote address changed'],
  EILSEQ: [84, 'Invalid or incomplete multibyte or wide character'],
  EOPNOTSUPP: [95, 'Operation not supported'],
  ECONNRESET: [104, 'Connection reset by peer'],
  ENOTCONN: [107, 'Transport endpoint is not connected'],
  ETIMEDOUT: [110, 'Connection timed out'],
  EREMOTEIO: [121, 'Remote I/O error'],
} as const;

/** An error by name, where the kernel returns a negative number. */
export type Errno = keyof typeof TABLE;

export const isErrno = (value: unknown): value is Errno =>
  typeof value === 'string' && Object.hasOwn(TABLE, value);

export const strerror = (errno: Errno): string => TABLE[errno][1];

export const errnoNumber = (errno: Errno): number => TABLE[errno][0];
