// client.ts — The page's side of the worker: it sends the orders, and ends the worker when the user presses stop.
import type { Answer, Order, Started, UnderWay } from './orders.ts';
import type { Progress, RunResult, RunSpec } from './run.ts';
import workerUrl from './worker.ts?worker&url';

export class Stopped extends Error {
  constructor() {
    super('stopped');
  }
}

type OnProgress = (progress: Progress) => void;

interface Pending {
  readonly order: Order;
  readonly onProgress: OnProgress;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Carries out one order at a time, in the order in which they came. */
export class Engine {
  #worker: Promise<Worker> | null = null;
  /** The scripts are kept, so that a worker can be started anew without a network. */
  #engine: Promise<Blob> | null = null;
  /** Comes while the first worker is at work, which is started without it. */
  #further: Promise<Blob> | null = null;
  /** The address of that script; a worker knows it. */
  #furtherUrl = '';
  readonly #pending: Map<number, Pending> = new Map();
  #ids = 0;

  run(spec: RunSpec, onProgress?: OnProgress): Promise<RunResult> {
    return this.#order('run', spec, onProgress).then(resultOf);
  }

  /** Makes the machine of an instant anew, asks it, and drops it. The question is the last interference of `spec`. */
  ask(spec: RunSpec): Promise<RunResult> {
    return this.#order('ask', spec).then(resultOf);
  }

  /** Resolves to a file for ui.perfetto.dev. */
  timeline(spec: RunSpec): Promise<string> {
    return this.#order('timeline', spec).then((answer) =>
      'timeline' in answer ? answer.timeline : '',
    );
  }

  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** Ends the present run at once, however busy it is. */
  stop(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.then((it) => it.terminate());
    this.#fail(new Stopped());
  }

  #order(
    kind: Order['kind'],
    spec: RunSpec,
    onProgress: OnProgress = () => undefined,
  ): Promise<Answer> {
    const order: Order = { id: ++this.#ids, kind, spec };
    return new Promise((resolve, reject) => {
      this.#pending.set(order.id, { order, onProgress, resolve, reject });
      this.#worker ??= this.#start();
      this.#send(order);
    });
  }

  #send(order: Order): void {
    this.#worker?.then(
      (worker) => worker.postMessage(order),
      (error: Error) => {
        this.#worker = null;
        this.#fail(error);
      },
    );
  }

  async #start(): Promise<Worker> {
    const scripts = [await (this.#engine ??= fetchScript(workerUrl, () => (this.#engine = null)))];
    const further = await this.#further?.catch(() => null);
    if (further) scripts.push(further);
    const url = URL.createObjectURL(new Blob(scripts, { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer | Started | UnderWay>) => {
      if ('furtherFile' in data) {
        // The worker has read it.
        URL.revokeObjectURL(url);
        this.#started(data);
      } else if ('progress' in data) this.#pending.get(data.id)?.onProgress(data.progress);
      else this.#answered(data);
    });
    worker.addEventListener('error', (event) => {
      this.#worker = null;
      worker.terminate();
      this.#fail(new Error(event.message || 'the engine ran out of memory'));
    });
    return worker;
  }

  #started({ furtherFile }: Started): void {
    this.#furtherUrl = new URL(furtherFile, new URL(workerUrl, location.href)).href;
    this.#fetchFurther().catch(() => undefined);
  }

  #fetchFurther(): Promise<Blob> {
    return (this.#further ??= fetchScript(this.#furtherUrl, () => (this.#further = null)));
  }

  #answered(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if ('wants' in answer) {
      if (pending !== undefined) this.#startWhole();
      return;
    }
    this.#pending.delete(answer.id);
    if ('failed' in answer) pending?.reject(new Error(answer.failed));
    else pending?.resolve(answer);
  }

  /** Gives all that is to be done to a worker with the further programs. */
  #startWhole(): void {
    void this.#worker?.then((worker) => worker.terminate());
    this.#worker = this.#fetchFurther().then(() => this.#start());
    for (const { order } of this.#pending.values()) this.#send(order);
  }

  #fail(error: Error): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }
}

function resultOf(answer: Answer): RunResult {
  if ('result' in answer) return answer.result;
  throw new Error('the engine answered another question');
}

/** `onFailure` is called if it can't be had, so that the next attempt may succeed. */
async function fetchScript(url: string, onFailure: () => void): Promise<Blob> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server says ${response.status}`);
    return await response.blob();
  } catch (error) {
    onFailure();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the page can't load a part of itself: ${reason}`, { cause: error });
  }
}
