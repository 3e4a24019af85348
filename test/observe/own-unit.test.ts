// A map of multipath is held to the volume that its uuid names, and one whose uuid somebody made up is not.
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

/** Two volumes; a map with that uuid on the first, `sda`. `$WWID` is the name of the second. */
const lab = (
  uuid: string,
): string => `modprobe scsi_debug add_host=2 dev_size_mb=8 per_host_store=1 delay=0
WWID=3$(sg_inq -p 0x83 /dev/sdb | sed -n 's/^ *\\[0x\\(.*\\)\\]$/\\1/p' | head -n 1)
dmsetup create m --uuid "mpath-${uuid}" --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none && echo "written $WWID"
`;

function broken(uuid: string): string[] {
  let output = '';
  const { violations } = runLab(createMachine(), {
    name: 'lab.sh',
    text: lab(uuid),
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(output).toMatch(/^written 3\w+\n$/);
  return violations.map(({ invariant }) => invariant);
}

it("reports a write into a volume other than the map's", () => {
  expect(broken('$WWID')).toEqual(["no write reaches a logical unit whose WWID is not the map's"]);
});

it('accepts a map whose uuid names no disk', () => {
  expect(broken('33333')).toEqual([]);
});
