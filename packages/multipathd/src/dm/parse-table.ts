// parse-table.ts — The parameters of a multipath table, read back. Mirrors libmultipath/dmparser.c: disassemble_map.
//
//   <n> <feature>… <n> <handler>… <groups> <first group> (<selector> <n> <arg>… <paths> <args> (<maj:min> <arg>…)…)…

export interface TableGroup {
  /** `service-time 0` */
  readonly selector: string;
  readonly paths: readonly { readonly devT: string; readonly minio: number }[];
}

export interface ParsedTable {
  /** With its count: `1 queue_if_no_path` */
  readonly features: string;
  readonly hardwareHandler: string;
  /** 1-based; 0 without groups. */
  readonly nextGroup: number;
  readonly groups: readonly TableGroup[];
}

export const queueModeOf = ({ features }: ParsedTable): 'bio' | 'rq' =>
  features.includes('queue_mode bio') ? 'bio' : 'rq';

/** Words of a line, one after another; what is missing is an empty word. */
export class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(line: string) {
    this.#words = line.split(' ').filter((word) => word !== '');
  }

  next(): string {
    return this.#words[this.#at++] ?? '';
  }

  number(): number {
    return Number.parseInt(this.next(), 10) || 0;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** `<n> <word>…`, with the count. */
  counted(): string {
    const count = this.number();
    return [String(count), ...Array.from({ length: count }, () => this.next())].join(' ');
  }
}

export function parseTable(params: string): ParsedTable {
  const words = new Words(params);
  const features = words.counted();
  const hardwareHandler = words.counted();
  const count = words.number();
  const nextGroup = words.number();
  const groups = Array.from({ length: count }, () => parseGroup(words));
  return { features, hardwareHandler, nextGroup, groups };
}

function parseGroup(words: Words): TableGroup {
  const selector = `${words.next()} ${words.counted()}`;
  const count = words.number();
  const args = words.number();
  const paths = Array.from({ length: count }, () => {
    const devT = words.next();
    const minio = args > 0 ? words.number() : 0;
    words.skip(Math.max(args - 1, 0));
    return { devT, minio };
  });
  return { selector, paths };
}
