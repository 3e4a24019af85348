// identifier.ts — The form of the ids that users give to drives, devices, objects, jobs and exports. Mirrors util/id.c: id_wellformed.

export const isWellformed = (id: string): boolean => /^[A-Za-z][A-Za-z0-9._-]*$/u.test(id);

/** Why QEMU does not take the id of a drive or a device, or null. */
export const refuseIdentifier = (id: string): string | null =>
  isWellformed(id)
    ? null
    : "Parameter 'id' expects an identifier\nIdentifiers consist of letters, digits, '-', '.', '_', starting with a letter.";
