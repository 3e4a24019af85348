// sd-name.ts — Names and numbers of SCSI disks. Mirrors drivers/scsi/sd.c: sd_format_disk_name, sd_major.

const SD_MAJORS = [8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135];
const DISKS_PER_MAJOR = 16;
const MINORS_PER_DISK = 16;

/** 0 → sda, 25 → sdz, 26 → sdaa. */
export function formatDiskName(index: number): string {
  let letters = '';
  for (let i = index; i >= 0; i = Math.floor(i / 26) - 1)
    letters = String.fromCodePoint(97 + (i % 26)) + letters;
  return `sd${letters}`;
}

/** Beyond 256 disks the minors go on above the first 256 of each major. */
export function diskNumbers(index: number): { readonly major: number; readonly minor: number } {
  const round = Math.floor(index / (SD_MAJORS.length * DISKS_PER_MAJOR));
  const major = SD_MAJORS[Math.floor(index / DISKS_PER_MAJOR) % SD_MAJORS.length] as number;
  return { major, minor: (index % DISKS_PER_MAJOR) * MINORS_PER_DISK + round * 256 };
}
