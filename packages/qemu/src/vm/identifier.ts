// identifier.ts — The form of the ids that users give to drives and devices. Mirrors util/id.c: id_wellformed.

/** Why QEMU does not take the id, or null. */
export const refuseIdentifier = (id: string): string | null =>
  /^[A-Za-z][A-Za-z0-9._-]*$/u.test(id)
    ? null
    : "Parameter 'id' expects an identifier\nIdentifiers consist of letters, digits, '-', '.', '_', starting with a letter.";
