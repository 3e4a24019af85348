// Values here are what Linux 6.12 showed.
import { expect, it } from 'vitest';

import { createMachine } from './create-machine.ts';
import { runLab } from './run-lab.ts';

const printed = (text: string): string => {
  let output = '';
  const onOutput = (_fd: number, bytes: Uint8Array): void => {
    output += new TextDecoder().decode(bytes);
  };
  runLab(createMachine(), { name: 'lab.sh', text, onOutput });
  return output;
};

const P = '/sys/module/scsi_debug/parameters';

it('shows every parameter of scsi_debug: flags as letters, numbers in decimal', () => {
  const lab = `modprobe scsi_debug dev_size_mb=0x10 per_host_store=1 add_host=2
cd ${P}; ls | wc -l; cat dev_size_mb per_host_store wp add_host opts sector_size | tr '\n' ' '; stat -c %a wp dif | tr '\n' ' '`;
  expect(printed(lab)).toBe('69\n16 Y N 0 0 512 644 444 ');
});

it('refuses by name to change one that it can only show', () => {
  expect(printed(`modprobe scsi_debug; echo 1 > ${P}/dsense; echo went on`)).not.toContain(
    'went on',
  );
});
