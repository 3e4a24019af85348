// reach.ts — simctl reach: marks a place in the lab that at least one run should reach; otherwise the check tested nothing.
import { textOf } from '@dmsim/libc';

import type { Verb } from './verb.ts';
import { failCall, failForm } from './verb.ts';

const NAME = /^[\w.-]{1,64}$/;
/** Limits the names, since a lab that makes them up would use unbounded memory. */
const MAX_NAMES = 1000;

export const reachVerb: Verb = {
  name: 'reach',
  help: [['NAME', 'marks a place in the lab: dmsim explore counts how many runs reach it']],
  run(call) {
    const { reached } = call.machine;
    const [word, ...rest] = call.args;
    if (word === undefined || rest.length > 0) failForm(call, reachVerb, 'takes a name');
    const name = textOf(word);
    if (!NAME.test(name))
      failCall(call, `${word}: not a name of up to 64 letters, digits and . _ -`);
    if (reached.size >= MAX_NAMES && !reached.has(name))
      failCall(call, `more than ${MAX_NAMES} names`);
    reached.add(name);
  },
};
