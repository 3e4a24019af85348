// target-registry.ts — Target types by name. Mirrors drivers/md/dm-target.c.
import type { DeviceMapper } from './device-mapper.ts';
import type { TargetType } from './target-type.ts';

/** dm_register_target; a type of that name must not be there yet. */
export function registerTarget(dm: DeviceMapper, type: TargetType): void {
  if (dm.targetTypes.has(type.name))
    throw new Error(`target type ${type.name} is registered already`);
  dm.targetTypes.set(type.name, type);
}

/** dm_get_target_type: asks for the module when the type isn't known yet. */
export function getTargetType(dm: DeviceMapper, name: string): TargetType | undefined {
  const known = dm.targetTypes.get(name);
  if (known !== undefined) return known;
  dm.host.requestModule(`dm-${name}`);
  return dm.targetTypes.get(name);
}
