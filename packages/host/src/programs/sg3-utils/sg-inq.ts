// sg-inq.ts — sg_inq of sg3_utils: sends an INQUIRY and decodes the answer.
import { countCommands, namesSent } from '@dmsim/block';
import type { ScsiDevice } from '@dmsim/block';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { complain, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice, OS_ERROR } from './sg-device.ts';
import { decodePage, hasPage } from './sg-inq-pages.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (path, reason) =>
    `sg_inq: error opening file: ${path}: ${reason}\nsg_inq failed: ${reason}\n`,
  refused: (reason) => `sg_inq failed: ${reason}\n`,
};

export function sgInq(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, value, operands } = parseOptions(t, OPTIONS);
  const sdev = yield* openSgDevice(t, machine, { ...MESSAGES, operands });
  if (typeof sdev === 'number') return sdev;
  const word = value('p') ?? (has('i') ? 'di' : undefined);
  if (word === undefined) {
    if (has('e')) refuse(t, '--vpd without --page');
    countCommands(sdev, STANDARD);
    t.out.put(inquiry(sdev, has('s')));
    return 0;
  }
  const page =
    PAGES[word] ??
    (/^(?:\d+|0x[\da-f]+)$/i.test(word) ? Number(word) : refuse(t, `the page ${word}`));
  countCommands(sdev, OF_A_PAGE);
  if (!hasPage(page)) {
    const reason = strerror('EDOM');
    yield* complain(t, `    inquiry: ${reason}\nsg_inq failed: ${reason}\n`);
    return OS_ERROR + errnoNumber('EDOM');
  }
  const decoded = decodePage(sdev, page);
  if (decoded === null) refuse(t, `the page ${word}`);
  t.out.put(decoded);
  return 0;
}

/** How many commands it sends: it reads what is long, or in the list of pages, twice. */
const STANDARD = 4;
const OF_A_PAGE = 2;

/** Pages that have a short name. */
const PAGES: Readonly<Record<string, number>> = { sv: 0x00, sn: 0x80, di: 0x83 };

const OPTIONS: OptionSpec = {
  short: 'eip:s',
  long: { vpd: 'e', id: 'i', page: 'p:', vendor: 's' },
  refused: 'acdhHlLmNoOruvVxEfBI',
  refusedLong:
    'block cmddt descriptors export extended force help hex inhex len long maxlen new old only raw verbose version'.split(
      ' ',
    ),
};

function inquiry({ unit, handler }: ScsiDevice, vendorSpecific: boolean): string {
  // scsi_debug reports implicit ALUA only, and only such a device has the handler.
  const tpgs = handler === null ? 0 : 1;
  const [vendor, product, revision] = namesSent(unit);
  return `standard INQUIRY:
  PQual=0  PDT=0  RMB=${Number(unit.removable)}  LU_CONG=0  hot_pluggable=0  version=0x07  [SPC-5]
  [AERC=0]  [TrmTsk=0]  NormACA=0  HiSUP=0  Resp_data_format=2
  SCCS=0  ACC=0  TPGS=${tpgs}  3PC=0  Protect=0  [BQue=0]
  EncServ=0  MultiP=1 (VS=0)  [MChngr=0]  [ACKREQQ=0]  Addr16=0
  [RelAdr=0]  WBus16=0  Sync=0  [Linked=1]  [TranDis=0]  CmdQue=1
  [SPI: Clocking=0x0  QAS=0  IUS=0]
    length=96 (0x60)   Peripheral device type: disk
 Vendor identification: ${vendor}
 Product identification: ${product}
 Product revision level: ${revision}
${vendorSpecific ? ' Vendor specific: 20210520\n' : ''} Unit serial number: ${unit.serial}
`;
}
