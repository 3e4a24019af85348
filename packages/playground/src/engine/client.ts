// client.ts — The page's side of the worker: it sends the orders, and ends the worker when the user presses stop.
import type { Answer, Order } from './orders.ts';
import type { RunResult, RunSpec } from './run.ts';
import workerUrl from './worker.ts?worker&url';

export class Stopped extends Error {
  constructor() {
    super('stopped');
  }
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Carries out one order at a time, in the order in which they came. */
export class Engine {
  #worker: Promise<Worker> | null = null;
  /** The script is kept, so that a worker can be started anew without a network. */
  #script: Promise<string> | null = null;
  readonly #pending: Map<number, Pending> = new Map();
  #ids = 0;

  run(spec: RunSpec): Promise<RunResult> {
    return this.#order('run', spec).then(resultOf);
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

  #order(kind: Order['kind'], spec: RunSpec): Promise<Answer> {
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      const order: Order = { id, kind, spec };
      this.#worker.then(
        (worker) => worker.postMessage(order),
        (error: Error) => this.#fail(error),
      );
    });
  }

  async #start(): Promise<Worker> {
    this.#script ??= fetch(workerUrl)
      .then((response) => response.blob())
      .then((blob) => URL.createObjectURL(new Blob([blob], { type: 'text/javascript' })));
    const worker = new Worker(await this.#script);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#answered(data));
    worker.addEventListener('error', (event) => {
      this.#worker = null;
      worker.terminate();
      this.#fail(new Error(event.message || 'the engine ran out of memory'));
    });
    return worker;
  }

  #answered(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('failed' in answer) pending?.reject(new Error(answer.failed));
    else pending?.resolve(answer);
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
