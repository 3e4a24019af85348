// refusal.ts — What dmsim won't do, in one line: exit status 125.
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
