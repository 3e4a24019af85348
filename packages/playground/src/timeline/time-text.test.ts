import { describe, expect, it } from 'vitest';

import { durationText, parseTime, timeText } from './time-text.ts';

describe('a time', () => {
  it.each([
    [0, '0.000 s'],
    [4_013_000_000, '4.013 s'],
    [12_345, '0.000012 s'],
  ])('%d ns is read as %s', (ns, text) => {
    expect(timeText(ns)).toBe(text);
    expect(Math.abs((parseTime(text) ?? NaN) - ns)).toBeLessThan(1000);
  });

  it.each([
    ['4.2', 4.2e9],
    ['350 ms', 350e6],
    ['10us', 1e4],
    ['2 min', 120e9],
    ['.5s', 5e8],
  ])('is typed as %s', (text, ns) => {
    expect(parseTime(text)).toBe(ns);
  });

  it.each(['', 'x', '1 hour', '-1', '1e9', '1 2'])('is not typed as %j', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it.each([
    [350, '350 ns'],
    [1500, '1.5 µs'],
    [3e9, '3 s'],
    [600e9, '10 min'],
  ])('%d ns last %s', (ns, text) => {
    expect(durationText(ns)).toBe(text);
  });
});
