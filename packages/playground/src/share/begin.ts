// begin.ts — Chooses what the page shows first: the lab in its address, else the first scenario.
import { draft, notice, options, runDraft, show } from '../model/session.ts';
import { FIRST_SCENARIO } from '../scenarios/scenarios.ts';
import { decodeAddress } from './address.ts';
import { view } from './view.ts';

export async function begin(hash: string): Promise<void> {
  if (hash === '') {
    draft.value = FIRST_SCENARIO.text;
    await runDraft();
    return;
  }
  try {
    const { spec, nth, view: shown } = await decodeAddress(hash);
    const { lab, seed, order, requeue } = spec;
    draft.value = lab;
    options.value = { seed, order, requeue };
    view.value = shown;
    await show(spec, nth);
  } catch (error) {
    draft.value = FIRST_SCENARIO.text;
    await runDraft();
    notice.value = `This link can't be opened: ${(error as Error).message}. The first scenario is shown instead.`;
  }
}
