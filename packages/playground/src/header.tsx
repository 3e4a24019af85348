// header.tsx — The head of the page: the choice of a lab, its options, the verdict, and the menu for sharing.
import type { Violation } from '@dmsim/observe';
import type { ComponentChildren, JSX } from 'preact';

import { outcomeText } from './engine/outcome-text.ts';
import type { Progress, RunResult } from './engine/run.ts';
import { helpIsOpen } from './keys/help-state.ts';
import { dropInterference } from './model/fork.ts';
import {
  draft,
  moveTo,
  notice,
  options,
  progress,
  run,
  runDraft,
  running,
  stop,
} from './model/session.ts';
import { scenarioGroups } from './scenarios/scenarios.ts';
import { ShareMenu } from './share/share-menu.tsx';
import { switchTheme } from './style/theme.ts';
import { nthAtTime } from './timeline/fold.ts';
import { pause } from './timeline/play.ts';

export function Header(): JSX.Element {
  return (
    <header>
      <h1>
        dmsim <span>playground</span>
      </h1>
      <ScenarioChoice />
      <Options />
      {running.value ? (
        <button type="button" class="stop" onClick={stop}>
          Stop
        </button>
      ) : (
        <button
          type="button"
          class="run"
          onClick={() => void runDraft()}
          title="Run the lab from its beginning (r)"
        >
          Run
        </button>
      )}
      <Verdict />
      <Fork />
      <ShareMenu />
      <button type="button" onClick={switchTheme} title="Light or dark">
        Theme
      </button>
      <button
        type="button"
        title="Keys and signs (?)"
        onClick={() => {
          helpIsOpen.value = true;
        }}
      >
        Help
      </button>
    </header>
  );
}

function ScenarioChoice(): JSX.Element {
  const all = scenarioGroups.value.flatMap(({ scenarios }) => scenarios);
  const chosen = all.find(({ text }) => text === draft.value)?.name ?? '';
  return (
    <label>
      <span class="hidden">Lab</span>
      <select
        class="scenario"
        value={chosen}
        onChange={(event) => {
          const scenario = all.find(({ name }) => name === event.currentTarget.value);
          if (scenario === undefined) return;
          pause();
          draft.value = scenario.text;
          void runDraft();
        }}
      >
        {chosen === '' && <option value="">your own lab</option>}
        {scenarioGroups.value.map(({ title, scenarios }) => (
          <optgroup key={title} label={title}>
            {scenarios.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

const MAX_SEED = 0x7fffffff;

/** The options that are not the usual ones: `: none, random 7`. */
function optionsText({ seed, order, requeue }: typeof options.value): string {
  const unusual: string[] = [];
  if (requeue !== 'deferred-head') unusual.push(requeue);
  if (order !== 'fifo') unusual.push(`${order} ${seed}`);
  return unusual.length === 0 ? '' : `: ${unusual.join(', ')}`;
}

function Options(): JSX.Element {
  const { seed, order, requeue } = options.value;
  const change = (part: Partial<typeof options.value>): void => {
    options.value = { ...options.value, ...part };
    void runDraft();
  };
  return (
    <details class="options">
      <summary>Options{optionsText(options.value)}</summary>
      <div class="panel">
        <label>
          How dm keeps I/O that a target gives back
          <select
            value={requeue}
            onChange={(event) => change({ requeue: event.currentTarget.value as typeof requeue })}
          >
            <option value="deferred-head">deferred-head: Linux 6.12</option>
            <option value="pushback">pushback: the noflush patches of 2006</option>
            <option value="none">none: before the patches</option>
          </select>
        </label>
        <label>
          The order of events at one instant
          <select
            value={order}
            onChange={(event) => change({ order: event.currentTarget.value as typeof order })}
          >
            <option value="fifo">fifo: the usual order</option>
            <option value="random">random, with the jitter of a machine</option>
          </select>
        </label>
        <label>
          Seed
          <input
            type="number"
            min={0}
            max={MAX_SEED}
            value={seed}
            onChange={(event) => {
              const typed = Math.floor(Number(event.currentTarget.value));
              change({ seed: Math.max(0, Math.min(MAX_SEED, typed || 0)) });
            }}
          />
        </label>
      </div>
    </details>
  );
}

/** Counts the user's actions, and takes them back when it is pressed. */
function Fork(): JSX.Element | null {
  const deeds = run.value?.spec.interference.length ?? 0;
  if (deeds === 0) return null;
  return (
    <button
      type="button"
      class="fork"
      onClick={() => void dropInterference()}
      title="Your actions: go back to the run without them (z)"
    >
      {deeds === 1 ? '1 action' : `${deeds} actions`} <span aria-hidden="true">✕</span>
    </button>
  );
}

function Verdict(): JSX.Element {
  const current = run.value;
  if (notice.value !== null) {
    return (
      <LongVerdict text={notice.value}>
        <span>{notice.value}</span>
      </LongVerdict>
    );
  }
  if (running.value) return <UnderWay />;
  if (current === null) return <VerdictLine text="" />;
  const { outcome, violations, recording } = current.result;
  const kind = kindOf(current.result);
  const error = kind === 'failed' ? lastError(current.result) : '';
  const text = `${SIGNS[kind]} ${outcomeText(outcome)}${error}; ${invariantsText(violations)}`;
  if (error !== '') {
    return (
      <LongVerdict kind="failed" text={text}>
        <span>{text}</span>
      </LongVerdict>
    );
  }
  if (kind !== 'bad') return <VerdictLine kind={kind} text={text} />;
  const waits = outcome.kind === 'hung' || outcome.kind === 'limit' ? outcome.report : [];
  return (
    <LongVerdict text={text}>
      <span>{text}</span>
      {waits.length > 0 && <b>These wait:</b>}
      {waits.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {violations.map(({ message, at }) => (
        <button key={message} type="button" onClick={() => pauseAt(nthAtTime(recording, at))}>
          {message}
        </button>
      ))}
    </LongVerdict>
  );
}

/** Its figures change too often to be read aloud. */
function UnderWay(): JSX.Element {
  return (
    <p class="verdict">
      <span role="status">The lab runs…</span>{' '}
      <span aria-hidden="true">{progressText(progress.value)}</span>
    </p>
  );
}

function progressText(reached: Progress | null): string {
  if (reached === null) return '';
  const kept = Math.floor((100 * reached.records) / reached.maxRecords);
  return `${Math.floor(reached.now / 1e9)} s of virtual time, the trace is ${kept} % full`;
}

interface LongVerdictProps {
  readonly kind?: VerdictKind;
  readonly text: string;
  readonly children: ComponentChildren;
}

/** Opens, since the line may be too narrow for its text. */
function LongVerdict({ kind = 'bad', text, children }: LongVerdictProps): JSX.Element {
  return (
    <details class={`options verdict ${kind}`}>
      <summary title={text}>
        <span role="status">{text}</span>
      </summary>
      <div class="panel">{children}</div>
    </details>
  );
}

/** `failed`: the lab ended by itself, with a status that says that something failed. */
type VerdictKind = 'good' | 'failed' | 'bad';

const SIGNS: Readonly<Record<VerdictKind, string>> = { good: '✓', failed: '!', bad: '✗' };

function kindOf({ outcome, violations }: RunResult): VerdictKind {
  if (outcome.kind !== 'exited' || violations.length > 0) return 'bad';
  return outcome.status === 0 ? 'good' : 'failed';
}

function invariantsText([first]: readonly Violation[]): string {
  return first === undefined ? 'every invariant held' : `broken: ${first.invariant}`;
}

/** The second line of bash about a syntax error: the script's line, in quotes. */
const QUOTED_LINE = /: line \d+: `.*'$/;

/** The last error that the lab printed, which the page may not have come to yet. */
function lastError({ output }: RunResult): string {
  const said = output.filter(({ fd, from }) => fd === 2 && from === 'lab');
  const line =
    said
      .map(({ text }) => text)
      .join('')
      .trimEnd()
      .split('\n')
      .findLast((each) => !QUOTED_LINE.test(each)) ?? '';
  return line === '' ? '' : `; last error: ${line}`;
}

function pauseAt(nth: number): void {
  pause();
  moveTo(nth);
}

interface VerdictLineProps {
  readonly kind?: VerdictKind;
  readonly text: string;
}

function VerdictLine({ kind, text }: VerdictLineProps): JSX.Element {
  return (
    <p class={kind === undefined ? 'verdict' : `verdict ${kind}`} role="status" title={text}>
      {text}
    </p>
  );
}
