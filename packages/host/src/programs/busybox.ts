// busybox.ts — `busybox APPLET …` runs the program of that name.
import { complain, refuse, tool } from '@dmsim/coreutils';
import { waitForExit } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

export const busybox: Program = tool(function* main(t) {
  const { context, process } = t;
  const argv = context.argv.slice(1);
  const [applet] = argv;
  if (applet === undefined || applet.startsWith('-')) refuse(t, context.argv.join(' '));
  // Its own listing of loop devices is another one.
  if (applet === 'losetup' && argv[1] !== undefined && /^-[aj]/.test(argv[1]))
    refuse(t, argv.join(' '));
  const child = context.exec(argv);
  if (typeof child === 'string') {
    yield* complain(t, `${applet}: applet not found\n`);
    return 127;
  }
  for (;;) {
    const status = yield* waitForExit(process, child);
    if (status !== 'signal') return status;
  }
});
