// bundle-sources.ts — The simulator and something that uses it as one text: for a process of its own, or to be patched.
import { rolldown } from 'rolldown';

/** `entry` is a path. All that it exports is exported. */
export async function bundleSources(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: 'node',
    resolve: { conditionNames: ['@dmsim/source', 'import', 'node', 'default'] },
  });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  return output[0].code;
}
