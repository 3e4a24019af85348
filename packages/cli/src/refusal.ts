// refusal.ts — An error that dmsim reports in one line, with exit status 125.
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
