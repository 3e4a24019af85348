// new-device.ts — What `dmsetup create` is asked to make.

/** A device to be made, as the switches or a concise description say. */
export interface NewDevice {
  readonly name: string;
  readonly uuid: string | undefined;
  readonly minor: number | undefined;
  readonly readOnly: boolean;
  readonly table: string | undefined;
  readonly file: string | undefined;
  readonly notable: boolean;
}
