// new-device.ts — A device that `dmsetup create` is asked to make.

/** A device to be made, from the switches or from a concise description. */
export interface NewDevice {
  readonly name: string;
  readonly uuid: string | undefined;
  readonly minor: number | undefined;
  readonly readOnly: boolean;
  readonly table: string | undefined;
  readonly file: string | undefined;
  readonly notable: boolean;
}
