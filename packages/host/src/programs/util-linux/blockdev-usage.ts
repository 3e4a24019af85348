// blockdev-usage.ts — The text of `blockdev --help`.

export const USAGE = `
Usage:
 blockdev [-v|-q] commands devices
 blockdev --report [devices]
 blockdev -h|-V

Call block device ioctls from the command line.

Options:
 -q             quiet mode
 -v             verbose mode
     --report   print report for specified (or all) devices

 -h, --help     display this help
 -V, --version  display version

Available commands:
 --getsz                   get size in 512-byte sectors
 --setro                   set read-only
 --setrw                   set read-write
 --getro                   get read-only
 --getdiscardzeroes        get discard zeroes support status
 --getss                   get logical block (sector) size
 --getpbsz                 get physical block (sector) size
 --getiomin                get minimum I/O size
 --getioopt                get optimal I/O size
 --getalignoff             get alignment offset in bytes
 --getmaxsect              get max sectors per request
 --getbsz                  get blocksize
 --setbsz <bytes>          set blocksize on file descriptor opening the block device
 --getsize                 get 32-bit sector count (deprecated, use --getsz)
 --getsize64               get size in bytes
 --setra <sectors>         set readahead
 --getra                   get readahead
 --setfra <sectors>        set filesystem readahead
 --getfra                  get filesystem readahead
 --flushbufs               flush buffers
 --rereadpt                reread partition table

For more details see blockdev(8).
`;
