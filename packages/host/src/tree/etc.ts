// etc.ts — /etc and /var: the few files that labs read are here; what else a Debian has is refused by name.
import type { Limits } from '@dmsim/sim';
import type { Directory, Vnode } from '@dmsim/vfs';
import { createDirectory, createFile, createSymlink, createTmpfs } from '@dmsim/vfs';

import { directoryOfDebian, fileOfDebian, refuseOfDebian } from '../unsimulated.ts';

const ETC: Readonly<Record<string, string>> = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\n',
  group: 'root:x:0:\ndisk:x:6:\n',
};

const FILES_OF_ETC =
  'bash.bashrc crontab debian_version environment fstab gshadow host.conf hostname hosts issue issue.net ld.so.cache ' +
  'ld.so.conf localtime login.defs machine-id modules motd mtab networks nsswitch.conf os-release profile protocols ' +
  'resolv.conf rpc services shadow shells sysctl.conf timezone';
const DIRECTORIES_OF_ETC =
  'alternatives apt cron.d cron.daily default dpkg init.d iscsi kernel ld.so.conf.d lvm modprobe.d modules-load.d ' +
  'network pam.d profile.d security skel ssl sysctl.d systemd target';
const FILES_OF_LOG = 'alternatives.log dpkg.log faillog kern.log lastlog messages syslog wtmp';

export function etcDirectory(limits: Limits): Directory {
  const files = Object.entries(ETC).map(([name, text]) => [name, createFile(text)] as const);
  const own = createTmpfs(limits.fileBytes);
  for (const [name, file] of files) own.link(name, file);
  return withRefused('/etc', own, { files: FILES_OF_ETC, directories: DIRECTORIES_OF_ETC });
}

export const varDirectory = (limits: Limits): Directory =>
  createDirectory({
    cache: createDirectory(),
    lib: createDirectory(),
    lock: createSymlink('/run/lock'),
    log: withRefused('/var/log', createTmpfs(limits.fileBytes), {
      files: FILES_OF_LOG,
      directories: 'journal',
    }),
    run: createSymlink('/run'),
    spool: createDirectory(),
    tmp: createDirectory(),
  });

/** Names apart by blanks. They can be seen, and not be opened; a lab may make files of other names. */
function withRefused(
  path: string,
  own: Directory,
  { files, directories }: { readonly files: string; readonly directories: string },
): Directory {
  const [fileNames, directoryNames] = [files.split(' '), directories.split(' ')];
  return {
    kind: 'directory',
    mode: own.mode,
    // A Debian has more.
    entries: () => refuseOfDebian(path),
    lookup(name): Vnode | undefined {
      const known = own.lookup(name);
      if (known !== undefined) return known;
      if (fileNames.includes(name)) return fileOfDebian(`${path}/${name}`);
      return directoryNames.includes(name) ? directoryOfDebian(`${path}/${name}`) : undefined;
    },
    link: (name, node) => own.link(name, node),
    unlink: (name) => own.unlink(name),
  };
}
