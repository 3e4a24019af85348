// survey-changes.ts — The differences between two surveys in words: disks that appear, go or change their state.
import type { DiskSurvey, Survey } from '../recording/survey.ts';

export interface SurveyChange {
  readonly dev: number;
  /** A sentence without its full stop. */
  readonly text: string;
}

export function surveyChanges(before: Survey, after: Survey): SurveyChange[] {
  const changes: SurveyChange[] = [];
  const old = new Map(before.disks.map((disk) => [disk.dev, disk]));
  for (const disk of after.disks) {
    changes.push(...diskChanges(old.get(disk.dev), disk));
    old.delete(disk.dev);
  }
  for (const { dev, name, number } of old.values()) {
    changes.push({ dev, text: `${name} (${number}) is gone` });
  }
  changes.push(...mapChanges(before, after));
  return changes;
}

function* diskChanges(old: DiskSurvey | undefined, disk: DiskSurvey): Generator<SurveyChange> {
  const { dev, name, number, scsi } = disk;
  if (old === undefined) {
    const where = scsi === null ? '' : `, at ${scsi.address}`;
    yield { dev, text: `${name} (${number}) is there${where}` };
    return;
  }
  if (scsi === null || old.scsi === null) return;
  if (scsi.state !== old.scsi.state) {
    yield { dev, text: `${name} is ${scsi.state} now; it was ${old.scsi.state}` };
  }
  if (scsi.access !== null && scsi.access !== old.scsi.access) {
    yield { dev, text: `the port of ${name} is ${scsi.access} now` };
  }
}

function* mapChanges(before: Survey, after: Survey): Generator<SurveyChange> {
  const old = new Map(before.maps.map((map) => [map.dev, map]));
  for (const { dev, name, disk } of after.maps) {
    const was = old.get(dev);
    old.delete(dev);
    if (was === undefined) yield { dev, text: `${name} is created as ${disk}` };
    else if (was.name !== name) yield { dev, text: `${was.name} is called ${name} now` };
  }
  for (const { dev, name } of old.values()) yield { dev, text: `${name} is removed` };
}
